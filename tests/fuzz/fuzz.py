"""Reads damaged files, seeded, and tells of any that ends in neither a score nor a named error.

    python tests/fuzz/fuzz.py --count 10000 --seed 1     the long run; what fails is kept in tests/fuzz/regressions

Each file is read in a process apart, as ``score`` does it.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from mutations import many

from pcc_assess.aim import DEFAULT_ROLE, Aim, make_aim
from pcc_assess.assess import apart, assess_bytes
from pcc_assess.errors import PccError

REGRESSIONS = Path(__file__).parent / "regressions"
BROKE = "broke down"


def outcome(name: str, data: bytes, aim: Aim) -> str:
    """``scored``, the code of a named error, ``lost`` for one that cost its process, or what went wrong."""
    try:
        record = apart(assess_bytes, data, name, aim)
    except PccError as error:
        return "lost" if BROKE in error.message else error.code
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"FAULT {type(error).__name__} {error}"
    ready = record.readiness
    sound = 0 <= ready.score <= ready.possible <= 100
    return "scored" if sound else f"FAULT score {ready.score} of {ready.possible}"


def run(files: Iterable[tuple[str, bytes]], aim: Aim, *, keep: bool = False) -> tuple[Counter[str], list[str]]:
    """How many ended in which way, and the faults; ``keep``: their files become regressions."""
    counted: Counter[str] = Counter()
    faults: list[str] = []
    for name, data in files:
        end = outcome(name, data, aim)
        counted[end if not end.startswith("FAULT") else "fault"] += 1
        if end.startswith(("FAULT", "lost")):
            digest = hashlib.sha256(data).hexdigest()[:12]
            faults.append(f"{digest}-{name}: {end}")
            if keep:
                (REGRESSIONS / f"{digest}-{name}").write_bytes(data)
    return counted, faults


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.monotonic()
    aim = make_aim(DEFAULT_ROLE, "coordinator", date(2026, 1, 1))
    counted, faults = run(many(asked.seed, asked.count), aim, keep=True)
    print(*faults, sep="\n")
    print(f"{sum(counted.values())} files in {time.monotonic() - started:.0f} s: {dict(counted.most_common())}")
    return 1 if counted["fault"] else 0


if __name__ == "__main__":
    sys.exit(main())
