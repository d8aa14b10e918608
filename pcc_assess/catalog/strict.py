"""YAML without surprises: what stands in the file is what is read, and every fault is named with its place.

Refused, all at once: keys given twice, plain words that YAML turns into something else (``no``, ``1:30``,
``0123``), anchors and aliases, tags, more than one document, deep nesting, large files. Dates stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pcc_assess.errors import DataError, printable
from pcc_assess.limits import STANDARD, Limits

Path = tuple[str | int, ...]
Mark = tuple[int, int]  # line and column, both from 1

_MOST_DIGITS = 15

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
# What YAML 1.1, YAML 1.2 or a reader in a hurry takes for a number, each for another one.
_ODD_NUMBER = re.compile(
    r"[-+]?(?:0[0-9_]+(?:\.[0-9_]*)?|0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7]+|[0-9]+_[0-9_]*(?:\.[0-9_]*)?"
    r"|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|\.(?:inf|Inf|INF|nan|NaN|NAN)|[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+"
    r"|\.[0-9]+|[0-9]+\.)"
)
# What YAML calls not printable, and surrogates that stand alone.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_EMPTY = frozenset({"", "~", "null"})
_SILENT = {
    **dict.fromkeys(("yes", "Yes", "YES", "on", "On", "ON"), "true"),
    **dict.fromkeys(("no", "No", "NO", "off", "Off", "OFF"), "false"),
    **dict.fromkeys(("Null", "NULL"), "null"),
}
_SPECIAL_FIRST = frozenset("0123456789+-.~nNtTfFyYoO")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The content of a file with the place of every value and key. Without places it stands for checked
    content.
    """

    source: str
    value: object
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def at(self, path: Path, *, key: bool = False) -> str:
        """``file:line:column`` of the value (or key) at ``path``, or of the nearest thing around it."""
        marks = self.keys if key else self.values
        while path and path not in marks:
            path, marks = path[:-1], self.values
        mark = marks.get(path)
        return f"{self.source}:{mark[0]}:{mark[1]}" if mark else self.source


def parse_yaml(text: str, source: str, limits: Limits = STANDARD) -> object:
    """The content of a YAML text as mappings with text keys, lists, text, numbers, true, false and null.

    Args:
        text: the whole file.
        source: its name in messages.
        limits: how deep it may be nested.

    Raises:
        DataError: with all ``problems`` of the text, each with file, line and column.
    """
    return parse(text, source, limits).value


def parse(text: str, source: str, limits: Limits = STANDARD) -> Parsed:
    """As ``parse_yaml``, with the places of values and keys."""
    reading = _Reading(source, limits.depth)
    reading.read(text)
    if reading.problems:
        raise invalid(source, reading.problems)
    return Parsed(source, reading.root, reading.values, reading.keys)


def invalid(source: str, problems: list[str]) -> DataError:
    """The error for a file with ``problems``, in the order of their places."""
    count = len(problems)
    return DataError(
        "the file has a fault" if count == 1 else f"the file has {count} faults",
        where=source,
        hint="correct what is listed, then run the command again",
        problems=tuple(problems),
    )


