"""What a plan starts from: a candidate file, an assessment, or an earlier plan with what has happened since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from pcc_assess.cli.options import level_of, today
from pcc_assess.errors import InputError, UsageError, printable
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.postings import POSTED

if TYPE_CHECKING:
    from pcc_assess.aim import Aim
    from pcc_assess.knowledge import Knowledge
    from pcc_assess.model import Assessment, DoneAction, KeptDate, Plan, PlanParameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The role and its level as the options name them; None is what the file says, or else the usual one.

    ``posting``: the file of a job posting that takes the place of the role in general.
    """

    role: str | None
    level: str | None
    setting: str | None
    as_of: date | None
    language: str
    posting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the options of ``plan`` ask; None is what an earlier plan says, or else the usual."""

    hours_per_week: float | None
    budget: float | None
    goal: Literal["fastest", "cheapest"] | None
    target: float | None
    start: date | None
    done: tuple[str, ...] = ()


def opened(file: str, target: Target, limits: Limits = STANDARD) -> tuple[Assessment, Aim, Plan | None]:
    """An assessed candidate with what it is compared with, and the plan where the file is one.

    An assessment and a plan are scored again from their profile, so that they fit the data.
    """
    record, aim, plan = _opened(file, target, limits)
    return (*posted(record, aim, target.posting, limits), plan)


def posted(record: Assessment, aim: Aim, file: str | None, limits: Limits) -> tuple[Assessment, Aim]:
    """An assessment and its aim held against the job posting in ``file``; as they are where there is none."""
    if file is None:
        return record, aim
    from pcc_assess import assess, disk

    posting = assess.apart(assess.read_posting, disk.read_input(file, limits), file, aim)
    at = assess.aim_at(posting, aim)
    again = assess.with_profile(record, record.profile, at)
    return assess.with_posting(again, posting, at, aim), at


def _opened(file: str, target: Target, limits: Limits) -> tuple[Assessment, Aim, Plan | None]:
    from pcc_assess import assess, disk
    from pcc_assess.aim import DEFAULT_ROLE
    from pcc_assess.renderers.json_ import from_json, is_assessment, is_plan, plan_from_json

    data = disk.read_input(file, limits)
    if is_plan(data):
        plan = plan_from_json(data, file, limits)
        meant = plan.assessment
        aim = _aim(target, meant.role, meant.level, meant.setting, target.as_of or today())
        return assess.resumed(plan, aim), aim, plan
    if is_assessment(data):
        before = from_json(data, file, limits)
        if target.as_of is not None and target.as_of.isoformat() != before.as_of:
            hint = "leave out --as-of, or give the resume itself"
            raise UsageError(f"this assessment is for the day {before.as_of}", where=file, hint=hint)
        was = before.role
        aim = _aim(target, was.id, was.level, was.setting, date.fromisoformat(before.as_of))
        return assess.with_profile(before, before.profile, aim), aim, None
    kept = assess.answers_in(data, file, limits)
    role, level, setting = (kept.role, kept.level, kept.setting) if kept is not None else (DEFAULT_ROLE, None, None)
    aim = _aim(target, role, level, setting, target.as_of or today(), limits)
    return assess.apart(assess.assess_bytes, data, file, aim), aim, None


def _aim(
    target: Target, role: str, level: str | None, setting: str | None, as_of: date, limits: Limits = STANDARD
) -> Aim:
    from pcc_assess.aim import DEFAULT_ROLE, make_aim

    if target.role is None and role.startswith(f"{POSTED}-"):
        if target.posting is None:
            raise UsageError("this was made for a job posting", hint="give the posting again: --posting FILE")
        role = DEFAULT_ROLE
    return make_aim(
        target.role or role,
        level_of(target.level or level),
        as_of,
        target.language,
        setting=target.setting or setting,
        limits=limits,
    )


def taken_up(
    record: Assessment, aim: Aim, earlier: Plan | None, wishes: Wishes, file: str
) -> tuple[Assessment, PlanParameters]:
    """Where the person stands now, with what is done, and what they wish.

    Raises:
        UsageError: a wish is out of its range, or names an action that does not exist.
        InputError: the plan file was changed to something that is no plan.
    """
    from pcc_assess import assess
    from pcc_assess.plan import again, parameters_of

    was = earlier.parameters if earlier is not None else None
    done = _done(earlier, wishes.done, aim.knowledge, file)
    parameters = parameters_of(
        aim.knowledge.policy,
        wishes.start or _first_day(was, aim, file),
        hours_per_week=_first_of(wishes.hours_per_week, was.hours_per_week if was else None),
        goal=wishes.goal or (was.goal if was else "fastest"),
        target=_first_of(wishes.target, was.target if was else None),
        budget=_first_of(wishes.budget, was.budget_usd if was else None),
    )
    if earlier is not None:
        edits = _placed(file, earlier)
        parameters = replace(parameters, left_out=edits[0], dates=edits[1])
    before = was.done if was is not None else ()
    ids = {item.id for item in done}
    dates = tuple(item for item in parameters.dates if item.id not in ids)
    parameters = replace(parameters, done=(*before, *done), dates=dates)
    if not done:
        return record, parameters
    profile = again.with_done(record.profile, done, aim.knowledge)
    return assess.with_profile(record, profile, aim), parameters


def _first_of(given: float | None, before: float | None) -> float | None:
    return before if given is None else given


def _first_day(was: PlanParameters | None, aim: Aim, file: str) -> date:
    """The day of the command; an earlier plan that begins later keeps its own."""
    if was is None:
        return aim.as_of
    try:
        return max(aim.as_of, date.fromisoformat(was.start))
    except ValueError:
        raise InputError("the plan has no valid first day", where=printable(file), hint="--start YYYY-MM-DD") from None


def _placed(file: str, plan: Plan) -> tuple[tuple[str, ...], tuple[KeptDate, ...]]:
    """What was taken out and moved in a plan file; a fault names the file."""
    from pcc_assess.plan import again

    try:
        return again.left_out_of(plan), again.dates_in(plan)
    except InputError as error:
        raise InputError(error.message, where=printable(file), hint=error.hint) from None


def _done(plan: Plan | None, given: Iterable[str], knowledge: Knowledge, file: str) -> tuple[DoneAction, ...]:
    """What was done since: marked in the file, or named by ``--done`` as ACTION or ACTION=YYYY-MM-DD."""
    from pcc_assess.model import DoneAction
    from pcc_assess.plan import again

    found: dict[str, DoneAction] = {}
    known: set[str] = set()
    if plan is not None:
        for name in again.named_in(plan):
            _check(name, knowledge, file)
        known = {item.id for item in plan.parameters.done}
        try:
            found = {item.id: item for item in again.done_in(plan)}
        except InputError as error:
            raise InputError(error.message, where=printable(file), hint=error.hint) from None
    for text in given:
        name, _, when = text.partition("=")
        _check(name, knowledge, "--done")
        if name not in known:
            found[name] = DoneAction(id=name, on=_day_of(when, text) if when else None)
    return tuple(found.values())


def _check(name: str, knowledge: Knowledge, where: str) -> None:
    """An action that does not exist is answered with the one that is most like it."""
    from pcc_assess.catalog import nearest

    if name in knowledge.actions:
        return
    near = nearest(name, knowledge.actions)
    hint = f"did you mean {near!r}?" if near else "`pcc-assess plan FILE --format json` shows the ids of the steps"
    raise UsageError(f"there is no action {printable(name)!r}", where=printable(where), hint=hint)


def _day_of(when: str, text: str) -> str:
    try:
        return date.fromisoformat(when).isoformat()
    except ValueError:
        raise UsageError(f"{printable(text)!r} has no valid day", hint="--done ACTION=YYYY-MM-DD") from None
