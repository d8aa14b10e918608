"""A process apart for what a candidate handed in: a file that crashes, hangs or swells costs that process only.

What is promised where:

- Linux: the process is forked, so that it starts at once. The system itself keeps it from growing (address space),
  from running on (processor time), from writing files and from leaving a core dump; its resident memory is watched.
- Other POSIX systems: a fresh process. Processor time, files and core dumps are limited by the system, memory and time
  are watched.
- Windows: a fresh process. Memory and time are watched.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import pickle
import select
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar, TypeVarTuple

from pcc_assess.errors import InputError, PccError
from pcc_assess.limits import Limits

_T = TypeVar("_T")
_Args = TypeVarTuple("_Args")
_MIB = 1 << 20
_LEAST_MIB = 64  # room that a process needs whatever it already holds
_NEARLY = 0.8
_GLANCE = 0.02  # seconds between two looks at the memory
_CHUNK = 1 << 20
# The first byte of what a process sends: its result or error follows, or memory ran out.
_RESULT, _NO_MEMORY = b"R", b"M"
_LENGTH = 8  # bytes before a message of a stream that say how long it is
# Makes what a process sends of its function and arguments.
_Parts = Callable[[Callable[..., Any], tuple[Any, ...]], Iterator[bytes]]


class ChildFault(Exception):
    """A fault of the program in the process apart: its kind, and its ``places`` without any text of a candidate."""

    def __init__(self, kind: str, places: tuple[str, ...]) -> None:
        super().__init__(kind, places)
        self.kind = kind
        self.places = places


def run_isolated(function: Callable[[*_Args], _T], *args: *_Args, limits: Limits, where: str) -> _T:
    """``function(*args)``, worked out in a process apart.

    Args:
        function: a function of a module; its arguments and result can be pickled.
        args: what it is called with.
        limits: the seconds that it may take by a clock on the wall, and the memory that the process may hold.
        where: the file, for the message.

    Raises:
        InputError: the process crashed, took too long or needed too much memory.
        PccError: what the function raised of these.
        ChildFault: it raised something else.
    """
    child = _CHILD(function, args, limits, _whole)
    try:
        sent, broken = _received(child, limits)
    finally:
        ended = child.end()
    if sent[:1] != _RESULT:
        broken = broken or ("memory_mb" if sent == _NO_MEMORY else ended)
        raise _lost(broken, limits, where)
    result: _T = _opened(sent[1:])
    return result


def stream_isolated(
    function: Callable[[*_Args], Iterator[_T]], *args: *_Args, limits: Limits, where: str
) -> Iterator[_T]:
    """The values of a generator function that works in a process apart, one after the other as they come.

    The time that the values are waited for is counted, and not the time until the next one is asked for. What the
    process holds is watched; it may ask the system for twice as much, since a library that grows a list asks for more
    than it uses. One that then gets none aborts. Otherwise as ``run_isolated``.
    """
    child = _CHILD(function, args, replace(limits, memory_mb=2 * limits.memory_mb), _streamed)
    ended, broken = "", ""
    try:
        for sent in _frames(child, limits):
            if sent[:1] != _RESULT:
                broken = "memory_mb" if sent == _NO_MEMORY else sent.decode()
                break
            if sent == _RESULT:
                return
            value: _T = _opened(sent[1:])
            yield value
    finally:
        ended = child.end()
    raise _lost(broken or {"signal SIGABRT": "memory_mb"}.get(ended, ended), limits, where)


def _opened(sent: bytes) -> Any:
    outcome = pickle.loads(sent)  # noqa: S301 - written by our own process
    if isinstance(outcome, PccError | ChildFault):
        raise outcome
    return outcome[0]


def confine(memory_mb: int, cpu_seconds: float | None = None) -> None:
    """Bind the calling process, as far as the system can: to a size, a processor time, no new files, no core dump.

    Args:
        memory_mb: MiB that it may hold in all, with what it holds already.
        cpu_seconds: seconds of processor time from now on; None where something else keeps the time.
    """
    forbid_core_dumps()
    if sys.platform == "win32":
        return
    import resource

    _limit(resource.RLIMIT_FSIZE, 0)
    if cpu_seconds is not None:
        _limit(resource.RLIMIT_CPU, int(time.process_time() + cpu_seconds) + 1)
    sizes = _pages()
    if sizes is not None:
        whole, held = sizes
        _limit(resource.RLIMIT_AS, whole + max(memory_mb * _MIB - held, _LEAST_MIB * _MIB))


def forbid_core_dumps() -> None:
    """Should this process crash, its memory, with what a candidate wrote, is not put on the disk."""
    if sys.platform != "win32":
        import resource

        _limit(resource.RLIMIT_CORE, 0)


def resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where it is gone."""
    sizes = _pages(str(pid))
    if sizes is not None:
        return sizes[1]
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _limit(kind: int, amount: int) -> None:
    """Lower a limit of the system; one that is lower already stays, and one that the system refuses is left."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        most = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (most, most))


def _pages(pid: str = "self") -> tuple[int, int] | None:
    """Bytes of address space and of resident memory of a process; None where the system does not tell."""
    try:
        whole, held = Path(f"/proc/{pid}/statm").read_bytes().split()[:2]
    except (OSError, ValueError):
        return None
    page = os.sysconf("SC_PAGE_SIZE")
    return int(whole) * page, int(held) * page


def _lost(broken: str, limits: Limits, where: str) -> InputError:
    """The refusal of a file that cost its process."""
    if broken in ("seconds", "memory_mb"):
        return limits.exceeded(broken, where)
    hint = "save the resume again, as a simple PDF or as plain text"
    return InputError(f"reading this file broke down ({broken}) and was stopped", where=where, hint=hint)


# --- this side -------------------------------------------------------------------------------------


class _Child(Protocol):
    """A process at work."""

    pid: int

    def receive(self, patience: float) -> bytes | None:
        """What it sent by now, empty at its end, None where nothing came in ``patience`` seconds."""

    def end(self) -> str:
        """End it whatever it does; how it ended, in words."""


def _received(child: _Child, limits: Limits) -> tuple[bytes, str]:
    """All that a process sent, and why it had to be stopped (a name of ``Limits``), if it had to be."""
    sent = bytearray()
    deadline = time.monotonic() + limits.seconds
    while True:
        came = child.receive(_GLANCE)
        if came:
            sent += came
        elif came is not None:
            return bytes(sent), ""
        if resident(child.pid) > limits.memory_mb * _MIB:
            return b"", "memory_mb"
        if time.monotonic() > deadline:
            return b"", "seconds"


def _frames(child: _Child, limits: Limits) -> Iterator[bytes]:
    """What a process sends, message by message; last the name of a limit, if it had to be stopped."""
    came = bytearray()
    waited = 0.0
    while True:
        while len(came) >= _LENGTH and len(came) >= (size := _LENGTH + int.from_bytes(came[:_LENGTH], "big")):
            message = bytes(came[_LENGTH:size])
            del came[:size]
            yield message
        began = time.monotonic()
        more = child.receive(_GLANCE)
        waited += time.monotonic() - began
        if more:
            came += more
        elif more is not None:
            return
        if resident(child.pid) > limits.memory_mb * _MIB:
            yield b"memory_mb"
        if waited > limits.seconds:
            yield b"seconds"


class _Forked:
    """A copy of this process, which holds already what the function needs."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], limits: Limits, parts: _Parts) -> None:
        self.most = limits.memory_mb * _MIB
        self.pipe, outward = os.pipe()
        with warnings.catch_warnings():
            # Other threads do not live on in the copy. It waits for none: it works something out and is gone.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if not self.pid:
            _live(outward, parts(function, args), limits)
        os.close(outward)

    def receive(self, patience: float) -> bytes | None:
        ready = select.poll()
        ready.register(self.pipe, select.POLLIN)
        return os.read(self.pipe, _CHUNK) if ready.poll(patience * 1000) else None

    def end(self) -> str:
        os.close(self.pipe)
        os.kill(self.pid, signal.SIGKILL)  # it cannot be another process: nobody has waited for it yet
        _, status, used = os.wait4(self.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        # A library that gets no more memory ends its process in its own way.
        return "memory_mb" if code < 0 and used.ru_maxrss * 1024 > _NEARLY * self.most else _told(code)


def _live(outward: int, parts: Iterator[bytes], limits: Limits) -> None:
    """The life of a copy. Nothing of what the first process has under way is finished here: no clean-up, no output."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it, and decides
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in {0, 1, 2} - {outward}:  # a closed one may have become the way out
            os.dup2(nowhere, stream)
        faulthandler.disable()  # how this process ends is told by the first one
        confine(int(limits.memory_mb), limits.seconds)
        gc.freeze()  # what it holds of the first process stays to its end; nobody need walk through it
        for part in parts:
            sent = memoryview(part)
            while sent:
                sent = sent[os.write(outward, sent) :]
        code = 0
    finally:
        os._exit(code)


class _Spawned:
    """A fresh process that loads what the function needs."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], limits: Limits, parts: _Parts) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")
        self.pipe, outward = context.Pipe(duplex=False)
        self.process = context.Process(target=_serve, args=(outward, function, args, limits, parts), daemon=True)
        self.process.start()
        outward.close()
        self.pid = self.process.pid or 0

    def receive(self, patience: float) -> bytes | None:
        try:
            return self.pipe.recv_bytes() if self.pipe.poll(patience) else None
        except (EOFError, OSError):
            return b""

    def end(self) -> str:
        self.pipe.close()
        self.process.kill()
        self.process.join()
        return _told(self.process.exitcode or 0)


