"""A batch on a cluster gives what a batch on one machine gives, also when a machine is lost on the way."""

import json
import os
import signal
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcc_assess.batch import remote
from pcc_assess.batch.run import Run, run_batch
from pcc_assess.cli import main
from pcc_assess.errors import OutputError, UsageError

distributed = pytest.importorskip("distributed")
fsspec = pytest.importorskip("fsspec")
# The cluster logs, and leaves sockets to the end of the process.
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
    pytest.mark.filterwarnings("ignore"),
]
RESUME = (
    "Skills\nEHR, HIPAA, patient scheduling\n\nExperience\nMedical Receptionist, Lake Clinic\nJan 2019 - Dec 2021\n"
)


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "resumes"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"{RESUME}\nNotes {number}\n")
    (folder / "empty.txt").write_text("")
    return Run(
        inputs=(str(folder),),
        output=str(tmp_path / "local.jsonl"),
        role="patient-care-coordinator",
        level="junior",
        as_of=date(2026, 1, 1),
        jobs=1,
    )


@pytest.fixture(scope="module")
def cluster():
    """Two processes, each with a thread, as ``dask scheduler`` and ``dask worker`` would start them."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as found:
        yield found


def lose_a_worker_after(count, cluster):
    """What is told of the progress, and kills a process of the cluster when so many are done."""
    lost: list[int] = []

    def progress(done, _total):
        if done >= count and not lost:
            with distributed.Client(cluster, set_as_default=False) as client:
                lost.extend([*client.run(os.getpid).values()][:1])
            os.kill(lost[0], signal.SIGKILL)

    return progress


def test_a_lost_worker_changes_nothing(run, cluster):
    run_batch(run)
    spread = replace(run, output=run.output.replace("local", "spread"), scheduler=cluster.scheduler_address)
    summary = run_batch(spread, lose_a_worker_after(10, cluster))
    assert (summary.scored, summary.failed) == (60, 1)
    assert Path(spread.output).read_bytes() == Path(run.output).read_bytes()


def test_what_costs_a_worker_costs_one_candidate(run, cluster):
    """Each file is read in a process apart there, too: the cluster itself notices nothing of a file that hangs."""
    Path(run.inputs[0], "slow.txt").write_text("EHR HIPAA phones " * 55_000)
    slow = replace(run, limits=replace(run.limits, seconds=1), scheduler=cluster.scheduler_address)
    before = set(cluster.scheduler.workers)
    failures = {Path(each.candidate.source).name: each.error.message for each in run_batch(slow).failures}
    assert failures["slow.txt"] == "reading took longer than 1 seconds and was stopped"
    assert before <= set(cluster.scheduler.workers)


def test_inputs_and_outputs_may_be_addresses(run, monkeypatch, tmp_path):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    system = fsspec.filesystem("memory")
    for name in ("b.txt", "deep/a.txt", ".hidden.txt"):
        system.pipe(f"/caseload/{name}", f"{RESUME}{name}".encode())
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=":0") as near:
        far = replace(
            run,
            inputs=("memory://caseload", "memory://nothing"),
            output="memory://out/r.jsonl",
            scheduler=near.scheduler_address,
        )
        assert run_batch(far).scored == 2
    lines = [json.loads(line) for line in system.cat("/out/r.jsonl").splitlines()]
    sources = [line["candidate"]["source"] for line in lines]
    assert sources == ["memory:///caseload/b.txt", "memory:///caseload/deep/a.txt", "memory://nothing"]
    assert [*Path().iterdir()] == []


def test_an_address_of_this_machine_is_a_path(run):
    run_batch(run)
    files = f"file://{run.inputs[0]}"
    output = f"file://{run.output.replace('local', 'again')}"
    run_batch(replace(run, inputs=(files,), output=output))
    assert Path(remote.plain(output)).read_bytes() == Path(run.output).read_bytes()


def test_without_a_cluster_no_address_is_used(run):
    with pytest.raises(UsageError, match="--engine dask"):
        run_batch(replace(run, output="memory://out/r.jsonl"))
    given = (*run.inputs, "memory://caseload")
    assert run_batch(replace(run, inputs=given)).failures[-1].error.message == "there is no such file or folder"


def test_a_kind_of_address_that_nobody_knows(run):
    with pytest.raises(UsageError, match="this address"):
        run_batch(replace(run, output="nowhere://out/r.jsonl", scheduler="tcp://127.0.0.1:1"))


def test_an_address_that_takes_nothing(tmp_path, monkeypatch):
    def refuse(_address):
        raise PermissionError("words of a service")

    (tmp_path / "r").write_text("x")
    monkeypatch.setattr(remote, "_system", refuse)
    with pytest.raises(OutputError, match="PermissionError") as caught:
        remote.put(str(tmp_path / "r"), "memory://out/r")
    assert "words" not in caught.value.message
    assert (tmp_path / "r").exists()


@pytest.mark.parametrize(
    "words, message",
    [
        (["--engine", "dask"], "go together"),
        (["--scheduler", "tcp://127.0.0.1:1"], "go together"),
        (["--engine", "dask", "--scheduler", "nonsense"], "does not answer"),
    ],
)
def test_wrong_use_is_told(run, words, message, capsys):
    assert main(["batch", *run.inputs, "--output", run.output, *words]) == 2
    assert message in capsys.readouterr().err


def test_without_the_extra_the_way_is_named(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as caught:
        run_batch(replace(run, scheduler="tcp://127.0.0.1:1"))
    assert "pcc-assess[cluster]" in caught.value.hint
