"""Five made-up people from resume to plan: the pages that show what they get are what the program prints."""

from __future__ import annotations

import re

import pytest
from walkthroughs import FOLDER, OVERVIEW, PEOPLE, ROOT, excerpt, page

# A block of the overview is a part of what is printed; "..." stands for lines left out.
EXCERPTS = re.findall(r"<!-- part of: ([\w-]+) -->\n```text\n(.*?)```", OVERVIEW.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("person", PEOPLE)
def test_a_walk_through_is_what_the_program_prints(person: str) -> None:
    """Where this fails after a change that is meant: ``python tests/walkthroughs.py``, and read the difference."""
    assert (FOLDER / f"{person}.md").read_text("utf-8") == page(person)


def test_every_person_is_in_the_overview_and_has_a_page() -> None:
    assert {person for person, _ in EXCERPTS} == set(PEOPLE)
    assert {path.stem for path in FOLDER.glob("*.md")} == set(PEOPLE)
    text = OVERVIEW.read_text("utf-8")
    assert [person for person in PEOPLE if f"(walkthroughs/{person}.md)" not in text] == []


@pytest.mark.parametrize("person, shown", EXCERPTS)
def test_what_the_overview_shows_stands_on_the_page(person: str, shown: str) -> None:
    whole = (FOLDER / f"{person}.md").read_text("utf-8")
    assert shown == excerpt(whole)
    assert all(part.strip("\n") in whole for part in shown.split("...\n"))


@pytest.mark.parametrize("person", PEOPLE)
def test_no_one_is_blamed_and_every_quote_is_theirs(person: str) -> None:
    whole = (FOLDER / f"{person}.md").read_text("utf-8")
    resume = " ".join((ROOT / "data" / "samples" / f"{person}.txt").read_text("utf-8").split())
    advice = whole.partition("--full")[2]
    lines = re.findall(r"Your line: \"(.*?)\"\n", advice, re.DOTALL)
    assert lines
    assert [line for line in lines if " ".join(line.split()).removesuffix("...") not in resume] == []
    blaming = re.findall(r"\b(?:fail(?:ed|ure)?|lack(?:s|ing)?|weak(?:ness)?|poor(?:ly)?|unqualified)\b", whole)
    assert set(blaming) <= {"failure"}, "only to say that something is none"
