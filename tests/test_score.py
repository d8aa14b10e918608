"""Weights, credits, points, gates, bands and the receipt."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcc_assess.errors import UsageError
from pcc_assess.knowledge import EDUCATION, LEVELS
from pcc_assess.model import (
    CredentialFinding,
    Education,
    Evidence,
    Experience,
    Job,
    Profile,
    SkillFinding,
    TransferFinding,
)
from pcc_assess.score import apportion, assess_profile, explain, weights


def evidence(status="held"):
    return Evidence(
        quote="Scheduled patients",
        start=0,
        end=18,
        page=None,
        section="experience",
        status=status,
        method="phrase",
        similarity=100.0,
        surface_form="x",
    )


def skill(level, status="held", source="resume"):
    return SkillFinding(proficiency=level, source=source, rung="duty", shown=True, evidence=(evidence(status),))


@pytest.fixture(scope="module")
def role(knowledge):
    return knowledge.roles["patient-care-coordinator"]


@pytest.fixture(scope="module")
def scored(role, knowledge):
    return lambda profile, level="coordinator": assess_profile(profile, role, level, knowledge)


def result(scored, name):
    return next(item for item in scored.requirements if item.id == name)


@pytest.mark.parametrize("level", LEVELS)
def test_weights_of_every_level_sum_to_100(role, knowledge, level):
    share = weights(role, level, knowledge.policy)
    assert sum(share.values()) == 10_000
    assert all(value > 0 for value in share.values())


@given(
    st.dictionaries(st.text(min_size=1, max_size=5), st.fractions(0, 50), min_size=1, max_size=20),
    st.integers(0, 10_000),
)
def test_apportioning_loses_nothing(shares, whole):
    parts = apportion(shares, whole)
    assert sum(parts.values()) == (whole if sum(shares.values()) else 0)


def profiles(knowledge):
    skills = st.dictionaries(
        st.sampled_from(sorted(knowledge.skills)),
        st.builds(skill, st.integers(0, 4), st.sampled_from(["held", "denied", "in-progress"])),
        max_size=15,
    )
    credentials = st.lists(
        st.builds(
            CredentialFinding,
            id=st.sampled_from(sorted(knowledge.credentials)),
            name=st.just("x"),
            status=st.sampled_from(["held", "in-progress", "planned", "expired"]),
            evidence=st.just(()),
        ),
        max_size=3,
        unique_by=lambda item: item.id,
    ).map(tuple)
    education = st.builds(
        Education,
        highest=st.sampled_from(EDUCATION),
        in_progress=st.none() | st.sampled_from(EDUCATION[1:]),
        evidence=st.just((evidence(),)),
    )
    work = st.builds(Experience, patient_years=st.floats(0, 20), field_years=st.floats(0, 20))
    return st.builds(Profile, skills=skills, credentials=credentials, education=education, experience=work)


@settings(max_examples=30)
@given(data=st.data(), level=st.sampled_from(LEVELS))
def test_the_parts_add_up_to_the_whole(knowledge, role, data, level):
    found = assess_profile(data.draw(profiles(knowledge)), role, level, knowledge)
    whole = found.readiness
    assert 0 <= whole.score <= whole.possible <= 100
    assert whole.score == pytest.approx(sum(item.points for item in found.requirements), abs=1e-6)
    assert whole.score == pytest.approx(sum(item.score for item in found.categories), abs=1e-6)
    assert sum(round(item.weight * 100) for item in found.requirements) == 10_000
    for item in found.requirements:
        assert round(item.weight * 100) == round(item.points * 100) + round(item.points_open * 100)
        assert item.next_step or item.status == "met"


@settings(max_examples=30)
@given(data=st.data(), level=st.sampled_from(LEVELS))
def test_more_held_evidence_never_lowers_a_score(knowledge, role, data, level):
    before = data.draw(profiles(knowledge))
    name = data.draw(st.sampled_from(sorted(knowledge.skills)))
    known = before.skills.get(name)
    top = data.draw(st.integers(known.proficiency if known else 0, 4))
    after = replace(before, skills={**before.skills, name: skill(top)})
    low = assess_profile(before, role, level, knowledge).readiness.score
    assert assess_profile(after, role, level, knowledge).readiness.score >= low


@settings(max_examples=30)
@given(data=st.data())
def test_order_does_not_matter(knowledge, role, data):
    profile = data.draw(profiles(knowledge))
    turned = replace(
        profile,
        skills=dict(reversed(list(profile.skills.items()))),
        credentials=tuple(reversed(profile.credentials)),
    )
    assert assess_profile(profile, role, "lead", knowledge) == assess_profile(turned, role, "lead", knowledge)


@pytest.mark.parametrize(
    ("level", "status", "credit", "outcome"),
    [
        (4, "held", 1.0, "met"),
        (3, "held", 1.0, "met"),
        (2, "held", 0.6667, "partial"),
        (0, "denied", 0.0, "missing"),
        (2, "in-progress", 0.0, "in-progress"),
    ],
)
def test_credit_of_a_skill(scored, level, status, credit, outcome):
    found = result(scored(Profile(skills={"patient-scheduling": skill(level, status)})), "patient-scheduling")
    assert (found.credit, found.status) == (credit, outcome)


def test_silence_is_not_assessed_and_never_missing(scored):
    found = scored(Profile())
    assert {item.status for item in found.requirements} == {"not-assessed"}
    assert found.readiness.score == 0
    assert found.readiness.possible == 100
    assert found.readiness.gates[0].status == "not-shown"


def test_a_transfer_gives_its_share_and_asks_to_be_confirmed(scored):
    moved = TransferFinding(
        skill="patient-scheduling", source="job:hotel-front-desk", share=0.4, proficiency=2, evidence=(evidence(),)
    )
    found = result(scored(Profile(transfers=(moved,))), "patient-scheduling")
    assert (found.credit, found.confirm) == (0.4, True)
    assert "hotel" in found.rule
    denied = Profile(transfers=(moved,), skills={"patient-scheduling": skill(0, "denied")})
    assert result(scored(denied), "patient-scheduling").credit == 0


@pytest.mark.parametrize(
    ("status", "credit", "outcome"),
    [
        ("held", 1.0, "met"),
        ("in-progress", 0.0, "in-progress"),
        ("expired", 0.0, "expired"),
        ("planned", 0.0, "missing"),
    ],
)
def test_only_a_held_certificate_earns_points(scored, status, credit, outcome):
    held = CredentialFinding(id="cmaa", name="CMAA", status=status, evidence=())
    found = result(scored(Profile(credentials=(held,))), "certification")
    assert (found.credit, found.status) == (credit, outcome)


def test_nobody_is_ready_with_an_open_gate_or_a_weak_essential(scored, role, knowledge):
    everything = Profile(
        skills={name: skill(4) for name in knowledge.skills},
        credentials=(CredentialFinding(id="cmaa", name="CMAA", status="held", evidence=()),),
        education=Education(highest="bachelor", evidence=(evidence(),)),
        experience=Experience(
            patient_years=9, field_years=9, jobs=(Job(title="x", start=None, end=None, months=9, relevance=1),)
        ),
    )
    assert scored(everything).readiness.band == "ready"
    no_school = scored(replace(everything, education=Education()))
    assert no_school.readiness.band == "near"
    assert no_school.readiness.barred_by == ("high-school",)
    weak = scored(replace(everything, skills={**everything.skills, "ehr-systems": skill(1)}))
    assert weak.readiness.band == "near"
    assert weak.readiness.barred_by == ("ehr-systems",)


def test_the_receipt_names_rule_evidence_and_weight(scored):
    lines = explain(scored(Profile(skills={"patient-scheduling": skill(2)})), "patient-scheduling")
    text = "\n".join(lines)
    for word in ("Patient scheduling", "level 2", "Scheduled patients", "credit 0.6667", "Next:"):
        assert word in text
    with pytest.raises(UsageError, match="no requirement"):
        explain(scored(Profile()), "patience")
