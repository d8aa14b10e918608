"""What many assessments say together: frozen records, of one size for ten people and for a million."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pcc_assess.knowledge import Importance
from pcc_assess.model import Cost, Failure, RoleRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Five points of a distribution of scores, each a score that somebody has, and their mean."""

    lowest: float
    quarter: float
    median: float
    three_quarters: float
    highest: float
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BandCount:
    id: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """How all people stand on one requirement.

    ``weight``: its points. ``states``: how many people are in each state (``met``, ``partial``, ``missing``,
    ``not-assessed``, ``confirm``, ``in-progress``, ``expired``), without those that nobody is in. ``gap_people`` and
    ``gap_points``: who was judged and falls short, and the points that they miss together; ``open_people`` and
    ``open_points`` the same for what could not be judged.
    """

    id: str
    name: str
    importance: Importance
    weight: float
    states: dict[str, int]
    gap_people: int
    gap_points: float
    open_people: int
    open_points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassOffer:
    """A class that a group could take, and what it would bring.

    ``seats``: people who gain at least the policy's least gain and have behind them what comes first; ``waiting``:
    those who gain as much and have not. ``points``: what all seats gain together, ``open_points`` the part of it where
    the person's file does not say what they can do. ``median``: of the gains of the seats. ``cost_usd``: of one seat,
    null where no source states it.
    """

    id: str
    title: str
    hours_low: float
    hours_high: float
    weeks_low: float
    weeks_high: float
    cost_usd: Cost | None
    seats: int
    waiting: int
    points: float
    open_points: float
    median: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to be named in a list: ``name`` null where the file does not tell it."""

    id: str
    source: str
    name: str | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OneStep:
    """A person whom one action would bring to "ready", and the score then."""

    person: Person
    action: str
    title: str
    score_after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTalk:
    """A person who would be "ready" if this many of their open questions were answered well, and not with fewer."""

    person: Person
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One person on one requirement: the credit from 0 to 1, null where it could not be judged."""

    credit: float | None
    confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person of the heat map; cells stand in the order of ``Together.needs``."""

    person: Person
    band: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A file that was scored and could not be read with certainty."""

    person: Person
    quality: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Many assessments of one role and level. ``repeated``: files that are the same as another one, and not counted.

    ``columns``: people by score, from 0 to under 10 and so on; 100 counts in the last. ``spread`` and
    ``possible``: null where nobody was scored. ``rows``, ``steps``, ``talks``, ``failures`` and ``doubts`` hold at most
    as many as the policy lists; the number of all stands beside each.
    """

    version: str
    as_of: str
    role: RoleRef
    scored: int
    failed: int
    repeated: int
    columns: tuple[int, ...]
    bands: tuple[BandCount, ...]
    spread: Spread | None
    possible: Spread | None
    needs: tuple[Need, ...]
    classes: tuple[ClassOffer, ...]
    least_gain: float
    rows: tuple[Row, ...]
    steps: tuple[OneStep, ...]
    step_people: int
    talks: tuple[OneTalk, ...]
    talk_people: int
    failures: tuple[Failure, ...]
    failed_by: dict[str, int]
    doubts: tuple[Doubt, ...]
    doubtful: int


# --- the same people at two times ------------------------------------------------------------------------

# How somebody was known again: by the number that their table gives them, by the same content, by the place or the name
# of their file, or by their own name.
Way = Literal["given-id", "content", "place", "file", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One person at two times. ``closed``: ids of requirements that are met now and were not.

    ``look``: ``down`` for a lower score, ``stalled`` for the same one short of "ready". ``lost``: the requirement that
    cost most of what was lost, with its ``lost_points``, below 0.
    """

    before: Person
    after: Person
    way: Way
    points: float
    band_before: str
    band_after: str
    closed: tuple[str, ...]
    lost: str | None
    lost_points: float
    look: Literal["down", "stalled", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedBand:
    before: str
    after: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A requirement that some people meet now and did not, and what it brought all of them."""

    id: str
    name: str
    people: int
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    person: Person
    scored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A caseload at two days. ``ways``: how many people were known again in which way.

    ``moves``: everybody scored both times, who gained most first. ``unread``: scored before and not now. ``gone`` and
    ``come``: in one of the two results only. ``steady``: who moved by fewer points stands where they stood.
    """

    schema: Literal["pcc-assess/progress/1"] = "pcc-assess/progress/1"
    before: str
    after: str
    role: RoleRef
    cautions: tuple[str, ...]
    steady: float
    ways: dict[str, int]
    moves: tuple[Moved, ...]
    bands: tuple[MovedBand, ...]
    closed: tuple[Closed, ...]
    unread: tuple[Unmatched, ...]
    gone: tuple[Unmatched, ...]
    come: tuple[Unmatched, ...]
