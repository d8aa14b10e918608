"""A comparison as a sheet: one person against the ladder, against related careers, or at several times."""

from __future__ import annotations

from collections.abc import Iterator

from pcc_assess.errors import printable
from pcc_assess.model import Apart, Change, Comparison, PayFigure, Period, Position, Side
from pcc_assess.renderers import summary
from pcc_assess.renderers.sheets import Block, Command, Head, Item, Para, Table
from pcc_assess.renderers.summary import Look, Wording
from pcc_assess.texts import Texts

_READY = "ready"


def comparison(record: Comparison, wording: Wording, look: Look) -> Iterator[Block]:
    """The blocks of a comparison; the commands at its end take their file from ``look.call``."""
    if record.kind == "time":
        yield from _over_time(record, wording)
    else:
        yield from _positions(record, wording, look)


# --- several aims --------------------------------------------------------------------------------------------------


def _positions(record: Comparison, wording: Wording, look: Look) -> Iterator[Block]:
    texts = wording.texts
    yield Head(texts.say(f"compare.{record.kind}.title", day=summary.day(record.as_of, texts)), 1)
    first = record.positions[0].role
    if setting := summary.employer(first.id, first.setting, wording):
        yield Para(setting)
    yield Table(*_overview(record, wording))
    yield Para(_nearest(record, wording))
    for position in record.positions:
        yield from _position(position, record.kind, wording)
    if record.pay:
        yield Head(texts.say("compare.pay.others"))
        yield Para(texts.say("compare.pay.apart"))
        yield from (Item(_figure(figure, texts)) for figure in record.pay)
    yield from _next(record, wording, look)


def _overview(
    record: Comparison, wording: Wording
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], frozenset[int]]:
    texts = wording.texts
    names = [record.kind, "shown", "possible", "band"]
    if record.kind == "levels":
        names.append("pay")
    columns = tuple(texts.say(f"compare.column.{name}") for name in names)
    return columns, tuple(_row(position, record.kind, wording) for position in record.positions), frozenset({1, 2})


def _row(position: Position, kind: str, wording: Wording) -> tuple[str, ...]:
    texts, ready = wording.texts, position.readiness
    band = summary.named_band(ready.band, wording)[0]
    numbers = (summary.whole(ready.score), summary.whole(ready.possible), band)
    if kind == "levels":
        pay = next((figure for figure in position.pay if figure.id == "median"), None)
        median = summary.dollars(pay.low, pay.high or pay.low, texts) if pay else texts.say("compare.pay.unknown")
        return (summary.level_name(position.role.level, texts), *numbers, median)
    return (position.role.title, *numbers)


def _nearest(record: Comparison, wording: Wording) -> str:
    """Which of them the person is nearest to, in a sentence."""
    texts = wording.texts
    ready = [item for item in record.positions if item.readiness.band == _READY]
    if record.kind == "levels" and ready:
        return texts.say("compare.levels.ready", title=ready[-1].role.title)
    best = max(record.positions, key=lambda item: item.readiness.score)
    score = summary.whole(best.readiness.score)
    return texts.say(f"compare.{record.kind}.nearest", title=best.role.title, score=score)


def _position(position: Position, kind: str, wording: Wording) -> Iterator[Block]:
    texts, ready = wording.texts, position.readiness
    yield Head(_title(position, texts))
    band, meaning = summary.named_band(ready.band, wording)
    yield Para(f"{summary.two_numbers(ready, position.questions, texts)}. {band}. {meaning}")
    for key, text in (("differs", position.differs), ("unsure", position.unsure), ("move", position.move)):
        if text and kind == "roles":
            yield Para(texts.say(f"report.{key}", text=printable(text)))
    for gate in ready.gates:
        yield Para(texts.say("report.gate-line", gate=summary.gate(gate, texts)))
    if ready.barred_by:
        names = ", ".join(printable(wording.name(item)) for item in ready.barred_by)
        yield Para(texts.say("report.barred", names=names))
    if position.apart:
        yield Para(texts.say("compare.apart"))
        yield from (_apart(item, texts) for item in position.apart)
    else:
        yield Para(texts.say("compare.nothing-apart"))
    if position.pay:
        figures = "; ".join(_figure(figure, texts) for figure in position.pay)
        yield Para(texts.say("compare.pay.here", figures=figures))


def _title(position: Position, texts: Texts) -> str:
    level = summary.level_name(position.role.level, texts)
    if position.years is None:
        return texts.say("compare.rung", title=position.role.title, level=level)
    low, high = position.years
    key = "compare.rung-years" if high is not None else "compare.rung-years-up"
    values = {"low": summary.roughly(low), "high": summary.roughly(high or 0)}
    return texts.say(key, title=position.role.title, level=level, **values)


