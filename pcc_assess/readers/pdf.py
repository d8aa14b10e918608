"""PDF: the characters that PDFium places on a page, put together into words and lines by where they stand.

PDFium's own text drops the spaces of common producers, so that the gaps between characters decide here. A gap is
compared with what usually follows the same letter on the page, since letters overhang differently. Measured against
poppler in docs/reading.md.
"""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, compress, pairwise, repeat
from operator import gt, sub, truediv
from typing import Any, NamedTuple

from pcc_assess.errors import InputError
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.model import Note
from pcc_assess.readers.content import Content, clean, count_words, unseen_notes
from pcc_assess.readers.looks import SMALLEST
from pcc_assess.readers.streams import look_through
from pcc_assess.readers.unseen import text_objects, unseen_text

# In parts of a character's height: a wider gap than usual ends a word, a far wider one a column of a table.
_WORD_GAP = 0.13
_COLUMN_GAP = 1.5
# The usual gap behind a letter is this quantile of its gaps, at most this much wider than that of all letters.
_QUANTILE = 0.3
_SPREAD = 0.06
_FEWEST = 4
# Letters that stand further apart than this all along a line are spaced out for looks.
_LETTER_SPACED = 0.12
_SAME_LINE = 0.4
_SPACE, _HYPHEN = 32, 45
# How PDFium tells a hyphen that ends a line, by character and in its text.
_SOFT_BREAKS = frozenset({2, 0xFFFE})
_NO_CHARACTER = frozenset({0, 10, 13})
_SIDE = 4  # bytes of one side of a box
_PASSWORD_ERROR = 4


# Spaces between two other characters of a line.
_BLANKS = re.compile(r"(?<=[^ ]) +(?=[^ ])", re.DOTALL)


class Char(NamedTuple):
    """One character with the box around it, in points from the lower left corner of the page."""

    code: int
    left: float
    bottom: float
    right: float
    top: float


# ``Char(...)`` without the call of its Python constructor: characters are what a page has most of.
_new_char: Callable[[tuple[int, float, float, float, float]], Char] = partial(tuple.__new__, Char)


def read_pdf(data: bytes, source: str, limits: Limits = STANDARD) -> Content:
    """The text of a PDF, page by page.

    Raises:
        InputError: it is locked with a password, damaged, or holds too much.
    """
    import pypdfium2

    doubtful = look_through(data, source, limits)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, source) from error
    try:
        if len(document) > limits.pages:
            raise limits.exceeded("pages", source)
        reading = _Reading(source, limits, doubtful)
        pages = tuple(reading.page(document, number) for number in range(len(document)))
    finally:
        document.close()
    return Content(format="pdf", pages=pages, paged=True, notes=tuple(reading.notes()))


@dataclass(slots=True)
class _Reading:
    """What is known of a PDF so far. ``doubtful``: some of its text may be painted so that nobody sees it."""

    source: str
    limits: Limits
    doubtful: bool
    length: int = 0
    unseen: int = 0
    recognised: int = 0
    lost: int = 0

    def page(self, document: Any, number: int) -> str:
        """The text of one page."""
        import pypdfium2

        try:
            page = document[number]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError:
            self.lost += 1
            return ""
        try:
            text = clean(_text(self.seen(page, textpage.raw)))
        finally:
            textpage.close()
            page.close()
        self.length += len(text)
        if self.length > self.limits.characters:
            raise self.limits.exceeded("characters", self.source)
        return text

    def seen(self, page: Any, textpage: Any) -> list[Char]:
        """The characters of a page that can be seen on it."""
        chars = _chars(textpage)
        if not chars or not (self.doubtful or _may_be_unseen(chars, page)):
            return chars
        found = unseen_text(page)
        self.recognised += found.recognised
        if not found.objects:
            return chars
        of_objects = text_objects(textpage)
        self.unseen += count_words(_text(_chars(textpage, lambda index: of_objects(index) in found.objects)))
        return _chars(textpage, lambda index: of_objects(index) not in found.objects)

    def notes(self) -> Iterator[Note]:
        """What a person must know about the reading."""
        yield from unseen_notes(self.unseen)
        for kind, number in (("recognised", self.recognised), ("lost-pages", self.lost)):
            if number:
                yield Note(f"reading.{kind}.{'one' if number == 1 else 'other'}", {"number": number})


