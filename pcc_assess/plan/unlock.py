"""What would bring a target within reach: for each limit by itself the smallest change that does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor

from pcc_assess.knowledge import Action
from pcc_assess.model import PlanParameters, Unlock, UnlockKind
from pcc_assess.plan.candidates import Person, weeks_of
from pcc_assess.plan.pose import Aim, problem_of
from pcc_assess.plan.problem import Problem, Value, is_met, points_after, value_of
from pcc_assess.plan.solve import best_choice, can_be_met, nearest_choice

_MONEY_ENOUGH = 1_000_000.0


@dataclass(frozen=True)
class _Case:
    """The same person under other limits."""

    person: Person
    aim: Aim
    weeks: float

    def problem(self) -> Problem:
        return problem_of(self.person, self.aim, self.weeks)

    def is_met(self) -> bool:
        """Whether the target can be reached; that all steps together fall short is seen without the solver."""
        problem = self.problem()
        return _could_be_met(problem) and can_be_met(problem)

    def best(self) -> tuple[Sequence[Action], Value]:
        """The actions of the best choice, and what it is worth."""
        problem = self.problem()
        chosen = best_choice(problem)
        return [problem.candidates[place].action for place in sorted(chosen)], value_of(problem, chosen)

    @property
    def wishes(self) -> PlanParameters:
        return self.person.parameters

    def wishing(self, parameters: PlanParameters) -> _Case:
        """The same with other parameters."""
        return replace(self, person=replace(self.person, parameters=parameters))

    def with_years(self, years: int) -> _Case:
        """The same after some more years of work with patients."""
        record, work = self.person.assessment, self.person.profile.experience
        more = replace(work, patient_years=work.patient_years + years, field_years=work.field_years + years)
        profile = replace(record.profile, experience=more)
        return replace(self, person=replace(self.person, assessment=replace(record, profile=profile)))


def unlocks_of(person: Person, aim: Aim) -> tuple[Unlock, ...]:
    """For each limit the smallest change of it alone that brings the target within reach, the nearest at hand first.

    Years of work and steps that are too long for a plan are named where no change of the limits does; and where these
    do not either, one line says how far all known steps lead without any limit.
    """
    case = _Case(person, aim, person.knowledge.policy.plan.horizon_weeks)
    for ways in ((_left_out, _budget, _hours, _unknown_cost, _horizon), (_years, _long_steps), (_farthest,)):
        found = tuple(unlock for way in ways for unlock in way(case))
        if found:
            return found
    return ()


def _could_be_met(problem: Problem) -> bool:
    """Whether all candidates together would do, were there no limit at all."""
    everything = frozenset(range(len(problem.candidates)))
    opened = {name for item in problem.candidates for name in item.opens}
    cleared = {name for item in problem.candidates for name in item.clears}
    reached = sum(points_after(problem, everything).values())
    return reached >= problem.target and problem.gates <= opened and problem.essentials <= cleared


def _least(low: int, high: int, enough: Callable[[int], bool]) -> int | None:
    """The least number from ``low`` to ``high`` that is enough; what is enough stays so upward."""
    if low > high or not enough(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def _left_out(case: _Case) -> Iterator[Unlock]:
    removed = case.wishes.left_out
    if removed and (open_case := case.wishing(replace(case.wishes, left_out=()))).is_met():
        names = ", ".join(action.title for action in open_case.best()[0] if action.id in removed)
        yield _unlock(case, "left-out", None, names=names)


def _budget(case: _Case) -> Iterator[Unlock]:
    budget = case.wishes.budget_usd
    if (
        budget is not None
        and (rich := case.wishing(replace(case.wishes, budget_usd=_MONEY_ENOUGH, goal="cheapest"))).is_met()
    ):
        more = rich.best()[1].cents / 100 - budget
        yield _unlock(case, "budget", more, more=more)


def _hours(case: _Case) -> Iterator[Unlock]:
    most = int(case.person.knowledge.policy.plan.full_week)
    pace = case.wishes.hours_per_week
    hours = _least(
        floor(pace) + 1, most, lambda number: case.wishing(replace(case.wishes, hours_per_week=float(number))).is_met()
    )
    if hours is not None:
        yield _unlock(case, "hours", float(hours), hours=hours, pace=pace)


def _unknown_cost(case: _Case) -> Iterator[Unlock]:
    budget = case.wishes.budget_usd
    if budget is None or not (rich := case.wishing(replace(case.wishes, budget_usd=None, goal="cheapest"))).is_met():
        return
    actions, _ = rich.best()
    names = ", ".join(action.title for action in actions if action.cost is None)
    known = sum(action.cost.high for action in actions if action.cost is not None)
    if names and known <= budget:
        yield _unlock(case, "unknown-cost", None, names=names)


def _horizon(case: _Case) -> Iterator[Unlock]:
    longest = replace(case, weeks=case.person.knowledge.policy.plan.farthest_weeks)
    if longest.is_met():
        weeks = float(longest.best()[1].weeks)
        yield _unlock(case, "horizon", weeks, weeks=weeks)


def _years(case: _Case) -> Iterator[Unlock]:
    years = _least(
        1, int(case.person.knowledge.policy.plan.most_years), lambda number: case.with_years(number).is_met()
    )
    if years is not None:
        text = case.person.knowledge.texts.count("plan.unlock.years", years)
        yield Unlock(kind="years", value=float(years), text=text)


def _long_steps(case: _Case) -> Iterator[Unlock]:
    """A step that is too long for a plan and has to be finished first, as a degree."""
    rules, wishes = case.person.knowledge.policy.plan, case.wishes
    free = replace(case, person=replace(case.person, longest_step=rules.farthest_weeks), weeks=rules.farthest_weeks)
    if not free.is_met():
        return
    actions, _ = free.best()
    long = [item for item in actions if weeks_of(item, wishes.hours_per_week) > case.person.longest_step]
    if long:
        texts = case.person.knowledge.texts
        ways = [
            texts.say("plan.unlock.way", title=item.title, weeks=weeks_of(item, wishes.hours_per_week)) for item in long
        ]
        weeks = max(weeks_of(item, wishes.hours_per_week) for item in long)
        yield _unlock(case, "first", round(weeks, 1), names=", ".join(ways))


def _farthest(case: _Case) -> Iterator[Unlock]:
    """How far all known steps lead with a full week, no budget and all the time that a plan can have."""
    rules = case.person.knowledge.policy.plan
    free = case.wishing(replace(case.wishes, hours_per_week=float(rules.full_week), budget_usd=None, left_out=()))
    free = replace(free, weeks=rules.farthest_weeks)
    problem = free.problem()
    value = value_of(problem, nearest_choice(problem))
    if is_met(value):
        yield _unlock(case, "together", None, hours=rules.full_week)
    elif value.missed != (0, 0):
        within = case.problem()
        cleared = {name for item in within.candidates for name in (*item.clears, *item.opens)}
        asked = within.essentials | within.gates
        names = _names(asked - cleared or asked, case.person)
        yield _unlock(case, "none", None, names=names)
    else:
        score = (problem.target - value.short) / 100
        yield _unlock(case, "farthest", score, score=floor(score))


def _names(ids: frozenset[str], person: Person) -> str:
    """The names of requirements and gates, in the order of the assessment."""
    record = person.assessment
    gates = [gate.name for gate in record.readiness.gates if gate.id in ids]
    return ", ".join([*gates, *(item.name for item in record.requirements if item.id in ids)])


def _unlock(case: _Case, kind: UnlockKind, value: float | None, **values: object) -> Unlock:
    text = case.person.knowledge.texts.say(f"plan.unlock.{kind}", **values)
    return Unlock(kind=kind, value=value, text=text)
