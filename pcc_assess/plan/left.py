"""What a plan leaves open: the gaps that no short step closes in full, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pcc_assess.knowledge import Action, Knowledge
from pcc_assess.model import Later, Profile, Result, Unreachable
from pcc_assess.plan.candidates import Person, fits, hours_of, weeks_of
from pcc_assess.plan.effects import after
from pcc_assess.plan.place import Placed


def unreachable(person: Person, items: Sequence[Placed]) -> tuple[Unreachable, ...]:
    """The gaps that stay open after the plan and all else that could be planned, each with what does close it."""
    best = _after_all_else(_at_the_end(person, items), person)
    points = person.points(best)
    worked = person.points(_a_year_later(best))
    too_dear, long_way = _too_dear(best, person), _long_ways(best, person)
    texts = person.knowledge.texts
    found: list[Unreachable] = []
    for item in person.assessment.requirements:
        reached = points[item.id]
        left = round(item.weight * 100) - reached
        if left > 0:
            key = _ask_or_work(item, years=worked[item.id] > reached)
            reason = texts.say(key) if key else too_dear(item.id) or long_way(item.id)
            reason = reason or texts.say("plan.left.practice" if reached else "plan.left.unknown")
            found.append(Unreachable(id=item.id, name=item.name, points=left / 100, reason=reason))
    return tuple(found)


def later(person: Person, items: Sequence[Placed]) -> tuple[Later, ...]:
    """What the plan leaves out because its target does not need it, the most points first.

    Questions that only the person can answer are no part of it, nor is what a step of the plan begins.
    """
    end = _at_the_end(person, items)
    now, best = person.points(end), person.points(_after_all_else(end, person))
    planned = {f"{item.item.action.title}." for item in items}
    found = [
        Later(id=item.id, name=item.name, points=(best[item.id] - now[item.id]) / 100, next_step=item.next_step)
        for item in person.assessment.requirements
        if best[item.id] > now[item.id] and item.next_step and item.next_step not in planned and not item.is_open
    ]
    return tuple(sorted(found, key=lambda item: -item.points))


def _at_the_end(person: Person, items: Sequence[Placed]) -> Profile:
    return after_all(person.profile, (item.item.action for item in items), person.knowledge)


def _after_all_else(end: Profile, person: Person) -> Profile:
    """The profile after every other step that could be planned, without a new job."""
    actions = person.knowledge.actions.values()
    return after_all(end, (act for act in actions if fits(act, person) and not act.grants_years), person.knowledge)


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


def _too_dear(best: Profile, person: Person) -> Callable[[str], str]:
    """Says for a requirement which step goes further than ``best`` and only the budget keeps out, the cheapest."""
    knowledge = person.knowledge
    free = replace(person, parameters=replace(person.parameters, budget_usd=None))
    now = person.points(best)
    dear = [action for action in knowledge.actions.values() if fits(action, free) and not fits(action, person)]
    dear.sort(key=lambda action: (action.cost is None, action.cost.high if action.cost else 0.0, action.id))
    ways = [(action, person.points(after(best, action, knowledge))) for action in dear]

    def too_dear(requirement: str) -> str:
        for action, points in ways:
            if points[requirement] > now[requirement]:
                if action.cost is None:
                    return knowledge.texts.say("plan.left.no-price", title=action.title)
                return knowledge.texts.say("plan.left.too-dear", title=action.title, high=action.cost.high)
        return ""

    return too_dear


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
