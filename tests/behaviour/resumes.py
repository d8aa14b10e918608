"""Resumes to try: the made-up ones of the accuracy suite, and the real ones beside the checkout where they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from pcc_assess import readers
from pcc_assess.aim import Aim
from pcc_assess.assess import assess_bytes
from pcc_assess.model import Assessment

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "accuracy" / "cases"
REAL = ROOT.parent / "shared" / "eval" / "dev"


def made_up() -> dict[str, str]:
    """Text by id, without the line of its name."""
    cases: list[dict[str, Any]] = [
        case for path in sorted(CASES.glob("*.yaml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    return {case["id"]: _without_name(case["text"]) for case in cases}


def _without_name(text: str) -> str:
    """A made-up resume begins with the person's name."""
    first, _, rest = text.lstrip().partition("\n")
    return rest if len(first.split()) <= 5 else text


def put_together() -> dict[str, str]:
    """The samples that ship, and long resumes of the sections of two made-up ones each, up to 29 in all."""
    samples = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "samples").iterdir())}
    bodies = list(made_up().items())
    pairs = zip(bodies[::4], bodies[2::4], strict=False)
    joined = {f"{one} + {other}": f"{above}\n\n{below}" for (one, above), (other, below) in pairs}
    return dict([*samples.items(), *joined.items()][:29])


def real() -> dict[str, str]:
    """Text by name of the file; none where the folder is missing."""
    from pcc_assess.catalog import parse_yaml

    found = {}
    for path in sorted(REAL.glob("*")) if REAL.is_dir() else []:
        found[path.name] = readers.read(path.read_bytes(), path.name, parse_yaml=parse_yaml, few_words=3).text
    return found


def assessed(text: str, aim: Aim, source: str = "resume.txt") -> Assessment:
    """A text through the whole pipeline."""
    return assess_bytes(text.encode(), source, aim)


def outcome(record: Assessment) -> tuple[Any, ...]:
    """Everything of an assessment that may not move: score, gates, and what each requirement earned."""
    ready = record.readiness
    return (
        (ready.score, ready.possible, ready.band, ready.gates, ready.barred_by),
        *((item.id, item.own, item.credit, item.points, item.points_open, item.status) for item in record.requirements),
    )


def moved(one: Assessment, other: Assessment) -> list[str]:
    """What differs between two assessments, in words."""
    before, after = outcome(one), outcome(other)
    return [f"{old} -> {new}" for old, new in zip(before, after, strict=True) if old != new]
