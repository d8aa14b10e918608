"""Weights, credits, points, gates, bands, next steps and the receipt."""

from dataclasses import replace
from fractions import Fraction

import factories
import pytest
from factories import credential, evidence, schooled, skill, worked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pcc_assess.errors import UsageError
from pcc_assess.knowledge import EDUCATION, LEVELS
from pcc_assess.model import Education, Experience, Language, Profile, SkillFinding, TransferFinding
from pcc_assess.score import assess_profile, explain, points
from pcc_assess.weights import apportion, weights


@pytest.fixture(scope="module")
def role(knowledge):
    return knowledge.roles["patient-care-coordinator"]


@pytest.fixture(scope="module")
def scored(role, knowledge):
    return lambda profile, level="coordinator": assess_profile(profile, role, level, knowledge)


@pytest.fixture(scope="module")
def judged(scored):
    """One requirement of a profile, at the level `coordinator`."""
    return lambda name, level="coordinator", **parts: result(scored(Profile(**parts), level), name)


def result(scored, name):
    return next(item for item in scored.requirements if item.id == name)


# --- weights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_weights_of_every_level_sum_to_100(role, knowledge, level):
    share = weights(role, level, knowledge.policy)
    assert sum(share.values()) == 10_000
    assert all(value > 0 for value in share.values())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_weights_of_any_role_sum_to_100_whatever_the_order(knowledge, data):
    made = data.draw(factories.roles(knowledge))
    turned = replace(made, requirements=tuple(reversed(made.requirements)))
    for level in LEVELS:
        share = weights(made, level, knowledge.policy)
        asked = {item.id for item in made.requirements if level in item.levels}
        assert set(share) == asked
        assert sum(share.values()) == (10_000 if asked else 0)
        assert share == weights(turned, level, knowledge.policy)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), level=st.sampled_from(LEVELS))
def test_what_matters_more_never_weighs_less(knowledge, data, level):
    made = data.draw(factories.roles(knowledge))
    share = weights(made, level, knowledge.policy)
    asked = [item for item in made.requirements if level in item.levels]
    for one in asked:
        for other in asked:
            heavier = knowledge.policy.weights[one.levels[level].importance]
            lighter = knowledge.policy.weights[other.levels[level].importance]
            if one.category == other.category and heavier > lighter:
                assert share[one.id] >= share[other.id]


@given(
    st.dictionaries(st.text(min_size=1, max_size=5), st.fractions(0, 50), min_size=1, max_size=20),
    st.integers(0, 10_000),
)
def test_apportioning_loses_nothing_and_strays_by_less_than_one(shares, whole):
    parts = apportion(shares, whole)
    total = sum(shares.values())
    assert sum(parts.values()) == (whole if total else 0)
    for name, share in shares.items():
        assert abs(parts[name] - (share * whole / total if total else 0)) < 1


def test_a_category_that_is_not_asked_leaves_its_share_to_the_others(role, knowledge):
    soft = replace(role, requirements=tuple(item for item in role.requirements if item.category == "soft"))
    assert sum(weights(soft, "coordinator", knowledge.policy).values()) == 10_000


def test_ties_are_broken_by_name_and_not_by_place():
    third = {"b": Fraction(1), "a": Fraction(1), "c": Fraction(1)}
    assert apportion(third, 100) == {"a": 34, "b": 33, "c": 33}


# --- properties of any profile -------------------------------------------------------------------------------------

any_profile = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
levels = st.sampled_from(LEVELS)


