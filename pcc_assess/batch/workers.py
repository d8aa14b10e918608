"""Processes of this machine that can be lost: a file that crashes, hangs or swells costs that file and no other.

An engine is a function ``(work, task, ...) -> iterator of (number, outcome)``, in whatever order the outcomes come.
Each worker has one more candidate waiting than it works on, so that none waits for the first process.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from pcc_assess import isolation
from pcc_assess.assess import failure_of
from pcc_assess.batch import outcomes
from pcc_assess.batch.inputs import Item
from pcc_assess.errors import PccError
from pcc_assess.limits import Limits
from pcc_assess.model import Failure

_HELD = 2  # candidates of a worker: the one that it works on, and the next
_PATIENCE = 5.0  # seconds for a process to end by itself
_GLANCE = 0.1  # seconds between two looks at the clock and at the memory of the workers
_MOMENT = 0.005  # seconds between two looks whether a process has ended
_MOST_FILES = 4096  # no process of ours has a file with a higher number open
_READY = b"ready"
# Elsewhere a copy of a process may not use what its system gave to the first.
FORKS = sys.platform == "linux"
_MIB = 1 << 20
_SAVE_AGAIN = "save it as a simple PDF or as plain text, and try again"

Numbered = tuple[int, Item]


class Task(Protocol):
    """What a worker does. It is sent to each worker once, and so must be a plain record of a module."""

    def prepare(self) -> object:
        """Load what every candidate needs."""

    def __call__(self, item: Item) -> outcomes.Outcome:
        """The outcome of one candidate."""

    def failed(self, failure: Failure) -> outcomes.Outcome:
        """The outcome of a candidate that was not scored."""


def local(
    work: Iterable[Numbered], task: Task, jobs: int, limits: Limits, *, fork: bool = FORKS
) -> Generator[tuple[int, bytes], None, None]:
    """The packed outcomes of all candidates, by ``jobs`` processes: copies of this one (``fork``), or fresh ones.

    Raises:
        PccError: a process cannot even start.
    """
    crew = Crew(task, jobs, limits, fork=fork)
    try:
        yield from crew.results(work)
    finally:
        crew.dismiss()


def jobs_by_default() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def guarded(task: Task, item: Item, limits: Limits) -> outcomes.Outcome:
    """The outcome of one candidate; whatever goes wrong with it becomes a failure."""
    try:
        return task(item)
    except PccError as error:
        return _failed(task, item, error)
    except MemoryError:
        pass  # what filled the memory is given back only behind this block
    except Exception as error:  # noqa: BLE001 - the run goes on; a message could hold a candidate's text, a type cannot
        message = f"a fault of the program while it read this file ({type(error).__name__})"
        return _failed(task, item, PccError(message, hint=_SAVE_AGAIN))
    return _failed(task, item, _exceeded("memory_mb", limits))


def _failed(task: Task, item: Item, error: PccError) -> outcomes.Outcome:
    return task.failed(failure_of(error, item.source))


def _exceeded(name: str, limits: Limits) -> PccError:
    """A candidate took more than it may, in the words of this command's options."""
    error = limits.exceeded(name, "")
    option = {"seconds": "--timeout", "memory_mb": "--memory"}[name]
    error.hint = f"{_SAVE_AGAIN}; or allow more with {option}"
    return error


class _Worker:
    """A process with the candidates that it holds, the first of which it works on since ``began``."""

    def __init__(self, task: Task, limits: Limits, *, fork: bool) -> None:
        here, there = multiprocessing.Pipe()
        self.pipe: Connection[Any, Any] = here
        with _interrupts_held():
            self.process: _Process = (_Forked if fork else _Spawned)(there, task, limits)
        there.close()
        self.started = False
        self.holds: deque[Numbered] = deque()
        self.began = 0.0

    def take(self, given: Numbered) -> None:
        """Hand it a candidate; if it is gone, that shows when its results are read."""
        if not self.holds:
            self.began = time.monotonic()
        self.holds.append(given)
        with contextlib.suppress(OSError):
            self.pipe.send(given[1])

    def results(self) -> Iterator[tuple[int, bytes]]:
        """The outcomes that it has sent.

        Raises:
            EOFError, OSError: it has ended.
        """
        while self.pipe.poll():
            yield from self.result()

    def result(self) -> Iterator[tuple[int, bytes]]:
        """The next outcome, waited for; nothing where the worker only says that it is ready. Errors as in
        ``results``.
        """
        news = self.pipe.recv_bytes()
        self.began = time.monotonic()
        if not self.started:
            self.started = news == _READY
        elif self.holds:
            yield self.holds.popleft()[0], news


class _Process(Protocol):
    """A process that was started."""

    pid: int

    def end(self, patience: float) -> int:
        """Wait for its end, and after ``patience`` seconds end it; gives its exit code, negative for a signal."""


class _Forked:
    """A copy of this process, which holds already what the task needs: it starts at once and shares the memory."""

    def __init__(self, pipe: Connection[Any, Any], task: Task, limits: Limits) -> None:
        with warnings.catch_warnings():
            # Other threads do not live on in the copy, and it waits for none of them.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        self._code: int | None = None
        if not self.pid:
            code = 1
            try:
                # Nothing of the first process is kept open: not its journal, and not its side of any pipe.
                os.closerange(3, pipe.fileno())
                os.closerange(pipe.fileno() + 1, _MOST_FILES)
                _serve(pipe, task, limits)
                code = 0
            finally:
                os._exit(code)

    def end(self, patience: float) -> int:
        deadline = time.monotonic() + patience
        while self._code is None:
            late = time.monotonic() >= deadline
            if late:
                os.kill(self.pid, signal.SIGKILL)
            ended, status = os.waitpid(self.pid, 0 if late else os.WNOHANG)
            if ended:
                self._code = os.waitstatus_to_exitcode(status)
            else:
                time.sleep(_MOMENT)
        return self._code


