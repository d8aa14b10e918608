"""What one record must agree on with the others: every id and group that it names exists, and a role adds up.

Each check yields a path into the record at fault and what is wrong there, in plain words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from pcc_assess.catalog.binding import nearest
from pcc_assess.catalog.strict import Path
from pcc_assess.knowledge import (
    Action,
    Ambiguous,
    Ask,
    Credential,
    Duty,
    Knowledge,
    Requirement,
    Role,
    Setting,
    Skill,
    Tool,
)
from pcc_assess.match.lexicon import SPECIALS

Fault = tuple[Path, str]

_TOP = 4


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"there is no {kind} {name!r}" + (f"; did you mean {near!r}?" if near else "")


def _resolve(path: Path, kind: str, names: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield path, _unknown(kind, name, known)


def _lifts(path: Path, lifts: Mapping[str, int], knowledge: Knowledge) -> Iterator[Fault]:
    yield from _resolve(path, "skill", lifts, knowledge.skills)


def _forms(rules: Iterable[Ambiguous], groups: Collection[str]) -> Iterator[Fault]:
    for number, rule in enumerate(rules):
        path: Path = ("ambiguous", number)
        yield from _groups((*path, "needs"), rule.needs, groups)
        yield from _plain_groups((*path, "unless"), rule.unless, groups)


def _duties(duties: Iterable[Duty], groups: Collection[str]) -> Iterator[Fault]:
    for number, duty in enumerate(duties):
        path: Path = ("duties", number)
        yield from _groups((*path, "near"), duty.near, groups)
        for name in ("do", "what", "unless"):
            yield from _plain_groups((*path, name), getattr(duty, name), groups)


def _groups(path: Path, names: Iterable[str], groups: Collection[str]) -> Iterator[Fault]:
    for name in names:
        if name.startswith("@") and name not in SPECIALS and name[1:] not in groups:
            yield path, _unknown("group", name[1:], groups)


def _plain_groups(path: Path, names: Iterable[str], groups: Collection[str]) -> Iterator[Fault]:
    """Groups where the specials that code judges (``@medical-job``) have no meaning."""
    listed = tuple(names)
    yield from _groups(path, listed, groups)
    for name in SPECIALS.intersection(listed):
        yield path, f"{name} has no meaning here, use it in needs or near only"


def skill_faults(skill: Skill, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one skill."""
    yield from _forms(skill.ambiguous, knowledge.words.groups)
    yield from _duties(skill.duties, knowledge.words.groups)
    for number, rule in enumerate(skill.transfers):
        path: Path = ("transfers", number)
        yield from _resolve(path, "skill", [rule.skill] if rule.skill else [], knowledge.skills)
        yield from _resolve(path, "job family", [rule.job] if rule.job else [], knowledge.families)
        yield from _resolve(path, "credential", [rule.credential] if rule.credential else [], knowledge.credentials)
    yield from _resolve(("prerequisites",), "skill", skill.prerequisites, knowledge.skills)