class _Stop(Exception):
    """Nothing sensible can be read after this place."""


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet. ``key``: a key that waits for its value."""

    value: dict[str, object] | list[object]
    path: Path
    key: str | None = None


class _Reading:
    """One pass over the events of a text; a stack instead of recursion, so that depth costs nothing."""

    def __init__(self, source: str, deepest: float) -> None:
        self.source = source
        self.deepest = deepest
        self.problems: list[str] = []
        self.root: object = None
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.stack: list[_Open] = []
        self.documents = 0

    def problem(self, mark: Mark, text: str) -> None:
        self.problems.append(f"{self.source}:{mark[0]}:{mark[1]}: {text}")

    def read(self, text: str) -> None:
        try:
            for event, mark in _events(text):
                self.take(event, mark)
        except _Stop:
            pass
        except _Broken as broken:
            self.problem(broken.mark, broken.text)

    def take(self, event: Any, mark: Mark) -> None:
        name = type(event).__name__
        if name == "ScalarEvent":
            self.check_node(event, mark)
            self.scalar(event, mark)
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            self.check_node(event, mark)
            self.open({} if name == "MappingStartEvent" else [], mark)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            self.stack.pop()
        elif name == "AliasEvent":
            self.problem(mark, f"the alias *{event.anchor} is refused, write the value out here")
            self.place(None, mark)
        elif name == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                self.problem(mark, "a second document begins here, keep one in a file")
                raise _Stop

    def check_node(self, event: Any, mark: Mark) -> None:
        if event.anchor is not None:
            self.problem(mark, f"the anchor &{event.anchor} is refused, write the value out where it is needed")
        if event.tag is not None:
            self.problem(mark, f"the tag {event.tag} is refused, leave it out")

    def scalar(self, event: Any, mark: Mark) -> None:
        text = event.value
        if event.implicit[0]:
            value, complaint = plain(text)
            if complaint:
                self.problem(mark, complaint)
        else:
            value = text
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self.key(top, text, value, mark)
        else:
            self.place(value, mark)

    def key(self, top: _Open, text: str, value: object, mark: Mark) -> None:
        """A key is always text; a key of a number (a year) keeps its figures."""
        path = (*top.path, text)
        if value is None or isinstance(value, bool):
            self.problem(mark, f"the key {text!r} is not text, put it in quotes")
        elif text == "<<":
            self.problem(mark, "merging with << is refused, write the keys out")
        elif path in self.keys:
            line = self.keys[path][0]
            self.problem(mark, f"the key {_short(text)} stands already in line {line}, keep one of them")
        self.keys.setdefault(path, mark)
        top.key = text

    def open(self, value: dict[str, object] | list[object], mark: Mark) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self.problem(mark, "a list or mapping cannot be a key, use a word")
            raise _Stop
        if len(self.stack) >= self.deepest:
            self.problem(mark, f"this is nested deeper than {self.deepest:g} levels (--limit depth), make it flatter")
            raise _Stop
        self.stack.append(_Open(value, self.place(value, mark)))

    def place(self, value: object, mark: Mark) -> Path:
        """Put a value where it belongs."""
        if not self.stack:
            self.root = value
            self.values[()] = mark
            return ()
        top = self.stack[-1]
        path: Path
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
        else:
            key = top.key or ""
            path = (*top.path, key)
            top.value.setdefault(key, value)
            top.key = None
        self.values.setdefault(path, mark)
        return path


def plain(text: str) -> tuple[object, str]:
    """What a plain (unquoted) scalar says, and a complaint where it says different things to different
    readers.
    """
    if text and text[0] not in _SPECIAL_FIRST:
        return text, ""
    if text in _EMPTY:
        return None, ""
    if text in _TRUE or text in _FALSE:
        return text in _TRUE, ""
    if text in _SILENT:
        return text, f"YAML may read {text} as {_SILENT[text]}, write '{text}' in quotes or {_SILENT[text]}"
    if _WHOLE.fullmatch(text) or _DECIMAL.fullmatch(text):
        if len(text) > _MOST_DIGITS:
            return text, f"{_short(text)} is too long for a number, put it in quotes"
        return (float(text) if "." in text else int(text)), ""
    if _ODD_NUMBER.fullmatch(text):
        return (
            text,
            f"YAML may read {_short(text)} as another number, put it in quotes or write a plain number",
        )
    return text, ""


def _short(text: str) -> str:
    return repr(printable(text if len(text) <= 40 else text[:37] + "..."))


class _Broken(Exception):
    """The text is no YAML from ``mark`` on."""

    def __init__(self, mark: Mark, text: str) -> None:
        super().__init__(text)
        self.mark = mark
        self.text = text


def _events(text: str) -> Iterator[tuple[Any, Mark]]:
    """The parser's events with their places; its errors in our words."""
    import yaml

    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        place = forbidden.start()
        before = text[:place]
        mark = before.count("\n") + 1, place - before.rfind("\n")
        raise _Broken(mark, f"the character U+{ord(forbidden.group()):04X} is not allowed, delete it")
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            start: Any = event.start_mark
            yield event, (start.line + 1, start.column + 1)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        line, column = (at.line, at.column) if at else (0, 0)
        problem = f"{error.context or ''} {error.problem or ''}".strip()
        raise _Broken((line + 1, column + 1), _explain(problem, text, line, column)) from None


def _explain(problem: str, text: str, line: int, column: int) -> str:
    """A parser's complaint with what to do about it."""
    lines = text.split("\n")
    here = lines[line][column : column + 1] if line < len(lines) else ""
    if "cannot start any token" in problem:
        if here == "\t":
            return "a tab stands here, indent with spaces"
        return f"plain text cannot begin with {here!r}, put it in quotes"
    if "maximum nesting depth" in problem:
        return "this is nested deeper than any file needs (--limit depth), make it flatter"
    if "mapping values are not allowed" in problem:
        hint = "put the text in quotes or move it"
        return f"a colon stands inside plain text or the line is indented too far, {hint}"
    if "quoted scalar" in problem:
        return "a quotation mark is never closed, add the closing one"
    if "',' or ']'" in problem or "',' or '}'" in problem:
        return "a bracket opened above is not closed, or a comma is missing, add it"
    return f"this is not valid YAML ({problem}), look at the indenting, quotes and brackets here and just above"
