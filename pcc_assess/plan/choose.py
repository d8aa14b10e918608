"""Which actions: those that gain the most points for their time and money, with all that must come before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pcc_assess.knowledge import Action, Knowledge
from pcc_assess.model import Assessment, Profile
from pcc_assess.plan.effects import after, done_already

PointsOf = Callable[[Profile], dict[str, int]]

# A step that gains less than this (in hundredths of a point) is not worth a line in a plan.
_LEAST_GAIN = 30
_MOST_STEPS = 14
# How much the effort weighs against the gain: 1 is points an hour, 0 looks at the points alone.
_EFFORT_POWER = 0.3
# What an hour is taken to be worth when time is weighed against money, in US dollars; an estimate, for ordering only.
_DOLLARS_AN_HOUR = 20.0
# Paid work costs the person no study time; it is weighed by this share of its hours.
_WORK_SHARE = 0.1
# An unknown cost is weighed as this many dollars.
_UNKNOWN_COST = 300.0


@dataclass(frozen=True, slots=True)
class Choice:
    """An action of the plan with the requirements that it moves and the hundredths of a point that it gains."""

    action: Action
    closes: tuple[str, ...]
    gain: int


@dataclass(frozen=True, slots=True)
class _Offer:
    """What an action with all that must come before it would gain; ``touches``: what of a profile it looks at."""

    chain: tuple[Action, ...]
    gain: int
    touches: frozenset[str]

    @property
    def worth(self) -> float:
        """The gain over a root of the effort: a large gap is worth a longer step, and cheap steps still go first."""
        return float(self.gain / sum(_effort(item) for item in self.chain) ** _EFFORT_POWER)

    @property
    def rank(self) -> tuple[bool, bool, float, str]:
        """What is chosen first; a lapsed certificate is made valid before a new one is earned."""
        last = self.chain[-1]
        return self.gain >= _LEAST_GAIN, last.renews, self.worth, last.id


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
        self.profile = assessment.profile
        self.points = points_of(assessment.profile)
        # A requirement without an amount asks for a credential.
        self.credentials = frozenset(item.id for item in assessment.requirements if item.required is None)
        self.chosen: list[Choice] = []
        self.taken: set[str] = set()
        self.has_job = False
        self.offered = [
            action
            for action in knowledge.actions.values()
            if weeks(action, hours_per_week) <= knowledge.policy.plan_weeks
        ]

    def choose(self) -> list[Choice]:
        """The actions that close gaps, in the order in which they were chosen."""
        offers: dict[str, _Offer] = {}
        while len(self.chosen) < _MOST_STEPS:
            for action in self.offered:
                if action.id not in self.taken and action.id not in offers:
                    offers[action.id] = self._offer(action)
            best = max(offers.values(), key=lambda offer: offer.rank)
            if best.gain < _LEAST_GAIN:
                break
            for action in best.chain:
                self._take(action)
            # Only what shares something with the actions just taken has to be looked at again.
            offers = {
                name: offer
                for name, offer in offers.items()
                if not offer.touches & best.touches and name not in self.taken
            }
        return self.chosen

    def _offer(self, action: Action) -> _Offer:
        chain = tuple(_chain(action, self.profile, self.knowledge, self.taken))
        changed = self.profile
        for item in chain:
            changed = after(changed, item, self.knowledge)
        new = self.points_of(changed) if changed != self.profile else self.points
        gain = sum(new.values()) - sum(self.points.values())
        idle = action.grants_credentials and not any(new[name] > self.points[name] for name in self.credentials)
        if idle or self._second_job(chain):
            gain = 0
        return _Offer(chain, gain, frozenset(name for item in chain for name in _touches(item)))

    def _second_job(self, chain: tuple[Action, ...]) -> bool:
        """A plan holds one new job at a time."""
        return self.has_job + sum(1 for item in chain if item.grants_years) > 1

    def _take(self, action: Action) -> None:
        changed = after(self.profile, action, self.knowledge)
        new = self.points_of(changed)
        closes = tuple(name for name, value in new.items() if value > self.points.get(name, 0))
        self.chosen.append(Choice(action, closes, sum(new.values()) - sum(self.points.values())))
        self.profile, self.points = changed, new
        self.taken.add(action.id)
        self.has_job = self.has_job or action.grants_years > 0


def weeks(action: Action, hours_per_week: float) -> float:
    """How long an action takes on the calendar at the person's pace; a job has its own hours."""
    hours = 0.0 if action.kind == "work" else (action.hours.low + action.hours.high) / 2
    return max(hours / hours_per_week, action.weeks.low)


def _touches(action: Action) -> Iterator[str]:
    yield action.id
    yield from action.requires
    yield from action.lifts
    if action.grants_credentials:
        yield "a credential"
    if action.grants_education:
        yield "education"
    if action.grants_years:
        yield "years"


def _chain(action: Action, profile: Profile, knowledge: Knowledge, taken: set[str]) -> list[Action]:
    """The action with everything that must come before it and is not yet there, first things first."""
    chain: list[Action] = []

    def visit(item: Action) -> None:
        for name in item.requires:
            needed = knowledge.actions[name]
            if name not in taken and needed not in chain and not done_already(profile, needed, knowledge):
                visit(needed)
        if item not in chain:
            chain.append(item)

    visit(action)
    return chain


def _effort(action: Action) -> float:
    """Hours that an action costs, money counted as hours; never 0."""
    hours = (action.hours.low + action.hours.high) / 2
    if action.kind == "work":
        hours *= _WORK_SHARE
    money = _UNKNOWN_COST if action.cost is None else (action.cost.low + action.cost.high) / 2
    return max(1.0, hours + money / _DOLLARS_AN_HOUR)


def most(profile: Profile, actions: list[Action], knowledge: Knowledge) -> Profile:
    """The profile after all of ``actions``."""
    for action in actions:
        profile = after(profile, action, knowledge)
    return profile
