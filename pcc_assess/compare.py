"""One person against several aims, or at several times: where they stand, and what changed and why.

Pure functions over assessments that were made elsewhere. Points are summed in hundredths, as whole numbers, so that the
changes of a period add up to the change of its score exactly.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from pcc_assess.errors import InputError, printable
from pcc_assess.knowledge import EDUCATION, Role
from pcc_assess.model import (
    Apart,
    Assessment,
    Change,
    Comparison,
    Evidence,
    GateChange,
    Moment,
    Period,
    Position,
    Result,
    Side,
)
from pcc_assess.pay import pay_of_rank, pay_of_role
from pcc_assess.texts import Texts

_MOST_APART = 3
_MOST_NAMED = 3
_LONGEST_QUOTE = 200


# --- several aims --------------------------------------------------------------------------------------------------


def against_levels(records: Sequence[Assessment], role: Role, texts: Texts) -> Comparison:
    """One person at every level of ``role``; ``records`` are one assessment a level, in the ladder's order."""
    positions = tuple(_position(record, role, texts) for record in records)
    return Comparison(
        kind="levels",
        version=records[0].version,
        as_of=records[0].as_of,
        candidate=records[0].candidate,
        positions=positions,
        pay=pay_of_role(role),
    )


def against_roles(pairs: Sequence[tuple[Assessment, Role]], texts: Texts) -> Comparison:
    """One person against several roles: the role aimed at first, then the others, the nearest first."""
    positions = [_position(record, role, texts) for record, role in pairs]
    others = sorted(positions[1:], key=lambda item: (-item.readiness.score, -item.readiness.possible, item.role.id))
    first = pairs[0][0]
    return Comparison(
        kind="roles",
        version=first.version,
        as_of=first.as_of,
        candidate=first.candidate,
        positions=(*positions[:1], *others),
    )


def _position(record: Assessment, role: Role, texts: Texts) -> Position:
    rank = role.ranks[record.role.level]
    return Position(
        role=record.role,
        years=rank.years,
        readiness=record.readiness,
        questions=sum(item.is_open for item in record.requirements),
        apart=_apart(record),
        pay=pay_of_rank(rank, texts),
        differs=role.differs,
        unsure=role.unsure,
        move=role.move,
    )


def _apart(record: Assessment) -> tuple[Apart, ...]:
    """The requirements with the most points still to win; of equal ones, a gap comes before an open question."""
    left = [item for item in record.requirements if item.points_open > 0]
    ordered = sorted(left, key=lambda item: (-item.points_open, item.is_open, item.id))
    return tuple(
        Apart(
            id=item.id,
            name=item.name,
            status=item.status,
            open=item.is_open,
            points=item.points_open,
            next_step=item.next_step,
        )
        for item in ordered[:_MOST_APART]
    )


# --- several times -------------------------------------------------------------------------------------------------


def over_time(records: Sequence[Assessment], texts: Texts) -> Comparison:
    """One person at several times, the oldest assessment first.

    Raises:
        InputError: two of them cannot be compared in fairness, with the way to make it fair.
    """
    for before, after in pairwise(records):
        _refuse_unfair(before, after, texts)
    last = records[-1]
    return Comparison(
        kind="time",
        version=last.version,
        as_of=last.as_of,
        candidate=last.candidate,
        periods=tuple(_period(before, after, texts) for before, after in pairwise(records)),
    )


def _refuse_unfair(before: Assessment, after: Assessment, texts: Texts) -> None:
    for record in (before, after):
        if sum(round(item.points * 100) for item in record.requirements) != round(record.readiness.score * 100):
            hint = texts.say("compare.unfair.sum-hint")
            raise InputError(texts.say("compare.unfair.sum"), where=record.candidate.source, hint=hint)
    if date.fromisoformat(after.as_of) < date.fromisoformat(before.as_of):
        message = texts.say("compare.unfair.order", before=before.as_of, after=after.as_of)
        raise InputError(message, where=after.candidate.source, hint=texts.say("compare.unfair.order-hint"))
    reasons = list(_reasons(before, after, texts))
    if reasons:
        message = texts.say("compare.unfair.both", reasons="; ".join(reasons))
        raise InputError(message, where=before.candidate.source, hint=_score_again(before, after, texts))


def _reasons(before: Assessment, after: Assessment, texts: Texts) -> Iterator[str]:
    """What makes the points of two assessments unlike, in words."""
    old, new = before.role, after.role
    nothing = texts.say("compare.unfair.none")
    for word, was, now in (
        ("role", old.id, new.id),
        ("level", old.level, new.level),
        ("setting", old.setting or nothing, new.setting or nothing),
        ("scoring", str(before.scoring), str(after.scoring)),
    ):
        if was != now:
            yield texts.say(f"compare.unfair.{word}", before=printable(was), after=printable(now))
    if (old.id, old.level, old.setting) == (new.id, new.level, new.setting):
        asked = _asked_otherwise(before, after)
        if asked:
            names = ", ".join(asked[:_MOST_NAMED])
            yield texts.count("compare.unfair.asked", len(asked), names=names)


