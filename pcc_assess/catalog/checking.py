"""The data check: every problem of the data, or of one role file, as a line with file, line and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path as FilePath
from typing import Any

from pcc_assess.catalog import loading
from pcc_assess.catalog.languages import ENGLISH, FOLDER, languages, missing_files, names_of, translated
from pcc_assess.catalog.messages import use_faults
from pcc_assess.catalog.strict import Parsed, Path, parse
from pcc_assess.errors import DataError, PccError
from pcc_assess.knowledge import Knowledge, Role


def check(knowledge: Knowledge, folder: FilePath | None = None) -> tuple[str, ...]:
    """What the data files do not agree on: ids, circles, owners of forms, ways out of gaps, names the program
    needs, and what another language lacks.

    Args:
        knowledge: what ``load`` made of the data.
        folder: where it was read, the program's own data by default; it gives the lines.

    Returns:
        One line a problem (``file:line:column: what is wrong, what to do``), none where all is well.
    """
    from pcc_assess.catalog import across, checks
    from pcc_assess.catalog.advising import advice_problems

    kinds: dict[str, Callable[[Any, Knowledge], Iterable[tuple[Path, str]]]] = {
        "skills": checks.skill_faults,
        "tools": checks.tool_faults,
        "credentials": checks.credential_faults,
        "actions": checks.action_faults,
        "families": checks.other_faults,
        "education": checks.other_faults,
        "roles": checks.role_faults,
        "settings": checks.setting_faults,
    }
    problems = [
        across.Problem(kind, record.id, path, text)
        for kind, faults in kinds.items()
        for record in getattr(knowledge, kind).values()
        for path, text in faults(record, knowledge)
    ]
    problems += [*across.across(knowledge), *advice_problems(knowledge)]
    root = folder if folder is not None else loading.data_dir()
    places = _Places(root)
    found = [f"{places.of(item.kind, item.id, item.path)}: {item.text}" for item in problems]
    return (*found, *_blind_faults(knowledge, root), *_text_faults(knowledge, root))


def _blind_faults(knowledge: Knowledge, root: FilePath) -> Iterator[str]:
    """What is wrong with the files of ``--blind`` and of audits, and kinds without a mark. A folder may lack both."""
    if not (root / loading.BLIND).exists():
        return
    try:
        rules = loading.load_blinding(root)
        loading.load_audit(root)
    except DataError as error:
        yield from error.problems
        return
    for kind in sorted({*rules.phrases, *rules.labels}):
        if f"blind.mark.{kind}" not in knowledge.texts.messages:
            yield f"{root.name}/{loading.BLIND}: the kind {kind!r} has no message blind.mark.{kind}, add it"


def _text_faults(knowledge: Knowledge, root: FilePath) -> Iterator[str]:
    """What is wrong with the messages of the program, and with the words of other languages."""
    english = knowledge.texts.messages
    program = FilePath(__file__).resolve().parent.parent
    yield from use_faults(loading.parsed_files(root, names_of(root, ENGLISH)).values(), english, program)
    for language in languages(root)[1:]:
        try:
            files = loading.parsed_files(root, names_of(root, language))
        except DataError as error:
            yield from error.problems
            continue
        place = f"{root.name}/{FOLDER}/{language}"
        problems = list(missing_files(knowledge, files, language, place))
        translated(knowledge, language, files, place, problems)
        yield from problems


def check_role(role: Role, knowledge: Knowledge, source: str | FilePath | None = None) -> tuple[str, ...]:
    """What a role does not agree on with the data: unknown ids, shares that are not 100, levels without
    requirements.

    Args:
        role: from ``load_role``, or one of ``knowledge``.
        knowledge: the data that it is compared with.
        source: its file, which gives the lines; without it a problem names the field only.
    """
    from pcc_assess.catalog.checks import role_faults

    faults = list(role_faults(role, knowledge))
    if not faults:
        return ()
    if source is None:
        return tuple(f"{role.id}: {'.'.join(map(str, path))}: {text}" for path, text in faults)
    parsed = loading.parse_file(source)
    return tuple(f"{parsed.at(path)}: {text}" for path, text in faults)


class _Places:
    """Where a record stands; a file is read again only for a problem in it."""

    def __init__(self, root: FilePath) -> None:
        self.root = root
        self.parsed: dict[str, Parsed | None] = {}

    def of(self, kind: str, record: str, path: Path) -> str:
        """``file:line:column`` of ``path`` in a record, or its name where the file cannot be read any
        more.
        """
        for name in self._files(kind, record):
            parsed = self._parse(name)
            if parsed is None:
                continue
            if kind not in _LISTED:
                return parsed.at(path)
            for place, item in loading.items(parsed):
                if isinstance(item, dict) and item.get("id") == record:
                    return parsed.at((*place, *path))
        return f"{self.root.name}/{kind}/{record}".rstrip("/")

    def _files(self, kind: str, record: str) -> Iterator[str]:
        if kind == "actions":
            yield from sorted(f"actions/{path.name}" for path in (self.root / "actions").glob("*.yaml"))
        elif kind in loading.FOLDERS:
            yield f"{kind}/{record}.yaml"
        else:
            yield f"{_LISTED.get(kind, kind)}.yaml"

    def _parse(self, name: str) -> Parsed | None:
        if name not in self.parsed:
            try:
                text = (self.root / name).read_text(encoding="utf-8-sig")
                self.parsed[name] = parse(text, f"{self.root.name}/{name}")
            except (OSError, ValueError, PccError):
                self.parsed[name] = None
        return self.parsed[name]


# Kinds of which a file holds many, with the file where its name is another.
_LISTED = {"tools": "tools", "families": "experience", "education": "education", "actions": "actions"}
_LISTED |= {f"advice/{name}": f"advice/{name}" for name in loading.ADVICE}
