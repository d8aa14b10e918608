"""Ways to reach somebody within a text: addresses of mail, links, handles, names of files, telephone numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pcc_assess.knowledge import Blinding

# Years that a person alive has seen or will see; four digits like these are no part of a telephone number.
YEARS = range(1940, 2100)
_PHONE_DIGITS = range(7, 16)
_EDGES = "<>()[]{}\"'.,;:!?|*\u201c\u201d\u2018\u2019\u2022"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` up to, not with, ``end`` of a text, which the mark ``kind`` replaces."""

    start: int
    end: int
    kind: str


def contact_spans(text: str, words: Blinding) -> Iterator[Span]:
    """All of them, each with its kind; what is found may overlap."""
    yield from _chunks(text, words)
    yield from _numbers(text)


def _chunks(text: str, words: Blinding) -> Iterator[Span]:
    """Addresses of mail, links, handles and file names: whatever stands between two spaces and looks like one."""
    at = 0
    for chunk in text.split():
        start = text.index(chunk, at)
        at = start + len(chunk)
        bare = chunk.strip(_EDGES)
        kind = _chunk_kind(bare.casefold(), words)
        if kind and bare:
            inside = start + chunk.index(bare)
            yield Span(inside, inside + len(bare), kind)


def _chunk_kind(chunk: str, words: Blinding) -> str:
    if "@" in chunk:
        return "email" if not chunk.startswith("@") else "link"
    if "://" in chunk or chunk.startswith("www."):
        return "link"
    if "." not in chunk:
        return ""
    if chunk.endswith(words.file_endings):
        return "file"
    host = chunk.partition("/")[0]
    return "link" if host.endswith(words.link_endings) and chunk.count("..") == 0 else ""


def _numbers(text: str) -> Iterator[Span]:
    """Telephone numbers: seven to fifteen digits in groups, with what separates groups of them.

    Two years ("2015 - 2019") and one long count ("1200000") are none.
    """
    groups: list[tuple[int, int]] = []
    for start, end in _digit_runs(text):
        if groups and not _joins(text[groups[-1][1] : start]):
            yield from _phone(text, groups)
            groups = []
        groups.append((start, end))
    yield from _phone(text, groups)


def _digit_runs(text: str) -> Iterator[tuple[int, int]]:
    start = -1
    for at, character in enumerate(text):
        if character.isdecimal():
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


def _joins(gap: str) -> bool:
    """Whether a number goes on behind a gap of brackets, dots, dashes or single spaces."""
    return len(gap) <= 3 and not gap.strip("().-+/ \u2010\u2011\u2012\u2013\u00b7") and gap.count(" ") < 3


def _phone(text: str, groups: Sequence[tuple[int, int]]) -> Iterator[Span]:
    parts = [text[start:end] for start, end in groups]
    digits = sum(map(len, parts))
    if digits not in _PHONE_DIGITS:
        return
    zip_code = list(map(len, parts)) == [5, 4]
    years = sum(len(part) == 4 and int(part) in YEARS for part in parts)
    dates = all(len(part) in (1, 2, 4) for part in parts) and (years or digits < 10)
    if (len(parts) == 1 and digits < 10) or dates or zip_code or "/" in text[groups[0][0] : groups[-1][1]]:
        return
    start = groups[0][0]
    while start > 0 and text[start - 1] in "(+":
        start -= 1
    yield Span(start, groups[-1][1], "phone")
