"""Which text of a PDF page nobody sees: no ink, the colour of what lies behind it, no size to speak of, off the page.

A page is first asked in the cheapest way whether anything on it may be of that kind; that is nearly always all. What is
not certain counts as seen: white letters on a dark shape, a picture or a shading are how many resumes are made.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from pcc_assess.readers.looks import LOWEST_CONTRAST, SMALLEST, WHITE, Color, contrast

_FAINTEST = 13  # of 255: opacity of 5 %
_DEEPEST = 8  # forms inside each other
_STROKE_ONLY, _FILL_AND_STROKE, _NO_INK, _CLIP_ONLY = 1, 2, 3, 7
_RECTANGLE = 6  # a path of at most so many parts fills its box
_PICTURE_SHARE = 0.5


class Box(NamedTuple):
    """Left, bottom, right, top in points."""

    left: float
    bottom: float
    right: float
    top: float

    def covers(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(slots=True)
class Ground:
    """Something that was painted, on which text may stand. ``color``: None for a picture or a pattern."""

    box: Box
    color: Color | None
    whole: bool  # it fills its box


@dataclass(frozen=True, slots=True)
class Unseen:
    """The text objects of a page that nobody sees, by their addresses; ``recognised``: text recognition laid them over
    a picture of the page, and they are read.
    """

    objects: frozenset[int] = frozenset()
    recognised: bool = False


def unseen_text(page: Any) -> Unseen:
    """What nobody sees on a page of pypdfium2."""
    from pypdfium2 import raw

    paper = _paper(page.raw)
    grounds: list[Ground] = []
    found: set[int] = set()
    without_ink: list[tuple[int, Box]] = []
    texts = 0
    for item, kind in _objects(page.raw):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            texts += 1
            reason = _reason(item, paper, grounds)
            if reason == "ink":
                without_ink.append((_address(item), _box(item) or paper))
            elif reason:
                found.add(_address(item))
        elif (ground := _ground(item, kind)) is not None:
            grounds.append(ground)
    if without_ink and _is_recognised(without_ink, texts - len(found), grounds, paper):
        return Unseen(frozenset(found), recognised=True)
    return Unseen(frozenset(found | {address for address, _ in without_ink}))


def _objects(page: Any) -> Iterator[tuple[Any, int]]:
    """The objects of a page in the order of painting, those of its forms among them."""
    from pypdfium2 import raw

    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, index), 0)


def _inside(item: Any, depth: int) -> Iterator[tuple[Any, int]]:
    from pypdfium2 import raw

    kind = raw.FPDFPageObj_GetType(item)
    if kind != raw.FPDF_PAGEOBJ_FORM:
        yield item, kind
    elif depth < _DEEPEST:
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _inside(raw.FPDFFormObj_GetObject(item, index), depth + 1)


def _reason(item: Any, paper: Box, grounds: list[Ground]) -> str:
    """Why nobody sees a text object; empty where it is seen."""
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    if mode == _NO_INK:
        return "ink"
    color = _color(item, stroke=mode == _STROKE_ONLY)
    if mode == _CLIP_ONLY or color is None:
        return ""
    ink, opacity = color
    if opacity < _FAINTEST and mode != _FILL_AND_STROKE:
        return "color"
    box = _box(item)
    if box is None:
        return ""
    if box.right < paper.left or box.left > paper.right or box.top < paper.bottom or box.bottom > paper.top:
        return "place"
    if box.top - box.bottom < SMALLEST and box.right > box.left and _size(item) < SMALLEST:
        return "size"
    if mode == _FILL_AND_STROKE and (outline := _color(item, stroke=True)) is not None:
        return "color" if _blends_in(ink, box, grounds) and _blends_in(outline[0], box, grounds) else ""
    return "color" if _blends_in(ink, box, grounds) else ""


def _blends_in(ink: Color, box: Box, grounds: list[Ground]) -> bool:
    """Whether text has the colour of what it stands on; the last thing painted there before it."""
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    pale = contrast(ink, WHITE) < LOWEST_CONTRAST
    if not pale and not any(
        ground.color is not None and contrast(ground.color, ink) < LOWEST_CONTRAST for ground in grounds
    ):
        return False
    for ground in reversed(grounds):
        if ground.box.covers(x, y):
            if ground.color is None or contrast(ground.color, ink) >= LOWEST_CONTRAST:
                return False
            if ground.whole:
                return True
    return pale


def _ground(item: Any, kind: int) -> Ground | None:
    """What a painted object is to the text that stands on it."""
    from pypdfium2 import raw

    box = _box(item)
    if box is None:
        return None
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return Ground(box, None, whole=True)
    if min(box.right - box.left, box.top - box.bottom) < SMALLEST:
        return None  # a line
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value:
        return Ground(box, None, whole=False) if stroke.value and _broad(item) else None
    color = _color(item)
    if color is None:
        return Ground(box, None, whole=False)
    if color[1] < _FAINTEST:
        return None
    whole = raw.FPDFPath_CountSegments(item) <= _RECTANGLE and color[1] == 255
    return Ground(box, color[0], whole=whole)


def _broad(item: Any) -> bool:
    from pypdfium2 import raw

    width = ctypes.c_float()
    return bool(raw.FPDFPageObj_GetStrokeWidth(item, ctypes.byref(width))) and width.value >= 2 * SMALLEST


def _is_recognised(texts: list[tuple[int, Box]], all_texts: int, grounds: list[Ground], paper: Box) -> bool:
    """Whether text without ink is what text recognition laid over the picture of a page: there is no other text, and
    the picture takes most of the page.
    """
    if len(texts) < all_texts:
        return False
    least = _PICTURE_SHARE * (paper.right - paper.left) * (paper.top - paper.bottom)
    return any(
        ground.color is None and (ground.box.right - ground.box.left) * (ground.box.top - ground.box.bottom) >= least
        for ground in grounds
    )


def _paper(page: Any) -> Box:
    """The part of the page that is shown."""
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    return Box(rect.left, rect.bottom, rect.right, rect.top)


def _box(item: Any) -> Box | None:
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(side) for side in sides)):
        return None
    return Box(*(side.value for side in sides))


def _color(item: Any, *, stroke: bool = False) -> tuple[Color, int] | None:
    """Red, green and blue, and the opacity, each up to 255; None for a pattern."""
    from pypdfium2 import raw

    parts = [ctypes.c_uint() for _ in range(4)]
    ask = raw.FPDFPageObj_GetStrokeColor if stroke else raw.FPDFPageObj_GetFillColor
    if not ask(item, *(ctypes.byref(part) for part in parts)):
        return None
    red, green, blue, opacity = (part.value for part in parts)
    return (red, green, blue), opacity


def _size(item: Any) -> float:
    """The height of the letters in points."""
    from pypdfium2 import raw

    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    if not raw.FPDFTextObj_GetFontSize(item, ctypes.byref(size)):
        return SMALLEST
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return abs(float(size.value)) * float((matrix.c**2 + matrix.d**2) ** 0.5)


def text_objects(textpage: Any) -> Callable[[int], int]:
    """A function that gives the address of the text object that a character belongs to."""
    from pypdfium2 import raw

    return lambda index: _address(raw.FPDFText_GetTextObject(textpage, index))


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0
