"""Advice beside a plan: what is chosen for whom, that every quote is the person's own, and that nothing is made up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
import textstat
from factories import assessed, profiles
from hypothesis import given, settings
from hypothesis import strategies as st

from pcc_assess import assess, catalog
from pcc_assess.advice import make_advice
from pcc_assess.aim import DEFAULT_ROLE, make_aim
from pcc_assess.assess import assess_bytes, plan_of
from pcc_assess.knowledge import LEVELS
from pcc_assess.plan import parameters_of

DAY = date(2026, 11, 23)
HOTEL = """\
Rosa Example
Elm Street 1, Anytown
EXPERIENCE
Front Desk Agent, Gull Inn
June 2022 - Present
- Check in guests and confirm their details
- Calm upset guests and settle complaints on the spot
- Answer about 60 calls a shift on a six-line phone system
SKILLS
Active listening, Microsoft Excel, attention to detail
EDUCATION
High School Diploma
"""


def advice_for(text, aim, hours=6.0):
    record = assess_bytes(text.encode(), "resume.txt", aim)
    plan = plan_of(record, aim, parameters_of(aim.knowledge.policy, aim.as_of, hours_per_week=hours))
    return record, plan, plan.advice


@pytest.fixture(scope="module")
def hotel(aim):
    return advice_for(HOTEL, aim)


def quotes(advice):
    found = [*advice.resume, *advice.stories, *advice.standing.strengths]
    return [item.quote for item in found if item.quote is not None]


# --- the person's own words ------------------------------------------------------------------------------------------


def test_every_quote_stands_in_the_resume(hotel):
    _, _, advice = hotel
    assert quotes(advice)
    for quote in quotes(advice):
        assert HOTEL[quote.start : quote.end] == quote.quote
    said = [part.text for practice in advice.interview for part in practice.parts if part.text]
    assert said
    assert [text for text in said if text not in HOTEL] == []


def test_a_line_is_built_on_the_persons_own_and_adds_brackets_only(hotel):
    _, _, advice = hotel
    for tip in advice.resume:
        if tip.kind == "number":
            rest = tip.line.removeprefix(" ".join(tip.quote.quote.split()))
            assert re.fullmatch(r", \[[^\[\]]+\]", rest), tip.line


@settings(max_examples=60)
@given(st.data())
def test_whatever_a_profile_holds_nothing_is_made_up(knowledge, hotel, data):
    """Every number in a line comes from the quote or stands in brackets; the same for every line of an answer."""
    profile = data.draw(profiles(knowledge))
    level = data.draw(st.sampled_from(LEVELS))
    role = knowledge.roles[DEFAULT_ROLE]
    record = assessed(profile, role, level, knowledge)
    _, plan, _ = hotel  # only the first week looks at it
    advice = make_advice(record, plan, knowledge)
    own = {item.quote for found in profile.skills.values() for item in found.evidence}
    own |= {item.quote for found in profile.transfers for item in found.evidence}
    for tip in advice.resume:
        assert tip.quote is None or tip.quote.quote in own
        outside = re.sub(r"\[[^\[\]]*\]", "", tip.line.replace(tip.quote.quote if tip.quote else "", ""))
        assert not re.search(r"\d", outside.replace("ICD-10", "")), tip.line
    for practice in advice.interview:
        assert [part.part for part in practice.parts] == ["situation", "task", "action", "result"]
    assert make_advice(record, plan, knowledge) == advice


# --- the resume ------------------------------------------------------------------------------------------------------


def test_a_duty_without_a_number_is_asked_for_one_and_one_with_a_number_is_left_alone(hotel):
    _, _, advice = hotel
    numbers = {tip.quote.quote for tip in advice.resume if tip.kind == "number"}
    assert "Calm upset guests and settle complaints on the spot" in numbers
    assert not any("60 calls" in line for line in numbers)


def test_a_skill_that_only_a_list_names_is_to_be_shown(hotel):
    _, _, advice = hotel
    listed = {tip.requirement: tip for tip in advice.resume if tip.kind == "listed"}
    assert {"active-listening", "attention-to-detail", "microsoft-office"} >= listed.keys() > set()
    for tip in listed.values():
        assert "[" in tip.line


def test_a_list_is_no_fault_where_a_line_of_a_job_says_enough(aim):
    """Named in a list, and in a job beside a number: nothing is missing."""
    text = HOTEL.replace("- Calm upset", "- Track 40 arrivals a day in Microsoft Excel\n- Calm upset")
    _, _, advice = advice_for(text, aim)
    assert "microsoft-office" not in {tip.requirement for tip in advice.resume}


def test_a_job_without_dates_is_asked_for_them(aim):
    text = HOTEL.replace("June 2022 - Present\n", "")
    _, _, advice = advice_for(text, aim)
    assert "dates" in {tip.kind for tip in advice.resume}


def test_no_line_is_used_twice_and_no_heading_is_taken_for_a_line(hotel):
    _, _, advice = hotel
    used = [tip.quote.quote for tip in advice.resume if tip.quote]
    assert len(used) == len(set(used))
    assert not any("Gull Inn" in line for line in used)


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        ("Answered 60 calls a day", True),
        ("Trained three new agents", True),
        ("Cut denials by 22%", True),
        ("Worked there since 2019", False),
        ("Answered the phone", False),
    ],
)
def test_a_number_is_one_in_figures_or_words_and_no_year(hotel, knowledge, line, counted):
    from pcc_assess.advice.own_words import OwnWords

    record, _, advice = hotel
    assert OwnWords(record, knowledge).has_number(replace(quotes(advice)[0], quote=line)) is counted


def test_the_quiz_may_be_all_there_is(knowledge, aim):
    """A rating with an example is the person's own line; a rating alone is never quoted."""
    skill = "phone-communication"
    from factories import evidence

    from pcc_assess.model import Profile, SkillFinding

    def told(rung, quote):
        said = replace(evidence(), quote=quote, method="answer", section="", start=0, end=0)
        found = SkillFinding(proficiency=3, source="quiz", rung=rung, shown=True, evidence=(said,), rating=3)
        record = assessed(Profile(skills={skill: found}), aim.role, aim.level, knowledge)
        return plan_of(record, aim, parameters_of(knowledge.policy, DAY)).advice

    with_example = told("example", "I ran the front desk line of a clinic for two years")
    assert [tip.quote.quote for tip in with_example.resume] == ["I ran the front desk line of a clinic for two years"]
    alone = told("answer", knowledge.skills[skill].anchors[3])
    assert [(tip.kind, tip.quote) for tip in alone.resume] == [("unwritten", None)]
    assert not any(part.text for practice in alone.interview for part in practice.parts)


