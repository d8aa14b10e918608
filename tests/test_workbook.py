"""Results as a workbook and as Parquet: what stands in the cells, and that nothing in them can act."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pcc_assess.aim import make_aim
from pcc_assess.assess import assess_bytes, failure_of
from pcc_assess.batch import workbook
from pcc_assess.batch.fast_sheet import FastSheet, cell
from pcc_assess.batch.outputs import form_of, rank_key
from pcc_assess.batch.sheets import OWN_MARK, read_workbook
from pcc_assess.batch.tables import OWN_HEADER
from pcc_assess.disk import Output
from pcc_assess.errors import InputError, OutputError, UsageError, printable
from pcc_assess.limits import STANDARD
from pcc_assess.model import Duplicate

RESUME = "Ana Diaz\n\nSkills\nEHR, HIPAA, patient scheduling\n\nEducation\nHigh school diploma\n"
MORE = "\nExperience\nMedical Receptionist, Lake Clinic\nJan 2019 - Dec 2021\nScheduled patients\n"


@pytest.fixture(scope="module")
def aim():
    return make_aim("patient-care-coordinator", "junior", date(2026, 1, 1))


@pytest.fixture(scope="module")
def records(aim):
    better = assess_bytes((RESUME + MORE).encode(), "b.txt", aim)
    lesser = assess_bytes(RESUME.encode(), "=a.txt", aim)
    lesser = replace(lesser, candidate=replace(lesser.candidate, name=None, given_id="00123"))
    broken = failure_of(InputError("the file is empty", hint="check that it was saved"), "c.txt")
    return sorted([broken, lesser, better], key=rank_key)


def saved(records, aim, path):
    form = form_of(Path(path))(aim)
    output = Output(path)
    try:
        form.write(map(form.row, records), output)
        output.finish()
    finally:
        output.discard()
    return path


def sheets_of(path):
    book = python_calamine.CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.fixture(scope="module")
def sheets(records, aim, tmp_path_factory):
    return sheets_of(saved(records, aim, str(tmp_path_factory.mktemp("out") / "results.xlsx")))


def column(rows, title):
    place = rows[0].index(title)
    return [row[place] for row in rows[1:]]


def test_the_summary_ranks_those_who_were_scored(sheets, records):
    rows = sheets["Summary"]
    assert column(rows, "Rank") == [1, 2]
    assert column(rows, "Shown (of 100)") == [record.readiness.score for record in records[:2]]
    assert column(rows, "Possible (of 100)") == [record.readiness.possible for record in records[:2]]
    assert column(rows, "Name") == ["Ana Diaz", ""]
    assert column(rows, "Id") == [records[0].candidate.id, "00123"]
    assert column(rows, "Must have: High school diploma or GED") == ["met", "met"]
    assert all(isinstance(points, float) for row in rows[1:] for points in row[4:6])


def test_the_parts_of_the_summary_add_up(sheets):
    for row in sheets["Summary"][1:]:
        titles = sheets["Summary"][0]
        parts = [value for title, value in zip(titles, row, strict=True) if "(of " in title][2:]
        assert sum(parts) == pytest.approx(row[titles.index("Shown (of 100)")])


def test_every_gap_stands_there_with_its_points(sheets, records):
    rows = sheets["Gaps"]
    open_points = sum(each.points_open for record in records[:2] for each in record.requirements)
    assert sum(column(rows, "Points to win")) == pytest.approx(open_points)
    first = [row for row in rows[1:] if row[0] == 1]
    assert [row[5] for row in first] == sorted((row[5] for row in first), reverse=True)


def test_every_quote_stands_there(sheets, records):
    shown = "\n".join(column(sheets["Evidence"], "Words that show it"))
    for record in records[:2]:
        for result in record.requirements:
            assert all(f'"{found.quote}"' in shown for found in result.evidence)


def test_what_could_not_be_read_is_named(sheets):
    assert ["c.txt", "not scored", "the file is empty", "check that it was saved"] in sheets["Input problems"]


def test_the_legend_says_what_was_compared(sheets):
    legend = dict(sheets["Legend"])
    assert legend["As of"] == "2026-01-01"
    assert "junior" in legend["Role and level"]


def test_no_cell_is_a_formula(records, aim, tmp_path):
    """The file as the library that wrote it would read it: no element for a formula in any sheet."""
    import zipfile

    wild = "=cmd|' /C calc'!A0"
    failure = failure_of(InputError(wild, hint="@SUM(A1)"), "-1+2.txt")
    wild_one = replace(records[0], candidate=replace(records[0].candidate, name="+49 170", source=wild))
    noted = replace(wild_one, input=replace(wild_one.input, notes=("<r><t>=1</t></r>", "_x000D_=1", "\t=1")))
    path = saved([noted, failure], aim, str(tmp_path / "r.xlsx"))
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    assert parts
    assert not any(b"<f>" in part or b"<f " in part or b"<r><t>" in part for part in parts)
    texts = [value for rows in sheets_of(path).values() for row in rows for value in row if isinstance(value, str)]
    assert f"'{wild}" in texts
    assert [text for text in texts if text[:1] in "=+-@" and text] == []
    assert "_x000D_=1" in texts


TEXTS = st.one_of(st.text(max_size=30), st.sampled_from(["=1", "<r></r>", "_x0041_", "&amp;", " a ", "a;=1", "😀" * 9]))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(TEXTS, st.integers(-9, 9), st.integers(0, 10_000).map(lambda cents: cents / 100), st.none()),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_rows_come_out_as_the_library_itself_would_write_them(rows):
    found = []
    for fast in (True, False):
        file = io.BytesIO()
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        sheet = book.add_worksheet("S", FastSheet)
        sheet.write_string(0, 0, "head")
        for number, cells in enumerate(rows, 1):
            if fast:
                sheet.add_row(number, cells)
                continue
            for place, value in enumerate(cells):
                if isinstance(value, str):
                    sheet.write_string(number, place, cell(value))
                elif value is not None:
                    sheet.write_number(number, place, value)
        book.close()
        read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
        found.append([row for row in read.get_sheet_by_name("S").to_python() if any(cell != "" for cell in row)])
    assert [[*filter(lambda each: each != "", row)] for row in found[0]] == [
        [*filter(lambda each: each != "", row)] for row in found[1]
    ]


@given(st.text(max_size=60))
def test_a_text_in_a_cell_never_acts(text):
    shown = cell(text)
    assert shown[:1] not in {"=", "+", "-", "@", "\t", "\r"} or not shown
    assert not shown.startswith("<r>")
    assert printable(shown) == shown


def test_a_long_text_of_rare_letters_fits():
    shown = cell("😀" * 20_000)
    assert len(shown.encode("utf-16-le")) // 2 <= 32_767
    assert shown.endswith(" ...")


def test_a_full_sheet_goes_on_in_another(records, aim, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    sheets = sheets_of(saved(records, aim, str(tmp_path / "r.xlsx")))
    parts = [rows for name, rows in sheets.items() if name.startswith("Gaps")]
    assert len(parts) > 1
    assert all(len(rows) <= 10 and rows[0] == parts[0][0] for rows in parts)
    points = sum(each.points_open for record in records[:2] for each in record.requirements)
    assert sum(value for rows in parts for value in column(rows, "Points to win")) == pytest.approx(points)


def test_the_same_results_make_the_same_bytes(records, aim, tmp_path):
    one, two = (Path(saved(records, aim, str(tmp_path / name))).read_bytes() for name in ("1.xlsx", "2.xlsx"))
    assert one == two
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.xlsx", "2.xlsx"]


def test_a_workbook_in_spanish(records, tmp_path):
    aim = make_aim("patient-care-coordinator", "junior", date(2026, 1, 1), "es")
    sheets = sheets_of(saved(records, aim, str(tmp_path / "r.xlsx")))
    assert list(sheets) == ["Resumen", "Brechas", "Pruebas", "Problemas de lectura", "Leyenda"]
    assert sheets["Resumen"][0][1] == "Nombre"


def test_our_own_csv_is_known_again(records, aim, tmp_path):
    text = Path(saved(records, aim, str(tmp_path / "r.csv"))).read_text("utf-8")
    assert tuple(text.partition("\n")[0].split(",")[: len(OWN_HEADER)]) == OWN_HEADER


def test_our_own_workbook_is_known_again(records, aim, tmp_path):
    path = saved(records, aim, str(tmp_path / "r.xlsx"))
    (found,) = read_workbook(path, None, path, STANDARD)
    assert found.own
    assert OWN_MARK == "pcc-assess/results/1"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_disk_is_one_clear_error(records, aim):
    form = form_of(Path("r.xlsx"))(aim)
    output = Output("/dev/full")
    rows = [form.row(record) for record in records] * 200
    with pytest.raises(OutputError, match="full"):
        form.write(rows, output)
    output.discard()


def test_parquet_holds_numbers_as_numbers(records, tmp_path):
    """In a process of its own, since the library stays in memory."""
    for name, text in {"a.txt": RESUME, "b.txt": RESUME + MORE, "c.txt": ""}.items():
        (tmp_path / name).write_text(text)
    program = """
