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
    PostingOption,
    RoleOption,
    SettingOption,
    call_of,
    day,
    emit,
    look_of,
    place_of,
)
from pcc_assess.cli.start import Target, Wishes, opened, taken_up
from pcc_assess.errors import UsageError
from pcc_assess.limits import STANDARD, Limits, parse_limits

if TYPE_CHECKING:
    from pcc_assess.aim import Aim
    from pcc_assess.model import Assessment, Plan
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
DoneOption = Annotated[
    list[str] | None,
    typer.Option("--done", metavar="ACTION", help="Id of a step that is behind you, or ACTION=YYYY-MM-DD; repeatable."),
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
    posting: PostingOption = None,
    hours_per_week: HoursOption = None,
    budget: BudgetOption = None,
    goal: GoalOption = None,
    target: TargetOption = None,
    start: StartOption = None,
    done: DoneOption = None,
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
    aimed = Target(role=role, level=level, setting=setting, as_of=as_of, language=language, posting=posting)
    wishes = Wishes(
        hours_per_week=hours_per_week,
        budget=budget,
        goal=goal.value if goal is not None else None,
        target=target,
        start=start,
        done=tuple(done or ()),
    )
    with curtain.errors(file):
        record, aim, earlier = opened(file, aimed, parse_limits(limit))
        record, parameters = taken_up(curtain.assessment(record, aim), aim, earlier, wishes, file)
    made = plan_of(record, aim, parameters)
    wording = renderers.wording_of(aim.role, aim.level, aim.knowledge, aim.setting)
    call = call_of(file, role, level, language, posting, setting=record.role.setting, blind=curtain.hides)
    look = replace(look_of(output, accessible=accessible, call=call), full=full)
    place = place_of(output, format_, curtain.name(file, record), "plan")
    emit(_written(made, format_, place, wording, look), place, format_)


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
    """An assessed candidate with what it is compared with."""
    target = Target(role=role, level=level, setting=setting, as_of=as_of, language=language)
    record, aim, _ = opened(file, target, limits)
    return record, aim
