"""The sentences that people read, in one language. They stand in ``data/text/``; code names them by their keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """The messages of one language. ``language``: the name of its folder in ``data/text/``, such as ``en``.

    ``messages``: key (``report.headline.many``) to the sentence with its ``{places}`` for values.
    """

    language: str
    messages: Mapping[str, str]

    def say(self, key: str, /, **values: object) -> str:
        """The message ``key`` with its values.

        Raises:
            KeyError: there is no such message, or it has a place for a value that is not given.
        """
        return self.messages[key].format(**values)

    def count(self, key: str, number: float, /, **values: object) -> str:
        """The message ``key.one`` or ``key.other``, as ``number`` asks; the number is its value ``{number}``.

        Raises:
            KeyError: as ``say``.
        """
        return self.say(f"{key}.{'one' if number == 1 else 'other'}", number=number, **values)

    def named(self, key: str, fallback: str) -> str:
        """The name ``key``, or ``fallback`` where there is none, as for what a role file of one's own brings."""
        return self.messages.get(key, fallback)
