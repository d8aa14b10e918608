"""What the career guide answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pcc_assess.knowledge import GuidePart, GuideTopic


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideFound:
    """A part of a topic of the guide that holds what was looked for; ``title`` is the topic's."""

    topic: str
    title: str
    part: GuidePart


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideAnswer:
    """What the career guide says: all ``topics``, the one that was asked for, or what a search ``found``."""

    schema: Literal["pcc-assess/guide/1"] = "pcc-assess/guide/1"
    language: str
    query: str
    kind: Literal["topics", "topic", "found"]
    topics: tuple[GuideTopic, ...] = ()
    found: tuple[GuideFound, ...] = ()
