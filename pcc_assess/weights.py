"""The points that each requirement of a role weighs at a level; all of them sum to 100.

Points are counted in hundredths, as whole numbers, and apportioned by largest remainder, so that what is shown always
adds up.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from pcc_assess.knowledge import LevelId, Policy, Role

HUNDRED = 10_000  # hundredths of a point in a whole assessment


def weights(role: Role, level: LevelId, policy: Policy) -> dict[str, int]:
    """Hundredths of a point of every requirement asked at ``level``; they sum to 10,000.

    A category that the level does not ask for gives its share to the others in proportion.
    """
    asked = tuple(
        (item.id, item.category, policy.weights[item.levels[level].importance])
        for item in role.requirements
        if level in item.levels
    )
    shares = role.level_categories.get(level, role.categories)
    return dict(_weights(asked, tuple(shares.items())))


@lru_cache(maxsize=64)
def _weights(
    asked: tuple[tuple[str, str, float], ...], shares: tuple[tuple[str, float], ...]
) -> tuple[tuple[str, int], ...]:
    """The weights of requirements (id, category, points before scaling); the same for every candidate of a run."""
    by_category: dict[str, dict[str, Fraction]] = {}
    for name, category, weight in asked:
        by_category.setdefault(category, {})[name] = Fraction(weight)
    share_of = dict(shares)
    category_points = apportion({name: Fraction(share_of.get(name, 0.0)) for name in by_category}, HUNDRED)
    result: dict[str, int] = {}
    for name, members in by_category.items():
        result.update(apportion(members, category_points[name]))
    return tuple((name, result[name]) for name, _, _ in asked)


def apportion(shares: Mapping[str, Fraction], whole: int) -> dict[str, int]:
    """Divide ``whole`` in proportion to ``shares``, in whole numbers, by largest remainder; ties go by name."""
    total = sum(shares.values(), Fraction(0))
    if not total:
        return dict.fromkeys(shares, 0)
    exact = {name: share * whole / total for name, share in shares.items()}
    parts = {name: int(value) for name, value in exact.items()}
    left = whole - sum(parts.values())
    for name in sorted(shares, key=lambda name: (parts[name] - exact[name], name))[:left]:
        parts[name] += 1
    return parts
