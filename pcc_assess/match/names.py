"""The name at the top of a resume, and the words of the text without it: nobody gains or loses by a name.

"Grace Epic" above a resume is no electronic health record, and "Young Lead" no leader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pcc_assess.knowledge import Knowledge
from pcc_assess.match.lexicon import Lexicon
from pcc_assess.model import Layout
from pcc_assess.tokens import HIDDEN, Tokens

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})
_ABOVE = frozenset({("resume",), ("cv",), ("curriculum", "vitae")})
# Words of a name, as a person writes them ("Maria del Carmen Lopez-Garcia").
_FEWEST, _MOST = 2, 6


def find_name(layout: Layout, lexicon: Lexicon, knowledge: Knowledge) -> tuple[int, int] | None:
    """The tokens ``first`` up to, not with, ``last`` of the person's name on the first line; None where there is none.

    A line of a few words with capital letters is a name where one of them is known as such, or where none of them means
    anything else. Where a contact follows, one word without a meaning is enough: a headline has a meaning as a whole.
    """
    for line in layout.lines[:2]:
        if line.heading:
            return None
        if tuple(layout.tokens.words[line.first : line.last]) not in _ABOVE:
            place = _item(layout, line.first, line.last)
            return place if place is not None and _is_name(layout, *place, lexicon, knowledge) else None
    return None


def _item(layout: Layout, first: int, last: int) -> tuple[int, int] | None:
    """The first item of a line without a title, if it is written like a name."""
    tokens = layout.tokens
    if tokens.words[first] in _TITLES:
        first += 1
    stop = first + 1
    while stop < last and tokens.breaks[stop] < 1:
        stop += 1
    plain = all(_is_plain(layout.text[tokens.starts[at] : tokens.ends[at]]) for at in range(first, min(stop, last)))
    return (first, stop) if plain and _FEWEST <= stop - first <= _MOST and stop <= last else None


def _is_plain(word: str) -> bool:
    """Whether a word is written like one of a name: letters, the first of them a capital where there are any."""
    return word.replace(".", "").replace("'", "").replace("\u2019", "").isalpha() and not word[0].islower()


def _is_name(layout: Layout, first: int, last: int, lexicon: Lexicon, knowledge: Knowledge) -> bool:
    words = layout.tokens.words[first:last]
    if words[0] in knowledge.given_words or not knowledge.names.isdisjoint(words):
        return True
    meant = _meant(words, lexicon)
    return not meant or (layout.letterhead > 1 and len(meant) < len(words))


def _meant(words: Sequence[str], lexicon: Lexicon) -> set[int]:
    """Which words are part of a form of the lexicon."""
    found: set[int] = set()
    for start in range(len(words)):
        node = lexicon.root.get(words[start])
        at = start + 1
        while node is not None:
            if node.term is not None and node.term.entries:
                found.update(range(start, at))
            node = node.following.get(words[at]) if node.following is not None and at < len(words) else None
            at += 1
    return found


def without_name(layout: Layout, place: tuple[int, int] | None) -> Tokens:
    """The words of a text with the name hidden, at the top and wherever else it stands in full."""
    tokens = layout.tokens
    if place is None:
        return tokens
    name = tokens.words[place[0] : place[1]]
    words = list(tokens.words)
    for at in _places(words, name):
        words[at : at + len(name)] = [HIDDEN] * len(name)
    return Tokens(words, tokens.starts, tokens.ends, tokens.breaks)


def _places(words: Sequence[str], name: Sequence[str]) -> Iterator[int]:
    """Where ``name`` begins among ``words``."""
    at = -1
    while True:
        try:
            at = words.index(name[0], at + 1)
        except ValueError:
            return
        if words[at : at + len(name)] == name:
            yield at
