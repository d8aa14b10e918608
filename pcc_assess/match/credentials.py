"""Certifications and licences in a text: whose, and in what state at the as-of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pcc_assess.knowledge import Knowledge
from pcc_assess.match import context
from pcc_assess.match.lexicon import KIND_BITS, Entry, Lexicon
from pcc_assess.match.nearby import Nearby
from pcc_assess.match.quotes import quote_of
from pcc_assess.match.scan import Hit, Scan, Sentence, held
from pcc_assess.match.work import Work, month_text
from pcc_assess.model import CredentialFinding, Evidence, Status

State = Literal["held", "in-progress", "planned", "expired"]
_RANK: dict[State, int] = {"held": 3, "expired": 2, "in-progress": 1, "planned": 0}
_DUTY_SECTIONS = frozenset({"experience", "volunteer", "military"})
_OWN_WORDS = frozenset(
    {"as", "am", "my", "licensed", "certified", "current", "active", "hold", "maintain", "maintained"}
)
# Beside one of these a licence is claimed, and not only an occupation named.
_CLAIMED = _OWN_WORDS - {"as", "am", "my"}
_CREDENTIAL = KIND_BITS["credential"]
_EXPIRY_REACH = 40


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a credential is named; ``titled``: in the header of a job."""

    id: str
    sentence: Sentence
    hit: Hit
    entry: Entry
    status: Status
    expires: int | None
    titled: bool


class _Reader:
    def __init__(
        self,
        scan: Scan,
        lexicon: Lexicon,
        knowledge: Knowledge,
        nearby: Nearby,
        works: Sequence[Work],
        newest: int,
    ) -> None:
        self.scan = scan
        self.lexicon = lexicon
        self.credentials = knowledge.credentials
        self.nearby = nearby
        self.works = works
        self.newest = newest

    def places(self) -> list[_Place]:
        found: list[_Place] = []
        for sentence in self.scan.sentences:
            if not sentence.kinds & _CREDENTIAL:
                continue
            named = [
                (hit, entry)
                for hit in sentence.named
                for entry in hit.term.entries
                if entry.kind in ("credential", "decoy") and entry.id in self.credentials
            ]
            cues = context.read_cues(sentence, self.lexicon)
            longer = held(hit for hit, _ in named)
            decoys = {(entry.id, hit[:2]) for hit, entry in named if entry.kind == "decoy"}
            medical = self._medical(sentence)
            for hit, entry in named:
                if entry.kind != "credential" or hit[:2] in longer or (entry.id, hit[:2]) in decoys:
                    continue
                if self.nearby.allows(entry, sentence, hit.first, hit.last, medical=medical) or self._is_title(
                    sentence, entry
                ):
                    status, expires = self._status(sentence, cues, hit, entry)
                    found.append(_Place(entry.id, sentence, hit, entry, status, expires, self._in_header(sentence)))
        return _as_one(found)

    def _medical(self, sentence: Sentence) -> bool:
        number = self.scan.job_of_line[sentence.line_index]
        return number >= 0 and self.works[number].medical

    def _is_title(self, sentence: Sentence, entry: Entry) -> bool:
        """The words are the title of a job in health care ("CNA, 2015 to 2017")."""
        return self._in_header(sentence) and self._medical(sentence) and self.credentials[entry.id].names_colleagues

    def _in_header(self, sentence: Sentence) -> bool:
        number = self.scan.job_of_line[sentence.line_index]
        return number >= 0 and sentence.line_index < self.scan.layout.jobs[number].body

    def _status(self, sentence: Sentence, cues: context.Cues, hit: Hit, entry: Entry) -> tuple[Status, int | None]:
        first, last = hit.first, hit.last
        line = sentence.line
        if line.section == "references":
            return "other-person", None
        if context.denied(self.scan, cues, first):
            return "denied", None
        if context.directed(self.scan, cues, first) and self._plural_or_colleague(hit, entry):
            return "other-person", None
        if context.someone_elses(self.scan, cues, first, line.section):
            return "other-person", None
        if self._colleague(sentence, hit, entry):
            return "other-person", None
        if line.section in ("objective", "interests"):
            return "planned", None
        status = context.nearest_status(self.scan, sentence, cues, first, last)
        expires = self._expiry(sentence, cues, hit)
        if expires is not None:
            return ("expired" if expires < self.newest else "held"), expires
        return status, None

    def is_called(self, place: _Place) -> bool:
        """Whether a credential is only what a job or the person is called ("registered nurse returning to work")."""
        if place.titled:
            return True
        if not self.credentials[place.id].names_colleagues or place.sentence.line.section == "certifications":
            return False
        before = self.scan.words[max(place.sentence.first, place.hit.first - 3) : place.hit.first]
        return not _CLAIMED.intersection(before)

    def _plural_or_colleague(self, hit: Hit, entry: Entry) -> bool:
        word = self.scan.words[hit.last - 1]
        return word.endswith("s") or self.credentials[entry.id].names_colleagues

    def _colleague(self, sentence: Sentence, hit: Hit, entry: Entry) -> bool:
        """In the duties of a job such letters name people at work, unless "as an RN" or the like says otherwise."""
        if not self.credentials[entry.id].names_colleagues or sentence.line.section not in _DUTY_SECTIONS:
            return False
        number = self.scan.job_of_line[sentence.line_index]
        if number >= 0 and sentence.line_index < self.scan.layout.jobs[number].body:
            return False
        before = self.scan.words[max(sentence.first, hit.first - 3) : hit.first]
        return not _OWN_WORDS.intersection(before)

    def _expiry(self, sentence: Sentence, cues: context.Cues, hit: Hit) -> int | None:
        """The month in "expires April 2013" behind the words, before the next credential."""
        if not cues.of("expiry"):
            return None
        limit = min(
            [other.first for other in sentence.hits if other.first >= hit.last and _names_credential(other)]
            or [sentence.last]
        )
        for cue in cues.of("expiry"):
            if hit.last <= cue.first < limit:
                _, position = self.scan.span(cue.last - 1, cue.last)
                for date in self.scan.layout.dates:
                    if position <= date.position <= position + _EXPIRY_REACH and not date.ranged:
                        return date.end if date.end is not None else date.start
        return None


