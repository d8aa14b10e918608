"""The top of a resume that says who the person is: name, address, how to reach them, and what is nobody's business.

It is told from the rest, so that its dates open no job, its lines join no other, and its length says nothing about the
width of the page: a score must not depend on how long a name is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Every part has a fixed length, so that the match is linear in the line.
_PHONE = re.compile(r"[0-9]{3}[^0-9\n]{1,2}[0-9]{3}[^0-9\n][0-9]{4}")
_LINKS = ("@", "://", "www.", "linkedin.", "github.")
_HOST_ENDS = (".com", ".org", ".net", ".edu", ".gov", ".io", ".me", ".us", ".info", ".dev", ".co")


def has_contact(line: str) -> bool:
    """Whether a line holds a way to reach somebody."""
    folded = line.casefold()
    return any(mark in folded for mark in _LINKS) or _PHONE.search(line) is not None


def contact_chunks(text: str) -> Iterator[tuple[int, int]]:
    """Addresses of mail, links and handles in a text: whatever stands between two spaces around such a mark."""
    reached = 0
    for mark in ("@", "://", "www.", "/"):
        reached = 0
        at = text.find(mark)
        while at >= 0:
            start, end = _chunk(text, at, reached)
            if mark != "/" or text[start:at].casefold().endswith(_HOST_ENDS):
                yield start, end
            reached = end
            at = text.find(mark, max(end, at + 1))


def _chunk(text: str, at: int, reached: int) -> tuple[int, int]:
    """What stands around ``at`` between two spaces, not before ``reached``."""
    start = at
    while start > reached and not text[start - 1].isspace():
        start -= 1
    end = at
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
