"""Options that several commands share, and how a finished text reaches its reader."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.ending import tell, unwritable
from pcc_assess.errors import UsageError, printable

if TYPE_CHECKING:
    from pcc_assess.knowledge import LevelId
    from pcc_assess.renderers import Look

_WIDEST = 100
_NARROWEST = 20


class Format(StrEnum):
    """What a report can be written as."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class Written(StrEnum):
    """What a text without a page of its own can be written as."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{printable(text)!r} is not a day written as YYYY-MM-DD") from None


def _help(context: typer.Context, *, asked: bool) -> None:
    if asked:
        typer.echo(context.get_help())
        raise typer.Exit


# Groups of commands get their help from here: typer's own option loads pydantic on the way to every command.
HelpOption = Annotated[
    bool, typer.Option("--help", "-h", help="Show this message and exit.", callback=_help, is_eager=True)
]
RoleOption = Annotated[
    str | None,
    typer.Option("--role", help="Id of a role, or the path of a role file. [default: patient-care-coordinator]"),
]
LevelOption = Annotated[
    str | None,
    typer.Option(
        "--level",
        help="junior, coordinator, senior, lead or manager. [default: coordinator, or the first that the role has]",
    ),
]
SettingOption = Annotated[
    str | None,
    typer.Option("--setting", help="Kind of employer: large-hospital, small-practice, specialty or remote."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to write the result.")]
WrittenOption = Annotated[Written, typer.Option("--format", help="How to write it.")]
OutputOption = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of the screen."),
]
AsOfOption = Annotated[
    date | None,
    typer.Option("--as-of", parser=day, metavar="YYYY-MM-DD", help="The day the result is for. [default: today]"),
]
ENGLISH = "en"
OPEN = "open it in your browser: a double click on the file is enough"
LanguageOption = Annotated[
    str, typer.Option("--lang", metavar="en|es", help="Language of what you read: English or Spanish.")
]
PostingOption = Annotated[
    str | None,
    typer.Option("--posting", metavar="FILE", help="A job posting: compare with what it asks for."),
]
AccessibleOption = Annotated[
    bool, typer.Option("--accessible", help="Plain sentences without tables and signs, for screen readers.")
]


LimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--limit", metavar="NAME=NUMBER", help="Let a file hold more or less, such as pages=200. May be given again."
    ),
]


def today() -> date:
    """The day by this computer's clock; nothing else in the program asks it."""
    return date.today()  # noqa: DTZ011 - a person's own day, not a moment in the world


def level_of(text: str | None) -> LevelId | None:
    """The level that was asked for, None where none was.

    Raises:
        UsageError: there is no such level.
    """
    from pcc_assess.knowledge import LEVELS

    if text is None:
        return None
    for level in LEVELS:
        if level == text:
            return level
    hint = f"choose one of: {', '.join(LEVELS)}"
    raise UsageError(f"there is no level {printable(text)!r}", hint=hint)


def look_of(output: str | None = None, *, accessible: bool = False, call: str = "FILE") -> Look:
    """How a report must look to suit where it goes: a screen with its width and characters, or a file."""
    from pcc_assess.renderers import Look

    if output is not None or sys.stdout is None:
        return Look(accessible=accessible, call=call)
    screen = _is_screen()
    color = screen and not accessible and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    encoding = sys.stdout.encoding or "ascii"
    return Look(width=_width(screen=screen), color=color, encoding=encoding, accessible=accessible, call=call)


def error_look(*, accessible: bool = False) -> Look:
    """The same for what goes to standard error."""
    from pcc_assess.renderers import Look

    if sys.stderr is None:
        return Look(accessible=accessible)
    width = _width(screen=sys.stderr.isatty())
    return Look(width=width, encoding=sys.stderr.encoding or "ascii", accessible=accessible)


def _is_screen() -> bool:
    with contextlib.suppress(ValueError):  # a closed stream
        return sys.stdout.isatty()
    return False


def _width(*, screen: bool) -> int:
    """Columns of the screen; ``COLUMNS`` overrules it, and a pipe has 80."""
    if not screen and not os.environ.get("COLUMNS", "").isdecimal():
        return 80
    return min(max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST), _WIDEST)


def call_of(
    file: str,
    role: str | None,
    level: str | None,
    language: str = ENGLISH,
    posting: str | None = None,
    *,
    setting: str | None = None,
    blind: bool = False,
) -> str:
    """The file and the options that chose role, level, setting, posting and language, as a shell takes them; a blind
    call names no file.
    """
    words = ["FILE" if file == "-" or blind else file]
    if role is not None:
        words += ["--role", role]
    if level is not None:
        words += ["--level", level]
    if posting is not None:
        words += ["--posting", posting]
    if setting is not None:
        words += ["--setting", setting]
    if language != ENGLISH:
        words += ["--lang", language]
    if blind:
        words += ["--blind"]
    return " ".join(shlex.quote(printable(word)) for word in words)


def place_of(output: str | None, kind: StrEnum, file: str, ending: str) -> str | None:
    """Where a result goes: as told, or to standard output; a page, whose source tells a person nothing on a screen,
    goes to a new file in this folder instead.

    Args:
        output: what the person asked for.
        kind: what the result is written as.
        file: the candidate file, for a name that tells what the page is about.
        ending: what is put behind that name.
    """
    if output is not None or kind != Format.HTML or not _is_screen():
        return output
    from pcc_assess.outlets import file_name

    stem = file_name(Path(file).stem, "pcc-assess")
    names = (f"{stem}-{ending}{number}.html" for number in ("", *(f"-{n}" for n in range(2, 1_000))))
    return next((name for name in names if not Path(name).exists()), None)


def emit(text: str | bytes, output: str | None, kind: StrEnum = Format.TEXT) -> None:
    """A finished text to its file, or to standard output, which ``-`` names too.

    Raises:
        OutputError: it cannot be written; what stood there before is intact.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    if output not in (None, "-"):
        from pcc_assess.disk import write_output

        write_output(output, data)
        tell(f"written to {output}")
        if kind == Format.HTML:
            tell(OPEN)
        return
    if sys.stdout is None:
        raise unwritable("it is closed")
    try:
        _print(data, kind)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(str(error.strerror)) from None


def _print(data: bytes, kind: StrEnum) -> None:
    """All but text for the screen are documents: they leave as UTF-8, whatever the console speaks."""
    raw = getattr(sys.stdout, "buffer", None)
    shown = kind == Format.TEXT or (kind not in (Format.JSON, Format.HTML) and _is_screen())
    if raw is not None and not shown:
        sys.stdout.flush()
        raw.write(data)
        raw.flush()
        return
    from pcc_assess.consoles import fit

    sys.stdout.write(fit(data.decode("utf-8"), sys.stdout.encoding or "ascii"))
