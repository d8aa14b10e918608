"""The best choice of a problem, as a small mixed-integer program on HiGHS: the only home of highspy.

The program is solved several times, each time for the next thing that choices are compared by, with all before it held
fast. Every solution is counted again in whole numbers, so that no tolerance of the solver can bend a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from pcc_assess.plan.problem import WEEK, Problem, Value, is_allowed, is_met, spans, value_of

# One gate outweighs all essential requirements together, and one of these all points.
_ESSENTIAL = 10_001
_GATE = 1_000_000
# A step that costs money outweighs all other steps.
_PAID = 1_000
# Everything that is compared is a whole number: half of one is room for the solver's tolerances.
_ROOM = 0.5
_CLOSE = 1e-3

Row = tuple[float, dict[int, float], float]  # low, coefficient of each column, high


def best_choice(problem: Problem) -> frozenset[int]:
    """The places of the best choice; the same for the same problem.

    Raises:
        RuntimeError: the solver broke a rule or found no choice at all, which no problem allows.
    """
    program = _Program(problem)
    misses, *goals = program.goals()
    chosen: frozenset[int] = frozenset()
    for goal in goals if program.can_be_met() else [misses, *goals]:
        chosen = program.minimize(goal)
    if not is_allowed(problem, chosen):
        raise RuntimeError("the chosen plan breaks a rule")
    return chosen


def nearest_choice(problem: Problem) -> frozenset[int]:
    """A choice that comes as near to the target as any; it may be slow and dear."""
    program = _Program(problem)
    return program.minimize(program.goals()[0])


def can_be_met(problem: Problem) -> bool:
    """Whether any choice meets the whole target."""
    return _Program(problem).can_be_met()


class _Program:
    """Columns: one for each candidate (chosen or not), its start, what of each requirement is reached, the weeks."""

    def __init__(self, problem: Problem) -> None:
        import highspy

        self.problem = problem
        self.count = len(problem.candidates)
        self.lower: list[float] = [0.0] * self.count
        self.upper: list[float] = [1.0] * self.count
        self.whole: list[bool] = [True] * self.count
        self.rows: list[Row] = []
        self.infinity = highspy.kHighsInf
        for place in problem.always:
            self.lower[place] = 1.0
        self.starts = [self._column(0.0, float(problem.horizon)) for _ in problem.candidates]
        everything = spans(problem.candidates, frozenset(range(self.count)))
        # No start is later than with everything chosen, and none is of use beyond the horizon.
        self.latest = [min(everything[place][0], problem.horizon) for place in range(self.count)]
        self.weeks = self._column(0.0, float(-(-problem.horizon // WEEK)), whole=True)
        self._rules()
        self._calendar()
        self.misses = self._misses()
        self.solver = self._solver(highspy)
        self.last: Any = None

    def _column(self, low: float, high: float, *, whole: bool = False) -> int:
        self.lower.append(low)
        self.upper.append(high)
        self.whole.append(whole)
        return len(self.lower) - 1

    def _at_least(self, low: float, terms: Iterable[tuple[int, float]]) -> None:
        self.rows.append((low, _summed(terms), self.infinity))

    def _at_most(self, high: float, terms: Iterable[tuple[int, float]]) -> None:
        self.rows.append((-self.infinity, _summed(terms), high))

    def _rules(self) -> None:
        problem = self.problem
        items = problem.candidates
        for place, item in enumerate(items):
            for group in item.needs:
                self._at_least(0, [*((other, 1) for other in group), (place, -1)])
        for group in problem.one_of:
            self._at_least(1, [(place, 1) for place in group])
        self._at_most(1, [(place, 1) for place, item in enumerate(items) if item.lane == "job"])
        if problem.budget is not None:
            self._at_most(problem.budget, [(place, item.cost) for place, item in enumerate(items)])
        if problem.most_steps is not None:
            steps = [(place, 1) for place, item in enumerate(items) if item.closes_gaps]
            self._at_most(problem.most_steps, steps)

    def _calendar(self) -> None:
        """Each start is no earlier than the lane, the days of the person and what it builds on allow."""
        items, starts = self.problem.candidates, self.starts
        for lane in self.problem.lanes:
            for place, following in pairwise(lane):
                self._at_least(0, [(starts[following], 1), (starts[place], -1), (place, -items[place].busy)])
        for place, item in enumerate(items):
            if item.not_before:
                self._at_least(0, [(starts[place], 1), (place, -item.not_before)])
            self._at_least(0, [(self.weeks, WEEK), (starts[place], -1), (place, -item.lasts)])
            if item.ends_from > self.problem.horizon:
                self.upper[place] = 0.0
            elif item.ends_from:
                self._at_least(0, [(self.weeks, WEEK), (place, -item.ends_from)])
        after_job = self._tasks_after_the_job()
        for place, item in enumerate(items):
            for other in {other for group in item.needs for other in group}:
                if place not in after_job or not self._is_before_the_job(other, place):
                    self._after(place, other)

    def _tasks_after_the_job(self) -> frozenset[int]:
        """The late tasks, where every one of them needs a job of the plan.

        Then they begin when the job has ended, whichever it is, and one column for its end saves many rules that
        hold only where both are chosen: with these the solver is slow.
        """
        items = self.problem.candidates
        late = [place for place in self.problem.lanes[1] if items[place].late]
        if not late or not all(self._job_group(place) for place in late):
            return frozenset()
        end = self._column(0.0, float(self.problem.horizon))
        for place, item in enumerate(items):
            if item.lane == "job":
                self._at_least(0, [(end, 1), (self.starts[place], -1), (place, -item.lasts)])
                if item.ends_from:
                    self._at_least(0, [(end, 1), (place, -item.ends_from)])
        self._at_least(0, [(self.starts[late[0]], 1), (end, -1)])
        return frozenset(late)

    def _job_group(self, place: int) -> tuple[int, ...]:
        """The jobs of which a candidate needs one, and nothing else will do; empty where there is no such need."""
        items = self.problem.candidates
        groups = (group for group in items[place].needs if all(items[other].lane == "job" for other in group))
        return next(groups, ())

    def _is_before_the_job(self, other: int, place: int) -> bool:
        """Whether ``other`` has ended in any case when the job that ``place`` waits for has."""
        items = self.problem.candidates
        first = items[other]
        if first.lane == "job":
            return True
        return (
            first.lane == "own"
            and not first.late
            and not first.ends_from
            and all(
                any(
                    len(group) == 1
                    and items[group[0]].lane == "own"
                    and not items[group[0]].late
                    and group[0] > other
                    and first.lasts <= first.busy + items[group[0]].lasts + items[job].lasts
                    for group in items[job].needs
                )
                for job in self._job_group(place)
            )
        )

    def _after(self, place: int, other: int) -> None:
        """``place`` begins when ``other`` has ended, where both are chosen.

        Between two of one lane the order of the lane gives the rest; elsewhere the rule must vanish where one of them
        is not chosen, lest it hold up the lane.
        """
        item, first = self.problem.candidates[place], self.problem.candidates[other]
        start, before, lasts = self.starts[place], self.starts[other], first.lasts
        slack = 0 if item.lane == first.lane != "job" else self.latest[other]
        size = lasts + slack
        self._at_least(lasts - 2 * size, [(start, 1), (before, -1), (other, -size), (place, -size)])
        if first.ends_from:
            until = first.ends_from
            self._at_least(-until, [(start, 1), (other, -until), (place, -until)])

    def _misses(self) -> dict[int, float]:
        """Gates and essential requirements that stay as they are, and the points below the target."""
        problem = self.problem
        cost: dict[int, float] = {}
        for names, weight, field in ((problem.gates, _GATE, "opens"), (problem.essentials, _ESSENTIAL, "clears")):
            for name in sorted(names):
                missed = self._column(0.0, 1.0)
                able = [(n, 1) for n, item in enumerate(problem.candidates) if name in getattr(item, field)]
                self._at_least(1, [(missed, 1), *able])
                cost[missed] = weight
        for place in problem.wanted:
            missed = self._column(0.0, 1.0)
            self._at_least(1, [(missed, 1), (place, 1)])
            cost[missed] = _GATE
        short = self._column(0.0, self.infinity)
        gained = list(self._reached())
        self._at_least(problem.target - sum(problem.have.values()), [(short, 1), *gained])
        cost[short] = 1
        return cost

    def _reached(self) -> Iterator[tuple[int, float]]:
        """For each requirement a ladder of what can be reached; each rung needs a chosen candidate that goes as far."""
        problem = self.problem
        for name, now in problem.have.items():
            able = {n: item.gives[name] for n, item in enumerate(problem.candidates) if name in item.gives}
            below = now
            for rung in sorted(set(able.values())):
                reached = self._column(0.0, 1.0)
                self._at_least(0, [(reached, -1), *((n, 1) for n, value in able.items() if value >= rung)])
                yield reached, rung - below
                below = rung

    def goals(self) -> list[_Goal]:
        """What choices are compared by, one after the other."""
        items = self.problem.candidates
        misses = _Goal(self.misses, lambda value: _GATE * value.missed[0] + _ESSENTIAL * value.missed[1] + value.short)
        weeks = _Goal({self.weeks: 1.0}, lambda value: value.weeks)
        cents = _Goal({n: float(item.cost) for n, item in enumerate(items) if item.cost}, lambda value: value.cents)
        ties = {n: float(1 + _PAID * (not item.action.free)) for n, item in enumerate(items)}
        rest = _Goal(ties, lambda value: _PAID * value.paid + value.steps)
        first = [weeks, cents] if self.problem.goal == "fastest" else [cents, weeks]
        return [misses, *first, rest]

    def _solver(self, highspy: Any) -> Any:
        class Quiet(highspy.Highs):  # type: ignore[misc]
            """A solver that does not print its name on standard output, which it does with its first call."""

            def enableCallbacks(self) -> None:  # noqa: N802 - the name is highspy's, whose constructor calls it
                self.setOptionValue("output_flag", False)

        solver = Quiet()
        options = {
            "threads": 1,
            "random_seed": 0,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.9,
            "mip_feasibility_tolerance": 1e-7,
            # Chosen by measurement: on programs of this size the solver's cleverness costs more than it saves.
            "mip_heuristic_run_rens": False,
            "mip_heuristic_run_rins": False,
            "mip_heuristic_run_feasibility_jump": False,
            "mip_heuristic_effort": 0.0,
            "mip_allow_restart": False,
            "mip_detect_symmetry": False,
            "mip_root_presolve_only": True,
            "mip_allow_cut_separation_at_nodes": False,
        }
        for name, value in options.items():
            solver.setOptionValue(name, value)
        solver.passModel(self._model(highspy))
        return solver

    def _model(self, highspy: Any) -> Any:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.lower), len(self.rows)
        model.col_cost_ = [0.0] * len(self.lower)
        model.col_lower_, model.col_upper_ = self.lower, self.upper
        model.row_lower_ = [row[0] for row in self.rows]
        model.row_upper_ = [row[2] for row in self.rows]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = [0, *accumulate(len(row[1]) for row in self.rows)]
        model.a_matrix_.index_ = [column for row in self.rows for column in row[1]]
        model.a_matrix_.value_ = [float(value) for row in self.rows for value in row[1].values()]
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in self.whole]
        return model

    def can_be_met(self) -> bool:
        """Whether a choice is there that misses nothing; then nothing may be missed from then on.

        This is far quicker than to look for the least that can be missed.
        """
        for column in self.misses:
            self.solver.changeColBounds(column, 0.0, 0.0)
        self.solver.run()
        if self.solver.getModelStatus() == self._optimal():
            self.last = self.solver.getSolution()
            chosen = frozenset(n for n in range(self.count) if self.last.col_value[n] > _ROOM)
            if is_allowed(self.problem, chosen) and is_met(value_of(self.problem, chosen)):
                return True
        self.last = None
        for column in self.misses:
            self.solver.changeColBounds(column, 0.0, self.upper[column])
        return False

    def minimize(self, goal: _Goal) -> frozenset[int]:
        """The choice with the least of ``goal``, which is held fast from then on."""
        columns = list(range(len(self.lower)))
        self.solver.changeColsCost(len(columns), columns, [goal.columns.get(column, 0.0) for column in columns])
        chosen, least = self._best(goal, warm=self.last is not None)
        held = sorted(goal.columns)
        terms = [goal.columns[column] for column in held]
        self.solver.addRow(-self.infinity, least + _ROOM, len(held), held, terms)
        return chosen

    def _best(self, goal: _Goal, *, warm: bool) -> tuple[frozenset[int], int]:
        """The best choice and what it is worth, counted in whole numbers and held against the bound of the solver.

        A solver that begins with an earlier solution may hand that one back although it found a better one in its
        shortened program (HiGHS 1.16); then it is asked again without.
        """
        if warm:
            self.solver.setSolution(self.last)
        else:
            self.solver.clearSolver()
        self.solver.run()
        if self.solver.getModelStatus() != self._optimal():
            raise RuntimeError("the solver found no plan")
        self.last = self.solver.getSolution()
        chosen = frozenset(n for n in range(self.count) if self.last.col_value[n] > _ROOM)
        least = goal.counted(value_of(self.problem, chosen))
        if least - self.solver.getInfo().mip_dual_bound < 1 - _CLOSE:
            return chosen, least
        if warm:
            return self._best(goal, warm=False)
        raise RuntimeError("the solver's plan is not the best one")

    def _optimal(self) -> Any:
        import highspy

        return highspy.HighsModelStatus.kOptimal


@dataclass(frozen=True, slots=True)
class _Goal:
    """Something to be small: a coefficient for each column, and the same counted in whole numbers."""

    columns: Mapping[int, float]
    counted: Callable[[Value], int]


def _summed(terms: Iterable[tuple[int, float]]) -> dict[int, float]:
    """A row may name a column twice."""
    row: dict[int, float] = {}
    for column, value in terms:
        row[column] = row.get(column, 0.0) + value
    return row
