"""A whole run: what the results hold, what an interruption costs, and how it is taken up again."""

import json
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcc_assess import batch
from pcc_assess.batch import journal, likeness
from pcc_assess.batch.run import Run, run_batch
from pcc_assess.errors import InputError, OutputError, UsageError

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
RESUME = "Skills\nEHR, HIPAA, patient scheduling\n\n"
RESUME += "Experience\nMedical Receptionist, Lake Clinic\nJan 2019 - Dec 2021\n"
AIM = {"role": "patient-care-coordinator", "level": "junior", "as_of": date(2026, 1, 1)}


@pytest.fixture
def resumes(tmp_path):
    folder = tmp_path / "resumes"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(RESUME + f"Notes {name}\n")
    (folder / "b2.txt").write_bytes(b"")
    return folder


@pytest.fixture
def run(resumes, tmp_path):
    return Run(inputs=(str(resumes),), output=str(tmp_path / "results.jsonl"), jobs=1, **AIM)


def lines_of(path):
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def stop_after(count, error=KeyboardInterrupt):
    def progress(done, total):
        if done == count:
            raise error

    return progress


def interrupted(run, count):
    with pytest.raises(KeyboardInterrupt) as caught:
        run_batch(run, stop_after(count))
    return caught.value.__notes__[0]


# --- results ---------------------------------------------------------------------------------------


def test_a_run_writes_one_line_a_file(run, resumes):
    seen = []
    summary = run_batch(run, lambda done, total: seen.append((done, total)))
    assert (summary.scored, summary.failed) == (3, 1)
    assert [failure.candidate.source for failure in summary.failures] == [str(resumes / "b2.txt")]
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    lines = lines_of(run.output)
    assert [Path(line["candidate"]["source"]).name for line in lines] == ["a.txt", "b.txt", "b2.txt", "c.txt"]
    kinds = ("assessment", "assessment", "failure", "assessment")
    assert [line["schema"] for line in lines] == [f"pcc-assess/{kind}/1" for kind in kinds]
    assert sorted(path.name for path in resumes.parent.iterdir()) == ["results.jsonl", "resumes"]


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_any_number_of_workers_gives_the_same_bytes(run, tmp_path, ending):
    files = [tmp_path / f"{jobs}.{ending}" for jobs in (1, 2, 4)]
    for jobs, file in zip((1, 2, 4), files, strict=True):
        run_batch(replace(run, output=str(file), jobs=jobs))
    assert len({file.read_bytes() for file in files}) == 1


def test_a_missing_input_is_named_in_the_output(run, resumes):
    given = (str(resumes / "none.txt"), str(resumes / "a.txt"))
    summary = run_batch(replace(run, inputs=given))
    assert (summary.scored, summary.failed) == (1, 1)
    assert [line["candidate"]["source"] for line in lines_of(run.output)] == list(given)


@posix
def test_a_name_that_is_not_utf8_goes_all_the_way(run, resumes):
    (resumes / os.fsdecode(b"caf\xe9.txt")).write_text(RESUME)
    summary = run_batch(run)
    assert (summary.scored, summary.failed) == (4, 1)
    assert str(resumes / os.fsdecode(b"caf\xe9.txt")) in [line["candidate"]["source"] for line in lines_of(run.output)]
    run_batch(replace(run, output=run.output.replace(".jsonl", ".csv")))


