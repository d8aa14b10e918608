"""Many people looked at together, from the results of a batch: a page, a few lines, or what changed since last time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from pcc_assess.cli.ending import tell
from pcc_assess.cli.options import OPEN
from pcc_assess.errors import InputError, UsageError, printable
from pcc_assess.limits import Limits

# So many results are read again without being asked to; more of them take a while.
_MOST_BY_THE_WAY = 1_000

if TYPE_CHECKING:
    from pcc_assess.aim import Aim
    from pcc_assess.batch import Results
    from pcc_assess.cohort import Together
    from pcc_assess.cohort.records import Progress
    from pcc_assess.model import Assessment, Failure
    from pcc_assess.renderers import Look


def together(records: Iterable[Assessment | Failure], aim: Aim) -> Together:
    """All records of one aim looked at together."""
    from pcc_assess import __version__
    from pcc_assess.cohort import Cohort, gather
    from pcc_assess.model import RoleRef

    setting = aim.setting.id if aim.setting else None
    role = RoleRef(id=aim.role.id, title=aim.role.ranks[aim.level].title, level=aim.level, setting=setting)
    cohort = gather(records, Cohort(aim.role, aim.level, aim.knowledge))
    return cohort.together(f"{__version__}+data.{aim.knowledge.version}", aim.as_of.isoformat(), role)


def page_of(record: Together, aim: Aim) -> str:
    """The page about many people."""
    from pcc_assess.renderers import wording_of
    from pcc_assess.renderers.caseload import page

    return page(record, wording_of(aim.role, aim.level, aim.knowledge, aim.setting))


def in_short(record: Together, aim: Aim, look: Look) -> str:
    """What it shows in a few lines."""
    from pcc_assess.renderers import caseload, wording_of

    return caseload.in_short(record, wording_of(aim.role, aim.level, aim.knowledge, aim.setting), look)


class Caseload:
    """What a batch does with all its results: the page where one is asked for, and the lines that end the run.

    Args:
        page: the file of the page; None for none.
        look: how the lines must look.
    """

    def __init__(self, page: str | None, look: Look) -> None:
        self.page, self.look, self.lines = page, look, ""
        if page is None:
            return
        from pcc_assess.disk import check_output

        if not page.lower().endswith((".html", ".htm")):
            raise UsageError("a report is a page", where=printable(page), hint="use --report cohort.html")
        check_output(page)

    def __call__(self, results: Results, aim: Aim) -> None:
        """Read all results once more; without a page, only where that is done in a moment."""
        if self.page is None and results.counts()[1] > _MOST_BY_THE_WAY:
            return
        record = together(results.records(), aim)
        if self.page is not None:
            from pcc_assess.disk import write_output

            write_output(self.page, page_of(record, aim))
        self.lines = in_short(record, aim, self.look)

    def tell(self) -> None:
        """The lines, and where the page is."""
        tell(*self.lines.splitlines())
        if self.page is not None:
            tell(f"the report is in {self.page}; {OPEN}")


def results_page(file: str, role: str | None, language: str, limits: Limits) -> str:
    """The page about the people of a results file.

    Raises:
        InputError: it cannot be read, or holds nobody who was scored.
    """
    with ExitStack() as stack:
        records, aim = _read(stack, file, role, language, limits)
        return page_of(together(records, aim), aim)


def progress_of(files: list[str], role: str | None, language: str, limits: Limits) -> tuple[Progress, Aim]:
    """What changed between two results files, the older one first.

    Raises:
        UsageError: these are not two files. InputError: they cannot be read, or not compared in fairness.
    """
    from pcc_assess.cohort.progress import progress

    if len(files) != 2:
        raise UsageError("--cohort takes two results files", hint="pcc-assess compare --cohort OLD.jsonl NEW.jsonl")
    with ExitStack() as stack:
        old, _ = _read(stack, files[0], role, language, limits)
        new, aim = _read(stack, files[1], role, language, limits)
        return progress(old, new, aim.knowledge.policy, aim.knowledge.texts), aim


def _read(
    stack: ExitStack, file: str, role: str | None, language: str, limits: Limits
) -> tuple[Iterator[Assessment | Failure], Aim]:
    """The records of a results file, and what they were compared with."""
    from pcc_assess import disk
    from pcc_assess.aim import make_aim
    from pcc_assess.model import Assessment
    from pcc_assess.renderers.results import read_results

    records = read_results(stack.enter_context(disk.open_input(file)), file, limits)
    before: list[Assessment | Failure] = []
    for record in records:
        before.append(record)
        if isinstance(record, Assessment):
            asked = record.role
            day = date.fromisoformat(record.as_of)
            aim = make_aim(role or asked.id, asked.level, day, language, setting=asked.setting)
            return chain(before, records), aim
    hint = "give the file that `pcc-assess batch ... --output results.jsonl` has written"
    raise InputError("nobody in this file was scored", where=file, hint=hint)
