"""How far a long run has come: what is told on a screen and in a log, and how often."""

import io

import pytest

from pcc_assess.cli.progress import Meter, progress_line


class Stderr(io.StringIO):
    def __init__(self, screen):
        super().__init__()
        self.screen = screen

    def isatty(self):
        return self.screen


def run(monkeypatch, seconds, *, screen):
    """What is told of a run whose candidates are done at these seconds."""
    now = [0.0]
    told = Stderr(screen)
    monkeypatch.setattr("sys.stderr", told)
    with Meter(clock=lambda: now[0]) as meter:
        for done, at in enumerate(seconds, 1):
            now[0] = at
            meter.show(done, len(seconds))
    return told.getvalue()


@pytest.mark.parametrize(
    "done, total, rate, line",
    [
        (1200, 10000, 310, "1,200 of 10,000, 310 a second, 0:28 left"),
        (1, 10, 0.5, "1 of 10, 30 a minute, 0:18 left"),
        (1, 100000, 10, "1 of 100,000, 10 a second, 2:46:40 left"),
        (1, 2, 0, "1 of 2"),
        (2, 2, 4, "2 of 2, 4 a second, 0:00 left"),
    ],
)
def test_a_line_tells_rate_and_time_left(done, total, rate, line):
    assert progress_line(done, total, rate) == line


def test_a_screen_has_one_line_that_ends_with_the_run(monkeypatch):
    told = run(monkeypatch, [0.1 * second for second in range(1, 21)], screen=True)
    lines = told.split("\r")
    assert 5 <= len(lines) <= 11
    assert lines[-1].startswith("20 of 20, 10 a second, 0:00 left")
    assert told.count("\n") == 1
    assert told.endswith("\n")


def test_a_log_gets_a_line_now_and_then(monkeypatch):
    told = run(monkeypatch, [float(second) for second in range(1, 100)], screen=False)
    assert told.splitlines() == [
        "30 of 99, 60 a minute, 1:09 left",
        "60 of 99, 60 a minute, 0:39 left",
        "90 of 99, 60 a minute, 0:09 left",
    ]


def test_a_short_run_tells_nothing(monkeypatch):
    for screen in (True, False):
        assert run(monkeypatch, [0.01, 0.02], screen=screen) == ""


def test_without_a_place_to_tell_it_nothing_breaks(monkeypatch):
    monkeypatch.setattr("sys.stderr", None)
    with Meter() as meter:
        meter.show(1, 1)
