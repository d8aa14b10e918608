"""What a file can do to the process that reads it costs that process only, and is told in one line."""

import os
import signal
import sys
import time

import psutil
import pytest

from pcc_assess import isolation
from pcc_assess.assess import apart, assess_bytes
from pcc_assess.errors import InputError, NothingToAssess
from pcc_assess.isolation import ChildFault, resident, run_isolated
from pcc_assess.limits import Limits

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")


def run(function, *args, seconds=10.0, memory_mb=4096):
    return run_isolated(function, *args, limits=Limits(seconds=seconds, memory_mb=memory_mb), where="resume.pdf")


def double(number):
    return number * 2


def refuse():
    raise NothingToAssess("a scan", where="resume.pdf, page 1", hint="run OCR")


def stumble(text):
    raise ValueError(text)


def swell():
    held = []
    while True:
        held.append(bytearray(10_000_000))


def swell_in_one_go():
    return len(b"x" * 2_000_000_000)


def hang():
    while True:
        time.sleep(1)


def die():
    os.kill(os.getpid(), signal.SIGTRAP)


def leave():
    os._exit(7)


def file_written(path):
    try:
        return path.write_bytes(b"words of a candidate")
    except OSError:
        return 0


def core_limit():
    import resource

    return resource.getrlimit(resource.RLIMIT_CORE)


def test_a_result_and_an_error_come_back_as_they_are():
    assert run(double, 21) == 42
    assert run(double, "x" * 3_000_000) == "x" * 6_000_000
    with pytest.raises(NothingToAssess) as caught:
        run(refuse)
    error = caught.value
    assert (error.message, error.where, error.hint, error.exit_code) == ("a scan", "resume.pdf, page 1", "run OCR", 4)


def test_a_fault_of_our_own_says_where_and_not_what():
    with pytest.raises(ChildFault) as caught:
        run(stumble, "words of a candidate")
    assert caught.value.kind == "ValueError"
    assert any("stumble" in place for place in caught.value.places)
    assert "candidate" not in str(caught.value)


@pytest.mark.parametrize(
    "function, message, option",
    [
        (swell, "MB of memory", "--limit memory-mb"),
        (swell_in_one_go, "MB of memory", "--limit memory-mb"),
        (hang, "longer than 0.3 seconds", "--limit seconds"),
        (die, "broke down", ""),
        (leave, "broke down", ""),
    ],
)
def test_what_goes_wrong_is_one_clear_refusal(function, message, option):
    # the process apart is a copy of this one, with all that the tests before have loaded
    memory_mb = resident(os.getpid()) // 2**20 + (100 if function in (swell, swell_in_one_go) else 2000)
    with pytest.raises(InputError, match=message) as caught:
        run(function, seconds=0.3 if function is hang else 10, memory_mb=memory_mb)
    error = caught.value
    assert error.exit_code == 3
    assert error.where == "resume.pdf"
    assert option in error.hint
    assert "\n" not in error.message + error.hint


@POSIX
def test_the_process_writes_no_file_and_leaves_no_core_dump(tmp_path):
    assert run(file_written, tmp_path / "note.txt") == 0
    assert run(core_limit) == (0, 0)
    assert all(not path.stat().st_size for path in tmp_path.iterdir())


def test_a_fresh_process_keeps_the_same_promises(monkeypatch, aim):
    """As on systems where a process is not forked."""
    monkeypatch.setattr(isolation, "_CHILD", isolation._Spawned)
    assert run(double, 21) == 42
    with pytest.raises(NothingToAssess):
        run(refuse)
    with pytest.raises(InputError, match="broke down"):
        run(die)
    resume = b"Jane Doe\nExperience\nReceptionist, Clinic, Jan 2019 - Present\n- Scheduled patients\n"
    assert apart(assess_bytes, resume, "a.txt", aim) == assess_bytes(resume, "a.txt", aim)


def test_no_process_is_left_behind():
    before = psutil.Process().children()
    for function in (hang, swell):
        with pytest.raises(InputError):
            run(function, seconds=0.2, memory_mb=100)
    assert psutil.Process().children() == before
