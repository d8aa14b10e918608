"""The profile that the answers make, alone or together with what a resume shows.

A rating of oneself is believed as far as something stands behind it: the resume, an example of one's own, or the right
answer to a check question. What goes beyond that is neither cut away nor counted in silence: the lower value counts,
the higher one stays possible, and the verdict says which. (Ratings of oneself agree with performance at about r = .29,
and better where they are specific and known to be compared: Mabe and West 1982, 55 studies.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pcc_assess.knowledge import EDUCATION, Check, EducationLevel, JobFamily, Knowledge, QuizRules
from pcc_assess.model import (
    CredentialFinding,
    Education,
    Evidence,
    Experience,
    Job,
    Language,
    Profile,
    SelfRating,
    SkillFinding,
)
from pcc_assess.quiz import questions
from pcc_assess.quiz.questions import Form, Question
from pcc_assess.quiz.session import Answer

SECTION = "quiz"


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind a rating: the proficiency that a resume shows (0: none), an example in the person's own words,
    and the outcome of a check question (None: not asked, or not answered) with the rating that a wrong one leaves."""

    shown: int = 0
    example: bool = False
    right: bool | None = None
    wrong_leaves: int = 0


def compare(rating: int, support: Support, rules: QuizRules, *, doubted: bool) -> tuple[SelfRating, int]:
    """The verdict on a rating, and the proficiency that counts.

    Args:
        doubted: something that does not exist was rated too, so that an example alone proves less.
    """
    if rating < support.shown:
        # who says no to a line of the resume may be right: the lower value counts, and the question stays open
        return "under-sold", support.shown if rating else 0
    if support.right is False and rating > max(support.shown, support.wrong_leaves):
        return "over-claimed", max(support.shown, support.wrong_leaves)
    backed = max(support.shown, rules.unproven_level)
    if support.right:
        backed = max(backed, rules.example_from)
    if support.example and not doubted:
        backed = rating
    return ("confirmed", rating) if rating <= backed else ("unproven", backed)


@dataclass(frozen=True, slots=True)
class _Given:
    """The answers that count, and what else is needed to understand them."""

    form: Form
    answers: Mapping[str, Answer]
    knowledge: Knowledge
    found: Profile
    newest: int

    def values(self, question: str) -> tuple[str, ...] | None:
        """What was answered; None where nothing was."""
        answer = self.answers.get(question)
        return answer.values if answer is not None and answer.state == "given" else None

    def one(self, question: str) -> str | None:
        values = self.values(question)
        return values[0] if values else None

    def reviewed(self, subject: str) -> bool | None:
        """Whether the person let stand what a resume shows; None where that was not asked or not answered."""
        for question in self.form.questions:
            if question.kind == "review" and any(option.value == subject for option in question.options):
                wrong = self.values(question.id)
                return None if wrong is None else subject not in wrong
        return None


def profile_of(
    form: Form, answers: Mapping[str, Answer], knowledge: Knowledge, *, newest: int, found: Profile | None = None
) -> Profile:
    """The profile that answers make.

    Args:
        answers: those to the questions that are asked (``Session.given``).
        newest: the month of the as-of date, counted from year 0.
        found: the profile of a resume, where one was read first.
    """
    given = _Given(form, answers, knowledge, found or Profile(), newest)
    skills = _skills(given)
    return replace(
        given.found,
        skills=skills,
        credentials=tuple(_credentials(given)),
        without=tuple(_without(given)),
        education=_education(given),
        experience=_experience(given),
        languages=tuple(_languages(given, skills)),
    )


def made_up_rated(form: Form, answers: Mapping[str, Answer], knowledge: Knowledge) -> tuple[str, ...]:
    """The ids of what does not exist and was rated all the same, from the policy's rating upward."""
    least = knowledge.policy.quiz.made_up_from
    rated = ((entry.id, answers.get(entry.id)) for entry in knowledge.quiz.made_up if entry.id in form.by_id)
    return tuple(
        name for name, answer in rated if answer is not None and answer.values and int(answer.values[0]) >= least
    )


