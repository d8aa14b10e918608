"""How well and how fast readers of PDF files give the words of real resumes, with poppler as the reference.

    python tests/benchmarks/pdf_readers.py FOLDER_OF_PDFS

Needs poppler's ``pdftotext``; of the other readers those that are installed are measured. Word recall and precision
are over the words of all files together, each word as often as it stands there.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

Read = Callable[[bytes], str]


def ours(data: bytes) -> str:
    from pcc_assess.readers.pdf import read_pdf

    return "\n".join(read_pdf(data, "").pages)


def pypdfium2_text(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def pdf_oxide_text(data: bytes) -> str:
    import pdf_oxide

    document = pdf_oxide.PdfDocument.from_bytes(data)
    return "\n".join(document.extract_text(number) for number in range(document.page_count()))


def pypdf_text(data: bytes) -> str:
    import io

    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def words(text: str) -> Counter[str]:
    return Counter(text.replace("\u200b", "").split())


def poppler(path: Path) -> Counter[str]:
    command = ["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"]
    return words(subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", errors="replace"))


def measure(read: Read, files: list[Path], reference: list[Counter[str]]) -> str:
    read(files[0].read_bytes())
    shared = wanted = given = 0
    worst = (1.0, "")
    cpu = 0.0
    for path, expected in zip(files, reference, strict=True):
        data = path.read_bytes()
        begin = time.process_time()
        found = words(read(data))
        cpu += time.process_time() - begin
        both = (found & expected).total()
        shared, wanted, given = shared + both, wanted + expected.total(), given + found.total()
        worst = min(worst, (both / expected.total(), path.name))
    figures = (
        f"recall {shared / wanted:.4f}  precision {shared / given:.4f}  CPU {1000 * cpu / len(files):.0f} ms a file"
    )
    return f"{figures}  worst recall {worst[0]:.3f}"


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("*.pdf"))
    reference = [poppler(path) for path in files]
    for read in (ours, pypdfium2_text, pdf_oxide_text, pypdf_text):
        try:
            print(f"{read.__name__:16} {measure(read, files, reference)}")
        except ImportError:
            print(f"{read.__name__:16} not installed")


if __name__ == "__main__":
    main()
