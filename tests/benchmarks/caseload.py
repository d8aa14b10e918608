"""What looking at many people together costs: ``python tests/benchmarks/caseload.py [PEOPLE ...]``.

Each person is a sample resume of the project under another id, read back from its line of results as a batch does.
Printed are the processor time for a person (reading the line, and counting it), the size of the page, and the peak
memory of this process so far.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from pcc_assess.aim import DEFAULT_ROLE, Aim, make_aim
from pcc_assess.assess import assess_file
from pcc_assess.cohort import Cohort
from pcc_assess.model import Assessment, RoleRef
from pcc_assess.renderers import wording_of
from pcc_assess.renderers.caseload import page
from pcc_assess.renderers.json_ import from_line, to_line

SAMPLES = Path(__file__).resolve().parent.parent.parent / "data" / "samples"


def people(lines: list[bytes], number: int) -> Iterator[Assessment]:
    """So many people, each with an id and a file of their own."""
    for place, line in enumerate(islice(cycle(lines), number)):
        record = from_line(line.replace(b'"id":"c-', f'"id":"c-{place:08}'.encode(), 1))
        assert isinstance(record, Assessment)
        yield record


def measured(aim: Aim, lines: list[bytes], number: int) -> tuple[float, int]:
    """Microseconds a person, and bytes of the page."""
    cohort = Cohort(aim.role, aim.level, aim.knowledge)
    began = time.process_time()
    for record in people(lines, number):
        cohort.add(record)
    spent = (time.process_time() - began) / number
    role = RoleRef(id=aim.role.id, title="", level=aim.level)
    made = page(cohort.together("", "", role), wording_of(aim.role, aim.level, aim.knowledge))
    return 1e6 * spent, len(made.encode())


def main(numbers: list[int]) -> None:
    aim = make_aim(DEFAULT_ROLE, None, date(2026, 1, 1))
    lines = [to_line(assess_file(str(path), aim)) for path in sorted(SAMPLES.iterdir())]
    for number in sorted(numbers):
        spent, size = measured(aim, lines, number)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{number:>9,} people: {spent:4.0f} microseconds a person, page of {size:,} bytes, peak {peak:.0f} MiB")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1_000, 10_000, 100_000])
