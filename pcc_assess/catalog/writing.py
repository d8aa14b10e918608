"""Role files out: a role as YAML that reads back as the same role."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from pcc_assess.errors import printable
from pcc_assess.knowledge import Role

_WIDTH = 120


def role_yaml(role: Role, notes: Iterable[str] = ()) -> str:
    """A role file.

    Args:
        role: what it holds; fields that have their default are left out.
        notes: lines that stand above it as comments.
    """
    import yaml

    head = "".join(f"# {printable(note)}".rstrip() + "\n" for note in notes)
    body = yaml.safe_dump(_plain(role), sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=None)
    return head + str(body)


def _plain(value: Any) -> Any:
    """Records as mappings without what has its default, tuples as lists."""
    if dataclasses.is_dataclass(value):
        found = [(item, getattr(value, item.name)) for item in dataclasses.fields(value)]
        return {item.name: _plain(one) for item, one in found if not _is_default(item, one)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return printable(value) if isinstance(value, str) else value


def _is_default(item: dataclasses.Field[Any], value: object) -> bool:
    if item.default is not dataclasses.MISSING:
        return bool(value == item.default)
    return item.default_factory is not dataclasses.MISSING and value == item.default_factory()
