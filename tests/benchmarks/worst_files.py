"""Time and peak memory of ``score``, over all of its processes, on files that are as costly as their limits allow.

Usage: python tests/benchmarks/worst_files.py [FOLDER]   (files of a folder in place of those that are made here)
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import documents

HEAD = b"Office patient words\n"
PAINTED = "BT /F1 9 Tf 50 700 Td (one two three) Tj ET "
LINE = "Scheduled patients and phones daily with EHR charting"
ATTRIBUTE = "a{}='x'"
SHAPE = "1 g 0 0 9 9 re f "
FILES: dict[str, Callable[[], bytes]] = {
    "one million characters of long lines.txt": lambda: HEAD + (b"word " * 2000 + b"\n") * 99,
    "one million characters of one known word.txt": lambda: HEAD + b"EHR " * 249_000,
    "one million random letters.txt": lambda: HEAD + bytes(random.Random(1).choices(b"abcdefghijklm  ", k=990_000)),
    "19 MB of empty elements.docx": lambda: documents.docx("<w:a/>" * 3_200_000),
    "19 MB of paragraphs.docx": lambda: documents.docx("<w:p/>" * 3_200_000),
    "five parts of 19 MB.docx": lambda: documents.docx("", **{f"header{n}": "<w:a/>" * 3_100_000 for n in range(5)}),
    "a million attributes.docx": lambda: documents.docx(f"<w:p {' '.join(map(ATTRIBUTE.format, range(1_000_000)))}/>"),
    "a bomb of zeros.docx": lambda: documents.zipped({"word/document.xml": b"\0" * 400_000_000}),
    "90,000 names.docx": lambda: documents.zipped({f"word/{n}": b"" for n in range(90_000)}),
    "10 MB of paragraphs.html": lambda: b"<html>" + b"<p>" * 3_300_000,
    "8 MB under 500 rules.html": lambda: b"<html><style>" + b"p{color:#fff}" * 500 + b"</style>" + b"<p>a" * 2_000_000,
    "9 MB of control words.rtf": lambda: b"{\\rtf1 one two three " + b"\\b " * 3_000_000,
    "1 MB of small objects.json": lambda: b'{"basics":{},"work":[' + b"{}," * 330_000 + b"{}]}",
    "1 MB of list items.yaml": lambda: b"schema: pcc-assess/profile/1\nx:\n" + b"- a\n" * 249_000,
    "100 full pages.pdf": lambda: documents.pdf([[(50.0, 780.0 - 9 * n, LINE) for n in range(85)]] * 100),
    "19 MB of text on a page.pdf": lambda: documents.pdf_painted([PAINTED * 430_000], packed=True),
    "a million shapes on a page.pdf": lambda: documents.pdf_painted([SHAPE * 1_000_000 + PAINTED], packed=True),
    "a bomb of spaces.pdf": lambda: documents.pdf_painted([" " * 300_000_000], packed=True),
}


def measured(path: Path) -> tuple[float, float, str]:
    """Seconds of processor time, the most MiB that any one process held, and the first line of the answer."""
    # What the file costs, and not how busy the machine is, is to be seen: the clock has no say.
    command = [sys.executable, "-m", "pcc_assess", "score", str(path), "--limit", "seconds=120"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    whole = psutil.Process(run.pid)
    most = 0
    while run.poll() is None:
        try:
            for process in (whole, *whole.children(recursive=True)):
                most = max(most, process.memory_info().rss)
        except psutil.Error:
            pass
        time.sleep(0.005)
    told = run.stderr.read() if run.stderr is not None else ""
    answer = told.split("\n")[0].removeprefix("error: ") or "read"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, most / (1 << 20), f"{answer} ({run.returncode})"


def table(folder: Path) -> None:
    """One line for each file."""
    print("| file | bytes | seconds | MiB | answer (exit code) |\n|---|---:|---:|---:|---|")
    for path in sorted(folder.iterdir()):
        seconds, memory, answer = measured(path)
        print(f"| {path.name} | {path.stat().st_size:,} | {seconds:.1f} | {memory:.0f} | {answer} |", flush=True)


def main() -> None:
    """Of the files given, or of those made here."""
    if len(sys.argv) > 1:
        table(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, make in FILES.items():
            Path(folder, name).write_bytes(make())
        table(Path(folder))


if __name__ == "__main__":
    main()
