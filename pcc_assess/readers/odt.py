"""ODT: the text of an OpenDocument file with its tables, lists, headers and text frames; deleted text stays deleted."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pcc_assess.errors import InputError
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.readers.archive import Archive
from pcc_assess.readers.content import Content, clean, table_row

_SKIPPED = frozenset({"tracked-changes", "annotation", "sequence-decls", "forms", "note-citation"})
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
    lines: list[str] = []
    styles = archive.xml("styles.xml")
    margins = [item for item in styles.iter() if item.tag in ("header", "footer")] if styles is not None else []
    for margin in margins:
        lines += _blocks(margin)
    body = root.find("body")
    lines += _blocks(body if body is not None else root)
    return Content(format="odt", pages=(clean("\n".join(lines)),))


def _blocks(parent: Element, bullet: str = "") -> Iterator[str]:
    for child in parent:
        if child.tag in _SKIPPED:
            continue
        if child.tag in _LINES:
            frames: list[Element] = []
            text = "".join(_runs(child, frames))
            yield bullet + text if text.strip() else text
            for frame in frames:
                yield from _blocks(frame)
        elif child.tag == "list-item":
            yield from _blocks(child, "\u2022 ")
        elif child.tag == "table-row":
            yield from table_row(list(_blocks(cell)) for cell in child if cell.tag == "table-cell")
        else:
            yield from _blocks(child, bullet)


def _runs(parent: Element, frames: list[Element]) -> Iterator[str]:
    yield parent.text or ""
    for child in parent:
        if child.tag == "s":
            yield " " * min(int(child.get("c", "1")) if child.get("c", "1").isdecimal() else 1, 200)
        elif child.tag == "tab":
            yield "\t"
        elif child.tag == "line-break":
            yield "\n"
        elif child.tag == "text-box":
            frames.append(child)
        elif child.tag not in _SKIPPED:
            yield from _runs(child, frames)
        yield child.tail or ""
