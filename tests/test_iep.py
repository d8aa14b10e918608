"""The counselor's form: filled as far as the plan knows, visibly empty elsewhere, in Markdown and as a Word file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcc_assess.assess import assess_bytes, plan_of
from pcc_assess.cli import main
from pcc_assess.plan import parameters_of
from pcc_assess.readers.docx import read_docx
from pcc_assess.renderers import iep, word, wording_of
from pcc_assess.renderers.form_parts import Fields, Grid, PaperForm, Part, Points
from pcc_assess.renderers.iep import form

RESUME = """\
Rosa Example
EXPERIENCE
Front Desk Agent, Gull Inn
June 2022 - Present
- Check in guests and confirm their details
- Calm upset guests and settle complaints on the spot
EDUCATION
High School Diploma
"""


@pytest.fixture(scope="module")
def made(aim):
    record = assess_bytes(RESUME.encode(), "resume.txt", aim)
    plan = plan_of(record, aim, parameters_of(aim.knowledge.policy, date(2026, 11, 2)))
    return plan, wording_of(aim.role, aim.level, aim.knowledge)


def text_of(data):
    return read_docx(data, "plan.docx").pages[0]


def test_the_form_has_the_parts_of_such_a_plan(made):
    titles = [part.title for part in form(*made).parts]
    assert titles == [
        *("Participant", "Employment goal", "Where the participant stands", "Achievement objectives"),
        *("Services", "Responsibilities", "Review days", "Signatures"),
    ]


def test_every_objective_has_its_proof_and_its_days_and_room_for_the_end(made):
    plan, wording = made
    grid = form(plan, wording).parts[3].blocks[0]
    actions = [action for step in plan.steps for action in step.actions]
    assert [(row[1], row[2], row[5]) for row in grid.rows] == [(action.title, action.proof, "") for action in actions]
    done = replace(plan.steps[0], actions=tuple(replace(action, done=True) for action in plan.steps[0].actions))
    rows = form(replace(plan, steps=(done,)), wording).parts[3].blocks[0].rows
    assert {row[5] for row in rows} == {"done"}


def test_what_only_people_can_agree_on_is_empty_and_seen_to_be(made):
    markdown = iep.markdown(*made)
    for label in ("Participant number", "Career planner", "Wage wanted", "What would help"):
        assert f"- {label}: \\_\\_" in markdown or f"- {label}: ____" in markdown, label
    assert "Rosa Example" in markdown
    grids = [block for part in form(*made).parts for block in part.blocks if isinstance(block, Grid)]
    assert all(any("" in row for row in grid.rows) for grid in grids)


def test_who_pays_is_asked_for_all_that_costs(made):
    plan, wording = made
    grid = form(plan, wording).parts[4].blocks[0]
    priced = [action.title for step in plan.steps for action in step.actions if not action.free]
    assert [row[0] for row in grid.rows][: len(priced)] == priced
    assert all(row[3] == "" for row in grid.rows)


def test_the_word_file_says_what_the_markdown_says(made):
    plan, wording = made
    said = text_of(iep.document(plan, wording))
    for part in form(plan, wording).parts:
        assert part.title in said
        for block in part.blocks:
            rows = block.rows if isinstance(block, (Fields, Grid)) else tuple((item,) for item in block.items)
            for row in rows:
                assert all(cell in said for cell in row), row


def test_the_word_file_is_the_same_every_time_and_well_formed(made):
    data = iep.document(*made)
    assert data == iep.document(*made)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            ElementTree.fromstring(archive.read(info))


CELL = st.text(max_size=40)


@settings(max_examples=50)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4), st.lists(CELL, max_size=3), CELL)
def test_whatever_stands_in_a_form_its_file_can_be_read(rows, points, note):
    part = Part(
        title="x",
        note=note,
        blocks=(Fields(tuple(rows)), Grid((("a", 50), ("b", 50)), tuple(rows)), Points(tuple(points))),
    )
    data = word.document(PaperForm(title="t", note=note, language="en", foot="f", parts=(part,)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    tables = [item for item in root.iter() if item.tag.endswith("}tbl")]
    assert [len([item for item in table if item.tag.endswith("}tr")]) for table in tables] == [len(rows), len(rows) + 1]


def test_the_command_writes_either_kind_and_refuses_others(tmp_path, capsys):
    resume = tmp_path / "resume.txt"
    resume.write_text(RESUME, encoding="utf-8")
    words = ["plan", str(resume), "--format", "iep", "--as-of", "2026-11-01"]
    assert main([*words, "--output", str(tmp_path / "plan.docx")]) == 0
    assert "Achievement objectives" in text_of((tmp_path / "plan.docx").read_bytes())
    assert main([*words, "--output", str(tmp_path / "plan.md")]) == 0
    capsys.readouterr()
    assert main(words) == 0
    assert capsys.readouterr().out == (tmp_path / "plan.md").read_text(encoding="utf-8")
    assert main([*words, "--output", str(tmp_path / "plan.pdf")]) == 2
    assert "plan.docx" in capsys.readouterr().err
    assert not (tmp_path / "plan.pdf").exists()


def test_the_form_speaks_spanish(tmp_path, capsys):
    resume = tmp_path / "resume.txt"
    resume.write_text(RESUME, encoding="utf-8")
    assert main(["plan", str(resume), "--format", "iep", "--as-of", "2026-11-01", "--lang", "es"]) == 0
    assert "Plan Individual de Empleo" in capsys.readouterr().out
