"""The steps that close gaps, what they cost and where they lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pcc_assess.knowledge import LevelId, Stage
from pcc_assess.model.advice import Advice
from pcc_assess.model.profile import Profile

UnlockKind = Literal[
    "ask",
    "left-out",
    "budget",
    "hours",
    "unknown-cost",
    "horizon",
    "years",
    "first",
    "together",
    "farthest",
    "none",
]
PlanAim = Literal["score", "essentials", "ready", "more"]
ReviewKind = Literal["regular", "stage", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    low: float
    high: float
    as_of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """An action placed in time: ``start`` and ``end`` are ISO dates, ``cost_usd`` null means unknown.

    ``at_work``: it is done inside a job, or is one, and takes none of the person's own hours. ``done``: for the person
    to fill in before the plan is made again, as true or as the day (ISO 8601) on which it was done.
    """

    id: str
    title: str
    closes: tuple[str, ...]
    points: float
    hours: float
    weeks: float
    cost_usd: Cost | None
    start: str
    end: str
    prerequisites: tuple[str, ...]
    eligibility: tuple[str, ...]
    how: str
    proof: str
    free_alternative: str | None
    free: bool = False
    at_work: bool = False
    done: bool | str = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    n: int
    stage: Stage
    title: str
    actions: tuple[PlannedAction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Of all steps. ``hours``: the person's own time; ``hours_at_work``: what is done inside a job or as one.

    ``cost_unknown`` counts the actions whose cost no source states; they are not in the sum.
    """

    hours: float
    hours_at_work: float
    weeks: float
    cost_low: float
    cost_high: float
    cost_unknown: int
    points: float
    score_after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneAction:
    """An action that is behind the person; ``on`` is the day (ISO 8601), null where it is not known."""

    id: str
    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDate:
    """Days that the person chose for an action: it begins and ends no earlier than these."""

    id: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanParameters:
    """What the person gave. ``target``: the score to reach, null where none was named (see ``Outcome.aim``).

    ``budget_usd`` null: money sets no limit. ``done``: what is behind the person, and already counted in the profile of
    the plan. ``left_out``: actions that the person took out. ``dates``: days that the person moved.
    """

    start: str
    hours_per_week: float
    goal: Literal["fastest", "cheapest"] = "fastest"
    target: float | None = None
    budget_usd: float | None = None
    done: tuple[DoneAction, ...] = ()
    left_out: tuple[str, ...] = ()
    dates: tuple[KeptDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTarget:
    """What the plan starts from. ``profile``: what the person brings, so that the plan can be made again without the
    resume.
    """

    candidate: str
    role: str
    level: LevelId
    score: float
    possible: float
    as_of: str
    profile: Profile = Profile()  # noqa: RUF009 - it is frozen
    setting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """A gap that no known action closes in full, with the reason."""

    id: str
    name: str
    points: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A gap that the target of a plan does not need: the points that are still to win, and the step for it."""

    id: str
    name: str
    points: float
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """What stands between the end of a plan and its target: a gate, a requirement, or (``score``) points alone."""

    kind: Literal["gate", "requirement", "score"]
    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """One change that would bring the target within reach, the smallest of its kind, as a sentence.

    ``value``: hours a week, US dollars, weeks or years, as ``kind`` says; null where the change is no number. ``ask``:
    an answer of the person comes first. ``together``: no single change is enough. ``farthest``: no change is, and
    ``value`` is how far all known steps lead. ``none``: no known step brings what is missing.
    """

    kind: UnlockKind
    value: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Whether the plan reaches its target, and what it ends at. ``band``: id of the band of ``score`` after all steps.

    ``aim``: what the plan was made for: a score that was named; or, where none was, that nothing essential stands in
    the way; where that is so already, the score of "ready"; and where that is reached too, a few more points.
    ``blocked_by`` and ``unlocks`` are empty where the target is reached; the first of ``unlocks`` is the smallest
    change.
    """

    aim: PlanAim = "score"
    reached: bool
    score: float
    band: str
    blocked_by: tuple[Blocker, ...] = ()
    unlocks: tuple[Unlock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayFigure:
    """Pay a year in US dollars under the label of its source; figures under different labels are never mixed.

    ``high`` null: the source names no upper end.
    """

    id: str
    label: str
    low: float
    high: float | None
    as_of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksOfPay:
    """How many weeks of a pay difference the plan costs: ``difference`` is that of one figure (``label``), a year.

    ``weeks_low`` and ``weeks_high`` follow from the cost range of the plan.
    """

    label: str
    difference: float
    weeks_low: float
    weeks_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPay:
    """The pay of one level in the figures that are given by level, and what the plan costs beside the step up to it."""

    level: LevelId
    title: str
    figures: tuple[PayFigure, ...]
    weeks_of_pay: tuple[WeeksOfPay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoney:
    """The money side of a plan. ``left_usd``: what the budget leaves after the high end of the known costs.

    ``free``, ``paid``, ``unknown``: ids of actions. ``levels``: the level aimed at and those above it. ``figures``: pay
    that is given for the role as a whole.
    """

    budget_usd: float | None = None
    cost_low: float = 0.0
    cost_high: float = 0.0
    left_usd: float | None = None
    free: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    levels: tuple[LevelPay, ...] = ()
    figures: tuple[PayFigure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A day to look back: every few weeks, at the end of a stage (``stage``), and at the end of the plan.

    ``due``: ids of the actions that end between the review before and this one.
    """

    on: str
    kind: ReviewKind
    stage: Stage | None
    due: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An action with its days as the program planned it. What the person changes in ``steps`` is found by it."""

    id: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps from where a person stands to a target.

    ``made``: not to be edited: every action as planned, so that a plan that was edited can be made again. ``advice`` is
    made from the finished plan and its assessment.
    """

    schema: Literal["pcc-assess/plan/1"] = "pcc-assess/plan/1"
    assessment: PlanTarget
    parameters: PlanParameters
    outcome: Outcome
    steps: tuple[Step, ...]
    totals: Totals
    money: PlanMoney = PlanMoney()
    reviews: tuple[Review, ...] = ()
    unreachable: tuple[Unreachable, ...]
    later: tuple[Later, ...] = ()
    made: tuple[Made, ...] = ()
    advice: Advice | None = None
