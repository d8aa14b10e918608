"""Tables of text (CSV, TSV) as rows of cells, one after the other, in whatever encoding and with whatever separator.

Nothing is guessed by regular expressions: each separator is tried on the first lines, and the one that gives the most
regular table is taken.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from pcc_assess.errors import InputError
from pcc_assess.limits import Limits
from pcc_assess.readers.content import clean
from pcc_assess.readers.plain import encoding_of

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 1 << 16
_CHUNK = 1 << 20
_TRIED_ROWS = 60
_WIDE = 30  # more columns than this make a table no more regular
_LONGEST_RECORD = 1_000_000  # characters; a quotation mark that is never closed would swallow the rest of the table
_MOST_REPAIRS = 100


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row by its number, counted from 1. ``fault``: why it could not be read."""

    number: int
    cells: list[str]
    fault: str = ""


def read_grid(file: BinaryIO, where: str, limits: Limits) -> Generator[GridRow, None, None]:
    """The rows of a CSV or TSV file, also of a huge one: only one row is held.

    Raises:
        InputError: it is no text, or larger than the limit.
    """
    encoding = _encoding(file, where, limits)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        yield from _rows(text)
    finally:
        text.detach()


def _encoding(file: BinaryIO, where: str, limits: Limits) -> str:
    """The encoding by the first bytes; UTF-8 only where all of it is."""
    start = file.read(_SAMPLE)
    try:
        name = encoding_of(start, where)
    except InputError as error:
        error.hint = "save it from the spreadsheet as CSV (UTF-8) or XLSX"
        raise
    decoder = codecs.getincrementaldecoder("utf-8")()
    size, chunk = 0, start
    strict = name == "utf-8"
    while chunk:
        size += len(chunk)
        if size > limits.bytes("table_mb"):
            raise limits.exceeded("table_mb", where)
        if strict:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                strict, name = False, "cp1252"
        chunk = file.read(_CHUNK)
    return name


def _rows(text: io.TextIOWrapper) -> Iterator[GridRow]:
    sample = text.read(_SAMPLE)
    if len(sample) == _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    text.seek(0)
    lines = _lines(text)
    separator, skipped = _separator(sample)
    for number, row in enumerate(_records(islice(lines, skipped, None), separator), skipped + 1):
        if isinstance(row, str):
            yield GridRow(number, [], row)
        else:
            yield GridRow(number, [clean(cell) for cell in row])


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines with their ends; a line without end comes in pieces that are too long for a row."""
    while line := text.readline(_LONGEST_RECORD + 2):
        yield line


def _records(lines: Iterator[str], separator: str) -> Iterator[list[str] | str]:
    """The rows; for one that has no end, why. Reading goes on at the line behind the one in which it began."""
    csv.field_size_limit(2 * _LONGEST_RECORD)
    waiting: list[str] = []
    for _ in range(_MOST_REPAIRS):
        source = _Source(waiting, lines)
        try:
            for row in csv.reader(source, delimiter=separator):
                if source.endless:
                    break
                yield row
                source.taken.clear()
            if not source.endless:
                return
        except csv.Error:
            pass
        yield "a quotation mark is opened in this row and not closed, or the row is far too long"
        waiting = [*source.taken[1:], *source.waiting]
    yield "too many quotation marks are not closed; the table was not read further"


class _Source:
    """Lines for one reader. ``taken``: those of the row that is being read. ``endless``: it has no end."""

    def __init__(self, waiting: list[str], lines: Iterator[str]) -> None:
        self.waiting = iter(waiting)
        self.lines = lines
        self.taken: list[str] = []
        self.endless = False

    def __iter__(self) -> Iterator[str]:
        size = 0
        while True:
            line = next(self.waiting, "") or next(self.lines, "")
            size = size + len(line) if self.taken else len(line)
            if not line and not self.taken:
                return
            # A reader that asks for more has an open quotation mark.
            self.endless = not line or size > _LONGEST_RECORD
            if line:
                self.taken.append(line)
            if self.endless:
                return
            yield line


def _separator(sample: str) -> tuple[str, int]:
    """The separator of a table by its first lines, and how many lines at its head say nothing else ("sep=;")."""
    first = sample.partition("\n")[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4], 1
    if first == "sep=":
        return "\t", 1
    return max(_SEPARATORS, key=lambda separator: _regularity(sample, separator)), 0


def _regularity(sample: str, separator: str) -> float:
    """How much a sample looks like a table with this separator: the share of the commonest width counts most, then that
    width, and that rows of it begin early, for a text full of commas stands below a header without any.
    """
    if separator not in sample:
        return 0.0
    try:
        rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _TRIED_ROWS)
        widths = [len(row) for row in rows if row]
    except csv.Error:
        return 0.0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    width = max(set(wide), key=lambda each: (wide.count(each), each))
    share = wide.count(width) / len(widths)
    return share**2 * min(width, _WIDE) / (1 + widths.index(width))
