"""The results of a batch (JSON Lines) read back, one candidate after the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from pcc_assess.errors import InputError, printable
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.model import Assessment, Failure
from pcc_assess.strict_json import decoded, parse_json

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_AGAIN = "make it again with `pcc-assess batch FOLDER --output results.jsonl`"


def read_results(file: BinaryIO, source: str, limits: Limits = STANDARD) -> Iterator[Assessment | Failure]:
    """Every assessment and failure of a file, in its order; only one line of it stands in memory.

    Args:
        file: open for reading. source: its name, for what is wrong in it. limits: how much a line may hold.

    Raises:
        InputError: a line is too long, no JSON, or no assessment or failure; its number is named.
    """
    most = limits.bytes("structured_mb")
    number = 0
    while line := file.readline(most + 1):
        number += 1
        where = f"{printable(source)}:{number}"
        if len(line) > most:
            raise limits.exceeded("structured_mb", where)
        if line.strip():
            yield _record(line, where, limits)


def _record(line: bytes, where: str, limits: Limits) -> Assessment | Failure:
    from pydantic import ValidationError

    try:
        text = decoded(line, where)
        value = parse_json(text, where, limits)
    except InputError as error:
        error.hint = _AGAIN
        raise
    schema = value.get("schema") if isinstance(value, dict) else None
    try:
        if schema == "pcc-assess/assessment/1":
            return _assessments().validate_json(text, strict=True)
        if schema == "pcc-assess/failure/1":
            return _failures().validate_json(text, strict=True)
    except ValidationError as error:
        raise InputError("this line is not what the program writes", where=where, hint=_AGAIN) from error
    raise InputError("this line is neither an assessment nor a failure", where=where, hint=_AGAIN)


@lru_cache(maxsize=1)
def _assessments() -> TypeAdapter[Assessment]:
    from pydantic import TypeAdapter

    return TypeAdapter(Assessment)


@lru_cache(maxsize=1)
def _failures() -> TypeAdapter[Failure]:
    from pydantic import TypeAdapter

    return TypeAdapter(Failure)
