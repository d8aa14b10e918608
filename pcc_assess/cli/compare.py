"""``pcc-assess compare``: one person against the ladder, against related careers, or at several times."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.blinding import BlindKeyOption, BlindOption, Curtain
from pcc_assess.cli.caseload import progress_of
from pcc_assess.cli.options import (
    ENGLISH,
    AccessibleOption,
    AsOfOption,
    Format,
    FormatOption,
    LanguageOption,
    LevelOption,
    LimitOption,
    OutputOption,
    RoleOption,
    SettingOption,
    call_of,
    emit,
    level_of,
    look_of,
    place_of,
    today,
)
from pcc_assess.cli.plan import assessed
from pcc_assess.errors import UsageError
from pcc_assess.limits import Limits, parse_limits

if TYPE_CHECKING:
    from datetime import date

    from pcc_assess.aim import Aim
    from pcc_assess.model import Assessment, Comparison
    from pcc_assess.renderers import Look

EXAMPLE = "Example: pcc-assess compare resume.pdf --levels"
_Wanted = tuple[str | None, str | None, str | None]
_HINT = "give two assessments of one person, or one file with --levels or --roles"


def compare(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Two or more assessments, the oldest first; or one file.")
    ],
    *,
    levels: Annotated[bool, typer.Option("--levels", help="One file against every level of the ladder.")] = False,
    roles: Annotated[bool, typer.Option("--roles", help="One file against the related careers.")] = False,
    cohort: Annotated[
        bool, typer.Option("--cohort", help="Two results files (.jsonl) of a batch: a caseload since last time.")
    ] = False,
    role: RoleOption = None,
    level: LevelOption = None,
    setting: SettingOption = None,
    format_: FormatOption = Format.TEXT,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    accessible: AccessibleOption = False,
    language: LanguageOption = ENGLISH,
    blind: BlindOption = False,
    blind_key: BlindKeyOption = None,
    limit: LimitOption = None,
) -> None:
    """Show what changed between two assessments, or how one person stands on the ladder or in related careers."""
    from pcc_assess import renderers

    if cohort:
        others = (levels, roles, blind, *(value is not None for value in (level, setting, as_of, blind_key)))
        look = look_of(output, accessible=accessible)
        text = _caseload(files, role, language, parse_limits(limit), look, format_, alone=not any(others))
        emit(text, place_of(output, format_, files[-1], "progress"), format_)
        return
    _refuse(files, levels=levels, roles=roles)
    wanted, limits = (role, level, setting), parse_limits(limit)
    curtain = Curtain(blind=blind, key_file=blind_key)
    if levels or roles:
        made, aim = _aims(files[0], wanted, as_of, language, limits, curtain, levels=levels)
    else:
        made, aim = _times(files, wanted, as_of, language, limits, curtain)
    wording = renderers.wording_of(aim.role, aim.level, aim.knowledge, aim.setting)
    everywhere = {item.id: item.name for each in aim.knowledge.roles.values() for item in each.requirements}
    wording = replace(wording, names=everywhere | dict(wording.names))
    call = call_of(files[0], None if roles else role, None, language, setting=setting, blind=curtain.hides)
    look = look_of(output, accessible=accessible, call=call)
    text = renderers.COMPARISON[format_.value](made, wording, look)
    emit(text, place_of(output, format_, made.candidate.id if curtain.hides else files[0], "comparison"), format_)


def _caseload(
    files: list[str], role: str | None, language: str, limits: Limits, look: Look, kind: Format, *, alone: bool
) -> str:
    """What changed between two results files; ``alone``: no option was given that has no meaning for them."""
    from pcc_assess import renderers

    if not alone:
        hint = "leave out the other options; results have their role, level and day already, and may be blind"
        raise UsageError("--cohort goes with --role, --format, --output, --lang and --accessible only", hint=hint)
    changed, aim = progress_of(files, role, language, limits)
    wording = renderers.wording_of(aim.role, aim.level, aim.knowledge, aim.setting)
    return renderers.progress(changed, wording, look, kind.value)


def _refuse(files: list[str], *, levels: bool, roles: bool) -> None:
    """What does not go together."""
    if levels and roles:
        raise UsageError("--levels and --roles do not go together", hint="leave out one of them")
    if (levels or roles) and len(files) > 1:
        raise UsageError(f"{'--levels' if levels else '--roles'} takes one file", hint="leave out the others")
    if not (levels or roles) and len(files) < 2:
        raise UsageError("there is nothing to compare this file with", hint=_HINT)
    if files.count("-") > 1:
        raise UsageError("standard input can be read once", hint="save one of them as a file first")


def _aims(
    file: str, wanted: _Wanted, as_of: date | None, language: str, limits: Limits, curtain: Curtain, *, levels: bool
) -> tuple[Comparison, Aim]:
    """One person against the ladder or the related careers."""
    from pcc_assess.assess import careers_of, ladder_of

    role, level, setting = wanted
    if levels and level is not None:
        raise UsageError("--levels shows every level", hint="leave out --level")
    with curtain.errors(file):
        record, aim = assessed(file, role, level, as_of, language, setting, limits)
    return (ladder_of if levels else careers_of)(curtain.assessment(record, aim), aim), aim


def _times(
    files: list[str], wanted: _Wanted, as_of: date | None, language: str, limits: Limits, curtain: Curtain
) -> tuple[Comparison, Aim]:
    """Assessments as they stand; a resume is scored for what the assessments beside it are for."""
    from pcc_assess.aim import DEFAULT_ROLE, make_aim
    from pcc_assess.assess import apart, assess_bytes
    from pcc_assess.compare import over_time

    given = [_given(file, limits, curtain) for file in files]
    known = next((record.role for _, record in reversed(given) if record is not None), None)
    role, level, setting = wanted
    scored = all(record is not None for _, record in given)
    if scored and (any(wanted) or as_of is not None):
        hint = "leave out --role, --level, --setting and --as-of"
        raise UsageError("an assessment has its role, level, setting and day already", hint=hint)
    if known is not None and not scored:  # where nothing is left to score, any role gives the words
        role, level, setting = role or known.id, level or known.level, setting or known.setting
    aim = make_aim(role or DEFAULT_ROLE, level_of(level), as_of or today(), language, setting=setting, limits=limits)
    records: list[Assessment] = []
    for file, (data, record) in zip(files, given, strict=True):
        with curtain.errors(file):
            records.append(curtain.assessment(record or apart(assess_bytes, data, file, aim), aim))
    return over_time(records, aim.knowledge.texts), aim


def _given(file: str, limits: Limits, curtain: Curtain) -> tuple[bytes, Assessment | None]:
    """The content of a file, and the assessment where it is one."""
    from pcc_assess import disk
    from pcc_assess.renderers.json_ import from_json, is_assessment

    with curtain.errors(file):
        data = disk.read_input(file, limits)
        return data, from_json(data, file, limits) if is_assessment(data) else None
