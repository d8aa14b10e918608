"""One person at several levels, in several roles, or at two times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pcc_assess.model.assessment import Candidate, Readiness, RoleRef, State
from pcc_assess.model.plan import PayFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Something that separates a person from a role at a level: ``points`` are still to win with it.

    ``open``: the file does not say, so that only the person can.
    """

    id: str
    name: str
    status: State
    open: bool
    points: float
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a person stands against one role at one level. ``questions``: how many requirements are open.

    ``apart``: the three things that cost most. ``differs``, ``unsure``, ``move``: what is said of a related career.
    """

    role: RoleRef
    years: tuple[float, float | None] | None
    readiness: Readiness
    questions: int
    apart: tuple[Apart, ...]
    pay: tuple[PayFigure, ...]
    differs: str
    unsure: str
    move: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """How one requirement was judged in one of two assessments."""

    status: State
    open: bool
    own: int | float | str | None
    credit: float | None
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A requirement that is judged otherwise than before. ``points``: what that is worth, below 0 where some are lost.

    ``quote``: the words that came or went, null where it was something else.
    """

    id: str
    name: str
    category: str
    weight: float
    before: Side
    after: Side
    points: float
    why: str
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateChange:
    id: str
    name: str
    before: Literal["met", "not-met", "not-shown"]
    after: Literal["met", "not-met", "not-shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One assessment of a comparison over time."""

    as_of: str
    source: str
    version: str
    score: float
    possible: float
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What changed between two assessments: ``points`` is exactly the sum of those of all ``changes``.

    ``cautions``: what must be known before a difference is put down to the person.
    """

    before: Moment
    after: Moment
    points: float
    possible: float
    gates: tuple[GateChange, ...]
    changes: tuple[Change, ...]
    unchanged: int
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One person at every level of a role, against several roles, or at several times.

    ``positions``: one a level or role. ``periods``: one for each two assessments that follow each other. ``pay``: what
    is said of the role as a whole.
    """

    schema: Literal["pcc-assess/comparison/1"] = "pcc-assess/comparison/1"
    kind: Literal["levels", "roles", "time"]
    version: str
    as_of: str
    candidate: Candidate
    positions: tuple[Position, ...] = ()
    periods: tuple[Period, ...] = ()
    pay: tuple[PayFigure, ...] = ()
