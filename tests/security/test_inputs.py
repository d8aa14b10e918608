"""What is handed in is opened safely, held to its limits and never cut; a refusal says what, where and what helps."""

import json
import os
import socket
import subprocess
import sys
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest

from pcc_assess import catalog, disk, readers
from pcc_assess.errors import InputError, PccError, UsageError
from pcc_assess.limits import NAMES, STANDARD, Limits, parse_limits
from pcc_assess.strict_json import decoded, parse_json

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import documents

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="special files of POSIX")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="files that the kernel of Linux makes up")
RESUME = b"Jane Doe\nReceptionist at a clinic\n"


def read(data, source="resume.txt", limits=STANDARD):
    return readers.read(data, source, parse_yaml=catalog.parse_yaml, few_words=3, limits=limits)


# --- opening ---------------------------------------------------------------------------------------


@POSIX
def test_what_is_no_regular_file_is_refused_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "pipe link").symlink_to(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "nowhere").symlink_to(tmp_path / "none")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for name in ("pipe", "pipe link", "loop", "zero", "socket", "nowhere", ""):
            with pytest.raises(InputError) as caught:
                disk.read_input(str(tmp_path / name))
            assert caught.value.exit_code == 3
            assert caught.value.hint
    for name in ("/dev/zero", "/dev/null", "/dev/tty", "/dev/full", ".", "/"):
        with pytest.raises(InputError):
            disk.read_input(name)


@LINUX
@pytest.mark.parametrize(
    "name", ["/proc/self/environ", "/proc/kmsg", "/proc/self/mem", "/sys/kernel/notes", "/proc/self/maps"]
)
def test_a_file_that_the_kernel_makes_up_is_refused(name, tmp_path):
    (tmp_path / "resume.txt").symlink_to(name)
    for path in (name, tmp_path / "resume.txt"):
        with pytest.raises(InputError):
            disk.read_input(str(path))


@POSIX
def test_a_file_that_becomes_a_pipe_meanwhile_is_still_refused(tmp_path, monkeypatch):
    place = tmp_path / "resume.txt"
    place.write_bytes(RESUME)
    opening = os.open

    def swapped(path, *rest):
        place.unlink()
        os.mkfifo(place)
        return opening(path, *rest)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(InputError, match="not a regular file"):
        disk.read_input(str(place))


def test_no_descriptor_is_left_open(tmp_path):
    held = Path("/proc/self/fd")
    if not held.is_dir():
        pytest.skip("no list of descriptors")
    before = len(list(held.iterdir()))
    for name in (tmp_path, tmp_path / "none", "/proc/self/environ"):
        with pytest.raises(InputError):
            disk.read_input(str(name))
    assert len(list(held.iterdir())) == before


def told(*words, stdin=None, **how):
    command = [sys.executable, "-m", "pcc_assess", *words]
    return subprocess.run(command, stdin=stdin, capture_output=True, timeout=60, check=False, **how)


@POSIX
def test_standard_input_may_be_endless_or_closed(tmp_path):
    with Path("/dev/zero").open("rb") as zero:
        endless = told("score", "-", stdin=zero)
    assert (endless.returncode, b"larger than 10 MB" in endless.stderr) == (3, True)
    closed = subprocess.run(
        f"{sys.executable} -m pcc_assess score - <&-", shell=True, capture_output=True, timeout=60, check=False
    )
    assert closed.returncode == 3
    assert b"Traceback" not in closed.stderr
    (tmp_path / "a.txt").write_bytes(RESUME)
    for closing in ("<&-", "<&- >&- 2>&-"):
        command = f"{sys.executable} -m pcc_assess score {tmp_path / 'a.txt'} --output {tmp_path / 'out.txt'} {closing}"
        assert subprocess.run(command, shell=True, capture_output=True, timeout=60, check=False).returncode == 0
        assert "Jane" in (tmp_path / "out.txt").read_text() or (tmp_path / "out.txt").stat().st_size > 100
        (tmp_path / "out.txt").unlink()


# --- limits ----------------------------------------------------------------------------------------


def test_limits_are_named_and_numbers():
    assert parse_limits(None) == STANDARD
    assert parse_limits(["pages=200", "memory-mb=1e3"]) == replace(STANDARD, pages=200, memory_mb=1000)
    for text in ("pages", "pages=", "pages=0", "pages=-1", "pages=nan", "pages=inf", "page=1", "=1", "pages=1 MB"):
        with pytest.raises(UsageError):
            parse_limits([text])


