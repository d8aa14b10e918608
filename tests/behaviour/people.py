"""One person or another with the same work behind them: what a resume says of who somebody is, put in and changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_SCHOOL = re.compile(r"(?:[A-Z][\w.&'-]* ){1,4}(?:University|College|Institute)\b|University of(?: [A-Z]\w+){1,2}")
_YEAR = re.compile(r"\b(?:19[5-9]\d|20[01]\d|202[0-4])\b")
_HEADING = re.compile(
    r"^[#*\s]*(education|education and training|academic background|schooling)[\s:*]*$", re.IGNORECASE
)
_OTHER = re.compile(r"^[#*\s]*[A-Z][A-Za-z &/]{3,30}[\s:*]*$")


def _load() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "people.yaml").read_text(encoding="utf-8"))
    return loaded


PEOPLE = _load()
NAMES: list[tuple[str, str]] = [(group, name) for group, names in PEOPLE["names"].items() for name in names]


@dataclass(frozen=True)
class Person:
    """What stands at the top of a resume and has nothing to do with the work."""

    name: str = "Jordan Avery"
    pronouns: str = ""
    place: str = "12 Oak Street, Springfield, IL 62704"
    status: str = ""

    def header(self) -> str:
        """The lines above the resume."""
        handle = "".join(c if c.isalnum() else "." for c in self.name.lower())
        titled = f"{self.pronouns} {self.name}" if self.pronouns in ("Ms.", "Mr.") else self.name
        first = f"{titled} {self.pronouns}" if self.pronouns.startswith("(") else titled
        contact = f"(217) 555-0142 | {handle}@example.com | linkedin.com/in/{handle.replace('.', '-')}"
        said = self.pronouns if self.pronouns.startswith("Pronouns") else ""
        return "\n".join(line for line in (first, said, self.place, contact, self.status) if line) + "\n\n"


def by_name() -> Iterator[tuple[str, Person]]:
    """The same person under each name."""
    for group, name in NAMES:
        yield f"{group}: {name}", Person(name=name)


def by_trait() -> Iterator[tuple[str, Person]]:
    """The same person with other pronouns, places and statuses."""
    plain = Person()
    for field, key in (("pronouns", "pronouns"), ("place", "places"), ("status", "statuses")):
        for value in PEOPLE[key]:
            yield f"{field}: {value}", replace(plain, **{field: value})


def _education(lines: list[str]) -> list[int]:
    """The places of the lines in the education section."""
    inside = False
    found: list[int] = []
    for at, line in enumerate(lines):
        if _HEADING.match(line):
            inside = True
        elif inside and _OTHER.match(line) and not _YEAR.search(line) and not _SCHOOL.search(line):
            inside = False
        elif inside:
            found.append(at)
    return found


def with_schools(body: str) -> Iterator[tuple[str, str]]:
    """The resume with each school in the place of the schools of its education section."""
    yield from _changed(body, _SCHOOL, [(f"school: {name}", name) for name in PEOPLE["schools"]])


def with_years(body: str) -> Iterator[tuple[str, str]]:
    """The resume with each year in the place of the years of its education section."""
    yield from _changed(body, _YEAR, [(f"year: {year}", str(year)) for year in PEOPLE["years"]])


def _changed(body: str, pattern: re.Pattern[str], values: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    lines = body.split("\n")
    places = [at for at in _education(lines) if pattern.search(lines[at])]
    if not places:
        return
    for label, value in values:
        changed = list(lines)
        for at in places:
            changed[at] = pattern.sub(value, lines[at])
        yield label, "\n".join(changed)
