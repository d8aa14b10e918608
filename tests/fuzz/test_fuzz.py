"""Damaged files end in a score or a named error: a short run here, the long one by ``python tests/fuzz/fuzz.py``."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from fuzz import REGRESSIONS, outcome, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import honest, many

from pcc_assess.aim import Aim
from pcc_assess.errors import PccError
from pcc_assess.readers import READERS

EACH = 25


@pytest.fixture(scope="module", autouse=True)
def _warm(aim: Aim) -> None:
    """What the processes apart share is made once, before they are forked."""
    assert aim.matcher is not None
    assert aim.headings.openers


def test_honest_files_are_scored(aim: Aim) -> None:
    ends = {name: outcome(name, data, aim) for name, data in honest().items() if not name.endswith(".csv")}
    assert set(ends.values()) == {"scored"}


def test_damaged_files_end_in_a_score_or_a_named_error(aim: Aim) -> None:
    counted, faults = run(many(20_261_126, EACH * len(honest())), aim)
    assert faults == []
    assert counted["scored"] > 0


@pytest.mark.parametrize("file", sorted(REGRESSIONS.glob("*-*")), ids=lambda path: path.name)
def test_what_once_failed_stays_mended(file: Path, aim: Aim) -> None:
    end = outcome(file.name.partition("-")[2], file.read_bytes(), aim)
    assert not end.startswith("FAULT")


@pytest.mark.parametrize("kind", sorted(READERS))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_a_reader_gives_text_or_a_named_error(kind: str, data: bytes) -> None:
    from pcc_assess.limits import STANDARD
    from pcc_assess.readers import _reader

    if kind == "pdf":
        data = b"%PDF-1.4\n" + data
    with suppress(PccError):
        content = _reader(kind)(data, "file", STANDARD)
        assert all(isinstance(page, str) for page in content.pages)
