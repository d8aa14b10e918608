"""All data files of one language together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pcc_assess.knowledge.actions import Action
from pcc_assess.knowledge.advice import AdviceBook
from pcc_assess.knowledge.background import EducationLevel, EducationRule, JobFamily
from pcc_assess.knowledge.credentials import Credential
from pcc_assess.knowledge.fairness import _entries
from pcc_assess.knowledge.guide import GuideTopic
from pcc_assess.knowledge.policy import Policy
from pcc_assess.knowledge.quiz import QuizItems
from pcc_assess.knowledge.roles import Role, Setting
from pcc_assess.knowledge.skills import Skill, Tool
from pcc_assess.knowledge.tables import TableRules
from pcc_assess.knowledge.words import PostingRules, Words
from pcc_assess.texts import Texts


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """All data files together, their names and sentences in one language.

    ``version``: a hash of their English content, which every assessment carries; it is the same in every language.
    ``texts``: the messages of the program in that language. ``english``, ``people``: the files of English words and
    of names as they stand.
    """

    version: str
    skills: dict[str, Skill]
    tools: dict[str, Tool]
    credentials: dict[str, Credential]
    actions: dict[str, Action]
    families: dict[str, JobFamily]
    education: dict[EducationLevel, EducationRule]
    roles: dict[str, Role]
    settings: dict[str, Setting]
    guide: dict[str, GuideTopic]
    policy: Policy
    quiz: QuizItems
    postings: PostingRules
    tables: TableRules
    advice: AdviceBook
    words: Words
    english: bytes
    people: bytes
    texts: Texts

    @cached_property
    def rung_labels(self) -> dict[str, str]:
        """For each rung of the evidence ladder the words of a report."""
        return {rung.id: rung.label for rung in self.policy.rungs}

    @cached_property
    def dictionary(self) -> frozenset[str]:
        """English words in small letters: those of the file, one a line, without the lines that begin with #."""
        return frozenset(word for line in _entries(self.english) for word in line.split())

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of people and places that are no other word, in small letters."""
        return frozenset(line for line in _entries(self.people) if "*" not in line)

    @cached_property
    def given_words(self) -> frozenset[str]:
        """Ordinary words that are given names as well ("grace")."""
        return frozenset(line.rstrip(" *") for line in _entries(self.people) if "*" in line)

    @cached_property
    def next_actions(self) -> dict[tuple[str, float, float | None], Action | None]:
        """The action to take next for a skill, the level asked and the credit, as far as it was worked out already."""
        return {}

    @cached_property
    def actions_by_skill(self) -> dict[str, tuple[Action, ...]]:
        """For each skill the actions that lift it."""
        found: dict[str, list[Action]] = {}
        for action in self.actions.values():
            for skill in action.lifts:
                found.setdefault(skill, []).append(action)
        return {skill: tuple(actions) for skill, actions in found.items()}
