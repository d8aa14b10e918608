"""Pictures of numbers as inline SVG: bars with the mark that is asked, a timeline, and columns.

Every picture has a title and a description that say the same in words. Lengths along it are percentages, so a picture
is as wide as its place and its letters keep their size on a phone. Colours come from the style sheet, by class; a
second sign (a stripe, a mark, a number) always says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pcc_assess.errors import printable

if TYPE_CHECKING:
    from markupsafe import Markup

_BAR = 22  # height of a bar with its mark, in pixels
_ROW = 44  # height of one row of a timeline: a line of letters and a bar
_HEAD = 24  # height of the line of months above it
_COLUMNS = 120  # height of the columns themselves
_MOST_MONTHS = 4  # labels of months that stand side by side on a phone
_LATE = 75  # percent; the label of a later month stands before its line
_LONGEST = 90  # letters of a label that a wide page can show
_LONGEST_BRIEF = 34  # letters of a label that a phone can show


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a picture is called and what it shows; ``key`` makes the ids of one page differ."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One bar of a timeline: what is done, from which day to which."""

    label: str
    start: date
    end: date


def hatch() -> Markup:
    """The stripes that other pictures of the page use; stands once in a page and is not seen itself."""
    stripe = _tag("path", d="M-1 1l2 -2M0 6l6 -6M5 7l2 -2", class_="stripe")
    sheet = _tag("pattern", [stripe], id="hatch", width=6, height=6, patternUnits="userSpaceOnUse")
    return _tag("svg", [_tag("defs", [sheet])], class_="unseen", width=0, height=0, aria_hidden="true")


def bar(
    words: Words, *, own: float, most: float, possible: float | None = None, marks: Sequence[float] = (), ticks: int = 0
) -> Markup:
    """A bar from 0 to ``most``: what is there, striped what is open, and a mark for each amount that is asked.

    Args:
        words: what the bar is called and says.
        own: what is there.
        most: the whole length.
        possible: what it could be; striped from ``own`` on.
        marks: what is asked, each a strong line.
        ticks: into how many parts the bar is divided.
    """
    shapes = [_rect(0, 100, top=5, height=12, kind="track")]
    if possible is not None and possible > own:
        shapes.append(_rect(_share(own, most), _share(possible, most), top=5, height=12, kind="open"))
    if own > 0:
        shapes.append(_rect(0, _share(own, most), top=5, height=12, kind="own"))
    shapes += [_line(100 * place / ticks, 5, 17, "tick") for place in range(1, ticks)]
    shapes += [_line(_share(mark, most), 0, _BAR, "mark") for mark in marks]
    return _picture(words, shapes, "bar", _BAR)


def scale(words: Words, *, own: float, possible: float, marks: Sequence[float]) -> Markup:
    """A thick bar from 0 to 100 with the two numbers of a result, and its marks written below."""
    shapes = [_rect(0, 100, top=6, height=26, kind="track")]
    if possible > own:
        shapes.append(_rect(own, possible, top=6, height=26, kind="open"))
    shapes.append(_rect(0, own, top=6, height=26, kind="own"))
    for mark in marks:
        shapes += [_line(mark, 0, 38, "mark"), _text(mark, 54, f"{mark:g}", "middle")]
    shapes += [_text(0, 54, "0", "start"), _text(100, 54, "100", "end")]
    return _picture(words, shapes, "scale", 58)


def timeline(words: Words, stays: Sequence[Stay], months: Sequence[str]) -> Markup:
    """What is done when: one row each, its label above its bar, and the months as lines behind.

    Args:
        words: what the picture is called and says.
        stays: at least one, in the order of the rows.
        months: the short names of the twelve months.
    """
    first, last = min(stay.start for stay in stays), max(stay.end for stay in stays)
    days = (last - first).days + 1
    height = _HEAD + _ROW * len(stays)
    shapes: list[Markup] = []
    for month, label in _months(first, last, months):
        place = 100 * (month - first).days / days
        shapes += [_line(place, 18, height, "tick"), _text(place, 13, label, "start" if place < _LATE else "end")]
    for row, stay in enumerate(stays):
        top = _HEAD + _ROW * row
        begin, end = (stay.start - first).days, (stay.end - first).days + 1
        shapes.append(_text(0, top + 16, _short(stay.label, _LONGEST), "start", "label"))
        shapes.append(_text(0, top + 16, _short(stay.label, _LONGEST_BRIEF), "start", "brief"))
        shapes.append(_rect(0, 100, top=top + 23, height=10, kind="track"))
        shapes.append(_rect(100 * begin / days, 100 * end / days, top=top + 23, height=10, kind="own"))
    return _picture(words, shapes, "timeline", height)


