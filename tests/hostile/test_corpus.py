"""The corpus of hostile files: all of it in one batch, a part of it file by file; ``run.py`` runs every file alone."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus import Case, cases
from harness import CANARY, run
from run import unexpected

# Some of each class, another set wherever the list changes.
EVERY = 14
ON_TERMINAL = 60


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Case]:
    """Every case in its place."""
    folder = tmp_path_factory.mktemp("corpus")
    canary = folder / "canary.txt"
    canary.write_text(CANARY, "utf-8")
    placed: dict[Path, Case] = {}
    for case in cases(canary):
        place = folder / "files" / case.group / case.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(case.data)
        placed[place] = case
    return placed


def test_the_corpus_is_large_and_of_every_class(corpus: dict[Path, Case]) -> None:
    assert len(corpus) > 300
    groups = {case.group for case in corpus.values()}
    assert {"text", "pdf", "docx", "odt", "rtf", "html", "json", "yaml", "csv", "xlsx", "zip", "name"} <= groups


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def test_a_batch_of_them_all_ends_with_each_scored_or_named(corpus: dict[Path, Case], tmp_path: Path) -> None:
    folder = next(iter(corpus)).parent.parent
    results = tmp_path / "results.jsonl"
    ended = run(
        ["batch", folder, "--output", results, "--jobs", "2", "--as-of", "2026-01-01"], tmp_path / "home", patience=150
    )
    assert ended.faults == ()
    assert ended.code == 5, ended.err[-2000:]
    assert stat.S_IMODE(results.stat().st_mode) == 0o600
    assert CANARY not in results.read_text("utf-8")
    named = {
        str(line["candidate"]["source"]).rpartition("!")[0] or str(line["candidate"]["source"])
        for line in _lines(results)
    }
    missing = [
        path
        for path in corpus
        if not any(name.startswith(str(path)) for name in named) and f"passed over: {path}" not in ended.err
    ]
    assert missing == []


def test_each_alone_ends_as_it_must(corpus: dict[Path, Case], tmp_path: Path) -> None:
    faults: dict[str, list[str]] = {}
    for path, case in list(corpus.items())[::EVERY]:
        ended = run(["score", "--as-of", "2026-01-01", "--", path], tmp_path / "home")
        if found := unexpected(case, ended):
            faults[f"{case.group}/{case.name}"] = found
    assert faults == {}


def test_on_a_terminal_nothing_raw_is_shown(corpus: dict[Path, Case], tmp_path: Path) -> None:
    faults: dict[str, tuple[str, ...]] = {}
    for path, case in list(corpus.items())[5::ON_TERMINAL]:
        ended = run(["score", "--as-of", "2026-01-01", "--", path], tmp_path / "home", terminal=True)
        if ended.faults:
            faults[f"{case.group}/{case.name}"] = ended.faults
    assert faults == {}
