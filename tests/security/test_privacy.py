"""Nothing leaves the computer, and what a candidate wrote stands nowhere but in what was asked for."""

import os
import shutil
import subprocess
import sys

import pytest

from pcc_assess import assess
from pcc_assess.cli import main

CANARY = "Zyxwvutsrq Canarybird"
RESUME = f"{CANARY}\nExperience\nReceptionist, Clinic, Jan 2019 - Present\n- Scheduled patients\nSkills\nHIPAA, Excel\n"
RUNS = (
    ["score", "resume.txt"],
    ["score", "resume.txt", "--format", "html", "--output", "report.html"],
    ["plan", "resume.txt", "--format", "markdown"],
    ["batch", "resume.txt", "--output", "results.csv", "--jobs", "2"],
    ["quiz", "--form", "form.html"],
    ["role", "show"],
)
# Tells of every use of a socket, in this process and in those that it makes.
WATCH = """
import sys
def told(event, args):
    if event.startswith("socket.") and event != "socket.gethostname":
        family = args[1] if event == "socket.__new__" else getattr(args[0], "family", None) if args else None
        if family != 1:  # a pipe of this computer (AF_UNIX)
            sys.stderr.write(f"NETWORK {event}\\n")
sys.addaudithook(told)
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with a resume."""
    (tmp_path / "resume.txt").write_text(RESUME)
    return tmp_path


def program(words):
    return [sys.executable, "-m", "pcc_assess", *words]


def test_no_command_touches_a_socket(folder, tmp_path_factory):
    """Every Python of the run, workers too, loads the watch when it starts."""
    site = tmp_path_factory.mktemp("site")
    (site / "sitecustomize.py").write_text(WATCH)
    env = {**os.environ, "PYTHONPATH": str(site)}
    asking = [sys.executable, "-c", "import socket; socket.socket(socket.AF_INET)"]
    probe = subprocess.run(asking, env=env, capture_output=True, check=False)
    assert b"NETWORK" in probe.stderr  # the watch sees what it should
    for words in RUNS[1:5]:
        done = subprocess.run(
            program(words), cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "NETWORK" not in done.stderr, words


def test_the_program_works_where_there_is_no_network(folder):
    alone = ["unshare", "-r", "-n"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to make a network of its own")
    for words in (RUNS[0], RUNS[3]):
        done = subprocess.run(
            [*alone, *program(words)], cwd=folder, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, (words, done.stderr)


def stumbling(*_args, **_kwargs):
    raise ValueError(f"cannot go on with {CANARY}")


def test_a_report_of_a_fault_holds_no_word_of_a_candidate(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TMPDIR", str(folder / "tmp"))
    (folder / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(assess, "assess_document", stumbling)
    assert main(["score", "resume.txt"]) == 70
    told = capsys.readouterr()
    reports = list((folder / "tmp").iterdir())
    assert len(reports) == 1
    written = reports[0].read_text()
    assert "ValueError" in written
    assert "assess.py" in written
    for text in (written, told.out, told.err):
        assert not any(word in text for word in CANARY.split())


@pytest.mark.parametrize("words", RUNS[1:4:2])
def test_nothing_of_a_candidate_is_left_anywhere_else(words, folder, tmp_path_factory):
    places = {name: tmp_path_factory.mktemp(name) for name in ("home", "cache", "data", "temp")}
    env = {
        **os.environ,
        "HOME": str(places["home"]),
        "XDG_CACHE_HOME": str(places["cache"]),
        "XDG_DATA_HOME": str(places["data"]),
        "TMPDIR": str(places["temp"]),
    }
    subprocess.run(program(words), cwd=folder, env=env, capture_output=True, timeout=120, check=True)
    left = [path for place in places.values() for path in place.rglob("*") if path.is_file()]
    assert not any(CANARY.split(maxsplit=1)[0].encode() in path.read_bytes() for path in left)
    assert [path for path in places["temp"].rglob("*") if path.is_file()] == []
    own = {"resume.txt", *words}
    assert [path.name for path in folder.iterdir() if path.name not in own] == []


@pytest.mark.skipif(sys.platform == "win32", reason="core dumps of POSIX")
def test_core_dumps_are_off_in_every_process(folder):
    body = "import resource\nfrom pcc_assess.cli import main\nmain(['score', 'resume.txt', '--output', 'out.txt'])\n"
    body += "print(resource.getrlimit(resource.RLIMIT_CORE))"
    command = ["sh", "-c", 'ulimit -c unlimited 2>/dev/null; exec "$0" -c "$1"', sys.executable, body]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip().endswith("(0, 0)")
