"""What five made-up people get, whole, and the parts of it that the overview shows.

``python tests/walkthroughs.py`` writes both into ``docs/``.

Read what it changes (``git diff docs/walkthroughs``) as the person would, and as a counselor would, before it is kept.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
from pathlib import Path

from pcc_assess.cli import main

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "walkthroughs"
OVERVIEW = ROOT / "docs" / "walkthroughs.md"
DAY = "--as-of 2026-11-02"
# The sample of each person with the options of both commands, and with those of the plan alone.
PEOPLE = {
    "beginner": ("--level junior", "--hours-per-week 4"),
    "hotel-receptionist": ("", ""),
    "medical-assistant": ("", ""),
    "coordinator-to-lead": ("--level lead", ""),
    "nurse-returning": ("", ""),
}


def commands(person: str) -> list[str]:
    """The commands of one walk-through, as they are typed in the folder of the checkout."""
    both, plan = PEOPLE[person]
    sample = f"data/samples/{person}.txt"
    words = (f"score {sample} {both}", f"plan {sample} {both} {plan}", f"plan {sample} {both} {plan} --full")
    return [f"{' '.join(call.split())} {DAY}" for call in words]


def printed(command: str) -> str:
    """What the program prints for a command, 80 columns wide."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    before, here = os.environ.get("COLUMNS"), Path.cwd()
    os.environ["COLUMNS"] = "80"
    os.chdir(ROOT)
    try:
        with contextlib.redirect_stdout(out):
            code = main(shlex.split(command))
    finally:
        os.chdir(here)
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    assert code == 0, command
    out.flush()
    return out.buffer.getvalue().decode("utf-8")


def page(person: str) -> str:
    """The whole output of one walk-through as a page."""
    parts = [
        f"# {person}: all that is printed",
        "",
        "Written by `python tests/walkthroughs.py`; see [walkthroughs](../walkthroughs.md).",
    ]
    for command in commands(person):
        parts += ["", f"## `pcc-assess {command}`", "", "```text", printed(command).rstrip("\n"), "```"]
    return "\n".join(parts) + "\n"


def excerpt(whole: str) -> str:
    """What the overview shows of a page: the opening of the short plan, and its first tip for the resume."""
    short = whole.split("```text\n")[2]
    opening, _, rest = short.partition("\nYour first seven days\n")
    tips = rest.partition("\nSay it better in your resume\n")[2].splitlines()[1:]
    ends = [at for at, line in enumerate(tips) if at and not line.startswith("    ")]
    return "\n".join([opening.rstrip("\n"), "...", *tips[: ends[0]], "..."]) + "\n"


def renew() -> None:
    """Writes every page and every excerpt again."""
    FOLDER.mkdir(exist_ok=True)
    overview = OVERVIEW.read_text(encoding="utf-8")
    for person in PEOPLE:
        whole = page(person)
        (FOLDER / f"{person}.md").write_text(whole, encoding="utf-8")
        before, mark, behind = overview.partition(f"<!-- part of: {person} -->\n```text\n")
        overview = f"{before}{mark}{excerpt(whole)}```{behind.partition('```')[2]}"
    OVERVIEW.write_text(overview, encoding="utf-8")


if __name__ == "__main__":
    renew()
