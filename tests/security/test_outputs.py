"""What a candidate wrote acts nowhere, and an output is whole or not there."""

import ast
import dataclasses
import errno
import os
import re
import resource
import signal
import stat
import subprocess
import sys
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pcc_assess import disk, renderers
from pcc_assess.assess import assess_bytes, plan_of
from pcc_assess.cli import main
from pcc_assess.errors import OutputError
from pcc_assess.plan import parameters_of
from pcc_assess.renderers import Look

PACKAGE = Path(__file__).resolve().parent.parent.parent / "pcc_assess"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="limits and modes of POSIX")
HOSTILE = (
    "\x1b[31m\x1b]0;title\x07\x9b2J\x9d8;;http://x\x9c\u202egnp\u2066\u200b\u2028\x00\x7f\r\n=1+1\t[x](javascript:x)"
    "<script>alert(1)</script>&\"'`*_{{7*7}}$(reboot)%s{0}|\\\ud800\U000e0041"
)
# Texts of a record that a candidate, a file name or a stranger's role file can fill.
FREE = frozenset(
    "quote name title rule next_step source surface_form notes reason proof free_alternative place text stated".split()
)
STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# What a screen of ours may hold beside text: line ends, and the colours that we set ourselves.
COLORS = re.compile(r"\x1b\[[0-9;]*m")
RESUME = """Jane Doe
Experience
Receptionist, Smile Clinic, Jan 2019 - Present
- Scheduled patients and verified insurance for 40 visits a day
Skills
Epic EHR, HIPAA, Microsoft Excel
"""


def steering(text, allowed="\n"):
    return sorted({f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in STEERING and c not in allowed})


