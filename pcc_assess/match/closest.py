"""Which known name a written one is most like; for headers of tables, where nothing else tells what was meant."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz
from rapidfuzz.process import extract

_MOST = 20


def closest(text: str, known: Mapping[str, str], similar: float, apart: float) -> tuple[str, ...]:
    """What a text most likely names: one meaning, several that cannot be told apart, or none.

    Args:
        text: folded words with spaces between them.
        known: names, written alike, each with its meaning.
        similar: how like a name the text must be, 0 to 100; the order of its words does not count.
        apart: a meaning that is less like it than the best by this much is no rival.
    """
    if not text:
        return ()
    found = extract(text, known.keys(), scorer=fuzz.token_sort_ratio, limit=_MOST, score_cutoff=similar)
    if not found:
        return ()
    best = found[0][1]
    return tuple(dict.fromkeys(known[name] for name, likeness, _ in found if likeness > best - apart))
