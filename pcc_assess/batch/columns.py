"""What the columns of a table hold, told by their headers.

A column's meaning is the id of a field of ``data/tables.yaml``, of a skill or of a certificate.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise
from typing import Literal, get_args

from pcc_assess import outlets
from pcc_assess.disk import open_input, write_output
from pcc_assess.errors import InputError, UsageError, printable
from pcc_assess.knowledge import ColumnId, Knowledge
from pcc_assess.limits import Limits
from pcc_assess.tokens import fold_phrase

# How a meaning was found, the surest first.
How = Literal["given", "exact", "within", "like"]
SURENESS: tuple[How, ...] = ("given", "exact", "within", "like")
_MAP_HEADER = ("column", "field")
# Fields that say nothing of what a person brings.
BESIDE = frozenset({"id", "name", "first-name", "last-name", "personal", "form", "unused"})
FIELDS = frozenset(get_args(ColumnId))
# In a small table one known header is enough.
_FEW_CELLS = 2
_LONGEST = 8  # words of a name that are looked for inside a header
_MOST_WORDS = 60  # a longer text is no header
# The row of a grid in a form: "Rate yourself [Patient scheduling]".
_BRACKETS = re.compile(r"\[([^\[\]]{1,200})\]\s*\Z")
_ASIDE = re.compile(r"\([^()]{1,200}\)")
_TAIL = frozenset("rating ratings rate level levels score skill skills knowledge required 0 1 2 3 4 to".split())


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ``place`` from 0, its ``header`` as written, and what it means."""

    place: int
    header: str
    meaning: str
    how: How


@dataclass(frozen=True, slots=True)
class Header:
    """A row of headers. ``columns``: those that were understood. ``unclear``: headers with the meanings that they may
    have, none where nothing fits. ``width``: how many cells it has. ``missing``: columns that were given a meaning, and
    are not there.
    """

    row: int
    width: int
    columns: tuple[Column, ...]
    unclear: tuple[tuple[str, tuple[str, ...]], ...]
    missing: tuple[str, ...] = ()

    @property
    def assessable(self) -> bool:
        """Whether any column says what a person brings."""
        return any(column.meaning not in BESIDE for column in self.columns)


