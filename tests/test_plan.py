"""The plan: what is chosen, in which order, with which dates and sums."""

from datetime import date
from functools import partial

import pytest

from pcc_assess.assess import assess_bytes
from pcc_assess.errors import UsageError
from pcc_assess.knowledge import LEVELS
from pcc_assess.plan import make_plan
from pcc_assess.plan.place import STAGES
from pcc_assess.score import points

START = date(2026, 11, 2)
RESUMES = {
    "cook": "Experience\nLine Cook, Diner, Jan 2019 - Dec 2021\n\u2022 Cooked in a fast-paced kitchen\nSchool\nGED\n",
    "clerk": (
        "Experience\nMedical Receptionist, Lake Clinic, Jan 2015 - Present\n\u2022 Scheduled patients\n"
        "\u2022 Verified insurance\n\u2022 Answered multi-line phones\nSkills\nEHR, HIPAA, Excel, medical terminology\n"
        "Education\nHigh school diploma\n"
    ),
    "lapsed": "Certifications\nCMAA, expired 2020\nEducation\nAssociate degree, 2012\nSkills\nteam player\n",
}


@pytest.fixture(scope="module")
def planned(aim):
    def made(text, hours=6.0):
        assessment = assess_bytes(text.encode(), "x.txt", aim)
        points_of = partial(points, role=aim.role, level=aim.level, knowledge=aim.knowledge)
        return assessment, make_plan(assessment, aim.knowledge, start=START, hours_per_week=hours, points_of=points_of)

    return made


def actions(plan):
    return [action for step in plan.steps for action in step.actions]


@pytest.mark.parametrize("text", RESUMES.values(), ids=RESUMES)
def test_six_stages_in_order_and_never_empty(planned, text):
    _, plan = planned(text)
    assert [step.stage for step in plan.steps] == list(STAGES)
    assert [step.n for step in plan.steps] == [1, 2, 3, 4, 5, 6]
    assert all(step.actions for step in plan.steps)


@pytest.mark.parametrize("text", RESUMES.values(), ids=RESUMES)
def test_points_add_up(planned, text):
    assessment, plan = planned(text)
    gained = sum(round(action.points * 100) for action in actions(plan))
    assert round(plan.totals.points * 100) == gained
    assert round(plan.totals.score_after * 100) == round(assessment.readiness.score * 100) + gained
    assert plan.totals.score_after <= 100


@pytest.mark.parametrize("text", RESUMES.values(), ids=RESUMES)
def test_what_is_needed_comes_first(planned, text):
    _, plan = planned(text)
    ends: dict[str, str] = {}
    for action in actions(plan):
        for name in action.prerequisites:
            if name in {other.id for other in actions(plan)}:
                assert ends[name] <= action.start
        assert START.isoformat() <= action.start <= action.end
        ends[action.id] = action.end


@pytest.mark.parametrize("text", RESUMES.values(), ids=RESUMES)
def test_free_comes_first_unless_something_needs_more(planned, aim, text):
    _, plan = planned(text)
    for step in plan.steps:
        paid = [aim.knowledge.actions[action.id].free is False for action in step.actions]
        free_behind = [n for n in range(1, len(paid)) if paid[n - 1] and not paid[n]]
        for n in free_behind:
            assert step.actions[n].prerequisites


def test_what_a_person_has_is_not_planned(planned):
    assessment, plan = planned(RESUMES["clerk"] + "Certifications\nCMAA\nBLS\n")
    held = {item.id for item in assessment.profile.credentials if item.status == "held"}
    assert held == {"cmaa", "bls-cpr"}
    assert not {"cert-cmaa", "cert-bls"} & {action.id for action in actions(plan)}


def test_a_lapsed_certificate_is_renewed_and_not_earned_again(planned):
    _, plan = planned(RESUMES["lapsed"])
    chosen = {action.id for action in actions(plan)}
    assert "renew-cmaa" in chosen
    assert "cert-cmaa" not in chosen


def test_open_questions_come_first_and_gain_nothing_yet(planned):
    assessment, plan = planned(RESUMES["cook"])
    first = plan.steps[0].actions[0]
    waiting = [item.id for item in assessment.requirements if item.status == "not-assessed" or item.confirm]
    assert list(first.closes) == waiting
    assert first.points == 0


def test_more_hours_a_week_end_sooner_and_change_nothing_else(planned):
    _, slow = planned(RESUMES["cook"], 3)
    _, fast = planned(RESUMES["cook"], 20)
    assert [action.id for action in actions(slow)] == [action.id for action in actions(fast)]
    assert fast.totals.weeks < slow.totals.weeks
    assert fast.totals.hours == slow.totals.hours


def test_money_is_summed_and_the_unknown_is_counted(planned):
    _, plan = planned(RESUMES["cook"])
    costs = [action.cost_usd for action in actions(plan)]
    assert plan.totals.cost_unknown == costs.count(None)
    assert plan.totals.cost_high == sum(cost.high for cost in costs if cost)
    for action in actions(plan):
        if action.cost_usd is None:
            assert action.id


@pytest.mark.parametrize("hours", [0, -1, 81])
def test_impossible_hours_are_refused(planned, hours):
    with pytest.raises(UsageError, match="hours"):
        planned(RESUMES["cook"], hours)


def test_the_same_input_gives_the_same_plan(planned):
    assert planned(RESUMES["clerk"])[1] == planned(RESUMES["clerk"])[1]


@pytest.mark.parametrize("level", LEVELS)
def test_every_gap_of_every_level_has_a_step_or_a_reason(aim, level):
    from pcc_assess.assess import DEFAULT_ROLE, make_aim

    goal = make_aim(DEFAULT_ROLE, level, aim.as_of)
    assessment = assess_bytes(RESUMES["cook"].encode(), "x.txt", goal)
    points_of = partial(points, role=goal.role, level=level, knowledge=goal.knowledge)
    plan = make_plan(assessment, goal.knowledge, start=START, hours_per_week=6, points_of=points_of)
    assert plan.totals.score_after > assessment.readiness.score
    assert all(item.reason for item in plan.unreachable)
