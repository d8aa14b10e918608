"""Candidates that are the same, or nearly: a short sketch of a text, of which two can be compared without the texts.

A text is cut into runs of three words. Each run that begins with a long word gets a number, the numbers fall into 24
buckets, and the sketch is the smallest number of each bucket (one-permutation min-hashing; Li, Owen and Zhang, 2012).
The share of buckets in which two sketches agree estimates the share of runs that two texts have in common. Only
sketches that agree in a whole band of four buckets are compared.
"""

from __future__ import annotations

from functools import lru_cache
from struct import Struct
from zlib import crc32

BUCKETS = 24
_BAND = 4  # buckets
_LONG = 8  # letters of a word that may begin a run
# A shorter text has too little of its own: forms that people fill in are alike by their questions.
_FEWEST = 40
# As much must agree for "nearly the same".
ALIKE = 20
_PACKED = Struct(f">{BUCKETS}I")
_NONE = 0xFFFFFFFF


def sketch_of(text: str) -> bytes:
    """The sketch of a text; empty for one that is too short to judge."""
    words = text.lower().split()
    numbers = list(map(_number, words))
    smallest = [_NONE] * BUCKETS
    counted = 0
    for place, word in enumerate(words[:-2]):
        if len(word) < _LONG:
            continue
        counted += 1
        run = (numbers[place] * 0x9E3779B1 + numbers[place + 1] * 0x85EBCA6B + numbers[place + 2] * 0xC2B2AE35) & _NONE
        run ^= run >> 15
        run = run * 0x2C1B3C6D & _NONE
        run ^= run >> 13
        bucket = run % BUCKETS
        if run < smallest[bucket]:  # noqa: PLR1730 - half the cost of min()
            smallest[bucket] = run
    return _PACKED.pack(*smallest) if counted >= _FEWEST else b""


@lru_cache(maxsize=20_000)
def _number(word: str) -> int:
    """A number for a word that is the same in every process."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def bands(sketch: bytes) -> list[int]:
    """One number for each band of a sketch: texts that share none are not alike."""
    width = 4 * _BAND
    return [crc32(sketch[place : place + width], place) << 8 | place // width for place in range(0, len(sketch), width)]


def alike(one: bytes, other: bytes) -> bool:
    """Whether two sketches agree in so much that one text is nearly the other."""
    return sum(map(int.__eq__, _PACKED.unpack(one), _PACKED.unpack(other))) >= ALIKE
