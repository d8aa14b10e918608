"""Tables of candidates: whatever a spreadsheet or form makes of one, and what a row counts."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pcc_assess import catalog
from pcc_assess.aim import make_aim
from pcc_assess.assess import assess_document, assess_file
from pcc_assess.batch.columns import Headers, letter_of, parse_given, read_map, write_map
from pcc_assess.batch.grids import read_grid
from pcc_assess.batch.inputs import Item, find_items
from pcc_assess.batch.items import assess_item
from pcc_assess.batch.rows import Cell, TableRow, document_of_row
from pcc_assess.batch.tables import PassedOver, Reading, TableRead
from pcc_assess.errors import InputError, NothingToAssess, UsageError
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.model import Failure
from pcc_assess.renderers.json_ import to_json

HEADER = "Name,ID,EHR,Skills\n"


@pytest.fixture(scope="module")
def knowledge():
    return catalog.load()


@pytest.fixture(scope="module")
def aim():
    return make_aim("patient-care-coordinator", "coordinator", date(2026, 1, 1))


@pytest.fixture(scope="module")
def headers(knowledge):
    return Headers(knowledge)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def grid(data, limits=STANDARD):
    return [(row.number, row.cells) for row in read_grid(io.BytesIO(data), "t.csv", limits) if row.cells or row.fault]


def people(name, data=None, **words):
    """The candidates of a table, the failures, and what was told."""
    if data is not None:
        Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
    told: list[PassedOver | TableRead] = []
    items: list[Item] = []
    failures: list[Failure] = []
    reading = Reading(**{"knowledge": catalog.load(), **words})
    try:
        for found in find_items([name], reading, notice=told.append):
            if isinstance(found, Failure):
                failures.append(found)
            else:
                items.append(found)
    except InputError:
        assert not items
    return items, failures, told


def cells(item):
    return {cell.header: cell.text for cell in item.row.cells}


def workbook(name, sheets):
    with xlsxwriter.Workbook(name, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return name


# --- text tables ---------------------------------------------------------------------------------------------------

TABLE = "Name{0}Skills\r\nJosé{0}EHR\r\nZoë Ñ{0}HIPAA\r\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_any_encoding_and_separator(encoding, separator):
    data = TABLE.format(separator).encode(encoding)
    assert grid(data) == [(1, ["Name", "Skills"]), (2, ["José", "EHR"]), (3, ["Zoë Ñ", "HIPAA"])]


@pytest.mark.parametrize(
    "text, rows",
    [
        ("sep=;\nName;Skills\nA;x,y\n", [["Name", "Skills"], ["A", "x,y"]]),
        ("Name;Skills\nA;x, y, z\nB;u, v, w\n", [["Name", "Skills"], ["A", "x, y, z"], ["B", "u, v, w"]]),
        ("Name\rA\rB", [["Name"], ["A"], ["B"]]),
        ('Name,Skills\n"A ""B"" C","x\ny"\n', [["Name", "Skills"], ['A "B" C', "x\ny"]]),
        ('Name,Skills\n5" tall,x\n', [["Name", "Skills"], ['5" tall', "x"]]),
    ],
)
def test_separators_and_quotes(text, rows):
    assert [cells for _, cells in grid(text.encode())] == rows


def test_utf8_may_break_late():
    data = ("Name,Skills\n" + "A,x\n" * 50_000 + "José,x\n").encode("cp1252")
    assert grid(data)[-1][1] == ["José", "x"]


def test_a_quotation_mark_that_is_not_closed_costs_one_row():
    rows = [*read_grid(io.BytesIO(b'Name,Skills\nA,"x\nB,y\nC,z\n'), "t.csv", STANDARD)]
    assert [(row.number, row.cells, bool(row.fault)) for row in rows] == [
        (1, ["Name", "Skills"], False),
        (2, [], True),
        (3, ["B", "y"], False),
        (4, ["C", "z"], False),
    ]


def test_many_open_quotation_marks_have_an_end():
    rows = [*read_grid(io.BytesIO(b'a"b","c\n' * 3000 + b"x" * 3_000_000), "t.csv", STANDARD)]
    assert rows[-1].fault
    assert len(rows) < 4000


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_named_error(data):
    with suppress(InputError):
        assert all(row.number > 0 for row in read_grid(io.BytesIO(data), "t.csv", STANDARD))


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"]), max_size=9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PLAIN, min_size=3, max_size=3), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_what_csv_writes_is_read_again(rows, separator):
    from pcc_assess.readers.content import clean

    head = ["Name", "Skills", "Education"]
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([head, *rows])
    found = [cells for _, cells in grid(text.getvalue().encode())]
    assert found == [head, *([clean(cell) for cell in row] for row in rows)]


# --- headers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header, meaning",
    [
        ("Full Name ", "name"),
        ("Name2", "name"),
        ("E-mail", "personal"),
        ("Client #", "id"),
        ("Scheduling (0-4)", "patient-scheduling"),
        ("Electronic health records", "ehr-systems"),
        ("medical-coding", "medical-coding"),
        ("3. Medical terminology rating", "medical-terminology"),
        ("How well do you know electronic health records (EHR)?", "ehr-systems"),
        ("Rate yourself [Patient scheduling]", "patient-scheduling"),
        ("What is your full name?", "name"),
        ("How many years have you worked with patients?", "patient-years"),
        ("Which certifications do you hold? (select all)", "certificates"),
        ("Highest level of education completed", "education"),
        ("Pateint schedulng", "patient-scheduling"),
        ("Medical Terminolgy", "medical-terminology"),
        ("Certified Nursing Assistant (CNA)", "cna"),
        ("CPR", "bls-cpr"),
        ("Correo electrónico", "personal"),
        ("Habilidades", "skills"),
        ("Skills (list all)", "skills"),
        ("Certification(s)", "certificates"),
        ("Certifications (CPR, CMAA)", "certificates"),
        ("Yrs. experience w/ patients", "patient-years"),
        ("N.º de alumno", "id"),
        # what must not be guessed at
        ("How many years have you used EHR systems?", None),
        ("Date of HIPAA course", None),
        ("HIPAA (years)", None),
        ("HIPAA course (date)", None),
        ("Do you have health insurance?", None),
        ("Favorite color", None),
        ("Column1", None),
        ("", None),
        ("\x00\u202e", None),
    ],
)
def test_headers_are_understood(headers, header, meaning):
    _, found = headers.meaning(header)
    assert found == ((meaning,) if meaning else ())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_name_of_a_skill_and_certificate_is_a_header(headers, language):
    knowledge = catalog.load(language=language)
    for records in (knowledge.skills, knowledge.credentials):
        for name, record in records.items():
            assert headers.meaning(name)[1] == (name,)
            assert headers.meaning(record.name)[1] == (name,)


def test_words_of_one_header_that_mean_two_things_are_told(headers):
    _, found = headers.meaning("Your patient scheduling and insurance verification")
    assert set(found) == {"patient-scheduling", "insurance-verification"}


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80))
def test_any_header_has_an_answer(headers, text):
    how, found = headers.meaning(text)
    assert how in ("exact", "within", "like")
    assert set(found) <= headers.meanings


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=4))
def test_any_rows_have_a_header_or_none(headers, rows):
    found = headers.find(enumerate(rows, 1))
    assert found is None or 1 <= found.row <= len(rows)


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [letter_of(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_given_meaning_goes_before_the_header():
    items, _, told = people("t.csv", "Who,Exp,Skills\nAna,3,EHR\n", columns={"who": "name", "B": "patient-years"})
    assert {cell.header: cell.meaning for cell in items[0].row.cells} == {
        "Who": "name",
        "Exp": "patient-years",
        "Skills": "skills",
    }
    assert told[0].header.missing == ()


def test_a_meaning_that_does_not_exist_is_wrong_use(knowledge):
    with pytest.raises(UsageError) as caught:
        next(find_items(["t.csv"], Reading(knowledge, columns={"Who": "patient-schedulin"})))
    assert "patient-scheduling" in caught.value.hint


@pytest.mark.parametrize("text", ["Name", "=name", "Name="])
def test_a_mapping_without_both_sides_is_wrong_use(text):
    with pytest.raises(UsageError):
        parse_given([text])
    assert parse_given(["a=b=name"]) == {"a=b": "name"}


def test_a_saved_mapping_comes_back():
    columns = {"Name": "name", "=Exp, years": "years", "Ñ; x": "skills", "Other": ""}
    write_map("m.csv", columns)
    assert read_map("m.csv", STANDARD) == {
        "Name": "name",
        "'=Exp, years": "years",
        "Ñ; x": "skills",
    }
    items, _, _ = people("t.csv", '"=Exp, years",Skills\n3,EHR\n', columns=read_map("m.csv", STANDARD))
    assert {cell.meaning for cell in items[0].row.cells} == {"years", "skills"}


def test_another_table_is_no_saved_mapping():
    Path("m.csv").write_text("Name,Skills\n")
    with pytest.raises(InputError, match="no list of columns"):
        read_map("m.csv", STANDARD)


# --- rows ----------------------------------------------------------------------------------------------------------


def test_a_title_may_stand_above_the_header_and_ids_stay_text():
    data = "Class of May;;\n\n;;\nName;ID;Skills\nAna;00123;EHR\n\nBo;12345678901234567890;HIPAA\nName;ID;Skills\n"
    items, failures, told = people("t.csv", data)
    assert [item.source for item in items] == ["t.csv#5", "t.csv#7"]
    assert [cells(item)["ID"] for item in items] == ["00123", "12345678901234567890"]
    assert (failures, told[0].header.row) == ([], 4)


def test_a_row_of_groups_above_the_header_is_no_header():
    items, _, told = people("t.csv", "Person,Skills,,Certificates\nName,EHR,Scheduling,CPR\nAna,3,2,yes\n")
    assert [item.source for item in items] == ["t.csv#3"]
    assert [column.meaning for column in told[0].header.columns][1:3] == ["ehr-systems", "patient-scheduling"]


def test_a_row_with_far_too_many_cells_costs_itself_only():
    items, failures, _ = people("t.csv", HEADER + "A,1,3,EHR\n" + "," * 2000 + "x\nB,2,3,EHR\n")
    assert [item.source for item in items] == ["t.csv#2", "t.csv#4"]
    assert [failure.candidate.source for failure in failures] == ["t.csv#3"]


def test_a_row_that_does_not_fit_is_named_and_the_rest_goes_on():
    items, failures, _ = people("t.csv", HEADER + 'A,1,3,EHR\nB,2,3,EHR,HIPAA\nC,3,"4\nD,4,2,HIPAA\n')
    assert [item.source for item in items] == ["t.csv#2", "t.csv#5"]
    assert {failure.candidate.source: failure.error.message.split(",")[0] for failure in failures} == {
        "t.csv#3": "the row has 5 cells",
        "t.csv#4": "a quotation mark is opened in this row and not closed",
    }


@pytest.mark.parametrize(
    "data, message",
    [
        ("", "the table is empty"),
        ("\n\n", "the table is empty"),
        ("Color,Size\nred,3\n", "no column says"),
        ("Name,E-mail\nAna,a@b\n", "no column says"),
        (b"\x89PNG\x00\x01\x02\x03\x04\x05", "not a text file"),
    ],
)
def test_what_is_no_table_of_candidates_is_named(data, message):
    items, failures, _ = people("t.csv", data)
    assert items == []
    assert [message in failure.error.message for failure in failures] == [True]
    assert all("PDF" not in failure.error.hint for failure in failures)


def test_the_way_to_map_is_in_the_hint():
    _, failures, _ = people("t.csv", "Color,Size\nred,3\n")
    assert '--map "Color=skills"' in failures[0].error.hint


@pytest.mark.parametrize(
    "limits, data, option",
    [
        (Limits(rows=2), HEADER + "A,1,3,x\n" * 3, "rows"),
        (Limits(columns=3), HEADER, "columns"),
        (Limits(table_mb=0.00001), HEADER, "table-mb"),
    ],
)
def test_a_limit_is_named_with_its_option(limits, data, option):
    _, failures, _ = people("t.csv", data, limits=limits)
    assert f"--limit {option}=NUMBER" in failures[-1].error.hint


def test_our_own_results_are_passed_over():
    Path("in").mkdir()
    Path("in/old.csv").write_text("rank,source,id,name,status,score,possible\n1,a,b,c,scored,5,6\n")
    Path("in/a.txt").write_text("x")
    items, failures, told = people("in")
    assert [item.source for item in items] == ["in/a.txt"]
    assert failures == []
    assert [each.why for each in told] == ["results of an earlier batch"]


# --- workbooks -----------------------------------------------------------------------------------------------------


def test_a_workbook_with_several_sheets():
    day = date(2024, 5, 6)
    book = xlsxwriter.Workbook("t.xlsx")
    first, second, hidden = (book.add_worksheet(name) for name in ("People", "Notes", "Old"))
    first.write_row(1, 1, ["Name", "ID", "Years in healthcare", "CPR", "HIPAA"])
    first.write_row(2, 1, ["Ana", "00123", 2.5])
    first.write_datetime(2, 4, day, book.add_format({"num_format": "yyyy-mm-dd"}))
    first.write_row(4, 1, ["Bo", 1234567890123456, 3])
    first.write_boolean(4, 4, True)
    first.write_formula(4, 5, "=1+2", None, 3)
    second.write_row(0, 0, ["x", "y"])
    hidden.write_row(0, 0, ["Name", "Skills"])
    hidden.write_row(1, 0, ["Old", "EHR"])
    hidden.hide()
    book.close()
    items, failures, told = people("t.xlsx")
    assert failures == []
    assert {item.source: cells(item) for item in items} == {
        "t.xlsx#People:3": {"Name": "Ana", "ID": "00123", "Years in healthcare": "2.5", "CPR": "2024-05-06"},
        "t.xlsx#People:5": {
            "Name": "Bo",
            "ID": "1234567890123456",
            "Years in healthcare": "3",
            "CPR": "yes",
            "HIPAA": "3",
        },
    }
    assert [each.why for each in told if isinstance(each, PassedOver)] == [
        "a hidden sheet",
        "no column says what a person brings",
    ]


def test_headers_without_rows_are_told_of():
    Path("t.csv").write_text("Name,Skills\nAna,Excel\n")
    Path("u.csv").write_text("Name,Skills\n")
    told: list[PassedOver | TableRead] = []
    assert [
        found.candidate.source
        for found in find_items(["t.csv", "u.csv"], notice=told.append)
        if isinstance(found, Failure)
    ] == []
    assert [each for each in told if isinstance(each, PassedOver)] == [
        PassedOver("u.csv", "there is no row below its headers", matters=True)
    ]


def test_an_open_document_table():
    def row(*texts):
        cells_ = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
        )
        return f"<table:table-row>{cells_}</table:table-row>"

    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{row("Name", "Skills")}{row("Ana", "EHR")}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile("t.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    items, failures, _ = people("t.ods")
    assert failures == []
    assert [cells(item) for item in items] == [{"Name": "Ana", "Skills": "EHR"}]


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04" + b"\0" * 40, b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_a_damaged_workbook_is_a_named_failure(data):
    items, failures, _ = people("t.xlsx", data)
    assert items == []
    assert failures[0].error.code == "input-refused"
    assert failures[0].candidate.source == "t.xlsx"


def test_a_sheet_that_claims_to_be_endless_costs_only_its_process():
    book = xlsxwriter.Workbook("t.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "Skills"])
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    _, failures, _ = people("t.xlsx")
    assert "--limit memory-mb" in failures[0].error.hint


def test_a_form_says_that_the_ratings_are_the_persons_own():
    rows: list[list[object]] = [["Timestamp", "Name", "Rate yourself [EHR]"], ["2024-01-01", "Ana", 4]]
    items, _, told = people(workbook("t.xlsx", {"Form1": rows}))
    assert (items[0].row.rated_by, told[0].rated_by) == ("self", "self")
    assert "2024-01-01" not in cells(items[0]).values()
    assert people("t.xlsx", rated_by="counselor")[0][0].row.rated_by == "counselor"
    without = {"S": [row[1:] for row in rows]}
    assert people(workbook("u.xlsx", without))[0][0].row.rated_by == "counselor"


# --- what a row counts ---------------------------------------------------------------------------------------------


def assessed(aim, rated_by="counselor", **texts):
    """A row with a cell for each meaning, assessed; ``__`` stands for a hyphen."""
    cells_ = tuple(Cell(name.replace("__", "-"), f"Head {name}", text) for name, text in texts.items())
    return assess_document(document_of_row("t.csv#2", TableRow(cells_, rated_by), aim), aim)


@pytest.mark.parametrize(
    "text, level",
    [
        ("0", 0),
        ("4", 4),
        ("3.0", 3),
        ("2 - with help", 2),
        ("3/4", 3),
        ("2,7", 2),
        ("Expert", 4),
        ("never", 0),
        ("yes", 2),
        ("I schedule, document, find records and fix my own errors without help.", 3),
    ],
)
def test_a_counselors_rating_counts_as_it_is(aim, text, level):
    finding = assessed(aim, ehr__systems=text).profile.skills["ehr-systems"]
    assert (finding.proficiency, finding.source, finding.rung) == (level, "table", "rated")


def test_a_rating_of_ones_own_counts_as_in_the_quiz(aim):
    for text, level, verdict in (("4", 2, "unproven"), ("2", 2, "confirmed"), ("0", 0, "confirmed")):
        finding = assessed(aim, "self", ehr__systems=text).profile.skills["ehr-systems"]
        assert (finding.proficiency, finding.rating, finding.verdict) == (level, int(text), verdict)


def test_what_the_text_shows_stands_behind_a_rating_and_is_never_worth_less(aim):
    text = "Medical Receptionist, Lake Clinic\nJan 2019 - Dec 2021\n- Scheduled patients every day"
    for rating, rated_by in (("4", "self"), ("1", "self"), ("1", "counselor")):
        finding = assessed(aim, rated_by, patient__scheduling=rating, experience=text).profile.skills[
            "patient-scheduling"
        ]
        assert finding.proficiency == 3
        assert any(found.method != "answer" for found in finding.evidence)


@pytest.mark.parametrize("text", ["7", "5", "-1", "3.5.2", "1e3", "12/31", "xyzzy"])
def test_what_is_no_rating_is_told_and_not_counted(aim, text):
    made = assessed(aim, ehr__systems=text, hipaa__privacy="3")
    assert "ehr-systems" not in made.profile.skills
    assert any(text in note for note in made.input.notes)


def test_words_in_the_column_of_a_skill_are_read_like_a_resume(aim):
    made = assessed(aim, patient__scheduling="Booked appointments for three doctors in a clinic")
    assert made.profile.skills["patient-scheduling"].proficiency >= 1


@pytest.mark.parametrize(
    "text, status",
    [
        ("yes", "held"),
        ("x", "held"),
        ("✓", "held"),
        ("In progress", "in-progress"),
        ("lapsed", "expired"),
        ("expired in May", "expired"),
        ("in progress, exam in May", "in-progress"),
        ("No, but interested", None),
        ("no", None),
    ],
)
def test_the_state_of_a_certificate(aim, text, status):
    profile = assessed(aim, cmaa=text).profile
    assert [found.status for found in profile.credentials] == ([status] if status else [])
    assert profile.without == (() if status else ("cmaa",))


def test_a_doubtful_certificate_is_told_and_not_counted(aim):
    made = assessed(aim, cmaa="maybe", hipaa__privacy="2")
    assert made.profile.credentials == ()
    assert any("maybe" in note for note in made.input.notes)


def test_an_expiry_date_decides(aim):
    cell = Cell("bls-cpr", "CPR expires", "2020-05-31")
    made = assess_document(document_of_row("t", TableRow((cell,), "counselor"), aim), aim)
    assert [(found.id, found.status) for found in made.profile.credentials] == [("bls-cpr", "expired")]


@pytest.mark.parametrize(
    "text, highest",
    [
        ("High school diploma or GED", "hs"),
        ("Associate's", "associate"),
        ("Some college", "hs"),
        ("BS", "bachelor"),
        ("Bachelor of Science in Health Administration", "bachelor"),
    ],
)
def test_education(aim, text, highest):
    assert assessed(aim, education=text).profile.education.highest == highest


@pytest.mark.parametrize(
    "text, years",
    [
        ("3", 3.0),
        ("2,5 years", 2.5),
        ("3-5", 3.0),
        ("10+", 10.0),
        ("18 months", 1.5),
        ("2 years 6 months", 2.5),
        ("none", 0.0),
    ],
)
def test_years_with_patients(aim, text, years):
    assert assessed(aim, patient__years=text).profile.experience.patient_years == years


def test_less_than_a_year_is_not_none(aim):
    made = assessed(aim, patient__years="less than 1", hipaa__privacy="2")
    assert made.profile.experience.claimed_years is None
    assert any("less than 1" in note for note in made.input.notes)


def test_years_without_a_title_are_only_a_claim(aim):
    alone = assessed(aim, years="5").profile.experience
    assert (alone.field_years, alone.claimed_years) == (0.0, 5.0)
    titled = assessed(aim, years="5", jobs="Medical Receptionist").profile.experience
    assert titled.field_years == 5.0


def test_a_row_that_says_nothing_is_named(aim):
    with pytest.raises(NothingToAssess, match="7 is no rating"):
        assessed(aim, name="Ana", ehr__systems="7", skills="n/a")


def test_a_text_that_only_repeats_words_is_told(aim):
    made = assessed(aim, resume="EHR HIPAA scheduling " * 200)
    assert any("again and again" in note for note in made.input.notes)


def test_the_person_changes_no_score(aim):
    rows = [
        {"name": "Ana Diaz", "id": "00123"},
        {"name": "John Smith", "id": "7", "first__name": "Epic"},
        {"first__name": "Wei", "last__name": "Cho"},
        {},
    ]
    made = [assessed(aim, **row, ehr__systems="3", skills="HIPAA") for row in rows]
    assert len({to_json(replace(each, candidate=made[0].candidate)) for each in made}) == 1
    assert [(each.candidate.name, each.candidate.given_id) for each in made] == [
        ("Ana Diaz", "00123"),
        ("John Smith", "7"),
        ("Wei Cho", None),
        (None, None),
    ]


def test_contact_data_never_leaves_the_table(aim):
    data = "Name,E-mail,Date of birth,Timestamp,Notes,Skills\nAna,ana@x.org,1990-01-01,2024,zzlate,EHR and HIPAA\n"
    items, _, _ = people("t.csv", data)
    written = to_json(assess_item(items[0], aim))
    assert [word for word in ("ana@x.org", "1990-01-01", "2024,", "zzlate") if word in written] == []


ROWS = [
    {"ehr__systems": "3", "patient__scheduling": "4", "cmaa": "yes", "education": "associate", "patient__years": "2"},
    {"ehr__systems": "0", "skills": "HIPAA, medical terminology, Epic", "bls__cpr": "expired"},
    {"resume": "Medical Receptionist, Lake Clinic\nJan 2019 - Dec 2021\n- Scheduled patients", "years": "9"},
    {"certificates": "CNA (in progress); CPR", "languages": "English, Spanish (fluent)", "cmaa": "no"},
]


@pytest.mark.parametrize("rated_by", ["self", "counselor"])
@pytest.mark.parametrize("row", ROWS)
def test_a_row_scores_as_its_profile_does_alone(aim, row, rated_by):
    made = assessed(aim, rated_by, **row)
    Path("profile.json").write_text(to_json(made.profile), encoding="utf-8")
    alone = assess_file("profile.json", aim)
    assert (alone.readiness, alone.requirements) == (made.readiness, made.requirements)


def test_quotes_of_a_row_are_slices_of_its_text(aim):
    row = TableRow(tuple(Cell(name.replace("__", "-"), name, text) for name, text in ROWS[2].items()), "self")
    document = document_of_row("t", row, aim)
    found = [each for finding in document.profile.skills.values() for each in finding.evidence if each.end]
    assert found
    assert all(document.text[each.start : each.end] == each.quote for each in found)


def test_a_row_is_a_candidate_in_spanish():
    aim = make_aim("patient-care-coordinator", "coordinator", date(2026, 1, 1), "es")
    made = assessed(aim, ehr__systems="9", hipaa__privacy="3")
    assert any("no es una calificación" in note for note in made.input.notes)


# --- the command ---------------------------------------------------------------------------------------------------


def test_the_command_reads_a_table_and_says_how(capsys):
    from pcc_assess.cli import main

    Path("people.csv").write_text("Who,EHR,HIPAA,Foo\nAna,3,2,x\nBo,,,\n", encoding="utf-8")
    words = [
        "batch",
        "people.csv",
        "--output",
        "out.jsonl",
        "--map",
        "Who=name",
        "--as-of",
        "2026-01-01",
        "--jobs",
        "1",
    ]
    assert main(words) == 5
    errors = capsys.readouterr().err
    assert "people.csv: 3 columns understood, ratings by the counselor" in errors
    assert "--map 'Foo=FIELD'" in errors
    lines = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines()]
    assert [line["candidate"]["source"] for line in lines] == ["people.csv#2", "people.csv#3"]
    assert lines[0]["candidate"]["name"] == "Ana"
    assert lines[1]["error"]["code"] == "nothing-to-assess"


def test_a_dry_run_writes_no_results(capsys):
    from pcc_assess.cli import main

    Path("in").mkdir()
    Path("in/people.csv").write_text("Name,EHR\nAna,3\nBo,2\n")
    Path("in/a.txt").write_text("Skills: EHR")
    Path("in/b.png").write_bytes(b"\x89PNG\r\n\x00")
    Path("in/.hidden").write_text("x")
    assert main(["batch", "in", "--dry-run", "--save-map", "map.csv", "--output", "out.xlsx"]) == 5
    told = capsys.readouterr().out
    for line in (
        "Would be read: 3 candidates",
        "  1 file (txt 1)",
        "  2 rows of 1 table",
        "  EHR -> ehr-systems",
        "  in/b.png: this is a picture",
        "  in/.hidden: hidden",
    ):
        assert line in told
    assert Path("map.csv").read_bytes().startswith(b"\xef\xbb\xbfcolumn,field\r\n")
    assert not Path("out.xlsx").exists()


def test_without_a_place_to_write_the_way_out_is_named(capsys):
    from pcc_assess.cli import main

    assert main(["batch", "x"]) == 2
    assert "--dry-run" in capsys.readouterr().err
