"""Sheets: texts put together from a few kinds of blocks, for the terminal, as plain sentences, or as Markdown.

Who makes a sheet says what stands in it; how it looks is decided here, once for all of them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from pcc_assess.consoles import fit
from pcc_assess.errors import printable
from pcc_assess.outlets import markdown
from pcc_assess.renderers.summary import Look
from pcc_assess.renderers.terminal import Parts, written

_NARROW = 60


@dataclass(frozen=True, slots=True)
class Head:
    """A heading; ``depth`` 1 is the title of the sheet."""

    text: str
    depth: Literal[1, 2, 3] = 2


@dataclass(frozen=True, slots=True)
class Para:
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list with its sign, and lines below it."""

    text: str
    below: tuple[str, ...] = ()
    sign: str = "*"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; ``right``: which columns hold numbers, by their place."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Command:
    """What can be typed as it stands."""

    text: str


Block = Head | Para | Item | Table | Command


def sheet(blocks: Iterable[Block], look: Look, kind: str) -> str:
    """Blocks as a finished text.

    Args:
        kind: ``markdown``, or anything else for text, which is sentences only where the look is accessible.
    """
    if kind == "markdown":
        return "\n".join(_spaced(_marked(block) for block in blocks)).strip("\n") + "\n"
    return _sentences(blocks, look) if look.accessible else written([*_drawn(blocks, look)], look)


# --- the terminal --------------------------------------------------------------------------------------------------


def _drawn(blocks: Iterable[Block], look: Look) -> Iterator[RenderableType]:
    first = True
    before: Block | None = None
    for block in blocks:
        opens = isinstance(block, Head) or (isinstance(block, Table) and not isinstance(before, Head))
        if not first and (opens or isinstance(before, Table)):
            yield Text("")
        first, before = False, block
        yield from _parts(block, look)


def _parts(block: Block, look: Look) -> Parts:
    if isinstance(block, Head):
        return [Text(printable(block.text), style="bold")]
    if isinstance(block, Para):
        return [Text(printable(block.text))]
    if isinstance(block, Command):
        return [Text(f"    {printable(block.text)}", no_wrap=True, overflow="ignore")]
    if isinstance(block, Item):
        return _item(block)
    return [_grid(block)] if look.width >= _NARROW else [part for row in _rows(block) for part in _item(Item(row))]


def _item(item: Item) -> Parts:
    row = Grid.grid()
    row.add_column(width=4)
    row.add_column()
    row.add_row(Text(f"  {item.sign}"), Text(printable(item.text)))
    return [row, *(Padding(Text(printable(line)), (0, 0, 0, 4)) for line in item.below)]


def _grid(table: Table) -> Grid:
    grid = Grid.grid(padding=(0, 2))
    for place in range(len(table.columns)):
        grid.add_column(justify="right" if place in table.right else "left")
    grid.add_row(*(Text(printable(name), style="bold") for name in table.columns))
    for row in table.rows:
        grid.add_row(*(Text(printable(cell)) for cell in row))
    return grid


def _rows(table: Table) -> Iterator[str]:
    """Each row as a sentence: what it is about, then each column with its value."""
    for row in table.rows:
        said = "; ".join(f"{name}: {cell}" for name, cell in zip(table.columns[1:], row[1:], strict=True) if cell)
        yield f"{row[0]}. {said}."


# --- plain sentences -----------------------------------------------------------------------------------------------


def _sentences(blocks: Iterable[Block], look: Look) -> str:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Head) and lines:
            lines.append("")
        lines += _said(block)
    wrapped: list[str] = []
    for line in lines:
        shown = fit(printable(line), look.encoding)
        wrapped += textwrap.wrap(shown, look.width, break_on_hyphens=False, break_long_words=False) or [""]
    return "\n".join(wrapped) + "\n"


def _said(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [*_rows(block)]
    if isinstance(block, Item):
        return [_ended(block.text), *block.below]
    return [_ended(block.text) if isinstance(block, Head) else block.text]


def _ended(text: str) -> str:
    """A line that a voice does not run into the next one."""
    return text if text.rstrip().endswith((".", "!", "?", ":")) else f"{text.rstrip()}."


# --- Markdown ------------------------------------------------------------------------------------------------------


def _marked(block: Block) -> tuple[Block, list[str]]:
    if isinstance(block, Head):
        return block, [f"{'#' * block.depth} {markdown(block.text)}"]
    if isinstance(block, Item):
        return block, [f"- {markdown(block.text)}", *(f"  - {markdown(line)}" for line in block.below)]
    if isinstance(block, Table):
        return block, _marked_table(block)
    if isinstance(block, Command):
        return block, ["```text", printable(block.text).replace("```", ""), "```"]
    return block, [markdown(block.text)]


def _marked_table(table: Table) -> list[str]:
    line = [("---:" if place in table.right else "---") for place in range(len(table.columns))]
    rows = [table.columns, tuple(line), *table.rows]
    return [f"| {' | '.join(cell if row is rows[1] else markdown(cell) for cell in row)} |" for row in rows]


def _spaced(blocks: Iterable[tuple[Block, list[str]]]) -> Iterator[str]:
    """Lines with an empty one between blocks, but not between the items of one list."""
    before: Block | None = None
    for block, lines in blocks:
        if before is not None and not (isinstance(before, Item) and isinstance(block, Item)):
            yield ""
        yield from lines
        before = block
