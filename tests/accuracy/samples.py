"""Our own labelled resumes: read from ``cases``, assessed in their formats, and compared with their labels.

A label names the skills that a careful reader finds (``skills``), those that two readers could differ on
(``doubtful``, which count for nothing either way), and those that the case sets a trap for (``absent``). A skill that
is in none of the three is not shown, and finding it is an error like any other.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import documents

from pcc_assess.aim import DEFAULT_ROLE, Aim, make_aim
from pcc_assess.assess import assess_bytes
from pcc_assess.catalog import parse_yaml
from pcc_assess.model import Profile

CASES = Path(__file__).resolve().parent / "cases"
AS_OF = date(2026, 1, 1)
YEARS_TOLERANCE = 0.2
GROUPS = {
    "career-changer": (
        "hotel", "retail", "restaurant", "call-center", "caregiving", "military", "teaching", "volunteering",
        "veterinary", "salon",
    ),
    "trap": ("negation", "wish", "other-person", "employer-names", "expired", "ambiguous-abbreviations", "typos"),
    "layout": (
        "headings-missing", "dates-left", "dates-right", "dates-above", "dates-below", "two-line-headers", "lists",
    ),
    "level": ("junior", "coordinator", "senior", "lead", "manager"),
    "far-away": ("chef", "engineer", "accountant", "journalist"),
}  # fmt: skip
FORMATS = ("txt", "md", "html", "rtf", "docx", "odt", "pdf", "json-resume")
KINDS = {
    "technical": "technical", "duty": "technical", "soft": "soft", "leadership": "leadership", "language": "language",
}  # fmt: skip
_KEYS = frozenset({"id", "group", "format", "text", "expect"})
_EXPECTED = frozenset(
    {"skills", "doubtful", "absent", "credentials", "education", "education_in_progress", "patient_years", "transfers"}
)


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled resume. Labels that are None are not compared."""

    id: str
    group: str
    format: str
    text: str
    skills: frozenset[str]
    doubtful: frozenset[str]
    absent: frozenset[str]
    credentials: dict[str, str]
    education: str | None
    education_in_progress: str | None
    patient_years: float | None
    transfers: frozenset[str]


