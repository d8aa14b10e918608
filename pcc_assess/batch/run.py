"""One run of a batch: candidates in, outcomes into the journal as they come, the results file out of the journal.

The order of the results is that of the inputs or of the scores, and never that in which workers finish; so the same
inputs give the same bytes with any number of workers, and after any number of interruptions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pcc_assess import __version__, disk
from pcc_assess.aim import Aim, make_aim
from pcc_assess.assess import assess_document
from pcc_assess.batch import outcomes, remote
from pcc_assess.batch.inputs import Item, find_items
from pcc_assess.batch.items import document_of
from pcc_assess.batch.journal import Journal, journal_of, stamp_of
from pcc_assess.batch.outputs import Form, Row, form_of
from pcc_assess.batch.results import Results
from pcc_assess.batch.spool import Spool
from pcc_assess.batch.tables import Notice, Reading
from pcc_assess.batch.workers import jobs_by_default, local
from pcc_assess.blind import blinded, blinded_failure, pseudonym_of
from pcc_assess.errors import OutputError, UsageError
from pcc_assess.knowledge import LevelId
from pcc_assess.limits import STANDARD, Limits
from pcc_assess.model import Failure
from pcc_assess.pseudonyms import WhoIsWho

# Called with how many candidates are done, and of how many.
Progress = Callable[[int, int], None]
# Called with all results and what they were compared with, while they can still be read.
Look = Callable[[Results, Aim], None]
# So many failures are told of by name in a summary; the results file has them all.
_MOST_TOLD = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is asked of a batch.

    ``inputs``: folders, files and patterns. ``output``: the results file, whose ending says its form. ``role``: id of a
    role, or the path of a role file. ``level``: None takes the role's usual one. ``as_of``: the day that the
    assessments are for. ``setting``: a kind of employer. ``jobs``: worker processes, 0 for as many as there are
    processors. ``reading``: how tables, zip files and lists are read. ``carry_on``: finish what an earlier run for the
    same output left. ``beside``: other files that the run writes, which are no inputs either. ``scheduler``: of the
    cluster that does the work; None does it here. ``blind``: the key for pseudonyms where nothing may say who people
    are, else empty; ``blind_key``: its file, beside which stands who is who.
    """

    inputs: tuple[str, ...]
    output: str
    role: str
    level: LevelId | None
    as_of: date
    language: str = "en"
    setting: str | None = None
    jobs: int = 0
    reading: Reading = field(default_factory=Reading)
    limits: Limits = STANDARD
    carry_on: bool = False
    beside: tuple[str, ...] = ()
    scheduler: str | None = None
    blind: bytes = b""
    blind_key: Path = Path()


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """``scored``, ``failed``: how many candidates were assessed, and how many not. ``failures``: the first of those,
    each with its reason, in the order of the inputs. ``same``, ``near``: how many repeat an earlier one. ``resumed``:
    how many an earlier run had done already.
    """

    scored: int
    failed: int
    failures: tuple[Failure, ...]
    same: int
    near: int
    resumed: int


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses one candidate after the other for the same aim, which each process makes once. With the key ``blind``
    nothing leaves it that says who a candidate is.
    """

    role: str
    level: LevelId | None
    as_of: date
    language: str = "en"
    setting: str | None = None
    limits: Limits = STANDARD
    blind: bytes = b""

    def prepare(self) -> Aim:
        """The aim with all that reading needs, made at the first call.

        Raises:
            UsageError: there is no such role or level.
            DataError: a data file is invalid.
        """
        return _aim(self)

    def __call__(self, item: Item) -> outcomes.Outcome:
        aim = self.prepare()
        document = document_of(item, aim)
        record = assess_document(document, aim)
        if self.blind:
            record = blinded(record, pseudonym_of(record.candidate, self.blind), aim.blind_rules)
        return outcomes.scored(record, document.text)

    def failed(self, failure: Failure) -> outcomes.Outcome:
        """The outcome of a candidate that was not scored."""
        if self.blind:
            failure = blinded_failure(failure, pseudonym_of(failure.candidate, self.blind))
        return outcomes.failed(failure)


@lru_cache(maxsize=1)
def _aim(task: Assessor) -> Aim:
    aim = make_aim(task.role, task.level, task.as_of, task.language, setting=task.setting, limits=task.limits)
    _ = aim.matcher, aim.headings, aim.blind_rules if task.blind else None
    return aim


def run_batch(
    run: Run, progress: Progress | None = None, notice: Notice | None = None, look: Look | None = None
) -> BatchSummary:
    """Assess all candidates and write the results file; what stood in its place stays until all is done.

    When a run is interrupted, a note on the interrupt says how to go on. ``progress`` is told of each candidate,
    ``notice`` of what is passed over and how tables are understood, and ``look`` is given all results at the end.

    Raises:
        InputError: there is no candidate.
        UsageError: no such role, level or form of output; or an unfinished run is in the way.
        DataError: a data file is invalid.
        OutputError: the output cannot be written.
    """
    make_form = form_of(Path(run.output))
    run = replace(run, output=remote.plain(run.output))
    _check_output(run)
    task = Assessor(run.role, run.level, run.as_of, run.language, run.setting, run.limits, run.blind)
    aim = task.prepare()
    with ExitStack() as stack, _spooled() as spool:
        people = stack.enter_context(WhoIsWho(run.blind_key)) if run.blind else None
        _list(run, task, spool, notice, people)
        with closing(Journal(run.output, _identity(run, aim), carry_on=run.carry_on)) as journal:
            spool.take_up(journal.entries() if run.carry_on else ())
            resumed = spool.counts()[0]
            with _noted(spool):
                _work(run, task, _Keeper(spool, journal, progress, people))
                results = Results(spool, journal)
                summary = _written(make_form(aim), results, run, resumed)
                if look is not None:
                    look(results, aim)
            journal.delete()
    return summary


@contextmanager
def _spooled() -> Iterator[Spool]:
    """A spool, whose troubles with the disk are told as such."""
    try:
        with closing(Spool()) as spool:
            yield spool
    except sqlite3.Error as error:
        message = f"the folder for temporary files cannot be used ({error})"
        raise OutputError(message, hint="free some space there, or name another folder in SQLITE_TMPDIR") from error


def _list(run: Run, task: Assessor, spool: Spool, notice: Notice | None, people: WhoIsWho | None) -> None:
    """Put down every candidate, so that their number is known and their order stays."""
    outputs, at_large = (run.output, journal_of(run.output), *run.beside), run.scheduler is not None
    reading = replace(run.reading, knowledge=task.prepare().knowledge, limits=run.limits)
    for found in find_items(run.inputs, reading, outputs=outputs, notice=notice, addresses=at_large):
        if isinstance(found, Failure):
            outcome = task.failed(found)
            spool.refuse(outcome.packed())
            if people is not None:
                people.add(outcome.id, found.candidate.source)
        else:
            spool.add(found)


def _identity(run: Run, aim: Aim) -> dict[str, str]:
    """What must not change between two parts of a run."""
    return {
        "role": aim.role.id,
        "level": aim.level,
        "setting": aim.setting.id if aim.setting else "",
        "as_of": run.as_of.isoformat(),
        "language": run.language,
        "blind": sha256(run.blind).hexdigest() if run.blind else "",
        "program": f"{__version__}+data.{aim.knowledge.version}",
        "role_content": sha256(repr(aim.role).encode("utf-8", "surrogatepass")).hexdigest(),
    }


@contextmanager
def _noted(spool: Spool) -> Iterator[None]:
    """Whatever ends a run early says that nothing is lost."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit) as stop:
        done = spool.counts()[0]
        stop.add_note(f"{done:,} of {spool.total:,} are done and kept; to go on, add --continue to the same command")
        raise
    except OutputError as error:
        error.hint = f"{error.hint}; then go on by adding --continue to the same command"
        raise


