"""How many files are assessed at once: one after the other, or by processes of this machine.

An engine is a function ``(items, assess_one, jobs) -> iterator of results``, in the order of ``items``. A
process that breaks down costs the one file that it held; a new one takes its place.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from pcc_assess.assess import failure_of
from pcc_assess.errors import PccError
from pcc_assess.model import Assessment, Failure

Record = Assessment | Failure
AssessOne = Callable[[str], Record]

# Results that may wait for an earlier file, for each process; it bounds the memory.
_AHEAD = 16
_PATIENCE = 5.0  # seconds for a process to end by itself
_READY = "ready"


def in_turn(items: Sequence[str], assess_one: AssessOne, jobs: int = 1) -> Iterator[Record]:
    """One file after the other, in this process."""
    del jobs
    for item in items:
        yield guarded(assess_one, item)


def local(items: Sequence[str], assess_one: AssessOne, jobs: int) -> Generator[Record, None, None]:
    """Processes of this machine.

    Args:
        items: paths of candidate files.
        assess_one: gives the result of one file; it is sent to each process once, and so must be a plain
        function or
            record of a module.
        jobs: how many processes.

    Raises:
        PccError: a process cannot even start.
    """
    if jobs <= 1 or not items:
        yield from in_turn(items, assess_one)
        return
    crew = _Crew(items, assess_one, min(jobs, len(items)))
    try:
        yield from crew.results()
    finally:
        crew.dismiss()


def jobs_by_default() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def guarded(assess_one: AssessOne, item: str) -> Record:
    """The result of one file; whatever goes wrong with it becomes a ``Failure``."""
    try:
        return assess_one(item)
    except PccError as error:
        return failure_of(error, item)
    except Exception as error:  # noqa: BLE001 - the run goes on; a message could hold a candidate's text, a type cannot
        message = f"a fault of the program while it read this file ({type(error).__name__})"
        return failure_of(PccError(message, hint="save it as PDF or plain text, and try again"), item)


class _Worker:
    """A process with the number of the file that it holds, None while it waits."""

    def __init__(self, assess_one: AssessOne) -> None:
        spawn = multiprocessing.get_context("spawn")
        here, there = spawn.Pipe()
        self.pipe: Connection[Any, Any] = here
        self.process = spawn.Process(target=_serve, args=(there, assess_one), daemon=True)
        with _interrupts_held():
            self.process.start()
        there.close()
        self.started = False
        self.holds: int | None = None

    def end(self, *, patience: float) -> int | None:
        """Stop it, after ``patience`` seconds by force; gives its exit code, negative for a signal."""
        self.pipe.close()
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        return self.process.exitcode


class _Crew:
    """Some workers, the files still to be done, and results that wait for their turn."""

    def __init__(self, items: Sequence[str], assess_one: AssessOne, jobs: int) -> None:
        self.items = items
        self.assess_one = assess_one
        self.given = 0
        self.told = 0
        self.done: dict[int, Record] = {}
        self.workers: list[_Worker] = []
        try:
            self.workers.extend(_Worker(assess_one) for _ in range(jobs))
        except BaseException:
            self.dismiss()
            raise

    def results(self) -> Iterator[Record]:
        while self.told < len(self.items):
            self.hand_out()
            while self.told in self.done:
                self.told += 1
                yield self.done.pop(self.told - 1)
                self.hand_out()
            if self.told < len(self.items):
                self.collect()

    def hand_out(self) -> None:
        """A file for every worker that waits, unless the results are already far ahead of their turn."""
        for place, worker in enumerate(self.workers):
            ahead = self.given - self.told >= _AHEAD * len(self.workers)
            if worker.started and worker.holds is None and self.given < len(self.items) and not ahead:
                worker.holds = self.given
                self.given += 1
                try:
                    worker.pipe.send(self.items[worker.holds])
                except OSError:
                    self.replace(place)

    def collect(self) -> None:
        """Wait for news: a worker that is ready, a result, or an end that nobody asked for."""
        by_pipe = {worker.pipe: place for place, worker in enumerate(self.workers)}
        for pipe in wait([*by_pipe]):
            place = by_pipe[pipe]  # type: ignore[index]  # only pipes were asked for
            worker = self.workers[place]
            try:
                news = worker.pipe.recv()
            except (EOFError, OSError):
                self.replace(place)
                continue
            if worker.holds is None:
                worker.started = news == _READY
            else:
                self.done[worker.holds] = news
                worker.holds = None

    def replace(self, place: int) -> None:
        """A worker has broken down: its file gets the blame, and a new worker its place."""
        worker = self.workers[place]
        index, started = worker.holds, worker.started
        cause = _cause(worker.end(patience=_PATIENCE))
        if not started:
            raise PccError(f"a worker process cannot start ({cause})", hint="try again with --jobs 1")
        if index is not None:
            message = f"the program broke down while it read this file ({cause})"
            error = PccError(message, hint="save it as PDF or plain text, and try again")
            self.done[index] = failure_of(error, self.items[index])
        self.workers[place] = _Worker(self.assess_one)

    def dismiss(self) -> None:
        """End all workers; one that still holds a file is not waited for."""
        for worker in self.workers:
            worker.pipe.close()
        for worker in self.workers:
            idle = worker.started and worker.holds is None
            worker.end(patience=_PATIENCE if idle else 0)


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


def _serve(pipe: Connection[Any, Any], assess_one: AssessOne) -> None:
    """The life of a worker: a path in, a result out, until the other side hangs up."""
    _ignore_interrupts()
    prepare = getattr(assess_one, "prepare", None)
    if prepare is not None:
        prepare()
    # The knowledge stays to the end; without this the collector walks through all of it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            pipe.send(guarded(assess_one, pipe.recv()))


def _ignore_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; the first one decides what becomes of the rest."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process that starts now hears no Ctrl-C until it has chosen to ignore it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
