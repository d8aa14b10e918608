"""``pcc-assess batch``: many candidate files compared with a role."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.ending import tell
from pcc_assess.cli.options import (
    ENGLISH,
    AsOfOption,
    LanguageOption,
    LevelOption,
    RoleOption,
    SettingOption,
    level_of,
    today,
)

if TYPE_CHECKING:
    from pcc_assess.model import Failure

EXAMPLE = "Example: pcc-assess batch resumes/ --output results.csv"
UNFINISHED = 5
_STEP = 100


def batch(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Folders, files, or patterns in quotes.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write: a name in .jsonl or .csv.")
    ],
    role: RoleOption = None,
    level: LevelOption = None,
    setting: SettingOption = None,
    as_of: AsOfOption = None,
    jobs: Annotated[
        int,
        typer.Option("--jobs", min=0, max=256, help="Files read at the same time; 0 uses every processor."),
    ] = 0,
    language: LanguageOption = ENGLISH,
) -> int:
    """Compare many files with the job, one row for each; a bad file is named, and the rest go on."""
    from pcc_assess.aim import DEFAULT_ROLE
    from pcc_assess.batch import run_batch

    summary = run_batch(
        inputs,
        Path(output),
        role=role or DEFAULT_ROLE,
        level=level_of(level),
        as_of=as_of or today(),
        jobs=jobs,
        progress=_progress,
        language=language,
        setting=setting,
    )
    tell(*(_reason(failure) for failure in summary.failures))
    tell(f"{summary.scored} scored, {len(summary.failures)} not scored; written to {output}")
    return UNFINISHED if summary.failures else 0


def _reason(failure: Failure) -> str:
    hint = f" ({failure.error.hint})" if failure.error.hint else ""
    return f"not scored: {failure.candidate.source}: {failure.error.message}{hint}"


def _progress(done: int, total: int) -> None:
    """A line that counts on a screen; in a log, a line now and then."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {total}" + ("\n" if done == total else ""))
        sys.stderr.flush()
    elif done % _STEP == 0:
        tell(f"{done} of {total}")
