"""The quiz without a screen: questions, moves, replies, the file of answers, and what a rating is worth."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import quizzes
from hypothesis import given, settings
from hypothesis import strategies as st

from pcc_assess.aim import make_aim, quiz_form
from pcc_assess.assess import assess_answers, assess_bytes
from pcc_assess.errors import InputError
from pcc_assess.knowledge import LEVELS
from pcc_assess.quiz import answers, replies
from pcc_assess.quiz.replies import Hint
from pcc_assess.quiz.result import Support, compare, is_straight, made_up_rated
from pcc_assess.quiz.session import SKIPPED, UNSURE, Answer, Session, begun
from pcc_assess.renderers.json_ import to_json

RESUME = b"""Ada Reyes
Experience
Medical Receptionist, Birch Clinic, January 2021 - December 2024
- Scheduled patient appointments for six providers
- Verified insurance and obtained prior authorizations
Skills
HIPAA, Microsoft Word and Excel
Certifications
CMAA, active
Education
High school diploma, 2018
"""


@pytest.fixture(scope="module")
def form(aim):
    return quiz_form(aim)


@pytest.fixture(scope="module")
def full(form):
    return quizzes.answered(begun(form))


# --- questions -------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_the_full_form_has_28_to_34_questions_for_about_12_minutes(aim, level):
    progress = begun(quiz_form(aim, level=level)).progress()
    assert 28 <= progress.total <= 34
    assert 8 <= progress.minutes <= 14


@pytest.mark.parametrize("level", LEVELS)
def test_the_short_form_has_12_questions_for_about_5_minutes(aim, level):
    progress = begun(quiz_form(aim, "short", level=level)).progress()
    assert progress.total == 12
    assert progress.minutes <= 6


def test_every_skill_that_the_role_asks_for_can_be_answered(aim, form):
    asked = {item.skill for item in aim.role.requirements if item.skill and aim.level in item.levels}
    listed = {option.value for item in form.questions if item.subject == "list" for option in item.options}
    rated = {item.subject for item in form.questions if item.kind == "rating"}
    assert asked <= listed | rated
    assert not listed & rated


def test_each_rating_shows_the_five_anchors_of_its_skill(aim, form):
    for item in form.questions:
        if item.kind == "rating" and item.subject in aim.knowledge.skills:
            assert tuple(option.label for option in item.options) == aim.knowledge.skills[item.subject].anchors


def test_an_answer_of_none_skips_the_details(form):
    session = Session(form, at="hipaa-privacy")
    no, high = session.answer(Answer(("0",))), session.answer(Answer(("4",)))
    details = {"hipaa-privacy/example", *(item.id for item in form.questions if item.kind == "check")}
    assert not details & {item.id for item in no.asked() if item.subject == "hipaa-privacy"}
    assert high.at == "hipaa-privacy/example"


def test_a_check_says_nothing_of_its_right_answer(aim, form):
    shown = json.dumps([[item.prompt, item.help, [option.value for option in item.options]] for item in form.questions])
    for check in aim.knowledge.quiz.checks:
        assert check.why not in shown
    values = [[option.value for option in item.options] for item in form.questions if item.kind == "check"]
    assert all(each == [str(place) for place in range(1, len(each) + 1)] for each in values)


# --- moves -----------------------------------------------------------------------------------------

MOVES = st.sampled_from(["answer", "back", "skip", "unsure", "change", "resume"])


@settings(max_examples=60, deadline=None)
@given(moves=st.lists(MOVES, max_size=60), pick=st.integers(0, 10_000))
def test_no_sequence_of_moves_leaves_the_form(form, moves, pick):
    session = begun(form)
    for step, move in enumerate(moves):
        session = _moved(session, move, pick + step)
        asked = [item.id for item in session.asked()]
        assert session.at == "" or session.at in asked
        assert session.given.keys() <= set(asked)
        assert (session.at == "") <= (not session.open)
        progress = session.progress()
        assert 1 <= progress.number <= progress.total
        again = answers.read(json.loads(to_json(answers.document(session, language="en"))), "x.json")
        fitted, rest = answers.fitted(again, form)
        assert not rest
        assert fitted.answers == session.answers


def _moved(session: Session, move: str, pick: int) -> Session:
    question = session.current
    if move == "back":
        return session.back()
    if move == "resume":
        return session.resumed()
    if move == "change":
        asked = session.asked()
        return session.change(asked[pick % len(asked)].id)
    if question is None:
        return session
    if move == "answer":
        values = [option.value for option in question.options]
        wanted = quizzes.plain(question)
        return session.answer(Answer((values[pick % len(values)],)) if question.kind in ("rating", "check") else wanted)
    return session.answer(SKIPPED if move == "skip" else UNSURE)


@settings(max_examples=40, deadline=None)
@given(steps=st.integers(0, 45), back=st.integers(1, 12))
def test_back_and_forward_again_changes_nothing(form, steps, back):
    session = begun(form)
    for _ in range(steps):
        if session.current is not None:
            session = session.answer(quizzes.plain(session.current))
    gone = session
    for _ in range(back):
        gone = gone.back()
    while gone.at != session.at:
        assert gone.current is not None
        gone = gone.answer(gone.answers[gone.at])
    assert gone.answers == session.answers
    assert list(gone.given) == list(session.given)


def test_changing_one_answer_leads_back_to_the_end_through_what_follows_from_it(full):
    changed = full.change("ehr-systems").answer(Answer(("4",)))
    assert changed.at == "ehr-systems/example"
    assert changed.answer(Answer(("At Birch Clinic",))).current is None


def test_answers_of_a_question_that_is_not_asked_any_more_do_not_count(full):
    assert full.answers["hipaa-privacy"].values == ("3",)
    changed = full.change("hipaa-privacy").answer(Answer(("0",)))
    assert "hipaa-privacy/example" in changed.answers
    assert "hipaa-privacy/example" not in changed.given


# --- replies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", ["9", "x", "-1", "1.5", "0x1", "\x1b[2J\x07", "١", "1 2", "10,000"])
def test_a_reply_that_is_no_answer_to_a_rating_gets_a_hint_of_one_line(aim, form, reply):
    found = replies.read(form.by_id["ehr-systems"], reply, aim.knowledge.texts)
    assert isinstance(found, Hint)
    assert "\n" not in found.text
    assert "0 to 4" in found.text


@pytest.mark.parametrize("kind", ["rating", "choice", "ticks", "number", "month", "line", "check"])
@pytest.mark.parametrize("reply", ["y" * 10_000, "\x00\x1b]0;x\x07", ""])
def test_garbage_never_becomes_an_answer_that_the_file_would_refuse(aim, form, kind, reply):
    question = next(item for item in form.questions if item.kind == kind)
    found = replies.read(question, reply, aim.knowledge.texts)
    assert isinstance(found, Hint) or found == Answer()


@settings(max_examples=200, deadline=None)
@given(reply=st.text(max_size=40), pick=st.integers(0, 1000))
def test_whatever_is_typed_is_a_command_a_hint_or_an_answer_that_fits(aim, form, reply, pick):
    question = form.questions[pick % len(form.questions)]
    found = replies.read(question, reply, aim.knowledge.texts)
    if isinstance(found, Answer):
        kept = answers.document(Session(form, {question.id: found}), language="en")
        _, rest = answers.fitted(answers.read(kept, "x"), form)
        assert not rest
    else:
        assert isinstance(found, Hint) or found in replies.COMMANDS


@pytest.mark.parametrize(
    "kind, reply, values",
    [
        ("rating", "3", ("3",)),
        ("rating", "I use it on my own", ("3",)),
        ("rating", "2.", ("2",)),
        ("choice", "4", ("associate",)),
        ("choice", "bachelor", ("bachelor",)),
        ("ticks", "0", ()),
        ("ticks", "2 and", None),
        ("number", "2,5", ("2.5",)),
        ("number", "6 months", ("0.5",)),
        ("number", "0", ("0",)),
        ("number", "61", None),
        ("month", "3/2027", ("2027-03",)),
        ("month", "2027-03", ("2027-03",)),
        ("month", "13/2027", None),
        ("line", "ok", None),
        ("line", "at Birch Clinic", ("at Birch Clinic",)),
    ],
)
def test_a_number_a_word_or_a_date_is_understood(aim, form, kind, reply, values):
    question = next(item for item in form.questions if item.kind == kind)
    found = replies.read(question, reply, aim.knowledge.texts)
    assert isinstance(found, Hint) if values is None else found == Answer(values)


def test_an_empty_reply_keeps_the_answer_that_was_given(aim, form):
    question = form.by_id["ehr-systems"]
    assert replies.read(question, "", aim.knowledge.texts, Answer(("2",))) == Answer(("2",))
    assert isinstance(replies.read(question, "", aim.knowledge.texts), Hint)


@pytest.mark.parametrize(
    "reply, meant",
    [("b", "back"), ("BACK", "back"), ("s", SKIPPED), ("don't know", UNSURE), ("?", "help"), ("q", "quit")],
)
def test_the_words_for_moves(aim, form, reply, meant):
    assert replies.read(form.by_id["ehr-systems"], reply, aim.knowledge.texts) == meant


# --- the file --------------------------------------------------------------------------------------


def _document(session: Session) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(answers.document(session, language="en")))
    return found


@pytest.mark.parametrize(
    "change, what",
    [
        ({"level": "boss"}, "level is not one of"),
        ({"form": "long"}, "form is not one of"),
        ({"role": 3}, "role is missing or not a text"),
        ({"role_version": True}, "role_version"),
        ({"answers": []}, "answers is not a mapping"),
        ({"answers": {"ehr-systems": 3}}, "answers.ehr-systems is neither"),
        ({"extra": 1}, "'extra' is no field"),
    ],
)
def test_a_file_of_answers_that_does_not_fit_is_refused_with_the_field(full, change, what):
    with pytest.raises(InputError) as caught:
        answers.read({**_document(full), **change}, "mine.json")
    assert what in caught.value.message
    assert caught.value.where == "mine.json"


def test_answers_that_fit_no_question_stay_in_the_file(full, form):
    content = _document(full)
    content["answers"].update({"old-skill": ["3"], "ehr-systems": ["7"]})
    session, rest = answers.fitted(answers.read(content, "x"), form)
    assert rest == {"old-skill": Answer(("3",)), "ehr-systems": Answer(("7",))}
    assert session.at == "ehr-systems"
    again = answers.document(session, language="en", kept=rest)
    assert again["kept"] == {"old-skill": ["3"], "ehr-systems": ["7"]}


def test_the_file_scored_is_the_quiz_scored(full, aim):
    content = to_json(answers.document(full, language="en", finished=True)).encode()
    assert to_json(assess_bytes(content, "me.json", aim)) == to_json(assess_answers(full, "me.json", aim))


def test_answers_for_another_level_are_scored_with_a_note(full, aim):
    senior = make_aim(aim.role.id, "senior", aim.as_of)
    found = assess_bytes(to_json(answers.document(full, language="en")).encode(), "me.json", senior)
    assert found.role.level == "senior"
    assert any("level coordinator" in note for note in found.input.notes)


# --- what a rating is worth ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rating, support, doubted, verdict, counts",
    [
        (2, Support(), False, "confirmed", 2),
        (4, Support(), False, "unproven", 2),
        (4, Support(example=True), False, "confirmed", 4),
        (4, Support(example=True), True, "unproven", 2),
        (3, Support(right=True), False, "confirmed", 3),
        (4, Support(right=True), False, "unproven", 3),
        (4, Support(right=False, wrong_leaves=2), False, "over-claimed", 2),
        (4, Support(right=False, wrong_leaves=2, example=True), False, "over-claimed", 2),
        (3, Support(shown=3, right=False, wrong_leaves=2), False, "confirmed", 3),
        (2, Support(shown=3), False, "under-sold", 3),
        (0, Support(shown=3), False, "under-sold", 0),
        (0, Support(), False, "confirmed", 0),
    ],
)
def test_the_verdict_weighs_rating_resume_example_and_check(aim, rating, support, doubted, verdict, counts):
    assert compare(rating, support, aim.knowledge.policy.quiz, doubted=doubted) == (verdict, counts)


@given(
    rating=st.integers(0, 4),
    shown=st.integers(0, 4),
    example=st.booleans(),
    right=st.sampled_from([None, True, False]),
    doubted=st.booleans(),
)
def test_more_behind_a_rating_never_lowers_what_counts(aim, rating, shown, example, right, doubted):
    rules = aim.knowledge.policy.quiz
    support = Support(shown=shown, example=example, right=right, wrong_leaves=2)
    counts = compare(rating, support, rules, doubted=doubted)[1]
    if rating:
        assert compare(rating, replace(support, shown=min(shown + 1, 4)), rules, doubted=doubted)[1] >= counts
    assert compare(rating, replace(support, example=True), rules, doubted=doubted)[1] >= counts
    assert compare(rating, replace(support, right=True), rules, doubted=doubted)[1] >= counts


def _rated(form, **values: str) -> Session:
    given = {name.replace("_", "-"): Answer((value,)) for name, value in values.items()}
    return Session(form, given)


def test_an_unproven_rating_counts_lower_and_stays_possible(aim, form):
    unproven = assess_answers(_rated(form, ehr_systems="4"), "x", aim)
    proven = _rated(form, ehr_systems="4")
    proven = Session(form, {**proven.answers, "ehr-systems/example": Answer(("I trained the clinic on Epic",))})
    result = next(item for item in unproven.requirements if item.id == "ehr-systems")
    assert result.confirm
    assert "rated yourself 4" in result.rule
    assert unproven.readiness.score < assess_answers(proven, "x", aim).readiness.score
    assert unproven.readiness.possible == assess_answers(proven, "x", aim).readiness.possible


def test_a_resume_that_shows_more_than_the_rating_counts_and_is_said(aim):
    found = assess_bytes(RESUME, "r.txt", aim)
    form = quiz_form(aim, found=found.profile)
    review = next(item for item in form.questions if item.kind == "review")
    assert "patient-scheduling" in {option.value for option in review.options}
    session = begun(form).answer(Answer(("patient-scheduling",)))
    assert session.at != review.id
    session = Session(form, {**session.answers, "patient-scheduling": Answer(("1",))})
    finding = assess_answers(session, "r.txt", aim, found).profile.skills["patient-scheduling"]
    assert (finding.verdict, finding.proficiency, finding.rating) == ("under-sold", 3, 1)
    denied = Session(form, {**session.answers, "patient-scheduling": Answer(("0",))})
    record = assess_answers(denied, "r.txt", aim, found)
    result = next(item for item in record.requirements if item.id == "patient-scheduling")
    assert (result.status, result.points) == ("not-assessed", 0)
    assert "your resume shows it" in result.rule


def test_what_a_resume_shows_is_put_with_its_quote_and_not_asked_again(aim):
    found = assess_bytes(RESUME, "r.txt", aim)
    form = quiz_form(aim, found=found.profile)
    options = [option for item in form.questions if item.kind == "review" for option in item.options]
    assert {"patient-scheduling", "education", "work", "cmaa/status"} <= {option.value for option in options}
    assert any("six providers" in option.quote for option in options)
    agreed = quizzes.answered(begun(form))
    asked = {item.id for item in agreed.asked()}
    assert not {"patient-scheduling", "education", "work", "cmaa/status"} & asked
    record = assess_answers(agreed, "r.txt", aim, found)
    assert record.profile.skills["patient-scheduling"].verdict == "confirmed"
    assert record.profile.education == found.profile.education
    assert [item.status for item in record.profile.credentials if item.id == "cmaa"] == ["held"]
    assert record.profile.experience == found.profile.experience


def test_a_wrong_reading_of_the_resume_is_taken_out(aim):
    found = assess_bytes(RESUME, "r.txt", aim)
    form = quiz_form(aim, found=found.profile)
    reviews = [item for item in form.questions if item.kind == "review"]
    wrong = {item.id: Answer(tuple(option.value for option in item.options)) for item in reviews}
    record = assess_answers(Session(form, {**wrong, "cmaa/status": Answer(("none",))}), "r.txt", aim, found)
    assert "patient-scheduling" not in record.profile.skills
    assert record.profile.credentials == ()
    assert record.profile.education.highest == "none"
    assert record.profile.experience.patient_years == 0


def test_credentials_are_asked_with_their_state_and_end(aim, form):
    given = {
        "certification": Answer(("cmaa", "chaa", "cehrs", "rma")),
        "cmaa/status": Answer(("held",)),
        "cmaa/ends": Answer(("2025-12",)),
        "chaa/status": Answer(("held",)),
        "chaa/ends": Answer(("2027-12",)),
        "cehrs/status": Answer(("planned",)),
    }
    profile = assess_answers(Session(form, given), "x", replace(aim, as_of=date(2026, 1, 1))).profile
    states = {item.id: item.status for item in profile.credentials}
    assert states == {"cmaa": "expired", "chaa": "held", "cehrs": "planned", "rma": "in-progress"}
    assert "cpc" in profile.without
    assert not states.keys() & set(profile.without)


def test_no_certificate_at_all_is_an_answer(aim, form):
    record = assess_answers(Session(form, {"certification": Answer()}), "x", aim)
    result = next(item for item in record.requirements if item.id == "certification")
    assert (result.status, result.credit) == ("missing", 0)
    silent = assess_answers(Session(form, {}), "x", aim)
    assert next(item for item in silent.requirements if item.id == "certification").status == "not-assessed"


def test_years_of_work_count_by_their_kind(aim, form):
    given = {
        "work": Answer(("patient-admin", "retail")),
        "work/patient-admin": Answer(("2",)),
        "work/retail": Answer(("4",)),
    }
    work = assess_answers(Session(form, given), "x", aim).profile.experience
    families = aim.knowledge.families
    assert (work.patient_years, work.service_years) == (2.0, 6.0)
    assert work.field_years == pytest.approx(2 * families["patient-admin"].relevance + 4 * families["retail"].relevance)


def test_skipping_leaves_the_range_open_and_takes_no_points(aim, form):
    nothing = assess_answers(Session(form, dict.fromkeys(form.by_id, SKIPPED)), "x", aim)
    assert nothing.readiness.score == 0
    assert nothing.readiness.possible == 100


def test_equal_ratings_are_noticed(aim, form):
    rules = aim.knowledge.policy.quiz
    ratings = [item.id for item in form.questions if item.kind == "rating"][:10]
    same = dict.fromkeys(ratings, Answer(("3",)))
    assert is_straight(form, same, rules)
    assert not is_straight(form, {**same, ratings[0]: Answer(("1",)), ratings[1]: Answer(("1",))}, rules)
    assert not is_straight(form, dict.fromkeys(ratings[:5], Answer(("3",))), rules)


def test_a_high_rating_of_what_does_not_exist_widens_the_range(aim, form):
    entry = aim.knowledge.quiz.made_up[0]
    rated = {"ehr-systems": Answer(("4",)), "ehr-systems/example": Answer(("At Birch Clinic",))}
    honest, claimed = ({**rated, entry.id: Answer((value,))} for value in "03")
    assert made_up_rated(form, claimed, aim.knowledge) == (entry.id,)
    before, after = (assess_answers(Session(form, given), "x", aim).readiness for given in (honest, claimed))
    assert after.score < before.score
    assert after.possible == before.possible