@any_profile
@given(data=st.data(), level=levels)
def test_the_parts_add_up_to_the_whole(knowledge, role, data, level):
    profile = data.draw(factories.profiles(knowledge))
    found = assess_profile(profile, role, level, knowledge)
    whole = found.readiness
    cents = [round(item.points * 100) for item in found.requirements]
    assert 0 <= whole.score <= whole.possible <= 100
    assert round(whole.score * 100) == sum(cents) == sum(round(item.score * 100) for item in found.categories)
    assert round(whole.possible * 100) == sum(round(item.possible * 100) for item in found.categories)
    assert sum(round(item.weight * 100) for item in found.requirements) == 10_000
    assert {item.id: cent for item, cent in zip(found.requirements, cents, strict=True)} == points(
        profile, role, level, knowledge
    )
    for item in found.requirements:
        assert round(item.weight * 100) == round(item.points * 100) + round(item.points_open * 100)
        assert item.points == round(round(item.weight * 100) * (item.credit or 0)) / 100
        assert item.next_step or item.status == "met"
        assert (item.status == "met") == (item.credit == 1)


@any_profile
@given(data=st.data(), level=levels)
def test_any_role_is_scored_by_the_same_rules(knowledge, data, level):
    made = data.draw(factories.roles(knowledge))
    whole = assess_profile(data.draw(factories.profiles(knowledge)), made, level, knowledge).readiness
    assert 0 <= whole.score <= whole.possible <= 100


@st.composite
def more(draw, knowledge, profile):
    """The same profile with one more piece of held evidence."""
    kind = draw(st.sampled_from(["skill", "credential", "education", "experience", "transfer", "language"]))
    if kind == "skill":
        name = draw(st.sampled_from(sorted(knowledge.skills)))
        known = profile.skills.get(name)
        level = draw(st.integers(known.proficiency if known else 0, 4))
        return replace(profile, skills={**profile.skills, name: skill(level)})
    if kind == "credential":
        name = draw(st.sampled_from(sorted(knowledge.credentials)))
        rest = tuple(item for item in profile.credentials if item.id != name)
        return replace(profile, credentials=(*rest, credential(name)))
    if kind == "education":
        least = EDUCATION.index(profile.education.highest)
        return replace(profile, education=schooled(draw(st.sampled_from(EDUCATION[max(1, least) :]))))
    if kind == "experience":
        return replace(profile, experience=worked(profile.experience.patient_years + draw(st.floats(0, 5))))
    if kind == "language":
        return replace(profile, languages=(Language(id="spanish", proficiency=draw(st.integers(1, 4))),))
    name = draw(st.sampled_from(sorted(knowledge.skills)))
    moved = TransferFinding(skill=name, source="skill:x", share=0.5, proficiency=3, evidence=(evidence(),))
    return replace(profile, transfers=(*profile.transfers, moved))


@any_profile
@given(data=st.data(), level=levels)
def test_more_held_evidence_never_lowers_a_score_or_a_part_of_it(knowledge, role, data, level):
    before = data.draw(factories.profiles(knowledge))
    low = assess_profile(before, role, level, knowledge)
    high = assess_profile(data.draw(more(knowledge, before)), role, level, knowledge)
    assert high.readiness.score >= low.readiness.score
    for one, other in zip(low.requirements, high.requirements, strict=True):
        assert other.points >= one.points


@any_profile
@given(data=st.data(), level=levels)
def test_what_is_possible_falls_only_where_an_open_question_is_answered(knowledge, role, data, level):
    """An open question counts as 1, so that a true answer below what is asked can lower it, and nothing else can."""
    before = data.draw(factories.profiles(knowledge))
    low = assess_profile(before, role, level, knowledge)
    high = assess_profile(data.draw(more(knowledge, before)), role, level, knowledge)
    answered = sum(
        round(one.points_open * 100)
        for one, other in zip(low.requirements, high.requirements, strict=True)
        if (one.status == "not-assessed" or one.confirm) and not (other.status == "not-assessed" or other.confirm)
    )
    assert round(high.readiness.possible * 100) >= round(low.readiness.possible * 100) - answered


@any_profile
@given(data=st.data(), level=levels)
def test_order_does_not_matter(knowledge, role, data, level):
    profile = data.draw(factories.profiles(knowledge))
    turned = replace(
        profile,
        skills=dict(reversed(list(profile.skills.items()))),
        transfers=tuple(reversed(profile.transfers)),
        credentials=tuple(reversed(profile.credentials)),
    )
    assert assess_profile(profile, role, level, knowledge) == assess_profile(turned, role, level, knowledge)


