"""Small files of every format, made from lines of text, so that tests need no other program."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from html import escape

Placed = tuple[float, float, str]
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of the given parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A DOCX file with the given XML in its body, and further parts such as ``header1``."""
    wrap = f'<w:{{0}} xmlns:w="{_WORD}">{{1}}</w:{{0}}>'
    files: dict[str, str | bytes] = {"word/document.xml": wrap.format("document", f"<w:body>{body}</w:body>")}
    for name, content in parts.items():
        files[f"word/{name}.xml"] = wrap.format("hdr", content)
    return zipped(files)


def docx_lines(lines: Iterable[str]) -> bytes:
    """A DOCX file with one paragraph a line."""
    return docx("".join(paragraph(line) for line in lines))


def paragraph(text: str) -> str:
    """One paragraph of a DOCX body."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def odt_lines(lines: Iterable[str]) -> bytes:
    """An ODT file with one paragraph a line."""
    body = "".join(f"<t:p>{escape(line)}</t:p>" for line in lines)
    content = f'<o:doc xmlns:o="o" xmlns:t="t"><o:body><o:text>{body}</o:text></o:body></o:doc>'
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def rtf_lines(lines: Iterable[str]) -> bytes:
    """An RTF file with one paragraph a line."""
    return (r"{\rtf1\ansi " + "".join(f"{line}\\par\n" for line in lines) + "}").encode("ascii")


def html_lines(lines: Iterable[str]) -> bytes:
    """An HTML file with one paragraph a line."""
    return (
        "<!doctype html><html><body>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</body></html>"
    ).encode()


def pdf_lines(lines: Sequence[str], *, size: float = 10) -> bytes:
    """A PDF of one page with the lines one under another."""
    return pdf([[(50.0, 780.0 - 1.4 * size * number, line) for number, line in enumerate(lines)]], size=size)


def pdf(pages: Sequence[Sequence[Placed]], *, size: float = 10, spacing: float = 0) -> bytes:
    """A PDF in Helvetica with texts at the given places, in points from the lower left corner.

    ``spacing``: extra space between letters, in points.
    """
    return pdf_painted(
        "".join(f"BT /F1 {size} Tf {spacing} Tc 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET\n" for x, y, text in page)
        for page in pages
    )


def pdf_painted(pages: Iterable[str], *, packed: bool = False, form: str = "") -> bytes:
    """A PDF of pages painted by operators: F1 is a font, G0 a state of no opacity, P0 a picture, P1 a form."""
    picture = b"<< /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /ExtGState /ca 0 /CA 0 >>",
        picture + b"\nstream\n\x80\nendstream",
        b"<< /Subtype /Form /BBox [0 0 612 842] /Resources << /Font << /F1 3 0 R >> >> /Length %d >>" % len(form)
        + b"\nstream\n%s\nendstream" % form.encode(),
    ]
    kids: list[int] = []
    for page in pages:
        drawn = page.encode("cp1252")
        head = b""
        if packed:
            drawn, head = zlib.compress(drawn), b" /Filter /FlateDecode"
        objects.append(b"<< /Length %d%s >>\nstream\n" % (len(drawn), head) + drawn + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] /Resources << /Font << /F1 3 0 R >>"
            b" /ExtGState << /G0 4 0 R >> /XObject << /P0 5 0 R /P1 6 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(len(objects))
    listed = " ".join(f"{kid} 0 R" for kid in kids).encode()
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    return _assembled(objects)


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
