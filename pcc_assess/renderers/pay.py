"""What a plan says of pay: each figure under the label of its source, none mixed with another."""

from __future__ import annotations

from collections.abc import Iterator

from pcc_assess.model import LevelPay, PayFigure, Plan, WeeksOfPay
from pcc_assess.renderers import summary
from pcc_assess.renderers.sections import Entry, Section
from pcc_assess.texts import Texts


def pay_section(record: Plan, texts: Texts) -> Iterator[Section]:
    """The pay of the levels ahead and of the job as a whole; nothing where no source states any."""
    money = record.money
    entries = [_level(level, record, texts) for level in money.levels if level.figures]
    if money.figures:
        lines = tuple((figure.label, _figure(figure, texts)) for figure in money.figures)
        entries.append(Entry(title=texts.say("outline.pay.whole"), lines=lines))
    if entries:
        yield Section(title=texts.say("outline.pay.title"), note=texts.say("outline.pay.note"), entries=tuple(entries))


def _level(level: LevelPay, record: Plan, texts: Texts) -> Entry:
    lines = [(figure.label, _figure(figure, texts)) for figure in level.figures]
    if record.money.cost_high and level.weeks_of_pay:
        weeks = "; ".join(_weeks(item, texts) for item in level.weeks_of_pay)
        lines.append((texts.say("outline.pay.weeks"), weeks))
    return Entry(title=level.title, lines=tuple(lines))


def _figure(figure: PayFigure, texts: Texts) -> str:
    if figure.high is None:
        dollars = texts.say("outline.pay.from", low=summary.dollars(figure.low, figure.low, texts))
    else:
        dollars = summary.dollars(figure.low, figure.high, texts)
    return texts.say("outline.pay.figure", dollars=dollars, day=summary.day(figure.as_of, texts))


def _weeks(item: WeeksOfPay, texts: Texts) -> str:
    low, high = summary.roughly(item.weeks_low), summary.roughly(item.weeks_high)
    difference = summary.dollars(item.difference, item.difference, texts)
    key = "outline.pay.span" if low != high else "outline.pay.exact"
    return texts.say(key, low=low, high=high, difference=difference, label=item.label)
