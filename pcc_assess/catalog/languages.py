"""Other languages than English: the names and sentences of ``data/text/<language>/`` put in the place of the English.

A translation has the shape of what it translates: records by their ids, their fields by name, lists of the same length.
What is missing in a file or does not fit is a problem, and the language is refused. Only a whole file of names may be
missing while a language is being made: it stays English, and the data check names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import is_dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from pcc_assess.catalog.binding import Binding, reader_of
from pcc_assess.catalog.messages import message_faults, messages_of, unlike
from pcc_assess.catalog.strict import Parsed, Path
from pcc_assess.knowledge import (
    Action,
    AdviceBook,
    Band,
    Check,
    Credential,
    DayTask,
    EducationRule,
    EmployerQuestion,
    Gate,
    GuidePart,
    GuideTable,
    GuideTopic,
    InterviewTheme,
    JobFamily,
    Knowledge,
    MadeUp,
    Organization,
    Pay,
    Policy,
    QuizItems,
    Rank,
    Requirement,
    ResumeLine,
    Role,
    Rung,
    Setting,
    ShareShift,
    Shift,
    Skill,
    WorkStory,
)
from pcc_assess.texts import Texts

ENGLISH = "en"
FOLDER = "text"
# Which folder of a language translates which field of the knowledge, one record a file; what such a record is called.
FOLDERS: Mapping[str, str] = {"roles": "role", "guide": "topic"}

# What people read of each record; all else (ids, forms, numbers, sources) is the same in every language.
READ: Mapping[type, tuple[str, ...]] = {
    Action: ("title", "how", "proof", "eligibility", "note"),
    AdviceBook: ("lines", "stories", "days", "interview", "questions", "organizations"),
    Band: ("name", "meaning"),
    Check: ("question", "options", "why"),
    Credential: ("name",),
    DayTask: ("title", "how"),
    EducationRule: ("name",),
    EmployerQuestion: ("question", "why", "good", "worrying"),
    Gate: ("name", "next_step"),
    GuidePart: ("title", "text", "points", "table", "as_of"),
    GuideTable: ("columns", "rows"),
    GuideTopic: ("title", "words", "summary", "parts", "contradictions", "next_step"),
    InterviewTheme: ("theme", "question", "why", "situation", "task", "action", "result"),
    JobFamily: ("name",),
    MadeUp: ("name", "question", "why"),
    Organization: ("name", "offers", "check"),
    Pay: ("label",),
    Policy: ("bands", "rungs", "stages"),
    QuizItems: ("checks", "made_up"),
    Rank: ("title", "autonomy", "duties", "focus"),
    Requirement: ("name", "why"),
    ResumeLine: ("amount", "frame"),
    Role: ("title", "summary", "ranks", "gates", "requirements", "pay", "differs", "unsure", "move", "sources"),
    Rung: ("label",),
    Setting: ("name", "summary", "shares", "shifts", "adds", "notes"),
    ShareShift: ("why",),
    Shift: ("why",),
    Skill: ("name", "description", "anchors"),
    WorkStory: ("bridge", "frame"),
}
# Which file of a language translates which field of the knowledge; all other files hold messages.
FILES: Mapping[str, str] = {
    "skills.yaml": "skills",
    "credentials.yaml": "credentials",
    "education.yaml": "education",
    "experience.yaml": "families",
    "actions.yaml": "actions",
    "policy.yaml": "policy",
    "quiz.yaml": "quiz",
    "settings.yaml": "settings",
    "advice.yaml": "advice",
}


def languages(root: FilePath) -> list[str]:
    """The languages of a data folder, English first."""
    found = sorted(path.name for path in (root / FOLDER).glob("[a-z]*") if path.is_dir())
    return [ENGLISH, *(name for name in found if name != ENGLISH)]


def names_of(root: FilePath, language: str) -> Iterator[str]:
    """The files of a language, by their names in the data folder, sorted."""
    folder = root / FOLDER / language
    inner = [path for name in FOLDERS for path in (folder / name).glob("*.yaml")]
    found = [*folder.glob("*.yaml"), *inner]
    yield from sorted(path.relative_to(root).as_posix() for path in found if not path.name.startswith("."))


def translated(
    knowledge: Knowledge, language: str, files: Mapping[str, Parsed], folder: str, problems: list[str]
) -> Knowledge:
    """``knowledge`` with the words of another language.

    Args:
        knowledge: the English one.
        language: a folder of ``text/``.
        files: what stands in it, by names in the data folder.
        folder: the name of that folder in messages.
        problems: takes what is missing or does not fit, one line each.
    """
    inside = {name.removeprefix(f"{FOLDER}/{language}/"): parsed for name, parsed in files.items()}
    made: dict[str, Any] = {}
    for name, field in FILES.items():
        made[field] = _file(getattr(knowledge, field), inside.pop(name, None), problems)
    for field in FOLDERS:
        records = getattr(knowledge, field)
        made[field] = {
            name: _file(one, inside.pop(f"{field}/{name}.yaml", None), problems) for name, one in records.items()
        }
    problems += [
        f"{parsed.source}: there is no such {FOLDERS[name.partition('/')[0]]}"
        for name, parsed in inside.items()
        if "/" in name
    ]
    own = [parsed for name, parsed in inside.items() if "/" not in name]
    messages = messages_of(own, problems)
    problems += message_faults(own, knowledge.texts.messages, folder)
    texts = Texts(language, {**knowledge.texts.messages, **messages})
    return replace(knowledge, texts=texts, **made)


def missing_files(knowledge: Knowledge, files: Collection[str], language: str, folder: str) -> Iterator[str]:
    """A line for each file of names that a language has not yet; arguments as in ``translated``."""
    wanted = {name: getattr(knowledge, field) for name, field in FILES.items()}
    for field in FOLDERS:
        wanted |= {f"{field}/{name}.yaml": record for name, record in getattr(knowledge, field).items()}
    for name, english in wanted.items():
        if f"{FOLDER}/{language}/{name}" not in files and _is_read(english):
            yield f"{folder}/{name}: the file is missing, add it"


def _file(english: Any, parsed: Parsed | None, problems: list[str]) -> Any:
    """What one file translates; the English itself where there is no file."""
    if parsed is None:
        return english
    binding = Binding(parsed)
    made = _like(binding, english, parsed.value, ())
    problems += binding.problems
    return made


def _is_read(english: Any) -> bool:
    """Whether there is anything to translate."""
    if is_dataclass(english):
        return any(_is_read(getattr(english, field)) for field in READ[type(english)])
    return bool(english)


def _like(binding: Binding, english: Any, value: Any, path: Path) -> Any:
    """``value`` in the shape of the English text, list, mapping or record; the English itself where it does not fit."""
    if isinstance(english, str):
        made = reader_of(str)(binding, value, path)
        for problem in unlike(made or english, english):
            binding.problem(path, problem)
        return made or english
    if is_dataclass(english):
        return _record(binding, english, value, path)
    if isinstance(english, Mapping):
        return _by_key(binding, english, value, path)
    if english and is_dataclass(english[0]):
        return tuple(_by_key(binding, {item.id: item for item in english}, value, path).values())
    found = reader_of(tuple[str, ...])(binding, value, path)
    if found is not None and len(found) != len(english):
        binding.problem(path, f"there are {len(found)} items, the English list has {len(english)}")
    return found if found is not None and len(found) == len(english) else english


def _record(binding: Binding, english: Any, value: Any, path: Path) -> Any:
    """A record with its translated fields; one with a single field may be just its text."""
    fields = {name: getattr(english, name) for name in READ[type(english)] if _is_read(getattr(english, name))}
    if len(fields) == 1 and isinstance(value, str):
        value = dict.fromkeys(fields, value)
        return replace(english, **{name: _like(binding, fields[name], value[name], path) for name in fields})
    return replace(english, **_by_key(binding, fields, value, path))


def _by_key(binding: Binding, english: Mapping[str, Any], value: Any, path: Path) -> dict[str, Any]:
    """A mapping with the keys of the English one."""
    made = dict(english)
    if not isinstance(value, dict):
        binding.wrong(path, value, "a mapping (key: value)")
        return made
    for key in value:
        if key not in english:
            binding.unknown_key(path, key, english)
    for key in _missing(english, value):
        binding.problem(path, f"the key {key!r} is missing, add it")
    return made | {key: _like(binding, english[key], value[key], (*path, key)) for key in english if key in value}


def _missing(english: Mapping[str, Any], value: Collection[str]) -> list[str]:
    """Keys that a translation lacks; a record in which nothing is read may be left out."""
    return [key for key, item in english.items() if key not in value and _is_read(item)]
