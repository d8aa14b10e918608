"""When: the chosen actions in the six stages, one after another at the person's pace, each after what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import get_args

from pcc_assess.knowledge import Action, Stage
from pcc_assess.model import Cost, PlannedAction, Step
from pcc_assess.plan.choose import Choice, weeks

STAGES: tuple[Stage, ...] = get_args(Stage)


def in_order(choices: Iterable[Choice]) -> list[tuple[Stage, Choice]]:
    """The choices by stage, free ones first, and never before what they need.

    An action that needs one of a later stage moves to that stage.
    """
    by_id = {choice.action.id: choice for choice in choices}
    stages: dict[str, int] = {}

    def stage_of(choice: Choice) -> int:
        action = choice.action
        if action.id not in stages:
            needed = [stage_of(by_id[name]) for name in action.requires if name in by_id]
            stages[action.id] = max([STAGES.index(action.stage), *needed])
        return stages[action.id]

    waiting = sorted(by_id.values(), key=lambda choice: (stage_of(choice), not choice.action.free, -choice.gain))
    placed: list[tuple[Stage, Choice]] = []
    seen: set[str] = set()
    while waiting:
        ready = next(choice for choice in waiting if all(n in seen or n not in by_id for n in choice.action.requires))
        waiting.remove(ready)
        seen.add(ready.action.id)
        placed.append((STAGES[stage_of(ready)], ready))
    return placed


class Calendar:
    """Gives each action its dates. Study goes one after another; paid work and waiting run beside it."""

    def __init__(self, start: date, hours_per_week: float) -> None:
        self.next_free = float(start.toordinal())
        self.hours_per_week = hours_per_week
        self.ends: dict[str, float] = {}

    def place(self, action: Action) -> tuple[date, date, float, float]:
        """First and last day, hours of work, and weeks on the calendar."""
        hours = (action.hours.low + action.hours.high) / 2
        beside = action.kind == "work"
        effort = 0.0 if beside else 7 * hours / self.hours_per_week
        begin = max([self.next_free, *(self.ends[name] for name in action.requires if name in self.ends)])
        days = max(7 * weeks(action, self.hours_per_week), 1.0)
        if not beside:
            self.next_free = begin + effort
        end = begin + days
        self.ends[action.id] = end
        first = date.fromordinal(int(begin))
        last = max(first, date.fromordinal(int(end)) - timedelta(days=1))
        return first, last, hours, round(days / 7, 1)


def steps(
    placed: list[tuple[Stage, Choice]],
    calendar: Calendar,
    titles: Mapping[Stage, str],
    alternatives: Mapping[str, str],
) -> tuple[Step, ...]:
    """The steps of a plan, one a stage that holds actions."""
    by_stage: dict[Stage, list[PlannedAction]] = {}
    for stage, choice in placed:
        by_stage.setdefault(stage, []).append(_planned(choice, calendar, alternatives))
    kept = [stage for stage in STAGES if stage in by_stage]
    return tuple(
        Step(n=number, stage=stage, title=titles[stage], actions=tuple(by_stage[stage]))
        for number, stage in enumerate(kept, 1)
    )


def _planned(choice: Choice, calendar: Calendar, alternatives: Mapping[str, str]) -> PlannedAction:
    action = choice.action
    first, last, hours, weeks = calendar.place(action)
    cost = action.cost
    return PlannedAction(
        id=action.id,
        title=action.title,
        closes=choice.closes,
        points=choice.gain / 100,
        hours=hours,
        weeks=weeks,
        cost_usd=Cost(low=cost.low, high=cost.high, as_of=cost.as_of, source=cost.source) if cost else None,
        start=first.isoformat(),
        end=last.isoformat(),
        prerequisites=tuple(name for name in action.requires if name in calendar.ends),
        eligibility=action.eligibility,
        how=action.how,
        proof=action.proof,
        free_alternative=alternatives.get(action.id),
    )
