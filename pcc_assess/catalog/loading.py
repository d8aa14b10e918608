"""All data files into one ``Knowledge`` in one language, and a role file from anywhere into a ``Role``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pcc_assess import __version__, disk
from pcc_assess.catalog.binding import Binding
from pcc_assess.catalog.languages import ENGLISH, FOLDER, languages, names_of, translated
from pcc_assess.catalog.messages import messages_of
from pcc_assess.catalog.strict import Parsed, Path, invalid, parse
from pcc_assess.errors import DataError, InputError, UsageError, printable
from pcc_assess.knowledge import (
    Action,
    AdviceBook,
    AuditRules,
    Blinding,
    Credential,
    DayTask,
    EducationRule,
    EmployerQuestion,
    GuideTopic,
    InterviewTheme,
    JobFamily,
    Knowledge,
    Organization,
    Policy,
    PostingRules,
    QuizItems,
    ResumeLine,
    Role,
    Setting,
    Skill,
    TableRules,
    Tool,
    Words,
    WorkStory,
)
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.texts import Texts

Record = TypeVar("Record")
Files = Mapping[str, Parsed]

POLICY = "policy.yaml"
QUIZ = "quiz.yaml"
POSTINGS = "postings.yaml"
TABLES = "tables.yaml"
DICTIONARY = "words/english.txt"
PEOPLE = "words/names.txt"
# Where the records of each kind stand: a folder with one record a file, or files with any number of records.
FOLDERS: Mapping[str, type] = {
    "skills": Skill,
    "credentials": Credential,
    "roles": Role,
    "settings": Setting,
    "guide": GuideTopic,
}
LISTS: Mapping[str, type] = {
    "tools": Tool,
    "education": EducationRule,
    "experience": JobFamily,
    "actions": Action,
}
ADVICE: Mapping[str, type] = {
    "lines": ResumeLine,
    "stories": WorkStory,
    "days": DayTask,
    "interview": InterviewTheme,
    "questions": EmployerQuestion,
    "organizations": Organization,
}
BLIND = "blind.yaml"
AUDIT = "audit.yaml"
WORDS = ("groups", "cues", "sections", "irregular")
_LIST_FOLDER = "actions"


def data_dir() -> FilePath:
    """The folder of data files: inside the installed package, or beside it in a checkout.

    Raises:
        DataError: there is none; the installation is damaged.
    """
    package = FilePath(__file__).resolve().parent.parent
    for folder in (package / "data", package.parent / "data"):
        # A folder named "data" may be anyone's; ours holds the taxonomy.
        if (folder / "skills").is_dir():
            return folder
    hint = "install pcc-assess again"
    raise DataError("the data files of the program are missing", where=str(package / "data"), hint=hint)


def load(folder: FilePath | None = None, language: str = ENGLISH) -> Knowledge:
    """The knowledge of all data files.

    Args:
        folder: another data folder than the program's own.
        language: the language of names and sentences; a folder of ``text/``.

    Raises:
        UsageError: there is no such language.
        DataError: with all ``problems`` of all files, each with file, line and column.
    """
    root = folder if folder is not None else data_dir()
    if language not in languages(root):
        known = ", ".join(languages(root))
        raise UsageError(f"there is no language {printable(language)!r}", hint=f"choose one of: {known}")
    knowledge = _made(root, _names(root), _build, kept="data" if folder is None else "")
    if language == ENGLISH:
        return knowledge

    def build(files: Files, _texts: Mapping[str, bytes], _fingerprint: str) -> Knowledge:
        place = f"{root.name}/{FOLDER}/{language}"
        problems: list[str] = []
        made = translated(knowledge, language, files, place, problems)
        if problems:
            raise invalid(place, problems)
        return made

    return _made(root, names_of(root, language), build, kept="text" if folder is None else "")


def load_all() -> tuple[Knowledge, ...]:
    """The knowledge in every language, English first: for what a person may have written in any of them."""
    return tuple(load(language=language) for language in languages(data_dir()))


def _made(
    root: FilePath,
    names: Iterator[str],
    build: Callable[[Files, Mapping[str, bytes], str], Record],
    *,
    kept: str,
) -> Record:
    """What ``build`` makes of files; their parsed content is kept for the next time, as of the kind ``kept`` names."""
    texts = _texts(root, names)
    fingerprint = _fingerprint(texts)
    recalled = disk.read_cache(_cache_name(kept, fingerprint), _recalled) if kept else None
    if recalled is not None:
        try:
            return build(recalled, texts, fingerprint)
        except (DataError, KeyError):
            pass  # a damaged cache is no more than no cache
    files = _parse_all(root.name, texts)
    knowledge = build(files, texts, fingerprint)
    if kept:
        content = {name: parsed.value for name, parsed in files.items()}
        disk.write_cache(_cache_name(kept, fingerprint), json.dumps(content, ensure_ascii=False))
    return knowledge


def _cache_name(kind: str, fingerprint: str) -> str:
    return f"{kind}-{__version__}-{fingerprint[:32]}.json"


def _recalled(text: str) -> dict[str, Parsed]:
    """Content that was checked before it was kept; it has no places any more."""
    content = json.loads(text)
    if not isinstance(content, dict):
        raise ValueError("not a mapping")  # noqa: TRY004 - for a cache, any damage is a ValueError
    return {name: Parsed(name, value) for name, value in content.items()}


def load_blinding(folder: FilePath | None = None) -> Blinding:
    """What ``--blind`` takes out; it is read only when it is asked for, since no score depends on it.

    Args:
        folder: another data folder than the program's own.

    Raises:
        DataError: with all its ``problems``.
    """
    return _alone(Blinding, BLIND, folder)


def load_audit(folder: FilePath | None = None) -> AuditRules:
    """What an audit of groups is held against; arguments and errors as in ``load_blinding``."""
    return _alone(AuditRules, AUDIT, folder)


def _alone(record: type[Record], name: str, folder: FilePath | None) -> Record:
    """One file that is no part of ``Knowledge``, as one record."""
    root = folder if folder is not None else data_dir()

    def build(files: Files, _texts: Mapping[str, bytes], _fingerprint: str) -> Record:
        assembly = _Assembly(files)
        made = assembly.bind(record, name)
        if made is None:
            raise invalid(f"{root.name}/{name}", assembly.problems)
        return made

    return _made(root, iter([name]), build, kept=name.partition(".")[0] if folder is None else "")


def load_role(path: str | FilePath, limits: Limits = STANDARD) -> Role:
    """The role of one role file, checked by itself; ``check_role`` compares it with the rest of the data.

    Raises:
        InputError: the file is missing or cannot be read.
        DataError: with all its ``problems``.
    """
    parsed = parse_file(path, limits)
    binding = Binding(parsed)
    role = binding.bind(Role, parsed.value, ())
    if role is None:
        raise invalid(parsed.source, binding.problems)
    return role


def parse_file(path: str | FilePath, limits: Limits = STANDARD) -> Parsed:
    """The content of one YAML file with its places.

    Raises:
        InputError: the file is missing, too large, or cannot be read.
        DataError: with all its ``problems``.
    """
    source = str(path)
    return parse(_decoded(disk.read_input(source, limits, "structured_mb"), source), source, limits)


def _decoded(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise invalid(source, [f"{source}:{line}:{column}: this is not UTF-8 text, save the file as UTF-8"]) from None


def _names(root: FilePath) -> Iterator[str]:
    """The files that knowledge is made of, by their names in the data folder, sorted."""
    names = [POLICY, QUIZ, POSTINGS, TABLES, DICTIONARY, PEOPLE]
    names += [f"{name}.yaml" for name in LISTS if name != _LIST_FOLDER]
    names += [f"words/{name}.yaml" for name in WORDS]
    names += [f"advice/{name}.yaml" for name in ADVICE]
    for folder in (*FOLDERS, _LIST_FOLDER, f"{FOLDER}/{ENGLISH}"):
        found = (root / folder).glob("*.yaml")
        names += [f"{folder}/{path.name}" for path in found if not path.name.startswith(".")]
    yield from sorted(names)


def _texts(root: FilePath, names: Iterator[str]) -> dict[str, bytes]:
    """The bytes of every file, the line ends alike on all systems."""
    texts: dict[str, bytes] = {}
    problems: list[str] = []
    for name in names:
        try:
            data = disk.read_input(str(root / name))
        except InputError as error:
            problems.append(f"{root.name}/{name}:1:1: {error.message}, put the file there")
        else:
            texts[name] = data.replace(b"\r\n", b"\n")
    if problems:
        raise invalid(str(root), problems)
    return texts


def _fingerprint(texts: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents, in hexadecimal."""
    whole = hashlib.sha256()
    for name, data in texts.items():
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()


