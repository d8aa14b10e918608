"""JSON Schemas (draft 2020-12) of the documents that are read and written, made from the records."""

from __future__ import annotations

from typing import Any

from pcc_assess.cohort.records import Progress
from pcc_assess.knowledge import Role
from pcc_assess.model import Assessment, Audit, Comparison, Failure, GuideAnswer, Plan, Profile

# What the program writes holds every field, and later versions may add some. What a person writes may leave
# out what has a default, and a field that nobody knows is a slip of the pen.
_WRITTEN: dict[str, type] = {
    "assessment": Assessment,
    "plan": Plan,
    "failure": Failure,
    "comparison": Comparison,
    "guide": GuideAnswer,
    "audit": Audit,
    "progress": Progress,
}
_HANDED_IN: dict[str, type] = {"role": Role, "profile": Profile}

NAMES = (*_HANDED_IN, *_WRITTEN)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one kind of document.

    Args:
        name: one of ``NAMES``.
    """
    from pydantic import TypeAdapter

    if name in _WRITTEN:
        made = TypeAdapter(_WRITTEN[name]).json_schema(mode="serialization")
        for part in _records(made):
            part["required"] = list(part["properties"])
    else:
        made = TypeAdapter(_HANDED_IN[name]).json_schema()
        for part in _records(made):
            part["additionalProperties"] = False
    if name == "profile":
        _allow_short_forms(made)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:pcc-assess:schema:{name}:1",
    }
    return {**head, **made}


def _records(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in (made, *made.get("$defs", {}).values()) if "properties" in part]


def _allow_short_forms(profile: dict[str, Any]) -> None:
    """A profile by hand: ``ehr-systems: 3`` is a whole finding, and evidence may be left out."""
    profile["required"] = ["schema"]
    findings = profile["$defs"]
    findings["SkillFinding"]["required"] = ["proficiency"]
    findings["CredentialFinding"]["required"] = ["id", "status"]
    level = {"type": "integer", "minimum": 0, "maximum": 4}
    findings["SkillFinding"]["properties"]["proficiency"] |= level
    whole = profile["properties"]["skills"]["additionalProperties"]
    profile["properties"]["skills"]["additionalProperties"] = {"anyOf": [level, whole]}
