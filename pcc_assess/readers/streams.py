"""The packed streams of a PDF, unpacked once and only counted, so that a small file cannot swell without end."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from pcc_assess.limits import Limits

_STREAM = re.compile(rb"stream\r?\n")
_LONGEST_HEAD = 1500  # how far before its stream a dictionary may begin
_STEP = 1 << 18


def check_streams(data: bytes, source: str, limits: Limits) -> None:
    """Unpack every stream that PDFium may unpack for its text, without keeping anything.

    Pictures are left out: their pixels are not touched when text is read.

    Raises:
        InputError: a stream unpacks to too much.
    """
    most = limits.bytes("stream_mb")
    for start in _packed(data):
        if _inflates_beyond(memoryview(data)[start:], most):
            raise limits.exceeded("stream_mb", source)


def _packed(data: bytes) -> Iterator[int]:
    """Where the content of each deflated stream begins."""
    for found in _STREAM.finditer(data):
        head = data[max(found.start() - _LONGEST_HEAD, 0) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if (b"/FlateDecode" in head or b"/Fl" in head) and b"/Image" not in head:
            yield found.end()


def _inflates_beyond(packed: memoryview, most: int) -> bool:
    inflater = zlib.decompressobj()
    total = 0
    try:
        piece = packed[:_STEP]
        rest = packed[_STEP:]
        while piece:
            total += len(inflater.decompress(piece, _STEP))
            if total > most:
                return True
            if inflater.eof:
                return False
            tail = inflater.unconsumed_tail
            piece, rest = (memoryview(tail), rest) if tail else (rest[:_STEP], rest[_STEP:])
    except zlib.error:
        return False  # damaged: PDFium takes what comes before the fault, as was counted here
    return False
