"""From an assessment to a plan: ordered steps that close gaps, in the six stages of the career guide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

from pcc_assess.errors import UsageError
from pcc_assess.knowledge import LEVELS, Action, Knowledge, PlanRules, Role, Stage
from pcc_assess.model import (
    Assessment,
    Made,
    Outcome,
    Plan,
    PlanParameters,
    PlanTarget,
    Profile,
    Readiness,
    Step,
    Totals,
)
from pcc_assess.plan.choose import Choice, Chooser, PointsOf, after_all, effort, is_ready
from pcc_assess.plan.effects import after, done_already
from pcc_assess.plan.left import unreachable
from pcc_assess.plan.money import money_of
from pcc_assess.plan.place import STAGES, Calendar, Placed, in_order, stages_of, steps
from pcc_assess.plan.reviews import reviews_of

__all__ = ["Goal", "PointsOf", "ReadinessOf", "make_plan", "parameters_of"]

Goal = Literal["fastest", "cheapest"]
ReadinessOf = Callable[[Profile], Readiness]

# Two actions of the stage "understand" that only some plans need.
_OPEN_QUESTIONS = "understand-open-questions"
_NEXT_LEVEL = "understand-next-level"
_WHOLE = 100.0
_LARGEST_BUDGET = 1_000_000.0


def parameters_of(
    rules: PlanRules,
    start: date,
    *,
    hours_per_week: float | None = None,
    goal: Goal = "fastest",
    target: float | None = None,
    budget: float | None = None,
) -> PlanParameters:
    """What a person wishes of a plan, with the policy's figures for what is not named.

    Args:
        rules: the policy's rules for plans.
        start: the first day.
        hours_per_week: how much time the person has for it.
        goal: what matters most, the end date or the money.
        target: the score to reach.
        budget: US dollars that the person can spend.

    Raises:
        UsageError: a number is out of its range.
    """
    hours = rules.hours_per_week if hours_per_week is None else hours_per_week
    if not 0 < hours <= rules.most_hours_per_week:
        most = f"{rules.most_hours_per_week:g}"
        raise UsageError(f"hours a week must be above 0 and at most {most}", hint="--hours-per-week 6")
    if target is not None and not 0 < target <= _WHOLE:
        raise UsageError("a target is a score above 0 and at most 100", hint="--target 80")
    if budget is not None and not 0 <= budget <= _LARGEST_BUDGET:
        raise UsageError("a budget is an amount in US dollars, 0 or more", hint="--budget 200")
    return PlanParameters(
        start=start.isoformat(),
        hours_per_week=hours,
        goal=goal,
        target=_WHOLE if target is None else target,
        target_given=target is not None,
        budget_usd=budget,
    )


def make_plan(
    assessment: Assessment,
    knowledge: Knowledge,
    role: Role,
    parameters: PlanParameters,
    *,
    points_of: PointsOf,
    readiness_of: ReadinessOf,
) -> Plan:
    """The plan for an assessed person.

    Args:
        assessment: what the plan starts from.
        knowledge: the data files; its actions are what can be planned.
        role: the role aimed at.
        parameters: what the person wishes.
        points_of: hundredths of a point of each requirement for a profile (scoring, given in by the caller).
        readiness_of: the readiness of a profile, likewise.
    """
    start, hours = date.fromisoformat(parameters.start), parameters.hours_per_week
    chooser = Chooser(assessment, knowledge, points_of, hours)
    chosen = chooser.choose()
    general = _general(assessment, knowledge, chosen)
    placed = _counted(in_order([*general, *chosen]), assessment, knowledge, points_of)
    planned = steps(placed, Calendar(start, hours), knowledge.policy.stages)
    actions = [action for step in planned for action in step.actions]
    end = after_all(assessment.profile, (item.choice.action for item in placed), knowledge)
    readiness = readiness_of(end)
    return Plan(
        assessment=PlanTarget(
            candidate=assessment.candidate.id,
            role=assessment.role.id,
            level=assessment.role.level,
            setting=assessment.role.setting,
            score=assessment.readiness.score,
            possible=assessment.readiness.possible,
            as_of=assessment.as_of,
            profile=assessment.profile,
        ),
        parameters=parameters,
        outcome=Outcome(reached=readiness.score >= parameters.target, score=readiness.score, band=readiness.band),
        steps=planned,
        totals=_totals(planned, placed, start, assessment),
        money=money_of(actions, parameters.budget_usd, role, assessment.role.level, knowledge.texts),
        reviews=reviews_of(planned, start, knowledge.policy.plan.review_weeks),
        unreachable=unreachable(assessment, knowledge, chooser, hours),
        made=tuple(Made(id=action.id, start=action.start, end=action.end) for action in actions),
    )


# --- what belongs to every way into the job ------------------------------------------------------------------------


def _general(assessment: Assessment, knowledge: Knowledge, chosen: list[Choice]) -> list[Choice]:
    """Free actions that raise no skill, for each stage in which nothing else is planned, in the data files' order."""
    found: dict[str, Choice] = {choice.action.id: choice for choice in chosen}
    filled = set(stages_of(chosen).values())
    rules = knowledge.policy.plan
    most = rules.general_steps_ready if is_ready(assessment) else rules.general_steps
    for stage in STAGES:
        left = 0 if stage in filled else most
        for action in _of_stage(stage, assessment, knowledge):
            needs = tuple(name for name in action.requires if name in found)
            missing = [knowledge.actions[name] for name in action.requires if name not in found]
            fits = all(done_already(assessment.profile, needed, knowledge) for needed in missing)
            if left and fits and action.id not in found:
                found[action.id] = Choice(action, needs)
                left -= 1
    return [choice for choice in found.values() if choice not in chosen]


