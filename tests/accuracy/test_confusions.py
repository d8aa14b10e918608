"""Lines that trap a matcher: one test, which lists every line that it gets wrong."""

import csv
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from confusions import judge

FLOOR = 0.90


@pytest.mark.shared
def test_most_traps_are_seen_through(shared, aim):
    with (shared / "facts" / "confusions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {*aim.knowledge.skills, *aim.knowledge.credentials, "education", "experience", "any"}
    judged = [row for row in rows if row["id"] in known]
    wrong = [
        f"{row['n']} {row['text']!r}: {fault}" for row in judged if (fault := judge(row, aim.matcher, aim.headings))
    ]
    share = 1 - len(wrong) / len(judged)
    assert share >= FLOOR, f"{share:.1%} of {len(judged)} right; wrong:\n" + "\n".join(wrong)
