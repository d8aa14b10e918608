"""What a batch would read, found out without reading it: how many candidates of which kind, and what is refused."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pcc_assess.assess import failure_of
from pcc_assess.batch.inputs import Item, find_items
from pcc_assess.batch.tables import PassedOver, Reading, TableRead
from pcc_assess.disk import open_input
from pcc_assess.errors import InputError, PccError, printable
from pcc_assess.limits import Limits
from pcc_assess.model import Failure

_HEAD = 4096
_ZIP = b"PK\x03\x04"
MOST_LISTED = 1000  # of what is not read; a longer list helps nobody


@dataclass(slots=True)
class Outlook:
    """What was found. ``files``: endings of files, also of members of zip files, each with how many there are.
    ``tables``: how each table is understood. ``rows``: by table, how many rows are candidates. ``failures`` and
    ``passed``: the first of what would not be read, and ``failed`` and ``left``: how many in all.
    """

    files: Counter[str] = field(default_factory=Counter)
    tables: list[TableRead] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    passed: list[PassedOver] = field(default_factory=list)
    failed: int = 0
    left: int = 0

    def notice(self, told: PassedOver | TableRead) -> None:
        """Take down what the search tells."""
        if isinstance(told, TableRead):
            self.tables.append(told)
            return
        self.left += 1
        if len(self.passed) < MOST_LISTED:
            self.passed.append(told)

    def fail(self, failure: Failure) -> None:
        """Take down what would not be read."""
        self.failed += 1
        if len(self.failures) < MOST_LISTED:
            self.failures.append(failure)


def look(inputs: Sequence[str], reading: Reading, outputs: Sequence[str] = ()) -> Outlook:
    """Everything that a batch with these inputs would read.

    Raises:
        InputError: there is no candidate at all.
        UsageError: a column was given a meaning that does not exist.
    """
    outlook = Outlook()
    for found in find_items(inputs, reading, outputs=outputs, notice=outlook.notice):
        if isinstance(found, Failure):
            outlook.fail(found)
        elif found.row is not None:
            outlook.rows[found.source.rpartition("#" if _is_flat(found.source) else ":")[0]] += 1
        else:
            refusal = _refusal(found, reading.limits)
            if refusal is not None:
                outlook.fail(failure_of(refusal, found.source))
            else:
                outlook.files[_ending(found.member or found.path)] += 1
    return outlook


def _is_flat(source: str) -> bool:
    """Whether a row stands in a table without sheets (``people.csv#12``)."""
    return source.rpartition("#")[2].isdecimal()


def _ending(name: str) -> str:
    return Path(name).suffix.lower().lstrip(".")


def _refusal(item: Item, limits: Limits) -> PccError | None:
    """Why a file would be refused, as far as its kind, size and first bytes tell."""
    from pcc_assess.readers import sniff

    try:
        if item.data is None:
            with open_input(item.path) as file:
                size, head = os.fstat(file.fileno()).st_size, file.read(_HEAD)
        else:
            size, head = len(item.data), item.data[:_HEAD]
        if not head:
            return InputError("the file is empty", hint="check that the resume was saved")
        if size > limits.bytes("file_mb"):
            return limits.exceeded("file_mb", printable(item.source))
        if not head.startswith(_ZIP):
            sniff(head, printable(item.source), limits)
    except OSError:
        return InputError("the file cannot be read", hint="check the disk, or copy the file")
    except PccError as error:
        return error
    return None
