"""What candidates are compared with: a role at a level, at a kind of employer, as of a date; and the questions of the
quiz for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from pcc_assess import catalog
from pcc_assess.employers import at_employer
from pcc_assess.errors import DataError, UsageError, printable
from pcc_assess.knowledge import LEVELS, Knowledge, LevelId, Role, Setting
from pcc_assess.limits import STANDARD, Limits

if TYPE_CHECKING:
    from pcc_assess.extract import LineWords
    from pcc_assess.match import Matcher
    from pcc_assess.match.cells import CellReader
    from pcc_assess.model import Profile
    from pcc_assess.quiz.questions import Form
    from pcc_assess.redaction import Rules

DEFAULT_ROLE = "patient-care-coordinator"
DEFAULT_LEVEL: LevelId = "coordinator"


@dataclass(frozen=True)
class Aim:
    """What candidates are compared with: a role at a level, as of a date; and how much a candidate's file may hold.

    ``setting``: the kind of employer that the role is adapted to, where one was asked for.
    Made once, used for any number of candidates. What reading a text needs is compiled when the first one comes: the
    quiz alone has no use for it.
    """

    role: Role
    level: LevelId
    as_of: date
    knowledge: Knowledge
    setting: Setting | None = None
    limits: Limits = STANDARD

    @cached_property
    def matcher(self) -> Matcher:
        """Finds what a text shows."""
        from pcc_assess.match import compile_matcher

        return compile_matcher(self.knowledge)

    @cached_property
    def cells(self) -> CellReader:
        """Understands what stands in a cell of a table."""
        from pcc_assess.match.cells import CellReader

        return CellReader(self.knowledge, catalog.load_all())

    @cached_property
    def headings(self) -> LineWords:
        """The headings of the sections of a resume, and what opens a line that is nobody's business."""
        from pcc_assess.extract import line_words

        return line_words(self.knowledge.words.sections)

    @cached_property
    def posting_headings(self) -> LineWords:
        """The headings of a job posting."""
        from pcc_assess.extract import LineWords, heading_index

        return LineWords(heading_index(self.knowledge.postings.sections), letterhead=False)

    @cached_property
    def blind_rules(self) -> Rules:
        """What is taken out of the texts of candidates where they are to be judged blind."""
        from pcc_assess.redaction import Rules

        knowledge = self.knowledge
        known = self.matcher.lexicon.known
        return Rules(catalog.load_blinding(), knowledge.names, knowledge.given_words, known, knowledge.texts)

    @property
    def newest(self) -> int:
        """The month of the as-of date, counted from year 0."""
        return 12 * self.as_of.year + self.as_of.month - 1


def make_aim(
    role: str,
    level: LevelId | None,
    as_of: date,
    language: str = "en",
    *,
    setting: str | None = None,
    limits: Limits = STANDARD,
) -> Aim:
    """Loads and compiles what is needed to assess candidates.

    Args:
        role: the id of a role that ships with the program, or the path of a role file.
        level: the rung of the career ladder; None takes `coordinator`, or the first of a role without it.
        as_of: the day that the assessment is for.
        language: the language of names and sentences.
        setting: the id of a kind of employer that changes what the role asks.
        limits: how much a candidate's file, or a role file, may hold.

    Raises:
        UsageError: there is no such language, role or setting, or the role has no such level.
        DataError: a data file is invalid.
    """
    knowledge = catalog.load(language=language)
    chosen = _role(role, knowledge, limits)
    rung = level or (DEFAULT_LEVEL if DEFAULT_LEVEL in chosen.ranks else next(iter(chosen.ranks)))
    if rung not in chosen.ranks:
        raise UsageError(f"the role {chosen.id} has no level {level!r}", hint=f"its levels: {', '.join(chosen.ranks)}")
    employer = _setting(setting, knowledge)
    return Aim(at_employer(chosen, employer) if employer else chosen, rung, as_of, knowledge, employer, limits)


def other_aim(aim: Aim, role: Role, level: LevelId) -> Aim:
    """Another role or level for the same day, knowledge and kind of employer; ``role`` is as its file says."""
    return replace(aim, role=at_employer(role, aim.setting) if aim.setting else role, level=level)


def fitting_level(role: Role, level: LevelId) -> LevelId:
    """``level``, or what comes nearest in a role without it: the next one below, else the lowest."""
    below = [name for name in LEVELS[: LEVELS.index(level) + 1] if name in role.ranks]
    return below[-1] if below else next(name for name in LEVELS if name in role.ranks)


def _role(role: str, knowledge: Knowledge, limits: Limits) -> Role:
    """A role by its id, or from its file."""
    if role in knowledge.roles:
        return knowledge.roles[role]
    if role.endswith((".yaml", ".yml")) or "/" in role:
        chosen = catalog.load_role(role, limits)
        faults = catalog.check_role(chosen, knowledge)
        if faults:
            raise DataError("the role file does not fit the data", where=role, problems=faults)
        return chosen
    known = ", ".join(sorted(knowledge.roles))
    raise UsageError(f"there is no role {role!r}", hint=f"known roles: {known}; or give the path of a role file")


def _setting(name: str | None, knowledge: Knowledge) -> Setting | None:
    if name is None or name in knowledge.settings:
        return knowledge.settings[name] if name is not None else None
    known = ", ".join(sorted(knowledge.settings))
    raise UsageError(f"there is no setting {printable(name)!r}", hint=f"choose one of: {known}")


def quiz_form(aim: Aim, name: str = "full", found: Profile | None = None, level: LevelId | None = None) -> Form:
    """The questions of the quiz for an aim; ``found`` is what a resume shows already."""
    from pcc_assess.quiz.questions import make_form
    from pcc_assess.weights import weights

    chosen = level or aim.level
    shares = weights(aim.role, chosen, aim.knowledge.policy)
    made = make_form(aim.role, chosen, aim.knowledge, name=name, shares=shares, found=found)
    return replace(made, setting=aim.setting.id) if aim.setting else made
