"""The world outside: safe reading, writing that is whole or not at all, and the user's cache.

What a candidate hands in, and what is written about them, is personal data: outputs are readable by their
owner only.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from pcc_assess.errors import InputError, OutputError, printable
from pcc_assess.limits import STANDARD, Limits

_MOST_CACHED = 3
_T = TypeVar("_T")


def read_input(path: str, limits: Limits = STANDARD, limit: str = "file_mb") -> bytes:
    """The bytes of a file; ``-`` is standard input.

    Args:
        path: as given.
        limits: how much a file may hold.
        limit: which of them binds this one.

    Raises:
        InputError: there is no such file, it is a folder, device or pipe, too large, or may not be read.
    """
    most = limits.bytes(limit)
    with open_input(path) as file, _reading(path):
        data = file.read(most + 1) or b""
    if len(data) > most:
        raise limits.exceeded(limit, _named(path))
    return data


@contextlib.contextmanager
def open_input(path: str) -> Iterator[BinaryIO]:
    """A file opened for reading; ``-`` is standard input. The one way in for whatever a candidate handed in.

    What it is was asked of the open file itself and not of its name, so that nothing can be put in its place meanwhile.
    Nothing is waited for: a pipe or device that was named is refused.

    Raises:
        InputError: there is no such file, it is a folder, device or pipe, or may not be read.
    """
    if path == "-":
        if sys.stdin is None:
            raise InputError("standard input is closed", where=_named(path), hint="give the name of a file")
        yield sys.stdin.buffer
        return
    with os.fdopen(_regular(path), "rb") as file:
        yield file


_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def _regular(path: str) -> int:
    """The descriptor of a regular file."""
    where = _named(path)
    try:
        _check_kind(Path(path).stat().st_mode, where)  # a device is not even opened: some act when they are
        descriptor = os.open(path, _OPENING)
    except (OSError, ValueError) as error:
        raise _unreadable(error, path) from error
    try:
        _check_kind(os.fstat(descriptor).st_mode, where)
        _check_place(descriptor, where)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


_REGULAR = "give a file, or - for standard input"


def _check_kind(mode: int, where: str) -> None:
    if stat.S_ISDIR(mode):
        hint = f"for a folder: pcc-assess batch {where} --output results.csv"
        raise InputError("this is a folder, not a file", where=where, hint=hint)
    if not stat.S_ISREG(mode):
        raise InputError("this is not a regular file", where=where, hint=_REGULAR)


def _check_place(descriptor: int, where: str) -> None:
    """Files that the kernel makes up (/proc, /sys) look like files and may have no end."""
    try:
        place = Path(f"/proc/self/fd/{descriptor}").readlink()
    except OSError:
        return  # not Linux
    if place.is_absolute() and place.parts[1] in ("proc", "sys", "dev") and place.parts[:3] != ("/", "dev", "shm"):
        raise InputError("this is not a regular file", where=where, hint=_REGULAR)


def _unreadable(error: OSError | ValueError, path: str) -> InputError:
    where = _named(path)
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file", where=where, hint="check the name and the folder")
    if isinstance(error, PermissionError):
        with contextlib.suppress(OSError):
            _check_kind(Path(path).stat().st_mode, where)
        return InputError("the file may not be read", where=where, hint="ask its owner for the right to read it")
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return InputError("the link leads in a circle", where=where, hint="give the file itself")
    return InputError("the file cannot be opened", where=where, hint="check the name and the folder")


@contextlib.contextmanager
def _reading(path: str) -> Iterator[None]:
    """Errors of a file that was opened and then fails."""
    try:
        yield
    except OSError as error:
        hint = "check the disk, or copy the file"
        raise InputError("the file cannot be read", where=_named(path), hint=hint) from error


def _named(path: str) -> str:
    return "standard input" if path == "-" else printable(path)


def write_output(path: str | os.PathLike[str], content: bytes | str) -> None:
    """Write a whole output file; text is written as UTF-8. Until all went well, what stood there stays as it
    was.

    A new file can be read by its owner only (mode 0600), for it may speak of a person.

    Raises:
        OutputError: the folder is missing, the place is a folder or may not be written, or the disk is full.
    """
    output = Output(path)
    try:
        output.write(content.encode("utf-8") if isinstance(content, str) else content)
        output.finish()
    finally:
        output.discard()


def check_output(path: str | os.PathLike[str]) -> None:
    """Whether an output can be written, before any work is done for it.

    Raises:
        OutputError: as ``Output`` would.
    """
    if not Path(path).exists() or Path(path).is_file() or Path(path).is_dir():
        Output(path, beside=work_name(path)).discard()


def work_name(path: str | os.PathLike[str]) -> str:
    """The name of what becomes an output, where only one process at a time makes it: one that was killed leaves a file
    that the next one takes over.
    """
    return f".{Path(path).name}.part"


class Output:
    """A file that is written beside its place and takes it at ``finish``; for outputs that grow over a long
    run.

    A link at the place keeps being a link; what it leads to is replaced. A device or pipe (``/dev/stdout``)
    cannot be replaced and is written to as it comes.

    ``beside``: the name that it has until then; one that nobody else has where none is given.

    Raises:
        OutputError: at once, if nothing can be written there; from every method, if something goes wrong
        later.
    """

    def __init__(self, path: str | os.PathLike[str], *, beside: str = "") -> None:
        self.name = os.fspath(path)
        self._given = beside
        self._beside: Path | None = None
        with output_errors(self.name):
            self._target = Path(os.path.realpath(self.name))
            self._file = self._open()

    def _open(self) -> BinaryIO:
        if self._target.is_dir() or self.name.endswith(("/", os.sep)):
            raise IsADirectoryError(errno.EISDIR, self.name)
        if self._target.exists():
            if not self._target.is_file():
                return self._target.open("wb")
            if not os.access(self._target, os.W_OK):
                raise PermissionError(errno.EACCES, self.name)
        folder = self._target.parent
        if self._given:
            place = folder / self._given
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            descriptor = os.open(place, flags, 0o600)
        else:
            descriptor, name = tempfile.mkstemp(prefix=".pcc-assess-", suffix=".part", dir=folder)
            place = Path(name)
        self._beside = place
        return os.fdopen(descriptor, "wb")

    def write(self, data: bytes) -> None:
        """Add ``data`` at the end."""
        with output_errors(self.name):
            self._file.write(data)

    @property
    def folder(self) -> str | None:
        """The folder that the file is put into, for what must be put aside meanwhile; None where there is no file."""
        return str(self._target.parent) if self._beside is not None else None

    @contextlib.contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The open file, for a library that writes it by itself."""
        with output_errors(self.name):
            yield self._file

    def finish(self) -> None:
        """Put what was written in its place."""
        with output_errors(self.name):
            self._file.flush()
            if self._beside is None:
                self._file.close()
                return
            os.fsync(self._file.fileno())
            self._file.close()
            self._beside.replace(self._target)
            self._beside = None
        _settle_folder(self._target.parent)

    def discard(self) -> None:
        """Close, and delete what was not put in its place. After ``finish`` there is nothing to do."""
        with contextlib.suppress(OSError):
            self._file.close()
        if self._beside is not None:
            with contextlib.suppress(OSError):
                self._beside.unlink()
            self._beside = None


