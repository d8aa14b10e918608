"""The lines of a results file: JSON Lines for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from pcc_assess import outlets
from pcc_assess.errors import UsageError, printable
from pcc_assess.knowledge import LevelId, Role
from pcc_assess.model import Assessment, Failure
from pcc_assess.renderers.json_ import to_json

Record = Assessment | Failure


class JsonLines:
    """One assessment or failure a line, as ``score --format json`` would give it."""

    def __init__(self, role: Role, level: LevelId) -> None:
        del role, level

    def head(self) -> bytes:
        """Nothing: every line stands for itself."""
        return b""

    def line(self, record: Record) -> bytes:
        # A file name that is not UTF-8 becomes a JSON escape, which reads back as the same name.
        return to_json(record, indent=None).strip().encode("utf-8", "backslashreplace") + b"\n"


class Csv:
    """One row a candidate; the columns are those of the role at the level, the same for every row."""

    def __init__(self, role: Role, level: LevelId) -> None:
        self.gates = [gate.id for gate in role.gates if level in gate.levels]
        asked = {item.category for item in role.requirements if level in item.levels}
        self.categories = [name for name in role.categories if name in asked]

    def head(self) -> bytes:
        """The row of column names."""
        columns = ["source", "id", "status", "score", "possible", "band", "level"]
        columns += [f"gate {name}" for name in self.gates]
        columns += [f"category {name}" for name in self.categories]
        return _row([*columns, "error_code", "error_message", "error_hint"])

    def line(self, record: Record) -> bytes:
        """The row of one candidate."""
        first = [record.candidate.source, record.candidate.id]
        if isinstance(record, Failure):
            empty = [""] * (4 + len(self.gates) + len(self.categories))
            return _row([*first, "failed", *empty, record.error.code, record.error.message, record.error.hint])
        ready = record.readiness
        gates = {gate.id: gate.status for gate in ready.gates}
        scores = {category.id: f"{category.score:g}" for category in record.categories}
        cells = [*first, "scored", f"{ready.score:g}", f"{ready.possible:g}", ready.band, record.role.level]
        cells += [gates.get(name, "") for name in self.gates]
        cells += [scores.get(name, "") for name in self.categories]
        return _row([*cells, "", "", ""])


FORMATS: Mapping[str, Callable[[Role, LevelId], JsonLines | Csv]] = {".jsonl": JsonLines, ".csv": Csv}


def format_of(output: Path) -> Callable[[Role, LevelId], JsonLines | Csv]:
    """The format that the ending of the output's name asks for.

    Raises:
        UsageError: there is no such format.
    """
    form = FORMATS.get(output.suffix.lower())
    if form is None:
        known = " or ".join(f"results{ending}" for ending in FORMATS)
        raise UsageError(f"the output {printable(output.name)!r} has no known ending", hint=f"use --output {known}")
    return form


def _row(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([outlets.cell(cell) for cell in cells])
    return text.getvalue().encode("utf-8", "replace")