def poisoned(value, name=""):
    """A record with hostile text in every field that a stranger can fill."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {field.name: poisoned(getattr(value, field.name), field.name) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **changes)
    if isinstance(value, str):
        return f"{value}{HOSTILE}" if name in FREE else value
    if isinstance(value, tuple):
        return tuple(poisoned(item, name) for item in value)
    if isinstance(value, dict):
        return {key: poisoned(item, name) for key, item in value.items()}
    return value


@pytest.fixture(scope="module")
def records(aim):
    """An assessment and a plan, and the words for them."""
    record = assess_bytes(RESUME.encode(), "a.txt", aim)
    plan = plan_of(record, aim, parameters_of(aim.knowledge.policy, date(2026, 1, 1)))
    return record, plan, renderers.wording_of(aim.role, aim.level, aim.knowledge)


LOOKS = {
    "plain": Look(),
    "narrow": Look(width=30),
    "color": Look(color=True),
    "ascii": Look(encoding="ascii"),
    "spoken": Look(accessible=True),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("kind", [*renderers.ASSESSMENT, *(f"plan {name}" for name in renderers.PLAN)])
def test_hostile_text_acts_in_no_format(kind, look, records):
    record, plan, wording = records
    if kind.startswith("plan "):
        written = renderers.PLAN[kind.removeprefix("plan ")](poisoned(plan), wording, look)
    else:
        written = renderers.ASSESSMENT[kind](poisoned(record), wording, look)
    shown = COLORS.sub("", written) if look.color else written
    allowed = "\r\n" if kind.endswith("ics") else "\n"
    assert steering(shown, allowed) == []
    if kind.endswith(("html", "markdown")):
        assert "<script>alert" not in written
    if kind.endswith("markdown"):
        assert not re.search(r"(?<!\\)\]\(javascript", written)
    if kind.endswith("json"):
        assert "gnp" in written


def test_a_hostile_file_in_every_kind_of_result(tmp_path, capsys):
    inside = tmp_path / "in"
    inside.mkdir()
    names = ["=1+1;=2.txt", "\x1b[31m\u202ename.txt", "-rf.txt", "<script>alert(1)<x>.txt"]
    for name in names:
        (inside / name).write_text(RESUME + HOSTILE.replace("\ud800", ""), encoding="utf-8")
    for ending in ("csv", "jsonl", "xlsx"):
        output = tmp_path / f"out.{ending}"
        assert main(["batch", str(inside), "--output", str(output), "--jobs", "1", "--as-of", "2026-01-01"]) == 0
        data = output.read_bytes()
        if ending == "xlsx":
            with zipfile.ZipFile(output) as book:
                sheets = [part for part in book.namelist() if part.endswith(".xml") and "theme" not in part]
                data = b"\n".join(book.read(part) for part in sheets)
            assert b"<f>" not in data
        text = data.decode("utf-8").replace("\r\n", "\n")
        assert steering(text, "\n\t") == []
        if ending == "csv":
            assert not re.search(r'(^|[,;"])[=+@]', text, re.MULTILINE)
        assert stat.S_IMODE(output.stat().st_mode) == 0o600 or sys.platform == "win32"
    told = capsys.readouterr()
    assert steering(told.out + told.err) == []


# --- the one home of each way out ------------------------------------------------------------------

WRITERS = {
    "print": (),
    "eval": (),
    "exec": (),
    "open": (),
    "os.system": (),
    "write_text": (),
    "write_bytes": (),
    "typer.echo": ("cli/app.py", "cli/options.py", "cli/role.py"),
    "sys.stdout.write": ("cli/options.py", "cli/__init__.py", "catalog/__main__.py"),
    "sys.stderr.write": ("cli/ending.py", "cli/asking.py", "cli/progress.py", "catalog/__main__.py"),
    "csv.writer": ("batch/outputs.py", "batch/columns.py", "renderers/audit.py", "pseudonyms.py"),
    "tempfile.mkstemp": ("disk.py", "cli/ending.py"),
    "os.fdopen": ("disk.py", "cli/ending.py", "pseudonyms.py"),
    "pickle.loads": ("isolation.py", "batch/spool.py"),
    "Markup": ("renderers/charts.py", "renderers/pages.py"),
}


def called(node):
    if isinstance(node, ast.Attribute):
        return f"{called(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_every_way_out_has_one_home():
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = called(node.func)
            for key in {name, name.rsplit(".", 1)[-1]} & WRITERS.keys():
                if key not in ("open", "print") or name == key:  # a console and a path have such methods too
                    found.add((key, place))
    assert {(key, place) for key, place in found if place not in WRITERS[key]} == set()
    assert {(key, place) for key, places in WRITERS.items() for place in places} == found


def test_a_table_is_written_through_the_cleaner_of_cells():
    for place in WRITERS["csv.writer"]:
        assert re.search(r"\bcell\b", (PACKAGE / place).read_text("utf-8")), place


def test_templates_escape_and_nothing_in_them_turns_that_off():
    for path in (PACKAGE / "renderers").rglob("*"):
        if path.suffix in (".html", ".j2", ".jinja"):
            text = path.read_text("utf-8")
            assert "autoescape false" not in text
            assert not re.search(r"\|\s*safe\b", text), path.name


# --- whole or not at all ---------------------------------------------------------------------------


def child(body, folder):
    """A program that ends with the exit code of the given body."""
    command = [sys.executable, "-c", f"import sys\nfrom pcc_assess.cli import main\n{body}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@POSIX
def test_what_is_written_is_for_its_owner_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        disk.write_output(tmp_path / "a.txt", "x")
        disk.make_private_dir(tmp_path / "inner")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "inner").stat().st_mode) == 0o700


@POSIX
@pytest.mark.parametrize("kind", ["text", "json", "html", "markdown"])
def test_on_a_full_disk_the_old_file_stays_and_nothing_is_left(kind, tmp_path):
    """A limit on the size of files stands for a full disk: both break off the writing in its midst."""
    (tmp_path / "resume.txt").write_text(RESUME)
    (tmp_path / "out").write_text("old")
    body = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        f"sys.exit(main(['score', 'resume.txt', '--format', {kind!r}, '--output', 'out']))"
    )
    done = child(body, tmp_path)
    assert done.returncode == 6, done.stderr
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "resume.txt"]


def test_a_disk_without_room_is_called_so(tmp_path, monkeypatch):
    (tmp_path / "out").write_text("old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="the disk is full"):
        disk.write_output(tmp_path / "out", "new")
    assert (tmp_path / "out").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@POSIX
def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    (tmp_path / "resume.txt").write_text(RESUME)
    for words in (["score", "resume.txt"], ["--help"]):
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, "-m", "pcc_assess", *words]
        done = subprocess.run(
            command, cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
        os.close(writing)
        assert (done.returncode, done.stderr) == (0, ""), words


@POSIX
def test_standard_output_on_a_full_disk_is_exit_code_6(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    (tmp_path / "resume.txt").write_text(RESUME)
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "pcc_assess", "score", "resume.txt"]
        done = subprocess.run(
            command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert done.returncode == 6
    assert "Traceback" not in done.stderr


def test_limits_of_the_system_are_as_before():
    """The tests above limit their own children only."""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    assert signal.getsignal(signal.SIGXFSZ) in (signal.SIG_IGN, signal.SIG_DFL)
