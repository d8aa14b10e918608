"""Lines and sections: which words stand together, and under which heading.

A logical line is a bullet or a paragraph; lines that the page wrapped are put together again. Headings are those of
``data/words/sections.yaml``; nothing else opens a section.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pcc_assess.extract.letterhead import has_contact
from pcc_assess.model import Line
from pcc_assess.tokens import Tokens, fold_phrase

_BULLETS = frozenset(
    "\u2022\u25cf\u25aa\u25a0\u25e6\u2219\u00b7\u2023\u2043*-\u2013\u2014>\u27a2\u2756\u2713\u2714\uf0b7\uf0a7+"
)
_LONGEST_HEADING = 6
# A line at least this full (of the widest line) may have been wrapped by the page.
_FULL_LINE = 0.7
_FULL_BEFORE_CAPITAL = 0.85
_WRAP_WIDTH = 55
_WRAPPED_LOWER = 40
_WIDEST = 140
_UNWRAPPED = 1_000_000
_LONGEST_COLON = 40
_LONGEST_DATED = 14
# The entry of sections.yaml that opens no section.
PERSONAL = "personal"
_SCHOOL = "education"
# The letterhead has so many lines at most: a contact further down belongs to something else.
_LETTERHEAD = 10


class _Physical(NamedTuple):
    """A line as the file has it: stripped, its place in the text, its words ``first`` up to, not with, ``last``."""

    raw: str
    start: int
    first: int
    last: int


@dataclass(frozen=True)
class LineWords:
    """What the first words of a line tell of it, folded.

    ``headings``: words of a heading to the kind of section. ``personal``: what opens a line that is nobody's business.
    ``letterhead``: the text begins with one, as a resume does and a job posting does not.
    """

    headings: Mapping[tuple[str, ...], str]
    personal: Collection[tuple[str, ...]] = ()
    letterhead: bool = True

    @cached_property
    def openers(self) -> frozenset[str]:
        """The first words of all headings."""
        return frozenset(heading[0] for heading in self.headings if heading)

    @cached_property
    def personal_openers(self) -> frozenset[str]:
        """The first words of all that is personal."""
        return frozenset(words[0] for words in self.personal if words)


def line_words(sections: Mapping[str, tuple[str, ...]]) -> LineWords:
    """The words of sections.yaml, as the lines of a resume are held against them."""
    opening = {kind: headings for kind, headings in sections.items() if kind != PERSONAL}
    return LineWords(heading_index(opening), frozenset(map(fold_phrase, sections.get(PERSONAL, ()))))


def heading_index(sections: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Folded heading words -> kind of section."""
    return {fold_phrase(heading): kind for kind, headings in sections.items() for heading in headings}


def _is_list(tokens: Tokens, first: int, last: int, section: str) -> bool:
    """Whether the words from ``first`` to ``last`` are a list of short items and not a sentence."""
    inside = tokens.breaks[first + 1 : last]
    commas = inside.count(1) + inside.count(2)
    if section == "skills" and commas >= 1:
        return (last - first) / (commas + 1) <= 5
    return commas >= 4 and (last - first) / (commas + 1) <= 3


