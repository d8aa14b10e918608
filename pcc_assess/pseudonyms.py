"""The key that pseudonyms are made with, and the list of who is who, both for the owner's eyes only.

Without the key nobody can work out a pseudonym, not even with the files at hand. The list stands beside the key and
apart from all results: one row for each pseudonym that was given, with the path that it stands for.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import secrets
import stat
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from pcc_assess.disk import make_private_dir, read_input, user_dir
from pcc_assess.errors import InputError, OutputError, printable
from pcc_assess.outlets import cell

_NAME = "blind.key"
_BYTES = 32
_HEADER = ("pseudonym", "source")
_OWNER_ONLY = 0o600
# A list that is larger is not read again to keep a row from standing in it twice.
_READ_AGAIN = 2_000_000


def key_place(given: str | None = None) -> Path:
    """Where the key stands: the file that was named, or one in the user's own folder of data.

    Raises:
        OutputError: none was named, and this user has no such folder.
    """
    if given is not None:
        return Path(given)
    folder = user_dir()
    if folder is None:
        raise OutputError("there is no folder of your own for the key", hint="name a file with --blind-key")
    return folder / _NAME


def read_key(place: Path) -> tuple[bytes, bool]:
    """The key in a file, which is made where there is none.

    Returns:
        32 bytes, and whether they are new.

    Raises:
        InputError: the file is no key, or others may read it.
        OutputError: it cannot be made.
    """
    made = _made(place)
    if not made and sys.platform != "win32" and _readable_by_others(place):
        hint = f"chmod 600 {printable(str(place))}"
        raise InputError("others may read this key", where=printable(str(place)), hint=hint)
    text = read_input(str(place)).strip()
    try:
        key = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        hint = "name another file with --blind-key; where there is none, a key is made"
        raise InputError("this file is no key for pseudonyms", where=printable(str(place)), hint=hint)
    return key, made


def _made(place: Path) -> bool:
    """Makes a key where there is none, in one step, so that two runs at once agree on it."""
    if os.path.lexists(place):
        return False
    make_private_dir(place.parent)
    beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(_BYTES)}\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, place)  # fails where another run was quicker
        except FileExistsError:
            return False
    except OSError as error:
        raise _unwritable(error, place) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    return True


def _unwritable(error: OSError, place: Path) -> OutputError:
    reason = printable(error.strerror or type(error).__name__)
    hint = "name a file in a folder of your own with --blind-key"
    return OutputError(f"this file cannot be written ({reason})", where=printable(str(place)), hint=hint)


def _readable_by_others(place: Path) -> bool:
    try:
        return bool(stat.S_IMODE(place.stat().st_mode) & 0o077)
    except OSError:
        return False


def who_is_who(key: Path) -> dict[str, str]:
    """Pseudonym to path, from the list beside a key.

    Raises:
        InputError: there is no such list, or it cannot be read.
    """
    text = read_input(str(list_beside(key))).decode("utf-8", "replace")
    rows = csv.reader(io.StringIO(text, newline=""))
    return {row[0]: row[1].removeprefix("'") for row in rows if len(row) == len(_HEADER)}


def list_beside(key: Path) -> Path:
    """Where the list of who is who stands."""
    return key.with_name(f"{key.name}.who-is-who.csv")


class WhoIsWho:
    """The list beside a key: ``pseudonym,source``, one row for each, added as candidates come.

    Each row is written at once, so that a run that is broken off loses none.

    Raises:
        OutputError: it cannot be written.
    """

    def __init__(self, key: Path) -> None:
        self.place = list_beside(key)
        self._rows = self._read()
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._file = os.open(self.place, flags, _OWNER_ONLY)
            if not os.fstat(self._file).st_size:
                os.write(self._file, _row(_HEADER))
        except OSError as error:
            raise _unwritable(error, self.place) from None

    def _read(self) -> set[bytes]:
        try:
            if self.place.stat().st_size > _READ_AGAIN:
                return set()
            return set(self.place.read_bytes().splitlines(keepends=True))
        except OSError:
            return set()

    def add(self, pseudonym: str, source: str) -> None:
        """Notes whom a pseudonym stands for; a row that is there already is not written again."""
        row = _row((pseudonym, source))
        if row in self._rows:
            return
        try:
            os.write(self._file, row)
        except OSError as error:
            raise _unwritable(error, self.place) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            os.close(self._file)


def _row(cells: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(map(cell, cells))
    return text.getvalue().encode("utf-8", "backslashreplace")
