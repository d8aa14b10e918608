"""From an assessment to a plan: ordered steps that close gaps, in the six stages of the career guide."""

from __future__ import annotations

from datetime import date

from pcc_assess.errors import UsageError
from pcc_assess.knowledge import Action, Knowledge, Stage
from pcc_assess.model import Assessment, Plan, PlanParameters, PlanTarget, Step, Totals, Unreachable
from pcc_assess.plan.choose import Choice, Chooser, PointsOf, most, weeks
from pcc_assess.plan.effects import after
from pcc_assess.plan.place import STAGES, Calendar, in_order, steps

__all__ = ["PointsOf", "make_plan"]

_OPEN_QUESTIONS = "understand-open-questions"
_MOST_GENERAL = 3
_REASONS = {
    "experience": "Years of work close this one; a first job is where they begin.",
    "": "Our steps lead close to it; the last part comes from doing the work.",
}
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
    general = _general(assessment, knowledge, {choice.action.id for choice in chosen})
    placed = in_order([*general, *chosen])
    planned = steps(placed, Calendar(start, hours_per_week), knowledge.policy.stages, _alternatives(chosen, knowledge))
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
        unreachable=_unreachable(assessment, knowledge, chooser, hours_per_week),
    )


def _general(assessment: Assessment, knowledge: Knowledge, taken: set[str]) -> list[Choice]:
    """Actions that raise no skill and belong to every way into the job: a few of each stage, free and short."""
    waiting = tuple(item.id for item in assessment.requirements if item.status == "not-assessed" or item.confirm)
    found: list[Choice] = []
    for stage in STAGES:
        plain = [action for action in knowledge.actions.values() if _is_general(action, stage, taken)]
        plain.sort(
            key=lambda action: (action.id != _OPEN_QUESTIONS, bool(action.requires), action.hours.low, action.id)
        )
        if not waiting:
            plain = [action for action in plain if action.id != _OPEN_QUESTIONS]
        ids = {action.id for action in plain[:_MOST_GENERAL]} | taken
        found += [
            Choice(action, waiting if action.id == _OPEN_QUESTIONS else (), 0)
            for action in plain[:_MOST_GENERAL]
            if all(name in ids or not _known_general(name, knowledge) for name in action.requires)
        ]
    return found


def _known_general(name: str, knowledge: Knowledge) -> bool:
    action = knowledge.actions.get(name)
    return action is not None and not (action.lifts or action.grants_credentials)


def _is_general(action: Action, stage: Stage, taken: set[str]) -> bool:
    raises = action.lifts or action.grants_credentials or action.grants_education or action.grants_years
    return action.stage == stage and action.free and not raises and action.id not in taken


def _alternatives(chosen: list[Choice], knowledge: Knowledge) -> dict[str, str]:
    """For each paid action the free one that takes a person furthest toward the same skills."""
    taken = {choice.action.id for choice in chosen}
    found: dict[str, str] = {}
    for choice in chosen:
        paid = choice.action
        if paid.free:
            continue
        ranked = [
            (
                sum(min(level, action.lifts.get(skill, 0)) for skill, level in paid.lifts.items()),
                action.id,
                action.title,
            )
            for action in knowledge.actions.values()
            if action.free and action.id not in taken
        ]
        reach, _, title = max(ranked, default=(0, "", ""))
        if reach:
            found[paid.id] = title
    return found


def _totals(
    planned: tuple[Step, ...], placed: list[tuple[Stage, Choice]], start: date, assessment: Assessment
) -> Totals:
    """Sums over the plan; what no source prices is counted and left out of the money."""
    actions = [action for step in planned for action in step.actions]
    costs = [action.cost_usd for action in actions]
    at_work = {choice.action.id for _, choice in placed if choice.action.kind == "work"}
    gained = sum(choice.gain for _, choice in placed)
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


def _unreachable(
    assessment: Assessment, knowledge: Knowledge, chooser: Chooser, hours_per_week: float
) -> tuple[Unreachable, ...]:
    """The gaps that the plan leaves open and no short step closes, each with what does close it."""
    short = [action for action in chooser.offered if not action.grants_years]
    best = chooser.points_of(most(chooser.profile, short, knowledge))
    every = chooser.points_of(most(chooser.profile, list(knowledge.actions.values()), knowledge))
    found: list[Unreachable] = []
    for item in assessment.requirements:
        left = round(item.weight * 100) - best[item.id]
        if left <= 0:
            continue
        long_way = every[item.id] > best[item.id] and _long_way(item.id, chooser, knowledge, hours_per_week)
        reason = long_way or _REASONS.get(item.category, _REASONS[""])
        found.append(Unreachable(id=item.id, name=item.name, points=left / 100, reason=reason))
    return tuple(found)


def _long_way(requirement: str, chooser: Chooser, knowledge: Knowledge, hours_per_week: float) -> str:
    """The shortest of the steps that are too long for a plan, in words; empty where none helps."""
    now = chooser.points[requirement]
    ways = [
        (weeks(action, hours_per_week), action)
        for action in knowledge.actions.values()
        if action not in chooser.offered
        and chooser.points_of(after(chooser.profile, action, knowledge))[requirement] > now
    ]
    if not ways:
        return ""
    length, action = min(ways, key=lambda way: (way[0], way[1].id))
    hours = (action.hours.low + action.hours.high) / 2
    return f"A long way: {action.title} ({hours:,.0f} hours, {length:,.0f} weeks at your pace)."
