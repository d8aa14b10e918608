"""Time and peak memory of ``score`` on each file of a folder, over all of its processes: which file costs most.

Usage: python tests/benchmarks/worst_files.py FOLDER
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil


def measured(path: Path) -> tuple[float, float, int, str]:
    """Seconds, the most MiB that any one process held, the exit code, and the first line of the answer."""
    command = [sys.executable, "-m", "pcc_assess", "score", str(path)]
    began = time.monotonic()
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
    return time.monotonic() - began, most / (1 << 20), run.returncode, told.split("\n")[0]


def main() -> None:
    """One line of a table for each file."""
    print("| file | bytes | seconds | MiB | exit | answer |\n|---|---:|---:|---:|---:|---|")
    for path in sorted(Path(sys.argv[1]).iterdir()):
        seconds, memory, code, answer = measured(path)
        print(
            f"| {path.name} | {path.stat().st_size:,} | {seconds:.1f} | {memory:.0f} | {code} | {answer} |", flush=True
        )


if __name__ == "__main__":
    main()
