"""Files in, text out: every format, every refusal."""

import json
import zipfile

import documents
import pytest

from pcc_assess import catalog, readers
from pcc_assess.errors import InputError, NothingToAssess
from pcc_assess.model import Note

LINES = [
    "Jane Roe",
    "Experience",
    "Medical Receptionist, Lake Clinic, May 2010 - June 2012",
    "Scheduled patients for three doctors and verified insurance",
    "Skills",
    "Microsoft Excel, HIPAA, multi-line phones",
]
MARKDOWN = "\n".join(["# Jane Roe", "## Experience", f"**{LINES[2]}**", f"- {LINES[3]}", "## Skills", LINES[5]])
JSON_RESUME = {
    "basics": {"name": "Jane Roe"},
    "work": [
        {
            "position": "Medical Receptionist",
            "name": "Lake Clinic",
            "startDate": "2010-05-01",
            "endDate": "2012-06-30",
            "highlights": [LINES[3]],
        }
    ],
    "skills": [{"name": "Microsoft Excel", "keywords": ["HIPAA", "multi-line phones"]}],
}
SAME = {
    "pdf": documents.pdf_lines(LINES),
    "docx": documents.docx_lines(LINES),
    "odt": documents.odt_lines(LINES),
    "rtf": documents.rtf_lines(LINES),
    "html": documents.html_lines(LINES),
    "markdown": MARKDOWN.encode(),
    "text": "\n".join(LINES).encode(),
    "json-resume": json.dumps(JSON_RESUME).encode(),
}
ENDINGS = {"markdown": "md", "text": "txt", "json-resume": "json"}


def read(data, source="resume"):
    return readers.read(data, source, parse_yaml=catalog.parse_yaml, few_words=3)


@pytest.mark.parametrize("kind", SAME)
def test_one_resume_reads_alike_in_every_format(kind):
    document = read(SAME[kind], f"resume.{ENDINGS.get(kind, kind)}")
    assert document.format == kind
    assert not document.notes
    words = document.text.replace("\u2022", " ").replace(",", " ").replace(":", " ").split()
    for word in "Jane Receptionist Clinic Scheduled insurance HIPAA multi-line".split():
        assert word in words


@pytest.mark.parametrize("kind", SAME)
def test_the_same_is_found_in_every_format(kind, aim):
    from pcc_assess.assess import assess_bytes

    found = assess_bytes(SAME[kind], f"resume.{ENDINGS.get(kind, kind)}", aim)
    assert {"patient-scheduling", "insurance-verification", "hipaa-privacy", "phone-communication"} <= set(
        found.profile.skills
    )
    assert found.profile.experience.patient_years == pytest.approx(26 / 12, abs=0.01)


@pytest.mark.parametrize(("kind", "name"), [("pdf", "a.txt"), ("docx", "a.pdf"), ("rtf", "a.docx")])
def test_a_wrong_ending_is_read_by_content_with_a_note(kind, name):
    document = read(SAME[kind], name)
    assert document.format == kind
    assert document.notes == (Note("reading.wrong-ending", {"ending": name[2:], "format": kind.upper()}),)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        (b"\x7fELF" + bytes(200), "program"),
        (bytes(range(256)) * 40, "not a text file"),
        (documents.pdf_lines(LINES)[:200], "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (documents.zipped({"xl/workbook.xml": "<a/>"}), "spreadsheet"),
        (documents.zipped({"notes.txt": "hello"}), "packed"),
        (b'{"a": ', "JSON"),
        (b'{"a": 1}', "neither"),
        (b'{"schema": "pcc-assess/plan/1"}', "no profile"),
        (b'{"schema": "pcc-assess/profile/1", "skils": {}}', "skils"),
        (b"schema: pcc-assess/profile/1\nskills: {a: 1, a: 2}\n", "already"),
    ],
)
def test_refusals_say_what_is_wrong_in_one_line(data, says):
    with pytest.raises(InputError) as refused:
        read(data)
    assert says in refused.value.message
    assert "\n" not in refused.value.message
    assert refused.value.hint


def test_a_scan_is_nothing_to_assess():
    with pytest.raises(NothingToAssess, match="scan"):
        read(documents.pdf([[]]))


def test_too_few_words_are_nothing_to_assess():
    with pytest.raises(NothingToAssess):
        read(b"Jane 42")


def test_pages_begin_where_they_say():
    document = read(documents.pdf([[(50, 700, "First page of text")], [(50, 700, "Second page of text")]]))
    assert len(document.page_starts) == 2
    assert document.text[document.page_starts[1] :].startswith("Second")


def test_a_dates_column_stays_on_the_line_of_its_title():
    page = [(50, 700, "Medical Receptionist"), (450, 700, "2010 - 2012"), (50, 686, "Answered phones")]
    assert read(documents.pdf([page])).text.split("\n")[0] == "Medical Receptionist   2010 - 2012"


def test_columns_written_one_after_the_other_stay_apart():
    left = [(50, 700 - 14 * n, text) for n, text in enumerate(["Skills", "Excel and Word", "Phones"])]
    right = [(320, 700 - 14 * n, text) for n, text in enumerate(["Experience", "Clerk at a clinic", "Filed charts"])]
    assert read(documents.pdf([left + right])).text.split("\n") == [
        *("Skills", "Excel and Word", "Phones"),
        *("Experience", "Clerk at a clinic", "Filed charts"),
    ]


