"""What the data files must agree on, beyond the shape of each: ids resolve, nothing is circular, every gap has a way out.

Each check yields a path into the record at fault and what is wrong there, in plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pcc_assess.catalog.binding import nearest
from pcc_assess.catalog.strict import Path
from pcc_assess.knowledge import (
    LEVELS,
    Action,
    Ambiguous,
    Ask,
    Credential,
    Fact,
    Knowledge,
    LevelId,
    Money,
    Requirement,
    Role,
    Skill,
    Span,
    Tool,
)
from pcc_assess.tokens import fold_phrase

Fault = tuple[Path, str]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")
# Context that the matcher itself knows how to judge.
_SPECIAL_GROUPS = frozenset({"@medical-job", "@office-list", "@credential-context", "@education-context"})
_NEEDED_RUNGS = frozenset(
    {"result", "duty", "named", "listed", "tool", "undated-duty", "course", "familiar", "employer"}
)
_NEEDED_GROUPS = frozenset({"office-programs", "medical-work"})
_ANCHORS = 5
_TOP = 4


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"there is no {kind} {name!r}" + (f"; did you mean {near!r}?" if near else "")


def _resolve(path: Path, kind: str, names: Iterable[str], known: Mapping[str, object]) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield path, _unknown(kind, name, known)


def _lifts(path: Path, lifts: Mapping[str, int], knowledge: Knowledge) -> Iterator[Fault]:
    yield from _resolve(path, "skill", lifts, knowledge.skills)
    for name, level in lifts.items():
        if not 0 <= level <= _TOP:
            yield (*path, name), f"a proficiency is 0 to {_TOP}, not {level}"


def _figure(path: Path, figure: Money | Span | Fact | None) -> Iterator[Fault]:
    """A figure or fact has a source, a date, and its ends in order."""
    if figure is None:
        return
    if not figure.source.strip():
        yield path, "the figure has no source"
    if not _DATE.match(figure.as_of):
        yield path, f"as_of must be a date such as '2026-07-01', not {figure.as_of!r}"
    if not isinstance(figure, Fact) and not 0 <= figure.low <= figure.high:
        yield path, f"low ({figure.low:g}) must not be above high ({figure.high:g}), nor below 0"


def _forms(rules: Iterable[Ambiguous], groups: Mapping[str, object]) -> Iterator[Fault]:
    for number, rule in enumerate(rules):
        path: Path = ("ambiguous", number)
        if not (rule.needs or rule.unless or rule.as_written or rule.level is not None):
            yield path, f"{rule.form!r} has no rule; give needs, unless, as_written or level, or move it to forms"
        yield from _groups(path, (*rule.needs, *rule.unless), groups)


def _groups(path: Path, names: Iterable[str], groups: Mapping[str, object]) -> Iterator[Fault]:
    for name in names:
        if name.startswith("@") and name not in _SPECIAL_GROUPS and name[1:] not in groups:
            yield path, _unknown("group", name[1:], groups)


def skill_faults(skill: Skill, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one skill."""
    groups = knowledge.words.groups
    if len(skill.anchors) != _ANCHORS:
        yield ("anchors",), f"{_ANCHORS} anchors are needed, one for each proficiency; there are {len(skill.anchors)}"
    yield from _forms(skill.ambiguous, groups)
    for number, duty in enumerate(skill.duties):
        yield from _groups(("duties", number), (*duty.do, *duty.what, *duty.near, *duty.unless), groups)
    for number, rule in enumerate(skill.transfers):
        path: Path = ("transfers", number)
        sources = [name for name in (rule.skill, rule.job, rule.credential) if name is not None]
        if len(sources) != 1:
            yield path, "name exactly one of skill, job and credential"
        if not 0 < rule.share <= 1 or not 0 < rule.level <= _TOP:
            yield path, f"a share is above 0 and at most 1, a level 1 to {_TOP}"
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
    for name in ("eligibility", "exam", "cost", "study_hours", "study_weeks", "renewal"):
        yield from _figure((name,), getattr(credential, name))
    yield from _lifts(("lifts",), credential.lifts, knowledge)
    yield from _forms(credential.ambiguous, knowledge.words.groups)


