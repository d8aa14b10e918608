"""The questions of the quiz, made from the role, the skills with their anchors, and what a resume shows already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Literal

from pcc_assess.knowledge import EDUCATION, Ask, Knowledge, LevelId, MadeUp, QuizForm, Requirement, Role, Skill
from pcc_assess.texts import Texts

if TYPE_CHECKING:
    from pcc_assess.model import Evidence, Profile

Kind = Literal["rating", "check", "choice", "ticks", "number", "line", "month", "review"]

EXAMPLE = "example"
STATUS = "status"
ENDS = "ends"
SPEAKS = "languages"
WORK = "work"
SCHOOL = "education"
STUDYING = "education/now"
REVIEW = "review"
LIST = "list"
NOTHING = "none"
STATES: tuple[Literal["held", "in-progress", "expired", "planned"], ...] = ("held", "in-progress", "expired", "planned")
_QUOTES_AT_ONCE = 5
_MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: ``value`` is kept, ``label`` is shown. ``quote``: the line of a resume it stands for."""

    value: str
    label: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked: the answer to ``question`` has one of ``values``."""

    question: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    ``short``: the question in few words, for the list of all answers. ``subject``: what it is about (a skill, a
    credential, a family of jobs ...). ``main``: the question that it is a detail of; a question without one counts as
    one of so many. ``when``: all of these must hold. ``quote``: what a resume says about it. ``suggested``: the value
    that an empty answer takes over. ``most``: the largest number.
    """

    id: str
    kind: Kind
    subject: str
    section: str
    prompt: str
    short: str
    seconds: int
    options: tuple[Option, ...] = ()
    help: str = ""
    main: str = ""
    when: tuple[Condition, ...] = ()
    quote: str = ""
    suggested: str = ""
    most: float = 0.0

    @property
    def optional(self) -> bool:
        """Whether an empty line is an answer: nothing to add, or what is suggested."""
        return self.kind in ("line", "month", "review") or bool(self.suggested)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """All questions of a role at a level, those that depend on others after them; ``by_id`` finds one.

    ``setting``: the kind of employer that the role was adapted to.
    """

    role: str
    role_version: int
    level: LevelId
    name: str
    questions: tuple[Question, ...]
    by_id: Mapping[str, Question] = field(compare=False)
    setting: str | None = None


@dataclass(frozen=True, slots=True)
class _When:
    """When a question is asked, and the question that it is a detail of."""

    when: tuple[Condition, ...]
    main: str


_ALWAYS = _When((), "")


