"""Results as a workbook: who stands where, what each still needs, which words show it, and what could not be read.

The sheets are written row by row and never stand in memory. No cell is a formula, and numbers are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Literal

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from pcc_assess.aim import Aim
from pcc_assess.batch.fast_sheet import FastSheet, cell
from pcc_assess.batch.outputs import Form, Record, Row, ranked
from pcc_assess.batch.sheets import OWN_MARK
from pcc_assess.disk import Output
from pcc_assess.model import Assessment, Candidate, Failure, Result
from pcc_assess.renderers.summary import category, costliest, open_questions, state
from pcc_assess.texts import Texts
from pcc_assess.weights import weights

MOST_ROWS = 1_048_576  # of a sheet, with its header
_QUOTES = " | "
_KINDS: dict[str, Literal["text", "whole", "points"]] = {
    "rank": "whole",
    "open": "whole",
    "score": "points",
    "possible": "points",
    "points": "points",
    "gap-points": "points",
}
# An indent keeps a text apart from the number before it.
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"indent": 1},
    "whole": {"num_format": "0"},
    "points": {"num_format": "0.00"},
}
# Light, and apart for every kind of colour blindness; the number in the cell says the same.
_LOW, _MIDDLE, _HIGH = "#F4C7A1", "#FFFFFF", "#9EC9E2"


@dataclass(frozen=True, slots=True)
class Title:
    """A column of a sheet: its header, its width in characters, what stands in it, and of a score, which
    is coloured, the most points.
    """

    text: str
    width: float
    kind: Literal["text", "whole", "points"] = "text"
    most: float | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """What the rows are made with: the messages, gates and categories of a role at a level."""

    texts: Texts
    gates: tuple[str, ...]
    categories: tuple[str, ...]


def workbook(aim: Aim) -> Form:
    """A workbook of five sheets: summary, gaps, evidence, problems of the inputs, legend."""
    texts = aim.knowledge.texts
    gates = {gate.id: gate.name for gate in aim.role.gates if aim.level in gate.levels}
    points = _points(aim)
    words = _Words(texts, tuple(gates), tuple(points))
    sheets = {
        "summary": _summary_titles(texts, gates, points),
        "gaps": _titles(texts, "gaps", {"rank": 6, "person": 26, "requirement": 54, "importance": 11, "state": 15})
        + _titles(texts, "gaps", {"points": 9, "step": 70}),
        "evidence": _titles(texts, "evidence", {"rank": 6, "person": 26, "requirement": 54, "points": 9, "rule": 50})
        + _titles(texts, "evidence", {"quotes": 90}),
        "problems": _titles(texts, "problems", {"source": 40, "outcome": 14, "problem": 60, "help": 60}),
    }

    def row(record: Record) -> Row:
        return _row(record, words)

    def write(rows: Iterable[Row], output: Output) -> None:
        with TemporaryDirectory(prefix=".pcc-assess-", suffix=".part", dir=output.folder) as folder:
            _write(rows, output, aim, sheets, folder)

    return Form(ranked=True, row=row, write=write)


def _points(aim: Aim) -> dict[str, float]:
    """The points of each category that the level asks for, in the order of the role."""
    shares = weights(aim.role, aim.level, aim.knowledge.policy)
    found: dict[str, float] = {}
    for name in aim.role.level_categories.get(aim.level, aim.role.categories):
        members = [shares[item.id] for item in aim.role.requirements if item.category == name and item.id in shares]
        if members:
            found[name] = sum(members) / 100
    return found


def _titles(texts: Texts, sheet: str, widths: dict[str, float]) -> list[Title]:
    return [
        Title(texts.say(f"results.{sheet}.{name}"), width, _KINDS.get(name, "text")) for name, width in widths.items()
    ]


def _summary_titles(texts: Texts, gates: dict[str, str], points: dict[str, float]) -> list[Title]:
    def title(name: str, width: float, most: float | None = None) -> Title:
        return Title(texts.say(f"results.summary.{name}"), width, _KINDS.get(name, "text"), most)

    return [
        title("rank", 6),
        title("person", 24),
        title("id", 20),
        title("source", 40),
        title("score", 9, 100),
        title("possible", 9, 100),
        title("band", 16),
        *(Title(texts.say("results.summary.gate", name=name), 18) for name in gates.values()),
        *(
            Title(texts.say("results.summary.category", name=category(name, texts), most=most), 13, "points", most)
            for name, most in points.items()
        ),
        title("open", 10),
        title("gap", 44),
        title("gap-points", 9),
        title("step", 70),
        title("read", 14),
    ]


# --- a record as rows ----------------------------------------------------------------------------------------------


def _row(record: Record, words: _Words) -> Row:
    """The score, and the rows of each sheet; the rank stands before them when it is known."""
    texts, candidate = words.texts, record.candidate
    if isinstance(record, Failure):
        outcome = texts.say("results.problems.not-scored")
        return (None, None, (), (), ((candidate.source, outcome, record.error.message, record.error.hint),))
    person = candidate.name or candidate.given_id or candidate.source.replace("\\", "/").rpartition("/")[2]
    doubt = texts.say("results.problems.doubt")
    problems = tuple((candidate.source, doubt, note, "") for note in (*_repeats(candidate, texts), *record.input.notes))
    return (
        record.readiness.score,
        _summary(record, words),
        tuple(_gap(each, person, texts) for each in _gaps(record)),
        tuple(_proof(each, person) for each in record.requirements if each.evidence),
        problems,
    )


def _repeats(candidate: Candidate, texts: Texts) -> Iterator[str]:
    """That a candidate repeats an earlier one."""
    if candidate.duplicate is not None:
        yield texts.say(f"results.problems.repeats.{candidate.duplicate.kind}", other=candidate.duplicate.of)


def _summary(record: Assessment, words: _Words) -> Row:
    ready, candidate, texts = record.readiness, record.candidate, words.texts
    gates = {gate.id: texts.say(f"report.gate.{gate.status}") for gate in ready.gates}
    scores = {each.id: each.score for each in record.categories}
    worst = next(iter(costliest(record)), None)
    return (
        candidate.name or "",
        candidate.given_id or candidate.id,
        candidate.source,
        ready.score,
        ready.possible,
        ready.band,
        *(gates.get(name, "") for name in words.gates),
        *(scores.get(name, 0.0) for name in words.categories),
        len(open_questions(record)),
        worst.name if worst is not None else "",
        worst.points_open if worst is not None else "",
        worst.next_step if worst is not None else "",
        texts.say(f"report.quality.{record.input.quality}"),
    )


def _gaps(record: Assessment) -> list[Result]:
    """What still has points to win, the most first."""
    return sorted(
        (each for each in record.requirements if each.points_open), key=lambda each: (-each.points_open, each.id)
    )


def _gap(result: Result, person: str, texts: Texts) -> Row:
    importance = texts.say(f"score.importance.{result.importance}")
    return person, result.name, importance, state(result, texts)[1], result.points_open, result.next_step


def _proof(result: Result, person: str) -> Row:
    quotes = _QUOTES.join(dict.fromkeys(f'"{found.quote}"' for found in result.evidence))
    return person, result.name, result.points, result.rule, quotes


# --- the file ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sheet:
    """A sheet that grows; where it is full, it goes on in another one."""

    book: Any
    name: str
    titles: list[Title]
    formats: dict[str, Any]
    sheets: list[Any] = field(default_factory=list)
    next: int = 0

    def add(self, cells: Sequence[object]) -> None:
        """One more row."""
        if not self.sheets or self.next >= MOST_ROWS:
            self._begin()
        self.sheets[-1].add_row(self.next, cells)
        self.next += 1

    def _begin(self) -> None:
        self._end()
        name = self.name if not self.sheets else f"{self.name} {len(self.sheets) + 1}"
        sheet = self.book.add_worksheet(name, FastSheet)
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(0)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, title in enumerate(self.titles):
            sheet.set_column(column, column, title.width, self.formats[title.kind])
        sheet.set_row(0, 45)
        for column, title in enumerate(self.titles):
            sheet.write_string(0, column, cell(title.text), self.formats["head"])
        self.sheets.append(sheet)
        self.next = 1

    def _end(self) -> None:
        """Filters and colours of the rows that are there."""
        if not self.sheets:
            return
        sheet, last = self.sheets[-1], max(self.next - 1, 1)
        sheet.autofilter(0, 0, last, len(self.titles) - 1)
        for column, title in enumerate(self.titles):
            if title.most is not None:
                sheet.conditional_format(1, column, last, column, _scale(title.most))

    def finish(self) -> None:
        """The sheet as it is, also where it has no row."""
        if not self.sheets:
            self._begin()
        self._end()


def _scale(most: float) -> dict[str, Any]:
    points = {"min": (0, _LOW), "mid": (most / 2, _MIDDLE), "max": (most, _HIGH)}
    settings: dict[str, Any] = {"type": "3_color_scale"}
    for end, (value, color) in points.items():
        settings |= {f"{end}_type": "num", f"{end}_value": value, f"{end}_color": color}
    return settings


class _Steady:
    """A file that, once it cannot be written, takes the rest in silence and keeps the ``error``: the library would try
    again while it is cleared away, and complain to the screen.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        self._try(lambda: self.file.write(data))
        return len(data)

    def tell(self) -> int:
        return self._try(self.file.tell)

    def seek(self, place: int, whence: int = 0) -> int:
        return self._try(lambda: self.file.seek(place, whence))

    def flush(self) -> None:
        self._try(self.file.flush)

    def _try(self, act: Callable[[], int | None]) -> int:
        if self.error is None:
            try:
                return act() or 0
            except OSError as error:
                self.error = error
        return 0