def parsed_files(root: FilePath, names: Iterator[str]) -> dict[str, Parsed]:
    """The content of some files of a data folder with its places.

    Raises:
        DataError: with all their ``problems``.
    """
    return _parse_all(root.name, _texts(root, names))


def _parse_all(root: str, texts: Mapping[str, bytes]) -> dict[str, Parsed]:
    parsed: dict[str, Parsed] = {}
    problems: list[str] = []
    for name, data in texts.items():
        if name in (DICTIONARY, PEOPLE):
            continue
        source = f"{root}/{name}"
        try:
            parsed[name] = parse(_decoded(data, source), source)
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise invalid(root, problems)
    return parsed


@dataclass(slots=True)
class _Assembly:
    """Records by kind, and all problems of all files."""

    files: Mapping[str, Parsed]
    problems: list[str] = field(default_factory=list)

    def bind(self, record: type[Record], name: str) -> Record | None:
        """The whole file as one record."""
        binding = Binding(self.files[name])
        made = binding.bind(record, binding.parsed.value, ())
        self.problems += binding.problems
        return made

    def folder(self, kind: str, record: type[Record]) -> dict[str, Record]:
        """One record a file; the file bears the id of its record."""
        made: dict[str, Record] = {}
        for name in self.files:
            if name.startswith(f"{kind}/"):
                one: Any = self.bind(record, name)
                stem = name.removeprefix(f"{kind}/").removesuffix(".yaml")
                if one is not None and one.id != stem:
                    place = self.files[name].at(("id",))
                    self.problems.append(f"{place}: the id {one.id!r} is not the file's name {stem!r}, make them alike")
                elif one is not None:
                    made[one.id] = one
        return made

    def listed(self, names: list[str], record: type[Record]) -> dict[str, Record]:
        """Any number of records a file, each with an id that stands once."""
        made: dict[str, Record] = {}
        for name in names:
            binding = Binding(self.files[name])
            for path, item in items(binding.parsed):
                one: Any = binding.bind(record, item, path)
                if one is not None and one.id in made:
                    binding.problem((*path, "id"), f"the id {one.id!r} is given twice, rename one")
                elif one is not None:
                    made[one.id] = one
            if not isinstance(binding.parsed.value, (list, dict)):
                binding.wrong((), binding.parsed.value, "a list")
            self.problems += binding.problems
        return made


