"""The first seven days: one small free thing a day, and a day of rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pcc_assess.advice.own_words import OwnWords
from pcc_assess.knowledge import DayTask
from pcc_assess.model import Day, Plan, PlannedAction, ResumeTip, Standing, Story

_DAYS = 7
_MOST_NAMED = 2
# What can be begun at a kitchen table, without another person's leave.
_AT_HOME = frozenset({"self-study", "practice", "portfolio", "application"})


@dataclass(frozen=True, slots=True)
class _Filling:
    """What the braces of a task are filled with, and the action of the plan that it begins."""

    names: str = ""
    line: str = ""
    how: str = ""
    action: str | None = None


@dataclass(slots=True)
class _Week:
    """The tasks that fit a person, each with its filling."""

    own: OwnWords
    plan: Plan
    standing: Standing
    tips: tuple[ResumeTip, ...]
    stories: tuple[Story, ...]
    fitting: dict[str, _Filling] = field(default_factory=dict)

    def filling(self, task: DayTask) -> _Filling | None:
        """None where a task does not fit this person."""
        actions = [action for step in self.plan.steps for action in step.actions]
        if task.when == "step":
            return self._step(actions)
        found = self._words(task.when)
        if found is None or task.action is None:
            return found
        return replace(found, action=task.action) if any(item.id == task.action for item in actions) else None

    def _words(self, when: str) -> _Filling | None:
        if when == "always":
            return _Filling()
        if when in ("number", "listed"):
            return self._tip(when)
        if when == "story":
            return _Filling(names=self.stories[0].job, line=self.stories[0].frame) if self.stories else None
        return self._state(when)

    def _state(self, when: str) -> _Filling | None:
        """What is strong, missing or open, by name."""
        strong = [item.name for item in self.standing.strengths]
        if when == "no-strength":
            return None if strong else _Filling()
        found = {
            "strength": strong,
            "gate": [gate.name for gate in self.standing.gates if gate.status != "met"],
            "open": [item.name for item in self.own.open_questions() if item in self.own.results.values()],
        }[when]
        return _Filling(names=self._listed(found[:_MOST_NAMED])) if found else None

    def _listed(self, names: list[str]) -> str:
        if len(names) < _MOST_NAMED:
            return "".join(names)
        return self.own.knowledge.texts.say("advice.two", first=names[0], second=names[1])

    def _tip(self, kind: str) -> _Filling | None:
        tip = next((item for item in self.tips if item.kind == kind), None)
        return _Filling(names=tip.name, line=tip.line) if tip is not None else None

    def _step(self, actions: list[PlannedAction]) -> _Filling | None:
        """The first free action that raises something and needs no other one before it."""
        known = self.own.knowledge.actions
        begun = {task.action for task in self.own.knowledge.advice.days.values() if task.action}
        free = [
            item
            for item in sorted(actions, key=lambda item: item.start)
            if item.free
            and not item.done
            and item.id in known
            and known[item.id].kind in _AT_HOME
            and item.id not in begun
            and not item.prerequisites
        ]
        first = next((item for item in free if item.points > 0), next(iter(free), None))
        return _Filling(names=first.title, how=first.how, action=first.id) if first is not None else None

    def tasks(self) -> Iterator[tuple[int, DayTask]]:
        """A task for each day: those with a place of their own, the others in order in the days between."""
        fits: list[DayTask] = []
        for task in self.own.knowledge.advice.days.values():
            found = self.filling(task)
            if found is not None:
                self.fitting[task.id] = found
                fits.append(task)
        placed = {task.day: task for task in reversed(fits) if task.day is not None}
        waiting = iter([task for task in fits if task.day is None])
        for day in range(1, _DAYS + 1):
            chosen = placed.get(day) or next(waiting, None)
            if chosen is not None:
                yield day, chosen


def first_days(
    own: OwnWords, plan: Plan, standing: Standing, resume: tuple[ResumeTip, ...], told: tuple[Story, ...]
) -> tuple[Day, ...]:
    """Seven days from the first day of the plan; all together within the hours that a week has."""
    week = _Week(own, plan, standing, resume, told)
    start = date.fromisoformat(plan.parameters.start)
    most = max(1, int(plan.parameters.hours_per_week * 60 / _DAYS))
    return tuple(
        Day(
            n=number,
            date=(start + timedelta(days=number - 1)).isoformat(),
            id=task.id,
            minutes=min(task.minutes, most),
            title=_filled(task.title, week.fitting[task.id]),
            how=_filled(task.how, week.fitting[task.id]),
            action=week.fitting[task.id].action,
        )
        for number, task in week.tasks()
    )


def _filled(text: str, filling: _Filling) -> str:
    return text.format(names=filling.names, line=filling.line, how=filling.how)
