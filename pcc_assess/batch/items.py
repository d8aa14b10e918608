"""One candidate of a batch, whatever it comes from, read and assessed."""

from __future__ import annotations

from pcc_assess import disk
from pcc_assess.aim import Aim
from pcc_assess.assess import assess_document, read_document
from pcc_assess.batch.inputs import Item
from pcc_assess.batch.rows import document_of_row
from pcc_assess.model import Assessment, Document


def document_of(item: Item, aim: Aim) -> Document:
    """What one candidate handed in, as a document; it may run in a worker.

    Raises:
        InputError: the input is refused or unreadable.
        NothingToAssess: it holds no text to judge.
    """
    if item.row is not None:
        return document_of_row(item.source, item.row, aim)
    data = item.data if item.data is not None else disk.read_input(item.path, aim.limits)
    return read_document(data, item.source, aim)


def assess_item(item: Item, aim: Aim) -> Assessment:
    """The assessment of one candidate; errors as in ``document_of``."""
    return assess_document(document_of(item, aim), aim)
