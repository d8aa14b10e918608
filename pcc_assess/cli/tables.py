"""What ``batch`` says about its inputs: how tables are understood, and what a dry run would read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pcc_assess.cli.ending import tell
from pcc_assess.errors import printable

if TYPE_CHECKING:
    from pcc_assess.batch.columns import Header
    from pcc_assess.batch.looking import Outlook
    from pcc_assess.batch.tables import PassedOver, Reading, TableRead
    from pcc_assess.limits import Limits

_LONGEST = 60  # characters of a header that is shown
_MOST_NAMED = 4


class RatedBy(StrEnum):
    """Whose ratings a table holds."""

    SELF = "self"
    COUNSELOR = "counselor"


MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=FIELD", help="Say what a column of a table holds. May be given again."),
]
MapFileOption = Annotated[
    str | None, typer.Option("--map-file", metavar="FILE", help="A saved list of what the columns hold.")
]
SaveMapOption = Annotated[
    str | None, typer.Option("--save-map", metavar="FILE", help="Save what the columns hold as a CSV file, to correct.")
]
RatedByOption = Annotated[
    RatedBy | None,
    typer.Option("--rated-by", help="Whose ratings a table holds. [default: self for a form, else counselor]"),
]
NullOption = Annotated[
    bool, typer.Option("--null", "-0", help="With - as input: the names are separated by NUL, and not by line ends.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only say what would be read, and what not and why.")]


@dataclass(slots=True)
class Tables:
    """The tables of a run as they are understood, and what is passed over.

    ``save``: the file that keeps what their columns hold. ``passed`` and ``left``: the first of what is passed over and
    may well be no candidate, such as hidden files, and how many in all.
    """

    save: str | None = None
    quiet: bool = False
    columns: dict[str, str] = field(default_factory=dict)
    passed: list[PassedOver] = field(default_factory=list)
    left: int = 0

    def notice(self, told: PassedOver | TableRead) -> None:
        """One line for each table, and for what might be missed."""
        from pcc_assess.batch.tables import TableRead

        if isinstance(told, TableRead):
            self.keep(told.header)
            if not self.quiet:
                tell(understood(told))
        elif told.matters and not self.quiet:
            tell(f"passed over: {told.source}: {told.why}")
        elif not self.quiet:
            self.left += 1
            if len(self.passed) < _MOST_NAMED:
                self.passed.append(told)

    def keep(self, header: Header) -> None:
        """Remember what the columns of a table hold."""
        for column in header.columns:
            self.columns.setdefault(column.header, column.meaning)
        for name, _ in header.unclear:
            self.columns.setdefault(name, "")

    def finish(self) -> None:
        """Name what nobody may miss, and save what the columns hold, where that was asked for.

        Raises:
            OutputError: it cannot be written.
        """
        if self.left:
            named = ", ".join(f"{each.source} ({each.why})" for each in self.passed)
            more = ", ..." if self.left > len(self.passed) else ""
            tell(f"also passed over: {named}{more}")
        if self.save is None:
            return
        from pcc_assess.batch.columns import write_map

        write_map(self.save, self.columns)
        tell(f"what the columns hold: written to {self.save}")


def reading_of(
    given: list[str] | None, file: str | None, rated_by: RatedBy | None, limits: Limits, *, null: bool
) -> Reading:
    """How inputs are read, by the options; an option for one column overrules the saved list.

    Raises:
        UsageError: an option is not of the form COLUMN=FIELD.
        InputError: the saved list cannot be read.
    """
    from pcc_assess.batch.columns import parse_given, read_map
    from pcc_assess.batch.tables import Reading

    columns = read_map(file, limits) if file is not None else {}
    whose: dict[RatedBy | None, Literal["self", "counselor"] | None] = {
        None: None,
        RatedBy.SELF: "self",
        RatedBy.COUNSELOR: "counselor",
    }
    return Reading(limits=limits, columns=columns | parse_given(given or ()), rated_by=whose[rated_by], null=null)


def understood(table: TableRead) -> str:
    """How a table is understood, in one line, with the option that helps where something is left over."""
    header = table.header
    line = f"{table.source}: {_count(len(header.columns), 'column')} understood"
    if _has_ratings(table):
        line += f", ratings by the {'person' if table.rated_by == 'self' else 'counselor'}"
    if header.unclear:
        names = [_unclear(name, meanings) for name, meanings in header.unclear[:_MOST_NAMED]]
        more = ", ..." if len(header.unclear) > _MOST_NAMED else ""
        example = header.unclear[0][1][0] if header.unclear[0][1] else "FIELD"
        line += f"; not used: {', '.join(names)}{more}; to use one: --map '{_short(header.unclear[0][0])}={example}'"
    if header.missing:
        line += f"; there is no column {', '.join(map(_quoted, header.missing[:_MOST_NAMED]))}"
    return line


def outlook_lines(outlook: Outlook) -> Iterator[str]:
    """What a dry run tells."""
    files, rows = sum(outlook.files.values()), sum(outlook.rows.values())
    yield f"Would be read: {_count(files + rows, 'candidate')}"
    if files:
        yield f"  {_count(files, 'file')} ({_kinds(outlook.files)})"
    if rows:
        yield f"  {_count(rows, 'row')} of {_count(len(outlook.tables), 'table')}"
    for table in outlook.tables:
        yield ""
        yield from _table_lines(table, outlook.rows[table.source])
    problems = [
        (failure.candidate.source, _reason(failure.error.message, failure.error.hint)) for failure in outlook.failures
    ]
    yield from _list("Would not be read", outlook.failed, problems)
    yield from _list("Passed over", outlook.left, [(each.source, each.why) for each in outlook.passed])


def _table_lines(table: TableRead, rows: int) -> Iterator[str]:
    header = table.header
    yield f"{table.source}: {_count(rows, 'row')}, headers in row {header.row}"
    if _has_ratings(table):
        whose = "the person's own (--rated-by counselor if they are yours)"
        yield f"  ratings: {whose if table.rated_by == 'self' else 'the counselor (--rated-by self if not)'}"
    for column in header.columns:
        yield f"  {_short(column.header)} -> {column.meaning}" + (" (a guess)" if column.how == "like" else "")
    for name, meanings in header.unclear:
        yield f"  {_unclear(name, meanings)}: not used; to use it: --map '{_short(name)}={(*meanings, 'FIELD')[0]}'"
    for name in header.missing:
        yield f"  there is no column {_quoted(name)}"


def _has_ratings(table: TableRead) -> bool:
    from pcc_assess.batch.columns import FIELDS

    return any(column.meaning not in FIELDS for column in table.header.columns)


def _list(title: str, number: int, lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    if number:
        yield ""
        yield f"{title}: {number:,}"
        shown = 0
        for source, why in lines:
            shown += 1
            yield f"  {source}: {why}"
        if number > shown:
            yield f"  ... and {number - shown:,} more"


def _reason(message: str, hint: str) -> str:
    return f"{message} ({hint})" if hint else message


def _kinds(files: Counter[str]) -> str:
    return ", ".join(f"{name or 'no ending'} {number:,}" for name, number in files.most_common())


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _unclear(name: str, meanings: tuple[str, ...]) -> str:
    return f"{_quoted(name)} ({' or '.join(meanings[:_MOST_NAMED])}?)" if meanings else _quoted(name)


def _quoted(name: str) -> str:
    return f'"{_short(name)}"'


def _short(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 4]} ..."
