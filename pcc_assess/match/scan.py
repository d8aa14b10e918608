"""The one pass over a text: every form, rule word and cue of the lexicon, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from pcc_assess.match.lexicon import Lexicon, Node, Term
from pcc_assess.match.typos import Mended, Repairer, repaired
from pcc_assess.model import JobBlock, Layout, Line

# No writer goes on for longer; what a file makes of it must not make the work grow with its square.
_LONGEST_SENTENCE = 150


class Hit(NamedTuple):
    """A word or phrase of the lexicon at the words ``first`` up to, not with, ``last``."""

    first: int
    last: int
    term: Term


# ``Hit(...)`` without the call of its Python constructor: hits are what a text has most of.
_new_hit: Callable[[tuple[int, int, Term]], Hit] = partial(tuple.__new__, Hit)


class Sentence(NamedTuple):
    """One sentence or list item group: words ``first`` up to, not with, ``last``, with what was found in it.

    ``named``: those of ``hits`` that name something, and are not only words of a rule. ``kinds``: the bits of all hits
    (see ``Term``).
    """

    first: int
    last: int
    line: Line
    line_index: int
    hits: list[Hit]
    named: list[Hit]
    kinds: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A text with all that was found in it. ``words``: slips mended, with their offsets into the text and what stands
    before them; ``changed``: mended words.
    """

    layout: Layout
    words: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[int]
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
        return self.starts[first], self.ends[last - 1]

    def is_changed(self, first: int, last: int) -> bool:
        """Whether any of the words ``first`` up to, not with, ``last`` was mended."""
        return bool(self.changed) and not self.changed.isdisjoint(range(first, last))


def held(hits: Iterable[Hit]) -> set[tuple[int, int]]:
    """The places (first, last) of those hits that a longer one of them holds."""
    inside: set[tuple[int, int]] = set()
    reach = -1
    for first, last in sorted({(hit.first, hit.last) for hit in hits}, key=lambda place: (place[0], -place[1])):
        if last <= reach:
            inside.add((first, last))
        else:
            reach = last
    return inside


def _hits(mended: Mended, first: int, last: int, root: Mapping[str, Node]) -> tuple[list[Hit], list[Hit], int]:
    """Every path of the lexicon's tree that begins at a word from ``first`` to ``last``; no path crosses the end of a
    clause.

    Returns:
        all hits, those that name something, and the kinds of all.
    """
    words, breaks = mended.words, mended.breaks
    found: list[Hit] = []
    named: list[Hit] = []
    kinds = 0
    for start, opening in enumerate(map(root.get, words[first:last]), first):
        if opening is None:
            continue
        node = opening
        at = start + 1
        while True:
            term = node.term
            if term is not None:
                hit = _new_hit((start, at, term))
                found.append(hit)
                kinds |= term.kinds
                if term.entries:
                    named.append(hit)
            if node.following is None or at >= last or breaks[at] >= 2:
                break
            following = node.following.get(words[at])
            if following is None:
                break
            node = following
            at += 1
    return found, named, kinds


def _sentence_ends(breaks: list[int], first: int, stop: int) -> Sequence[int]:
    """Where the sentences of a line end, whose words are ``first`` up to, not with, ``stop``."""
    if stop <= first:
        return ()
    if stop - first <= _LONGEST_SENTENCE and max(breaks[first + 1 : stop], default=0) < 3:
        return (stop,)
    ends: list[int] = []
    start = first
    for at in range(first + 1, stop + 1):
        if at == stop or breaks[at] >= 3 or at - start >= _LONGEST_SENTENCE:
            ends.append(at)
            start = at
    return ends


def scan(layout: Layout, lexicon: Lexicon, repairer: Repairer, page_starts: tuple[int, ...] = ()) -> Scan:
    """Walks the text once. Linear in its length: a path is at most as long as the longest form."""
    mended = repaired(layout.tokens, repairer)
    job_of_line = [-1] * len(layout.lines)
    for number, job in enumerate(layout.jobs):
        for index in range(job.first, job.last):
            job_of_line[index] = number
    sentences: list[Sentence] = []
    for index, line in enumerate(layout.lines):
        start, stop = line.first, line.last
        if mended.changed:
            start, stop = bisect_left(mended.origin, start), bisect_left(mended.origin, stop)
        for end in _sentence_ends(mended.breaks, start, stop):
            sentences.append(Sentence(start, end, line, index, *_hits(mended, start, end, lexicon.root)))
            start = end
    return Scan(
        layout=layout,
        words=mended.words,
        starts=mended.starts,
        ends=mended.ends,
        breaks=mended.breaks,
        changed=mended.changed,
        sentences=tuple(sentences),
        job_of_line=tuple(job_of_line),
        page_starts=page_starts,
    )
