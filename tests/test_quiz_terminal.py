"""The quiz in a real pseudo-terminal: typed by a person, interrupted, and taken up again."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
import quizzes

from pcc_assess.aim import quiz_form
from pcc_assess.quiz.session import Session, begun

_ASKS = (
    r"(?:Your answer \(\d to \d+\)|0 for none\)|Enter if all is right\)|or 0\.5\)|"
    r"Enter if none\)|Enter to leave it out\)):"
)
# on a narrow screen a prompt goes on in the next line
PROMPT = re.compile(f"({_ASKS}) ".replace(" ", r"\s+"))
RECAP = re.compile(r"press\s+Enter\s+to\s+see\s+your\s+result:")
DAY = ["--as-of", "2026-01-01"]
_LONGEST = 30  # seconds


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Starts the quiz in a terminal of a given width; keeps its answers in ``mine.json``."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("TERM", "xterm")

    def begin(*words: str, columns: int = 80, save: str = "mine.json") -> pexpect.spawn[str]:
        return pexpect.spawn(
            sys.executable,
            ["-m", "pcc_assess", "quiz", *words, "--save", str(tmp_path / save), *DAY],
            dimensions=(24, columns),
            encoding="utf-8",
            timeout=_LONGEST,
            echo=False,
            # the library behind input() may set COLUMNS, which would overrule the terminal
            env={name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
        )

    return begin


def _prompted(child: pexpect.spawn[str]) -> str:
    """What stands on the screen since the last reply, up to the next prompt."""
    child.expect([PROMPT.pattern, RECAP.pattern])
    return f"{child.before}{child.after}"


def _reply(child: pexpect.spawn[str], line: str) -> str:
    child.sendline(line)
    return _prompted(child)


def _finished(child: pexpect.spawn[str]) -> str:
    child.sendline("")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return str(child.before)


def _profile(tmp_path: Path, name: str = "mine") -> dict[str, object]:
    found: dict[str, object] = json.loads((tmp_path / f"{name}-profile.json").read_text())
    return found


def _typed(session: Session) -> Iterator[tuple[Session, str]]:
    """Each state of the quiz with the line that answers it."""
    while (question := session.current) is not None:
        yield session, quizzes.typed(question, quizzes.plain(question))
        session = session.answer(quizzes.plain(question))


@pytest.fixture(scope="module")
def short(aim):
    return list(_typed(begun(quiz_form(aim, "short"))))


@pytest.fixture(scope="module")
def wanted(aim, tmp_path_factory):
    """The profile of the short quiz, answered without an interruption and without a terminal."""
    folder = tmp_path_factory.mktemp("wanted")
    lines = quizzes.script(begun(quiz_form(aim, "short")))
    _piped([*lines, ""], "--short", "--save", str(folder / "mine.json"))
    return _profile(folder)


def _piped(lines: list[str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pcc_assess", "quiz", *words, *DAY],
        input="\n".join([*lines, ""]),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TERM": "dumb"},
    )


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_the_whole_quiz_at_any_width(start, aim, tmp_path, columns):
    steps = list(_typed(begun(quiz_form(aim))))
    child = start(columns=columns)
    shown = _prompted(child)
    assert "Question 1 of" in shown
    for session, line in steps:
        assert session.current is not None
        number = session.progress()
        assert f"Question {number.number} of {number.total}" in " ".join(shown.split())
        assert [row for row in shown.splitlines() if len(row.rstrip()) > columns] == []
        shown = _reply(child, line)
    assert "Your answers" in shown
    end = _finished(child)
    assert "DETAILS" in end
    assert "Your plan for" in end
    assert "THE CHECK QUESTIONS" in end
    assert "pcc-assess plan" in end
    _piped([*(line for _, line in steps), ""], "--save", str(tmp_path / "piped.json"))
    assert _profile(tmp_path) == _profile(tmp_path, "piped")


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGKILL])
def test_stopped_at_every_question_and_taken_up_again(start, short, wanted, tmp_path, first):
    """SIGINT and SIGKILL in turn; at most the question in hand is asked again."""
    kinds = [first, signal.SIGKILL if first == signal.SIGINT else signal.SIGINT]
    child = start("--short")
    for place, (_, line) in enumerate(short):
        _prompted(child)
        child.sendline(line)
        child.expect([PROMPT.pattern, RECAP.pattern])
        kind = kinds[place % 2]
        child.kill(kind)
        child.expect(pexpect.EOF)
        child.close()
        if kind == signal.SIGINT:
            assert child.exitstatus == 130
            assert "--continue" in child.before
        child = start("--continue")
    _prompted(child)
    _finished(child)
    assert _profile(tmp_path) == wanted


def test_back_over_three_questions_and_forward_again(start, short, wanted, tmp_path):
    child = start("--short")
    _prompted(child)
    for _, line in short[:6]:
        _reply(child, line)
    for _ in range(3):
        assert "Your answer so far" in _reply(child, "b")
    for _ in range(3):
        _reply(child, "")
    for _, line in short[6:]:
        _reply(child, line)
    _finished(child)
    assert _profile(tmp_path) == wanted


def test_an_answer_is_changed_at_the_end(start, short, tmp_path):
    child = start("--short")
    shown = _prompted(child)
    for _, line in short:
        shown = _reply(child, line)
    number = re.search(r"(\d+)  HIPAA compliance and patient confidentiality: 3", shown)
    assert number is not None
    assert "HIPAA" in _reply(child, number.group(1))
    assert "press Enter" in _reply(child, "0")
    _finished(child)
    skills = _profile(tmp_path)["skills"]
    assert isinstance(skills, dict)
    assert skills["hipaa-privacy"]["proficiency"] == 0


@pytest.mark.parametrize("garbage", ["9", "x", "", "y" * 3000, "\x01\x1b[2J"])
def test_garbage_gets_one_line_and_the_question_again(start, garbage):
    child = start("--short")
    _prompted(child)
    shown = _reply(child, garbage)
    assert len(shown.strip().splitlines()) <= 3
    assert "Please" in shown or "too long" in shown
    assert "Question 1" in _reply(child, "2")


def test_an_end_of_input_is_taken_for_a_slip_once(start):
    child = start("--short")
    _prompted(child)
    child.sendeof()
    assert "no answer" in _prompted(child)
    child.sendeof()
    child.expect("--continue")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_leaving_says_how_to_go_on_and_keeps_the_answers_private(start, tmp_path):
    child = start("--short")
    _prompted(child)
    _reply(child, "3")
    child.sendline("q")
    child.expect("pcc-assess quiz --continue")
    child.expect(pexpect.EOF)
    child.close()
    kept = tmp_path / "mine.json"
    assert json.loads(kept.read_text())["answers"] == {"education": ["certificate"]}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    child = start("--continue")
    assert "Welcome back" in _prompted(child)
    child.close(force=True)


def test_help_explains_the_question_and_the_keys(start):
    child = start("--short")
    _prompted(child)
    shown = _reply(child, "?")
    assert "to go back" in shown
    assert "what you have in hand" in " ".join(shown.split())


def test_in_spanish(start, tmp_path):
    child = start("--short", "--lang", "es")
    child.expect("Pregunta 1 de 12")
    child.sendline("s")
    child.expect("Pregunta 1 de 12")
    child.sendline("salir")
    child.expect("guardadas")
    child.close(force=True)
    assert json.loads((tmp_path / "mine.json").read_text())["language"] == "es"