def is_straight(form: Form, answers: Mapping[str, Answer], rules: QuizRules) -> bool:
    """Whether nearly all ratings are the same."""
    ratings = [
        answer.values[0]
        for name, answer in answers.items()
        if answer.values and (question := form.by_id.get(name)) is not None and question.kind == "rating"
    ]
    most = max((ratings.count(value) for value in set(ratings)), default=0)
    return len(ratings) >= rules.straight_least and most >= rules.straight_share * len(ratings)


# --- skills ----------------------------------------------------------------------------------------


def _skills(given: _Given) -> dict[str, SkillFinding]:
    skills = dict(given.found.skills)
    doubted = bool(made_up_rated(given.form, given.answers, given.knowledge))
    for question in given.form.questions:
        if question.kind == "review":
            skills = _confirmed(given, question, skills)
        elif question.kind == "rating" and question.subject in given.knowledge.skills:
            rating = given.one(question.id)
            if rating is not None:
                skills[question.subject] = _rated(given, question, int(rating), doubted=doubted)
        elif question.kind == "ticks" and question.subject == questions.LIST:
            skills.update(_ticked(given, question))
    return skills


def _confirmed(given: _Given, question: Question, skills: dict[str, SkillFinding]) -> dict[str, SkillFinding]:
    """What a resume shows: let stand, or taken out where the person says that it is wrong."""
    kept = dict(skills)
    for option in question.options:
        stands = given.reviewed(option.value)
        if option.value in kept and stands:
            kept[option.value] = replace(kept[option.value], verdict="confirmed")
        elif option.value in kept and stands is False:
            del kept[option.value]
    return kept


def _rated(given: _Given, question: Question, rating: int, *, doubted: bool) -> SkillFinding:
    skill, found = question.subject, given.found.skills.get(question.subject)
    example = given.one(f"{skill}/{questions.EXAMPLE}")
    check, right = _check(given, skill)
    support = Support(
        shown=found.proficiency if found is not None else 0,
        example=example is not None,
        right=right,
        wrong_leaves=check.level if check is not None else 0,
    )
    verdict, counts = compare(rating, support, given.knowledge.policy.quiz, doubted=doubted)
    said = _evidence(example or question.options[rating].label, question.id, denied=rating == 0)
    if found is not None and verdict == "under-sold" and counts:
        return replace(found, rating=rating, verdict=verdict, evidence=(*found.evidence, said))
    rung = "example" if example is not None else "answer"
    return SkillFinding(
        proficiency=counts,
        source="quiz",
        rung=rung if verdict == "confirmed" else verdict,
        shown=example is not None,
        evidence=(said, *(found.evidence if found is not None and counts else ())),
        years=found.years if found is not None else None,
        last_used=found.last_used if found is not None else None,
        rating=rating,
        verdict=verdict,
    )


def _check(given: _Given, skill: str) -> tuple[Check | None, bool | None]:
    """The check of a skill and its outcome; "I do not know" is neither right nor wrong."""
    for check in given.knowledge.quiz.checks:
        if check.skill == skill and (chosen := given.one(check.id)) is not None:
            return check, int(chosen) == check.right
    return None, None


def _ticked(given: _Given, question: Question) -> Iterator[tuple[str, SkillFinding]]:
    """A tick in a list is a claim; what a resume shows is never less for it."""
    chosen = given.values(question.id)
    if chosen is None:
        return
    for option in question.options:
        found = given.found.skills.get(option.value)
        level = given.knowledge.policy.quiz.listed_level if option.value in chosen else 0
        if found is None or level > found.proficiency:
            said = _evidence(option.label, question.id, denied=not level)
            yield (
                option.value,
                SkillFinding(
                    proficiency=level,
                    source="quiz",
                    rung="ticked",
                    shown=False,
                    evidence=(said, *(found.evidence if found is not None else ())),
                    rating=level,
                    verdict="confirmed",
                ),
            )


def _evidence(quote: str, question: str, *, denied: bool = False) -> Evidence:
    """An answer as evidence; it stands in no document."""
    return Evidence(
        quote=quote,
        start=0,
        end=0,
        page=None,
        section=SECTION,
        status="denied" if denied else "held",
        method="answer",
        similarity=100.0,
        surface_form=question,
    )


