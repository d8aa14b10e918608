"""A job posting beside a role: the posting as a role of its own, and how it asks otherwise than the role in general."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Literal, get_args

from pcc_assess.errors import UsageError, printable
from pcc_assess.knowledge import (
    EDUCATION,
    Ask,
    EducationLevel,
    Gate,
    Importance,
    Knowledge,
    LevelId,
    Rank,
    Requirement,
    Role,
    SkillKind,
)
from pcc_assess.model import Asked, Difference, DifferenceKind, Posting
from pcc_assess.tokens import fold_phrase
from pcc_assess.weights import HUNDRED, apportion

_STRENGTH: dict[Importance, int] = {"helpful": 0, "important": 1, "essential": 2}
_CATEGORY: dict[SkillKind, str] = {
    "technical": "technical",
    "duty": "technical",
    "language": "technical",
    "soft": "soft",
    "leadership": "leadership",
}
# How the id of a role begins that was made of a posting.
POSTED = "posting"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KINDS: tuple[DifferenceKind, ...] = get_args(DifferenceKind)


def role_of(posting: Posting, base: Role, level: LevelId, knowledge: Knowledge) -> Role:
    """The posting as a role with one level.

    What the base role knows too keeps its id, name and amount, unless the posting states an amount; what stands among
    the duties only keeps its importance too. The share of a category is that of its requirements' importance: in a
    posting each line weighs by itself.

    Args:
        posting: what was read.
        base: the role that it is compared with.
        level: the level at which both are looked at.
        knowledge: the data files.
    """
    requirements = tuple(_Drafter(posting, base, level, knowledge).requirements())
    points: dict[str, Fraction] = {}
    for item in requirements:
        weight = Fraction(knowledge.policy.weights[item.levels[level].importance])
        points[item.category] = points.get(item.category, Fraction(0)) + weight
    shares = {name: part / 100 for name, part in apportion(points, HUNDRED).items()}
    rank = base.ranks[level]
    gates = tuple(gate for gate in base.gates if level in gate.levels and _gate_asked(gate, posting))
    return Role(
        id=_role_id(posting.title),
        title=posting.title,
        version=1,
        summary=knowledge.texts.say("posting.summary", title=posting.title),
        categories=shares,
        ranks={level: Rank(title=posting.title, years=rank.years, autonomy=rank.autonomy, duties=(), focus=())},
        gates=tuple(
            Gate(id=gate.id, name=gate.name, education=gate.education, levels=(level,), next_step=gate.next_step)
            for gate in gates
        ),
        requirements=requirements,
        sources={"posting": posting.source},
    )


def started(base: Role, role_id: str, title: str) -> Role:
    """A new role with the levels and requirements of another one, under a title of its own.

    Raises:
        UsageError: the id is no id.
    """
    if not _ID.fullmatch(role_id):
        hint = "small letters, figures and single hyphens, such as dental-front-desk"
        raise UsageError(f"{printable(role_id)[:60]!r} cannot be the id of a role", hint=hint)
    ranks = {level: replace(rank, title=rank.title.replace(base.title, title)) for level, rank in base.ranks.items()}
    return replace(base, id=role_id, title=title, version=1, ranks=ranks)


def _role_id(title: str) -> str:
    """An id from the words of a title."""
    plain = (word for word in fold_phrase(title) if word.isascii())
    return "-".join([POSTED, *plain])


def _gate_asked(gate: Gate, posting: Posting) -> bool:
    """Whether the posting requires the school of a gate, or more."""
    reach = EDUCATION.index(gate.education)
    return any(
        item.kind == "education" and item.importance == "essential" and EDUCATION.index(_school(item)) >= reach
        for item in posting.asked
    )


def _school(item: Asked) -> EducationLevel:
    return next(level for level in EDUCATION if level == item.ids[0])


class _Drafter:
    def __init__(self, posting: Posting, base: Role, level: LevelId, knowledge: Knowledge) -> None:
        self.posting = posting
        self.base = base
        self.level = level
        self.knowledge = knowledge

    def requirements(self) -> Iterator[Requirement]:
        """One requirement for each thing asked, in the posting's order; what it names twice counts as its strongest."""
        groups: dict[tuple[str, tuple[str, ...]], list[Asked]] = {}
        for item in self.posting.asked:
            if item.kind == "education":
                continue
            groups.setdefault((item.kind, item.ids), []).append(item)
        taken: set[str] = set()
        for (kind, ids), group in groups.items():
            best = max(group, key=lambda item: (item.stated, _STRENGTH[item.importance]))
            amounts = [item.amount for item in group if item.amount is not None]
            make = {"skill": self._skill, "credential": self._credential, "years": self._years}[kind]
            made = make(ids, best, max(amounts, default=None))
            if made.id not in taken:
                taken.add(made.id)
                yield made
        school = self._education()
        if school is not None:
            yield school

    def _why(self, item: Asked) -> str:
        return self.knowledge.texts.say("posting.why", quote=" ".join(item.quote.split()))

    def _base(self, **field: str) -> Requirement | None:
        ((name, value),) = field.items()
        return next((item for item in self.base.requirements if getattr(item, name) == value), None)

    def _skill(self, ids: tuple[str, ...], best: Asked, amount: float | None) -> Requirement:
        skill = self.knowledge.skills[ids[0]]
        known = self._base(skill=skill.id)
        usual = known.levels.get(self.level) if known else None
        fallback = usual.required if usual else self.knowledge.postings.amount
        importance = usual.importance if usual and not best.stated else best.importance
        return Requirement(
            id=known.id if known else skill.id,
            name=known.name if known else skill.name,
            category=_CATEGORY[skill.kind],
            skill=skill.id,
            levels={self.level: Ask(importance=importance, required=fallback if amount is None else int(amount))},
            why=self._why(best),
        )

    def _credential(self, ids: tuple[str, ...], best: Asked, amount: float | None) -> Requirement:
        del amount
        known = next(
            (item for item in self.base.requirements if item.credentials and set(ids) & set(item.credentials)), None
        )
        names = [self.knowledge.credentials[name].name for name in ids]
        return Requirement(
            id=known.id if known else f"certificate-{ids[0]}",
            name=self.knowledge.texts.say("posting.either").join(names),
            category="credentials",
            credentials=dict.fromkeys(ids, 1.0),
            levels={self.level: Ask(importance=best.importance)},
            why=self._why(best),
        )

    def _years(self, ids: tuple[str, ...], best: Asked, amount: float | None) -> Requirement:
        known = self._base(experience=ids[0])
        texts = self.knowledge.texts
        return Requirement(
            id=known.id if known else f"{ids[0]}-experience",
            name=known.name if known else texts.say(f"posting.years.{ids[0]}"),
            category="experience",
            experience="patient" if ids[0] == "patient" else "field",
            levels={self.level: Ask(importance=best.importance, required=amount)},
            why=self._why(best),
        )

    def _education(self) -> Requirement | None:
        """The highest school that the posting asks beyond the gate; a lower one is met by it."""
        asked = [item for item in self.posting.asked if item.kind == "education"]
        if not asked:
            return None
        best = max(asked, key=lambda item: (EDUCATION.index(_school(item)), _STRENGTH[item.importance]))
        known = next((item for item in self.base.requirements if item.education), None)
        return Requirement(
            id=known.id if known else "education",
            name=known.name if known else self.knowledge.texts.say("posting.school"),
            category="education",
            education=known.education if known and known.education else (1.0,),
            levels={self.level: Ask(importance=best.importance, required=_school(best))},
            why=self._why(best),
        )


