"""Tables of candidates: one row a person. The headers are found and understood, and each row becomes a candidate."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pcc_assess import catalog
from pcc_assess.assess import failure_of
from pcc_assess.batch.columns import SURENESS, Header, Headers
from pcc_assess.batch.grids import GridRow, read_grid
from pcc_assess.batch.rows import Cell, RatedBy, TableRow
from pcc_assess.batch.sheets import Sheet, read_workbook
from pcc_assess.disk import open_input
from pcc_assess.errors import InputError, PccError, printable
from pcc_assess.knowledge import Knowledge
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.model import Failure

GRIDS = ("csv", "tsv", "tab")
WORKBOOKS = ("xlsx", "xlsm", "xlsb", "xls", "ods")
# How our own CSV results begin; they are no table of candidates.
OWN_HEADER = ("rank", "source", "id", "name", "status", "score")
_NOT_READ = frozenset({"personal", "form", "unused"})
_MOST_NAMED = 6
# A table takes longer than a resume: so many times the limit.
_PATIENCE = 12


@dataclass(frozen=True)
class Reading:
    """How inputs are read. ``columns``: meanings of columns that were given. ``rated_by``: whose ratings a table holds;
    None lets the table tell. ``null``: a list of names on standard input is separated by NUL.
    """

    knowledge: Knowledge | None = None
    limits: Limits = STANDARD
    columns: Mapping[str, str] = field(default_factory=dict)
    rated_by: RatedBy | None = None
    null: bool = False

    @cached_property
    def headers(self) -> Headers:
        """The headers that are known, compiled when the first table comes."""
        return Headers(self.knowledge or catalog.load(), self.columns)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What is not read without being a failure, and why. ``matters``: it may have been meant to be read."""

    source: str
    why: str
    matters: bool = False


@dataclass(frozen=True, slots=True)
class TableRead:
    """How a table, or a sheet of one, was understood."""

    source: str
    header: Header
    rated_by: RatedBy


Notice = Callable[[PassedOver | TableRead], None]
Person = tuple[str, TableRow]


def is_table(name: str) -> bool:
    """Whether a file is a table by the ending of its name."""
    return _ending(name) in GRIDS + WORKBOOKS


def _ending(name: str) -> str:
    return name.lower().rpartition(".")[2]


def read_people(
    path: str, data: bytes | None, source: str, reading: Reading, notice: Notice
) -> Iterator[Person | Failure]:
    """Every row of a table with its source (``people.xlsx#Sheet1:12``, ``people.csv#12``); a row or table that cannot
    be read is a ``Failure``.

    Args:
        path: the file.
        data: its bytes, where they were read already, as those of a member of a zip file.
        source: what outputs show.
        reading: how it is read.
        notice: told how each sheet was understood, and what is passed over.
    """
    people = _People(source, reading, notice)
    try:
        for part in _parts(path, data, source, reading.limits):
            if not isinstance(part, Sheet):
                yield from people.take(part)
            elif part.own:
                notice(PassedOver(source, "results of an earlier batch", matters=True))
                return
            elif part.hidden:
                yield from people.end()
                notice(PassedOver(f"{source}#{part.name}", "a hidden sheet", matters=True))
            else:
                yield from people.end()
                people.begin(part.name)
        yield from people.end()
        yield from people.nothing()
    except PccError as error:
        yield failure_of(error, source)


def _parts(path: str, data: bytes | None, source: str, limits: Limits) -> Iterator[Sheet | GridRow]:
    where = printable(source)
    if _ending(source) in WORKBOOKS:
        patient = replace(limits, seconds=limits.seconds * _PATIENCE)
        yield from read_workbook(path, data, where, patient)
        return
    yield Sheet("")
    if data is not None:
        yield from read_grid(io.BytesIO(data), where, limits)
        return
    with open_input(path) as file:
        yield from read_grid(file, where, limits)


