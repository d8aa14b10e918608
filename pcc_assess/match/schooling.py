"""Education in a text: the highest completed level, and one under way."""

from __future__ import annotations

from dataclasses import dataclass

from pcc_assess.knowledge import EDUCATION, EducationLevel
from pcc_assess.match import context
from pcc_assess.match.lexicon import KIND_BITS, Lexicon
from pcc_assess.match.nearby import Nearby
from pcc_assess.match.quotes import quote_of
from pcc_assess.match.scan import Scan, Sentence, held
from pcc_assess.model import DateSpan, Education, Evidence

_PROVING = frozenset(
    {"education", "certifications", "training", "top", "summary", "skills", "achievements", "other", "military"}
)
_COLLEGE = EDUCATION.index("certificate")
_EDUCATION = KIND_BITS["education"]
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class _Place:
    level: EducationLevel
    sentence: Sentence
    first: int
    last: int
    form: str
    completed: bool


def read_education(scan: Scan, lexicon: Lexicon, nearby: Nearby, newest: int) -> Education:
    """The person's education. ``newest``: the month of the as-of date; a degree dated later is under way."""
    proving = [
        sentence for sentence in scan.sentences if sentence.kinds & _EDUCATION and sentence.line.section in _PROVING
    ]
    places = [place for sentence in proving for place in _places(scan, sentence, lexicon, nearby, newest)]
    open_ = [place for place in places if not place.completed]
    studying = {place.level for place in open_ if place.sentence.line.section == "education"}
    # What the education section calls unfinished is not finished by a mention elsewhere.
    done = [
        place
        for place in places
        if place.completed and (place.sentence.line.section == "education" or place.level not in studying)
    ]
    rank = EDUCATION.index
    highest: EducationLevel = max((place.level for place in done), key=rank, default="none")
    under_way: EducationLevel | None = max((place.level for place in open_), key=rank, default=None)
    if highest == "none" and under_way is not None and rank(under_way) >= _COLLEGE:
        # Who studies after school has left school with a diploma.
        highest = "hs"
    if under_way is not None and rank(under_way) <= rank(highest):
        under_way = None
    ranked = sorted(places, key=lambda place: (-rank(place.level), not place.completed, place.first))
    return Education(highest=highest, in_progress=under_way, evidence=tuple(_evidence(scan, p) for p in ranked[:4]))


def _evidence(scan: Scan, place: _Place) -> Evidence:
    start, end, page = quote_of(scan, place.sentence, place.first, place.last)
    repaired = scan.is_changed(place.first, place.last)
    return Evidence(
        quote=scan.layout.text[start:end],
        start=start,
        end=end,
        page=page,
        section=place.sentence.line.section,
        status="held" if place.completed else "in-progress",
        method="fuzzy" if repaired else "exact",
        similarity=90.0 if repaired else 100.0,
        surface_form=place.form,
    )


def _places(scan: Scan, sentence: Sentence, lexicon: Lexicon, nearby: Nearby, newest: int) -> list[_Place]:
    section = sentence.line.section
    named = [
        (hit, entry)
        for hit in sentence.named
        for entry in hit.term.entries
        if entry.kind == "education" or (entry.kind == "decoy" and entry.id in EDUCATION)
    ]
    longer = held(hit for hit, _ in named)
    decoys = {(hit.first, hit.last) for hit, entry in named if entry.kind == "decoy"}
    cues = context.read_cues(sentence, lexicon)
    found: list[_Place] = []
    for hit, entry in named:
        if entry.kind != "education":
            continue
        place = (hit.first, hit.last)
        if place in longer or place in decoys:
            continue
        if not nearby.allows(entry, sentence, hit.first, hit.last, medical=False):
            continue
        if context.denied(scan, cues, hit.first) or context.wished(cues, hit.first, section):
            continue
        level = next(level for level in EDUCATION if level == entry.id)
        found.append(
            _Place(
                level, sentence, hit.first, hit.last, entry.form, _completed(scan, sentence, cues, hit.first, newest)
            )
        )
    return found


def _completed(scan: Scan, sentence: Sentence, cues: context.Cues, first: int, newest: int) -> bool:
    """Whether the degree is done: no word of being under way on its line, no date ahead, no open end."""
    if cues.of("no-degree") or cues.of("in-progress"):
        return False
    if sentence.line.section == "education" and any(cue.first > first for cue in cues.of("open-date")):
        return False
    dates = _dates_of(scan, sentence)
    if any(date.ranged and date.end is None for date in dates):
        return False
    return not (dates and all((date.end or date.start) > newest for date in dates))


def _dates_of(scan: Scan, sentence: Sentence) -> list[DateSpan]:
    """The dates on the degree's own line or, if there are none in an education section, on the line before it."""
    dates = _dates_on(scan, sentence.line_index)
    if not dates and sentence.line.section == "education":
        for index in range(sentence.line_index - 1, max(-1, sentence.line_index - _NEIGHBOURS), -1):
            line = scan.layout.lines[index]
            if line.section == "education" and not line.heading and line.last - line.first <= 5:
                dates = _dates_on(scan, index)
    return dates


def _dates_on(scan: Scan, index: int) -> list[DateSpan]:
    line = scan.layout.lines[index]
    tokens = scan.layout.tokens
    start, end = tokens.starts[line.first], tokens.ends[line.last - 1]
    return [date for date in scan.layout.dates if start <= date.position < end]