def differences(drafted: Role, base: Role, level: LevelId) -> tuple[Difference, ...]:
    """What a drafted role adds, raises, lowers and drops beside the base role at ``level``; the rest is alike."""
    usual = {item.id: item for item in base.requirements if level in item.levels}
    asked = {item.id for item in drafted.requirements}
    found: list[Difference] = []
    for item in drafted.requirements:
        before, after = usual.get(item.id), item.levels[level]
        old = before.levels[level] if before else None
        kind = _kind(old, after)
        if kind is not None:
            found.append(_difference(item, kind, old, after))
    found += [_difference(item, "drops", item.levels[level], None) for name, item in usual.items() if name not in asked]
    return tuple(sorted(found, key=lambda item: _KINDS.index(item.kind)))


def _kind(before: Ask | None, after: Ask) -> DifferenceKind | None:
    """What changed, the importance before the amount, and less school before both; None where nothing did."""
    if before is None:
        return "adds"
    care = _STRENGTH[after.importance] - _STRENGTH[before.importance]
    amount = _rank(after.required) - _rank(before.required)
    change = amount if isinstance(after.required, str) and amount < 0 else care or amount
    if not change:
        return None
    return "raises" if change > 0 else "lowers"


def _rank(amount: float | EducationLevel | None) -> float:
    if isinstance(amount, str):
        return float(EDUCATION.index(amount))
    return float(amount or 0)


def _measure(item: Requirement) -> Literal["proficiency", "school", "years", "none"]:
    if item.skill is not None:
        return "proficiency"
    if item.education is not None:
        return "school"
    return "years" if item.experience is not None else "none"


def _difference(item: Requirement, kind: DifferenceKind, before: Ask | None, after: Ask | None) -> Difference:
    return Difference(
        id=item.id,
        name=item.name,
        kind=kind,
        measure=_measure(item),
        before=(before.importance, before.required) if before else None,
        after=(after.importance, after.required) if after else None,
        why=item.why if after else "",
    )
