"""RTF: rich text as old word processors write it.

One pass over the control words, each group with its own looks. What is deleted stays deleted; text that the word
processor hides, or prints in the colour of the paper or too small to be seen, is told and not counted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pcc_assess.limits import STANDARD, Limits
from pcc_assess.readers.content import Content, clean, unseen_notes
from pcc_assess.readers.looks import PLAIN, Color, Look

# A control word with its number, a byte in hexadecimal, a control sign, a brace, or text. None gives back what it took.
_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|([^\\{}\r\n\0]++)", re.DOTALL
)
# Pictures are long runs of hexadecimal digits; they hold no text and cost the most time.
_PICTURE = re.compile(rb"[0-9a-fA-F\r\n]{2000,}+")
# Groups without text of the page. What a group marked with \\* holds is left out as well, unless it is known.
_NO_TEXT = frozenset(
    "stylesheet info pict objdata object fldinst nonshppict sp shprslt annotation atnid atnauthor atrfstart atrfend "
    "xe tc bkmkstart bkmkend pntext template themedata colorschememapping datastore latentstyles listtable "
    "listoverridetable rsidtbl generator headerl footerl filetbl revtbl ftnsep ftnsepc aftnsep aftnsepc fontemb "
    "panose falt".split()
)
_KNOWN = frozenset("shpinst shppict ud".split())
_SIGNS = {
    "par": "\n",
    "line": "\n",
    "sect": "\n\n",
    "page": "\n\n",
    "row": "\n",
    "nestrow": "\n",
    "tab": "\t",
    "cell": "\t",
    "nestcell": "\t",
    "emdash": "\u2014",
    "endash": "\u2013",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_CHARACTERS = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}
# The code pages of character sets, https://learn.microsoft.com/openspecs/windows_protocols/ms-wmf (CharacterSet).
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_SHADING = frozenset("highlight cb chcbpat cbpat clcbpat shading chshdng clshdng".split())


def read_rtf(data: bytes, source: str, limits: Limits = STANDARD) -> Content:
    """The text of an RTF file.

    Raises:
        InputError: it is nested too deep.
    """
    reading = _Reading(source, limits)
    text = "".join(reading.all(_PICTURE.sub(b"", data).decode("latin-1")))
    # The two halves of a character beyond 65,535 are written one after the other.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Content(format="rtf", pages=(clean(text),), notes=unseen_notes(" ".join(reading.unseen)))


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group. ``table``: the table that is filled ("fonttbl", "colortbl"). ``skip``: it holds no
    text. ``fallback``: characters that stand behind a Unicode character for old programs.
    """

    look: Look = PLAIN
    skip: bool = False
    table: str = ""
    font: int = -1
    fallback: int = 1
    deleted: bool = False