# --- credentials -----------------------------------------------------------------------------------


def _credentials(given: _Given) -> Iterator[CredentialFinding]:
    found = {item.id: item for item in given.found.credentials}
    for name in given.knowledge.credentials:
        ticked = any(name in (given.values(question) or ()) for question in _credential_lists(given))
        status = given.one(f"{name}/{questions.STATUS}")
        stands = given.reviewed(f"{name}/{questions.STATUS}")
        if status is not None and status != questions.NOTHING:
            yield _credential(given, name, status)
        elif ticked:  # held or under way, and not said which: it is shown, and earns nothing yet
            yield _credential(given, name, "in-progress")
        elif name in found and status is None and stands is not False:
            yield found[name]


def _credential_lists(given: _Given) -> list[str]:
    return [item.id for item in given.form.questions if item.kind == "ticks" and item.section == "credentials"]


def _credential(given: _Given, name: str, status: str) -> CredentialFinding:
    ends = given.one(f"{name}/{questions.ENDS}")
    title = given.knowledge.credentials[name].name
    now = next(state for state in questions.STATES if state == status)
    if now == "held" and ends is not None and _month(ends) < given.newest:
        now = "expired"
    said = replace(_evidence(title, f"{name}/{questions.STATUS}"), status=now)
    return CredentialFinding(id=name, name=title, status=now, evidence=(said,), expires=ends)


def _month(text: str) -> int:
    year, _, month = text.partition("-")
    return 12 * int(year) + int(month) - 1


def _without(given: _Given) -> Iterator[str]:
    """The credentials that were shown to the person and not chosen."""
    held = {item.id for item in _credentials(given)}
    for name in _credential_lists(given):
        if given.values(name) is not None:
            yield from (option.value for option in given.form.by_id[name].options if option.value not in held)


# --- school, work, languages -----------------------------------------------------------------------


def _education(given: _Given) -> Education:
    highest = _level(given.one(questions.SCHOOL))
    if highest is None:
        return Education() if given.reviewed(questions.SCHOOL) is False else given.found.education
    now = _level(given.one(questions.STUDYING))
    label = next(item.label for item in given.form.by_id[questions.SCHOOL].options if item.value == highest)
    return Education(
        highest=highest,
        in_progress=now if now != questions.NOTHING else None,
        evidence=(_evidence(label, questions.SCHOOL, denied=highest == questions.NOTHING),),
    )


def _level(value: str | None) -> EducationLevel | None:
    return next((level for level in EDUCATION if level == value), None)


def _experience(given: _Given) -> Experience:
    chosen = given.values(questions.WORK)
    if chosen is None:
        return Experience() if given.reviewed(questions.WORK) is False else given.found.experience
    families = [given.knowledge.families[name] for name in chosen]
    years = {family.id: float(given.one(f"{questions.WORK}/{family.id}") or 0) for family in families}

    def total(share: Mapping[str, float]) -> float:
        return round(sum(years[name] * share[name] for name in years), 2)

    return Experience(
        patient_years=total({family.id: float(family.patient) for family in families}),
        service_years=total({family.id: float(family.service) for family in families}),
        field_years=total({family.id: family.relevance for family in families}),
        claimed_years=0.0 if not any(years.values()) else None,
        jobs=tuple(_job(family, years[family.id]) for family in families),
    )


def _job(family: JobFamily, years: float) -> Job:
    months = round(12 * years) if years else None
    return Job(title=family.name, start=None, end=None, months=months, relevance=family.relevance, family=family.id)


def _languages(given: _Given, skills: Mapping[str, SkillFinding]) -> Iterator[Language]:
    chosen = given.values(questions.SPEAKS)
    if chosen is None:
        yield from given.found.languages
        return
    for name in dict.fromkeys((*chosen, *(item.id for item in given.found.languages))):
        own = skills[name].proficiency if name in skills else None
        yield Language(id=name, proficiency=own)
