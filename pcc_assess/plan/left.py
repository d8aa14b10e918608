"""What a plan leaves open: the gaps that no short step closes in full, each with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pcc_assess.knowledge import Knowledge
from pcc_assess.model import Assessment, Profile, Result, Unreachable
from pcc_assess.plan.choose import Chooser, after_all, weeks
from pcc_assess.plan.effects import after


def unreachable(
    assessment: Assessment, knowledge: Knowledge, chooser: Chooser, hours_per_week: float
) -> tuple[Unreachable, ...]:
    """The gaps that stay open after the plan and all else that could be planned, each with what does close it."""
    short = [action for action in chooser.offered if not action.grants_years]
    best = after_all(chooser.profile, short, knowledge)
    points = chooser.points_of(best)
    worked = chooser.points_of(_a_year_later(best))
    long_way = _long_ways(best, chooser, knowledge, hours_per_week)
    texts = knowledge.texts
    found: list[Unreachable] = []
    for item in assessment.requirements:
        reached = points[item.id]
        left = round(item.weight * 100) - reached
        if left > 0:
            years = worked[item.id] > reached
            key = _ask_or_work(item, years=years)
            reason = texts.say(key) if key else long_way(item.id)
            reason = reason or texts.say("plan.left.practice" if reached else "plan.left.unknown")
            found.append(Unreachable(id=item.id, name=item.name, points=left / 100, reason=reason))
    return tuple(found)


def _a_year_later(profile: Profile) -> Profile:
    work = profile.experience
    return replace(
        profile,
        experience=replace(work, patient_years=work.patient_years + 1, field_years=work.field_years + 1),
    )


def _ask_or_work(item: Result, *, years: bool) -> str:
    """The message for a gap that a question or years of work come first for, else nothing."""
    if item.status == "not-assessed" and isinstance(item.required, str):
        return "plan.left.ask"
    return "plan.left.years" if years else ""


def _long_ways(best: Profile, chooser: Chooser, knowledge: Knowledge, hours_per_week: float) -> Callable[[str], str]:
    """Says for a requirement which step goes further than ``best`` and is too long for a plan, the shortest of them."""
    now = chooser.points_of(best)
    ways = [
        (weeks(action, hours_per_week), action.id, action, chooser.points_of(after(best, action, knowledge)))
        for action in knowledge.actions.values()
        if action not in chooser.offered
    ]
    ways.sort(key=lambda way: way[:2])

    def long_way(requirement: str) -> str:
        for length, _, action, points in ways:
            if points[requirement] > now[requirement]:
                hours = (action.hours.low + action.hours.high) / 2
                return knowledge.texts.say("plan.left.long-way", title=action.title, hours=hours, weeks=length)
        return ""

    return long_way
