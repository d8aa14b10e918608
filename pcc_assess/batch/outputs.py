"""What results are written as, by the ending of the file's name: JSON Lines and CSV here, workbooks and Parquet beside.

A form takes from each record the little that its file needs of it, and writes the file when all rows are there. So a
run of any length can keep the rows on disk, sort them there, and hold none of them in memory.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcc_assess import outlets
from pcc_assess.aim import Aim
from pcc_assess.disk import Output
from pcc_assess.errors import UsageError, printable
from pcc_assess.knowledge import LevelId, Role
from pcc_assess.model import Assessment, Failure
from pcc_assess.renderers.json_ import to_line

Record = Assessment | Failure
# Texts, numbers, bytes, None, and tuples of them.
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of results file.

    ``row``: what is kept of a record until the file is written: plain data, which any spill can hold. ``write``: makes
    the file of all rows; it walks through them once. ``ranked``: the rows must come in the order of ``rank_key``, else
    in the order of the inputs. ``lines``: a row is nothing but the record's line of JSON, so that who has the line need
    not read it for ``row``.
    """

    ranked: bool
    row: Callable[[Record], Row]
    write: Callable[[Iterable[Row], Output], None]
    lines: bool = False


def rank_key(record: Record) -> tuple[float, str, str]:
    """What ranked results are sorted by: the highest score first, then the id, which is the same for the same content;
    what was not scored comes last.
    """
    score = float("inf") if isinstance(record, Failure) else -record.readiness.score
    return score, record.candidate.id, record.candidate.source


def form_of(output: Path) -> Callable[[Aim], Form]:
    """The maker of the form that the ending of a name asks for.

    Raises:
        UsageError: there is no such form.
    """
    form = FORMS.get(output.suffix.lower())
    if form is None:
        known = " or ".join(f"results{ending}" for ending in FORMS)
        raise UsageError(f"the output {printable(output.name)!r} has no known ending", hint=f"use --output {known}")
    return form


# --- JSON Lines ----------------------------------------------------------------------------------------------------


def json_lines(aim: Aim) -> Form:
    """One assessment or failure a line, as ``score --format json`` would give it, in the order of the inputs."""
    del aim
    return Form(ranked=False, row=_line_row, write=_write_lines, lines=True)


def _line_row(record: Record) -> Row:
    return (to_line(record) + b"\n",)


def _write_lines(rows: Iterable[Row], output: Output) -> None:
    for (line,) in rows:
        output.write(line)


# --- one row a candidate -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a row for each candidate: the same for every candidate of a role and level.

    ``names``: with the type of their values. Of a candidate that was not scored, most are None.
    """

    gates: tuple[str, ...]
    categories: tuple[str, ...]

    @classmethod
    def of(cls, role: Role, level: LevelId) -> Columns:
        """Those of a role at a level."""
        asked = {item.category for item in role.requirements if level in item.levels}
        shares = role.level_categories.get(level, role.categories)
        gates = tuple(gate.id for gate in role.gates if level in gate.levels)
        return cls(gates, tuple(name for name in shares if name in asked))

    @property
    def names(self) -> dict[str, type]:
        first = {"rank": int, "source": str, "id": str, "name": str, "status": str}
        last = {"given_id": str, "duplicate_of": str, "duplicate_kind": str}
        error = {"error_code": str, "error_message": str, "error_hint": str}
        score = {"score": float, "possible": float, "band": str, "level": str}
        gates = {f"gate {name}": str for name in self.gates}
        categories = {f"category {name}": float for name in self.categories}
        return {**first, **score, **gates, **categories, **last, **error}

    def row(self, record: Record) -> Row:
        """The values of one candidate, without the rank."""
        first = (record.candidate.source, record.candidate.id, record.candidate.name)
        if isinstance(record, Failure):
            empty = (None,) * (7 + len(self.gates) + len(self.categories))
            return (*first, "failed", *empty, record.error.code, record.error.message, record.error.hint)
        ready = record.readiness
        gates = {gate.id: gate.status for gate in ready.gates}
        scores = {category.id: category.score for category in record.categories}
        twin = record.candidate.duplicate
        return (
            *first,
            "scored",
            *(ready.score, ready.possible, ready.band, record.role.level),
            *(gates.get(name) for name in self.gates),
            *(scores.get(name) for name in self.categories),
            record.candidate.given_id,
            *((twin.of, twin.kind) if twin is not None else (None, None)),
            *(None, None, None),
        )


_SCORE = 4  # where the score stands in such a row


def ranked(rows: Iterable[Row], score: int = _SCORE) -> Iterator[tuple[int | None, Row]]:
    """Each row with its rank: equal scores have the same one, and what was not scored has none.

    Args:
        rows: in the order of ``rank_key``.
        score: where the score stands in a row.
    """
    rank, last = 0, None
    for place, row in enumerate(rows, 1):
        if row[score] is None:
            yield None, row
            continue
        if row[score] != last:
            rank, last = place, row[score]
        yield rank, row


def comma_separated(aim: Aim) -> Form:
    """One row a candidate for programs: UTF-8, commas, decimal points, whatever the country."""
    columns = Columns.of(aim.role, aim.level)

    def write(rows: Iterable[Row], output: Output) -> None:
        output.write(_line(columns.names))
        for rank, row in ranked(rows):
            output.write(_line((rank, *row)))

    return Form(ranked=True, row=columns.row, write=write)


def _line(cells: Iterable[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([_shown(each) for each in cells])
    return text.getvalue().encode("utf-8", "replace")


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return outlets.cell(value) if isinstance(value, str) else "" if value is None else str(value)


def _workbook(aim: Aim) -> Form:
    from pcc_assess.batch.workbook import workbook

    return workbook(aim)


def _parquet(aim: Aim) -> Form:
    from pcc_assess.batch.parquet import parquet

    return parquet(aim)


FORMS: Mapping[str, Callable[[Aim], Form]] = {
    ".jsonl": json_lines,
    ".csv": comma_separated,
    ".xlsx": _workbook,
    ".parquet": _parquet,
}
