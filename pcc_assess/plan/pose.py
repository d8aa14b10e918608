"""The problem of one person: the candidates with the target, the limits, and what every plan holds."""

from __future__ import annotations

from collections.abc import Sequence

from pcc_assess.knowledge import Action, Policy
from pcc_assess.plan.candidates import STAGES, Person, candidates_of
from pcc_assess.plan.general import general_steps, only_general
from pcc_assess.plan.problem import WEEK, Candidate, Problem

_READY = "ready"
_WHOLE = 10_000


def ready_floor(policy: Policy) -> float:
    """The score from which a person is "ready", where nothing bars it."""
    floors = {band.id: band.at_least for band in policy.bands}
    return floors.get(_READY, max(floors.values()))


def asks_essentials(person: Person) -> bool:
    """Whether the target is one that also asks that no essential requirement bars "ready"."""
    return person.parameters.target >= ready_floor(person.knowledge.policy)


def barring(person: Person) -> frozenset[str]:
    """Essential requirements below the share of credit that "ready" asks; school that is not known is a question."""
    half = person.knowledge.policy.half_credit
    return frozenset(
        item.id
        for item in person.assessment.requirements
        if item.importance == "essential"
        and person.credits[item.id] < half
        and not (person.school_unknown and isinstance(item.required, str))
    )


def is_there(person: Person) -> bool:
    """Whether the target is met already, as far as steps could do anything about it."""
    shut = any(gate.status == "not-met" for gate in person.assessment.readiness.gates)
    short = sum(person.now.values()) < round(person.parameters.target * 100)
    return not (shut or short or (asks_essentials(person) and barring(person)))


def problem_of(person: Person, horizon_weeks: float) -> Problem:
    """What is to be chosen, and by what.

    Who has reached the target gets a few free and short steps that bring the most points.
    """
    general = general_steps(person)
    there = is_there(person)
    items = candidates_of(person, general, quick_hours=person.knowledge.policy.plan.quick_hours if there else None)
    wishes = person.parameters
    return Problem(
        candidates=items,
        now=person.now,
        target=_WHOLE if there else round(wishes.target * 100),
        essentials=barring(person) if asks_essentials(person) and not there else frozenset(),
        gates=frozenset(gate.id for gate in person.assessment.readiness.gates if gate.status == "not-met"),
        goal=wishes.goal,
        budget=None if wishes.budget_usd is None else round(wishes.budget_usd * 100),
        horizon=round(horizon_weeks * WEEK),
        always=tuple(_always(items, general, person)),
        one_of=tuple(_one_of(items, general, person)),
        most_steps=person.knowledge.policy.plan.quick_steps if there else None,
    )


def _always(items: Sequence[Candidate], general: Sequence[Action], person: Person) -> list[int]:
    """The general steps of stages in which nothing else can be planned."""
    fixed = {action.id for action in general if only_general(action.stage, person.knowledge)}
    return [place for place, item in enumerate(items) if item.id in fixed]


def _one_of(items: Sequence[Candidate], general: Sequence[Action], person: Person) -> list[tuple[int, ...]]:
    """For each other stage that has a general step all that it can hold."""
    mixed = {action.stage for action in general if not only_general(action.stage, person.knowledge)}
    groups = [tuple(n for n, item in enumerate(items) if item.stage == stage) for stage in STAGES if stage in mixed]
    return [group for group in groups if group]
