"""Known holes of the pinned packages, asked of pip-audit's services; what no service answers for is "not checked".

    python .ci/advisories.py PIP_AUDIT PINS...

PIP_AUDIT is the program, PINS are lists of pinned packages. pip-audit ends well where a service knows nothing of a
package, so its exit code says nothing; its report is read instead. Ends with 1 where a hole is known, else with 0.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Any

_SERVICES = ("pypi", "osv")
_PATIENCE = 120  # seconds for one service

Report = Mapping[str, Any]


def verdict(reports: Iterable[Report]) -> tuple[str, int]:
    """What the reports of all services say together: a sentence, and the exit code.

    A package counts as checked where one service answered for it. Without any report nothing was checked.
    """
    checked: set[str] = set()
    named: set[str] = set()
    holes: dict[str, set[str]] = {}
    for report in reports:
        for item in report.get("dependencies", ()):
            named.add(item["name"])
            if "skip_reason" not in item:
                checked.add(item["name"])
                if item.get("vulns"):
                    holes.setdefault(item["name"], set()).update(hole["id"] for hole in item["vulns"])
    if holes:
        told = "; ".join(f"{name}: {', '.join(sorted(ids))}" for name, ids in sorted(holes.items()))
        return f"known holes: {told}", 1
    if not checked:
        return "advisories: not checked (no advisory service answered)", 0
    if named - checked:
        return f"advisories: {len(checked)} packages without a known hole, {len(named - checked)} not checked", 0
    return f"advisories: all {len(checked)} packages checked, no known hole", 0


def ask(program: str, service: str, pins: str) -> Report | None:
    """The report of one service on one list of packages; None where it gives none."""
    words = [program, "-r", pins, "--require-hashes", "--disable-pip", "-s", service, "-f", "json", "--timeout", "15"]
    try:
        done = subprocess.run(  # noqa: S603 - the program that the caller named
            [*words, "--progress-spinner", "off"], capture_output=True, check=False, timeout=_PATIENCE
        )
        report = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return report if isinstance(report, dict) else None


def main(program: str, *lists: str) -> int:
    """Ask every service about every list."""
    answers = [ask(program, service, pins) for service in _SERVICES for pins in lists]
    sentence, code = verdict([answer for answer in answers if answer is not None])
    print(sentence)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