@pytest.mark.parametrize("spacing", [2, 4])
def test_letter_spaced_headings_become_words(spacing):
    heading = documents.pdf([[(50, 700, "MY WORK EXPERIENCE")]], spacing=spacing)
    assert read(heading + b"\n", "x.pdf").text == "MY WORK EXPERIENCE"


def test_typed_letter_spacing_becomes_words():
    page = documents.pdf([[(50, 700, "S K I L L S"), (50, 680, "Excel, Word and phones")]])
    assert read(page).text.split("\n")[0] == "SKILLS"


def test_docx_holds_tables_headers_boxes_and_insertions_and_no_deletions():
    table = (
        f"<w:tbl><w:tr><w:tc>{documents.paragraph('Clerk')}</w:tc>"
        f"<w:tc>{documents.paragraph('2010 - 2012')}</w:tc></w:tr></w:tbl>"
    )
    box = f"<w:p><w:r><w:pict><w:txbxContent>{documents.paragraph('In a box')}</w:txbxContent></w:pict></w:r></w:p>"
    edits = (
        "<w:p><w:ins><w:r><w:t>Added words</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Gone words</w:delText></w:r></w:del></w:p>"
    )
    listed = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>One point</w:t></w:r></w:p>"
    data = documents.docx(table + box + edits + listed, header1=documents.paragraph("On every page"))
    lines = read(data).text.split("\n")
    assert "Clerk\t2010 - 2012" in lines
    assert "In a box" in lines
    assert "Added words" in lines
    assert "\u2022 One point" in lines
    assert lines[0] == "On every page"
    assert "Gone" not in "".join(lines)


def test_html_shows_what_a_browser_shows():
    page = (
        b"<html><head><title>T</title><style>p{}</style></head><body><h1>Jane&nbsp;Roe</h1><script>x()</script>"
        b"<ul><li>Answered <b>phones</b></li><li>Filed charts</li></ul><p hidden>Secret</p></body></html>"
    )
    text = read(page).text
    assert "Jane Roe" in text
    assert "\u2022 Answered phones" in text
    assert "Secret" not in text
    assert "x()" not in text


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-16-le", True), ("cp1252", True)],
)
def test_encodings(encoding, noted):
    document = read("Résumé of Zoë: phones, “Excel”, charts".encode(encoding))
    assert "Zoë" in document.text
    assert bool(document.notes) is noted


def test_text_is_cleaned_of_what_nobody_sees():
    document = read("Word\u200bs and\u00a0more\u202e words\x1b[31m here\r\nnext \ufb01le".encode())
    assert document.text == "Words and more words [31m here\nnext file"


def test_a_zip_bomb_is_refused_before_it_unfolds():
    bomb = documents.zipped({"word/document.xml": b"<a>" + b" " * 60_000_000})
    assert len(bomb) < 200_000
    with pytest.raises(InputError, match="unpacks to more"):
        read(bomb)


def test_entities_of_xml_are_refused():
    evil = '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'
    with pytest.raises(InputError, match="damaged"):
        read(documents.zipped({"word/document.xml": evil}))


def test_more_text_than_the_limit_is_refused_and_never_cut():
    assert len(read(b"phones and charts " * 50_000).text) == 900_000
    with pytest.raises(InputError, match="more than 1,000,000 characters") as caught:
        read(b"phones and charts " * 60_000)
    assert "--limit characters=" in caught.value.hint


def test_deep_nesting_is_refused():
    with pytest.raises(InputError, match="nested deeper than 64 levels"):
        read(b"<html><body>" + b"<div>" * 50_000 + b"deep words here</body></html>")
    assert "deep" in read(b"<html><body>" + b"<li>" * 5_000 + b"deep words here</body></html>").text


def test_a_locked_docx_is_called_so(tmp_path):
    path = tmp_path / "locked.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    data = bytearray(path.read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(mark)
        data[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    with pytest.raises(InputError, match="password"):
        read(bytes(data))


def test_a_profile_is_taken_as_it_stands():
    text = "schema: pcc-assess/profile/1\nskills:\n  hipaa-privacy: 3\n  ehr-systems: {proficiency: 2}\n"
    document = read(text.encode(), "me.yaml")
    assert document.profile is not None
    assert document.profile.skills["hipaa-privacy"].proficiency == 3
    assert document.profile.skills["ehr-systems"].proficiency == 2


@pytest.mark.parametrize(
    "given, place",
    [
        ({"skills": {"ehr-systems": -1}}, "skills.ehr-systems.proficiency: -1 is not between 0 and 4"),
        ({"skills": {"ehr-systems": {"proficiency": 5}}}, "skills.ehr-systems.proficiency: 5 is not between 0 and 4"),
        ({"languages": [{"id": "spanish", "proficiency": 9}]}, "languages.0.proficiency: 9 is not between 0 and 4"),
        ({"experience": {"patient_years": -3}}, "experience.patient_years: -3 is not between 0 and 100"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_place(given, place):
    with pytest.raises(InputError, match=place):
        read(json.dumps({"schema": "pcc-assess/profile/1", **given}).encode(), "me.json")


def test_the_profile_of_an_assessment_can_be_scored_again(aim):
    from pcc_assess.assess import assess_bytes
    from pcc_assess.renderers.json_ import to_json

    first = assess_bytes(SAME["text"], "resume.txt", aim)
    again = assess_bytes(to_json(first).encode(), "assessment.json", aim)
    assert again.readiness == first.readiness
