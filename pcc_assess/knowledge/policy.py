"""Every number that the program judges with."""

from __future__ import annotations

from dataclasses import dataclass

from pcc_assess.knowledge.actions import ActionKind, Stage
from pcc_assess.knowledge.quiz import QuizRules
from pcc_assess.knowledge.roles import Importance


@dataclass(frozen=True, kw_only=True)
class Band:
    """A name for a range of readiness, from ``at_least`` points upward."""

    id: str
    at_least: float
    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One rung of the evidence ladder: the highest proficiency it can show, and the words for it in a report."""

    id: str
    level: int
    label: str


@dataclass(frozen=True, kw_only=True)
class PlanRules:
    """How a plan is made.

    ``hours_per_week``: where the person names none. ``most_hours_per_week``: more is taken for a slip.
    ``step_weeks``: a step that would take longer is a long way and no part of a plan. ``horizon_weeks``: the longest
    plan. ``reckoned_cost``: US dollars that an unknown price counts as in comparing; a plan with a budget holds
    nothing without a known price. ``quick_steps``: so many free steps of at most ``quick_hours`` hours that close gaps
    are planned for who has reached the target already. ``general_steps``: free steps of a stage in which nothing else
    can be planned; ``general_steps_ready`` for who is ready. ``review_weeks``: how often to look back. ``full_week``,
    ``farthest_weeks``, ``most_years``: how far a change is looked for that brings a target within reach: hours a week,
    weeks, and years of work.
    """

    hours_per_week: float
    most_hours_per_week: float
    step_weeks: float
    horizon_weeks: float
    reckoned_cost: float
    quick_steps: int
    quick_hours: float
    general_steps: int
    general_steps_ready: int
    review_weeks: int
    full_week: float
    farthest_weeks: float
    most_years: int


@dataclass(frozen=True, kw_only=True)
class CohortRules:
    """How many people are looked at together.

    ``class_kinds``: kinds of actions that a group can take as a class, of at most ``class_hours``. ``least_gain``:
    points; who gains less needs no seat. ``talk_questions``: who is ready after at most so many good answers is listed
    as one talk away. ``rows``: people in the table of a page; ``names``: people in a list.
    ``steady``: points; who moved by less since last time stands where they stood.
    """

    class_kinds: tuple[ActionKind, ...]
    class_hours: float
    least_gain: float
    talk_questions: int
    rows: int
    names: int
    steady: float


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Every number that the program judges with.

    ``weights``: points of importance before scaling. ``half_credit``: below it an essential requirement bars "ready".
    ``context_words``: how near a context word must stand, in words. ``typo_min_length``: the shortest word repaired.
    ``medical_words``: so many medical words make a job one in health care. ``lone_year_months``: length of a job of
    which only one year is given.
    """

    version: int
    weights: dict[Importance, float]
    half_credit: float
    bands: tuple[Band, ...]
    rungs: tuple[Rung, ...]
    context_words: int
    typo_min_length: int
    few_words: int
    doubtful_words: int
    medical_words: int
    lone_year_months: int
    claimed_years_tolerance: float
    plan: PlanRules
    cohort: CohortRules
    stages: dict[Stage, str]
    search: SearchRules
    quiz: QuizRules


@dataclass(frozen=True, kw_only=True)
class SearchRules:
    """How a search in the guide is judged.

    ``alike``: how like two words must be, 0 to 100, to pass for one with a slip; ``shortest``: only words of so many
    letters and more. ``stem``: so many letters in common at the beginning, and at most ``ending`` more in one of them,
    make two forms of one word. ``form``: what another form counts, beside 1 for the word itself. ``title``: how much
    more a word of a topic's title or its search words counts. ``share``: the part of what was asked that a find must
    hold. ``most``: how many finds are shown. ``filler``: words of a question that say nothing of what it is about.
    """

    alike: float
    shortest: int
    stem: int
    ending: int
    form: float
    title: float
    share: float
    most: int
    filler: tuple[str, ...]
