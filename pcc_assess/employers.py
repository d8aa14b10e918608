"""Kinds of employers: a role as one of them asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pcc_assess.knowledge import Ask, Importance, Requirement, Role, Setting, Shift

_RISING: tuple[Importance, ...] = ("helpful", "important", "essential")
_WHOLE = 100.0


def at_employer(role: Role, setting: Setting) -> Role:
    """``role`` with what ``setting`` changes in it; the weights of the result make 100 points, as those of any role.

    What the setting names and the role does not ask for changes nothing.
    """
    shifts = {shift.id: shift for shift in setting.shifts}
    asked = tuple(_shifted(item, shifts.get(item.id)) for item in role.requirements)
    times = {share.id: share.times for share in setting.shares}
    return replace(
        role,
        requirements=(*asked, *_added(role, setting)),
        categories=_shared(role.categories, times),
        level_categories={level: _shared(shares, times) for level, shares in role.level_categories.items()},
    )


def _shifted(item: Requirement, shift: Shift | None) -> Requirement:
    if shift is None:
        return item
    return replace(item, levels={level: _weighed(ask, shift) for level, ask in item.levels.items()})


def _weighed(ask: Ask, shift: Shift) -> Ask:
    place = _RISING.index(ask.importance)
    if shift.at_least is not None:
        place = max(place, _RISING.index(shift.at_least))
    if shift.at_most is not None:
        place = min(place, _RISING.index(shift.at_most))
    return replace(ask, importance=_RISING[place])


def _added(role: Role, setting: Setting) -> tuple[Requirement, ...]:
    """What the setting asks for and the role does not, at the role's own levels."""
    there = {item.id for item in role.requirements}
    fitting = (
        replace(item, levels={level: ask for level, ask in item.levels.items() if level in role.ranks})
        for item in setting.adds
        if item.id not in there and item.category in role.categories
    )
    return tuple(item for item in fitting if item.levels)


def _shared(shares: Mapping[str, float], times: Mapping[str, float]) -> dict[str, float]:
    """Shares of categories after some of them grew or shrank; they make 100 again."""
    grown = {name: share * times.get(name, 1.0) for name, share in shares.items()}
    whole = sum(grown.values())
    return {name: share * _WHOLE / whole for name, share in grown.items()} if whole else dict(shares)
