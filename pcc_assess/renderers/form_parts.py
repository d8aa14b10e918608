"""The parts of a form to be filled in by hand, without a format. An empty text is a field that is left to fill in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels, each with what is known or with nothing."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the heading of each column with its share of the width in hundredths, and its rows."""

    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences one below the other; an empty one is a line to write on."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a form. ``note``: a sentence about it, where one is needed."""

    title: str
    note: str = ""
    blocks: tuple[Fields | Grid | Points, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """A whole form. ``language``: of its text, as a code such as ``en``; ``foot``: what stands on each page."""

    title: str
    note: str
    language: str
    foot: str
    parts: tuple[Part, ...]
