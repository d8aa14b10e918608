"""``pcc-assess schema``: the JSON Schema of a document."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pcc_assess.cli.options import Format, emit

EXAMPLE = "Example: pcc-assess schema assessment"


class Name(StrEnum):
    """The documents that have a schema."""

    ROLE = "role"
    PROFILE = "profile"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    FAILURE = "failure"
    COMPARISON = "comparison"
    GUIDE = "guide"
    AUDIT = "audit"
    PROGRESS = "progress"


def schema(name: Annotated[Name, typer.Argument(help="The document.")]) -> None:
    """Print the JSON Schema of a document that the program reads or writes."""
    from pcc_assess.renderers.json_ import to_json
    from pcc_assess.renderers.schemas import schema as made

    emit(to_json(made(name.value)), None, Format.JSON)
