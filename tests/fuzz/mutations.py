"""Honest files of every format, and seeded ways of damaging them."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator

import documents

LINES = (
    "Jo Doe, jo@example.org",
    "Summary",
    "Organized receptionist with 3 years of experience",
    "Experience",
    "Medical Receptionist, Lake Clinic, Jan 2020 - Present",
    "- Scheduled 40 patient appointments a day and verified insurance eligibility",
    "- Answered a multi-line phone system, trained two new hires",
    "Education",
    "Associate degree, Lake College, 2019; CMAA, expires 05/2027",
    "Skills",
    "Epic, Excel, HIPAA, medical terminology, ICD-10",
)
# What often means something to a reader; put in anywhere.
_TOKENS = (
    b"\x00", b"\xff\xfe", b"\x1b[31m", b"<", b">", b"&x;", b"<!DOCTYPE a>", b"{", b"}", b"[" * 40, b"]" * 40, b"\\u-1?", b"\\bin9 ",
    b"stream", b"endstream", b"endobj", b"/Length 99999999", b"9" * 30, b"-1", b"1e999", b"NaN", b"null", b"&a", b"*a", b"!!x", b"\n---\n",
    b'"', b"'", b",", b";", b"\xe2\x80\xae", b"\xed\xa0\x80", b"PK\x03\x04", b"%PDF-", b"=1+1", b"\t", b"\r", b": ", b"- ",
)  # fmt: skip


def honest() -> dict[str, bytes]:
    """One good file of each format, by its name."""
    text = "\n".join(LINES)
    profile = {
        "schema": "pcc-assess/profile/1",
        "skills": {"ehr-systems": 3, "patient-scheduling": {"proficiency": 2}},
        "credentials": [{"id": "cmaa", "status": "held"}],
        "education": {"highest": "hs"},
    }
    resume = {
        "basics": {"name": "Jo Doe", "summary": LINES[2]},
        "work": [
            {
                "name": "Lake Clinic",
                "position": "Medical Receptionist",
                "startDate": "2020-01",
                "highlights": [LINES[5][2:]],
            }
        ],
        "education": [{"institution": "Lake College", "studyType": "Associate"}],
        "skills": [{"name": "EHR", "keywords": ["Epic"]}],
    }
    return {
        "resume.txt": text.encode(),
        "resume.md": ("# " + text.replace("\nExperience", "\n## Experience")).encode(),
        "resume.pdf": documents.pdf_lines(LINES),
        "resume.docx": documents.docx_lines(LINES),
        "resume.odt": documents.odt_lines(LINES),
        "resume.rtf": documents.rtf_lines(LINES),
        "resume.html": documents.html_lines(LINES),
        "resume.json": json.dumps(resume).encode(),
        "profile.json": json.dumps(profile).encode(),
        "profile.yaml": b"schema: pcc-assess/profile/1\nskills:\n  ehr-systems: 3\neducation: {highest: hs}\n",
        "people.csv": b'name,ehr-systems,education,notes\nJo,3,hs,"Scheduled, patients"\nAl,2,associate,Epic\n',
    }


def mutated(data: bytes, rng: random.Random) -> bytes:
    """``data`` damaged in one to six ways; of a zip file, as often inside one of its parts as in its bytes."""
    if data.startswith(b"PK") and rng.random() < 0.6:
        return _inside(data, rng)
    for _ in range(rng.randint(1, 6)):
        data = rng.choice(_WAYS)(data, rng)
    return data


def many(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """``count`` damaged files, the formats in turn; the same ones for the same seed."""
    files = list(honest().items())
    for number in range(count):
        name, data = files[number % len(files)]
        yield name, mutated(data, random.Random(f"{seed}-{number}"))


def _inside(data: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts))
    content = parts[name]
    for _ in range(rng.randint(1, 4)):
        content = rng.choice(_WAYS)(content if isinstance(content, bytes) else content.encode(), rng)
    parts[name] = content
    return documents.zipped(parts)


def _span(data: bytes, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 2, 8, 40, 300)))


def _flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _end(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 5, 50)) + data[end:]


def _put(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(_TOKENS) * rng.choice((1, 1, 1, 30)) + data[at:]


def _swap(data: bytes, rng: random.Random) -> bytes:
    low, high = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    return data[high:] + data[low:high] + data[:low]


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _end, _repeat, _put, _put, _swap)
