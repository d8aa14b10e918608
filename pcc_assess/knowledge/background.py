"""Levels of education, and families of jobs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pcc_assess.knowledge.skills import Ambiguous

EducationLevel = Literal["none", "hs", "certificate", "associate", "bachelor", "master", "doctorate"]
EDUCATION: tuple[EducationLevel, ...] = (
    "none",
    "hs",
    "certificate",
    "associate",
    "bachelor",
    "master",
    "doctorate",
)


@dataclass(frozen=True, kw_only=True)
class JobFamily:
    """A family of jobs, found by title. ``relevance``: 0 to 1, how much a year of it counts as experience in the field.

    ``patient``: patient-facing or medical-office work. ``service``: customer service or administration.
    ``medical_as``: the family that such a job belongs to where its employer or duties are medical.
    ``shows``: skill id to the proficiency that half a year of such work cannot be done without.
    """

    id: str
    name: str
    relevance: float
    patient: bool
    service: bool
    titles: tuple[str, ...]
    medical_as: str | None = None
    ambiguous: tuple[Ambiguous, ...] = ()
    shows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EducationRule:
    """One level of education with the forms that name it."""

    id: EducationLevel
    name: str
    forms: tuple[str, ...]
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    decoys: tuple[str, ...] = ()
