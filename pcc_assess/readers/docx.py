"""DOCX: the text of a Word file with its tables, headers, footers and text boxes; deleted text stays deleted."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pcc_assess.limits import STANDARD, Limits
from pcc_assess.readers.archive import Archive
from pcc_assess.readers.content import Content, clean, table_row

_MAIN = "word/document.xml"
# Deleted and moved-away text, field codes, and the second copy that old programs are given of a text box.
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "tblPr", "sectPr"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


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
    parts = []
    for name in (*headers, _MAIN, *footers):
        root = archive.xml(name)
        if root is not None:
            parts.append("\n".join(_blocks(root)))
    seen: list[str] = []
    for part in parts:
        if part.strip() and part not in seen:
            seen.append(part)
    return Content(format="docx", pages=(clean("\n".join(seen)),))


def _blocks(parent: Element) -> Iterator[str]:
    """The lines of paragraphs and tables, in order."""
    for child in parent:
        if child.tag in _SKIPPED:
            continue
        if child.tag == "p":
            yield from _paragraph(child)
        elif child.tag == "tbl":
            yield from _table(child)
        else:
            yield from _blocks(child)


def _table(table: Element) -> Iterator[str]:
    for row in table:
        if row.tag != "tr":
            yield from _blocks(row) if row.tag not in _SKIPPED else ()
            continue
        yield from table_row(list(_blocks(cell)) for cell in row if cell.tag in ("tc", "sdt"))


def _paragraph(paragraph: Element) -> Iterator[str]:
    """The lines of one paragraph, and behind it those of the text boxes that hang on it."""
    boxes: list[Element] = []
    text = "".join(_runs(paragraph, boxes))
    properties = paragraph.find("pPr")
    listed = properties is not None and properties.find("numPr") is not None
    lines = text.split("\n")
    if listed and lines[0].strip():
        lines[0] = f"\u2022 {lines[0]}"
    yield from lines
    for box in boxes:
        yield from _blocks(box)


def _runs(parent: Element, boxes: list[Element]) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag == "t":
            yield child.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == "sym":
            yield "\u2022"
        elif tag == "txbxContent":
            boxes.append(child)
        else:
            yield from _runs(child, boxes)
