"""``pcc-assess report``: one page about one person, for a browser and for paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

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
    PostingOption,
    RoleOption,
    SettingOption,
    call_of,
    emit,
    look_of,
    place_of,
)
from pcc_assess.cli.plan import (
    BudgetOption,
    GoalOption,
    HoursOption,
    StartOption,
    TargetOption,
)
from pcc_assess.cli.score import rated_lines
from pcc_assess.cli.start import Target, Wishes, opened, taken_up
from pcc_assess.errors import UsageError
from pcc_assess.limits import Limits, parse_limits

if TYPE_CHECKING:
    from pcc_assess.aim import Aim
    from pcc_assess.model import Assessment, PlanParameters
    from pcc_assess.renderers import Look

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
    posting: PostingOption = None,
    hours_per_week: HoursOption = None,
    budget: BudgetOption = None,
    goal: GoalOption = None,
    target: TargetOption = None,
    start: StartOption = None,
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
    limits = parse_limits(limit)
    if file.endswith(RESULTS):
        given = (level, setting, posting, hours_per_week, budget, goal, target, start, as_of, blind or None, blind_key)
        text = _many(file, role, language, limits, alone=all(value is None for value in given))
        emit(text, place_of(output, Format.HTML, file, "report"), Format.HTML)
        return
    curtain = Curtain(blind=blind, key_file=blind_key)
    aimed = Target(role=role, level=level, setting=setting, as_of=as_of, language=language, posting=posting)
    wishes = Wishes(
        hours_per_week=hours_per_week,
        budget=budget,
        goal=goal.value if goal is not None else None,
        target=target,
        start=start,
    )
    with curtain.errors(file):
        record, aim, earlier = opened(file, aimed, limits)
        record, parameters = taken_up(curtain.assessment(record, aim), aim, earlier, wishes, file)
    call = call_of(file, role, level, language, posting, setting=record.role.setting, blind=curtain.hides)
    text = _page(record, aim, parameters, look_of(output, call=call), rated=_rated(file, record, aim, limits))
    emit(text, place_of(output, Format.HTML, curtain.name(file, record), "report"), Format.HTML)


def _page(record: Assessment, aim: Aim, parameters: PlanParameters, look: Look, *, rated: Sequence[str]) -> str:
    from pcc_assess.assess import ladder_of, plan_of
    from pcc_assess.renderers import wording_of
    from pcc_assess.renderers.report import report as page

    wording = wording_of(aim.role, aim.level, aim.knowledge, aim.setting)
    plan = plan_of(record, aim, parameters)
    return page(record, wording, look, ladder=ladder_of(record, aim), plan=plan, rated=rated)


def _rated(file: str, record: Assessment, aim: Aim, limits: Limits) -> list[str]:
    """What the ratings of a quiz are worth, where the file holds its answers; what was piped in is gone by now."""
    if record.input.format != "answers" or file == "-":
        return []
    from pcc_assess import disk
    from pcc_assess.assess import answers_in

    kept = answers_in(disk.read_input(file, limits), file, limits)
    return rated_lines(kept, record, aim) if kept is not None else []


def _many(file: str, role: str | None, language: str, limits: Limits, *, alone: bool) -> str:
    """The page about the people of a results file."""
    if not alone:
        hint = "leave out every option but --role, --output, --lang and --limit"
        raise UsageError("results have their role, level and day already", where=file, hint=hint)
    return results_page(file, role, language, limits)
