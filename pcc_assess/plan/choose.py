"""Which actions: those that gain the most points for their time and money, with all that must come before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pcc_assess.knowledge import EDUCATION, Action, Knowledge
from pcc_assess.model import Assessment, Profile
from pcc_assess.plan.effects import after, done_already, is_search

PointsOf = Callable[[Profile], dict[str, int]]

# A step that gains less than this (in hundredths of a point) is not worth a line in a plan.
_LEAST_GAIN = 30
_MOST_STEPS = 14
# Who is ready to apply should apply, and neither study for another year nor look for a first job.
_MOST_STEPS_READY = 3
# How much the effort weighs against the gain: 1 is points an hour, 0 looks at the points alone.
_EFFORT_POWER = 0.3
# What an hour is taken to be worth when time is weighed against money, in US dollars; an estimate, for ordering only.
_DOLLARS_AN_HOUR = 20.0
# Paid work costs the person no study time; it is weighed by this share of its hours and an hour for each week.
_WORK_SHARE = 0.1
# An unknown cost is weighed as this many dollars.
_UNKNOWN_COST = 300.0


@dataclass(frozen=True, slots=True)
class Choice:
    """An action of the plan and the actions of the same plan that it needs first."""

    action: Action
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Offer:
    """What an action with all that must come before it would gain; ``touches``: what of a profile it looks at."""

    chain: tuple[Action, ...]
    gain: int
    touches: frozenset[str]

    @property
    def worth(self) -> float:
        """The gain over a root of the effort: a large gap is worth a longer step, and cheap steps still go first."""
        return float(self.gain / sum(effort(item) for item in self.chain) ** _EFFORT_POWER)

    @property
    def rank(self) -> tuple[bool, float, str]:
        """What is chosen first; a lapsed certificate is made valid before a new one is earned."""
        last = self.chain[-1]
        return last.renews, self.worth, last.id


class Chooser:
    """Chooses step by step; ``profile`` and ``points`` are those after all that is chosen so far.

    Args:
        assessment: what the person brings.
        knowledge: the data files.
        points_of: hundredths of a point of each requirement for a profile.
        hours_per_week: how much time the person has.
    """

    def __init__(
        self, assessment: Assessment, knowledge: Knowledge, points_of: PointsOf, hours_per_week: float
    ) -> None:
        self.knowledge = knowledge
        self.points_of = points_of
        self.start = self.profile = assessment.profile
        self.points = points_of(assessment.profile)
        # A requirement without an amount asks for a credential, one with a word for a level of education.
        self.credentials = frozenset(item.id for item in assessment.requirements if item.required is None)
        self.school_unknown = any(
            item.status == "not-assessed" and isinstance(item.required, str) for item in assessment.requirements
        )
        self.gate_shut = any(gate.status == "not-met" for gate in assessment.readiness.gates)
        ready = is_ready(assessment)
        self.most_steps = _MOST_STEPS_READY if ready else _MOST_STEPS
        self.chosen: list[Choice] = []
        self.taken: set[str] = set()
        self.job = ""
        self.offered = [
            action
            for action in knowledge.actions.values()
            if weeks(action, hours_per_week) <= knowledge.policy.plan.step_weeks
            and not self._school_first(action)
            and not (ready and action.grants_years)
        ]

    def choose(self) -> list[Choice]:
        """The actions that close gaps, in the order in which they were chosen."""
        self._open_gate()
        fixed = len(self.chosen)
        offers: dict[str, _Offer] = {}
        while True:
            for action in self.offered:
                if action.id not in self.taken and action.id not in offers:
                    offers[action.id] = self._offer(action)
            room = self.most_steps - len(self.chosen)
            worthy = [item for item in offers.values() if item.gain >= _LEAST_GAIN and len(item.chain) <= room]
            if not worthy:
                return self._needed(fixed)
            best = max(worthy, key=lambda offer: offer.rank)
            for action in best.chain:
                self._take(action)
            # Only what shares something with the actions just taken has to be looked at again.
            offers = {
                name: offer
                for name, offer in offers.items()
                if not offer.touches & best.touches and name not in self.taken
            }

    def settled(self, action: Action) -> bool:
        """Whether an action that another one requires can be left out."""
        return done_already(self.profile, action, self.knowledge) or self._school_first(action)

    def _school_first(self, action: Action) -> bool:
        """Nobody is sent back to school because a resume leaves school out; that is a question and no step."""
        return self.school_unknown and action.grants_education is not None

    def _open_gate(self) -> None:
        """A gate that is not met bars the job, whatever the points say: the next level of school goes first."""
        held = EDUCATION.index(self.profile.education.highest)
        above = [a for a in self.offered if a.grants_education and EDUCATION.index(a.grants_education) > held]
        if self.gate_shut and above:
            first = min(above, key=lambda action: (EDUCATION.index(action.grants_education or "none"), action.id))
            for action in self._chain(first):
                self._take(action)

    def _offer(self, action: Action) -> _Offer:
        chain = tuple(self._chain(action))
        changed = after_all(self.profile, chain, self.knowledge)
        new = self.points_of(changed) if changed != self.profile else self.points
        gain = sum(new.values()) - sum(self.points.values())
        idle = action.grants_credentials and not any(new[name] > self.points[name] for name in self.credentials)
        if idle or self._second_job(chain):
            gain = 0
        return _Offer(chain, gain, frozenset(name for item in chain for name in _touches(item)))

    def _chain(self, action: Action) -> list[Action]:
        """The action with everything that must come before it and is not yet there, first things first."""
        chain: list[Action] = []

        def visit(item: Action) -> None:
            for name in item.requires:
                needed = self.knowledge.actions[name]
                if name not in self.taken and needed not in chain and not self.settled(needed):
                    visit(needed)
            if item not in chain:
                chain.append(item)

        visit(action)
        return chain

    def _second_job(self, chain: Iterable[Action]) -> bool:
        """A plan holds one new job at a time."""
        return bool(self.job) + sum(1 for item in chain if item.grants_years) > 1

    def _take(self, action: Action) -> None:
        needs = dict.fromkeys(found for name in action.requires for found in self._needs(name))
        self.chosen.append(Choice(action, tuple(needs)))
        self.profile = after(self.profile, action, self.knowledge)
        self.points = self.points_of(self.profile)
        self.taken.add(action.id)
        self.job = action.id if action.grants_years else self.job

    def _needs(self, name: str) -> list[str]:
        """The chosen actions that stand for a required one: itself, any job, or what brings the same skills."""
        needed = self.knowledge.actions[name]
        if name in self.taken:
            return [name]
        if needed.grants_years or is_search(needed):
            return [self.job] if self.job else []
        if done_already(self.start, needed, self.knowledge):
            return []
        return [item.action.id for item in self.chosen if _brings(item.action) & _brings(needed)]

    def _needed(self, fixed: int) -> list[Choice]:
        """The choices without those that later ones have made needless; the first ``fixed`` ones stay."""
        kept = list(self.chosen)
        whole = sum(self.points.values())
        for choice in reversed(self.chosen[fixed:]):
            rest = [other for other in kept if other is not choice]
            without = sum(self.points_of(after_all(self.start, (c.action for c in rest), self.knowledge)).values())
            wanted = any(choice.action.id in other.needs for other in rest)
            if not wanted and whole - without < _LEAST_GAIN:
                kept, whole = rest, without
        return kept


def is_ready(assessment: Assessment) -> bool:
    """Whether the person can apply for the job as they are."""
    return assessment.readiness.band == "ready"


def weeks(action: Action, hours_per_week: float) -> float:
    """How long an action takes on the calendar at the person's pace; a job has its own hours."""
    hours = 0.0 if action.kind == "work" else (action.hours.low + action.hours.high) / 2
    return max(hours / hours_per_week, action.weeks.low)


def effort(action: Action) -> float:
    """Hours that an action costs, money counted as hours; never 0."""
    hours = (action.hours.low + action.hours.high) / 2
    if action.kind == "work":
        hours = _WORK_SHARE * hours + action.weeks.low
    money = _UNKNOWN_COST if action.cost is None else (action.cost.low + action.cost.high) / 2
    return max(1.0, hours + money / _DOLLARS_AN_HOUR)


def after_all(profile: Profile, actions: Iterable[Action], knowledge: Knowledge) -> Profile:
    """The profile after all of ``actions``."""
    for action in actions:
        profile = after(profile, action, knowledge)
    return profile


def _brings(action: Action) -> frozenset[str]:
    found = {*action.lifts, *action.grants_credentials}
    return frozenset(found | {"education"} if action.grants_education else found)


def _touches(action: Action) -> Iterator[str]:
    yield action.id
    yield from action.requires
    yield from _brings(action)
    if action.grants_credentials:
        yield "a credential"
    if action.grants_years:
        yield "years"
