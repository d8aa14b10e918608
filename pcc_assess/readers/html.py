"""HTML: the text that a browser would show, block by block."""

from __future__ import annotations

import re
from typing import Any

from pcc_assess.limits import STANDARD, Limits
from pcc_assess.readers.content import Content, clean
from pcc_assess.readers.plain import decode

_HIDDEN = "script, style, noscript, template, head, svg, iframe, object, [hidden], [aria-hidden=true]"
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


def read_html(data: bytes, source: str, limits: Limits = STANDARD) -> Content:
    """The text of an HTML file.

    Raises:
        InputError: it is nested too deep.
    """
    from selectolax.lexbor import LexborHTMLParser

    text, notes = decode(data, source)
    _check_depth(text, source, limits)
    tree = LexborHTMLParser(text)
    for node in tree.css(_HIDDEN):
        node.decompose()
    body = tree.body
    parts: list[str] = []
    if body is not None:
        _walk(body, parts)
    lines = [" ".join(line.split(" ")).strip() for line in clean("".join(parts)).split("\n")]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return Content(format="html", pages=("\n".join(kept),), notes=notes)


def _walk(body: Any, parts: list[str]) -> None:
    """Text and block ends in document order, without recursion, since a page may nest without end."""
    stack: list[tuple[Any, bool]] = [(body, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag
        if closing:
            parts.append("\n")
            continue
        if tag == "-text":
            parts.append(_collapsed(node.text_content or "", parts))
            continue
        if tag == "br":
            parts.append("\n")
        elif tag in ("td", "th"):
            parts.append("   ")
        elif tag in _BLOCKS:
            parts.append("\n\n" if tag in _HEADINGS else "\n")
            if tag == "li":
                parts.append("\u2022 ")
            stack.append((node, True))
        children = []
        child = node.child
        while child is not None:
            children.append((child, False))
            child = child.next
        stack += reversed(children)


def _collapsed(text: str, parts: list[str]) -> str:
    """White space as a browser shows it: one space for any run."""
    words = text.split()
    if not words:
        return " " if text and parts and not parts[-1].endswith((" ", "\n")) else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return before + " ".join(words) + after


def _check_depth(text: str, source: str, limits: Limits) -> None:
    """Elements that must be closed and are not stand inside each other; parsing them takes ever longer."""
    depth = 0
    for tag in _TAG.finditer(text):
        if tag.group(2) is not None and tag.group(2).lower() not in _NEVER_DEEP:
            depth = max(depth - 1, 0) if tag.group(1) else depth + 1
            if depth > limits.depth:
                raise limits.exceeded("depth", source)
