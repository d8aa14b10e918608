"""The whole way from a file to an assessment."""

import os
import subprocess
import sys
import time
from datetime import date

import pytest

from pcc_assess.aim import DEFAULT_ROLE, make_aim
from pcc_assess.assess import assess_bytes, assess_file, failure_of
from pcc_assess.errors import InputError, UsageError

RESUME = """Jane Roe

SUMMARY
Calm and organized. Fluent in Spanish.

EXPERIENCE
Medical Receptionist, Lake Clinic, May 2018 - Present
\u2022 Scheduled 40 patients a day for six doctors in Epic
\u2022 Verified insurance and obtained prior authorizations
\u2022 Trained two new receptionists

EDUCATION
High School Diploma
"""


def test_an_assessment_says_where_it_comes_from(aim):
    found = assess_bytes(RESUME.encode(), "jane.txt", aim)
    assert found.candidate.source == "jane.txt"
    assert found.candidate.name == "Jane Roe"
    assert found.as_of == "2026-01-01"
    assert aim.knowledge.version in found.version
    assert found.role.id == DEFAULT_ROLE
    assert found.input.quality == "doubtful"  # so short a text is no whole resume
    assert "very short" in found.input.notes[0]
    assert found.input.characters == len(RESUME)


def test_the_id_is_that_of_the_content_and_not_of_the_name(aim):
    one, two = (assess_bytes(RESUME.encode(), name, aim) for name in ("a.txt", "b.txt"))
    assert one.candidate.id == two.candidate.id
    assert one.candidate.id != assess_bytes(RESUME.encode() + b"Excel\n", "a.txt", aim).candidate.id


@pytest.mark.parametrize(
    "other",
    [
        RESUME.replace("Jane Roe", "Muhammad Okonkwo"),
        RESUME.replace("Jane Roe", "Jane Roe\nShe/her, born 1961, Flat 3, Hill Road"),
        RESUME.replace("High School Diploma", "High School Diploma, 1979"),
    ],
)
def test_who_a_person_is_does_not_matter(aim, other):
    assert assess_bytes(other.encode(), "x.txt", aim).readiness == assess_bytes(RESUME.encode(), "x.txt", aim).readiness


def test_case_does_not_matter_for_skills(aim):
    """Letters that are a word in another case ("PA", "it") are the exception, and none stands here."""
    loud = assess_bytes(RESUME.upper().encode(), "x.txt", aim)
    plain = assess_bytes(RESUME.encode(), "x.txt", aim)
    assert {name: item.proficiency for name, item in loud.profile.skills.items()} == {
        name: item.proficiency for name, item in plain.profile.skills.items()
    }


def test_order_of_jobs_and_sections_does_not_matter(aim):
    parts = RESUME.split("\n\n")
    turned = "\n\n".join([parts[0], *reversed(parts[1:])])
    assert (
        assess_bytes(turned.encode(), "x.txt", aim).readiness == assess_bytes(RESUME.encode(), "x.txt", aim).readiness
    )


@pytest.mark.parametrize(
    ("seed", "zone", "locale"),
    [("0", "UTC", "C"), ("1", "Asia/Tokyo", "C.UTF-8"), ("77", "America/New_York", "de_DE.UTF-8")],
)
def test_the_same_bytes_in_any_process(tmp_path, root, seed, zone, locale):
    path = tmp_path / "resume.txt"
    path.write_text(RESUME, encoding="utf-8")
    command = [sys.executable, "-m", "pcc_assess", "score", "resume.txt", "--as-of", "2026-01-01", "--format", "json"]

    def output(**settings):
        environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1", **settings}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True).stdout

    expected = output(PYTHONHASHSEED="42", TZ="UTC", LC_ALL="C.UTF-8")
    assert output(PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale) == expected


def test_every_level_can_be_aimed_at(aim):
    scores = [
        assess_bytes(RESUME.encode(), "x.txt", make_aim(DEFAULT_ROLE, level, date(2026, 1, 1))).readiness.score
        for level in ("junior", "coordinator", "senior", "lead", "manager")
    ]
    assert scores == sorted(scores, reverse=True)


def test_an_unknown_role_or_level_is_a_wrong_use():
    with pytest.raises(UsageError, match="no role"):
        make_aim("nurse", "junior", date(2026, 1, 1))


def test_a_profile_with_an_unknown_skill_is_refused_with_a_guess(aim):
    text = b"schema: pcc-assess/profile/1\nskills: {hipa-privacy: 3}\n"
    with pytest.raises(InputError, match="hipa-privacy") as refused:
        assess_bytes(text, "me.yaml", aim)
    assert "hipaa-privacy" in refused.value.hint


def test_a_failure_is_a_value(tmp_path, aim):
    with pytest.raises(InputError) as missing:
        assess_file(str(tmp_path / "none.pdf"), aim)
    failure = failure_of(missing.value, "none.pdf")
    assert failure.candidate.source == "none.pdf"
    assert failure.error.code == "input-refused"
    assert failure.error.hint


def test_a_long_line_costs_no_more_than_its_length(aim):
    def seconds(words: int) -> float:
        begin = time.process_time()
        found = assess_bytes(b"EHR HIPAA phones " * words, "x.txt", aim)
        spent = time.process_time() - begin
        assert found.profile.skills["hipaa-privacy"].proficiency == 1
        assert found.input.quality == "doubtful"
        return spent

    # the smaller of two, since another program may have been in the way
    short, long = (min(seconds(words), seconds(words)) for words in (3_000, 6_000))
    assert long / short < 2.8
