"""The streams of a PDF, unpacked once before PDFium sees them: none may swell without end, and it is asked in the
cheapest way whether any of their text may be painted so that nobody sees it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from pcc_assess.limits import Limits

_STREAM = re.compile(rb"stream\r?\n")
_LONGEST_HEAD = 1500  # how far before its stream a dictionary may begin
_STEP = 1 << 18
# Opacity of almost nothing in a graphics state.
_FAINT = re.compile(rb"/ca\s+(?:0+(?:\.0\d*)?|\.0\d*)(?=[\s/>])", re.IGNORECASE)
_BEFORE, _AFTER = rb"[\s\])>]", rb"(?=[\s/\[(<]|\Z)"
# The last letters of the operators that matter here. Looking back from a letter is three times as fast as looking on
# from a space; black, the usual colour, is passed over.
_ENDS = (rb"[gkfbBF]", rb"rg", rb"sc", rb"scn", rb"[fbB]\*", rb"Tr")
_TELLING = re.compile(
    rb"[gkncrfbBF*]" + _AFTER + rb"(?:" + rb"|".join(rb"(?<=" + _BEFORE + end + rb")" for end in _ENDS) + rb")"
    rb"(?<!0 0 0 rg)(?<!0 0 0 sc)(?<!0 0 0 scn)(?<!\s0 g)"
)
_STEPS = re.compile(_BEFORE + rb"(rg|scn?|g|k|q|Q|Tj|TJ|Do|'|\"|[fbB]\*?|F)" + _AFTER)
_SPACED = bytes.maketrans(b"])>", b"   ")
_LONGEST_OPERANDS = 90
_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"', b"Do"})  # what is shown by Do takes the colour with it
_FILLING = frozenset({b"f", b"f*", b"F", b"b", b"b*", b"B", b"B*"})
_INKLESS = ((3.0,), (7.0,), ())
_LONGEST_PATH = 500
_SMALLEST = 8.0  # units; what is smaller one way is a line, a bullet or a dot, on which no text stands
_PALE = 0.9
_ALIKE = 0.1

# Red, green and blue up to 1; None for a colour that cannot be told here.
Tint = tuple[float, float, float] | None
_BLACK: Tint = (0.0, 0.0, 0.0)


def look_through(data: bytes, source: str, limits: Limits) -> bool:
    """Unpack every stream that PDFium may unpack for its text; whether text may be painted so that nobody sees it.

    Pictures are left out: their pixels are not touched when text is read.

    Raises:
        InputError: a stream unpacks to too much.
    """
    most = limits.bytes("stream_mb")
    doubtful = _FAINT.search(data) is not None
    for head, start in _streams(data):
        packed = memoryview(data)[start:]
        if b"FlateDecode" in head:
            content = _inflated(packed, most)
            if content is None:
                raise limits.exceeded("stream_mb", source)
        elif b"Filter" in head or b"#" in head:
            doubtful = True  # packed in a way that is not looked into here
            continue
        else:
            content = data[start : start + max(data.find(b"endstream", start) - start, 0)]
        doubtful = doubtful or _may_hide(content)
    return doubtful or b"/Encrypt" in data


def _streams(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The dictionary of each stream, and where its content begins."""
    for found in _STREAM.finditer(data):
        head = data[max(found.start() - _LONGEST_HEAD, 0) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if not head.endswith(b"end") and b"/Image" not in head:
            yield head, found.end()


def _inflated(packed: memoryview, most: int) -> bytes | None:
    """What a stream unpacks to, as far as it is whole; None where that is too much."""
    inflater = zlib.decompressobj()
    parts: list[bytes] = []
    total = 0
    try:
        piece, rest = packed[:_STEP], packed[_STEP:]
        while piece and not inflater.eof:
            part = inflater.decompress(piece, _STEP)
            parts.append(part)
            total += len(part)
            if total > most:
                return None
            tail = inflater.unconsumed_tail
            piece, rest = (memoryview(tail), rest) if tail else (rest[:_STEP], rest[_STEP:])
    except zlib.error:
        pass  # damaged: PDFium takes what comes before the fault, as was counted here
    return b"".join(parts)


def _may_hide(content: bytes) -> bool:
    """Whether the text of a stream may have no ink, or the colour of what it stands on."""
    if b"/ExtGState" in content and _FAINT.search(content) is not None:
        return True
    if b"Tj" not in content and b"TJ" not in content and b"BT" not in content:
        return False
    for found in _TELLING.finditer(content):
        sign = content[max(found.end() - 3, 0) : found.end()].translate(_SPACED).split()[-1]
        at = found.end() - len(sign)
        if sign == b"Tr":
            if _operands(content, at)[-1:] in _INKLESS:
                return True
        elif _is_small(content, at) if sign in _FILLING else not _is_pale(_tint(sign, _operands(content, at))):
            continue
        else:
            return _hides(content)
    return False


def _hides(content: bytes) -> bool:
    """The painting followed step by step, with nothing but colours in mind."""
    tint, kept = _BLACK, [_BLACK]
    painted: list[Tint] = []
    for found in _STEPS.finditer(content):
        sign, at = found[1], found.start(1)
        if sign == b"q":
            kept.append(tint)
        elif sign == b"Q":
            tint = kept.pop() if len(kept) > 1 else tint
        elif sign in _SHOWING:
            if _is_pale(tint) or any(_alike(tint, other) for other in painted):
                return True
        elif sign in _FILLING:
            if tint not in painted[-8:] and not _is_small(content, at):
                painted = [*painted[-7:], tint]
        else:
            tint = _tint(sign, _operands(content, at))
    return _is_pale(tint)  # the next stream of the page goes on with it


def _operands(content: bytes, at: int) -> tuple[float, ...]:
    """The numbers before an operator; none where something else stands there."""
    numbers: list[float] = []
    for word in reversed(content[max(at - _LONGEST_OPERANDS, 0) : at].split()):
        try:
            numbers.append(float(word))
        except ValueError:
            break
    return tuple(reversed(numbers))


def _tint(sign: bytes, numbers: tuple[float, ...]) -> Tint:
    count = {b"rg": 3, b"g": 1, b"k": 4}.get(sign, len(numbers))
    numbers = numbers[-count:] if count else ()
    if len(numbers) == 1 and sign == b"g":
        return numbers * 3
    if len(numbers) == 3 and max(numbers) <= 1:
        return numbers
    if len(numbers) == 4 and max(numbers) <= 1:
        cyan, magenta, yellow, black = numbers
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return None


def _is_pale(tint: Tint) -> bool:
    return tint is None or min(tint) >= _PALE


def _alike(one: Tint, other: Tint) -> bool:
    return one is None or other is None or all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def _is_small(content: bytes, at: int) -> bool:
    """Whether what is filled here has no room for text."""
    before = content[max(at - _LONGEST_PATH, 0) : at]
    if before.endswith((b"re ", b"re\n")):
        sides = _operands(before, len(before) - 3)[-2:]
        return len(sides) == 2 and min(abs(side) for side in sides) < _SMALLEST
    words = before.split()
    begins = [place for place, word in enumerate(words) if word == b"m"]
    if not begins or begins[-1] < 2:
        return False
    try:
        numbers = [float(word) for word in words[begins[-1] - 2 :] if word[-1:].isdigit()]
    except ValueError:
        return False
    spreads = [max(found) - min(found) for found in (numbers[::2], numbers[1::2]) if found]
    return len(numbers) % 2 == 0 and len(spreads) == 2 and min(spreads) < _SMALLEST
