"""A batch on many machines: the candidates are shared out by a scheduler of dask.distributed.

Each process of the cluster hands its candidates to a worker of its own, as a run on one machine does: with the same
limits, and lost one at a time. What is at an address is read by the process of the cluster, so that a worker reads
nothing but what it is given. This is the one part of the program that uses a network.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from pcc_assess import __version__
from pcc_assess.assess import failure_of
from pcc_assess.batch import remote
from pcc_assess.batch.workers import Crew, Numbered, Task
from pcc_assess.errors import PccError, UsageError, printable
from pcc_assess.limits import Limits

_CHUNK = 16  # candidates sent at a time: the scheduler needs a millisecond for each parcel
_AHEAD = 3  # parcels for each thread of the cluster
_PATIENCE = 30  # seconds for the scheduler to answer, and for a first machine to be there

Packed = list[tuple[int, bytes]]


def spread(
    work: Iterable[Numbered], task: Task, scheduler: str, limits: Limits
) -> Generator[tuple[int, bytes], None, None]:
    """The packed outcomes of all candidates, by the cluster of a scheduler (``tcp://host:8786``).

    What a machine held that was lost is done again on another one. A candidate on which machines are lost again and
    again, as often as the scheduler allows, fails.

    Raises:
        UsageError: dask.distributed is not installed here.
        PccError: the cluster cannot be used.
    """
    with _client(scheduler) as client:
        _check_versions(client)
        try:
            yield from _Parcels(client, task, limits).outcomes(iter(work))
        finally:
            with contextlib.suppress(Exception):  # a cluster that is gone has nothing to put away
                client.run(_put_away)


@contextlib.contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        hint = "pip install 'pcc-assess[cluster]', here and on every machine of the cluster"
        raise UsageError("--engine dask needs packages that are not installed", hint=hint) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        message = "the scheduler does not answer"
        hint = "start it with `dask scheduler`, and give the address that it prints"
        raise UsageError(message, where=printable(scheduler), hint=hint) from error
    try:
        yield client
    finally:
        client.close()


def _check_versions(client: Any) -> None:
    """Every machine must do the same as this one."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        found = client.run(_version)
    except TimeoutError as error:
        raise PccError("the cluster has no machine", hint="start some with `dask worker ADDRESS`") from error
    except Exception as error:
        hint = "install pcc-assess on every machine of the cluster"
        raise PccError(
            f"a machine of the cluster cannot run the program ({type(error).__name__})", hint=hint
        ) from error
    for machine, version in found.items():
        if version != __version__:
            message = f"the machine {printable(str(machine))} has version {version}, and this one {__version__}"
            raise PccError(message, hint="install the same version on every machine of the cluster")


def _version() -> str:
    return __version__


class _Parcels:
    """Parcels of candidates that are under way."""

    def __init__(self, client: Any, task: Task, limits: Limits) -> None:
        self.client = client
        self.task = task
        self.limits = limits
        self.held: dict[Any, list[Numbered]] = {}

    def outcomes(self, work: Iterator[Numbered]) -> Iterator[tuple[int, bytes]]:
        """All outcomes, as they come."""
        from distributed import as_completed

        arriving: Any = as_completed(loop=self.client.loop)
        self._send(arriving, work, self._room())
        for number, parcel in enumerate(arriving, 1):
            items = self.held.pop(parcel)
            if parcel.status == "finished":
                yield from parcel.result()
            elif len(items) == 1:
                yield self._lost(items[0], parcel.exception())
            else:
                self._again(arriving, items)
            room = self._room() if number % 100 == 0 else len(self.held) + 1
            self._send(arriving, work, room)

    def _room(self) -> int:
        """How many parcels may be under way."""
        threads: int = sum(self.client.ncores().values())
        return max(2, _AHEAD * threads)

    def _send(self, arriving: Any, work: Iterator[Numbered], room: int) -> None:
        while len(self.held) < room and (items := list(islice(work, _CHUNK))):
            self._post(arriving, items)

    def _again(self, arriving: Any, items: list[Numbered]) -> None:
        """One of them costs a machine each time; alone it shows which."""
        for each in items:
            self._post(arriving, [each])

    def _post(self, arriving: Any, items: list[Numbered]) -> None:
        parcel = self.client.submit(_do, self.task, self.limits, items, pure=False)
        self.held[parcel] = items
        arriving.add(parcel)

    def _lost(self, given: Numbered, error: BaseException) -> tuple[int, bytes]:
        number, item = given
        message = f"the cluster lost every machine that read this file ({type(error).__name__})"
        failure = failure_of(PccError(message, hint="try it on one machine, without --engine dask"), item.source)
        return number, self.task.failed(failure).packed()


# --- on the cluster --------------------------------------------------------------------------------

# A worker for each thread of a process of the cluster, kept from one parcel to the next.
_CREWS: dict[int, Crew] = {}
_ONE_AT_A_TIME = threading.Lock()


def _do(task: Task, limits: Limits, items: list[Numbered]) -> Packed:
    """The packed outcomes of a parcel."""
    outcomes: Packed = []
    ready: list[Numbered] = []
    for number, item in items:
        try:
            data = remote.read(item.path, limits) if item.kind == "file" and remote.is_address(item.path) else item.data
            ready.append((number, replace(item, data=data)))
        except PccError as error:
            outcomes.append((number, task.failed(failure_of(error, item.source)).packed()))
    outcomes.extend(_crew(task, limits).results(ready))
    return outcomes


def _crew(task: Task, limits: Limits) -> Crew:
    """The worker of this thread, a new one where the last was for something else."""
    own = threading.get_ident()
    with _ONE_AT_A_TIME:
        crew = _CREWS.get(own)
        if crew is None or (crew.task, crew.limits) != (task, limits):
            if crew is not None:
                crew.dismiss()
            crew = _CREWS[own] = Crew(task, 1, limits, fork=False)
    return crew


def _put_away() -> None:
    """End the workers of this process of the cluster that have nothing to do."""
    with _ONE_AT_A_TIME:
        for own, crew in [*_CREWS.items()]:
            if not any(worker.holds for worker in crew.workers):
                crew.dismiss()
                del _CREWS[own]
