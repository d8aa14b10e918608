"""The person's own lines: where each stands, which job it belongs to, and whether it holds a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pcc_assess.knowledge import Knowledge
from pcc_assess.model import Assessment, Evidence, Job, Result, SkillFinding
from pcc_assess.tokens import fold_phrase

_OF_WORK = frozenset({"experience", "volunteer", "military"})
# A story begins with a sentence; two or three words are an item of a list.
_SENTENCE = 4
# Four figures that may be a year are no number of anything done.
_YEARS = (1900, 2099)


@dataclass(frozen=True)
class OwnWords:
    """An assessment with what advice asks of it."""

    assessment: Assessment
    knowledge: Knowledge

    @cached_property
    def _skills(self) -> dict[str, str]:
        """For each requirement its skill; one of a role file of one's own is known by its id alone."""
        role = self.knowledge.roles.get(self.assessment.role.id)
        named = {item.id: item.skill for item in role.requirements if item.skill} if role else {}
        asked = [item.id for item in self.assessment.requirements]
        found = {name: named.get(name, name) for name in asked}
        return {name: skill for name, skill in found.items() if skill in self.knowledge.skills}

    @cached_property
    def results(self) -> dict[str, Result]:
        """For each skill that is asked its requirement, the weightiest first."""
        ordered = sorted(self.assessment.requirements, key=lambda item: (-item.weight, item.id))
        return {self._skills[item.id]: item for item in ordered if item.id in self._skills}

    def open_questions(self) -> list[Result]:
        """What only the person can answer, the weightiest first."""
        waiting = [item for item in self.assessment.requirements if item.confirm or item.status == "not-assessed"]
        return sorted(waiting, key=lambda item: (-item.points_open, item.id))

    def finding(self, skill: str) -> SkillFinding | None:
        return self.assessment.profile.skills.get(skill)

    def said(self, skill: str) -> Iterator[Evidence]:
        """The held lines behind a skill that the person wrote, headings of jobs left out; a ticked answer is a sentence
        of ours.
        """
        finding = self.finding(skill)
        for item in finding.evidence if finding else ():
            theirs = item.method != "answer" or (finding is not None and finding.rung == "example")
            if item.status == "held" and theirs and item.quote.strip() and not self._heads_a_job(item):
                yield item

    def of_work(self, skill: str) -> Iterator[Evidence]:
        """Those lines that are about something done in a job, or told as an example."""
        return filter(self.is_of_work, self.said(skill))

    def is_of_work(self, line: Evidence) -> bool:
        """Whether a line tells of work, and is not the heading of a job."""
        return line.method == "answer" or (line.section in _OF_WORK and not self._heads_a_job(line))

    def _heads_a_job(self, line: Evidence) -> bool:
        job = self.job_of(line)
        return job is not None and job.place is not None and line.start < job.place[1]

    def sentences(self, skill: str) -> list[Evidence]:
        """Those lines of work that are long enough to begin a story with."""
        return [item for item in self.of_work(skill) if len(fold_phrase(item.quote)) >= _SENTENCE]

    def quote(self, result: Result) -> Evidence | None:
        """The person's own line behind a requirement."""
        skill = self._skills.get(result.id)
        if skill is not None:
            return next(iter((*self.of_work(skill), *self.said(skill))), None)
        return next((item for item in result.evidence if item.status == "held" and item.method != "answer"), None)

    def is_shown(self, result: Result) -> bool:
        """Whether a line about work stands behind a requirement."""
        skill = self._skills.get(result.id)
        return skill is not None and any(True for _ in self.of_work(skill))

    def job_of(self, line: Evidence) -> Job | None:
        """The job among whose lines a line stands."""
        if line.method == "answer":
            return None
        jobs = self.assessment.profile.experience.jobs
        return next((job for job in jobs if job.place and job.place[0] <= line.start < job.place[2]), None)

    def has_number(self, line: Evidence) -> bool:
        """Whether a line counts something, in figures or in words."""
        words = fold_phrase(line.quote)
        counted = [word for word in words if any(mark.isdigit() for mark in word)]
        if any(not (word.isdecimal() and _YEARS[0] <= int(word) <= _YEARS[1]) for word in counted):
            return True
        return not set(words).isdisjoint(self.knowledge.words.groups["number-words"])


def one_line(line: Evidence) -> str:
    """The words of a line as a sentence is built on them: on one line, without the mark at its end."""
    return " ".join(line.quote.split()).rstrip(" .;,")
