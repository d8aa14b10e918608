"""What `--blind` takes out, and the thresholds of `audit`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Blinding:
    """What ``--blind`` takes out of a text (``data/blind.yaml``). Nothing that is scored depends on it.

    ``keep``: phrases in which nothing is taken out. ``phrases``: kind of what is taken out to words and phrases that
    say it by themselves. ``labels``: kind to what stands before a colon and its value. All other lists are told apart
    in that file; words are folded as ``tokens.fold`` does.
    """

    version: int
    keep: tuple[str, ...]
    phrases: dict[str, tuple[str, ...]]
    labels: dict[str, tuple[str, ...]]
    birth: frozenset[str]
    before_age: frozenset[str]
    behind_age: tuple[str, ...]
    school_words: frozenset[str]
    before_year: frozenset[str]
    street_tails: frozenset[str]
    plain_street_tails: frozenset[str]
    units: frozenset[str]
    boxes: tuple[str, ...]
    state_letters: frozenset[str]
    doubtful_state_letters: frozenset[str]
    state_words: frozenset[str]
    titles: frozenset[str]
    doubtful_titles: frozenset[str]
    link_endings: tuple[str, ...]
    file_endings: tuple[str, ...]
    family_names: frozenset[str]
    towns: tuple[str, ...]
    lone_towns: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class AuditRules:
    """What an audit of groups is held against (``data/audit.yaml``). Nothing that is scored depends on it.

    ``four_fifths``: an impact ratio below it is flagged. ``small_share``: a category with a smaller share of all people
    may be left out. ``few``: with fewer people a category gets a warning. ``rare``: how likely by chance a difference
    is that is called rare. Each with its source. ``unknown``: what says in a cell that a category is not known, folded.
    """

    version: int
    four_fifths: float
    four_fifths_source: str
    small_share: float
    small_share_source: str
    few: int
    few_source: str
    rare: float
    rare_source: str
    unknown: frozenset[str]


def _entries(file: bytes) -> list[str]:
    """The lines of a file of words, without those that begin with #."""
    return [line for line in file.decode("utf-8").splitlines() if not line.startswith("#")]
