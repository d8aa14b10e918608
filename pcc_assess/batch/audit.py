"""How groups of people fare in the results of a batch: selection rates, scoring rates, impact ratios.

Terms and formulas are those of the rules for New York City Local Law 144 of 2021 (6 RCNY 5-300 and 5-301) and of the
Uniform Guidelines on Employee Selection Procedures (29 CFR 1607.4 D). Everything is counted in whole people and exact
fractions, so that no rounding decides a flag; only what is shown is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import exp, lgamma
from typing import Literal

from pcc_assess.knowledge import AuditRules
from pcc_assess.model import AuditRate, AuditSelection, AuditTable

# Sums of logarithms are exact to far more than this; two tables that are equally likely must count as such.
_AS_LIKELY = 1 + 1e-7


@dataclass(frozen=True, slots=True)
class Subject:
    """One person of the results: ``band`` and ``score`` as stated there; ``groups``: a category for each column, empty
    where it is not known.
    """

    id: str
    score: Fraction
    band: str
    groups: Mapping[str, str]


# Who counts: selected, or with a score above the median.
Counts = Callable[[Subject], bool]
Measure = Literal["selection", "scoring"]


def median(scores: Sequence[Fraction]) -> Fraction:
    """The middle score; of an even number of scores the mean of the two in the middle."""
    ordered = sorted(scores)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def above_median(people: Sequence[Subject]) -> Counts:
    """Who scores above the median of all of them. Whoever scores exactly the median does not."""
    middle = median([person.score for person in people])
    return lambda person: person.score > middle


def selected_at(least: Fraction) -> Counts:
    """Who scores at least so many points."""
    return lambda person: person.score >= least


def selected_from(band: str, bands: Sequence[str]) -> Counts:
    """Who is in a band or in a higher one; ``bands``: all of them, the lowest first."""
    wanted = frozenset(bands[bands.index(band) :])
    return lambda person: person.band in wanted


def selected_top(people: Sequence[Subject], number: int) -> Counts:
    """Who has one of the ``number`` highest scores; all who share the last of these are in."""
    ordered = sorted((person.score for person in people), reverse=True)
    return selected_at(ordered[min(number, len(ordered)) - 1])


def selection(people: Sequence[Subject], counts: Counts, rule: str) -> AuditSelection:
    """How many were selected; ``rule``: how they were, as the person asked for it."""
    return AuditSelection(rule=rule, selected=sum(map(counts, people)), people=len(people))


def tables(
    people: Sequence[Subject],
    columns: Sequence[str],
    measures: Mapping[Measure, Counts],
    rules: AuditRules,
    *,
    keep_small: bool = False,
) -> Iterator[AuditTable]:
    """The rates by each column, and by each two columns together (intersections).

    Args:
        people: everybody in the results who was scored.
        columns: names of the group columns.
        measures: ``selection`` and ``scoring`` to who counts.
        rules: thresholds.
        keep_small: categories with hardly any people take part in the impact ratios too.
    """
    together = [*((column,) for column in columns), *combinations(columns, 2)]
    for name, counts in measures.items():
        for chosen in together:
            yield table(people, chosen, name, counts, rules, keep_small=keep_small)


def table(
    people: Sequence[Subject],
    columns: tuple[str, ...],
    measure: Measure,
    counts: Counts,
    rules: AuditRules,
    *,
    keep_small: bool = False,
) -> AuditTable:
    """The rates of the categories of one column, or of several together. A person with an unknown category in one of
    them is counted as unknown.
    """
    members: dict[tuple[str, ...], list[bool]] = {}
    unknown = 0
    for person in people:
        category = tuple(person.groups.get(column, "") for column in columns)
        if all(category):
            members.setdefault(category, []).append(counts(person))
        else:
            unknown += 1
    found = {category: (sum(hits), len(hits)) for category, hits in sorted(members.items())}
    least = Fraction(str(rules.small_share)) * len(people)
    left_out = {category for category, (_, size) in found.items() if size < least and not keep_small}
    best = max((Fraction(*tally) for category, tally in found.items() if category not in left_out), default=None)
    most = next((c for c, tally in found.items() if c not in left_out and Fraction(*tally) == best), None)
    rates = tuple(
        _rate(category, tally, None if category in left_out else found[most] if most else None, rules)
        for category, tally in found.items()
    )
    return AuditTable(columns=columns, measure=measure, most=most, rates=rates, unknown=unknown)


def _rate(
    category: tuple[str, ...], tally: tuple[int, int], most: tuple[int, int] | None, rules: AuditRules
) -> AuditRate:
    """The figures of one category beside those of the one with the highest rate; ``most`` None: it is left out."""
    rate = Fraction(*tally)
    ratio = rate / Fraction(*most) if most is not None and most[0] else None
    return AuditRate(
        category=category,
        people=tally[1],
        counted=tally[0],
        rate=float(rate),
        impact_ratio=None if ratio is None else float(ratio),
        flagged=ratio is not None and ratio < Fraction(str(rules.four_fifths)),
        few=tally[1] < rules.few,
        left_out=most is None,
        chance=None if ratio is None or ratio == 1 else fisher(tally, most or tally),
    )


def fisher(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How likely a difference as large as this one, or larger, is by chance alone: Fisher's exact test, two-sided.

    Args:
        one: how many of a group counted, and how many people it has.
        other: the same of another group.

    Source: R. A. Fisher, Statistical Methods for Research Workers; the two-sided value sums all tables with the same
    sums that are no likelier than the one at hand.
    """
    hits, people = one[0] + other[0], one[1] + other[1]
    whole = _ways(people, hits)
    weights = [
        _ways(one[1], count) + _ways(other[1], hits - count) - whole
        for count in range(max(0, hits - other[1]), min(hits, one[1]) + 1)
    ]
    at_hand = exp(weights[one[0] - max(0, hits - other[1])])
    return min(1.0, sum(chance for chance in map(exp, weights) if chance <= at_hand * _AS_LIKELY))


def _ways(people: int, chosen: int) -> float:
    """The logarithm of the number of ways to choose so many of so many."""
    return lgamma(people + 1) - lgamma(chosen + 1) - lgamma(people - chosen + 1)


def ties(people: Iterable[Subject], at: Fraction) -> int:
    """How many score exactly so much."""
    return sum(person.score == at for person in people)
