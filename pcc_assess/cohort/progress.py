"""A caseload at two times: who is who, what moved, which gaps closed, and who needs a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pcc_assess.cohort.records import (
    Closed,
    Moved,
    MovedBand,
    Person,
    Progress,
    Unmatched,
    Way,
)
from pcc_assess.compare import over_time
from pcc_assess.errors import InputError
from pcc_assess.knowledge import Policy
from pcc_assess.model import Assessment, Failure, Result
from pcc_assess.texts import Texts

_READY = "ready"
_WAYS: tuple[Way, ...] = ("given-id", "content", "place", "file", "name")


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is kept of one record. ``points``: of each requirement, in hundredths; None: not scored."""

    person: Person
    given_id: str | None
    possible: float
    band: str
    met: frozenset[str]
    points: dict[str, int] | None

    @property
    def score(self) -> int:
        """Hundredths of a point."""
        return round(self.person.score * 100)


def progress(
    old: Iterable[Assessment | Failure], new: Iterable[Assessment | Failure], policy: Policy, texts: Texts
) -> Progress:
    """What changed between two results of a caseload. About three kilobytes are kept for each person and side.

    Raises:
        InputError: the two cannot be compared in fairness, or one of them mixes roles or levels.
    """
    before, after = _Side(old), _Side(new)
    if before.first is None or after.first is None:
        raise InputError(texts.say("progress.nobody"), hint=texts.say("progress.nobody-hint"))
    over_time([before.first, after.first], texts)  # refuses what is not measured alike
    versions = {"before": before.first.version, "after": after.first.version}
    matched = list(_matched(before.people, after.people))
    scored = [pair for pair in matched if pair[0].points is not None and pair[1].points is not None]
    moves = sorted(
        (_moved(was, now, way, before.names, policy) for was, now, way in scored),
        key=lambda item: (-item.points, item.after.id, item.after.source),
    )
    return Progress(
        before=before.first.as_of,
        after=after.first.as_of,
        role=after.first.role,
        cautions=(texts.say("compare.caution.version", **versions),) if len(set(versions.values())) > 1 else (),
        steady=policy.cohort.steady,
        ways={way: count for way in _WAYS if (count := sum(found == way for _, _, found in matched))},
        moves=tuple(moves),
        bands=tuple(_bands(moves)),
        closed=tuple(_closed(scored, after.names)),
        unread=tuple(_named(now, was) for was, now, _ in matched if was.points is not None and now.points is None),
        gone=tuple(_unmatched(before.people, (was for was, _, _ in matched))),
        come=tuple(_unmatched(after.people, (now for _, now, _ in matched))),
    )


class _Side:
    """One of the two results, read once. ``names``: the requirements by id."""

    def __init__(self, records: Iterable[Assessment | Failure]) -> None:
        self.first: Assessment | None = None
        self.names: dict[str, str] = {}
        self.people: list[_Standing] = [self._kept(record) for record in records]

    def _kept(self, record: Assessment | Failure) -> _Standing:
        who = record.candidate
        if isinstance(record, Failure):
            person = Person(id=who.id, source=who.source, name=who.name, score=0.0)
            return _Standing(person, who.given_id, 0.0, "", frozenset(), None)
        self._check(record)
        ready = record.readiness
        person = Person(id=who.id, source=who.source, name=who.name, score=ready.score)
        points = {item.id: round(item.points * 100) for item in record.requirements}
        met = frozenset(item.id for item in record.requirements if _is_met(item))
        return _Standing(person, who.given_id, ready.possible, ready.band, met, points)

    def _check(self, record: Assessment) -> None:
        if self.first is None:
            self.first = record
            self.names = {item.id: item.name for item in record.requirements}
        if (record.role, record.as_of, record.scoring) != (self.first.role, self.first.as_of, self.first.scoring):
            raise InputError(
                "the results are for more than one role, level or day",
                where=record.candidate.source,
                hint="compare results that one batch has made",
            )


def _is_met(item: Result) -> bool:
    return item.status == "met" and not item.confirm


# --- who is who --------------------------------------------------------------------------------------