def _refusal(error: Exception, source: str) -> InputError:
    if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
        hint = "save a copy without the password and hand in that"
        return InputError("the PDF is locked with a password", where=source, hint=hint)
    return InputError(
        "the PDF is damaged or cut off", where=source, hint="save or download it again, or save it as DOCX"
    )


def _text(chars: list[Char]) -> str:
    lines = _lines(chars)
    gaps = list(map(_gaps, lines))
    usual, middle = _usual_gaps(lines, gaps)
    return "\n".join(_line_text(*line, usual, middle) for line in zip(lines, gaps, strict=True))


def _chars(textpage: Any, wanted: Callable[[int], bool] | None = None) -> list[Char]:
    """The characters of a page in the order in which the file holds them; where asked, only those with some numbers."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(textpage)
    boxes = (ctypes.c_float * (4 * count))()
    sides = _SIDE * 4
    begin = ctypes.addressof(boxes)
    page = ctypes.cast(textpage, ctypes.c_void_p).value
    places = range(begin, begin + count * sides, sides)
    known = list(map(_quick(raw.FPDFText_GetLooseCharBox), repeat(page), range(count), places))
    codes = _codes(textpage, count)
    left, top, right, bottom = (boxes[side::4] for side in range(4))
    found = map(_new_char, zip(codes, left, bottom, right, top, strict=True))
    if wanted is not None:
        known = [each and wanted(index) for index, each in enumerate(known)]
    return list(compress(found, map(gt, known, map(_NO_CHARACTER.__contains__, codes))))


def _quick(function: Any) -> Any:
    """A function ``(page, number, address) -> int`` of PDFium, called without converting what it is given: a page has
    thousands of characters.
    """
    kind = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    return kind(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _codes(textpage: Any, count: int) -> list[int]:
    """The code of each character, all at once where each is one unit of UTF-16."""
    from pypdfium2 import raw

    units = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(textpage, 0, count, units) == count + 1:
        codes = list(units[:count])
    else:
        codes = [raw.FPDFText_GetUnicode(textpage, index) for index in range(count)]
    if not _SOFT_BREAKS.isdisjoint(codes):
        codes = [_HYPHEN if code in _SOFT_BREAKS else code for code in codes]
    return codes


def _may_be_unseen(chars: list[Char], page: Any) -> bool:
    """Whether a character may have no size to speak of, or stand off the page."""
    left, bottom, right, top = page.get_bbox()
    letters = [char for char in chars if char[0] != _SPACE]
    if not letters:
        return False
    _, lefts, bottoms, rights, tops = zip(*letters, strict=True)
    outside = max(lefts) > right or min(rights) < left or max(bottoms) > top or min(tops) < bottom
    return bool(outside or min(map(sub, tops, bottoms)) < SMALLEST)


def _lines(chars: list[Char]) -> list[list[Char]]:
    """The characters line by line: a new line begins where the height changes or the writing goes back."""
    starts = [
        place
        for place, (last, char) in enumerate(pairwise(chars), 1)
        if not (char[2] == last[2] and char[1] >= last[1]) and not _same_line(last, char)
    ]
    return [chars[start:stop] for start, stop in pairwise([0, *starts, len(chars)])] if chars else []


def _same_line(last: Char, char: Char) -> bool:
    _, start, bottom, _, top = last
    _, left, low, _, high = char
    before, here = top - bottom, high - low
    overlap = (min(top, high)) - (max(bottom, low))
    return overlap >= _SAME_LINE * min(before, here) and left >= start - 0.5 * max(before, here, 0.001)


def _gap(last: Char, char: Char) -> float:
    """The space between two characters in parts of the height."""
    return (char.left - last.right) / max(last.top - last.bottom, char.top - char.bottom, 0.001)


def _gaps(line: list[Char]) -> list[float]:
    """``_gap`` before every character of a line but the first."""
    _, lefts, bottoms, rights, tops = zip(*line, strict=True)
    heights = list(map(max, map(sub, tops, bottoms), repeat(0.001)))
    return list(map(truediv, map(sub, lefts[1:], rights), map(max, heights, heights[1:])))


def _usual_gaps(lines: list[list[Char]], gaps: list[list[float]]) -> tuple[dict[int, float], float]:
    """For each letter the gap that usually follows it inside a word, and the median gap of the page.

    ``gaps[n][i]`` is the gap before character ``i + 1`` of line ``n``.
    """
    behind: dict[int, list[float]] = defaultdict(list)
    for line, between in zip(lines, gaps, strict=True):
        codes = [char[0] for char in line]
        for code, following, gap in zip(codes, codes[1:], between, strict=False):
            if gap < 1 and code != _SPACE != following:
                behind[code].append(gap)
    every = sorted(chain.from_iterable(behind.values()))
    middle = every[len(every) // 2] if every else 0.0
    usual: dict[int, float] = {}
    for code, found in behind.items():
        found.sort()
        few = len(found) < _FEWEST
        usual[code] = min(middle if few else min(found[int(len(found) * _QUANTILE)], middle + _SPREAD), 0.0)
    return usual, min(middle, 0.0)


def _line_text(line: list[Char], between: list[float], usual: dict[int, float], middle: float) -> str:
    spaced = _spacing(line, between)
    if spaced is not None:
        return _spaced_text(line, spaced)
    codes = [char[0] for char in line]
    text = "".join(map(chr, codes))
    breaks = [
        (place, place, gap)
        for place, (code, following, gap) in enumerate(zip(codes, codes[1:], between, strict=False), 1)
        if gap - usual.get(code, middle) > _WORD_GAP and code != _SPACE != following
    ]
    if _SPACE in codes:
        breaks += [
            (*found.span(), _gap(line[found.start() - 1], line[found.end()])) for found in _BLANKS.finditer(text)
        ]
        breaks.sort()
    parts: list[str] = []
    at = 0
    for stop, start, gap in breaks:
        parts += (text[at:stop], "   " if gap > _COLUMN_GAP else " ")
        at = start
    return "".join((*parts, text[at:])).strip(" ")


def _spacing(line: list[Char], between: list[float]) -> float | None:
    """The gap between the letters of a line that is spaced out for looks ("S K I L L S"), else None."""
    if len(line) < _FEWEST:
        return None
    apart = [
        gap
        for last, char, gap in zip(line, line[1:], between, strict=False)
        if last[0] != _SPACE != char[0] and last[0] != char[0]
    ]
    if len(apart) * 2 < len(line) - 1:
        # The writer may have typed the spaces between the letters.
        return _typed_spacing(line)
    apart.sort()
    middle = apart[len(apart) // 2]
    return middle if middle > _LETTER_SPACED else None


def _typed_spacing(line: list[Char]) -> float | None:
    """The same where every second character is a space."""
    letters = [char for char in line if char[0] != _SPACE]
    alternating = sum(1 for last, char in pairwise(line) if (last[0] == _SPACE) != (char[0] == _SPACE))
    if len(letters) < _FEWEST or alternating < 0.8 * (len(line) - 1):
        return None
    apart = sorted(_gap(last, char) for last, char in pairwise(letters))
    return apart[len(apart) // 2]


def _spaced_text(line: list[Char], spaced: float) -> str:
    """A spaced-out line with its words put together: a word ends where the gap is half as wide again."""
    letters = [char for char in line if char[0] != _SPACE]
    parts = [chr(letters[0][0])]
    for last, char in pairwise(letters):
        gap = _gap(last, char)
        if gap > max(1.5 * spaced, spaced + _WORD_GAP):
            parts.append("   " if gap > _COLUMN_GAP + spaced else " ")
        parts.append(chr(char[0]))
    return "".join(parts)
