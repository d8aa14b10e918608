"""What one person could choose from: the actions that fit, what each brings, and what it builds on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import ceil
from typing import get_args

from pcc_assess.knowledge import EDUCATION, Action, EducationLevel, Entry, Knowledge, Role, Stage
from pcc_assess.model import Assessment, PlanParameters, Profile
from pcc_assess.plan.effects import after, done_already, is_search
from pcc_assess.plan.problem import DAY, WEEK, Candidate, Lane

STAGES: tuple[Stage, ...] = get_args(Stage)
CreditsOf = Callable[[Profile], dict[str, float]]


@dataclass(frozen=True)
class Person:
    """One assessed person with all that a plan looks at. ``without_limits``: no step is too long or too dear."""

    assessment: Assessment
    knowledge: Knowledge
    role: Role
    parameters: PlanParameters
    credits_of: CreditsOf
    longest_step: float

    @property
    def profile(self) -> Profile:
        """What the person brings."""
        return self.assessment.profile

    @cached_property
    def weights(self) -> dict[str, int]:
        """Hundredths of a point that each requirement weighs."""
        return {item.id: round(item.weight * 100) for item in self.assessment.requirements}

    def points(self, profile: Profile) -> dict[str, int]:
        """Hundredths of a point that each requirement earns, each rounded once, as in scoring."""
        return self.points_from(self.credits_of(profile))

    def points_from(self, earned: Mapping[str, float]) -> dict[str, int]:
        """The points of credits."""
        return {name: round(self.weights[name] * credit) for name, credit in earned.items()}

    @cached_property
    def credits(self) -> dict[str, float]:
        """The credits of today."""
        return self.credits_of(self.profile)

    @cached_property
    def have(self) -> dict[str, int]:
        """The points of today."""
        return self.points_from(self.credits)

    @cached_property
    def done(self) -> frozenset[str]:
        """Actions that are behind the person by their own word."""
        return frozenset(item.id for item in self.parameters.done)

    @cached_property
    def school_unknown(self) -> bool:
        """A resume that leaves school out sends nobody back to school; it is a question and no step."""
        asks = [item for item in self.assessment.requirements if isinstance(item.required, str)]
        silent = any(gate.status == "not-shown" for gate in self.assessment.readiness.gates)
        return silent or any(item.status == "not-assessed" for item in asks)

    @cached_property
    def expired(self) -> frozenset[str]:
        """Credentials that have run out."""
        return frozenset(item.id for item in self.profile.credentials if item.status == "expired")

    @cached_property
    def begun(self) -> frozenset[str]:
        """Credentials that the person is working for, or means to."""
        states = ("in-progress", "planned")
        return frozenset(item.id for item in self.profile.credentials if item.status in states)

    @cached_property
    def works_here(self) -> bool:
        """Whether the person works with patients or in a medical office now, and so needs no new job to learn in."""
        families = self.knowledge.families
        jobs = (job for job in self.profile.experience.jobs if job.current and job.family in families)
        return any(families[job.family or ""].patient for job in jobs)

    def settled(self, action: Action) -> bool:
        """Whether what an action brings is behind the person, so that it need not come first."""
        return (
            action.id in self.done
            or done_already(self.profile, action, self.knowledge)
            or (self.school_unknown and action.grants_education is not None)
        )

    def meets(self, entry: Entry) -> bool:
        """Whether the person meets a condition of entry already; school that is not known is only to be checked."""
        held = {item.id for item in self.profile.credentials if item.status == "held"}
        return (
            (entry.school is not None and (self.school_unknown or self._schooled(entry.school)))
            or (entry.years is not None and self.profile.experience.patient_years >= entry.years)
            or bool(held.intersection(entry.credentials))
            or bool(self.done.intersection(entry.actions))
        )

    def _schooled(self, level: EducationLevel) -> bool:
        return EDUCATION.index(self.profile.education.highest) >= EDUCATION.index(level)


def weeks_of(action: Action, hours_per_week: float) -> float:
    """How long an action takes on the calendar at the person's pace; work has its own hours."""
    hours = 0.0 if action.kind == "work" else hours_of(action)
    return max(hours / hours_per_week, action.weeks.low)


def hours_of(action: Action) -> float:
    """The middle of the range of hours."""
    return (action.hours.low + action.hours.high) / 2


def candidates_of(
    person: Person, general: Sequence[Action], *, quick_hours: float | None = None
) -> tuple[Candidate, ...]:
    """The candidates in their fixed order.

    Args:
        person: whose plan it is.
        general: free steps that bring no points and belong to every way into the job.
        quick_hours: None, or only free actions of at most so many hours, and no new job.
    """

    def is_offered(action: Action) -> bool:
        quick = quick_hours is None or (action.free and not action.grants_years and hours_of(action) <= quick_hours)
        return quick and fits(action, person)

    helpful = {item.id: item for item in _helpful(person) if is_offered(item.action)}
    needed = _with_roots([*general, *(item.action for item in helpful.values())], person, is_offered)
    order = _Order(person, needed, [action.id for action in general])
    items = [helpful.get(action.id) or _measured(action, person) for action in order.ordered()]
    return _linked([replace(item, stage=order.stage(item.action)) for item in items], person)


