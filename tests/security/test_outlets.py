"""Each way out has one function, and what it lets through can do nothing there."""

import csv
import io
import json
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_assess import outlets
from pcc_assess.errors import printable

TEXTS = st.text(
    alphabet=st.characters() | st.sampled_from("\x1b\x9b\x07\u202e\u2066\u200b\xad\ud800\U000e0041;=\n\r\t")
)
STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def steers(text):
    return [c for c in text if unicodedata.category(c) in STEERING and c != "\n"]


@given(TEXTS)
def test_nothing_that_steers_leaves(text):
    for way in (printable, outlets.cell, outlets.html, outlets.markdown, outlets.file_name, outlets.visible):
        assert steers(way(text)) == []


@given(TEXTS)
def test_json_reads_back_the_same(text):
    written = outlets.json_text(json.dumps({"quote": text}, ensure_ascii=False))
    assert steers(written) == []
    assert json.loads(written) == {"quote": text}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r\n=1",
        " =1",
        "\uff1d1",
        "\u200b=1",
        '"=1',
        "'=1",
        "\x1b=1",
        "a;=1",
        "a; +1",
    ],
)
def test_a_cell_is_never_a_formula(text):
    shown = outlets.cell(text)
    for part in shown.split(";"):
        assert part.strip()[0] == "'" or part == "a"


def test_an_honest_cell_stays_as_it_is():
    for text in ("Jane Doe", "front desk; phones", "2019-2021", "a-b", "10% more", "naïve", ""):
        assert outlets.cell(text) == text


def test_a_long_cell_says_that_it_goes_on():
    assert outlets.cell("x" * 40_000).endswith(" ...")
    assert len(outlets.cell("x" * 40_000)) == outlets.LONGEST_CELL


@given(TEXTS)
def test_a_cell_survives_a_file(text):
    file = io.StringIO()
    csv.writer(file).writerow([outlets.cell(text)])
    file.seek(0)
    assert next(csv.reader(file)) == [outlets.cell(text)]


@given(st.text(alphabet="<>&\"'/scriptimgonerror=x !-"))
def test_html_has_no_tag_of_the_candidate(text):
    seen = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.append((tag, attrs))

    Parser().feed(f'<p title="{outlets.html(text)}">{outlets.html(text)}</p>')
    assert [(tag, [name for name, _ in attrs]) for tag, attrs in seen] == [("p", ["title"])]


@given(TEXTS)
def test_a_file_name_is_a_name_everywhere(text):
    name = outlets.file_name(text)
    assert 0 < len(name.encode()) <= 255
    assert not set(name) & set('/\\:*?"<>|\0 ')
    assert name[0] not in ".-"
    assert name[-1] not in ". "
    assert name.partition(".")[0].lower() not in {"con", "nul", "aux", "com1", "lpt9"}


@pytest.mark.parametrize(
    "text", ["../../etc/passwd", "..", ".", "", "con", "NUL.txt", "COM1", "-rf", "C:\\x", "\x1b[31m"]
)
def test_hostile_names_lead_nowhere(text):
    name = outlets.file_name(text)
    assert "/" not in name
    assert ".." not in name or not name.startswith(".")
    assert name.lower() not in {"con", "nul.txt", "com1", "", ".", ".."}
