"""Comparisons: the ladder, related careers, and one person at two times."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from factories import assessed, profiles, roles, skill
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pcc_assess import catalog
from pcc_assess.aim import DEFAULT_ROLE, fitting_level
from pcc_assess.cli import main
from pcc_assess.compare import against_levels, over_time
from pcc_assess.errors import InputError
from pcc_assess.knowledge import LEVELS
from pcc_assess.model import Profile
from pcc_assess.renderers.schemas import schema

KNOWLEDGE = catalog.load()
ROLE = KNOWLEDGE.roles[DEFAULT_ROLE]
SAMPLE = "data/samples/entry-level.txt"
FORMATS = [["--format", "text"], ["--format", "text", "--accessible"], ["--format", "markdown"], ["--format", "json"]]


def at(profile, level="coordinator", role=ROLE):
    return assessed(profile, role, level, KNOWLEDGE)


def hundredths(value):
    return round(value * 100)


@given(role=roles(KNOWLEDGE), level=st.sampled_from(LEVELS), old=profiles(KNOWLEDGE), new=profiles(KNOWLEDGE))
@settings(max_examples=50)
def test_the_changes_add_up_to_the_change_of_the_score(role, level, old, new):
    assume(any(level in item.levels for item in role.requirements))
    (period,) = over_time((at(old, level, role), at(new, level, role)), KNOWLEDGE.texts).periods
    moved = sum(hundredths(change.points) for change in period.changes)
    assert moved == hundredths(period.after.score) - hundredths(period.before.score) == hundredths(period.points)
    assert len(period.changes) + period.unchanged == sum(level in item.levels for item in role.requirements)
    assert all(change.before != change.after and change.why for change in period.changes)


def test_a_file_beside_itself_shows_no_change():
    record = at(Profile(skills={"telehealth": skill(3)}))
    (period,) = over_time((record, record), KNOWLEDGE.texts).periods
    assert (period.changes, period.points, period.gates, period.cautions) == ((), 0.0, (), ())


def test_a_change_names_the_words_that_came_and_those_that_went():
    with_it, without = at(Profile(skills={"telehealth": skill(3)})), at(Profile())
    (came,) = over_time((without, with_it), KNOWLEDGE.texts).periods
    (went,) = over_time((with_it, without), KNOWLEDGE.texts).periods
    assert [(item.id, item.quote) for item in came.changes] == [("telehealth", "Scheduled patients")]
    assert came.changes[0].why == "New in the file: Scheduled patients"
    assert went.changes[0].why == "No longer in the file: Scheduled patients"
    assert went.points == -came.points < 0


def test_three_assessments_make_two_periods():
    steps = [at(Profile(skills={"telehealth": skill(level)})) for level in (1, 2, 3)]
    assert len(over_time(steps, KNOWLEDGE.texts).periods) == 2


@pytest.mark.parametrize(
    "change, said",
    [
        ({"role": {"level": "senior"}}, "the level was coordinator, and is senior"),
        ({"role": {"id": "other"}}, "the role was patient-care-coordinator, and is other"),
        ({"role": {"setting": "remote"}}, "the kind of employer was any, and is remote"),
        ({"scoring": 2}, "the rules of scoring were version 1, and are version 2"),
    ],
)
def test_what_would_be_unfair_is_refused_with_the_way_out(change, said):
    record = at(Profile())
    fields = {key: replace(record.role, **value) if key == "role" else value for key, value in change.items()}
    with pytest.raises(InputError) as caught:
        over_time((record, replace(record, **fields)), KNOWLEDGE.texts)
    assert said in caught.value.message
    assert "pcc-assess score x.txt --role" in caught.value.hint


def test_other_weights_are_refused_other_words_of_the_data_are_told():
    record = at(Profile())
    heavier = replace(record.requirements[0], weight=record.requirements[0].weight + 1)
    changed = replace(record, requirements=(heavier, *record.requirements[1:]))
    with pytest.raises(InputError, match=f"one requirement asks or weighs something else: {heavier.id}"):
        over_time((record, changed), KNOWLEDGE.texts)
    (period,) = over_time((record, replace(record, version="other")), KNOWLEDGE.texts).periods
    assert "other versions of program or data" in period.cautions[0]


def test_the_older_one_comes_first():
    record = at(Profile())
    with pytest.raises(InputError) as caught:
        over_time((record, replace(record, as_of="2020-01-01")), KNOWLEDGE.texts)
    assert caught.value.hint == "give the older one first"


def test_points_that_do_not_add_up_are_refused():
    record = at(Profile())
    broken = replace(record, readiness=replace(record.readiness, score=99.0))
    with pytest.raises(InputError, match="do not add up"):
        over_time((record, broken), KNOWLEDGE.texts)


def test_another_name_is_told_and_not_refused():
    record = at(Profile())
    one, two = (replace(record, candidate=replace(record.candidate, name=name)) for name in ("Ann", "Bo"))
    (period,) = over_time((one, two), KNOWLEDGE.texts).periods
    assert "Ann and Bo" in period.cautions[0]


def test_three_things_set_a_person_apart_from_a_level_the_costliest_first():
    records = [at(Profile(skills={"telehealth": skill(3)}), level) for level in LEVELS]
    made = against_levels(records, ROLE, KNOWLEDGE.texts)
    assert [item.role.level for item in made.positions] == list(LEVELS)
    for record, position in zip(records, made.positions, strict=True):
        left = sorted((item.points_open for item in record.requirements), reverse=True)
        assert [item.points for item in position.apart] == left[:3]
        assert all(item.next_step for item in position.apart)
    table = [(39000, 42000), (48000, 50000), (55000, 58000), (62000, 65000), (75000, 78000)]
    assert [tuple(figure.low for figure in item.pay) for item in made.positions] == table
    assert {figure.id for figure in made.pay} >= {"headline-median", "headline-range", "entry"}


@pytest.mark.parametrize(
    "name, level, expected",
    [
        ("patient-coordinator", "manager", "coordinator"),
        ("patient-care-manager", "junior", "manager"),
        ("clinical-coordinator", "junior", "coordinator"),
        (DEFAULT_ROLE, "lead", "lead"),
    ],
)
def test_a_role_without_a_level_is_taken_at_the_nearest_one(name, level, expected):
    assert fitting_level(KNOWLEDGE.roles[name], level) == expected


# --- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)


@pytest.fixture(scope="module")
def kept(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The assessment of the sample, so that it is read only once."""
    place = str(tmp_path_factory.mktemp("kept") / "sample.json")
    words = ["--as-of", "2026-01-01", "--format", "json", "--output", place]
    assert main(["score", str(root / SAMPLE), *words]) == 0
    return place