def test_every_limit_is_documented(root):
    told = (root / "docs/security.md").read_text("utf-8")
    for item, name in zip(fields(Limits), NAMES, strict=True):
        assert f"| `{name}` | {item.default:,.0f} |" in told


def packed_pdf(length):
    return documents.pdf_painted(["BT /F1 9 Tf 50 700 Td (one two three four) Tj ET " + " " * length], packed=True)


BEYOND = {
    "file-mb": (lambda: RESUME * 10_000, "a.txt", 0.1),
    "structured-mb": (lambda: b'{"basics": {"summary": "%s"}}' % (b"a " * 60_000), "a.json", 0.1),
    "members": (lambda: documents.zipped({f"word/{n}.xml": "<a/>" for n in range(30)}), "a.docx", 20),
    "archive-mb": (
        lambda: documents.docx("<w:p/>", header1="<w:p/>" * 20_000, header2="<w:p/>" * 20_000),
        "a.docx",
        0.2,
    ),
    "stream-mb": (lambda: documents.docx("<w:p/>" * 50_000), "a.docx", 0.2),
    "stream-mb of a pdf": (lambda: packed_pdf(300_000), "a.pdf", 0.2),
    "pages": (lambda: documents.pdf([[(50.0, 700.0, "one two three")]] * 12), "a.pdf", 10),
    "characters": (lambda: b"word " * 30_000, "a.txt", 100_000),
    "characters of a pdf": (lambda: documents.pdf([[(50.0, 700.0, "one two three")]] * 12), "a.pdf", 100),
    "characters of a docx": (lambda: documents.docx_lines(["word " * 30_000]), "a.docx", 100_000),
    "depth": (lambda: documents.docx("<w:sdt>" * 70 + "</w:sdt>" * 70), "a.docx", 64),
    "depth of html": (lambda: b"<html>" + b"<div>" * 70, "a.html", 64),
    "depth of rtf": (lambda: b"{\\rtf1 " + b"{" * 70, "a.rtf", 64),
    "depth of json": (lambda: b'{"basics": ' + b"[" * 70 + b"]" * 70 + b"}", "a.json", 64),
    "depth of odt": (lambda: documents.zipped({"content.xml": "<a>" * 70 + "</a>" * 70}), "a.odt", 64),
}


@pytest.mark.parametrize("what", BEYOND)
def test_what_is_beyond_a_limit_is_refused_and_the_option_lets_it_in(what):
    make, name, limit = BEYOND[what]
    option = what.split()[0]
    data = make()
    with pytest.raises(InputError) as caught:
        read(data, name, parse_limits([f"{option}={limit}"]))
    error = caught.value
    assert f"--limit {option}=NUMBER" in error.hint
    assert f"{limit:,g}" in error.message
    assert error.where.startswith(name)
    other = refusal(data, name, parse_limits([f"{option}={limit * 100}"]))
    assert other is None or option not in other.hint


def refusal(data, name, limits):
    try:
        read(data, name, limits)
    except PccError as error:
        return error
    return None


def test_a_bomb_of_zeros_is_refused_after_little_work():
    bomb = documents.zipped({"word/document.xml": b"\0" * 200_000_000})
    assert len(bomb) < 300_000
    with pytest.raises(InputError, match="more than 20 MB"):
        read(bomb, "a.docx")


def test_a_part_that_lies_about_its_size_is_refused():
    data = bytearray(documents.docx("<w:p/>" * 5_000))
    with zipfile.ZipFile(documents.io.BytesIO(data)) as archive:
        info = archive.getinfo("word/document.xml")
    size = info.file_size.to_bytes(4, "little")
    data = data.replace(size, (10).to_bytes(4, "little"))
    with pytest.raises(InputError, match="damaged"):
        read(bytes(data), "a.docx")


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.com/x">%x;]><a/>',
        "<!DOCTYPE a><a/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_encoding(xml, encoding):
    for part, name in (("word/document.xml", "a.docx"), ("content.xml", "a.odt")):
        with pytest.raises(InputError):
            read(documents.zipped({part: xml.encode(encoding)}), name)


