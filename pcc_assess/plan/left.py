"""What a plan leaves open: the gaps that no short step closes in full, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pcc_assess.knowledge import Action, Knowledge
from pcc_assess.model import Profile, Result, Unreachable
from pcc_assess.plan.candidates import Person, fits, hours_of, weeks_of
from pcc_assess.plan.effects import after
from pcc_assess.plan.place import Placed


def unreachable(person: Person, items: Sequence[Placed]) -> tuple[Unreachable, ...]:
    """The gaps that stay open after the plan and all else that could be planned, each with what does close it."""
    actions = person.knowledge.actions.values()
    short = [action for action in actions if fits(action, person) and not action.grants_years]
    end = after_all(person.profile, (item.item.action for item in items), person.knowledge)
    best = after_all(end, short, person.knowledge)
    points = person.points(best)
    worked = person.points(_a_year_later(best))
    long_way = _long_ways(best, person)
    texts = person.knowledge.texts
    found: list[Unreachable] = []
    for item in person.assessment.requirements:
        reached = points[item.id]
        left = round(item.weight * 100) - reached
        if left > 0:
            key = _ask_or_work(item, years=worked[item.id] > reached)
            reason = texts.say(key) if key else long_way(item.id)
            reason = reason or texts.say("plan.left.practice" if reached else "plan.left.unknown")
            found.append(Unreachable(id=item.id, name=item.name, points=left / 100, reason=reason))
    return tuple(found)


def after_all(profile: Profile, actions: Iterable[Action], knowledge: Knowledge) -> Profile:
    """The profile after all of ``actions``."""
    for action in actions:
        profile = after(profile, action, knowledge)
    return profile


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


def _long_ways(best: Profile, person: Person) -> Callable[[str], str]:
    """Says for a requirement which step goes further than ``best`` and is too long for a plan, the shortest of them."""
    knowledge, pace = person.knowledge, person.parameters.hours_per_week
    now = person.points(best)
    ways = [
        (weeks_of(action, pace), action.id, action, person.points(after(best, action, knowledge)))
        for action in knowledge.actions.values()
        if weeks_of(action, pace) > person.longest_step and action.id not in person.done
    ]
    ways.sort(key=lambda way: way[:2])

    def long_way(requirement: str) -> str:
        for length, _, action, points in ways:
            if points[requirement] > now[requirement]:
                return knowledge.texts.say(
                    "plan.left.long-way", title=action.title, hours=hours_of(action), weeks=length
                )
        return ""

    return long_way