# --- which actions -------------------------------------------------------------------------------------------------


def raises(action: Action) -> bool:
    """Whether an action changes what a person brings."""
    return bool(action.lifts or action.grants_credentials or action.grants_education or action.grants_years)


def fits(action: Action, person: Person) -> bool:
    """Whether an action can be part of a plan of this person at all."""
    wishes = person.parameters
    given = set(action.grants_credentials)
    return not (
        action.id in person.done
        or action.id in wishes.left_out
        or action.entry is None
        or (action.grants_years > 0 and person.works_here)
        or (action.aside and not given & person.begun)
        or (action.renews and not given & person.expired)
        or (action.grants_education is not None and person.school_unknown)
        or weeks_of(action, wishes.hours_per_week) > person.longest_step
        or (wishes.budget_usd is not None and (action.cost is None or action.cost.high > wishes.budget_usd))
    )


def _helpful(person: Person) -> list[Candidate]:
    """What brings points or opens a gate by itself."""
    found: list[Candidate] = []
    for action in person.knowledge.actions.values():
        if raises(action) and fits(action, person):
            item = _measured(action, person)
            if item.closes_gaps:
                found.append(item)
    return [item for item in found if not _needless_award(item, found, person)]


def _measured(action: Action, person: Person) -> Candidate:
    """A candidate with what it brings by itself."""
    if not raises(action):
        return _candidate(action, person, gives={}, clears=frozenset())
    earned = person.credits_of(after(person.profile, action, person.knowledge))
    points = person.points_from(earned)
    gives = {name: value for name, value in points.items() if value > person.have[name]}
    half = person.knowledge.policy.half_credit
    clears = frozenset(name for name, credit in earned.items() if credit >= half > person.credits[name])
    return _candidate(action, person, gives, clears)


def _candidate(action: Action, person: Person, gives: Mapping[str, int], clears: frozenset[str]) -> Candidate:
    wishes, rules = person.parameters, person.knowledge.policy.plan
    lane: Lane = "own" if action.kind != "work" else "job" if action.grants_years else "task"
    lasts = max(ceil(WEEK * weeks_of(action, wishes.hours_per_week) - 1e-9), DAY)
    busy = ceil(WEEK * hours_of(action) / wishes.hours_per_week - 1e-9) if lane == "own" else lasts
    price = rules.reckoned_cost if action.cost is None else action.cost.high
    begin, end = _kept(action.id, wishes)
    return Candidate(
        action=action,
        stage=action.stage,
        lane=lane,
        busy=busy,
        lasts=lasts,
        cost=round(price * 100),
        gives=gives,
        clears=clears,
        opens=_opens(action, person),
        not_before=begin,
        ends_from=end,
    )


def _kept(name: str, wishes: PlanParameters) -> tuple[int, int]:
    """The days that the person chose for an action, in calendar hours from the start; 0 where there are none."""
    start = date.fromisoformat(wishes.start)
    for item in wishes.dates:
        if item.id == name:
            begin, end = (date.fromisoformat(day) for day in (item.start, item.end))
            return max(0, (begin - start).days * DAY), max(0, ((end - start).days + 1) * DAY)
    return 0, 0


def _opens(action: Action, person: Person) -> frozenset[str]:
    """The gates that an action opens."""
    if action.grants_education is None:
        return frozenset()
    shut = {gate.id for gate in person.assessment.readiness.gates if gate.status == "not-met"}
    reached = EDUCATION.index(action.grants_education)
    gates = (gate for gate in person.role.gates if gate.id in shut)
    return frozenset(gate.id for gate in gates if reached >= EDUCATION.index(gate.education))


def _needless_award(item: Candidate, found: list[Candidate], person: Person) -> bool:
    """A certificate is not earned for its lessons alone, and a lapsed one is renewed before a new one is earned."""
    if not item.action.grants_credentials:
        return False
    asked = {result.id for result in person.assessment.requirements if result.required is None}
    counted = asked.intersection(item.gives)
    renewed = [other for other in found if other.action.renews]
    if item.action.renews:
        return not counted
    return all(any(other.gives.get(name, 0) >= item.gives[name] for other in renewed) for name in counted)


def _with_roots(actions: Iterable[Action], person: Person, is_offered: Callable[[Action], bool]) -> list[Action]:
    """The actions with all that must come before them and is not behind the person."""
    found: dict[str, Action] = {}
    waiting = list(actions)
    while waiting:
        action = waiting.pop()
        if action.id not in found:
            found[action.id] = action
            waiting += [item for item in required(action, person) if is_offered(item)]
    return list(found.values())


