"""The shape of every data file: what a counselor may write in ``data/``, as frozen records.

One record a thing; field names here are the keys of the YAML files. ``catalog.py`` reads the files and checks
them against these records; nothing here touches the disk. Words such as role, level, requirement and
proficiency mean what the README's table of words says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pcc_assess.texts import Texts

LevelId = Literal["junior", "coordinator", "senior", "lead", "manager"]
Importance = Literal["essential", "important", "helpful"]
SkillKind = Literal["technical", "soft", "duty", "leadership", "language"]
EducationLevel = Literal["none", "hs", "certificate", "associate", "bachelor", "master", "doctorate"]
ColumnId = Literal[
    "id",
    "name",
    "first-name",
    "last-name",
    "personal",
    "form",
    "unused",
    "resume",
    "skills",
    "experience",
    "certificates",
    "education",
    "jobs",
    "years",
    "patient-years",
    "languages",
]
ActionKind = Literal[
    "self-study",
    "course",
    "certificate",
    "practice",
    "portfolio",
    "volunteering",
    "shadowing",
    "work",
    "mentoring",
    "membership",
    "application",
    "degree",
]
Stage = Literal["understand", "foundations", "experience", "resume", "network", "interview"]

LEVELS: tuple[LevelId, ...] = ("junior", "coordinator", "senior", "lead", "manager")
EDUCATION: tuple[EducationLevel, ...] = (
    "none",
    "hs",
    "certificate",
    "associate",
    "bachelor",
    "master",
    "doctorate",
)


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """A surface form that counts only in the right company.

    ``needs``: words, phrases or ``@group`` names, one of which must stand within eight words or on the same
    line (``@medical-job`` is met inside a job in health care; ``@office-list`` by two office programs in a list).
    ``unless``: words that forbid it there. ``as_written``: upper and lower case must be as in ``form``.
    ``level``: the highest proficiency that this form alone can show. ``why``: what else it can mean.
    """

    form: str
    why: str
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    as_written: bool = False
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A described duty: a verb of ``do`` and a thing of ``what`` in one clause, in any inflection and order.

    ``do`` and ``what`` hold words, phrases or ``@group`` names. ``near``: one of these must also stand on the line (or
    be ``@medical-job``: the line belongs to a job in health care). ``unless``: none of these may stand on the line.
    ``within``: the most words between verb and thing. ``level``: the highest proficiency it can show. ``example``: a
    line that must match, kept true by a test.
    """

    do: tuple[str, ...]
    what: tuple[str, ...]
    example: str
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    within: int = 8
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """What neighbouring work brings: at most ``share`` of the credit and proficiency ``level``, always "confirm".

    Exactly one of ``skill``, ``job`` (a job family of experience.yaml) and ``credential`` names where it comes from.
    """

    share: float
    level: int
    skill: str | None = None
    job: str | None = None
    credential: str | None = None


