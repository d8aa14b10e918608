"""The way through the program: a candidate file is read, its text laid out, matched, and scored against a role.

Bytes become a document, the document a profile, the profile with a role, a level and a date an assessment. Each step is
a function of what it is given; only ``assess_file`` touches the disk, and nothing here asks the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pcc_assess import __version__, catalog, disk
from pcc_assess.aim import Aim, fitting_level, other_aim, quiz_form
from pcc_assess.compare import against_levels, against_roles
from pcc_assess.errors import InputError, NothingToAssess, PccError, printable
from pcc_assess.isolation import run_isolated
from pcc_assess.knowledge import Knowledge
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.model import (
    Assessment,
    Candidate,
    Comparison,
    Document,
    Failure,
    FailureReason,
    Input,
    Note,
    Plan,
    PlanParameters,
    Posting,
    PostingMatch,
    Profile,
    Quality,
    RoleRef,
)
from pcc_assess.postings import differences, role_of
from pcc_assess.quiz import answers
from pcc_assess.quiz.answers import Kept
from pcc_assess.quiz.result import profile_of
from pcc_assess.quiz.session import Session
from pcc_assess.score import SCORING, assess_profile
from pcc_assess.strict_json import decoded, parse_json

_T = TypeVar("_T")


def assess_file(path: str, aim: Aim) -> Assessment:
    """One candidate file ("-" is standard input) assessed.

    Raises:
        InputError: the file is refused or unreadable.
        NothingToAssess: it holds no text to judge.
    """
    return assess_bytes(disk.read_input(path, aim.limits), path, aim)


def apart(function: Callable[[bytes, str, Aim], _T], data: bytes, source: str, aim: Aim) -> _T:
    """``assess_bytes`` or ``read_posting`` in a process apart, which a hostile file can cost without harm.

    Raises:
        InputError: that process crashed, or took more time or memory than the limits allow.
        PccError: as the function itself.
    """
    return run_isolated(function, data, source, aim, limits=aim.limits, where=printable(source))


def assess_bytes(data: bytes, source: str, aim: Aim) -> Assessment:
    """The content of one candidate file assessed; ``source`` is its path as given."""
    return assess_document(read_document(data, source, aim), aim)


def read_document(data: bytes, source: str, aim: Aim) -> Document:
    """The content of one candidate file read, whatever its format.

    Raises:
        InputError: the file is refused or unreadable.
        NothingToAssess: it holds no text to judge.
    """
    from pcc_assess import readers

    few = aim.knowledge.policy.few_words
    return readers.read(data, source, parse_yaml=catalog.parse_yaml, few_words=few, limits=aim.limits)


def read_posting(data: bytes, source: str, aim: Aim) -> Posting:
    """What a job posting asks for, read from the content of its file.

    Raises:
        InputError: the file is refused or unreadable.
        NothingToAssess: it asks for nothing that the program knows.
    """
    from pcc_assess.extract import read_layout

    document = read_document(data, source, aim)
    layout = read_layout(document.text, aim.posting_headings, aim.newest)
    posting = aim.matcher.posting(layout, source, aim.role.ranks[aim.level].title)
    if not posting.asked:
        hint = "give the text of a job posting, with its requirements"
        raise NothingToAssess("nothing that the program knows is asked for here", where=printable(source), hint=hint)
    return posting


def aim_at(posting: Posting, aim: Aim) -> Aim:
    """The aim at this one posting, in place of the role in general."""
    return replace(aim, role=role_of(posting, aim.role, aim.level, aim.knowledge))


def with_posting(record: Assessment, posting: Posting, at: Aim, general: Aim) -> Assessment:
    """An assessment against a posting, with what sets the posting apart from the role in general.

    Args:
        record: the candidate assessed with ``at``.
        posting: what was read.
        at: the aim at the posting.
        general: the aim at the role in general.
    """
    usual = with_profile(record, record.profile, general).readiness
    match = PostingMatch(
        source=posting.source,
        title=posting.title,
        role=general.role.id,
        score=usual.score,
        possible=usual.possible,
        differences=differences(at.role, general.role, general.level),
        unread=posting.unread,
        few=len(at.role.requirements) < general.knowledge.postings.few,
    )
    return replace(record, posting=match)


def answers_in(data: bytes, source: str, limits: Limits = STANDARD) -> Kept | None:
    """The content of a file of answers; None for a file of any other kind.

    Raises:
        InputError: it says that it is a file of answers, and does not fit.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or answers.SCHEMA.encode() not in data:
        return None
    where = printable(source)
    if len(data) > limits.bytes("structured_mb"):
        raise limits.exceeded("structured_mb", where)
    value = parse_json(decoded(data, where), where, limits)
    return answers.read(value, where) if isinstance(value, dict) and value.get("schema") == answers.SCHEMA else None


