"""The command line: what goes where, and how every run ends."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pcc_assess import __version__, disk
from pcc_assess.aim import DEFAULT_ROLE
from pcc_assess.cli import main
from pcc_assess.knowledge import LEVELS
from pcc_assess.renderers.schemas import NAMES, schema

RESUME = """\
Robin Sample
Experience
Front desk coordinator, Lakeside Clinic, January 2019 - December 2023
- Scheduled appointments for four doctors
- Verified insurance eligibility and obtained prior authorizations
Education
High School Diploma
Skills
HIPAA, medical terminology, Microsoft Excel
"""
DAY = ["--as-of", "2026-11-01"]
COMMANDS = [
    ["score"],
    ["plan"],
    ["batch"],
    ["compare"],
    ["role"],
    ["role", "list"],
    ["role", "show"],
    ["role", "check"],
    ["schema"],
]
posix = pytest.mark.skipif(os.name != "posix", reason="uses signals, pipes and terminals of POSIX")

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def resume(tmp_path: Path) -> str:
    path = tmp_path / "resume.txt"
    path.write_text(RESUME, "utf-8")
    return str(path)


@pytest.fixture
def boom(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Makes reading a candidate's file fail in a given way."""

    def install(error: BaseException) -> None:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr(disk, "read_input", fail)

    return install


def told(capsys: Capture) -> list[str]:
    """What was told of an error: at most three lines in their order, and nothing on standard output."""
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert lines[0].startswith("error: ")
    assert [line.partition(": ")[0] for line in lines] in (
        ["error"],
        ["error", "where"],
        ["error", "hint"],
        ["error", "where", "hint"],
    )
    assert "Traceback" not in err
    return lines


# --- finding one's way ---------------------------------------------------------------------------------------------


def test_without_words_it_shows_what_it_can_do(capsys: Capture) -> None:
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    for command in ("score", "plan", "batch", "role", "schema"):
        assert f"pcc-assess {command} " in out