class _Keeper:
    """Takes outcomes down as they come."""

    def __init__(
        self, spool: Spool, journal: Journal, progress: Progress | None, people: WhoIsWho | None = None
    ) -> None:
        self.spool = spool
        self.journal = journal
        self.progress = progress
        self.people = people
        self.stamps: dict[int, tuple[bytes, str]] = {}
        self.sources: dict[int, str] = {}
        self.done = spool.counts()[0]

    def work(self) -> Iterator[tuple[int, Item]]:
        """The candidates still to be done; what they look like now is held until their outcome is there."""
        for number, key, item in self.spool.open_items():
            self.stamps[number] = key, stamp_of(item)
            self.sources[number] = item.source
            yield number, item

    def keep(self, outcomes_: Generator[tuple[int, bytes], None, None]) -> None:
        with closing(outcomes_):
            for number, packed in outcomes_:
                source = self.sources.pop(number)
                if self.people is not None:
                    self.people.add(str(outcomes.unpacked(packed)[0]["id"]), source)
                self.spool.record(number, self.journal.add(*self.stamps.pop(number), packed))
                self.told()

    def told(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.spool.total)


def _work(run: Run, task: Assessor, keeper: _Keeper) -> None:
    """Assess what is still to be assessed."""
    for number, packed in keeper.spool.refused():
        keeper.spool.record(number, keeper.journal.add(b"", "", packed))
        keeper.told()
    left = keeper.spool.total - keeper.spool.counts()[0]
    if left:
        keeper.keep(_engine(run, task, keeper.work(), left))
    keeper.journal.settle()


def _engine(
    run: Run, task: Assessor, work: Iterator[tuple[int, Item]], left: int
) -> Generator[tuple[int, bytes], None, None]:
    """Who does the work: processes of this machine, or a cluster."""
    if run.scheduler is None:
        return local(work, task, min(run.jobs or jobs_by_default(), left), run.limits)
    from pcc_assess.batch.cluster import spread

    return spread(work, task, run.scheduler, run.limits)


def _check_output(run: Run) -> None:
    """Whether the results can be written, before any work is done for them."""
    if not remote.is_address(run.output):
        disk.check_output(run.output)
    elif run.scheduler is None:
        raise UsageError("an address can be written to with --engine dask only", hint="name a file on this computer")
    else:
        remote.check(run.output)


def _written(form: Form, results: Results, run: Run, resumed: int) -> BatchSummary:
    """The results file made and put in its place."""
    same, near = results.find_twins()
    output = disk.Output(remote.beside(run.output), beside=disk.work_name(run.output))
    try:
        form.write(_rows(form, results, ranked=form.ranked or bool(run.blind)), output)
        output.finish()
    finally:
        output.discard()
    if remote.is_address(run.output):
        remote.put(remote.beside(run.output), run.output)
    done, scored = results.counts()
    return BatchSummary(scored, done - scored, results.failures(_MOST_TOLD), same, near, resumed)


def _rows(form: Form, results: Results, *, ranked: bool) -> Iterator[Row]:
    """The rows of a form. Blind results are always ranked: the order of file names tells of people too."""
    if form.lines:
        return ((line,) for line in results.lines(ranked=ranked))
    return map(form.row, results.records(ranked=ranked))
