"""What is kept while many people are counted: sums, and lists of the first few."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Generic, TypeVar

from pcc_assess.cohort.records import Spread
from pcc_assess.model import Result

_T = TypeVar("_T")


class Best(Generic[_T]):
    """The first few of many by a key, and how many there were. The keys of two entries differ."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.seen = 0
        self._kept: list[tuple[_Backward, _T]] = []

    def offer(self, key: tuple[float | str, ...], make: Callable[[], _T]) -> None:
        """Keep what ``make`` gives if it belongs to the first few."""
        self.seen += 1
        if len(self._kept) < self.most:
            heapq.heappush(self._kept, (_Backward((*key, self.seen)), make()))
        elif self.most and key < self._kept[0][0].key:
            heapq.heapreplace(self._kept, (_Backward((*key, self.seen)), make()))

    def all(self) -> tuple[_T, ...]:
        """The first few, in order."""
        return tuple(item for _, item in sorted(self._kept, key=lambda pair: pair[0].key))


@dataclass(frozen=True, slots=True)
class _Backward:
    """A key by which the last comes first."""

    key: tuple[float | str, ...]

    def __lt__(self, other: _Backward) -> bool:
        return self.key > other.key


@dataclass(slots=True)
class Standing:
    """All people on one requirement, so far; points in hundredths."""

    states: Counter[str] = field(default_factory=Counter)
    gap_people: int = 0
    gap_points: int = 0
    open_people: int = 0
    open_points: int = 0

    def add(self, item: Result) -> None:
        self.states["confirm" if item.confirm else item.status] += 1
        left = round(item.points_open * 100)
        if item.is_open:
            self.open_people += 1
            self.open_points += left
        elif left:
            self.gap_people += 1
            self.gap_points += left


@dataclass(slots=True)
class Taking:
    """Who would take one class, so far. ``gains``: how many people gain how many hundredths of a point."""

    gains: Counter[int] = field(default_factory=Counter)
    waiting: int = 0
    open_points: int = 0


def spread(scores: Counter[int]) -> Spread | None:
    if not scores:
        return None
    return Spread(
        lowest=min(scores) / 100,
        quarter=value_at(scores, 1, 4),
        median=value_at(scores, 1, 2),
        three_quarters=value_at(scores, 3, 4),
        highest=max(scores) / 100,
        mean=round(sum(score * people for score, people in scores.items()) / scores.total() / 100, 2),
    )


def value_at(counts: Counter[int], part: int, whole: int) -> float:
    """The value, in points, at or below which ``part`` of ``whole`` people stand; always one that somebody has."""
    values = sorted(counts)
    sums = list(accumulate(counts[value] for value in values))
    wanted = -(-sums[-1] * part // whole)
    return values[bisect_left(sums, wanted)] / 100
