"""``pcc-assess batch``: many candidate files compared with a role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pcc_assess.cli.blinding import BlindKeyOption, BlindOption, Curtain
from pcc_assess.cli.caseload import Caseload
from pcc_assess.cli.ending import tell
from pcc_assess.cli.options import (
    ENGLISH,
    AccessibleOption,
    AsOfOption,
    LanguageOption,
    LevelOption,
    LimitOption,
    RoleOption,
    SettingOption,
    emit,
    error_look,
    level_of,
    today,
)
from pcc_assess.cli.progress import Meter
from pcc_assess.cli.tables import (
    DryRunOption,
    MapFileOption,
    MapOption,
    NullOption,
    RatedByOption,
    SaveMapOption,
    Tables,
    outlook_lines,
    reading_of,
)
from pcc_assess.errors import UsageError, printable
from pcc_assess.limits import Limits, parse_limits

if TYPE_CHECKING:
    from pcc_assess.batch import BatchSummary, Run
    from pcc_assess.batch.tables import Reading
    from pcc_assess.model import Failure

EXAMPLE = "Example: pcc-assess batch resumes/ people.xlsx --output results.xlsx"
UNFINISHED = 5


InputsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...", help="Folders, files, tables, zip files, patterns in quotes; - reads a list of names."
    ),
]
ResultsOption = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="A name in .xlsx, .csv, .jsonl or .parquet.")
]
ReportOption = Annotated[
    str | None,
    typer.Option("--report", metavar="FILE", help="Also a page about all people together: a name in .html."),
]
JobsOption = Annotated[
    int, typer.Option("--jobs", min=0, max=256, help="Files read at the same time; 0 uses every processor.")
]
TimeoutOption = Annotated[
    float | None, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="The most time for one file.")
]
MemoryOption = Annotated[
    int | None, typer.Option("--memory", metavar="MB", min=200, help="The most memory for one file.")
]
EngineOption = Annotated[
    Literal["local", "dask"], typer.Option("--engine", help="Who does the work: this computer, or a cluster.")
]
SchedulerOption = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Of the cluster, such as tcp://host:8786.")
]
ContinueOption = Annotated[bool, typer.Option("--continue", help="Finish what an interrupted run left.")]


def batch(
    inputs: InputsArgument,
    output: ResultsOption = None,
    report: ReportOption = None,
    role: RoleOption = None,
    level: LevelOption = None,
    setting: SettingOption = None,
    as_of: AsOfOption = None,
    jobs: JobsOption = 0,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    carry_on: ContinueOption = False,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
    columns: MapOption = None,
    map_file: MapFileOption = None,
    save_map: SaveMapOption = None,
    rated_by: RatedByOption = None,
    null: NullOption = False,
    dry_run: DryRunOption = False,
    accessible: AccessibleOption = False,
    language: LanguageOption = ENGLISH,
    blind: BlindOption = False,
    blind_key: BlindKeyOption = None,
    limit: LimitOption = None,
) -> int:
    """Compare many people with the job: folders of resumes, or tables with a row each; a bad one is named."""
    from pcc_assess.batch import Run, begun_on

    reading = reading_of(columns, map_file, rated_by, limits := _limits(limit, timeout, memory), null=null)
    tables = Tables(save_map, quiet=dry_run)
    if dry_run:
        return _look(inputs, reading, output, tables, blind=blind or bool(blind_key))
    run = Run(
        inputs=tuple(inputs),
        output=_named(output),
        role=_role(role),
        level=level_of(level),
        as_of=as_of or (begun_on(_named(output)) if carry_on else None) or today(),
        language=language,
        setting=setting,
        reading=reading,
        jobs=jobs,
        limits=limits,
        carry_on=carry_on,
        beside=(report,) if report else (),
        scheduler=_cluster(engine, scheduler),
    )
    shown = Caseload(report, error_look(accessible=accessible)), Curtain(blind=blind, key_file=blind_key)
    return _carried_out(run, tables, *shown)


def _limits(limit: list[str] | None, timeout: float | None, memory: int | None) -> Limits:
    limits = parse_limits(limit)
    return replace(limits, seconds=timeout or limits.seconds, memory_mb=memory or limits.memory_mb)


def _role(role: str | None) -> str:
    from pcc_assess.aim import DEFAULT_ROLE

    return role or DEFAULT_ROLE


def _named(output: str | None) -> str:
    if output is None:
        raise UsageError("it is not said where to write", hint="add --output results.xlsx, or --dry-run to look only")
    return output


def _cluster(engine: str, scheduler: str | None) -> str | None:
    if (engine == "dask") != (scheduler is not None):
        raise UsageError("--engine dask and --scheduler go together", hint="--engine dask --scheduler tcp://HOST:8786")
    return scheduler


def _carried_out(run: Run, tables: Tables, caseload: Caseload, curtain: Curtain) -> int:
    """The run, and what is told of it."""
    from pcc_assess.batch import run_batch

    run = replace(run, blind=curtain.key, blind_key=curtain.place)
    with Meter() as meter:
        summary = run_batch(run, meter.show, curtain.notices(tables.notice), caseload)
    tables.finish()
    _tell(summary, run.output)
    caseload.tell()
    curtain.tell_place()
    return UNFINISHED if summary.failed else 0


def _look(inputs: list[str], reading: Reading, output: str | None, tables: Tables, *, blind: bool) -> int:
    """Say what would be read."""
    if blind:
        raise UsageError("--dry-run names files", hint="leave out --blind")
    from pcc_assess.batch.looking import look

    outlook = look(inputs, reading, [output] if output else [])
    emit("\n".join(map(printable, outlook_lines(outlook))) + "\n", None)
    for table in outlook.tables:
        tables.keep(table.header)
    tables.finish()
    return UNFINISHED if outlook.failed else 0


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
