"""A profile that was stated and not found: our own profile file, or the profile inside an assessment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pcc_assess.errors import InputError, printable
from pcc_assess.model import Profile

PROFILE = "pcc-assess/profile/1"
ASSESSMENT = "pcc-assess/assessment/1"
_MOST_NAMED = 3
_PROFICIENCY = 4
_YEARS = 100  # of a working life, and then some


def is_stated(value: object) -> bool:
    """Whether a JSON or YAML document says that it is one of our own."""
    return isinstance(value, dict) and str(value.get("schema", "")).startswith("pcc-assess/")


def read_stated(value: Mapping[str, Any], source: str) -> Profile:
    """The profile of a document with one of our own schemas.

    Raises:
        InputError: another schema or version, fields that do not fit, or numbers that cannot be; the first three are
            named.
    """
    schema = value.get("schema")
    if schema == ASSESSMENT:
        value = value.get("profile") or {}
    elif schema != PROFILE:
        hint = f"give a document with the schema {PROFILE} or {ASSESSMENT}"
        raise InputError(f"the schema {printable(str(schema))[:60]!r} holds no profile", where=source, hint=hint)
    profile = _bind(value, source)
    faults = [
        f"{place}: {number:g} is not between 0 and {most}"
        for place, number, most in _numbers(profile)
        if number is not None and not 0 <= number <= most
    ]
    if faults:
        raise _unfit(faults, source)
    return profile


def _bind(value: object, source: str) -> Profile:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Profile).validate_python(_filled(value), extra="forbid")
    except ValidationError as error:
        raise _unfit([f"{_place(item['loc'])}: {item['msg']}" for item in error.errors()], source) from error


def _unfit(faults: list[str], source: str) -> InputError:
    hint = "see `pcc-assess schema profile` for what a profile holds"
    return InputError(
        f"the profile does not fit: {printable('; '.join(faults[:_MOST_NAMED]))}", where=source, hint=hint
    )


def _numbers(profile: Profile) -> Iterator[tuple[str, float | None, int]]:
    """Every number that counts in a score: its place, what it is, and the most that it can be; the least is 0."""
    for name, finding in profile.skills.items():
        yield f"skills.{name}.proficiency", finding.proficiency, _PROFICIENCY
        yield f"skills.{name}.rating", finding.rating, _PROFICIENCY
        yield f"skills.{name}.years", finding.years, _YEARS
    for place, transfer in enumerate(profile.transfers):
        yield f"transfers.{place}.proficiency", transfer.proficiency, _PROFICIENCY
        yield f"transfers.{place}.share", transfer.share, 1
    for place, language in enumerate(profile.languages):
        yield f"languages.{place}.proficiency", language.proficiency, _PROFICIENCY
    experience = profile.experience
    for name in ("patient_years", "service_years", "field_years", "claimed_years"):
        yield f"experience.{name}", getattr(experience, name), _YEARS
    for place, job in enumerate(experience.jobs):
        yield f"experience.jobs.{place}.relevance", job.relevance, 1
        yield f"experience.jobs.{place}.months", job.months, _YEARS * 12


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
