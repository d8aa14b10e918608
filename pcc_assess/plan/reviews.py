"""Days to look back at a plan: every few weeks, at the end of each stage, and at the end of it all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from pcc_assess.knowledge import Stage
from pcc_assess.model import Review, ReviewKind, Step

_WEEK = 7


def reviews_of(steps: Sequence[Step], start: date, every_weeks: int) -> tuple[Review, ...]:
    """The reviews of a plan, by day; a regular one gives way to the end of a stage in the same week.

    Args:
        steps: the steps with their dates.
        start: the first day of the plan.
        every_weeks: how often to look back.
    """
    ends = {action.id: date.fromisoformat(action.end) for step in steps for action in step.actions}
    if not ends:
        return ()
    last = max(ends.values())
    stages: dict[date, Stage] = {}
    for step in steps:
        stages[max(ends[action.id] for action in step.actions)] = step.stage
    days: dict[date, tuple[ReviewKind, Stage | None]] = {
        day: ("end" if day == last else "stage", stage) for day, stage in stages.items()
    }
    for day in _regular(start, last, every_weeks):
        if not any(abs((day - other).days) < _WEEK for other in stages):
            days[day] = ("regular", None)
    return tuple(_reviews(days, ends))


def _regular(start: date, last: date, every_weeks: int) -> Iterable[date]:
    """Every so many weeks after the start, before the last day."""
    step = timedelta(weeks=every_weeks)
    day = start + step
    while day < last:
        yield day
        day += step


def _reviews(days: dict[date, tuple[ReviewKind, Stage | None]], ends: dict[str, date]) -> Iterable[Review]:
    seen = date.min
    for day in sorted(days):
        kind, stage = days[day]
        due = tuple(name for name, end in ends.items() if seen < end <= day)
        yield Review(on=day.isoformat(), kind=kind, stage=stage, due=due)
        seen = day
