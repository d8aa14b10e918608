"""Reports as Markdown. Whatever a candidate or a data file wrote is escaped: it is read and cannot act."""

from __future__ import annotations

from collections.abc import Iterator

from pcc_assess.model import Assessment, Plan, Result
from pcc_assess.outlets import markdown as escaped
from pcc_assess.renderers import summary
from pcc_assess.renderers.outline import outline
from pcc_assess.renderers.sections import Entry
from pcc_assess.renderers.summary import Look, Wording
from pcc_assess.texts import Texts

_LONGEST_QUOTE = 400
_COLUMNS = ("requirement", "importance", "state", "points", "why")


def assessment(record: Assessment, wording: Wording, _look: Look) -> str:
    """The report of one assessment."""
    texts = wording.texts
    told = (_picked(record, texts), _questions(record, texts), _details(record, texts), _file(record, texts))
    parts = (_head(record, wording), *told)
    return _document(line for part in parts for line in part)


def plan(record: Plan, wording: Wording, look: Look) -> str:
    """The report of one plan."""
    return _document(_plan(record, wording, look))


def _document(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(record: Assessment, wording: Wording) -> Iterator[str]:
    texts = wording.texts
    name, meaning = summary.band(record, wording)
    yield f"# {escaped(record.role.title)} ({escaped(summary.level_name(record.role.level, texts))})"
    yield ""
    yield f"{escaped(record.candidate.name or record.candidate.source)}, {summary.day(record.as_of, texts)}"
    yield ""
    yield f"**{summary.headline(record, texts)}.** {escaped(name)}. {escaped(meaning)}"
    yield ""
    if setting := summary.employer(record.role.id, record.role.setting, wording):
        yield f"- {escaped(setting)}"
    for gate in record.readiness.gates:
        yield f"- {texts.say('report.gate-line', gate=escaped(summary.gate(gate, texts)))}"
    for text in (summary.barred(record, wording), *summary.cautions(record, texts)):
        if text:
            yield f"- {escaped(text)}"
    yield ""


def _picked(record: Assessment, texts: Texts) -> Iterator[str]:
    yield f"## {texts.say('report.strongest')}"
    yield ""
    for item in summary.strongest(record):
        yield f"- **{escaped(item.name)}**, {summary.worth(item.points, texts)}: {_reason(item)}"
    yield from ("", f"## {texts.say('report.costliest')}", "")
    for item in summary.costliest(record):
        worth = summary.worth(item.points_open, texts)
        words = texts.say("report.to-win", state=summary.state(item, texts)[1], points=worth)
        step = texts.say("report.next", step=escaped(item.next_step))
        yield f"- **{escaped(item.name)}**: {words}. {step}"
    yield ""


def _questions(record: Assessment, texts: Texts) -> Iterator[str]:
    found = summary.open_questions(record)
    yield f"## {texts.say('report.open-heading', count=len(found))}"
    yield ""
    for item in found:
        worth = texts.say("report.up-to", points=summary.worth(item.points_open, texts))
        yield f"- **{escaped(item.name)}**, {worth}: {escaped(item.next_step)}"
    yield ""


def _reason(result: Result) -> str:
    return escaped(summary.reason(result, _LONGEST_QUOTE))


def _details(record: Assessment, texts: Texts) -> Iterator[str]:
    yield f"## {texts.say('report.all')}"
    columns = [texts.say(f"report.columns.{name}") for name in _COLUMNS]
    for name, sums, results in summary.categories(record, texts):
        yield from ("", f"### {escaped(name)}: {sums}", "")
        yield f"| {' | '.join(columns)} |"
        yield "|---|---|---|---:|---|"
        for item in results:
            counted = {"points": summary.points(item.points), "weight": summary.points(item.weight)}
            state = summary.state(item, texts)[1]
            earned = texts.say("report.of", **counted)
            cells = (escaped(item.name), summary.importance(item, texts), state, earned, _why(item))
            yield f"| {' | '.join(cells)} |"
    yield ""
    yield f"{summary.total(record, texts)}."
    yield ""


def _why(result: Result) -> str:
    quote = summary.quote(result)
    rule = escaped(result.rule)
    return f'"{escaped(summary.cut(quote, _LONGEST_QUOTE))}" {rule}'.strip() if quote else rule


def _file(record: Assessment, texts: Texts) -> Iterator[str]:
    read = record.input
    words = {name: escaped(word) for name, word in summary.file_words(read, texts).items()}
    yield f"## {texts.say('report.about-heading')}"
    yield ""
    yield texts.say("report.read", **words, characters=read.characters)
    yield ""
    if read.notes:
        yield from (f"- {escaped(note)}" for note in read.notes)
        yield ""
    yield texts.say("report.version", version=escaped(record.version))


def _plan(record: Plan, wording: Wording, look: Look) -> Iterator[str]:
    """A document is handed on: it always holds the whole plan."""
    told = outline(record, wording, look, full=True)
    yield f"# {escaped(told.title)}"
    for line in told.opening:
        yield from ("", escaped(line))
    if told.first is not None:
        yield from ("", f"## {wording.texts.say('outline.today')}", "", *_entry(told.first))
    for section in told.sections:
        yield from ("", f"## {escaped(section.title)}", "")
        if section.note:
            yield from (escaped(section.note), "")
        for entry in section.entries:
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    aside = f" ({escaped(entry.aside)})" if entry.aside else ""
    title = escaped(f"{entry.number} {entry.title}".strip())
    yield f"- {'[ ] ' if entry.task else ''}**{title}**{aside}"
    for word, text in entry.lines:
        yield f"  - {escaped(word)}: {escaped(text)}" if word else f"  - {escaped(text)}"
