"""Many people looked at together: the sums are those of counting everything again, and room does not grow."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from statistics import median_low

import pytest
from factories import assessed, credential, profiles, schooled, skill, worked
from hypothesis import given, settings
from hypothesis import strategies as st

from pcc_assess import catalog
from pcc_assess.cli import main
from pcc_assess.cohort import Cohort, gather
from pcc_assess.errors import InputError
from pcc_assess.model import Candidate, Duplicate, Education, Failure, FailureReason, Profile, RoleRef
from pcc_assess.plan.effects import after, done_already
from pcc_assess.score import assess_profile, points

KNOWLEDGE = catalog.load()
ROLE = KNOWLEDGE.roles["patient-care-coordinator"]
LEVEL = "coordinator"
REF = RoleRef(id=ROLE.id, title="x", level=LEVEL)
RULES = KNOWLEDGE.policy.cohort


def person(profile, number=1, level=LEVEL):
    record = assessed(profile, ROLE, level, KNOWLEDGE)
    return replace(record, candidate=Candidate(id=f"c-{number}", source=f"{number:03}.txt", name=None))


def failure(number, code="input-refused"):
    reason = FailureReason(code=code, message="It is a picture", hint="")
    return Failure(candidate=Candidate(id="", source=f"f{number}.pdf", name=None), error=reason)


def together(records, knowledge=KNOWLEDGE, level=LEVEL):
    return gather(records, Cohort(ROLE, level, knowledge)).together("test", "2026-01-01", REF)


def listing(**rules):
    """The data files with other limits of lists."""
    return replace(KNOWLEDGE, policy=replace(KNOWLEDGE.policy, cohort=replace(RULES, **rules)))


def gain_of(action, record):
    """What an action brings, by scoring the whole profile again."""
    before = points(record.profile, ROLE, LEVEL, KNOWLEDGE)
    then = points(after(record.profile, action, KNOWLEDGE), ROLE, LEVEL, KNOWLEDGE)
    return {name: then[name] - before[name] for name in then}


def is_free_of(action, record):
    """Whether nothing must come before an action."""
    return all(done_already(record.profile, KNOWLEDGE.actions[name], KNOWLEDGE) for name in action.requires)


@settings(max_examples=30)
@given(st.lists(profiles(KNOWLEDGE), max_size=6))
def test_classes_are_those_of_scoring_everybody_again(found):
    records = [person(profile, number) for number, profile in enumerate(found)]
    offers = {offer.id: offer for offer in together(records).classes}
    for action in KNOWLEDGE.actions.values():
        gains, waiting, open_points = [], 0, 0
        for record in records:
            parts = gain_of(action, record)
            if sum(parts.values()) < 100 * RULES.least_gain:
                continue
            if not is_free_of(action, record):
                waiting += 1
                continue
            gains.append(sum(parts.values()))
            unsure = [item.id for item in record.requirements if item.confirm or item.status == "not-assessed"]
            open_points += sum(parts[name] for name in unsure)
        is_class = (
            action.kind in RULES.class_kinds
            and action.hours.high <= RULES.class_hours
            and not action.renews
            and not action.grants_years
        )
        if not is_class or not gains:
            assert action.id not in offers
            continue
        offer = offers[action.id]
        assert (offer.seats, offer.waiting) == (len(gains), waiting)
        assert offer.points == sum(gains) / 100
        assert offer.open_points == open_points / 100
        assert offer.median == median_low(gains) / 100
    ranked = [offer.points for offer in together(records).classes]
    assert ranked == sorted(ranked, reverse=True)


@settings(max_examples=30)
@given(st.lists(profiles(KNOWLEDGE), min_size=1, max_size=8))
def test_sums_are_those_of_the_single_results(found):
    records = [person(profile, number) for number, profile in enumerate(found)]
    made = together([*records, failure(1), failure(2, "nothing-to-assess"), failure(3)])
    scores = sorted(record.readiness.score for record in records)
    assert (made.scored, made.failed) == (len(records), 3)
    assert made.failed_by == {"input-refused": 2, "nothing-to-assess": 1}
    assert list(made.columns) == [sum(min(int(score // 10), 9) == place for score in scores) for place in range(10)]
    assert (made.spread.lowest, made.spread.median, made.spread.highest) == (scores[0], median_low(scores), scores[-1])
    assert made.spread.mean == pytest.approx(sum(scores) / len(scores), abs=0.0051)
    bands = Counter(record.readiness.band for record in records)
    assert {band.id: band.people for band in made.bands if band.people} == bands
    for need in made.needs:
        items = [item for record in records for item in record.requirements if item.id == need.id]
        unsure = [item for item in items if item.confirm or item.status == "not-assessed"]
        sure = [item for item in items if item not in unsure and item.points_open > 0]
        assert sum(need.states.values()) == len(records)
        assert (need.gap_people, need.open_people) == (len(sure), len(unsure))
        assert need.gap_points == pytest.approx(sum(item.points_open for item in sure))
        assert need.open_points == pytest.approx(sum(item.points_open for item in unsure))
    rows = [(row.person.score, row.person.id) for row in made.rows]
    assert rows == sorted(rows, key=lambda pair: (-pair[0], pair[1]))
    for row in made.rows:
        record = next(record for record in records if record.candidate.id == row.person.id)
        assert [cell.credit for cell in row.cells] == [item.credit for item in record.requirements]


NEARLY = {item.skill: skill(4) for item in ROLE.requirements if item.skill is not None and LEVEL in item.levels}


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(sorted(NEARLY)), st.builds(skill, st.integers(0, 3)), max_size=4),
    st.sampled_from(["none", "hs", "associate"]),
    st.sampled_from([0, 0.5, 5]),
    st.booleans(),
)
def test_one_step_from_ready_is_what_every_step_alone_shows(weak, school, years, certified):
    profile = Profile(
        skills=NEARLY | weak,
        education=schooled(school),
        experience=worked(years),
        credentials=(credential("cmaa"),) if certified else (),
    )
    record = person(profile)
    made = together([record])
    enough = set()
    for action in KNOWLEDGE.actions.values():
        then = assess_profile(after(profile, action, KNOWLEDGE), ROLE, LEVEL, KNOWLEDGE).readiness
        short = action.weeks.high <= KNOWLEDGE.policy.plan.step_weeks
        if then.band == "ready" and short and is_free_of(action, record) and sum(gain_of(action, record).values()) >= 0:
            enough.add(action.id)
    if record.readiness.band == "ready":
        assert made.step_people == 0
    else:
        assert made.step_people == bool(enough)
        assert {step.action for step in made.steps} <= enough


@settings(max_examples=40)
@given(st.sets(st.sampled_from(sorted(NEARLY)), max_size=9), st.sampled_from(["", "none", "hs", "associate"]))
def test_one_talk_from_ready_is_the_fewest_answers_that_do(unknown, school):
    """Held against trying all sets of answers, by telling the program each answer."""
    skills = {name: found for name, found in NEARLY.items() if name not in unknown}
    education = schooled(school) if school else Education()
    record = person(
        Profile(skills=skills, education=education, experience=worked(5), credentials=(credential("cmaa"),))
    )
    waiting = [item for item in record.requirements if item.confirm or item.status == "not-assessed"]
    gates = [gate for gate in record.readiness.gates if gate.status == "not-shown"]
    fewest = 0
    if record.readiness.band != "ready" and all(gate.status != "not-met" for gate in record.readiness.gates):
        essential = {i.id for i in record.requirements if i.importance == "essential" and (i.credit or 0) < 0.5}
        for size in range(len(waiting) + 1):
            for told in combinations(waiting, size):
                score = record.readiness.score + sum(item.points_open for item in told)
                if score >= 80 - 1e-9 and essential <= {item.id for item in told}:
                    fewest = fewest or size + len(gates)
    made = together([record])
    expected = fewest if 0 < fewest <= RULES.talk_questions else 0
    assert [talk.questions for talk in made.talks] == ([expected] if expected else [])


def test_lists_stay_short_and_say_how_many_there_are():
    records = [person(Profile(skills={"ehr-systems": skill(n % 5)}), n) for n in range(30)]
    doubtful = [replace(record, input=replace(record.input, quality="doubtful")) for record in records]
    made = together([*doubtful, *map(failure, range(30))], listing(rows=4, names=3))
    assert (len(made.rows), made.scored) == (4, 30)
    assert (len(made.doubts), made.doubtful) == (3, 30)
    assert (len(made.failures), made.failed) == (3, 30)
    assert [row.person.score for row in made.rows] == sorted((r.readiness.score for r in records), reverse=True)[:4]


def test_the_order_of_people_does_not_matter():
    records = [person(Profile(skills={"ehr-systems": skill(n % 5)}), n) for n in range(30)]
    narrow = listing(rows=5, names=5)
    assert together(records, narrow) == together(records[::-1], narrow)


def test_nobody_is_a_cohort_too():
    made = together([])
    assert (made.scored, made.spread, made.classes, made.rows) == (0, None, (), ())


def test_roles_and_levels_are_not_mixed():
    with pytest.raises(InputError, match="level senior"):
        together([person(Profile()), person(Profile(), level="senior")])


def test_results_of_another_role_file_are_refused():
    old = person(Profile())
    first, *rest = old.requirements
    changed = replace(old, requirements=(replace(first, weight=first.weight + 1), *rest))
    with pytest.raises(InputError, match="does not fit"):
        together([changed])


def test_the_same_file_is_counted_once():
    first, again = person(Profile(), 1), person(Profile(), 2)
    twin = replace(again, candidate=replace(again.candidate, duplicate=Duplicate(of="001.txt", kind="same")))
    near = replace(again, candidate=replace(again.candidate, duplicate=Duplicate(of="001.txt", kind="near")))
    assert (together([first, twin]).scored, together([first, twin]).repeated) == (1, 1)
    assert (together([first, near]).scored, together([first, near]).repeated) == (2, 0)


# --- at the end of a batch -------------------------------------------------------------------------------


@pytest.fixture
def caseload(tmp_path):
    """A folder with three people, one of them twice, and a file that nobody can read."""
    folder = tmp_path / "in"
    folder.mkdir()
    clerk = "Work experience\nMedical Receptionist, Clinic, January 2020 to May 2024\n"
    for name, duty in (("ana", "Scheduled patients"), ("bea", "Verified insurance"), ("cem", "Answered phones")):
        (folder / f"{name}.txt").write_text(f"{clerk}- {duty} every day for four doctors\n")
    (folder / "dan.txt").write_text((folder / "ana.txt").read_text())
    (folder / "x.pdf").write_bytes(b"nothing")
    return folder


def test_a_batch_ends_in_a_page_and_a_few_lines(caseload, capsys):
    words = ["batch", str(caseload), "--output", str(caseload / "o.csv"), "--report", str(caseload / "c.html")]
    for _ in range(2):  # the page of the first run is no candidate of the second
        assert main([*words, "--as-of", "2026-01-01", "--jobs", "1"]) == 5
        out, err = capsys.readouterr()
        assert out == ""
        assert "4 scored, 1 not scored" in err
        assert "Half of them show" in err
        assert "Starting out: 3 people" in err
    page = (caseload / "c.html").read_text("utf-8")
    assert (caseload / "c.html").stat().st_mode & 0o077 == 0
    assert "3 people scored, 1 not scored, on Jan 1, 2026" in page
    assert "1 file is the same as another one" in page
    assert "x.pdf" in page


@pytest.mark.parametrize(("width", "language"), [(40, "en"), (80, "en"), (40, "es")])
def test_the_lines_fit_the_screen(caseload, capsys, monkeypatch, width, language):
    monkeypatch.setenv("COLUMNS", str(width))
    words = ["batch", str(caseload), "--output", str(caseload / "o.csv"), "--lang", language]
    assert main(words) == 5
    shown = capsys.readouterr().err.partition(" 1 not scored; ")[2].splitlines()[1:]
    assert len(shown) > 8
    assert max(map(len, shown)) <= width
    assert any("#" in line for line in shown)
    assert main([*words, "--accessible"]) == 5
    assert "#" not in capsys.readouterr().err.partition(" 1 not scored; ")[2]


@pytest.mark.parametrize("name", ["c.txt", "no/such/folder/c.html"])
def test_a_page_that_cannot_be_is_refused_before_the_work(caseload, capsys, name):
    words = ["batch", str(caseload), "--output", str(caseload / "o.csv"), "--report", str(caseload / name)]
    assert main(words) in (2, 6)
    assert not (caseload / "o.csv").exists()
    assert "scored" not in capsys.readouterr().err


def test_results_give_the_same_page_later(caseload, tmp_path):
    results = str(tmp_path / "o.jsonl")
    words = ["batch", str(caseload), "--output", results, "--report", str(tmp_path / "a.html"), "--as-of", "2026-01-01"]
    assert main(words) == 5
    assert main(["report", results, "--output", str(tmp_path / "b.html")]) == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert main(["report", results, "--level", "senior", "--output", str(tmp_path / "b.html")]) == 2
