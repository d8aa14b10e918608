"""Figures with their source and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Money:
    """A cost in US dollars for one learner, from ``low`` to ``high``, as stated by ``source`` at ``as_of``."""

    low: float
    high: float
    as_of: str
    source: str
    confidence: Literal["official", "guide", "secondary", "low", "estimate"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """A range of hours or weeks, with its source (``estimate`` where it is the authors' own judgement)."""

    low: float
    high: float
    source: str
    as_of: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A statement with where and when it was found."""

    text: str
    source: str
    as_of: str