class _Spawned:
    """A fresh process that loads what the task needs."""

    def __init__(self, pipe: Connection[Any, Any], task: Task, limits: Limits) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._process = spawn.Process(target=_serve, args=(pipe, task, limits), daemon=True)
        with _able_to_start():
            self._process.start()
        self.pid = self._process.pid or 0

    def end(self, patience: float) -> int:
        self._process.join(patience)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        return self._process.exitcode or 0


class Crew:
    """Some workers, and the candidates that must be handed out again because a worker was lost."""

    def __init__(self, task: Task, jobs: int, limits: Limits, *, fork: bool) -> None:
        self.task = task
        self.limits = limits
        self.fork = fork
        self.again: deque[Numbered] = deque()
        self.workers: list[_Worker] = []
        self.glanced = 0.0
        try:
            self.workers.extend(self._worker() for _ in range(jobs))
        except BaseException:
            self.dismiss()
            raise

    def _worker(self) -> _Worker:
        return _Worker(self.task, self.limits, fork=self.fork)

    def results(self, work: Iterable[Numbered]) -> Iterator[tuple[int, bytes]]:
        """The packed outcome of every candidate, as they come."""
        rest = iter(work)
        while self._hand_out(rest):
            pipes = {worker.pipe: worker for worker in self.workers}
            for pipe in wait([*pipes], timeout=_GLANCE):
                worker = pipes[pipe]  # type: ignore[index]  # only pipes were asked for
                try:
                    # One at a time: to ask whether more is there costs as much as to wait for it.
                    yield from worker.result()
                except (EOFError, OSError):
                    yield from self._replaced(worker)
            if time.monotonic() - self.glanced > _GLANCE:
                yield from self._stopped()
                self.glanced = time.monotonic()

    def _hand_out(self, rest: Iterator[Numbered]) -> bool:
        """Candidates for every worker that has room; False where nothing is left to wait for."""
        left = True
        for worker in self.workers:
            while left and worker.started and len(worker.holds) < _HELD:
                given = self.again.popleft() if self.again else next(rest, None)
                if given is None:
                    left = False
                else:
                    worker.take(given)
        return left or any(worker.holds for worker in self.workers)

    def _replaced(self, worker: _Worker, fault: PccError | None = None) -> Iterator[tuple[int, bytes]]:
        """A new worker for one that is lost; the candidate that it worked on gets the blame, the others their turn."""
        cause = _cause(worker.process.end(0 if fault else _PATIENCE))
        worked_on = worker.holds[0] if worker.holds else None
        with contextlib.suppress(EOFError, OSError):
            yield from worker.results()
        worker.pipe.close()
        if not worker.started:
            raise PccError(f"a worker process cannot start ({cause})", hint="try again with --jobs 1")
        # What it finished in its last moment is no reason to blame the next.
        if worked_on is not None and worker.holds and worker.holds[0] is worked_on:
            number, item = worker.holds.popleft()
            message = f"the program broke down while it read this file ({cause})"
            error = fault or PccError(message, hint=_SAVE_AGAIN)
            yield number, _failed(self.task, item, error).packed()
        self.again.extendleft(reversed(worker.holds))
        self.workers[self.workers.index(worker)] = self._worker()

    def _stopped(self) -> Iterator[tuple[int, bytes]]:
        """End the workers that take more than they may."""
        for worker in [*self.workers]:
            if not worker.holds or worker.pipe.poll():
                continue
            if time.monotonic() - worker.began > self.limits.seconds:
                yield from self._replaced(worker, _exceeded("seconds", self.limits))
            elif isolation.resident(worker.process.pid) > self.limits.memory_mb * _MIB:
                yield from self._replaced(worker, _exceeded("memory_mb", self.limits))

    def dismiss(self) -> None:
        """End all workers; one that still holds a candidate is not waited for."""
        for worker in self.workers:
            worker.pipe.close()
        for worker in self.workers:
            worker.process.end(_PATIENCE if worker.started and not worker.holds else 0)


def _cause(code: int) -> str:
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


def _serve(pipe: Connection[Any, Any], task: Task, limits: Limits) -> None:
    """The life of a worker: a candidate in, an outcome out, until the other side hangs up."""
    _ignore_interrupts()
    task.prepare()
    # Loads all that is needed to say so when there is no memory left.
    task.failed(failure_of(_exceeded("memory_mb", limits), ""))
    # The knowledge stays to the end; without this the collector walks through all of it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)
    isolation.confine(int(limits.memory_mb))
    with contextlib.suppress(EOFError, OSError):
        pipe.send_bytes(_READY)
        while True:
            pipe.send_bytes(guarded(task, pipe.recv(), limits).packed())


def _ignore_interrupts() -> None:
    """Ctrl-C and the system's wish to end reach every process of a group; the first one decides about the rest."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process that starts now hears no signal until it has chosen to ignore it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _able_to_start() -> Iterator[None]:
    """A process of a cluster is itself one that ends with another, and may start none; ours end with their pipes."""
    own = multiprocessing.current_process()
    daemon = own.daemon
    if not daemon:
        yield
        return
    own.daemon = False
    try:
        yield
    finally:
        own.daemon = True
