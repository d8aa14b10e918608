"""One candidate of a batch, whatever it comes from, assessed."""

from __future__ import annotations

from pcc_assess import assess
from pcc_assess.aim import Aim
from pcc_assess.batch.inputs import Item
from pcc_assess.model import Assessment


def assess_item(item: Item, aim: Aim) -> Assessment:
    """The assessment of one candidate; it may run in a worker.

    Raises:
        InputError: the input is refused or unreadable.
        NothingToAssess: it holds no text to judge.
    """
    if item.data is not None:
        return assess.assess_bytes(item.data, item.source, aim)
    return assess.assess_file(item.path, aim)