def columns(words: Words, counts: Sequence[int], labels: Sequence[str], *, mark: int = -1) -> Markup:
    """One column for each count, with its number above and its label below.

    Args:
        words: what the picture is called and says.
        counts: how many, for each column.
        labels: as many as counts.
        mark: the first column of those beyond a threshold; a strong line stands before it.
    """
    most, wide = max([*counts, 1]), 100 / len(counts)
    shapes: list[Markup] = []
    for place, (count, label) in enumerate(zip(counts, labels, strict=True)):
        height = round(_COLUMNS * count / most, 1)
        left, middle = wide * place, wide * (place + 0.5)
        shapes.append(_rect(left + 0.6, left + wide - 0.6, top=20 + _COLUMNS - height, height=height, kind="own"))
        shapes.append(_text(middle, 15 + _COLUMNS - height, str(count), "middle"))
        shapes.append(_text(middle, _COLUMNS + 38, label, "middle"))
    shapes.append(_rect(0, 100, top=20 + _COLUMNS, height=1, kind="axis"))
    if 0 < mark < len(counts):
        shapes.append(_line(wide * mark, 6, 20 + _COLUMNS, "mark"))
    return _picture(words, shapes, "columns", _COLUMNS + 44)


# --- parts -----------------------------------------------------------------------------------------


def _picture(words: Words, shapes: Iterable[Markup], kind: str, height: int) -> Markup:
    title, text = f"{words.key}-title", f"{words.key}-text"
    head = (_tag("title", [printable(words.title)], id=title), _tag("desc", [printable(words.text)], id=text))
    names = {"aria_labelledby": title, "aria_describedby": text}
    return _tag("svg", [*head, *shapes], class_=kind, width="100%", height=height, role="img", **names)


def _rect(left: float, right: float, *, top: float, height: float, kind: str) -> Markup:
    return _tag("rect", class_=kind, x=_percent(left), y=top, width=_percent(max(right - left, 0)), height=height)


def _line(place: float, top: float, bottom: float, kind: str) -> Markup:
    return _tag("line", class_=kind, x1=_percent(place), x2=_percent(place), y1=top, y2=bottom)


def _text(place: float, base: float, text: str, anchor: str, kind: str = "number") -> Markup:
    return _tag("text", [printable(text)], class_=kind, x=_percent(place), y=base, text_anchor=anchor)


def _share(part: float, whole: float) -> float:
    return min(100.0, 100 * part / whole) if whole else 0.0


def _percent(place: float) -> str:
    return f"{round(place, 2):g}%"


def _short(label: str, limit: int) -> str:
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _months(first: date, last: date, names: Sequence[str]) -> list[tuple[date, str]]:
    """The first days of some months between two days, few enough to stand side by side."""
    count = 12 * (last.year - first.year) + last.month - first.month
    begin = 12 * first.year + first.month
    every = -(-count // _MOST_MONTHS) if count else 1
    days = [date(month // 12, month % 12 + 1, 1) for month in range(begin, begin + count, every)]
    return [(day, f"{names[day.month - 1]} {day.year}") for day in days]


def _tag(name: str, content: Iterable[str] = (), **attributes: str | float) -> Markup:
    """An element; an attribute's ``class_`` and ``text_anchor`` are ``class`` and ``text-anchor`` there."""
    from markupsafe import Markup, escape

    given = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items()
    )
    inner = Markup("").join(escape(item) for item in content)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), given, inner)  # noqa: S704 - names of our own