@pytest.mark.parametrize(
    "change, error",
    [
        ({"role": "none"}, UsageError),
        ({"level": "none"}, UsageError),
        ({"output": "results.txt"}, UsageError),
        ({"output": "none/results.csv"}, OutputError),
        ({"inputs": ("none",)}, InputError),
    ],
)
def test_what_is_wrong_from_the_start_stops_the_run(run, tmp_path, monkeypatch, change, error):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error):
        run_batch(replace(run, **{"output": "results.csv", **change}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["resumes"]


def test_an_assessor_travels_to_a_process():
    assessor = batch.Assessor(**AIM)
    assert pickle.loads(pickle.dumps(assessor)) == replace(assessor)


# --- duplicates ------------------------------------------------------------------------------------


def long_text(seed, words=400):
    """Words of which no two seeds give the same order."""
    chance = random.Random(seed)
    bag = "scheduling insurance coordinator reception documentation patients clinic of the and with records".split()
    return " ".join(f"{chance.choice(bag)}{chance.randrange(40)}" for _ in range(words))


def test_what_repeats_an_earlier_candidate_is_marked(run, resumes):
    text = RESUME + long_text(1)
    (resumes / "d.txt").write_text(text)
    (resumes / "e.txt").write_text(text.replace("Lake Clinic", "Hill Clinic"))
    (resumes / "f.txt").write_text(text)
    (resumes / "g.txt").write_text(RESUME + long_text(2))
    (resumes / "h.txt").write_bytes((resumes / "a.txt").read_bytes())
    summary = run_batch(run)
    assert (summary.same, summary.near) == (2, 1)
    marks = {Path(line["candidate"]["source"]).name: line["candidate"]["duplicate"] for line in lines_of(run.output)}
    first = str(resumes / "d.txt")
    assert {name: mark for name, mark in marks.items() if mark} == {
        "e.txt": {"of": first, "kind": "near"},
        "f.txt": {"of": first, "kind": "same"},
        "h.txt": {"of": str(resumes / "a.txt"), "kind": "same"},
    }
    scores = {Path(line["candidate"]["source"]).name: line.get("readiness") for line in lines_of(run.output)}
    assert scores["d.txt"] == scores["f.txt"] == scores["e.txt"]


def test_a_sketch_tells_much_from_little_in_common():
    words = long_text(3).split()
    sketch = likeness.sketch_of(" ".join(words))
    edited = [*words[:100], "something", "else", *words[103:]]
    assert likeness.alike(sketch, likeness.sketch_of("  \n".join(edited)))
    half = [*words[:200], *long_text(4).split()[:200]]
    assert not likeness.alike(sketch, likeness.sketch_of(" ".join(half)))
    assert likeness.sketch_of("a short text of a few words") == b""


# --- interruptions ---------------------------------------------------------------------------------


def test_an_interrupt_keeps_what_is_finished_and_what_stood_there(run, tmp_path):
    Path(run.output).write_text("old")
    note = interrupted(run, 2)
    assert note == "2 of 4 are done and kept; to go on, add --continue to the same command"
    assert Path(run.output).read_text() == "old"
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["results.jsonl", "results.jsonl.journal", "resumes"]
    assert disk_mode(run) == 0o600


def disk_mode(run):
    return Path(journal.journal_of(run.output)).stat().st_mode & 0o777 if sys.platform != "win32" else 0o600


def test_a_run_goes_on_where_it_was_stopped(run, tmp_path):
    whole = replace(run, output=str(tmp_path / "whole.jsonl"))
    run_batch(whole)
    interrupted(run, 2)
    interrupted(replace(run, carry_on=True), 3)
    told = []
    summary = run_batch(replace(run, carry_on=True), lambda done, total: told.append(done))
    assert (summary.resumed, told) == (3, [4])
    assert Path(run.output).read_bytes() == Path(whole.output).read_bytes()
    assert not Path(journal.journal_of(run.output)).exists()


def test_there_may_be_nothing_to_go_on_with(run):
    assert run_batch(replace(run, carry_on=True)).resumed == 0


def test_an_unfinished_run_is_not_thrown_away(run):
    interrupted(run, 2)
    with pytest.raises(UsageError, match="unfinished") as caught:
        run_batch(run)
    assert "--continue" in caught.value.hint


def test_two_runs_do_not_write_one_file(run):
    held = journal.Journal(run.output, {}, carry_on=False)
    with pytest.raises(UsageError, match="another run"):
        run_batch(run)
    held.close()


def test_a_changed_added_or_missing_file_is_noticed(run, resumes):
    interrupted(run, 3)
    (resumes / "a.txt").write_text(RESUME + "More skills: Spanish\n")
    (resumes / "b.txt").unlink()
    (resumes / "d.txt").write_text(RESUME)
    summary = run_batch(replace(run, carry_on=True))
    assert (summary.scored, summary.failed, summary.resumed) == (3, 1, 1)
    fresh = replace(run, output=run.output.replace("results", "fresh"))
    run_batch(fresh)
    assert Path(run.output).read_bytes() == Path(fresh.output).read_bytes()


@pytest.mark.parametrize(
    "change, option",
    [
        ({"level": "senior"}, "--level junior"),
        ({"as_of": date(2026, 2, 1)}, "--as-of 2026-01-01"),
        ({"language": "es"}, "--lang en"),
        ({"setting": "remote"}, "leave --setting out"),
    ],
)
def test_results_of_two_kinds_do_not_go_into_one_file(run, change, option):
    interrupted(run, 2)
    with pytest.raises(UsageError) as caught:
        run_batch(replace(run, carry_on=True, **change))
    assert option in caught.value.hint


def test_another_version_of_the_program_does_not_go_on(run, monkeypatch):
    interrupted(run, 2)
    monkeypatch.setattr("pcc_assess.batch.run.__version__", "0.0.0")
    with pytest.raises(UsageError, match="have changed"):
        run_batch(replace(run, carry_on=True))


def test_the_day_of_an_unfinished_run_is_known(run):
    assert journal.begun_on(run.output) is None
    interrupted(run, 1)
    assert journal.begun_on(run.output) == AIM["as_of"]


@pytest.mark.parametrize("damage", ["torn", "changed", "heading"])
def test_a_damaged_line_counts_as_not_written(run, tmp_path, damage):
    whole = replace(run, output=str(tmp_path / "whole.jsonl"))
    run_batch(whole)
    interrupted(run, 3)
    place = Path(journal.journal_of(run.output))
    data = place.read_bytes()
    lines = data.splitlines(keepends=True)
    place.write_bytes(
        {
            "torn": data[:-100],
            "changed": b"".join([*lines[:2], lines[2].replace(b"points", b"pounds", 1), *lines[3:]]),
            "heading": data[:20],
        }[damage]
    )
    summary = run_batch(replace(run, carry_on=True))
    assert summary.resumed == {"torn": 2, "changed": 2, "heading": 0}[damage]
    assert Path(run.output).read_bytes() == Path(whole.output).read_bytes()


def command(run, *more):
    words = ["batch", *run.inputs, "--output", run.output, "--as-of", "2026-01-01", "--level", "junior", "--jobs", "2"]
    return [sys.executable, "-m", "pcc_assess", *words, *more]


@posix
def test_killed_at_any_moment_it_goes_on_to_the_same_file(run, resumes, tmp_path):
    for number in range(56):
        (resumes / f"{number}.txt").write_text(f"{RESUME}{long_text(number, 300)}\n")
    whole = replace(run, output=str(tmp_path / "whole.jsonl"))
    run_batch(whole)
    chance = random.Random(7)
    kills = 0
    for _ in range(6):
        process = subprocess.Popen(command(run, "--continue"), stderr=subprocess.DEVNULL)
        place = Path(journal.journal_of(run.output))
        before = place.stat().st_size if place.exists() else 0
        # Time runs from the first new result, so that a slow machine makes no difference.
        while process.poll() is None and not (place.exists() and place.stat().st_size > before + 300):
            time.sleep(0.005)
        time.sleep(chance.random() * 0.05)
        process.kill()
        kills += process.wait() == -signal.SIGKILL
    assert kills >= 2
    assert subprocess.run(command(run, "--continue"), check=False, capture_output=True).returncode == 5
    assert Path(run.output).read_bytes() == Path(whole.output).read_bytes()


@posix
@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_says_how_to_go_on(run, resumes, number, code):
    for name in range(300):
        (resumes / f"{name}.txt").write_text(RESUME + long_text(name, 1000))
    process = subprocess.Popen(command(run), stderr=subprocess.PIPE, text=True)
    place = Path(journal.journal_of(run.output))
    while not place.exists() or place.stat().st_size < 20_000:
        time.sleep(0.01)
    process.send_signal(number)
    _, told = process.communicate(timeout=20)
    assert process.returncode == code
    assert "add --continue to the same command" in told
    assert len(told.splitlines()) == 2


@posix
def test_a_full_disk_is_one_clear_line_and_nothing_is_lost(run, resumes):
    for name in range(20):
        (resumes / f"{name}.txt").write_text(RESUME + long_text(name))
    Path(run.output).write_text("old")
    # No file may grow beyond this: as on a disk that is full, a write is refused midway.
    limited = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
from pcc_assess.cli import main
sys.exit(main({command(run)[3:]!r}))
"""
    done = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True, check=False)
    assert done.returncode == 6
    assert len(done.stderr.splitlines()) <= 3
    assert "--continue" in done.stderr
    assert Path(run.output).read_text() == "old"
    assert run_batch(replace(run, carry_on=True)).resumed > 3


def test_a_full_disk_is_called_so(monkeypatch, run):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="the disk is full") as caught:
        run_batch(run)
    assert "--continue" in caught.value.hint