@dataclass(slots=True)
class _Reading:
    """A pass over a file; ``unseen``: text that nobody sees."""

    source: str
    limits: Limits
    unseen: list[str] = field(default_factory=list)
    state: _State = _State()
    groups: list[_State] = field(default_factory=list)
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    colors: list[Color | None] = field(default_factory=list)
    mixing: dict[str, int] = field(default_factory=dict)
    defined: int = -1
    starred: bool = False
    left: int = 0
    raw: bytearray = field(default_factory=bytearray)

    def all(self, text: str) -> Iterator[str]:
        """The text that can be seen, in pieces."""
        at = 0
        while found := _TOKEN.search(text, at):
            at = found.end()
            word, number, byte, sign, brace, plain = found.groups()
            if byte is not None:
                if self.left:
                    self.left -= 1
                else:
                    self.raw.append(int(byte, 16))
                continue
            if self.raw:
                yield from self.shown(self.decoded())
            if word is not None:
                if word == "bin":
                    at += max(int(number or 0), 0)
                else:
                    yield from self.word(word, number)
            elif brace is not None:
                self.brace(brace)
                if not self.groups:
                    return  # the document ends where its group ends
            elif sign is not None:
                self.starred = sign == "*"
                yield from self.shown(_CHARACTERS.get(sign, ""))
            else:
                yield from self.shown(self.behind(plain))

    def brace(self, brace: str) -> None:
        """A group begins with the looks around it, and at its end they come back."""
        self.left = 0
        if brace == "{":
            self.groups.append(self.state)
            if len(self.groups) > self.limits.depth:
                raise self.limits.exceeded("depth", self.source)
        else:
            self.state = self.groups.pop() if self.groups else self.state

    def word(self, word: str, number: str | None) -> Iterator[str]:
        """What a control word does."""
        starred, self.starred = self.starred, False
        self.left = 0
        value = int(number) if number is not None else None
        if word in ("fonttbl", "colortbl"):
            self.state = replace(self.state, table=word, skip=True)
        elif word in _NO_TEXT or (starred and word not in _KNOWN):
            self.state = replace(self.state, skip=True)
        elif word == "u" and value is not None:
            yield from self.shown(_character(value))
            self.left = self.state.fallback
        elif word in _SIGNS:
            yield from self.shown(_SIGNS[word], always=True)
        else:
            self.set(word, value)

    def set(self, word: str, value: int | None) -> None:
        """A control word that changes how the text after it looks or is read."""
        state = self.state
        if state.table:
            self.fill(word, value or 0)
        elif word == "deleted":
            self.state = replace(state, deleted=value != 0)
        elif word == "f":
            self.state = replace(state, font=value or 0)
        elif word == "uc":
            self.state = replace(state, fallback=min(max(value or 0, 0), 10))
        elif word == "ansicpg":
            self.encoding = _codec(f"cp{value}", self.encoding)
        else:
            self.state = replace(state, look=self.dressed(state.look, word, value))

    def dressed(self, look: Look, word: str, value: int | None) -> Look:
        """The look after a control word."""
        if word == "v":
            return replace(look, hidden=value != 0)
        if word == "plain":
            return replace(look, hidden=False, size=None, ink=None)
        if word == "pard":
            return replace(look, unsure=False)
        if word == "fs" and value is not None:
            return replace(look, size=value / 2)
        if word == "cf":
            return replace(look, ink=self.colors[value or 0] if 0 <= (value or 0) < len(self.colors) else None)
        return replace(look, unsure=True) if word in _SHADING and value != 0 else look

    def fill(self, word: str, value: int) -> None:
        """A line of the table of fonts or of colours."""
        if word == "f":
            self.defined = value
        elif word == "fcharset" and value in _CHARSETS:
            self.fonts[self.defined] = _CHARSETS[value]
        elif word in ("red", "green", "blue"):
            self.mixing[word] = min(max(value, 0), 255)

    def shown(self, text: str, *, always: bool = False) -> Iterator[str]:
        """The text, if it can be seen; line ends and tabs stay where hidden text was."""
        state = self.state
        if state.table == "colortbl":
            for _ in range(text.count(";")):
                mixed = self.mixing
                self.colors.append(
                    (mixed.get("red", 0), mixed.get("green", 0), mixed.get("blue", 0)) if mixed else None
                )
                self.mixing = {}
        elif not text or state.skip or state.deleted:
            return
        elif state.look.unseen and not always:
            self.unseen.append(text)
        else:
            yield text

    def behind(self, text: str) -> str:
        """The text without what only old programs read."""
        skipped = min(self.left, len(text))
        self.left -= skipped
        text = text[skipped:]
        return text if text.isascii() else self.read(text.encode("latin-1"))

    def decoded(self) -> str:
        """Bytes that were written in hexadecimal, in the alphabet of their font."""
        text = self.read(bytes(self.raw))
        self.raw.clear()
        return text

    def read(self, data: bytes) -> str:
        """Bytes in the alphabet of their font."""
        return data.decode(self.fonts.get(self.state.font, self.encoding), "replace")


def _character(value: int) -> str:
    """A Unicode character by its signed number of 16 bits; it may be half of one."""
    return chr(value % 65536) if -32768 <= value < 65536 else ""


def _codec(name: str, instead: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return instead
