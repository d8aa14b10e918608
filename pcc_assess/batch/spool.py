"""What a run must remember of each candidate, on the disk: so a run of a million needs no more memory than one of ten.

It is a database without a name that the system deletes with the process, however that ends. The candidates stand in it
in the order of the inputs, each outcome with its place in the journal.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pcc_assess.batch import likeness
from pcc_assess.batch.inputs import Item
from pcc_assess.batch.journal import Entry, key_of, stamp_of

_CACHE_KIB = 4_000
_TABLES = """
CREATE TABLE item (n INTEGER PRIMARY KEY, key BLOB, item BLOB);
CREATE TABLE refused (n INTEGER PRIMARY KEY, packed BLOB);
CREATE TABLE done (n INTEGER PRIMARY KEY, place INTEGER, size INTEGER, id TEXT, source BLOB, score REAL, sketch BLOB);
CREATE TABLE twin (n INTEGER PRIMARY KEY, first INTEGER, same INTEGER);
CREATE TABLE met (id TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
CREATE TABLE band (band INTEGER, n INTEGER, PRIMARY KEY (band, n)) WITHOUT ROWID;
"""
_MOST_COMPARED = 20
_PAGE = 500  # candidates fetched at a time


class Found(NamedTuple):
    """Where the line of an outcome stands, and the earlier candidate that it repeats: ``kind`` is "same" or "near"."""

    place: int
    size: int
    first: str | None
    kind: Literal["same", "near"]


class Spool:
    """The candidates of a run and what became of them."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, cached_statements=64)
        self._base.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-{_CACHE_KIB};")
        self._base.executescript(_TABLES)
        self._base.execute("BEGIN")
        # One cursor for all that is answered at once: a connection remembers every cursor that it makes.
        self._quick = self._base.cursor()
        self.total = 0

    def close(self) -> None:
        """Forget everything."""
        self._base.close()

    def add(self, item: Item) -> None:
        """A candidate, in the order of the inputs."""
        self._quick.execute("INSERT INTO item VALUES (?, ?, ?)", (self.total, key_of(item), pickle.dumps(item)))
        self.total += 1

    def refuse(self, packed: bytes) -> None:
        """A candidate that was refused before it was looked at, with its outcome."""
        self._quick.execute("INSERT INTO refused VALUES (?, ?)", (self.total, packed))
        self._quick.execute("INSERT INTO item VALUES (?, ?, ?)", (self.total, b"", None))
        self.total += 1

    def record(self, number: int, entry: Entry) -> None:
        """What became of a candidate; a later outcome takes the place of an earlier one."""
        source = entry.source.encode("utf-8", "surrogatepass")
        row = (number, entry.place, entry.size, entry.id, source, entry.score, entry.sketch)
        self._quick.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def take_up(self, entries: Iterable[Entry]) -> None:
        """What an earlier run has done already of the candidates whose content is still the same."""
        self._base.execute("CREATE INDEX by_key ON item (key)")
        for entry in entries:
            found = self._quick.execute("SELECT n, item FROM item WHERE key = ?", (entry.key,)).fetchone()
            if found is not None and entry.stamp and stamp_of(_item(found[1])) == entry.stamp:
                self.record(found[0], entry)

    def open_items(self) -> Iterator[tuple[int, bytes, Item]]:
        """The candidates of which nothing is known yet: number, key and the candidate."""
        query = """SELECT item.n, key, item FROM item LEFT JOIN done USING (n)
            WHERE done.n IS NULL AND item.n > ? AND item IS NOT NULL ORDER BY item.n LIMIT ?"""
        last = -1
        while page := self._quick.execute(query, (last, _PAGE)).fetchall():
            for last, key, item in page:
                yield last, key, _item(item)

    def refused(self) -> Iterator[tuple[int, bytes]]:
        """The packed outcomes of the candidates that were refused at once."""
        yield from self._base.execute("SELECT n, packed FROM refused ORDER BY n")

    def counts(self) -> tuple[int, int]:
        """How many candidates are done, and how many of these were scored."""
        done, known = self._quick.execute("SELECT count(*), count(score) FROM done").fetchone()
        return done, known

    def find_twins(self) -> tuple[int, int]:
        """Find out who repeats whom, each candidate beside those before it; gives how many are the same as one before,
        and how many nearly so.
        """
        rows = self._base.execute("SELECT n, id, sketch FROM done WHERE score IS NOT NULL ORDER BY n")
        counts = [0, 0]
        for number, name, sketch in rows:
            first, same = self._twin(number, name, sketch)
            if first is not None:
                self._quick.execute("INSERT OR REPLACE INTO twin VALUES (?, ?, ?)", (number, first, same))
                counts[not same] += 1
        return counts[0], counts[1]

    def _twin(self, number: int, name: str, sketch: bytes) -> tuple[int | None, bool]:
        met = self._quick.execute("SELECT n FROM met WHERE id = ?", (name,)).fetchone()
        if met is not None:
            return met[0], True
        self._quick.execute("INSERT INTO met VALUES (?, ?)", (name, number))
        if not sketch:
            return None, False
        marks = likeness.bands(sketch)
        asked = ", ".join("?" * len(marks))
        query = f"SELECT DISTINCT band.n, sketch FROM band JOIN done USING (n) WHERE band IN ({asked}) LIMIT ?"  # noqa: S608 - question marks only
        near = self._quick.execute(query, (*marks, _MOST_COMPARED)).fetchall()
        self._quick.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", [(mark, number) for mark in marks])
        first = min((other for other, known in near if likeness.alike(sketch, known)), default=None)
        return first, False

    def results(self, *, ranked: bool) -> Iterator[Found]:
        """Every outcome: the highest score first where ``ranked``, else in the order of the inputs."""
        order = "done.score IS NULL, done.score DESC, done.id, done.source, done.n" if ranked else "done.n"
        query = f"""SELECT done.place, done.size, first.source, twin.same FROM done
            LEFT JOIN twin USING (n) LEFT JOIN done AS first ON first.n = twin.first ORDER BY {order}"""  # noqa: S608 - one of the two above
        for place, size, first, same in self._base.execute(query):
            source = first.decode("utf-8", "surrogatepass") if first is not None else None
            yield Found(place, size, source, "same" if same else "near")

    def unscored(self, most: int) -> list[Found]:
        """The first few candidates that were not scored."""
        query = "SELECT place, size FROM done WHERE score IS NULL ORDER BY n LIMIT ?"
        return [Found(place, size, None, "same") for place, size in self._base.execute(query, (most,))]


def _item(stored: bytes) -> Item:
    found: Item = pickle.loads(stored)  # noqa: S301 - written by this very process, to a file that has no name
    return found
