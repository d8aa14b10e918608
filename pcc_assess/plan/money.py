"""The money side of a plan: its cost beside the budget, what is free, and the pay that it leads to.

Pay is shown as its sources label it: the median and the average by level, and what is said of the role as a whole. Two
labels are never mixed and never averaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pcc_assess.knowledge import LEVELS, LevelId, Money, Rank, Role
from pcc_assess.model import LevelPay, PlanMoney, PlannedAction, WeeksOfPay
from pcc_assess.pay import pay_of_rank, pay_of_role
from pcc_assess.texts import Texts

_WEEKS_A_YEAR = 52


def money_of(
    actions: Sequence[PlannedAction], budget: float | None, role: Role, level: LevelId, texts: Texts
) -> PlanMoney:
    """What the planned actions cost, and the pay of the level aimed at and of those above it.

    Args:
        actions: all actions of the plan.
        budget: US dollars that the person can spend, None where money sets no limit.
        role: the role aimed at.
        level: the level aimed at.
        texts: for the labels of the pay figures.
    """
    low, high = cost_range(actions)
    return PlanMoney(
        budget_usd=budget,
        cost_low=low,
        cost_high=high,
        left_usd=None if budget is None else round(budget - high, 2),
        free=tuple(action.id for action in actions if action.free),
        paid=tuple(action.id for action in actions if action.cost_usd is not None and not action.free),
        unknown=tuple(action.id for action in actions if action.cost_usd is None),
        levels=tuple(_levels(role, level, (low, high), texts)),
        figures=pay_of_role(role),
    )


def cost_range(actions: Sequence[PlannedAction]) -> tuple[float, float]:
    """The sums of the known costs, at their low and at their high end."""
    known = [action.cost_usd for action in actions if action.cost_usd is not None]
    return round(sum(cost.low for cost in known), 2), round(sum(cost.high for cost in known), 2)


def _levels(role: Role, level: LevelId, cost: tuple[float, float], texts: Texts) -> Iterator[LevelPay]:
    known = [name for name in LEVELS if name in role.ranks]
    for place, name in enumerate(known):
        if place >= known.index(level):
            rank = role.ranks[name]
            below = role.ranks[known[place - 1]] if place else None
            weeks = tuple(_weeks(rank, below, cost, texts)) if below is not None else ()
            yield LevelPay(level=name, title=rank.title, figures=pay_of_rank(rank, texts), weeks_of_pay=weeks)


def _pay_of(rank: Rank) -> dict[str, Money]:
    given = {"median": rank.pay_median, "average": rank.pay_average}
    return {name: pay for name, pay in given.items() if pay is not None}


def _weeks(rank: Rank, below: Rank, cost: tuple[float, float], texts: Texts) -> Iterator[WeeksOfPay]:
    """The cost of the plan in weeks of what a level pays more than the one below, median with median."""
    lower = _pay_of(below)
    for name, pay in _pay_of(rank).items():
        more = pay.low - lower[name].high if name in lower else 0.0
        if more > 0:
            low, high = (round(amount * _WEEKS_A_YEAR / more, 1) for amount in cost)
            label = texts.say(f"money.pay.{name}")
            yield WeeksOfPay(label=label, difference=more, weeks_low=low, weeks_high=high)
