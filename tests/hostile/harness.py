"""Runs the program on a file as a user would, and tells whatever a hostile file may not bring about.

A run may end in a result (0), a named error (3, 4, 7) or a named skip of a batch (5), and in nothing else: no signal, no
traceback, no hang, no process that swells, no control byte on its way to a terminal, no word of the canary, no file left
behind, no output that others can read.
"""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

CANARY = "CANARY-7f3a91"
MOST_SECONDS = 20.0  # ten for the file, the rest for starting on a busy machine
MOST_MIB = 512
_NAMED = {0, 3, 4, 5, 7}
# What a terminal acts on; line ends are all that a report needs, and colours where it writes to a screen.
_RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")
_COLOR = re.compile("\x1b\\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """How one run ended. ``peak``: MiB resident of the largest process. ``faults``: what may not happen."""

    code: int
    seconds: float
    peak: float
    out: str
    err: str
    faults: tuple[str, ...]


def run(
    words: Sequence[str | Path],
    home: Path,
    *,
    terminal: bool = False,
    prefix: Sequence[str] = (),
    patience: float = MOST_SECONDS,
) -> Outcome:
    """One run of the program.

    Args:
        words: its arguments.
        home: a folder of its own, in which it finds its home, its cache and its temporary files.
        terminal: standard output and error are a terminal.
        prefix: the words of a program that starts it (``unshare -n``).
        patience: seconds that it may take.
    """
    for name in ("tmp", "cache", "data", "work"):
        (home / name).mkdir(parents=True, exist_ok=True)
    before = left_behind(home)
    command = [*prefix, sys.executable, "-m", "pcc_assess", *map(str, words)]
    started = time.monotonic()
    code, out, err, peak = (_on_terminal if terminal else _in_pipe)(command, home, patience)
    seconds = time.monotonic() - started
    faults = list(_faults(code, peak, out, err, terminal=terminal))
    faults += [f"took {seconds:.1f} s"] if seconds > patience else []
    faults += [f"left behind: {name}" for name in left_behind(home) - before]
    return Outcome(code, seconds, peak, out, err, tuple(faults))


def left_behind(home: Path) -> set[str]:
    """The files in the folders for temporary files and of the run itself; those of the cache are meant to stay."""
    return {path.as_posix() for name in ("tmp", "work") for path in (home / name).rglob("*")}


def _environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    own = {"HOME": home, "TMPDIR": home / "tmp", "XDG_CACHE_HOME": home / "cache", "XDG_DATA_HOME": home / "data"}
    return {**kept, **{name: str(path) for name, path in own.items()}, "TERM": "xterm-256color", "PYTHONUTF8": "1"}


def _in_pipe(command: list[str], home: Path, patience: float) -> tuple[int, str, str, float]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=home / "work", env=_environment(home)
        )
        code, peak = _ended(child.pid, time.monotonic() + patience)
        child.returncode = code  # it was waited for already
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(_read(file.read()))
    return code, texts[0], texts[1], peak


def _on_terminal(command: list[str], home: Path, patience: float) -> tuple[int, str, str, float]:
    pid, screen = pty.fork()
    if not pid:
        os.chdir(home / "work")
        os.execvpe(command[0], command, _environment(home))
    ends = time.monotonic() + patience
    seen = b"".join(_chunks(screen, ends))
    code, peak = _ended(pid, ends)
    os.close(screen)
    return code, _read(seen).replace("\r\n", "\n"), "", peak


def _chunks(screen: int, ends: float) -> Iterator[bytes]:
    with contextlib.suppress(OSError):  # the other side of a terminal that is closed
        while time.monotonic() < ends:
            if select.select([screen], [], [], 0.2)[0]:
                chunk = os.read(screen, 1 << 16)
                if not chunk:
                    return
                yield chunk


def _ended(pid: int, ends: float) -> tuple[int, float]:
    """The exit code of a process, and MiB that the largest of it and its children held at any time."""
    peak = 0.0
    while time.monotonic() < ends:
        peak = max(peak, _held(pid))
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status), peak
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return -signal.SIGKILL, peak


def _held(pid: int) -> float:
    """What the system remembers of the memory of each program, since it was started as such."""
    pids = [pid]
    with contextlib.suppress(psutil.Error):
        pids += [child.pid for child in psutil.Process(pid).children(recursive=True)]
    most = 0.0
    for each in pids:
        with contextlib.suppress(OSError, IndexError, ValueError):
            text = Path(f"/proc/{each}/status").read_text("utf-8")
            most = max(most, int(text.split("VmHWM:")[1].split()[0]) / 1024)
    return most


def _read(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _faults(code: int, peak: float, out: str, err: str, *, terminal: bool) -> Iterator[str]:
    if code not in _NAMED:
        yield f"ended with {code}"
    if peak > MOST_MIB:
        yield f"held {peak:.0f} MiB"
    for name, text in (("output", out), ("errors", err)):
        if "Traceback" in text:
            yield f"a traceback in the {name}"
        if CANARY in text:
            yield f"the canary in the {name}"
        raw = _RAW.search(_COLOR.sub("", text) if terminal else text)
        if raw:
            yield f"a raw {raw.group()!r} in the {name}"
    if code in _NAMED - {0, 5} and not terminal and "error:" not in err:
        yield "an error without its line"
