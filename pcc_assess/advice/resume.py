"""What the resume should say better today, built on the person's own lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pcc_assess.advice.own_words import OwnWords, one_line
from pcc_assess.knowledge import ResumeLine
from pcc_assess.model import Evidence, Result, ResumeTip

_MOST_OF_A_KIND = 3
_SHOWN = frozenset({"duty", "named"})
_NAMED_ONLY = frozenset({"listed", "tool"})
_RATED = frozenset({"example", "answer", "unproven"})
# What comes first: a skill without a line costs more than a line without a number.
_KINDS = ("listed", "claimed", "dates", "unwritten", "number")


def tips(own: OwnWords) -> tuple[ResumeTip, ...]:
    """At most three of a kind, the weightiest requirements first; every line of the resume is used once."""
    found: list[ResumeTip] = []
    used: set[str] = set()
    for skill, result in own.results.items():
        advice = own.knowledge.advice.lines.get(skill)
        for tip in _tips_of(own, skill, result, advice) if advice else ():
            quoted = tip.quote.quote if tip.quote else tip.line
            if quoted not in used and sum(other.kind == tip.kind for other in found) < _MOST_OF_A_KIND:
                used.add(quoted)
                found.append(tip)
                break
    return tuple(_mixed(found))


def _mixed(tips: list[ResumeTip]) -> list[ResumeTip]:
    """One of each kind first, so that the first few tell of different things."""
    kinds = [tip.kind for tip in tips]
    places = [kinds[:at].count(kind) for at, kind in enumerate(kinds)]
    order = sorted(range(len(tips)), key=lambda at: (places[at], _KINDS.index(kinds[at])))
    return [tips[at] for at in order]


def _tips_of(own: OwnWords, skill: str, result: Result, advice: ResumeLine) -> Iterator[ResumeTip]:
    """What can be said of one skill: the first tip whose line is not used yet is taken."""
    finding = own.finding(skill)
    if finding is None or finding.proficiency == 0:
        return
    lines = list(own.said(skill))
    if finding.source == "quiz" and all(line.method == "answer" for line in lines):
        if finding.rung in _RATED:
            yield _unwritten(own, result, advice, lines)
    elif finding.rung in _SHOWN:
        yield from (_number(own, result, advice, line) for line in own.of_work(skill) if not own.has_number(line))
    elif finding.rung in _NAMED_ONLY and result.points_open > 0:
        yield from _named(own, skill, result, advice)
    elif finding.rung == "undated-duty":
        yield from (_dates(own, result, line) for line in own.of_work(skill))


def _named(own: OwnWords, skill: str, result: Result, advice: ResumeLine) -> Iterator[ResumeTip]:
    """A skill that is only named: in a list, or under a job, where a line that counts something says enough."""
    of_work = list(own.of_work(skill))
    make = _number if own.knowledge.skills[skill].kind == "soft" and of_work else _listed
    lines = [line for line in of_work if not own.has_number(line)] if of_work else own.said(skill)
    yield from (make(own, result, advice, line) for line in lines)


def _number(own: OwnWords, result: Result, advice: ResumeLine, line: Evidence) -> ResumeTip:
    texts = own.knowledge.texts
    built = texts.say("advice.line.number", line=one_line(line), amount=advice.amount)
    why = texts.say("advice.why.number")
    return ResumeTip(kind="number", requirement=result.id, name=result.name, quote=line, why=why, line=built)


def _listed(own: OwnWords, result: Result, advice: ResumeLine, line: Evidence) -> ResumeTip:
    kind: Literal["claimed", "listed"] = "claimed" if own.is_of_work(line) else "listed"
    why = own.knowledge.texts.say(f"advice.why.{kind}")
    return ResumeTip(kind=kind, requirement=result.id, name=result.name, quote=line, why=why, line=advice.frame)


def _dates(own: OwnWords, result: Result, line: Evidence) -> ResumeTip:
    texts = own.knowledge.texts
    why = texts.say("advice.why.dates")
    built = texts.say("advice.line.dates", line=one_line(line))
    return ResumeTip(kind="dates", requirement=result.id, name=result.name, quote=line, why=why, line=built)


def _unwritten(own: OwnWords, result: Result, advice: ResumeLine, lines: list[Evidence]) -> ResumeTip:
    texts = own.knowledge.texts
    line = lines[0] if lines else None
    built = advice.frame
    if line is not None:
        built = texts.say("advice.line.number", line=one_line(line), amount=advice.amount)
        built = one_line(line) if own.has_number(line) else built
    why = texts.say("advice.why.unwritten")
    return ResumeTip(kind="unwritten", requirement=result.id, name=result.name, quote=line, why=why, line=built)
