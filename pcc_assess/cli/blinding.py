"""``--blind`` in a command: the key, what becomes of a record, and errors that name no file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.ending import tell
from pcc_assess.errors import PccError

if TYPE_CHECKING:
    from pcc_assess.aim import Aim
    from pcc_assess.batch.tables import Notice, PassedOver, TableRead
    from pcc_assess.model import Assessment

BlindOption = Annotated[
    bool, typer.Option("--blind", help="Leave out name, contact, age, gender and the like; see docs/privacy.md.")
]
BlindKeyOption = Annotated[
    str | None,
    typer.Option("--blind-key", metavar="FILE", help="The key for pseudonyms, made if missing; it implies --blind."),
]


class Curtain:
    """What ``--blind`` does in one run. ``key`` is empty where nothing is to be hidden."""

    def __init__(self, *, blind: bool, key_file: str | None) -> None:
        self.place = Path()
        self.key = b""
        if not blind and key_file is None:
            return
        from pcc_assess.pseudonyms import key_place, read_key

        self.place = key_place(key_file)
        self.key, made = read_key(self.place)
        if made:
            tell(f"a new key for pseudonyms was made: {self.place}")

    @property
    def hides(self) -> bool:
        """Whether anything is to be hidden."""
        return bool(self.key)

    def assessment(self, record: Assessment, aim: Aim) -> Assessment:
        """The record as it may be shown; who it is goes to the owner's list beside the key."""
        if not self.hides or record.blind:
            return record
        from pcc_assess.blind import blinded, is_pseudonym, pseudonym_of
        from pcc_assess.pseudonyms import WhoIsWho

        if is_pseudonym(record.candidate.id):  # from a plan that was blind
            return replace(record, blind=True)
        pseudonym = pseudonym_of(record.candidate, self.key)
        with WhoIsWho(self.place) as people:
            people.add(pseudonym, record.candidate.source)
        self.tell_place()
        return blinded(record, pseudonym, aim.blind_rules)

    def tell_place(self) -> None:
        """Says where the owner finds who is who."""
        if self.hides:
            from pcc_assess.pseudonyms import list_beside

            tell(f"who is who: {list_beside(self.place)}")

    def notices(self, tell_of: Notice) -> Notice:
        """What is told of the inputs of a batch, with pseudonyms for the files that are passed over."""
        if not self.hides:
            return tell_of

        def hidden(told: PassedOver | TableRead) -> None:
            from pcc_assess.batch.tables import PassedOver
            from pcc_assess.blind import hidden_source

            if isinstance(told, PassedOver):
                pseudonym = self._of_path(told.source)
                told = replace(told, source=pseudonym, why=hidden_source(told.why, told.source, pseudonym))
            tell_of(told)

        return hidden

    def name(self, file: str, record: Assessment) -> str:
        """What the name of an output is made of: the file, or the pseudonym."""
        return record.candidate.id if self.hides else file

    @contextlib.contextmanager
    def errors(self, file: str) -> Iterator[None]:
        """Errors about a candidate's file name its pseudonym instead."""
        try:
            yield
        except PccError as error:
            if self.hides:
                self._hide(error, file)
            raise

    def _hide(self, error: PccError, file: str) -> None:
        from pcc_assess.blind import hidden_source

        pseudonym = self._of_path(file)
        error.message = hidden_source(error.message, file, pseudonym)
        error.where = hidden_source(error.where, file, pseudonym)
        error.hint = hidden_source(error.hint, file, pseudonym)

    def _of_path(self, path: str) -> str:
        """The pseudonym of a file that cannot be read."""
        from pcc_assess.blind import pseudonym_of
        from pcc_assess.model import Candidate

        return pseudonym_of(Candidate(id="", source=path, name=None), self.key)
