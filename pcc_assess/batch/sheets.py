"""Workbooks (XLSX, XLS, ODS) as rows of cells.

The library loads a whole sheet and may meet anything, so it works in a process apart that is bound in size and time;
the rows come out of there in parts, and are never all held here.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from pcc_assess.batch.grids import GridRow
from pcc_assess.disk import open_input
from pcc_assess.errors import InputError
from pcc_assess.isolation import stream_isolated
from pcc_assess.limits import Limits
from pcc_assess.readers.content import clean

# Stands in the properties of our own workbooks, which are never read as a table of candidates.
OWN_MARK = "pcc-assess/results/1"
_PROPERTIES = "docProps/core.xml"
_ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """The name of a sheet, before its rows. ``hidden``: it is not shown, and not read. ``own``: a file of ours."""

    name: str
    hidden: bool = False
    own: bool = False


def read_workbook(path: str, data: bytes | None, where: str, limits: Limits) -> Iterator[Sheet | GridRow]:
    """Every sheet, each followed by its rows.

    Args:
        path: the file.
        data: its bytes, where they were read already.
        where: its name for messages.
        limits: the size that it may have, and the time and memory that reading it may take.

    Raises:
        InputError: it is no workbook, locked, damaged, or beyond a limit.
    """
    try:
        for part in stream_isolated(_parts, path, data, where, limits, limits=limits, where=where):
            yield from part
    except InputError as error:
        for name in ("memory_mb", "seconds"):
            if error.message == limits.exceeded(name, where).message:
                option = f"--limit {name.replace('_', '-')}=NUMBER"
                error.hint = f"save it as CSV (UTF-8), which is read row by row; or add {option}"
        raise


def _parts(path: str, data: bytes | None, where: str, limits: Limits) -> Iterator[list[Sheet | GridRow]]:
    import python_calamine

    if data is None:
        with open_input(path) as file:
            data = file.read(limits.bytes("table_mb") + 1)
    if len(data) > limits.bytes("table_mb"):
        raise limits.exceeded("table_mb", where)
    if _is_own(data):
        yield [Sheet("", own=True)]
        return
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheets_metadata:
            hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
            yield [Sheet(sheet.name, hidden=hidden)]
            if not hidden and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                rows = enumerate(book.get_sheet_by_name(sheet.name).iter_rows(), 1)
                while part := [_row(number, cells) for number, cells in islice(rows, _ROWS_AT_ONCE)]:
                    yield [row for row in part if row.cells]
    except python_calamine.PasswordError as error:
        hint = "save a copy without the password and give that"
        raise InputError("the workbook is locked with a password", where=where, hint=hint) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        hint = "open it in the spreadsheet and save it again as XLSX, or as CSV (UTF-8)"
        raise InputError("this is no workbook that can be read, or it is damaged", where=where, hint=hint) from error


def _is_own(data: bytes) -> bool:
    """Whether this is a results file of an earlier batch."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_PROPERTIES) as part:
            return OWN_MARK.encode() in part.read(10_000)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return False


def _row(number: int, cells: Sequence[object]) -> GridRow:
    """A row as text; without cells where all are empty."""
    texts = [cell_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return GridRow(number, texts)


def cell_text(value: object) -> str:
    """A cell as a person would write it: whole numbers without a point, dates as 2026-05-31."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date | time | timedelta | int):
        return str(value)
    return ""
