"""When: the chosen actions in the six stages with their days, hours, points and what they move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pcc_assess.knowledge import Action, Stage
from pcc_assess.model import Cost, PlannedAction, Profile, Step
from pcc_assess.plan.candidates import STAGES, Person, hours_of
from pcc_assess.plan.effects import after, done_already
from pcc_assess.plan.general import OPEN_QUESTIONS, waiting
from pcc_assess.plan.problem import DAY, Candidate, Problem, spans


@dataclass(frozen=True, slots=True)
class Placed:
    """A chosen candidate with its days, what of the plan it builds on, the requirements that it moves, the hundredths
    of a point that it gains after all before it, and the title of a free action that goes toward the same.
    """

    item: Candidate
    first: date
    last: date
    needs: tuple[str, ...]
    closes: tuple[str, ...]
    gain: int
    free_alternative: str | None


def placed(problem: Problem, chosen: frozenset[int], person: Person) -> list[Placed]:
    """The chosen candidates in the order of the plan."""
    days = spans(problem.candidates, chosen)
    start = date.fromisoformat(person.parameters.start)
    spare = _spare([problem.candidates[place].action for place in sorted(chosen)], person)
    profile, points = person.profile, person.have
    found: list[Placed] = []
    for place in sorted(chosen):
        item = problem.candidates[place]
        changed = after(profile, item.action, person.knowledge)
        new = person.points(changed)
        closes = tuple(name for name, value in new.items() if value > points[name])
        instead = None if item.action.free else _alternative(closes, profile, spare, person)
        if item.id == OPEN_QUESTIONS:
            closes = waiting(person.assessment)
        first, last = _days(start, *days[place])
        needs = tuple(dict.fromkeys(_needs(problem, place, chosen)))
        gain = sum(new.values()) - sum(points.values())
        found.append(Placed(item, first, last, needs, closes, gain, instead))
        profile, points = changed, new
    return found


def _days(start: date, begin: int, end: int) -> tuple[date, date]:
    """First and last day; what builds on an action begins on a later day than its last."""
    first = start + timedelta(days=begin // DAY)
    return first, max(first, start + timedelta(days=end // DAY - 1))


def _needs(problem: Problem, place: int, chosen: frozenset[int]) -> Iterator[str]:
    for group in problem.candidates[place].needs:
        yield from (problem.candidates[other].id for other in group if other in chosen)


def _spare(planned: Sequence[Action], person: Person) -> list[Action]:
    """Free actions outside the plan that this person could do at once: no task inside a job."""
    ids = {action.id for action in planned}
    return [
        action
        for action in person.knowledge.actions.values()
        if action.free
        and action.kind != "work"
        and action.id not in ids
        and action.id not in person.done
        and all(
            name in ids or done_already(person.profile, person.knowledge.actions[name], person.knowledge)
            for name in action.requires
        )
    ]


def _alternative(closes: tuple[str, ...], profile: Profile, spare: Sequence[Action], person: Person) -> str | None:
    """The title of the free action that takes this person furthest toward the same requirements.

    Nothing here looks at the title itself: the choice is the same in every language.
    """
    now = person.points(profile)

    def gain(action: Action) -> int:
        then = person.points(after(profile, action, person.knowledge))
        return sum(then[name] - now[name] for name in closes)

    ranked = [(gain(action), -hours_of(action), action.id) for action in spare]
    best, _, name = max(ranked, default=(0, 0.0, ""))
    return person.knowledge.actions[name].title if best > 0 else None


def steps(items: Sequence[Placed], titles: Mapping[Stage, str]) -> tuple[Step, ...]:
    """The steps of a plan, one a stage that holds actions."""
    kept = [stage for stage in STAGES if any(item.item.stage == stage for item in items)]
    return tuple(
        Step(
            n=number,
            stage=stage,
            title=titles[stage],
            actions=tuple(_planned(item) for item in items if item.item.stage == stage),
        )
        for number, stage in enumerate(kept, 1)
    )


def _planned(placed_item: Placed) -> PlannedAction:
    item, action = placed_item.item, placed_item.item.action
    cost = action.cost
    return PlannedAction(
        id=action.id,
        title=action.title,
        closes=placed_item.closes,
        points=placed_item.gain / 100,
        hours=hours_of(action),
        weeks=round(max(item.lasts / (7 * DAY), 0.1), 1),
        cost_usd=Cost(low=cost.low, high=cost.high, as_of=cost.as_of, source=cost.source) if cost else None,
        start=placed_item.first.isoformat(),
        end=placed_item.last.isoformat(),
        prerequisites=placed_item.needs,
        eligibility=action.eligibility,
        how=action.how,
        proof=action.proof,
        free_alternative=placed_item.free_alternative,
        free=action.free,
        at_work=action.kind == "work",
    )
