"""What a single cell of a table says: a rating, the state of a certificate, a number of years, a level of school."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pcc_assess.knowledge import EDUCATION, EducationLevel, Knowledge
from pcc_assess.tokens import fold_phrase

State = Literal["held", "in-progress", "planned", "expired", "none"]
HIGHEST = 4
_MOST_YEARS = 70
_LONGEST_TITLE = 7  # words
_LONGEST_STATE = 4  # words
_LONGEST_TITLES = 500  # characters of a cell of titles
# "3", "3.0", "3 - on my own", "3/4", "2.5"; what follows the figure must not go on with it.
_RATING = re.compile(r"\s{0,9}([0-9]{1,3})(?:[.,]([0-9]{1,6}))?(?:/4)?(?![0-9.,/]|[^\W_])")
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})?")
_LESS = frozenset({"less", "under", "below", "menos"})
_YEARS = frozenset({"year", "years", "yr", "yrs", "años", "anos", "ano"})
_MONTHS = frozenset({"months", "month", "mos", "meses", "mes"})


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating from 0 to 4. ``rounded``: it was given as more, and a half step counts as the step below."""

    level: int
    rounded: bool = False


@dataclass(frozen=True)
class CellReader:
    """Reads cells with the words of the data. ``languages``: the same knowledge in every language."""

    knowledge: Knowledge
    languages: tuple[Knowledge, ...] = ()

    @cached_property
    def _ratings(self) -> dict[tuple[str, ...], int]:
        rules = self.knowledge.tables
        words = {fold_phrase(text): level for level, texts in enumerate(rules.ratings) for text in texts}
        return {**words, **{fold_phrase(text): rules.yes_level for text in rules.yes}}

    @cached_property
    def _anchors(self) -> dict[tuple[str, ...], int]:
        """The five sentences of the quiz, as a form may have offered them."""
        skills = [skill for known in (self.knowledge, *self.languages) for skill in known.skills.values()]
        return {fold_phrase(text): level for skill in skills for level, text in enumerate(skill.anchors)}

    @cached_property
    def _states(self) -> dict[tuple[str, ...], State]:
        return _by_words(self.knowledge.tables.states)

    @cached_property
    def _school(self) -> dict[tuple[str, ...], EducationLevel]:
        known = (self.knowledge, *self.languages)
        names = {level: tuple(each.education[level].name for each in known) for level in self.knowledge.education}
        names.pop(EDUCATION[0], None)
        return {**_by_words(names), **_by_words(self.knowledge.tables.school)}

    @cached_property
    def _blank(self) -> frozenset[str]:
        return frozenset(text.casefold() for text in self.knowledge.tables.blank)

    def is_blank(self, text: str) -> bool:
        """Whether a cell says nothing."""
        text = text.strip()
        return not text or text.casefold().replace("\u2019", "'") in self._blank

    def rating(self, text: str) -> Rating | None:
        """The rating in a cell; None where it holds none."""
        found = _RATING.match(text)
        if found is not None:
            whole, part = int(found.group(1)), int(found.group(2) or 0)
            if whole < HIGHEST or (whole == HIGHEST and not part):
                return Rating(whole, rounded=bool(part))
            return None
        words = fold_phrase(text)
        level = self._ratings.get(words, self._anchors.get(words))
        return None if level is None else Rating(level)

    def state(self, text: str) -> State | None:
        """The state of a certificate that a cell begins with ("in progress, exam in May"); None where it tells none."""
        words = fold_phrase(text)
        if not words:
            return self._states.get((text.strip(),))
        begins = (words[:size] for size in range(min(len(words), _LONGEST_STATE), 0, -1))
        return next((self._states[some] for some in begins if some in self._states), None)

    def school(self, text: str) -> EducationLevel | None:
        """The level of school that a whole cell names."""
        return self._school.get(fold_phrase(text))

    def family(self, text: str) -> str | None:
        """The family of the job titles in a cell; of several the one that counts least: nothing tells their shares."""
        words = fold_phrase(text[:_LONGEST_TITLES])
        found: list[str] = []
        taken: set[int] = set()
        for size in range(_LONGEST_TITLE, 0, -1):
            for start in range(len(words) - size + 1):
                places = range(start, start + size)
                family = self._titles.get(words[start : start + size])
                if family is not None and taken.isdisjoint(places):
                    taken.update(places)
                    found.append(family)
        return min(found, key=lambda name: (self.knowledge.families[name].relevance, name), default=None)

    @cached_property
    def _titles(self) -> dict[tuple[str, ...], str]:
        families = self.knowledge.families.items()
        return {fold_phrase(title): name for name, family in families for title in family.titles}

    def years(self, text: str) -> float | None:
        """The years that a cell names, of a range the lower end; None where it names none.

        "Less than a year" is more than none, and how much is not known: that is None too.
        """
        words = set(fold_phrase(text))
        numbers = [float(each.replace(",", ".")) for each in _NUMBER.findall(text[:200])]
        if self._states.get(tuple(fold_phrase(text))) == "none" or self._ratings.get(fold_phrase(text)) == 0:
            return 0.0
        if not numbers or words & _LESS:
            return None
        if words & _MONTHS and words & _YEARS and len(numbers) > 1:  # "2 years 6 months"
            years = round(numbers[0] + numbers[1] / 12, 2)
        else:
            years = round(min(numbers) / 12, 2) if words & _MONTHS else min(numbers)
        return years if years <= _MOST_YEARS else None


def _by_words(texts: Mapping[State, tuple[str, ...]] | Mapping[EducationLevel, tuple[str, ...]]) -> dict:  # type: ignore[type-arg]
    """What each of some texts stands for, by its words; a sign without words stands for itself."""
    return {fold_phrase(text) or (text,): meaning for meaning, group in texts.items() for text in group}
