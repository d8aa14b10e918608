"""Candidates that are the same, or nearly: a short sketch of a text, of which two can be compared without the texts.

A text is cut into runs of three words. Each run that begins with a long word gets a number, the numbers fall into 24
buckets, and the sketch is the smallest number of each bucket (one-permutation min-hashing; Li, Owen and Zhang, 2012).
The share of buckets in which two sketches agree estimates the share of runs that two texts have in common. Only
sketches that agree in a whole band of four buckets are compared.
"""

from __future__ import annotations

from struct import Struct
from zlib import crc32

BUCKETS = 24
_BAND = 4  # buckets
_LONG = 8  # bytes of a word that may begin a run
# A shorter text has too little of its own: forms that people fill in are alike by their questions.
_FEWEST = 40
# As much must agree for "nearly the same".
ALIKE = 20
_PACKED = Struct(f">{BUCKETS}I")
_NONE = 0xFFFFFFFF


def sketch_of(text: str) -> bytes:
    """The sketch of a text; empty for one that is too short to judge."""
    words = text.lower().encode("utf-8", "surrogatepass").split()
    runs = [crc32(b"%b %b %b" % run) for run in zip(words, words[1:], words[2:], strict=False) if len(run[0]) >= _LONG]
    if len(runs) < _FEWEST:
        return b""
    # The smallest of a bucket comes last, and stays.
    smallest = {run % BUCKETS: run for run in sorted(runs, reverse=True)}
    return _PACKED.pack(*(smallest.get(bucket, _NONE) for bucket in range(BUCKETS)))


def bands(sketch: bytes) -> list[int]:
    """One number for each band of a sketch: texts that share none are not alike."""
    width = 4 * _BAND
    return [crc32(sketch[place : place + width], place) << 8 | place // width for place in range(0, len(sketch), width)]


def alike(one: bytes, other: bytes) -> bool:
    """Whether two sketches agree in so much that one text is nearly the other."""
    return sum(map(int.__eq__, _PACKED.unpack(one), _PACKED.unpack(other))) >= ALIKE