def _asked_otherwise(before: Assessment, after: Assessment) -> list[str]:
    """Requirements that only one of two assessments has, or that ask or weigh something else in the other."""
    old, new = (
        {item.id: (item.weight, item.required, item.importance) for item in record.requirements}
        for record in (before, after)
    )
    return [printable(name) for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]


def _score_again(before: Assessment, after: Assessment, texts: Texts) -> str:
    role = after.role
    options = f"--role {role.id} --level {role.level}" + (f" --setting {role.setting}" if role.setting else "")
    source = shlex.quote(printable(before.candidate.source))
    call = f"pcc-assess score {source} {options} --as-of {before.as_of} --format json --output OLD.json"
    return texts.say("compare.unfair.hint", call=call)


def _period(before: Assessment, after: Assessment, texts: Texts) -> Period:
    old = {item.id: item for item in before.requirements}
    moved = [_change(old[item.id], item, texts) for item in after.requirements if _side(old[item.id]) != _side(item)]
    moved.sort(key=lambda item: (-abs(item.points), item.points < 0, item.id))
    return Period(
        before=_moment(before),
        after=_moment(after),
        points=_hundredths(after.readiness.score, before.readiness.score),
        possible=_hundredths(after.readiness.possible, before.readiness.possible),
        gates=tuple(_gates(before, after)),
        changes=tuple(moved),
        unchanged=len(after.requirements) - len(moved),
        cautions=tuple(_cautions(before, after, texts)),
    )


def _hundredths(after: float, before: float) -> float:
    """A difference of points, exact to the hundredth."""
    return (round(after * 100) - round(before * 100)) / 100


def _moment(record: Assessment) -> Moment:
    ready = record.readiness
    return Moment(
        as_of=record.as_of,
        source=record.candidate.source,
        version=record.version,
        score=ready.score,
        possible=ready.possible,
        band=ready.band,
    )


def _gates(before: Assessment, after: Assessment) -> Iterator[GateChange]:
    old = {gate.id: gate.status for gate in before.readiness.gates}
    for gate in after.readiness.gates:
        was = old.get(gate.id, "not-shown")
        if was != gate.status:
            yield GateChange(id=gate.id, name=gate.name, before=was, after=gate.status)


def _side(item: Result) -> Side:
    return Side(status=item.status, open=item.is_open, own=item.own, credit=item.credit, points=item.points)


def _change(before: Result, after: Result, texts: Texts) -> Change:
    why, quote = _why(before, after, texts)
    return Change(
        id=after.id,
        name=after.name,
        category=after.category,
        weight=after.weight,
        before=_side(before),
        after=_side(after),
        points=_hundredths(after.points, before.points),
        why=why,
        quote=quote,
    )


def _why(before: Result, after: Result, texts: Texts) -> tuple[str, str | None]:
    """Why a requirement is judged otherwise, and the quote that did it where there is one."""
    lost = after.points < before.points
    quote = _only_in(before, after) if lost else _only_in(after, before)
    if after.status == "expired" and before.status != "expired":
        return texts.say("compare.why.expired"), quote
    if quote is not None:
        return texts.say("compare.why.lost" if lost else "compare.why.new", quote=_cut(quote)), quote
    if isinstance(after.own, float) and isinstance(before.own, float):
        return texts.say("compare.why.years", before=before.own, after=after.own), None
    if after.own in EDUCATION and before.own in EDUCATION:
        was, now = (texts.named(f"score.school.{own}", str(own)) for own in (before.own, after.own))
        return texts.say("compare.why.school", before=was, after=now), None
    return texts.say("compare.why.rule", rule=printable(after.rule)), None


def _only_in(here: Result, there: Result) -> str | None:
    """The first quote of one side that the other does not have, held ones first."""
    known = {_plain(item) for item in there.evidence}
    ordered = sorted(here.evidence, key=lambda item: item.status != "held")
    return next((item.quote for item in ordered if _plain(item) and _plain(item) not in known), None)


def _plain(evidence: Evidence) -> str:
    return " ".join(printable(evidence.quote).split())


def _cut(quote: str) -> str:
    text = " ".join(printable(quote).split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 3].rsplit(' ', 1)[0]}..."


def _cautions(before: Assessment, after: Assessment, texts: Texts) -> Iterator[str]:
    """What must be known before a difference is put down to the person."""
    names = [record.candidate.name for record in (before, after)]
    if all(names) and names[0] != names[1]:
        yield texts.say("compare.caution.names", before=printable(names[0] or ""), after=printable(names[1] or ""))
    if before.version != after.version:
        yield texts.say("compare.caution.version", before=printable(before.version), after=printable(after.version))
    if (before.input.format == "answers") != (after.input.format == "answers"):
        yield texts.say("compare.caution.answers")
    if any(record.input.quality != "good" for record in (before, after)):
        yield texts.say("compare.caution.quality")
