"""The messages of the program: nested mappings of ``data/text/`` made flat, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as FilePath
from string import Formatter
from typing import Any

from pcc_assess.catalog.binding import Binding, nearest
from pcc_assess.catalog.strict import Parsed, Path

# A key as code writes it: as a whole, or up to the dot from which it is put together.
_KEY = re.compile(r"""["']([a-z]+(?:\.[a-z0-9-]+)+|(?:[a-z]+\.)(?:[a-z0-9-]+\.)*)(?=["'{])""")
_ASKED = re.compile(r"""(\.say|\.count|Note)\(\s*f?["']([a-z]+\.[a-z0-9.-]*)(["'{])""")
_NUMBERS = (".one", ".other")


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value of nested mappings that is no mapping itself, with its path."""
    if isinstance(value, dict) and (value or not path):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    else:
        yield path, value


def key_of(path: Path) -> str:
    """The key of the message at a path of its file."""
    return ".".join(map(str, path))


def messages_of(files: Iterable[Parsed], problems: list[str]) -> dict[str, str]:
    """All messages of one language; what is no text, or stands in two files, goes to ``problems``."""
    found: dict[str, str] = {}
    for parsed in files:
        binding = Binding(parsed)
        for path, value in leaves(parsed.value):
            if not isinstance(value, str) or not path:
                binding.wrong(path, value, "text")
            elif key_of(path) in found:
                text = f"the message {key_of(path)!r} stands in another file already, keep one"
                binding.problem(path, text, key=True)
            else:
                found[key_of(path)] = value.strip()
        problems += binding.problems
    return found


def message_faults(files: Iterable[Parsed], english: Mapping[str, str], folder: str) -> Iterator[str]:
    """Where the messages of a language differ from the English ones in keys or in places for values.

    ``folder``: where the language stands, for a message of which not even the file is there.
    """
    met: set[str] = set()
    homes: dict[str, Parsed] = {}
    for parsed in files:
        homes |= dict.fromkeys(parsed.value if isinstance(parsed.value, dict) else (), parsed)
        for path, value in leaves(parsed.value):
            key, place = key_of(path), parsed.at(path, key=True)
            met.add(key)
            if key not in english:
                near = nearest(key, english)
                hint = f"did you mean {near!r}?" if near else "delete it"
                yield f"{place}: there is no message {key!r} in English; {hint}"
            elif isinstance(value, str):
                yield from (f"{parsed.at(path)}: {text}" for text in unlike(value, english[key]))
    for key in english:
        if key not in met:
            home = homes.get(key.partition(".")[0])
            place = home.at(tuple(key.split("."))) if home is not None else folder
            yield f"{place}: the message {key!r} is missing, add it"


def unlike(message: str, english: str) -> Iterator[str]:
    """Where a translated text has other places for values than the English."""
    wanted = _places(english) or set()
    found = _places(message)
    if found is None:
        yield "a brace is not closed or holds more than a name, write {name}"
    elif found != wanted:
        differing = ", ".join(f"{{{name}}}" for name in sorted(wanted ^ found))
        yield f"the English message has other places for values, make them alike: {differing}"


def _places(message: str) -> set[str] | None:
    """The names of the places for values, None where the message cannot be filled in."""
    try:
        parts = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(message)]
    except ValueError:
        return None
    names = {name for name, _, _ in parts if name is not None}
    plain = all(name.isidentifier() for name in names) and not any(c or "{" in (s or "") for _, s, c in parts)
    return names if plain else None


def use_faults(files: Iterable[Parsed], english: Mapping[str, str], package: FilePath) -> Iterator[str]:
    """English messages that cannot be filled in or that nothing in the program says, and keys without a message.

    Args:
        files: the English files, for the places of faults.
        english: their messages.
        package: the folder of the program's own code, in which each key stands as text.
    """
    paths = [*package.rglob("*.py"), *package.rglob("*.html")]
    code = {path.relative_to(package).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    written = {key for text in code.values() for key in _KEY.findall(text)}
    for parsed in files:
        for path, value in leaves(parsed.value):
            if isinstance(value, str) and _places(value) is None:
                yield f"{parsed.at(path)}: a brace is not closed or holds more than a name, write {{name}}"
            if not _is_said(key_of(path), written):
                yield f"{parsed.at(path, key=True)}: nothing in the program says {key_of(path)!r}, delete it"
    for name, text in sorted(code.items()):
        yield from (f"{name}: there is no message {key!r}" for key in _asked(text) if not _is_there(key, english))


def _is_said(key: str, written: set[str]) -> bool:
    """Whether code holds the key, the key before its number, or the beginning that it is put together from."""
    stems = {key, *(key.removesuffix(ending) for ending in _NUMBERS)}
    parts = key.split(".")
    return not written.isdisjoint(stems | {".".join(parts[:end]) + "." for end in range(1, len(parts))})


def _asked(text: str) -> Iterator[str]:
    """The keys that code asks for; one that is put together ends in a dot."""
    for method, key, end in _ASKED.findall(text):
        if end == "{":
            yield key
        elif method == ".count":
            yield from (f"{key}{ending}" for ending in _NUMBERS)
        else:
            yield key


def _is_there(key: str, messages: Mapping[str, Any]) -> bool:
    return any(name.startswith(key) for name in messages) if key.endswith(".") else key in messages
