"""A sheet of a workbook that takes whole rows.

The library spends four microseconds on each cell, most of it on choices that are always the same here. In its mode of
constant memory it puts every row into a file of its own as XML, and so does this, at a fifth of the cost. A test holds
both to the same cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet

from pcc_assess import outlets

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# A spreadsheet reads "_x000D_" as a control character, unless its first sign is written so too.
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST = outlets.LONGEST_CELL


class FastSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet to which rows are added in their order, each at once."""

    def add_row(self, row: int, cells: Sequence[object]) -> None:
        """A row of texts and numbers; None and an empty text leave a cell empty.

        Args:
            row: its place, counted from 0, and behind all rows so far.
            cells: at most 26.
        """
        if row > self.previous_row:
            self._write_single_row(row)  # one that was written cell by cell
        self._check_dimensions(row, max(len(cells) - 1, 0))
        number = row + 1
        self.fh.write(f'<row r="{number}">{"".join(_cells(number, cells, self._styles))}</row>')

    @cached_property
    def _styles(self) -> list[str]:
        """The style of each column; a cell does not take it by itself."""
        formats = [self.col_info[place].column_format if place in self.col_info else None for place in range(26)]
        return ["" if each is None else f' s="{each._get_xf_index()}"' for each in formats]  # noqa: SLF001 - as the library does it


def _cells(number: int, cells: Sequence[object], styles: Sequence[str]) -> Iterable[str]:
    for letter, style, value in zip(_LETTERS, styles, cells, strict=False):
        if isinstance(value, str):
            if value:
                yield f'<c r="{letter}{number}"{style} t="inlineStr"><is><t>{_text(value)}</t></is></c>'
        elif value is not None:
            yield f'<c r="{letter}{number}"{style}><v>{value}</v></c>'


@lru_cache(maxsize=8192)
def _text(text: str) -> str:
    return _CODE.sub("_x005F_", escape(cell(text)))


def cell(text: str) -> str:
    """A text for a cell: no formula, and nothing that the library takes for its own mark-up."""
    shown = outlets.cell(text).strip()
    if len(shown) > _LONGEST // 2 and len(shown.encode("utf-16-le")) // 2 > _LONGEST:
        shown = f"{shown[: _LONGEST // 2 - 4]} ..."  # the limit counts a rare letter twice
    return f"'{shown}" if shown.startswith("<r>") else shown
