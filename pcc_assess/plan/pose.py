"""The problem of one person: the candidates with the target, the limits, and what every plan holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pcc_assess.knowledge import Action, Policy
from pcc_assess.model import PlanAim
from pcc_assess.plan.candidates import STAGES, Person, candidates_of
from pcc_assess.plan.general import general_steps, only_general
from pcc_assess.plan.problem import WEEK, Candidate, Problem, spans

_READY = "ready"
_WHOLE = 10_000


def ready_floor(policy: Policy) -> float:
    """The score from which a person is "ready", where nothing bars it."""
    floors = {band.id: band.at_least for band in policy.bands}
    return floors.get(_READY, max(floors.values()))


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan is made for. ``score``: hundredths of a point to reach. ``essentials``: whether no essential
    requirement may stay below the share of credit that "ready" asks.
    """

    kind: PlanAim
    score: int
    essentials: bool


def aim_of(person: Person) -> Aim:
    """The score that was named; else all that is essential, then the score of "ready", then a few more points.

    A score of "ready" or more also asks for all that is essential, without which nobody is ready.
    """
    floor = ready_floor(person.knowledge.policy)
    named = person.parameters.target
    if named is not None:
        aims = [Aim("score", round(named * 100), named >= floor)]
    else:
        aims = [Aim("essentials", 0, essentials=True), Aim("ready", round(floor * 100), essentials=True)]
    open_aims = [aim for aim in aims if not _is_met(aim, person)]
    return open_aims[0] if open_aims else Aim("more", _WHOLE, essentials=False)


def _is_met(aim: Aim, person: Person) -> bool:
    """Whether the person is there already, as far as steps could do anything about it."""
    short = sum(person.have.values()) < aim.score
    return not (shut_gates(person) or short or (aim.essentials and barring(person)))


def shut_gates(person: Person) -> frozenset[str]:
    """Gates that are known not to be met; what a resume leaves out is a question."""
    return frozenset(gate.id for gate in person.assessment.readiness.gates if gate.status == "not-met")


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


def problem_of(person: Person, aim: Aim, horizon_weeks: float) -> Problem:
    """What is to be chosen, and by what.

    Who has reached every target gets a few free and short steps that bring the most points.
    """
    general = general_steps(person)
    rules, wishes = person.knowledge.policy.plan, person.parameters
    more = aim.kind == "more"
    items = candidates_of(person, general, quick_hours=rules.quick_hours if more else None)
    return Problem(
        candidates=items,
        have=person.have,
        target=aim.score,
        essentials=barring(person) if aim.essentials else frozenset(),
        gates=shut_gates(person),
        goal=wishes.goal,
        budget=None if wishes.budget_usd is None else round(wishes.budget_usd * 100),
        horizon=max(round(horizon_weeks * WEEK), _least_length(items, general)),
        always=tuple(_always(items, general, person)),
        wanted=tuple(n for n, item in enumerate(items) if item.id in {kept.id for kept in wishes.dates}),
        one_of=tuple(_one_of(items, general, person)),
        most_steps=rules.quick_steps if more else None,
    )


def _least_length(items: Sequence[Candidate], general: Sequence[Action]) -> int:
    """How long the general steps take with what they build on: at a very slow pace longer than the longest plan."""
    ids = {action.id for action in general}
    chosen = {place for place, item in enumerate(items) if item.id in ids}
    for place in range(len(items) - 1, -1, -1):
        if place in chosen:
            chosen.update(group[0] for group in items[place].needs)
    ends = spans(items, frozenset(chosen)).values()
    return max((end for _, end in ends), default=0)


def _always(items: Sequence[Candidate], general: Sequence[Action], person: Person) -> list[int]:
    """The general steps of stages in which nothing else can be planned."""
    fixed = {action.id for action in general if only_general(action.stage, person.knowledge)}
    return [place for place, item in enumerate(items) if item.id in fixed]


def _one_of(items: Sequence[Candidate], general: Sequence[Action], person: Person) -> list[tuple[int, ...]]:
    """For each other stage that has a general step all that it can hold."""
    mixed = {action.stage for action in general if not only_general(action.stage, person.knowledge)}
    groups = [tuple(n for n, item in enumerate(items) if item.stage == stage) for stage in STAGES if stage in mixed]
    return [group for group in groups if group]
