"""Jobs as the page shows them: a dated header and the lines under it. What kind of job it is, is not decided here."""

from __future__ import annotations

from collections.abc import Sequence

from pcc_assess.model import DateSpan, JobBlock, Line
from pcc_assess.tokens import Tokens

WORK_SECTIONS = frozenset({"experience", "volunteer", "military"})
# Where no heading names the work history, dated lines of these sections may still be jobs.
_UNHEADED = frozenset({"top", "other", "summary"})
_LONGEST_HEADER = 12
_MOST_ABOVE = 2
# The line behind a header line that names the employer; longer where the header line holds nothing but dates.
_LONGEST_BEHIND = 8
_LONGEST_BEHIND_DATES = 20
_ONLY_DATES = 6
_NEAR_EDGE = 80
# With so many ranges of dates in the work history, a single date in it opens no job.
_ENOUGH_RANGES = 2


def find_jobs(
    tokens: Tokens, lines: Sequence[Line], dates: Sequence[DateSpan], letterhead: int = 0
) -> tuple[JobBlock, ...]:
    """The job blocks of a document, in order; none reaches into the letterhead, so many lines at the top.

    A date range in a work section opens a job. Whether the title stands above the dates is learned from the first job
    of each section, since a writer keeps to one form. A job goes on to the next header or the end of the section.
    """
    headed = any(line.section in WORK_SECTIONS for line in lines)
    sections = WORK_SECTIONS if headed else WORK_SECTIONS | _UNHEADED
    dated = _dated_lines(tokens, lines, dates, sections)
    above = _lines_above(lines, [index for index, _ in dated], letterhead)
    firsts = [index - above[lines[index].section] for index, _ in dated]
    jobs: list[JobBlock] = []
    for number, (index, span) in enumerate(dated):
        first = max(firsts[number], dated[number - 1][0] + 1 if number else letterhead)
        limit = firsts[number + 1] if number + 1 < len(dated) else len(lines)
        last = _end(lines, index, max(limit, index + 1))
        body = index + 1 + _lines_behind(lines, index, last)
        jobs.append(JobBlock(first, body, last, index, span, lines[index].section))
    return tuple(jobs)


def _is_header(line: Line) -> bool:
    return not line.bullet and not line.heading and line.last - line.first <= _LONGEST_HEADER


def _lines_above(lines: Sequence[Line], dated: Sequence[int], letterhead: int) -> dict[str, int]:
    """For each section how many header lines stand above the dates of its first job."""
    found: dict[str, int] = {}
    for index in dated:
        section = lines[index].section
        if section in found:
            continue
        count = 0
        while (
            count < _MOST_ABOVE
            and index - count > letterhead
            and _is_header(lines[index - count - 1])
            and lines[index - count - 1].section == section
        ):
            count += 1
        found[section] = count
    return found


def _lines_behind(lines: Sequence[Line], index: int, last: int) -> int:
    """Whether the line behind the dates is still header: 0 or 1."""
    if index + 1 >= last or lines[index + 1].bullet or lines[index + 1].heading:
        return 0
    only_dates = lines[index].last - lines[index].first <= _ONLY_DATES
    longest = _LONGEST_BEHIND_DATES if only_dates else _LONGEST_BEHIND
    return int(lines[index + 1].last - lines[index + 1].first <= longest)


def _end(lines: Sequence[Line], index: int, limit: int) -> int:
    """The line past the last one of a job: the next header, or the heading of another section."""
    section = lines[index].section
    stop = index + 1
    while stop < limit and not (lines[stop].heading and lines[stop].section != section):
        stop += 1
    return stop


def _dated_lines(
    tokens: Tokens, lines: Sequence[Line], dates: Sequence[DateSpan], sections: frozenset[str]
) -> list[tuple[int, DateSpan]]:
    """The lines that open a job, each with its date: ranges near an edge of the line, single dates on short lines."""
    ranges: list[tuple[int, DateSpan]] = []
    singles: list[tuple[int, DateSpan]] = []
    at = 0
    for index, line in enumerate(lines):
        if line.last <= line.first:
            continue
        begin, end = tokens.starts[line.first], tokens.ends[line.last - 1]
        while at < len(dates) and dates[at].stop <= begin:
            at += 1
        span = _best_date(dates, at, end)
        if span is None or line.section not in sections or line.heading:
            continue
        short = _is_header(line)
        near_edge = span.position - begin <= _NEAR_EDGE or end - span.stop <= 4
        if span.ranged and near_edge and (short or not line.bullet):
            ranges.append((index, span))
        elif short and not span.ranged:
            singles.append((index, span))
    if len(ranges) >= _ENOUGH_RANGES:
        return ranges
    return sorted(ranges + singles, key=lambda pair: pair[0])


def _best_date(dates: Sequence[DateSpan], at: int, end: int) -> DateSpan | None:
    """The first range among the dates from ``at`` that begin before ``end``, else the first date."""
    best: DateSpan | None = None
    while at < len(dates) and dates[at].position < end:
        if best is None or (dates[at].ranged and not best.ranged):
            best = dates[at]
        at += 1
    return best