@any_profile
@given(data=st.data(), level=levels)
def test_an_open_gate_or_a_weak_essential_bars_ready(knowledge, role, data, level):
    found = assess_profile(data.draw(factories.profiles(knowledge)), role, level, knowledge)
    weak = [item.id for item in found.requirements if item.importance == "essential" and (item.credit or 0) < 0.5]
    shut = [gate.id for gate in found.readiness.gates if gate.status != "met"]
    if weak or shut:
        assert found.readiness.band != "ready"
    if found.readiness.barred_by:
        assert set(found.readiness.barred_by) == {*weak, *shut}


# --- skills --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "status", "credit", "outcome"),
    [
        (4, "held", 1.0, "met"),
        (3, "held", 1.0, "met"),
        (2, "held", 0.6667, "partial"),
        (1, "held", 0.3333, "partial"),
        (0, "denied", 0.0, "missing"),
        (2, "in-progress", 0.0, "in-progress"),
        (3, "expired", 0.0, "expired"),
        (3, "planned", None, "not-assessed"),
        (3, "other-person", None, "not-assessed"),
        (0, "planned", None, "not-assessed"),
    ],
)
def test_credit_of_a_skill(judged, level, status, credit, outcome):
    found = judged("patient-scheduling", skills={"patient-scheduling": skill(level, status)})
    assert (found.credit, found.status) == (credit, outcome)


def test_a_no_in_the_quiz_is_an_answer(judged):
    answer = SkillFinding(proficiency=0, source="quiz", rung="", shown=False, evidence=())
    found = judged("patient-scheduling", skills={"patient-scheduling": answer})
    assert (found.credit, found.own, found.status) == (0.0, 0, "missing")


def test_one_held_line_outweighs_any_number_of_others(judged):
    mixed = replace(skill(3), evidence=(evidence("planned"), evidence("held"), evidence("expired")))
    assert judged("patient-scheduling", skills={"patient-scheduling": mixed}).credit == 1


def test_silence_is_not_assessed_and_never_missing(scored):
    found = scored(Profile())
    assert {item.status for item in found.requirements} == {"not-assessed"}
    assert found.readiness.score == 0
    assert found.readiness.possible == 100
    assert found.readiness.gates[0].status == "not-shown"


def test_a_language_counts_for_its_skill(judged):
    found = judged("spanish", languages=(Language(id="spanish", proficiency=3),))
    assert (found.credit, found.status) == (1.0, "met")
    assert judged("spanish", languages=(Language(id="spanish", proficiency=None),)).status == "not-assessed"
    assert judged("spanish", languages=(Language(id="french", proficiency=4),)).status == "not-assessed"


def transfer(share=0.4, level=2, source="job:hotel-front-desk"):
    return TransferFinding(
        skill="patient-scheduling", source=source, share=share, proficiency=level, evidence=(evidence(),)
    )


def test_a_transfer_gives_its_share_and_asks_to_be_confirmed(judged, scored):
    found = judged("patient-scheduling", transfers=(transfer(),))
    assert (found.credit, found.confirm) == (0.4, True)
    assert "hotel" in found.rule
    whole = scored(Profile(transfers=(transfer(),))).readiness
    assert whole.possible == 100


def test_a_transfer_never_gives_more_than_the_level_it_brings(judged):
    assert judged("patient-scheduling", transfers=(transfer(share=0.9, level=1),)).credit == 0.3333


def test_the_best_transfer_counts_and_they_do_not_add_up(judged):
    both = (transfer(0.25), transfer(0.5, source="skill:organization"))
    assert judged("patient-scheduling", transfers=both).credit == 0.5