def _apart(item: Apart, texts: Texts) -> Item:
    name = _state(item)
    words = texts.say(f"report.state.{name}")
    worth = summary.worth(item.points, texts)
    text = f"{printable(item.name)}: {texts.say('report.to-win', state=words, points=worth)}"
    step = texts.say("report.question" if item.open else "report.next", step=item.next_step)
    return Item(text, (step,) if item.next_step else (), summary.SIGNS[name])


def _figure(figure: PayFigure, texts: Texts) -> str:
    """A figure under its own label, with its source and day."""
    if figure.high is None:
        amount = texts.say("compare.pay.from", low=figure.low)
    else:
        amount = summary.dollars(figure.low, figure.high, texts)
    said = {"source": printable(figure.source), "day": printable(figure.as_of)}
    return texts.say("compare.pay.figure", label=printable(figure.label), amount=amount, **said)


def _next(record: Comparison, wording: Wording, look: Look) -> Iterator[Block]:
    texts = wording.texts
    yield Head(texts.say("compare.after"))
    if record.kind == "levels":
        goal = _next_level(record.positions)
        yield Para(texts.say("compare.levels.after", title=goal.role.title))
        yield Command(f"pcc-assess plan {look.call} --level {goal.role.level}")
    else:
        best = max(record.positions[1:] or record.positions, key=lambda item: item.readiness.score)
        yield Para(texts.say("compare.roles.after", title=best.role.title))
        yield Command(f"pcc-assess score {look.call} --role {best.role.id} --level {best.role.level}")


def _next_level(positions: tuple[Position, ...]) -> Position:
    """The level above the highest one that the person is ready for; without such a one, what they are nearest to."""
    ready = [place for place, item in enumerate(positions) if item.readiness.band == _READY]
    if ready:
        return positions[min(ready[-1] + 1, len(positions) - 1)]
    return max(positions, key=lambda item: item.readiness.score)


# --- several times -------------------------------------------------------------------------------------------------


def _over_time(record: Comparison, wording: Wording) -> Iterator[Block]:
    texts = wording.texts
    yield Head(texts.say("compare.time.title"), 1)
    for period in record.periods:
        yield from _period(period, wording)


def _period(period: Period, wording: Wording) -> Iterator[Block]:
    texts, old, new = wording.texts, period.before, period.after
    days = {"before": summary.day(old.as_of, texts), "after": summary.day(new.as_of, texts)}
    yield Head(texts.say("compare.time.period", **days))
    for caution in period.cautions:
        yield Item(caution, sign="!")
    sums = {"before": summary.points(old.score), "after": summary.points(new.score), "points": _signed(period.points)}
    yield Para(texts.say("compare.time.sum", **sums))
    possible = {"before": summary.points(old.possible), "after": summary.points(new.possible)}
    yield Para(texts.say("compare.time.possible", **possible))
    bands = {"before": summary.named_band(old.band, wording)[0], "after": summary.named_band(new.band, wording)[0]}
    if old.band != new.band:
        yield Para(texts.say("compare.time.band", **bands))
    for gate in period.gates:
        words = {"before": texts.say(f"report.gate.{gate.before}"), "after": texts.say(f"report.gate.{gate.after}")}
        yield Para(texts.say("compare.time.gate", name=printable(gate.name), **words))
    if not period.changes:
        yield Para(texts.say("compare.time.nothing"))
        return
    yield from (_change(change, texts) for change in period.changes)
    yield Para(texts.say("compare.time.total", points=_signed(period.points)))
    yield Para(texts.count("compare.time.unchanged", period.unchanged))


def _change(change: Change, texts: Texts) -> Item:
    values = {"name": printable(change.name), "points": _signed(change.points)}
    moved = {"before": _judged(change.before, texts), "after": _judged(change.after, texts)}
    sign = "+" if change.points > 0 else "-" if change.points < 0 else "="
    return Item(texts.say("compare.time.change", **values, **moved), (change.why,), sign)


def _judged(side: Side, texts: Texts) -> str:
    words = texts.say(f"report.state.{_state(side)}")
    return texts.say("compare.time.judged", state=words, points=summary.points(side.points))


def _state(judged: Apart | Side) -> str:
    """The state in a word; what neighbouring work brings is for the person to confirm."""
    return "confirm" if judged.open and judged.status != "not-assessed" else judged.status


def _signed(points: float) -> str:
    return f"{points:+.2f}" if points else "0.00"