def run(*words, capsys) -> str:
    assert main(["compare", *words]) == 0
    return capsys.readouterr().out


@pytest.fixture(scope="module")
def pair(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two assessments of one resume that grew."""
    folder = tmp_path_factory.mktemp("pair")
    more = folder / "new.txt"
    more.write_text((root / SAMPLE).read_text("utf-8") + "\nCMAA, certified October 2025\n", "utf-8")
    made = []
    for file, day in ((str(root / SAMPLE), "2025-05-01"), (str(more), "2026-01-01")):
        place = str(folder / f"{day}.json")
        assert main(["score", file, "--as-of", day, "--format", "json", "--output", place]) == 0
        made.append(place)
    return made


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("view", ["--levels", "--roles"])
@pytest.mark.parametrize("look", FORMATS)
def test_every_view_in_every_form(kept, view, look, language, capsys):
    said = run(kept, view, *look, "--lang", language, capsys=capsys)
    if "json" in look:
        value = json.loads(said)
        Draft202012Validator(schema("comparison")).validate(value)
        assert len(value["positions"]) == (5 if view == "--levels" else 6)
    else:
        assert "{" not in said
        assert "CMAA" in said


@pytest.mark.parametrize("look", FORMATS)
def test_two_times_in_every_form(pair, look, capsys):
    said = run(*pair, *look, capsys=capsys)
    if "json" in look:
        value = json.loads(said)
        Draft202012Validator(schema("comparison")).validate(value)
        assert value["periods"][0]["points"] > 4
    else:
        assert "New in the file: CMAA" in said.replace("\\", "")


def test_a_narrow_screen_gets_no_table(kept, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    said = run(kept, "--levels", capsys=capsys)
    assert max(len(line) for line in said.splitlines() if "pcc-assess" not in line) <= 40
    assert "junior. shown: " in said


def test_levels_of_a_kind_of_employer(kept, capsys):
    value = json.loads(run(kept, "--levels", "--setting", "remote", "--format", "json", capsys=capsys))
    assert {item["role"]["setting"] for item in value["positions"]} == {"remote"}


def test_a_level_of_the_ladder_is_what_score_says(here, kept, capsys):
    value = json.loads(run(kept, "--levels", "--format", "json", capsys=capsys))
    senior = next(item for item in value["positions"] if item["role"]["level"] == "senior")
    assert main(["score", SAMPLE, "--level", "senior", "--as-of", "2026-01-01", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["readiness"] == senior["readiness"]


def test_an_old_assessment_and_a_new_resume(here, pair, capsys):
    value = json.loads(run(pair[0], SAMPLE, "--as-of", "2026-01-01", "--format", "json", capsys=capsys))
    assert value["periods"][0]["after"]["as_of"] == "2026-01-01"


@pytest.mark.parametrize(
    "words, code",
    [
        ([SAMPLE], 2),
        ([SAMPLE, "--levels", "--roles"], 2),
        ([SAMPLE, SAMPLE, "--levels"], 2),
        ([SAMPLE, "--levels", "--level", "senior"], 2),
        (["-", "-"], 2),
        (["none.json", "none.json"], 3),
    ],
)
def test_what_cannot_be_compared_ends_in_one_clear_error(here, words, code, capsys):
    assert main(["compare", *words]) == code
    assert capsys.readouterr().err.startswith("error: ")


def test_assessments_for_a_role_of_ones_own_need_no_role_file(pair, tmp_path: Path, capsys):
    kept = []
    for place in pair:
        value = json.loads(Path(place).read_text("utf-8"))
        value["role"]["id"] = "role-of-my-own"
        kept.append(str(tmp_path / Path(place).name))
        Path(kept[-1]).write_text(json.dumps(value), "utf-8")
    assert "New in the file: CMAA" in run(*kept, capsys=capsys)


def test_a_blind_comparison_names_nobody(pair, capsys, tmp_path: Path):
    said = run(*pair, "--blind-key", str(tmp_path / "key"), "--format", "json", capsys=capsys)
    assert SAMPLE not in said
    assert "new.txt" not in said


def test_options_that_two_assessments_cannot_take_are_refused(pair, capsys):
    assert main(["compare", *pair, "--level", "senior"]) == 2
    assert main(["compare", *pair[::-1]]) == 3
    assert "give the older one first" in capsys.readouterr().err
