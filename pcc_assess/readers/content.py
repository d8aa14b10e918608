"""What every reader gives: the text of a file, cleaned of what no reader of a resume sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pcc_assess.model import Note

_WORD = re.compile(r"[^\W\d_]{2,}")
_LINE_ENDS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
# Marks without width: soft hyphens, joiners, byte-order marks, and those that turn the direction of the writing.
_NOTHING = dict.fromkeys(
    [
        *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0xFEFF),
        *(*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
        *(*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080)),
    ]
)
_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)], " ")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_TABLE = {**_CONTROLS, **_SPACES, **_NOTHING, **_LIGATURES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text that a reader found. ``pages``: the text of each page where the format has pages, else one item."""

    format: str
    pages: tuple[str, ...]
    paged: bool = False
    notes: tuple[Note, ...] = ()
    doubts: tuple[Note, ...] = ()


def clean(text: str) -> str:
    """``text`` with ``\\n`` line ends, plain spaces, ligatures written out, and nothing invisible in it."""
    if "\r" in text or not text.isascii() or not text.isprintable():
        text = _LINE_ENDS.sub("\n", text).translate(_TABLE)
    return text


def count_words(text: str) -> int:
    """The words of two letters and more."""
    return sum(1 for _ in _WORD.finditer(text))


def unseen_notes(text: str | int) -> tuple[Note, ...]:
    """That some words of a file cannot be seen by its reader: a fact, which may have many reasons.

    ``text``: what cannot be seen, or how many words that is.
    """
    words = text if isinstance(text, int) else count_words(text)
    return (Note(f"reading.unseen.{'one' if words == 1 else 'other'}", {"number": words}),) if words else ()


def letters_lost(text: str) -> bool:
    """Whether a good part of the letters came out as signs without meaning, as with fonts that hide their alphabet."""
    lost = sum(1 for c in text if c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn"))
    return lost > 20 and lost * 5 > len(text)


def table_row(cells: Iterable[list[str]]) -> Iterator[str]:
    """The lines of a table's row. Short cells make one line, so that a date stays beside its job; long ones follow."""
    filled = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(cell) <= 1 for cell in filled):
        yield "\t".join(line for cell in filled for line in cell)
        return
    for cell in filled:
        yield from cell
        yield ""
