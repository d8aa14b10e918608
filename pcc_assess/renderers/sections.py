"""The parts of a report without a format: sections of entries, each with its facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing. ``number``: what it is counted by, a number or a day; ``aside``: a short fact beside its title;
    ``lines``: an opening word, or none, and what is said; ``task``: it can be ticked off.
    """

    title: str
    number: str = ""
    aside: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    task: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Entries under a title, with a sentence about them where one is needed."""

    title: str
    note: str = ""
    entries: tuple[Entry, ...] = ()
