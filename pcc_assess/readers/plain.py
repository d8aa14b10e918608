"""Plain text and Markdown, in whatever encoding they were saved."""

from __future__ import annotations

import codecs
import re

from pcc_assess.errors import InputError
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.model import Note
from pcc_assess.readers.content import Content, clean

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF16 = ("utf-16-le", "utf-16-be")
_CP1252_NOTE = Note("reading.cp1252")
_UTF16_NOTE = Note("reading.utf16")
_MOST_CONTROLS = 0.02
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,600}\)")
_EMPHASIS = re.compile(r"(?<![\w*_])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*_])|`{1,3}|~~")
_RULE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,200}\Z|[ \t|:-]{3,200}\Z")


def decode(data: bytes, source: str) -> tuple[str, tuple[Note, ...]]:
    """The text of ``data`` by its byte-order mark, as UTF-8, as UTF-16 by its shape, or as cp1252 with a note.

    Raises:
        InputError: it is not text.
    """
    name = encoding_of(data, source)
    if name != "utf-8":
        return data.decode(name, errors="replace"), (_UTF16_NOTE,) if name in _UTF16 else ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), (_CP1252_NOTE,)


def encoding_of(data: bytes, source: str) -> str:
    """The encoding by the byte-order mark or by the shape of UTF-16; "utf-8" where neither tells.

    Args:
        data: the text, or its beginning.
        source: its path, for the message.

    Raises:
        InputError: it is not text: so many controls, and no UTF-16 either.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if len(_CONTROL.findall(data[:100_000])) <= _MOST_CONTROLS * min(len(data), 100_000):
        return "utf-8"
    sample = data[:20_000]
    for name, zeros in zip(_UTF16, (sample[1::2], sample[::2]), strict=True):
        # in nearly every letter one byte is zero
        if zeros and zeros.count(0) > 0.7 * len(zeros):
            return name
    raise InputError("this is not a text file", where=source, hint="give a PDF, DOCX, ODT, RTF, HTML or text file")


def read_text(data: bytes, source: str, limits: Limits = STANDARD) -> Content:
    """The text of a plain text file.

    Raises:
        InputError: it is not text, or too much of it.
    """
    text, notes = _bounded(data, source, limits)
    return Content(format="text", pages=(clean(text),), notes=notes)


def read_markdown(data: bytes, source: str, limits: Limits = STANDARD) -> Content:
    """The text of a Markdown file without its marks.

    Raises:
        InputError: it is not text, or too much of it.
    """
    text, notes = _bounded(data, source, limits)
    lines = [_unmarked(line) for line in clean(text).split("\n")]
    return Content(format="markdown", pages=("\n".join(lines),), notes=notes)


def _bounded(data: bytes, source: str, limits: Limits) -> tuple[str, tuple[Note, ...]]:
    """The text, before anything is done with it that would take long."""
    text, notes = decode(data, source)
    if len(text) > limits.characters:
        raise limits.exceeded("characters", source)
    return text, notes


def _unmarked(line: str) -> str:
    if len(line) > 5000:
        return line
    if _RULE.match(line):
        return ""
    line = (
        re.sub(r"^[ \t]{0,8}(?:#{1,6}[ \t]{1,4}|>[ \t]?)", "", line).rstrip("# ") if line.lstrip()[:1] in "#>" else line
    )
    line = re.sub(r"^([ \t]{0,20})[*+-][ \t]{1,4}(?=\S)", "\\1\u2022 ", line)
    line = _EMPHASIS.sub("", _LINK.sub(r"\1", line))
    return line.strip("|").replace(" | ", "   ") if line.lstrip().startswith("|") else line
