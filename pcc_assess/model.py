"""The vocabulary of one candidate's way through the program: frozen records, in the order in which they arise.

bytes -> Document -> Profile (with Evidence) -> Assessment -> Plan. The records of an assessment, a profile and a plan
have the field names of the JSON documents; ``renderers/json_.py`` writes them as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pcc_assess.knowledge import (
    EducationLevel,
    EmployerQuestion,
    GuidePart,
    GuideTopic,
    Importance,
    LevelId,
    Organization,
    Stage,
)
from pcc_assess.tokens import Tokens

Status = Literal["held", "in-progress", "planned", "expired", "denied", "other-person"]
Method = Literal["exact", "fuzzy", "phrase", "transfer", "answer"]
Quality = Literal["good", "doubtful", "poor"]
State = Literal["met", "partial", "missing", "not-assessed", "in-progress", "expired"]
DifferenceKind = Literal["adds", "raises", "lowers", "drops"]
UnlockKind = Literal[
    "ask",
    "left-out",
    "budget",
    "hours",
    "unknown-cost",
    "horizon",
    "years",
    "first",
    "together",
    "farthest",
    "none",
]
PlanAim = Literal["score", "essentials", "ready", "more"]
ReviewKind = Literal["regular", "stage", "end"]
# What a rating of oneself is worth beside the resume and a check question; the quiz says what each means.
SelfRating = Literal["confirmed", "under-sold", "unproven", "over-claimed"]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told about the reading of a file: the message ``key`` with its ``values``."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text of one candidate file.

    ``text``: newlines are ``\\n``; every offset of evidence counts characters of it. ``page_starts``: the offset at
    which each page begins, empty for formats without pages. ``digest``: SHA-256 of the bytes, in hexadecimal.
    ``notes``: what a reader must be told about the reading. ``profile``: given where the file states a profile and
    there is nothing to find. ``doubts``: reasons why the text may not be what the person wrote (a reader's own, such as
    letter-spaced text). ``answers``: the content of a file of answers from the quiz, which becomes a profile when it
    meets the questions. ``name``, ``given_id``: the person's, where a table gives them.
    """

    source: str
    format: str
    digest: str
    text: str
    page_starts: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    doubts: tuple[Note, ...] = ()
    profile: Profile | None = None
    answers: Mapping[str, Any] | None = None
    name: str | None = None
    given_id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line (a bullet or paragraph, also where the page wrapped it): tokens ``first`` up to, not with,
    ``last``.

    ``section``: a key of sections.yaml. ``heading``: the line is a heading itself. ``listed``: a list of short items.
    ``bullet``: it opens with a bullet mark. ``gap``: an empty line stands before it.
    """

    first: int
    last: int
    section: str
    heading: bool
    listed: bool
    bullet: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or range of dates in the text. Months count from year 0 (``12 * year + month - 1``), ``end`` is None while
    it lasts.

    ``start`` to ``end`` holds both months. ``position``, ``stop``: offsets. ``ranged``: two dates or an open end were
    written.
    """

    position: int
    stop: int
    start: int
    end: int | None
    ranged: bool
    whole_years: bool


