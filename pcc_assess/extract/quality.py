"""Whether a text is what the person wrote: judged from the text itself, and said before anything is scored."""

from __future__ import annotations

from collections.abc import Sequence

from pcc_assess.knowledge import Policy
from pcc_assess.model import Layout, Quality

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


def judge_quality(
    layout: Layout, known: frozenset[str], policy: Policy, doubts: Sequence[str]
) -> tuple[Quality, tuple[str, ...]]:
    """How far the text can be trusted, with the reasons in plain words.

    Args:
        layout: the text with its words and lines.
        known: English words and the words of the lexicon.
        policy: ``doubtful_words`` is the length below which a text is too short to be a whole resume.
        doubts: what the reader of the file doubted already.
    """
    words = layout.tokens.words[:_SAMPLE]
    poor: list[str] = []
    doubtful = list(doubts)
    long_words = [word for word in words if len(word) >= 4 and word.isalpha()]
    alone = sum(1 for word in words if len(word) == 1 and word.isalpha())
    if words and alone / len(words) > _LETTERS_ALONE:
        poor.append("Most letters stand alone, as if the file were letter-spaced; words may be lost.")
    if len(long_words) >= 20:
        share = sum(1 for word in long_words if word in known) / len(long_words)
        if share < _ENGLISH_POOR:
            poor.append("Hardly any English words were found; the text may be garbled or in another language.")
        elif share < _ENGLISH_ENOUGH:
            doubtful.append("Many words are not English words; the text may be partly garbled or in another language.")
    marks = sum(layout.text.count(mark) for mark in _MOJIBAKE)
    if marks > 3 and marks > len(words) / 50:
        doubtful.append("Some characters were damaged before the file reached us (wrong encoding).")
    if len(words) < policy.doubtful_words:
        doubtful.append(f"The text is very short ({len(words)} words); a whole resume says more.")
    elif not any(line.heading for line in layout.lines) and not layout.dates:
        doubtful.append("There are no headings and no dates; this may not be a resume.")
    if poor:
        return "poor", (*poor, *doubtful)
    return ("doubtful" if doubtful else "good"), tuple(doubtful)
