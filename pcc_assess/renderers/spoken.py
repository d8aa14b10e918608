"""Reports as plain sentences in one column, for screen readers: no tables, no signs, nothing drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pcc_assess.consoles import fit
from pcc_assess.errors import printable
from pcc_assess.model import Assessment, Evidence, Plan, Result
from pcc_assess.renderers import summary
from pcc_assess.renderers.outline import outline
from pcc_assess.renderers.sections import Entry
from pcc_assess.renderers.summary import Look, Wording
from pcc_assess.texts import Texts

_LONGEST_QUOTE = 200
_COMMAND = "pcc-assess "  # what can be copied stays on one line


def assessment(record: Assessment, wording: Wording, look: Look) -> str:
    """The report of one assessment."""
    texts = wording.texts
    parts = (
        _opening(record, wording),
        _picked(record, texts),
        _all_requirements(record, texts),
        _closing(record, texts, look),
    )
    return _wrapped((line for part in parts for line in part), look)


def plan(record: Plan, wording: Wording, look: Look) -> str:
    """The report of one plan."""
    return _wrapped(_plan(record, wording, look), look)


def _wrapped(lines: Iterator[str], look: Look) -> str:
    rows: list[str] = []
    for line in lines:
        if line.startswith(_COMMAND):
            rows.append(fit(printable(line), look.encoding))
            continue
        rows += textwrap.wrap(fit(printable(line), look.encoding), look.width, break_on_hyphens=False) or [""]
    return "\n".join(rows) + "\n"


def _opening(record: Assessment, wording: Wording) -> Iterator[str]:
    texts = wording.texts
    name, meaning = summary.band(record, wording)
    level, day = summary.level_name(record.role.level, texts), summary.day(record.as_of, texts)
    yield texts.say("report.aim-sentence", title=record.role.title, level=level, day=day)
    if setting := summary.employer(record.role.id, record.role.setting, wording):
        yield setting
    yield f"{summary.headline(record, texts)}."
    yield f"{name}. {meaning}"
    for gate in record.readiness.gates:
        yield texts.say("report.gate-line", gate=summary.gate(gate, texts))
    if barred := summary.barred(record, wording):
        yield barred
    yield from summary.cautions(record, texts)
    yield ""


def _picked(record: Assessment, texts: Texts) -> Iterator[str]:
    strong, costly, unsure = (
        summary.strongest(record),
        summary.costliest(record),
        summary.open_questions(record),
    )
    yield texts.say("report.strongest-count", count=len(strong))
    for number, item in enumerate(strong, 1):
        line = texts.say("report.strong-item", name=item.name, points=summary.worth(item.points, texts))
        yield f"{number}. {line} {_words(item, texts)}"
    yield ""
    yield texts.say("report.costliest-count", count=len(costly))
    for number, item in enumerate(costly, 1):
        state = summary.state(item, texts)[1]
        worth = summary.worth(item.points_open, texts)
        line = texts.say("report.costly-item", name=item.name, state=state, points=worth, step=item.next_step)
        yield f"{number}. {line}"
    yield ""
    yield texts.say("report.open-count", count=len(unsure))
    for number, item in enumerate(unsure, 1):
        worth = summary.worth(item.points_open, texts)
        yield f"{number}. {texts.say('report.open-item', name=item.name, points=worth, step=item.next_step)}"
    yield ""


def _all_requirements(record: Assessment, texts: Texts) -> Iterator[str]:
    yield texts.say("report.all-sentence")
    for name, sums, results in summary.categories(record, texts):
        yield ""
        yield f"{name}: {sums}."
        for result in results:
            yield _requirement(result, texts)
    yield ""


def _requirement(result: Result, texts: Texts) -> str:
    sums = texts.say("report.points-of", points=summary.points(result.points), weight=summary.points(result.weight))
    state = f"{summary.importance(result, texts)}: {summary.state(result, texts)[1]}"
    said = f"{result.name}, {state}, {sums}. {_words(result, texts)}"
    return f"{said} {result.rule}" if summary.quote(result) and result.rule else said


def _words(result: Result, texts: Texts) -> str:
    quote = summary.quote(result)
    if not quote:
        return result.rule
    says = texts.say("report.says", quote=summary.cut(quote, _LONGEST_QUOTE))
    return f"{says}{_place(result.evidence, texts)}".replace("..", ".")


def _place(evidence: tuple[Evidence, ...], texts: Texts) -> str:
    return f" {texts.say('report.page-sentence', page=evidence[0].page)}" if evidence[0].page else ""


def _closing(record: Assessment, texts: Texts, look: Look) -> Iterator[str]:
    yield texts.say("report.about-sentence", **summary.file_words(record.input, texts))
    yield from record.input.notes
    yield ""
    yield texts.say("report.after-sentence")
    yield f"pcc-assess plan {look.call} --accessible"


def _plan(record: Plan, wording: Wording, look: Look) -> Iterator[str]:
    texts = wording.texts
    told = outline(record, wording, look, full=look.full)
    yield _sentence(told.title)
    yield from told.opening
    if told.first is not None:
        yield from ("", _sentence(texts.say("outline.today")), *_entry(told.first))
    for section in told.sections:
        yield from ("", texts.say("outline.spoken", title=section.title, count=len(section.entries)))
        if section.note:
            yield section.note
        for entry in section.entries:
            yield from _entry(entry)
    yield ""
    for text, command in told.more:
        yield from (text, f"{command} --accessible" if "--format" not in command else command)


def _entry(entry: Entry) -> Iterator[str]:
    aside = f" {_sentence(entry.aside[:1].upper() + entry.aside[1:])}" if entry.aside else ""
    yield _sentence(f"{entry.number} {entry.title}".strip()) + aside
    for word, text in entry.lines:
        yield f"{word}: {text}" if word else text


def _sentence(text: str) -> str:
    """A line that ends in a mark, so that the voice falls."""
    return text if text.endswith((".", "?", "!", ":", '."')) else f"{text}."
