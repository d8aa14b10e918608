"""Words of a text with their places: the one pass that everything else reads from.

Hyphens, slashes and dots separate words, so that "check-in", "check in" and "EHR/EMR" come out alike; dotted
abbreviations ("H.I.P.A.A.", "B.S.") are one word; "&" is the word "and"; apostrophes inside a word are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress
from typing import TypeVar

# Every repeat is bounded by a different character class than what follows it, so the match is linear in the text.
# Splitting keeps what stands between the words, and costs half of finding each word.
_WORDS = re.compile(r"([^\W_]+)")
# What may stand inside a word: an apostrophe, or the dot of an abbreviation.
_INSIDE = frozenset("'\u2019.")
_SENTENCE = frozenset(".!?\u2022\u25cf\u25aa\u25a0\u25e6\u2219\u00b7\u2023\u2043*\u27a2\u2756\u2713\u2714\uf0b7\uf0a7")
_CLAUSE = frozenset(";:|)[]{}\u2013\u2014\t=<>\u2192")
# "CMA (AAMA)" is one name: an opening bracket separates no more than a comma does.
_COMMA = frozenset(",(\u3001\uff0c")


# Stands in the place of a word that is nobody's business; nothing that is looked for holds it.
HIDDEN = "\x00"

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, as parallel lists.

    ``words``: case-folded, accents and apostrophes off. ``starts``, ``ends``: offsets into the text. ``breaks``: what
    stands before the word: 0 a space, hyphen or slash, 1 a comma, 2 the end of a clause, 3 the end of a sentence or
    list item, 4 the end of a line.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[int]


def fold(word: str) -> str:
    """One word as it is compared: case, accents, compatibility forms, dots and apostrophes taken off."""
    if word.isascii():
        folded = word.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", word)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    if folded.isalnum():
        return folded
    return folded.replace(".", "").replace("'", "").replace("\u2019", "")


def fold_phrase(phrase: str) -> tuple[str, ...]:
    """A form or rule phrase as the words that the text would give."""
    words = phrase.lower().split()
    if phrase.isascii() and "".join(words).isalnum():
        return tuple(words)
    return tuple(tokenize(phrase).words)


@lru_cache(maxsize=4096)
def _break_of(gap: str) -> int:
    """How strongly ``gap``, the characters between two words, separates them (see ``Tokens.breaks``)."""
    if "\n" in gap:
        return 4
    strength = 0
    for character in gap:
        if character in _SENTENCE:
            # A dot without a space after it stands inside a name ("Doxy.me"), not at the end of a sentence.
            strength = max(strength, 3 if gap != "." else 0)
        elif character in _CLAUSE:
            strength = max(strength, 2)
        elif character in _COMMA:
            strength = max(strength, 1)
    if strength < 2 and ("   " in gap or (gap.strip() == "-" and len(gap) > 1)):
        return 2
    return strength


def tokenize(text: str) -> Tokens:
    """The words of ``text`` in order. Linear in the length of the text.

    All words are cut at once; the few places where a word needs more than that are mended afterwards.
    """
    source = text.lower()
    parts = _WORDS.split(source if len(source) == len(text) else text)
    gaps = parts[:-1:2]
    places = list(accumulate(map(len, parts)))
    words = parts[1::2]
    if len(source) != len(text):
        words = [fold(word) for word in words]
    elif not source.isascii() and not "".join(words).isascii():
        words = [word if word.isascii() else fold(word) for word in words]
    # A text has few kinds of gap, so each is judged once.
    strengths = {gap: _break_of(gap) for gap in set(gaps)}
    tokens = Tokens(words, places[:-1:2], places[1::2], list(map(strengths.__getitem__, gaps)))
    mending = {gap for gap in strengths if gap in _INSIDE or "&" in gap}
    special = list(compress(range(len(gaps)), map(mending.__contains__, gaps))) if mending else ()
    if special:
        _mend(tokens, [*gaps, parts[-1]], special)
    if "" in words:
        _drop_empty(tokens)
    if tokens.breaks:
        tokens.breaks[0] = 4
    return tokens


def _mend(tokens: Tokens, gaps: list[str], special: Sequence[int]) -> None:
    """Puts together what apostrophes and the dots of abbreviations cut, and makes "&" a word; from the end forward."""
    words, starts, ends, breaks = tokens.words, tokens.starts, tokens.ends, tokens.breaks
    ands: dict[int, tuple[int, int]] = {}
    # Words ``begin`` up to ``end`` become one; an empty stretch is the place of an "and".
    edits: list[tuple[int, int]] = []
    chain = -1
    for index in reversed(special):
        gap = gaps[index]
        if "&" in gap:
            at = gap.index("&")
            ands[index] = (starts[index] - len(gap) + at, _break_of(gap[:at]))
            breaks[index] = _break_of(gap[at + 1 :])
            edits.append((index, index))
            continue
        grows = bool(edits) and edits[-1][0] == index < edits[-1][1]
        end = edits[-1][1] if grows else index + 1
        if not index or (gap == "." and not _abbreviates(words, index, end, in_chain=index == chain)):
            continue
        if gap == "." and index != chain and gaps[index + 1].startswith("."):
            # "B.S. Biology": the last dot belongs to the abbreviation and ends no sentence.
            ends[index] += 1
            strength = _break_of(gaps[index + 1][1:])
            if index + 1 in ands:
                ands[index + 1] = (ands[index + 1][0], strength)
            elif index + 1 < len(breaks):
                breaks[index + 1] = strength
        ends[index - 1] = ends[index]
        edits[len(edits) - grows :] = [(index - 1, end)]
        chain = index - 1 if gap == "." else -1
    _rewrite(tokens, edits[::-1], ands)


def _abbreviates(words: list[str], index: int, end: int, *, in_chain: bool) -> bool:
    """Whether the dot before the words ``index`` up to ``end``, now one, stands inside "H.I.P.A.A."."""
    before = words[index - 1]
    if len(before) != 1 or not before.isalpha():
        return False
    if in_chain:
        return True
    word = "".join(words[index:end])
    return len(word) == 1 and word.isalpha()


def _rewrite(tokens: Tokens, edits: Sequence[tuple[int, int]], ands: Mapping[int, tuple[int, int]]) -> None:
    """Carries out what ``_mend`` found, all at once, so that a text full of marks costs no more than another."""
    words, starts, ends, breaks = tokens.words, tokens.starts, tokens.ends, tokens.breaks
    _splice(words, edits, ["".join(words[begin:end]) if end > begin else "and" for begin, end in edits])
    _splice(starts, edits, [starts[begin] if end > begin else ands[begin][0] for begin, end in edits])
    _splice(ends, edits, [ends[begin] if end > begin else ands[begin][0] + 1 for begin, end in edits])
    _splice(breaks, edits, [breaks[begin] if end > begin else ands[begin][1] for begin, end in edits])


def _splice(values: list[_Value], edits: Sequence[tuple[int, int]], new: Sequence[_Value]) -> None:
    """Puts each value of ``new`` in the place of the stretch of ``values`` that stands in ``edits``."""
    spliced: list[_Value] = []
    at = 0
    for (begin, end), value in zip(edits, new, strict=True):
        spliced += values[at:begin]
        spliced.append(value)
        at = end
    values[:] = spliced + values[at:]


def _drop_empty(tokens: Tokens) -> None:
    """Leaves out words of which folding left nothing."""
    kept = [index for index, word in enumerate(tokens.words) if word]
    for values in (tokens.starts, tokens.ends, tokens.breaks):
        values[:] = [values[index] for index in kept]
    tokens.words[:] = [word for word in tokens.words if word]