# --- other work and interviews ---------------------------------------------------------------------------------------


def test_other_work_is_told_with_what_it_helps_and_a_line_of_that_job(hotel):
    record, _, advice = hotel
    (story,) = [item for item in advice.stories if item.source == "hotel-front-desk"]
    transferred = {item.skill for item in record.profile.transfers if item.source == "job:hotel-front-desk"}
    assert set(story.helps) <= transferred
    assert story.quote.quote in HOTEL
    assert "Front Desk Agent" in story.job
    assert "[" in story.frame


def test_a_year_in_the_field_is_no_other_work(aim):
    text = HOTEL.replace("Front Desk Agent, Gull Inn", "Medical Receptionist, Elm Clinic")
    _, _, advice = advice_for(text, aim)
    assert "patient-admin" not in {story.source for story in advice.stories}


def test_the_four_themes_are_practiced_and_two_more(hotel):
    _, _, advice = hotel
    themes = {practice.id for practice in advice.interview}
    assert {"difficult-patient", "complex-schedule", "confidentiality", "priorities", "advocacy", "teamwork"} == themes


def test_an_answer_begins_with_a_line_where_there_is_one_and_stays_empty_where_not(hotel):
    _, _, advice = hotel
    difficult = next(practice for practice in advice.interview if practice.id == "difficult-patient")
    parts = {part.part: part.text for part in difficult.parts}
    assert parts["action"] == "Calm upset guests and settle complaints on the spot"
    assert parts["situation"].startswith("Front Desk Agent")
    assert parts["task"] == ""


def test_the_largest_gaps_are_practiced_first(hotel):
    record, _, advice = hotel
    left = {item.id: item.points_open for item in record.requirements}
    gaps = [sum(left[name] for name in practice.closes) for practice in advice.interview]
    assert gaps == sorted(gaps, reverse=True)


def test_leading_is_asked_from_the_level_that_leads():
    aim = make_aim(DEFAULT_ROLE, "lead", DAY)
    _, _, advice = advice_for(HOTEL, aim)
    assert {"leading", "improving"} <= {practice.id for practice in advice.interview}


