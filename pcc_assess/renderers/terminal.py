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

from pcc_assess.errors import printable
from pcc_assess.knowledge import Ask, LevelId, Requirement, Role
from pcc_assess.model import Assessment, Plan, PlannedAction, Result, Step
from pcc_assess.renderers import summary
from pcc_assess.renderers.plain import fit
from pcc_assess.renderers.summary import Look, Wording

_SCREEN = 24
_NARROW = 60
_LONGEST_QUOTE = 200
_NOT_A_NO = '"Cannot tell" is not a no: your file does not say. It counts only in the second of the two numbers.'
_COLORS = {"+": "green", "~": "yellow", "-": "red", "?": "cyan", ">": "yellow", "!": "red"}

Parts = list[RenderableType]


def assessment(record: Assessment, wording: Wording, look: Look) -> str:
    """The report of one assessment."""
    first = _first_screen(record, wording, look)
    rest: Parts = [*_details(record, look), *_notes(record), *_legend(), *_after(record, look)]
    return first + _written(rest, look)


def plan(record: Plan, wording: Wording, look: Look) -> str:
    """The report of one plan."""
    parts: Parts = [*_totals(record, wording)]
    titles = {action.id: action.title for step in record.steps for action in step.actions}
    for step in record.steps:
        parts += _step(step, titles, wording, look)
    parts += _unreachable(record)
    return _written(parts, look)


def lines(texts: Iterable[str], look: Look) -> str:
    """Plain lines, cleaned and wrapped."""
    return _written([_text(text) for text in texts], look)


# --- laying out ------------------------------------------------------------------------------------


def _written(parts: Parts, look: Look) -> str:
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
    roomy = _written(_summary(record, wording, look, tight=False), look)
    if look.width < _NARROW or roomy.rstrip("\n").count("\n") < _SCREEN:
        return roomy
    return _written(_summary(record, wording, look, tight=True), look)


def _summary(record: Assessment, wording: Wording, look: Look, *, tight: bool) -> Parts:
    name, meaning = summary.band(record, wording)
    aim = f"{record.role.title} (level: {record.role.level}), on {summary.day(record.as_of)}"
    parts: Parts = [_heading(aim), _heading(f"{summary.headline(record)}."), _text(f"{name}. {meaning}")]
    parts += [_text(f"Gate: {summary.gate(item)}") for item in record.readiness.gates]
    if barred := summary.barred(record, wording):
        parts.append(_text(barred))
    parts += [_text(text, "bold") for text in summary.cautions(record)]
    parts += [Text(""), *_strongest(record, look, tight=tight)]
    parts += [Text(""), *_costliest(record, look, tight=tight)]
    return [*parts, Text(""), _open(record, look, tight=tight), Text("")]


def _strongest(record: Assessment, look: Look, *, tight: bool) -> Parts:
    found = summary.strongest(record)
    if not found:
        return [_heading("Your strongest points: none found yet")]
    parts: Parts = [_heading("Your strongest points")]
    for item in found:
        if tight:
            name = f"{printable(item.name)} ({summary.roughly(item.points)}): "
            why = summary.reason(item, max(look.width - len(name) - 5, 0))
            parts.append(_row("+", summary.cut(name + why, look.width - 5)))
        else:
            parts.append(_row("+", item.name, summary.worth(item.points)))
            parts.append(_indented(summary.reason(item, _room(look))))
    return parts


def _room(look: Look) -> int:
    """How long a line below a row may be: one line, or in a narrow window about three."""
    return look.width - 5 if look.width >= _NARROW else 3 * (look.width - 10)


def _costliest(record: Assessment, look: Look, *, tight: bool) -> Parts:
    found = summary.costliest(record)
    if not found:
        return [_heading("What costs you most: no gap in what could be judged")]
    parts: Parts = [_heading("What costs you most")]
    for item in found:
        sign, words = summary.state(item)
        tail = f"{words}, {summary.worth(item.points_open)} to win"
        name = printable(item.name)
        parts.append(_row(sign, f"{summary.cut(name, look.width - len(tail) - 7) if tight else name}: {tail}"))
        parts.append(_indented(summary.cut(f"Next: {printable(item.next_step)}", _room(look))))
    return parts


def _open(record: Assessment, look: Look, *, tight: bool) -> Text:
    found = summary.open_questions(record)
    if not found:
        return _heading("Everything could be judged.")
    worth = summary.worth(record.readiness.possible - record.readiness.score)
    row = _heading(f"Open questions ({len(found)}, worth up to {worth}): ")
    room = (3 if tight else 2) * (look.width - 5) - len(row) - len(", and 99 more.")
    row.append(f"{summary.listed([printable(item.name) for item in found], room)}.", style="not bold")
    return row


# --- details ---------------------------------------------------------------------------------------


def _details(record: Assessment, look: Look) -> Parts:
    parts: Parts = [_heading("DETAILS")]
    for name, sums, results in summary.categories(record):
        parts += [Text(""), _heading(f"{name}: {sums}")]
        for result in results:
            parts += _requirement(result, look)
    return [*parts, Text(""), _heading(summary.total(record))]


def _requirement(result: Result, look: Look) -> Parts:
    sign, words = summary.state(result)
    sums = f"{summary.points(result.points)} of {summary.points(result.weight)}"
    name = f"{printable(result.name)} ({result.importance})"
    parts: Parts = [_requirement_row(sign, words, name, sums, look)]
    quote = summary.quote(result)
    if quote:
        parts.append(_indented(f'"{summary.cut(quote, _LONGEST_QUOTE)}"{_page(result)}'))
    if result.rule and not (quote and result.status == "met") and not (result.status == "not-assessed" and not quote):
        parts.append(_indented(result.rule))
    if result.next_step:
        parts.append(_indented(f"{summary.next_word(result)}: {result.next_step}"))
    return parts


