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
# Marks without width: soft hyphens, joiners, byte-order marks, tags, and those that turn the direction of the writing
# (Default_Ignorable_Code_Point of Unicode, and the marks of annotations).
_NOTHING = dict.fromkeys(
    [
        *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
        *(*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
        *(*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFFC), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)),
        *range(0xE0000, 0xE1000),
    ]
)
_CONTROLS = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)], " ")
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_TABLE = {**_CONTROLS, **_SPACES, **_NOTHING, **_HALVES}
# So many marks on one letter are more than any language writes (Unicode's stream-safe text); they cost time to order.
_MOST_MARKS = 30
_LONGEST_PLAIN = 4
# Letters that look like Latin ones: Cyrillic, Armenian, Cherokee, Lisu, and some of the Greek ones.
_ALIKE = re.compile(
    "[\u0400-\u052f\u0531-\u0588\u13a0-\u13ff\uab70-\uabbf\ua4d0-\ua4ff\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d"
    "\u039f\u03a1\u03a4\u03a5\u03a7\u03bd\u03bf\u03c1]"
)
_LATIN = re.compile("[A-Za-z]")
_MOST_NAMED = 3

_CHANGED = frozenset(map(chr, _TABLE))
_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
_PLAIN = bytes([0x09, 0x0A, *range(0x20, 0x7F)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text that a reader found. ``pages``: the text of each page where the format has pages, else one item."""

    format: str
    pages: tuple[str, ...]
    paged: bool = False
    notes: tuple[Note, ...] = ()
    doubts: tuple[Note, ...] = ()


def clean(text: str) -> str:
    """``text`` with ``\\n`` line ends, plain spaces, plain forms of letters (NFC, for letters and digits NFKC), and
    nothing invisible in it. Every offset of evidence counts characters of what this gives.
    """
    odd = _odd(text)
    if not odd.isdisjoint(_ENDS):
        text = _LINE_ENDS.sub("\n", text)
    if not odd.isdisjoint(_CHANGED):
        text = text.translate(_TABLE)
    return text if text.isascii() else _plain_letters(text)


def _odd(text: str) -> set[str]:
    """The characters of a text that are not plain printable ones, spaces or line ends; most texts have few."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return set(rest.decode("utf-8", "surrogatepass"))


def _plain_letters(text: str) -> str:
    """Accents joined with their letters; ligatures, wide, bold and ringed letters as plain ones.

    Signs such as \u2122 and \u00bd stay: written out, they would run together with the word before them.
    """
    marks = "".join(sorted(c for c in _odd(text) if unicodedata.combining(c)))
    if marks:
        text = re.sub(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]++", r"\1", text)
    text = unicodedata.normalize("NFC", text)
    table: dict[int, str] = {}
    for character in _odd(text):
        raised = unicodedata.decomposition(character).startswith(("<super>", "<sub>"))
        if not character.isascii() and not raised and (character.isalpha() or character.isdecimal()):
            plain = unicodedata.normalize("NFKC", character)
            if plain != character and len(plain) <= _LONGEST_PLAIN:
                table[ord(character)] = plain
    return text.translate(table) if table else text


def mixed_notes(text: str) -> tuple[Note, ...]:
    """That some words mix letters of two alphabets that look alike: they are not what they seem, and match nothing."""
    if text.isascii() or _ALIKE.search(text) is None:
        return ()
    found = [word for word in _WORD.findall(text) if not word.isascii() and _ALIKE.search(word) and _LATIN.search(word)]
    if not found:
        return ()
    named = ", ".join([word[:30] for word in dict.fromkeys(found)][:_MOST_NAMED])
    return (Note("reading.mixed-alphabets", {"number": len(found), "words": named}),)


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
    if text.isascii():
        return False
    signs = [c for c in _odd(text) if c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn")]
    lost = sum(map(text.count, signs))
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
