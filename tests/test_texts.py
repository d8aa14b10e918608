"""Messages: what they say, and that code and data files name the same ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from pcc_assess import catalog
from pcc_assess.texts import Texts

PACKAGE = Path(catalog.__file__).parent.parent
TEXTS = Texts("en", {"a.hello": "Hello, {name}.", "a.step.one": "{number} step", "a.step.other": "{number:,g} steps"})
# the modules whose words reach a person in a report or plan
SPEAKING = [
    PACKAGE / "score.py",
    *(PACKAGE / "plan").glob("*.py"),
    *(PACKAGE / "readers" / name for name in ("content.py", "plain.py")),
    *(PACKAGE / "renderers" / f"{name}.py" for name in ("summary", "terminal", "spoken", "markdown")),
]
KEY = re.compile(r"[a-z]+(\.[a-z0-9-]+)+")
# a command, a style, and hints of errors that are made before they are raised
NO_SENTENCES = ("pcc-assess ", "not bold", "choose one of", "this assessment has", "give ")


def test_a_message_takes_its_values():
    assert TEXTS.say("a.hello", name="{Ana}") == "Hello, {Ana}."


@pytest.mark.parametrize(("number", "text"), [(1, "1 step"), (1.0, "1.0 step"), (0, "0 steps"), (2500, "2,500 steps")])
def test_a_number_chooses_its_form(number, text):
    assert TEXTS.count("a.step", number) == text


def test_a_name_that_is_unknown_has_a_fallback():
    assert TEXTS.named("a.hello", "x") == "Hello, {name}."
    assert TEXTS.named("a.other", "x") == "x"


@pytest.mark.parametrize("call", [("a.none",), ("a.hello",)])
def test_a_missing_message_or_value_is_a_fault(call):
    with pytest.raises(KeyError):
        TEXTS.say(*call)


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call of the program that says a message, with its key."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                key = node.args[0]
                if (
                    node.func.attr in ("say", "count")
                    and isinstance(key, ast.Constant)
                    and KEY.fullmatch(str(key.value))
                ):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node, str(key.value)


def test_every_message_gets_all_its_values(knowledge):
    lacking = []
    for place, node, key in calls():
        given = {word.arg for word in node.keywords}
        counted = isinstance(node.func, ast.Attribute) and node.func.attr == "count"
        for name in (f"{key}.one", f"{key}.other") if counted else (key,):
            wanted = {field for _, field, _, _ in Formatter().parse(knowledge.texts.messages[name]) if field}
            if None not in given and wanted - given - ({"number"} if counted else set()):
                lacking.append(f"{place}: {name}")
    assert lacking == []


def sentences(tree: ast.Module) -> Iterator[str]:
    """Texts of two words and more, but for docstrings and errors, which are English for now."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            passed |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.FunctionDef) and "-> InputError" in ast.unparse(node).partition("\n")[0]:
            passed |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            text = node.value
            if re.search(r"[A-Za-z]{2,} +[a-z]{2,}", text) and not text.startswith(NO_SENTENCES):
                yield text


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_sentence_stands_in_code(path):
    assert list(sentences(ast.parse(path.read_text("utf-8")))) == []
