"""How long a plan takes: ``python tests/benchmarks/planning.py [folder of resumes]``.

Times ``make_plan`` alone, in a warm process: reading and scoring a resume come before it, advice and writing after it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from pcc_assess import assess, catalog, score
from pcc_assess.aim import Aim, make_aim
from pcc_assess.errors import PccError
from pcc_assess.model import Assessment
from pcc_assess.plan import make_plan, parameters_of

DAY = date(2026, 11, 1)
CASES: dict[str, dict[str, object]] = {
    "as it comes": {},
    "for the least money": {"goal": "cheapest"},
    "to 60 points": {"target": 60.0},
    "to 80 points": {"target": 80.0},
    "to 80 points, no money": {"target": 80.0, "budget": 0.0},
}


def records(folder: Path, aim: Aim) -> Iterator[Assessment]:
    """The samples that ship, and every resume of a folder that can be read."""
    for path in (*sorted((catalog.data_dir() / "samples").iterdir()), *sorted(folder.iterdir())):
        try:
            yield assess.assess_file(str(path), aim)
        except PccError as error:
            sys.stderr.write(f"{path.name}: {error.message}\n")


def timed(record: Assessment, aim: Aim, wishes: dict[str, object]) -> tuple[float, float, bool]:
    """Milliseconds on the clock and of the processor, and whether the target was reached as far as steps could."""
    parameters = parameters_of(aim.knowledge.policy, DAY, **wishes)  # type: ignore[arg-type]
    begun, busy = time.perf_counter(), time.process_time()
    plan = make_plan(
        record,
        aim.knowledge,
        aim.role,
        parameters,
        credits_of=partial(score.credits_of, role=aim.role, level=aim.level, knowledge=aim.knowledge),
        readiness_of=lambda profile: assess.with_profile(record, profile, aim).readiness,
    )
    times = (time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000
    return *times, all(item.kind == "ask" for item in plan.outcome.unlocks)


def main() -> None:
    """Print a table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else catalog.data_dir() / "samples"
    for level in ("coordinator", "senior"):
        aim = make_aim("patient-care-coordinator", level, DAY)  # type: ignore[arg-type]
        found = list(records(folder, aim))
        timed(found[0], aim, {})
        sys.stdout.write(f"{level}, {len(found)} resumes: milliseconds, clock / processor\n")
        for name, wishes in CASES.items():
            runs = [timed(record, aim, wishes) for record in found]
            for title, kept in (("reached", True), ("not reached", False)):
                chosen = [run for run in runs if run[2] is kept]
                if len(chosen) > 1:
                    sys.stdout.write(f"  {name}, {title} ({len(chosen)}): {_line(chosen)}\n")


def _line(runs: list[tuple[float, float, bool]]) -> str:
    parts = []
    for column in (0, 1):
        values = [run[column] for run in runs]
        parts.append(f"median {median(values):.0f}, 90 % {quantiles(values, n=10)[-1]:.0f}, most {max(values):.0f}")
    return " / ".join(parts)


if __name__ == "__main__":
    main()
