"""The line of the text that proves a finding: long enough to be understood, short enough to be read."""

from __future__ import annotations

from bisect import bisect_right

from pcc_assess.match.scan import Scan, Sentence

_LONGEST = 200
_LIST_ITEMS = 3


def quote_of(scan: Scan, sentence: Sentence, first: int, last: int) -> tuple[int, int, int | None]:
    """Start and end of a quote around the words ``first`` to ``last``, and its page.

    The whole sentence where it is short; in a list the items next to the words; else whole words around them.
    """
    low, high = sentence.first, sentence.last
    if sentence.line.listed:
        low, high = _items(scan, sentence, first, last)
    starts, ends = scan.starts, scan.ends
    start, end = starts[low], ends[high - 1]
    while end - start > _LONGEST and (low < first or high > last):
        # Far too long a line is cut from both ends at once, so that the work is linear in what is kept.
        spare = max(1, (end - start - _LONGEST) // 16)
        if low < first and (first - low >= high - last or high == last):
            low = min(first, low + spare)
        else:
            high = max(last, high - spare)
        start, end = starts[low], ends[high - 1]
    pages = scan.page_starts
    return start, end, bisect_right(pages, start) if pages else None


def _items(scan: Scan, sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The words of the list items that hold ``first`` to ``last``, with their neighbours where these are short."""
    low, high = first, last
    while low > sentence.first and scan.breaks[low] < 1 and first - low < _LIST_ITEMS * 3:
        low -= 1
    while high < sentence.last and scan.breaks[high] < 1 and high - last < _LIST_ITEMS * 3:
        high += 1
    return low, high
