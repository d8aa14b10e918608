"""What stands where in a text: words, lines, sections, dates and jobs, before any of it is understood."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from pcc_assess.extract.dates import find_dates
from pcc_assess.extract.jobs import find_jobs
from pcc_assess.extract.quality import judge_quality
from pcc_assess.extract.sections import heading_index, read_lines
from pcc_assess.model import Layout
from pcc_assess.tokens import tokenize

__all__ = ["heading_index", "judge_quality", "read_layout"]


def read_layout(text: str, headings: Mapping[tuple[str, ...], str], newest: int) -> Layout:
    """The layout of a document's text.

    Args:
        text: the document's text.
        headings: what ``heading_index`` made of sections.yaml.
        newest: the month of the as-of date, counted from year 0.
    """
    tokens = tokenize(text)
    dates = find_dates(text, tokens, newest)
    ranges = [bisect_left(tokens.starts, span.position) for span in dates if span.ranged]
    lines = read_lines(text, tokens, headings, ranges)
    return Layout(text, tokens, lines, dates, find_jobs(tokens, lines, dates))