def _settle_folder(folder: Path) -> None:
    """Ask the disk to keep the new name as well; where folders cannot be opened (Windows), it does so by
    itself.
    """
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def output_errors(name: str) -> Iterator[None]:
    """Errors of the system in our words."""
    try:
        yield
    except (OSError, ValueError) as error:
        message, hint = _unwritable(error, name)
        raise OutputError(message, where=printable(name), hint=hint) from None


def _unwritable(error: OSError | ValueError, name: str) -> tuple[str, str]:
    folder = str(Path(name).parent)
    if isinstance(error, IsADirectoryError):
        return "this is a folder, not a file", "give the name of a file in it"
    if isinstance(error, FileNotFoundError):
        return f"there is no folder {printable(folder)!r}", "make the folder first, or choose another place"
    if isinstance(error, NotADirectoryError):
        return f"{printable(folder)!r} is a file, not a folder", "choose another place"
    if isinstance(error, PermissionError):
        return "you may not write here", "choose a place in your own folder"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full", "free some space, or choose another disk"
    if isinstance(error, OSError) and error.errno == errno.EROFS:
        return "this disk cannot be written to", "choose another place"
    return f"the file cannot be written ({_reason(error)})", "choose another place"


def _reason(error: OSError | ValueError) -> str:
    return printable(error.strerror or type(error).__name__) if isinstance(error, OSError) else "not a file name"


def cache_dir() -> Path | None:
    """Where this system keeps what a program can make again; None where the user has no such place."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = str(_home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or str(_home() / ".cache")
    return Path(base, "pcc-assess") if Path(base).is_absolute() else None


def user_dir() -> Path | None:
    """Where this system keeps what a person made with a program; None where the user has no such place."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = str(_home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME", "") or str(_home() / ".local" / "share")
    return Path(base, "pcc-assess") if Path(base).is_absolute() else None


def make_private_dir(folder: Path) -> None:
    """Make ``folder``, for its owner alone where it is new.

    Raises:
        OutputError: it cannot be made.
    """
    with output_errors(str(folder)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def newest_first(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder that fit ``pattern``, the one written last first; none where there is no such folder."""

    def written(path: Path) -> tuple[int, str]:
        try:
            return -path.stat().st_mtime_ns, path.name
        except OSError:
            return 0, path.name

    return sorted(folder.glob(pattern), key=written)


def _home() -> Path:
    """The user's own folder; a relative path where there is none, so that nothing is kept."""
    try:
        return Path.home()
    except RuntimeError:
        return Path()


def read_cache(name: str, decode: Callable[[str], _T]) -> _T | None:
    """What was kept under ``name``, decoded. None where there is nothing of use: a cache never stops the
    program.

    Args:
        name: a file name.
        decode: raises ValueError or RecursionError for content that is damaged.
    """
    folder = cache_dir()
    if folder is None or not _private(folder):
        return None
    try:
        return decode(read_input(str(folder / name)).decode("utf-8"))
    except (InputError, ValueError, RecursionError):
        return None


def write_cache(name: str, content: str) -> None:
    """Keep ``content`` under ``name`` and drop the oldest of its kind (the same name up to the first
    hyphen).
    """
    folder = cache_dir()
    if folder is None:
        return
    with contextlib.suppress(OSError, OutputError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _private(folder):
            write_output(folder / name, content)
            alike = sorted(folder.glob(f"{name.partition('-')[0]}-*"), key=lambda path: path.stat().st_mtime_ns)
            for path in alike[:-_MOST_CACHED]:
                path.unlink()


def _private(folder: Path) -> bool:
    """Whether nobody but the user can put a file there, so that what is read is what we wrote."""
    if sys.platform == "win32":
        return folder.is_dir()
    try:
        state = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o022
