"""A role with its levels and what each asks, and kinds of employers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pcc_assess.knowledge.background import EducationLevel
from pcc_assess.knowledge.facts import Money

LevelId = Literal["junior", "coordinator", "senior", "lead", "manager"]
Importance = Literal["essential", "important", "helpful"]
LEVELS: tuple[LevelId, ...] = ("junior", "coordinator", "senior", "lead", "manager")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a requirement asks at one level: its importance and the amount.

    The amount is a proficiency 1-4 for a skill, an education level, years for experience, and is left out for a
    credential.
    """

    importance: Importance
    required: int | float | EducationLevel | None = None


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What a role asks. Exactly one of ``skill``, ``credentials``, ``education`` and ``experience`` is given.

    ``credentials``: credential id to the share of credit that holding it earns; the best one held counts.
    ``education``: level held to share of credit, by how many levels it falls short (``[1.0, 0.5]``: the level itself
    1.0, one below 0.5, else 0). ``experience``: ``patient`` counts years of patient-facing work, ``field`` counts all
    years each times the relevance of its job family; credit is years over years asked, at most 1.
    A level that is missing from ``levels`` does not ask for it.
    """

    id: str
    name: str
    category: str
    levels: dict[LevelId, Ask]
    skill: str | None = None
    credentials: dict[str, float] | None = None
    education: tuple[float, ...] | None = None
    experience: Literal["patient", "field"] | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Something apart from the score that decides: a minimum education. ``levels`` lists the levels that ask it."""

    id: str
    name: str
    education: EducationLevel
    levels: tuple[LevelId, ...]
    next_step: str


@dataclass(frozen=True, kw_only=True)
class Rank:
    """One level of a role's ladder: its title, what the person does and should learn, years in the field, and pay.

    ``years`` and pay are left out where no source states them.
    """

    title: str
    autonomy: str
    duties: tuple[str, ...]
    focus: tuple[str, ...]
    years: tuple[float, float | None] | None = None
    pay_median: Money | None = None
    pay_average: Money | None = None


@dataclass(frozen=True, kw_only=True)
class Pay:
    """A figure of yearly pay in US dollars for the role as a whole, under the label that its source gives it.

    ``high`` null: the source names no upper end. Figures of different labels are shown apart and never averaged.
    """

    id: str
    label: str
    low: float
    high: float | None = None
    as_of: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Role:
    """An occupation with its ladder and requirements.

    ``categories``: category id to its share of the 100 points. ``level_categories``: the shares of a level that divides
    them otherwise. ``pay``: what is said of pay for the role as a whole; by level it stands in ``ranks``. Of a related
    career: ``differs`` says how it differs from the Patient Care Coordinator, ``unsure`` what nobody can say of the
    title, ``move`` the way there.
    """

    id: str
    title: str
    version: int
    summary: str
    categories: dict[str, float]
    ranks: dict[LevelId, Rank]
    gates: tuple[Gate, ...]
    requirements: tuple[Requirement, ...]
    sources: dict[str, str]
    level_categories: dict[LevelId, dict[str, float]] = field(default_factory=dict)
    pay: tuple[Pay, ...] = ()
    differs: str = ""
    unsure: str = ""
    move: str = ""


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How much the requirement ``id`` matters to a kind of employer, at every level that asks for it.

    Its importance becomes ``at_least`` or ``at_most`` what is given here.
    """

    id: str
    why: str
    source: str
    at_least: Importance | None = None
    at_most: Importance | None = None


@dataclass(frozen=True, kw_only=True)
class ShareShift:
    """The share of the category ``id``, taken ``times`` as much before all shares are scaled to 100 points again."""

    id: str
    times: float
    why: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A kind of employer: what it asks differently of the same role.

    ``adds``: requirements for a role that does not have them. ``notes``: what else counts there, and no resume shows.
    """

    id: str
    name: str
    summary: str
    shares: tuple[ShareShift, ...] = ()
    shifts: tuple[Shift, ...] = ()
    adds: tuple[Requirement, ...] = ()
    notes: tuple[str, ...] = ()
