"""Jobs as the page shows them: a dated header and the lines under it. What kind of job it is, is not decided here."""

from __future__ import annotations

from collections.abc import Sequence

from pcc_assess.model import DateSpan, JobBlock, Line
from pcc_assess.tokens import Tokens

WORK_SECTIONS = frozenset({"experience", "volunteer", "military"})
# Where no heading names the work history, dated lines of these sections may still be jobs.
_UNHEADED = frozenset({"top", "other", "summary"})
_LONGEST_HEADER = 12
_HEADER_LINES = 2


def _is_header(line: Line) -> bool:
    return not line.bullet and not line.heading and line.last - line.first <= _LONGEST_HEADER


def find_jobs(tokens: Tokens, lines: Sequence[Line], dates: Sequence[DateSpan]) -> tuple[JobBlock, ...]:
    """The job blocks of a document, in order.

    A date range in a work section opens a job. Short lines right above it (at most two, and never bullets) belong to
    its header; the job goes on to the next header or the end of the section. Single dates open a job only on a short
    line.
    """
    headed = any(line.section in WORK_SECTIONS for line in lines)
    sections = WORK_SECTIONS if headed else WORK_SECTIONS | _UNHEADED
    dated = _dated_lines(tokens, lines, dates, sections)
    jobs: list[JobBlock] = []
    openings: list[tuple[int, int, DateSpan | None]] = []
    taken = -1
    for index, span in dated:
        first = index
        while (
            first - 1 > taken
            and index - first < _HEADER_LINES
            and _is_header(lines[first - 1])
            and lines[first - 1].section == lines[index].section
            and not lines[first].gap
        ):
            first -= 1
        openings.append((first, index, span))
        taken = index
    for number, (first, index, span) in enumerate(openings):
        section = lines[index].section
        last = openings[number + 1][0] if number + 1 < len(openings) else len(lines)
        stop = index + 1
        while stop < last and not (lines[stop].heading and lines[stop].section != section):
            stop += 1
        body = index + 1
        if body < stop and _is_header(lines[body]) and lines[body].last - lines[body].first <= 8:
            body += 1
        jobs.append(JobBlock(first, body, stop, index, span, section))
    return tuple(jobs)


def _dated_lines(
    tokens: Tokens, lines: Sequence[Line], dates: Sequence[DateSpan], sections: frozenset[str]
) -> list[tuple[int, DateSpan]]:
    """The lines that open a job, each with its date: ranges anywhere near its start or end, single dates on short
    lines.
    """
    found: list[tuple[int, DateSpan]] = []
    at = 0
    for index, line in enumerate(lines):
        if line.last <= line.first:
            continue
        begin, end = tokens.starts[line.first], tokens.ends[line.last - 1]
        while at < len(dates) and dates[at].stop <= begin:
            at += 1
        best: DateSpan | None = None
        look = at
        while look < len(dates) and dates[look].position < end:
            span = dates[look]
            if best is None or (span.ranged and not best.ranged):
                best = span
            look += 1
        if best is None or line.section not in sections or line.heading:
            continue
        short = _is_header(line)
        near_edge = best.position - begin <= 80 or end - best.stop <= 4
        if (best.ranged and near_edge and (not line.bullet or short)) or (
            short and not best.ranged and not line.bullet
        ):
            found.append((index, best))
    return found
