"""Jobs understood: which family each belongs to, whether it was in health care, how long it lasted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, groupby

from pcc_assess.knowledge import JobFamily, Knowledge
from pcc_assess.match.lexicon import KIND_BITS, Lexicon
from pcc_assess.match.nearby import Nearby
from pcc_assess.match.scan import Scan, Sentence
from pcc_assess.model import DateSpan, Experience, Job, JobBlock

_TITLE_LENGTH = 70
# From so many months on, work of a kind says something by itself.
ENOUGH_MONTHS = 6
_YEARS = frozenset({"years", "yrs", "year"})
_FAMILY = KIND_BITS["family"]
_UNNAMED = "unnamed"
_VOLUNTEERING = "volunteering"


@dataclass(frozen=True, slots=True)
class Work:
    """A job with what the matcher needs of it. ``first`` to ``last`` (both inside) are months from year 0, None if
    undated.
    """

    job: Job
    block: JobBlock
    medical: bool
    first: int | None
    last: int | None
    header: Sentence | None


def month_text(month: int) -> str:
    """``YYYY-MM`` of a month counted from year 0."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def merged_months(spans: Iterable[tuple[int, int]]) -> int:
    """How many months lie in at least one span (both ends inside)."""
    total = 0
    reached = -1
    for first, last in sorted(spans):
        if last > reached:
            total += last - max(first, reached + 1) + 1
            reached = last
    return total


def _months(dates: DateSpan, newest: int, lone_year_months: int) -> tuple[int, int] | None:
    """First and last month of a job; a range of years runs from July to June, one year alone counts half."""
    first = dates.start
    last = newest if dates.end is None else min(dates.end, newest)
    if dates.whole_years and dates.ranged:
        if dates.end is None:
            first += 6
        elif dates.end - dates.start > 12:
            first, last = first + 6, min(dates.end - 6, newest)
    elif dates.whole_years:
        last = min(first + lone_year_months - 1, newest)
    return (first, last) if last >= first else None


class _Reader:
    def __init__(self, scan: Scan, lexicon: Lexicon, knowledge: Knowledge, nearby: Nearby, newest: int) -> None:
        self.scan = scan
        self.lexicon = lexicon
        self.families = knowledge.families
        self.policy = knowledge.policy
        self.nearby = nearby
        self.newest = newest
        self.by_line: dict[int, list[Sentence]] = {}
        for sentence in scan.sentences:
            self.by_line.setdefault(sentence.line_index, []).append(sentence)

    def sentences(self, first: int, last: int) -> list[Sentence]:
        return [sentence for index in range(first, last) for sentence in self.by_line.get(index, ())]

    def title(self, block: JobBlock) -> tuple[JobFamily | None, str, Sentence | None]:
        """The family of the longest known title in the header, nearest the dates, with its words."""
        order = [
            block.date_line,
            *range(block.date_line - 1, block.first - 1, -1),
            *range(block.date_line + 1, block.body),
        ]
        for index in order:
            best: tuple[int, int, str, Sentence] | None = None
            for sentence in self.by_line.get(index, ()):
                for hit in sentence.named if sentence.kinds & _FAMILY else ():
                    for entry in hit.term.entries:
                        if entry.kind == "family" and self.nearby.allows(
                            entry, sentence, hit.first, hit.last, medical=False
                        ):
                            size = hit.last - hit.first
                            if best is None or (size, -hit.first) > (best[0], best[1]):
                                best = (size, -hit.first, entry.id, sentence)
            if best is not None:
                return self.families[best[2]], self.title_text(best[3], -best[1], -best[1] + best[0], block), best[3]
        header = self.by_line.get(block.date_line, [])
        text = self.title_text(header[0], header[0].first, header[0].first + 1, block) if header else ""
        return None, text, header[0] if header else None

    def title_text(self, sentence: Sentence, first: int, last: int, block: JobBlock) -> str:
        """The words around a title up to the next comma, date or line end."""
        breaks = self.scan.breaks
        at, _ = self.scan.span(first, first + 1)
        while first > sentence.first and breaks[first] < 1 and last - first < 10:
            first -= 1
        while last < sentence.last and breaks[last] < 1 and last - first < 10:
            last += 1
        start, end = self.scan.span(first, last)
        dates = block.dates
        if dates is not None and start < dates.stop and dates.position < end:
            if at < dates.position:
                end = dates.position
            else:
                start = min(end, dates.stop)
        return " ".join(self.scan.layout.text[start:end].split())[:_TITLE_LENGTH].strip(" ,-|:")

    def is_medical(self, block: JobBlock) -> bool:
        """Medical words in the header, or enough of them in the duties."""
        counted = 0
        for index in range(block.first, block.last):
            for sentence in self.by_line.get(index, ()):
                for _, _, term in sentence.hits:
                    if term.medical:
                        counted += self.policy.medical_words if index < block.body else 1
                        if counted >= self.policy.medical_words:
                            return True
        return False

    def place(self, block: JobBlock) -> tuple[int, int, int]:
        """Where the heading and the duties of a job begin in the text, and where they end."""
        # lines count the words of the text as it stands, and not those with slips mended
        lines, tokens = self.scan.layout.lines, self.scan.layout.tokens
        end = tokens.ends[lines[block.last - 1].last - 1]
        duties = tokens.starts[lines[block.body].first] if block.body < block.last else end
        return tokens.starts[lines[block.first].first], duties, end

    def read(self, block: JobBlock) -> Work:
        family, title, header = self.title(block)
        medical = self.is_medical(block)
        plain = family or self.families.get(_UNNAMED)
        if plain is not None and medical and plain.medical_as:
            plain = self.families[plain.medical_as]
        relevance = plain.relevance if plain else 0.0
        if block.section == "volunteer" and _VOLUNTEERING in self.families:
            relevance = min(relevance, max(relevance * 0.5, self.families[_VOLUNTEERING].relevance))
        span = _months(block.dates, self.newest, self.policy.lone_year_months) if block.dates else None
        job = Job(
            title=title,
            start=month_text(span[0]) if span else None,
            end=month_text(span[1]) if span else None,
            months=span[1] - span[0] + 1 if span else None,
            relevance=relevance,
            family=plain.id if plain else None,
            current=bool(block.dates and block.dates.end is None),
            place=self.place(block),
        )
        patient = bool(plain and plain.patient)
        return Work(job, block, medical or patient, span[0] if span else None, span[1] if span else None, header)


