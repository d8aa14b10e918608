"""The files of an audit: the results of a batch, and the groups that a counselor keeps apart from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from pcc_assess.batch.audit import Subject
from pcc_assess.batch.grids import GridRow, read_grid
from pcc_assess.disk import open_input
from pcc_assess.errors import InputError, printable
from pcc_assess.limits import Limits
from pcc_assess.strict_json import parse_json

_ASSESSMENT = "pcc-assess/assessment/1"
_LONGEST_LINE = 50_000_000
_KEYS = ("id", "source")
_AGAIN = "give a .jsonl or .csv file that `pcc-assess batch` wrote"
_GROUPS = "the first line names the columns: id or source, and one or more groups"


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of the results that was scored."""

    id: str
    source: str
    score: Fraction
    band: str


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups file: names of the ``columns``; for each key (an id or a source) a category of each column."""

    columns: tuple[str, ...]
    by_key: Mapping[str, Mapping[str, str]]


@dataclass(slots=True)
class Matched:
    """Results with their groups. ``without``: results that no line of the groups file names. ``unused``: lines of the
    groups file that meet no result. ``repeated``: results whose id stands there already.
    """

    people: list[Subject] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    repeated: int = 0


def read_results(path: str, limits: Limits) -> Iterator[Scored]:
    """What was scored, in the order of the file.

    Raises:
        InputError: it cannot be read, or a line is no result.
    """
    if path.lower().endswith(".jsonl"):
        yield from _json_lines(path, limits)
    elif path.lower().endswith(".csv"):
        yield from _csv(path, limits)
    else:
        raise InputError("results are read as .jsonl or .csv", where=printable(path), hint=_AGAIN)


def _json_lines(path: str, limits: Limits) -> Iterator[Scored]:
    where = printable(path)
    with open_input(path) as file:
        for number in range(1, 1 << 62):
            line = file.readline(_LONGEST_LINE)
            if not line:
                return
            place = f"{where}:{number}"
            value = parse_json(line.decode("utf-8", "replace"), place, limits)
            if isinstance(value, dict) and value.get("schema") == _ASSESSMENT:
                yield _scored(value, place)


def _scored(value: Mapping[str, Any], place: str) -> Scored:
    try:
        candidate, ready = value["candidate"], value["readiness"]
        return Scored(str(candidate["id"]), str(candidate["source"]), _fraction(ready["score"]), str(ready["band"]))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("this line is no assessment", where=place, hint=_AGAIN) from error


def _fraction(value: object) -> Fraction:
    """A score as it is written: 79.9 is 799/10, not the nearest number of the machine."""
    return Fraction(str(value))


def _csv(path: str, limits: Limits) -> Iterator[Scored]:
    where = printable(path)
    with open_input(path) as file, closing(read_grid(file, where, limits)) as rows:
        header = [cell.strip().casefold() for cell in _first(rows, where, _AGAIN)]
        try:
            places = {name: header.index(name) for name in ("id", "source", "status", "score", "band")}
        except ValueError as error:
            raise InputError(
                "this table has no columns id, source, status, score, band", where=where, hint=_AGAIN
            ) from error
        for row in rows:
            cells = {name: row.cells[at].strip() for name, at in places.items() if at < len(row.cells)}
            if cells.get("status") != "scored":
                continue
            try:
                yield Scored(cells["id"], cells["source"].removeprefix("'"), _fraction(cells["score"]), cells["band"])
            except (KeyError, ValueError) as error:
                raise InputError("this row is no result", where=f"{where}:{row.number}", hint=_AGAIN) from error


def _first(rows: Iterator[GridRow], where: str, hint: str) -> list[str]:
    """The cells of the first row."""
    row = next(rows, None)
    if row is None:
        raise InputError("this table is empty", where=where, hint=hint)
    return row.cells


def read_groups(path: str, unknown: frozenset[str], limits: Limits) -> Groups:
    """The groups file. A category is compared without regard to case, and shown as it stands first.

    Raises:
        InputError: it cannot be read, has no column id or source, or names somebody twice with different groups.
    """
    where = printable(path)
    with open_input(path) as file, closing(read_grid(file, where, limits)) as rows:
        header = [cell.strip() for cell in _first(rows, where, _GROUPS)]
        keys = [at for name in _KEYS for at, cell in enumerate(header) if cell.casefold() == name]
        columns = [(at, cell) for at, cell in enumerate(header) if at not in keys and cell]
        if not keys or not columns:
            what = "a column id or source" if not keys else "a column of groups"
            raise InputError(f"this table lacks {what}", where=where, hint=_GROUPS)
        spelled: dict[tuple[str, str], str] = {}
        by_key: dict[str, Mapping[str, str]] = {}
        for row in rows:
            cells = [*map(str.strip, row.cells), *[""] * (len(header) - len(row.cells))]
            groups = {name: _category(name, cells[at], unknown, spelled) for at, name in columns}
            key = next((cells[at] for at in keys if cells[at]), "")
            if key and by_key.setdefault(key, groups) != groups:
                place = f"{where}:{row.number}"
                raise InputError(f"{printable(key)} stands here twice, with other groups", where=place, hint="keep one")
    return Groups(tuple(name for _, name in columns), by_key)


def _category(column: str, cell: str, unknown: frozenset[str], spelled: dict[tuple[str, str], str]) -> str:
    folded = " ".join(cell.casefold().split())
    return "" if not folded or folded in unknown else spelled.setdefault((column, folded), cell)


def match(results: Iterator[Scored], groups: Groups, people: Mapping[str, str]) -> Matched:
    """Each result with its groups: by its id, by its path, or by the name of its file where only one result has it.

    ``people``: pseudonym to path, for results that are blind.
    """
    found = Matched()
    every: dict[str, Scored] = {}
    for result in results:
        found.repeated += result.id in every
        every.setdefault(result.id, result)
    paths = {result.id: people.get(result.id, result.source) for result in every.values()}
    alone = _alone(paths.values())
    used: set[str] = set()
    for result in every.values():
        path = paths[result.id]
        name = PurePath(path).name
        keys = (result.id, path, name if name in alone else "")
        key = next((key for key in keys if key in groups.by_key), None)
        if key is None:
            found.without.append(result.source)
        else:
            used.add(key)
        found.people.append(Subject(result.id, result.score, result.band, groups.by_key[key] if key else {}))
    found.unused = [key for key in groups.by_key if key not in used]
    return found


def _alone(paths: Sequence[str] | Any) -> frozenset[str]:
    """Names of files that only one path has."""
    counted: dict[str, int] = {}
    for path in paths:
        name = PurePath(path).name
        counted[name] = counted.get(name, 0) + 1
    return frozenset(name for name, number in counted.items() if number == 1)
