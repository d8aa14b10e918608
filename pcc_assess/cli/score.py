"""``pcc-assess score``: one candidate file compared with a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from pcc_assess.cli.blinding import BlindKeyOption, BlindOption, Curtain
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
    PostingOption,
    RoleOption,
    SettingOption,
    call_of,
    emit,
    level_of,
    look_of,
    place_of,
    today,
)
from pcc_assess.errors import UsageError
from pcc_assess.limits import Limits, parse_limits

if TYPE_CHECKING:
    from datetime import date

    from pcc_assess.aim import Aim
    from pcc_assess.model import Assessment
    from pcc_assess.quiz.answers import Kept
    from pcc_assess.renderers import Look, Wording
    from pcc_assess.texts import Texts

EXAMPLE = "Example: pcc-assess score resume.pdf --level senior"


def score(
    file: Annotated[str, typer.Argument(help="Resume, profile or JSON Resume; - reads standard input.")],
    *,
    role: RoleOption = None,
    level: LevelOption = None,
    setting: SettingOption = None,
    posting: PostingOption = None,
    format_: FormatOption = Format.TEXT,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="ID", help="Show how this one requirement was counted.")
    ] = None,
    accessible: AccessibleOption = False,
    language: LanguageOption = ENGLISH,
    limit: LimitOption = None,
    blind: BlindOption = False,
    blind_key: BlindKeyOption = None,
) -> None:
    """Compare a resume with the job: what it shows, what is missing, and what it leaves open."""
    if explain is not None and format_ is not Format.TEXT:
        raise UsageError("--explain is written as text only", hint="leave out --format")
    from pcc_assess import renderers

    curtain = Curtain(blind=blind, key_file=blind_key)
    with curtain.errors(file):
        read = _read(file, role, level, setting, posting, as_of, language, parse_limits(limit))
    record, aim = curtain.assessment(read.record, read.aim), read.aim
    call = call_of(file, read.role, read.level, language, posting, setting=read.setting, blind=curtain.hides)
    look = look_of(output, accessible=accessible, call=call)
    if explain is not None:
        emit(_receipt(record, explain, aim.knowledge.texts, look), output)
        return
    wording = renderers.wording_of(aim.role, aim.level, aim.knowledge, aim.setting)
    rated = rated_lines(read.kept, record, aim) if read.kept is not None else []
    text = _written(record, wording, look, format_, rated)
    emit(text, place_of(output, format_, curtain.name(file, record), "result"), format_)


class _Read(NamedTuple):
    """A candidate file assessed; ``kept``: the answers, where it holds them. Role, level and setting as asked for."""

    record: Assessment
    aim: Aim
    kept: Kept | None
    role: str | None
    level: str | None
    setting: str | None


def _read(
    file: str,
    role: str | None,
    level: str | None,
    setting: str | None,
    posting: str | None,
    as_of: date | None,
    language: str,
    limits: Limits,
) -> _Read:
    from pcc_assess import disk
    from pcc_assess.aim import DEFAULT_ROLE, make_aim
    from pcc_assess.assess import answers_in, apart, assess_bytes
    from pcc_assess.cli.start import posted

    aim = make_aim(role or DEFAULT_ROLE, level_of(level), as_of or today(), language, setting=setting, limits=limits)
    data = disk.read_input(file, limits)
    kept = answers_in(data, file, limits)
    if kept is not None:  # answers know what they were given for
        role, level, setting = role or kept.role, level or kept.level, setting or kept.setting
        aim = make_aim(role, level_of(level), aim.as_of, language, setting=setting, limits=limits)
    record, aim = posted(apart(assess_bytes, data, file, aim), aim, posting, limits)
    return _Read(record, aim, kept, role, level, setting)


def _written(record: Assessment, wording: Wording, look: Look, kind: Format, rated: list[str]) -> str:
    """The result in its format; ``rated`` stands in what people read."""
    from pcc_assess import renderers

    if kind is Format.HTML:
        from pcc_assess.renderers.report import report

        return report(record, wording, look, rated=rated)
    text = renderers.ASSESSMENT[kind.value](record, wording, look)
    if kind is Format.TEXT and rated:
        from pcc_assess.renderers.terminal import lines

        text += lines(rated, look)
    return text


def rated_lines(kept: Kept, record: Assessment, aim: Aim) -> list[str]:
    """What the ratings of a quiz are worth, and the reasons of its check questions."""
    from pcc_assess.aim import quiz_form
    from pcc_assess.quiz.answers import fitted
    from pcc_assess.renderers.ratings import ratings

    session, _ = fitted(kept, quiz_form(aim, kept.form, level=kept.level))
    return ratings(session, record, aim.knowledge)


def _receipt(record: Assessment, requirement: str, texts: Texts, look: Look) -> str:
    from pcc_assess.renderers.terminal import lines
    from pcc_assess.score import Scored, explain

    scored = Scored(readiness=record.readiness, categories=record.categories, requirements=record.requirements)
    return lines(explain(scored, requirement, texts), look)
