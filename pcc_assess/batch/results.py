"""The results of a run, one after the other out of its journal, as often as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from pcc_assess.batch.journal import Journal
from pcc_assess.batch.spool import Found, Spool
from pcc_assess.model import Assessment, Duplicate, Failure
from pcc_assess.renderers.json_ import from_line, to_line

_NO_DUPLICATE = b'"duplicate":null'


class Results:
    """What became of all candidates. Nothing of it stands in memory."""

    def __init__(self, spool: Spool, journal: Journal) -> None:
        self._spool = spool
        self._journal = journal

    def counts(self) -> tuple[int, int]:
        """How many candidates there are, and how many of these were scored."""
        return self._spool.counts()

    def find_twins(self) -> tuple[int, int]:
        """Find out who repeats whom; must come before anything is read. Gives how many repeat an earlier candidate
        exactly, and how many nearly.
        """
        return self._spool.find_twins()

    def lines(self, *, ranked: bool = False) -> Iterator[bytes]:
        """Every result as a line of JSON with its line end, in the order of the inputs, or the best first."""
        return (self._line(found) + b"\n" for found in self._spool.results(ranked=ranked))

    def records(self, *, ranked: bool = False) -> Iterator[Assessment | Failure]:
        """The same as records."""
        return (from_line(self._line(found)) for found in self._spool.results(ranked=ranked))

    def failures(self, most: int) -> tuple[Failure, ...]:
        """The first few candidates that were not scored, in the order of the inputs."""
        found = (from_line(self._line(each)) for each in self._spool.unscored(most))
        return tuple(each for each in found if isinstance(each, Failure))

    def _line(self, found: Found) -> bytes:
        line = self._journal.line(found.place, found.size)
        if found.first is None:
            return line
        # A quotation mark of the candidate's own is written as \", so that this can only be the field.
        duplicate = to_line(Duplicate(of=found.first, kind=found.kind))
        return line.replace(_NO_DUPLICATE, b'"duplicate":' + duplicate, 1)
