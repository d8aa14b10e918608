"""A profile that was stated and not found: our own profile file, or the profile inside an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pcc_assess.errors import InputError, printable
from pcc_assess.model import Profile

PROFILE = "pcc-assess/profile/1"
ASSESSMENT = "pcc-assess/assessment/1"
_MOST_NAMED = 3


def is_stated(value: object) -> bool:
    """Whether a JSON or YAML document says that it is one of our own."""
    return isinstance(value, dict) and str(value.get("schema", "")).startswith("pcc-assess/")


def read_stated(value: Mapping[str, Any], source: str) -> Profile:
    """The profile of a document with one of our own schemas.

    Raises:
        InputError: another schema or version, or fields that do not fit; the first three are named.
    """
    schema = value.get("schema")
    if schema == ASSESSMENT:
        value = value.get("profile") or {}
    elif schema != PROFILE:
        hint = f"give a document with the schema {PROFILE} or {ASSESSMENT}"
        raise InputError(f"the schema {printable(str(schema))[:60]!r} holds no profile", where=source, hint=hint)
    return _bind(value, source)


def _bind(value: object, source: str) -> Profile:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Profile).validate_python(_filled(value), extra="forbid")
    except ValidationError as error:
        faults = [f"{_place(item['loc'])}: {item['msg']}" for item in error.errors()[:_MOST_NAMED]]
        hint = "see `pcc-assess schema profile` for what a profile holds"
        raise InputError(
            f"the profile does not fit: {printable('; '.join(faults))}", where=source, hint=hint
        ) from error


def _filled(value: object) -> object:
    """Short forms that a person may write: ``ehr-systems: 3`` for a whole finding, evidence left out."""
    if not isinstance(value, dict):
        return value
    filled = dict(value)
    skills = filled.get("skills")
    if isinstance(skills, dict):
        filled["skills"] = {name: _finding(item) for name, item in skills.items()}
    credentials = filled.get("credentials")
    if isinstance(credentials, list):
        filled["credentials"] = [
            {"name": "", "evidence": [], **item} if isinstance(item, dict) else item for item in credentials
        ]
    return filled


def _finding(item: object) -> object:
    if isinstance(item, int):
        item = {"proficiency": item}
    if isinstance(item, dict):
        return {"source": "profile", "rung": "answer", "shown": False, "evidence": [], **item}
    return item


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) or "document"
