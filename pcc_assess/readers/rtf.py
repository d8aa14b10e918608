"""RTF: rich text as old word processors write it."""

from __future__ import annotations

import re

from pcc_assess.errors import InputError
from pcc_assess.readers.content import Content, clean

_LARGEST = 20_000_000
# Pictures are long runs of hexadecimal digits; they hold no text and cost the most time.
_PICTURE = re.compile(rb"[0-9a-fA-F\r\n]{2000,}")


def read_rtf(data: bytes, source: str) -> Content:
    """The text of an RTF file.

    Raises:
        InputError: it is damaged or too large.
    """
    from striprtf import striprtf

    lean = _PICTURE.sub(b"", data)
    if len(lean) > _LARGEST:
        raise InputError("the RTF file is too large", where=source, hint="save it again without pictures, or as PDF")
    try:
        text = striprtf.rtf_to_text(lean.decode("latin-1"), errors="replace")
    except Exception as error:  # the library has no exception of its own; whatever it stumbles over is a damaged file
        raise InputError("the RTF file is damaged", where=source, hint="save it again, or as DOCX or PDF") from error
    return Content(format="rtf", pages=(clean(text),))
