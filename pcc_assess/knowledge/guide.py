"""The topics of the career guide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class GuideTable:
    """Figures of the career guide: rows under columns, each row by a name of its own."""

    columns: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class GuidePart:
    """A part of a topic. ``source``: where in the career guide it stands. ``as_of``: the day of its figures, if any."""

    id: str
    title: str
    source: str
    text: str = ""
    points: tuple[str, ...] = ()
    table: GuideTable | None = None
    as_of: str = ""


@dataclass(frozen=True, kw_only=True)
class GuideTopic:
    """A topic of the career guide, in our own words.

    ``place``: its place in the list of topics. ``words``: other words that people look for it with. ``contradictions``:
    where the guide does not agree with itself, or cannot be checked. ``next_step`` and ``command``: what to do then.
    """

    id: str
    place: int
    title: str
    words: str
    summary: str
    parts: tuple[GuidePart, ...]
    next_step: str
    command: str
    contradictions: tuple[str, ...] = ()
