"""An audit of groups: as a sheet for people, and as rows for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pcc_assess.errors import printable
from pcc_assess.model import Audit, AuditRate, AuditTable, AuditUnmatched
from pcc_assess.outlets import cell
from pcc_assess.renderers.sheets import Block, Head, Item, Para, Table
from pcc_assess.texts import Texts

_NUMBERS = frozenset({1, 2, 3, 4, 5})
_CSV = "measure columns category people counted rate impact_ratio flagged few left_out chance unknown".split()


def audit(record: Audit, texts: Texts) -> Iterator[Block]:
    """The blocks of an audit: the sample, each table, what the signs mean, and what none of it proves."""
    yield Head(texts.say("audit.title"), 1)
    yield Para(texts.say("audit.sample", people=record.people, median=f"{record.median:g}"))
    yield Para(texts.say("audit.above", above=record.above_median, ties=record.at_median))
    if record.selection is not None:
        chosen = record.selection
        yield Para(texts.say("audit.selected", rule=chosen.rule, selected=chosen.selected, people=chosen.people))
    for table in record.tables:
        yield from _table(table, record, texts)
    yield from _unmatched(record, texts)
    yield Head(texts.say("audit.reading"))
    yield from (Item(texts.say(f"audit.term.{name}")) for name in ("selection", "scoring", "ratio", "chance"))
    percent = f"{record.small_share * 100:g}"
    yield Item(texts.say("audit.term.flag", percent=f"{record.four_fifths * 100:g}"))
    yield Item(texts.say("audit.term.small", percent=percent))
    yield Item(texts.say("audit.term.few", few=record.few))
    yield Head(texts.say("audit.limits"))
    yield from (Item(texts.say(f"audit.limit.{name}")) for name in ("proof", "law", "cause", "groups", "kept"))


def _table(table: AuditTable, record: Audit, texts: Texts) -> Iterator[Block]:
    names = " x ".join(map(printable, table.columns))
    yield Head(texts.say(f"audit.by.{table.measure}", columns=names))
    if not table.rates:
        yield Para(texts.say("audit.nobody"))
        return
    columns = ("category", "people", table.measure, "rate", "ratio", "chance", "remark")
    heads = tuple(texts.say(f"audit.column.{name}") for name in columns)
    yield Table(heads, tuple(_row(rate, table, texts) for rate in table.rates), _NUMBERS)
    if table.most is None or all(rate.counted == 0 for rate in table.rates):
        yield Para(texts.say("audit.no-ratio"))
    else:
        yield Para(texts.say("audit.most", category=_called(table.most)))
    flagged = [rate for rate in table.rates if rate.flagged]
    for rate in flagged:
        yield Item(_flag(rate, record.rare, texts), sign="!")
    if not flagged and table.most is not None:
        yield Para(texts.say("audit.no-flag", percent=f"{record.four_fifths * 100:g}"))
    yield Para(texts.say("audit.unknown", number=table.unknown))


def _called(category: tuple[str, ...]) -> str:
    return " x ".join(map(printable, category))


def _row(rate: AuditRate, table: AuditTable, texts: Texts) -> tuple[str, ...]:
    most = rate.category == table.most
    ratio = "-" if rate.impact_ratio is None else f"{rate.impact_ratio:.3f}"
    chance = "-" if rate.chance is None else f"{rate.chance:.3f}"
    named = (("left-out", rate.left_out), ("most", most), ("flag", rate.flagged), ("few", rate.few))
    remarks = ", ".join(texts.say(f"audit.remark.{name}") for name, holds in named if holds)
    numbers = (f"{rate.people}", f"{rate.counted}", f"{rate.rate * 100:.1f} %", ratio, chance)
    return (_called(rate.category), *numbers, remarks)


def _flag(rate: AuditRate, rare: float, texts: Texts) -> str:
    """A flag with what the numbers allow to say about it."""
    said = texts.say("audit.flag", category=_called(rate.category), ratio=f"{rate.impact_ratio or 0:.3f}")
    if rate.chance is None:
        return said
    chance = f"{rate.chance:.3f}"
    if rate.chance >= rare:
        return f"{said} {texts.say('audit.flag-unsure', chance=chance)}"
    return f"{said} {texts.say('audit.flag-few' if rate.few else 'audit.flag-sure', chance=chance)}"


def _unmatched(record: Audit, texts: Texts) -> Iterator[Block]:
    yield Head(texts.say("audit.matching"))
    for name, found in (("without", record.without_group), ("unused", record.unused)):
        if found.number:
            yield Para(texts.say(f"audit.{name}", number=found.number, first=_first(found, texts)))
    if not record.without_group.number and not record.unused.number:
        yield Para(texts.say("audit.all-matched"))
    if record.repeated:
        yield Para(texts.say("audit.repeated", number=record.repeated))


def _first(found: AuditUnmatched, texts: Texts) -> str:
    names = ", ".join(map(printable, found.first))
    more = found.number - len(found.first)
    return texts.say("audit.and-more", names=names, number=more) if more else names


def rows(record: Audit) -> str:
    """One row for each category of each table, as CSV; a rate is a fraction of 1."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_CSV)
    for table in record.tables:
        for rate in table.rates:
            numbers = (rate.people, rate.counted, rate.rate, _empty(rate.impact_ratio))
            signs = (str(sign).lower() for sign in (rate.flagged, rate.few, rate.left_out))
            first = (table.measure, cell(" x ".join(table.columns)), cell(" x ".join(rate.category)))
            writer.writerow((*first, *numbers, *signs, _empty(rate.chance), table.unknown))
    return text.getvalue()


def _empty(number: float | None) -> str:
    return "" if number is None else repr(number)
