"""From an assessment to a plan: the steps that lead to a target in the fewest weeks or for the least money.

``candidates`` says what a person could choose from, ``pose`` makes a problem in whole numbers of it, ``solve`` finds
the best choice, ``place`` gives it days, and the rest says what it costs, what it reaches and what stands in its way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from pcc_assess.errors import UsageError
from pcc_assess.knowledge import Knowledge, Policy, Role
from pcc_assess.model import (
    Assessment,
    Made,
    Plan,
    PlannedAction,
    PlanParameters,
    PlanTarget,
    Profile,
    Readiness,
    Totals,
)
from pcc_assess.plan.candidates import CreditsOf, Person
from pcc_assess.plan.left import later, unreachable
from pcc_assess.plan.money import cost_range, money_of
from pcc_assess.plan.outcome import outcome_of
from pcc_assess.plan.place import Placed, placed, steps
from pcc_assess.plan.pose import aim_of, problem_of
from pcc_assess.plan.problem import Value, is_met, value_of
from pcc_assess.plan.reviews import reviews_of
from pcc_assess.plan.solve import best_choice

__all__ = ["CreditsOf", "Goal", "ReadinessOf", "make_plan", "parameters_of"]

Goal = Literal["fastest", "cheapest"]
ReadinessOf = Callable[[Profile], Readiness]

_WHOLE = 100.0
_LARGEST_BUDGET = 1_000_000.0
_LAST_YEAR = 2200  # a later one is a slip, and the calendar ends in 9999


def parameters_of(
    policy: Policy,
    start: date,
    *,
    hours_per_week: float | None = None,
    goal: Goal = "fastest",
    target: float | None = None,
    budget: float | None = None,
) -> PlanParameters:
    """What a person wishes of a plan, with the policy's figures for what is not named.

    Args:
        policy: for the hours.
        start: the first day.
        hours_per_week: how much time the person has for it.
        goal: what matters most, the end date or the money.
        target: the score to reach, None for all that is essential.
        budget: US dollars that the person can spend.

    Raises:
        UsageError: a number is out of its range.
    """
    hours = policy.plan.hours_per_week if hours_per_week is None else hours_per_week
    if not 0 < hours <= policy.plan.most_hours_per_week:
        most = f"{policy.plan.most_hours_per_week:g}"
        raise UsageError(f"hours a week must be above 0 and at most {most}", hint="--hours-per-week 6")
    if target is not None and not 0 < target <= _WHOLE:
        raise UsageError("a target is a score above 0 and at most 100", hint="--target 80")
    if budget is not None and not 0 <= budget <= _LARGEST_BUDGET:
        raise UsageError("a budget is an amount in US dollars, 0 or more", hint="--budget 200")
    if start.year > _LAST_YEAR:
        raise UsageError(f"a plan cannot begin after the year {_LAST_YEAR}", hint="--start 2027-01-04")
    return PlanParameters(
        start=start.isoformat(),
        hours_per_week=hours,
        goal=goal,
        target=target,
        budget_usd=budget,
    )


def make_plan(
    assessment: Assessment,
    knowledge: Knowledge,
    role: Role,
    parameters: PlanParameters,
    *,
    credits_of: CreditsOf,
    readiness_of: ReadinessOf,
) -> Plan:
    """The plan for an assessed person.

    Args:
        assessment: what the plan starts from.
        knowledge: the data files; its actions are what can be planned.
        role: the role aimed at.
        parameters: what the person wishes.
        credits_of: the credit of each requirement for a profile (scoring, given in by the caller).
        readiness_of: the readiness of a profile, likewise.
    """
    rules = knowledge.policy.plan
    person = Person(assessment, knowledge, role, parameters, credits_of, rules.step_weeks)
    aim = aim_of(person)
    problem = problem_of(person, aim, rules.horizon_weeks)
    chosen = best_choice(problem)
    value = value_of(problem, chosen)
    items = placed(problem, chosen, person)
    planned = steps(items, knowledge.policy.stages)
    actions = [action for step in planned for action in step.actions]
    left = unreachable(person, items)
    outcome = outcome_of(person, aim, items, left, readiness_of, missed=aim.kind != "more" and not is_met(value))
    return Plan(
        assessment=_target_of(assessment),
        parameters=parameters,
        outcome=outcome,
        steps=planned,
        totals=_totals(actions, items, value, assessment),
        money=money_of(actions, parameters.budget_usd, role, assessment.role.level, knowledge.texts),
        reviews=reviews_of(planned, date.fromisoformat(parameters.start), rules.review_weeks),
        unreachable=left,
        later=later(person, items) if outcome.reached else (),
        made=tuple(Made(id=action.id, start=action.start, end=action.end) for action in actions),
    )


def _target_of(assessment: Assessment) -> PlanTarget:
    """Where a plan starts from, and the role and level that it aims at."""
    return PlanTarget(
        candidate=assessment.candidate.id,
        role=assessment.role.id,
        level=assessment.role.level,
        setting=assessment.role.setting,
        score=assessment.readiness.score,
        possible=assessment.readiness.possible,
        as_of=assessment.as_of,
        profile=assessment.profile,
    )


def _totals(actions: Sequence[PlannedAction], items: Sequence[Placed], value: Value, assessment: Assessment) -> Totals:
    """Sums over the plan; what no source prices is counted and left out of the money."""
    low, high = cost_range(actions)
    gained = sum(item.gain for item in items)
    return Totals(
        hours=round(sum(action.hours for action in actions if not action.at_work), 1),
        hours_at_work=round(sum(action.hours for action in actions if action.at_work), 1),
        weeks=float(value.weeks),
        cost_low=low,
        cost_high=high,
        cost_unknown=sum(1 for action in actions if action.cost_usd is None),
        points=gained / 100,
        score_after=round((round(assessment.readiness.score * 100) + gained) / 100, 2),
    )
