"""The way through the program: a candidate file is read, its text laid out, matched, and scored against a role.

Bytes become a document, the document a profile, the profile with a role, a level and a date an assessment. Each step is
a function of what it is given; only ``assess_file`` touches the disk, and nothing here asks the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pcc_assess import __version__, catalog, disk, readers
from pcc_assess.errors import DataError, InputError, PccError, UsageError
from pcc_assess.extract import heading_index, judge_quality, read_layout
from pcc_assess.knowledge import Knowledge, LevelId, Role
from pcc_assess.match import Matcher, compile_matcher
from pcc_assess.model import (
    Assessment,
    Candidate,
    Document,
    Failure,
    FailureReason,
    Input,
    Profile,
    Quality,
    RoleRef,
)
from pcc_assess.score import assess_profile

DEFAULT_ROLE = "patient-care-coordinator"


@dataclass(frozen=True, slots=True)
class Aim:
    """What candidates are compared with: a role at a level, as of a date, with the compiled knowledge.

    Made once, used for any number of candidates.
    """

    role: Role
    level: LevelId
    as_of: date
    knowledge: Knowledge
    matcher: Matcher
    headings: dict[tuple[str, ...], str]

    @property
    def newest(self) -> int:
        """The month of the as-of date, counted from year 0."""
        return 12 * self.as_of.year + self.as_of.month - 1


def make_aim(role: str, level: LevelId, as_of: date) -> Aim:
    """Loads and compiles what is needed to assess candidates.

    Args:
        role: the id of a role that ships with the program, or the path of a role file.
        level: the rung of the career ladder.
        as_of: the day that the assessment is for.

    Raises:
        UsageError: there is no such role, or it has no such level.
        DataError: a data file is invalid.
    """
    knowledge = catalog.load()
    if role in knowledge.roles:
        chosen = knowledge.roles[role]
    elif role.endswith((".yaml", ".yml")) or "/" in role:
        chosen = catalog.load_role(role)
        faults = catalog.check_role(chosen, knowledge)
        if faults:
            raise DataError("the role file does not fit the data", where=role, problems=faults)
    else:
        known = ", ".join(sorted(knowledge.roles))
        raise UsageError(f"there is no role {role!r}", hint=f"known roles: {known}; or give the path of a role file")
    if level not in chosen.ranks:
        raise UsageError(f"the role {chosen.id} has no level {level!r}", hint=f"its levels: {', '.join(chosen.ranks)}")
    return Aim(chosen, level, as_of, knowledge, compile_matcher(knowledge), heading_index(knowledge.words.sections))


def assess_file(path: str, aim: Aim) -> Assessment:
    """One candidate file ("-" is standard input) assessed.

    Raises:
        InputError: the file is refused or unreadable.
        NothingToAssess: it holds no text to judge.
    """
    return assess_bytes(disk.read_input(path), path, aim)


def assess_bytes(data: bytes, source: str, aim: Aim) -> Assessment:
    """The content of one candidate file assessed; ``source`` is its path as given."""
    document = readers.read(data, source, parse_yaml=catalog.parse_yaml, few_words=aim.knowledge.policy.few_words)
    return assess_document(document, aim)


def assess_document(document: Document, aim: Aim) -> Assessment:
    """One read document assessed: found, scored, and put together with what is known of the input."""
    profile, name, quality, doubts = _profile(document, aim)
    scored = assess_profile(profile, aim.role, aim.level, aim.knowledge)
    return Assessment(
        version=f"{__version__}+data.{aim.knowledge.version}",
        as_of=aim.as_of.isoformat(),
        role=RoleRef(id=aim.role.id, title=aim.role.ranks[aim.level].title, level=aim.level),
        candidate=Candidate(id=f"c-{document.digest[:16]}", source=document.source, name=name),
        readiness=scored.readiness,
        categories=scored.categories,
        requirements=scored.requirements,
        profile=profile,
        input=Input(
            format=document.format,
            pages=len(document.page_starts) or None,
            characters=len(document.text),
            quality=quality,
            notes=(*doubts, *document.notes),
        ),
    )


def _profile(document: Document, aim: Aim) -> tuple[Profile, str | None, Quality, tuple[str, ...]]:
    """The profile of a document, the person's name where it is plain, and how far the text can be trusted."""
    if document.profile is not None:
        _check_ids(document.profile, document.source, aim.knowledge)
        return document.profile, None, "good", ()
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


def with_profile(assessment: Assessment, profile: Profile, aim: Aim) -> Assessment:
    """The same candidate scored again with another profile (what the person would bring after a step of a plan)."""
    scored = assess_profile(profile, aim.role, aim.level, aim.knowledge)
    return replace(
        assessment,
        profile=profile,
        readiness=scored.readiness,
        categories=scored.categories,
        requirements=scored.requirements,
    )
