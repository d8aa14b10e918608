"""When: the chosen actions in the six stages, one after another at the person's pace, each after what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from pcc_assess.knowledge import Stage
from pcc_assess.model import Cost, PlannedAction, Step
from pcc_assess.plan.choose import Choice, weeks

STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class Placed:
    """A choice in its stage with the requirements that it moves, the hundredths of a point that it gains after all
    that stands before it, and the free action that goes toward the same.
    """

    stage: Stage
    choice: Choice
    closes: tuple[str, ...] = ()
    gain: int = 0
    free_alternative: str | None = None


def stages_of(choices: Iterable[Choice]) -> dict[str, Stage]:
    """The stage of each action; one that needs an action of a later stage moves to that stage."""
    by_id = {choice.action.id: choice for choice in choices}
    found: dict[str, int] = {}

    def stage_of(choice: Choice) -> int:
        action = choice.action
        if action.id not in found:
            needed = [stage_of(by_id[name]) for name in choice.needs]
            found[action.id] = max([STAGES.index(action.stage), *needed])
        return found[action.id]

    return {name: STAGES[stage_of(choice)] for name, choice in by_id.items()}


def in_order(choices: list[Choice]) -> list[Placed]:
    """The choices by stage, free ones first, else as they were chosen, and never before what they need."""
    stages = stages_of(choices)
    waiting = sorted(choices, key=lambda item: (STAGES.index(stages[item.action.id]), not item.action.free))
    placed: dict[str, Placed] = {}
    while waiting:
        ready = next(choice for choice in waiting if all(name in placed for name in choice.needs))
        waiting.remove(ready)
        placed[ready.action.id] = Placed(stages[ready.action.id], ready)
    return list(placed.values())


class Calendar:
    """Gives each action its dates. Study goes one after another; a job and waiting run beside it.

    What is done inside a job goes one after another too: nobody takes over five new tasks in one week.
    """

    def __init__(self, start: date, hours_per_week: float) -> None:
        self.next_free = self.next_task = float(start.toordinal())
        self.hours_per_week = hours_per_week
        self.ends: dict[str, float] = {}

    def place(self, choice: Choice) -> tuple[date, date, float, float]:
        """First and last day, hours of work, and weeks on the calendar."""
        action = choice.action
        hours = (action.hours.low + action.hours.high) / 2
        begin = max([self.next_free, *(self.ends[name] for name in choice.needs)])
        task = action.kind == "work" and not action.grants_years
        if task:
            begin = max(begin, self.next_task)
        days = max(7 * weeks(action, self.hours_per_week), 1.0)
        end = begin + days
        if task:
            self.next_task = end
        elif action.kind != "work":
            self.next_free = begin + 7 * hours / self.hours_per_week
        self.ends[action.id] = end
        first = date.fromordinal(int(begin))
        last = max(first, date.fromordinal(int(end)) - timedelta(days=1))
        return first, last, hours, round(days / 7, 1)


def steps(placed: Iterable[Placed], calendar: Calendar, titles: Mapping[Stage, str]) -> tuple[Step, ...]:
    """The steps of a plan, one a stage that holds actions."""
    by_stage: dict[Stage, list[PlannedAction]] = {}
    for item in placed:
        by_stage.setdefault(item.stage, []).append(_planned(item, calendar))
    kept = [stage for stage in STAGES if stage in by_stage]
    return tuple(
        Step(n=number, stage=stage, title=titles[stage], actions=tuple(by_stage[stage]))
        for number, stage in enumerate(kept, 1)
    )


def _planned(item: Placed, calendar: Calendar) -> PlannedAction:
    action = item.choice.action
    first, last, hours, weeks = calendar.place(item.choice)
    cost = action.cost
    return PlannedAction(
        id=action.id,
        title=action.title,
        closes=item.closes,
        points=item.gain / 100,
        hours=hours,
        weeks=weeks,
        cost_usd=Cost(low=cost.low, high=cost.high, as_of=cost.as_of, source=cost.source) if cost else None,
        start=first.isoformat(),
        end=last.isoformat(),
        prerequisites=item.choice.needs,
        eligibility=action.eligibility,
        how=action.how,
        proof=action.proof,
        free_alternative=item.free_alternative,
        free=action.free,
        at_work=action.kind == "work",
    )
