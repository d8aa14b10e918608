"""What a score may not depend on, tried out in full, and the counts written into docs/fairness.md.

python tests/behaviour/counts.py              # all of it: some minutes
python tests/behaviour/counts.py --step 10    # every tenth variant, printed only
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from resumes import made_up, put_together, real
from trials import PROPERTIES

from pcc_assess.aim import DEFAULT_ROLE, make_aim

PAGE = Path(__file__).resolve().parents[2] / "docs" / "fairness.md"
BEGIN, END = "<!-- behaviour: start -->", "<!-- behaviour: end -->"
_MOST_SHOWN = 20


def main() -> int:
    """Try everything; 1 where anything moved."""
    words = argparse.ArgumentParser()
    words.add_argument("--step", type=int, default=1)
    words.add_argument("--only", nargs="*", default=list(PROPERTIES))
    asked = words.parse_args()
    aim = make_aim(DEFAULT_ROLE, "coordinator", date(2026, 1, 1))
    ours, theirs = made_up() | put_together(), real()
    table = ["| what is changed | cases tried | differences |", "|---|---|---|"]
    every = wrong = 0
    for name in asked.only:
        label, trials = PROPERTIES[name]
        tried = [trial for resumes in (ours, theirs) for trial in trials(aim, resumes, asked.step)]
        moved = [trial for trial in tried if trial.differences]
        every, wrong = every + len(tried), wrong + len(moved)
        table.append(f"| {label} | {len(tried):,} | {len(moved):,} |")
        sys.stdout.write(f"{table[-1]}\n")
        sys.stdout.flush()
        for trial in moved[:_MOST_SHOWN]:
            sys.stdout.write(f"    {trial.resume} | {trial.label} | {trial.differences[:3]}\n")
    table.append(f"| **all** | **{every:,}** | **{wrong:,}** |")
    sys.stdout.write(f"{table[-1]}\n{len(ours)} made-up resumes, {len(theirs)} real ones\n")
    if asked.step == 1 and asked.only == list(PROPERTIES):
        made = f"{len(ours)} made-up resumes (of the accuracy suite, and put together of them)"
        head = f"{made} and {len(theirs)} real ones:"
        text = PAGE.read_text(encoding="utf-8")
        before, after = text.partition(BEGIN)[0], text.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{head}\n\n" + "\n".join(table) + f"\n{END}{after}", encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
