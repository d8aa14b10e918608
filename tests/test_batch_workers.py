"""Workers that can be lost: what a crash, a hang or a swelling file costs, and what is said of it."""

import json
import os
import signal
import sys
import time

import pytest

from pcc_assess.batch import workers
from pcc_assess.batch.inputs import Item
from pcc_assess.batch.outcomes import Outcome, failed, unpacked
from pcc_assess.errors import NothingToAssess, PccError
from pcc_assess.isolation import resident
from pcc_assess.limits import Limits

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


class Trial:
    """What a worker is given in these tests; the name of the candidate says what happens."""

    def prepare(self):
        pass

    def __call__(self, item):
        word = item.source.split()[0]
        if word in DEEDS:
            DEEDS[word]()
        return Outcome(json.dumps({"name": item.source, "worker": os.getpid()}).encode(), "c-1", item.source)

    def failed(self, failure):
        return failed(failure)


def broken():
    raise ValueError("words of a candidate")


def empty():
    raise NothingToAssess("no text", hint="scan it again")


def swell():
    held = []
    while True:
        held.append(bytearray(10_000_000))


DEEDS = {
    "crash": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "fault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "leave": lambda: os._exit(3),
    "bug": broken,
    "empty": empty,
    "hang": lambda: time.sleep(60),
    "swell": swell,
}


class NeverReady(Trial):
    """A task that cannot be prepared."""

    def prepare(self):
        os._exit(9)


def numbered(names):
    return [(number, Item(source=name, kind="file", path=name)) for number, name in enumerate(names)]


def done(names, fork=workers.FORKS, **limits):
    """The result of every candidate: its name, and the message where it failed."""
    results = {}
    for number, packed in workers.local(numbered(names), Trial(), 2, Limits(**limits), fork=fork):
        assert number not in results
        _, begin, end = unpacked(packed)
        results[number] = json.loads(packed[begin:end])
    assert sorted(results) == list(range(len(names)))
    for number, result in results.items():
        assert names[number] == (result["name"] if "name" in result else result["candidate"]["source"])
    return {names[number]: result["error"]["message"] for number, result in results.items() if "error" in result}


@posix
@pytest.mark.parametrize("fork", {workers.FORKS, False})
def test_a_crash_costs_one_candidate(fork):
    names = [f"file {number}" for number in range(40)]
    names[3], names[4], names[30], names[39] = "leave", "fault", "bug", "crash"
    lost = done(names, fork)
    assert set(lost) == {"leave", "fault", "bug", "crash"}
    assert "SIGKILL" in lost["crash"]
    assert "SIGSEGV" in lost["fault"]
    assert "exit code 3" in lost["leave"]
    assert "ValueError" in lost["bug"]
    assert "words of a candidate" not in lost["bug"]


@posix
def test_a_hang_and_a_memory_hog_cost_one_candidate_each():
    names = ["a", "hang", "b", "swell", "c", "empty", "d", "e"]
    # a worker is a copy of this process, with all that the tests before have loaded
    memory_mb = resident(os.getpid()) // 2**20 + 200
    lost = done(names, seconds=2.0, memory_mb=memory_mb)
    assert set(lost) == {"hang", "swell", "empty"}
    assert lost["hang"] == "reading took longer than 2 seconds and was stopped"
    assert lost["swell"] == f"reading needed more than {memory_mb} MB of memory and was stopped"


def test_a_worker_that_cannot_start_ends_the_run():
    with pytest.raises(PccError, match="cannot start") as caught:
        list(workers.local(numbered("ab"), NeverReady(), 2, Limits()))
    assert caught.value.exit_code == 70


def test_a_run_that_is_left_ends_its_workers():
    results = workers.local(numbered(["file"] * 50), Trial(), 2, Limits())
    _, packed = next(results)
    _, begin, end = unpacked(packed)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(json.loads(packed[begin:end])["worker"], 0)


@posix
def test_workers_leave_signals_to_the_first_process():
    results = workers.local(numbered(["file"] * 20), Trial(), 1, Limits())
    _, packed = next(results)
    _, begin, end = unpacked(packed)
    worker = json.loads(packed[begin:end])["worker"]
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(worker, number)
    assert len(list(results)) == 19
