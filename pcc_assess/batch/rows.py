"""A row of a table as a profile: its free text is read like a resume, its ratings, certificates and years are taken as
they are stated.

A rating by a counselor counts in full. A rating by the person counts as in the quiz: 3 and 4 count as 2 until something
stands behind it, here what the row's own text shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Literal

from pcc_assess import assess
from pcc_assess.aim import Aim
from pcc_assess.batch.columns import BESIDE
from pcc_assess.errors import NothingToAssess, printable
from pcc_assess.knowledge import EDUCATION, EducationLevel, JobFamily
from pcc_assess.model import (
    CredentialFinding,
    Document,
    Education,
    Evidence,
    Experience,
    Job,
    Note,
    Profile,
    SkillFinding,
    Status,
)
from pcc_assess.quiz.result import Support, compare
from pcc_assess.tokens import fold_phrase

RatedBy = Literal["self", "counselor"]
SECTION = "table"
# The free text of a row under the headings of a resume, in the order of a resume.
_HEADINGS = (
    ("resume", ""),
    ("skills", "Skills"),
    ("jobs", "Work Experience"),
    ("experience", "Work Experience"),
    ("certificates", "Certifications"),
    ("education", "Education"),
    ("languages", "Languages"),
)
# What is said of every text that is short or without headings goes without saying of a cell.
_BRIEF = frozenset({"reading.short", "reading.no-headings"})
_SHOWN = 60  # characters of a cell in a message


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what its column means, the column's header, and what stands in it."""

    meaning: str
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one person, without empty ones. ``rated_by``: whose ratings they are."""

    cells: tuple[Cell, ...]
    rated_by: RatedBy

    def first(self, meaning: str) -> str:
        """The first text of one meaning, printable; empty where there is none."""
        return next((shown for cell in self.cells if cell.meaning == meaning and (shown := printable(cell.text))), "")


@dataclass(slots=True)
class _Reading:
    """A row while it is read. ``lines``: free text for each heading; ``notes``: what could not be used."""

    row: TableRow
    aim: Aim
    lines: dict[str, list[str]] = field(default_factory=dict)
    ratings: dict[str, tuple[int, Cell]] = field(default_factory=dict)
    credentials: list[CredentialFinding] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    school: tuple[EducationLevel, Cell] | None = None
    years: dict[str, float] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def read(self) -> None:
        knowledge = self.aim.knowledge
        for cell in self.row.cells:
            if cell.meaning in BESIDE:
                continue
            if cell.meaning in knowledge.skills:
                self.skill(cell)
            elif cell.meaning in knowledge.credentials:
                self.credential(cell)
            elif cell.meaning in ("years", "patient-years"):
                self.year(cell)
            elif cell.meaning == "education" and (level := self.aim.cells.school(cell.text)) is not None:
                self.school = self.school or (level, cell)
            else:
                self.lines.setdefault(cell.meaning, []).append(cell.text)

    def skill(self, cell: Cell) -> None:
        rating = self.aim.cells.rating(cell.text)
        if rating is not None:
            if rating.rounded:
                self.note("rounded", cell, level=rating.level)
            self.ratings.setdefault(cell.meaning, (rating.level, cell))
        elif len(fold_phrase(cell.text)) > 1 and not cell.text.strip()[0].isdecimal():
            self.lines.setdefault("experience", []).append(cell.text)
        else:
            self.note("no-rating", cell)

    def credential(self, cell: Cell) -> None:
        if cell.meaning in self.known:  # an earlier column has told
            return
        state = self.aim.cells.state(cell.text)
        name = self.aim.knowledge.credentials[cell.meaning].name
        if state == "none":
            self.without.append(cell.meaning)
        elif state is not None:
            said = _evidence(cell, state)
            self.credentials.append(CredentialFinding(id=cell.meaning, name=name, status=state, evidence=(said,)))
        elif any(sign.isdecimal() for sign in cell.text):  # a date, or a number of the certificate
            words = fold_phrase(cell.header)
            expiry = "expires " if any(word.startswith(("expir", "renew")) for word in words) else ""
            self.lines.setdefault("certificates", []).append(f"{name}, {expiry}{cell.text}")
        else:
            self.note("no-state", cell)

    def year(self, cell: Cell) -> None:
        years = self.aim.cells.years(cell.text)
        if years is None:
            self.note("no-years", cell)
        else:
            self.years.setdefault(cell.meaning, years)

    def note(self, kind: str, cell: Cell, **values: object) -> None:
        shown = {"column": _short(cell.header), "value": _short(cell.text)}
        self.notes.append(Note(f"tables.note.{kind}", {**shown, **values}))

    def text(self) -> str:
        """The free text of the row, laid out like a resume."""
        parts: list[str] = []
        last = None
        for meaning, heading in _HEADINGS:
            lines = self.lines.get(meaning)
            if lines and heading and heading != last:
                parts += ["", heading]
                last = heading
            parts += lines or []
        return "\n".join(parts).strip()

    def stated(self, found: Profile) -> Profile:
        """What the free text shows, together with what the other cells state."""
        return replace(
            found,
            skills={**found.skills, **dict(self.skills(found))},
            credentials=(*self.credentials, *(each for each in found.credentials if each.id not in self.known)),
            without=tuple(dict.fromkeys((*found.without, *self.without))),
            education=self.education(found.education),
            experience=self.experience(found.experience),
        )

    @property
    def known(self) -> set[str]:
        """The credentials that have a column of their own with a state."""
        return {each.id for each in self.credentials} | set(self.without)

    def skills(self, found: Profile) -> Iterator[tuple[str, SkillFinding]]:
        for skill, (rating, cell) in self.ratings.items():
            yield skill, self.rated(rating, cell, found.skills.get(skill))

    def rated(self, rating: int, cell: Cell, before: SkillFinding | None) -> SkillFinding:
        """A rating beside what the row's text shows of the skill; the text is never worth less for it."""
        shown = before.proficiency if before is not None else 0
        counselor = self.row.rated_by == "counselor"
        support = Support(shown=shown, example=counselor)
        verdict, counts = compare(rating, support, self.aim.knowledge.policy.quiz, doubted=False)
        said = _evidence(cell, "held" if rating else "denied")
        if before is not None and verdict == "under-sold" and counts:
            return replace(before, rating=rating, verdict=verdict, evidence=(*before.evidence, said))
        rung = "rated" if counselor else "answer"
        return SkillFinding(
            proficiency=counts,
            source="table",
            rung=rung if verdict == "confirmed" else verdict,
            shown=before.shown if before is not None else False,
            evidence=(said, *(before.evidence if before is not None and counts else ())),
            years=before.years if before is not None else None,
            last_used=before.last_used if before is not None else None,
            rating=rating,
            verdict=verdict,
        )

    def education(self, found: Education) -> Education:
        """The higher of the level that a cell names and the one that the text shows."""
        if self.school is None or EDUCATION.index(self.school[0]) < EDUCATION.index(found.highest):
            return found
        level, cell = self.school
        said = _evidence(cell, "held" if level != EDUCATION[0] else "denied")
        ahead = found.in_progress
        if ahead is not None and EDUCATION.index(ahead) <= EDUCATION.index(level):
            ahead = None
        return Education(highest=level, in_progress=ahead, evidence=(said, *found.evidence))

    def experience(self, found: Experience) -> Experience:
        """The years that cells state, where they are more than the dated jobs of the text."""
        for meaning, years in self.years.items():
            family = self.family(meaning, found)
            if family is None or not years:
                claimed = max(years, found.claimed_years or 0.0)
                found = replace(found, claimed_years=claimed) if years or not found.jobs else found
                continue
            job = Job(
                title=family.name,
                start=None,
                end=None,
                months=round(12 * years),
                relevance=family.relevance,
                family=family.id,
            )
            found = Experience(
                patient_years=max(found.patient_years, years * family.patient),
                service_years=max(found.service_years, years * family.service),
                field_years=max(found.field_years, round(years * family.relevance, 2)),
                claimed_years=found.claimed_years,
                jobs=(*found.jobs, job),
            )
        return found

    def family(self, meaning: str, found: Experience) -> JobFamily | None:
        """What kind of work years are of: the column's own, else the least relevant of the titles in the row."""
        families = self.aim.knowledge.families
        column = next(each for each in self.aim.knowledge.tables.fields if each.id == meaning)
        if column.family is not None:
            return families[column.family]
        titles = [self.aim.cells.family(text) for text in self.lines.get("jobs", ())]
        held = [families[name] for name in (*titles, *(job.family for job in found.jobs)) if name in families]
        return min(held, key=lambda family: family.relevance, default=None)


