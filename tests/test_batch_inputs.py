"""Which candidates a batch is about, found one after the other."""

import os
from itertools import islice

import pytest

from pcc_assess.batch import inputs
from pcc_assess.batch.inputs import Item, find_items
from pcc_assess.batch.tables import PassedOver
from pcc_assess.errors import InputError
from pcc_assess.model import Failure


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.pdf", "deep/er/c.docx", "Deep.txt", ".hidden.txt", "~$a.docx"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("x")
    return tmp_path / "in"


def sources(*given, **words):
    return [found.source for found in find_items(given, **words) if isinstance(found, Item)]


def test_a_huge_folder_is_sorted_in_parts(folder, monkeypatch):
    whole = sources("in")
    monkeypatch.setattr(inputs, "_SORTED_AT_ONCE", 1)
    assert sources("in") == whole == ["in/Deep.txt", "in/a.pdf", "in/b.txt", "in/deep/er/c.docx"]


def test_nothing_is_looked_for_before_it_is_asked_for(folder):
    found = find_items(["in/b.txt", "in"])
    assert next(found).source == "in/b.txt"
    (folder / "Deep.txt").unlink()
    assert [each.source for each in islice(found, 2)] == ["in/a.pdf", "in/deep/er/c.docx"]


def test_what_is_passed_over_is_told(folder):
    (folder / "loop").symlink_to(folder)
    told: list[PassedOver] = []
    sources("in/a.pdf", "in", outputs=["in/b.txt"], notice=told.append)
    assert {each.source: each.why.split(";")[0] for each in told} == {
        "in/.hidden.txt": "hidden",
        "in/~$a.docx": "left there by another program",
        "in/loop": "a link to a folder",
        "in/a.pdf": "it was given before",
        "in/b.txt": "the batch writes it",
    }


def test_what_lies_behind_a_link_is_not_taken_for_walked(folder):
    (folder / "link").symlink_to(folder / "deep")
    assert sources("in", "in/link", "in/.hidden.txt")[4:] == ["in/link/er/c.docx", "in/.hidden.txt"]


def test_nothing_at_all_is_refused_at_the_end(folder):
    found = find_items(["none"])
    assert isinstance(next(found), Failure)
    with pytest.raises(InputError, match="no file to assess"):
        next(found)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="for root no folder is closed")
def test_a_closed_folder_is_named(folder):
    (folder / "deep").chmod(0)
    try:
        failures = [found for found in find_items(["in"]) if isinstance(found, Failure)]
    finally:
        (folder / "deep").chmod(0o700)
    assert [failure.candidate.source for failure in failures] == ["in/deep"]