def action_faults(action: Action, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one action."""
    for name in ("hours", "weeks", "cost"):
        yield from _figure((name,), getattr(action, name))
    yield from _lifts(("lifts",), action.lifts, knowledge)
    yield from _resolve(("shows",), "skill", action.shows, knowledge.skills)
    yield from _resolve(("grants_credentials",), "credential", action.grants_credentials, knowledge.credentials)
    yield from _resolve(("requires",), "action", action.requires, knowledge.actions)
    if action.free and action.cost is not None and action.cost.high > 0:
        yield ("free",), "it cannot be free and cost money"


def role_faults(role: Role, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one role."""
    for name, shares in (("categories", role.categories), *_level_shares(role)):
        total = round(sum(shares.values()), 6)
        if total != 100:
            yield (
                ("categories",) if name == "categories" else ("level_categories", name),
                (f"the shares must add up to 100, not {total:g}"),
            )
    seen: set[str] = set()
    for number, item in enumerate(role.requirements):
        path: Path = ("requirements", number)
        if item.id in seen:
            yield (*path, "id"), f"the id {item.id!r} stands here twice"
        seen.add(item.id)
        for inner, text in _requirement_faults(item, role, knowledge):
            yield (*path, *inner), text
    for level in role.ranks:
        if not any(level in item.levels for item in role.requirements):
            yield ("ranks", level), "no requirement asks anything at this level"
    for number, gate in enumerate(role.gates):
        yield from _resolve(("gates", number, "levels"), "level", gate.levels, dict(role.ranks))
    for level, rank in role.ranks.items():
        yield from _figure(("ranks", level, "pay_median"), rank.pay_median)
        yield from _figure(("ranks", level, "pay_average"), rank.pay_average)


def _level_shares(role: Role) -> list[tuple[LevelId, dict[str, float]]]:
    return list(role.level_categories.items())


def _requirement_faults(item: Requirement, role: Role, knowledge: Knowledge) -> Iterator[Fault]:
    given = [value for value in (item.skill, item.credentials, item.education, item.experience) if value is not None]
    if len(given) != 1:
        yield (), "name exactly one of skill, credentials, education and experience"
    if item.category not in role.categories:
        yield ("category",), _unknown("category", item.category, role.categories)
    yield from _resolve(("skill",), "skill", [item.skill] if item.skill else [], knowledge.skills)
    yield from _resolve(("credentials",), "credential", item.credentials or (), knowledge.credentials)
    for share in (item.credentials or {}).values():
        if not 0 < share <= 1:
            yield ("credentials",), f"a share of credit is above 0 and at most 1, not {share:g}"
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


def circles(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """The names from which a chain of prerequisites leads back to the name itself."""
    found: list[str] = []
    for start in edges:
        seen: set[str] = set()
        waiting = list(edges[start])
        while waiting:
            name = waiting.pop()
            if name == start:
                found.append(start)
                break
            if name not in seen:
                seen.add(name)
                waiting += edges.get(name, ())
    return found


def shared_faults(knowledge: Knowledge) -> Iterator[str]:
    """Faults that lie between the files, one line each."""
    for name in circles({skill.id: skill.prerequisites for skill in knowledge.skills.values()}):
        yield f"skill {name!r}: its prerequisites lead back to itself"
    for name in circles({action.id: action.requires for action in knowledge.actions.values()}):
        yield f"action {name!r}: the actions that it requires lead back to itself"
    yield from _owners(knowledge)
    yield from _ways_out(knowledge)
    for rung in sorted(_NEEDED_RUNGS - {rung.id for rung in knowledge.policy.rungs}):
        yield f"policy: the rung {rung!r} is missing"
    for group in sorted(_NEEDED_GROUPS - knowledge.words.groups.keys()):
        yield f"words/groups: the group {group!r} is missing"


def _owners(knowledge: Knowledge) -> Iterator[str]:
    """A surface form belongs to one owner, or is declared ambiguous with its rule."""
    owners: dict[tuple[str, ...], str] = {}
    entries: list[tuple[str, tuple[str, ...]]] = [
        *((f"skill {item.id}", (*item.forms, *item.misspellings)) for item in knowledge.skills.values()),
        *((f"tool {item.id}", (*item.forms, *item.misspellings)) for item in knowledge.tools.values()),
        *((f"credential {item.id}", (*item.forms, *item.misspellings)) for item in knowledge.credentials.values()),
        *((f"education {item.id}", (*item.forms, *item.misspellings)) for item in knowledge.education.values()),
        *((f"job family {item.id}", item.titles) for item in knowledge.families.values()),
    ]
    for owner, forms in entries:
        for form in forms:
            folded = fold_phrase(form)
            if not folded:
                yield f"{owner}: the form {form!r} holds no word"
                continue
            kind = owner.split(" ")[0] if owner.startswith(("education", "job")) else "finding"
            first = owners.setdefault((kind, *folded), owner)
            if first != owner:
                yield f"{owner}: the form {form!r} belongs to {first} already; declare it ambiguous with a rule"


def _ways_out(knowledge: Knowledge) -> Iterator[str]:
    """Every skill and credential that a role asks for can be come by."""
    lifted = {name for action in knowledge.actions.values() for name in action.lifts}
    granted = {name for action in knowledge.actions.values() for name in action.grants_credentials}
    for skill in knowledge.skills:
        if skill not in lifted:
            yield f"skill {skill!r}: no action leads to it"
    for role in knowledge.roles.values():
        for item in role.requirements:
            if item.credentials is not None and not granted & item.credentials.keys():
                yield f"role {role.id!r}: no action leads to any credential of {item.id!r}"
        missing = [level for level in LEVELS if level not in role.ranks]
        if len(missing) == len(LEVELS):
            yield f"role {role.id!r}: it has no level"