def test_own_evidence_goes_before_a_smaller_transfer_and_a_no_before_any(judged):
    known = judged("patient-scheduling", transfers=(transfer(),), skills={"patient-scheduling": skill(2)})
    assert (known.credit, known.confirm) == (0.6667, False)
    denied = judged("patient-scheduling", transfers=(transfer(),), skills={"patient-scheduling": skill(0, "denied")})
    assert denied.credit == 0


# --- credentials, education, experience ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "credit", "outcome"),
    [
        ("held", 1.0, "met"),
        ("in-progress", 0.0, "in-progress"),
        ("expired", 0.0, "expired"),
        ("planned", 0.0, "missing"),
    ],
)
def test_only_a_held_certificate_earns_points(judged, status, credit, outcome):
    found = judged("certification", credentials=(credential("cmaa", status),))
    assert (found.credit, found.status) == (credit, outcome)


def test_the_best_certificate_held_counts(judged, role):
    shares = next(item for item in role.requirements if item.id == "certification").credentials
    found = judged("certification", credentials=(credential("cna"), credential("cbcs"), credential("cmaa", "planned")))
    assert found.own == "cbcs"
    assert found.credit == shares["cbcs"] > shares["cna"]
    assert found.status == "partial"


def test_a_certificate_that_is_not_asked_for_changes_nothing(judged):
    assert judged("certification", credentials=(credential("first-aid"),)).status == "not-assessed"


@pytest.mark.parametrize(
    ("highest", "level", "credit", "outcome"),
    [
        ("bachelor", "coordinator", 1.0, "met"),
        ("associate", "coordinator", 1.0, "met"),
        ("certificate", "coordinator", 0.75, "partial"),
        ("hs", "coordinator", 0.5, "partial"),
        ("none", "coordinator", 0.0, "missing"),
        ("none", "manager", 0.0, "missing"),
        ("hs", "manager", 0.25, "partial"),
        ("hs", "junior", 1.0, "met"),
    ],
)
def test_education_by_how_far_it_falls_short(judged, highest, level, credit, outcome):
    found = judged("education", level, education=schooled(highest))
    assert (found.credit, found.status) == (credit, outcome)


def test_school_under_way_earns_nothing_yet(judged):
    found = judged("education", education=Education(in_progress="associate", evidence=(evidence("in-progress"),)))
    assert (found.credit, found.status) == (0.0, "in-progress")
    found = judged("education", education=replace(schooled("hs"), in_progress="associate"))
    assert (found.credit, found.own) == (0.5, "hs")


@pytest.mark.parametrize(
    ("work", "credit", "outcome"),
    [
        (worked(4), 1.0, "met"),
        (worked(1), 0.5, "partial"),
        (worked(0), 0.0, "missing"),
        (Experience(), None, "not-assessed"),
        (Experience(claimed_years=5), None, "not-assessed"),
        (Experience(claimed_years=0), 0.0, "missing"),
    ],
)
def test_years_of_dated_jobs(judged, work, credit, outcome):
    found = judged("patient-experience", experience=work)
    assert (found.credit, found.status) == (credit, outcome)


def test_years_elsewhere_count_for_the_field_and_not_for_patients(judged):
    shop = replace(worked(0), field_years=1.0)
    assert judged("field-experience", experience=shop).credit == 0.5
    assert judged("patient-experience", experience=shop).credit == 0


# --- gates and bands -----------------------------------------------------------------------------------------------


def everything(knowledge, level=4):
    return Profile(
        skills={name: skill(level) for name in knowledge.skills},
        credentials=(credential("cmaa"),),
        education=schooled("bachelor"),
        experience=worked(9),
    )


def test_nobody_is_ready_with_an_open_gate_or_a_weak_essential(scored, knowledge):
    full = everything(knowledge)
    assert scored(full).readiness.band == "ready"
    unknown = scored(replace(full, education=Education()))
    assert unknown.readiness.band == "near"
    assert unknown.readiness.barred_by == ("high-school",)
    weak = scored(replace(full, skills={**full.skills, "ehr-systems": skill(1)}))
    assert weak.readiness.band == "near"
    assert weak.readiness.barred_by == ("ehr-systems",)
    half = scored(replace(full, skills={**full.skills, "ehr-systems": skill(2)}))
    assert half.readiness.band == "ready"