def tool_faults(tool: Tool, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one tool."""
    yield from _lifts(("counts_for",), tool.counts_for, knowledge)
    yield from _forms(tool.ambiguous, knowledge.words.groups)


def credential_faults(credential: Credential, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one credential."""
    yield from _lifts(("lifts",), credential.lifts, knowledge)
    yield from _forms(credential.ambiguous, knowledge.words.groups)


def action_faults(action: Action, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one action."""
    yield from _lifts(("lifts",), action.lifts, knowledge)
    yield from _resolve(("shows",), "skill", action.shows, knowledge.skills)
    yield from _resolve(("grants_credentials",), "credential", action.grants_credentials, knowledge.credentials)
    yield from _resolve(("requires",), "action", action.requires, knowledge.actions)
    for number, way in enumerate(action.entry or ()):
        path: Path = ("entry", number)
        yield from _resolve(path, "credential", way.credentials, knowledge.credentials)
        yield from _resolve(path, "action", way.actions, knowledge.actions)


def other_faults(record: Any, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one level of education or one family of jobs."""
    yield from _forms(record.ambiguous, knowledge.words.groups)
    counterpart = getattr(record, "medical_as", None)
    yield from _resolve(("medical_as",), "job family", [counterpart] if counterpart else [], knowledge.families)
    yield from _resolve(("shows",), "skill", getattr(record, "shows", {}), knowledge.skills)


def role_faults(role: Role, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one role."""
    yield from _share_faults(role)
    yield from _repeats("requirements", [item.id for item in role.requirements])
    yield from _repeats("gates", [gate.id for gate in role.gates])
    for number, item in enumerate(role.requirements):
        for inner, text in _requirement_faults(item, role, knowledge):
            yield ("requirements", number, *inner), text
    if not role.ranks:
        yield ("ranks",), "the role has no level, describe at least one"
    for number, gate in enumerate(role.gates):
        yield from _resolve(("gates", number, "levels"), "level", gate.levels, role.ranks)
    for level in role.ranks:
        asked = {item.category for item in role.requirements if level in item.levels}
        shares = role.level_categories.get(level, role.categories)
        if not asked:
            yield ("ranks", level), "no requirement asks anything at this level"
        elif not any(shares.get(category, 0) > 0 for category in asked):
            yield ("ranks", level), "no category that is asked at this level has a share of the points"


def _share_faults(role: Role) -> Iterator[Fault]:
    """Categories: their shares make 100, and each is asked for somewhere."""
    divisions: list[tuple[Path, dict[str, float]]] = [(("categories",), role.categories)]
    for level, shares in role.level_categories.items():
        divisions.append((("level_categories", level), shares))
        yield from _resolve(("level_categories", level), "level", [level], role.ranks)
        yield from _resolve(("level_categories", level), "category", shares, role.categories)
    for path, shares in divisions:
        total = round(sum(shares.values()), 6)
        if total != 100:
            yield path, f"the shares add up to {total:g}, make them 100"
        for name, share in shares.items():
            if share < 0:
                yield (*path, name), f"the share {share:g} is below 0"
    used = {item.category for item in role.requirements}
    for name in role.categories:
        if name not in used:
            yield (
                ("categories", name),
                f"no requirement belongs to the category {name!r}, add one or delete it",
            )


def _repeats(field: str, ids: list[str]) -> Iterator[Fault]:
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield (field, number, "id"), f"the id {name!r} stands here twice, rename one"


def _requirement_faults(item: Requirement, role: Role, knowledge: Knowledge) -> Iterator[Fault]:
    if item.category not in role.categories:
        yield ("category",), _unknown("category", item.category, role.categories)
    yield from _resolve(("skill",), "skill", [item.skill] if item.skill else [], knowledge.skills)
    yield from _resolve(("credentials",), "credential", item.credentials or (), knowledge.credentials)
    for level, ask in item.levels.items():
        if level not in role.ranks:
            yield ("levels", level), f"the role has no level {level!r}"
        yield from _ask_faults(("levels", level), item, ask)


def _ask_faults(path: Path, item: Requirement, ask: Ask) -> Iterator[Fault]:
    amount = ask.required
    if item.skill is not None and not (isinstance(amount, int) and 1 <= amount <= _TOP):
        yield path, f"a skill is required at a proficiency of 1 to {_TOP}, not {amount!r}"
    if item.education is not None and not isinstance(amount, str):
        yield path, f"education is required as a level such as hs, not {amount!r}"
    if item.experience is not None and not (isinstance(amount, (int, float)) and amount > 0):
        yield path, f"experience is required in years above 0, not {amount!r}"
    if item.credentials is not None and amount is not None:
        yield path, "a credential has no amount; leave 'required' out"


def setting_faults(setting: Setting, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one kind of employer."""
    asked = [item for role in knowledge.roles.values() for item in role.requirements]
    certificates = {item.id for item in asked if item.credentials is not None}
    categories = {item.category for item in asked}
    for field in ("shares", "shifts", "adds"):
        yield from _repeats(field, [item.id for item in getattr(setting, field)])
    for number, share in enumerate(setting.shares):
        yield from _resolve(("shares", number, "id"), "category", [share.id], categories)
    for number, shift in enumerate(setting.shifts):
        path: Path = ("shifts", number)
        yield from _resolve((*path, "id"), "requirement", [shift.id], {item.id for item in asked})
        if shift.id in certificates and shift.at_least == "essential":
            yield (*path, "at_least"), "a certificate that is essential would act as a gate; make it important at most"
    for number, item in enumerate(setting.adds):
        path = ("adds", number)
        yield from _resolve((*path, "category"), "category", [item.category], categories)
        yield from _resolve((*path, "skill"), "skill", [item.skill] if item.skill else [], knowledge.skills)
        for level, ask in item.levels.items():
            for inner, text in _ask_faults(("levels", level), item, ask):
                yield (*path, *inner), text
