"""What the words around a finding make of it: denied, wished for, someone else's, under way, expired, or the person's
own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pcc_assess.match.lexicon import Lexicon
from pcc_assess.match.scan import Scan, Sentence
from pcc_assess.model import Status

# How far (in words) a cue reaches where its own rule does not end it earlier.
_NEGATION_REACH = 8
_FAMILIAR_REACH = 7
_PERSON_REACH = 4
_ITEM_REACH = 6
_BRACKET_REACH = 2
_STATES: tuple[tuple[str, Status], ...] = (
    ("in-progress", "in-progress"),
    ("expired", "expired"),
    ("planned", "planned"),
    ("wish", "planned"),
)


class Cue(NamedTuple):
    """Where a cue stands: words ``first`` up to, not with, ``last``."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one sentence by kind, each with its place."""

    by_kind: dict[str, list[Cue]]
    any: bool

    def of(self, kind: str) -> list[Cue]:
        return self.by_kind.get(kind, [])


def read_cues(sentence: Sentence, lexicon: Lexicon) -> Cues:
    """The cues of a sentence, in order."""
    by_kind: dict[str, list[Cue]] = {}
    for hit in sentence.hits:
        if hit.term.cues:
            for kind in lexicon.kinds_of(hit.term.cues):
                by_kind.setdefault(kind, []).append(Cue(hit.first, hit.last))
    return Cues(by_kind, bool(by_kind))


def _clear(breaks: list[int], first: int, last: int, strength: int) -> bool:
    """Whether no break of at least ``strength`` stands before the words after ``first`` up to ``last``."""
    return all(breaks[at] < strength for at in range(first + 1, last + 1) if at < len(breaks))


def denied(scan: Scan, cues: Cues, first: int) -> bool:
    """A denial before the words at ``first`` in the same clause, that is not one of praise ("no missed ...")."""
    bad = cues.of("bad-things")
    for cue in cues.of("negation"):
        if not cue.last <= first <= cue.last + _NEGATION_REACH:
            continue
        if any(kept.first <= cue.first < kept.last for kept in cues.of("not-negation")):
            continue
        if any(cue.last <= thing.first <= cue.last + 3 for thing in bad):
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
    return not _owned(cues, wishes[0].last, first)


def _owned(cues: Cues, after: int, first: int) -> bool:
    return any(after <= cue.first and cue.last <= first + 1 for cue in cues.of("wish-owned"))


def only_familiar(scan: Scan, cues: Cues, first: int, last: int) -> str | None:
    """The rung ``familiar`` or ``course`` where the words just before (or after, for a course) say so."""
    for kind, after in (("familiar", 2), ("course", 3)):
        for cue in cues.of(kind):
            before_it = cue.last <= first <= cue.last + _FAMILIAR_REACH and _clear(scan.breaks, cue.last - 1, first, 2)
            behind_it = last <= cue.first <= last + after and _clear(scan.breaks, last - 1, cue.first, 1)
            if before_it or behind_it:
                return kind
    return None


def someone_elses(scan: Scan, cues: Cues, first: int, section: str) -> bool:
    """A credential or skill of a person who is spoken of: a relation, a referee, a boss or a colleague."""
    if section == "references":
        return True
    for cue in cues.of("other-person"):
        if cue.last <= first <= cue.last + _PERSON_REACH and _clear(scan.breaks, cue.last - 1, first, 2):
            return True
    return False


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
    for kind, status in _STATES:
        for cue in cues.of(kind):
            distance = _distance(cue, first, last)
            if distance is None or (distance > _ITEM_REACH and kind != "wish"):
                continue
            if _same_item(scan.breaks, sentence, cue, first, last, distance) and (best is None or distance < best[0]):
                best = (distance, status)
    return "held" if best is None else best[1]


def _distance(cue: Cue, first: int, last: int) -> int | None:
    """How many words stand between a cue and the words ``first`` to ``last``; None where they overlap."""
    if cue.last <= first:
        return first - cue.last
    return cue.first - last if cue.first >= last else None


def _same_item(breaks: list[int], sentence: Sentence, cue: Cue, first: int, last: int, distance: int) -> bool:
    """Whether a status word belongs to the same list item: right behind it in brackets, or with no comma between."""
    if cue.last <= first:
        # "Expired: CNA" opens its sentence; elsewhere a mark between them ends the item before.
        return _clear(breaks, cue.last - 1, first, 3 if cue.first == sentence.first and not distance else 1)
    return _clear(breaks, last - 1, cue.first, 1 if distance > _BRACKET_REACH else 3)
