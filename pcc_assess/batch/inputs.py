"""Which candidates a batch is about: folders, files and patterns as given, one after the other, in an order that never
changes.

Nothing is held that grows with the number of files in a folder: a caseload of a million files costs as much memory as
one of ten thousand.
"""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import nsmallest
from pathlib import Path
from typing import Literal

from pcc_assess.assess import failure_of
from pcc_assess.batch import remote
from pcc_assess.batch.archives import read_archive
from pcc_assess.batch.rows import TableRow
from pcc_assess.batch.tables import Notice, PassedOver, Reading, is_table, read_people
from pcc_assess.disk import open_input
from pcc_assess.errors import InputError, PccError, printable
from pcc_assess.model import Failure

# What systems and office programs leave lying in a folder.
_LEFTOVERS = frozenset({"thumbs.db", "desktop.ini"})
_LOCK_PREFIX = "~$"
# So many names of a folder are sorted at a time; a larger folder is read once for each such part.
_SORTED_AT_ONCE = 20_000

_LONGEST_NAME = 1 << 16


Found = Iterator["Item | Failure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One candidate of a batch, as it is sent to a worker.

    ``source``: what every output shows (``resumes/a.pdf``, ``folder.zip!/b.docx``, ``people.xlsx#Sheet1:12``).
    ``path``: the file that it stands in. ``member``: its name in a zip file. ``data``: its bytes, where they were read
    already. ``row``: its row, where it is one of a table.
    """

    source: str
    kind: Literal["file", "member", "row", "bytes"]
    path: str
    member: str = ""
    data: bytes | None = None
    row: TableRow | None = None


def find_items(
    given: Sequence[str],
    reading: Reading | None = None,
    *,
    outputs: Collection[str] = (),
    notice: Notice | None = None,
    addresses: bool = False,
) -> Iterator[Item | Failure]:
    """All candidates of a batch, each once, in the order in which they were given; a folder in the order of its names,
    its own files before those of its folders.

    A zip file stands for its members, and a table (CSV, TSV, XLSX, XLS, ODS) for its rows. Hidden files, leftovers of
    other programs and the batch's own outputs are passed over; links to folders are not followed, so that a folder that
    holds itself has an end. What was named and cannot be looked into is a ``Failure``.

    Args:
        given: folders, files and patterns (``*.pdf``); ``-`` stands for a list of those on standard input.
        reading: how tables, zip files and lists are read.
        outputs: files that the batch writes, and so does not read.
        notice: told of each thing that is passed over, and how each table is understood.
        addresses: whether names like ``s3://bucket/resumes/`` are looked into, too.

    Raises:
        InputError: at the end, where there was no candidate at all.
        UsageError: a column was given a meaning that does not exist.
    """
    reading = reading or Reading()
    if reading.columns:
        reading.headers.check()
    own = frozenset(map(os.path.realpath, filter(None, outputs)))
    search = _Search(reading, notice or (lambda _: None), own, addresses)
    first: Failure | None = None
    anything = False
    for name in search.names(given):
        for found in search.expand(name):
            anything = anything or isinstance(found, Item)
            first = found if first is None and isinstance(found, Failure) else first
            yield found
    if not anything:
        where = printable(", ".join(given[:3]))
        hint = first.error.hint if first is not None else "name a folder or file with resumes in it"
        raise InputError("there is no file to assess", where=where, hint=hint)


@dataclass(slots=True)
class _Search:
    """A walk through what was given. ``folders``: those that were walked; ``named``: the files named one by one, each
    as a number, for which many names need little room.
    """

    reading: Reading
    notice: Notice
    own: frozenset[str]
    addresses: bool
    folders: list[Path] = field(default_factory=list)
    named: set[int] = field(default_factory=set)

    def passed(self, source: str, why: str, *, matters: bool = False) -> None:
        self.notice(PassedOver(source, why, matters))

    def names(self, given: Sequence[str]) -> Iterator[str]:
        """What was given, and in the place of "-" the list on standard input."""
        for name in given:
            if name == "-":
                yield from _listed(null=self.reading.null)
            else:
                yield name

    def expand(self, name: str) -> Iterator[Item | Failure]:
        """What one given name stands for."""
        name = remote.plain(name)
        if self.addresses and remote.is_address(name):
            yield from self.remote(name)
        elif _is_folder(name):
            yield from self.walked(name)
        elif os.path.lexists(name):
            yield from self.file(name)
        else:
            # A pattern may begin anywhere (/home/*/x.pdf), which Path.glob cannot.
            matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207
            for match in matches:
                if _is_folder(match):
                    yield from self.walked(match)
                elif (reason := _passed_over(Path(match).name)) is not None:
                    self.passed(match, reason)
                else:
                    yield from self.file(match)
            if not matches:
                hint = "check the spelling; put a name with spaces in quotes"
                yield failure_of(InputError("there is no such file or folder", hint=hint), name)

    def remote(self, address: str) -> Iterator[Item | Failure]:
        """The files at an address."""
        try:
            for name in remote.find_files(address):
                reason = _passed_over(name.rpartition("/")[2])
                if reason is not None:
                    self.passed(name, reason)
                else:
                    yield Item(source=name, kind="file", path=name)
        except PccError as error:
            yield failure_of(error, address)

    def file(self, name: str) -> Iterator[Item | Failure]:
        """A file that was named."""
        key = _number(name)
        if key in self.named or self._walked_before(name):
            self.passed(name, "it was given before")
            return
        self.named.add(key)
        yield from self.opened(name)

    def walked(self, folder: str) -> Iterator[Item | Failure]:
        """All files of a folder, but for those that came before."""
        earlier = len(self.folders)
        root = Path(os.path.normpath(Path(folder).absolute()))
        for found in _walk(folder, self.passed):
            if isinstance(found, Failure):
                yield found
            elif _number(found) in self.named or self._walked_before(found, earlier):
                self.passed(found, "it was given before")
            else:
                yield from self.opened(found)
        self.folders.append(root)

    def opened(self, path: str) -> Iterator[Item | Failure]:
        """The candidates in one file."""
        if os.path.realpath(path) in self.own:
            self.passed(path, "the batch writes it")
            return
        if is_table(path):
            yield from self.people(path)
        elif path.lower().endswith(".zip"):
            yield from self.members(path)
        else:
            yield Item(source=path, kind="file", path=path)

    def people(self, path: str, source: str = "", member: str = "", data: bytes | None = None) -> Found:
        """The rows of a table."""
        for found in read_people(path, data, source or path, self.reading, self.notice):
            if isinstance(found, Failure):
                yield found
            else:
                yield Item(source=found[0], kind="row", path=path, member=member, row=found[1])

    def members(self, path: str) -> Found:
        """The files in a zip file."""
        empty = True
        try:
            for member in read_archive(path, printable(path), self.reading.limits):
                empty = False
                source = f"{path}!/{member.name}"
                reason = _passed_over_inside(member.name)
                if reason is not None:
                    self.passed(source, reason)
                elif member.refusal is not None:
                    yield failure_of(member.refusal, source)
                elif is_table(member.name):
                    yield from self.people(path, source, member.name, member.data)
                else:
                    yield Item(source=source, kind="member", path=path, member=member.name, data=member.data)
        except PccError as error:
            yield failure_of(error, path)
            return
        if empty:
            self.passed(path, "there is no file in it", matters=True)

    def _walked_before(self, name: str, folders: int | None = None) -> bool:
        """Whether a walk through a folder has met this file; it does not see hidden ones."""
        place = Path(os.path.normpath(Path(name).absolute()))
        for folder in self.folders[:folders]:
            if place.is_relative_to(folder):
                inside = place.relative_to(folder)
                hidden = any(part.startswith(".") for part in inside.parts)
                linked = any((folder / parent).is_symlink() for parent in inside.parents if parent.parts)
                if not hidden and not linked and _passed_over(inside.name) is None:
                    return True
        return False


def _listed(*, null: bool) -> Iterator[str]:
    """The names on standard input: one a line, or separated by NUL."""
    with open_input("-") as file:
        rest = b""
        separator = b"\0" if null else b"\n"
        while chunk := file.read1(_LONGEST_NAME) if isinstance(file, io.BufferedReader) else file.read(_LONGEST_NAME):
            *names, rest = (rest + chunk).split(separator)
            yield from filter(None, (_name_of(name, null=null) for name in names))
            if len(rest) > _LONGEST_NAME:
                hint = "write one name a line, or separate them by NUL and add --null"
                raise InputError("standard input is no list of names", where="standard input", hint=hint)
        if last := _name_of(rest, null=null):
            yield last


def _name_of(name: bytes, *, null: bool) -> str:
    return os.fsdecode(name if null else name.removeprefix(b"\xef\xbb\xbf").strip(b"\r\n"))


def _passed_over_inside(name: str) -> str | None:
    """Why a member of a zip file is no candidate, told by its folders and name; None where it may be one."""
    parts = name.replace("\\", "/").split("/")
    if "__MACOSX" in parts[:-1]:
        return "left there by another program"
    return next((reason for part in parts if part not in (".", "..") and (reason := _passed_over(part))), None)


def _number(name: str) -> int:
    """A number of 64 bits for the place of a file."""
    place = os.fsencode(os.path.normpath(Path(name).absolute()))
    return int.from_bytes(blake2b(place, digest_size=8).digest(), "big")


def _walk(folder: str, passed: Callable[[str, str], None]) -> Iterator[str | Failure]:
    """The files of a folder and its folders; what cannot be opened is a ``Failure``."""
    inner: list[str] = []
    try:
        for entry in _entries(folder):
            path = f"{folder.rstrip(os.sep) or folder}{os.sep}{entry.name}"
            reason = _passed_over(entry.name)
            if reason is not None:
                passed(path, reason)
            elif entry.is_dir(follow_symlinks=False):
                inner.append(path)
            elif _is_folder(path):
                passed(path, "a link to a folder; name the folder itself to have it read")
            else:
                yield path
    except OSError:
        refusal = InputError("the folder cannot be opened", hint="ask for access to it")
        yield failure_of(refusal, folder)
    for path in inner:
        yield from _walk(path, passed)


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder in the order of their names, sorted in parts, so that a huge folder needs little room."""
    last: str | None = None
    while True:
        with os.scandir(folder) as found:
            rest = (entry for entry in found if last is None or entry.name > last)
            part = nsmallest(_SORTED_AT_ONCE, rest, key=lambda entry: entry.name)
        yield from part
        if len(part) < _SORTED_AT_ONCE:
            return
        last = part[-1].name


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _passed_over(name: str) -> str | None:
    """Why a file in a folder is no candidate; None where it may be one."""
    if name.startswith("."):
        return "hidden"
    if name.startswith(_LOCK_PREFIX) or name.lower() in _LEFTOVERS:
        return "left there by another program"
    return None
