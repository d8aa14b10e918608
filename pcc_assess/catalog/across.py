"""What must hold between the data files: no circle, one owner a surface form, a way out of every gap, nothing
missing.

The lists of names that the program asks for by themselves (rungs, cues, sections, groups) stand here, because
only here a name that was lost from the data can be noticed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pcc_assess.catalog.strict import Path
from pcc_assess.knowledge import Importance, Knowledge, Stage
from pcc_assess.match.lexicon import plurals
from pcc_assess.tokens import fold_phrase

NEEDED_RUNGS = frozenset(
    {"result", "duty", "named", "listed", "tool", "undated-duty", "course", "familiar", "employer", "repeated"}
)
NEEDED_GROUPS = frozenset({"office-programs", "medical-work", "number-words"})
NEEDED_CUES = frozenset(
    {
        *(
            "negation",
            "not-negation",
            "bad-things",
            "wish",
            "wish-owned",
            "in-progress",
            "planned",
            "expired",
            "expiry",
        ),
        *(
            "other-person",
            "manages-people",
            "someone-did",
            "familiar",
            "course",
            "result",
            "led",
            "product-work",
            "no-degree",
        ),
        *("company-tail", "street-tail", "open-date", "credential-context", "education-context", "posting"),
    }
)
NEEDED_SECTIONS = frozenset(
    {
        *("skills", "experience", "volunteer", "military", "education", "training", "certifications"),
        *("objective", "references", "interests"),
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at ``path`` in the record ``id`` of a ``kind``: a name of ``Knowledge``, or a file
    without ids.
    """

    kind: str
    id: str
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class _Form:
    kind: str
    id: str
    path: Path
    form: str

    @property
    def owner(self) -> str:
        return f"{self.kind}/{self.id}"


def across(knowledge: Knowledge) -> Iterator[Problem]:
    """Every problem that lies between the files."""
    yield from _circles("skills", "prerequisites", {item.id: item.prerequisites for item in knowledge.skills.values()})
    yield from _circles("actions", "requires", {item.id: item.requires for item in knowledge.actions.values()})
    yield from _ways_out(knowledge)
    yield from _missing(knowledge)
    yield from _tables(knowledge)
    findings: dict[str, Collection[Any]] = {
        "skills": knowledge.skills.values(),
        "tools": knowledge.tools.values(),
        "credentials": knowledge.credentials.values(),
    }
    yield from _shared(findings)
    # A title, a school and a skill may bear the same words: they are different findings of one place.
    yield from _shared({"families": knowledge.families.values()})
    yield from _shared({"education": knowledge.education.values()})


def _tables(knowledge: Knowledge) -> Iterator[Problem]:
    """Columns of tables: the ids that they name exist, and no header means two things."""
    rules = knowledge.tables
    for name in rules.short:
        if name not in knowledge.skills and name not in knowledge.credentials:
            yield Problem("tables", "", ("short", name), f"there is no skill or credential {name!r}")
    owners: dict[tuple[str, ...], str] = {}
    columns = [(f"fields {column.id}", (*column.headers, *column.within)) for column in rules.fields]
    for owner, headers in [*columns, *rules.short.items()]:
        for header in headers:
            before = owners.setdefault(fold_phrase(header), owner)
            if before != owner:
                yield Problem("tables", "", (), f"the header {header!r} stands for {before} and for {owner}, keep one")
    for number, column in enumerate(rules.fields):
        if column.family is not None and column.family not in knowledge.families:
            yield Problem("tables", "", ("fields", number, "family"), f"there is no job family {column.family!r}")


