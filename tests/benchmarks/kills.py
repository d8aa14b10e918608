"""A run that is killed again and again, and continued each time, beside one that is left in peace.

    python tests/benchmarks/kills.py [FILES] [KILLS] [SEED]

500 files and 20 kills with SIGKILL at random moments. Says at which, and whether both results are the same file.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scale import write


def command(folder: Path, output: Path) -> list[str]:
    words = ["batch", str(folder), "--output", str(output), "--as-of", "2026-01-01", "--jobs", "2", "--continue"]
    return [sys.executable, "-m", "pcc_assess", *words]


def main() -> None:
    files, kills, seed = (int(word) for word in [*sys.argv[1:], *("500", "20", "1")[len(sys.argv) - 1 :]])
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder, whole, broken = Path(place, "in"), Path(place, "whole.jsonl"), Path(place, "broken.jsonl")
        write(folder, files)
        begin = time.perf_counter()
        subprocess.run(command(folder, whole), check=True, stderr=subprocess.DEVNULL)
        length = time.perf_counter() - begin
        killed = 0
        while killed < kills:
            process = subprocess.Popen(command(folder, broken), stderr=subprocess.DEVNULL)
            # From its first moment to its last: the start, the work, and the writing of the results.
            time.sleep(chance.random() * length)
            if process.poll() is not None:
                broken.unlink(missing_ok=True)  # it was done: begin anew
                continue
            process.kill()
            process.wait()
            killed += 1
            journal = Path(f"{broken}.journal")
            lines = journal.read_bytes().count(b"\n") if journal.exists() else 0
            print(f"kill {killed:2}: {max(lines - 1, 0):4} of {files} were done", flush=True)
        subprocess.run(command(folder, broken), check=True, stderr=subprocess.DEVNULL)
        same = broken.read_bytes() == whole.read_bytes()
        left = sorted(path.name for path in Path(place).iterdir())
        print(f"the same file: {same}; left behind: {left}")
        sys.exit(not same)


if __name__ == "__main__":
    main()