def required(action: Action, person: Person) -> Iterator[Action]:
    """What an action asks to be done first and is not settled."""
    for name in action.requires:
        needed = person.knowledge.actions[name]
        if not person.settled(needed):
            yield needed


# --- their order ---------------------------------------------------------------------------------------------------


class _Order:
    """The fixed order: by stage, then what others build on, then free ones, then the longest wait, then by id.

    The general steps keep the order that they are given in.
    """

    def __init__(self, person: Person, actions: list[Action], general: list[str]) -> None:
        self.person = person
        self.general = {name: place for place, name in enumerate(general)}
        self.actions = {action.id: action for action in actions}
        self.known: dict[str, tuple[int, int]] = {}

    def ordered(self) -> list[Action]:
        """All actions in order."""

        def key(action: Action) -> tuple[object, ...]:
            place = self.general.get(action.id, len(self.general))
            return (*self.stage_and_depth(action, ()), not action.free, -action.weeks.low, place, action.id)

        return sorted(self.actions.values(), key=key)

    def stage(self, action: Action) -> Stage:
        """The stage in which an action stands."""
        return STAGES[self.stage_and_depth(action, ())[0]]

    def stage_and_depth(self, action: Action, above: tuple[str, ...]) -> tuple[int, int]:
        """The stage in which an action stands, and how many others it builds on one upon the other in it."""
        if action.id in self.known:
            return self.known[action.id]
        stage, depth = STAGES.index(action.stage), 0
        for other in self._roots(action):
            if other.id in above or other.id == action.id:
                continue
            its_stage, its_depth = self.stage_and_depth(other, (*above, action.id))
            if its_stage > stage:
                stage, depth = its_stage, 0
            if its_stage == stage:
                depth = max(depth, its_depth + 1)
        self.known[action.id] = stage, depth
        return stage, depth

    def _roots(self, action: Action) -> Iterator[Action]:
        yield from (item for item in required(action, self.person) if item.id in self.actions)
        for entry in action.entry or ():
            if not self.person.meets(entry):
                yield from (item for item in self.actions.values() if _admits(item, entry, self.person))


def _admits(action: Action, entry: Entry, person: Person) -> bool:
    """Whether doing ``action`` meets a condition of entry."""
    school = action.grants_education
    years = person.profile.experience.patient_years + action.grants_years
    return (
        (entry.school is not None and school is not None and EDUCATION.index(school) >= EDUCATION.index(entry.school))
        or (entry.years is not None and action.grants_years > 0 and years >= entry.years)
        or bool(set(action.grants_credentials).intersection(entry.credentials))
        or action.id in entry.actions
    )


# --- what builds on what -------------------------------------------------------------------------------------------


def _linked(items: list[Candidate], person: Person) -> tuple[Candidate, ...]:
    """The candidates with their needs; one whose needs nothing can meet is left out, and so is what then lacks it."""
    while True:
        linked = [replace(item, needs=tuple(_groups(place, items, person))) for place, item in enumerate(items)]
        kept = [item for item in linked if all(item.needs)]
        if len(kept) == len(items):
            return _timed(linked)
        items = [replace(item, needs=()) for item in kept]


def _groups(place: int, items: list[Candidate], person: Person) -> Iterator[tuple[int, ...]]:
    """For each thing that comes first the places before ``place`` that bring it."""
    action = items[place].action
    for needed in required(action, person):
        yield tuple(n for n in range(place) if _stands_for(items[n].action, needed, person))
    for entry in action.entry or ():
        if not person.meets(entry):
            yield tuple(n for n in range(place) if _admits(items[n].action, entry, person))


def _stands_for(action: Action, needed: Action, person: Person) -> bool:
    """Whether ``action`` brings all that ``needed`` would: itself, any job for a job, or the same skills and awards.

    What builds on ``needed`` itself saves nobody from it.
    """
    if action.id == needed.id:
        return True
    if is_search(needed) or _builds_on(action, needed, person):
        return False
    if needed.grants_years:
        return action.grants_years > 0
    if not _brings(action) & _brings(needed):
        return False
    return done_already(after(person.profile, action, person.knowledge), needed, person.knowledge)


def _builds_on(action: Action, needed: Action, person: Person) -> bool:
    return any(root.id == needed.id or _builds_on(root, needed, person) for root in required(action, person))


def _brings(action: Action) -> set[str]:
    return {*action.lifts, *action.grants_credentials, *(["a school"] if action.grants_education else [])}


def _timed(items: list[Candidate]) -> tuple[Candidate, ...]:
    """The candidates, and of each whether it waits for work of another lane."""
    found: list[Candidate] = []
    for item in items:
        before = [found[n] for group in item.needs for n in group]
        late = any(other.lane == "job" or other.late for other in before)
        late = late or (item.lane == "own" and any(other.lane == "task" for other in before))
        found.append(replace(item, late=late))
    return tuple(found)