@dataclass(frozen=True, slots=True)
class JobBlock:
    """The lines of one job: ``first`` up to, not with, ``last``; its header lines come before ``body``. ``dates``
    None: undated.
    """

    first: int
    body: int
    last: int
    date_line: int
    dates: DateSpan | None
    section: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where in a document, before any of it is understood.

    ``letterhead``: so many lines at the top say who the person is and how to reach them.
    """

    text: str
    tokens: Tokens
    lines: tuple[Line, ...]
    dates: tuple[DateSpan, ...]
    jobs: tuple[JobBlock, ...]
    letterhead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a profile says so. ``quote`` is exactly ``document.text[start:end]``; an answer has no place (start = end =
    0).

    ``similarity``: 0 to 100, 100 for anything but a repaired word. ``surface_form``: the form or rule that matched.
    """

    quote: str
    start: int
    end: int
    page: int | None
    section: str
    status: Status
    method: Method
    similarity: float
    surface_form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillFinding:
    """What was found of one skill. ``rung``: the rung of the evidence ladder that gave ``proficiency`` (policy.yaml).

    ``shown``: a described duty or situation, and not only a claim. ``years`` and ``last_used`` (``YYYY-MM``) come from
    the dated jobs in which it is shown. ``rating``: what the person said in the quiz; ``verdict``: how that compares
    with the resume and the check questions. A rating above ``proficiency`` is still to be shown.
    """

    proficiency: int
    source: Literal["resume", "quiz", "table", "profile"]
    rung: str
    shown: bool
    evidence: tuple[Evidence, ...]
    years: float | None = None
    last_used: str | None = None
    rating: int | None = None
    verdict: SelfRating | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFinding:
    """A credential with its state at the as-of date; ``expires`` is ``YYYY-MM`` where the text gives it."""

    id: str
    name: str
    status: Literal["held", "in-progress", "planned", "expired"]
    evidence: tuple[Evidence, ...]
    expires: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """The highest completed level, and one under way."""

    highest: EducationLevel = "none"
    in_progress: EducationLevel | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A dated job. ``start`` and ``end`` are ``YYYY-MM``; ``months`` counts both ends; ``relevance`` is its family's,
    0 to 1. ``place``: where its heading, its duties and what follows it begin in the text, null for an answer.
    """

    title: str
    start: str | None
    end: str | None
    months: int | None
    relevance: float
    family: str | None = None
    current: bool = False
    place: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """Years of work with overlaps counted once. ``field_years``: each month counts as its best job's relevance."""

    patient_years: float = 0.0
    service_years: float = 0.0
    field_years: float = 0.0
    claimed_years: float | None = None
    jobs: tuple[Job, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language other than English with its proficiency 0-4, null where the text does not say."""

    id: str
    proficiency: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFinding:
    """What neighbouring work brings to ``skill``: at most ``share`` of its credit, to be confirmed by the person."""

    skill: str
    source: str
    share: float
    proficiency: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a person brings. ``skills`` holds only what was found or answered; ``transfers`` what is to be confirmed.

    ``without``: ids of credentials that the person says not to hold.
    """

    schema: Literal["pcc-assess/profile/1"] = "pcc-assess/profile/1"
    skills: dict[str, SkillFinding] = field(default_factory=dict)
    transfers: tuple[TransferFinding, ...] = ()
    credentials: tuple[CredentialFinding, ...] = ()
    without: tuple[str, ...] = ()
    education: Education = Education()
    experience: Experience = Experience()
    languages: tuple[Language, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that a job posting asks for, with the line that asks it (``text[start:end]``).

    ``ids``: a skill, a level of education, or credentials of which one is enough; ``patient`` or ``field`` for years.
    ``amount``: proficiency or years, None where the posting does not say. ``stated``: it says how much this matters.
    """

    kind: Literal["skill", "credential", "education", "years"]
    ids: tuple[str, ...]
    importance: Importance
    stated: bool
    amount: float | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What a job posting asks for. ``unread``: lines of its requirements that name nothing the program knows."""

    source: str
    title: str
    asked: tuple[Asked, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a posting asks otherwise than the role; ``before`` or ``after`` is None where one of them does not ask.

    ``before`` and ``after``: importance and amount, as ``measure`` counts it. ``why``: what the posting says, empty for
    what it leaves out.
    """

    id: str
    name: str
    kind: DifferenceKind
    measure: Literal["proficiency", "school", "years", "none"]
    before: tuple[Importance, int | float | str | None] | None
    after: tuple[Importance, int | float | str | None] | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingMatch:
    """A job posting beside the role in general: ``score`` and ``possible`` are those against the role itself.

    ``few``: the posting asks for so little that the role in general is the safer measure.
    """

    source: str
    title: str
    role: str
    score: float
    possible: float
    differences: tuple[Difference, ...]
    unread: tuple[str, ...]
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRef:
    """The role and level of an assessment. ``setting``: the kind of employer that its weights are for, null for any."""

    id: str
    title: str
    level: LevelId
    setting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """An earlier candidate of the same batch, by its source, with the same content, or nearly the same text."""

    of: str
    kind: Literal["same", "near"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """``id`` is the same for the same content, whatever the file is called; ``source`` is the path as given.

    ``given_id``: what a table calls the person, such as a case number. ``duplicate`` is known in a batch alone, and
    changes no score.
    """

    id: str
    source: str
    name: str | None
    given_id: str | None = None
    duplicate: Duplicate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    id: str
    name: str
    status: Literal["met", "not-met", "not-shown"]
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """``score`` counts what is not assessed as 0, ``possible`` counts it as 1; both 0 to 100."""

    score: float
    possible: float
    band: str
    gates: tuple[GateResult, ...]
    barred_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryResult:
    id: str
    weight: float
    score: float
    possible: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One requirement compared with the profile.

    ``points`` = ``weight`` x ``credit``; ``points_open`` is what is still to win. ``required`` and ``own`` are
    proficiencies, years or education levels, as the requirement asks. ``rule`` says in words which rule gave the
    credit. ``confirm`` marks credit from neighbouring work.
    """

    id: str
    name: str
    category: str
    importance: Importance
    weight: float
    required: int | float | str | None
    own: int | float | str | None
    credit: float | None
    points: float
    points_open: float
    status: State
    evidence: tuple[Evidence, ...]
    next_step: str
    rule: str
    confirm: bool = False

    @property
    def is_open(self) -> bool:
        """Whether only the person can answer this."""
        return self.confirm or self.status == "not-assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    format: str
    pages: int | None
    characters: int
    quality: Quality
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A profile compared with a role at a level, as of a date (ISO 8601). ``version`` names program and data.

    ``blind``: what says who the person is was taken out. Then a quote holds marks such as ``[name]`` and is no exact
    slice of the text any more; id and source of the candidate are a pseudonym. ``scoring``: the version of the rules of
    scoring; points of different ones cannot be compared.
    """

    schema: Literal["pcc-assess/assessment/1"] = "pcc-assess/assessment/1"
    version: str
    as_of: str
    role: RoleRef
    candidate: Candidate
    readiness: Readiness
    categories: tuple[CategoryResult, ...]
    requirements: tuple[Result, ...]
    profile: Profile
    input: Input
    posting: PostingMatch | None = None
    blind: bool = False
    scoring: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureReason:
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A candidate file that was not scored, as a value; the run goes on."""

    schema: Literal["pcc-assess/failure/1"] = "pcc-assess/failure/1"
    candidate: Candidate
    error: FailureReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    low: float
    high: float
    as_of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """An action placed in time: ``start`` and ``end`` are ISO dates, ``cost_usd`` null means unknown.

    ``at_work``: it is done inside a job, or is one, and takes none of the person's own hours. ``done``: for the person
    to fill in before the plan is made again, as true or as the day (ISO 8601) on which it was done.
    """

    id: str
    title: str
    closes: tuple[str, ...]
    points: float
    hours: float
    weeks: float
    cost_usd: Cost | None
    start: str
    end: str
    prerequisites: tuple[str, ...]
    eligibility: tuple[str, ...]
    how: str
    proof: str
    free_alternative: str | None
    free: bool = False
    at_work: bool = False
    done: bool | str = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    n: int
    stage: Stage
    title: str
    actions: tuple[PlannedAction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Of all steps. ``hours``: the person's own time; ``hours_at_work``: what is done inside a job or as one.

    ``cost_unknown`` counts the actions whose cost no source states; they are not in the sum.
    """

    hours: float
    hours_at_work: float
    weeks: float
    cost_low: float
    cost_high: float
    cost_unknown: int
    points: float
    score_after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneAction:
    """An action that is behind the person; ``on`` is the day (ISO 8601), null where it is not known."""

    id: str
    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDate:
    """Days that the person chose for an action: it begins and ends no earlier than these."""

    id: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanParameters:
    """What the person gave. ``target``: the score to reach, null where none was named (see ``Outcome.aim``).

    ``budget_usd`` null: money sets no limit. ``done``: what is behind the person, and already counted in the profile of
    the plan. ``left_out``: actions that the person took out. ``dates``: days that the person moved.
    """

    start: str
    hours_per_week: float
    goal: Literal["fastest", "cheapest"] = "fastest"
    target: float | None = None
    budget_usd: float | None = None
    done: tuple[DoneAction, ...] = ()
    left_out: tuple[str, ...] = ()
    dates: tuple[KeptDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTarget:
    """What the plan starts from. ``profile``: what the person brings, so that the plan can be made again without the
    resume.
    """

    candidate: str
    role: str
    level: LevelId
    score: float
    possible: float
    as_of: str
    profile: Profile = Profile()
    setting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """A gap that no known action closes in full, with the reason."""

    id: str
    name: str
    points: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """What stands between the end of a plan and its target: a gate, a requirement, or (``score``) points alone."""

    kind: Literal["gate", "requirement", "score"]
    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """One change that would bring the target within reach, the smallest of its kind, as a sentence.

    ``value``: hours a week, US dollars, weeks or years, as ``kind`` says; null where the change is no number. ``ask``:
    an answer of the person comes first. ``together``: no single change is enough. ``farthest``: no change is, and
    ``value`` is how far all known steps lead. ``none``: no known step brings what is missing.
    """

    kind: UnlockKind
    value: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Whether the plan reaches its target, and what it ends at. ``band``: id of the band of ``score`` after all steps.

    ``aim``: what the plan was made for: a score that was named; or, where none was, that nothing essential stands in
    the way; where that is so already, the score of "ready"; and where that is reached too, a few more points.
    ``blocked_by`` and ``unlocks`` are empty where the target is reached; the first of ``unlocks`` is the smallest
    change.
    """

    aim: PlanAim = "score"
    reached: bool
    score: float
    band: str
    blocked_by: tuple[Blocker, ...] = ()
    unlocks: tuple[Unlock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayFigure:
    """Pay a year in US dollars under the label of its source; figures under different labels are never mixed.

    ``high`` null: the source names no upper end.
    """

    id: str
    label: str
    low: float
    high: float | None
    as_of: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksOfPay:
    """How many weeks of a pay difference the plan costs: ``difference`` is that of one figure (``label``), a year.

    ``weeks_low`` and ``weeks_high`` follow from the cost range of the plan.
    """

    label: str
    difference: float
    weeks_low: float
    weeks_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPay:
    """The pay of one level in the figures that are given by level, and what the plan costs beside the step up to it."""

    level: LevelId
    title: str
    figures: tuple[PayFigure, ...]
    weeks_of_pay: tuple[WeeksOfPay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoney:
    """The money side of a plan. ``left_usd``: what the budget leaves after the high end of the known costs.

    ``free``, ``paid``, ``unknown``: ids of actions. ``levels``: the level aimed at and those above it. ``figures``: pay
    that is given for the role as a whole.
    """

    budget_usd: float | None = None
    cost_low: float = 0.0
    cost_high: float = 0.0
    left_usd: float | None = None
    free: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    levels: tuple[LevelPay, ...] = ()
    figures: tuple[PayFigure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A day to look back: every few weeks, at the end of a stage (``stage``), and at the end of the plan.

    ``due``: ids of the actions that end between the review before and this one.
    """

    on: str
    kind: ReviewKind
    stage: Stage | None
    due: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An action with its days as the program planned it. What the person changes in ``steps`` is found by it."""

    id: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """A requirement that earns points, with the person's own line where there is one."""

    requirement: str
    name: str
    quote: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the person stands before the plan."""

    name: str | None
    band: str
    gates: tuple[GateResult, ...]
    open_questions: int
    strengths: tuple[Strength, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One of the first seven days. ``minutes`` 0 is rest; ``action``: the action of the plan that it begins."""

    n: int
    date: str
    id: str
    minutes: int
    title: str
    how: str
    action: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeTip:
    """What the resume should say better about ``requirement``.

    ``number``: shown in a job, and without a number. ``listed``: named in a list, and shown nowhere. ``claimed``: named
    under a job, without what was done. ``dates``: shown in a job without dates. ``unwritten``: told in the quiz, and
    not in a resume. ``quote``: the person's own words, where there are some; ``line``: what to write, with
    ``[brackets]`` where only the person knows.
    """

    kind: Literal["number", "listed", "claimed", "dates", "unwritten"]
    requirement: str
    name: str
    quote: Evidence | None
    why: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What earlier work (a job family) brings: the requirements that it helps, by ids and names, and how to tell it."""

    source: str
    job: str
    helps: tuple[str, ...]
    names: tuple[str, ...]
    quote: Evidence
    bridge: str
    frame: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """A part of an answer in an interview: the person's own words in ``text``, empty where they must be found yet."""

    part: Literal["situation", "task", "action", "result"]
    prompt: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A question to practice for an interview. ``closes``: the requirements with a gap that it is about."""

    id: str
    theme: str
    question: str
    why: str
    closes: tuple[str, ...]
    parts: tuple[AnswerPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a person is told beside the steps of a plan; all quotes are the person's own."""

    standing: Standing
    days: tuple[Day, ...]
    resume: tuple[ResumeTip, ...]
    stories: tuple[Story, ...]
    interview: tuple[Practice, ...]
    questions: tuple[EmployerQuestion, ...]
    organizations: tuple[Organization, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps from where a person stands to a target.

    ``made``: not to be edited: every action as planned, so that a plan that was edited can be made again. ``advice`` is
    made from the finished plan and its assessment.
    """

    schema: Literal["pcc-assess/plan/1"] = "pcc-assess/plan/1"
    assessment: PlanTarget
    parameters: PlanParameters
    outcome: Outcome
    steps: tuple[Step, ...]
    totals: Totals
    money: PlanMoney = PlanMoney()
    reviews: tuple[Review, ...] = ()
    unreachable: tuple[Unreachable, ...]
    made: tuple[Made, ...] = ()
    advice: Advice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Something that separates a person from a role at a level: ``points`` are still to win with it.

    ``open``: the file does not say, so that only the person can.
    """

    id: str
    name: str
    status: State
    open: bool
    points: float
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a person stands against one role at one level. ``questions``: how many requirements are open.

    ``apart``: the three things that cost most. ``differs``, ``unsure``, ``move``: what is said of a related career.
    """

    role: RoleRef
    years: tuple[float, float | None] | None
    readiness: Readiness
    questions: int
    apart: tuple[Apart, ...]
    pay: tuple[PayFigure, ...]
    differs: str
    unsure: str
    move: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """How one requirement was judged in one of two assessments."""

    status: State
    open: bool
    own: int | float | str | None
    credit: float | None
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A requirement that is judged otherwise than before. ``points``: what that is worth, below 0 where some are lost.

    ``quote``: the words that came or went, null where it was something else.
    """

    id: str
    name: str
    category: str
    weight: float
    before: Side
    after: Side
    points: float
    why: str
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateChange:
    id: str
    name: str
    before: Literal["met", "not-met", "not-shown"]
    after: Literal["met", "not-met", "not-shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One assessment of a comparison over time."""

    as_of: str
    source: str
    version: str
    score: float
    possible: float
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What changed between two assessments: ``points`` is exactly the sum of those of all ``changes``.

    ``cautions``: what must be known before a difference is put down to the person.
    """

    before: Moment
    after: Moment
    points: float
    possible: float
    gates: tuple[GateChange, ...]
    changes: tuple[Change, ...]
    unchanged: int
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One person at every level of a role, against several roles, or at several times.

    ``positions``: one a level or role. ``periods``: one for each two assessments that follow each other. ``pay``: what
    is said of the role as a whole.
    """

    schema: Literal["pcc-assess/comparison/1"] = "pcc-assess/comparison/1"
    kind: Literal["levels", "roles", "time"]
    version: str
    as_of: str
    candidate: Candidate
    positions: tuple[Position, ...] = ()
    periods: tuple[Period, ...] = ()
    pay: tuple[PayFigure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideFound:
    """A part of a topic of the guide that holds what was looked for; ``title`` is the topic's."""

    topic: str
    title: str
    part: GuidePart


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideAnswer:
    """What the career guide says: all ``topics``, the one that was asked for, or what a search ``found``."""

    schema: Literal["pcc-assess/guide/1"] = "pcc-assess/guide/1"
    language: str
    query: str
    kind: Literal["topics", "topic", "found"]
    topics: tuple[GuideTopic, ...] = ()
    found: tuple[GuideFound, ...] = ()


# --- an audit of groups --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRate:
    """One category, or one of each column together.

    ``counted``: how many of its ``people`` were selected, or score above the median; ``rate`` is their share.
    ``impact_ratio``: the rate over that of the category with the highest one; null where that is 0 or the category is
    ``left_out`` for its size. ``few``: too few people to say much. ``chance``: how likely so large a difference from
    that category, or a larger one, is by chance alone (Fisher's exact test, two-sided).
    """

    category: tuple[str, ...]
    people: int
    counted: int
    rate: float
    impact_ratio: float | None
    flagged: bool
    few: bool
    left_out: bool
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTable:
    """The categories of one column, or of two together. ``most``: the category with the highest rate. ``unknown``:
    people without a known category, who are in no rate.
    """

    columns: tuple[str, ...]
    measure: Literal["selection", "scoring"]
    most: tuple[str, ...] | None
    rates: tuple[AuditRate, ...]
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSelection:
    """Who counts as selected: the ``rule`` as asked for, and how many of all ``people`` it selects."""

    rule: str
    selected: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditUnmatched:
    """How many of one file the other does not name, and the first few of them."""

    number: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """How groups of people fare in the results of a batch.

    ``people``: all who were scored; ``median``: their middle score, which ``at_median`` of them have and
    ``above_median`` exceed. ``without_group``: results that the groups file does not name; ``unused``: its lines that
    meet no result. ``repeated``: results left out because their id stood there already.
    """

    schema: Literal["pcc-assess/audit/1"] = "pcc-assess/audit/1"
    people: int
    median: float
    at_median: int
    above_median: int
    selection: AuditSelection | None
    tables: tuple[AuditTable, ...]
    without_group: AuditUnmatched
    unused: AuditUnmatched
    repeated: int
    four_fifths: float
    small_share: float
    few: int
    rare: float
