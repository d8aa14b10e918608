"""``pcc-assess batch``: many candidate files compared with a role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.ending import tell
from pcc_assess.cli.options import (
    ENGLISH,
    AsOfOption,
    LanguageOption,
    LevelOption,
    LimitOption,
    RoleOption,
    SettingOption,
    level_of,
    today,
)
from pcc_assess.cli.progress import Meter
from pcc_assess.limits import parse_limits

if TYPE_CHECKING:
    from pcc_assess.batch import BatchSummary
    from pcc_assess.model import Failure

EXAMPLE = "Example: pcc-assess batch resumes/ --output results.csv"
UNFINISHED = 5


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
    timeout: Annotated[
        float | None, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="The most time for one file.")
    ] = None,
    memory: Annotated[
        int | None, typer.Option("--memory", metavar="MB", min=200, help="The most memory for one file.")
    ] = None,
    carry_on: Annotated[bool, typer.Option("--continue", help="Finish what an interrupted run left.")] = False,
    language: LanguageOption = ENGLISH,
    limit: LimitOption = None,
) -> int:
    """Compare many files with the job, one row for each; a bad file is named, and the rest go on."""
    from pcc_assess.aim import DEFAULT_ROLE
    from pcc_assess.batch import Run, begun_on, run_batch

    limits = parse_limits(limit)
    run = Run(
        inputs=tuple(inputs),
        output=output,
        role=role or DEFAULT_ROLE,
        level=level_of(level),
        as_of=as_of or (begun_on(output) if carry_on else None) or today(),
        language=language,
        setting=setting,
        jobs=jobs,
        limits=replace(limits, seconds=timeout or limits.seconds, memory_mb=memory or limits.memory_mb),
        carry_on=carry_on,
    )
    with Meter() as meter:
        summary = run_batch(run, meter.show)
    _tell(summary, output)
    return UNFINISHED if summary.failed else 0


def _tell(summary: BatchSummary, output: str) -> None:
    tell(*(_reason(failure) for failure in summary.failures))
    if summary.failed > len(summary.failures):
        tell(f"not scored: {summary.failed - len(summary.failures):,} more, each with its reason in {output}")
    if summary.resumed:
        tell(f"{summary.resumed:,} were done before the interruption")
    if summary.same or summary.near:
        tell(f"marked as repeating an earlier one: {summary.same:,} the same, {summary.near:,} nearly the same")
    tell(f"{summary.scored:,} scored, {summary.failed:,} not scored; written to {output}")


def _reason(failure: Failure) -> str:
    hint = f" ({failure.error.hint})" if failure.error.hint else ""
    return f"not scored: {failure.candidate.source}: {failure.error.message}{hint}"
