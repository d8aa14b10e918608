"""The packages that we lean on: pinned with hashes and no address, and never called clean unless somebody looked."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(not (ROOT / ".ci").is_dir(), reason="the pins are not part of the source archive")


@pytest.fixture(scope="module")
def advisories(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("advisories", root / ".ci" / "advisories.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(**packages: Any) -> dict[str, Any]:
    return {"dependencies": [{"name": name, **found} for name, found in packages.items()]}


CLEAN: dict[str, Any] = {"vulns": []}
UNKNOWN = {"skip_reason": "not found"}
HOLE = {"vulns": [{"id": "PYSEC-1"}]}


@pytest.mark.parametrize(
    "reports, words, code",
    [
        ([], "not checked (no advisory service answered)", 0),
        ([report(typer=UNKNOWN, rich=UNKNOWN)], "not checked (no advisory service answered)", 0),
        ([report(typer=CLEAN, rich=UNKNOWN)], "1 packages without a known hole, 1 not checked", 0),
        ([report(typer=CLEAN, rich=UNKNOWN), report(typer=UNKNOWN, rich=CLEAN)], "all 2 packages checked", 0),
        ([report(typer=CLEAN, rich=UNKNOWN), report(rich=HOLE)], "known holes: rich: PYSEC-1", 1),
    ],
)
def test_what_nobody_looked_at_is_not_called_clean(
    advisories: ModuleType, reports: list[dict[str, Any]], words: str, code: int
) -> None:
    sentence, ended = advisories.verdict(reports)
    assert words in sentence
    assert ended == code


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", item)[0].lower().replace("_", "-") for item in requirements}


def lists(root: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted((root / ".ci" / "pins").glob("*.txt"))}


def pinned(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9_-]+)(?:\[[a-z,-]+\])?==([^ \\;]+)", text, re.MULTILINE))


def test_every_extra_has_its_list_of_pins(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {*project["optional-dependencies"], "run", "tools"}
    assert set(lists(root)) == extras
    assert names(project["dependencies"]) <= set(pinned(lists(root)["run"]))
    assert names(project["optional-dependencies"]["test"]) | {"hatchling"} <= set(pinned(lists(root)["test"]))


def test_pins_carry_hashes_and_no_address(root: Path) -> None:
    for name, text in lists(root).items():
        assert "://" not in text, name
        assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}, name
        for block in re.split(r"\n(?=[a-z])", text.split("\n", 1)[1]):
            assert "--hash=sha256:" in block, f"{name}: {block[:60]}"


def test_all_lists_agree(root: Path) -> None:
    every = lists(root)
    tested = pinned(every["test"])
    for name, text in every.items():
        if name != "tools":
            assert pinned(text).items() <= tested.items(), name
