"""``pcc-assess quiz``: questions for a person, one at a time; a profile, a report and a plan at the end."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.ending import tell
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
    today,
)
from pcc_assess.errors import InputError, UsageError
from pcc_assess.limits import Limits, parse_limits

if TYPE_CHECKING:
    from pcc_assess.aim import Aim
    from pcc_assess.cli.asking import Face
    from pcc_assess.model import Assessment, Plan
    from pcc_assess.quiz.answers import Kept
    from pcc_assess.quiz.session import Answer, Session

EXAMPLE = "Example: pcc-assess quiz --from resume.pdf"

FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="RESUME", help="Read this resume first, and ask only what it leaves open."),
]
ContinueOption = Annotated[bool, typer.Option("--continue", help="Go on with a quiz that was interrupted.")]
ShortOption = Annotated[bool, typer.Option("--short", help="Ask 12 questions in place of about 33.")]
AnswersOption = Annotated[
    str | None,
    typer.Option("--answers", metavar="FILE", help="Take the answers from this file and ask nobody."),
]
SaveOption = Annotated[
    str | None,
    typer.Option("--save", metavar="FILE", help="Keep the answers here. [default: your user data folder]"),
]
FormOption = Annotated[
    str | None,
    typer.Option("--form", metavar="FILE.html", help="Write the quiz as a page for any browser, and leave."),
]
ArrowsOption = Annotated[
    bool, typer.Option("--arrows", help="Choose with the arrow keys (needs: pip install 'pcc-assess[arrows]').")
]


@dataclass(frozen=True, slots=True)
class _Run:
    """What one quiz needs. ``found``: the resume that was read first. ``kept``: answers that fit no question. ``role``:
    what was asked for, None for the usual role.
    """

    aim: Aim
    session: Session
    place: Path
    resume: str | None
    found: Assessment | None
    kept: Mapping[str, Answer]
    role: str | None = None

    def keep(self, session: Session, *, finished: bool = False) -> None:
        """The answers so far, whole on the disk."""
        from pcc_assess.disk import write_output
        from pcc_assess.quiz import answers
        from pcc_assess.renderers.json_ import to_json

        language = self.aim.knowledge.texts.language
        content = answers.document(session, language=language, resume=self.resume, kept=self.kept, finished=finished)
        write_output(self.place, to_json(content))


def quiz(
    *,
    from_: FromOption = None,
    continue_: ContinueOption = False,
    short: ShortOption = False,
    answers: AnswersOption = None,
    save: SaveOption = None,
    form: FormOption = None,
    role: RoleOption = None,
    level: LevelOption = None,
    setting: SettingOption = None,
    language: LanguageOption = ENGLISH,
    format_: FormatOption = Format.TEXT,
    output: OutputOption = None,
    as_of: AsOfOption = None,
    accessible: AccessibleOption = False,
    arrows: ArrowsOption = False,
    limit: LimitOption = None,
) -> None:
    """Answer questions about your work; see where you stand, and what to do next. Every answer is saved at once."""
    from pcc_assess.aim import DEFAULT_ROLE

    _refuse(from_=from_, continue_=continue_, short=short, answers=answers, form=form)
    day, limits = as_of or today(), parse_limits(limit)
    if form is not None:
        _write_form(form, _aim(role, level, day, language, setting, limits), short=short)
        return
    place = _interrupted(save) if continue_ else None
    source = answers or place
    before = _read(str(source)) if source is not None else None
    if before is not None:
        role, level, setting = role or before.role, level or before.level, setting or before.setting
        language = before.language if language == ENGLISH else language
    aim = _aim(role, level, day, language, setting, limits)
    run = _begun(aim, before, from_, place or _new_place(save, day), name="short" if short else "full")
    run = replace(run, role=role if role != DEFAULT_ROLE else None)
    if answers is None:
        run = _conversed(run, arrows=arrows, again=before is not None)
    _finish(run, format_, output, accessible=accessible)


def _refuse(*, from_: str | None, continue_: bool, short: bool, answers: str | None, form: str | None) -> None:
    """Options that do not go together."""
    given = {"--from": from_, "--continue": continue_, "--answers": answers, "--form": form}
    for first, second in (
        ("--continue", "--from"),
        ("--continue", "--answers"),
        ("--form", "--from"),
        ("--form", "--continue"),
        ("--form", "--answers"),
    ):
        if given[first] and given[second]:
            raise UsageError(f"{first} and {second} do not go together", hint="leave out one of them")
    if from_ == "-" and not answers:
        raise UsageError("the quiz needs standard input for your answers", hint="save the resume as a file first")
    if short and (continue_ or answers):
        raise UsageError("--short is a choice for a new quiz", hint="leave out --short")


def _aim(role: str | None, level: str | None, day: date, language: str, setting: str | None, limits: Limits) -> Aim:
    from pcc_assess.aim import DEFAULT_ROLE, make_aim

    return make_aim(role or DEFAULT_ROLE, level_of(level), day, language, setting=setting, limits=limits)


# --- where answers are kept ------------------------------------------------------------------------


def _read(path: str) -> Kept:
    from pcc_assess import disk
    from pcc_assess.assess import answers_in

    kept = answers_in(disk.read_input(path, limit="structured_mb"), path)
    if kept is None:
        raise InputError("this is no file of answers", where=path, hint="give the file that the quiz or its form saved")
    return kept


def _interrupted(save: str | None) -> Path:
    """The file of the quiz that was left last."""
    if save is not None:
        return Path(save)
    from pcc_assess import disk

    folder = disk.user_dir()
    for path in disk.newest_first(folder, "quiz-*.json") if folder is not None else []:
        if not path.name.endswith(_PROFILE) and not _read(str(path)).finished:
            return path
    raise UsageError("there is no quiz to go on with", hint="start one: pcc-assess quiz")


_PROFILE = "-profile.json"


def _new_place(save: str | None, day: date) -> Path:
    """Where a new quiz is kept; nothing that stands there already is written over."""
    from pcc_assess import disk

    if save is not None:
        if Path(save).exists():
            hint = f"go on with it: pcc-assess quiz --continue --save {shlex.quote(save)}; or choose another name"
            raise UsageError("there is a file of that name already", where=save, hint=hint)
        return Path(save)
    folder = disk.user_dir() or Path()
    disk.make_private_dir(folder)
    number, path = 1, folder / f"quiz-{day.isoformat()}.json"
    while path.exists():
        number += 1
        path = folder / f"quiz-{day.isoformat()}-{number}.json"
    return path


def _begun(aim: Aim, before: Kept | None, from_: str | None, place: Path, name: str) -> _Run:
    """A new session, or the one of a file, fitted to the role as it is now."""
    from pcc_assess.aim import quiz_form
    from pcc_assess.quiz.session import begun

    resume = from_ if before is None else from_ or before.resume
    found = _resume(resume, aim, asked=from_ is not None)
    profile = found.profile if found is not None else None
    if before is None:
        session = begun(quiz_form(aim, name, profile))
        return _Run(aim, session, place, None if resume is None else str(Path(resume).absolute()), found, {})
    from pcc_assess.quiz import answers

    session, rest = answers.fitted(before, quiz_form(aim, before.form, profile))
    if rest:
        tell(aim.knowledge.texts.say("ask.carried", number=len(rest), names=", ".join(sorted(rest))))
    return _Run(aim, session, place, resume, found, rest)


def _resume(path: str | None, aim: Aim, *, asked: bool) -> Assessment | None:
    """The resume that is read first; one that was read before may be gone by now."""
    if path is None:
        return None
    from pcc_assess import assess, disk

    try:
        return assess.apart(assess.assess_bytes, disk.read_input(path, aim.limits), path, aim)
    except InputError:
        if asked:
            raise
        tell(aim.knowledge.texts.say("ask.lost-resume", source=path))
        return None


# --- the conversation ------------------------------------------------------------------------------


def _conversed(run: _Run, *, arrows: bool, again: bool) -> _Run:
    from pcc_assess.cli import asking

    face = _face(run, arrows=arrows)
    face.say(*_welcome(run, again=again))
    try:
        session = asking.converse(face, run.session, run.aim.knowledge, run.keep)
    except asking.Left:
        if not run.place.exists():  # nothing was answered yet
            run.keep(run.session)
        face.say("", *_how_to_go_on(run))
        raise typer.Exit from None
    except BaseException as stop:
        stop.add_note(" ".join(_how_to_go_on(run)))
        raise
    return replace(run, session=session)


def _face(run: _Run, *, arrows: bool) -> Face:
    """Lines, or the arrow keys where they are asked for and the terminal can carry them."""
    from pcc_assess.cli import asking

    texts = run.aim.knowledge.texts
    if not arrows:
        return asking.LineFace(texts)
    from pcc_assess.cli import arrow_keys

    return arrow_keys.ArrowFace(texts)


def _welcome(run: _Run, *, again: bool) -> Iterator[str]:
    from pcc_assess.cli import asking

    texts, session = run.aim.knowledge.texts, run.session
    progress = session.progress()
    if again:
        yield texts.say("ask.back-again.title")
        done = progress.total if session.current is None else progress.number - 1
        yield texts.say("ask.back-again.where", done=done, total=progress.total, minutes=progress.minutes)
        yield asking.keys(texts)
        return
    yield texts.say("ask.welcome.title")
    if run.resume is not None:
        yield texts.say("ask.welcome.resume", source=Path(run.resume).name)
    yield texts.say("ask.welcome.about", total=progress.total, minutes=progress.minutes)
    yield texts.say("ask.welcome.use")
    yield asking.keys(texts)
    kinds = {question.kind for question in session.form.questions}
    if "check" in kinds:
        yield texts.say("ask.welcome.checks")
    if any(entry.id in session.form.by_id for entry in run.aim.knowledge.quiz.made_up):
        yield texts.say("ask.welcome.made-up")
    yield texts.say("ask.welcome.honest")
    yield texts.say("ask.welcome.saved")


def _how_to_go_on(run: _Run) -> list[str]:
    texts = run.aim.knowledge.texts
    return [
        texts.say("ask.end.saved"),
        texts.say("ask.end.continue"),
        f"pcc-assess quiz --continue --save {shlex.quote(str(run.place))}",
    ]


# --- the end ---------------------------------------------------------------------------------------


def _finish(run: _Run, format_: Format, output: str | None, *, accessible: bool) -> None:
    """The profile on the disk; then the report, what the ratings are worth, the plan, and the next commands."""
    from pcc_assess import assess, renderers
    from pcc_assess.disk import write_output
    from pcc_assess.renderers.json_ import to_json

    run.keep(run.session, finished=True)
    record = assess.assess_answers(run.session, str(run.place), run.aim, run.found)
    profile = run.place.with_name(f"{run.place.stem}{_PROFILE}")
    write_output(profile, to_json(record.profile))
    look = look_of(output, accessible=accessible, call=_call(run, profile))
    wording = renderers.wording_of(run.aim.role, run.aim.level, run.aim.knowledge, run.aim.setting)
    text = renderers.ASSESSMENT[format_.value](record, wording, look)
    if format_ is Format.TEXT:
        from pcc_assess.renderers.ratings import ratings
        from pcc_assess.renderers.terminal import lines

        plan = renderers.PLAN["text"](_plan(record, run.aim), wording, look)
        text = "\n".join((text, lines(ratings(run.session, record, run.aim.knowledge), look), plan))
    emit(text, output, format_)
    _say_goodbye(run, profile)


def _plan(record: Assessment, aim: Aim) -> Plan:
    from pcc_assess.assess import plan_of
    from pcc_assess.plan import parameters_of

    return plan_of(record, aim, parameters_of(aim.knowledge.policy, aim.as_of))


def _call(run: _Run, profile: Path) -> str:
    """The profile with the options that it was made with, as a shell takes them."""
    aim = run.aim
    setting = aim.setting.id if aim.setting is not None else None
    return call_of(str(profile), run.role, aim.level, aim.knowledge.texts.language, setting=setting)


def _say_goodbye(run: _Run, profile: Path) -> None:
    texts, call = run.aim.knowledge.texts, _call(run, profile)
    tell(
        texts.say("ask.end.profile", path=str(profile)),
        texts.say("ask.end.score"),
        f"    pcc-assess score {call}",
        texts.say("ask.end.plan"),
        f"    pcc-assess plan {call}",
        texts.say("ask.end.private"),
    )


def _write_form(path: str, aim: Aim, *, short: bool) -> None:
    """The quiz as a page that asks the same questions in a browser."""
    from pcc_assess.aim import quiz_form
    from pcc_assess.renderers.form import page

    form = quiz_form(aim, "short" if short else "full")
    emit(page(form, aim.knowledge), path)
