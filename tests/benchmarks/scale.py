"""What a batch costs as it grows: time, memory of the first process, and both for each candidate.

    python tests/benchmarks/scale.py 100 1000 10000 100000

The candidates are short resumes that are put together by a fixed recipe, no two alike; one file each, results as JSON
Lines. Memory is the most that the first process ever held; its workers are copies of it and hold the same, whatever the
number of candidates.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

SKILLS = (
    "patient scheduling, insurance verification, medical records, phone etiquette, Epic, Microsoft Excel, HIPAA, "
    "referrals, prior authorization, billing, empathy, teamwork, Spanish, medical terminology, data entry, telehealth"
).split(", ")
DUTIES = (
    "Scheduled {} appointments a day for {} providers",
    "Verified insurance for {} patients a week at {} sites",
    "Answered {} calls a day on {} lines",
    "Trained {} new colleagues in {} weeks",
    "Checked in {} patients and updated {} charts a day",
    "Filed {} records and sent {} referrals a week",
)
TITLES = ("Medical Receptionist", "Patient Service Representative", "Office Assistant", "Cashier", "Medical Assistant")
RUNNER = """
import json, resource, sys, time
from datetime import date
from pcc_assess.batch import Run, run_batch
begin = time.perf_counter()
run = Run(inputs=(sys.argv[1],), output=sys.argv[2], role="patient-care-coordinator", level="coordinator",
          as_of=date(2026, 1, 1), jobs=int(sys.argv[3]))
summary = run_batch(run)
own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"wall": time.perf_counter() - begin, "memory": own.ru_maxrss / 1024, "scored": summary.scored,
                  "own": own.ru_utime + own.ru_stime, "workers": workers.ru_utime + workers.ru_stime}))
"""


def resume(number: int) -> str:
    chance = random.Random(number)
    lines = [f"Candidate {number}", "", "Skills", ", ".join(chance.sample(SKILLS, 7)), "", "Experience"]
    year = 2012 + chance.randrange(8)
    for _ in range(2):
        lines.append(f"{chance.choice(TITLES)}, Clinic {chance.randrange(10_000)}, {year} - {year + 2}")
        lines += [
            f"- {duty.format(chance.randrange(2, 90), chance.randrange(2, 9))}" for duty in chance.sample(DUTIES, 3)
        ]
        year += 2
    return "\n".join([*lines, "", "Education", "High school diploma", ""])


def write(folder: Path, count: int) -> None:
    for number in range(count):
        # A thousand files a folder, as a file system likes it.
        place = folder / f"{number // 1000:04}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number % 1000:03}.txt").write_text(resume(number), "utf-8")


def main() -> None:
    print(
        "candidates | seconds | ms a candidate (wall) | ms (CPU) | of which first process | peak memory, first process"
    )
    for count in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as place:
            write(Path(place, "in"), count)
            words = [f"{place}/in", f"{place}/r.jsonl", "2"]
            done = subprocess.run([sys.executable, "-c", RUNNER, *words], check=True, capture_output=True, text=True)
            found = json.loads(done.stdout)
            size = Path(place, "r.jsonl").stat().st_size / count
        cpu = found["own"] + found["workers"]
        print(
            f"{count:>10,} | {found['wall']:8.1f} | {1000 * found['wall'] / count:6.2f} | {1000 * cpu / count:6.2f} | "
            f"{1000 * found['own'] / count:6.2f} | {found['memory']:6.1f} MB | {size / 1000:.1f} kB a line",
            flush=True,
        )


if __name__ == "__main__":
    main()
