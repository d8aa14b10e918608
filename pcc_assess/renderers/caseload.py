"""Many people on one page, and the same in short for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pcc_assess.cohort.records import Cell, ClassOffer, Need, Person, Row, Together
from pcc_assess.errors import printable
from pcc_assess.renderers import charts, pages, summary
from pcc_assess.renderers.summary import Look, Wording
from pcc_assess.texts import Texts

if TYPE_CHECKING:
    from markupsafe import Markup

_READY = "ready"
_MOST_CLASSES = 8
_MOST_GAPS = 12
_MOST_SHORT = 3
_SHADES = 5  # of the heat map, by credit
_WIDTH = 10  # points of a column of the histogram
_LONGEST_BAR = 30  # characters


def page(record: Together, wording: Wording) -> str:
    """The page about many people."""
    texts, who = wording.texts, _named(record)
    view = {
        "record": record,
        **_head(record, wording),
        "bands": list(_bands(record, wording)),
        "columns": _columns(record, wording),
        "classes": [_class(offer, texts) for offer in record.classes[:_MOST_CLASSES]],
        "judged": _judged(record, texts),
        "gaps": [need for need in _by_gap(record) if need.gap_people][:_MOST_GAPS],
        "open": [need for need in _by_open(record) if need.open_people][:_MOST_GAPS],
        "rows": [_row(row, who(row.person), wording.texts) for row in record.rows],
        "states": [name for name in summary.SIGNS if any(name in need.states for need in record.needs)],
    }
    return pages.page("cohort", texts, view=view, who=who, each=_each)


def _named(record: Together) -> Callable[[Person], str]:
    """The same way to call everybody that the page names."""
    listed = (record.rows, record.steps, record.talks, record.doubts)
    return summary.called(entry.person for entries in listed for entry in entries)


def _head(record: Together, wording: Wording) -> dict[str, object]:
    texts = wording.texts
    title = wording.title or record.role.title
    counted = {"scored": _people(record.scored, texts), "failed": f"{record.failed:,}"}
    told = [texts.say("cohort.nobody")]
    if record.spread is not None and record.possible is not None:
        told = [
            texts.say(
                "cohort.middle",
                median=summary.whole(record.spread.median),
                possible=summary.whole(record.possible.median),
            ),
            texts.say(
                "cohort.range",
                lowest=summary.whole(record.spread.lowest),
                highest=summary.whole(record.spread.highest),
                quarter=summary.whole(record.spread.quarter),
                three_quarters=summary.whole(record.spread.three_quarters),
            ),
        ]
    if record.repeated:
        told.append(texts.count("cohort.repeated", record.repeated))
    level = summary.level_name(record.role.level, texts)
    return {
        "title": texts.say("cohort.title", title=title, level=level),
        "about": texts.say("cohort.about", **counted, day=summary.day(record.as_of, texts)),
        "employer": summary.employer(record.role.id, record.role.setting, wording),
        "told": told,
        "ready": texts.say("cohort.ready-mark", ready=f"{_ready(wording):g}"),
    }


def _people(number: int, texts: Texts) -> str:
    return texts.count("cohort.people", number)


def _ready(wording: Wording) -> float:
    known = wording.bands.get(_READY)
    return known.at_least if known else 100.0


def _bands(record: Together, wording: Wording) -> Iterator[tuple[str, str, int, str]]:
    for band in record.bands:
        known = wording.bands[band.id]
        share = round(100 * band.people / record.scored) if record.scored else 0
        yield _capital(known.name), f"{known.at_least:g}", band.people, wording.texts.say("cohort.percent", share=share)


def _columns(record: Together, wording: Wording) -> Markup | None:
    if not record.scored:
        return None
    texts, starts = wording.texts, range(0, 100, _WIDTH)
    said = [
        texts.say(
            "cohort.column",
            start=start,
            end=start + _WIDTH - (start + _WIDTH < 100),
            people=_people(count, texts),
        )
        for start, count in zip(starts, record.columns, strict=True)
    ]
    text = texts.say("cohort.histogram-text", columns="; ".join(said), ready=f"{_ready(wording):g}")
    words = charts.Words(key="histogram", title=texts.say("cohort.histogram"), text=text)
    return charts.columns(words, record.columns, [str(start) for start in starts], mark=int(_ready(wording)) // _WIDTH)


# --- classes, gaps -----------------------------------------------------------------------------------


def _class(offer: ClassOffer, texts: Texts) -> dict[str, object]:
    return {
        "offer": offer,
        "cost": _capital(summary.money(offer.cost_usd, texts)),
        "hours": _span(offer.hours_low, offer.hours_high, texts),
        "lines": list(_class_lines(offer, texts)),
    }


def _class_lines(offer: ClassOffer, texts: Texts) -> Iterator[str]:
    yield texts.say(
        "cohort.class.best",
        title=offer.title,
        seats=_people(offer.seats, texts),
        points=summary.worth(offer.points, texts),
        median=summary.worth(offer.median, texts),
    )
    yield texts.say(
        "cohort.class.seat",
        hours=_counted("report.hours", offer.hours_low, offer.hours_high, texts),
        weeks=_counted("report.weeks", offer.weeks_low, offer.weeks_high, texts),
        cost=summary.money(offer.cost_usd, texts),
    )
    if offer.waiting:
        yield texts.count("cohort.class.waiting", offer.waiting)
    if offer.open_points:
        yield texts.say("cohort.class.open", points=summary.roughly(offer.open_points))


def _judged(record: Together, texts: Texts) -> str:
    """The class that closes most of what was judged; empty where nothing of it is."""
    best = min(record.classes, key=lambda offer: (-_sure(offer), offer.hours_high, offer.id), default=None)
    if best is None or not _sure(best):
        return ""
    return texts.say("cohort.class.judged", title=best.title, points=summary.worth(_sure(best), texts))


def _sure(offer: ClassOffer) -> float:
    return round(offer.points - offer.open_points, 2)


def _counted(key: str, low: float, high: float, texts: Texts) -> str:
    if low == high:
        return texts.count(key, high)
    return texts.say("cohort.span", low=f"{low:,g}", high=texts.count(key, high))


def _span(low: float, high: float, texts: Texts) -> str:
    return f"{low:,g}" if low == high else texts.say("cohort.span", low=f"{low:,g}", high=f"{high:,g}")


def _by_gap(record: Together) -> list[Need]:
    return sorted(record.needs, key=lambda need: (-need.gap_points, need.id))


def _by_open(record: Together) -> list[Need]:
    return sorted(record.needs, key=lambda need: (-need.open_points, need.id))


def _each(points: float, people: int) -> str:
    """Points for one of some people."""
    return summary.roughly(points / people) if people else "0"


# --- the heat map ------------------------------------------------------------------------------------


def _row(row: Row, name: str, texts: Texts) -> dict[str, object]:
    return {
        "who": name,
        "score": summary.whole(row.person.score),
        "cells": [_cell(cell, texts) for cell in row.cells],
    }


def _cell(cell: Cell, texts: Texts) -> tuple[str, str]:
    """The number of a cell and the class of its shade."""
    if cell.credit is None:
        return texts.say("cohort.map.cell-open"), "hq"
    shade = f"h{min(int(cell.credit * (_SHADES - 1)), _SHADES - 1)}"
    key = "cohort.map.cell-confirm" if cell.confirm else "cohort.map.cell"
    return texts.say(key, credit=round(100 * cell.credit)), shade


# --- in short ----------------------------------------------------------------------------------------


def in_short(record: Together, wording: Wording, look: Look) -> str:
    """A few lines for the end of a run."""
    from pcc_assess.renderers.terminal import lines

    return lines(_short(record, wording, look), look)


def _short(record: Together, wording: Wording, look: Look) -> Iterator[str]:
    texts = wording.texts
    if record.spread is None:
        return
    yield texts.say(
        "cohort.short.half",
        median=summary.whole(record.spread.median),
        lowest=summary.whole(record.spread.lowest),
        highest=summary.whole(record.spread.highest),
    )
    if record.repeated:
        yield texts.count("cohort.repeated", record.repeated)
    yield from _band_lines(record, wording, look)
    gaps = [need for need in _by_gap(record) if need.gap_people][:_MOST_SHORT]
    if gaps:
        yield texts.say("cohort.short.gaps")
        yield from (_gap_line(need, texts) for need in gaps)
    yield from _help_lines(record, texts)


def _band_lines(record: Together, wording: Wording, look: Look) -> Iterator[str]:
    texts = wording.texts
    most = max(band.people for band in record.bands)
    for band in record.bands:
        name = _capital(wording.bands[band.id].name)
        said = texts.say("cohort.short.band", name=name, people=_people(band.people, texts))
        room = min(look.width - len(said) - 5, _LONGEST_BAR)
        bar = "#" * -(-room * band.people // most) if room > 0 and not look.accessible else ""
        yield f"  {said}  {bar}".rstrip()


def _gap_line(need: Need, texts: Texts) -> str:
    points = summary.worth(need.gap_points, texts)
    people = _people(need.gap_people, texts)
    return f"  {texts.say('cohort.short.gap', name=need.name, people=people, points=points)}"


def _help_lines(record: Together, texts: Texts) -> Iterator[str]:
    if record.classes:
        yield texts.say("cohort.short.class")
        yield from (f"  {line}" for line in _class_lines(record.classes[0], texts))
    yield texts.say("cohort.short.step", people=_people(record.step_people, texts))
    who = _named(record)
    for step in record.steps[:_MOST_SHORT]:
        yield f"  {texts.say('cohort.short.step-who', who=printable(who(step.person)), step=step.title)}"
    if record.talk_people:
        yield texts.say("cohort.short.talk", people=_people(record.talk_people, texts))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
