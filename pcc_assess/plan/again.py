"""A plan made again from where the person stands: what was done, taken out or moved in an earlier plan.

Whoever carries out a plan changes its file: marks a step as done, deletes one, moves its days. What was changed is
found by ``made``, which holds every step as it was planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pcc_assess.errors import InputError, printable
from pcc_assess.knowledge import Knowledge
from pcc_assess.model import DoneAction, KeptDate, Plan, PlannedAction, Profile
from pcc_assess.plan.effects import after

_LAST_YEAR = 2200  # a later one is a slip, and the calendar ends in 9999


def done_in(plan: Plan) -> tuple[DoneAction, ...]:
    """The steps that are marked as done and were not before.

    Raises:
        InputError: a mark is no day.
    """
    known = {item.id for item in plan.parameters.done}
    return tuple(
        DoneAction(id=action.id, on=_done_on(action))
        for action in _actions(plan)
        if action.done is not False and action.id not in known
    )


def left_out_of(plan: Plan) -> tuple[str, ...]:
    """The steps that were taken out, now or before."""
    kept = {action.id for action in _actions(plan)}
    removed = [item.id for item in plan.made if item.id not in kept]
    return tuple(dict.fromkeys([*plan.parameters.left_out, *removed]))


def dates_in(plan: Plan) -> tuple[KeptDate, ...]:
    """The days that were moved, now or before, of steps that are still to be done.

    Raises:
        InputError: a start or an end is no day, or a step ends before it starts.
    """
    planned = {item.id: (item.start, item.end) for item in plan.made}
    before = {item.id: item for item in plan.parameters.dates}
    found: list[KeptDate] = []
    for action in _actions(plan):
        start, end = _days(action)
        if action.done is not False:
            continue
        if action.id in planned and planned[action.id] != (start, end):
            found.append(KeptDate(id=action.id, start=start, end=end))
        elif action.id in before:
            found.append(before[action.id])
    return tuple(found)


def named_in(plan: Plan) -> Iterator[str]:
    """Every action that a plan file names, also those that a person may have typed."""
    yield from (action.id for action in _actions(plan))
    yield from (item.id for item in plan.parameters.done)
    yield from plan.parameters.left_out


def with_done(profile: Profile, done: Iterable[DoneAction], knowledge: Knowledge) -> Profile:
    """What the person brings after what they have done."""
    for item in done:
        profile = after(profile, knowledge.actions[item.id], knowledge)
    return profile


def _actions(plan: Plan) -> Iterator[PlannedAction]:
    for step in plan.steps:
        yield from step.actions


def _done_on(action: PlannedAction) -> str | None:
    """The day on which a step was done, None where its mark is only true."""
    if action.done is True:
        return None
    try:
        return date.fromisoformat(str(action.done)).isoformat()
    except ValueError:
        name, shown = printable(action.id), printable(str(action.done)[:40])
        raise InputError(
            f"the step {name!r} is marked as done with {shown!r}",
            hint='write "done": true, or the day as "2026-12-31"',
        ) from None


def _days(action: PlannedAction) -> tuple[str, str]:
    """First and last day of a step."""
    try:
        start, end = date.fromisoformat(action.start), date.fromisoformat(action.end)
    except ValueError:
        name = printable(action.id)
        raise InputError(f"the step {name!r} has a start or end that is no day", hint="write YYYY-MM-DD") from None
    if start.year > _LAST_YEAR or end.year > _LAST_YEAR:
        raise InputError(f"the step {printable(action.id)!r} lies too far ahead", hint="correct start or end")
    if end < start:
        raise InputError(f"the step {printable(action.id)!r} ends before it starts", hint="correct start or end")
    return start.isoformat(), end.isoformat()
