"""The plan of the house: who may import what, and how large a part may grow.

The order of the floors is a contract in pyproject.toml; here stand the rules that it cannot word.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pcc_assess"
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
MODULES = {name: ast.parse(path.read_text("utf-8")) for name, path in FILES.items()}

HOMES: dict[str, str | tuple[str, ...]] = {
    "yaml": "catalog/",
    "pydantic": ("readers/", "renderers/"),
    "rich": ("renderers/terminal.py", "renderers/sheets.py"),
    "typer": "cli/",
    "jinja2": "renderers/pages.py",
    "markupsafe": "renderers/",
    "questionary": "cli/arrow_keys.py",
    "highspy": "plan/solve.py",
    "rapidfuzz": "match/",
    "python_calamine": "batch/sheets.py",
    "xlsxwriter": ("batch/workbook.py", "batch/fast_sheet.py"),
    "pyarrow": "batch/parquet.py",
    "psutil": "isolation.py",
    "distributed": "batch/cluster.py",
    "fsspec": "batch/remote.py",
    "pypdfium2": "readers/",
    "selectolax": "readers/",
}
# what asks the world something; the stages between reading and writing are functions of what they are given
WORLD = {"os", "pathlib", "time", "random", "locale", "subprocess", "multiprocessing", "tempfile", "shutil"}
STAGES = (
    "advice/",
    "compare.py",
    "employers.py",
    "pay.py",
    "extract/",
    "match/",
    "plan/",
    "quiz/",
    "score.py",
    "blind.py",
    "redaction.py",
    "contacts.py",
    "model/",
    "knowledge/",
    "tokens.py",
)
NETWORK = {"socket", "urllib", "http", "ftplib", "smtplib", "ssl", "asyncio", "requests", "httpx", "aiohttp"}
HEAVY = (
    "yaml",
    "highspy",
    "jinja2",
    "pydantic",
    "rapidfuzz",
    "pypdfium2",
    "selectolax",
    "multiprocessing",
    "python_calamine",
    "xlsxwriter",
    "pyarrow",
)


def imports(tree: ast.Module) -> Iterator[str]:
    """The top-level names of all that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def functions() -> list[tuple[str, int]]:
    """Every function with its length in lines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        (f"{name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    ]


@pytest.mark.parametrize("library, home", HOMES.items())
def test_a_library_is_imported_in_its_home_only(library: str, home: str | tuple[str, ...]) -> None:
    users = [name for name, tree in MODULES.items() if library in imports(tree)]
    assert [name for name in users if not name.startswith(home)] == []


def test_every_foreign_library_has_a_home() -> None:
    foreign = {library for tree in MODULES.values() for library in imports(tree)} - sys.stdlib_module_names
    assert foreign - {"pcc_assess"} == set(HOMES)


def test_stages_ask_the_world_nothing() -> None:
    asked = {name: WORLD & set(imports(tree)) for name, tree in MODULES.items() if name.startswith(STAGES)}
    assert {name: libraries for name, libraries in asked.items() if libraries} == {}


def test_only_the_command_line_asks_the_clock() -> None:
    asking = [
        f"{name}:{node.lineno}"
        for name, tree in MODULES.items()
        if not name.startswith("cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow")
    ]
    assert asking == []


def test_nothing_can_leave_the_computer() -> None:
    reached = {name: NETWORK & set(imports(tree)) for name, tree in MODULES.items()}
    assert {name: libraries for name, libraries in reached.items() if libraries} == {}


def test_functions_stay_small() -> None:
    lengths = [length for _, length in functions()]
    assert [place for place, length in functions() if length > 50] == []
    assert median(lengths) < 15


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["score", "--help"]])
def test_heavy_libraries_wait_until_they_are_used(words: list[str]) -> None:
    program = f"""
import sys
from pcc_assess.cli import main
code = main({words!r})
print(",".join(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)
sys.exit(code)
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")
