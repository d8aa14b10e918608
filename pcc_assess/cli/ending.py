"""How a run ends: whatever goes wrong becomes an exit code and at most three lines."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from types import FrameType

import typer

from pcc_assess import __version__
from pcc_assess.errors import DataError, OutputError, PccError, UsageError, printable
from pcc_assess.isolation import forbid_core_dumps

OWN_FAULT = 70
INTERRUPTED = 130
TERMINATED = 143
_MOST_PROBLEMS = 20


def guarded(words: list[str]) -> int:
    """Carry out one command; every way in which it can end has its exit code here."""
    forbid_core_dumps()
    try:
        with _terminable():
            code = _run(words)
            flush()
            return code
    except typer.Exit as leave:
        return _finished(leave.exit_code)
    except typer.TyperException as error:
        return _told(_usage(error))
    except PccError as error:
        return _told(error)
    except (KeyboardInterrupt, typer.Abort) as stop:
        return _stopped(stop, "stopped by Ctrl-C", INTERRUPTED)
    except SystemExit as stop:
        return _stopped(stop, "stopped by the system", TERMINATED)
    except BrokenPipeError:
        return _hung_up()
    except Exception as error:  # noqa: BLE001 - whatever else happens is our own fault, and is told as such
        full = isinstance(error, OSError) and error.errno == errno.ENOSPC
        return _told(unwritable("the disk is full")) if full else _own_fault(error)


def _run(words: list[str]) -> int:
    if words == ["quiz"]:  # a person waits for the first question, and without options there is nothing to parse
        from pcc_assess.cli.quiz import quiz

        quiz()
        return 0
    from pcc_assess.cli.app import app

    # Called as it stands: typer's own way of running a command turns Ctrl-C and errors into other things.
    with typer.main.get_command(app).make_context("pcc-assess", list(words)) as context:
        code = context.command.invoke(context)
    return code if isinstance(code, int) else 0


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """The system's wish to end (SIGTERM) arrives as SystemExit, so that what is half done is put in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


# --- telling ---------------------------------------------------------------------------------------


def tell(*lines: str) -> None:
    """Lines on standard error; a reader that is gone changes nothing."""
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    with contextlib.suppress(OSError, ValueError):
        for line in lines:
            sys.stderr.write(printable(line).encode(encoding, "replace").decode(encoding) + "\n")
        sys.stderr.flush()


def _told(error: PccError) -> int:
    tell(f"error: {error.message}", *_named("where", error.where), *_named("hint", error.hint))
    problems = error.problems if isinstance(error, DataError) else ()
    tell(*problems[:_MOST_PROBLEMS])
    if len(problems) > _MOST_PROBLEMS:
        tell(f"... and {len(problems) - _MOST_PROBLEMS} more")
    _debug(error)
    return error.exit_code


def _named(name: str, text: str) -> list[str]:
    return [f"{name}: {text}"] if text else []


def _usage(error: typer.TyperException) -> UsageError:
    """What typer says about the words of a command, in our shape."""
    message = printable(error.format_message()).replace("Value error, ", "").rstrip(".")
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "pcc-assess"
    return UsageError(message[:1].lower() + message[1:], hint=f"{command} --help shows how it is used")


def _stopped(stop: BaseException, why: str, code: int) -> int:
    tell(f"error: {why}", *(f"hint: {note}" for note in getattr(stop, "__notes__", ())))
    return code


def _finished(code: int) -> int:
    """The end of a help page: it too may find its reader gone."""
    return _ended(flush, code)


def _ended(last: Callable[[], None], code: int) -> int:
    try:
        last()
    except BrokenPipeError:
        return _hung_up()
    except PccError as error:
        return _told(error)
    return code


def flush() -> None:
    """What was printed has reached its reader.

    Raises:
        OutputError: it cannot be written, for example on a full disk.
        BrokenPipeError: the reader is gone.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _muffle()
        raise unwritable(str(error.strerror)) from None


def unwritable(why: str) -> OutputError:
    """Standard output takes no more."""
    return OutputError(f"standard output cannot be written ({why})", hint="write to a file with --output")


def _hung_up() -> int:
    """The reader of a pipe has seen enough (``| head``); that is no error."""
    _muffle()
    return 0


def _muffle() -> None:
    """Nothing is left to write, so that Python says nothing of it at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


# --- our own fault ---------------------------------------------------------------------------------


def _own_fault(error: Exception) -> int:
    kind = getattr(error, "kind", type(error).__name__)
    try:
        descriptor, name = tempfile.mkstemp(prefix="pcc-assess-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_details(error))
    except OSError:
        name = ""
    where = [f"where: details without any text of a candidate are in {name}"] if name else []
    tell(
        f"error: a fault of the program itself ({kind})",
        *where,
        "hint: report it with that file, or try another file",
    )
    _debug(error)
    return OWN_FAULT


def _details(error: BaseException) -> str:
    """Where it happened, by kinds and places only: a message could hold a candidate's words."""
    lines = [f"pcc-assess {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    link: BaseException | None = error
    while link is not None:
        lines.append(getattr(link, "kind", type(link).__name__))
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(link.__traceback__)
        ]
        lines += [f"  {place}" for place in getattr(link, "places", ())]  # in the process that read a file
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def _debug(error: BaseException) -> None:
    if os.environ.get("PCC_ASSESS_DEBUG") == "1":
        traceback.print_exception(error)