@dataclass(frozen=True)
class Headers:
    """The headers that are known, made once and used for any number of tables.

    ``given``: the meaning of single columns, by header or by letter, as a counselor gave it.
    """

    knowledge: Knowledge
    given: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def meanings(self) -> frozenset[str]:
        """All that a column can mean."""
        return FIELDS | self.knowledge.skills.keys() | self.knowledge.credentials.keys()

    @cached_property
    def exact(self) -> dict[tuple[str, ...], str]:
        """Whole headers."""
        known: dict[tuple[str, ...], str] = {}
        for meaning, names in (*self._fields(), *self.knowledge.tables.short.items(), *self._names(), *self._forms()):
            for name in names:
                known.setdefault(fold_phrase(name), meaning)
        known.pop((), None)
        return known

    @cached_property
    def within(self) -> dict[tuple[str, ...], str]:
        """Names that are looked for inside a longer header."""
        known: dict[tuple[str, ...], str] = {}
        fields = ((each.id, each.within) for each in self.knowledge.tables.fields)
        for meaning, names in (*fields, *self._names(), *self._forms()):
            for name in names:
                known.setdefault(fold_phrase(name), meaning)
        for meaning, names in self.knowledge.tables.short.items():
            for words in map(fold_phrase, names):
                if len(words) > 1:  # a single short word means too many things inside a sentence
                    known.setdefault(words, meaning)
        known.pop((), None)
        return known

    @cached_property
    def alike(self) -> dict[str, str]:
        """Whole headers as one text, for comparing."""
        shortest = self.knowledge.tables.shortest
        return {text: meaning for words, meaning in self.exact.items() if len(text := " ".join(words)) >= shortest}

    def _fields(self) -> Iterator[tuple[str, Iterable[str]]]:
        for each in self.knowledge.tables.fields:
            yield each.id, (each.id, *each.headers, *each.within)

    def _names(self) -> Iterator[tuple[str, Iterable[str]]]:
        from pcc_assess import catalog

        for known in (self.knowledge, *catalog.load_all()):  # a header may be in any language
            for records in (known.skills, known.credentials):
                for name, record in records.items():
                    yield name, (name, record.name, record.name.partition("(")[0])

    def _forms(self) -> Iterator[tuple[str, Iterable[str]]]:
        for records in (self.knowledge.skills, self.knowledge.credentials):
            for name, record in records.items():
                yield name, record.forms

    def meaning(self, header: str, letter: str = "") -> tuple[How, tuple[str, ...]]:
        """What one header means: one meaning, several that cannot be told apart, or none; and how that was found."""
        given = self._given.get(fold_phrase(header)) or self._given.get((letter.lower(),) if letter else ())
        if given is not None:
            return "given", (given,)
        read = [self._meaning(text) for text in self._readings(header)]
        return next(
            (each for each in read if len(each[1]) == 1), next((each for each in read if each[1]), ("exact", ()))
        )

    def _readings(self, header: str) -> Iterator[str]:
        """A header as it may be read: the question of a form in brackets, the whole, and without "(s)" or an aside."""
        inside = _BRACKETS.search(header)
        if inside:
            yield inside.group(1)
        yield header
        plain = _ASIDE.sub(" ", header.replace("(s)", "s"))
        if plain != header and not self._asks_else(fold_phrase(header)):
            yield plain

    @cached_property
    def _given(self) -> dict[tuple[str, ...], str]:
        return {fold_phrase(header): meaning for header, meaning in self.given.items()}

    def _meaning(self, text: str) -> tuple[How, tuple[str, ...]]:
        words = fold_phrase(text.replace("#", " number "))
        if not words or len(words) > _MOST_WORDS:
            return "exact", ()
        how, found = self._named(words)
        if self._asks_else(words) and any(meaning in self.knowledge.skills for meaning in found):
            return "exact", ()
        return how, found

    def _asks_else(self, words: tuple[str, ...]) -> bool:
        """Whether a header asks for something else than how good a person is, such as a date or years."""
        return any(other in _runs(words) for other in map(fold_phrase, self.knowledge.tables.not_ratings))

    def _named(self, words: tuple[str, ...]) -> tuple[How, tuple[str, ...]]:
        for form in _shorter(words):
            if form in self.exact:
                return "exact", (self.exact[form],)
        found = self._inside(words)
        if found:
            return "within", found
        rules = self.knowledge.tables
        whole = " ".join(words)
        if len(whole) < rules.shortest:
            return "exact", ()
        from pcc_assess.match.closest import closest

        return "like", closest(whole, self.alike, rules.similar, rules.apart)

    def _inside(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The meanings of all names that stand in a header, of overlapping ones the longest."""
        found: dict[str, None] = {}
        taken: set[int] = set()
        for size in range(min(_LONGEST, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                places = range(start, start + size)
                meaning = self.within.get(words[start : start + size])
                if meaning is not None and taken.isdisjoint(places):
                    taken.update(places)
                    found[meaning] = None
        return tuple(found)

    def read(self, row: int, cells: Sequence[str]) -> Header:
        """A row of a table, taken for its headers."""
        columns: list[Column] = []
        unclear: list[tuple[str, tuple[str, ...]]] = []
        for place, header in enumerate(cells):
            if not header.strip():
                continue
            how, found = self.meaning(header, letter_of(place))
            if len(found) == 1:
                columns.append(Column(place, header.strip(), found[0], how))
            else:
                unclear.append((header.strip(), found))
        here = {fold_phrase(header) for header in cells} | {(letter_of(place).lower(),) for place in range(len(cells))}
        missing = tuple(name for name in self.given if fold_phrase(name) not in here)
        return Header(row, len(cells), tuple(columns), tuple(unclear), missing)

    def find(self, rows: Iterable[tuple[int, Sequence[str]]]) -> Header | None:
        """The first of some rows that looks like headers: two columns that are known, of a narrow table one.

        Where the next row knows more columns, the first one names groups of them.
        """
        best: Header | None = None
        waiting = iter(rows)
        for number, cells in waiting:
            read = self.read(number, cells)
            known = {column.meaning for column in read.columns}
            if len(known) >= _FEW_CELLS or (known and len(read.columns) + len(read.unclear) <= _FEW_CELLS):
                below = [self.read(*row) for row in islice(waiting, 1)]
                return max([read, *below], key=lambda header: len(header.columns))
            if known and best is None:
                best = read
        return best

    def check(self) -> None:
        """Whether every meaning that was given exists.

        Raises:
            UsageError: one does not; the nearest is named.
        """
        for header, meaning in self.given.items():
            if meaning not in self.meanings:
                from pcc_assess.catalog import nearest

                near = nearest(meaning, self.meanings)
                fields = ", ".join(get_args(ColumnId))
                hint = f"did you mean {near!r}?" if near else f"fields: {fields}; or the id of a skill or certificate"
                raise UsageError(f"--map {printable(header)!r}: there is no field {printable(meaning)!r}", hint=hint)


def _shorter(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A header, without a number before it, without "rating (0-4)" behind it, and without the figure that a form puts
    behind a repeated question ("Name2").
    """
    yield words
    while len(words) > 1 and words[0].isdecimal():
        words = words[1:]
    yield words
    trimmed = words
    while len(trimmed) > 1 and trimmed[-1] in _TAIL:
        trimmed = trimmed[:-1]
        yield trimmed
    last = words[-1].rstrip("0123456789")
    if last and last != words[-1]:
        yield (*words[:-1], last)


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """One or two words that stand together."""
    return {*zip(words), *pairwise(words)}


def letter_of(place: int) -> str:
    """What a spreadsheet calls the column at ``place``: A, B, ... Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def write_map(path: str, columns: Mapping[str, str]) -> None:
    """Save what columns hold as a CSV file of two columns, which a spreadsheet can open and save.

    Raises:
        OutputError: it cannot be written.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_MAP_HEADER)
    rows.writerows((outlets.cell(header), meaning) for header, meaning in columns.items())
    write_output(path, text.getvalue().encode("utf-8-sig", "replace"))


