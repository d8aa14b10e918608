"""The one pass over a text: every form, rule word and cue of the lexicon, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from pcc_assess.match.lexicon import Lexicon, Node, Term
from pcc_assess.match.typos import Repairer, repaired
from pcc_assess.model import JobBlock, Layout, Line
from pcc_assess.tokens import Tokens

# No writer goes on for longer; what a file makes of it must not make the work grow with its square.
_LONGEST_SENTENCE = 150


class Hit(NamedTuple):
    """A word or phrase of the lexicon at the words ``first`` up to, not with, ``last``."""

    first: int
    last: int
    term: Term


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item group: words ``first`` up to, not with, ``last``, with what was found in it.

    ``named``: those of ``hits`` that name something, and are not only words of a rule.
    """

    first: int
    last: int
    line: Line
    line_index: int
    hits: list[Hit]
    named: list[Hit]


@dataclass(frozen=True, slots=True)
class Scan:
    """A text with all that was found in it. ``words``: slips mended; ``origin``: the token of each word; ``changed``:
    mended words.
    """

    layout: Layout
    words: list[str]
    breaks: list[int]
    origin: list[int]
    changed: frozenset[int]
    sentences: tuple[Sentence, ...]
    job_of_line: tuple[int, ...]
    page_starts: tuple[int, ...]

    def job(self, sentence: Sentence) -> JobBlock | None:
        """The job that a sentence stands in."""
        number = self.job_of_line[sentence.line_index]
        return self.layout.jobs[number] if number >= 0 else None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets into the text of the words ``first`` up to, not with, ``last``."""
        tokens = self.layout.tokens
        end_token = self.origin[last - 1]
        # A token that was two halves on the page ends where the word after it begins.
        stop = self.origin[last] if last < len(self.origin) else len(tokens.ends)
        end_token = max(end_token, stop - 1) if stop - end_token > 1 else end_token
        return tokens.starts[self.origin[first]], tokens.ends[end_token]


def _hits(words: list[str], breaks: list[int], first: int, last: int, root: Node) -> list[Hit]:
    """Every path of the lexicon's tree that begins at a word from ``first`` to ``last``; no path crosses the end of a
    clause.
    """
    found: list[Hit] = []
    get = root.get
    for start in range(first, last):
        node = get(words[start])
        if node is None:
            continue
        at = start + 1
        while True:
            term = node.get("")  # type: ignore[attr-defined]
            if term is not None:
                found.append(Hit(start, at, term))
            if at >= last or breaks[at] >= 2:
                break
            node = node.get(words[at])  # type: ignore[attr-defined]
            if node is None:
                break
            at += 1
    return found


def scan(layout: Layout, lexicon: Lexicon, repairer: Repairer, page_starts: tuple[int, ...] = ()) -> Scan:
    """Walks the text once. Linear in its length: a path is at most as long as the longest form."""
    words, origin, changed = repaired(layout.tokens, repairer)
    tokens: Tokens = layout.tokens
    breaks = tokens.breaks if words is tokens.words else _breaks_of(tokens, origin)
    job_of_line = [-1] * len(layout.lines)
    for number, job in enumerate(layout.jobs):
        for index in range(job.first, job.last):
            job_of_line[index] = number
    sentences: list[Sentence] = []
    for index, line in enumerate(layout.lines):
        first, stop = line.first, line.last
        if words is not tokens.words:
            first, stop = bisect_left(origin, first), bisect_left(origin, stop)
        start = first
        for at in range(first + 1, stop + 1):
            if at == stop or breaks[at] >= 3 or at - start >= _LONGEST_SENTENCE:
                hits = _hits(words, breaks, start, at, lexicon.root)
                named = [hit for hit in hits if hit.term.entries]
                sentences.append(Sentence(start, at, line, index, hits, named))
                start = at
    return Scan(layout, words, breaks, origin, changed, tuple(sentences), tuple(job_of_line), page_starts)


def _breaks_of(tokens: Tokens, origin: list[int]) -> list[int]:
    """What stands before each mended word; nothing between two halves of one token."""
    return [0 if index and origin[index - 1] == token else tokens.breaks[token] for index, token in enumerate(origin)]