def read_work(scan: Scan, lexicon: Lexicon, knowledge: Knowledge, nearby: Nearby, newest: int) -> tuple[Work, ...]:
    """Every job of the text, in its order. ``newest``: the month of the as-of date."""
    reader = _Reader(scan, lexicon, knowledge, nearby, newest)
    return tuple(reader.read(block) for block in scan.layout.jobs)


def _claimed_years(scan: Scan) -> float | None:
    """The largest "N years of ... experience" that the text claims, to set beside what its dates show."""
    best: float | None = None
    words = scan.words
    if "experience" not in words:
        return None
    for at in compress(range(len(words)), map(_YEARS.__contains__, words)):
        counted = at and words[at - 1].isdecimal() and len(words[at - 1]) <= 2
        if counted and "experience" in words[at + 1 : at + 8]:
            best = max(best or 0.0, float(words[at - 1]))
    return best


def _weighted_months(jobs: list[tuple[float, tuple[int, int]]]) -> float:
    """Months of all jobs (relevance, span), each counted once with the relevance of its most relevant job."""
    total = 0.0
    taken: set[tuple[int, int]] = set()
    counted = 0
    # Jobs are merged once for each relevance that there is, and not once for each job: those can be many.
    for relevance, alike in groupby(sorted(jobs, key=lambda job: -job[0]), key=lambda job: job[0]):
        taken.update(span for _, span in alike)
        months = merged_months(taken)
        total += relevance * (months - counted)
        counted = months
    return total


def experience(scan: Scan, works: Sequence[Work], families: dict[str, JobFamily]) -> Experience:
    """Years with overlaps counted once; each month counts in ``field_years`` as its most relevant job."""
    patient: list[tuple[int, int]] = []
    service: list[tuple[int, int]] = []
    every: list[tuple[float, tuple[int, int]]] = []
    for work in works:
        if work.first is None or work.last is None:
            continue
        family = families.get(work.job.family or "")
        if family is not None and family.patient and work.block.section != "volunteer":
            patient.append((work.first, work.last))
        if family is not None and family.service:
            service.append((work.first, work.last))
        every.append((work.job.relevance, (work.first, work.last)))
    return Experience(
        patient_years=round(merged_months(patient) / 12, 2),
        service_years=round(merged_months(service) / 12, 2),
        field_years=round(_weighted_months(every) / 12, 2),
        claimed_years=_claimed_years(scan),
        jobs=tuple(work.job for work in works),
    )