def _as_one(places: list[_Place]) -> list[_Place]:
    """A name with its letters right behind it ("Certified ... (CMAA)") is one credential in one state."""
    made = list(places)
    for at, (one, other) in enumerate(pairwise(places)):
        if one.id == other.id and one.sentence is other.sentence and one.hit.last == other.hit.first:
            open_one = next((place for place in (one, other) if place.status not in ("held", "other-person")), None)
            if open_one is not None and open_one.status in _RANK:
                made[at] = replace(one, status=open_one.status, expires=open_one.expires)
                made[at + 1] = replace(other, status=open_one.status, expires=open_one.expires)
    return made


def _names_credential(hit: Hit) -> bool:
    return bool(hit.term.kinds & _CREDENTIAL)


def read_credentials(
    scan: Scan,
    lexicon: Lexicon,
    knowledge: Knowledge,
    nearby: Nearby,
    works: Sequence[Work],
    newest: int,
) -> tuple[CredentialFinding, ...]:
    """The person's credentials, by id. ``newest``: the month of the as-of date, which decides what has expired."""
    reader = _Reader(scan, lexicon, knowledge, nearby, works, newest)
    by_id: dict[str, list[_Place]] = {}
    for place in reader.places():
        if place.status in _RANK:
            by_id.setdefault(place.id, []).append(place)
    found: list[CredentialFinding] = []
    for credential_id, named in sorted(by_id.items()):
        # A line that says it has run out is more than what a person or an old job is called.
        lapsed = [place for place in named if place.status == "expired"]
        called = all(reader.is_called(place) for place in named if place.status == "held")
        places = lapsed if lapsed and called else named
        # Where one line gives an expiry date, that is more than another line's bare name.
        dated = [place for place in places if place.expires is not None]
        best = max(dated or places, key=lambda place: (_RANK[_state(place)], -place.hit.first))
        evidence = []
        for place in (best, *(other for other in places if other is not best)):
            start, end, page = quote_of(scan, place.sentence, place.hit.first, place.hit.last)
            repaired = scan.is_changed(place.hit.first, place.hit.last)
            evidence.append(
                Evidence(
                    quote=scan.layout.text[start:end],
                    start=start,
                    end=end,
                    page=page,
                    section=place.sentence.line.section,
                    status=place.status,
                    method="fuzzy" if repaired else "exact",
                    similarity=90.0 if repaired else 100.0,
                    surface_form=place.entry.form,
                )
            )
        found.append(
            CredentialFinding(
                id=credential_id,
                name=knowledge.credentials[credential_id].name,
                status=_state(best),
                evidence=tuple(evidence[:3]),
                expires=month_text(best.expires) if best.expires is not None else None,
            )
        )
    return tuple(found)


def _state(place: _Place) -> State:
    status = place.status
    return next(state for state in _RANK if state == status)
