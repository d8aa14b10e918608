"""How text looks on its page, as far as that decides whether it can be seen at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

Color = tuple[int, int, int]

SMALLEST = 1.5  # points: smaller letters are no letters to a reader
LOWEST_CONTRAST = 1.15  # as in WCAG, 1 to 21; text on a page is meant to have 4.5
WHITE: Color = (255, 255, 255)
_NAMES = {"white": WHITE, "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
_NAMES |= {"ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240), "whitesmoke": (245, 245, 245)}
_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_RGB = re.compile(r"rgba?\(\s{0,9}(\d{1,3})[\s,]{1,9}(\d{1,3})[\s,]{1,9}(\d{1,3})[\s)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """``hidden``: said to be hidden, as in a word processor. ``size``: height of the letters in points. ``ink``: their
    colour, ``ground``: the colour behind them; ``unsure``: something else may lie behind them, a picture or a shape.
    """

    hidden: bool = False
    size: float | None = None
    ink: Color | None = None
    ground: Color = WHITE
    unsure: bool = False

    @property
    def unseen(self) -> bool:
        """Whether nobody can see the text; what is not certain counts as seen."""
        if self.hidden or (self.size is not None and self.size < SMALLEST):
            return True
        return self.ink is not None and not self.unsure and contrast(self.ink, self.ground) < LOWEST_CONTRAST


PLAIN = Look()


def color_of(text: str | None) -> Color | None:
    """A colour as documents write it: FFFFFF, #fff, rgb(255, 255, 255), white; None for what is not understood."""
    found = (text or "").strip().lower()
    if found in _NAMES:
        return _NAMES[found]
    if _HEX.fullmatch(found):
        digits = found.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if mixed := _RGB.match(f"{found} "):
        red, green, blue = (min(int(part), 255) for part in mixed.groups())
        return red, green, blue
    return None


@lru_cache(maxsize=256)
def contrast(one: Color, other: Color) -> float:
    """How well two colours can be told apart, 1 (not at all) to 21, as WCAG 2.2 counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
