"""The table of what the guide says: every file and command that it names exists, every row has an answer."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pcc_assess.cli import main

ROOT = Path(__file__).resolve().parent.parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "checklist.md").read_text("utf-8").splitlines()
    if re.match(r"\| .*\| (yes|part|no) \|", line)
]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", f"{row[2]} {row[3]}")})
COMMANDS = [name for name in NAMED if name.startswith("pcc-assess ")]
FILES = [name for name in NAMED if "/" in name and name not in COMMANDS]


def test_every_row_says_where_and_a_part_or_a_no_says_why():
    assert len(ROWS) > 100
    assert [row for row in ROWS if len(row) != 4 or "`" not in row[2]] == []
    assert [row for row in ROWS if row[1] != "yes" and not row[3]] == []


@pytest.mark.parametrize("name", FILES)
def test_every_file_named_is_there(name):
    assert (ROOT / name).exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_named_is_there(command, capsys):
    words = shlex.split(command)[1:]
    if words[0] == "guide":
        assert main(words) == 0
        return
    assert main([*(words[:2] if words[0] == "role" else words[:1]), "--help"]) == 0
    known = capsys.readouterr().out
    assert [word for word in words if word.startswith("--") and word not in known] == []
