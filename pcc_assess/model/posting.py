"""One employer's posting, and how it differs from the role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pcc_assess.knowledge import Importance

DifferenceKind = Literal["adds", "raises", "lowers", "drops"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that a job posting asks for, with the line that asks it (``text[start:end]``).

    ``ids``: a skill, a level of education, or credentials of which one is enough; ``patient`` or ``field`` for years.
    ``amount``: proficiency or years, None where the posting does not say. ``stated``: it says how much this matters.
    """

    kind: Literal["skill", "credential", "education", "years"]
    ids: tuple[str, ...]
    importance: Importance
    stated: bool
    amount: float | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What a job posting asks for. ``unread``: lines of its requirements that name nothing the program knows."""

    source: str
    title: str
    asked: tuple[Asked, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a posting asks otherwise than the role; ``before`` or ``after`` is None where one of them does not ask.

    ``before`` and ``after``: importance and amount, as ``measure`` counts it. ``why``: what the posting says, empty for
    what it leaves out.
    """

    id: str
    name: str
    kind: DifferenceKind
    measure: Literal["proficiency", "school", "years", "none"]
    before: tuple[Importance, int | float | str | None] | None
    after: tuple[Importance, int | float | str | None] | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingMatch:
    """A job posting beside the role in general: ``score`` and ``possible`` are those against the role itself.

    ``few``: the posting asks for so little that the role in general is the safer measure.
    """

    source: str
    title: str
    role: str
    score: float
    possible: float
    differences: tuple[Difference, ...]
    unread: tuple[str, ...]
    few: bool
