"""Reports as plain sentences in one column, for screen readers: no tables, no signs, nothing drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pcc_assess.errors import printable
from pcc_assess.model import Assessment, Evidence, Plan, PlannedAction, Result
from pcc_assess.renderers import summary
from pcc_assess.renderers.plain import fit
from pcc_assess.renderers.summary import Look, Wording

_LONGEST_QUOTE = 200


def assessment(record: Assessment, wording: Wording, look: Look) -> str:
    """The report of one assessment."""
    parts = (_opening(record, wording), _picked(record), _all_requirements(record), _closing(record, look))
    return _wrapped((line for part in parts for line in part), look)


def plan(record: Plan, wording: Wording, look: Look) -> str:
    """The report of one plan."""
    return _wrapped(_plan(record, wording), look)


def _wrapped(lines: Iterator[str], look: Look) -> str:
    rows: list[str] = []
    for line in lines:
        rows += textwrap.wrap(fit(printable(line), look.encoding), look.width, break_on_hyphens=False) or [""]
    return "\n".join(rows) + "\n"


def _opening(record: Assessment, wording: Wording) -> Iterator[str]:
    name, meaning = summary.band(record, wording)
    yield f"Result for {record.role.title}, level {record.role.level}, on {summary.day(record.as_of)}."
    yield f"{summary.headline(record)}."
    yield f"{name}. {meaning}"
    for gate in record.readiness.gates:
        yield f"Gate: {summary.gate(gate)}"
    if barred := summary.barred(record, wording):
        yield barred
    yield from summary.cautions(record)
    yield ""


def _picked(record: Assessment) -> Iterator[str]:
    strong, costly, unsure = (
        summary.strongest(record),
        summary.costliest(record),
        summary.open_questions(record),
    )
    yield f"Your strongest points: {len(strong)}."
    for number, item in enumerate(strong, 1):
        yield f"{number}. {item.name} brings {summary.worth(item.points)}. {_words(item)}"
    yield ""
    yield f"What costs you most: {len(costly)}."
    for number, item in enumerate(costly, 1):
        state = summary.state(item)[1]
        worth = summary.worth(item.points_open)
        yield f"{number}. {item.name} is {state}. {worth} can be won. Next: {item.next_step}"
    yield ""
    yield f"Open questions: {len(unsure)}. Your file does not say, so these are not held against you."
    for number, item in enumerate(unsure, 1):
        yield f"{number}. {item.name}, worth up to {summary.worth(item.points_open)}. {item.next_step}"
    yield ""


def _all_requirements(record: Assessment) -> Iterator[str]:
    yield "All requirements."
    for name, sums, results in summary.categories(record):
        yield ""
        yield f"{name}: {sums}."
        for result in results:
            yield _requirement(result)
    yield ""


def _requirement(result: Result) -> str:
    sums = f"{summary.points(result.points)} of {summary.points(result.weight)} points"
    said = f"{result.name}, {result.importance}: {summary.state(result)[1]}, {sums}. {_words(result)}"
    return f"{said} {result.rule}" if summary.quote(result) and result.rule else said


def _words(result: Result) -> str:
    quote = summary.quote(result)
    if not quote:
        return result.rule
    return f"Your file says: {summary.cut(quote, _LONGEST_QUOTE)}.{_place(result.evidence)}".replace("..", ".")


def _place(evidence: tuple[Evidence, ...]) -> str:
    return f" This stands on page {evidence[0].page}." if evidence[0].page else ""


def _closing(record: Assessment, look: Look) -> Iterator[str]:
    read = record.input
    yield f"About your file. It was read as {read.format}. The quality of its text is {read.quality}."
    yield from read.notes
    yield ""
    yield "What to do next. For a plan, run this command:"
    yield f"pcc-assess plan {look.call} --accessible"


def _plan(record: Plan, wording: Wording) -> Iterator[str]:
    titles = {action.id: action.title for step in record.steps for action in step.actions}
    yield f"Your plan for {summary.plan_title(record, wording)}."
    yield summary.plan_gain(record)
    yield summary.plan_time(record)
    yield summary.costs(record.totals)
    for step in record.steps:
        yield ""
        yield f"Stage {step.n}: {step.title}. Steps: {len(step.actions)}."
        for number, action in enumerate(step.actions, 1):
            yield from _action(f"Step {step.n}.{number}", action, titles, wording)
    if record.unreachable:
        yield ""
        yield "What this plan cannot close."
        for item in record.unreachable:
            yield f"{item.name}, {summary.points(item.points)} points. {item.reason}"


def _action(number: str, action: PlannedAction, titles: dict[str, str], wording: Wording) -> Iterator[str]:
    gain = f"It brings {summary.worth(action.points)}. " if action.points > 0 else ""
    cost = summary.money(action.cost_usd)
    yield f"{number}: {action.title}. {gain}{summary.time_needed(action)}. {cost[:1].upper()}{cost[1:]}."
    for word, text in summary.action_lines(action, titles, wording):
        yield f"{word}: {text}"