def _matched(before: Sequence[_Standing], after: Sequence[_Standing]) -> Iterator[tuple[_Standing, _Standing, Way]]:
    """Each pair with the way in which it was found, the surest way first.

    A key that two people of one side share finds nobody, and two names that differ are two people.
    """
    left, right = list(before), list(after)
    for way in _WAYS:
        key = _KEYS[way]
        old, new = _single(left, key), _single(right, key)
        found: set[int] = set()
        for value, was in old.items():
            now = new.get(value)
            if now is not None and (way in ("given-id", "name") or not _differ(was.person, now.person)):
                found |= {id(was), id(now)}
                yield was, now, way
        left = [item for item in left if id(item) not in found]
        right = [item for item in right if id(item) not in found]


def _single(people: Iterable[_Standing], key: Callable[[_Standing], str]) -> dict[str, _Standing]:
    """People by a key that nobody else has."""
    listed = [(value, item) for item in people if (value := key(item))]
    counts = Counter(value for value, _ in listed)
    return {value: item for value, item in listed if counts[value] == 1}


def _differ(was: Person, now: Person) -> bool:
    return bool(was.name and now.name) and _plain(was.name) != _plain(now.name)


def _plain(name: str | None) -> str:
    return " ".join((name or "").casefold().split())


def _place(item: _Standing) -> str:
    """The path as given; a row of a table is no place to know a person by."""
    return "" if "#" in item.person.source else item.person.source


def _file(item: _Standing) -> str:
    return _place(item).replace("\\", "/").rpartition("/")[2]


_KEYS: dict[Way, Callable[[_Standing], str]] = {
    "given-id": lambda item: item.given_id or "",
    "content": lambda item: item.person.id,
    "place": _place,
    "file": _file,
    "name": lambda item: _plain(item.person.name),
}


def _unmatched(people: Iterable[_Standing], matched: Iterable[_Standing]) -> Iterator[Unmatched]:
    known = {id(item) for item in matched}
    for item in people:
        if id(item) not in known:
            yield _named(item)


def _named(item: _Standing, was: _Standing | None = None) -> Unmatched:
    """Somebody without a pair, or whose new file could not be read; then ``was`` tells who it is."""
    person = item.person if was is None or item.person.name else was.person
    return Unmatched(person=person, scored=item.points is not None)


# --- what moved --------------------------------------------------------------------------------------


def _moved(was: _Standing, now: _Standing, way: Way, names: dict[str, str], policy: Policy) -> Moved:
    old, new = was.points or {}, now.points or {}
    changes = {name: new[name] - old[name] for name in new}
    lost = min(changes, key=lambda name: (changes[name], name), default="")
    moved = now.score - was.score
    steady = abs(moved) < 100 * policy.cohort.steady
    look = "down" if moved < 0 and not steady else "stalled" if steady and now.band != _READY else "none"
    return Moved(
        before=was.person,
        after=now.person,
        way=way,
        points=moved / 100,
        band_before=was.band,
        band_after=now.band,
        closed=tuple(name for name in new if name in now.met - was.met),
        lost=names.get(lost, lost) if look == "down" and changes[lost] < 0 else None,
        lost_points=changes[lost] / 100 if look == "down" and changes[lost] < 0 else 0.0,
        look=look,  # type: ignore[arg-type]  # one of three words
    )


def _bands(moves: Iterable[Moved]) -> Iterator[MovedBand]:
    counts = Counter((item.band_before, item.band_after) for item in moves)
    for (old, new), people in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield MovedBand(before=old, after=new, people=people)


def _closed(pairs: Iterable[tuple[_Standing, _Standing, Way]], names: dict[str, str]) -> Iterator[Closed]:
    people: Counter[str] = Counter()
    points: Counter[str] = Counter()
    for was, now, _ in pairs:
        for name in now.met - was.met:
            people[name] += 1
            points[name] += (now.points or {})[name] - (was.points or {})[name]
    for name in sorted(people, key=lambda name: (-points[name], name)):
        yield Closed(id=name, name=names[name], people=people[name], points=points[name] / 100)
