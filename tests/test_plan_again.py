"""A plan made again: with steps done, taken out or moved, from its own file and without the resume."""

from __future__ import annotations

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from pcc_assess import catalog
from pcc_assess.cli import main
from pcc_assess.renderers.schemas import schema

SAMPLE = str(catalog.data_dir() / "samples" / "entry-level.txt")
DAY = ["--as-of", "2026-11-01"]


@pytest.fixture
def made(tmp_path, capsys):
    """Makes a plan, and gives it with the place where it is saved; a change is written to that file first."""

    def make(*words, source=SAMPLE, day=DAY):
        assert main(["plan", str(source), "--format", "json", *day, *words]) == 0
        plan = json.loads(capsys.readouterr().out)
        file = tmp_path / "plan.json"
        file.write_text(json.dumps(plan), "utf-8")
        return plan, file

    return make


def actions(plan):
    return {action["id"]: action for step in plan["steps"] for action in step["actions"]}


def changed(plan, file):
    file.write_text(json.dumps(plan), "utf-8")
    return file


def test_a_plan_file_is_enough_to_plan_again(made):
    first, file = made("--hours-per-week", "5", "--budget", "90", "--target", "70", "--goal", "cheapest")
    again, _ = made(source=file)
    assert again == first
    assert list(Draft202012Validator(schema("plan")).iter_errors(again)) == []


def test_what_is_done_counts_and_is_not_planned_again(made):
    first, file = made()
    name = next(name for name, action in actions(first).items() if action["points"])
    again, _ = made("--done", f"{name}=2026-11-20", source=file, day=["--as-of", "2026-12-01"])
    assert again["parameters"]["done"] == [{"id": name, "on": "2026-11-20"}]
    assert name not in actions(again)
    assert again["assessment"]["score"] == pytest.approx(first["assessment"]["score"] + actions(first)[name]["points"])
    assert min(action["start"] for action in actions(again).values()) == "2026-12-01"


def test_a_resume_and_what_is_done_since_make_a_plan_too(made):
    first, _ = made()
    again, _ = made("--done", "term-open-textbook", "--done", "understand-postings")
    assert {"term-open-textbook", "understand-postings"} <= set(actions(first))
    assert not {"term-open-textbook", "understand-postings"} & set(actions(again))
    assert again["assessment"]["score"] > first["assessment"]["score"]


def test_done_is_counted_once_however_often_the_plan_is_made_again(made):
    plan, file = made()
    job = next(name for name in actions(plan) if "job" in name and actions(plan)[name]["at_work"])
    actions(plan)[job]["done"] = True
    once, file = made(source=changed(plan, file))
    twice, _ = made("--done", job, source=file)
    assert once["parameters"]["done"] == [{"id": job, "on": None}]
    assert twice["assessment"]["profile"] == once["assessment"]["profile"]
    assert twice["parameters"]["done"] == once["parameters"]["done"]


def test_a_step_that_was_taken_out_stays_out(made):
    plan, file = made()
    stage = next(step for step in plan["steps"] if step["stage"] == "foundations")
    removed = stage["actions"].pop(0)["id"]
    again, file = made(source=changed(plan, file))
    assert removed not in actions(again)
    assert again["parameters"]["left_out"] == [removed]
    assert removed not in actions(made(source=file)[0])


def test_a_step_that_was_moved_stays_where_it_was_put(made):
    plan, file = made()
    name = "term-open-textbook"
    actions(plan)[name] |= {"start": "2027-03-01", "end": "2027-06-30"}
    again, file = made(source=changed(plan, file))
    moved = actions(again)[name]
    assert (moved["start"], moved["end"]) == ("2027-03-01", "2027-06-30")
    assert again["parameters"]["dates"] == [{"id": name, "start": "2027-03-01", "end": "2027-06-30"}]
    assert actions(made(source=file)[0])[name]["start"] == "2027-03-01"
    for other in actions(again).values():
        if name in other["prerequisites"]:
            assert other["start"] > "2027-06-30"


