"""What a comparison with a role gives: a score with its parts and reasons, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pcc_assess.knowledge import Importance, LevelId
from pcc_assess.model.document import Quality
from pcc_assess.model.posting import PostingMatch
from pcc_assess.model.profile import Evidence, Profile

State = Literal["met", "partial", "missing", "not-assessed", "in-progress", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRef:
    """The role and level of an assessment. ``setting``: the kind of employer that its weights are for, null for any."""

    id: str
    title: str
    level: LevelId
    setting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """An earlier candidate of the same batch, by its source, with the same content, or nearly the same text."""

    of: str
    kind: Literal["same", "near"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """``id`` is the same for the same content, whatever the file is called; ``source`` is the path as given.

    ``given_id``: what a table calls the person, such as a case number. ``duplicate`` is known in a batch alone, and
    changes no score.
    """

    id: str
    source: str
    name: str | None
    given_id: str | None = None
    duplicate: Duplicate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    id: str
    name: str
    status: Literal["met", "not-met", "not-shown"]
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """``score`` counts what is not assessed as 0, ``possible`` counts it as 1; both 0 to 100."""

    score: float
    possible: float
    band: str
    gates: tuple[GateResult, ...]
    barred_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryResult:
    id: str
    weight: float
    score: float
    possible: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One requirement compared with the profile.

    ``points`` = ``weight`` x ``credit``; ``points_open`` is what is still to win. ``required`` and ``own`` are
    proficiencies, years or education levels, as the requirement asks. ``rule`` says in words which rule gave the
    credit. ``confirm`` marks credit from neighbouring work.
    """

    id: str
    name: str
    category: str
    importance: Importance
    weight: float
    required: int | float | str | None
    own: int | float | str | None
    credit: float | None
    points: float
    points_open: float
    status: State
    evidence: tuple[Evidence, ...]
    next_step: str
    rule: str
    confirm: bool = False

    @property
    def is_open(self) -> bool:
        """Whether only the person can answer this."""
        return self.confirm or self.status == "not-assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    format: str
    pages: int | None
    characters: int
    quality: Quality
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A profile compared with a role at a level, as of a date (ISO 8601). ``version`` names program and data.

    ``blind``: what says who the person is was taken out. Then a quote holds marks such as ``[name]`` and is no exact
    slice of the text any more; id and source of the candidate are a pseudonym. ``scoring``: the version of the rules of
    scoring; points of different ones cannot be compared.
    """

    schema: Literal["pcc-assess/assessment/1"] = "pcc-assess/assessment/1"
    version: str
    as_of: str
    role: RoleRef
    candidate: Candidate
    readiness: Readiness
    categories: tuple[CategoryResult, ...]
    requirements: tuple[Result, ...]
    profile: Profile
    input: Input
    posting: PostingMatch | None = None
    blind: bool = False
    scoring: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureReason:
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A candidate file that was not scored, as a value; the run goes on."""

    schema: Literal["pcc-assess/failure/1"] = "pcc-assess/failure/1"
    candidate: Candidate
    error: FailureReason