@dataclass(frozen=True, slots=True)
class _Maker:
    """What every question is made from.

    ``found``: what a resume shows, None without a resume. ``reviews``: what is put before the person to confirm, with
    the review in which it stands.
    """

    role: Role
    level: LevelId
    knowledge: Knowledge
    length: QuizForm
    shares: Mapping[str, int]
    found: Profile | None
    reviews: dict[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> Texts:
        return self.knowledge.texts

    def seconds(self, kind: Kind) -> int:
        return self.knowledge.policy.quiz.seconds[kind]

    def wrong(self, subject: str) -> _When:
        """What a resume shows is asked again only where the person says that it is wrong."""
        review = self.reviews.get(subject)
        return _When((Condition(review, frozenset({subject})),), review) if review is not None else _ALWAYS

    def asked(self) -> list[tuple[Requirement, Skill, Ask]]:
        """The skills that the level asks for, the weightiest first."""
        found = [
            (item, self.knowledge.skills[item.skill], item.levels[self.level])
            for item in self.role.requirements
            if item.skill is not None and self.level in item.levels
        ]
        return sorted(found, key=lambda each: -self.shares[each[0].id])


def make_form(
    role: Role,
    level: LevelId,
    knowledge: Knowledge,
    *,
    name: str = "full",
    shares: Mapping[str, int],
    found: Profile | None = None,
) -> Form:
    """The questions of a role at a level.

    Args:
        name: a form of the policy (``full`` or ``short``).
        shares: the weight of each requirement at that level, in any unit.
        found: the profile of a resume; what it shows well enough is only put before the person to confirm.
    """
    made = _Maker(role, level, knowledge, knowledge.policy.quiz.forms[name], shares, found)
    questions = tuple(_questions(made))
    return Form(
        role=role.id,
        role_version=role.version,
        level=level,
        name=name,
        questions=questions,
        by_id={item.id: item for item in questions},
    )


def _questions(made: _Maker) -> Iterator[Question]:
    reviews = list(_reviews(made))
    made.reviews.update((option.value, review.id) for review in reviews for option in review.options)
    yield from reviews
    if "education" in made.length.facts:
        yield from _school(made)
    if "work" in made.length.facts:
        yield from _work(made)
    if "languages" in made.length.facts:
        yield from _languages(made)
    yield from _skills(made)
    if "credentials" in made.length.facts:
        yield from _credentials(made)


# --- what a resume shows ---------------------------------------------------------------------------


def _reviews(made: _Maker) -> Iterator[Question]:
    """What a resume shows well enough, put before the person a few at a time, to say what is wrong."""
    shown = list(_shown(made, made.found)) if made.found is not None else []
    for at in range(0, len(shown), _QUOTES_AT_ONCE):
        yield Question(
            id=f"{REVIEW}/{at // _QUOTES_AT_ONCE + 1}",
            kind="review",
            subject=REVIEW,
            section="review",
            prompt=made.texts.say("ask.review.prompt"),
            short=made.texts.say("ask.short.review"),
            help=made.texts.say("ask.review.help"),
            seconds=made.seconds("review"),
            options=tuple(shown[at : at + _QUOTES_AT_ONCE]),
        )


def _shown(made: _Maker, found: Profile) -> Iterator[Option]:
    """What is shown well enough: ``value`` is the id of the question that it spares."""
    for item, skill, ask in made.asked():
        finding = found.skills.get(skill.id)
        if finding is not None and finding.proficiency >= max(_number(ask), 1):
            yield Option(skill.id, f"{item.name}: {skill.anchors[finding.proficiency]}", _held(finding.evidence))
    if found.education.highest != "none":
        name = made.knowledge.education[found.education.highest].name
        yield Option(SCHOOL, made.texts.say("ask.education.shown", name=name), _held(found.education.evidence))
    if any(job.months for job in found.experience.jobs):
        years = made.texts.say("ask.work.shown", years=f"{found.experience.patient_years:.1f}")
        yield Option(WORK, years, "; ".join(job.title for job in found.experience.jobs if job.months))
    for held in found.credentials:
        state = made.texts.say(f"ask.status.{held.status}")
        yield Option(f"{held.id}/{STATUS}", f"{held.name}: {state}", _held(held.evidence))


def _held(evidence: Iterable[Evidence]) -> str:
    """The words behind a finding on one line, held ones first."""
    ordered = sorted(evidence, key=lambda item: item.status != "held")
    return next((" ".join(item.quote.split()) for item in ordered if item.quote.strip()), "")


# --- school, work, languages -----------------------------------------------------------------------


def _school(made: _Maker) -> Iterator[Question]:
    texts, names = made.texts, made.knowledge.education
    levels = tuple(Option(level, names[level].name) for level in EDUCATION if level != NOTHING)
    wrong = made.wrong(SCHOOL)
    yield Question(
        id=SCHOOL,
        kind="choice",
        subject=SCHOOL,
        section="facts",
        main=wrong.main,
        when=wrong.when,
        prompt=texts.say("ask.education.prompt"),
        short=texts.say("ask.short.education"),
        help=texts.say("ask.education.help"),
        seconds=made.seconds("choice"),
        options=(Option(NOTHING, texts.say("ask.education.none")), *levels),
    )
    yield Question(
        id=STUDYING,
        kind="choice",
        subject=SCHOOL,
        section="facts",
        main=wrong.main or SCHOOL,
        when=wrong.when,
        prompt=texts.say("ask.education.now"),
        short=texts.say("ask.short.studying"),
        help=texts.say("ask.education.now-help"),
        seconds=made.seconds("choice"),
        options=(Option(NOTHING, texts.say("ask.education.not-now")), *levels),
    )


def _work(made: _Maker) -> Iterator[Question]:
    texts = made.texts
    kinds = [made.knowledge.families[name] for name in made.knowledge.policy.quiz.work]
    wrong = made.wrong(WORK)
    yield Question(
        id=WORK,
        kind="ticks",
        subject=WORK,
        section="facts",
        main=wrong.main,
        when=wrong.when,
        prompt=texts.say("ask.work.prompt"),
        short=texts.say("ask.short.work"),
        help=texts.say("ask.work.help"),
        seconds=made.seconds("ticks"),
        options=tuple(Option(family.id, _capital(family.name)) for family in kinds),
    )
    for family in kinds:
        yield Question(
            id=f"{WORK}/{family.id}",
            kind="number",
            subject=family.id,
            section="facts",
            main=wrong.main or WORK,
            when=(*wrong.when, Condition(WORK, frozenset({family.id}))),
            prompt=texts.say("ask.work.years", name=family.name),
            short=texts.say("ask.short.years", name=family.name),
            help=texts.say("ask.work.years-help"),
            seconds=made.seconds("number"),
            most=_MOST_YEARS,
        )


def _languages(made: _Maker) -> Iterator[Question]:
    texts, names = made.texts, made.knowledge.policy.quiz.languages
    yield Question(
        id=SPEAKS,
        kind="ticks",
        subject=SPEAKS,
        section="facts",
        prompt=texts.say("ask.languages.prompt"),
        short=texts.say("ask.short.languages"),
        help=texts.say("ask.languages.help"),
        seconds=made.seconds("ticks"),
        options=tuple(Option(name, texts.say(f"ask.languages.{name}")) for name in names),
    )
    for item, skill, _ in made.asked():
        if skill.id in names:
            said = _When((Condition(SPEAKS, frozenset({skill.id})),), SPEAKS)
            yield from _rating(made, item, skill, said)


# --- skills ----------------------------------------------------------------------------------------


def _skills(made: _Maker) -> Iterator[Question]:
    """Ratings one by one, each with its check behind it, then lists of what weighs least."""
    spoken = made.knowledge.policy.quiz.languages if "languages" in made.length.facts else ()
    asked = [(item, skill) for item, skill, _ in made.asked() if skill.id not in spoken]
    open_ones = [each for each in asked if each[1].id not in made.reviews]
    order = {item.id: at for at, item in enumerate(made.role.requirements)}
    single = sorted(open_ones[: made.length.ratings], key=lambda each: order[each[0].id])
    checks = _checks(made, {skill.id for _, skill in single} | made.reviews.keys())
    made_up = list(made.knowledge.quiz.made_up[: made.length.made_up])
    for item, skill in (each for each in asked if each[1].id in made.reviews):
        yield from _rating(made, item, skill, made.wrong(skill.id))
        yield from checks.pop(skill.id, ())
    # what does not exist stands in the midst of the others
    places = {(at + 1) * len(single) // (len(made_up) + 1): entry for at, entry in enumerate(made_up)}
    for at, (item, skill) in enumerate(single):
        if at in places:
            yield _made_up(made, places.pop(at))
        yield from _rating(made, item, skill, _ALWAYS)
        yield from checks.pop(skill.id, ())
    yield from (_made_up(made, entry) for entry in places.values())
    if made.length.lists:
        yield from _lists(made, open_ones[made.length.ratings :])


def _rating(made: _Maker, item: Requirement, skill: Skill, asked: _When) -> Iterator[Question]:
    """How far the person got with a skill, and for a high answer where that was."""
    finding = made.found.skills.get(skill.id) if made.found is not None else None
    known = finding is not None and finding.proficiency > 0
    rules = made.knowledge.policy.quiz
    high = frozenset(str(level) for level in range(rules.example_from, len(skill.anchors)))
    yield Question(
        id=skill.id,
        kind="rating",
        subject=skill.id,
        section=item.category,
        main=asked.main,
        when=asked.when,
        prompt=item.name,
        short=item.name,
        help=skill.description,
        seconds=made.seconds("rating"),
        options=tuple(Option(str(level), anchor) for level, anchor in enumerate(skill.anchors)),
        quote=_held(finding.evidence) if finding is not None and known else "",
        suggested=str(finding.proficiency) if finding is not None and known else "",
    )
    yield Question(
        id=f"{skill.id}/{EXAMPLE}",
        kind="line",
        subject=skill.id,
        section=item.category,
        main=asked.main or skill.id,
        when=(*asked.when, Condition(skill.id, high)),
        prompt=made.texts.say("ask.example.prompt", name=item.name),
        short=made.texts.say("ask.short.example", name=item.name),
        help=made.texts.say("ask.example.help"),
        seconds=made.seconds("line"),
    )


def _checks(made: _Maker, asked: set[str]) -> dict[str, list[Question]]:
    """The checks of the form by their skill; who says that a skill is new to them is not examined in it."""
    found: dict[str, list[Question]] = {}
    entries = [entry for entry in made.knowledge.quiz.checks if entry.skill in asked]
    for entry in entries[: made.length.checks]:
        question = Question(
            id=entry.id,
            kind="check",
            subject=entry.skill,
            section="check",
            when=(Condition(entry.skill, frozenset("1234")),),
            prompt=entry.question,
            short=entry.question,
            help=made.texts.say("ask.check.help"),
            seconds=made.seconds("check"),
            options=tuple(Option(str(at), label) for at, label in enumerate(entry.options, 1)),
        )
        found.setdefault(entry.skill, []).append(question)
    return found


def _made_up(made: _Maker, entry: MadeUp) -> Question:
    levels = range(5)
    return Question(
        id=entry.id,
        kind="rating",
        subject=entry.id,
        section="technical",
        prompt=entry.name,
        short=entry.name,
        help=entry.question,
        seconds=made.seconds("rating"),
        options=tuple(Option(str(level), made.texts.say(f"ask.levels.{level}")) for level in levels),
    )


def _lists(made: _Maker, rest: list[tuple[Requirement, Skill]]) -> Iterator[Question]:
    """What weighs least, asked in lists of like length."""
    if not rest:
        return
    number = ceil(len(rest) / made.length.list_length)
    size = ceil(len(rest) / number)
    for at in range(number):
        yield Question(
            id=f"{LIST}/{at + 1}",
            kind="ticks",
            subject=LIST,
            section="list",
            prompt=made.texts.say("ask.list.prompt"),
            short=made.texts.say("ask.short.list"),
            help=made.texts.say("ask.list.help"),
            seconds=made.seconds("ticks"),
            options=tuple(Option(skill.id, item.name) for item, skill in rest[at * size : (at + 1) * size]),
        )


# --- credentials -----------------------------------------------------------------------------------


def _credentials(made: _Maker) -> Iterator[Question]:
    held = {item.id for item in made.found.credentials} if made.found is not None else set()
    for name in sorted(held & made.knowledge.credentials.keys()):
        yield from _credential(made, name, made.wrong(f"{name}/{STATUS}"), also=(NOTHING,))
    for item in made.role.requirements:
        if item.credentials is None or made.level not in item.levels:
            continue
        names = [name for name in _best_first(item.credentials) if name not in held]
        yield Question(
            id=item.id,
            kind="ticks",
            subject=item.id,
            section="credentials",
            prompt=made.texts.say("ask.credentials.prompt", name=item.name),
            short=item.name,
            help=made.texts.say("ask.credentials.help"),
            seconds=made.seconds("ticks"),
            options=tuple(Option(name, made.knowledge.credentials[name].name) for name in names),
        )
        for name in names:
            yield from _credential(made, name, _When((Condition(item.id, frozenset({name})),), item.id))


def _credential(made: _Maker, name: str, asked: _When, also: tuple[str, ...] = ()) -> Iterator[Question]:
    """The state of one credential, and the month in which it ends or ended."""
    title = made.knowledge.credentials[name].name
    question = f"{name}/{STATUS}"
    yield Question(
        id=question,
        kind="choice",
        subject=name,
        section="credentials",
        main=asked.main,
        when=asked.when,
        prompt=made.texts.say("ask.status.prompt", name=title),
        short=title,
        help=made.texts.say("ask.status.help"),
        seconds=made.seconds("choice"),
        options=tuple(Option(state, made.texts.say(f"ask.status.{state}")) for state in (*STATES, *also)),
    )
    yield Question(
        id=f"{name}/{ENDS}",
        kind="month",
        subject=name,
        section="credentials",
        main=asked.main,
        when=(*asked.when, Condition(question, frozenset({"held", "expired"}))),
        prompt=made.texts.say("ask.ends.prompt", name=title),
        short=made.texts.say("ask.short.ends", name=title),
        help=made.texts.say("ask.ends.help"),
        seconds=made.seconds("month"),
    )


def _best_first(shares: Mapping[str, float]) -> list[str]:
    return sorted(shares, key=lambda name: (-shares[name], name))


def _number(ask: Ask) -> int:
    return int(ask.required) if isinstance(ask.required, (int, float)) else 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
