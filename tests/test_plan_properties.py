"""What must hold of any plan, whoever it is for and whatever they wish."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta

import factories
import pytest
from factories import schooled, skill, worked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pcc_assess.knowledge import LEVELS
from pcc_assess.model import DoneAction, Profile
from pcc_assess.plan import again
from pcc_assess.plan.effects import after

START = date(2026, 11, 2)
READY = 80

any_plan = settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow], deadline=None)
wishes = st.fixed_dictionaries(
    {
        "hours_per_week": st.sampled_from([1.0, 4.0, 6.0, 15.0, 40.0]),
        "goal": st.sampled_from(["fastest", "cheapest"]),
        "target": st.sampled_from([None, None, 40.0, 60.0, 80.0]),
        "budget": st.sampled_from([None, 0.0, 50.0, 200.0, 6000.0]),
    }
)


@pytest.fixture(scope="module")
def role(knowledge):
    return knowledge.roles["patient-care-coordinator"]


@pytest.fixture(scope="module")
def plan_for(role, knowledge):
    def made(profile, level="coordinator", **wished):
        record = factories.assessed(profile, role, level, knowledge)
        return record, factories.planned(record, role, knowledge, START, **wished)

    return made


def actions(plan):
    return [action for step in plan.steps for action in step.actions]


@any_plan
@given(data=st.data(), level=st.sampled_from(LEVELS), wished=wishes)
def test_nothing_comes_before_what_it_builds_on(knowledge, plan_for, data, level, wished):
    _, plan = plan_for(data.draw(factories.profiles(knowledge)), level, **wished)
    ends: dict[str, str] = {}
    for action in actions(plan):
        assert all(ends[name] < action.start <= action.end for name in action.prerequisites)
        ends[action.id] = action.end


@any_plan
@given(data=st.data(), level=st.sampled_from(LEVELS), wished=wishes)
def test_never_over_hours_or_budget(knowledge, plan_for, data, level, wished):
    _, plan = plan_for(data.draw(factories.profiles(knowledge)), level, **wished)
    pace = wished["hours_per_week"]
    # One thing after another at the person's pace: up to each day, no more is begun than the hours so far allow.
    own = sorted((action.start, action.hours) for action in actions(plan) if not action.at_work)
    begun = 0.0
    for start, hours in own:
        weeks = (date.fromisoformat(start) + timedelta(days=1) - START).days / 7
        assert begun <= pace * weeks + 1e-6
        begun += hours
    assert begun <= pace * plan.totals.weeks + 1e-6
    if wished["budget"] is not None:
        assert plan.totals.cost_high <= wished["budget"]
        assert plan.totals.cost_unknown == 0
        assert plan.money.left_usd == pytest.approx(wished["budget"] - plan.totals.cost_high)


def reckoned(plan, knowledge):
    return plan.totals.cost_high + plan.totals.cost_unknown * knowledge.policy.plan.reckoned_cost


def worth(plan, knowledge):
    """What plans for one person with the same goal are compared by; a smaller one is better."""
    essentials = sum(1 for item in plan.outcome.blocked_by if item.kind == "requirement")
    gates = sum(1 for item in plan.outcome.blocked_by if item.kind == "gate")
    target = {"score": plan.parameters.target, "ready": READY, "essentials": 0, "more": 100}[plan.outcome.aim]
    short = max(0, round(100 * target) - round(100 * plan.totals.score_after))
    goal = plan.totals.weeks if plan.parameters.goal == "fastest" else reckoned(plan, knowledge)
    return gates, essentials, short, goal


@any_plan
@given(data=st.data(), level=st.sampled_from(LEVELS), wished=wishes, more=st.sampled_from([1, 2, 5, 20]))
def test_more_hours_make_no_plan_slower_or_worse(knowledge, plan_for, data, level, wished, more):
    profile = data.draw(factories.profiles(knowledge))
    _, before = plan_for(profile, level, **wished)
    _, then = plan_for(profile, level, **{**wished, "hours_per_week": wished["hours_per_week"] + more})
    assert worth(then, knowledge) <= worth(before, knowledge)


@any_plan
@given(data=st.data(), level=st.sampled_from(LEVELS), wished=wishes, more=st.sampled_from([1.0, 100.0, 400.0, None]))
def test_more_money_makes_no_plan_slower_or_worse(knowledge, plan_for, data, level, wished, more):
    profile = data.draw(factories.profiles(knowledge))
    budget = wished["budget"]
    _, before = plan_for(profile, level, **wished)
    richer = None if budget is None or more is None else budget + more
    _, then = plan_for(profile, level, **{**wished, "budget": richer})
    assert worth(then, knowledge) <= worth(before, knowledge)


@any_plan
@given(data=st.data(), level=st.sampled_from(LEVELS), wished=wishes)
def test_what_is_done_never_comes_again(knowledge, role, plan_for, data, level, wished):
    record, plan = plan_for(data.draw(factories.profiles(knowledge)), level, **wished)
    planned = [action.id for action in actions(plan)]
    done = data.draw(st.lists(st.sampled_from(planned), min_size=1, max_size=4, unique=True))
    marks = tuple(DoneAction(id=name) for name in done)
    profile = again.with_done(record.profile, marks, knowledge)
    later = factories.assessed(profile, role, level, knowledge)
    then = factories.planned(later, role, knowledge, START, done=marks, **wished)
    assert not set(done) & {action.id for action in actions(then)}
    assert then.assessment.score >= plan.assessment.score
    assert then.parameters.done == marks


@any_plan
@given(data=st.data(), level=st.sampled_from(LEVELS), wished=wishes)
def test_points_and_totals_add_up_to_the_assessment_made_again(knowledge, role, plan_for, data, level, wished):
    record, plan = plan_for(data.draw(factories.profiles(knowledge)), level, **wished)
    profile, score = record.profile, round(100 * record.readiness.score)
    for action in actions(plan):
        profile = after(profile, knowledge.actions[action.id], knowledge)
        score += round(100 * action.points)
        assert round(100 * factories.assessed(profile, role, level, knowledge).readiness.score) == score
    end = factories.assessed(profile, role, level, knowledge).readiness
    assert (plan.outcome.score, plan.outcome.band) == (end.score, end.band)
    assert plan.totals.score_after == end.score
    assert plan.totals.hours == pytest.approx(sum(a.hours for a in actions(plan) if not a.at_work))
    assert len(plan.money.free) + len(plan.money.paid) + len(plan.money.unknown) == len(actions(plan))
    assert plan.totals.cost_unknown == len(plan.money.unknown)
    last = max(action.end for action in actions(plan))
    assert (
        (date.fromisoformat(last) - START).days < 7 * plan.totals.weeks <= (date.fromisoformat(last) - START).days + 9
    )


@any_plan
@given(data=st.data(), level=st.sampled_from(LEVELS), wished=wishes)
def test_a_target_is_reached_or_it_is_said_why_not(knowledge, plan_for, data, level, wished):
    record, plan = plan_for(data.draw(factories.profiles(knowledge)), level, **wished)
    assert plan.outcome.reached is not bool(plan.outcome.blocked_by)
    if plan.outcome.reached:
        assert plan.totals.score_after >= (wished["target"] or 0)
        assert all(gate.status != "not-met" for gate in record.readiness.gates) or any(
            knowledge.actions[action.id].grants_education for action in actions(plan)
        )
    else:
        assert plan.outcome.unlocks
    assert all(item.text.endswith(".") for item in plan.outcome.unlocks)
    assert all(item.reason.endswith(".") for item in plan.outcome.blocked_by)


@any_plan
@given(data=st.data(), wished=wishes)
def test_every_review_looks_at_what_has_ended(knowledge, plan_for, data, wished):
    _, plan = plan_for(data.draw(factories.profiles(knowledge)), **wished)
    ends = {action.id: action.end for action in actions(plan)}
    days = [review.on for review in plan.reviews]
    assert days == sorted(set(days))
    assert sorted(name for review in plan.reviews for name in review.due) == sorted(ends)
    assert all(ends[name] <= review.on for review in plan.reviews for name in review.due)
    assert [review.kind for review in plan.reviews].count("end") == 1
    assert plan.reviews[-1].kind == "end"
    gaps = [
        date.fromisoformat(b) - date.fromisoformat(a) for a, b in zip([START.isoformat(), *days], days, strict=False)
    ]
    assert max(gaps) <= timedelta(weeks=2 * knowledge.policy.plan.review_weeks)


SAME = """
import sys
sys.path.insert(0, "tests")
from datetime import date
import factories
from factories import schooled, skill, worked
from pcc_assess import catalog
from pcc_assess.model import Profile
from pcc_assess.renderers.json_ import to_json
known = catalog.load()
role = known.roles["patient-care-coordinator"]
skills = {name: skill(n % 4) for n, name in enumerate(sorted(known.skills)) if n % 3}
profile = Profile(skills=skills, education=schooled("hs"), experience=worked(0.7))
record = factories.assessed(profile, role, "senior", known)
sys.stdout.write(to_json(factories.planned(record, role, known, date(2026, 11, 2), target=70)))
"""


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(root):
    def run(seed):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        found = subprocess.run(
            [sys.executable, "-c", SAME], cwd=root, env=environment, capture_output=True, text=True, check=True
        )
        return found.stdout

    assert run("1") == run("2")


def test_who_reached_the_target_gets_a_few_quick_free_steps(knowledge, plan_for):
    skills = {name: skill(2 if number % 4 == 0 else 3) for number, name in enumerate(sorted(knowledge.skills))}
    profile = Profile(skills=skills, education=schooled("hs"), experience=worked(6))
    record, plan = plan_for(profile)
    rules = knowledge.policy.plan
    assert (record.readiness.band, plan.outcome.aim) == ("ready", "more")
    gaining = [action for action in actions(plan) if action.points]
    assert 0 < len(gaining) <= rules.quick_steps
    assert all(action.free and action.hours <= rules.quick_hours for action in gaining)


@pytest.mark.parametrize("hours", [0.05, 0.2, 80.0])
def test_the_slowest_and_the_fastest_pace_have_a_plan(plan_for, hours):
    _, plan = plan_for(Profile(education=schooled("hs")), hours_per_week=hours)
    assert actions(plan)
