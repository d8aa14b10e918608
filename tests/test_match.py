"""What a text shows of a person: skills, credentials, education, work."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcc_assess.extract import read_layout

NEWEST = 12 * 2026


@pytest.fixture(scope="module")
def profile(aim):
    return lambda text: aim.matcher.profile(read_layout(text, aim.headings, NEWEST), NEWEST)


@pytest.fixture(scope="module")
def level(profile):
    def found(skill, text):
        item = profile(text).skills.get(skill)
        return item.proficiency if item else 0

    return found


def job(duty, title="Medical Receptionist"):
    return f"Experience\n{title}, Lake Clinic, Jan 2018 - Dec 2021\n\u2022 {duty}\n"


def test_every_duty_example_shows_its_skill(knowledge, level):
    missed = [
        f"{skill.id}: {duty.example}"
        for skill in knowledge.skills.values()
        for duty in skill.duties
        if not level(skill.id, job(duty.example))
    ]
    assert not missed


def test_every_form_and_misspelling_shows_its_skill(knowledge, level):
    missed = [
        f"{skill.id}: {form}"
        for skill in knowledge.skills.values()
        for form in (*skill.forms, *skill.misspellings)
        if not level(skill.id, f"Skills\n{form}\n")
    ]
    assert not missed


def test_every_credential_form_shows_it(knowledge, profile):
    missed = [
        f"{credential.id}: {form}"
        for credential in knowledge.credentials.values()
        for form in (*credential.forms, *credential.misspellings)
        if credential.id not in {item.id for item in profile(f"Certifications\n{form}\n").credentials}
    ]
    assert not missed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skills\nHIPAA, Excel\n", 2),
        (job("Kept charts under HIPAA rules"), 3),
        (job("Trained new staff on HIPAA"), 4),
        ("Summary\nFamiliar with HIPAA\n", 1),
        ("Education\nCourse in HIPAA\n", 1),
        ("Summary\nNo HIPAA training yet\n", 0),
        ("Objective\nSeeking a job where I can use HIPAA\n", 0),
    ],
)
def test_how_a_thing_is_said_decides_the_level(level, text, expected):
    assert level("hipaa-privacy", text) == expected


@pytest.mark.parametrize(
    ("skill", "text"),
    [
        ("microsoft-office", "I excel at multitasking"),
        ("microsoft-office", "Outlook Drive"),
        ("ehr-systems", "Windows Vista"),
        ("patient-scheduling", "Production scheduling for a factory"),
        ("hipaa-privacy", "Phi Theta Kappa"),
        ("insurance-verification", "Availability: evenings"),
        ("telehealth", "Telemarketing"),
        ("spanish", "Spanish Fork, Utah"),
    ],
)
def test_other_senses_show_nothing(level, skill, text):
    assert level(skill, f"{text}\n") == 0


@pytest.mark.parametrize(
    ("skill", "typo"),
    [
        ("insurance-verification", "insurnace verification"),
        ("patient-scheduling", "patient schedulng"),
        ("medical-terminology", "medicalterminology"),
        ("organization", "orgnizational skills"),
        ("ehr-systems", "electronic medcal records"),
    ],
)
def test_one_slip_is_mended_and_called_fuzzy(profile, skill, typo):
    found = profile(f"Skills\n{typo}\n").skills[skill]
    assert found.evidence[0].method == "fuzzy"
    assert found.evidence[0].quote == typo


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Certifications\nCMAA\n", "held"),
        ("Certifications\nCMAA, expected May 2027\n", "in-progress"),
        ("Pursuing CMAA\n", "in-progress"),
        ("Certifications\nBLS, expires April 2023\n", "expired"),
        ("Certifications\nBLS, expires April 2027\n", "held"),
        ("Former CNA\n", "expired"),
        ("Summary\nRegistered nurse back from years at home\nLicenses\nRN, Maine, inactive since 2019\n", "expired"),
        ("Summary\nActive RN in New York\nLicenses\nRN, Maine, inactive since 2019\n", "held"),
        (job("Supervised four CNAs"), None),
        ("References\nMary Roe, RN\n", None),
        ("CMA license, strategic finance\n", None),
    ],
)
def test_states_of_credentials(profile, text, status):
    found = profile(text).credentials
    assert (found[0].status if found else None) == status


@pytest.mark.parametrize(
    ("text", "highest", "under_way"),
    [
        ("Education\nHigh School Diploma, 2010\n", "hs", None),
        ("Education\nAssociate of Applied Science, Medical Office, 2012\n", "associate", None),
        ("Education\nB.S. Biology, State University, 2012\n", "bachelor", None),
        ("Education\nBachelor of Arts, State University, 2024 - Present\n", "hs", "bachelor"),
        ("Education\nSome college, no degree\n", "none", None),
        ("Experience\nSales associate, 2010 - 2012\n", "none", None),
    ],
)
def test_education(profile, text, highest, under_way):
    found = profile(text).education
    assert (found.highest, found.in_progress) == (highest, under_way)


def test_overlapping_jobs_count_once_and_open_ones_end_at_the_date(profile):
    text = (
        "Experience\nMedical Receptionist, Lake Clinic, Jan 2020 - Dec 2021\nPhones\n"
        "Unit Clerk, Hill Hospital, Jan 2021 - Dec 2022\nCharts\nPatient Care Coordinator, Jan 2025 - Present\nCalls\n"
    )
    work = profile(text).experience
    assert work.patient_years == pytest.approx(3 + 13 / 12, abs=0.01)


def test_a_job_that_is_close_gives_credit_to_be_confirmed(profile):
    found = profile("Experience\nHotel Front Desk Agent, 2015 - 2018\nReservations for guests\n")
    transfers = {item.skill: item for item in found.transfers}
    assert transfers["patient-scheduling"].source == "job:hotel-front-desk"
    assert transfers["patient-scheduling"].share == pytest.approx(0.4)
    assert "patient-scheduling" not in found.skills


_LINES = st.lists(
    st.sampled_from(
        [
            "Experience",
            "Skills",
            "Medical Receptionist, Lake Clinic, Jan 2018 - Dec 2021",
            "\u2022 Scheduled 40 patients a day for six doctors",
            "\u2022 Verified insurance and got prior authorizations",
            "No coding experience",
            "Excel, Word, Outlook",
            "Seeking a role with telehealth",
            "HIPPA, insurnace verification, multi-line phones",
            "CNA, BLS (expired)",
            "B.S. Biology, State University",
        ]
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(_LINES)
def test_quotes_are_exact_slices(aim, lines):
    text = "\n".join(lines)
    found = aim.matcher.profile(read_layout(text, aim.headings, NEWEST), NEWEST)
    evidence = [item for skill in found.skills.values() for item in skill.evidence]
    evidence += [item for credential in found.credentials for item in credential.evidence]
    evidence += [*found.education.evidence, *(item for moved in found.transfers for item in moved.evidence)]
    for item in evidence:
        assert item.quote == text[item.start : item.end]


@settings(max_examples=60)
@given(_LINES)
def test_more_held_evidence_never_shows_less(aim, lines):
    """One more line of skills under its own heading."""
    text = "\n".join(lines)
    before = aim.matcher.profile(read_layout(text, aim.headings, NEWEST), NEWEST)
    longer = f"{text}\n\nSkills\n\u2022 Patient scheduling, EHR, HIPAA, team player\n"
    after = aim.matcher.profile(read_layout(longer, aim.headings, NEWEST), NEWEST)
    for name, finding in before.skills.items():
        assert after.skills[name].proficiency >= finding.proficiency
