"""``pcc-assess report``: one page about one person, for a browser and for paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.blinding import BlindKeyOption, BlindOption, Curtain
from pcc_assess.cli.options import (
    ENGLISH,
    AsOfOption,
    Format,
    LanguageOption,
    LevelOption,
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pcc_assess.aim import Aim
    from pcc_assess.model import Assessment

EXAMPLE = "Example: pcc-assess report resume.pdf --output report.html"


def report(
    file: Annotated[str, typer.Argument(help="Resume, profile or assessment (JSON); - reads standard input.")],
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
) -> None:
    """Make one page with everything: the result with its proof, all levels, and the plan. It needs no network."""
    from pcc_assess.assess import plan_of
    from pcc_assess.plan import parameters_of
    from pcc_assess.renderers import wording_of
    from pcc_assess.renderers.report import report as page

    curtain = Curtain(blind=blind, key_file=blind_key)
    with curtain.errors(file):
        record, aim = assessed(file, role, level, as_of, language, setting)
    record = curtain.assessment(record, aim)
    policy = aim.knowledge.policy.plan
    made = plan_of(record, aim, parameters_of(policy, start or aim.as_of, hours_per_week=hours_per_week))
    wording = wording_of(aim.role, aim.level, aim.knowledge, aim.setting)
    look = look_of(output, call=call_of(file, role, level, language, setting=record.role.setting, blind=curtain.hides))
    text = page(record, wording, look, ladder=list(_ladder(record, aim)), plan=made)
    emit(text, place_of(output, Format.HTML, curtain.name(file, record), "report"), Format.HTML)


def _ladder(record: Assessment, aim: Aim) -> Iterator[tuple[Assessment, str]]:
    """The same profile at every level of the role, each with the title of the level."""
    from pcc_assess.assess import with_profile

    for level, rank in aim.role.ranks.items():
        yield with_profile(record, record.profile, replace(aim, level=level)), rank.title