def _circles(kind: str, field: str, edges: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """Names from which a chain leads back to the name itself."""
    for start in edges:
        seen: set[str] = set()
        waiting = list(edges[start])
        while waiting:
            name = waiting.pop()
            if name == start:
                yield Problem(kind, start, (field,), f"{field} leads in a circle back to {start!r}, cut it somewhere")
                break
            if name not in seen:
                seen.add(name)
                waiting += edges.get(name, ())


def _ways_out(knowledge: Knowledge) -> Iterator[Problem]:
    """Every skill can be raised by an action, and one credential of every requirement can be come by."""
    actions = knowledge.actions.values()
    lifted = {name for action in actions for name in action.lifts}
    granted = {name for action in actions if not action.renews for name in action.grants_credentials}
    for skill in knowledge.skills:
        if skill not in lifted:
            yield Problem("skills", skill, ("id",), f"no action lifts {skill!r}, add one in actions/")
    for role in knowledge.roles.values():
        for number, item in enumerate(role.requirements):
            if item.credentials is not None and not granted & item.credentials.keys():
                path = ("requirements", number, "credentials")
                yield Problem("roles", role.id, path, "no action leads to any of these, add one in actions/")


def _missing(knowledge: Knowledge) -> Iterator[Problem]:
    """Names that the program asks for."""
    words, policy = knowledge.words, knowledge.policy
    rungs = [rung.id for rung in policy.rungs]
    for file, path, needed, found in (
        ("policy", ("rungs",), NEEDED_RUNGS, rungs),
        ("policy", ("weights",), get_args(Importance), policy.weights),
        ("policy", ("stages",), get_args(Stage), policy.stages),
        ("words/groups", (), NEEDED_GROUPS, words.groups),
        ("words/cues", (), NEEDED_CUES, words.cues),
        ("words/sections", (), NEEDED_SECTIONS, words.sections),
    ):
        for name in sorted(set(needed).difference(found)):
            yield Problem(file, "", path, f"{name!r} is missing here, and the program needs it")
    for name in sorted({rung for rung in rungs if rungs.count(rung) > 1}):
        yield Problem("policy", "", ("rungs",), f"the rung {name!r} stands here twice, delete one")
    for group, members in words.groups.items():
        for number, member in enumerate(members):
            if member.startswith("@"):
                text = f"{member!r}: a group cannot hold a group, write its words out"
                yield Problem("words/groups", "", (group, number), text)


def _forms(kind: str, record: Any, fields: tuple[str, ...]) -> Iterator[_Form]:
    for field in fields:
        for number, form in enumerate(getattr(record, field, ())):
            if field == "ambiguous":
                yield _Form(kind, record.id, (field, number, "form"), form.form)
            else:
                yield _Form(kind, record.id, (field, number), form)


def _spellings(form: str) -> set[str]:
    """What the matcher makes of a form: hyphens and spaces do not matter, nor does the plural."""
    folded = fold_phrase(form)
    return {"".join(words) for words in plurals(folded)} if folded else set()


def _shared(owners: Mapping[str, Collection[Any]]) -> Iterator[Problem]:
    """Forms that count anywhere and have two owners, or a rule or decoy of the same owner beside them."""
    plain: dict[str, _Form] = {}
    for kind, records in owners.items():
        for record in records:
            for form in _forms(kind, record, ("forms", "misspellings", "titles")):
                spellings = _spellings(form.form)
                if not spellings:
                    yield Problem(kind, form.id, form.path, f"the form {form.form!r} holds no word, delete it")
                first = next((plain[spelling] for spelling in spellings if spelling in plain), form)
                if first.owner != form.owner:
                    owned = f"the form {form.form!r} belongs to {first.owner} already"
                    text = f"{owned}, declare it ambiguous with a rule"
                    yield Problem(kind, form.id, form.path, text)
                for spelling in spellings:
                    plain.setdefault(spelling, form)
    for kind, records in owners.items():
        for record in records:
            yield from _contradictions(kind, record, plain)


def _contradictions(kind: str, record: Any, plain: Mapping[str, _Form]) -> Iterator[Problem]:
    """A form that counts anywhere and yet has a rule, or is a decoy, of the same record."""
    for form in _forms(kind, record, ("ambiguous", "decoys")):
        spelling = "".join(fold_phrase(form.form))
        other = plain.get(spelling)
        if not spelling:
            yield Problem(kind, form.id, form.path, f"the form {form.form!r} holds no word, delete it")
        elif other is not None and other.owner == form.owner:
            text = f"{form.form!r} also stands in {other.path[0]}, where it counts anywhere; delete one"
            yield Problem(kind, form.id, form.path, text)
