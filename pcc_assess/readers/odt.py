"""ODT: the text of an OpenDocument file with its tables, lists, headers and text frames; deleted text stays deleted.

Text that the writer hides, or prints in the colour of the paper or too small to be seen, is told and not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from pcc_assess.errors import InputError
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.readers.archive import Archive
from pcc_assess.readers.content import Content, clean, table_row, unseen_notes
from pcc_assess.readers.looks import PLAIN, Look, color_of

_SKIPPED = frozenset({"tracked-changes", "annotation", "sequence-decls", "forms", "note-citation"})
_HIDDEN = frozenset({"hidden-text", "hidden-paragraph"})
_LINES = frozenset({"p", "h"})


def read_odt(data: bytes, source: str, limits: Limits = STANDARD) -> Content:
    """The text of an ODT file: headers and footers of its pages, then the body.

    Raises:
        InputError: it is locked, damaged or unpacks to too much.
    """
    archive = Archive(data, source, "ODT", limits)
    if b"encryption-data" in archive.part("META-INF/manifest.xml"):
        hint = "save a copy without the password and hand in that"
        raise InputError("the ODT file is locked with a password", where=source, hint=hint)
    root = archive.xml("content.xml")
    if root is None:
        raise archive.damaged()
    styles = archive.xml("styles.xml")
    reading = _Reading(_styles(root, styles))
    lines: list[str] = []
    for margin in (item for item in styles.iter() if item.tag in ("header", "footer")) if styles is not None else ():
        lines += reading.blocks(margin, PLAIN)
    body = root.find("body")
    lines += reading.blocks(body if body is not None else root, PLAIN)
    return Content(format="odt", pages=(clean("\n".join(lines)),), notes=unseen_notes(" ".join(reading.unseen)))


@dataclass(slots=True)
class _Reading:
    """``styles``: the elements of each style, those that it builds on first. ``unseen``: text that nobody sees."""

    styles: dict[str, list[Element]]
    unseen: list[str] = field(default_factory=list)

    def blocks(self, parent: Element, look: Look, bullet: str = "") -> Iterator[str]:
        """The lines of paragraphs, lists and tables, in order."""
        for child in parent:
            if child.tag in _SKIPPED:
                continue
            inner = self.styled(child, look)
            if child.tag in _LINES:
                frames: list[tuple[Element, Look]] = []
                text = "".join(self.runs(child, inner, frames))
                yield bullet + text if text.strip() else text
                for frame, ground in frames:
                    yield from self.blocks(frame, ground)
            elif child.tag == "list-item":
                yield from self.blocks(child, inner, "\u2022 ")
            elif child.tag == "table-row":
                cells = [cell for cell in child if cell.tag == "table-cell"]
                yield from table_row(list(self.blocks(cell, self.styled(cell, inner))) for cell in cells)
            else:
                yield from self.blocks(child, inner, bullet)

    def runs(self, parent: Element, look: Look, frames: list[tuple[Element, Look]]) -> Iterator[str]:
        """The text of a paragraph; text frames are put aside."""
        yield from self.shown(parent.text, look)
        for child in parent:
            if child.tag == "s":
                yield " " * min(int(child.get("c", "1")[:9]) if child.get("c", "1").isdecimal() else 1, 200)
            elif child.tag == "tab":
                yield "\t"
            elif child.tag == "line-break":
                yield "\n"
            elif child.tag == "text-box":
                frames.append((child, replace(PLAIN, unsure=True)))  # a frame may have a colour of its own
            elif child.tag not in _SKIPPED:
                yield from self.runs(child, self.styled(child, look), frames)
            yield from self.shown(child.tail, look)

    def shown(self, text: str | None, look: Look) -> Iterator[str]:
        """The text, if it can be seen."""
        if text and look.unseen:
            self.unseen.append(text)
        else:
            yield text or ""

    def styled(self, item: Element, look: Look) -> Look:
        """The looks inside an element, given those around it."""
        if item.tag in _HIDDEN or item.get("display") == "none":
            return replace(look, hidden=True)
        name = item.get("style-name")
        for style in self.styles.get(name, ()) if name is not None else ():
            for properties in style:
                look = _dressed(look, properties)
        return look


def _styles(*roots: Element | None) -> dict[str, list[Element]]:
    """All styles with what they build on, which may lead in a circle."""
    found = {style.get("name", ""): style for root in roots if root is not None for style in root.iter("style")}
    made: dict[str, list[Element]] = {}
    for name in found:
        chain: list[Element] = []
        at: str | None = name
        while at in found and found[at] not in chain and len(chain) < 20:
            chain.append(found[at])
            at = found[at].get("parent-style-name")
        made[name] = chain[::-1]
    return made


def _dressed(look: Look, properties: Element) -> Look:
    """A look with one set of properties of a style."""
    if properties.get("display") == "none":
        return replace(look, hidden=True)
    size, ink, ground = properties.get("font-size", ""), properties.get("color"), properties.get("background-color")
    if size.endswith("pt"):
        try:
            look = replace(look, size=float(size[:-2]))
        except ValueError:
            return look
    if ink is not None:
        look = replace(look, ink=color_of(ink))
    if ground is not None and (color := color_of(ground)) is not None:
        look = replace(look, ground=color)
    return replace(look, unsure=True) if properties.find("background-image") is not None else look
