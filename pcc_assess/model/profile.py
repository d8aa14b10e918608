"""What a person brings, and the words that show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pcc_assess.knowledge import EducationLevel

Status = Literal["held", "in-progress", "planned", "expired", "denied", "other-person"]
Method = Literal["exact", "fuzzy", "phrase", "transfer", "answer"]
# What a rating of oneself is worth beside the resume and a check question; the quiz says what each means.
SelfRating = Literal["confirmed", "under-sold", "unproven", "over-claimed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a profile says so. ``quote`` is exactly ``document.text[start:end]``; an answer has no place (start = end =
    0).

    ``similarity``: 0 to 100, 100 for anything but a repaired word. ``surface_form``: the form or rule that matched.
    """

    quote: str
    start: int
    end: int
    page: int | None
    section: str
    status: Status
    method: Method
    similarity: float
    surface_form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillFinding:
    """What was found of one skill. ``rung``: the rung of the evidence ladder that gave ``proficiency`` (policy.yaml).

    ``shown``: a described duty or situation, and not only a claim. ``years`` and ``last_used`` (``YYYY-MM``) come from
    the dated jobs in which it is shown. ``rating``: what the person said in the quiz; ``verdict``: how that compares
    with the resume and the check questions. A rating above ``proficiency`` is still to be shown.
    """

    proficiency: int
    source: Literal["resume", "quiz", "table", "profile"]
    rung: str
    shown: bool
    evidence: tuple[Evidence, ...]
    years: float | None = None
    last_used: str | None = None
    rating: int | None = None
    verdict: SelfRating | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFinding:
    """A credential with its state at the as-of date; ``expires`` is ``YYYY-MM`` where the text gives it."""

    id: str
    name: str
    status: Literal["held", "in-progress", "planned", "expired"]
    evidence: tuple[Evidence, ...]
    expires: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """The highest completed level, and one under way."""

    highest: EducationLevel = "none"
    in_progress: EducationLevel | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A dated job. ``start`` and ``end`` are ``YYYY-MM``; ``months`` counts both ends; ``relevance`` is its family's,
    0 to 1. ``place``: where its heading, its duties and what follows it begin in the text, null for an answer.
    """

    title: str
    start: str | None
    end: str | None
    months: int | None
    relevance: float
    family: str | None = None
    current: bool = False
    place: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """Years of work with overlaps counted once. ``field_years``: each month counts as its best job's relevance."""

    patient_years: float = 0.0
    service_years: float = 0.0
    field_years: float = 0.0
    claimed_years: float | None = None
    jobs: tuple[Job, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language other than English with its proficiency 0-4, null where the text does not say."""

    id: str
    proficiency: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFinding:
    """What neighbouring work brings to ``skill``: at most ``share`` of its credit, to be confirmed by the person."""

    skill: str
    source: str
    share: float
    proficiency: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a person brings. ``skills`` holds only what was found or answered; ``transfers`` what is to be confirmed.

    ``without``: ids of credentials that the person says not to hold.
    """

    schema: Literal["pcc-assess/profile/1"] = "pcc-assess/profile/1"
    skills: dict[str, SkillFinding] = field(default_factory=dict)
    transfers: tuple[TransferFinding, ...] = ()
    credentials: tuple[CredentialFinding, ...] = ()
    without: tuple[str, ...] = ()
    education: Education = Education()
    experience: Experience = Experience()
    languages: tuple[Language, ...] = ()
