"""Questions of the quiz, and how answers are weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Check:
    """A short question of the quiz with one right answer.

    ``skill``: what it checks. ``level``: the highest rating of oneself that a wrong answer leaves standing. ``right``:
    the place of the right option, counted from 1. ``why``: the reason, shown at the end.
    """

    id: str
    skill: str
    level: int
    question: str
    options: tuple[str, ...]
    right: int
    why: str
    source: str


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """Something that does not exist: who rates it high tends to rate high. The person is told before and after."""

    id: str
    name: str
    question: str
    why: str


@dataclass(frozen=True, kw_only=True)
class QuizForm:
    """How much a form of the quiz asks.

    ``ratings``: skills asked one by one, the weightiest first; the others are asked in lists of at most
    ``list_length``. ``lists``: whether those lists are asked at all. ``checks``, ``made_up``: how many. ``facts``: what
    else is asked.
    """

    ratings: int
    lists: bool
    list_length: int
    checks: int
    made_up: int
    facts: tuple[Literal["education", "work", "languages", "credentials"], ...]


@dataclass(frozen=True, kw_only=True)
class QuizRules:
    """How much the quiz asks, and how its answers are weighed.

    ``seconds``: what a question of a kind takes, for the time left. ``work``: the job families asked for.
    ``languages``: ids of languages asked for. ``listed_level``: the proficiency that a tick in a list stands for.
    ``example_from``: the lowest rating that asks for an example. ``unproven_level``: what a rating counts as without
    one. ``made_up_from``: the lowest rating of something that does not exist that puts the others in doubt.
    ``straight_least``, ``straight_share``: so many equal ratings, and their share of all, are remarked on.
    """

    seconds: dict[str, int]
    forms: dict[str, QuizForm]
    work: tuple[str, ...]
    languages: tuple[str, ...]
    listed_level: int
    example_from: int
    unproven_level: int
    made_up_from: int
    straight_least: int
    straight_share: float


@dataclass(frozen=True, kw_only=True)
class QuizItems:
    """The questions of the quiz that are about none of the person's own work."""

    version: int
    checks: tuple[Check, ...]
    made_up: tuple[MadeUp, ...]
