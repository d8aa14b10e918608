"""What the README says is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pcc_assess import errors
from pcc_assess.cli import main
from pcc_assess.knowledge import LEVELS, Knowledge

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
REPORTS = re.findall(r"<!-- report: (.+?) -->\n```text\n(.*?)```", README, re.DOTALL)
SETUP = "python3 -m venv .venv && .venv/bin/pip install -q "


def shell_lines() -> list[str]:
    """Every line of a block of shell commands."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_there_is_a_report_on_the_first_screen() -> None:
    assert len(REPORTS) >= 1
    assert README.index("<!-- report:") < README.index("\n## ")


@pytest.mark.parametrize("words, excerpt", REPORTS)
def test_a_report_shown_is_what_the_program_prints(
    words: str, excerpt: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    assert main(shlex.split(words)) == 0
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    printed = "\n".join(lines)
    assert excerpt.strip(), f"show a part of this:\n{printed}"
    # a line "..." in the excerpt stands for lines left out
    place = 0
    for part in re.split(r"^\s*\.\.\.\n", excerpt, flags=re.MULTILINE):
        found = printed.find(part.rstrip("\n"), place)
        assert found >= 0, f"not printed in this order:\n{part}\nprinted was:\n{printed}"
        place = found + len(part.rstrip("\n"))


def test_two_commands_do_all_of_their_set_up() -> None:
    score, tests = shell_lines()
    assert score.startswith(f"{SETUP}. && .venv/bin/pcc-assess score data/samples/")
    assert tests == f"{SETUP}-e '.[test]' && .venv/bin/python -m pytest -q"


def test_what_the_readme_points_to_exists() -> None:
    places = re.findall(r"\]\((?!https?:)([^)#]+)", README) + re.findall(r"data/samples/[\w.-]+", README)
    assert [place for place in places if not (ROOT / place).is_file()] == []


def test_every_command_is_listed_and_every_listed_command_runs(capsys: pytest.CaptureFixture[str]) -> None:
    listed = set(re.findall(r"^\| `pcc-assess (\w+)", README, re.MULTILINE))
    for command in listed:
        assert main([command, "--help"]) == 0
    capsys.readouterr()
    assert main(["--help"]) == 0
    commands = capsys.readouterr().out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert listed == set(re.findall(r"^  (\w+)", commands, re.MULTILINE))


def test_exit_codes_are_those_of_the_program() -> None:
    table = README.partition("## Exit codes")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE)
    told = {int(code) for row in rows for code in row.split(",")}
    raised = {kind.exit_code for kind in vars(errors).values() if hasattr(kind, "exit_code")}
    assert raised <= told
    # done, finished with failures, and the two signals are no errors
    assert told == raised | {0, 5, 130, 143}


def test_numbers_of_the_score_are_those_of_the_data(knowledge: Knowledge) -> None:
    said = re.search(r"essential one counts (\d+), an important one (\d+), a helpful one (\d+)", README)
    assert said is not None
    weights = knowledge.policy.weights
    told = [float(number) for number in said.groups()]
    assert told == [weights["essential"], weights["important"], weights["helpful"]]
    assert knowledge.policy.half_credit == 0.5
    rungs = {rung.id: rung.level for rung in knowledge.policy.rungs}
    assert [rungs[rung] for rung in ("familiar", "course", "listed", "duty", "result")] == [1, 1, 2, 3, 4]


def test_levels_are_those_of_the_program() -> None:
    assert ", ".join(f"`{level}`" for level in LEVELS[:-1]) + f" and `{LEVELS[-1]}`" in README