import json
from pyarrow import parquet
from pcc_assess.cli import main
assert main("batch a.txt b.txt c.txt -o r.parquet --level junior --as-of 2026-01-01 --jobs 1".split()) == 5
print(json.dumps(parquet.read_table("r.parquet").to_pylist()))
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True)
    table = json.loads(done.stdout)
    assert [row["rank"] for row in table] == [1, 2, None]
    assert [row["score"] for row in table] == [record.readiness.score for record in records[:2]] + [None]
    for row, record in zip(table, records[:2], strict=False):
        assert [each["id"] for each in row["requirements"]] == [each.id for each in record.requirements]
        assert sum(each["points"] for each in row["requirements"]) == pytest.approx(record.readiness.score)
    assert table[2]["error_code"] == "input-refused"


def test_without_pyarrow_the_way_out_is_named(aim, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError) as caught:
        form_of(Path("r.parquet"))(aim)
    assert "pcc-assess[parquet]" in caught.value.hint


def test_who_repeats_whom_is_told(records, aim, tmp_path):
    twin = Duplicate(of="b.txt", kind="near")
    repeated = replace(records[1], candidate=replace(records[1].candidate, duplicate=twin))
    sheets = sheets_of(saved([repeated], aim, str(tmp_path / "r.xlsx")))
    assert [row[2] for row in sheets["Input problems"]][1] == "Nearly the same as b.txt."
    text = Path(saved([repeated], aim, str(tmp_path / "r.csv"))).read_text("utf-8")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["given_id"], row["duplicate_of"], row["duplicate_kind"]) == ("00123", "b.txt", "near")


def test_notes_of_a_candidate_stand_with_the_problems(records, aim, tmp_path):
    noted = replace(records[0], input=replace(records[0].input, notes=("the text is short",)))
    sheets = sheets_of(saved([noted], aim, str(tmp_path / "r.xlsx")))
    assert ["b.txt", "scored", "the text is short", ""] in sheets["Input problems"]
