"""Kinds of employers: what one asks differently, and that the result is a role like any other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from factories import profiles, roles
from hypothesis import given, settings
from hypothesis import strategies as st

from pcc_assess import catalog
from pcc_assess.aim import DEFAULT_ROLE, make_aim
from pcc_assess.cli import main
from pcc_assess.employers import at_employer
from pcc_assess.knowledge import LEVELS, Setting, ShareShift, Shift
from pcc_assess.score import assess_profile
from pcc_assess.weights import HUNDRED, weights

KNOWLEDGE = catalog.load()
SAMPLE = "data/samples/entry-level.txt"
KINDS = ("large-hospital", "remote", "small-practice", "specialty")


def importance(role, name, level="coordinator"):
    return next(item.levels[level].importance for item in role.requirements if item.id == name)


def share(role, level, category):
    points = weights(role, level, KNOWLEDGE.policy)
    return sum(points[item.id] for item in role.requirements if item.category == category and level in item.levels)


def test_the_four_kinds_of_the_guide_are_there():
    assert tuple(sorted(KNOWLEDGE.settings)) == KINDS


@given(
    role=roles(KNOWLEDGE),
    kind=st.sampled_from(sorted(KNOWLEDGE.settings)),
    profile=profiles(KNOWLEDGE),
    level=st.sampled_from(LEVELS),
)
@settings(max_examples=60)
def test_any_role_at_any_employer_still_makes_100_points(role, kind, profile, level):
    there = at_employer(role, KNOWLEDGE.settings[kind])
    asked = weights(there, level, KNOWLEDGE.policy)
    assert sum(asked.values()) == (HUNDRED if asked else 0)
    found = assess_profile(profile, there, level, KNOWLEDGE)
    assert round(sum(item.points for item in found.requirements), 2) == found.readiness.score


def test_an_importance_is_moved_no_further_than_the_setting_says():
    role = KNOWLEDGE.roles[DEFAULT_ROLE]
    shifts = (
        Shift(id="telehealth", why="x", source="x", at_least="essential"),
        Shift(id="organization", why="x", source="x", at_least="important"),
        Shift(id="spanish", why="x", source="x", at_most="important"),
        Shift(id="ehr-systems", why="x", source="x", at_most="helpful"),
        Shift(id="none-such", why="x", source="x", at_least="essential"),
    )
    there = at_employer(role, Setting(id="x", name="X", summary="x", shifts=shifts))
    assert [importance(there, item.id) for item in shifts[:4]] == ["essential", "essential", "helpful", "helpful"]
    assert [item.id for item in there.requirements] == [item.id for item in role.requirements]


def test_shares_grow_and_shrink_in_proportion():
    role = KNOWLEDGE.roles[DEFAULT_ROLE]
    double = ShareShift(id="soft", times=2.0, why="x", source="x")
    there = at_employer(role, Setting(id="x", name="X", summary="x", shares=(double,)))
    assert share(there, "coordinator", "soft") == pytest.approx(2 * 1600 / 1.16, abs=1)
    assert share(there, "coordinator", "technical") == pytest.approx(5500 / 1.16, abs=1)


def test_what_is_added_is_asked_only_where_the_role_has_not_got_it():
    remote = KNOWLEDGE.settings["remote"]
    twin = at_employer(KNOWLEDGE.roles["patient-services-coordinator"], remote)
    assert importance(twin, "telehealth", "junior") == "essential"
    assert "senior" not in next(item for item in twin.requirements if item.id == "telehealth").levels
    main_role = at_employer(KNOWLEDGE.roles[DEFAULT_ROLE], remote)
    assert [item.id for item in main_role.requirements].count("telehealth") == 1


def test_no_kind_of_employer_makes_a_certificate_a_gate():
    for kind in KNOWLEDGE.settings.values():
        there = at_employer(KNOWLEDGE.roles[DEFAULT_ROLE], kind)
        assert all(importance(there, "certification", level) != "essential" for level in LEVELS)


def test_the_aim_carries_the_kind_of_employer():
    aim = make_aim(DEFAULT_ROLE, "senior", date(2026, 1, 1), setting="specialty")
    assert aim.setting is KNOWLEDGE.settings["specialty"] or aim.setting == KNOWLEDGE.settings["specialty"]
    assert importance(aim.role, "patient-advocacy", "senior") == "important"


def run(*words: str, capsys) -> dict:
    assert main([*words, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_score_and_its_plan_say_for_whom_they_count(capsys, tmp_path: Path, root: Path, monkeypatch):
    monkeypatch.chdir(root)
    any_, small = (
        run("score", SAMPLE, "--as-of", "2026-01-01", *more, capsys=capsys)
        for more in ([], ["--setting", "small-practice"])
    )
    assert (any_["role"]["setting"], small["role"]["setting"]) == (None, "small-practice")
    assert any_["readiness"]["score"] != small["readiness"]["score"]
    kept = tmp_path / "small.json"
    kept.write_text(json.dumps(small), "utf-8")
    plan = run("plan", str(kept), capsys=capsys)
    assert plan["assessment"]["setting"] == "small-practice"
    assert plan["assessment"]["score"] == small["readiness"]["score"]


FORMS = [
    *((command, *more) for command in ("score", "plan") for more in ([], ["--accessible"], ["--format", "markdown"])),
    ("score", "--format", "html"),
    ("plan", "--format", "iep"),
]


@pytest.mark.parametrize("command, more", [(form[0], list(form[1:])) for form in FORMS])
def test_reports_name_the_kind_of_employer(command, more, capsys, root: Path, monkeypatch):
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "100")
    assert main([command, SAMPLE, "--setting", "remote", *more]) == 0
    out = " ".join(capsys.readouterr().out.split()).replace("\\", "")
    assert "Counted for this kind of employer: Remote work." in out


def test_a_batch_counts_for_the_kind_of_employer(capsys, tmp_path: Path, root: Path):
    output = tmp_path / "all.jsonl"
    assert main(["batch", str(root / SAMPLE), "--output", str(output), "--setting", "remote", "--jobs", "1"]) == 0
    assert json.loads(output.read_text("utf-8").splitlines()[0])["role"]["setting"] == "remote"


def test_an_unknown_kind_is_refused_with_the_list(capsys, root: Path):
    assert main(["score", str(root / SAMPLE), "--setting", "hospital"]) == 2
    said = capsys.readouterr().err
    assert "there is no setting 'hospital'" in said
    assert all(kind in said for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_role_shows_what_the_employer_changes(kind, capsys):
    assert main(["role", "show", "--setting", kind]) == 0
    assert " in place of " in capsys.readouterr().out


def test_answers_of_the_quiz_keep_the_kind_of_employer(aim):
    from pcc_assess.aim import quiz_form
    from pcc_assess.quiz import answers
    from pcc_assess.quiz.session import begun

    there = make_aim(aim.role.id, aim.level, aim.as_of, setting="remote")
    written = answers.document(begun(quiz_form(there, "short")), language="en")
    assert answers.read(written, "x.json").setting == "remote"
    written.pop("setting")  # files of earlier versions
    assert answers.read(written, "x.json").setting is None


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.roles))
def test_every_role_can_be_scored_at_its_usual_level(name, capsys, root: Path):
    assert main(["score", str(root / SAMPLE), "--role", name, "--format", "json"]) == 0
    level = json.loads(capsys.readouterr().out)["role"]["level"]
    assert level in KNOWLEDGE.roles[name].ranks


def test_related_careers_say_what_differs_and_what_nobody_knows():
    related = [role for role in KNOWLEDGE.roles.values() if role.id != DEFAULT_ROLE]
    assert len(related) == 5
    assert [role.id for role in related if not (role.differs and role.unsure and role.move and role.sources)] == []


def test_commands_after_a_quiz_keep_role_and_employer(tmp_path: Path, capsys, monkeypatch):
    from pcc_assess.aim import quiz_form
    from pcc_assess.quiz import answers
    from pcc_assess.quiz.session import begun

    monkeypatch.chdir(tmp_path)
    there = make_aim("patient-coordinator", "junior", date(2026, 1, 1), setting="small-practice")
    given = answers.document(begun(quiz_form(there, "short")), language="en", finished=True)
    Path("answers.json").write_text(json.dumps(given), "utf-8")
    assert main(["quiz", "--answers", "answers.json", "--save", "mine.json"]) == 0
    again = "pcc-assess score mine-profile.json --role patient-coordinator --level junior --setting small-practice"
    assert again in capsys.readouterr().err
