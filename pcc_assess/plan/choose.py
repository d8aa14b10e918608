"""Which actions: those that gain the most points for their time and money, with all that must come before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
        return self.gain / sum(_effort(item) for item in self.chain) ** _EFFORT_POWER

    @property
    def rank(self) -> tuple[bool, bool, float, str]:
        """What is chosen first; a lapsed certificate is made valid before a new one is earned."""
        last = self.chain[-1]
        return self.gain >= _LEAST_GAIN, last.renews, self.worth, last.id


def choose(assessment: Assessment, knowledge: Knowledge, points_of: PointsOf) -> tuple[list[Choice], Profile]:
    """The actions that close gaps, in the order in which they were chosen, and the profile after all of them."""
    profile = assessment.profile
    points = points_of(profile)
    chosen: list[Choice] = []
    taken: set[str] = set()
    offers: dict[str, _Offer] = {}
    while len(chosen) < _MOST_STEPS:
        for action in knowledge.actions.values():
            if action.id not in taken and action.id not in offers:
                offers[action.id] = _offer(action, profile, knowledge, taken, points_of, points)
        best = max(offers.values(), key=lambda offer: offer.rank)
        if best.gain < _LEAST_GAIN:
            break
        for action in best.chain:
            profile, points = _take(action, profile, points, knowledge, points_of, chosen)
            taken.add(action.id)
        # Only what shares something with the actions just taken has to be looked at again.
        offers = {
            name: offer for name, offer in offers.items() if not offer.touches & best.touches and name not in taken
        }
    return chosen, profile


def _offer(
    action: Action,
    profile: Profile,
    knowledge: Knowledge,
    taken: set[str],
    points_of: PointsOf,
    points: Mapping[str, int],
) -> _Offer:
    chain = tuple(_chain(action, profile, knowledge, taken))
    touches = frozenset(name for item in chain for name in _touches(item))
    return _Offer(chain, _gain(profile, chain, knowledge, points_of, points), touches)


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


def _take(
    action: Action,
    profile: Profile,
    points: Mapping[str, int],
    knowledge: Knowledge,
    points_of: PointsOf,
    chosen: list[Choice],
) -> tuple[Profile, dict[str, int]]:
    changed = after(profile, action, knowledge)
    new = points_of(changed)
    closes = tuple(name for name, value in new.items() if value > points.get(name, 0))
    chosen.append(Choice(action, closes, sum(new.values()) - sum(points.values())))
    return changed, new


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


def _gain(
    profile: Profile, chain: Iterable[Action], knowledge: Knowledge, points_of: PointsOf, points: Mapping[str, int]
) -> int:
    changed = profile
    for action in chain:
        changed = after(changed, action, knowledge)
    return 0 if changed == profile else sum(points_of(changed).values()) - sum(points.values())


def _effort(action: Action) -> float:
    """Hours that an action costs, money counted as hours; never 0."""
    hours = (action.hours.low + action.hours.high) / 2
    if action.kind == "work":
        hours *= _WORK_SHARE
    money = _UNKNOWN_COST if action.cost is None else (action.cost.low + action.cost.high) / 2
    return max(1.0, hours + money / _DOLLARS_AN_HOUR)


def most(profile: Profile, knowledge: Knowledge, points_of: PointsOf) -> dict[str, int]:
    """The points of each requirement if every action there is were done."""
    for action in knowledge.actions.values():
        profile = after(profile, action, knowledge)
    return points_of(profile)
