"""Zip files and lists of names as inputs of a batch: nothing is believed of them, and nothing touches the disk."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pcc_assess.batch import inputs
from pcc_assess.batch.inputs import Item, find_items
from pcc_assess.batch.tables import PassedOver, Reading
from pcc_assess.errors import InputError
from pcc_assess.limits import Limits
from pcc_assess.model import Failure


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def packed(members, name="a.zip", **words):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            archive.writestr(member, data, **words)
    return name


def searched(*given, **words):
    items: dict[str, Item] = {}
    failures: dict[str, str] = {}
    told: list[PassedOver] = []
    try:
        for found in find_items(given, Reading(**words), notice=told.append):
            if isinstance(found, Failure):
                failures[found.candidate.source] = f"{found.error.message} ({found.error.hint})"
            else:
                items[found.source] = found
    except InputError:
        assert not items
    return items, failures, told


def test_a_zip_file_without_files_is_told_of():
    with zipfile.ZipFile("none.zip", "w") as archive:
        archive.mkdir("folder")
    assert searched("none.zip") == ({}, {}, [PassedOver("none.zip", "there is no file in it", matters=True)])


def test_members_are_candidates_and_nothing_is_unpacked():
    packed([("b.txt", "two"), ("deep/a.txt", "one"), ("deep/", "")])
    before = sorted(Path().iterdir())
    items, failures, _ = searched("a.zip")
    assert {source: (item.kind, item.data) for source, item in items.items()} == {
        "a.zip!/b.txt": ("member", b"two"),
        "a.zip!/deep/a.txt": ("member", b"one"),
    }
    assert failures == {}
    assert sorted(Path().iterdir()) == before


def test_odd_names_do_no_harm():
    names = ["../up.txt", "/etc/passwd", "C:\\x.txt", "\u202etxt.exe.txt", "a\nb.txt", "x" * 200 + ".txt"]
    packed([(name, "text") for name in names])
    items, failures, _ = searched("a.zip")
    assert len(items) == len(names)
    assert failures == {}
    assert [path.name for path in Path().iterdir()] == ["a.zip"]
    assert not Path("../up.txt").exists()


def test_the_same_name_twice_is_two_candidates():
    with pytest.warns(UserWarning, match="Duplicate name"):
        packed([("a.txt", "one"), ("a.txt", "two")])
    items, _, _ = searched("a.zip")
    assert {source: item.data for source, item in items.items()} == {"a.zip!/a.txt": b"one", "a.zip!/a.txt (2)": b"two"}


def test_what_systems_leave_in_a_zip_file_is_passed_over():
    packed([("__MACOSX/._a.txt", "x"), ("x/.DS_Store", "x"), ("~$a.docx", "x"), ("a.txt", "x")])
    items, _, told = searched("a.zip")
    assert list(items) == ["a.zip!/a.txt"]
    assert len(told) == 3


def locked(name):
    """A zip file whose member says that it is locked."""
    data = bytearray(Path(packed([("a.txt", "secret")], name)).read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    Path(name).write_bytes(data)


def test_a_locked_member_and_one_packed_again_are_named():
    locked("locked.zip")
    packed([("inner.zip", "x"), ("resumes.tar.gz", "x"), ("a.txt", "x")], "outer.zip")
    items, failures, _ = searched("locked.zip", "outer.zip")
    assert list(items) == ["outer.zip!/a.txt"]
    assert "password" in failures["locked.zip!/a.txt"]
    assert "inside a packed file" in failures["outer.zip!/inner.zip"]
    assert "inside a packed file" in failures["outer.zip!/resumes.tar.gz"]


def test_a_link_in_a_zip_file_is_not_followed():
    info = zipfile.ZipInfo("link.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    packed([(info, "/etc/passwd")])
    items, failures, _ = searched("a.zip")
    assert items == {}
    assert "a link" in failures["a.zip!/link.txt"]


def test_other_ways_of_packing_are_refused():
    with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", "x" * 1000)
    _, failures, _ = searched("a.zip")
    assert "packed in a way" in failures["a.zip!/a.txt"]


@pytest.mark.parametrize(
    "limits, option",
    [(Limits(members=2), "members"), (Limits(member_mb=0.001), "member-mb"), (Limits(archive_mb=0.0015), "archive-mb")],
)
def test_limits_are_counted_while_unpacking(limits, option):
    packed([(f"{number}.txt", "x" * (1100 if number else 400)) for number in range(4)])
    _, failures, _ = searched("a.zip", limits=limits)
    assert any(f"--limit {option}=NUMBER" in text for text in failures.values())


def test_what_a_zip_file_says_of_its_sizes_is_not_believed():
    name = packed([("a.txt", "x" * 5_000_000)])
    data = bytearray(Path(name).read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + at
        data[place : place + 4] = struct.pack("<I", 10)
    Path(name).write_bytes(data)
    items, failures, _ = searched(name, limits=Limits(member_mb=1))
    assert all(len(item.data) <= 1_000_000 for item in items.values())
    assert len(items) + len(failures) == 1


def test_a_list_of_millions_of_members_is_not_even_loaded():
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, 2_000_000_000, 0, 0)
    Path("a.zip").write_bytes(b"PK\x01\x02" + b"\0" * 1000 + end)
    _, failures, _ = searched("a.zip")
    assert "--limit members=NUMBER" in failures["a.zip"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip file", b"PK\x05\x06" + b"\xff" * 18])
def test_a_damaged_zip_file_is_named(data):
    Path("a.zip").write_bytes(data)
    items, failures, _ = searched("a.zip")
    assert items == {}
    assert list(failures) == ["a.zip"]


def test_a_damaged_member_costs_itself_only():
    data = bytearray(Path(packed([("a.txt", os.urandom(3000)), ("b.txt", "fine")])).read_bytes())
    data[data.index(b"a.txt") + 200] ^= 0xFF
    Path("a.zip").write_bytes(data)
    items, failures, _ = searched("a.zip")
    assert list(items) == ["a.zip!/b.txt"]
    assert "damaged" in failures["a.zip!/a.txt"]


def test_a_table_in_a_zip_file_stands_for_its_rows():
    packed([("people.csv", "Name,Skills\nAna,EHR\n"), ("a.txt", "x")])
    items, _, _ = searched("a.zip")
    assert [(source, item.kind) for source, item in items.items()] == [
        ("a.zip!/a.txt", "member"),
        ("a.zip!/people.csv#2", "row"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_special_file_in_a_folder_does_not_stop_the_run():
    Path("in").mkdir()
    os.mkfifo("in/people.csv")
    os.mkfifo("in/a.zip")
    Path("in/b.txt").write_text("x")
    items, failures, _ = searched("in")
    assert list(items) == ["in/b.txt"]
    assert sorted(failures) == ["in/a.zip", "in/people.csv"]
    assert all("not a regular file" in text for text in failures.values())


# --- lists on standard input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data, null, names",
    [
        (b"a.txt\r\nb c.txt\n\n", False, ["a.txt", "b c.txt"]),
        (b"\xef\xbb\xbfa.txt\nb c.txt", False, ["a.txt", "b c.txt"]),
        (b"b c.txt\0a.txt\0", True, ["b c.txt", "a.txt"]),
        (b"a.txt\nnone.txt\na.txt\n", False, ["a.txt"]),
        (b"in\n", False, ["in/d.txt"]),
    ],
)
def test_a_list_of_names(monkeypatch, data, null, names):
    Path("in").mkdir()
    for name in ("a.txt", "b c.txt", "in/d.txt"):
        Path(name).write_text("x")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    items, failures, _ = searched("-", null=null)
    assert list(items) == names
    assert list(failures) == (["none.txt"] if b"none" in data else [])


def test_names_that_come_in_pieces(monkeypatch):
    Path("a.txt").write_text("x")
    monkeypatch.setattr(inputs, "_LONGEST_NAME", 3)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a.txt\na.txt\n")))
    assert list(inputs._listed(null=False)) == ["a.txt", "a.txt"]


def test_what_is_no_list_has_an_end(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 1_000_000)))
    with pytest.raises(InputError, match="no list of names"):
        list(find_items(["-"], Reading()))


def test_the_command_takes_what_find_gives():
    for name in ("a\nb.txt", "c.txt"):
        Path(name).write_text("Skills: EHR, HIPAA and patient scheduling")
    command = [sys.executable, "-m", "pcc_assess", "batch", "-", "-0", "--dry-run"]
    done = subprocess.run(command, input=b"a\nb.txt\0c.txt\0", capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
    assert b"2 files (txt 2)" in done.stdout