@pytest.mark.parametrize("words", COMMANDS)
def test_help_of_every_command_shows_an_example_that_fits(words: list[str], capsys: Capture) -> None:
    assert main([*words, "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    example = re.search(r"Example: pcc-assess (.+)", out)
    assert example is not None
    assert example[1].split()[: len(words)] == words
    if words != ["role"]:
        assert set(re.findall(r"--[a-z-]+", example[1])) <= set(re.findall(r"--[a-z-]+", out))


def test_help_tells_the_defaults_as_they_are(capsys: Capture) -> None:
    main(["score", "--help"])
    page = " ".join(capsys.readouterr().out.split())
    assert f"[default: {DEFAULT_ROLE}]" in page.replace("- ", "-")
    assert ", ".join(LEVELS[:-1]) + f" or {LEVELS[-1]}" in page


@pytest.mark.parametrize("words", [["--version"], ["--version", "score"]])
def test_version(words: list[str], capsys: Capture) -> None:
    assert main(words) == 0
    assert capsys.readouterr() == (f"pcc-assess {__version__}\n", "")


def test_version_is_told_before_the_command_line_is_loaded() -> None:
    program = "import sys; from pcc_assess.cli import main; main(['--version']); print('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == "False"


# --- score ---------------------------------------------------------------------------------------------------------


def test_score_prints_the_report_and_nothing_else(resume: str, capsys: Capture) -> None:
    assert main(["score", resume, *DAY]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Patient Care Coordinator (level: coordinator), on Nov 1, 2026" in out
    assert f"pcc-assess plan {resume}" in out
    assert "\x1b" not in out


def test_score_as_json_keeps_to_the_schema(resume: str, capsys: Capture) -> None:
    assert main(["score", resume, "--format", "json", "--level", "senior", *DAY]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(Draft202012Validator(schema("assessment")).iter_errors(document)) == []
    assert (document["role"]["level"], document["as_of"]) == ("senior", "2026-11-01")


def test_score_reads_standard_input(resume: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    main(["score", resume, "--format", "json", *DAY])
    from_file = json.loads(capsys.readouterr().out)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RESUME.encode())))
    assert main(["score", "-", "--format", "json", *DAY]) == 0
    from_pipe = json.loads(capsys.readouterr().out)
    assert from_pipe["candidate"]["source"] == "-"
    assert from_pipe["requirements"] == from_file["requirements"]


def test_score_explains_one_requirement(resume: str, capsys: Capture) -> None:
    assert main(["score", resume, "--explain", "hipaa-privacy", *DAY]) == 0
    out = capsys.readouterr().out
    assert re.search(r"Weight: [\d.]+ of 100 points x credit [\d.]+ = [\d.]+ points", out)
    assert '"HIPAA"' in out


def test_accessible_report_has_no_signs(resume: str, capsys: Capture) -> None:
    assert main(["score", resume, "--accessible", *DAY]) == 0
    out = capsys.readouterr().out
    assert not re.search(r"^ *[+~?!>-] ", out, re.MULTILINE)


def test_a_dash_is_standard_output(
    resume: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["report", resume, "--output", "-", *DAY]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_output_goes_to_a_file_of_the_owner(form: str, resume: str, tmp_path: Path, capsys: Capture) -> None:
    output = tmp_path / "report"
    assert main(["score", resume, "--format", form, *DAY]) == 0
    printed = capsys.readouterr().out
    assert main(["score", resume, "--format", form, "--output", str(output), *DAY]) == 0
    assert capsys.readouterr() == ("", f"written to {output}\n")
    assert output.read_text("utf-8") == printed
    if os.name == "posix":
        assert output.stat().st_mode & 0o777 == 0o600


# --- plan ----------------------------------------------------------------------------------------------------------


def test_score_and_plan_speak_spanish_and_go_on_in_it(resume: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["score", resume, *DAY, "--lang", "es"]) == 0
    said = capsys.readouterr().out
    assert "1 nov 2026" in said
    assert f"pcc-assess plan {resume} --lang es" in said
    assert main(["score", resume, *DAY, "--lang", "es", "--explain", "patient-scheduling"]) == 0
    assert capsys.readouterr().out.startswith("Requisito: ")
    assert main(["plan", resume, *DAY, "--lang", "es", "--accessible"]) == 0
    plan = capsys.readouterr().out
    assert plan.startswith("Su plan para ")
    assessment = tmp_path / "assessment.json"
    assert main(["score", resume, *DAY, "--format", "json", "--output", str(assessment)]) == 0
    assert main(["plan", str(assessment), "--lang", "es", "--accessible"]) == 0
    again = capsys.readouterr().out.replace(str(assessment), resume)
    assert again == plan, "the plan of an English assessment is in the language asked for"


def test_spanish_suits_a_console_without_accents(resume: str) -> None:
    words = [sys.executable, "-m", "pcc_assess", "plan", resume, *DAY, "--lang", "es"]
    done = subprocess.run(words, env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, check=True)
    assert "Sus primeros siete dias" in done.stdout.decode("ascii")


def test_plan_of_a_resume_and_of_its_assessment_are_one(resume: str, tmp_path: Path, capsys: Capture) -> None:
    saved = tmp_path / "assessment.json"
    main(["score", resume, "--format", "json", "--level", "senior", "--output", str(saved), *DAY])
    capsys.readouterr()
    assert main(["plan", resume, "--level", "senior", "--format", "json", *DAY]) == 0
    direct = capsys.readouterr().out
    assert main(["plan", str(saved), "--format", "json"]) == 0
    assert capsys.readouterr().out == direct
    assert list(Draft202012Validator(schema("plan")).iter_errors(json.loads(direct))) == []


def test_plan_begins_when_it_is_told_to(resume: str, capsys: Capture) -> None:
    words = ["plan", resume, "--start", "2027-01-04", "--hours-per-week", "3", "--format", "json", *DAY]
    assert main(words) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["parameters"]["start"], made["parameters"]["hours_per_week"]) == ("2027-01-04", 3.0)
    assert min(action["start"] for step in made["steps"] for action in step["actions"]) >= "2027-01-04"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_plan_is_written_for_people(form: str, resume: str, capsys: Capture) -> None:
    assert main(["plan", resume, "--format", form, *DAY]) == 0
    out = capsys.readouterr().out
    assert "Where you stand" in out
    assert "Your first seven days" in out


def test_an_assessment_keeps_its_day(resume: str, tmp_path: Path, capsys: Capture) -> None:
    saved = tmp_path / "assessment.json"
    main(["score", resume, "--format", "json", "--output", str(saved), *DAY])
    capsys.readouterr()
    assert main(["plan", str(saved), "--as-of", "2027-01-01"]) == 2
    assert "2026-11-01" in told(capsys)[0]


# --- batch, role, schema -------------------------------------------------------------------------------------------


def test_batch_names_what_it_could_not_score(resume: str, tmp_path: Path, capsys: Capture) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    output = tmp_path / "results.jsonl"
    assert main(["batch", resume, str(empty), "--output", str(output), "--jobs", "1", *DAY]) == 5
    out, err = capsys.readouterr()
    assert out == ""
    assert f"not scored: {empty}: the file is empty" in err
    assert "1 scored, 1 not scored" in err
    kinds = [json.loads(line)["schema"] for line in output.read_text("utf-8").splitlines()]
    assert sorted(kinds) == ["pcc-assess/assessment/1", "pcc-assess/failure/1"]


def test_a_line_of_a_batch_is_in_the_language_asked_for(resume: str, tmp_path: Path, capsys: Capture) -> None:
    output = tmp_path / "results.jsonl"
    assert main(["batch", resume, *DAY, "--output", str(output), "--jobs", "2", "--lang", "es"]) == 0
    main(["score", resume, *DAY, "--lang", "es", "--format", "json"])
    assert json.loads(output.read_text("utf-8")) == json.loads(capsys.readouterr().out)


def test_batch_without_failures_ends_well(resume: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["batch", resume, "--output", str(tmp_path / "results.csv"), "--jobs", "1", *DAY]) == 0
    assert "1 scored, 0 not scored" in capsys.readouterr().err


def test_roles_are_listed_and_shown(capsys: Capture) -> None:
    assert main(["role", "list"]) == 0
    assert "patient-care-coordinator: " in capsys.readouterr().out
    assert main(["role", "show", "--level", "manager"]) == 0
    page = capsys.readouterr().out
    assert "Patient Care Manager" in page
    points = [float(number) for number in re.findall(r"^\w[^:\n]*: ([\d.]+) points$", page, re.MULTILINE)]
    assert round(sum(points), 2) == 100


def test_a_role_file_is_checked(root: Path, tmp_path: Path, capsys: Capture) -> None:
    ours = root / "data" / "roles" / "patient-care-coordinator.yaml"
    assert main(["role", "check", str(ours)]) == 0
    assert "is valid" in capsys.readouterr().out
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(ours.read_text("utf-8").replace("skill: ehr-systems", "skill: ehr-sistems"), "utf-8")
    assert main(["role", "check", str(wrong)]) == 7
    out, err = capsys.readouterr()
    assert out == ""
    assert re.search(r"wrong\.yaml:\d+:\d+: .*ehr-sistems.*did you mean 'ehr-systems'", err)


def test_many_problems_of_a_file_are_cut_off(root: Path, tmp_path: Path, capsys: Capture) -> None:
    ours = (root / "data" / "roles" / "patient-care-coordinator.yaml").read_text("utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(ours.replace("importance: essential", "importance: esential"), "utf-8")
    assert main(["role", "check", str(wrong)]) == 7
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if "wrong.yaml:" in line]) == 20
    assert re.fullmatch(r"\.\.\. and \d+ more", lines[-1])


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_printed(name: str, capsys: Capture) -> None:
    assert main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == schema(name)


# --- how a run ends ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["scor"],
        ["score"],
        ["score", "a", "b"],
        ["score", "a", "--levels", "x"],
        ["score", "a", "--format", "xml"],
        ["score", "a", "--as-of", "1 May"],
        ["score", "a", "--level", "chief"],
        ["score", "a", "--level", ""],
        ["score", "a", "--role", "nurse"],
        ["score", "a", "--lang", "fr"],
        ["score", "a", "--lang", "../en"],
        ["score", "a", "--format", "json", "--explain", "hipaa-privacy"],
        ["plan", "a", "--hours-per-week", "many"],
        ["batch", "a"],
        ["batch", "a", "--output", "b.jsonl", "--jobs", "-1"],
        ["role", "show", "nurse"],
        ["schema", "nothing"],
        ["--nothing"],
    ],
)
def test_wrong_use_ends_with_2(words: list[str], capsys: Capture) -> None:
    assert main(words) == 2
    assert told(capsys)[-1].startswith("hint: ")


