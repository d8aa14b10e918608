"""What is told beside a plan: lines for the resume, stories, days, questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pcc_assess.knowledge.roles import LevelId


@dataclass(frozen=True, kw_only=True)
class ResumeLine:
    """How the skill ``id`` is said well in a resume; what only the person knows stands in ``[brackets]``.

    ``amount``: the number that a line about it should hold. ``frame``: a whole line for who has none yet; it goes into
    the resume and stays English in every language, only its brackets are translated.
    """

    id: str
    amount: str
    frame: str


@dataclass(frozen=True, kw_only=True)
class WorkStory:
    """What work of the job family ``id`` has in common with this one, and a sentence to tell it with."""

    id: str
    bridge: str
    frame: str


@dataclass(frozen=True, kw_only=True)
class DayTask:
    """Something small for one of the first seven days; ``minutes`` 0 is a day of rest.

    ``when``: what must be there for it; ``action``: or the action of the plan that it begins. ``day``: where it stands;
    the others fill the days that are left, in the order of the file. ``title`` and ``how`` may hold ``{names}``,
    ``{line}`` (a line of the resume, built on) and ``{how}`` (of the first step).
    """

    id: str
    title: str
    how: str
    minutes: int
    when: Literal["always", "strength", "no-strength", "gate", "open", "number", "listed", "story", "step"] = "always"
    action: str | None = None
    day: int | None = None


@dataclass(frozen=True, kw_only=True)
class InterviewTheme:
    """A question that interviews for this work ask, with a prompt for each part of the answer.

    ``skills``: whose lines may answer it, the nearest first. ``levels``: where it is asked, all where empty.
    """

    id: str
    theme: str
    question: str
    why: str
    skills: tuple[str, ...]
    situation: str
    task: str
    action: str
    result: str
    source: str
    levels: tuple[LevelId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EmployerQuestion:
    """A question for an employer, and what a good and a worrying answer sound like."""

    id: str
    question: str
    why: str
    good: str
    worrying: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Organization:
    """A group that helps people into this work or up in it. ``check``: what to look up first."""

    id: str
    name: str
    offers: str
    check: str
    source: str
    as_of: str


@dataclass(frozen=True, kw_only=True)
class AdviceBook:
    """The files of ``advice/``: what a person is told beside the steps of a plan."""

    lines: dict[str, ResumeLine] = field(default_factory=dict)
    stories: dict[str, WorkStory] = field(default_factory=dict)
    days: dict[str, DayTask] = field(default_factory=dict)
    interview: dict[str, InterviewTheme] = field(default_factory=dict)
    questions: dict[str, EmployerQuestion] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