@dataclass(slots=True)
class Tally:
    """Findings that are right (``tp``), that should not be (``fp``), and that are missing (``fn``)."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Share:
    """How many of ``all`` are ``right``."""

    right: int = 0
    all: int = 0

    def add(self, *, right: bool) -> None:
        self.right += right
        self.all += 1

    @property
    def value(self) -> float:
        return self.right / self.all if self.all else 1.0


@dataclass(slots=True)
class Figures:
    """What was measured; ``errors`` names every disagreement with its case."""

    cases: int = 0
    skills: dict[str, Tally] = field(default_factory=dict)
    kinds: dict[str, Tally] = field(default_factory=dict)
    formats: dict[str, Tally] = field(default_factory=dict)
    groups: dict[str, Tally] = field(default_factory=dict)
    credentials: Tally = field(default_factory=Tally)
    status: Share = field(default_factory=Share)
    education: Share = field(default_factory=Share)
    in_progress: Share = field(default_factory=Share)
    years: Share = field(default_factory=Share)
    transfers: Share = field(default_factory=Share)
    far_away: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def load_cases(folder: Path = CASES) -> list[Case]:
    """All cases, in the order of their files.

    Raises:
        ValueError: a case has an unknown key, or an id that another case has.
    """
    cases = [
        _case(entry, path.name)
        for path in sorted(folder.glob("*.yaml"))
        for entry in _list(parse_yaml(path.read_text(encoding="utf-8"), path.name))
    ]
    twice = [name for name, count in Counter(case.id for case in cases).items() if count > 1]
    if twice:
        raise ValueError(f"ids that are not unique: {twice}")
    return cases


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a file of cases is a list")
    return value


def _case(entry: dict[str, Any], source: str) -> Case:
    expect = entry["expect"]
    unknown = (entry.keys() ^ _KEYS) | (expect.keys() - _EXPECTED)
    if unknown:
        raise ValueError(f"{source}: {entry.get('id')}: missing or unknown: {sorted(unknown)}")
    years = expect.get("patient_years")
    return Case(
        id=entry["id"],
        group=entry["group"],
        format=entry["format"],
        text=entry["text"],
        skills=frozenset(expect.get("skills", ())),
        doubtful=frozenset(expect.get("doubtful", ())),
        absent=frozenset(expect.get("absent", ())),
        credentials=dict(expect.get("credentials", {})),
        education=expect.get("education"),
        education_in_progress=expect.get("education_in_progress"),
        patient_years=None if years is None else float(years),
        transfers=frozenset(expect.get("transfers", ())),
    )


def built(case: Case) -> tuple[bytes, str]:
    """The case as the bytes of a file of its format, and a name for that file."""
    lines = case.text.splitlines()
    match case.format:
        case "txt" | "md":
            return case.text.encode(), f"{case.id}.{case.format}"
        case "html":
            return documents.html_lines(lines), f"{case.id}.html"
        case "rtf":
            return documents.rtf_lines(lines), f"{case.id}.rtf"
        case "docx":
            return documents.docx_lines(lines), f"{case.id}.docx"
        case "odt":
            return documents.odt_lines(lines), f"{case.id}.odt"
        case "pdf":
            return documents.pdf_lines(lines), f"{case.id}.pdf"
        case "json-resume":
            return json.dumps(json_resume(lines)).encode(), f"{case.id}.json"
    raise ValueError(f"{case.id}: there is no format {case.format!r}")


_ENTRIES = {
    "Work": ("work", ("position", "name", "startDate", "endDate")),
    "Volunteer": ("volunteer", ("position", "organization", "startDate", "endDate")),
    "Education": ("education", ("studyType", "area", "institution", "endDate")),
    "Certificates": ("certificates", ("name", "issuer", "date")),
}


def json_resume(lines: Iterable[str]) -> dict[str, Any]:
    """A JSON Resume from lines.

    ``Name:`` and ``Label:`` come first. Under ``Summary`` stands prose, under ``Skills`` lines of ``name: word, word``,
    and under the other headings entries whose fields are parted by ``|``, each with its lines that begin with ``-``.
    """
    resume: dict[str, Any] = {"basics": {"name": "", "label": "", "summary": ""}}
    heading = ""
    for line in (line.strip() for line in lines):
        if line in ("Summary", "Skills", *_ENTRIES):
            heading = line
        elif heading in _ENTRIES and line:
            key, names = _ENTRIES[heading]
            entries = resume.setdefault(key, [])
            if line.startswith("- "):
                entries[-1].setdefault("highlights", []).append(line[2:])
            else:
                fields = (part.strip() for part in line.split("|"))
                entries.append({name: value for name, value in zip(names, fields, strict=False) if value})
        elif heading == "Skills" and line:
            name, _, words = line.partition(": ")
            resume.setdefault("skills", []).append({"name": name, "keywords": [w.strip() for w in words.split(",")]})
        elif heading == "Summary" and line:
            resume["basics"]["summary"] = f"{resume['basics']['summary']} {line}".strip()
        elif line:
            name, _, value = line.partition(": ")
            resume["basics"][name.lower()] = value
    return resume


def profile_of(case: Case, aim: Aim) -> Profile:
    """What the program finds in the case."""
    data, source = built(case)
    return assess_bytes(data, source, aim).profile


def measure(cases: Iterable[Case], aim: Aim | None = None) -> Figures:
    """All cases assessed and compared with their labels."""
    chosen = aim or make_aim(DEFAULT_ROLE, "coordinator", AS_OF)
    figures = Figures()
    for case in cases:
        figures.cases += 1
        profile = profile_of(case, chosen)
        _compare_skills(case, profile, chosen, figures)
        _compare_credentials(case, profile, figures)
        _compare_rest(case, profile, figures)
    return figures


def _compare_skills(case: Case, profile: Profile, aim: Aim, figures: Figures) -> None:
    found = {name for name, finding in profile.skills.items() if finding.proficiency >= 1}
    # what follows from a certificate is not said by the text, so that it is held against nothing but a trap
    derived = {name for name, finding in profile.skills.items() if finding.rung == "credential"} - case.absent
    judged = (found | case.skills) - case.doubtful - (derived - case.skills)
    for name in sorted(judged):
        kind = aim.knowledge.skills[name].kind
        for tally in (
            figures.skills.setdefault(name, Tally()),
            figures.kinds.setdefault(KINDS[kind], Tally()),
            figures.formats.setdefault(case.format, Tally()),
            figures.groups.setdefault(case.group, Tally()),
        ):
            _count(tally, found=name in found, wanted=name in case.skills)
        if name in found and name not in case.skills:
            figures.errors.append(f"{case.id}: {name} is found but not shown: {_quotes(profile.skills[name].evidence)}")
            if case.group.startswith("far-away/") and KINDS[kind] == "technical":
                figures.far_away.append(f"{case.id}: {name}")
        elif name not in found:
            figures.errors.append(f"{case.id}: {name} is shown but not found")


def _compare_credentials(case: Case, profile: Profile, figures: Figures) -> None:
    found = {finding.id: finding for finding in profile.credentials}
    for name in sorted(found.keys() | case.credentials.keys()):
        _count(figures.credentials, found=name in found, wanted=name in case.credentials)
        if name not in case.credentials:
            figures.errors.append(f"{case.id}: credential {name} is found but not there")
        elif name not in found:
            figures.errors.append(f"{case.id}: credential {name} is there but not found")
        else:
            right = found[name].status == case.credentials[name]
            figures.status.add(right=right)
            if not right:
                figures.errors.append(
                    f"{case.id}: credential {name} is {case.credentials[name]}, found as {found[name].status}"
                )


def _compare_rest(case: Case, profile: Profile, figures: Figures) -> None:
    if case.education is not None:
        education = profile.education
        for share, label, wanted, got in (
            (figures.education, "education", case.education, education.highest),
            (figures.in_progress, "education in progress", case.education_in_progress, education.in_progress),
        ):
            share.add(right=wanted == got)
            if wanted != got:
                figures.errors.append(f"{case.id}: {label} is {wanted}, found as {got}")
    if case.patient_years is not None:
        years = profile.experience.patient_years
        right = abs(years - case.patient_years) <= YEARS_TOLERANCE + 1e-9
        figures.years.add(right=right)
        if not right:
            figures.errors.append(f"{case.id}: patient years are {case.patient_years:g}, found as {years:g}")
    brought = {finding.skill for finding in profile.transfers}
    for name in sorted(case.transfers):
        figures.transfers.add(right=name in brought)
        if name not in brought:
            figures.errors.append(f"{case.id}: {name} carries over but is not named as such")


def _count(tally: Tally, *, found: bool, wanted: bool) -> None:
    tally.tp += found and wanted
    tally.fp += found and not wanted
    tally.fn += wanted and not found


def _quotes(evidence: Iterable[Any]) -> str:
    return "; ".join(repr(item.quote[:80]) for item in list(evidence)[:2])


def gaps(cases: Iterable[Case], aim: Aim) -> Iterator[str]:
    """What the cases leave out, or name and should not."""
    cases = list(cases)
    shown = Counter(name for case in cases for name in case.skills)
    skills, credentials = aim.knowledge.skills, aim.knowledge.credentials
    yield from (f"skill {name} is shown {shown[name]} times" for name in sorted(skills) if shown[name] < 2)
    certified = {name for case in cases for name in case.credentials}
    yield from (f"credential {name} is in no case" for name in sorted(credentials.keys() - certified))
    groups = {f"{group}/{part}" for group, parts in GROUPS.items() for part in parts}
    yield from (f"group {name} has no case" for name in sorted(groups - {case.group for case in cases}))
    yield from (f"format {name} has no case" for name in sorted(set(FORMATS) - {case.format for case in cases}))
    for case in cases:
        named = case.skills | case.doubtful | case.absent | case.transfers
        unknown = (named - skills.keys()) | (certified & case.credentials.keys()) - credentials.keys()
        yield from (f"{case.id}: unknown id {name}" for name in sorted(unknown))
        overlap = (case.skills & case.doubtful) | ((case.skills | case.doubtful) & case.absent)
        yield from (f"{case.id}: {name} has two labels" for name in sorted(overlap))
        if case.group not in groups:
            yield f"{case.id}: unknown group {case.group}"
