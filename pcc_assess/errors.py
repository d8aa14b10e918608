"""Everything that can go wrong, each kind with the exit code that a script sees.

Exit codes (they are part of the product's contract):
2 wrong use · 3 input refused or unreadable · 4 nothing to assess · 5 batch finished with unscored inputs ·
6 output cannot be written · 7 a role or data file is invalid · 70 our own fault · 130 SIGINT · 143 SIGTERM.
"""

from __future__ import annotations

import unicodedata

# Format characters are invisible and can reorder what stands on a screen; they are dropped with the controls.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """``text`` on one line and without any character that could steer a terminal or hide what is written.

    Tabs, line ends and unsafe characters become one space each run; nothing else is changed.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(" " if unicodedata.category(c) in _UNSAFE else c for c in text)
    return " ".join(kept.split()) if kept != text else text


class PccError(Exception):
    """Base of every error that is meant for a person.

    Args:
        message: what is wrong, one sentence without a final full stop.
        where: the file and, where known, the place in it (``resume.pdf, page 2``; ``role.yaml:12:3``).
        hint: the command or edit that helps.
    """

    exit_code = 70
    code = "internal"

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint


class UsageError(PccError):
    """The command was called with words that do not fit together."""

    exit_code = 2
    code = "usage"


class InputError(PccError):
    """An input is refused or cannot be read."""

    exit_code = 3
    code = "input-refused"


class NothingToAssess(PccError):
    """An input was read, and there is no text in it to judge."""

    exit_code = 4
    code = "nothing-to-assess"


class OutputError(PccError):
    """An output cannot be written; what stood there before is intact."""

    exit_code = 6
    code = "output"


class DataError(PccError):
    """A role or data file is invalid.

    Args:
        problems: one line each, ``file:line:column: what is wrong``; all problems of the file at once.
    """

    exit_code = 7
    code = "data"

    def __init__(self, message: str, *, where: str = "", hint: str = "", problems: tuple[str, ...] = ()) -> None:
        super().__init__(message, where=where, hint=hint)
        self.problems = problems
