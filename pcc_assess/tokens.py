"""Words of a text with their places: the one pass that everything else reads from.

Hyphens, slashes and dots separate words, so that "check-in", "check in" and "EHR/EMR" come out alike; dotted
abbreviations ("H.I.P.A.A.", "B.S.") are one word; "&" is the word "and"; apostrophes inside a word are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Every repeat is bounded by a different character class than what follows it, so the match is linear in the text.
# Splitting keeps what stands between the words, and costs half of finding each word.
_WORDS = re.compile(r"([^\W_]+)")
_APOSTROPHES = frozenset("'\u2019")
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
    return folded.replace(".", "").replace("'", "").replace("\u2019", "")


def fold_phrase(phrase: str) -> tuple[str, ...]:
    """A form or rule phrase as the words that the text would give."""
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
    """The words of ``text`` in order. Linear in the length of the text."""
    source = text.lower()
    plain = len(source) == len(text)
    parts = _WORDS.split(source if plain else text)
    found = Tokens([], [], [], [])
    words, starts, ends, breaks = found.words, found.starts, found.ends, found.breaks
    position = 0
    dotted = False
    for index in range(1, len(parts), 2):
        gap = parts[index - 1]
        word = parts[index]
        start = position + len(gap)
        position = start + len(word)
        if not (plain and word.isascii()):
            word = fold(word)
        if gap != " ":
            if words and _goes_on(gap, word, words[-1], dotted=dotted):
                words[-1] += word
                ends[-1] = position
                dotted = gap == "."
                continue
            gap = _mark(found, gap, start, dotted=dotted)
        dotted = False
        if word:
            words.append(word)
            starts.append(start)
            ends.append(position)
            breaks.append(0 if gap == " " else _break_of(gap))
    _mark(found, parts[-1], position + len(parts[-1]), dotted=dotted)
    if breaks:
        breaks[0] = 4
    return found


def _goes_on(gap: str, word: str, last: str, *, dotted: bool) -> bool:
    """Whether ``word`` is part of the word before it: behind an apostrophe, or a letter of "H.I.P.A.A." or "B.S."."""
    if gap in _APOSTROPHES:
        return True
    return gap == "." and len(word) == 1 and word.isalpha() and (dotted or (len(last) == 1 and last.isalpha()))


def _mark(found: Tokens, gap: str, stop: int, *, dotted: bool) -> str:
    """Takes what belongs to words out of a gap that ends at ``stop``: an abbreviation's last dot, and the word "&".

    Returns what is left of the gap before the next word.
    """
    if dotted and gap.startswith("."):
        found.ends[-1] += 1
        gap = gap[1:]
    at = gap.find("&")
    if at < 0:
        return gap
    start = stop - len(gap) + at
    found.words.append("and")
    found.starts.append(start)
    found.ends.append(start + 1)
    found.breaks.append(_break_of(gap[:at]))
    return gap[at + 1 :]
