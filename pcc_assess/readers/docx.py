"""DOCX: the text of a Word file with its tables, headers, footers and text boxes; deleted text stays deleted.

Text that Word hides, or prints in the colour of the paper or too small to be seen, is told and not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from pcc_assess.limits import STANDARD, Limits
from pcc_assess.readers.archive import Archive
from pcc_assess.readers.content import Content, clean, table_row, unseen_notes
from pcc_assess.readers.looks import PLAIN, WHITE, Look, color_of

_MAIN = "word/document.xml"
# Deleted and moved-away text, field codes, and the second copy that old programs are given of a text box.
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "tblPr", "sectPr"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")
_SHAPES = frozenset({"wsp", "shape", "rect", "roundrect"})
_OFF = frozenset({"0", "false", "off"})
_LEAST_EMU = 180_000  # half a centimetre: what lies behind the text and is smaller is an ornament


def read_docx(data: bytes, source: str, limits: Limits = STANDARD) -> Content:
    """The text of a DOCX file: headers, body, footnotes, footers.

    Raises:
        InputError: it is locked, damaged or unpacks to too much.
    """
    archive = Archive(data, source, "DOCX", limits)
    names = sorted(archive.names)
    headers = [name for name in names if name.startswith("word/header")]
    footers = [name for name in names if name.startswith(("word/footer", "word/footnotes", "word/endnotes"))]
    if _MAIN not in archive.names:
        raise archive.damaged()
    roots = [root for name in (*headers, _MAIN, *footers) if (root := archive.xml(name)) is not None]
    styles = _styles(archive.xml("word/styles.xml"))
    paper = replace(styles[""].over(PLAIN), unsure=any(map(_has_ground, roots)))
    reading = _Reading(styles, paper)
    seen: list[str] = []
    for root in roots:
        part = "\n".join(reading.blocks(root, reading.paper))
        if part.strip() and part not in seen:
            seen.append(part)
    return Content(format="docx", pages=(clean("\n".join(seen)),), notes=unseen_notes("".join(reading.unseen)))


@dataclass(slots=True)
class _Reading:
    """``styles``: the properties of each style. ``paper``: how text without any looks. ``unseen``: text that nobody
    sees.
    """

    styles: dict[str, _Style]
    paper: Look
    unseen: list[str] = field(default_factory=list)

    def blocks(self, parent: Element, look: Look) -> Iterator[str]:
        """The lines of paragraphs and tables, in order."""
        for child in parent:
            if child.tag in _SKIPPED:
                continue
            if child.tag == "p":
                yield from self.paragraph(child, look)
            elif child.tag == "tbl":
                yield from self.table(child, look)
            else:
                yield from self.blocks(child, look)

    def table(self, table: Element, look: Look) -> Iterator[str]:
        """The lines of the rows."""
        look = self.styled(table.find("tblPr"), look, "tblStyle")
        for row in table:
            if row.tag != "tr":
                yield from self.blocks(row, look) if row.tag not in _SKIPPED else ()
                continue
            cells = [cell for cell in row if cell.tag in ("tc", "sdt")]
            yield from table_row(list(self.blocks(cell, _shaded(cell.find("tcPr"), look))) for cell in cells)

    def paragraph(self, paragraph: Element, look: Look) -> Iterator[str]:
        """The lines of one paragraph, and behind it those of the text boxes that hang on it."""
        boxes: list[tuple[Element, Look]] = []
        properties = paragraph.find("pPr")
        look = self.styled(properties, look, "pStyle")
        text = "".join(self.runs(paragraph, look, boxes))
        listed = properties is not None and properties.find("numPr") is not None
        lines = text.split("\n")
        if listed and lines[0].strip():
            lines[0] = f"\u2022 {lines[0]}"
        yield from lines
        for box, ground in boxes:
            yield from self.blocks(box, ground)

    def runs(self, parent: Element, look: Look, boxes: list[tuple[Element, Look]]) -> Iterator[str]:
        """The text of the runs; text boxes are put aside."""
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == "t":
                yield from self.shown(child.text or "", look)
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag == "sym":
                yield "\u2022"
            elif tag == "txbxContent":
                boxes.append((child, replace(self.paper, unsure=look.unsure)))
            elif tag == "r":
                yield from self.runs(child, self.styled(child.find("rPr"), look, "rStyle"), boxes)
            else:
                yield from self.runs(child, replace(look, unsure=True) if _is_filled(child) else look, boxes)

    def shown(self, text: str, look: Look) -> Iterator[str]:
        """The text, if it can be seen."""
        if look.unseen:
            self.unseen.append(f"{text} ")
        else:
            yield text

    def styled(self, properties: Element | None, look: Look, kind: str) -> Look:
        """A look with the properties of an element and of the style that it names."""
        if properties is None:
            return look
        name = properties.find(kind)
        style = self.styles.get(name.get("val", "")) if name is not None else None
        if style is not None:
            look = style.over(look)
        return _shaded(properties, _lettered(properties, look) if kind == "rStyle" else look)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a named style sets; ``parts``: its sets of properties, those of the style that it builds on first."""

    parts: tuple[Element, ...]
    unsure: bool

    def over(self, look: Look) -> Look:
        """A look with the style laid over it."""
        for part in self.parts:
            look = _shaded(part, _lettered(part, look))
        return replace(look, unsure=look.unsure or self.unsure)


