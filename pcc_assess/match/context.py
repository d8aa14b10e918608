"""What the words around a finding make of it: denied, wished for, someone else's, under way, expired, or the person's
own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pcc_assess.match.lexicon import CUE, KIND_BITS, Lexicon
from pcc_assess.match.scan import Hit, Scan, Sentence
from pcc_assess.model import Status

_CREDENTIAL = KIND_BITS["credential"]
# How far (in words) a cue reaches where its own rule does not end it earlier.
_NEGATION_REACH = 8
_FAMILIAR_REACH = 7
_PERSON_REACH = 4
_ITEM_REACH = 6
_BRACKET_REACH = 4
# Kinds of cue that make little of a skill, and how far behind it they may stand.
_WEAK = (("familiar", 2), ("course", 3))
_STATES: tuple[tuple[str, Status], ...] = (
    ("in-progress", "in-progress"),
    ("expired", "expired"),
    ("planned", "planned"),
    ("wish", "planned"),
)


class Cues(NamedTuple):
    """The cues of one sentence by kind, each with its place."""

    by_kind: Mapping[str, Sequence[Hit]]
    any: bool

    def of(self, kind: str) -> Sequence[Hit]:
        return self.by_kind.get(kind, ())


_NO_CUES = Cues({}, any=False)


def read_cues(sentence: Sentence, lexicon: Lexicon) -> Cues:
    """The cues of a sentence, in order."""
    if not sentence.kinds & CUE:
        return _NO_CUES
    by_kind: dict[str, list[Hit]] = {}
    for hit in sentence.hits:
        cues = hit.term.cues
        if cues:
            for kind in lexicon.kinds_of(cues):
                by_kind.setdefault(kind, []).append(hit)
    return Cues(by_kind, any=True)


def _clear(breaks: list[int], first: int, last: int, strength: int) -> bool:
    """Whether no break of at least ``strength`` stands before the words after ``first`` up to ``last``."""
    return max(breaks[first + 1 : last + 1], default=0) < strength


def denied(scan: Scan, cues: Cues, first: int) -> bool:
    """A denial before the words at ``first`` in the same clause, that is not one of praise ("no missed ...")."""
    for cue in cues.of("negation"):
        if not cue.last <= first <= cue.last + _NEGATION_REACH:
            continue
        if any(kept.first <= cue.first < kept.last for kept in cues.of("not-negation")):
            continue
        if any(cue.last <= thing.first <= cue.last + 3 for thing in cues.of("bad-things")):
            continue
        clause = scan.words[cue.last : first]
        if "but" in clause or "however" in clause or "although" in clause:
            continue
        if _clear(scan.breaks, cue.last - 1, first, 2):
            return True
    return False


def wished(cues: Cues, first: int, section: str) -> bool:
    """A wish before the words, unless the wish itself says that the person already has them."""
    wishes = [cue for cue in cues.of("wish") if cue.last <= first and not cue.first <= first < cue.last]
    if not wishes:
        return section == "objective" and not _owned(cues, -1, first)
    return not _owned(cues, wishes[-1].last, first)


def _owned(cues: Cues, after: int, first: int) -> bool:
    return any(after <= cue.first and cue.last <= first + 1 for cue in cues.of("wish-owned"))


def only_familiar(scan: Scan, cues: Cues, first: int, last: int) -> str | None:
    """The rung ``familiar`` or ``course`` where the words just before (or after, for a course) say so."""
    for kind, after in _WEAK:
        for cue in cues.of(kind):
            before_it = cue.last <= first <= cue.last + _FAMILIAR_REACH and _clear(scan.breaks, cue.last - 1, first, 2)
            behind_it = last <= cue.first <= last + after and _clear(scan.breaks, last - 1, cue.first, 1)
            if before_it or behind_it:
                return kind
    return None


def someone_elses(scan: Scan, cues: Cues, first: int, section: str) -> bool:
    """A credential or skill of a person who is spoken of: a relation, a referee, a boss or a colleague."""
    if section == "references" or anothers(scan, cues, first):
        return True
    for cue in cues.of("other-person"):
        if cue.last <= first <= cue.last + _PERSON_REACH and _clear(scan.breaks, cue.last - 1, first, 2):
            return True
    return False


def anothers(scan: Scan, cues: Cues, first: int) -> bool:
    """What somebody else did, to the end of the clause ("my manager handled prior authorizations")."""
    return any(cue.first <= first and _clear(scan.breaks, cue.last - 1, first, 2) for cue in cues.of("someone-did"))


def directed(scan: Scan, cues: Cues, first: int) -> bool:
    """People in the plural, directed by a verb before them ("supervised four CNAs")."""
    return any(
        cue.last <= first <= cue.last + _PERSON_REACH and _clear(scan.breaks, cue.last - 1, first, 2)
        for cue in cues.of("manages-people")
    )


def nearest_status(scan: Scan, sentence: Sentence, cues: Cues, first: int, last: int) -> Status:
    """The state of a credential or degree from the status words in its own list item, the nearest one first.

    ``first`` and ``last``: its words. A comma or a stronger break ends the item, unless the status word stands right
    at the item's other side in brackets.
    """
    best: tuple[int, Status] | None = None
    named = [hit for hit in sentence.hits if hit.term.kinds & _CREDENTIAL and hit.first > last]
    for kind, status in _STATES:
        for cue in cues.of(kind):
            distance = _distance(cue, first, last)
            if distance is None or (distance > _ITEM_REACH and kind != "wish"):
                continue
            if cue.first >= last and any(last <= other.first < cue.first for other in named):
                continue  # "CMAA, active; CHAA, in progress": the word belongs to the nearer name
            if _same_item(scan.breaks, sentence, cue, first, last, distance) and (best is None or distance < best[0]):
                best = (distance, status)
    return "held" if best is None else best[1]


def _distance(cue: Hit, first: int, last: int) -> int | None:
    """How many words stand between a cue and the words ``first`` to ``last``; None where they overlap."""
    if cue.last <= first:
        return first - cue.last
    return cue.first - last if cue.first >= last else None


def _same_item(breaks: list[int], sentence: Sentence, cue: Hit, first: int, last: int, distance: int) -> bool:
    """Whether a status word belongs to the same list item: right behind it in brackets, or with no comma between."""
    if cue.last <= first:
        # "Expired: CNA" opens its sentence; elsewhere a mark between them ends the item before.
        return _clear(breaks, cue.last - 1, first, 3 if cue.first == sentence.first and not distance else 1)
    return _clear(breaks, last - 1, cue.first, 1 if distance > _BRACKET_REACH else 3)
