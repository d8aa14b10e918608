"""Reports for the terminal: a first screen that says what matters, and the details below it.

Nothing that a candidate wrote is ever read as markup, and no control character of theirs reaches the screen.
Signs are plain ASCII and always stand beside words; colour only repeats what the words say.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pcc_assess.consoles import fit
from pcc_assess.errors import printable
from pcc_assess.knowledge import Ask, LevelId, Requirement, Role
from pcc_assess.model import Assessment, Plan, Result
from pcc_assess.renderers import summary
from pcc_assess.renderers.outline import outline
from pcc_assess.renderers.sections import Entry, Section
from pcc_assess.renderers.summary import Look, Wording
from pcc_assess.texts import Texts

_SCREEN = 24
_NARROW = 60
_STATE_WIDTH = 16
_LONGEST_QUOTE = 200
_COLORS = {"+": "green", "~": "yellow", "-": "red", "?": "cyan", ">": "yellow", "!": "red"}

Parts = list[RenderableType]


def assessment(record: Assessment, wording: Wording, look: Look) -> str:
    """The report of one assessment."""
    first = _first_screen(record, wording, look)
    texts = wording.texts
    rest: Parts = [
        *_details(record, texts, look),
        *_notes(record, texts),
        *_legend(texts),
        *_after(record, texts, look),
    ]
    return first + written(rest, look)


def plan(record: Plan, wording: Wording, look: Look) -> str:
    """The report of one plan."""
    told = outline(record, wording, look, full=look.full)
    parts: Parts = [_heading(told.title), *(_text(line) for line in told.opening), Text("")]
    if told.first is not None:
        parts += [_heading(wording.texts.say("outline.today")), *_entry(told.first, look), Text("")]
    for section in told.sections:
        parts += _section(section, look)
    parts.append(_heading(wording.texts.say("outline.more.title")))
    for text, command in told.more:
        parts += [_text(text), _command(command)]
    return written(parts, look)


def lines(texts: Iterable[str], look: Look) -> str:
    """Plain lines, cleaned and wrapped; one that begins with spaces keeps them where it goes on."""
    return written([_indented(text.lstrip(), len(text) - len(text.lstrip())) for text in texts], look)


# --- laying out ------------------------------------------------------------------------------------


def written(parts: Parts, look: Look) -> str:
    """Parts as text of the width and characters that a look has."""
    console = Console(
        file=io.StringIO(),
        width=look.width,
        height=_SCREEN,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=not look.color,
        legacy_windows=False,
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as captured:
        console.print(Group(*parts), crop=False)
    rows = fit(captured.get(), look.encoding).split("\n")
    return "\n".join(row.rstrip() for row in rows)


def _text(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)


def _indented(text: str, by: int = 4, style: str = "") -> Padding:
    return Padding(_text(text, style), (0, 0, 0, by))


def _heading(text: str) -> Text:
    return _text(text, "bold")


def _row(sign: str, left: str, right: str = "") -> Table:
    """A line that opens with the sign of its state; where it goes on, it keeps its left edge."""
    row = Table.grid()
    row.add_column(width=4)
    row.add_column()
    text = f"{printable(left)}, {right}" if right else printable(left)
    row.add_row(Text(f"  {sign}", style=_COLORS.get(sign, "")), Text(text))
    return row


# --- the first screen ------------------------------------------------------------------------------


def _first_screen(record: Assessment, wording: Wording, look: Look) -> str:
    """The summary; where it does not fit on one screen, each thing gets one line."""
    roomy = written(_summary(record, wording, look, tight=False), look)
    if look.width < _NARROW or roomy.rstrip("\n").count("\n") < _SCREEN:
        return roomy
    return written(_summary(record, wording, look, tight=True), look)


def _summary(record: Assessment, wording: Wording, look: Look, *, tight: bool) -> Parts:
    texts = wording.texts
    name, meaning = summary.band(record, wording)
    level, day = summary.level_name(record.role.level, texts), summary.day(record.as_of, texts)
    aim = texts.say("report.aim", title=record.role.title, level=level, day=day)
    parts: Parts = [_heading(aim), _heading(f"{summary.headline(record, texts)}."), _text(f"{name}. {meaning}")]
    if setting := summary.employer(record.role.id, record.role.setting, wording):
        parts.append(_text(setting))
    gates = [summary.gate(item, texts) for item in record.readiness.gates]
    parts += [_text(texts.say("report.gate-line", gate=gate)) for gate in gates]
    if barred := summary.barred(record, wording):
        parts.append(_text(barred))
    parts += [_text(text, "bold") for text in summary.cautions(record, texts)]
    parts += [Text(""), *_strongest(record, texts, look, tight=tight)]
    parts += [Text(""), *_costliest(record, texts, look, tight=tight)]
    return [*parts, Text(""), _open(record, texts, look, tight=tight), Text("")]


def _strongest(record: Assessment, texts: Texts, look: Look, *, tight: bool) -> Parts:
    found = summary.strongest(record)
    if not found:
        return [_heading(texts.say("report.strongest-none"))]
    parts: Parts = [_heading(texts.say("report.strongest"))]
    for item in found:
        if tight:
            name = f"{printable(item.name)} ({summary.roughly(item.points)}): "
            why = summary.reason(item, max(look.width - len(name) - 5, 0))
            parts.append(_row("+", summary.cut(name + why, look.width - 5)))
        else:
            parts.append(_row("+", item.name, summary.worth(item.points, texts)))
            parts.append(_indented(summary.reason(item, _room(look))))
    return parts


def _room(look: Look) -> int:
    """How long a line below a row may be: one line, or in a narrow window about three."""
    return look.width - 5 if look.width >= _NARROW else 3 * (look.width - 10)


def _costliest(record: Assessment, texts: Texts, look: Look, *, tight: bool) -> Parts:
    found = summary.costliest(record)
    if not found:
        return [_heading(texts.say("report.costliest-none"))]
    parts: Parts = [_heading(texts.say("report.costliest"))]
    for item in found:
        sign, words = summary.state(item, texts)
        tail = texts.say("report.to-win", state=words, points=summary.worth(item.points_open, texts))
        name = printable(item.name)
        parts.append(_row(sign, f"{summary.cut(name, look.width - len(tail) - 7) if tight else name}: {tail}"))
        step = texts.say("report.next", step=printable(item.next_step))
        parts.append(_indented(summary.cut(step, _room(look))))
    return parts


def _open(record: Assessment, texts: Texts, look: Look, *, tight: bool) -> Text:
    found = summary.open_questions(record)
    if not found:
        return _heading(texts.say("report.open-none"))
    worth = summary.worth(record.readiness.possible - record.readiness.score, texts)
    row = _heading(texts.say("report.open", count=len(found), points=worth) + " ")
    longest_end = len(texts.say("report.and-more", names="", count=99)) + 1
    room = (3 if tight else 2) * (look.width - 5) - len(row) - longest_end
    row.append(f"{summary.listed([printable(item.name) for item in found], room, texts)}.", style="not bold")
    return row


# --- details ---------------------------------------------------------------------------------------


def _details(record: Assessment, texts: Texts, look: Look) -> Parts:
    parts: Parts = [_heading(texts.say("report.details"))]
    for name, sums, results in summary.categories(record, texts):
        parts += [Text(""), _heading(f"{name}: {sums}")]
        for result in results:
            parts += _requirement(result, texts, look)
    return [*parts, Text(""), _heading(summary.total(record, texts))]


def _requirement(result: Result, texts: Texts, look: Look) -> Parts:
    parts: Parts = [_requirement_row(result, texts, look)]
    quote = summary.quote(result)
    if quote:
        parts.append(_indented(f'"{summary.cut(quote, _LONGEST_QUOTE)}"{_page(result, texts)}'))
    if result.rule and not (quote and result.status == "met") and not (result.status == "not-assessed" and not quote):
        parts.append(_indented(result.rule))
    if result.next_step:
        parts.append(_indented(summary.next_line(result, texts)))
    return parts


def _requirement_row(result: Result, texts: Texts, look: Look) -> RenderableType:
    sign, words = summary.state(result, texts)
    name = f"{printable(result.name)} ({summary.importance(result, texts)})"
    sums = {"points": summary.points(result.points), "weight": summary.points(result.weight)}
    if look.width < _NARROW:
        return _row(sign, name, f"{words}, {texts.say('report.points-of', **sums)}")
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(width=max(_STATE_WIDTH, *(2 + len(word) for _, word in summary.states(texts))))
    row.add_column(ratio=1)
    row.add_column(justify="right")
    row.add_row(Text(f"{sign} {words}", style=_COLORS[sign]), Text(name), Text(texts.say("report.of", **sums)))
    return row


def _page(result: Result, texts: Texts) -> str:
    pages = [item.page for item in result.evidence[:1] if item.page]
    return f" {texts.say('report.page', page=pages[0])}" if pages else ""


def _notes(record: Assessment, texts: Texts) -> Parts:
    """What is to be known about the reading of the file."""
    read = record.input
    words = {**summary.file_words(read, texts), "characters": read.characters}
    if read.pages:
        line = texts.say("report.read-pages", **words, pages=texts.count("report.pages", read.pages))
    else:
        line = texts.say("report.read", **words)
    parts: Parts = [Text(""), _heading(texts.say("report.about")), _text(line)]
    return [*parts, *(_row("*", note) for note in read.notes)]


def _legend(texts: Texts) -> Parts:
    signs = ", ".join(f"{sign} {words}" for sign, words in summary.states(texts))
    return [
        Text(""),
        _heading(texts.say("report.legend")),
        _text(texts.say("report.signs", signs=signs)),
        _text(texts.say("report.not-a-no")),
        _text(texts.say("report.levels")),
    ]


def _after(record: Assessment, texts: Texts, look: Look) -> Parts:
    example = next((item.id for item in (*summary.strongest(record), *summary.costliest(record))), "")
    parts: Parts = [Text(""), _heading(texts.say("report.after"))]
    parts += [_text(texts.say("report.plan-command")), _command(f"pcc-assess plan {look.call}")]
    if example:
        parts += [
            _text(texts.say("report.explain-command")),
            _command(f"pcc-assess score {look.call} --explain {example}"),
        ]
    return [*parts, Text(""), _heading(texts.say("report.in-short", headline=summary.headline(record, texts)))]


def _command(command: str) -> Text:
    """A command stays on one line, so that it can be copied."""
    return Text(f"    {printable(command)}", no_wrap=True, overflow="ignore")


# --- the plan --------------------------------------------------------------------------------------


def _section(section: Section, look: Look) -> Parts:
    parts: Parts = [_heading(section.title)]
    if section.note:
        parts.append(_text(section.note))
    for entry in section.entries:
        parts += _entry(entry, look)
    return [*parts, Text("")]


def _entry(entry: Entry, look: Look) -> Parts:
    """A title with its fact beside it, and below it what is said of it."""
    title = printable(entry.title)
    if look.width < _NARROW or not (entry.number or entry.aside):
        told = " ".join(part for part in (printable(entry.number), title) if part)
        told = f"{told} ({printable(entry.aside)})" if entry.aside else told
        parts: Parts = [Padding(_text(told), (0, 0, 0, 2))]
    else:
        parts = [_wide_row(printable(entry.number), title, printable(entry.aside))]
    return parts + [_indented(f"{word}: {text}" if word else _capital(text)) for word, text in entry.lines]


def _wide_row(number: str, title: str, aside: str) -> Table:
    """Number, title and fact in columns, so that a long title goes on below itself."""
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(width=1)
    if number:
        row.add_column(no_wrap=True)
    row.add_column(ratio=1)
    row.add_column(justify="right", no_wrap=True)
    row.add_row("", *([Text(number)] if number else []), Text(title), Text(aside))
    return row


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _action_row(title: str, gain: str, look: Look) -> RenderableType:
    if look.width < _NARROW:
        return Padding(_text(f"{title}, {gain}"), (0, 0, 0, 2))
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(width=1)
    row.add_column(ratio=1)
    row.add_column(justify="right")
    row.add_row("", _text(title), _text(gain))
    return row


# --- a role ----------------------------------------------------------------------------------------


def role(
    record: Role,
    level: LevelId,
    weights: Mapping[str, int],
    texts: Texts,
    look: Look,
    *,
    changes: Iterable[str] = (),
) -> str:
    """What a role asks at a level; ``weights`` are hundredths of a point.

    ``changes``: what a kind of employer changes in it.
    """
    rank = record.ranks[level]
    title = texts.say("report.role", title=rank.title, role=record.id, level=summary.level_name(level, texts))
    parts: Parts = [_heading(title), _text(record.summary)]
    parts += [_text(line) for line in summary.told_apart(record, texts)]
    parts += [_row("*", line) for line in changes]
    gates = [gate.name for gate in record.gates if level in gate.levels]
    parts += [_text(texts.say("report.gate-line", gate=f"{name}.")) for name in gates]
    asked = [item for item in record.requirements if level in item.levels]
    for name in dict.fromkeys(item.category for item in asked):
        members = [item for item in asked if item.category == name]
        total = texts.say("plan.points", points=summary.points(sum(weights[item.id] for item in members) / 100))
        parts += [Text(""), _heading(f"{summary.category(name, texts)}: {total}")]
        parts += [_asked(item, item.levels[level], weights[item.id] / 100, texts, look) for item in members]
    parts += [Text(""), _heading(texts.say("report.sources"))]
    parts += [_row("*", source) for source in record.sources.values()]
    return written(parts, look)


def _asked(item: Requirement, ask: Ask, weight: float, texts: Texts, look: Look) -> RenderableType:
    values = {"name": item.name, "importance": texts.say(f"score.importance.{ask.importance}"), "id": item.id}
    if ask.required is None:
        return _action_row(texts.say("report.asked", **values), summary.points(weight), look)
    amount = texts.named(f"score.school.{ask.required}", str(ask.required))
    return _action_row(texts.say("report.asked-amount", **values, amount=amount), summary.points(weight), look)
