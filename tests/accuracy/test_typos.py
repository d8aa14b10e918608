"""Slips of the keyboard are mended, and mending them makes nothing up."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from confusions import profile_of
from typos import FAR_AWAY, plant

from pcc_assess.match.typos import Repairer

FLOOR = 95


class Silent(Repairer):
    """Mends nothing."""

    def meant(self, word, before="", after=""):
        return ()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nearly_all_planted_slips_are_found(aim, seed):
    planted = plant(aim.knowledge, 100, seed)
    missed = [
        f"{typo.skill}: {typo.written!r} for {typo.form!r} ({typo.kind})"
        for typo in planted
        if typo.skill not in profile_of(f"Skills\n{typo.written}\n", aim.matcher, aim.headings).skills
    ]
    assert len(planted) - len(missed) >= FLOOR, "\n".join(missed)


@pytest.mark.parametrize("text", FAR_AWAY, ids=range(len(FAR_AWAY)))
def test_mending_finds_nothing_more_in_far_away_lives(aim, text):
    silent = replace(aim.matcher, repairer=Silent(aim.matcher.lexicon))
    mended = profile_of(text, aim.matcher, aim.headings).skills
    assert mended.keys() == profile_of(text, silent, aim.headings).skills.keys()
    assert not [name for name in mended if aim.knowledge.skills[name].kind in ("technical", "duty")]
