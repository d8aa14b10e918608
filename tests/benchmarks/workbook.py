"""How long the results of many candidates take to write: ``python tests/benchmarks/workbook.py [NUMBER] [FOLDER]``.

The candidates are those of a folder (the samples by default), again and again under new ids. The time is that of the
processor, from the first record to the file in its place; the memory is the most that the process held.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pcc_assess.aim import Aim, make_aim
from pcc_assess.assess import assess_file
from pcc_assess.batch.outputs import form_of, rank_key
from pcc_assess.disk import Output
from pcc_assess.errors import PccError
from pcc_assess.model import Assessment

SAMPLES = Path(__file__).resolve().parent.parent.parent / "data" / "samples"


def candidates(folder: Path, aim: Aim) -> list[Assessment]:
    """Those of a folder that can be scored, the best first."""
    found = []
    for path in sorted(folder.iterdir()):
        with suppress(PccError):
            found.append(assess_file(str(path), aim))
    return sorted(found, key=rank_key)


def main(number: int, folder: Path) -> None:
    """Write every form and tell what it took."""
    import resource

    aim = make_aim("patient-care-coordinator", "coordinator", date(2026, 11, 1))
    known = candidates(folder, aim)

    def records() -> Iterator[Assessment]:
        for place in range(number):
            record = known[place * len(known) // number]
            yield replace(record, candidate=replace(record.candidate, id=f"c-{place:07}"))

    with TemporaryDirectory() as place:
        for ending in (".csv", ".xlsx", ".parquet"):
            path = Path(place) / f"results{ending}"
            form = form_of(path)(aim)
            began = time.process_time()
            output = Output(path)
            form.write(map(form.row, records()), output)
            output.finish()
            took = time.process_time() - began
            held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            size = path.stat().st_size / 1_000_000
            print(f"{ending[1:]:8} {number:,} candidates: {took:6.2f} s, {size:6.2f} MB, {held} MB held at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, Path(sys.argv[2]) if len(sys.argv) > 2 else SAMPLES)
