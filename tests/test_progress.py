"""A caseload at two times: who is known again and how, what moved, and when the two cannot be compared."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from factories import schooled, skill, texts, worked
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cohort import KNOWLEDGE, NEARLY, failure, person

from pcc_assess.cli import main
from pcc_assess.cohort.progress import progress
from pcc_assess.errors import InputError
from pcc_assess.model import Candidate, Profile
from pcc_assess.renderers import Look, wording_of
from pcc_assess.renderers import progress as written
from pcc_assess.renderers.json_ import to_json

ROLE = KNOWLEDGE.roles["patient-care-coordinator"]
WORDING = wording_of(ROLE, "coordinator", KNOWLEDGE)


def at(record, source, *, id_="c-1", name=None, given_id=None):
    """The same result for somebody else, or from another file."""
    return replace(record, candidate=Candidate(id=id_, source=source, name=name, given_id=given_id))


WEAK = person(Profile(skills={"ehr-systems": skill(1)}))
STRONG = person(Profile(skills={"ehr-systems": skill(3)}))
READY = person(Profile(skills=NEARLY, education=schooled("associate"), experience=worked(5)))


def made(old, new):
    return progress(old, new, KNOWLEDGE.policy, texts())


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ({"source": "a.txt"}, {"source": "b.txt"}, "content"),
        ({"source": "a.txt", "id_": "1"}, {"source": "a.txt", "id_": "2"}, "place"),
        ({"source": "may/a.txt", "id_": "1"}, {"source": "june/a.txt", "id_": "2"}, "file"),
        ({"source": "a", "id_": "1", "name": "Ana Diaz"}, {"source": "b", "id_": "2", "name": "ANA  DIAZ"}, "name"),
        (
            {"source": "p.csv#2", "id_": "1", "given_id": "7"},
            {"source": "p.csv#9", "id_": "2", "given_id": "7"},
            "given-id",
        ),
    ],
)
def test_people_are_known_again_and_it_is_said_how(old, new, way):
    found = made([at(WEAK, **old)], [at(STRONG, **new)])
    assert found.ways == {way: 1}
    assert (found.gone, found.come) == ((), ())
    assert found.moves[0].points == round(STRONG.readiness.score - WEAK.readiness.score, 2)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"source": "a.txt", "id_": "1", "name": "Ana"}, {"source": "a.txt", "id_": "2", "name": "Bea"}),
        ({"source": "p.csv#2", "id_": "1"}, {"source": "p.csv#2", "id_": "2"}),
        ({"source": "a", "id_": "1", "given_id": "7"}, {"source": "b", "id_": "2", "given_id": "8"}),
    ],
)
def test_other_people_are_not_taken_for_the_same(old, new):
    found = made([at(WEAK, **old)], [at(STRONG, **new)])
    assert found.moves == ()
    assert [item.person.source for item in found.gone] == [old["source"]]
    assert [item.person.source for item in found.come] == [new["source"]]


def test_two_of_one_name_are_not_guessed_at():
    old = [at(WEAK, f"{n}", id_=f"{n}", name="Ana") for n in range(2)]
    new = [at(STRONG, f"x{n}", id_=f"x{n}", name="Ana") for n in range(2)]
    assert made(old, new).moves == ()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=8))
def test_sums_are_those_of_the_single_results(levels):
    pairs = [
        [person(Profile(skills={"ehr-systems": skill(level)}, education=schooled("hs")), n) for level in both]
        for n, both in enumerate(levels)
    ]
    old, new = ([pair[side] for pair in pairs] for side in (0, 1))
    found = made(old, new[::-1])
    points = {item.after.id: item.points for item in found.moves}
    assert points == {
        after.candidate.id: round(after.readiness.score - before.readiness.score, 2) for before, after in pairs
    }
    assert sum(item.people for item in found.bands) == len(pairs)
    closed = [(b, a) for b, a in levels if a >= 3 > b]
    assert [(item.id, item.people) for item in found.closed] == ([("ehr-systems", len(closed))] if closed else [])
    for item, (before, after) in ((i, levels[int(i.after.id[2:])]) for i in found.moves):
        moved = KNOWLEDGE.policy.cohort.steady <= abs(item.points)
        assert item.look == ("none" if moved and item.points > 0 else "down" if moved else "stalled"), (before, after)


def test_who_is_ready_and_stays_so_needs_no_look():
    assert made([READY], [READY]).moves[0].look == "none"
    assert made([WEAK], [WEAK]).moves[0].look == "stalled"


def test_what_was_lost_is_named():
    move = made([STRONG], [WEAK]).moves[0]
    assert (move.look, move.lost) == ("down", "Electronic health record (EHR) systems")
    assert move.lost_points == move.points


def test_a_new_file_that_cannot_be_read_needs_a_look():
    broken = replace(failure(1), candidate=Candidate(id="", source="001.txt", name=None))
    found = made([WEAK, person(READY.profile, 2)], [broken, person(READY.profile, 2)])
    assert [item.person.source for item in found.unread] == ["001.txt"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ([WEAK], [person(Profile(), level="senior")], "the level was coordinator, and is senior"),
        ([WEAK, person(Profile(), 2, "senior")], [WEAK], "more than one role, level or day"),
        ([replace(WEAK, as_of="2027-01-01")], [WEAK], "earlier day"),
        ([replace(WEAK, scoring=0)], [WEAK], "rules of scoring"),
        ([failure(1)], [WEAK], "nobody who was scored"),
    ],
)
def test_what_would_be_unfair_is_refused(old, new, message):
    with pytest.raises(InputError, match=message):
        made(old, new)


def test_another_version_is_told_and_not_refused():
    found = made([replace(WEAK, version="older")], [STRONG])
    assert any("other versions" in line for line in found.cautions)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [40, 80])
def test_it_can_be_read_on_any_screen(language, width):
    hostile = "\x1b[31mAna\u202e <b>"
    record = made(
        [at(STRONG, "a.txt", name=hostile), at(WEAK, "b.txt", id_="2"), at(WEAK, "c.txt", id_="3")],
        [at(WEAK, "a.txt", name=hostile), at(WEAK, "b.txt", id_="2b"), at(WEAK, "d.txt", id_="4")],
    )
    wording = replace(WORDING, texts=texts(language))
    for accessible in (False, True):
        text = written(record, wording, Look(width=width, accessible=accessible), "text")
        assert max(map(len, text.splitlines())) <= width
        assert "\x1b" not in text
        assert "\u202e" not in text
    html = written(record, wording, Look(), "html")
    assert "<b>" not in html
    assert json.loads(written(record, wording, Look(), "json"))["schema"] == "pcc-assess/progress/1"


def lines(path: Path, *records) -> str:
    path.write_text("".join(to_json(record, indent=None) for record in records), "utf-8")
    return str(path)


def test_the_command(tmp_path, capsys):
    old, new = lines(tmp_path / "old.jsonl", WEAK, failure(1)), lines(tmp_path / "new.jsonl", STRONG)
    assert main(["compare", "--cohort", old, new]) == 0
    assert "1 gained points, 0 stand where they stood, 0 lost some" in " ".join(capsys.readouterr().out.split())
    assert main(["compare", "--cohort", old, new, "--levels"]) == 2
    assert main(["compare", "--cohort", old]) == 2
    assert main(["compare", "--cohort", old, lines(tmp_path / "none.jsonl", failure(1))]) == 3
    (tmp_path / "broken.jsonl").write_text('{"schema": "pcc-assess/assessment/1"}\n')
    assert main(["compare", "--cohort", old, str(tmp_path / "broken.jsonl")]) == 3
    assert "broken.jsonl:1" in capsys.readouterr().err
