"""HTML: the text that a browser would show, block by block. What it would not show is told and not counted."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field, replace
from typing import Any

from pcc_assess.errors import InputError
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.readers.content import Content, clean, unseen_notes
from pcc_assess.readers.looks import PLAIN, Look, color_of
from pcc_assess.readers.plain import decode

_OURS = '<meta name="generator" content="pcc-assess">'
_HEAD = 2_000  # characters in which a page says who made it
# No text of the page, whatever its looks.
_NO_TEXT = "script, style, noscript, template, head, svg, iframe, object, [aria-hidden=true]"
_BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul title".split()
)
# A comment, a script or style sheet with what stands in it, or the beginning of a tag: one pass, whatever the text is.
_TAG = re.compile(
    r"<!--(?:[^-]|-(?!->))*+|<(?:script|style)\b(?:[^<]|<(?!/))*+|<(/?)([A-Za-z][A-Za-z0-9-]{0,30})", re.IGNORECASE
)
# Elements without content, and those whose end is often left out.
_NEVER_DEEP = frozenset(
    "area base br col embed hr img input link meta param source track wbr html head body p li dt dd td th tr thead "
    "tbody tfoot colgroup option optgroup rt rp caption script style".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
_LENGTH = re.compile(r"(-?\d{0,9}\.?\d{0,9})(px|pt|em|rem|%|)")
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "": 0.75}
_NAMELESS = "span"  # an element whose name is no text is one without a meaning of its own
_MOST_RULES = 500
_FAR = 500  # points: further than this from its place, text is off the page

Styles = dict[int, dict[str, str]]  # declarations by the number of the element


def read_html(data: bytes, source: str, limits: Limits = STANDARD) -> Content:
    """The text of an HTML file.

    Raises:
        InputError: it is nested too deep, or a page of this program's own.
    """
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    text, notes = decode(data, source)
    if _OURS in text[:_HEAD]:
        hint = "give the resume itself, or the file of answers that the quiz saved"
        raise InputError("this is a page that pcc-assess has made, and no resume", where=source, hint=hint)
    _check_depth(text, source, limits)
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError as error:  # it parses anything, as long as there is memory
        raise limits.exceeded("memory_mb", source) from error
    styles = _styles(tree)
    for node in tree.css(_NO_TEXT):
        node.decompose()
    reading = _Reading(styles)
    if tree.body is not None:
        reading.walk(tree.body)
    lines = [" ".join(line.split(" ")).strip() for line in clean("".join(reading.parts)).split("\n")]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    notes = (*notes, *unseen_notes(" ".join(reading.unseen)))
    return Content(format="html", pages=("\n".join(kept),), notes=notes)


def _check_depth(text: str, source: str, limits: Limits) -> None:
    """Elements that must be closed and are not stand inside each other; parsing them takes ever longer."""
    depth = 0
    for tag in _TAG.finditer(text):
        if tag.group(2) is not None and tag.group(2).lower() not in _NEVER_DEEP:
            depth = max(depth - 1, 0) if tag.group(1) else depth + 1
            if depth > limits.depth:
                raise limits.exceeded("depth", source)


@dataclass(slots=True)
class _Reading:
    """``parts``: the text that is shown, with its line ends. ``unseen``: the text that is not."""

    styles: Styles
    parts: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def walk(self, body: Any) -> None:
        """Text and block ends in document order, without recursion, since a page may nest without end."""
        stack: list[tuple[Any, Look | None]] = [(body, PLAIN)]
        while stack:
            node, look = stack.pop()
            if look is None:
                self.end_line()
                continue
            tag = node.tag or _NAMELESS
            if tag == "-text":
                self.text(node.text_content or "", look)
            elif not tag.startswith(("-", "!")):
                look = self.looks(node, look)
                if not look.hidden:
                    self.open(tag, stack)
                stack += reversed([(child, look) for child in _children(node)])

    def text(self, text: str, look: Look) -> None:
        """Text as a browser shows it, or does not."""
        if look.unseen:
            self.unseen.append(text)
        else:
            self.parts.append(_collapsed(text, self.parts))

    def open(self, tag: str, stack: list[tuple[Any, Look | None]]) -> None:
        """What the beginning of an element adds; its end is put on the stack where it adds something."""
        if tag == "br":
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("   ")
        elif tag in _BLOCKS:
            self.end_line()
            if tag in _HEADINGS:
                self.parts.append("\n")
            if tag == "li":
                self.parts.append("\u2022 ")
            stack.append((None, None))

    def end_line(self) -> None:
        """A block ends the line before it, once: two paragraphs are two lines here as in any other format."""
        if self.parts and self.parts[-1][-1:] != "\n":
            self.parts.append("\n")

    def looks(self, node: Any, look: Look) -> Look:
        """The looks inside an element, given those around it."""
        attributes = node.attributes
        if "hidden" in attributes:
            return replace(look, hidden=True)
        declared = self.styles.get(node.mem_id, {})
        if attributes.get("style"):
            declared = declared | _declared(attributes["style"])
        if attributes.get("bgcolor"):
            declared = {"background": attributes["bgcolor"], **declared}
        if node.tag == "font" and attributes.get("color"):
            declared = {"color": attributes["color"], **declared}
        return _dressed(look, declared) if declared else look


def _children(node: Any) -> list[Any]:
    children = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _styles(tree: Any) -> Styles:
    """What the style sheets of a page declare for its elements, as far as it may hide text."""
    found: Styles = {}
    sheets = "\n".join(node.text() for node in tree.css("style"))
    rules = 0
    for rule in _top_level(_COMMENT.sub("", sheets)).split("}"):
        selector, _, body = rule.partition("{")
        declared = _declared(body)
        rules += bool(declared)
        if declared and rules <= _MOST_RULES:
            # A selector that is not understood selects nothing.
            with contextlib.suppress(Exception):
                for node in tree.css(selector.strip()):
                    found.setdefault(node.mem_id, {}).update(declared)
    return found


def _top_level(sheet: str) -> str:
    """A style sheet without blocks that hold other rules (@media): they count for some screens only."""
    if "@" not in sheet:
        return sheet
    kept: list[str] = []
    depth, start, nested = 0, 0, False
    for brace in re.finditer(r"[{}]", sheet):
        if brace.group() == "{":
            depth += 1
            nested = nested or depth > 1
        elif depth:
            depth -= 1
            if not depth:
                if not nested:
                    kept.append(sheet[start : brace.end()])
                start, nested = brace.end(), False
    return "".join(kept)


_TELLING = frozenset(
    "display visibility opacity font-size color background background-color background-image text-indent left top "
    "right bottom position clip clip-path width height max-height max-width overflow".split()
)


def _declared(text: str) -> dict[str, str]:
    """The declarations that may hide text."""
    found: dict[str, str] = {}
    for part in text[:20_000].lower().split(";"):
        name, _, value = part.partition(":")
        if name.strip() in _TELLING:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def _dressed(look: Look, declared: dict[str, str]) -> Look:
    if _is_hidden(declared):
        return replace(look, hidden=True)
    if (size := _points(declared.get("font-size", ""))) is not None:
        relative = declared["font-size"].endswith(("em", "%")) and not declared["font-size"].endswith("rem")
        look = replace(look, size=size / 12 * (look.size or 12) if relative else size)
    if "color" in declared:
        clear = declared["color"] == "transparent"
        look = replace(look, ink=look.ground if clear else color_of(declared["color"]))
    for name in ("background-color", "background", "background-image"):
        value = declared.get(name, "")
        if not value or value in ("none", "transparent", "inherit", "initial"):
            continue
        ground = color_of(value.split(" ")[0])
        look = replace(look, unsure=True) if ground is None else replace(look, ground=ground, unsure=False)
    # What is put somewhere else may stand on anything.
    return replace(look, unsure=True) if declared.get("position") in ("absolute", "fixed") else look


def _is_hidden(declared: dict[str, str]) -> bool:
    if declared.get("display") == "none" or declared.get("visibility") in ("hidden", "collapse"):
        return True
    if declared.get("opacity") is not None and (_points(declared["opacity"]) or 0) / _POINTS[""] < 0.05:
        return True
    if (_points(declared.get("text-indent", "")) or 0) < -_FAR:
        return True
    moved = declared.get("position") in ("absolute", "fixed", "relative")
    if moved and any((_points(declared.get(side, "")) or 0) < -_FAR for side in ("left", "top", "right", "bottom")):
        return True
    cut = declared.get("overflow") in ("hidden", "clip")
    sides = ("width", "height", "max-height", "max-width")
    if cut and any(_points(declared.get(side, "")) in (0.0, 0.75) for side in sides):
        return True
    return declared.get("clip", "").replace(" ", "").replace("px", "").replace(",", "") == "rect(0000)"


def _points(value: str) -> float | None:
    """A length in points; None where it is none."""
    found = _LENGTH.fullmatch(value)
    if found is None or not any(c.isdigit() for c in found[1]):
        return None
    return float(found[1]) * _POINTS[found[2]]


def _collapsed(text: str, parts: list[str]) -> str:
    """White space as a browser shows it: one space for any run."""
    words = text.split()
    if not words:
        return " " if text and parts and not parts[-1].endswith((" ", "\n")) else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return before + " ".join(words) + after
