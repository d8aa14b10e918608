"""What the files of ``advice/`` must agree on with the rest: every id exists, and nobody is left without advice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pcc_assess.catalog.across import Problem
from pcc_assess.catalog.binding import nearest
from pcc_assess.knowledge import Knowledge


def advice_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Unknown ids, skills without a line, work that transfers without a story, days that are given twice."""
    book = knowledge.advice
    yield from _unknown("lines", {name: [name] for name in book.lines}, knowledge.skills, "skill")
    yield from _unknown("stories", {name: [name] for name in book.stories}, knowledge.families, "job family")
    skills = {item.id: item.skills for item in book.interview.values()}
    yield from _unknown("interview", skills, knowledge.skills, "skill")
    actions = {item.id: [item.action] for item in book.days.values() if item.action is not None}
    yield from _unknown("days", actions, knowledge.actions, "action")
    jobs = {rule.job for skill in knowledge.skills.values() for rule in skill.transfers if rule.job is not None}
    # a year in the field itself is no other work
    other = {family.id for family in knowledge.families.values() if family.relevance < 1}
    for name in sorted((jobs & other) - book.stories.keys()):
        yield Problem("advice/stories", "", (), f"work as {name!r} transfers and has no story, add one")
    for name in sorted(knowledge.skills.keys() - book.lines.keys()):
        yield Problem("advice/lines", "", (), f"the skill {name!r} has no line, add one")
    yield from _days(knowledge)


def _unknown(part: str, named: Mapping[str, Iterable[str]], known: Collection[str], kind: str) -> Iterator[Problem]:
    for record, names in named.items():
        for name in names:
            if name not in known:
                near = nearest(name, known)
                text = f"there is no {kind} {name!r}" + (f"; did you mean {near!r}?" if near else "")
                yield Problem(f"advice/{part}", record, ("id",), text)


def _days(knowledge: Knowledge) -> Iterator[Problem]:
    """One day can be first for those with a strength and for those without; apart from these a day has one task."""
    placed: dict[int, str] = {}
    for task in knowledge.advice.days.values():
        if task.day is None or task.when in ("strength", "no-strength"):
            continue
        if task.day in placed:
            text = f"the day {task.day} belongs to {placed[task.day]!r} already, choose another"
            yield Problem("advice/days", task.id, ("day",), text)
        placed[task.day] = task.id
