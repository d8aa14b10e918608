"""JSON Resume (jsonresume.org): its fields written out as a resume, so that they are read like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pcc_assess.readers.content import Content, clean

_KEYS = frozenset({"basics", "work", "education", "skills"})
_SECTIONS = (
    ("work", "Work Experience", ("position", "name", "company"), ("summary", "description")),
    ("volunteer", "Volunteer Experience", ("position", "organization"), ("summary",)),
    ("education", "Education", ("studyType", "area", "institution"), ()),
    ("certificates", "Certifications", ("name", "issuer"), ()),
    ("awards", "Awards", ("title", "awarder"), ("summary",)),
    ("publications", "Publications", ("name", "publisher"), ("summary",)),
    ("projects", "Projects", ("name", "entity"), ("description",)),
    ("interests", "Interests", ("name",), ()),
    ("references", "References", ("name",), ("reference",)),
)
_LISTS = ("highlights", "courses", "keywords", "roles")
_DEGREES = frozenset({"Associate", "Associates", "Bachelor", "Bachelors", "Master", "Masters", "Doctorate"})


def is_json_resume(value: object) -> bool:
    """Whether a JSON document looks like a JSON Resume."""
    return isinstance(value, dict) and len(_KEYS & value.keys()) >= 1 and "schema" not in value


def read_json_resume(value: Mapping[str, Any]) -> Content:
    """The text of a JSON Resume; fields of other types than the format allows are left out."""
    return Content(format="json-resume", pages=(clean("\n".join(_resume(value))),))


def _resume(value: Mapping[str, Any]) -> Iterator[str]:
    basics = value.get("basics")
    if isinstance(basics, dict):
        yield from _texts(basics, ("name", "label"))
        yield from ("", "Summary", *_texts(basics, ("summary",)))
    yield from _skills(value)
    for key, heading, title, prose in _SECTIONS:
        entries = _entries(value, key)
        if entries:
            yield from ("", heading)
        for entry in entries:
            yield ", ".join([*_titles(entry, title), *_dates(entry)])
            yield from _texts(entry, prose)
            yield from (f"\u2022 {item}" for name in _LISTS for item in _strings(entry.get(name)))
            yield ""


def _titles(entry: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    """The fields that name an entry; a degree of one word ("Master") is told to be one."""
    for key in keys:
        for text in _texts(entry, (key,)):
            yield f"{text} degree" if key == "studyType" and text in _DEGREES else text


def _skills(value: Mapping[str, Any]) -> Iterator[str]:
    for key, heading, level in (("skills", "Skills", "level"), ("languages", "Languages", "fluency")):
        entries = _entries(value, key)
        if entries:
            yield from ("", heading)
        for entry in entries:
            names = [*_texts(entry, ("name", "language")), *_strings(entry.get("keywords"))]
            yield ", ".join(names) + "".join(f" ({text})" for text in _texts(entry, (level,)))


def _entries(value: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = value.get(key)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _texts(entry: Mapping[str, Any], keys: tuple[str, ...]) -> list[str]:
    return [text.strip() for key in keys if isinstance(text := entry.get(key), str) and text.strip()]


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _dates(entry: Mapping[str, Any]) -> list[str]:
    """The span of an entry as a resume would write it; a job without an end goes on."""
    start = next(iter(_texts(entry, ("startDate",))), "")
    end = next(iter(_texts(entry, ("endDate", "date", "releaseDate"))), "")
    if start:
        return [f"{_month(start)} - {_month(end) if end else 'Present'}"]
    return [_month(end)] if end else []


def _month(date: str) -> str:
    """``2019-03-15`` as ``2019-03``: the day says nothing here."""
    return date[:7] if len(date) == 10 and date[4] == date[7] == "-" else date
