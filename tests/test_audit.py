"""The audit of groups: rates and ratios worked out by hand, the files it reads, and what it says."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_assess import catalog
from pcc_assess.batch import audit as maths
from pcc_assess.batch.audit import Subject, fisher
from pcc_assess.batch.audit_files import match, read_groups, read_results
from pcc_assess.cli import main
from pcc_assess.errors import InputError
from pcc_assess.limits import STANDARD


@pytest.fixture(scope="module")
def rules():
    return catalog.load_audit()


def people(*rows):
    """Subjects from (score, group, ...) with the columns sex and race."""
    return [
        Subject(f"c-{at}", Fraction(str(row[0])), "building", dict(zip(("sex", "race"), row[1:], strict=False)))
        for at, row in enumerate(rows)
    ]


def rates(table):
    return {" x ".join(rate.category): (rate.counted, rate.people, rate.impact_ratio) for rate in table.rates}


def test_the_median_of_an_even_number_is_the_mean_of_two():
    assert maths.median([Fraction(40), Fraction(10), Fraction(30), Fraction(20)]) == 25
    assert maths.median([Fraction("79.9"), Fraction("80"), Fraction("80.1")]) == 80


def test_who_has_the_median_is_not_above_it():
    crowd = people((10, "f"), (50, "f"), (50, "m"), (50, "m"), (90, "m"))
    assert sum(map(maths.above_median(crowd), crowd)) == 1
    assert maths.ties(crowd, Fraction(50)) == 3


def test_scoring_rates_and_impact_ratios_by_hand(rules):
    # scores 1..10, median 5.5: above are 6 to 10; women 2 of 5, men 3 of 5
    crowd = people(*((score, "f" if score in (1, 2, 3, 6, 7) else "m") for score in range(1, 11)))
    table = maths.table(crowd, ("sex",), "scoring", maths.above_median(crowd), rules)
    assert rates(table) == {"f": (2, 5, pytest.approx(2 / 3)), "m": (3, 5, 1.0)}
    assert table.most == ("m",)
    assert [rate.flagged for rate in table.rates] == [True, False]
    assert all(rate.few for rate in table.rates)


def test_exactly_four_fifths_is_not_flagged(rules):
    # 8 of 20 against 10 of 20: 0.4 / 0.5 = 4/5; 7 of 20 gives 0.7
    crowd = people(*[(60, "a")] * 8, *[(10, "a")] * 12, *[(60, "b")] * 10, *[(10, "b")] * 10)
    table = maths.table(crowd, ("sex",), "selection", maths.selected_at(Fraction(60)), rules)
    assert rates(table)["a"] == (8, 20, 0.8)
    assert not table.rates[0].flagged
    less = people(*[(60, "a")] * 7, *[(10, "a")] * 13, *[(60, "b")] * 10, *[(10, "b")] * 10)
    assert maths.table(less, ("sex",), "selection", maths.selected_at(Fraction(60)), rules).rates[0].flagged


def test_intersections_count_people_with_both_categories_known(rules):
    crowd = people((90, "f", "x"), (80, "f", "y"), (70, "m", "x"), (10, "m", "y"), (5, "m", ""), (4, "", "x"))
    made = list(maths.tables(crowd, ("sex", "race"), {"scoring": maths.above_median(crowd)}, rules))
    assert [table.columns for table in made] == [("sex",), ("race",), ("sex", "race")]
    assert [table.unknown for table in made] == [1, 1, 2]
    assert {name: tally[:2] for name, tally in rates(made[2]).items()} == {
        "f x x": (1, 1),
        "f x y": (1, 1),
        "m x x": (1, 1),
        "m x y": (0, 1),
    }


def test_a_category_under_two_percent_is_left_out_unless_wanted(rules):
    crowd = people(*[(60, "a")] * 50, *[(10, "b")] * 51, (60, "c"))
    counts = maths.selected_at(Fraction(60))
    table = maths.table(crowd, ("sex",), "selection", counts, rules)
    small = table.rates[2]
    assert (small.people, small.counted, small.rate, small.impact_ratio, small.left_out) == (1, 1, 1.0, None, True)
    kept = maths.table(crowd, ("sex",), "selection", counts, rules, keep_small=True).rates[2]
    assert (kept.impact_ratio, kept.left_out) == (1.0, False)
    # one of fifty is two percent, and stays
    exact = maths.table(people(*[(60, "a")] * 49, (60, "c")), ("sex",), "selection", counts, rules)
    assert not exact.rates[1].left_out


def test_nobody_selected_gives_no_ratio(rules):
    crowd = people((10, "a"), (20, "b"))
    table = maths.table(crowd, ("sex",), "selection", maths.selected_at(Fraction(60)), rules)
    assert [rate.impact_ratio for rate in table.rates] == [None, None]
    assert not any(rate.flagged for rate in table.rates)


def test_the_top_takes_all_who_share_the_last_place():
    crowd = people((90, "a"), (80, "a"), (80, "b"), (80, "b"), (10, "b"))
    assert sum(map(maths.selected_top(crowd, 2), crowd)) == 4
    assert sum(map(maths.selected_top(crowd, 99), crowd)) == 5


@pytest.mark.parametrize(
    "one, other, wanted",
    [
        ((1, 10), (9, 10), 0.0010930),  # the lady tasting tea and other worked examples: sums of exact fractions
        ((3, 4), (1, 4), 34 / 70),
        ((5, 5), (0, 5), 2 / 252),
        ((2, 5), (3, 5), 1.0),
    ],
)
def test_fishers_exact_test(one, other, wanted):
    assert fisher(one, other) == pytest.approx(wanted, rel=1e-3)
    assert fisher(other, one) == pytest.approx(fisher(one, other))


@given(st.lists(st.tuples(st.integers(0, 100), st.sampled_from(["a", "b", "c", ""])), min_size=1, max_size=60))
def test_rates_add_up(rules, rows):
    crowd = people(*rows)
    table = maths.table(crowd, ("sex",), "scoring", maths.above_median(crowd), rules, keep_small=True)
    assert sum(rate.people for rate in table.rates) + table.unknown == len(crowd)
    ratios = [rate.impact_ratio for rate in table.rates if rate.impact_ratio is not None]
    assert not ratios or max(ratios) == 1
    assert all(0 <= ratio <= 1 for ratio in ratios)
    assert sum(map(maths.above_median(crowd), crowd)) * 2 <= len(crowd)


# --- files -------------------------------------------------------------------------------------------


def line(name, score, source=None, band="building"):
    return json.dumps(
        {
            "schema": "pcc-assess/assessment/1",
            "candidate": {"id": name, "source": source or f"in/{name}.pdf", "name": None},
            "readiness": {"score": score, "possible": 99.0, "band": band},
        }
    )


@pytest.fixture
def results(tmp_path):
    path = tmp_path / "results.jsonl"
    failure = json.dumps({"schema": "pcc-assess/failure/1", "candidate": {"id": "", "source": "x"}, "error": {}})
    lines = [line(f"c-{at}", 10.5 * at) for at in range(1, 7)]
    path.write_text("\n".join([*lines, failure, line("c-1", 99.0)]) + "\n", encoding="utf-8")
    return path


def groups(tmp_path, text):
    path = tmp_path / "groups.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_results_meet_groups_by_id_path_and_file_name(results, tmp_path, rules):
    table = groups(
        tmp_path,
        "id,source,Sex\nc-1,,F\n,in/c-2.pdf,f\n,c-3.pdf,M\n,c-4.pdf,prefer not to say\n,nobody.pdf,M\n",
    )
    read = read_groups(str(table), rules.unknown, STANDARD)
    found = match(read_results(str(results), STANDARD), read, {})
    assert read.columns == ("Sex",)
    assert [person.groups.get("Sex") for person in found.people] == ["F", "F", "M", "", None, None]
    assert found.without == ["in/c-5.pdf", "in/c-6.pdf"]
    assert (found.unused, found.repeated) == (["nobody.pdf"], 1)
    assert found.people[0].score == Fraction("10.5")


def test_a_csv_of_results_says_the_same(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text(
        "rank,source,id,name,status,score,possible,band\n1,a.pdf,c-1,,scored,79.9,90,building\n,b.pdf,,,failed,,,\n"
    )
    assert [(item.id, item.score) for item in read_results(str(path), STANDARD)] == [("c-1", Fraction("79.9"))]


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "empty"),
        ("name,sex\nx,f\n", "lacks a column id or source"),
        ("id\nx\n", "lacks a column of groups"),
        ("id,sex\nc-1,f\nc-1,m\n", "stands here twice"),
    ],
)
def test_a_groups_file_that_does_not_fit_is_told(tmp_path, rules, text, message):
    with pytest.raises(InputError, match=message):
        read_groups(str(groups(tmp_path, text)), rules.unknown, STANDARD)


def test_other_documents_are_passed_over_and_broken_lines_are_told(tmp_path):
    path = tmp_path / "results.jsonl"
    path.write_text("{}\n" + line("c-1", 10), encoding="utf-8")
    assert [item.id for item in read_results(str(path), STANDARD)] == ["c-1"]
    path.write_text(line("c-1", 10) + "\nnonsense\n", encoding="utf-8")
    with pytest.raises(InputError) as told:
        list(read_results(str(path), STANDARD))
    assert "results.jsonl:2" in told.value.where


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("options", [[], ["--selected-at", "40"], ["--selected-at", "building"], ["--top", "2"]])
@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv"])
def test_every_format_says_the_figures(results, tmp_path, capsys, language, options, form):
    table = groups(tmp_path, "source,sex\nc-1.pdf,f\nc-2.pdf,f\nc-3.pdf,m\nc-4.pdf,m\nc-5.pdf,m\nc-9.pdf,m\n")
    words = ["audit", str(results), "--groups", str(table), "--format", form, "--lang", language, *options]
    assert main(words) == 0
    said = capsys.readouterr().out
    if form == "json":
        record = json.loads(said)
        assert record["schema"] == "pcc-assess/audit/1"
        assert (record["people"], record["median"], record["above_median"]) == (6, 36.75, 3)
        assert record["unused"] == {"number": 1, "first": ["c-9.pdf"]}
        assert (record["selection"] is not None) == bool(options)
    elif form == "csv":
        found = list(csv.DictReader(io.StringIO(said)))
        assert {row["measure"] for row in found} == ({"selection", "scoring"} if options else {"scoring"})
        scoring = {row["category"]: (row["counted"], row["people"]) for row in found if row["measure"] == "scoring"}
        assert scoring == {"f": ("0", "2"), "m": ("2", "3")}
    else:
        assert "36.75" in said
        assert "in/c-6.pdf" in said
        assert "c-9.pdf" in said


@pytest.mark.parametrize(
    "options, message",
    [
        (["--selected-at", "soon"], "neither a score nor a band"),
        (["--selected-at", "5", "--top", "2"], "do not go together"),
    ],
)
def test_wrong_use_is_told(results, tmp_path, capsys, options, message):
    table = groups(tmp_path, "id,sex\nc-1,f\n")
    assert main(["audit", str(results), "--groups", str(table), *options]) == 2
    assert message in capsys.readouterr().err


def test_blind_results_meet_groups_by_path(tmp_path, capsys):
    resume = tmp_path / "Jane Doe.txt"
    resume.write_text("Jane Doe\n\nSkills\nScheduling patients in Epic\n", encoding="utf-8")
    key, out = tmp_path / "blind.key", tmp_path / "results.jsonl"
    assert main(["score", str(resume), "--blind-key", str(key), "--format", "json"]) == 0
    said = capsys.readouterr().out
    out.write_text(json.dumps(json.loads(said)) + "\n", encoding="utf-8")
    assert "Jane" not in said
    table = groups(tmp_path, "source,sex\nJane Doe.txt,f\n")
    assert main(["audit", str(out), "--groups", str(table), "--blind-key", str(key), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["without_group"]["number"] == 0


def test_nothing_of_the_groups_is_kept(results, tmp_path, capsys):
    table = groups(tmp_path, "id,sex\nc-1,zyzzyva\n")
    before = {path.name for path in tmp_path.iterdir()}
    assert main(["audit", str(results), "--groups", str(table)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == before