def _of_stage(stage: Stage, assessment: Assessment, knowledge: Knowledge) -> list[Action]:
    """The general actions of a stage that make sense for this person."""
    asked = bool(_waiting(assessment))
    upward = is_ready(assessment) and assessment.role.level != LEVELS[-1]
    fitting = [
        action
        for action in knowledge.actions.values()
        if _is_general(action, stage)
        and (asked or action.id != _OPEN_QUESTIONS)
        and (upward or action.id != _NEXT_LEVEL)
        and not done_already(assessment.profile, action, knowledge)
    ]
    return sorted(fitting, key=lambda action: action.id not in (_OPEN_QUESTIONS, _NEXT_LEVEL))


def _is_general(action: Action, stage: Stage) -> bool:
    raises = action.lifts or action.grants_credentials or action.grants_education or action.grants_years
    return action.stage == stage and action.free and not raises


def _waiting(assessment: Assessment) -> tuple[str, ...]:
    """The requirements that a question comes first for."""
    return tuple(item.id for item in assessment.requirements if item.status == "not-assessed" or item.confirm)


# --- what each action gains where it stands ------------------------------------------------------------------------


def _counted(placed: list[Placed], assessment: Assessment, knowledge: Knowledge, points_of: PointsOf) -> list[Placed]:
    """Each action with the points that it adds to those of all actions before it."""
    spare = _spare(placed, assessment.profile, knowledge)
    profile, points = assessment.profile, points_of(assessment.profile)
    found: list[Placed] = []
    for item in placed:
        action = item.choice.action
        changed = after(profile, action, knowledge)
        new = points_of(changed)
        closes = tuple(name for name, value in new.items() if value > points[name])
        instead = None if action.free else _alternative(closes, profile, spare, knowledge, points_of)
        if action.id == _OPEN_QUESTIONS:
            closes = _waiting(assessment)
        gain = sum(new.values()) - sum(points.values())
        found.append(replace(item, closes=closes, gain=gain, free_alternative=instead))
        profile, points = changed, new
    return found


def _spare(placed: list[Placed], profile: Profile, knowledge: Knowledge) -> list[Action]:
    """Free actions outside the plan that this person could do at once: no task inside a job."""
    planned = {item.choice.action.id for item in placed}
    return [
        action
        for action in knowledge.actions.values()
        if action.free
        and action.kind != "work"
        and action.id not in planned
        and all(
            name in planned or done_already(profile, knowledge.actions[name], knowledge) for name in action.requires
        )
    ]


def _alternative(
    closes: tuple[str, ...], profile: Profile, spare: list[Action], knowledge: Knowledge, points_of: PointsOf
) -> str | None:
    """The title of the free action that takes this person furthest toward the same requirements.

    Nothing here looks at the title itself: the choice is the same in every language.
    """
    now = points_of(profile)

    def gain(action: Action) -> int:
        then = points_of(after(profile, action, knowledge))
        return sum(then[name] - now[name] for name in closes)

    ranked = [(gain(action), -effort(action), action.id) for action in spare]
    best, _, name = max(ranked, default=(0, 0.0, ""))
    return knowledge.actions[name].title if best > 0 else None


def _totals(planned: tuple[Step, ...], placed: list[Placed], start: date, assessment: Assessment) -> Totals:
    """Sums over the plan; what no source prices is counted and left out of the money."""
    actions = [action for step in planned for action in step.actions]
    costs = [action.cost_usd for action in actions]
    at_work = {item.choice.action.id for item in placed if item.choice.action.kind == "work"}
    gained = sum(item.gain for item in placed)
    last = max((date.fromisoformat(action.end) for action in actions), default=start)
    return Totals(
        hours=round(sum(action.hours for action in actions if action.id not in at_work), 1),
        hours_at_work=round(sum(action.hours for action in actions if action.id in at_work), 1),
        weeks=round(((last - start).days + 1) / 7, 1),
        cost_low=sum(cost.low for cost in costs if cost),
        cost_high=sum(cost.high for cost in costs if cost),
        cost_unknown=sum(1 for cost in costs if cost is None),
        points=gained / 100,
        score_after=round((round(assessment.readiness.score * 100) + gained) / 100, 2),
    )
