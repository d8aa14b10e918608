"""Reports as Markdown. Whatever a candidate or a data file wrote is escaped: it is read and cannot act."""

from __future__ import annotations

from collections.abc import Iterator

from pcc_assess.errors import printable
from pcc_assess.model import Assessment, Plan, PlannedAction, Result
from pcc_assess.renderers import summary
from pcc_assess.renderers.summary import Look, Wording

_LONGEST_QUOTE = 400
_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]|~#$^{}="} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def escaped(text: str) -> str:
    """``text`` on one line, with nothing in it that Markdown, HTML or an automatic link could act on."""
    plain = printable(text).translate(_ESCAPED)
    return plain.replace("://", ":&#8203;//").replace("www.", "www&#8203;.").replace("@", "&#8203;@")


def assessment(record: Assessment, wording: Wording, _look: Look) -> str:
    """The report of one assessment."""
    parts = (_head(record, wording), _picked(record), _questions(record), _details(record), _file(record))
    return _document(line for part in parts for line in part)


def plan(record: Plan, wording: Wording, _look: Look) -> str:
    """The report of one plan."""
    return _document(_plan(record, wording))


def _document(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(record: Assessment, wording: Wording) -> Iterator[str]:
    name, meaning = summary.band(record, wording)
    yield f"# {escaped(record.role.title)} ({escaped(record.role.level)})"
    yield ""
    if record.candidate.name:
        yield f"{escaped(record.candidate.name)}, {summary.day(record.as_of)}"
    else:
        yield f"{escaped(record.candidate.source)}, {summary.day(record.as_of)}"
    yield ""
    yield f"**{summary.headline(record)}.** {escaped(name)}. {escaped(meaning)}"
    yield ""
    for gate in record.readiness.gates:
        yield f"- Gate: {escaped(summary.gate(gate))}"
    for text in (summary.barred(record, wording), *summary.cautions(record)):
        if text:
            yield f"- {escaped(text)}"
    yield ""


def _picked(record: Assessment) -> Iterator[str]:
    yield "## Your strongest points"
    yield ""
    for item in summary.strongest(record):
        yield f"- **{escaped(item.name)}**, {summary.worth(item.points)}: {_reason(item)}"
    yield from ("", "## What costs you most", "")
    for item in summary.costliest(record):
        words = f"{summary.state(item)[1]}, {summary.worth(item.points_open)} to win"
        yield f"- **{escaped(item.name)}**: {words}. Next: {escaped(item.next_step)}"
    yield ""


def _questions(record: Assessment) -> Iterator[str]:
    found = summary.open_questions(record)
    yield f"## Open questions ({len(found)})"
    yield ""
    for item in found:
        worth = summary.worth(item.points_open)
        yield f"- **{escaped(item.name)}**, up to {worth}: {escaped(item.next_step)}"
    yield ""


def _reason(result: Result) -> str:
    return escaped(summary.reason(result, _LONGEST_QUOTE))


def _details(record: Assessment) -> Iterator[str]:
    yield "## All requirements"
    for name, sums, results in summary.categories(record):
        yield from ("", f"### {escaped(name)}: {sums}", "")
        yield "| requirement | importance | state | points | why |"
        yield "|---|---|---|---:|---|"
        for item in results:
            counted = f"{summary.points(item.points)} of {summary.points(item.weight)}"
            cells = (escaped(item.name), item.importance, summary.state(item)[1], counted, _why(item))
            yield f"| {' | '.join(cells)} |"
    yield ""
    yield f"{summary.total(record)}."
    yield ""


def _why(result: Result) -> str:
    quote = summary.quote(result)
    rule = escaped(result.rule)
    return f'"{escaped(summary.cut(quote, _LONGEST_QUOTE))}" {rule}'.strip() if quote else rule


def _file(record: Assessment) -> Iterator[str]:
    read = record.input
    yield "## About the file"
    yield ""
    yield f"Read as {escaped(read.format)}, {read.characters:,} characters, quality: {read.quality}."
    yield ""
    if read.notes:
        yield from (f"- {escaped(note)}" for note in read.notes)
        yield ""
    yield f"Made by pcc-assess {escaped(record.version)}."


def _plan(record: Plan, wording: Wording) -> Iterator[str]:
    titles = {action.id: action.title for step in record.steps for action in step.actions}
    yield f"# Plan for {escaped(summary.plan_title(record, wording))}"
    yield ""
    yield f"**{summary.plan_gain(record)}**"
    yield f"{summary.plan_time(record)} {escaped(summary.costs(record.totals))}"
    for step in record.steps:
        yield from ("", f"## {step.n}. {escaped(step.title)}", "")
        for action in step.actions:
            yield from _action(action, titles, wording)
    if record.unreachable:
        yield from ("", "## What this plan cannot close", "")
        for item in record.unreachable:
            yield f"- **{escaped(item.name)}**, {summary.worth(item.points)}: {escaped(item.reason)}"


def _action(action: PlannedAction, titles: dict[str, str], wording: Wording) -> Iterator[str]:
    yield f"- [ ] **{escaped(action.title)}** ({summary.gain(action)})"
    cost = escaped(summary.money(action.cost_usd)).removeprefix("cost ")
    yield f"  - {summary.time_needed(action)}. Cost: {cost}."
    for word, text in summary.action_lines(action, titles, wording):
        yield f"  - {word}: {escaped(text)}"
