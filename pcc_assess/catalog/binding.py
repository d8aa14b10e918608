"""From plain content to records: every unknown, missing, wrong or out-of-range value is named with its place.

A reader is made once for each type, from the record's own annotations, so that a new field needs no line
here.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin

from pcc_assess.catalog.limits import LIMITS
from pcc_assess.catalog.strict import Parsed, Path
from pcc_assess.errors import printable

Record = TypeVar("Record")
# Gives the value as its type asks for; where it cannot, it reports and gives None, and the record is not
# made.
Reader = Callable[["Binding", Any, Path], Any]
_MOST_NAMED = 12


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The one of ``choices`` that is most like ``word``, None where nothing is near; case does not matter."""
    from difflib import get_close_matches

    by_folded = {choice.casefold(): choice for choice in sorted(choices)}
    found = get_close_matches(word[:100].casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def _did_you_mean(word: str, choices: Iterable[str]) -> str:
    near = nearest(word, choices)
    return f"; did you mean {near!r}?" if near else ""


class Binding:
    """The binding of one file; ``problems`` holds what was wrong."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.problems: list[str] = []

    def bind(self, record: type[Record], value: object, path: Path) -> Record | None:
        """``value`` as a ``record``, None where there were problems."""
        before = len(self.problems)
        kind: Any = record  # a class; the checker wants to see that it can be hashed
        reader: Reader = reader_of(kind)
        made: Record = reader(self, value, path)
        return made if len(self.problems) == before else None

    def problem(self, path: Path, text: str, *, key: bool = False) -> None:
        """Record what is wrong with the value, or with the key, at ``path``."""
        self.problems.append(f"{self.parsed.at(path, key=key)}: {text}")

    def wrong(self, path: Path, value: object, expected: str) -> None:
        """Record a value of another type than ``expected``."""
        name = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
        hint = ", put it in quotes" if expected == "text" and isinstance(value, (bool, int, float)) else ""
        self.problem(path, f"{name}{expected} is needed, and here stands {_found(value)}{hint}")

    def unknown_key(self, path: Path, key: str, known: Collection[str]) -> None:
        """Record a key that does not exist."""
        hint = _did_you_mean(key, known) or f", use one of {_listed(known)}"
        self.problem((*path, key), f"there is no key {printable(key)!r}{hint}", key=True)


def _found(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text {printable(value[:40])!r}"
    return "a list" if isinstance(value, list) else "a mapping"


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(list(names)[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else shown + " ..."


@cache
def reader_of(kind: Any) -> Reader:
    """The reader of one type: a record, text, number, list, mapping, choice or union."""
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if dataclasses.is_dataclass(kind):
        return _record(typing.cast(type, kind))
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _choice(arguments)
    if origin in (typing.Union, types.UnionType):
        return _union(arguments)
    if origin is tuple:
        return _sequence(arguments[0]) if arguments[-1] is Ellipsis else _fixed(arguments)
    if origin is dict:
        return _mapping(*arguments)
    if origin is frozenset:
        return _set(arguments[0])
    raise TypeError(f"no reader for {kind!r}")


def _text(binding: Binding, value: Any, path: Path) -> str | None:
    if type(value) is str:
        if text := value.strip():
            return text
        binding.problem(path, "this text is empty, fill it in or leave it out")
    else:
        binding.wrong(path, value, "text")
    return None


def _optional_text(binding: Binding, value: Any, path: Path) -> str | None:
    return "" if value == "" else _text(binding, value, path)


def _whole(binding: Binding, value: Any, path: Path) -> int | None:
    if type(value) is int:
        return value
    binding.wrong(path, value, "a whole number")
    return None


def _number(binding: Binding, value: Any, path: Path) -> float | None:
    if type(value) is float or type(value) is int:
        return float(value)
    binding.wrong(path, value, "a number")
    return None


def _yes_no(binding: Binding, value: Any, path: Path) -> bool | None:
    if type(value) is bool:
        return value
    binding.wrong(path, value, "true or false")
    return None


def _nothing(_binding: Binding, _value: Any, _path: Path) -> None:
    return None


_SIMPLE: dict[Any, Reader] = {str: _text, int: _whole, float: _number, bool: _yes_no}


def _choice(choices: tuple[Any, ...]) -> Reader:
    def read(binding: Binding, value: Any, path: Path) -> Any:
        if value in choices:
            return value
        if type(value) is str:
            hint = _did_you_mean(value, choices) or f", use one of {_listed(choices)}"
            binding.problem(path, f"{printable(value[:40])!r} is not known here{hint}")
        else:
            binding.wrong(path, value, f"one of {_listed(choices)}")
        return None

    return read


def _accepts(kind: Any) -> tuple[type, ...]:
    """The types of plain content that a member of a union takes."""
    if kind is float:
        return (int, float)
    if kind in (int, bool, str, types.NoneType):
        return (kind,)
    if get_origin(kind) is Literal:
        return (str,)
    return (list,) if get_origin(kind) is tuple else (dict,)


def _union(members: tuple[Any, ...]) -> Reader:
    readers: dict[type, Reader] = {}
    for member in members:
        for accepted in _accepts(member):
            if accepted is types.NoneType:
                readers[accepted] = _nothing
            else:
                readers.setdefault(accepted, reader_of(member))
    last = reader_of(next(member for member in reversed(members) if member is not types.NoneType))

    def read(binding: Binding, value: Any, path: Path) -> Any:
        return readers.get(type(value), last)(binding, value, path)

    return read


def _texts(binding: Binding, value: Any, path: Path) -> tuple[str, ...] | None:
    """Most of the data are lists of words: all at once, and one by one only where one of them is at fault."""
    if type(value) is list:
        try:
            words = tuple(map(str.strip, value))
        except TypeError:
            words = ("",)
        if "" not in words:
            return words
    slowly: tuple[str, ...] | None = _each(_text)(binding, value, path)
    return slowly


def _sequence(member: Any) -> Reader:
    return _texts if member is str else _each(reader_of(member))


def _set(member: Any) -> Reader:
    """A list whose order says nothing; what stands in it twice is a fault."""
    read_all = _sequence(member)

    def read(binding: Binding, value: Any, path: Path) -> frozenset[Any] | None:
        found = read_all(binding, value, path)
        if found is None:
            return None
        for at, item in enumerate(found):
            if item in found[:at]:
                binding.problem((*path, at), f"{printable(str(item))!r} stands here already, keep one")
        return frozenset(found)

    return read


def _each(read_one: Reader) -> Reader:

    def read(binding: Binding, value: Any, path: Path) -> tuple[Any, ...] | None:
        if type(value) is not list:
            binding.wrong(path, value, "a list")
            return None
        return tuple([read_one(binding, item, (*path, at)) for at, item in enumerate(value)])

    return read


def _fixed(members: tuple[Any, ...]) -> Reader:
    readers = [reader_of(member) for member in members]

    def read(binding: Binding, value: Any, path: Path) -> tuple[Any, ...] | None:
        if type(value) is not list or len(value) != len(readers):
            binding.wrong(path, value, f"a list of {len(readers)}")
            return None
        return tuple(
            [reader(binding, item, (*path, at)) for at, (reader, item) in enumerate(zip(readers, value, strict=True))]
        )

    return read


def _mapping(key_kind: Any, member: Any) -> Reader:
    read_one = reader_of(member)
    choices = get_args(key_kind) if get_origin(key_kind) is Literal else ()

    def read(binding: Binding, value: Any, path: Path) -> dict[str, Any] | None:
        if type(value) is not dict:
            binding.wrong(path, value, "a mapping (key: value)")
            return None
        for key in value:
            if choices and key not in choices:
                binding.unknown_key(path, key, choices)
        return {key: read_one(binding, item, (*path, key)) for key, item in value.items()}

    return read


def _record(record: type) -> Reader:
    hints = typing.get_type_hints(record)
    readers: dict[str, Reader] = {}
    needed: list[str] = []
    for field in dataclasses.fields(record):
        readers[field.name] = _optional_text if field.default == "" else reader_of(hints[field.name])
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            needed.append(field.name)
    limits = LIMITS.get(record)

    def read(binding: Binding, value: Any, path: Path) -> Any:
        if type(value) is not dict:
            binding.wrong(path, value, "a mapping (key: value)")
            return None
        before = len(binding.problems)
        made = _fields(binding, value, path, readers)
        for name in needed:
            if name not in made:
                binding.problem(path, f"the key {name!r} is missing, add it")
        if len(binding.problems) > before:
            return None
        result = record(**made)
        for name, text in limits(result) if limits else ():
            binding.problem((*path, name), text)
        return result

    return read


def _fields(binding: Binding, value: dict[str, Any], path: Path, readers: dict[str, Reader]) -> dict[str, Any]:
    """The values of a record's keys."""
    made: dict[str, Any] = {}
    for key, item in value.items():
        reader = readers.get(key)
        if reader is None:
            binding.unknown_key(path, key, readers)
        else:
            made[key] = reader(binding, item, (*path, key))
    return made
