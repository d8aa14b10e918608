"""A plan as a calendar (iCalendar, RFC 5545): its steps, the first seven days and the days to look back.

All are all-day events: common calendars show these, while few show to-dos. The same plan gives the same bytes, and an
event keeps its UID when the plan is made again, so that a calendar moves it and does not show it twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pcc_assess.errors import printable
from pcc_assess.model import Plan, PlannedAction
from pcc_assess.renderers import summary
from pcc_assess.renderers.summary import Look, Wording

_LONGEST_LINE = 75  # octets of a content line, without its end (RFC 5545, section 3.1)
_END = "\r\n"
_PRODUCT = "-//pcc-assess//plan//EN"
# Counted from here, the number of a later plan is larger: a calendar takes the later one.
_FIRST_DAY = date(2020, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """One all-day event; ``last`` is its last day, and ``text`` has one line for each thing that is said."""

    uid: str
    first: date
    last: date
    title: str
    text: tuple[str, ...]
    kind: str


def calendar(record: Plan, wording: Wording, _look: Look) -> str:
    """The calendar of one plan, each line with its line end."""
    made = date.fromisoformat(record.assessment.as_of)
    owner = _owner(record)
    name = wording.texts.say("plan.title", target=summary.plan_target(record, wording))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for event in sorted(_events(record, wording), key=lambda item: (item.first, item.uid)):
        lines += _lines(event, owner, made)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}{_END}" for line in lines)


def _owner(record: Plan) -> str:
    """Whose plan it is, without telling it: another plan of the same person has the same mark, also after the resume
    was changed. Who is not named is known by the content alone.
    """
    name = record.advice.standing.name if record.advice is not None else None
    whose = f"{name or record.assessment.candidate}\0{record.assessment.role}"
    return hashlib.sha256(whose.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _events(record: Plan, wording: Wording) -> Iterator[_Event]:
    titles = {action.id: action.title for step in record.steps for action in step.actions}
    for step in record.steps:
        for action in step.actions:
            if not action.done:
                yield _step(action, step.title, titles, wording)
    yield from _days(record, wording)
    yield from _reviews(record, titles, wording)


def _step(action: PlannedAction, stage: str, titles: dict[str, str], wording: Wording) -> _Event:
    texts = wording.texts
    cost = texts.say("plan.cost.unknown-here") if action.cost_usd is None else summary.money(action.cost_usd, texts)
    said = [f"{word}: {text}" for word, text in summary.action_lines(action, titles, wording)]
    return _Event(
        uid=f"step-{action.id}",
        first=date.fromisoformat(action.start),
        last=date.fromisoformat(action.end),
        title=action.title,
        text=(texts.say("plan.cost.one", cost=cost), *said),
        kind=stage,
    )


def _days(record: Plan, wording: Wording) -> Iterator[_Event]:
    """The first seven days, without the day of rest."""
    for day in record.advice.days if record.advice is not None else ():
        if day.minutes:
            when = date.fromisoformat(day.date)
            minutes = wording.texts.count("outline.minutes", day.minutes)
            kind = wording.texts.say("outline.week.title")
            yield _Event(uid=f"day-{day.n}", first=when, last=when, title=day.title, text=(minutes, day.how), kind=kind)


def _reviews(record: Plan, titles: dict[str, str], wording: Wording) -> Iterator[_Event]:
    texts = wording.texts
    for number, review in enumerate(record.reviews, 1):
        when = date.fromisoformat(review.on)
        due = ", ".join(titles.get(name, name) for name in review.due)
        yield _Event(
            uid=f"review-{number}",
            first=when,
            last=when,
            title=texts.say("outline.review.event"),
            text=(texts.say("outline.review.note"), *([texts.say("outline.review.due", names=due)] if due else [])),
            kind=texts.say("outline.review.title"),
        )


# --- the format ------------------------------------------------------------------------------------------------------


def _lines(event: _Event, owner: str, made: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}.{owner}@pcc-assess"
    yield f"DTSTAMP:{made:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{max(0, (made - _FIRST_DAY).days)}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    # the end is the first day after it
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield "DESCRIPTION:" + "\\n".join(escaped(line) for line in event.text)
    yield f"CATEGORIES:{escaped(event.kind)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text value: what separates values stands behind a backslash, and nothing in it ends the line."""
    plain = printable(text)
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, each but the first behind a space; no character is cut."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode("utf-8", "replace"))
        if size + width > _LONGEST_LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return _END.join(pieces)
