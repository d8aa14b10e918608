"""``pcc-assess report``: one page about one person, for a browser and for paper."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pcc_assess.cli.blinding import BlindKeyOption, BlindOption, Curtain
from pcc_assess.cli.caseload import results_page
from pcc_assess.cli.options import (
    ENGLISH,
    AsOfOption,
    Format,
    LanguageOption,
    LevelOption,
    LimitOption,
    OutputOption,
    RoleOption,
    SettingOption,
    call_of,
    day,
    emit,
    look_of,
    place_of,
)
from pcc_assess.cli.plan import assessed
from pcc_assess.errors import UsageError
from pcc_assess.limits import Limits, parse_limits

EXAMPLE = "Example: pcc-assess report resume.pdf --output report.html"
RESULTS = ".jsonl"


def report(
    file: Annotated[
        str, typer.Argument(help="Resume, profile or assessment (JSON), - for standard input; or results of a batch.")
    ],
    *,
    role: RoleOption = None,
    level: LevelOption = None,
    setting: SettingOption = None,
    hours_per_week: Annotated[
        float | None,
        typer.Option("--hours-per-week", metavar="HOURS", help="The time that you have for the plan. [default: 6]"),
    ] = None,
    start: Annotated[
        date | None,
        typer.Option("--start", parser=day, metavar="YYYY-MM-DD", help="First day of the plan. [default: --as-of]"),
    ] = None,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    language: LanguageOption = ENGLISH,
    blind: BlindOption = False,
    blind_key: BlindKeyOption = None,
    limit: LimitOption = None,
) -> None:
    """Make one page with everything: the result with its proof, all levels, and the plan. It needs no network.

    Given the results of a batch (.jsonl), make the page about all people in it.
    """
    if file.endswith(RESULTS):
        _many(file, role, language, parse_limits(limit), output, alone=(level, setting, start, as_of) == (None,) * 4)
        return
    from pcc_assess.assess import ladder_of, plan_of
    from pcc_assess.plan import parameters_of
    from pcc_assess.renderers import wording_of
    from pcc_assess.renderers.report import report as page

    curtain = Curtain(blind=blind, key_file=blind_key)
    with curtain.errors(file):
        record, aim = assessed(file, role, level, as_of, language, setting, parse_limits(limit))
    record = curtain.assessment(record, aim)
    policy = aim.knowledge.policy
    made = plan_of(record, aim, parameters_of(policy, start or aim.as_of, hours_per_week=hours_per_week))
    wording = wording_of(aim.role, aim.level, aim.knowledge, aim.setting)
    look = look_of(output, call=call_of(file, role, level, language, setting=record.role.setting, blind=curtain.hides))
    text = page(record, wording, look, ladder=ladder_of(record, aim), plan=made)
    emit(text, place_of(output, Format.HTML, curtain.name(file, record), "report"), Format.HTML)


def _many(file: str, role: str | None, language: str, limits: Limits, output: str | None, *, alone: bool) -> None:
    """The page about the people of a results file."""
    if not alone:
        hint = "leave out --level, --setting, --start and --as-of"
        raise UsageError("results have their role, level and day already", where=file, hint=hint)
    emit(results_page(file, role, language, limits), place_of(output, Format.HTML, file, "report"), Format.HTML)
