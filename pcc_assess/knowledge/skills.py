"""Skills with the words that show them, and tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SkillKind = Literal["technical", "soft", "duty", "leadership", "language"]


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """A surface form that counts only in the right company.

    ``needs``: words, phrases or ``@group`` names, one of which must stand within eight words or on the same
    line (``@medical-job`` is met inside a job in health care; ``@office-list`` by two office programs in a list).
    ``unless``: words that forbid it there. ``as_written``: upper and lower case must be as in ``form``.
    ``level``: the highest proficiency that this form alone can show. ``why``: what else it can mean.
    """

    form: str
    why: str
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    as_written: bool = False
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A described duty: a verb of ``do`` and a thing of ``what`` in one clause, in any inflection and order.

    ``do`` and ``what`` hold words, phrases or ``@group`` names. ``near``: one of these must also stand on the line (or
    be ``@medical-job``: the line belongs to a job in health care). ``unless``: none of these may stand on the line.
    ``within``: the most words between verb and thing. ``level``: the highest proficiency it can show. ``example``: a
    line that must match, kept true by a test.
    """

    do: tuple[str, ...]
    what: tuple[str, ...]
    example: str
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    within: int = 8
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """What neighbouring work brings: at most ``share`` of the credit and proficiency ``level``, always "confirm".

    Exactly one of ``skill``, ``job`` (a job family of experience.yaml) and ``credential`` names where it comes from.
    """

    share: float
    level: int
    skill: str | None = None
    job: str | None = None
    credential: str | None = None


@dataclass(frozen=True, kw_only=True)
class Skill:
    """An entry of the taxonomy. ``anchors``: five observable answers, for proficiency 0 to 4."""

    id: str
    name: str
    kind: SkillKind
    description: str
    anchors: tuple[str, ...]
    forms: tuple[str, ...]
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    decoys: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    prerequisites: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A named product that counts for skills, each up to the proficiency given."""

    id: str
    name: str
    vendor: str
    kind: str
    counts_for: dict[str, int]
    forms: tuple[str, ...]
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    decoys: tuple[str, ...] = ()