def assess_answers(session: Session, source: str, aim: Aim, found: Assessment | None = None) -> Assessment:
    """The answers of a quiz assessed.

    Args:
        session: the answers, in the form that they were given to.
        source: the path of their file.
        found: the assessment of the resume that was read first; its profile is what the answers correct and fill.
    """
    profile = profile_of(
        session.form,
        session.given,
        aim.knowledge,
        newest=aim.newest,
        found=found.profile if found is not None else None,
    )
    if found is not None:
        return with_profile(found, profile, aim)
    document = Document(source=source, format="answers", digest=answers.digest(session), text="", profile=profile)
    return assess_document(document, aim)


def _answered(document: Document, content: Mapping[str, Any], aim: Aim) -> Document:
    """A file of answers as a document that states a profile."""
    kept = answers.read(content, printable(document.source))
    session, rest = answers.fitted(kept, quiz_form(aim, kept.form, level=kept.level))
    notes: list[Note] = []
    if rest:
        notes.append(Note("ask.carried", {"number": len(rest), "names": ", ".join(sorted(rest))}))
    if kept.level != aim.level:
        notes.append(Note("ask.other-level", {"level": kept.level}))
    if kept.resume is not None:
        notes.append(Note("ask.beside-resume", {"source": kept.resume}))
    profile = profile_of(session.form, session.given, aim.knowledge, newest=aim.newest)
    return replace(
        document, digest=answers.digest(session), profile=profile, answers=None, notes=(*document.notes, *notes)
    )


def assess_document(document: Document, aim: Aim) -> Assessment:
    """One read document assessed: found, scored, and put together with what is known of the input."""
    if document.answers is not None:
        document = _answered(document, document.answers, aim)
    profile, name, quality, doubts = _profile(document, aim)
    scored = assess_profile(profile, aim.role, aim.level, aim.knowledge)
    texts = aim.knowledge.texts
    return Assessment(
        scoring=SCORING,
        version=f"{__version__}+data.{aim.knowledge.version}",
        as_of=aim.as_of.isoformat(),
        role=_role_of(aim),
        candidate=Candidate(
            id=f"c-{document.digest[:16]}",
            source=document.source,
            name=document.name or name,
            given_id=document.given_id,
        ),
        readiness=scored.readiness,
        categories=scored.categories,
        requirements=scored.requirements,
        profile=profile,
        input=Input(
            format=document.format,
            pages=len(document.page_starts) or None,
            characters=len(document.text),
            quality=quality,
            notes=tuple(texts.say(note.key, **note.values) for note in (*doubts, *document.notes)),
        ),
    )


def found_in(document: Document, aim: Aim) -> tuple[Profile, tuple[Note, ...]]:
    """The profile that a document shows or states, and what makes its text doubtful."""
    profile, _, _, doubts = _profile(document, aim)
    return profile, doubts


def _profile(document: Document, aim: Aim) -> tuple[Profile, str | None, Quality, tuple[Note, ...]]:
    """The profile of a document, the person's name where it is plain, and how far the text can be trusted."""
    if document.profile is not None:
        _check_ids(document.profile, document.source, aim.knowledge)
        return document.profile, None, "good", ()
    from pcc_assess.extract import judge_quality, read_layout

    layout = read_layout(document.text, aim.headings, aim.newest)
    matcher = aim.matcher
    quality, doubts = judge_quality(
        layout, matcher.lexicon.known, aim.knowledge.policy, document.doubts, aim.knowledge.words.cues["posting"]
    )
    profile = matcher.profile(layout, aim.newest, document.page_starts)
    return profile, matcher.name(layout), quality, doubts