class _Reader:
    """Walks the physical lines once and builds the logical ones."""

    def __init__(self, text: str, tokens: Tokens, words: LineWords, ranges: Sequence[int]) -> None:
        self.text = text
        self.tokens = tokens
        self.words = words
        self.openers = words.openers
        self.ranges = ranges
        self.section = "top"
        self.lines: list[Line] = []
        self.open_first = -1
        self.open_bullet = False
        self.open_gap = False

    def close(self, upto: int) -> None:
        if self.open_first >= 0 and upto > self.open_first:
            listed = _is_list(self.tokens, self.open_first, upto, self.section)
            self.lines.append(Line(self.open_first, upto, self.section, False, listed, self.open_bullet, self.open_gap))
        self.open_first = -1

    def heading_of(self, line: _Physical, behind: str = "") -> tuple[str, int] | None:
        """The section that a line opens and the first word after its heading; ``behind``: the line before it."""
        words = self.tokens.words
        first, last = line.first, line.last
        if words[first] not in self.openers or _ends_sentence(behind, line.raw):
            return None
        if last - first <= _LONGEST_HEADING:
            kind = self.words.headings.get(tuple(words[first:last]))
            if kind is not None:
                return kind, last
        colon = line.raw.find(":")
        if 0 < colon <= _LONGEST_COLON:
            after = bisect_left(self.tokens.starts, line.start + colon, first, last)
            kind = self.words.headings.get(tuple(words[first:after]))
            if kind is not None:
                return kind, after
        return None

    def walk(self) -> tuple[tuple[Line, ...], int]:
        """The logical lines of the whole text, and how many of them are the letterhead."""
        physical = self._physical()
        head = self._letterhead(physical)
        body = physical[head:]
        # Where no line goes on in small letters, the page wraps none: each line stands for itself.
        widest = min(self._widest(body), _WIDEST) if self._wraps(body) else _UNWRAPPED
        for line in physical[:head]:
            if line.first < line.last:
                self.lines.append(Line(line.first, line.last, self.section, False, False, False, False))
        above = len(self.lines)
        previous = ""
        gap = head > 0
        for line in body:
            if line.first == line.last:
                # A line of marks only ("- - -") ends what stands before it, as an empty one does.
                gap = True
                continue
            previous = self._take(line, previous, gap=gap, widest=widest)
            gap = False
        self.close(len(self.tokens.starts))
        return tuple(self.lines), above

    def _wraps(self, physical: Sequence[_Physical]) -> bool:
        """Whether a line goes on in small letters behind one that is long enough to be cut off."""
        return any(
            len(before.raw) >= _WRAPPED_LOWER and line.raw[:1].islower() and self.heading_of(line) is None
            for before, line in pairwise(physical)
            if line.first < line.last
        )

    def _widest(self, physical: Sequence[_Physical]) -> int:
        """How long the longest line is, which tells where the page ends. How long the name of a school is, or a
        contact, must not make a difference to the work.
        """
        section = ""
        lengths = [0]
        for line in physical:
            heading = self.heading_of(line) if line.first < line.last else None
            section = heading[0] if heading is not None else section
            if section != _SCHOOL and "@" not in line.raw:
                lengths.append(len(line.raw))
        return max(lengths) or max((len(line.raw) for line in physical), default=0)

    def _letterhead(self, physical: Sequence[_Physical]) -> int:
        """How many physical lines at the top say who the person is: the first one where it stands alone, and all down
        to the last one with a contact or something personal. A heading, a bullet and a range of dates end it.
        """
        head = seen = 0
        for at, line in enumerate(physical if self.words.letterhead else ()):
            if line.first == line.last:
                head = at if seen == 1 and not head else head
                continue
            bullet = line.raw[0] in _BULLETS and not line.raw[1:2].isdigit()  # "+1 217 555 0142" is a number
            ends = bullet or self.heading_of(line) is not None or self._dated(line)
            if ends and seen == 1 and not self._dated(line):
                head = at
            seen += 1
            if ends or seen > _LETTERHEAD:
                break
            if has_contact(line.raw) or self._personal(line):
                head = at + 1
        return head

    def _personal(self, line: _Physical) -> bool:
        """Whether a line opens with something that has nothing to do with the work, such as "Marital status"."""
        if self.tokens.words[line.first] not in self.words.personal_openers:
            return False
        words = self.tokens.words[line.first : min(line.last, line.first + _LONGEST_HEADING)]
        return any(tuple(words[:end]) in self.words.personal for end in range(1, len(words) + 1))

    def _physical(self) -> list[_Physical]:
        starts = self.tokens.starts
        lines: list[_Physical] = []
        token = position = 0
        for raw in self.text.split("\n"):
            end = position + len(raw)
            first = token
            token = bisect_left(starts, end, first)
            stripped = raw.lstrip()
            lines.append(_Physical(stripped.rstrip(), end - len(stripped), first, token))
            position = end + 1
        return lines

    def _take(self, line: _Physical, previous: str, *, gap: bool, widest: int) -> str:
        """Put one physical line where it belongs; returns what the next line may be a continuation of."""
        bullet = line.raw[0] in _BULLETS
        heading = None if bullet and len(line.raw) > _LONGEST_COLON else self.heading_of(line, "" if gap else previous)
        if heading is not None:
            kind, after = heading
            self.close(line.first)
            self.section = kind
            self.lines.append(Line(line.first, after, kind, True, False, False, gap))
            if after == line.last:
                return ""
            self.open_first, self.open_bullet, self.open_gap = after, False, False
            return line.raw
        alone = self._dated(line)
        if self.section == _SCHOOL:
            widest = _UNWRAPPED  # schools are short entries, some with long names
        if self.open_first >= 0 and not (alone or bullet or gap) and _goes_on(previous, line.raw, widest):
            self.tokens.breaks[line.first] = 1 if previous[-1] == "," else 0
        else:
            self.close(line.first)
            self.open_first, self.open_bullet, self.open_gap = line.first, bullet, gap
        return "" if alone else line.raw

    def _dated(self, line: _Physical) -> bool:
        """Whether a short line holds a range of dates: the header of a job or a school, which stands alone."""
        if not self.ranges or line.last - line.first > _LONGEST_DATED:
            return False
        at = bisect_left(self.ranges, line.first)
        return at < len(self.ranges) and self.ranges[at] < line.last


def _ends_sentence(behind: str, raw: str) -> bool:
    """Whether a line is the last word of a sentence that the page wrapped ("activities."), and no heading."""
    cut = len(behind) >= _WRAPPED_LOWER and behind[-1] not in ".!?:;"
    return cut and raw[0].islower() and raw[-1] == "."


def _goes_on(previous: str, raw: str, widest: int) -> bool:
    """Whether a physical line continues the one before it, which the page wrapped."""
    lower = raw[0].islower()
    if not previous or previous[-1] in ".!?:;" or (not lower and previous[-4:].isdigit()):
        return False  # a sentence is over, or an entry ends in its year
    if previous[-1] in ",-/&" and (lower or len(previous) >= _WRAP_WIDTH):
        return True
    # a page wraps where the next word has no room; letters differ in width, so that a line counts in part
    room = len(previous) + (0 if lower else len(raw.split(None, 1)[0]) + 1)
    full = len(previous) >= _WRAP_WIDTH and room >= (_FULL_LINE if lower else _FULL_BEFORE_CAPITAL) * widest
    return full or (lower and len(previous) >= _WRAPPED_LOWER)


def read_lines(text: str, tokens: Tokens, words: LineWords, ranges: Sequence[int]) -> tuple[tuple[Line, ...], int]:
    """The logical lines of a text in order, each with its section, and how many of them are the letterhead.

    Args:
        text: the document's text.
        tokens: its words; the breaks at wrapped line ends are softened in place.
        words: what opens a section, and what is personal.
        ranges: the words with which date ranges begin, in order; a short line with one always stands alone.
    """
    return _Reader(text, tokens, words, ranges).walk()