def test_a_plan_that_begins_later_keeps_its_first_day(made):
    _, file = made("--start", "2027-01-04")
    assert made(source=file)[0]["parameters"]["start"] == "2027-01-04"
    assert made(source=file, day=["--as-of", "2027-02-01"])[0]["parameters"]["start"] == "2027-02-01"


def test_options_overrule_what_the_plan_file_says(made):
    _, file = made("--hours-per-week", "5")
    again, _ = made("--hours-per-week", "12", "--target", "60", source=file)
    assert (again["parameters"]["hours_per_week"], again["parameters"]["target"]) == (12.0, 60.0)


@pytest.mark.parametrize(
    "change, words, line",
    [
        ({}, ["--done", "cert-cma"], "did you mean 'cert-cmas'?"),
        ({}, ["--done", "xyzzy"], "--format json` shows the ids"),
        ({}, ["--done", "cert-cmaa=soon"], "has no valid day"),
        ({"done": "soon"}, [], "is marked as done with 'soon'"),
        ({"start": "tomorrow"}, [], "has a start or end that is no day"),
        ({"end": "2020-01-01"}, [], "ends before it starts"),
        ({"end": "9999-12-31"}, [], "lies too far ahead"),
        ({}, ["--start", "9999-12-31"], "cannot begin after"),
        ({"id": "term-open-textbok"}, [], "did you mean 'term-open-textbook'?"),
    ],
)
def test_a_slip_is_answered_with_one_clear_error(change, words, line, made, capsys):
    plan, file = made()
    actions(plan)["term-open-textbook"].update(change)
    assert main(["plan", str(changed(plan, file)), *DAY, *words]) in {2, 3}
    told = capsys.readouterr()
    assert told.out == ""
    assert line in told.err
    assert told.err.count("\n") <= 3


@pytest.mark.parametrize("part", ["steps", "assessment", "parameters", "made"])
def test_a_plan_file_that_was_broken_is_refused(part, made, capsys):
    plan, file = made()
    plan[part] = "nothing"
    assert main(["plan", str(changed(plan, file)), *DAY]) == 3
    assert "the plan does not fit" in capsys.readouterr().err


def test_what_was_done_is_told(made, capsys):
    _, file = made()
    assert main(["plan", str(file), *DAY, "--done", "term-open-textbook", "--lang", "es"]) == 0
    assert "1 paso ya está hecho" in capsys.readouterr().out


def test_reviews_come_every_four_weeks_and_at_the_end_of_each_stage(made):
    plan, _ = made()
    ends = {step["stage"]: max(action["end"] for action in step["actions"]) for step in plan["steps"]}
    by_stage = {review["stage"]: review["on"] for review in plan["reviews"] if review["stage"]}
    assert set(by_stage.values()) == set(ends.values())
    regular = [date.fromisoformat(item["on"]) for item in plan["reviews"] if item["kind"] == "regular"]
    assert regular
    assert all((day - date(2026, 11, 1)).days % 28 == 0 for day in regular)


def test_pay_is_shown_as_it_is_labelled_and_the_cost_in_weeks_of_the_difference(made, knowledge):
    plan, _ = made("--level", "senior")
    money = plan["money"]
    assert [level["level"] for level in money["levels"]] == ["senior", "lead", "manager"]
    senior = money["levels"][0]
    assert {figure["id"]: figure["low"] for figure in senior["figures"]} == {"median": 55000, "average": 58000}
    weeks = {item["label"]: item for item in senior["weeks_of_pay"]}
    assert {item["difference"] for item in weeks.values()} == {7000, 8000}
    for item in weeks.values():
        assert item["weeks_high"] == round(money["cost_high"] * 52 / item["difference"], 1)
    given = {figure["id"]: (figure["low"], figure["high"]) for figure in money["figures"]}
    assert given["headline-median"] == (40680, 40680)
    assert given["entry"] == (35000, 45000)
    assert given["experienced"] == (50000, None)