class _People:
    """The people of one table, sheet by sheet."""

    def __init__(self, source: str, reading: Reading, notice: Notice) -> None:
        self.source = source
        self.reading = reading
        self.notice = notice
        self.sheet = ""
        self.waiting: list[GridRow] = []
        self.header: Header | None = None
        self.used: list[tuple[int, str, str]] = []
        self.titles: dict[int, str] = {}
        self.rated_by: RatedBy = "counselor"
        self.reading_rows = False
        self.rows = self.rows_before = 0  # in all, and in the sheets before this one
        self.understood = 0
        self.first: GridRow | None = None
        self.strange: list[PassedOver] = []

    @property
    def place(self) -> str:
        return f"{self.source}#{self.sheet}" if self.sheet else self.source

    def begin(self, sheet: str) -> None:
        """A new sheet."""
        self.sheet = sheet
        self.waiting = []
        self.header = None
        self.rows_before = self.rows
        self.reading_rows = True

    def take(self, row: GridRow) -> Iterator[Person | Failure]:
        """One row: until the header is found it waits."""
        if not self.reading_rows:
            return
        if self.header is not None:
            yield from self.person(row)
            return
        if any(row.cells) or row.fault:
            self.waiting.append(row)
        if len(self.waiting) > self.reading.headers.knowledge.tables.rows_above:
            yield from self.settle()

    def end(self) -> Iterator[Person | Failure]:
        """The end of a sheet."""
        if self.reading_rows and self.header is None and self.waiting:
            yield from self.settle()
        if self.reading_rows and self.header is not None and self.rows == self.rows_before:
            self.notice(PassedOver(self.place, "there is no row below its headers", matters=True))
        self.reading_rows = False

    def nothing(self) -> Iterator[Failure]:
        """A failure where no sheet was understood; a word about the others where one was."""
        if self.understood:
            for sheet in self.strange:
                self.notice(sheet)
            return
        if self.first is None:
            yield failure_of(InputError("the table is empty", hint="check that it was saved"), self.source)
            return
        names = [name for name in map(printable, self.first.cells) if name][:_MOST_NAMED]
        read = f"its first row reads: {', '.join(names)}"
        hint = f'{read[:300]}; say what a column holds, such as --map "{names[0][:60] if names else "A"}=skills"'
        yield failure_of(InputError("no column says what a person brings", hint=hint), self.source)

    def settle(self) -> Iterator[Person | Failure]:
        """Find the header among the rows that wait, and go on with those behind it."""
        waiting, self.waiting = self.waiting, []
        self.first = self.first or next((row for row in waiting if row.cells), None)
        if self._own(waiting):
            self.notice(PassedOver(self.place, "results of an earlier batch", matters=True))
            self.understood += 1
            self.reading_rows = False
            return
        most = self.reading.limits.columns
        header = self.reading.headers.find([(row.number, row.cells) for row in waiting if len(row.cells) <= most])
        if (header is None or not header.assessable) and any(len(row.cells) > most for row in waiting):
            raise self.reading.limits.exceeded("columns", printable(self.place))
        if header is None or not header.assessable:
            self.strange.append(PassedOver(self.place, "no column says what a person brings", matters=True))
            self.reading_rows = False
            return
        self.adopt(header)
        for row in waiting:
            if row.number > header.row:
                yield from self.person(row)

    def _own(self, rows: Sequence[GridRow]) -> bool:
        return any(tuple(row.cells[: len(OWN_HEADER)]) == OWN_HEADER for row in rows)

    def adopt(self, header: Header) -> None:
        """Take a row for the header."""
        self.header = header
        self.understood += 1
        columns = sorted(header.columns, key=lambda column: (SURENESS.index(column.how), column.place))
        self.used = [(each.place, each.meaning, each.header) for each in columns if each.meaning not in _NOT_READ]
        self.titles = {each.place: each.header for each in header.columns}
        by_form = any(each.meaning == "form" for each in header.columns)
        self.rated_by = self.reading.rated_by or ("self" if by_form else "counselor")
        self.notice(TableRead(self.place, header, self.rated_by))

    def person(self, row: GridRow) -> Iterator[Person | Failure]:
        """The candidate in one row; nothing for an empty row and for one that repeats the header."""
        source = f"{self.place}:{row.number}" if self.sheet else f"{self.place}#{row.number}"
        width = self.header.width if self.header is not None else 0
        if row.fault:
            self.count()
            hint = "correct the row in the spreadsheet, and save the table again"
            yield failure_of(InputError(row.fault, where=printable(source), hint=hint), source)
        elif not any(row.cells) or self._repeats(row):
            return
        elif not self.sheet and any(cell.strip() for cell in row.cells[width:]):
            self.count()
            message = f"the row has {len(row.cells)} cells, and the header has {width}"
            hint = "put cells that hold the separator in quotation marks, or save the table as XLSX"
            yield failure_of(InputError(message, where=printable(source), hint=hint), source)
        else:
            self.count()
            cells = tuple(
                Cell(meaning, header, row.cells[place])
                for place, meaning, header in self.used
                if place < len(row.cells) and row.cells[place].strip()
            )
            yield source, TableRow(cells, self.rated_by)

    def count(self) -> None:
        """One more row.

        Raises:
            InputError: it is one too many.
        """
        self.rows += 1
        if self.rows > self.reading.limits.rows:
            raise self.reading.limits.exceeded("rows", printable(self.source))

    def _repeats(self, row: GridRow) -> bool:
        """Whether a row is the header once more, as on every page of some exports."""
        return all(place < len(row.cells) and row.cells[place].strip() == text for place, text in self.titles.items())
