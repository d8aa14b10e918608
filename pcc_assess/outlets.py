"""The ways out: one function for each kind of place in which a candidate's words can end up.

| place | function |
|---|---|
| terminal, log, message | ``errors.printable`` |
| cell of a CSV or XLSX table | ``cell`` |
| HTML, as text or in a quoted attribute | ``html``; ``visible`` where a template escapes by itself |
| Markdown | ``markdown`` |
| JSON | ``json_text`` on the finished document |
| name of a file that we choose | ``file_name`` |

All of them first make the text ``printable``: no character that steers a terminal, turns the direction of
the writing or cannot be seen is left in it.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape

from pcc_assess.errors import printable

# What makes a spreadsheet take a text for a formula; the wide forms count in East Asian settings.
_FORMULA = "=+\\-@\uff1d\uff0b\uff0d\uff20"
# A spreadsheet that splits at semicolons begins a new cell behind each of them.
_CELL_START = re.compile(f"(\\A|;) ?(?=[ \"']{{0,3}}[{_FORMULA}])")
LONGEST_CELL = 32_767  # what a cell of a workbook holds
_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]|~#$^{}="} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})
# Controls, format characters, separators of lines and halves of characters (categories Cc, Cf, Zl, Zp, Cs).
_NOT_IN_JSON = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_LONGEST_NAME = 80
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)  # names that Windows keeps for devices, with any ending

_ASCII = bytes(range(0x7F))


def cell(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before what would be taken for a formula.

    A text that is longer than a cell holds ends in " ...".
    """
    shown = _CELL_START.sub("\\1'", printable(text).lstrip())
    return shown if len(shown) <= LONGEST_CELL else f"{shown[: LONGEST_CELL - 4]} ..."


def html(text: str) -> str:
    """``text`` for HTML or SVG: as text, or as an attribute's value in quotation marks."""
    return escape(str(visible(text)))


def visible(value: object) -> object:
    """A text made printable, line by line; any other value, and text that is marked as HTML, as it is.

    For templates that escape by themselves: give it to Jinja as ``finalize``.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return "\n".join(map(printable, value.split("\n"))) if "\n" in value else printable(value)


def markdown(text: str) -> str:
    """``text`` on one line, with nothing in it that Markdown, HTML or an automatic link could act on."""
    plain = printable(text).translate(_MARKDOWN)
    return plain.replace("://", ":&#8203;//").replace("www.", "www&#8203;.").replace("@", "&#8203;@")


def json_text(document: str) -> str:
    """A finished JSON document with characters that no screen should get, written as escapes: it reads back the same.

    Such characters can only stand inside its texts, since JSON itself is made of ASCII.
    """
    if document.isascii() and "\x7f" not in document:
        return document
    return _NOT_IN_JSON.sub(_escaped, document)


def json_bytes(document: bytes) -> bytes:
    """The same for a document in UTF-8, which is searched much faster where it is mostly ASCII."""
    odd = document.translate(None, _ASCII)
    return json_text(document.decode()).encode() if odd and _NOT_IN_JSON.search(odd.decode()) else document


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"


def file_name(text: str, instead: str = "candidate") -> str:
    """A name for a file, made of ``text``, that every system takes and that leads to no other folder.

    ``instead``: the name where nothing of the text is left.
    """
    plain = unicodedata.normalize("NFC", printable(text))
    name = "".join(c if c.isalnum() or c in "-_." else "-" for c in plain)
    name = re.sub(r"-{2,}", "-", name).strip("-. ")
    name = name.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip("-. ")
    if name.partition(".")[0].lower() in _RESERVED:
        name = f"{instead}-{name}"
    return name or instead
