"""How far a long run has come, on standard error: a line that is renewed on a screen, or one now and then in a log."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

_SCREEN, _LOG = 0.2, 30.0  # seconds between two looks


class Meter:
    """Tells how many are done, how many a second, and how long it will take still.

    Nothing is told of a run that ends before there is something to say. ``clock``: seconds, from wherever.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: tuple[float, int] | None = None
        self._told = clock()
        self._screen = sys.stderr is not None and sys.stderr.isatty()
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._width:
            self._write("\n")

    def show(self, done: int, total: int) -> None:
        """Called with each that is done."""
        now = self._clock()
        if self._began is None:
            self._began = now, done
        if now - self._told < (_SCREEN if self._screen else _LOG) and not (self._width and done == total):
            return
        self._told = now
        began, before = self._began
        line = progress_line(done, total, (done - before) / (now - began) if now > began else 0.0)
        if self._screen:
            self._write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._write(line + "\n")

    def _write(self, text: str) -> None:
        if sys.stderr is not None:
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(text)
                sys.stderr.flush()


def progress_line(done: int, total: int, rate: float) -> str:
    """``1,200 of 10,000, 310 a second, 0:28 left``; ``rate`` 0 where it is not known yet."""
    line = f"{done:,} of {total:,}"
    if rate <= 0:
        return line
    pace = f"{rate:,.0f} a second" if rate >= 1.5 else f"{60 * rate:,.0f} a minute"
    left = round((total - done) / rate)
    hours, minutes, seconds = left // 3600, left // 60 % 60, left % 60
    spent = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{line}, {pace}, {spent} left"