def read_map(path: str, limits: Limits) -> dict[str, str]:
    """What ``write_map`` saved, be it changed by hand; a column without a field is left to its header.

    Raises:
        InputError: it cannot be read, or is no such list.
    """
    from pcc_assess.batch.grids import read_grid

    where = printable(path)
    with open_input(path) as file:
        rows = [row.cells for row in read_grid(file, where, limits)]
    if not rows or tuple(cell.strip().lower() for cell in rows[0][:2]) != _MAP_HEADER:
        hint = "make one with --save-map FILE; its first row reads: column,field"
        raise InputError("this is no list of columns and fields", where=where, hint=hint)
    return {row[0].strip(): row[1].strip() for row in rows[1:] if len(row) > 1 and row[0].strip() and row[1].strip()}


def parse_given(texts: Iterable[str]) -> dict[str, str]:
    """Meanings of columns given as ``COLUMN=FIELD``.

    Raises:
        UsageError: a text is not of that form.
    """
    found: dict[str, str] = {}
    for text in texts:
        header, _, meaning = text.rpartition("=")
        if not header.strip() or not meaning.strip():
            hint = 'write it like --map "Years in health care=patient-years"'
            raise UsageError(f"--map {printable(text)!r} is not COLUMN=FIELD", hint=hint)
        found[header.strip()] = meaning.strip()
    return found
