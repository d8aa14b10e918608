"""Runs every file of the corpus through the program: ``python tests/hostile/run.py --help``.

    python tests/hostile/run.py                          each file by score, in a pipe
    python tests/hostile/run.py --terminal               the same on a terminal
    python tests/hostile/run.py --command plan
    python tests/hostile/run.py --prefix 'unshare -n'    without any network

Prints one line for each fault and a table of the most time and memory by class; ends with 1 where there is a fault.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from corpus import Case, cases
from harness import CANARY, Outcome, run


def unexpected(case: Case, outcome: Outcome) -> list[str]:
    """The faults of a run, and an end that is not the one that a case must have."""
    faults = list(outcome.faults)
    if case.must == "score" and outcome.code != 0:
        faults.append(f"ended with {outcome.code}, and had to be scored: {outcome.err.strip()[:200]}")
    if case.must == "refuse" and outcome.code not in (3, 4, 7):
        faults.append(f"ended with {outcome.code}, and had to be refused")
    return faults


def main() -> int:
    """Runs them all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", default="score")
    parser.add_argument("--terminal", action="store_true")
    parser.add_argument("--prefix", default="")
    parser.add_argument("--only", default="", help="a part of the group or name")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    canary = folder / "canary.txt"
    canary.write_text(CANARY, "utf-8")
    found, tried = 0, 0
    worst: dict[str, tuple[float, str]] = defaultdict(lambda: (0.0, ""))
    largest: dict[str, tuple[float, str]] = defaultdict(lambda: (0.0, ""))
    for case in cases(canary):
        if asked.only not in f"{case.group}/{case.name}":
            continue
        place = folder / case.group / case.name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(case.data)
        options = ["--as-of", "2026-01-01", "--", place]
        outcome = run(
            [asked.command, *options], folder / "home", terminal=asked.terminal, prefix=shlex.split(asked.prefix)
        )
        tried += 1
        worst[case.group] = max(worst[case.group], (outcome.seconds, case.name))
        largest[case.group] = max(largest[case.group], (outcome.peak, case.name))
        for fault in unexpected(case, outcome):
            found += 1
            print(f"{case.group}/{case.name!r}: {fault}", flush=True)
        place.unlink()
    for group, (seconds, name) in worst.items():
        peak, heavy = largest[group]
        print(f"{group:10} longest {seconds:5.2f} s ({name!r}), largest {peak:4.0f} MiB ({heavy!r})")
    print(f"{tried} files, {found} faults")
    shutil.rmtree(folder)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
