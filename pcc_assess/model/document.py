"""A candidate file as it was read, and how its text is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pcc_assess.model.profile import Profile
from pcc_assess.tokens import Tokens

Quality = Literal["good", "doubtful", "poor"]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told about the reading of a file: the message ``key`` with its ``values``."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text of one candidate file.

    ``text``: newlines are ``\\n``; every offset of evidence counts characters of it. ``page_starts``: the offset at
    which each page begins, empty for formats without pages. ``digest``: SHA-256 of the bytes, in hexadecimal.
    ``notes``: what a reader must be told about the reading. ``profile``: given where the file states a profile and
    there is nothing to find. ``doubts``: reasons why the text may not be what the person wrote (a reader's own, such as
    letter-spaced text). ``answers``: the content of a file of answers from the quiz, which becomes a profile when it
    meets the questions. ``name``, ``given_id``: the person's, where a table gives them.
    """

    source: str
    format: str
    digest: str
    text: str
    page_starts: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    doubts: tuple[Note, ...] = ()
    profile: Profile | None = None
    answers: Mapping[str, Any] | None = None
    name: str | None = None
    given_id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line (a bullet or paragraph, also where the page wrapped it): tokens ``first`` up to, not with,
    ``last``.

    ``section``: a key of sections.yaml. ``heading``: the line is a heading itself. ``listed``: a list of short items.
    ``bullet``: it opens with a bullet mark. ``gap``: an empty line stands before it.
    """

    first: int
    last: int
    section: str
    heading: bool
    listed: bool
    bullet: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or range of dates in the text. Months count from year 0 (``12 * year + month - 1``), ``end`` is None while
    it lasts.

    ``start`` to ``end`` holds both months. ``position``, ``stop``: offsets. ``ranged``: two dates or an open end were
    written.
    """

    position: int
    stop: int
    start: int
    end: int | None
    ranged: bool
    whole_years: bool


@dataclass(frozen=True, slots=True)
class JobBlock:
    """The lines of one job: ``first`` up to, not with, ``last``; its header lines come before ``body``. ``dates``
    None: undated.
    """

    first: int
    body: int
    last: int
    date_line: int
    dates: DateSpan | None
    section: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where in a document, before any of it is understood.

    ``letterhead``: so many lines at the top say who the person is and how to reach them.
    """

    text: str
    tokens: Tokens
    lines: tuple[Line, ...]
    dates: tuple[DateSpan, ...]
    jobs: tuple[JobBlock, ...]
    letterhead: int = 0
