"""Many candidate files assessed alike: inputs found, shared out, and written to one file in the order of the
inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from pcc_assess import assess, disk
from pcc_assess.aim import Aim, make_aim
from pcc_assess.batch.engines import Record, in_turn, jobs_by_default, local
from pcc_assess.batch.inputs import Inputs, find_inputs
from pcc_assess.batch.outputs import Form, Row, form_of, rank_key
from pcc_assess.errors import OutputError
from pcc_assess.knowledge import LevelId
from pcc_assess.model import Assessment, Failure

__all__ = ["Assessor", "BatchSummary", "find_inputs", "in_turn", "jobs_by_default", "local", "run_batch"]

# Called with how many files are done, and of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """``scored``: how many were assessed. ``failures``: the others, each with its reason, in the order of the
    output.
    """

    scored: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses one file after the other for the same aim, which each process makes once."""

    role: str
    level: LevelId | None
    as_of: date
    language: str = "en"
    setting: str | None = None

    def prepare(self) -> Aim:
        """The aim, made at the first call.

        Raises:
            UsageError: there is no such role or level.
            DataError: a data file is invalid.
        """
        return _aim(self.role, self.level, self.as_of, self.language, self.setting)

    def __call__(self, path: str) -> Assessment:
        return assess.assess_file(path, self.prepare())


@lru_cache(maxsize=1)
def _aim(role: str, level: LevelId | None, as_of: date, language: str, setting: str | None) -> Aim:
    return make_aim(role, level, as_of, language, setting=setting)


def run_batch(  # noqa: PLR0913 - one argument for each option of the command
    inputs: Sequence[str],
    output: Path,
    *,
    role: str,
    level: LevelId | None,
    as_of: date,
    jobs: int = 1,
    progress: Progress | None = None,
    language: str = "en",
    setting: str | None = None,
) -> BatchSummary:
    """Assess all candidate files and write one line for each, in the order of the inputs.

    Args:
        inputs: folders, files and patterns.
        output: a ``.jsonl`` or ``.csv`` file. What stood there stays until all is done. When the run is
        interrupted, what
            was finished is kept in ``NAME.partial``, and a note on the interrupt says so.
        role: id of a role, or the path of a role file.
        level: the rung of the career ladder; None takes the role's usual one.
        as_of: the day that the assessments are for.
        jobs: processes; 1 stays in this one, 0 takes as many as there are processors.
        progress: where given, called with how many files are done, and of how many.
        language: the language of names and sentences.
        setting: the id of a kind of employer that changes what the role asks.

    Raises:
        InputError: there is no file to assess.
        UsageError: no such role, level or output format.
        DataError: a data file is invalid.
        OutputError: the output cannot be written.
    """
    form = form_of(output)
    assess_one = Assessor(role, level, as_of, language, setting)
    found = find_inputs(inputs, str(output))
    aim = assess_one.prepare()
    writing = _Writing(form(aim), disk.Output(output), progress, found)
    try:
        writing.all(local(found.files, assess_one, jobs or jobs_by_default()))
    except (KeyboardInterrupt, SystemExit) as stop:
        writing.keep(stop)
        raise
    finally:
        writing.file.discard()
    return BatchSummary(writing.done - writing.failed_files, tuple(writing.failures))


class _Writing:
    """The output of a run, with what has been counted so far."""

    def __init__(self, form: Form, file: disk.Output, progress: Progress | None, found: Inputs) -> None:
        self.form = form
        self.file = file
        self.progress = progress
        self.found = found
        self.rows: list[tuple[tuple[float, str, str], Row]] = []
        self.failures: list[Failure] = []
        self.done = 0
        self.failed_files = 0

    def all(self, results: Generator[Record, None, None]) -> None:
        """Write every line, then put the file in its place."""
        for failure in self.found.failures:
            self.write(failure)
        with closing(results):
            for record in results:
                self.write(record)
                self.done += 1
                self.failed_files += isinstance(record, Failure)
                if self.progress is not None:
                    self.progress(self.done, len(self.found.files))
        self.write_rows()
        self.file.finish()

    def write(self, record: Record) -> None:
        self.rows.append((rank_key(record), self.form.row(record)))
        if isinstance(record, Failure):
            self.failures.append(record)

    def write_rows(self) -> None:
        if self.form.ranked:
            self.rows.sort(key=itemgetter(0))
        self.form.write((row for _, row in self.rows), self.file)

    def keep(self, stop: BaseException) -> None:
        """Keep what is finished of a run that is broken off, and say so in a note on what broke it off."""
        with suppress(OutputError):
            self.write_rows()
            place = self.file.keep_partial()
            stop.add_note(f"{self.done} of {len(self.found.files)} files were finished; they are kept in {place}")
