"""What the columns of a table of people are called, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pcc_assess.knowledge.background import EducationLevel

ColumnId = Literal[
    "id",
    "name",
    "first-name",
    "last-name",
    "personal",
    "form",
    "unused",
    "resume",
    "skills",
    "experience",
    "certificates",
    "education",
    "jobs",
    "years",
    "patient-years",
    "languages",
]


@dataclass(frozen=True, kw_only=True)
class TableColumn:
    """What a column of a table of candidates can hold.

    ``headers``: whole headers. ``within``: words that say it inside a longer header. ``family``: the job family that
    years in this column count as.
    """

    id: ColumnId
    headers: tuple[str, ...]
    within: tuple[str, ...] = ()
    family: str | None = None


@dataclass(frozen=True, kw_only=True)
class TableRules:
    """How tables of candidates are understood.

    ``short``: id of a skill or credential to short headers. ``not_ratings``: words of a header that asks for something
    else than a rating. ``ratings``: the words of a cell for proficiency 0 to 4. ``yes``: those that
    stand for ``yes_level``. ``states``: words for the state of a certificate. ``blank``: words that say nothing.
    ``school``: words for a level of education. ``similar``: how like a known header another must be, 0 to 100.
    ``apart``: by how much more than like the next best. ``shortest``: the fewest letters that are guessed at.
    ``rows_above``: how many rows may stand above the header.
    """

    fields: tuple[TableColumn, ...]
    short: dict[str, tuple[str, ...]]
    not_ratings: tuple[str, ...]
    ratings: tuple[tuple[str, ...], ...]
    yes: tuple[str, ...]
    yes_level: int
    states: dict[Literal["held", "in-progress", "planned", "expired", "none"], tuple[str, ...]]
    blank: tuple[str, ...]
    school: dict[EducationLevel, tuple[str, ...]]
    similar: float
    apart: float
    shortest: int
    rows_above: int
