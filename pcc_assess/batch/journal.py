"""The journal of a run: every outcome as soon as it is there, in a file beside the output, until the output is written.

Each line is a checksum and a JSON object: the first says what run it is, the others are outcomes. A line that was cut
off, or damaged since, does not fit its checksum and counts as not written. The file belongs to its owner alone, for it
speaks of people, and one run at a time has it.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from pcc_assess.batch import remote
from pcc_assess.batch.inputs import Item
from pcc_assess.batch.outcomes import unpacked
from pcc_assess.disk import output_errors
from pcc_assess.errors import OutputError, UsageError, printable

_SCHEMA = "pcc-assess/journal/1"
_SUM = 8  # hexadecimal digits
_SETTLED = 5.0  # seconds between two requests to the disk to keep what was written
# What a run can differ in: the words for it, and the option.
_NAMES = {
    "role": ("for the role", "--role"),
    "level": ("for the level", "--level"),
    "setting": ("for the setting", "--setting"),
    "as_of": ("as of", "--as-of"),
    "language": ("in the language", "--lang"),
    "blind": ("with the key for pseudonyms", "--blind-key"),
}


class Entry(NamedTuple):
    """An outcome in the journal: whose it is and of which content, what ``Outcome`` says of it, and where its line
    stands in the file.
    """

    key: bytes
    stamp: str
    id: str
    source: str
    score: float | None
    sketch: bytes
    place: int
    size: int


class Journal:
    """The journal of the run that writes ``output``.

    Args:
        output: the name of the results file.
        run: what must be the same for the run to go on: plain data. Some of its keys are named to the user.
        carry_on: whether to go on with what a run before this one left.

    Raises:
        UsageError: another run is at work there, was left unfinished, or was a different one.
        OutputError: nothing can be written there.
    """

    def __init__(self, output: str, run: Mapping[str, str], *, carry_on: bool) -> None:
        self.name = journal_of(output)
        with output_errors(self.name):
            self._file = _opened(self.name)
            self._reading = Path(self.name).open("rb")  # noqa: SIM115 - open as long as this journal
        try:
            self._lock()
            begun = self._begun()
            if begun is None:
                self._begin(run)
            else:
                _check_going_on(begun, run, self.name, carry_on=carry_on)
        except BaseException:
            self.close()
            raise
        self._asked = time.monotonic()

    def _lock(self) -> None:
        """Nobody else may write here until this process ends, however it ends."""
        if sys.platform == "win32":
            return  # there a file that is open cannot be opened for writing by another run
        import fcntl

        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                "another run writes this file now", where=printable(self.name), hint="wait for it, or name another file"
            ) from None
        except OSError:
            pass  # some network disks know no locks

    def _begun(self) -> dict[str, Any] | None:
        """The first line, where there is a whole one."""
        self._end = 0
        body = next(_bodies(self.name), (0, b""))[1]
        found = _heading(body)
        if found is not None:
            self._end = self._reading.seek(0, os.SEEK_END)
            if self.line(self._end - 1, 1) != b"\n":
                self._write(b"\n")
        return found

    def _begin(self, run: Mapping[str, str]) -> None:
        with output_errors(self.name):
            os.ftruncate(self._file, 0)
        self._write(_line(json.dumps({"schema": _SCHEMA, **run}).encode()))

    def entries(self) -> Iterator[Entry]:
        """All outcomes that are whole, in the order in which they were written."""
        for place, body in _bodies(self.name):
            with contextlib.suppress(ValueError, KeyError, TypeError):
                head, begin, end = unpacked(body)
                yield _entry(head, place + begin, end - begin)

    def add(self, key: bytes, stamp: str, packed: bytes) -> Entry:
        """Write an outcome down.

        Raises:
            OutputError: the disk is full, or takes no more for another reason.
        """
        whose = json.dumps({"key": key.hex(), "stamp": stamp}, separators=(",", ":")).encode()
        body = whose[:-1] + b"," + packed[1:]
        head, begin, end = unpacked(body)
        entry = _entry(head, self._end + _SUM + 1 + begin, end - begin)
        self._write(_line(body))
        if time.monotonic() - self._asked > _SETTLED:
            self.settle()
        return entry

    def settle(self) -> None:
        """Ask the disk to keep what was written, come what may."""
        with output_errors(self.name):
            os.fsync(self._file)
        self._asked = time.monotonic()

    def line(self, place: int, size: int) -> bytes:
        """The line of an outcome."""
        self._reading.seek(place)
        return self._reading.read(size)

    def close(self) -> None:
        """Leave it for another time."""
        self._reading.close()
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    def delete(self) -> None:
        """The output is in its place: nothing needs the journal any more."""
        if sys.platform == "win32":
            self.close()  # there nothing can be deleted that is open
        with contextlib.suppress(OSError):
            Path(self.name).unlink()

    def _write(self, data: bytes) -> None:
        with output_errors(self.name):
            rest = memoryview(data)
            while rest:
                written = os.write(self._file, rest)
                self._end += written
                rest = rest[written:]


def journal_of(output: str) -> str:
    """The name of the journal of a results file, on this machine."""
    name = remote.plain(output)
    return f"{remote.last_part(name) if remote.is_address(name) else name}.journal"


def begun_on(output: str) -> date | None:
    """The day that the assessments of an unfinished run are for; None where there is no such run."""
    with contextlib.suppress(OSError, ValueError, OutputError):
        found = _heading(next(_bodies(journal_of(output)), (0, b""))[1])
        return date.fromisoformat(found["as_of"]) if found is not None else None
    return None


def key_of(item: Item) -> bytes:
    """Which candidate it is, whatever the content."""
    return blake2b(repr((item.source, item.kind, item.path, item.member)).encode(), digest_size=16).digest()


def stamp_of(item: Item) -> str:
    """What changes when the content does: the state of the file, and what is known of the candidate already."""
    if remote.is_address(item.path):
        return remote.stamp(item.path)
    try:
        state = os.stat(item.path)  # noqa: PTH116 - one call for each of a million files
    except (OSError, ValueError):
        return ""
    known = blake2b(repr(item).encode(), digest_size=8).hexdigest()
    return f"{state.st_size}-{state.st_mtime_ns}-{state.st_ctime_ns}-{state.st_ino}-{known}"


def _opened(name: str) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    file = os.open(name, flags, 0o600)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise PermissionError(name)
    return file


def _line(body: bytes) -> bytes:
    return b"%08x %s\n" % (crc32(body), body)


def _bodies(name: str) -> Iterator[tuple[int, bytes]]:
    """The whole lines of a journal without their checksums, each with the place where it begins in the file."""
    place = 0
    with output_errors(name), Path(name).open("rb") as file:
        for line in file:
            body = line[_SUM + 1 : -1]
            if line == _line(body):
                yield place + _SUM + 1, body
            place += len(line)


def _heading(body: bytes) -> dict[str, Any] | None:
    with contextlib.suppress(ValueError):
        found = json.loads(body)
        if isinstance(found, dict) and found.get("schema") == _SCHEMA:
            return found
    return None


def _entry(head: Mapping[str, Any], place: int, size: int) -> Entry:
    key, sketch = bytes.fromhex(head["key"]), bytes.fromhex(head["sketch"])
    return Entry(key, head["stamp"], head["id"], head["source"], head["score"], sketch, place, size)


def _check_going_on(begun: Mapping[str, Any], run: Mapping[str, str], name: str, *, carry_on: bool) -> None:
    """What was begun must be what is asked for; results of two kinds do not go into one file."""
    anew = f"or delete {printable(name)} to begin anew"
    if not carry_on:
        raise UsageError("a run that writes this file was left unfinished", hint=f"add --continue to finish it, {anew}")
    for field, (words, option) in _NAMES.items():
        was, asked = str(begun.get(field, "")), run.get(field, "")
        if was != asked:
            hint = f"give {option} {printable(was)}" if was else f"leave {option} out"
            message = f"the unfinished run is {words} {printable(was) or 'none'}, and not {printable(asked) or 'none'}"
            raise UsageError(message, hint=f"{hint}, {anew}")
    if {**begun, "schema": ""} != {**run, "schema": ""}:
        message = "the program, its data or the options have changed since the unfinished run began"
        raise UsageError(message, where=printable(name), hint=f"go back to how it was, {anew}")
