"""An input is read whole or refused in one line; an output is written whole or not at all."""

import errno
import io
import os
import stat
import sys
from pathlib import Path

import pytest

from pcc_assess import disk
from pcc_assess.errors import InputError, OutputError
from pcc_assess.limits import Limits

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and pipes of POSIX")


def is_root():
    return hasattr(os, "getuid") and os.getuid() == 0


def test_a_file_is_read_whole_also_through_a_link(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"one\0two")
    assert disk.read_input(str(tmp_path / "a.txt")) == b"one\0two"
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    assert disk.read_input(str(tmp_path / "link")) == b"one\0two"


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from a pipe")))
    assert disk.read_input("-") == b"from a pipe"


def test_what_cannot_be_read_is_refused_in_one_clear_line(tmp_path):
    for path, message in (
        (tmp_path / "none.txt", "there is no such file"),
        (tmp_path, "this is a folder"),
        ("bad\0name", "cannot be opened"),
    ):
        with pytest.raises(InputError, match=message) as caught:
            disk.read_input(str(path))
        assert caught.value.exit_code == 3
        assert caught.value.hint
        assert "\n" not in caught.value.message + caught.value.where


def test_an_escape_sequence_in_a_name_does_not_reach_the_screen(tmp_path):
    with pytest.raises(InputError) as caught:
        disk.read_input(str(tmp_path / "\x1b[31m\u202ered"))
    assert "\x1b" not in caught.value.where
    assert "\u202e" not in caught.value.where


@POSIX
def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="not a regular file"):
        disk.read_input(str(tmp_path / "pipe"))


@POSIX
@pytest.mark.skipif(is_root(), reason="nothing is forbidden to root")
def test_a_file_without_permission_is_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        disk.read_input(str(tmp_path / "a.txt"))


def test_a_file_over_the_limit_is_refused(tmp_path):
    limits = Limits(file_mb=0.00001)
    (tmp_path / "a.txt").write_bytes(b"x" * 10)
    assert len(disk.read_input(str(tmp_path / "a.txt"), limits)) == 10
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    with pytest.raises(InputError, match="larger than 1e-05 MB") as caught:
        disk.read_input(str(tmp_path / "a.txt"), limits)
    assert "--limit file-mb=" in caught.value.hint


def test_an_output_is_written_for_its_owner_alone(tmp_path):
    disk.write_output(tmp_path / "a.txt", "naïve")
    assert (tmp_path / "a.txt").read_bytes() == "naïve".encode()
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_output_replaces_and_a_link_stays_a_link(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    disk.write_output(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").read_text() == "new"


def test_what_cannot_be_written_says_so_with_exit_code_6(tmp_path):
    (tmp_path / "file").write_text("x")
    for path, message in (
        (tmp_path / "none" / "a.txt", "there is no folder"),
        (tmp_path, "this is a folder"),
        (tmp_path / "file" / "a.txt", "is a file, not a folder"),
        (tmp_path / ("x" * 300), "cannot be written"),
    ):
        with pytest.raises(OutputError, match=message) as caught:
            disk.write_output(path, "x")
        assert caught.value.exit_code == 6
        assert caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@POSIX
@pytest.mark.skipif(is_root(), reason="nothing is forbidden to root")
def test_a_protected_file_or_folder_is_not_written_to(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a.txt").chmod(0o400)
    with pytest.raises(OutputError, match="may not write"):
        disk.write_output(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "old"


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_after_an_error_what_stood_there_is_intact(tmp_path, monkeypatch, failing):
    (tmp_path / "a.txt").write_text("old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if failing == "fsync" else (Path, "replace")), full)
    with pytest.raises(OutputError, match="the disk is full"):
        disk.write_output(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@POSIX
def test_a_device_is_written_to_and_not_replaced():
    disk.write_output("/dev/null", "gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_what_a_killed_process_left_is_taken_over(tmp_path):
    place = tmp_path / "a.txt"
    left = tmp_path / disk.work_name(place)
    left.write_text("half of something longer")
    disk.check_output(place)
    assert not left.exists()
    left.write_text("half of something longer")
    output = disk.Output(place, beside=disk.work_name(place))
    output.write(b"all")
    output.finish()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert place.read_text() == "all"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setattr(disk, "cache_dir", lambda: folder)
    return folder


def test_the_cache_gives_back_what_was_kept(cache):
    assert disk.read_cache("data-1.json", str.upper) is None
    disk.write_cache("data-1.json", "kept")
    assert disk.read_cache("data-1.json", str.upper) == "KEPT"
    if sys.platform != "win32":
        assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_a_damaged_cache_is_no_cache(cache):
    disk.write_cache("data-1.json", "12x")
    assert disk.read_cache("data-1.json", int) is None
    (cache / "data-1.json").write_bytes(b"\xff")
    assert disk.read_cache("data-1.json", str) is None


@POSIX
def test_a_cache_that_others_can_write_to_is_not_believed(cache):
    disk.write_cache("data-1.json", "kept")
    cache.chmod(0o777)
    assert disk.read_cache("data-1.json", str) is None
    disk.write_cache("data-2.json", "kept")
    assert not (cache / "data-2.json").exists()


def test_a_cache_that_cannot_be_is_silent(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(disk, "cache_dir", lambda: tmp_path / "file" / "cache")
    disk.write_cache("data-1.json", "kept")
    assert disk.read_cache("data-1.json", str) is None
    monkeypatch.setattr(disk, "cache_dir", lambda: None)
    disk.write_cache("data-1.json", "kept")
    assert disk.read_cache("data-1.json", str) is None


def test_the_cache_does_not_grow_for_ever(cache):
    for number in range(6):
        disk.write_cache(f"data-{number}.json", "kept")
        os.utime(cache / f"data-{number}.json", ns=(number, number))
    disk.write_cache("other-1.json", "kept")
    assert len(list(cache.glob("data-*"))) == 3
    assert disk.read_cache("data-5.json", str) == "kept"
    assert disk.read_cache("other-1.json", str) == "kept"
