"""A sheet as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pcc_assess.renderers import pages
from pcc_assess.renderers.sheets import Block, Head, Item
from pcc_assess.texts import Texts


@dataclass(frozen=True, slots=True)
class _Shown:
    """One block, or the items of one list. ``kind``: its class; ``heading``: what it stands under."""

    kind: str
    all: tuple[Block, ...]
    heading: str

    @property
    def one(self) -> Block:
        return self.all[0]


def sheet_page(blocks: Iterable[Block], texts: Texts) -> str:
    """The page of a sheet; its first heading is the title."""
    shown = list(_grouped(blocks))
    title = next((block.one.text for block in shown if isinstance(block.one, Head)), "")
    return pages.page("sheet", texts, title=title, blocks=shown)


def _grouped(blocks: Iterable[Block]) -> Iterator[_Shown]:
    heading = ""
    # items that follow each other are one list, and every other block stands alone
    for _, group in groupby(enumerate(blocks), key=lambda pair: -1 if isinstance(pair[1], Item) else pair[0]):
        found = tuple(block for _place, block in group)
        if isinstance(found[0], Head):
            heading = found[0].text
        yield _Shown(type(found[0]).__name__, found, heading)