def _styles(root: Element | None) -> dict[str, _Style]:
    """All styles of a file with what they build on, which may lead in a circle; without a name: what holds for all."""
    if root is None:
        return {"": _Style((), unsure=False)}
    found = {item.get("styleId", "-"): item for item in root.iter("style")}
    standard = [item for item in found.values() if item.get("default") == "1" and item.get("type") == "paragraph"]
    whole = [part for item in (*root.iter("rPrDefault"), *standard) for part in item if part.tag in ("pPr", "rPr")]
    made = {"": _Style(tuple(whole), unsure=False)}
    for name, style in found.items():
        chain: list[Element] = []
        at: str | None = name
        while at is not None and at in found and found[at] not in chain and len(chain) < 20:
            chain.append(found[at])
            base = found[at].find("basedOn")
            at = base.get("val") if base is not None else None
        parts = [part for item in reversed(chain) for part in item if part.tag in ("pPr", "rPr", "tblPr", "tcPr")]
        # A table style may paint some rows and not others.
        painted = any(shade.get("fill") not in (None, "auto") for item in chain for shade in item.iter("shd"))
        made[name] = _Style(tuple(parts), unsure=painted and style.get("type") == "table")
    return made


def _lettered(properties: Element, look: Look) -> Look:
    """A look with the properties of letters: hidden, size, colour."""
    hidden, color, size = properties.find("vanish"), properties.find("color"), properties.find("sz")
    if hidden is not None:
        look = replace(look, hidden=hidden.get("val", "1") not in _OFF)
    if color is not None:
        look = replace(look, ink=color_of(color.get("val")))
    if size is not None and size.get("val", "").isdecimal():
        look = replace(look, size=int(size.get("val", "")[:9]) / 2)
    return look


def _shaded(properties: Element | None, look: Look) -> Look:
    """A look with the shading of a run, paragraph or cell behind it."""
    if properties is None:
        return look
    for shade in properties.findall("shd"):
        if (fill := color_of(shade.get("fill"))) is not None:
            plain = shade.get("val", "clear") in ("clear", "nil")
            look = replace(look, ground=fill, unsure=look.unsure or not plain or shade.get("themeFill") is not None)
        elif shade.get("val", "clear") not in ("clear", "nil"):
            look = replace(look, unsure=True)
    marked = properties.find("highlight")
    return replace(look, unsure=True) if marked is not None and marked.get("val") not in ("none", "white") else look


def _is_filled(shape: Element) -> bool:
    """Whether a shape may have a colour of its own."""
    if shape.tag not in _SHAPES:
        return False
    if shape.tag != "wsp":
        return shape.get("filled", "t") not in ("f", "false")
    drawn, style = shape.find("spPr"), shape.find("style")
    painted = drawn is not None and any(drawn.find(name) is not None for name in _FILLS)
    unpainted = drawn is not None and drawn.find("noFill") is not None
    return painted or (style is not None and not unpainted)


def _has_ground(root: Element) -> bool:
    """Whether something large may lie behind the text: a shape, a picture, a coloured page."""
    paper = root.find("background")
    if paper is not None and (color_of(paper.get("color")) or WHITE) != WHITE:
        return True
    for anchor in root.iter("anchor"):
        extent = anchor.find("extent")
        sides = [extent.get("cx", ""), extent.get("cy", "")] if extent is not None else []
        large = all(side.isdecimal() and int(side[:12]) >= _LEAST_EMU for side in sides)
        if anchor.get("behindDoc") in ("1", "true") and large:
            return True
    return any("z-index:-" in shape.get("style", "").replace(" ", "") for shape in root.iter() if shape.tag in _SHAPES)
