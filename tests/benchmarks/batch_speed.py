"""What a batch costs, from files on the disk to a results file, beside the least that such work costs at all.

    python tests/benchmarks/batch_speed.py text FOLDER_OF_RESUMES [COUNT]
    python tests/benchmarks/batch_speed.py pdf FOLDER_OF_RESUMES [COUNT]
    python tests/benchmarks/batch_speed.py jobs FOLDER_OF_RESUMES [COUNT]

The resumes are repeated until there are COUNT files (2,000), each with a line of its own so that none equals another.
``text``: user time of a whole run, all processes and their start included (and without the summary in the terminal),
beside two automata that go over the same texts at the same time: one looks for our surface forms, in memory, and takes
the longest of those that overlap; the other reads each file from the disk and looks for every word and phrase that the
matcher looks for, and finds all that overlap. ``pdf``: user and system time beside bare text
extraction of the same files with the same library (the text that PDFium itself puts together), and beside our reader
alone. ``jobs``: time on the wall with one and with two workers.
Needs ``pip install ahocorasick_rs``.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import ahocorasick_rs
from scale import RUNNER
from speed import lexicon_forms, longest_automaton, search, search_all

from pcc_assess import catalog, readers
from pcc_assess.aim import DEFAULT_ROLE, make_aim

Times = tuple[float, float, float]


def spent(who: int) -> tuple[float, float]:
    used = resource.getrusage(who)
    return used.ru_utime, used.ru_stime


def batch(folder: Path, jobs: int, meanwhile: Callable[[], None] = lambda: time.sleep(0.05)) -> Times:
    """User, system and wall seconds of one run with all its processes; ``meanwhile`` is done again and again."""
    before, begin = spent(resource.RUSAGE_CHILDREN), time.perf_counter()
    words = [str(folder), str(folder.parent / "r.jsonl"), str(jobs)]
    run = subprocess.Popen([sys.executable, "-c", RUNNER, *words], stdout=subprocess.DEVNULL)
    while run.poll() is None:
        meanwhile()
    wall, after = time.perf_counter() - begin, spent(resource.RUSAGE_CHILDREN)
    return after[0] - before[0], after[1] - before[1], wall


def alone(work: Callable[[], None]) -> Times:
    """The same of work in this process."""
    before, begin = spent(resource.RUSAGE_SELF), time.perf_counter()
    work()
    wall, after = time.perf_counter() - begin, spent(resource.RUSAGE_SELF)
    return after[0] - before[0], after[1] - before[1], wall


def told(name: str, times: Times, count: int) -> None:
    user, system, wall = (1000 * each / count for each in times)
    print(f"{name:<34} {user:7.2f} ms user  {system:6.2f} ms system  {wall:7.2f} ms wall   a file", flush=True)


def texts_of(folder: Path) -> list[str]:
    paths = sorted(folder.iterdir())
    return [
        readers.read(path.read_bytes(), path.name, parse_yaml=catalog.parse_yaml, few_words=3).text for path in paths
    ]


def repeated(found: list[bytes], count: int) -> Iterator[tuple[int, bytes]]:
    return ((number, found[number % len(found)]) for number in range(count))


def write_texts(texts: list[str], folder: Path, count: int) -> list[str]:
    folder.mkdir()
    written = [f"{texts[number % len(texts)]}\nReference {number}\n" for number in range(count)]
    for number, text in enumerate(written):
        (folder / f"{number:07}.txt").write_text(text, "utf-8")
    return written


def text(source: Path, folder: Path, count: int) -> None:
    written = write_texts(texts_of(source), folder, count)
    paths = sorted(folder.iterdir())
    aim = make_aim(DEFAULT_ROLE, "coordinator", date(2026, 1, 1))
    longest, every = longest_automaton(aim), ahocorasick_rs.AhoCorasick(lexicon_forms(aim.matcher.lexicon))

    def scan() -> None:
        for each in written:
            search(longest, each)

    def scan_all() -> None:
        for path in paths:
            search_all(every, path.read_text("utf-8"))

    # At the same time, so that a busy machine is as unkind to the one as to the other.
    bare: list[Times] = []
    bare_all: list[Times] = []

    def meanwhile() -> None:
        bare.append(alone(scan))
        bare_all.append(alone(scan_all))

    ours = batch(folder, 1, meanwhile)
    least, least_all = (sorted(each)[len(each) // 2] for each in (bare, bare_all))
    told("scan, longest of the surface forms", least, count)
    told("scan, all forms, from the disk", least_all, count)
    told("batch, files to JSONL", ours, count)
    print(f"ratio to the longest of the forms  {ours[0] / least[0]:.1f}")
    print(f"ratio to all forms, from the disk  {ours[0] / least_all[0]:.1f}")
    print(f"about {count / ours[0]:.0f} a second a core")


def write_pdfs(source: Path, folder: Path, count: int) -> None:
    folder.mkdir()
    # What stands behind the end of a PDF changes no page of it.
    for number, data in repeated([path.read_bytes() for path in sorted(source.glob("*.pdf"))], count):
        (folder / f"{number:07}.pdf").write_bytes(data + b"\n%% %d\n" % number)


def extract(paths: list[Path]) -> None:
    import pypdfium2

    for path in paths:
        document = pypdfium2.PdfDocument(path.read_bytes())
        for page in document:
            textpage = page.get_textpage()
            textpage.get_text_range()
            textpage.close()
            page.close()
        document.close()


def pdf(source: Path, folder: Path, count: int) -> None:
    from pcc_assess.readers.pdf import read_pdf

    write_pdfs(source, folder, count)
    paths = sorted(folder.iterdir())
    bare = alone(lambda: extract(paths))
    ours = batch(folder, 2)
    bare = min(bare, alone(lambda: extract(paths)))
    own = alone(lambda: [read_pdf(path.read_bytes(), "") for path in paths[: count // 4]] and None)
    told("bare extraction, PDFium's own text", bare, count)
    told("our reader alone", own, count // 4)
    told("batch, files to JSONL", ours, count)
    print(f"ratio to PDFium's own text         {sum(ours[:2]) / sum(bare[:2]):.2f}")
    print(f"ratio to our reader alone          {sum(ours[:2]) / count / (sum(own[:2]) / (count // 4)):.2f}")


def jobs(source: Path, folder: Path, count: int) -> None:
    write_texts(texts_of(source), folder, count)
    walls = []
    for number in (1, 2):
        times = batch(folder, number)
        told(f"batch, {number} worker(s)", times, count)
        walls.append(times[2])
    print(f"one worker to two                  {walls[0] / walls[1]:.2f} times as fast")


def main() -> None:
    source = Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 2_000
    with tempfile.TemporaryDirectory() as place:
        {"text": text, "pdf": pdf, "jobs": jobs}[sys.argv[1]](source, Path(place, "in"), count)


if __name__ == "__main__":
    main()
