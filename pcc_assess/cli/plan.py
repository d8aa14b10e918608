"""``pcc-assess plan``: the steps that close the gaps of one candidate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.blinding import BlindKeyOption, BlindOption, Curtain
from pcc_assess.cli.options import (
    ENGLISH,
    AccessibleOption,
    AsOfOption,
    LanguageOption,
    LevelOption,
    LimitOption,
    OutputOption,
    RoleOption,
    SettingOption,
    call_of,
    day,
    emit,
    level_of,
    look_of,
    place_of,
    today,
)
from pcc_assess.errors import UsageError
from pcc_assess.limits import STANDARD, Limits, parse_limits

if TYPE_CHECKING:
    from pcc_assess.aim import Aim
    from pcc_assess.model import Assessment, Plan, PlanParameters
    from pcc_assess.renderers import Look, Wording


class PlanFormat(StrEnum):
    """What a plan can be written as."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    ICS = "ics"
    IEP = "iep"


class Goal(StrEnum):
    """What a plan is the best for."""

    FASTEST = "fastest"
    CHEAPEST = "cheapest"


_OTHER_DOCUMENTS = frozenset({".doc", ".odt", ".pdf", ".rtf", ".html", ".htm"})
EXAMPLE = "Example: pcc-assess plan resume.pdf --hours-per-week 4"


PlanFile = Annotated[
    str, typer.Argument(help="Resume, profile, assessment or an earlier plan (JSON); - reads standard input.")
]
HoursOption = Annotated[
    float | None, typer.Option("--hours-per-week", metavar="HOURS", help="The time that you have. [default: 6]")
]
BudgetOption = Annotated[
    float | None, typer.Option("--budget", metavar="USD", help="The most that you can spend. [default: no limit]")
]
GoalOption = Annotated[Goal | None, typer.Option("--goal", help="What matters most. [default: fastest]")]
TargetOption = Annotated[
    float | None,
    typer.Option("--target", metavar="SCORE", help="The score to reach. [default: all that is essential]"),
]
StartOption = Annotated[
    date | None,
    typer.Option("--start", parser=day, metavar="YYYY-MM-DD", help="First day of the plan. [default: --as-of]"),
]
FullOption = Annotated[bool, typer.Option("--full", help="Show how to do each step, interview practice, pay and more.")]
PlanFormatOption = Annotated[
    PlanFormat, typer.Option("--format", help="How to write the plan; ics: a calendar, iep: a counselor's form.")
]


def plan(
    file: PlanFile,
    *,
    role: RoleOption = None,
    level: LevelOption = None,
    setting: SettingOption = None,
    hours_per_week: HoursOption = None,
    budget: BudgetOption = None,
    goal: GoalOption = None,
    target: TargetOption = None,
    start: StartOption = None,
    full: FullOption = False,
    format_: PlanFormatOption = PlanFormat.TEXT,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    accessible: AccessibleOption = False,
    language: LanguageOption = ENGLISH,
    limit: LimitOption = None,
    blind: BlindOption = False,
    blind_key: BlindKeyOption = None,
) -> None:
    """Find the steps that lead to the target in the fewest weeks, or for the least money, and say when each is due."""
    from pcc_assess import renderers
    from pcc_assess.assess import plan_of

    curtain = Curtain(blind=blind, key_file=blind_key)
    with curtain.errors(file):
        record, aim = assessed(file, role, level, as_of, language, setting, parse_limits(limit))
    record = curtain.assessment(record, aim)
    knowledge = aim.knowledge
    made = plan_of(record, aim, parameters_for(aim, start, hours_per_week, goal, target, budget))
    wording = renderers.wording_of(aim.role, aim.level, knowledge, aim.setting)
    call = call_of(file, role, level, language, setting=record.role.setting, blind=curtain.hides)
    look = replace(look_of(output, accessible=accessible, call=call), full=full)
    place = place_of(output, format_, curtain.name(file, record), "plan")
    emit(_written(made, format_, place, wording, look), place, format_)


def parameters_for(
    aim: Aim,
    start: date | None,
    hours_per_week: float | None,
    goal: Goal | None,
    target: float | None,
    budget: float | None,
) -> PlanParameters:
    """What the person wishes of a plan."""
    from pcc_assess.plan import parameters_of

    return parameters_of(
        aim.knowledge.policy,
        start or aim.as_of,
        hours_per_week=hours_per_week,
        goal=goal.value if goal is not None else "fastest",
        target=target,
        budget=budget,
    )


def _written(made: Plan, kind: PlanFormat, place: str | None, wording: Wording, look: Look) -> str | bytes:
    """The plan in its format. The form is a Word file where the name of the output says so, and Markdown elsewhere.

    Raises:
        UsageError: the name asks for another kind of document than can be written.
    """
    from pathlib import PurePath

    from pcc_assess import renderers
    from pcc_assess.renderers import iep

    ending = PurePath(place).suffix.lower() if place is not None else ""
    if kind != PlanFormat.IEP:
        return renderers.PLAN[kind.value](made, wording, look)
    if ending == ".docx":
        return iep.document(made, wording)
    if ending in _OTHER_DOCUMENTS:
        raise UsageError(f"the form cannot be written as {ending}", hint="--output plan.docx, or plan.md")
    return iep.markdown(made, wording)


def assessed(
    file: str,
    role: str | None,
    level: str | None,
    as_of: date | None,
    language: str,
    setting: str | None,
    limits: Limits = STANDARD,
) -> tuple[Assessment, Aim]:
    """What the plan starts from. An assessment is scored again from its profile, so that it fits the data."""
    from pcc_assess import assess, disk
    from pcc_assess.aim import DEFAULT_ROLE, make_aim
    from pcc_assess.renderers.json_ import from_json, is_assessment

    data = disk.read_input(file, limits)
    if not is_assessment(data):
        kept = assess.answers_in(data, file, limits)
        if kept is not None:
            role, level, setting = role or kept.role, level or kept.level, setting or kept.setting
        aim = make_aim(
            role or DEFAULT_ROLE, level_of(level), as_of or today(), language, setting=setting, limits=limits
        )
        return assess.apart(assess.assess_bytes, data, file, aim), aim
    before = from_json(data, file, limits)
    if as_of is not None and as_of.isoformat() != before.as_of:
        hint = "leave out --as-of, or give the resume itself"
        raise UsageError(f"this assessment is for the day {before.as_of}", where=file, hint=hint)
    made_for = before.role
    aim = make_aim(
        role or made_for.id,
        level_of(level or made_for.level),
        date.fromisoformat(before.as_of),
        language,
        setting=setting or made_for.setting,
    )
    return assess.with_profile(before, before.profile, aim), aim
