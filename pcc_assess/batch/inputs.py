"""Which files a batch is about: folders, files and patterns as given, in an order that never changes."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pcc_assess.assess import failure_of
from pcc_assess.errors import InputError, PccError, printable
from pcc_assess.model import Failure

# What systems and office programs leave lying in a folder.
_LEFTOVERS = frozenset({"thumbs.db", "desktop.ini"})
_LOCK_PREFIX = "~$"


@dataclass(frozen=True, slots=True)
class Inputs:
    """``files``: what is to be assessed, each once. ``failures``: what was named and cannot even be looked
    for.
    """

    files: tuple[str, ...]
    failures: tuple[Failure, ...]


def find_inputs(given: Sequence[str], output: str = "") -> Inputs:
    """All files of a batch: those named, those that a pattern (``*.pdf``) meets, and all in a folder and its
    folders.

    Hidden files, leftovers of other programs and the batch's own output are passed over; links to folders are
    not followed, so that a folder that holds itself has an end.

    Raises:
        InputError: there is no file at all.
    """
    files: dict[str, str] = {}
    failures: list[Failure] = []
    own = {os.path.realpath(name) for name in (output, f"{output}.partial")} if output else set()
    for name in given:
        for found in _expand(name):
            if isinstance(found, Failure):
                failures.append(found)
            elif os.path.realpath(found) not in own:
                files.setdefault(os.path.normpath(Path(found).absolute()), found)
    if not files:
        where = printable(", ".join(given[:3]))
        hint = failures[0].error.hint if failures else "name a folder or file with resumes in it"
        raise InputError("there is no file to assess", where=where, hint=hint)
    return Inputs(tuple(files.values()), tuple(failures))


def _expand(name: str) -> Iterator[str | Failure]:
    if _is_folder(name):
        yield from _walk(name)
    elif os.path.lexists(name):
        yield name
    else:
        # A pattern may begin anywhere (/home/*/x.pdf), which Path.glob cannot.
        matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207
        for match in matches:
            if _is_folder(match):
                yield from _walk(match)
            elif not _passed_over(Path(match).name):
                yield match
        if not matches:
            hint = "check the spelling; put a name with spaces in quotes"
            yield failure_of(InputError("there is no such file or folder", hint=hint), name)


def _walk(folder: str) -> Iterator[str | Failure]:
    closed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        yield from (
            f"{place.rstrip(os.sep) or place}{os.sep}{name}" for name in sorted(names) if not _passed_over(name)
        )
        while closed:
            yield _closed_folder(closed.pop())
    for error in closed:
        yield _closed_folder(error)


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _passed_over(name: str) -> bool:
    return name.startswith((".", _LOCK_PREFIX)) or name.lower() in _LEFTOVERS


def _closed_folder(error: OSError) -> Failure:
    refusal: PccError = InputError("the folder cannot be opened", hint="ask for access to it")
    return failure_of(refusal, str(error.filename or ""))