def _check_ids(profile: Profile, source: str, knowledge: Knowledge) -> None:
    """A stated profile may only name skills and credentials that exist."""
    for kind, ids, known in (
        ("skill", list(profile.skills), knowledge.skills),
        ("credential", [finding.id for finding in profile.credentials], knowledge.credentials),
    ):
        for name in ids:
            if name not in known:
                near = catalog.nearest(name, known)
                hint = f"did you mean {near!r}?" if near else f"see `pcc-assess role show` for the {kind} ids"
                raise InputError(f"there is no {kind} {name!r}", where=source, hint=hint)


def failure_of(error: PccError, source: str) -> Failure:
    """An error of one candidate file as a value, for a batch that goes on."""
    return Failure(
        candidate=Candidate(id="", source=source, name=None),
        error=FailureReason(code=error.code, message=error.message, hint=error.hint),
    )


def _role_of(aim: Aim) -> RoleRef:
    setting = aim.setting.id if aim.setting is not None else None
    return RoleRef(id=aim.role.id, title=aim.role.ranks[aim.level].title, level=aim.level, setting=setting)


def with_profile(assessment: Assessment, profile: Profile, aim: Aim) -> Assessment:
    """The same candidate scored again for ``aim``, with another profile or for another role or level."""
    scored = assess_profile(profile, aim.role, aim.level, aim.knowledge)
    return replace(
        assessment,
        scoring=SCORING,
        role=_role_of(aim),
        profile=profile,
        readiness=scored.readiness,
        categories=scored.categories,
        requirements=scored.requirements,
    )


def resumed(plan: Plan, aim: Aim) -> Assessment:
    """The assessment that a plan file starts from, made of the profile that the plan carries."""
    start = plan.assessment
    name = plan.advice.standing.name if plan.advice is not None else None
    scored = assess_profile(start.profile, aim.role, aim.level, aim.knowledge)
    return Assessment(
        version=f"{__version__}+data.{aim.knowledge.version}",
        scoring=SCORING,
        as_of=start.as_of,
        role=_role_of(aim),
        candidate=Candidate(id=start.candidate, source="", name=name),
        readiness=scored.readiness,
        categories=scored.categories,
        requirements=scored.requirements,
        profile=start.profile,
        input=Input(format="plan", pages=None, characters=0, quality="good", notes=()),
    )


def plan_of(assessment: Assessment, aim: Aim, parameters: PlanParameters) -> Plan:
    """The plan that leads one assessed person to the target of ``parameters``, with advice beside it."""
    from functools import partial

    from pcc_assess import score
    from pcc_assess.advice import make_advice
    from pcc_assess.plan import make_plan

    plan = make_plan(
        assessment,
        aim.knowledge,
        aim.role,
        parameters,
        credits_of=partial(score.credits_of, role=aim.role, level=aim.level, knowledge=aim.knowledge),
        readiness_of=lambda profile: with_profile(assessment, profile, aim).readiness,
    )
    return replace(plan, advice=make_advice(assessment, plan, aim.knowledge))


def ladder_of(record: Assessment, aim: Aim) -> Comparison:
    """A candidate at every level of the role aimed at."""
    plain = replace(record, posting=None)
    records = [with_profile(plain, record.profile, replace(aim, level=level)) for level in aim.role.ranks]
    return against_levels(records, aim.role, aim.knowledge.texts)


def careers_of(record: Assessment, aim: Aim) -> Comparison:
    """A candidate in the role aimed at and in every other role that ships, each at the level that comes nearest."""
    plain = replace(record, posting=None)
    others = [
        other_aim(aim, role, fitting_level(role, aim.level))
        for role in aim.knowledge.roles.values()
        if role.id != aim.role.id
    ]
    pairs = [(with_profile(plain, record.profile, each), each.role) for each in (aim, *others)]
    return against_roles(pairs, aim.knowledge.texts)
