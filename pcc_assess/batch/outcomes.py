"""What becomes of one candidate of a batch, as bytes: the line of the results with the little that a run must know of
it.

A worker sends these bytes, the journal keeps them, and every results file is made of them. Nothing that a worker sends
is unpickled, so that a file which takes over a worker has not taken over the run.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from pcc_assess.batch.likeness import sketch_of
from pcc_assess.model import Assessment, Failure
from pcc_assess.renderers.json_ import to_line

_RESULT = b',"result":'


class Outcome(NamedTuple):
    """``line``: the assessment or failure as one line of JSON, without the line end. ``id``, ``source``: as they stand
    in it. ``score``: None where the candidate was not scored. ``sketch``: see ``likeness``; empty where there is none.
    """

    line: bytes
    id: str
    source: str
    score: float | None = None
    sketch: bytes = b""

    def packed(self) -> bytes:
        """One JSON object without a line end."""
        head = {"id": self.id, "source": self.source, "score": self.score, "sketch": self.sketch.hex()}
        return json.dumps(head, separators=(",", ":")).encode()[:-1] + _RESULT + self.line + b"}"


def unpacked(data: bytes) -> tuple[dict[str, object], int, int]:
    """The head of a packed outcome, and where in ``data`` its line begins and ends.

    Raises:
        ValueError: ``data`` is no such thing.
    """
    place = data.index(_RESULT)  # in a text of the head the quotation mark would have a backslash before it
    head = json.loads(data[:place] + b"}")
    return head, place + len(_RESULT), len(data) - 1


def scored(assessment: Assessment, text: str) -> Outcome:
    """The outcome of a candidate that was assessed; ``text`` is what was read."""
    who = assessment.candidate
    return Outcome(to_line(assessment), who.id, who.source, assessment.readiness.score, sketch_of(text))


def failed(failure: Failure) -> Outcome:
    """The outcome of a candidate that was not."""
    return Outcome(to_line(failure), failure.candidate.id, failure.candidate.source)