def document_of_row(source: str, row: TableRow, aim: Aim) -> Document:
    """One row as a document that states a profile; the name and id are carried along and count for nothing.

    Raises:
        NothingToAssess: no cell says what the person brings.
    """
    row = replace(row, cells=tuple(cell for cell in row.cells if not aim.cells.is_blank(cell.text)))
    reading = _Reading(row, aim)
    reading.read()
    text = reading.text()
    stated = reading.ratings or reading.credentials or reading.without or reading.school or reading.years
    if not text and not stated:
        raise _nothing(reading, source)
    if reading.ratings:
        reading.notes.append(Note(f"tables.note.by.{row.rated_by}"))
    document = Document(source=source, format="table", digest=digest_of(row), text=text, notes=tuple(reading.notes))
    found, doubts = assess.found_in(document, aim) if text else (Profile(), ())
    name = row.first("name") or f"{row.first('first-name')} {row.first('last-name')}".strip()
    notes = (*(doubt for doubt in doubts if doubt.key not in _BRIEF), *document.notes)
    profile = reading.stated(found)
    return replace(document, profile=profile, notes=notes, name=name or None, given_id=row.first("id") or None)


def _nothing(reading: _Reading, source: str) -> NothingToAssess:
    """The refusal of a row that says nothing, with what could not be used of it."""
    message = "the row says nothing of skills, school or work"
    if reading.notes:
        first = reading.notes[0]
        message += f" ({reading.aim.knowledge.texts.say(first.key, **first.values)})"
    hint = "fill in a skill, a certificate, school, years or a text"
    return NothingToAssess(message, where=printable(source), hint=hint)


def digest_of(row: TableRow) -> str:
    """SHA-256 of all cells, in hexadecimal."""
    cells = [[cell.meaning, cell.header, cell.text] for cell in row.cells]
    return sha256(json.dumps(cells, ensure_ascii=True).encode()).hexdigest()


def _evidence(cell: Cell, status: Status) -> Evidence:
    """A cell as evidence; it stands in no text."""
    return Evidence(
        quote=printable(f"{cell.header}: {cell.text}"),
        start=0,
        end=0,
        page=None,
        section=SECTION,
        status=status,
        method="answer",
        similarity=100.0,
        surface_form=printable(cell.header),
    )


def _short(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 4]} ..."
