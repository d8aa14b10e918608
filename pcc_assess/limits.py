"""How much a candidate's file may hold. Nothing is ever cut: what is beyond a limit is refused by name.

Each limit can be set with ``--limit NAME=NUMBER``, where the name has hyphens for underscores.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from pcc_assess.errors import InputError, UsageError, printable

_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits with their standard values; sizes in MB (1,000,000 bytes), ``memory_mb`` in MiB.

    ``file_mb``: a resume. ``structured_mb``: a profile, JSON Resume, assessment, file of answers or role file.
    ``table_mb``, ``rows``, ``columns``: a table of candidates.
    ``members``, ``archive_mb``, ``member_mb``: the files in a zip archive, what they hold unpacked in all, and each.
    ``stream_mb``: one unpacked part of a PDF, DOCX or ODT. ``pages``: of a PDF. ``characters``: of text.
    ``depth``: of elements, mappings, lists or groups inside each other.
    ``seconds``, ``memory_mb``: what the reading of one file may take.
    """

    file_mb: float = 10
    structured_mb: float = 1
    table_mb: float = 200
    rows: float = 200_000
    columns: float = 1_000
    members: float = 2_000
    archive_mb: float = 100
    member_mb: float = 50
    stream_mb: float = 20
    pages: float = 100
    characters: float = 1_000_000
    depth: float = 64
    seconds: float = 10
    memory_mb: float = 512

    def bytes(self, name: str) -> int:
        """A limit in MB as bytes."""
        return int(getattr(self, name) * _MB)

    def exceeded(self, name: str, where: str) -> InputError:
        """The refusal of what is beyond the limit ``name`` (a field of this record)."""
        amount = getattr(self, name)
        option = name.replace("_", "-")
        message = _REFUSALS[name].format(limit=f"{amount:,g}" if amount < _MB else f"{amount:,.0f}")
        hint = f"{_ADVICE.get(name, _SMALLER)}; to read it all the same, add --limit {option}=NUMBER"
        return InputError(message, where=where, hint=hint)


STANDARD = Limits()
_SMALLER = "save the resume alone, without pictures and other documents"
_ADVICE = {
    "structured_mb": "check that this is the right file",
    "table_mb": "split the table",
    "rows": "split the table",
    "columns": "keep only the columns that are needed",
    "members": "split the archive",
    "archive_mb": "split the archive",
    "member_mb": "take that file out of the archive",
    "pages": "hand in the pages of the resume alone",
    "depth": "save the resume again, as a simple PDF or as plain text",
    "seconds": "save the resume again, as a simple PDF or as plain text",
    "memory_mb": "save the resume again, as a simple PDF or as plain text",
}
_REFUSALS = {
    "file_mb": "the file is larger than {limit} MB",
    "structured_mb": "the file is larger than {limit} MB, which is too much for a file of this kind",
    "table_mb": "the table is larger than {limit} MB",
    "rows": "the table has more than {limit} rows",
    "columns": "the table has more than {limit} columns",
    "members": "the archive holds more than {limit} files",
    "archive_mb": "the archive unpacks to more than {limit} MB",
    "member_mb": "a file in the archive unpacks to more than {limit} MB",
    "stream_mb": "a part of the file unpacks to more than {limit} MB",
    "pages": "the PDF has more than {limit} pages",
    "characters": "the file holds more than {limit} characters of text",
    "depth": "the file is nested deeper than {limit} levels",
    "seconds": "reading took longer than {limit} seconds and was stopped",
    "memory_mb": "reading needed more than {limit} MB of memory and was stopped",
}
NAMES = tuple(item.name.replace("_", "-") for item in fields(Limits))


def parse_limits(given: Sequence[str] | None) -> Limits:
    """The limits with those that were given as ``NAME=NUMBER``.

    Raises:
        UsageError: there is no such limit, or it is no number above zero.
    """
    chosen: dict[str, float] = {}
    for text in given or ():
        name, _, number = text.partition("=")
        if name not in NAMES:
            known = ", ".join(NAMES)
            raise UsageError(f"there is no limit {printable(name)!r}", hint=f"write NAME=NUMBER; the names: {known}")
        chosen[name.replace("-", "_")] = _number(number, text)
    return replace(STANDARD, **chosen)


def _number(number: str, text: str) -> float:
    try:
        amount = float(number)
    except ValueError:
        amount = math.nan
    if not (math.isfinite(amount) and amount > 0):
        raise UsageError(f"the limit {printable(text)!r} has no number above zero", hint="write for example pages=200")
    return amount
