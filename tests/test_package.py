"""What is shipped: metadata, the changelog, and data that is found from anywhere."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pcc_assess import __version__

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# the name that a package is imported by, where it is another one
IMPORTED_AS = {"python-calamine": "python_calamine", "pyyaml": "yaml"}


def names(requirements: list[str]) -> set[str]:
    """The names of the packages in a list of requirements."""
    return {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in requirements}


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own, started in another folder."""
    command = [sys.executable, "-m", "pcc_assess", *words]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, env=here, capture_output=True, text=True, timeout=120, check=False)


def test_what_is_imported_is_declared_and_nothing_else() -> None:
    imported = {
        name.name if isinstance(node, ast.Import) else node.module
        for path in (ROOT / "pcc_assess").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not node.level)
        for name in node.names
    }
    foreign = {(name or "").partition(".")[0] for name in imported} - sys.stdlib_module_names - {"pcc_assess"}
    project = PYPROJECT["project"]
    extras = [line for name, lines in project["optional-dependencies"].items() if name != "test" for line in lines]
    assert {IMPORTED_AS.get(name, name) for name in names(project["dependencies"] + extras)} == foreign


def test_python_versions_agree() -> None:
    listed = {line.rpartition(" ")[2] for line in PYPROJECT["project"]["classifiers"] if ":: 3." in line}
    oldest = min(listed, key=lambda version: int(version.partition(".")[2]))
    assert PYPROJECT["project"]["requires-python"] == f">={oldest}"
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"
    assert PYPROJECT["tool"]["mypy"]["python_version"] == oldest


def test_the_changelog_leads_with_what_is_not_released() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert len(headings) == 1 or headings[1] == __version__


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="looks at what git keeps")
def test_the_top_folder_holds_what_belongs_there() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    kept = {line.partition("/")[0] for line in done.stdout.splitlines()}
    plain = {name for name in kept if not name.startswith(".")}
    files = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
    assert plain <= {"pcc_assess", "data", "tests", "docs"} | files


def test_it_tells_its_version_from_any_folder(tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert __version__ in done.stdout


def test_data_is_found_from_any_folder(tmp_path: Path) -> None:
    resume = tmp_path / "resume.txt"
    resume.write_text("Skills\nHIPAA, patient scheduling, Microsoft Excel\n", "utf-8")
    done = run("score", resume.name, "--format", "json", "--as-of", "2026-01-01", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"hipaa-privacy"' in done.stdout