@dataclass(frozen=True, kw_only=True)
class Skill:
    """An entry of the taxonomy. ``anchors``: five observable answers, for proficiency 0 to 4."""

    id: str
    name: str
    kind: SkillKind
    description: str
    anchors: tuple[str, ...]
    forms: tuple[str, ...]
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    decoys: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    prerequisites: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A named product that counts for skills, each up to the proficiency given."""

    id: str
    name: str
    vendor: str
    kind: str
    counts_for: dict[str, int]
    forms: tuple[str, ...]
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    decoys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Money:
    """A cost in US dollars for one learner, from ``low`` to ``high``, as stated by ``source`` at ``as_of``."""

    low: float
    high: float
    as_of: str
    source: str
    confidence: Literal["official", "guide", "secondary", "low", "estimate"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """A range of hours or weeks, with its source (``estimate`` where it is the authors' own judgement)."""

    low: float
    high: float
    source: str
    as_of: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A statement with where and when it was found."""

    text: str
    source: str
    as_of: str


@dataclass(frozen=True, kw_only=True)
class Credential:
    """A certification or licence. ``cost`` and ``study`` are null where no source states them.

    ``lifts``: skill id to the proficiency that holding it alone can show.
    ``valid_years``: how long one award lasts, null where unknown or for life. ``names_colleagues``: its letters also
    name other people at work ("reports to the RN"), so that in a job's duties it is not the person's own.
    """

    id: str
    name: str
    issuer: str
    forms: tuple[str, ...]
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    decoys: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()
    names_colleagues: bool = False
    eligibility: Fact | None = None
    exam: Fact | None = None
    cost: Money | None = None
    study_hours: Span | None = None
    study_weeks: Span | None = None
    valid_years: int | None = None
    renewal: Fact | None = None
    lifts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One condition for being admitted to an exam or course; any one of the ways that are given meets it.

    ``school``: this level or a higher one. ``years``: of work with patients or in a medical office. ``credentials``:
    one of them is held. ``actions``: one of them is done.
    """

    school: EducationLevel | None = None
    years: float | None = None
    credentials: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something a person can do to close gaps.

    ``hours``: work in all; ``weeks``: calendar time. ``cost`` null: unknown. ``lifts``: skill id to the proficiency
    it can bring a person to. ``grants_credentials``, ``grants_education``: what it leads to. ``grants_years``: years of
    work in the field that it brings. ``shows``: skills that it lets a person prove without raising them. ``renews``: it
    makes an expired credential of ``grants_credentials`` valid again and gives no new one. ``requires``: actions that
    come first. ``eligibility``: conditions in words. ``entry``: those of them that can be checked, all of which must be
    met; null where no source states the rules, and then no plan chooses the action. ``aside``: it leads toward another
    job, and is planned only for who has begun it or means to.
    """

    id: str
    title: str
    stage: Stage
    kind: ActionKind
    hours: Span
    weeks: Span
    cost: Money | None
    free: bool
    proof: str
    how: str
    lifts: dict[str, int] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    grants_credentials: tuple[str, ...] = ()
    grants_education: EducationLevel | None = None
    grants_years: float = 0.0
    renews: bool = False
    requires: tuple[str, ...] = ()
    eligibility: tuple[str, ...] = ()
    entry: tuple[Entry, ...] | None = ()
    aside: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class JobFamily:
    """A family of jobs, found by title. ``relevance``: 0 to 1, how much a year of it counts as experience in the field.

    ``patient``: patient-facing or medical-office work. ``service``: customer service or administration.
    ``medical_as``: the family that such a job belongs to where its employer or duties are medical.
    ``shows``: skill id to the proficiency that half a year of such work cannot be done without.
    """

    id: str
    name: str
    relevance: float
    patient: bool
    service: bool
    titles: tuple[str, ...]
    medical_as: str | None = None
    ambiguous: tuple[Ambiguous, ...] = ()
    shows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EducationRule:
    """One level of education with the forms that name it."""

    id: EducationLevel
    name: str
    forms: tuple[str, ...]
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    decoys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Band:
    """A name for a range of readiness, from ``at_least`` points upward."""

    id: str
    at_least: float
    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One rung of the evidence ladder: the highest proficiency it can show, and the words for it in a report."""

    id: str
    level: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """A short question of the quiz with one right answer.

    ``skill``: what it checks. ``level``: the highest rating of oneself that a wrong answer leaves standing. ``right``:
    the place of the right option, counted from 1. ``why``: the reason, shown at the end.
    """

    id: str
    skill: str
    level: int
    question: str
    options: tuple[str, ...]
    right: int
    why: str
    source: str


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """Something that does not exist: who rates it high tends to rate high. The person is told before and after."""

    id: str
    name: str
    question: str
    why: str


@dataclass(frozen=True, kw_only=True)
class QuizForm:
    """How much a form of the quiz asks.

    ``ratings``: skills asked one by one, the weightiest first; the others are asked in lists of at most
    ``list_length``. ``lists``: whether those lists are asked at all. ``checks``, ``made_up``: how many. ``facts``: what
    else is asked.
    """

    ratings: int
    lists: bool
    list_length: int
    checks: int
    made_up: int
    facts: tuple[Literal["education", "work", "languages", "credentials"], ...]


@dataclass(frozen=True, kw_only=True)
class QuizRules:
    """How much the quiz asks, and how its answers are weighed.

    ``seconds``: what a question of a kind takes, for the time left. ``work``: the job families asked for.
    ``languages``: ids of languages asked for. ``listed_level``: the proficiency that a tick in a list stands for.
    ``example_from``: the lowest rating that asks for an example. ``unproven_level``: what a rating counts as without
    one. ``made_up_from``: the lowest rating of something that does not exist that puts the others in doubt.
    ``straight_least``, ``straight_share``: so many equal ratings, and their share of all, are remarked on.
    """

    seconds: dict[str, int]
    forms: dict[str, QuizForm]
    work: tuple[str, ...]
    languages: tuple[str, ...]
    listed_level: int
    example_from: int
    unproven_level: int
    made_up_from: int
    straight_least: int
    straight_share: float


@dataclass(frozen=True, kw_only=True)
class QuizItems:
    """The questions of the quiz that are about none of the person's own work."""

    version: int
    checks: tuple[Check, ...]
    made_up: tuple[MadeUp, ...]


@dataclass(frozen=True, kw_only=True)
class PlanRules:
    """How a plan is made.

    ``hours_per_week``: where the person names none. ``most_hours_per_week``: more is taken for a slip.
    ``step_weeks``: a step that would take longer is a long way and no part of a plan. ``horizon_weeks``: the longest
    plan. ``reckoned_cost``: US dollars that an unknown price counts as in comparing; a plan with a budget holds
    nothing without a known price. ``quick_steps``: so many free steps of at most ``quick_hours`` hours that close gaps
    are planned for who has reached the target already. ``general_steps``: free steps of a stage in which nothing else
    can be planned; ``general_steps_ready`` for who is ready. ``review_weeks``: how often to look back. ``full_week``,
    ``farthest_weeks``, ``most_years``: how far a change is looked for that brings a target within reach: hours a week,
    weeks, and years of work.
    """

    hours_per_week: float
    most_hours_per_week: float
    step_weeks: float
    horizon_weeks: float
    reckoned_cost: float
    quick_steps: int
    quick_hours: float
    general_steps: int
    general_steps_ready: int
    review_weeks: int
    full_week: float
    farthest_weeks: float
    most_years: int


@dataclass(frozen=True, kw_only=True)
class CohortRules:
    """How many people are looked at together.

    ``class_kinds``: kinds of actions that a group can take as a class, of at most ``class_hours``. ``least_gain``:
    points; who gains less needs no seat. ``talk_questions``: who is ready after at most so many good answers is listed
    as one talk away. ``rows``: people in the table of a page; ``names``: people in a list.
    ``steady``: points; who moved by less since last time stands where they stood.
    """

    class_kinds: tuple[ActionKind, ...]
    class_hours: float
    least_gain: float
    talk_questions: int
    rows: int
    names: int
    steady: float


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Every number that the program judges with.

    ``weights``: points of importance before scaling. ``half_credit``: below it an essential requirement bars "ready".
    ``context_words``: how near a context word must stand, in words. ``typo_min_length``: the shortest word repaired.
    ``medical_words``: so many medical words make a job one in health care. ``lone_year_months``: length of a job of
    which only one year is given.
    """

    version: int
    weights: dict[Importance, float]
    half_credit: float
    bands: tuple[Band, ...]
    rungs: tuple[Rung, ...]
    context_words: int
    typo_min_length: int
    few_words: int
    doubtful_words: int
    medical_words: int
    lone_year_months: int
    claimed_years_tolerance: float
    plan: PlanRules
    cohort: CohortRules
    stages: dict[Stage, str]
    search: SearchRules
    quiz: QuizRules


@dataclass(frozen=True, kw_only=True)
class PostingRules:
    """How a job posting is read.

    ``sections``: part of a posting (``duties``, ``required``, ``preferred``, ``plus``, ``left-out``) to its headings.
    ``parts``: part to the importance of its lines where they do not say it themselves; ``top`` stands before the first
    heading. ``importances``, ``amounts``: importance, and proficiency as a figure, to the words that ask for it.
    ``amount``: the proficiency where neither posting nor role says one. ``left_out``: words of lines that are no
    requirement. ``patient_words``: make years those of work with patients. ``few``: a posting that asks for fewer
    things says too little by itself.
    """

    version: int
    sections: dict[str, tuple[str, ...]]
    parts: dict[str, Importance]
    importances: dict[Importance, tuple[str, ...]]
    amounts: dict[str, tuple[str, ...]]
    amount: int
    left_out: tuple[str, ...]
    patient_words: tuple[str, ...]
    numbers: dict[str, int]
    few: int


@dataclass(frozen=True, kw_only=True)
class Words:
    """The small words that decide what a line means, and named groups of words for rules.

    ``groups``: name to words and phrases (``@name`` in a rule). ``cues``: kind of cue (negation, wish, ...) to phrases.
    ``sections``: kind of section to the headings that open it. ``irregular``: verb to its irregular forms.
    """

    groups: dict[str, tuple[str, ...]]
    cues: dict[str, tuple[str, ...]]
    sections: dict[str, tuple[str, ...]]
    irregular: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class TableColumn:
    """What a column of a table of candidates can hold.

    ``headers``: whole headers. ``within``: words that say it inside a longer header. ``family``: the job family that
    years in this column count as.
    """

    id: ColumnId
    headers: tuple[str, ...]
    within: tuple[str, ...] = ()
    family: str | None = None


@dataclass(frozen=True, kw_only=True)
class TableRules:
    """How tables of candidates are understood.

    ``short``: id of a skill or credential to short headers. ``not_ratings``: words of a header that asks for something
    else than a rating. ``ratings``: the words of a cell for proficiency 0 to 4. ``yes``: those that
    stand for ``yes_level``. ``states``: words for the state of a certificate. ``blank``: words that say nothing.
    ``school``: words for a level of education. ``similar``: how like a known header another must be, 0 to 100.
    ``apart``: by how much more than like the next best. ``shortest``: the fewest letters that are guessed at.
    ``rows_above``: how many rows may stand above the header.
    """

    fields: tuple[TableColumn, ...]
    short: dict[str, tuple[str, ...]]
    not_ratings: tuple[str, ...]
    ratings: tuple[tuple[str, ...], ...]
    yes: tuple[str, ...]
    yes_level: int
    states: dict[Literal["held", "in-progress", "planned", "expired", "none"], tuple[str, ...]]
    blank: tuple[str, ...]
    school: dict[EducationLevel, tuple[str, ...]]
    similar: float
    apart: float
    shortest: int
    rows_above: int


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a requirement asks at one level: its importance and the amount.

    The amount is a proficiency 1-4 for a skill, an education level, years for experience, and is left out for a
    credential.
    """

    importance: Importance
    required: int | float | EducationLevel | None = None


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What a role asks. Exactly one of ``skill``, ``credentials``, ``education`` and ``experience`` is given.

    ``credentials``: credential id to the share of credit that holding it earns; the best one held counts.
    ``education``: level held to share of credit, by how many levels it falls short (``[1.0, 0.5]``: the level itself
    1.0, one below 0.5, else 0). ``experience``: ``patient`` counts years of patient-facing work, ``field`` counts all
    years each times the relevance of its job family; credit is years over years asked, at most 1.
    A level that is missing from ``levels`` does not ask for it.
    """

    id: str
    name: str
    category: str
    levels: dict[LevelId, Ask]
    skill: str | None = None
    credentials: dict[str, float] | None = None
    education: tuple[float, ...] | None = None
    experience: Literal["patient", "field"] | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Something apart from the score that decides: a minimum education. ``levels`` lists the levels that ask it."""

    id: str
    name: str
    education: EducationLevel
    levels: tuple[LevelId, ...]
    next_step: str


@dataclass(frozen=True, kw_only=True)
class Rank:
    """One level of a role's ladder: its title, what the person does and should learn, years in the field, and pay.

    ``years`` and pay are left out where no source states them.
    """

    title: str
    autonomy: str
    duties: tuple[str, ...]
    focus: tuple[str, ...]
    years: tuple[float, float | None] | None = None
    pay_median: Money | None = None
    pay_average: Money | None = None


@dataclass(frozen=True, kw_only=True)
class Pay:
    """A figure of yearly pay in US dollars for the role as a whole, under the label that its source gives it.

    ``high`` null: the source names no upper end. Figures of different labels are shown apart and never averaged.
    """

    id: str
    label: str
    low: float
    high: float | None = None
    as_of: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Role:
    """An occupation with its ladder and requirements.

    ``categories``: category id to its share of the 100 points. ``level_categories``: the shares of a level that divides
    them otherwise. ``pay``: what is said of pay for the role as a whole; by level it stands in ``ranks``. Of a related
    career: ``differs`` says how it differs from the Patient Care Coordinator, ``unsure`` what nobody can say of the
    title, ``move`` the way there.
    """

    id: str
    title: str
    version: int
    summary: str
    categories: dict[str, float]
    ranks: dict[LevelId, Rank]
    gates: tuple[Gate, ...]
    requirements: tuple[Requirement, ...]
    sources: dict[str, str]
    level_categories: dict[LevelId, dict[str, float]] = field(default_factory=dict)
    pay: tuple[Pay, ...] = ()
    differs: str = ""
    unsure: str = ""
    move: str = ""


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How much the requirement ``id`` matters to a kind of employer, at every level that asks for it.

    Its importance becomes ``at_least`` or ``at_most`` what is given here.
    """

    id: str
    why: str
    source: str
    at_least: Importance | None = None
    at_most: Importance | None = None


@dataclass(frozen=True, kw_only=True)
class ShareShift:
    """The share of the category ``id``, taken ``times`` as much before all shares are scaled to 100 points again."""

    id: str
    times: float
    why: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A kind of employer: what it asks differently of the same role.

    ``adds``: requirements for a role that does not have them. ``notes``: what else counts there, and no resume shows.
    """

    id: str
    name: str
    summary: str
    shares: tuple[ShareShift, ...] = ()
    shifts: tuple[Shift, ...] = ()
    adds: tuple[Requirement, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResumeLine:
    """How the skill ``id`` is said well in a resume; what only the person knows stands in ``[brackets]``.

    ``amount``: the number that a line about it should hold. ``frame``: a whole line for who has none yet; it goes into
    the resume and stays English in every language, only its brackets are translated.
    """

    id: str
    amount: str
    frame: str


@dataclass(frozen=True, kw_only=True)
class WorkStory:
    """What work of the job family ``id`` has in common with this one, and a sentence to tell it with."""

    id: str
    bridge: str
    frame: str


@dataclass(frozen=True, kw_only=True)
class DayTask:
    """Something small for one of the first seven days; ``minutes`` 0 is a day of rest.

    ``when``: what must be there for it; ``action``: or the action of the plan that it begins. ``day``: where it stands;
    the others fill the days that are left, in the order of the file. ``title`` and ``how`` may hold ``{names}``,
    ``{line}`` (a line of the resume, built on) and ``{how}`` (of the first step).
    """

    id: str
    title: str
    how: str
    minutes: int
    when: Literal["always", "strength", "no-strength", "gate", "open", "number", "listed", "story", "step"] = "always"
    action: str | None = None
    day: int | None = None


@dataclass(frozen=True, kw_only=True)
class InterviewTheme:
    """A question that interviews for this work ask, with a prompt for each part of the answer.

    ``skills``: whose lines may answer it, the nearest first. ``levels``: where it is asked, all where empty.
    """

    id: str
    theme: str
    question: str
    why: str
    skills: tuple[str, ...]
    situation: str
    task: str
    action: str
    result: str
    source: str
    levels: tuple[LevelId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EmployerQuestion:
    """A question for an employer, and what a good and a worrying answer sound like."""

    id: str
    question: str
    why: str
    good: str
    worrying: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Organization:
    """A group that helps people into this work or up in it. ``check``: what to look up first."""

    id: str
    name: str
    offers: str
    check: str
    source: str
    as_of: str


@dataclass(frozen=True, kw_only=True)
class AdviceBook:
    """The files of ``advice/``: what a person is told beside the steps of a plan."""

    lines: dict[str, ResumeLine] = field(default_factory=dict)
    stories: dict[str, WorkStory] = field(default_factory=dict)
    days: dict[str, DayTask] = field(default_factory=dict)
    interview: dict[str, InterviewTheme] = field(default_factory=dict)
    questions: dict[str, EmployerQuestion] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Blinding:
    """What ``--blind`` takes out of a text (``data/blind.yaml``). Nothing that is scored depends on it.

    ``keep``: phrases in which nothing is taken out. ``phrases``: kind of what is taken out to words and phrases that
    say it by themselves. ``labels``: kind to what stands before a colon and its value. All other lists are told apart
    in that file; words are folded as ``tokens.fold`` does.
    """

    version: int
    keep: tuple[str, ...]
    phrases: dict[str, tuple[str, ...]]
    labels: dict[str, tuple[str, ...]]
    birth: frozenset[str]
    before_age: frozenset[str]
    behind_age: tuple[str, ...]
    school_words: frozenset[str]
    before_year: frozenset[str]
    street_tails: frozenset[str]
    plain_street_tails: frozenset[str]
    units: frozenset[str]
    boxes: tuple[str, ...]
    state_letters: frozenset[str]
    doubtful_state_letters: frozenset[str]
    state_words: frozenset[str]
    titles: frozenset[str]
    doubtful_titles: frozenset[str]
    link_endings: tuple[str, ...]
    file_endings: tuple[str, ...]
    family_names: frozenset[str]
    towns: tuple[str, ...]
    lone_towns: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class AuditRules:
    """What an audit of groups is held against (``data/audit.yaml``). Nothing that is scored depends on it.

    ``four_fifths``: an impact ratio below it is flagged. ``small_share``: a category with a smaller share of all people
    may be left out. ``few``: with fewer people a category gets a warning. ``rare``: how likely by chance a difference
    is that is called rare. Each with its source. ``unknown``: what says in a cell that a category is not known, folded.
    """

    version: int
    four_fifths: float
    four_fifths_source: str
    small_share: float
    small_share_source: str
    few: int
    few_source: str
    rare: float
    rare_source: str
    unknown: frozenset[str]


def _entries(file: bytes) -> list[str]:
    """The lines of a file of words, without those that begin with #."""
    return [line for line in file.decode("utf-8").splitlines() if not line.startswith("#")]


@dataclass(frozen=True, kw_only=True)
class GuideTable:
    """Figures of the career guide: rows under columns, each row by a name of its own."""

    columns: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class GuidePart:
    """A part of a topic. ``source``: where in the career guide it stands. ``as_of``: the day of its figures, if any."""

    id: str
    title: str
    source: str
    text: str = ""
    points: tuple[str, ...] = ()
    table: GuideTable | None = None
    as_of: str = ""


@dataclass(frozen=True, kw_only=True)
class GuideTopic:
    """A topic of the career guide, in our own words.

    ``place``: its place in the list of topics. ``words``: other words that people look for it with. ``contradictions``:
    where the guide does not agree with itself, or cannot be checked. ``next_step`` and ``command``: what to do then.
    """

    id: str
    place: int
    title: str
    words: str
    summary: str
    parts: tuple[GuidePart, ...]
    next_step: str
    command: str
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SearchRules:
    """How a search in the guide is judged.

    ``alike``: how like two words must be, 0 to 100, to pass for one with a slip; ``shortest``: only words of so many
    letters and more. ``stem``: so many letters in common at the beginning, and at most ``ending`` more in one of them,
    make two forms of one word. ``form``: what another form counts, beside 1 for the word itself. ``title``: how much
    more a word of a topic's title or its search words counts. ``share``: the part of what was asked that a find must
    hold. ``most``: how many finds are shown.
    """

    alike: float
    shortest: int
    stem: int
    ending: int
    form: float
    title: float
    share: float
    most: int


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """All data files together, their names and sentences in one language.

    ``version``: a hash of their English content, which every assessment carries; it is the same in every language.
    ``texts``: the messages of the program in that language. ``english``, ``people``: the files of English words and
    of names as they stand.
    """

    version: str
    skills: dict[str, Skill]
    tools: dict[str, Tool]
    credentials: dict[str, Credential]
    actions: dict[str, Action]
    families: dict[str, JobFamily]
    education: dict[EducationLevel, EducationRule]
    roles: dict[str, Role]
    settings: dict[str, Setting]
    guide: dict[str, GuideTopic]
    policy: Policy
    quiz: QuizItems
    postings: PostingRules
    tables: TableRules
    advice: AdviceBook
    words: Words
    english: bytes
    people: bytes
    texts: Texts

    @cached_property
    def rung_labels(self) -> dict[str, str]:
        """For each rung of the evidence ladder the words of a report."""
        return {rung.id: rung.label for rung in self.policy.rungs}

    @cached_property
    def dictionary(self) -> frozenset[str]:
        """English words in small letters: those of the file, one a line, without the lines that begin with #."""
        return frozenset(word for line in _entries(self.english) for word in line.split())

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of people and places that are no other word, in small letters."""
        return frozenset(line for line in _entries(self.people) if "*" not in line)

    @cached_property
    def given_words(self) -> frozenset[str]:
        """Ordinary words that are given names as well ("grace")."""
        return frozenset(line.rstrip(" *") for line in _entries(self.people) if "*" in line)

    @cached_property
    def next_actions(self) -> dict[tuple[str, float, float | None], Action | None]:
        """The action to take next for a skill, the level asked and the credit, as far as it was worked out already."""
        return {}

    @cached_property
    def actions_by_skill(self) -> dict[str, tuple[Action, ...]]:
        """For each skill the actions that lift it."""
        found: dict[str, list[Action]] = {}
        for action in self.actions.values():
            for skill in action.lifts:
                found.setdefault(skill, []).append(action)
        return {skill: tuple(actions) for skill, actions in found.items()}
