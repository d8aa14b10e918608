"""Inputs and outputs that have an address (``s3://bucket/resumes/``) and no path on this machine, by way of fsspec.

Only a run on a cluster reads and writes there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pcc_assess.errors import InputError, OutputError, PccError, UsageError, printable
from pcc_assess.limits import Limits

_LOCAL = "file://"
_CHECK = "check the address, and your right to use it"


def is_address(name: str) -> bool:
    """Whether a name is an address and not a path."""
    scheme, found, _ = name.partition("://")
    return bool(found) and scheme.replace("+", "").isalnum()


def plain(name: str) -> str:
    """The path of an address of this machine (``file:///data/a.pdf``); any other name as it is."""
    return name.removeprefix(_LOCAL)


def beside(output: str) -> str:
    """Where a results file is made on this machine: at its own place, or, for an address, in the current folder."""
    return f".{last_part(output)}.upload" if is_address(output) else output


def last_part(address: str) -> str:
    """The name at the end of an address, or of a path as it is given."""
    return address.rstrip("/").rpartition("/")[2]


def find_files(address: str) -> Iterator[str]:
    """The addresses of all files under an address, or that a pattern meets, in the order of their names.

    Raises:
        InputError: there are none, or the place cannot be reached.
        UsageError: a package is missing that reads there.
    """
    with _errors(address, InputError):
        system, path = _system(address)
        found = system.glob(path) if "*" in path else system.find(path)
        for name in sorted(found):
            if not system.isdir(name):
                yield str(system.unstrip_protocol(name))
        if not found:
            raise InputError("there is nothing at this address", where=printable(address), hint=_CHECK)


def read(address: str, limits: Limits) -> bytes:
    """The content of a file.

    Raises:
        InputError: it is too large, or cannot be read.
    """
    most = limits.bytes("file_mb")
    with _errors(address, InputError):
        system, path = _system(address)
        with system.open(path, "rb") as file:
            data: bytes = file.read(most + 1)
    if len(data) > most:
        raise limits.exceeded("file_mb", printable(address))
    return data


def stamp(address: str) -> str:
    """What changes when the file does; empty where that cannot be told."""
    with contextlib.suppress(Exception):
        system, path = _system(address)
        return str(system.ukey(path))
    return ""


def check(address: str) -> None:
    """Whether files can be written where an address leads to, as far as it can be told before.

    Raises:
        UsageError: there is no such kind of place, or a package is missing that writes there.
    """
    with _errors(address, OutputError):
        _system(address)


def put(local: str, address: str) -> None:
    """Move a finished file to its address.

    Raises:
        OutputError: it cannot be written there; it stays where it is.
    """
    with _errors(address, OutputError):
        system, path = _system(address)
        system.put_file(local, path)
    Path(local).unlink()


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        hint = "pip install 'pcc-assess[cluster]', and the package of fsspec for this kind of address, such as s3fs"
        raise UsageError(f"nothing here can read this address ({printable(str(error))})", hint=hint) from error
    return system, str(path)


@contextlib.contextmanager
def _errors(address: str, kind: type[PccError]) -> Iterator[None]:
    """Whatever a system of files far away may raise, in our words."""
    try:
        yield
    except PccError:
        raise
    except Exception as error:
        message = f"the address cannot be used ({type(error).__name__})"
        raise kind(message, where=printable(address), hint=_CHECK) from error
