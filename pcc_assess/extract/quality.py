"""Whether a text is what the person wrote: judged from the text itself, and said before anything is scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pcc_assess.knowledge import Policy
from pcc_assess.model import Layout, Note, Quality

_ENGLISH_ENOUGH = 0.45
_ENGLISH_POOR = 0.25
_LETTERS_ALONE = 0.3
_MOJIBAKE = (
    "\u00c3\u00a9",
    "\u00c3\u00a8",
    "\u00e2\u20ac",
    "\u00c2\u00a0",
    "\ufffd",
    "\u00ef\u00bb\u00bf",
    "\u00ef\u00bc",
)
_SAMPLE = 4000
_LONG = 4
_ENOUGH_WORDS = 20
_FEW_MARKS = 3
_FEW_PHRASES = 3
# One word as so large a share of all words, and at least so often, is stuffing.
_STUFFED = 25
_STUFFED_SHARE = 0.15
_COLUMN_SAMPLE = 40_000
_COLUMN_SHARE = 0.3
_FEWEST_LINES = 10
_PROSE = 3


def judge_quality(
    layout: Layout, known: frozenset[str], policy: Policy, doubts: Sequence[Note], postings: Sequence[str] = ()
) -> tuple[Quality, tuple[Note, ...]]:
    """How far the text can be trusted, with the reasons.

    Args:
        layout: the text with its words and lines.
        known: English words and the words of the lexicon.
        policy: ``doubtful_words`` is the length below which a text is too short to be a whole resume.
        doubts: what the reader of the file doubted already.
        postings: phrases of job postings.
    """
    words = layout.tokens.words[:_SAMPLE]
    counts = Counter(words)
    poor, doubtful = _letters(counts, len(words), known)
    doubtful = [*doubts, *doubtful]
    marks = sum(layout.text.count(mark) for mark in _MOJIBAKE)
    if marks > _FEW_MARKS and marks > len(words) / 50:
        doubtful.append(Note("reading.damaged"))
    if _two_columns(layout.text):
        doubtful.append(Note("reading.two-columns"))
    if max(counts.values(), default=0) > max(_STUFFED, len(words) * _STUFFED_SHARE):
        doubtful.append(Note("reading.stuffed"))
    doubtful += _kind(layout, words, policy, postings)
    if poor:
        return "poor", (*poor, *doubtful)
    return ("doubtful" if doubtful else "good"), tuple(doubtful)


def _letters(counts: Mapping[str, int], number: int, known: frozenset[str]) -> tuple[list[Note], list[Note]]:
    """What the words themselves say: reasons for poor, and reasons for doubtful.

    Args:
        counts: how often each word occurs; each is looked at once, for they repeat themselves.
        number: how many words there are in all.
        known: English words and the words of the lexicon.
    """
    poor: list[Note] = []
    doubtful: list[Note] = []
    alone = sum(count for word, count in counts.items() if len(word) == 1 and word.isalpha())
    if number and alone / number > _LETTERS_ALONE:
        poor.append(Note("reading.letter-spaced"))
    long_words = [word for word in counts if len(word) >= _LONG and word.isalpha()]
    in_all = sum(map(counts.__getitem__, long_words))
    if in_all >= _ENOUGH_WORDS:
        share = sum(counts[word] for word in long_words if word in known) / in_all
        if share < _ENGLISH_POOR:
            poor.append(Note("reading.hardly-english"))
        elif share < _ENGLISH_ENOUGH:
            doubtful.append(Note("reading.partly-english"))
    return poor, doubtful


def _two_columns(text: str) -> bool:
    """Whether many lines hold two stretches of prose with a wide gap between them."""
    if "   " not in text:
        return False
    lines = [line.strip() for line in text[:_COLUMN_SAMPLE].split("\n")]
    filled = [line for line in lines if line]
    split = 0
    for line in filled:
        left, gap, right = line.partition("   ")
        if gap and len(left.split()) >= _PROSE and len(right.split()) >= _PROSE and not any(map(str.isdecimal, right)):
            split += 1
    return len(filled) >= _FEWEST_LINES and split > _COLUMN_SHARE * len(filled)


def _kind(layout: Layout, words: Sequence[str], policy: Policy, postings: Sequence[str]) -> list[Note]:
    """Reasons to doubt that this is a whole resume at all."""
    if len(words) < policy.doubtful_words:
        return [Note("reading.short", {"words": len(words)})]
    lowered = layout.text[:_COLUMN_SAMPLE].lower()
    if sum(1 for phrase in postings if phrase in lowered) >= _FEW_PHRASES:
        return [Note("reading.posting")]
    if not any(line.heading for line in layout.lines) and not layout.dates:
        return [Note("reading.no-headings")]
    return []
