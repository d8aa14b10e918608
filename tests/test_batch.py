"""Many files: which are taken, in which order, what a bad one costs, and what the output holds."""

import csv
import io
import json
import os
import signal
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcc_assess import batch
from pcc_assess.batch import engines, outputs
from pcc_assess.batch.inputs import find_inputs
from pcc_assess.errors import InputError, NothingToAssess, OutputError, PccError, UsageError
from pcc_assess.model import Candidate, Failure, FailureReason

RESUME = "Skills\nEHR, HIPAA, patient scheduling\n\n"
RESUME += "Experience\nMedical Receptionist, Lake Clinic\nJan 2019 - Dec 2021\n"
AIM = {"role": "patient-care-coordinator", "level": "junior", "as_of": date(2026, 1, 1)}


def named(item):
    reason = FailureReason(code="x", message=str(os.getpid()), hint="")
    return Failure(candidate=Candidate(id="c", source=item, name=None), error=reason)


def assess_or_break(item):
    """What a worker is given in these tests; the item says what happens."""
    if item.startswith("crash"):
        os.kill(os.getpid(), signal.SIGKILL)
    if item.startswith("leave"):
        os._exit(3)
    if item.startswith("bug"):
        raise ValueError("words of a candidate")
    if item.startswith("empty"):
        raise NothingToAssess("no text", hint="scan it again")
    return named(item)


class NeverReady:
    """A worker's task that cannot be prepared."""

    def prepare(self):
        os._exit(9)

    def __call__(self, item):
        return named(item)


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
    assert found.failures == ()


def test_inputs_keep_their_order_and_come_once(folder):
    found = find_inputs([str(folder / "b.txt"), str(folder), str(folder / "*.pdf")])
    assert [Path(path).name for path in found.files] == ["b.txt", "Deep.txt", "a.pdf", "c.docx"]


def test_a_pattern_is_filled_in_where_the_shell_did_not(folder):
    found = find_inputs([str(folder / "**" / "*.docx")])
    assert [Path(path).name for path in found.files] == ["c.docx"]


def test_a_hidden_file_that_is_named_is_taken(folder):
    assert len(find_inputs([str(folder / ".hidden.txt")]).files) == 1


def test_the_output_is_no_input(folder):
    for name in ("results.csv", "results.csv.partial"):
        (folder / name).write_text("x")
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


# --- engines
# --------------------------------------------------------------------------------------------------------


def test_in_turn_a_bad_file_is_a_value():
    results = list(batch.in_turn(["one", "bug", "empty", "two"], assess_or_break))
    assert [result.candidate.source for result in results] == ["one", "bug", "empty", "two"]
    assert [result.error.code for result in results] == ["x", "internal", "nothing-to-assess", "x"]
    assert "words of a candidate" not in repr(results)
    assert results[0].error.message == str(os.getpid())


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_crash_costs_one_file_and_the_order_stays():
    items = [f"file {number}" for number in range(60)]
    items[3], items[17], items[30], items[59] = "crash 1", "leave", "bug", "crash 2"
    results = list(batch.local(items, assess_or_break, 3))
    assert [result.candidate.source for result in results] == items
    failed = {result.candidate.source: result.error.message for result in results if result.error.code != "x"}
    assert set(failed) == {"crash 1", "leave", "bug", "crash 2"}
    assert "SIGKILL" in failed["crash 1"]
    assert "exit code 3" in failed["leave"]
    assert "words of a candidate" not in failed["bug"]
    assert str(os.getpid()) not in {result.error.message for result in results}


def test_a_worker_that_cannot_start_ends_the_run():
    with pytest.raises(PccError, match="cannot start") as caught:
        list(batch.local(["a", "b"], NeverReady(), 2))
    assert caught.value.exit_code == 70


def test_a_run_that_is_left_ends_its_workers():
    results = batch.local([f"file {number}" for number in range(50)], assess_or_break, 2)
    worker = int(next(results).error.message)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_results_do_not_run_far_ahead(monkeypatch):
    monkeypatch.setattr(engines, "_AHEAD", 2)
    items = [f"file {number}" for number in range(30)]
    assert [result.candidate.source for result in batch.local(items, assess_or_break, 2)] == items


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
    assert json.loads(written(outputs.json_lines(aim), named(odd)))["candidate"]["source"] == odd
    assert cells_of(outputs.comma_separated(aim), named(odd))[0]["source"]


# --- a whole run
# ----------------------------------------------------------------------------------------------------


@pytest.fixture
def resumes(tmp_path):
    folder = tmp_path / "resumes"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(RESUME + f"Notes {name}\n")
    (folder / "b2.txt").write_bytes(b"")
    return folder


def lines_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_run_writes_one_line_a_file(resumes, tmp_path):
    output = tmp_path / "results.jsonl"
    seen = []
    summary = batch.run_batch([str(resumes)], output, **AIM, progress=lambda done, total: seen.append((done, total)))
    assert (summary.scored, [failure.candidate.source for failure in summary.failures]) == (
        3,
        [str(resumes / "b2.txt")],
    )
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    lines = lines_of(output)
    assert [Path(line["candidate"]["source"]).name for line in lines] == [
        "a.txt",
        "b.txt",
        "b2.txt",
        "c.txt",
    ]
    assert [line["schema"] for line in lines] == [
        f"pcc-assess/{name}/1" for name in ("assessment", "assessment", "failure", "assessment")
    ]


def test_processes_give_the_same_bytes(resumes, tmp_path):
    for jobs in (1, 2):
        batch.run_batch([str(resumes)], tmp_path / f"{jobs}.csv", **AIM, jobs=jobs)
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_a_missing_input_is_named_in_the_output(resumes, tmp_path):
    summary = batch.run_batch([str(resumes / "a.txt"), str(resumes / "none.txt")], tmp_path / "r.jsonl", **AIM)
    assert (summary.scored, len(summary.failures)) == (1, 1)
    assert {line["schema"] for line in lines_of(tmp_path / "r.jsonl")} == {
        "pcc-assess/assessment/1",
        "pcc-assess/failure/1",
    }


@pytest.mark.parametrize(
    "change, error",
    [
        ({"role": "none"}, UsageError),
        ({"level": "none"}, UsageError),
        ({"output": "results.txt"}, UsageError),
        ({"output": "none/results.csv"}, OutputError),
        ({"inputs": ["none"]}, InputError),
    ],
)
def test_what_is_wrong_from_the_start_stops_the_run(resumes, tmp_path, monkeypatch, change, error):
    monkeypatch.chdir(tmp_path)
    words = {**AIM, "inputs": [str(resumes)], "output": "results.csv", **change}
    with pytest.raises(error):
        batch.run_batch(words.pop("inputs"), tmp_path / words.pop("output"), **words)
    assert not (tmp_path / "results.csv").exists()


def test_an_interrupt_keeps_what_is_finished_and_what_stood_there(resumes, tmp_path):
    output = tmp_path / "results.jsonl"
    output.write_text("old")

    def stop(done, total):
        del total
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        batch.run_batch([str(resumes)], output, **AIM, progress=stop)
    assert output.read_text() == "old"
    assert len(lines_of(tmp_path / "results.jsonl.partial")) == 2
    assert "2 of 4 files" in caught.value.__notes__[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "results.jsonl",
        "results.jsonl.partial",
        "resumes",
    ]


def test_an_assessor_travels_to_a_process():
    import pickle

    assessor = batch.Assessor(**AIM)
    assert pickle.loads(pickle.dumps(assessor)) == replace(assessor)