def _serve(outward: Any, function: Callable[..., Any], args: tuple[Any, ...], limits: Limits, parts: _Parts) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine(int(limits.memory_mb), limits.seconds)
    for part in parts(function, args):
        outward.send_bytes(part)
    outward.close()


_CHILD = _Forked if sys.platform == "linux" else _Spawned


def _told(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    return "seconds" if name == "SIGXCPU" else f"signal {name}"


# --- the other side --------------------------------------------------------------------------------


def _whole(function: Callable[..., Any], args: tuple[Any, ...]) -> Iterator[bytes]:
    """The outcome of a call, as the only thing that is sent."""
    yield _outcome(function, args)


def _streamed(function: Callable[..., Any], args: tuple[Any, ...]) -> Iterator[bytes]:
    """The outcome of each step of a generator, each with its length before it; an empty result is the end."""
    values = function(*args)
    end = object()
    while True:
        sent = _outcome(_next, (values, end))
        yield len(sent).to_bytes(_LENGTH, "big") + sent
        if sent == _RESULT:
            return


class _End(Exception):
    """There are no more values."""


def _next(values: Iterator[Any], end: object) -> Any:
    value = next(values, end)
    if value is end:
        raise _End
    return value


def _outcome(function: Callable[..., Any], args: tuple[Any, ...]) -> bytes:
    """What became of a call, as bytes: its result in a tuple, an error, or word that memory ran out."""
    try:
        try:
            outcome: Any = (function(*args),)
        except PccError as error:
            outcome = error
        except _End:
            return _RESULT
        except MemoryError:
            return _NO_MEMORY
        except BaseException as error:  # noqa: BLE001 - every fault is told to the other side
            outcome = ChildFault(type(error).__name__, _places(error))
        return _RESULT + pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return _NO_MEMORY


def _places(error: BaseException) -> tuple[str, ...]:
    return tuple(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__))
