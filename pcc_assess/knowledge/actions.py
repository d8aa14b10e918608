"""What a person can do to close a gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pcc_assess.knowledge.background import EducationLevel
from pcc_assess.knowledge.credentials import Entry
from pcc_assess.knowledge.facts import Money, Span

ActionKind = Literal[
    "self-study",
    "course",
    "certificate",
    "practice",
    "portfolio",
    "volunteering",
    "shadowing",
    "work",
    "mentoring",
    "membership",
    "application",
    "degree",
]
Stage = Literal["understand", "foundations", "experience", "resume", "network", "interview"]


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something a person can do to close gaps.

    ``hours``: work in all; ``weeks``: calendar time. ``cost`` null: unknown. ``lifts``: skill id to the proficiency
    it can bring a person to. ``grants_credentials``, ``grants_education``: what it leads to. ``grants_years``: years of
    work in the field that it brings. ``shows``: skills that it lets a person prove without raising them. ``renews``: it
    makes an expired credential of ``grants_credentials`` valid again and gives no new one. ``requires``: actions that
    come first. ``eligibility``: conditions in words. ``entry``: those of them that can be checked, all of which must be
    met; null where no source states the rules, and then no plan chooses the action. ``aside``: it leads toward another
    job, and is planned only for who has begun it or means to.
    """

    id: str
    title: str
    stage: Stage
    kind: ActionKind
    hours: Span
    weeks: Span
    cost: Money | None
    free: bool
    proof: str
    how: str
    lifts: dict[str, int] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    grants_credentials: tuple[str, ...] = ()
    grants_education: EducationLevel | None = None
    grants_years: float = 0.0
    renews: bool = False
    requires: tuple[str, ...] = ()
    eligibility: tuple[str, ...] = ()
    entry: tuple[Entry, ...] | None = ()
    aside: bool = False
    note: str = ""
