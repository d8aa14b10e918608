"""Candidate files in, documents out: one module a format, chosen by what the bytes are and not by their name."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from typing import Any

from pcc_assess.errors import DataError, InputError, NothingToAssess, printable
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.model import Document, Note, Profile
from pcc_assess.readers.content import Content, letters_lost, mixed_notes

ParseYaml = Callable[[str, str, Limits], object]
Reader = Callable[[bytes, str, Limits], Content]

_HOW_TO_GO_ON = (
    "save the resume from the word processor as DOCX or PDF with text, or run text recognition (OCR) on it first"
)
_NO_RESUME = "save the resume as PDF, DOCX, ODT, RTF, HTML or plain text"
_OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file (or one locked with a password)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"BM", "a picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x1f\x8b", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3", "a database"),
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SUFFIXES = {
    "pdf": ("pdf",),
    "docx": ("docx", "docm", "dotx"),
    "odt": ("odt", "ott"),
    "rtf": ("rtf", "doc"),
    "html": ("html", "htm", "xhtml"),
}


# The formats by name, and the module that reads each with its function ``read_<format>``; imported when it is needed.
READERS = {
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "rtf": "rtf",
    "html": "html",
    "markdown": "plain",
    "text": "plain",
}


def _reader(kind: str) -> Reader:
    module = import_module(f"pcc_assess.readers.{READERS[kind]}")
    found: Reader = getattr(module, f"read_{kind}")
    return found


def read(data: bytes, source: str, *, parse_yaml: ParseYaml, few_words: int, limits: Limits = STANDARD) -> Document:
    """The document in ``data``.

    Args:
        data: the bytes of the file.
        source: its path as given, for messages.
        parse_yaml: reads YAML text; given in, since only the catalog may know YAML.
        few_words: fewer words than this are nothing to assess.
        limits: how much the file may hold.

    Raises:
        InputError: the file is refused or unreadable.
        NothingToAssess: it holds no text to judge.
    """
    where = printable(source)
    if not data.strip(b" \t\r\n\x00"):
        raise InputError("the file is empty", where=where, hint="check that the resume was saved")
    if len(data) > limits.bytes("file_mb"):
        raise limits.exceeded("file_mb", where)
    kind = sniff(data, where, limits)
    digest = sha256(data).hexdigest()
    value = _structured(kind, data, where, parse_yaml, limits)
    if isinstance(value, dict):
        return Document(source=source, format="answers", digest=digest, text="", answers=value)
    if isinstance(value, Profile):
        return Document(source=source, format="profile", digest=digest, text="", profile=value)
    content = value or _reader(kind)(data, where, limits)
    text = "\n".join(content.pages)
    if len(text) > limits.characters:
        raise limits.exceeded("characters", where)
    _check_words(text, content, where, few_words)
    return _document(content, text, source, digest)


def sniff(data: bytes, where: str, limits: Limits = STANDARD) -> str:
    """The format of a file by its first bytes: a key of ``READERS``, or ``json`` or ``yaml``.

    Raises:
        InputError: it is a kind of file that holds no resume.
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, where, limits)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    for mark, what in _OTHER_FILES:
        if data.startswith(mark) and (len(mark) > 2 or b"\x00" in data[:200]):
            raise InputError(f"this is {what}, not a resume that can be read", where=where, hint=_NO_RESUME)
    lowered = head[:600].lower()
    if lowered.startswith(
        (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<div", b"<!--", b"<p>", b"<h1")
    ):
        return "html"
    if head.startswith((b"{", b"[")) and where.lower().rsplit(".", 1)[-1] not in ("txt", "md", "markdown"):
        return "json"
    ending = where.lower().rsplit(".", 1)[-1] if "." in where else ""
    if ending in ("yaml", "yml") or _opens_with_schema(data[:4096]):
        return "yaml"
    return "markdown" if ending in ("md", "markdown") else "text"


def _opens_with_schema(head: bytes) -> bool:
    """Whether the first line that says something names one of our schemas; further down it is a line of a resume."""
    for line in head.removeprefix(b"\xef\xbb\xbf").splitlines():
        if line.strip() and not line.startswith((b"#", b"---")):
            return re.match(rb"schema:\s{0,9}['\"]?pcc-assess/", line) is not None
    return False


def _zipped(data: bytes, where: str, limits: Limits) -> str:
    """DOCX or ODT by the names of the parts; other packed files are refused."""
    from pcc_assess.readers.archive import Archive

    names = Archive(data, where, "packed", limits).names
    if any(name.startswith("word/") for name in names):
        return "docx"
    if "content.xml" in names and not any(name.startswith("xl/") for name in names):
        return "odt"
    what = "a spreadsheet" if any(name.startswith("xl/") for name in names) else "a packed (zip) file"
    raise InputError(f"this is {what}, not a resume", where=where, hint=_NO_RESUME)


def _structured(
    kind: str, data: bytes, where: str, parse_yaml: ParseYaml, limits: Limits
) -> Content | Profile | dict[str, Any] | None:
    """The profile, resume or answers of a JSON or YAML file, None for the other formats."""
    if kind not in ("json", "yaml"):
        return None
    from pcc_assess.quiz import answers
    from pcc_assess.readers.jsonresume import is_json_resume, read_json_resume
    from pcc_assess.readers.stated import is_stated, read_stated
    from pcc_assess.strict_json import decoded, parse_json

    if len(data) > limits.bytes("structured_mb"):
        raise limits.exceeded("structured_mb", where)
    text = decoded(data, where)
    value: Any = parse_json(text, where, limits) if kind == "json" else _yaml(text, where, parse_yaml, limits)
    if is_stated(value):
        return value if value["schema"] == answers.SCHEMA else read_stated(value, where)
    if is_json_resume(value):
        return read_json_resume(value)
    hint = "give a resume, a JSON Resume, or a profile with `schema: pcc-assess/profile/1`"
    raise InputError(f"the {kind.upper()} file is neither a resume nor a profile", where=where, hint=hint)


def _yaml(text: str, where: str, parse_yaml: ParseYaml, limits: Limits) -> object:
    try:
        return parse_yaml(text, where, limits)
    except DataError as error:
        first = error.problems[0] if error.problems else error.message
        more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
        raise InputError(
            f"this is not a valid profile: {first}{more}", where=where, hint="correct that line"
        ) from error


def _wrong_ending(kind: str, source: str) -> tuple[Note, ...]:
    """A note where the ending of the name says another format than the bytes do."""
    ending = source.lower().rsplit(".", 1)[-1] if "." in source else ""
    known = {suffix for suffixes in _SUFFIXES.values() for suffix in suffixes} | {"txt", "md", "json"}
    right = _SUFFIXES.get(kind, ("txt", "md", "markdown", "json", "yaml", "yml", "text"))
    if ending in known and ending not in right:
        return (Note("reading.wrong-ending", {"ending": printable(ending), "format": kind.upper()}),)
    return ()


def _document(content: Content, text: str, source: str, digest: str) -> Document:
    starts: list[int] = []
    length = 0
    for page in content.pages:
        starts.append(length)
        length += len(page) + 1
    doubts = content.doubts
    if letters_lost(text):
        doubts = (*doubts, Note("reading.hidden-alphabet"))
    return Document(
        source=source,
        format=content.format,
        digest=digest,
        text=text,
        page_starts=tuple(starts) if content.paged else (),
        notes=(*_wrong_ending(content.format, source), *content.notes, *mixed_notes(text)),
        doubts=doubts,
    )


def _check_words(text: str, content: Content, where: str, few_words: int) -> None:
    found = 0
    for _ in _WORD.finditer(text):
        found += 1
        if found >= few_words:
            return
    if content.paged and not found:
        raise NothingToAssess("the PDF holds pictures of text and no text (a scan)", where=where, hint=_HOW_TO_GO_ON)
    raise NothingToAssess(f"fewer than {few_words} readable words were found", where=where, hint=_HOW_TO_GO_ON)
