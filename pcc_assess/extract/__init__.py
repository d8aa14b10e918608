"""What stands where in a text: words, lines, sections, dates and jobs, before any of it is understood."""

from __future__ import annotations

from bisect import bisect_left

from pcc_assess.extract.dates import find_dates
from pcc_assess.extract.jobs import find_jobs
from pcc_assess.extract.letterhead import contact_chunks
from pcc_assess.extract.quality import judge_quality
from pcc_assess.extract.sections import LineWords, heading_index, line_words, read_lines
from pcc_assess.model import Layout
from pcc_assess.tokens import HIDDEN, Tokens, tokenize

__all__ = ["LineWords", "heading_index", "judge_quality", "line_words", "read_layout"]


def read_layout(text: str, words: LineWords, newest: int) -> Layout:
    """The layout of a document's text.

    Args:
        text: the document's text.
        words: what ``line_words`` made of the headings of sections, and of what is personal.
        newest: the month of the as-of date, counted from year 0.
    """
    tokens = tokenize(text)
    dates = find_dates(text, tokens, newest)
    ranges = [bisect_left(tokens.starts, span.position) for span in dates if span.ranged]
    lines, letterhead = read_lines(text, tokens, words, ranges)
    below = tokens.starts[lines[letterhead].first] if letterhead < len(lines) else len(text)
    dates = tuple(span for span in dates if span.position >= below)
    _hide_contacts(text, tokens)
    return Layout(text, tokens, lines, dates, find_jobs(tokens, lines, dates, letterhead), letterhead)


def _hide_contacts(text: str, tokens: Tokens) -> None:
    """Makes the words of addresses, links and handles unreadable: "jane.word@example.com" says nothing of the work."""
    for start, end in contact_chunks(text):
        first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
        tokens.words[first:last] = [HIDDEN] * (last - first)
