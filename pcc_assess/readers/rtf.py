"""RTF: rich text as old word processors write it."""

from __future__ import annotations

import re

from pcc_assess.errors import InputError
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.readers.content import Content, clean

# Pictures are long runs of hexadecimal digits; they hold no text and cost the most time.
_PICTURE = re.compile(rb"[0-9a-fA-F\r\n]{2000,}")

# A brace that opens or ends a group, or is written out.
_BRACE = re.compile(rb"\\.|[{}]", re.DOTALL)


def read_rtf(data: bytes, source: str, limits: Limits = STANDARD) -> Content:
    """The text of an RTF file.

    Raises:
        InputError: it is damaged, or nested too deep.
    """
    from striprtf import striprtf

    lean = _PICTURE.sub(b"", data)
    _check_depth(lean, source, limits)
    try:
        text = striprtf.rtf_to_text(lean.decode("latin-1"), errors="replace")
    except Exception as error:  # the library has no exception of its own; whatever it stumbles over is a damaged file
        raise InputError("the RTF file is damaged", where=source, hint="save it again, or as DOCX or PDF") from error
    return Content(format="rtf", pages=(clean(text),))


def _check_depth(data: bytes, source: str, limits: Limits) -> None:
    depth = 0
    for brace in _BRACE.finditer(data):
        depth += {b"{": 1, b"}": -1}.get(brace.group(), 0)
        if depth > limits.depth:
            raise limits.exceeded("depth", source)
