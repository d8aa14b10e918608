"""Agreement with people who labelled real resumes; the floors are what may not be lost."""

import dataclasses
import sys

import pytest

from pcc_assess.aim import DEFAULT_ROLE, make_aim
from pcc_assess.assess import assess_file

FLOORS = {"technical": 0.90, "soft": 0.92, "ladder": 0.88, "all": 0.92, "credentials": 0.85}


@pytest.mark.shared
def test_findings_agree_with_labels(shared, monkeypatch):
    from datetime import date

    monkeypatch.setattr(sys, "path", [str(shared / "eval"), *sys.path])
    from evaluate import evaluate, read_jsonl

    aim = make_aim(DEFAULT_ROLE, "coordinator", date(2017, 1, 1))
    files = sorted((shared / "eval" / "dev").iterdir())
    found = [dataclasses.asdict(assess_file(str(path), aim)) for path in files]
    figures = evaluate(found, read_jsonl(str(shared / "eval" / "labels.jsonl")))
    low = {name: figures[name] for name, floor in FLOORS.items() if figures[name]["f1"] < floor}
    assert not low
    assert figures["credential_status_accuracy"] >= 0.9
    assert figures["education_accuracy"] >= 0.8