def items(parsed: Parsed) -> Iterator[tuple[Path, object]]:
    """The records of a file with many: the items of a list, or a mapping of id to the rest."""
    if isinstance(parsed.value, list):
        for at, item in enumerate(parsed.value):
            yield (at,), item
    elif isinstance(parsed.value, dict):
        for key, item in parsed.value.items():
            yield (key,), {"id": key, **item} if isinstance(item, dict) else item


def _build(files: Files, texts: Mapping[str, bytes], fingerprint: str) -> Knowledge:
    assembly = _Assembly(files)
    actions = [name for name in files if name.startswith(f"{_LIST_FOLDER}/")]
    records: dict[str, Any] = {
        "skills": assembly.folder("skills", Skill),
        "tools": assembly.listed(["tools.yaml"], Tool),
        "credentials": assembly.folder("credentials", Credential),
        "actions": assembly.listed(actions, Action),
        "families": assembly.listed(["experience.yaml"], JobFamily),
        "education": assembly.listed(["education.yaml"], EducationRule),
        "roles": assembly.folder("roles", Role),
        "settings": assembly.folder("settings", Setting),
        "guide": assembly.folder("guide", GuideTopic),
        "policy": assembly.bind(Policy, POLICY),
        "quiz": assembly.bind(QuizItems, QUIZ),
        "postings": assembly.bind(PostingRules, POSTINGS),
        "tables": assembly.bind(TableRules, TABLES),
        "advice": AdviceBook(**{name: assembly.listed([f"advice/{name}.yaml"], kind) for name, kind in ADVICE.items()}),
        "words": _words(assembly),
    }
    english = [parsed for name, parsed in files.items() if name.startswith(f"{FOLDER}/")]
    messages = messages_of(english, assembly.problems)
    if assembly.problems or None in records.values():
        raise invalid("data", assembly.problems)
    records |= {"english": texts[DICTIONARY], "people": texts[PEOPLE]}
    return Knowledge(version=fingerprint[:12], texts=Texts(ENGLISH, messages), **records)


def _words(assembly: _Assembly) -> Words | None:
    """The four files of words, each a mapping of a name to its words."""
    parts: dict[str, Any] = {}
    for part in WORDS:
        parsed = assembly.files[f"words/{part}.yaml"]
        places = {(part, *path): mark for path, mark in parsed.values.items()}
        keys = {(part, *path): mark for path, mark in parsed.keys.items()}
        whole = Parsed(parsed.source, {name: {} for name in WORDS} | {part: parsed.value}, places, keys)
        binding = Binding(whole)
        made = binding.bind(Words, whole.value, ())
        assembly.problems += binding.problems
        parts[part] = getattr(made, part, None)
    return None if None in parts.values() else Words(**parts)
