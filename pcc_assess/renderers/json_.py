"""JSON out, and an assessment back in. A document is its record as it stands in ``model``."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pcc_assess.errors import InputError, printable
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.model import Assessment, Failure, Plan
from pcc_assess.outlets import json_bytes, json_text
from pcc_assess.strict_json import decoded, parse_json

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_ASSESSMENT = "pcc-assess/assessment/1"
_PLAN = "pcc-assess/plan/1"
_ASSESSMENT_LINE = f'{{"schema":"{_ASSESSMENT}"'.encode()
_MOST_NAMED = 3
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}
_AGAIN = {
    "assessment": "make it again with `pcc-assess score FILE --format json`",
    "plan": "make it again with `pcc-assess plan FILE --format json`",
}


def to_json(record: object, indent: int | None = 2) -> str:
    """``record`` (or records) as one JSON document, ending in a line end; nothing in it can steer a screen.

    Args:
        record: a record of ``model`` or ``knowledge``, or plain data that holds some.
        indent: spaces a level; None puts everything on one line.

    Raises:
        ValueError: a number is not finite.
    """
    document = json.dumps(record, indent=indent, ensure_ascii=False, allow_nan=False, default=_fields)
    return json_text(document) + "\n"


def to_line(record: Any) -> bytes:
    """A record of ``model`` as JSON without spaces or a line end: what ``to_json`` says, at a sixth of its cost."""
    try:
        return json_bytes(_adapter(type(record)).dump_json(record))
    except ValueError:  # a name that is not UTF-8
        text = json.dumps(record, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_fields)
        return json_text(text).encode()


def from_line(line: bytes) -> Assessment | Failure:
    """The assessment or failure that ``to_line`` wrote. What it says is not doubted."""
    kind: type[Assessment | Failure] = Assessment if line.startswith(_ASSESSMENT_LINE) else Failure
    try:
        record: Assessment | Failure = _adapter(kind).validate_json(line)
    except ValueError:  # the escape of a name that is not UTF-8
        record = _adapter(kind).validate_python(json.loads(line))
    return record


def _adapter(kind: type) -> TypeAdapter[Any]:
    """Reads and writes a kind of record; made once, which takes some milliseconds."""
    from pydantic import TypeAdapter

    found = _ADAPTERS.get(kind)
    if found is None:
        found = _ADAPTERS[kind] = TypeAdapter(kind)
    return found


def _fields(record: Any) -> dict[str, Any]:
    if not is_dataclass(record):
        raise TypeError(f"{type(record).__name__} has no place in a JSON document")
    return {item.name: getattr(record, item.name) for item in fields(record)}


def is_assessment(data: bytes) -> bool:
    """Whether a file says that it is an assessment of ours; anything else is taken for a candidate file."""
    return _says(data, _ASSESSMENT)


def is_plan(data: bytes) -> bool:
    """Whether a file says that it is a plan of ours."""
    return _says(data, _PLAN)


def _says(data: bytes, schema: str) -> bool:
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or schema.encode() not in data:
        return False
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("schema") == schema


def from_json(data: bytes, source: str, limits: Limits = STANDARD) -> Assessment:
    """The assessment that ``to_json`` wrote; fields that are not known are passed over.

    Raises:
        InputError: it is not JSON, too large, or not such a document; the first three faults are named.
    """
    record: Assessment = _read(data, Assessment, "assessment", source, limits)
    _check_day(record.as_of, "assessment", source)
    return record


def plan_from_json(data: bytes, source: str, limits: Limits = STANDARD) -> Plan:
    """The plan that ``to_json`` wrote, and that a person may have changed since; as ``from_json``."""
    record: Plan = _read(data, Plan, "plan", source, limits)
    _check_day(record.assessment.as_of, "plan", source)
    return record


def _read(data: bytes, kind: type, name: str, source: str, limits: Limits) -> Any:
    from pydantic import ValidationError

    where = printable(source)
    if len(data) > limits.bytes("structured_mb"):
        raise limits.exceeded("structured_mb", where)
    text = decoded(data, where)
    parse_json(text, where, limits)
    try:
        return _adapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        faults = "; ".join(f"{_place(item['loc'])}: {item['msg']}" for item in error.errors()[:_MOST_NAMED])
        raise InputError(f"the {name} does not fit: {printable(faults)}", where=where, hint=_AGAIN[name]) from error


def _check_day(text: str, name: str, source: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        fault = f"the {name} has no valid day in as_of"
        raise InputError(fault, where=printable(source), hint=_AGAIN[name]) from error


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) or "document"
