"""The choice of a plan as a problem in whole numbers: what can be chosen, what each brings, takes and waits for.

Points are hundredths, money is cents, time is hours of the calendar (24 a day). The order of the candidates is fixed:
the guide's six stages, in a stage what others build on, then free ones, then those with the longest wait, then by id.
It does not depend on what is chosen, nor on the hours a week.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pcc_assess.knowledge import Action, Stage

Lane = Literal["own", "job", "task"]

DAY = 24
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An action that this person could take.

    ``stage``: where it stands in the plan, which is later than its own stage where it builds on a later one.
    ``lane``: the person's own time, a job, or a task inside a job. ``busy``: calendar hours until the next of its lane
    can begin. ``lasts``: calendar hours from start to end. ``late``: it may wait for a job of the plan (or own time for
    a task), and so comes after all else of its lane. ``needs``: groups of places of earlier candidates; one of each
    group must be chosen. ``gives``: requirement to the hundredths of a point that the person would then have.
    ``clears``: essential requirements that it brings to the share that "ready" asks. ``opens``: gates. ``not_before``,
    ``ends_from``: days that the person chose, in calendar hours.
    """

    action: Action
    stage: Stage
    lane: Lane
    busy: int
    lasts: int
    cost: int
    late: bool = False
    needs: tuple[tuple[int, ...], ...] = ()
    gives: Mapping[str, int]
    clears: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset()
    not_before: int = 0
    ends_from: int = 0

    @property
    def id(self) -> str:
        return self.action.id

    @property
    def closes_gaps(self) -> bool:
        """Whether it brings points or opens a gate by itself."""
        return bool(self.gives or self.opens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """All that a choice depends on.

    ``have``: hundredths of a point of each requirement today. ``target``: hundredths to reach. ``essentials``,
    ``gates``: what must be cleared and opened besides. ``always``: places of the general steps that every plan holds.
    ``wanted``: places that the person chose, which stay unless they cannot. ``one_of``: groups of places of which every
    plan holds one at least, so that no stage is empty. ``most_steps``: None, or the most candidates that close gaps.
    """

    candidates: tuple[Candidate, ...]
    have: Mapping[str, int]
    target: int
    essentials: frozenset[str]
    gates: frozenset[str]
    goal: Literal["fastest", "cheapest"]
    budget: int | None
    horizon: int
    always: tuple[int, ...] = ()
    wanted: tuple[int, ...] = ()
    one_of: tuple[tuple[int, ...], ...] = ()
    most_steps: int | None = None

    @property
    def lanes(self) -> tuple[tuple[int, ...], ...]:
        """The places of what is done one after another: own time, and tasks inside a job."""
        found = []
        for lane in ("own", "task"):
            places = [n for n, item in enumerate(self.candidates) if item.lane == lane]
            found.append(tuple(sorted(places, key=lambda n: self.candidates[n].late)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Value:
    """What a choice is worth, in the order in which choices are compared; a smaller one is better.

    ``missed``: gates and wishes, and essential requirements, that are left. ``short``: hundredths of a point below the
    target.
    """

    missed: tuple[int, int]
    short: int
    weeks: int
    cents: int
    paid: int
    steps: int

    def key(self, goal: str) -> tuple[int, ...]:
        """What choices are compared by."""
        first = (self.weeks, self.cents) if goal == "fastest" else (self.cents, self.weeks)
        return (*self.missed, self.short, *first, self.paid, self.steps)


def is_met(value: Value) -> bool:
    """Whether nothing of the target is missed."""
    return value.missed == (0, 0) and value.short == 0


def points_after(problem: Problem, chosen: frozenset[int]) -> dict[str, int]:
    """Hundredths of a point of each requirement: the best of what the person has and what each chosen one gives."""
    points = dict(problem.have)
    for place in chosen:
        for name, value in problem.candidates[place].gives.items():
            points[name] = max(points[name], value)
    return points


def spans(items: Sequence[Candidate], chosen: frozenset[int]) -> dict[int, tuple[int, int]]:
    """Start and end of each chosen candidate in calendar hours from the first day, as early as can be.

    What is done in own time goes one after another, and so do tasks inside a job; a job and waiting run beside them.
    Each begins when all that it builds on has ended.
    """
    found: dict[int, tuple[int, int]] = {}

    def place_in_time(place: int, free: int) -> int:
        item = items[place]
        waits = [found[other][1] for group in item.needs for other in group if other in found]
        start = max([free, item.not_before, *waits])
        found[place] = (start, max(start + item.lasts, item.ends_from))
        return start + item.busy

    # Own time that is not late builds on nothing else, tasks that are not late on it alone, and so on.
    free: dict[Lane, int] = {"own": 0, "job": 0, "task": 0}

    def turn(place: int) -> tuple[bool, bool, int]:
        return items[place].late, items[place].lane != "own" and not items[place].late, place

    for place in sorted(chosen, key=turn):
        lane = items[place].lane
        until = place_in_time(place, free[lane])
        free[lane] = 0 if lane == "job" else until
    return found


def is_allowed(problem: Problem, chosen: frozenset[int]) -> bool:
    """Whether a choice keeps every rule: what comes first, money, time, one new job, no empty stage."""
    items = [problem.candidates[place] for place in chosen]
    ends = [end for _, end in spans(problem.candidates, chosen).values()]
    return (
        all(chosen.intersection(group) for item in items for group in item.needs)
        and sum(1 for item in items if item.lane == "job") <= 1
        and (problem.budget is None or sum(item.cost for item in items) <= problem.budget)
        and max(ends, default=0) <= problem.horizon
        and chosen.issuperset(problem.always)
        and all(chosen.intersection(group) for group in problem.one_of)
        and (problem.most_steps is None or sum(item.closes_gaps for item in items) <= problem.most_steps)
    )


def value_of(problem: Problem, chosen: frozenset[int]) -> Value:
    """What a choice is worth, counted in whole numbers."""
    items = [problem.candidates[place] for place in chosen]
    opened = {name for item in items for name in item.opens}
    cleared = {name for item in items for name in item.clears}
    end = max((end for _, end in spans(problem.candidates, chosen).values()), default=0)
    return Value(
        missed=(
            len(problem.gates - opened) + len(set(problem.wanted) - chosen),
            len(problem.essentials - cleared),
        ),
        short=max(0, problem.target - sum(points_after(problem, chosen).values())),
        weeks=-(-end // WEEK),
        cents=sum(item.cost for item in items),
        paid=sum(1 for item in items if not item.action.free),
        steps=len(items),
    )
