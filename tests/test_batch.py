"""Many files: which are taken, in which order, what a bad one costs, and what the output holds."""

import csv
import io
import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from pcc_assess.batch import outputs
from pcc_assess.batch.inputs import Item, find_items
from pcc_assess.errors import InputError
from pcc_assess.model import Candidate, Failure, FailureReason
from pcc_assess.renderers.json_ import to_line

RESUME = "Skills\nEHR, HIPAA, patient scheduling\n\n"
RESUME += "Experience\nMedical Receptionist, Lake Clinic\nJan 2019 - Dec 2021\n"
AIM = {"role": "patient-care-coordinator", "level": "junior", "as_of": date(2026, 1, 1)}


def named(item):
    reason = FailureReason(code="x", message=str(os.getpid()), hint="")
    return Failure(candidate=Candidate(id="c", source=item, name=None), error=reason)


def find_inputs(given, output=""):
    """All that is found: the files, and what was named and is not there."""
    found = [*find_items(given, outputs=(output,))]
    files = [each.path for each in found if isinstance(each, Item)]
    return SimpleNamespace(files=files, failures=[each for each in found if isinstance(each, Failure)])


# --- inputs
# ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.txt",
        "a.pdf",
        "deep/er/c.docx",
        "Deep.txt",
        ".hidden.txt",
        ".git/x.txt",
        "~$a.docx",
        "Thumbs.db",
    ):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("x")
    return tmp_path / "in"


def test_a_folder_is_taken_whole_and_in_order(folder):
    found = find_inputs([str(folder)])
    names = [os.path.relpath(path, folder) for path in found.files]
    assert names == ["Deep.txt", "a.pdf", "b.txt", str(Path("deep", "er", "c.docx"))]
    assert found.failures == []


def test_inputs_keep_their_order_and_come_once(folder):
    found = find_inputs([str(folder / "b.txt"), str(folder), str(folder / "*.pdf")])
    assert [Path(path).name for path in found.files] == ["b.txt", "Deep.txt", "a.pdf", "c.docx"]


def test_a_pattern_is_filled_in_where_the_shell_did_not(folder):
    found = find_inputs([str(folder / "**" / "*.docx")])
    assert [Path(path).name for path in found.files] == ["c.docx"]


def test_a_hidden_file_that_is_named_is_taken(folder):
    assert len(find_inputs([str(folder / ".hidden.txt")]).files) == 1


def test_the_output_is_no_input(folder):
    (folder / "results.csv").write_text("x")
    assert len(find_inputs([str(folder)], str(folder / "results.csv")).files) == 4


def test_a_folder_that_holds_itself_has_an_end(folder):
    (folder / "loop").symlink_to(folder)
    assert len(find_inputs([str(folder)]).files) == 4


def test_what_is_missing_is_a_failure_beside_the_rest(folder):
    found = find_inputs([str(folder / "none.pdf"), str(folder / "b.txt")])
    assert len(found.files) == 1
    assert [failure.candidate.source for failure in found.failures] == [str(folder / "none.pdf")]
    assert found.failures[0].error.code == "input-refused"


def test_nothing_at_all_is_refused(tmp_path):
    for given in ([str(tmp_path)], [str(tmp_path / "none")], [str(tmp_path / "*.pdf")], []):
        with pytest.raises(InputError) as caught:
            find_inputs(given)
        assert caught.value.exit_code == 3


# --- outputs
# --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def aim():
    from pcc_assess.aim import make_aim

    return make_aim(**AIM)


@pytest.fixture(scope="module")
def assessment(aim):
    from pcc_assess.assess import assess_bytes

    return assess_bytes(RESUME.encode(), "a.txt", aim)


class Kept:
    """An output that keeps what is written."""

    def __init__(self):
        self.data = b""

    def write(self, data):
        self.data += data


def written(form, *records):
    kept = Kept()
    form.write([form.row(record) for record in records], kept)
    return kept.data.decode()


def cells_of(form, *records):
    return list(csv.DictReader(io.StringIO(written(form, *records), newline="")))


def test_a_row_says_what_the_assessment_says(aim, assessment):
    scored, failed = cells_of(outputs.comma_separated(aim), assessment, named("b.txt"))
    assert (scored["rank"], scored["status"]) == ("1", "scored")
    assert float(scored["score"]) == assessment.readiness.score
    assert float(scored["possible"]) == assessment.readiness.possible
    assert scored["level"] == "junior"
    for category in assessment.categories:
        assert float(scored[f"category {category.id}"]) == category.score
    for gate in assessment.readiness.gates:
        assert scored[f"gate {gate.id}"] == gate.status
    assert (failed["rank"], failed["source"], failed["status"], failed["score"], failed["error_code"]) == (
        "",
        "b.txt",
        "failed",
        "",
        "x",
    )


def with_score(assessment, score, name):
    return replace(
        assessment,
        readiness=replace(assessment.readiness, score=score),
        candidate=replace(assessment.candidate, id=name),
    )


def test_equal_scores_have_one_rank(aim, assessment):
    records = [with_score(assessment, score, name) for name, score in (("d", 5.0), ("c", 7.0), ("a", 7.0), ("b", 9.0))]
    rows = cells_of(outputs.comma_separated(aim), *sorted([named("e"), *records], key=outputs.rank_key))
    assert [(row["rank"], row["id"]) for row in rows] == [("1", "b"), ("2", "a"), ("2", "c"), ("4", "d"), ("", "c")]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\x1b=1", "\uff1d1", "\u200b=1"])
def test_no_cell_is_a_formula(aim, name):
    (row,) = cells_of(outputs.comma_separated(aim), named(name))
    assert row["source"].startswith("'")
    assert "\x1b" not in row["source"]


def test_a_row_stays_one_row(aim):
    rows = cells_of(outputs.comma_separated(aim), named('a "b", c\nd\r.txt'), named("b.txt"))
    assert [row["source"] for row in rows] == ['a "b", c d .txt', "b.txt"]


def test_a_name_that_is_not_utf8_is_written(aim):
    odd = os.fsdecode(b"caf\xe9.txt")
    assert json.loads(to_line(named(odd)))["candidate"]["source"] == odd
    assert cells_of(outputs.comma_separated(aim), named(odd))[0]["source"]
