"""What nobody sees on the page adds nothing and is told as a fact; what can be seen is counted, however painted."""

import sys
from pathlib import Path

import pytest

from pcc_assess import catalog, readers

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import documents

PLAIN = "BT /F1 11 Tf 50 780 Td (Scheduled patient visits daily) Tj ET\n"
SECRET = "BT /F1 11 Tf 50 700 Td (Epic certified coder) Tj ET\n"
BLOCK = "40 690 300 30 re f\n"


def read(data, source="resume.pdf"):
    return readers.read(data, source, parse_yaml=catalog.parse_yaml, few_words=3)


def unseen(document):
    return sum(note.values["number"] for note in document.notes if note.key.startswith("reading.unseen"))


HIDDEN = {
    "white": f"1 1 1 rg {SECRET}",
    "white, in grey": f"1 g {SECRET}",
    "white, in four inks": f"0 0 0 0 k {SECRET}",
    "nearly white": f"0.98 0.98 0.98 rg {SECRET}",
    "no ink": f"3 Tr {SECRET}",
    "no opacity": f"/G0 gs {SECRET}",
    "tiny": SECRET.replace("/F1 11", "/F1 0.5"),
    "tiny by its matrix": f"q 0.05 0 0 0.05 0 0 cm {SECRET.replace('50 700', '900 9000')} Q",
    "left of the page": SECRET.replace("50 700", "-500 700"),
    "below the page": SECRET.replace("50 700", "50 -70"),
    "dark on dark": f"0.2 0.2 0.6 rg {BLOCK} 0.21 0.2 0.6 rg {SECRET}",
    "black on black": f"0 g {BLOCK} 0 g {SECRET}",
    "white on a white block on a dark one": f"0 g {BLOCK} 1 g {BLOCK} {SECRET}",
    "white after a stack": f"1 g q 0 g (x) pop Q {SECRET}".replace("(x) pop", ""),
    "white outline": f"1 1 1 RG 1 Tr {SECRET}",
}
SEEN = {
    "black": f"0 g {SECRET}",
    "light grey": f"0.8 g {SECRET}",
    "white on a dark block": f"0.1 0.2 0.4 rg {BLOCK} 1 g {SECRET}",
    "white on a block of four inks": f"1 0.5 0 0.3 k {BLOCK} 1 1 1 rg {SECRET}",
    "white on a picture": f"q 300 0 0 30 40 690 cm /P0 Do Q 1 g {SECRET}",
    "white with a dark outline": f"1 g 0 0 0 RG 2 Tr {SECRET}",
    "dark outline only": f"1 g 0 0 0 RG 1 Tr {SECRET}",
    "white on a broad line": f"0 0 0.5 RG 30 w 40 705 m 340 705 l S 1 g {SECRET}",
    "black after white": f"1 g {BLOCK} 0 g {SECRET}",
    "black beside a black block": f"0 g 40 400 300 30 re f {SECRET}",
    "small but readable": SECRET.replace("/F1 11", "/F1 4"),
    "one point, made large by its matrix": f"q 9 0 0 9 0 0 cm {SECRET.replace('/F1 11 Tf 50 700', '/F1 1 Tf 4 60')} Q",
    "white on a round shape": f"0 0 0.5 rg 40 690 m 100 640 300 640 340 690 c 300 760 100 760 40 690 c f 1 g {SECRET}",
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("painted", HIDDEN.values(), ids=HIDDEN)
def test_what_cannot_be_seen_in_a_pdf_is_told_and_not_counted(painted, packed):
    document = read(documents.pdf_painted([f"{PLAIN}q {painted} Q"], packed=packed))
    assert document.text.strip() == "Scheduled patient visits daily"
    assert unseen(document) == 3


@pytest.mark.parametrize("painted", SEEN.values(), ids=SEEN)
def test_what_can_be_seen_in_a_pdf_is_counted(painted):
    document = read(documents.pdf_painted([f"{PLAIN}q {painted} Q"], packed=True))
    assert document.text.split() == [*"Scheduled patient visits daily Epic certified coder".split()]
    assert document.notes == ()


def test_a_form_takes_the_colour_that_it_is_called_with():
    whole = documents.pdf_painted([f"{PLAIN} q 1 g /P1 Do Q"], form=SECRET)
    assert unseen(read(whole)) == 3
    assert "Epic" in read(documents.pdf_painted([f"{PLAIN} q 0 g /P1 Do Q"], form=SECRET)).text


def test_text_recognition_over_a_picture_is_read_and_told():
    scan = f"q 612 0 0 842 0 0 cm /P0 Do Q 3 Tr {PLAIN} {SECRET}"
    document = read(documents.pdf_painted([scan]))
    assert "Epic certified coder" in document.text
    assert [note.key for note in document.notes] == ["reading.recognised"]
    with_more = read(documents.pdf_painted([f"{PLAIN} q 612 0 0 842 0 0 cm /P0 Do Q 3 Tr {SECRET}"]))
    assert "Epic" not in with_more.text