def _requirement_row(sign: str, words: str, name: str, sums: str, look: Look) -> RenderableType:
    if look.width < _NARROW:
        return _row(sign, name, f"{words}, {sums} points")
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(width=16)
    row.add_column(ratio=1)
    row.add_column(justify="right")
    row.add_row(Text(f"{sign} {words}", style=_COLORS[sign]), Text(name), Text(sums))
    return row


def _page(result: Result) -> str:
    pages = [item.page for item in result.evidence[:1] if item.page]
    return f" (page {pages[0]})" if pages else ""


def _notes(record: Assessment) -> Parts:
    """What is to be known about the reading of the file."""
    read = record.input
    pages = f", {summary.amount(read.pages, 'page')}" if read.pages else ""
    parts: Parts = [Text(""), _heading("ABOUT YOUR FILE")]
    parts.append(_text(f"Read as {read.format}{pages}, {read.characters:,} characters, quality: {read.quality}."))
    return [*parts, *(_row("*", note) for note in read.notes)]


def _legend() -> Parts:
    signs = ", ".join(f"{sign} {words}" for sign, words in summary.STATES.values())
    return [
        Text(""),
        _heading("HOW TO READ THIS"),
        _text(f"Signs: {signs}."),
        _text(_NOT_A_NO),
        _text("Levels: 0 none, 1 introduced, 2 assisted, 3 independent, 4 expert."),
    ]


def _after(record: Assessment, look: Look) -> Parts:
    example = next((item.id for item in (*summary.strongest(record), *summary.costliest(record))), "")
    parts: Parts = [Text(""), _heading("WHAT TO DO NEXT")]
    parts += [_text("A plan, step by step:"), _command(f"pcc-assess plan {look.call}")]
    if example:
        parts += [
            _text("How one line was counted:"),
            _command(f"pcc-assess score {look.call} --explain {example}"),
        ]
    return [
        *parts,
        Text(""),
        _heading(f"In short: {summary.headline(record)}. The summary stands at the top."),
    ]


def _command(command: str) -> Text:
    """A command stays on one line, so that it can be copied."""
    return Text(f"    {printable(command)}", no_wrap=True, overflow="ignore")


# --- the plan --------------------------------------------------------------------------------------


def _totals(record: Plan, wording: Wording) -> Parts:
    actions = [action for step in record.steps for action in step.actions]
    parts: Parts = [_heading(f"Your plan for {summary.plan_title(record, wording)}")]
    if not actions:
        return [*parts, _text("No step is known that would bring more points."), Text("")]
    parts += [
        _heading(summary.plan_gain(record)),
        _text(summary.plan_time(record)),
        _text(summary.costs(record.totals)),
        Text(""),
        _heading("Start here"),
    ]
    for action in actions[:3]:
        parts.append(_row("*", action.title, f"{summary.gain(action)}, {summary.money(action.cost_usd)}"))
    return [*parts, Text("")]


def _step(step: Step, titles: dict[str, str], wording: Wording, look: Look) -> Parts:
    parts: Parts = [_heading(f"{step.n}. {step.title}")]
    for number, action in enumerate(step.actions, 1):
        parts += _action(f"{step.n}.{number}", action, titles, wording, look)
    return [*parts, Text("")]


def _action(number: str, action: PlannedAction, titles: dict[str, str], wording: Wording, look: Look) -> Parts:
    title = f"{number} {printable(action.title)}"
    parts: Parts = [_action_row(title, summary.gain(action), look), _indented(summary.time_needed(action))]
    parts.append(_indented(_capital(f"{summary.money(action.cost_usd)}.")))
    for word, text in summary.action_lines(action, titles, wording):
        parts.append(_indented(f"{word}: {text}"))
    return parts


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _action_row(title: str, gain: str, look: Look) -> RenderableType:
    if look.width < _NARROW:
        return Padding(_text(f"{title}, {gain}"), (0, 0, 0, 2))
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(width=1)
    row.add_column(ratio=1)
    row.add_column(justify="right")
    row.add_row("", _text(title), Text(gain))
    return row


def _unreachable(record: Plan) -> Parts:
    if not record.unreachable:
        return []
    parts: Parts = [_heading("What this plan cannot close")]
    for item in record.unreachable:
        parts.append(_row("-", item.name, f"{summary.points(item.points)} points"))
        parts.append(_indented(item.reason))
    return [*parts, Text("")]


# --- a role ----------------------------------------------------------------------------------------


def role(record: Role, level: LevelId, weights: Mapping[str, int], look: Look) -> str:
    """What a role asks at a level; ``weights`` are hundredths of a point."""
    rank = record.ranks[level]
    parts: Parts = [_heading(f"{rank.title} (role: {record.id}, level: {level})"), _text(record.summary)]
    parts += [_text(f"Gate: {gate.name}.") for gate in record.gates if level in gate.levels]
    asked = [item for item in record.requirements if level in item.levels]
    for name in dict.fromkeys(item.category for item in asked):
        members = [item for item in asked if item.category == name]
        total = sum(weights[item.id] for item in members) / 100
        parts += [Text(""), _heading(f"{_capital(name.replace('-', ' '))}: {summary.points(total)} points")]
        parts += [_asked(item, item.levels[level], weights[item.id] / 100, look) for item in members]
    return _written(parts, look)


def _asked(item: Requirement, ask: Ask, weight: float, look: Look) -> RenderableType:
    amount = "" if ask.required is None else f", asked: {ask.required}"
    return _action_row(f"{item.name} ({ask.importance}{amount}) [{item.id}]", summary.points(weight), look)
