"""What a score may not depend on, a part of it for every run; ``counts.py`` tries all of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import factories
from people import NAMES, PEOPLE, Person
from resumes import assessed, made_up, moved
from trials import PROPERTIES

from pcc_assess.assess import assess_bytes
from pcc_assess.errors import PccError
from pcc_assess.score import assess_profile

# Every so many variants of each resume; all of them is for counts.py.
STEPS = {
    "names": 50,
    "traits": 16,
    "schools": 6,
    "years": 6,
    "again": 5,
    "noise": 8,
    "more": 20,
    "containers": 6,
    "order": 3,
    "case": 6,
    "round_trips": 10,
    "weights": 10,
}
RESUME = made_up()["negation-that-praises"]


def test_the_people_are_those_that_the_page_tells_of():
    assert len(NAMES) == 200
    assert {len(names) for names in PEOPLE["names"].values()} == {25}
    assert len({name for _, name in NAMES}) == 200


@pytest.mark.parametrize("name", PROPERTIES)
def test_nothing_moves(aim, name):
    trials = list(PROPERTIES[name][1](aim, made_up(), STEPS[name]))
    assert len(trials) >= 10
    assert [f"{trial.resume}, {trial.label}: {trial.differences}" for trial in trials if trial.differences] == []


@settings(max_examples=40)
@given(words=st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12), min_size=2, max_size=4))
def test_no_name_at_all_moves_a_score(aim, words):
    name = " ".join(word.capitalize() for word in words)
    base = assessed(Person().header() + RESUME, aim)
    assert moved(base, assessed(Person(name=name).header() + RESUME, aim)) == []


@settings(max_examples=60)
@given(text=st.text(max_size=600))
def test_any_text_ends_in_a_score_or_a_named_error(aim, text):
    try:
        record = assess_bytes(text.encode("utf-8", "surrogatepass"), "x.txt", aim)
    except PccError:
        return
    ready = record.readiness
    assert 0 <= ready.score <= ready.possible <= 100
    assert round(sum(item.points for item in record.requirements), 2) == ready.score


@settings(max_examples=60)
@given(data=st.data())
def test_one_more_thing_held_never_lowers_a_score(knowledge, aim, data):
    profile = data.draw(factories.profiles(knowledge))
    name = data.draw(st.sampled_from(sorted(knowledge.skills)))
    own = profile.skills.get(name)
    level = data.draw(st.integers(own.proficiency if own is not None else 1, 4))
    richer = replace(profile, skills={**profile.skills, name: factories.skill(max(level, 1))})
    before = assess_profile(profile, aim.role, aim.level, knowledge)
    after = assess_profile(richer, aim.role, aim.level, knowledge)
    assert after.readiness.score >= before.readiness.score


@settings(max_examples=60)
@given(data=st.data())
def test_a_band_begins_at_its_points(knowledge, aim, data):
    ready = assess_profile(data.draw(factories.profiles(knowledge)), aim.role, aim.level, knowledge).readiness
    bands = sorted(knowledge.policy.bands, key=lambda band: band.at_least)
    reached = [band.id for band in bands if ready.score >= band.at_least]
    assert ready.band in reached
    assert ready.band == reached[-1] or ready.barred_by or any(gate.status != "met" for gate in ready.gates)


ROUNDS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "random", "TZ": "America/Los_Angeles", "LC_ALL": "C"},
)


def test_seeds_time_zones_locales_and_jobs_make_no_difference(aim, tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    chosen = dict(list(made_up().items())[::20])
    for name, text in chosen.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    results = []
    for number, world in enumerate(ROUNDS):
        out = tmp_path / f"{number}.jsonl"
        words = ["batch", str(folder), "--output", str(out), "--as-of", "2026-01-01", "--jobs", str(1 + number % 2)]
        command = [sys.executable, "-m", "pcc_assess", *words]
        subprocess.run(command, env={**os.environ, **world}, check=True, capture_output=True, timeout=120)
        results.append(out.read_bytes())
    assert results[0] == results[1] == results[2]
    for line in results[0].splitlines():
        record = json.loads(line)
        name = Path(record["candidate"]["source"]).stem
        alone = assessed(chosen[name], aim, record["candidate"]["source"])
        assert record["readiness"]["score"] == alone.readiness.score
