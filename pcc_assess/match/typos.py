"""One slip of the keyboard in a longer word: repaired, never guessed.

A word is touched only if it is neither in the lexicon nor an English word or name, so "mediation" stays
"mediation". Measured on real resumes, the guard turns 994 mostly wrong repairs into 40 mostly right ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import extract

from pcc_assess.match.lexicon import Lexicon
from pcc_assess.tokens import Tokens

# Words that were looked up before, in any text of this process; emptied when full, so that memory stays bounded.
_CACHE_SIZE = 20_000
# Shorter halves of a joined word are believed only where the two stand together in a form.
_SHORTEST_HALF = 3
_SHORTEST_PART = 2
_LONGEST = 30


class Repairer:
    """Finds what an unknown word was meant to be."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(lexicon.targets):
            if len(word) >= lexicon.typo_min_length and word.isalpha():
                self.by_length[len(word)].append(word)
        self.cache: dict[str, tuple[tuple[str, ...], ...]] = {}

    def meant(self, word: str, before: str = "", after: str = "") -> tuple[str, ...]:
        """The word or two words that ``word`` was meant to be; empty if there is no single answer.

        Where several answers are one slip away, the words ``before`` and ``after`` it decide: "detal" is "detail"
        behind "attention to", and "dental" before "office".
        """
        found = self.cache.get(word)
        if found is None:
            if len(self.cache) >= _CACHE_SIZE:
                self.cache.clear()
            found = self.cache[word] = tuple(self._look(word))
        if len(found) > 1 or (found and len(found[0]) > 1):
            pairs = self.lexicon.pairs
            fitting = [
                answer
                for answer in found
                if (before, answer[0]) in pairs or (answer[-1], after) in pairs or answer in pairs
            ]
            found = tuple(fitting) or found
        return found[0] if len(found) == 1 or _alike(found) else ()

    def _look(self, word: str) -> list[tuple[str, ...]]:
        """All that a word may have been meant to be, the likeliest first."""
        # A word with letters of another alphabet may look like one of ours, and is none.
        if len(word) > _LONGEST or not word.isalpha() or not word.isascii():
            return []
        vocabulary, pairs = self.lexicon.vocabulary, self.lexicon.pairs
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            halves = (word[:cut], word[cut:])
            short = min(map(len, halves)) < _SHORTEST_HALF
            if (halves in pairs) if short else (halves[0] in vocabulary and halves[1] in vocabulary):
                return [halves]
        if len(word) < self.lexicon.typo_min_length - 1:
            return []
        near: list[str] = []
        for length in (len(word) - 1, len(word), len(word) + 1):
            choices = self.by_length.get(length)
            if choices:
                # Two edits in Levenshtein's count may be one transposition; the second measure decides.
                rows = extract(word, choices, scorer=Levenshtein.distance, score_cutoff=2, limit=12)
                near += [choice for choice, _, _ in rows if OSA.distance(word, choice) == 1]
        near.sort(key=lambda choice: (choice[0] != word[0], -len(choice), choice))
        return [(choice,) for choice in near]


def _alike(answers: Sequence[tuple[str, ...]]) -> bool:
    """Whether several answers are inflections of one word, so that any of them will do."""
    return bool(answers) and all(len(answer) == 1 and answer[0][:4] == answers[0][0][:4] for answer in answers)


@dataclass(frozen=True, slots=True)
class Mended:
    """The words of a text with slips mended, as parallel lists like those of ``Tokens``.

    ``origin``: the token that each word came from. ``changed``: the indices (of words) that were changed.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[int]
    origin: Sequence[int]
    changed: frozenset[int]


def repaired(tokens: Tokens, repairer: Repairer) -> Mended:
    """The words with slips mended; the lists of ``tokens`` themselves where there is nothing to mend."""
    words = tokens.words
    known = map(repairer.lexicon.known.__contains__, words)
    doubtful = [i for i, is_known in enumerate(known) if not is_known and len(words[i]) >= _SHORTEST_HALF]
    changes = _changes(tokens, doubtful, repairer)
    if changes:
        return _mended(tokens, changes)
    return Mended(words, tokens.starts, tokens.ends, tokens.breaks, range(len(words)), frozenset())


def _mended(tokens: Tokens, changes: Mapping[int, tuple[tuple[str, ...], bool]]) -> Mended:
    """The tokens with ``changes`` put in; what stands between two changes is copied at once."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    origin: list[int] = []
    changed: list[int] = []
    at = 0
    for i, (new, takes_next) in sorted(changes.items()):
        if i < at:
            continue
        changed += range(len(words) + i - at, len(words) + i - at + len(new))
        words += (*tokens.words[at:i], *new)
        starts += (*tokens.starts[at:i], *[tokens.starts[i]] * len(new))
        ends += (*tokens.ends[at:i], *[tokens.ends[i + takes_next]] * len(new))
        # Nothing stands between two halves of one token.
        breaks += (*tokens.breaks[at : i + 1], *[0] * (len(new) - 1))
        origin += (*range(at, i), *[i] * len(new))
        at = i + 1 + takes_next
    words += tokens.words[at:]
    starts += tokens.starts[at:]
    ends += tokens.ends[at:]
    breaks += tokens.breaks[at:]
    origin += range(at, len(tokens.words))
    return Mended(words, starts, ends, breaks, origin, frozenset(changed))


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
                before = words[i - 1] if i else ""
                after = words[i + 1] if i + 1 < len(words) else ""
                meant = repairer.meant(words[i], before, after)
                if meant:
                    changes[i] = (meant, False)
    return changes
