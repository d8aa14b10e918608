"""Pay a year as its sources label it; two labels are never mixed and never averaged."""

from __future__ import annotations

from pcc_assess.knowledge import Rank, Role
from pcc_assess.model import PayFigure
from pcc_assess.texts import Texts


def pay_of_rank(rank: Rank, texts: Texts) -> tuple[PayFigure, ...]:
    """The median and the average of one level, as far as they are known."""
    given = {"median": rank.pay_median, "average": rank.pay_average}
    return tuple(
        PayFigure(
            id=name,
            label=texts.say(f"money.pay.{name}"),
            low=pay.low,
            high=pay.high,
            as_of=pay.as_of,
            source=pay.source,
        )
        for name, pay in given.items()
        if pay is not None
    )


def pay_of_role(role: Role) -> tuple[PayFigure, ...]:
    """What is said of the role as a whole."""
    return tuple(
        PayFigure(id=pay.id, label=pay.label, low=pay.low, high=pay.high, as_of=pay.as_of, source=pay.source)
        for pay in role.pay
    )