def test_what_cannot_be_explained_is_told(resume: str, capsys: Capture) -> None:
    assert main(["score", resume, "--explain", "nothing"]) == 2
    assert "hipaa-privacy" in told(capsys)[-1]


@pytest.mark.parametrize(
    "content, code",
    [(None, 3), (b"", 3), (b"\x89PNG\r\n\x1a\n\0\0", 3), (b"{", 3), (b"hi there", 4), (b"%PDF-1.4\nbroken", 3)],
)
def test_an_input_that_cannot_be_used(content: bytes | None, code: int, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / ("resume.json" if content == b"{" else "resume.txt")
    if content is not None:
        path.write_bytes(content)
    for command in ("score", "plan"):
        assert main([command, str(path), *DAY]) == code
        lines = told(capsys)
        assert str(path) in lines[1]
        assert lines[2].startswith("hint: ")


def test_an_output_that_cannot_be_written_leaves_the_old_one(resume: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["score", resume, "--output", str(tmp_path / "none" / "report.txt"), *DAY]) == 6
    assert told(capsys)[-1].startswith("hint: ")
    assert main(["score", resume, "--output", str(tmp_path), *DAY]) == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["resume.txt"]


def test_an_invalid_role_file_ends_with_7(resume: str, tmp_path: Path, capsys: Capture) -> None:
    role = tmp_path / "role.yaml"
    role.write_text("id: x\nno: no\n", "utf-8")
    assert main(["score", resume, "--role", str(role), *DAY]) == 7
    assert f"{role}:" in capsys.readouterr().err


def test_a_fault_of_our_own_tells_nothing_of_the_candidate(boom: Any, tmp_path: Path, capsys: Capture) -> None:
    secret = "Robin Sample, 12 Elm Street"
    error = RuntimeError(secret)
    error.__cause__ = KeyError(secret)
    boom(error)
    assert main(["score", "resume.txt", *DAY]) == 70
    lines = told(capsys)
    details = Path(lines[1].partition(" are in ")[2])
    text = details.read_text("utf-8")
    details.unlink()
    assert secret not in text + "".join(lines)
    assert "RuntimeError" in text
    assert "KeyError" in text
    assert re.search(r"score\.py:\d+ score", text)


def test_debugging_shows_the_traceback(boom: Any, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("PCC_ASSESS_DEBUG", "1")
    boom(RuntimeError("here"))
    assert main(["score", "resume.txt"]) == 70
    err = capsys.readouterr().err
    Path(err.partition(" are in ")[2].splitlines()[0]).unlink()
    assert "Traceback" in err


def test_ctrl_c_ends_with_130_and_says_what_is_kept(boom: Any, capsys: Capture) -> None:
    stop = KeyboardInterrupt()
    stop.add_note("2 of 3 files were finished")
    boom(stop)
    assert main(["score", "resume.txt"]) == 130
    assert told(capsys)[-1] == "hint: 2 of 3 files were finished"


@posix
def test_sigterm_ends_with_143(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(disk, "read_input", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    assert main(["score", "resume.txt"]) == 143
    assert told(capsys)
    assert signal.getsignal(signal.SIGTERM) is before


# --- the world around ----------------------------------------------------------------------------------------------


def start(*words: str, **given: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pcc_assess", *words]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **given)


@posix
@pytest.mark.parametrize("words", [["score", "RESUME"], ["--help"], ["--version"], ["schema", "role"], []])
def test_a_reader_that_has_seen_enough_is_no_error(words: list[str], resume: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = start(*(resume if word == "RESUME" else word for word in words), stdout=writing)
    os.close(writing)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [["score", "RESUME"], ["score", "--help"], ["--version"], ["role", "list"], []])
def test_a_full_disk_behind_standard_output_is_told(words: list[str], resume: str) -> None:
    with Path("/dev/full").open("wb") as full:
        process = start(*(resume if word == "RESUME" else word for word in words), stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 6
    assert err.startswith(b"error: standard output cannot be written")
    assert len(err.splitlines()) == 2


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_text_suits_the_console_and_json_is_utf_8(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "resume.txt"
    path.write_text(RESUME.replace("for four doctors", "\u2013 four doctors \u2265 \u4f60"), "utf-8")
    surroundings = {**os.environ, "PYTHONIOENCODING": encoding}
    for form, speaks in (("text", encoding), ("json", "utf-8"), ("markdown", "utf-8")):
        process = start("score", str(path), "--format", form, *DAY, stdout=subprocess.PIPE, env=surroundings)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        assert "four doctors" in out.decode(speaks)


def in_terminal(columns: int, *words: str, **extra: str) -> str:
    """What a command writes on a terminal of so many columns."""
    import fcntl
    import pty
    import struct
    import termios

    screen, keyboard = pty.openpty()
    fcntl.ioctl(keyboard, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    clean = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "TERM")}
    process = start(*words, stdout=keyboard, env={**clean, "TERM": "xterm", **extra})
    os.close(keyboard)
    written = b""
    while True:
        try:
            part = os.read(screen, 65536)
        except OSError:  # Linux tells so that the other side is closed
            break
        if not part:
            break
        written += part
    os.close(screen)
    process.communicate(timeout=60)
    return written.decode()


@posix
def test_a_terminal_gets_colors_unless_it_asks_for_none(resume: str) -> None:
    assert "\x1b[" in in_terminal(80, "score", resume, *DAY)
    for extra in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in in_terminal(80, "score", resume, *DAY, **extra)
    assert "\x1b" not in in_terminal(80, "score", resume, "--accessible", *DAY)


@posix
def test_a_narrow_terminal_gets_narrow_lines(resume: str) -> None:
    lines = in_terminal(40, "score", resume, *DAY, NO_COLOR="1").splitlines()
    assert [line for line in lines if len(line) > 40 and "pcc-assess" not in line] == []
    assert max(len(line) for line in lines) > 35
