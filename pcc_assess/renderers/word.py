"""A form as a Word file: an own small writer of DOCX (Office Open XML, ECMA-376), for the few things that a form has.

The same form gives the same bytes on every machine: fixed dates, a fixed order, and nothing compressed, because what
compression makes differs between versions. Every text is made printable and escaped.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from pcc_assess.outlets import html
from pcc_assess.renderers.form_parts import Fields, Grid, PaperForm, Part, Points

_DAY = (1980, 1, 1, 0, 0, 0)  # the first one that a ZIP file can name
_WIDTH = 9_936  # twentieths of a point between the margins of a letter page
_LABELS = 35  # hundredths of the width
_ROW_HEIGHT = 440  # twentieths of a point: room to write by hand
_FEW_ROWS = 4  # a table of so few rows stays on one page
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/footer1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_BORDER = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def document(form: PaperForm) -> bytes:
    """The bytes of a DOCX file."""
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(
            ("officeDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
            (
                "core",
                _CORE.replace("package/2006/metadata", "package/2006/relationships/metadata"),
                "docProps/core.xml",
            ),
        ),
        "docProps/core.xml": _core(form),
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{_OFFICE}/styles", "styles.xml"), ("footer", f"{_OFFICE}/footer", "footer1.xml")
        ),
        "word/document.xml": _document(form),
        "word/footer1.xml": _footer(form.foot),
        "word/styles.xml": _styles(form.language),
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), _HEAD + content)
    return whole.getvalue()


# --- the parts of the file -------------------------------------------------------------------------------------------


def _relations(*links: tuple[str, str, str]) -> str:
    made = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in links)
    return f'<Relationships xmlns="{_LINKS}">{made}</Relationships>'


def _core(form: PaperForm) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{html(form.title)}</dc:title><dc:language>{html(form.language)}</dc:language></cp:coreProperties>"
    )


def _styles(language: str) -> str:
    """Text of 10 points, and a heading style, so that a screen reader can go from part to part."""
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    heads = {"Title": ("Title", 36, 0), "Heading1": ("heading 1", 26, 1)}
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/>'
        + (f'<w:outlineLvl w:val="{level - 1}"/>' if level else "")
        + f'</w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for style, (name, size, level) in heads.items()
    )
    return (
        f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="20"/>'
        f'<w:lang w:val="{html(language)}"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:pPr><w:spacing w:after="60"/></w:pPr></w:style>{made}</w:styles>'
    )


def _footer(text: str) -> str:
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    )
    page += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return f"<w:ftr {_W}><w:p>{_run(f'{text} ')}{page}</w:p></w:ftr>"


def _document(form: PaperForm) -> str:
    body = [_paragraph(form.title, style="Title"), _paragraph(form.note)]
    for number, part in enumerate(form.parts, 1):
        body += _part(number, part)
    page = (
        f'<w:sectPr><w:footerReference xmlns:r="{_OFFICE}" w:type="default" r:id="footer"/>'
        '<w:pgSz w:w="12240" w:h="15840"/>'
        '<w:pgMar w:top="1008" w:right="1152" w:bottom="1008" w:left="1152" w:header="576" w:footer="576"'
        ' w:gutter="0"/>'
        "</w:sectPr>"
    )
    return f"<w:document {_W}><w:body>{''.join(body)}{page}</w:body></w:document>"


# --- what stands on the page -----------------------------------------------------------------------------------------


def _part(number: int, part: Part) -> Iterator[str]:
    yield _paragraph(f"{number}. {part.title}", style="Heading1")
    if part.note:
        yield _paragraph(part.note, keep=True)
    for block in part.blocks:
        if isinstance(block, Fields):
            yield _table((_LABELS, 100 - _LABELS), block.rows, bold_first=True)
        elif isinstance(block, Grid):
            head, shares = zip(*block.columns, strict=True)
            yield _table(shares, block.rows, head=head)
        elif isinstance(block, Points):
            yield from (_paragraph(f"- {item}" if item else "_" * 60) for item in block.items)
        yield _paragraph("")


def _run(text: str, *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{html(text)}</w:t></w:r>' if text else ""


def _paragraph(text: str, *, style: str = "", bold: bool = False, keep: bool = False) -> str:
    """``keep``: it stays on the page of what follows it."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    look += "<w:keepNext/>" if keep else ""
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{_run(text, bold=bold)}</w:p>"


def _table(
    shares: tuple[int, ...],
    rows: tuple[tuple[str, ...], ...],
    *,
    head: tuple[str, ...] = (),
    bold_first: bool = False,
) -> str:
    """A ruled table: what is empty is an empty box. Its heading is repeated on every page."""
    widths = [_WIDTH * share // 100 for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = [_row(head, widths, bold=len(widths), head=True)] if head else []
    keep = len(rows) <= _FEW_ROWS
    made += [_row(row, widths, bold=1 if bold_first else 0, keep=keep) for row in rows]
    look = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDER}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    )
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def _row(cells: tuple[str, ...], widths: list[int], *, bold: int, head: bool = False, keep: bool = False) -> str:
    """``bold``: how many cells, from the first on, are bold; ``head``: it is repeated on every page."""
    repeated = "<w:tblHeader/>" if head else ""
    look = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{_ROW_HEIGHT}"/>{repeated}</w:trPr>'
    made = ""
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        inside = _paragraph(cell, bold=place < bold, keep=keep or head)
        made += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'
    return f"<w:tr>{look}{made}</w:tr>"
