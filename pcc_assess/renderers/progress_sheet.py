"""A caseload at two times as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median_low

from pcc_assess.cohort.records import Moved, Person, Progress, Unmatched
from pcc_assess.errors import printable
from pcc_assess.renderers import summary
from pcc_assess.renderers.sheets import Block, Head, Item, Para, Table
from pcc_assess.renderers.summary import Wording
from pcc_assess.texts import Texts

Who = Callable[[Person], str]

_MOST_NAMED = 50  # people of one list
_LONGEST_LIST = 200  # characters
_MOST_ROWS = 200  # people of the table; JSON holds all of them
_SIGNS = {"down": "-", "stalled": "~", "unread": "?"}


def progress(record: Progress, wording: Wording) -> Iterator[Block]:
    """The blocks of a caseload at two times."""
    texts = wording.texts
    days = {"before": summary.day(record.before, texts), "after": summary.day(record.after, texts)}
    level = summary.level_name(record.role.level, texts)
    yield Head(texts.say("progress.title", title=wording.title or record.role.title, level=level, **days), 1)
    if setting := summary.employer(record.role.id, record.role.setting, wording):
        yield Para(setting)
    for caution in record.cautions:
        yield Para(texts.say("progress.caution", caution=caution))
    if record.moves:
        yield Para(texts.count("progress.scored", len(record.moves)))
        yield Para(_sums(record, texts))
    else:
        yield Para(texts.say("progress.none"))
    everybody = [item.after for item in record.moves]
    everybody += [item.person for people in (record.unread, record.gone, record.come) for item in people]
    who = summary.called(everybody)
    yield from _look(record, who, wording)
    yield from _tables(record, who, wording)
    yield from _known(record, who, texts)


def _sums(record: Progress, texts: Texts) -> str:
    down = sum(item.look == "down" for item in record.moves)
    up = sum(item.points > 0 and not _steady(item, record) for item in record.moves)
    median = median_low([item.points for item in record.moves])
    same = len(record.moves) - up - down
    return texts.say("progress.sum", up=up, same=same, down=down, median=_signed(median))


def _steady(item: Moved, record: Progress) -> bool:
    return abs(item.points) < record.steady


def _look(record: Progress, who: Who, wording: Wording) -> Iterator[Block]:
    """Who lost points, who stands still, and whose new file could not be read."""
    texts = wording.texts
    yield Head(texts.say("progress.look.title"))
    down = [item for item in reversed(record.moves) if item.look == "down"]
    stalled = sorted((item for item in record.moves if item.look == "stalled"), key=lambda item: -item.after.score)
    if not (down or stalled or record.unread):
        yield Para(texts.say("progress.look.none"))
    yield from _first([Item(_down(item, who, texts), (), _SIGNS["down"]) for item in down], texts)
    renewed = [item for item in stalled if item.way != "content"]
    yield from _first([Item(_stalled(item, who, wording), (), _SIGNS["stalled"]) for item in renewed], texts)
    same = [who(item.after) for item in stalled if item.way == "content"]
    if same:
        names = summary.listed(same, _LONGEST_LIST, texts)
        yield Item(texts.count("progress.look.same-file", len(same), names=names), (), _SIGNS["stalled"])
    unread = [texts.say("progress.look.unread", who=who(lost.person)) for lost in record.unread]
    yield from _first([Item(line, (), _SIGNS["unread"]) for line in unread], texts)


def _first(items: list[Item], texts: Texts) -> Iterator[Item]:
    """As many as a person reads, and how many more there are."""
    yield from items[:_MOST_NAMED]
    if len(items) > _MOST_NAMED:
        yield Item(texts.count("progress.more", len(items) - _MOST_NAMED))


def _stalled(item: Moved, who: Who, wording: Wording) -> str:
    score, band = summary.whole(item.after.score), _band(item.band_after, wording)
    return wording.texts.say("progress.look.stalled", who=who(item.after), score=score, band=band)


def _down(item: Moved, who: Who, texts: Texts) -> str:
    values = {"who": who(item.after), "points": _signed(item.points), "score": summary.whole(item.after.score)}
    if item.lost is None:
        return texts.say("progress.look.down-only", **values)
    return texts.say("progress.look.down", **values, name=printable(item.lost), lost=_signed(item.lost_points))


def _tables(record: Progress, who: Who, wording: Wording) -> Iterator[Block]:
    texts = wording.texts
    if not record.moves:
        return
    yield Head(texts.say("progress.bands.title"))
    rows = []
    for item in record.bands:
        old, new = _band(item.before, wording), _band(item.after, wording)
        rows.append((old, texts.say("progress.bands.stayed", band=new) if old == new else new, f"{item.people:,}"))
    columns = tuple(texts.say(f"progress.bands.{name}") for name in ("from", "to", "people"))
    yield Table(columns, tuple(rows), frozenset({2}))
    yield Head(texts.say("progress.closed.title"))
    if record.closed:
        columns = tuple(texts.say(f"progress.closed.{name}") for name in ("name", "people", "points"))
        closed = [(each.name, f"{each.people:,}", summary.roughly(each.points)) for each in record.closed]
        yield Table(columns, tuple(closed), frozenset({1, 2}))
    else:
        yield Para(texts.say("progress.closed.none"))
    yield Head(texts.say("progress.people.title"))
    yield Table(
        tuple(
            texts.say(f"progress.people.{name}") for name in ("person", "before", "after", "points", "band", "closed")
        ),
        tuple(_row(item, who, wording) for item in record.moves[:_MOST_ROWS]),
        frozenset({1, 2, 3, 5}),
    )


def _row(item: Moved, who: Who, wording: Wording) -> tuple[str, ...]:
    scores = (summary.whole(item.before.score), summary.whole(item.after.score), _signed(item.points))
    return who(item.after), *scores, _band(item.band_after, wording), str(len(item.closed))


def _known(record: Progress, who: Who, texts: Texts) -> Iterator[Block]:
    """How people were known again, and who was not."""
    yield Head(texts.say("progress.known"))
    for way, number in record.ways.items():
        yield Item(texts.say(f"progress.way.{way}", people=texts.count("cohort.people", number)))
    for name, people in (("gone", record.gone), ("come", record.come)):
        if people:
            yield Head(texts.say(f"progress.{name}.title"))
            if name == "gone":
                yield Para(texts.say("progress.gone.about"))
            yield from _first([Item(_alone(item, who, texts)) for item in people], texts)


def _alone(item: Unmatched, who: Who, texts: Texts) -> str:
    name = who(item.person)
    return name if item.scored else texts.say("progress.not-scored", who=name)


def _band(name: str, wording: Wording) -> str:
    return summary.named_band(name, wording)[0]


def _signed(points: float) -> str:
    return f"{points:+.2f}" if points else "0.00"
