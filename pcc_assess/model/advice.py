"""What is told beside a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pcc_assess.knowledge import EmployerQuestion, Organization
from pcc_assess.model.assessment import GateResult
from pcc_assess.model.profile import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """A requirement that earns points, with the person's own line where there is one."""

    requirement: str
    name: str
    quote: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the person stands before the plan."""

    name: str | None
    band: str
    gates: tuple[GateResult, ...]
    open_questions: int
    strengths: tuple[Strength, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One of the first seven days. ``minutes`` 0 is rest; ``action``: the action of the plan that it begins."""

    n: int
    date: str
    id: str
    minutes: int
    title: str
    how: str
    action: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeTip:
    """What the resume should say better about ``requirement``.

    ``number``: shown in a job, and without a number. ``listed``: named in a list, and shown nowhere. ``claimed``: named
    under a job, without what was done. ``dates``: shown in a job without dates. ``unwritten``: told in the quiz, and
    not in a resume. ``quote``: the person's own words, where there are some; ``line``: what to write, with
    ``[brackets]`` where only the person knows.
    """

    kind: Literal["number", "listed", "claimed", "dates", "unwritten"]
    requirement: str
    name: str
    quote: Evidence | None
    why: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What earlier work (a job family) brings: the requirements that it helps, by ids and names, and how to tell it."""

    source: str
    job: str
    helps: tuple[str, ...]
    names: tuple[str, ...]
    quote: Evidence
    bridge: str
    frame: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """A part of an answer in an interview: the person's own words in ``text``, empty where they must be found yet."""

    part: Literal["situation", "task", "action", "result"]
    prompt: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A question to practice for an interview. ``closes``: the requirements with a gap that it is about."""

    id: str
    theme: str
    question: str
    why: str
    closes: tuple[str, ...]
    parts: tuple[AnswerPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a person is told beside the steps of a plan; all quotes are the person's own."""

    standing: Standing
    days: tuple[Day, ...]
    resume: tuple[ResumeTip, ...]
    stories: tuple[Story, ...]
    interview: tuple[Practice, ...]
    questions: tuple[EmployerQuestion, ...]
    organizations: tuple[Organization, ...]