def test_a_low_score_needs_no_bar(scored):
    found = scored(Profile(education=schooled("none")))
    assert found.readiness.score == 0
    assert found.readiness.band == "starting"
    assert found.readiness.barred_by == ()


@pytest.mark.parametrize(
    ("education", "status"),
    [
        (schooled("hs"), "met"),
        (schooled("doctorate"), "met"),
        (schooled("none"), "not-met"),
        (Education(), "not-shown"),
        (Education(in_progress="associate", evidence=(evidence("in-progress"),)), "not-shown"),
    ],
)
def test_a_gate_is_met_not_met_or_not_shown(scored, education, status):
    gate = scored(Profile(education=education)).readiness.gates[0]
    assert gate.status == status
    assert bool(gate.next_step) == (status != "met")


# --- what comes next, and the receipt ------------------------------------------------------------------------------


def test_the_next_step_raises_what_a_person_has(judged, knowledge):
    by_title = {f"{action.title}.": action for action in knowledge.actions.values()}
    for name in knowledge.skills:
        for own in range(3):
            try:
                found = judged(name, "senior", skills={name: skill(own, "held" if own else "denied")})
            except StopIteration:
                continue
            if found.status != "met" and found.next_step in by_title:
                assert by_title[found.next_step].lifts[name] > own


def test_the_next_step_is_free_and_needs_no_job_where_that_helps(judged, knowledge):
    found = judged("medical-terminology", skills={"medical-terminology": skill(1)})
    action = next(item for item in knowledge.actions.values() if f"{item.title}." == found.next_step)
    assert action.free
    assert action.kind != "work"


def test_the_next_step_of_what_is_unknown_is_a_question(judged):
    assert judged("medical-terminology").next_step.startswith("Tell us")
    assert judged("education").next_step.startswith("Tell us")
    assert judged("certification").next_step.startswith("Tell us")
    assert judged("field-experience").next_step.startswith("Give the month and year")
    assert judged("patient-scheduling", transfers=(transfer(),)).next_step.startswith("Tell us")


def test_a_lapsed_certificate_is_to_be_renewed(judged):
    assert "Renew" in judged("certification", credentials=(credential("cmaa", "expired"),)).next_step


def test_the_receipt_names_rule_evidence_and_weight(scored, knowledge):
    found = scored(Profile(skills={"patient-scheduling": skill(2)}))
    item = result(found, "patient-scheduling")
    text = "\n".join(explain(found, "patient-scheduling", knowledge.texts))
    for word in (
        "Patient scheduling (essential, asked: 3) - partial",
        "level 2",
        '"Scheduled patients" (experience), phrase, held',
        f"Weight: {item.weight:.2f} of 100 points x credit 0.6667 = {item.points:.2f} points",
        f"Next: {item.next_step}",
    ):
        assert word in text


def test_the_receipt_of_what_is_open_met_or_to_be_confirmed(scored, knowledge):
    found = scored(Profile(skills={"organization": skill(4)}, transfers=(transfer(),)))
    assert "Evidence: none" in explain(found, "medical-terminology", knowledge.texts)
    assert "not assessed" in "\n".join(explain(found, "medical-terminology", knowledge.texts))
    assert not any(line.startswith("Next") for line in explain(found, "organization", knowledge.texts))
    assert any(line.startswith("Confirm") for line in explain(found, "patient-scheduling", knowledge.texts))
    assert "asked: to hold one" in explain(found, "certification", knowledge.texts)[0]


def test_a_receipt_of_nothing_asked_is_refused(scored, knowledge):
    with pytest.raises(UsageError, match="no requirement") as caught:
        explain(scored(Profile()), "patience", knowledge.texts)
    assert "patient-scheduling" in caught.value.hint