def _write(rows: Iterable[Row], output: Output, aim: Aim, titles: dict[str, list[Title]], folder: str) -> None:
    options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
    texts = aim.knowledge.texts
    with output.opened() as file:
        steady = _Steady(file)
        book = Workbook(steady, options)
        book.use_zip64()
        made = datetime.combine(aim.as_of, time())  # the same results make the same file, whenever they are written
        book.set_properties({"title": texts.say("results.title"), "comments": OWN_MARK, "created": made})
        head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "indent": 1}
        formats = {name: book.add_format(settings) for name, settings in {**_FORMATS, "head": head}.items()}
        sheets = {
            name: _Sheet(book, texts.say(f"results.sheet.{name}"), each, formats) for name, each in titles.items()
        }
        bands = {band.id: band.name for band in aim.knowledge.policy.bands}
        for rank, row in ranked(rows, score=0):
            _add(sheets, rank, row, lambda name: bands.get(name, name))
        for sheet in sheets.values():
            sheet.finish()
        _legend(book, aim)
        try:
            book.close()
        except FileCreateError as error:
            steady.error = steady.error or error.args[0]
        if steady.error is not None:
            raise steady.error


def _add(sheets: dict[str, _Sheet], rank: int | None, row: Row, band: Callable[[str], str]) -> None:
    _, summary, gaps, proofs, problems = row
    if summary is not None:
        sheets["summary"].add((rank, *summary[:5], band(summary[5]), *summary[6:]))
    for sheet, found in (("gaps", gaps), ("evidence", proofs)):
        for each in found:
            sheets[sheet].add((rank, *each))
    for each in problems:
        sheets["problems"].add(each)


def _legend(book: Any, aim: Aim) -> None:
    """What the words and numbers mean, and what the results were made with."""
    texts = aim.knowledge.texts
    sheet = book.add_worksheet(texts.say("results.sheet.legend"))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, _LEGEND_WIDTH)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    role = f"{aim.role.ranks[aim.level].title} ({texts.named(f'report.level.{aim.level}', aim.level)})"
    role += f", {aim.setting.name}" if aim.setting is not None else ""
    lines = [
        (texts.say("results.legend.role"), role),
        (texts.say("results.legend.day"), aim.as_of.isoformat()),
        *((texts.say(f"results.legend.{name}"), texts.say(f"results.legend.{name}-means")) for name in _EXPLAINED),
        *((band.name, band.meaning) for band in aim.knowledge.policy.bands),
    ]
    for number, (word, meaning) in enumerate(lines):
        sheet.set_row(number, _LINE * (1 + len(meaning) // _LEGEND_WIDTH))
        sheet.write_string(number, 0, cell(word), bold)
        sheet.write_string(number, 1, cell(meaning), wrap)


_LEGEND_WIDTH = 100
_LINE = 15.5  # the height of a line of text
_EXPLAINED = ("rank", "score", "possible", "gate", "state", "points", "quotes", "caution")
