"""The plan: what is chosen, in which order, with which dates and sums."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import factories
import pytest
from factories import credential, schooled, skill, worked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pcc_assess.assess import assess_bytes
from pcc_assess.errors import UsageError
from pcc_assess.knowledge import LEVELS
from pcc_assess.model import Profile
from pcc_assess.plan.candidates import STAGES
from pcc_assess.plan.effects import after

START = date(2026, 11, 2)
ENTRY = Path(__file__).parent.parent / "data" / "samples" / "entry-level.txt"
RESUMES = {
    "cook": "Experience\nLine Cook, Diner, Jan 2019 - Dec 2021\n• Cooked in a fast-paced kitchen\nEducation\nGED\n",
    "clerk": (
        "Experience\nMedical Receptionist, Lake Clinic, Jan 2015 - Present\n• Scheduled patients\n"
        "• Verified insurance\n• Answered multi-line phones\nSkills\nEHR, HIPAA, Excel, medical terminology\n"
        "Education\nHigh school diploma\n"
    ),
    "lapsed": "Certifications\nCMAA, expired 2020\nEducation\nAssociate degree, 2012\nSkills\nteam player\n",
}


@pytest.fixture(scope="module")
def role(knowledge):
    return knowledge.roles["patient-care-coordinator"]


@pytest.fixture(scope="module")
def plan_of(role, knowledge):
    def made(profile, level="coordinator", hours=6.0, known=knowledge, **wishes):
        assessment = factories.assessed(profile, role, level, known)
        return assessment, factories.planned(assessment, role, known, START, hours_per_week=hours, **wishes)

    return made


@pytest.fixture(scope="module")
def planned(aim, plan_of):
    """A plan for the text of a resume."""
    return lambda text, hours=6.0, **wishes: plan_of(
        assess_bytes(text.encode(), "x.txt", aim).profile, hours=hours, **wishes
    )


def actions(plan):
    return [action for step in plan.steps for action in step.actions]


def ids(plan):
    return [action.id for action in actions(plan)]


def everything(knowledge, level=4):
    return Profile(
        skills={name: skill(level) for name in knowledge.skills},
        credentials=(credential("cmaa"), credential("bls-cpr")),
        education=schooled("bachelor"),
        experience=worked(12),
    )


# --- properties of any plan ----------------------------------------------------------------------------------------

any_plan = settings(max_examples=7, suppress_health_check=[HealthCheck.too_slow])
levels = st.sampled_from(LEVELS)
paces = st.sampled_from([1.0, 4.0, 6.0, 15.0, 40.0])


@any_plan
@given(data=st.data(), level=levels, hours=paces)
def test_six_stages_in_order_and_never_empty(knowledge, plan_of, data, level, hours):
    _, plan = plan_of(data.draw(factories.profiles(knowledge)), level, hours)
    assert [step.stage for step in plan.steps] == list(STAGES)
    assert [step.n for step in plan.steps] == [1, 2, 3, 4, 5, 6]
    assert [step.title for step in plan.steps] == [knowledge.policy.stages[stage] for stage in STAGES]
    assert all(step.actions for step in plan.steps)
    assert len(set(ids(plan))) == len(ids(plan))


@any_plan
@given(data=st.data(), level=levels, hours=paces)
def test_each_action_gains_what_it_adds_to_those_before_it(knowledge, role, plan_of, data, level, hours):
    assessment, plan = plan_of(data.draw(factories.profiles(knowledge)), level, hours)
    points_of = factories.pointer(role, level, knowledge)
    profile = assessment.profile
    for action in actions(plan):
        before = points_of(profile)
        profile = after(profile, knowledge.actions[action.id], knowledge)
        now = points_of(profile)
        assert round(action.points * 100) == sum(now.values()) - sum(before.values()) >= 0
        if action.points:
            assert set(action.closes) == {name for name in now if now[name] > before[name]}
    gained = sum(round(action.points * 100) for action in actions(plan))
    assert round(plan.totals.points * 100) == gained
    assert round(plan.totals.score_after * 100) == round(assessment.readiness.score * 100) + gained
    assert plan.totals.score_after == factories.assessed(profile, role, level, knowledge).readiness.score <= 100


@any_plan
@given(data=st.data(), level=levels, hours=paces)
def test_what_is_needed_comes_first_and_every_step_is_due(knowledge, plan_of, data, level, hours):
    assessment, plan = plan_of(data.draw(factories.profiles(knowledge)), level, hours)
    profile = assessment.profile
    ends: dict[str, str] = {}
    for action in actions(plan):
        assert START.isoformat() <= action.start <= action.end
        assert all(ends[name] < action.start for name in action.prerequisites)
        for name in knowledge.actions[action.id].requires:
            assert name in ends or in_place(knowledge.actions[name], profile, knowledge)
        profile = after(profile, knowledge.actions[action.id], knowledge)
        ends[action.id] = action.end


def in_place(needed, profile, knowledge):
    """Whether a profile has what a required action brings, or it is only to be asked for."""
    if needed.grants_years or needed.id == "job-bridge-role":
        return profile.experience.patient_years > 0
    asked = needed.grants_education and not profile.education.evidence
    return asked or after(profile, needed, knowledge) == profile


@any_plan
@given(data=st.data(), level=levels)
def test_nothing_is_planned_that_a_person_has(knowledge, plan_of, data, level):
    assessment, plan = plan_of(data.draw(factories.profiles(knowledge)), level)
    state = {item.id: item.status for item in assessment.profile.credentials}
    for action in actions(plan):
        record = knowledge.actions[action.id]
        for name in record.grants_credentials:
            assert state.get(name) != "held"
            assert record.renews == (state.get(name) == "expired")
    new_jobs = [action.id for action in actions(plan) if knowledge.actions[action.id].grants_years]
    assert len(new_jobs) <= 1


@any_plan
@given(data=st.data(), level=levels)
def test_no_step_of_a_plan_is_needless(knowledge, role, plan_of, data, level):
    assessment, plan = plan_of(data.draw(factories.profiles(knowledge)), level)
    points_of = factories.pointer(role, level, knowledge)
    raising = [a for a in actions(plan) if knowledge.actions[a.id].lifts and a.id != "edu-ged"]
    for one in raising:
        if any(one.id in other.prerequisites for other in actions(plan)):
            continue
        profile = assessment.profile
        for other in actions(plan):
            if other is not one:
                profile = after(profile, knowledge.actions[other.id], knowledge)
        with_it = points_of(after(profile, knowledge.actions[one.id], knowledge))
        assert sum(with_it.values()) > sum(points_of(profile).values())


@any_plan
@given(data=st.data(), level=levels, hours=paces)
def test_a_gap_that_is_left_has_a_reason(knowledge, plan_of, data, level, hours):
    assessment, plan = plan_of(data.draw(factories.profiles(knowledge)), level, hours)
    open_ = {item.id: item.points_open for item in assessment.requirements}
    for item in plan.unreachable:
        assert item.reason.endswith(".")
        assert 0 < item.points <= open_[item.id] + 1e-9
    titles = {f"{action.title}." for action in actions(plan)}
    for later in plan.later:
        assert plan.outcome.reached
        assert 0 < later.points <= open_[later.id] + 1e-9
        assert later.next_step not in titles


@any_plan
@given(data=st.data(), level=levels)
def test_the_same_input_gives_the_same_plan(knowledge, plan_of, data, level):
    profile = data.draw(factories.profiles(knowledge))
    turned = replace(
        profile,
        skills=dict(reversed(profile.skills.items())),
        credentials=tuple(reversed(profile.credentials)),
        transfers=tuple(reversed(profile.transfers)),
    )
    one, other = plan_of(profile, level)[1], plan_of(turned, level)[1]
    assert one == replace(other, assessment=replace(other.assessment, profile=profile))


# --- examples ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", RESUMES.values(), ids=RESUMES)
def test_free_comes_first_unless_something_needs_more(planned, aim, text):
    _, plan = planned(text)
    for step in plan.steps:
        paid = [aim.knowledge.actions[action.id].free is False for action in step.actions]
        free_behind = [n for n in range(1, len(paid)) if paid[n - 1] and not paid[n]]
        for n in free_behind:
            assert step.actions[n].prerequisites


@pytest.mark.parametrize("text", RESUMES.values(), ids=RESUMES)
def test_a_plan_is_worth_its_trouble(planned, text):
    assessment, plan = planned(text, target=80)
    assert plan.totals.score_after >= 80 > assessment.readiness.score + 20
    assert len(actions(planned(text)[1])) <= 26


def test_what_a_person_has_is_not_planned(planned):
    assessment, plan = planned(RESUMES["clerk"] + "Certifications\nCMAA\nBLS\n")
    held = {item.id for item in assessment.profile.credentials if item.status == "held"}
    assert held == {"cmaa", "bls-cpr"}
    assert not {"cert-cmaa", "cert-bls"} & set(ids(plan))


def test_a_lapsed_certificate_is_renewed_and_not_earned_again(planned):
    _, plan = planned(RESUMES["lapsed"], target=80)
    assert "renew-cmaa" in ids(plan)
    assert "cert-cmaa" not in ids(plan)


def test_a_skill_that_is_being_learned_is_not_there_yet(plan_of, knowledge):
    profile = everything(knowledge)
    profile = replace(profile, skills={**profile.skills, "medical-terminology": skill(2, "in-progress")})
    _, plan = plan_of(profile, "junior")
    assert any("medical-terminology" in action.closes and action.points for action in actions(plan))


def test_open_questions_come_first_and_gain_nothing_yet(planned):
    assessment, plan = planned(RESUMES["cook"])
    first = plan.steps[0].actions[0]
    waiting = [item.id for item in assessment.requirements if item.status == "not-assessed" or item.confirm]
    assert list(first.closes) == waiting
    assert first.points == 0


def test_no_open_question_no_such_step(plan_of, knowledge):
    _, plan = plan_of(everything(knowledge))
    assert "understand-open-questions" not in ids(plan)


def test_who_is_ready_gets_a_short_plan_that_looks_upward(plan_of, knowledge):
    profile = everything(knowledge, 3)
    assessment, plan = plan_of(profile)
    assert assessment.readiness.band == "ready"
    assert plan.steps[0].actions[0].id == "understand-next-level"
    assert plan.steps[-1].stage == "interview"
    assert len(actions(plan)) <= 3 + 6 * 2
    assert plan.totals.weeks <= 26
    assert not {"job-bridge-role", "sched-front-desk-job"} & set(ids(plan))


def test_above_the_highest_level_there_is_no_next_one(plan_of, knowledge):
    assessment, plan = plan_of(everything(knowledge), "manager")
    assert assessment.readiness.band == "ready"
    assert "understand-next-level" not in ids(plan)


def test_who_has_everything_still_gets_every_stage(plan_of, knowledge):
    assessment, plan = plan_of(everything(knowledge))
    assert assessment.readiness.score >= 99
    assert all(step.actions for step in plan.steps)
    assert len(plan.steps) == 6
    assert plan.totals.points == pytest.approx(100 - assessment.readiness.score, abs=1)


def test_school_that_a_resume_leaves_out_is_asked_for_and_not_planned(plan_of):
    assessment, plan = plan_of(Profile(experience=worked(3)))
    assert assessment.readiness.gates[0].status == "not-shown"
    assert not {name for name in ids(plan) if name.startswith("edu-") and name != "edu-teach-back"}
    assert "Tell us" in next(item.reason for item in plan.unreachable if item.id == "education")


def test_what_the_target_does_not_need_is_told_of_beside_the_plan(planned, knowledge):
    _, plan = planned(ENTRY.read_text("utf-8"))
    beside = {item.id: item.next_step for item in plan.later}
    assert "CMAA" in beside["certification"]
    assert not any(knowledge.actions[name].grants_credentials for name in ids(plan))


def test_what_a_budget_keeps_out_is_told_with_its_price(planned, knowledge):
    _, plan = planned(ENTRY.read_text("utf-8"), budget=0.0)
    reason = next(item.reason for item in plan.unreachable if item.id == "certification")
    price = f"${knowledge.actions['cert-cmaa'].cost.high:,.0f}"
    assert (reason.startswith("Beyond your budget: "), price in reason) == (True, True)
    assert "certification" not in {item.id for item in plan.later}


def test_a_gate_that_is_not_met_is_opened_whatever_else_is_planned(plan_of, knowledge):
    for level in LEVELS:
        assessment, plan = plan_of(replace(everything(knowledge, 3), education=schooled("none")), level)
        assert assessment.readiness.gates[0].status == "not-met"
        assert "edu-ged" in ids(plan)


def test_tasks_inside_a_job_wait_for_the_job(plan_of, knowledge):
    _, plan = plan_of(Profile(education=schooled("hs")), target=80)
    job = next(action for action in actions(plan) if knowledge.actions[action.id].grants_years)
    inside = [a for a in actions(plan) if "sched-front-desk-job" in knowledge.actions[a.id].requires]
    assert inside
    for action in inside:
        assert job.id in action.prerequisites
        assert action.start > job.end
    spans = sorted((action.start, action.end) for action in inside)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(spans))


def test_who_works_in_a_clinic_needs_no_first_job(plan_of, knowledge):
    _, plan = plan_of(Profile(education=schooled("hs"), experience=worked(5)))
    assert "job-bridge-role" not in ids(plan)
    assert any("sched-front-desk-job" in knowledge.actions[name].requires for name in ids(plan))


def test_a_paid_step_names_a_free_way_that_helps_with_the_same(plan_of, role, knowledge):
    assessment, plan = plan_of(Profile(education=schooled("hs")))
    points_of = factories.pointer(role, "coordinator", knowledge)
    by_title = {action.title: action for action in knowledge.actions.values()}
    named = [action for action in actions(plan) if action.free_alternative]
    assert named
    for action in named:
        free = by_title[action.free_alternative]
        assert free.free
        assert free.id not in ids(plan)
        now, then = points_of(assessment.profile), points_of(after(assessment.profile, free, knowledge))
        assert any(then[name] > now[name] for name in action.closes)
    assert all(action.free_alternative is None for action in actions(plan) if knowledge.actions[action.id].free)


def test_more_hours_a_week_end_sooner(planned):
    _, slow = planned(RESUMES["cook"], 3)
    _, fast = planned(RESUMES["cook"], 20)
    assert fast.totals.weeks < slow.totals.weeks


def test_study_of_few_hours_runs_beside_a_course_that_lasts_long(plan_of, knowledge):
    _, plan = plan_of(Profile(education=schooled("hs")), hours=40)
    own = [action for action in actions(plan) if not action.at_work]
    course = max(own, key=lambda action: action.weeks)
    assert course.weeks == knowledge.actions[course.id].weeks.low > course.hours / 40
    assert own[own.index(course) + 1].start < course.end


def test_money_is_summed_and_the_unknown_is_counted(planned):
    _, plan = planned(RESUMES["clerk"])
    costs = [action.cost_usd for action in actions(plan)]
    known = [cost for cost in costs if cost]
    assert plan.totals.cost_unknown == costs.count(None)
    assert (plan.totals.cost_low, plan.totals.cost_high) == (
        sum(cost.low for cost in known),
        sum(cost.high for cost in known),
    )
    assert all(cost.source and cost.as_of for cost in known)


def test_hours_of_ones_own_and_hours_in_a_job_are_told_apart(plan_of, knowledge):
    _, plan = plan_of(Profile(education=schooled("hs")))
    at_work = sum(action.hours for action in actions(plan) if knowledge.actions[action.id].kind == "work")
    assert plan.totals.hours_at_work == at_work > 0
    assert plan.totals.hours == sum(action.hours for action in actions(plan)) - at_work


@pytest.mark.parametrize("hours", [0, -1, 81])
def test_impossible_hours_are_refused(plan_of, hours):
    with pytest.raises(UsageError, match="hours"):
        plan_of(Profile(), hours=hours)


def test_without_any_action_there_is_no_plan_and_no_crash(plan_of, knowledge):
    empty = replace(knowledge, actions={})
    assessment, plan = plan_of(Profile(), known=empty)
    assert plan.steps == ()
    assert plan.totals.score_after == assessment.readiness.score
    assert len(plan.unreachable) == len(assessment.requirements)


# --- the actions that ship -----------------------------------------------------------------------------------------


def test_every_skill_can_be_brought_to_level_three_for_free(knowledge):
    best = {
        name: max((a.lifts.get(name, 0) for a in knowledge.actions.values() if a.free), default=0)
        for name in knowledge.skills
    }
    assert {name: level for name, level in best.items() if level < 3} == {}


def test_every_credential_can_be_earned_and_renewed_where_a_rule_is_known(knowledge):
    for renews in (False, True):
        led_to = {n for a in knowledge.actions.values() if a.renews is renews for n in a.grants_credentials}
        wanted = {n for n, item in knowledge.credentials.items() if not renews or item.renewal or item.valid_years}
        assert wanted - led_to == set()


def test_every_action_is_for_something_and_says_how(knowledge):
    assert {action.stage for action in knowledge.actions.values()} == set(STAGES)
    for action in knowledge.actions.values():
        assert action.title[0].isupper()
        assert not action.title.endswith(".")
        assert action.how.endswith(".")
        assert action.proof.endswith((".", "?"))
        assert action.free is False or action.cost is not None
        for line in (action.title, action.how, action.proof, *action.eligibility, action.note):
            assert "None" not in line
            assert "  " not in line
