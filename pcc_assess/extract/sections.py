"""Lines and sections: which words stand together, and under which heading.

A logical line is a bullet or a paragraph; lines that the page wrapped are put together again. Headings are those of
``data/words/sections.yaml``; nothing else opens a section.
"""

from __future__ import annotations

from collections.abc import Mapping

from pcc_assess.model import Line
from pcc_assess.tokens import Tokens, fold_phrase

_BULLETS = frozenset(
    "\u2022\u25cf\u25aa\u25a0\u25e6\u2219\u00b7\u2023\u2043*-\u2013\u2014>\u27a2\u2756\u2713\u2714\uf0b7\uf0a7+"
)
_LONGEST_HEADING = 6
# A line at least this full (of the widest line) may have been wrapped by the page.
_FULL_LINE = 0.7
_WRAP_WIDTH = 55


def heading_index(sections: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Folded heading words -> kind of section."""
    return {fold_phrase(heading): kind for kind, headings in sections.items() for heading in headings}


def _is_list(tokens: Tokens, first: int, last: int, section: str) -> bool:
    """Whether the words from ``first`` to ``last`` are a list of short items and not a sentence."""
    commas = sum(1 for i in range(first + 1, last) if tokens.breaks[i] in (1, 2))
    if section == "skills" and commas >= 1:
        return (last - first) / (commas + 1) <= 5
    return commas >= 4 and (last - first) / (commas + 1) <= 3


class _Reader:
    """Walks the physical lines once and builds the logical ones."""

    def __init__(
        self, text: str, tokens: Tokens, headings: Mapping[tuple[str, ...], str], dated: frozenset[int]
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.headings = headings
        self.dated = dated
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

    def heading_of(self, first: int, last: int, raw: str) -> tuple[str, int] | None:
        """The section that a line opens and the first word after its heading."""
        words = self.tokens.words
        count = last - first
        if count <= _LONGEST_HEADING:
            kind = self.headings.get(tuple(words[first:last]))
            if kind is not None:
                return kind, last
        colon = raw.find(":")
        if 0 < colon <= 40:
            before = fold_phrase(raw[:colon])
            kind = self.headings.get(before)
            if kind is not None:
                return kind, first + len(before)
        return None

    def walk(self) -> tuple[Line, ...]:
        text, tokens = self.text, self.tokens
        starts = tokens.starts
        total = len(starts)
        widest = 0
        physical: list[tuple[int, int, int, int]] = []
        token = 0
        position = 0
        for raw in text.split("\n"):
            end = position + len(raw)
            first = token
            while token < total and starts[token] < end:
                token += 1
            physical.append((position, end, first, token))
            widest = max(widest, end - position)
            position = end + 1
        previous = ""
        gap = False
        for begin, end, first, last in physical:
            raw = text[begin:end].strip()
            if first == last:
                # A line of marks only ("- - -") ends what stands before it, as an empty one does.
                gap = True
                continue
            bullet = raw[0] in _BULLETS
            heading = None if bullet and len(raw) > 40 else self.heading_of(first, last, raw)
            if heading is not None:
                kind, after = heading
                self.close(first)
                self.section = kind
                self.lines.append(Line(first, after, kind, True, False, False, gap))
                if after < last:
                    self.open_first, self.open_bullet, self.open_gap = after, False, False
            elif self.open_first < 0 or not self._goes_on(previous, raw, first, bullet, gap, widest):
                self.close(first)
                self.open_first, self.open_bullet, self.open_gap = first, bullet, gap
            else:
                tokens.breaks[first] = self._soft_break(previous)
            previous = "" if heading is not None and heading[1] == last else raw
            gap = False
        self.close(total)
        return tuple(self.lines)

    def _goes_on(self, previous: str, raw: str, first: int, bullet: bool, gap: bool, widest: int) -> bool:
        """Whether a physical line continues the one before it."""
        if bullet or gap or not previous or first in self.dated or previous[-1] in ".!?:;":
            return False
        lower = raw[0].islower()
        if previous[-1] in ",-/&" and (lower or len(previous) >= _WRAP_WIDTH):
            return True
        full = len(previous) >= _WRAP_WIDTH and len(previous) >= _FULL_LINE * min(widest, 140)
        return full if not lower else full or len(previous) >= 40

    @staticmethod
    def _soft_break(previous: str) -> int:
        """What a wrapped line end separates: as much as the mark before it."""
        return 1 if previous[-1] == "," else 0


def read_lines(
    text: str, tokens: Tokens, headings: Mapping[tuple[str, ...], str], dated: frozenset[int]
) -> tuple[Line, ...]:
    """The logical lines of a text in order, each with its section.

    Args:
        text: the document's text.
        tokens: its words; the breaks at wrapped line ends are softened in place.
        headings: folded heading words to the kind of section, see ``heading_index``.
        dated: the words with which a date range begins; such a word always opens a line.
    """
    return _Reader(text, tokens, headings, dated).walk()
