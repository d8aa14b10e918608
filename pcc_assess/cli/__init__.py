"""The command line. ``main`` is the one place where an error becomes an exit code."""

from __future__ import annotations

import contextlib
import sys

from pcc_assess import __version__


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; nothing is raised and nothing ends the process.

    Args:
        argv: the words after the name of the program; those of this process by default.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    if words == ["--version"] and sys.stdout is not None:  # answered before anything slow is loaded
        with contextlib.suppress(OSError):
            sys.stdout.write(f"pcc-assess {__version__}\n")
            sys.stdout.flush()
            return 0
    try:
        from pcc_assess.cli.ending import guarded
    except KeyboardInterrupt:
        return 130
    return guarded(words)
