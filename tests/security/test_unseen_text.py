"""What nobody sees on the page adds nothing and is told as a fact; what can be seen is counted, however painted."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_assess import catalog, readers
from pcc_assess.errors import NothingToAssess
from pcc_assess.readers.streams import _may_hide

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
    assert [note.key for note in document.notes] == ["reading.recognised.one"]
    with_more = read(documents.pdf_painted([f"{PLAIN} q 612 0 0 842 0 0 cm /P0 Do Q 3 Tr {SECRET}"]))
    assert "Epic" not in with_more.text


OPERATORS = (
    "0 1 .5 -3 1e9 nan inf x ] > ) (m\xa0 m) m l c h re f f* B b* F rg g k sc scn cs q Q BT ET Tj TJ Tr Do ' \" /P gs"
).split(" ")


@given(st.lists(st.sampled_from(OPERATORS)))
def test_painting_of_any_kind_is_followed_without_a_fault(words):
    content = " ".join([*words, "BT", "f", "Tj", "1", "g", "f", "Tj"]).encode("latin-1")
    assert _may_hide(content) in (True, False)


# --- DOCX ------------------------------------------------------------------------------------------

WORDS = "Epic certified coder"
OPEN = "<w:p><w:r><w:t>Scheduled patient visits daily</w:t></w:r></w:p>"


def run(looks, text=WORDS):
    """A run with the given looks; ~ stands for a quotation mark."""
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>".replace("~", '"')


def docx_with(inner, **parts):
    return read(documents.docx(f"{OPEN}{inner}", **parts), "resume.docx")


WHITE = '<w:color w:val="FFFFFF"/>'
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Ghost"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:tcPr>'
    '<w:shd w:val="clear" w:fill="1F4E79"/>'
    "</w:tcPr></w:tblStylePr></w:style>"
)
ANCHOR = (
    '<w:p><w:r><w:drawing><w:anchor w:behindDoc="1"><w:extent w:cx="7000000" w:cy="900000"/>'
    "</w:anchor></w:drawing></w:r></w:p>"
)
HIDDEN_IN_WORD = {
    "vanish": f"<w:p>{run('<w:vanish/>')}</w:p>",
    "white": f"<w:p>{run(WHITE)}</w:p>",
    "tiny": f"<w:p>{run('<w:sz w:val=~2~/>')}</w:p>",
    "paragraph style": f'<w:p><w:pPr><w:pStyle w:val="Ghost"/></w:pPr>{run("")}</w:p>',
    "style of a style": f'<w:p><w:pPr><w:pStyle w:val="Child"/></w:pPr>{run("")}</w:p>',
    "character style": f"<w:p>{run('<w:rStyle w:val=~Pale~/>')}</w:p>",
    "black on black": f"<w:p>{run('<w:color w:val=~000000~/><w:shd w:val=~clear~ w:fill=~000000~/>')}</w:p>",
    "deleted": f"<w:p><w:del><w:r><w:delText>{WORDS}</w:delText></w:r></w:del></w:p>",
}
SEEN_IN_WORD = {
    "not vanished": f"<w:p>{run('<w:vanish w:val=~0~/>')}</w:p>",
    "automatic colour": f"<w:p>{run('<w:color w:val=~auto~/>')}</w:p>",
    "white in a dark run": f"<w:p>{run(WHITE + '<w:shd w:val=~clear~ w:fill=~1F4E79~/>')}</w:p>",
    "white marked": f"<w:p>{run(WHITE + '<w:highlight w:val=~black~/>')}</w:p>",
    "white in a dark paragraph": f'<w:p><w:pPr><w:shd w:val="clear" w:fill="1F4E79"/></w:pPr>{run(WHITE)}</w:p>',
    "white in a dark cell": '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="333333"/></w:tcPr>'
    f"<w:p>{run(WHITE)}</w:p></w:tc></w:tr></w:tbl>",
    "white in a table with a dark style": '<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr><w:tr><w:tc>'
    f"<w:p>{run(WHITE)}</w:p></w:tc></w:tr></w:tbl>",
    "white on a shape behind the text": f"{ANCHOR}<w:p>{run(WHITE)}</w:p>",
    "white in a filled box": "<w:p><w:r><w:wsp><w:spPr><w:solidFill/></w:spPr><w:txbxContent>"
    f"<w:p>{run(WHITE)}</w:p></w:txbxContent></w:wsp></w:r></w:p>",
    "a style in a circle": f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>{run("")}</w:p>',
    "small but readable": f"<w:p>{run('<w:sz w:val=~10~/>')}</w:p>",
}


@pytest.mark.parametrize("inner", HIDDEN_IN_WORD.values(), ids=HIDDEN_IN_WORD)
def test_what_cannot_be_seen_in_a_docx_is_told_and_not_counted(inner):
    document = docx_with(inner, styles=STYLES)
    assert "Epic" not in document.text
    assert unseen(document) == (0 if "delText" in inner else 3)


@pytest.mark.parametrize("inner", SEEN_IN_WORD.values(), ids=SEEN_IN_WORD)
def test_what_can_be_seen_in_a_docx_is_counted(inner):
    document = docx_with(inner, styles=STYLES)
    assert WORDS in document.text
    assert document.notes == ()


def test_a_whole_document_that_is_hidden_by_its_standard_style_is_nothing_to_assess():
    styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    with pytest.raises(NothingToAssess):
        docx_with("", styles=styles)


# --- HTML ------------------------------------------------------------------------------------------

HIDDEN_IN_HTML = {
    "display": f'<p style="display:none">{WORDS}</p>',
    "display in capitals": f'<p style="DISPLAY : NONE !important">{WORDS}</p>',
    "inside": f'<div style="display:none"><p><b>{WORDS}</b></p></div>',
    "visibility": f'<span style="visibility:hidden">{WORDS}</span>',
    "attribute": f"<p hidden>{WORDS}</p>",
    "opacity": f'<p style="opacity:0">{WORDS}</p>',
    "size": f'<p style="font-size:0">{WORDS}</p>',
    "small size": f'<p style="font-size:1px">{WORDS}</p>',
    "relative size": f'<p style="font-size:0.01em">{WORDS}</p>',
    "off the screen": f'<p style="position:absolute;left:-9999px">{WORDS}</p>',
    "indent": f'<p style="text-indent:-9999px">{WORDS}</p>',
    "no height": f'<p style="height:0;overflow:hidden">{WORDS}</p>',
    "clipped": f'<p style="position:absolute;clip:rect(0,0,0,0)">{WORDS}</p>',
    "white": f'<p style="color:#fff">{WORDS}</p>',
    "white by name": f'<p style="color:white">{WORDS}</p>',
    "white by numbers": f'<p style="color:rgb(254, 255, 255)">{WORDS}</p>',
    "clear": f'<p style="color:transparent">{WORDS}</p>',
    "font": f'<font color="#FFFFFF">{WORDS}</font>',
    "black on black": f'<p style="color:#000;background:#000">{WORDS}</p>',
    "style sheet": f"<style>/* x */ .ats, .y {{ display: none }}</style><p class=ats>{WORDS}</p>",
    "style sheet, white": f"<style>.ats {{color:#fefefe}}</style><p class=ats>{WORDS}</p>",
}
SEEN_IN_HTML = {
    "plain": f"<p>{WORDS}</p>",
    "shown": f'<p style="display:block;opacity:1;font-size:9px;color:#333">{WORDS}</p>',
    "white on dark": f'<div style="background:#123456"><p style="color:white">{WORDS}</p></div>',
    "white on a picture": f'<div style="background:url(x.png)"><p style="color:white">{WORDS}</p></div>',
    "white on dark by sheet": f"<style>.side {{background-color:navy}} .side p {{color:#fff}}</style>"
    f"<div class=side><p>{WORDS}</p></div>",
    "white in a dark cell": f'<table><tr><td bgcolor="#000080"><font color="white">{WORDS}</font></td></tr></table>',
    "for narrow screens": f"<style>@media (max-width: 9px) {{ p {{ display:none }} }}</style><p>{WORDS}</p>",
    "shown again": f'<div style="font-size:0"><p style="font-size:12px">{WORDS}</p></div>',
    "a rule that nobody understands": f"<style>p[[[ {{display:none}} }} {{</style><p>{WORDS}</p>",
}


def html_with(inner):
    page = f"<!doctype html><html><body><p>Scheduled patient visits daily</p>{inner}<!-- note --></body></html>"
    return read(page.encode(), "resume.html")


@pytest.mark.parametrize("inner", HIDDEN_IN_HTML.values(), ids=HIDDEN_IN_HTML)
def test_what_cannot_be_seen_in_html_is_told_and_not_counted(inner):
    document = html_with(inner)
    assert "Epic" not in document.text
    assert unseen(document) == 3


@pytest.mark.parametrize("inner", SEEN_IN_HTML.values(), ids=SEEN_IN_HTML)
def test_what_can_be_seen_in_html_is_counted(inner):
    document = html_with(inner)
    assert WORDS in document.text
    assert document.notes == ()


# --- RTF and ODT -----------------------------------------------------------------------------------

COLORS = r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;}"


def rtf_with(inner):
    page = rf"{{\rtf1\ansi{COLORS} Scheduled patient visits daily\par {inner}\par}}"
    return read(page.encode("ascii"), "resume.rtf")


@pytest.mark.parametrize(
    "inner",
    [rf"{{\v {WORDS}}}", rf"\v {WORDS}\v0 ", rf"{{\fs2 {WORDS}}}", rf"{{\cf2 {WORDS}}}", rf"\cf2 {WORDS}\plain "],
)
def test_what_cannot_be_seen_in_rtf_is_told_and_not_counted(inner):
    document = rtf_with(inner)
    assert "Epic" not in document.text
    assert unseen(document) == 3


@pytest.mark.parametrize(
    "inner",
    [
        rf"{{\cf1 {WORDS}}}",
        rf"{{\v0 {WORDS}}}",
        rf"{{\highlight1\cf2 {WORDS}}}",
        rf"\cbpat1\cf2 {WORDS}",
        rf"{{\v x}}{WORDS}",
    ],
)
def test_what_can_be_seen_in_rtf_is_counted(inner):
    assert WORDS in rtf_with(inner).text


@pytest.mark.parametrize("inner", [rf"{{\deleted {WORDS}}}", rf"{{\*\comment {WORDS}}}", rf"{{\info {WORDS}}}"])
def test_what_was_deleted_or_noted_in_rtf_is_no_text(inner):
    document = rtf_with(inner)
    assert "Epic" not in document.text
    assert unseen(document) == 0


def test_rtf_is_read_in_its_alphabets():
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}"
    text = r"na\'efve \u8217?s \u-10179?\u-8704? \f1 \'ef\'f0\'e8 one\~two\line x\_y"
    page = rf"{{\rtf1\ansi\ansicpg1252\uc1{fonts}{text}}}"
    assert read(page.encode("ascii"), "a.rtf").text.split("\n") == ["naïve ’s \U0001f600 при one two", "x-y"]


def odt_with(inner, styles):
    names = 'xmlns:o="o" xmlns:t="t" xmlns:s="s" xmlns:f="f"'
    body = f"<t:p>Scheduled patient visits daily</t:p>{inner}"
    return read(
        documents.zipped(
            {"content.xml": f"<o:doc {names}><o:auto>{styles}</o:auto><o:body><o:text>{body}</o:text></o:body></o:doc>"}
        ),
        "resume.odt",
    )


def odt_style(properties, more=""):
    return f'<s:style s:name="X" {more}><s:text-properties {properties}/></s:style>'


ODT_WORDS = f'<t:p><t:span t:style-name="X">{WORDS}</t:span></t:p>'


@pytest.mark.parametrize(
    "inner, styles",
    [
        (ODT_WORDS, odt_style('t:display="none"')),
        (ODT_WORDS, odt_style('f:color="#ffffff"')),
        (ODT_WORDS, odt_style('f:font-size="1pt"')),
        (
            ODT_WORDS,
            '<s:style s:name="Y"><s:p t:display="none"/></s:style><s:style s:name="X" s:parent-style-name="Y"/>',
        ),
        (f"<t:p><t:hidden-text>{WORDS}</t:hidden-text></t:p>", ""),
        (f'<t:section t:display="none"><t:p>{WORDS}</t:p></t:section>', ""),
    ],
)
def test_what_cannot_be_seen_in_odt_is_told_and_not_counted(inner, styles):
    document = odt_with(inner, styles)
    assert "Epic" not in document.text
    assert unseen(document) == 3


@pytest.mark.parametrize(
    "styles",
    [
        odt_style('f:color="#222222"'),
        odt_style('f:color="#ffffff" f:background-color="#000080"'),
        odt_style('f:font-size="6pt"'),
        odt_style("", 's:parent-style-name="X"'),
    ],
)
def test_what_can_be_seen_in_odt_is_counted(styles):
    assert WORDS in odt_with(ODT_WORDS, styles).text


def test_a_page_that_is_lost_is_told():
    whole = documents.pdf([[(50.0, 700.0, f"Page {word} has words")] for word in ("one", "two", "three")])
    document = read(_without_second_page(whole))
    assert "one" in document.text
    assert "two" not in document.text
    assert [note.key for note in document.notes] == ["reading.lost-pages.one"]


def _without_second_page(data):
    kids = data[data.index(b"/Kids [") + 7 : data.index(b"]", data.index(b"/Kids ["))]
    second = kids.split(b" R ")[1].split()[0]
    return data.replace(kids, kids.replace(second + b" 0 R", b"77 0 R"))
