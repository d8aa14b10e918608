"""Certificates and licences, and who may take their exams."""

from __future__ import annotations

from dataclasses import dataclass, field

from pcc_assess.knowledge.background import EducationLevel
from pcc_assess.knowledge.facts import Fact, Money, Span
from pcc_assess.knowledge.skills import Ambiguous


@dataclass(frozen=True, kw_only=True)
class Credential:
    """A certification or licence. ``cost`` and ``study`` are null where no source states them.

    ``lifts``: skill id to the proficiency that holding it alone can show.
    ``valid_years``: how long one award lasts, null where unknown or for life. ``names_colleagues``: its letters also
    name other people at work ("reports to the RN"), so that in a job's duties it is not the person's own.
    """

    id: str
    name: str
    issuer: str
    forms: tuple[str, ...]
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    decoys: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()
    names_colleagues: bool = False
    eligibility: Fact | None = None
    exam: Fact | None = None
    cost: Money | None = None
    study_hours: Span | None = None
    study_weeks: Span | None = None
    valid_years: int | None = None
    renewal: Fact | None = None
    lifts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One condition for being admitted to an exam or course; any one of the ways that are given meets it.

    ``school``: this level or a higher one. ``years``: of work with patients or in a medical office. ``credentials``:
    one of them is held. ``actions``: one of them is done.
    """

    school: EducationLevel | None = None
    years: float | None = None
    credentials: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
