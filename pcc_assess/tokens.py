"""Words of a text with their places: the one pass that everything else reads from.

Hyphens, slashes and dots separate words, so that "check-in", "check in" and "EHR/EMR" come out alike; dotted
abbreviations ("H.I.P.A.A.", "B.S.") are one word; "&" is the word "and"; apostrophes inside a word are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Every repeat is bounded by a different character class than what follows it, so the match is linear in the text.
# Words of two and more letters come first, since nearly all are.
_WORD = re.compile(r"[^\W_]{2,}(?:['\u2019][^\W_]+)*|[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)|[^\W_](?:['\u2019][^\W_]+)*|&")
_SENTENCE = frozenset(".!?\u2022\u25cf\u25aa\u25a0\u25e6\u2219\u00b7\u2023\u2043*\u27a2\u2756\u2713\u2714\uf0b7\uf0a7")
_CLAUSE = frozenset(";:|)[]{}\u2013\u2014\t=<>\u2192")
# "CMA (AAMA)" is one name: an opening bracket separates no more than a comma does.
_COMMA = frozenset(",(\u3001\uff0c")


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
    if folded == "&":
        return "and"
    return folded.replace(".", "").replace("'", "").replace("\u2019", "")


def fold_phrase(phrase: str) -> tuple[str, ...]:
    """A form or rule phrase as the words that the text would give."""
    return tuple(fold(match.group()) for match in _WORD.finditer(phrase))


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
    """The words of ``text`` in order. Linear in the length of the text."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    source = text.lower()
    if len(source) != len(text):
        source = text
    previous = 0
    for match in _WORD.finditer(source):
        start, end = match.span()
        word = match.group()
        if not (word.isalnum() and word.isascii()) or source is text:
            word = fold(word)
            if not word:
                continue
        gap = text[previous:start]
        words.append(word)
        starts.append(start)
        ends.append(end)
        breaks.append(0 if gap in (" ", "-", "/", "") else _break_of(gap))
        previous = end
    if breaks:
        breaks[0] = 4
    return Tokens(words, starts, ends, breaks)
