"""Job postings: what they ask, how much they care, what is left out, and how they differ from the role in general."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pcc_assess import catalog
from pcc_assess.aim import Aim
from pcc_assess.assess import aim_at, assess_bytes, read_posting, with_posting
from pcc_assess.cli import main
from pcc_assess.errors import NothingToAssess
from pcc_assess.model import Asked, Posting

CLINIC = """\
Patient Care Coordinator
Riverbend Family Clinic

About Us
Riverbend is a friendly clinic. We use Cerner and love Excel.

Responsibilities
- Schedule patient appointments for four providers
- Greet and register patients
- Other duties as assigned

Qualifications
- High school diploma or GED required; Associate's degree in a health field preferred
- Must have at least three (3) years of experience in a medical office
- Expert in Epic
- CMAA or CCMA certification preferred
- BLS card required within 90 days
- Valid driver's license

Nice to have
- Basic ICD-10 coding

Benefits
- Telehealth for employees, 401(k)

We are an equal opportunity employer and consider everybody without regard to race. Bilingual staff is protected too.
"""
RESUME = b"Jo Doe\nExperience\nMedical Receptionist, Lake Clinic, Jan 2022 - Present\n- Scheduled patient visits\n"


def read(text: str, aim: Aim) -> Posting:
    return read_posting(text.encode(), "posting.txt", aim)


def find(posting: Posting, *ids: str) -> Asked:
    found = [item for item in posting.asked if item.ids == ids]
    assert found, f"{ids} not in {[item.ids for item in posting.asked]}"
    return max(found, key=lambda item: item.stated)


def test_each_thing_is_asked_as_its_line_says(aim: Aim) -> None:
    posting = read(CLINIC, aim)
    assert posting.title == "Patient Care Coordinator"
    assert find(posting, "hs").importance == "essential"
    assert find(posting, "associate").importance == "important"
    assert (find(posting, "patient").importance, find(posting, "patient").amount) == ("essential", 3.0)
    assert (find(posting, "ehr-systems").importance, find(posting, "ehr-systems").amount) == ("essential", 4.0)
    assert find(posting, "cmaa", "ccma").importance == "important"
    assert find(posting, "bls-cpr").importance == "essential"
    assert (find(posting, "medical-coding").importance, find(posting, "medical-coding").amount) == ("helpful", 1.0)
    assert not find(posting, "patient-scheduling").stated


def test_quotes_are_slices_of_the_posting(aim: Aim) -> None:
    for item in read(CLINIC, aim).asked:
        assert CLINIC[item.start : item.end] == item.quote


def test_the_company_benefits_and_legal_lines_ask_nothing(aim: Aim) -> None:
    named = {name for item in read(CLINIC, aim).asked for name in item.ids}
    assert named.isdisjoint({"microsoft-office", "telehealth", "spanish"})


def test_what_is_not_understood_is_told(aim: Aim) -> None:
    assert read(CLINIC, aim).unread == ("Valid driver's license",)


@pytest.mark.parametrize(
    "line, years",
    [
        ("1-2 years of medical office experience required", 1.0),
        ("Two years experience in a clinic", 2.0),
        ("6 months of experience with patients", 0.5),
        ("Must be 18 years old with scheduling experience", None),
        ("Our practice has served patients for 20 years", None),
    ],
)
def test_years_are_those_of_experience(line: str, years: float | None, aim: Aim) -> None:
    posting = read(f"Requirements\n- Medical terminology\n- {line}\n", aim)
    assert [item.amount for item in posting.asked if item.kind == "years"] == ([] if years is None else [years])


def test_no_experience_needed_asks_for_none(aim: Aim) -> None:
    posting = read("Requirements\n- No medical billing or ICD-10 experience needed\n- Medical terminology\n", aim)
    assert {"medical-coding"}.isdisjoint(name for item in posting.asked for name in item.ids)


def test_a_drafted_role_is_valid_and_reads_back_the_same(aim: Aim, tmp_path: Path) -> None:
    role = aim_at(read(CLINIC, aim), aim).role
    assert catalog.check_role(role, aim.knowledge) == ()
    file = tmp_path / "clinic.yaml"
    file.write_text(catalog.role_yaml(role, ["a note"]), "utf-8")
    assert catalog.load_role(file) == role
    assert [gate.education for gate in role.gates] == ["hs"]


def test_less_school_is_less_however_firmly_it_is_asked(aim: Aim) -> None:
    posting = read("Front Desk\n\nRequirements\n- High school diploma or GED required\n- Epic required\n", aim)
    at = aim_at(posting, aim)
    match = with_posting(assess_bytes(RESUME, "jo.txt", at), posting, at, aim).posting
    assert {item.id: item.kind for item in match.differences}["education"] == "lowers"


def test_differences_name_all_that_sets_the_posting_apart(aim: Aim) -> None:
    posting = read(CLINIC, aim)
    at = aim_at(posting, aim)
    match = with_posting(assess_bytes(RESUME, "jo.txt", at), posting, at, aim).posting
    kinds = {item.id: item.kind for item in match.differences}
    assert kinds["ehr-systems"] == "raises"
    assert kinds["medical-coding"] == "lowers"
    assert kinds["telehealth"] == "drops"
    assert "patient-scheduling" not in kinds
    assert match.score == assess_bytes(RESUME, "jo.txt", aim).readiness.score


def test_a_posting_without_anything_known_is_refused(aim: Aim) -> None:
    with pytest.raises(NothingToAssess):
        read("We sell pianos. Come and play them all day long with us.", aim)


_LINES = st.sampled_from([*CLINIC.split("\n"), "2 years", "required", "or", "CMAA,", "(3) years", "a plus;", "GED/"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(_LINES | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40), max_size=12))
def test_no_text_breaks_the_reading(words: list[str], aim: Aim) -> None:
    text = "\n".join(words)
    posting = read(f"Requirements\nMedical terminology\n{text}", aim)
    assert catalog.check_role(aim_at(posting, aim).role, aim.knowledge) == ()


def test_the_commands_from_posting_to_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    posting, resume, role = tmp_path / "p.txt", tmp_path / "r.txt", tmp_path / "clinic.yaml"
    posting.write_text(CLINIC, "utf-8")
    resume.write_bytes(RESUME)
    assert main(["role", "from-posting", str(posting), "--output", str(role)]) == 0
    assert main(["role", "check", str(role)]) == 0
    assert role.read_text("utf-8").startswith("# Drafted from the job posting")
    assert main(["score", str(resume), "--role", str(role), "--format", "json"]) == 0
    capsys.readouterr()
    assert main(["score", str(resume), "--posting", str(posting), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["posting"]["title"] == "Patient Care Coordinator"
    for options in ([], ["--accessible"], ["--format", "markdown"], ["--lang", "es"]):
        assert main(["score", str(resume), "--posting", str(posting), *options]) == 0
        shown = capsys.readouterr().out
        assert "Valid driver" in shown
        assert "--posting" in shown or "--format" in options


def test_a_plan_for_a_posting_is_taken_up_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    posting, resume, plan = tmp_path / "p.txt", tmp_path / "r.txt", tmp_path / "plan.json"
    posting.write_text(CLINIC, "utf-8")
    resume.write_bytes(RESUME)
    asked = ["--posting", str(posting)]
    assert main(["plan", str(resume), *asked, "--format", "json", "--output", str(plan)]) == 0
    made = json.loads(plan.read_text("utf-8"))
    assert made["assessment"]["role"].startswith("posting-")
    assert main(["plan", str(plan), *asked]) == 0
    assert main(["report", str(resume), *asked, "--output", str(tmp_path / "r.html")]) == 0
    capsys.readouterr()
    assert main(["plan", str(plan)]) == 2
    assert "--posting" in capsys.readouterr().err


def test_a_role_is_started_from_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "desk.yaml"
    assert main(["role", "new", "dental-desk", "--title", "Dental Desk", "--output", str(file)]) == 0
    assert main(["role", "check", str(file)]) == 0
    made = catalog.load_role(file)
    assert (made.id, made.title, made.ranks["senior"].title) == ("dental-desk", "Dental Desk", "Senior Dental Desk")
    assert main(["role", "new", "Dental Desk"]) == 2
    assert "small letters" in capsys.readouterr().err
