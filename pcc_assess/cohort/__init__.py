"""Many assessments looked at together: sums and short lists that stay small, however many people come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pcc_assess.cohort.gains import Gains, State
from pcc_assess.cohort.records import (
    BandCount,
    Cell,
    ClassOffer,
    Doubt,
    Need,
    OneStep,
    OneTalk,
    Person,
    Row,
    Together,
)
from pcc_assess.cohort.tallies import Best, Standing, Taking, spread, value_at
from pcc_assess.errors import InputError
from pcc_assess.knowledge import Action, Importance, Knowledge, LevelId, Role
from pcc_assess.model import Assessment, Cost, Failure, Profile, RoleRef
from pcc_assess.plan.effects import after, done_already
from pcc_assess.score import assess_profile

__all__ = ["Cohort", "Together"]

_READY = "ready"
_WIDTH = 10  # points of a column of the histogram


class Cohort:
    """Takes in assessments and failures one by one, and says at any time what they show together.

    Args:
        role: what all of them are compared with, as it is at the employer aimed at.
        level: the rung of the career ladder.
        knowledge: the data files; the policy says how long each list may be and what a class is.
    """

    def __init__(self, role: Role, level: LevelId, knowledge: Knowledge) -> None:
        self.role, self.level, self.knowledge = role, level, knowledge
        rules = knowledge.policy.cohort
        self.rules = rules
        self.gains = Gains(role, level, knowledge)
        self.ready_at = next((band.at_least for band in knowledge.policy.bands if band.id == _READY), 100.0)
        self.classes = [action for action in knowledge.actions.values() if self._is_class(action)]
        self.steps = [
            action
            for action in knowledge.actions.values()
            if self.gains.touched[action.id] and action.weeks.high <= knowledge.policy.plan.step_weeks
        ]
        # the most that a step can bring anybody, for a quick look at who is near enough
        self.reach = {
            action.id: sum(self.gains.weights[name] for name in self.gains.touched[action.id]) for action in self.steps
        }
        self.gates = {gate.id for gate in role.gates if level in gate.levels}
        self.first: Assessment | None = None
        self.scores: Counter[int] = Counter()
        self.possible: Counter[int] = Counter()
        self.bands: Counter[str] = Counter()
        self.standings = {name: Standing() for name in self.gains.asked}
        self.takings = {action.id: Taking() for action in self.classes}
        self.rows: Best[Row] = Best(rules.rows)
        self.one_step: Best[OneStep] = Best(rules.names)
        self.one_talk: Best[OneTalk] = Best(rules.names)
        self.doubts: Best[Doubt] = Best(rules.names)
        self.failures: Best[Failure] = Best(rules.names)
        self.failed_by: Counter[str] = Counter()
        self.repeated = 0

    def add(self, record: Assessment | Failure) -> None:
        """Count one more; who has been counted with the very same file is not counted twice.

        Raises:
            InputError: it is an assessment for another role, level or kind of employer than those before.
        """
        if isinstance(record, Failure):
            self.failed_by[record.error.code] += 1
            self.failures.offer((record.candidate.source,), lambda: record)
            return
        self._check(record)
        if (repeats := record.candidate.duplicate) is not None and repeats.kind == "same":
            self.repeated += 1
            return
        ready = record.readiness
        self.scores[round(ready.score * 100)] += 1
        self.possible[round(ready.possible * 100)] += 1
        self.bands[ready.band] += 1
        for item in record.requirements:
            self.standings[item.id].add(item)
        self.rows.offer(_rank(record), lambda: _row(record))
        if record.input.quality != "good":
            self.doubts.offer((record.candidate.source,), lambda: _doubt(record))
        self._add_steps(record)

    def _check(self, record: Assessment) -> None:
        self.first = self.first or record
        asked = {item.id: round(item.weight * 100) for item in record.requirements}
        if record.role != self.first.role or asked != self.gains.weights:
            raise InputError(
                f"an assessment (role {record.role.id}, level {record.role.level}) does not fit the others or the role",
                where=record.candidate.source,
                hint="look at one role and level at a time; if the role has changed since, make the results again",
            )

    def _is_class(self, action: Action) -> bool:
        rules = self.rules
        fits = action.kind in rules.class_kinds and action.hours.high <= rules.class_hours
        return fits and not action.renews and not action.grants_years and bool(self.gains.touched[action.id])

    # --- what would help -------------------------------------------------------------------------------

    def _add_steps(self, record: Assessment) -> None:
        states = self.gains.states(record)
        waiting = frozenset(item.id for item in record.requirements if item.is_open)
        behind: dict[str, bool] = {}
        for action in self.classes:
            gain = self.gains.of(action, record, states, waiting)
            if gain.points < 100 * self.rules.least_gain:
                continue
            taking = self.takings[action.id]
            if self._comes_first(action, record.profile, behind):
                taking.waiting += 1
            else:
                taking.gains[gain.points] += 1
                taking.open_points += gain.open_
        if record.readiness.score >= self.ready_at and not _bars(record, self.knowledge.policy.half_credit):
            return
        self._add_one_step(record, states, waiting)
        self._add_one_talk(record)

    def _comes_first(self, action: Action, profile: Profile, behind: dict[str, bool]) -> bool:
        """Whether the person lacks something that must come before the action; ``behind``: what was looked up."""
        for name in action.requires:
            if name not in behind:
                behind[name] = done_already(profile, self.knowledge.actions[name], self.knowledge)
        return not all(behind[name] for name in action.requires)

    def _add_one_step(self, record: Assessment, states: dict[str, State], waiting: frozenset[str]) -> None:
        bars = _bars(record, self.knowledge.policy.half_credit)
        school = bars & self.gates
        lacking = round(100 * (self.ready_at - record.readiness.score))
        enough: list[tuple[Action, float]] = []
        behind: dict[str, bool] = {}
        for action in self.steps:
            opens = bars - self.gates <= set(self.gains.touched[action.id]) and (not school or action.grants_education)
            if not opens or self.reach[action.id] < lacking:
                continue
            if self.gains.of(action, record, states, waiting).points < lacking:
                continue
            if self._comes_first(action, record.profile, behind):
                continue
            profile = after(record.profile, action, self.knowledge)
            then = assess_profile(profile, self.role, self.level, self.knowledge).readiness
            if then.score >= self.ready_at and not then.barred_by:
                enough.append((action, then.score))
        if enough:
            action, score = min(enough, key=lambda pair: _effort(pair[0]))
            self.one_step.offer(
                _rank(record),
                lambda: OneStep(person=_person(record), action=action.id, title=action.title, score_after=score),
            )

    def _add_one_talk(self, record: Assessment) -> None:
        needed = _answers_needed(record, self.ready_at, self.knowledge.policy.half_credit)
        if needed and needed <= self.rules.talk_questions:
            rank = (needed, *_rank(record))
            self.one_talk.offer(rank, lambda: OneTalk(person=_person(record), questions=needed))

    # --- the whole -------------------------------------------------------------------------------------

    def together(self, version: str, as_of: str, role: RoleRef) -> Together:
        """What was taken in so far.

        Args:
            version: of program and data. as_of: the day that the assessments are for (ISO 8601).
            role: how the role is called where nobody was scored.
        """
        first = self.first
        return Together(
            version=first.version if first else version,
            as_of=first.as_of if first else as_of,
            role=first.role if first else role,
            scored=self.scores.total(),
            failed=self.failed_by.total(),
            repeated=self.repeated,
            columns=tuple(self._columns()),
            bands=tuple(self._bands()),
            spread=spread(self.scores),
            possible=spread(self.possible),
            needs=tuple(self._needs()),
            classes=tuple(sorted(self._offers(), key=lambda item: (-item.points, item.hours_high, item.id))),
            least_gain=self.rules.least_gain,
            rows=self.rows.all(),
            steps=self.one_step.all(),
            step_people=self.one_step.seen,
            talks=self.one_talk.all(),
            talk_people=self.one_talk.seen,
            failures=self.failures.all(),
            failed_by=dict(sorted(self.failed_by.items())),
            doubts=self.doubts.all(),
            doubtful=self.doubts.seen,
        )

    def _columns(self) -> Iterator[int]:
        for start in range(0, 100, _WIDTH):
            end = start + _WIDTH if start + _WIDTH < 100 else 101
            yield sum(count for score, count in self.scores.items() if 100 * start <= score < 100 * end)

    def _bands(self) -> Iterator[BandCount]:
        for band in sorted(self.knowledge.policy.bands, key=lambda band: -band.at_least):
            yield BandCount(id=band.id, people=self.bands[band.id])

    def _needs(self) -> Iterator[Need]:
        for name, (item, ask) in self.gains.asked.items():
            standing = self.standings[name]
            importance: Importance = ask.importance
            yield Need(
                id=name,
                name=item.name,
                importance=importance,
                weight=self.gains.weights[name] / 100,
                states=dict(sorted(standing.states.items())),
                gap_people=standing.gap_people,
                gap_points=standing.gap_points / 100,
                open_people=standing.open_people,
                open_points=standing.open_points / 100,
            )

    def _offers(self) -> Iterator[ClassOffer]:
        for action in self.classes:
            taking = self.takings[action.id]
            if taking.gains:
                cost = action.cost
                yield ClassOffer(
                    id=action.id,
                    title=action.title,
                    hours_low=action.hours.low,
                    hours_high=action.hours.high,
                    weeks_low=action.weeks.low,
                    weeks_high=action.weeks.high,
                    cost_usd=Cost(low=cost.low, high=cost.high, as_of=cost.as_of, source=cost.source) if cost else None,
                    seats=taking.gains.total(),
                    waiting=taking.waiting,
                    points=sum(gain * people for gain, people in taking.gains.items()) / 100,
                    open_points=taking.open_points / 100,
                    median=value_at(taking.gains, 1, 2),
                )


# --- one person ------------------------------------------------------------------------------------------


def _bars(record: Assessment, half_credit: float) -> frozenset[str]:
    """What keeps a person from "ready" whatever their score: gates, and essential requirements below half credit."""
    gates = (gate.id for gate in record.readiness.gates if gate.status != "met")
    low = (
        item.id for item in record.requirements if item.importance == "essential" and (item.credit or 0.0) < half_credit
    )
    return frozenset((*gates, *low))


def _answers_needed(record: Assessment, ready_at: float, half_credit: float) -> int:
    """How many open questions, answered well, would make a person "ready"; 0 where no number of them would."""
    gates = {gate.id: gate.status for gate in record.readiness.gates if gate.status != "met"}
    left = {item.id: round(item.points_open * 100) for item in record.requirements if item.is_open}
    bars = _bars(record, half_credit) - gates.keys()
    if "not-met" in gates.values() or not bars <= left.keys():
        return 0
    lacking = round(100 * (ready_at - record.readiness.score)) - sum(left[name] for name in bars)
    needed = len(gates) + len(bars)
    for points in sorted((points for name, points in left.items() if name not in bars), reverse=True):
        if lacking <= 0:
            break
        lacking -= points
        needed += 1
    return needed if lacking <= 0 else 0


def _rank(record: Assessment) -> tuple[float | str, ...]:
    """The highest score first, then what is the same on every run."""
    return -record.readiness.score, record.candidate.id, record.candidate.source


def _person(record: Assessment) -> Person:
    who = record.candidate
    return Person(id=who.id, source=who.source, name=who.name, score=record.readiness.score)


def _row(record: Assessment) -> Row:
    cells = tuple(Cell(credit=item.credit, confirm=item.confirm) for item in record.requirements)
    return Row(person=_person(record), band=record.readiness.band, cells=cells)


def _doubt(record: Assessment) -> Doubt:
    return Doubt(person=_person(record), quality=record.input.quality, notes=record.input.notes)


def _effort(action: Action) -> tuple[bool, float, float, str]:
    """Free actions first, then the cheaper, the shorter."""
    return not action.free, action.cost.high if action.cost else float("inf"), action.hours.high, action.id


def gather(records: Iterable[Assessment | Failure], cohort: Cohort) -> Cohort:
    """All of ``records`` taken in."""
    for record in records:
        cohort.add(record)
    return cohort