def test_numbers_beyond_measure_in_xml_are_no_fault():
    figures = "9" * 5000
    sized = f'<w:p><w:r><w:rPr><w:sz w:val="{figures}"/></w:rPr><w:t>one two three</w:t></w:r></w:p>'
    assert "two" in read(documents.docx(sized), "a.docx").text
    spaced = f'<a><body><p>one<s c="{figures}"/>two three</p></body></a>'
    assert read(documents.zipped({"content.xml": spaced}), "a.odt").text.split() == ["one", "two", "three"]


def test_names_of_parts_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parts = {"../../out.txt": "x", "/etc/out.txt": "x", "C:\\out.txt": "x"}
    data = documents.zipped({**parts, "word/document.xml": "<a/>"})
    with pytest.raises(PccError):
        read(data, "a.docx")
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent.parent / "out.txt").exists()


@pytest.mark.parametrize(
    "option, name, make",
    [
        ("seconds=0.2", "a.txt", lambda: b"Office patient words " + b"EHR " * 200_000),
        ("memory-mb=120", "a.docx", lambda: documents.docx("<w:a/>" * 1_000_000)),
    ],
)
def test_a_file_that_costs_too_much_is_one_refused_file(option, name, make, tmp_path):
    (tmp_path / name).write_bytes(make())
    done = told("score", str(tmp_path / name), "--limit", option)
    assert done.returncode == 3
    assert b"was stopped" in done.stderr
    assert f"--limit {option.split('=')[0]}".encode() in done.stderr
    assert done.stderr.count(b"\n") == 3
    assert done.stdout == b""


# --- structured files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, place, reason",
    [
        ('{"a": 1,\n "a": 2}', "f.json:2:2", "stands already in line 1"),
        ('{"a": {"b": NaN}}', "f.json:1:13", "NaN"),
        ('{"a": -Infinity}', "f.json:1:7", "Infinity"),
        ('{"a": 1e999}', "f.json:1:7", "1e999"),
        ('{"a": %s}' % ("9" * 5000), "f.json:1:7", "too long"),
        ('{"a": "\\ud800"}', "f.json:1:7", "half of a character"),
        ("[" * 65, "f.json:1:65", "nested deeper than 64"),
        ('{"a": 1,}', "f.json:1:", "not valid JSON"),
        ('{"a": "x', "f.json:1:7", "not valid JSON"),
        ("{'a': 1}", "f.json:1:2", "not valid JSON"),
        ("", "f.json:1:1", "not valid JSON"),
    ],
)
def test_a_fault_of_json_has_its_place(text, place, reason):
    with pytest.raises(InputError, match=reason) as caught:
        parse_json(text, "f.json")
    assert caught.value.where.startswith(place)
    assert caught.value.hint


def test_honest_json_is_read_as_it_stands():
    for text in ('{"a": [1, -2.5e3, true, null, "x\\ud83d\\ude00", {"a": {}}]}', "0", '"a"', '{"": 1, " ": 2}'):
        assert parse_json(text, "f.json") == json.loads(text)


def test_bytes_that_are_no_text_have_their_place():
    with pytest.raises(InputError, match="not UTF-8") as caught:
        decoded(b'{"a":\n "\xff"}', "f.json")
    assert caught.value.where == "f.json:2:3"
    assert decoded("{}".encode("utf-16"), "f.json") == "{}"
    assert decoded(b"\xef\xbb\xbf{}", "f.json") == "{}"


@pytest.mark.parametrize(
    "text, reason",
    [
        ("skills: &a {}\nlanguages: *a", "alias|anchor"),
        ("skills: !!python/object:os.system {}", "tag"),
        ("skills: {}\nskills: {}", "stands already"),
        ("skills: {hipaa-privacy: .nan}", "another number"),
        ("skills: {hipaa-privacy: 99999999999999999999}", "too long"),
        ("skills: " + "[" * 70, "nested deeper"),
        ("skills: [1, 2]", "skills"),
        ("skills: {hipaa-privacy: {proficiency: lots}}", "hipaa-privacy"),
        ("skills: {no-such-field: 1}\nother: 2", "other"),
        ("skills: {hipaa-privacy: 3}\n\x01", "not allowed"),
    ],
)
def test_a_fault_of_a_profile_in_yaml_is_named(text, reason):
    with pytest.raises(InputError, match=reason) as caught:
        read(f"schema: pcc-assess/profile/1\n{text}\n".encode(), "me.yaml")
    assert caught.value.where.startswith("me.yaml")
