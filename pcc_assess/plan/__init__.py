"""From an assessment to a plan: ordered steps that close gaps, in the six stages of the career guide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pcc_assess.errors import UsageError
from pcc_assess.knowledge import LEVELS, Action, Knowledge, Stage
from pcc_assess.model import Assessment, Plan, PlanParameters, PlanTarget, Profile, Step, Totals
from pcc_assess.plan.choose import Choice, Chooser, PointsOf, effort, is_ready
from pcc_assess.plan.effects import after, done_already
from pcc_assess.plan.left import unreachable
from pcc_assess.plan.place import STAGES, Calendar, Placed, in_order, stages_of, steps

__all__ = ["PointsOf", "make_plan"]

# Two actions of the stage "understand" that only some plans need.
_OPEN_QUESTIONS = "understand-open-questions"
_NEXT_LEVEL = "understand-next-level"
_MOST_GENERAL = 3
_MOST_GENERAL_READY = 2
_LONGEST_WEEK = 80


def make_plan(
    assessment: Assessment, knowledge: Knowledge, *, start: date, hours_per_week: float, points_of: PointsOf
) -> Plan:
    """The plan for an assessed person.

    Args:
        assessment: what the plan starts from.
        knowledge: the data files; its actions are what can be planned.
        start: the first day.
        hours_per_week: how much time the person has for it.
        points_of: hundredths of a point of each requirement for a profile (scoring, given in by the caller).

    Raises:
        UsageError: the hours a week are not between 0 and 80.
    """
    if not 0 < hours_per_week <= _LONGEST_WEEK:
        raise UsageError(f"hours a week must be above 0 and at most {_LONGEST_WEEK}", hint="--hours-per-week 6")
    chooser = Chooser(assessment, knowledge, points_of, hours_per_week)
    chosen = chooser.choose()
    general = _general(assessment, knowledge, chosen)
    placed = _counted(in_order([*general, *chosen]), assessment, knowledge, points_of)
    planned = steps(placed, Calendar(start, hours_per_week), knowledge.policy.stages)
    return Plan(
        assessment=PlanTarget(
            candidate=assessment.candidate.id,
            role=assessment.role.id,
            level=assessment.role.level,
            score=assessment.readiness.score,
            possible=assessment.readiness.possible,
            as_of=assessment.as_of,
        ),
        parameters=PlanParameters(start=start.isoformat(), hours_per_week=hours_per_week),
        steps=planned,
        totals=_totals(planned, placed, start, assessment),
        unreachable=unreachable(assessment, knowledge, chooser, hours_per_week),
    )


# --- what belongs to every way into the job ------------------------------------------------------------------------


def _general(assessment: Assessment, knowledge: Knowledge, chosen: list[Choice]) -> list[Choice]:
    """Free actions that raise no skill, for each stage in which nothing else is planned, in the data files' order."""
    found: dict[str, Choice] = {choice.action.id: choice for choice in chosen}
    filled = set(stages_of(chosen).values())
    most = _MOST_GENERAL_READY if is_ready(assessment) else _MOST_GENERAL
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
