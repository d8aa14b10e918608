"""How groups fare in the results of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRate:
    """One category, or one of each column together.

    ``counted``: how many of its ``people`` were selected, or score above the median; ``rate`` is their share.
    ``impact_ratio``: the rate over that of the category with the highest one; null where that is 0 or the category is
    ``left_out`` for its size. ``few``: too few people to say much. ``chance``: how likely so large a difference from
    that category, or a larger one, is by chance alone (Fisher's exact test, two-sided).
    """

    category: tuple[str, ...]
    people: int
    counted: int
    rate: float
    impact_ratio: float | None
    flagged: bool
    few: bool
    left_out: bool
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTable:
    """The categories of one column, or of two together. ``most``: the category with the highest rate. ``unknown``:
    people without a known category, who are in no rate.
    """

    columns: tuple[str, ...]
    measure: Literal["selection", "scoring"]
    most: tuple[str, ...] | None
    rates: tuple[AuditRate, ...]
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSelection:
    """Who counts as selected: the ``rule`` as asked for, and how many of all ``people`` it selects."""

    rule: str
    selected: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditUnmatched:
    """How many of one file the other does not name, and the first few of them."""

    number: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """How groups of people fare in the results of a batch.

    ``people``: all who were scored; ``median``: their middle score, which ``at_median`` of them have and
    ``above_median`` exceed. ``without_group``: results that the groups file does not name; ``unused``: its lines that
    meet no result. ``repeated``: results left out because their id stood there already.
    """

    schema: Literal["pcc-assess/audit/1"] = "pcc-assess/audit/1"
    people: int
    median: float
    at_median: int
    above_median: int
    selection: AuditSelection | None
    tables: tuple[AuditTable, ...]
    without_group: AuditUnmatched
    unused: AuditUnmatched
    repeated: int
    four_fifths: float
    small_share: float
    few: int
    rare: float