# --- the first week --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [0.5, 1, 3, 6, 20, 60])
def test_the_first_week_keeps_to_the_hours_and_has_a_day_of_rest(aim, hours):
    _, plan, advice = advice_for(HOTEL, aim, hours)
    assert [day.n for day in advice.days] == [1, 2, 3, 4, 5, 6, 7]
    assert advice.days[0].date == plan.parameters.start
    assert sum(day.minutes for day in advice.days) <= hours * 60
    assert max(day.minutes for day in advice.days) <= min(60, max(1, hours * 60 / 7))
    assert [day.n for day in advice.days if not day.minutes] == [4]


def test_what_the_first_week_begins_stands_in_the_plan_and_is_free(hotel):
    _, plan, advice = hotel
    actions = {action.id: action for step in plan.steps for action in step.actions}
    begun = [day.action for day in advice.days if day.action]
    assert begun
    assert all(actions[name].free for name in begun)


def test_who_has_no_strength_is_not_told_of_any(aim):
    _, _, advice = advice_for("Rosa Example\nI would like to work with people in a clinic.\n", aim)
    assert advice.standing.strengths == ()
    assert advice.days[0].id == "read-first-lines"
    assert all("{" not in day.title + day.how for day in advice.days)


# --- the files -------------------------------------------------------------------------------------------------------


def test_brackets_of_a_translation_are_as_many_as_in_english():
    english, spanish = (catalog.load(language=name).advice for name in ("en", "es"))
    for part in ("lines", "stories"):
        for name, entry in getattr(english, part).items():
            other = getattr(spanish, part)[name]
            assert entry.frame.count("[") == other.frame.count("["), name


def test_a_line_for_the_resume_stays_english(knowledge):
    """The resume is read in English: outside the brackets a translation changes no word."""
    spanish = catalog.load(language="es")
    for name, entry in knowledge.advice.lines.items():
        strip = [re.sub(r"\[[^\]]*\]", "[]", found.advice.lines[name].frame) for found in (knowledge, spanish)]
        assert strip[0] == strip[1], entry


NAMES = re.compile(r"National Healthcare(?:er)? Association|CMAA")


def spoken(knowledge):
    """Every text of the advice by its place; names of bodies and certificates are what they are."""
    book = knowledge.advice
    for key, message in knowledge.texts.messages.items():
        if key.startswith(("advice.", "outline.")):
            yield key, re.sub(r"\{[^}]*\}", "Epic", message)
    for story in book.stories.values():
        yield story.id, f"{story.bridge} {story.frame}"
    for day in book.days.values():
        yield day.id, f"{day.title}. {day.how}"
    for item in book.interview.values():
        yield item.id, f"{item.question} {item.why} {item.situation} {item.task} {item.action} {item.result}"
    for item in book.questions.values():
        yield item.id, f"{item.question} {item.why} {item.good} {item.worrying}"
    for item in book.organizations.values():
        yield item.id, f"{item.offers} {item.check}"


@pytest.mark.parametrize("language", ["en", "es"])
def test_advice_is_plain(language):
    """A reading grade of 8 or less, and in Spanish an ease of 60 or more, as in the quiz."""
    texts = dict(spoken(catalog.load(language=language)))
    plain = {place: NAMES.sub("it", re.sub(r"[\[\]{}]", "", text)) for place, text in texts.items()}
    long = {place: text for place, text in plain.items() if len(text.split()) >= 5}
    assert len(long) > 60
    textstat.set_lang(language)
    try:
        if language == "en":
            hard = [place for place, text in long.items() if textstat.flesch_kincaid_grade(text) > 8]
        else:
            hard = [place for place, text in long.items() if textstat.fernandez_huerta(text) < 60]
    finally:
        textstat.set_lang("en")
    assert hard == []


def test_the_certifying_body_bears_its_own_name(knowledge):
    nha = knowledge.advice.organizations["nha"]
    assert nha.name.startswith("National Healthcareer Association")
    assert "National Healthcare Association" in nha.check


def test_advice_is_part_of_the_plan_document(aim):
    import json

    from pcc_assess.renderers.json_ import to_json

    record = assess.assess_bytes(HOTEL.encode(), "x.txt", aim)
    plan = plan_of(record, aim, parameters_of(aim.knowledge.policy, aim.as_of))
    document = json.loads(to_json(plan))
    assert set(document["advice"]) == {
        *("standing", "days", "resume", "stories", "interview", "questions", "organizations")
    }
