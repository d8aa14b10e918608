"""PDF: the characters that PDFium places on a page, put together into words and lines by where they stand.

PDFium's own text drops the spaces of common producers, so that the gaps between characters decide here. A gap is
compared with what usually follows the same letter on the page, since letters overhang differently. Measured against
poppler in docs/reading.md.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import sub
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
_SPACE, _HYPHEN, _SOFT_BREAK = 32, 45, 2
_PASSWORD_ERROR = 4


class Char(NamedTuple):
    """One character with the box around it, in points from the lower left corner of the page."""

    code: int
    left: float
    bottom: float
    right: float
    top: float


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

    def page(self, document: Any, number: int) -> str:
        """The text of one page."""
        import pypdfium2

        try:
            page = document[number]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError:
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
        if self.recognised:
            yield Note("reading.recognised", {"pages": self.recognised})


def _refusal(error: Exception, source: str) -> InputError:
    if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
        hint = "save a copy without the password and hand in that"
        return InputError("the PDF is locked with a password", where=source, hint=hint)
    return InputError(
        "the PDF is damaged or cut off", where=source, hint="save or download it again, or save it as DOCX"
    )


def _text(chars: list[Char]) -> str:
    lines = _lines(chars)
    gaps = [[_gap(last, char) for last, char in pairwise(line)] for line in lines]
    usual, middle = _usual_gaps(lines, gaps)
    return "\n".join(_line_text(*line, usual, middle) for line in zip(lines, gaps, strict=True))


def _chars(textpage: Any, wanted: Callable[[int], bool] | None = None) -> list[Char]:
    """The characters of a page in the order in which the file holds them; where asked, only those with some numbers."""
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    reference = ctypes.byref(rect)
    get_unicode, get_box = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    found: list[Char] = []
    numbers = range(raw.FPDFText_CountChars(textpage))
    for index in numbers if wanted is None else filter(wanted, numbers):
        code = get_unicode(textpage, index)
        if code in (0, 10, 13) or not get_box(textpage, index, reference):
            continue
        if code == _SOFT_BREAK:
            code = _HYPHEN
        found.append(Char(code, rect.left, rect.bottom, rect.right, rect.top))
    return found


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
    lines: list[list[Char]] = []
    last: Char | None = None
    for char in chars:
        if last is None or not _same_line(last, char):
            lines.append([])
        lines[-1].append(char)
        last = char
    return lines


def _same_line(last: Char, char: Char) -> bool:
    if char[2] == last[2] and char[1] >= last[1]:
        return True
    height = max(char.top - char.bottom, last.top - last.bottom, 0.001)
    overlap = min(char.top, last.top) - max(char.bottom, last.bottom)
    lower = min(char.top - char.bottom, last.top - last.bottom)
    return overlap >= _SAME_LINE * lower and char.left >= last.left - 0.5 * height


def _gap(last: Char, char: Char) -> float:
    """The space between two characters in parts of the height."""
    return (char.left - last.right) / max(last.top - last.bottom, char.top - char.bottom, 0.001)


def _usual_gaps(lines: list[list[Char]], gaps: list[list[float]]) -> tuple[dict[int, float], float]:
    """For each letter the gap that usually follows it inside a word, and the median gap of the page.

    ``gaps[n][i]`` is the gap before character ``i + 1`` of line ``n``.
    """
    behind: dict[int, list[float]] = defaultdict(list)
    for line, between in zip(lines, gaps, strict=True):
        for last, char, gap in zip(line, line[1:], between, strict=False):
            if gap < 1 and last[0] != _SPACE != char[0]:
                behind[last[0]].append(gap)
    every = sorted(gap for found in behind.values() for gap in found)
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
    parts: list[str] = []
    last: Char | None = None
    blank = False
    for char, gap in zip(line, (0.0, *between), strict=True):
        code = char[0]
        if code == _SPACE:
            blank = True
            continue
        if last is not None:
            if blank:
                parts.append("   " if _gap(last, char) > _COLUMN_GAP else " ")
            elif gap - usual.get(last[0], middle) > _WORD_GAP:
                parts.append("   " if gap > _COLUMN_GAP else " ")
        parts.append(chr(code))
        last, blank = char, False
    return "".join(parts)


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
