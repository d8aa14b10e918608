"""Dates and ranges of dates as people write them in resumes ("Jan 2019 - Present", "5/18", "Summer 2016").

An own parser, since general ones fill in today's month and are slow. Months are counted from year 0, so that
spans subtract. A text is read once; no pattern here has an unbounded repeat inside another.
"""

from __future__ import annotations

import re
from itertools import compress

from pcc_assess.model import DateSpan
from pcc_assess.tokens import Tokens

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "winter": (12, 2)}
_DATE = re.compile(
    r"\b(?:(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|fall|autumn|winter)\b"
    r"[.,'\u2019]{0,2} {0,2}(?:of )?(?:\d{1,2}(?:st|nd|rd|th)?,? {1,2})?"
    r"(?:-?(?P<year>(?:19|20)\d\d\b|(?<=['\u2019-])\d\d\b))?"
    r"|(?P<mm>0?[1-9]|1[0-2]) {0,1}[/.\-] {0,1}(?:(?:[0-2]?\d|3[01]) {0,1}[/\-] {0,1})?(?P<yy>(?:19|20)\d\d|\d\d)\b"
    r"|(?P<y>(?:19|20)\d\d) {0,1}[/\-] {0,1}(?P<ym>0[1-9]|1[0-2])\b"
    r"|(?P<alone>(?:19|20)\d\d)\b(?![-/]\d{3})"
    r"|(?P<open>present|current(?:ly)?|now|today|to date|ongoing)\b)",
    re.IGNORECASE,
)
_OPENERS = frozenset({*_MONTHS, "spr", "sum", "fal", "aut", "win", "pre", "cur", "now", "tod", "to", "ong"})
_BETWEEN = frozenset(
    {"-", "--", "\u2013", "\u2014", "to", "until", "till", "through", "thru", "\u2010", "\u2011", "\u2212", "~"}
)


def _year(digits: str) -> int:
    """Two digits are read as 1930 to 2029."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year < 30 else 1900 + year


def _single(match: re.Match[str]) -> tuple[int, int, bool] | None:
    """First and last month of one date, and whether only a year was written; None where it is no date on its own."""
    alone, iso_year, number, named, written = match.group("alone", "y", "mm", "month", "year")
    if alone:
        year = int(alone)
        return 12 * year, 12 * year + 11, True
    if iso_year:
        month = 12 * int(iso_year) + int(match["ym"]) - 1
        return month, month, False
    if number:
        month = 12 * _year(match["yy"]) + int(number) - 1
        return month, month, False
    if named and written:
        word = named.lower()
        year = _year(written)
        if word in _SEASONS:
            first, last = _SEASONS[word]
            if first > last:
                return 12 * year - 1, 12 * year + last - 1, False
            return 12 * year + first - 1, 12 * year + last - 1, False
        month = 12 * year + _MONTHS.index(word[:3])
        return month, month, False
    return None


def find_dates(text: str, tokens: Tokens, newest: int) -> tuple[DateSpan, ...]:
    """Every date and range in ``text``, in order.

    Args:
        text: the document's text.
        tokens: its words.
        newest: the month of the as-of date; a single date far past it is none.
    """
    matches = _matches(text, tokens)
    spans: list[DateSpan] = []
    index = 0
    while index < len(matches):
        match = matches[index]
        following = matches[index + 1] if index + 1 < len(matches) else None
        first = _single(match) or _borrowed_year(match, following, text)
        index += 1
        if first is None:
            continue
        span = _range(match, first, following, text)
        if span is not None:
            spans.append(span)
            index += 1
            continue
        opened = text[max(0, match.start() - 6) : match.start()].strip().lower().endswith("since")
        certain = not (match["mm"] and len(match["yy"]) == 2)
        if (certain and first[0] <= newest + 120) or opened:
            spans.append(DateSpan(match.start(), match.end(), first[0], None if opened else first[1], opened, first[2]))
    return tuple(spans)


def _matches(text: str, tokens: Tokens) -> list[re.Match[str]]:
    """Only words that can begin a date are looked at: numbers, months, seasons, "present" and the like."""
    found: list[re.Match[str]] = []
    reached = 0
    words = tokens.words
    opening = {word for word in set(words) if word[0] in "0123456789" or word[:3] in _OPENERS}
    for start in compress(tokens.starts, map(opening.__contains__, words)):
        if start >= reached:
            match = _DATE.match(text, start)
            if match is not None:
                found.append(match)
                reached = match.end()
    return found


def _range(
    match: re.Match[str], first: tuple[int, int, bool], following: re.Match[str] | None, text: str
) -> DateSpan | None:
    """The range from ``match`` to the date right behind it, if only a dash or "to" stands between them."""
    if following is None or not _joins(text, match.end(), following.start()):
        return None
    if following["open"]:
        return DateSpan(match.start(), following.end(), first[0], None, True, first[2])
    last = _single(following)
    if last is None or last[1] < first[0]:
        return None
    return DateSpan(match.start(), following.end(), first[0], last[1], True, first[2] and last[2])


def _borrowed_year(match: re.Match[str], following: re.Match[str] | None, text: str) -> tuple[int, int, bool] | None:
    """The month of "June" in "June - August 2019", which has its year from the date after it."""
    if following is None or not match["month"] or match["year"] or not _joins(text, match.end(), following.start()):
        return None
    last = _single(following)
    word = match["month"].lower()
    if last is None or word in _SEASONS:
        return None
    month = last[1] - last[1] % 12 + _MONTHS.index(word[:3])
    return (month, month, False) if month <= last[1] else None


def _joins(text: str, end: int, start: int) -> bool:
    """Whether only a dash or a word like "to" stands between two dates."""
    if start - end > 24:
        return False
    between = text[end:start].strip(" \t\n\r.,()").lower()
    return between in _BETWEEN
