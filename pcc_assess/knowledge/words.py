"""Words that rules are made of, in resumes and in postings."""

from __future__ import annotations

from dataclasses import dataclass

from pcc_assess.knowledge.roles import Importance


@dataclass(frozen=True, kw_only=True)
class PostingRules:
    """How a job posting is read.

    ``sections``: part of a posting (``duties``, ``required``, ``preferred``, ``plus``, ``left-out``) to its headings.
    ``parts``: part to the importance of its lines where they do not say it themselves; ``top`` stands before the first
    heading. ``importances``, ``amounts``: importance, and proficiency as a figure, to the words that ask for it.
    ``amount``: the proficiency where neither posting nor role says one. ``left_out``: words of lines that are no
    requirement. ``patient_words``: make years those of work with patients. ``few``: a posting that asks for fewer
    things says too little by itself.
    """

    version: int
    sections: dict[str, tuple[str, ...]]
    parts: dict[str, Importance]
    importances: dict[Importance, tuple[str, ...]]
    amounts: dict[str, tuple[str, ...]]
    amount: int
    left_out: tuple[str, ...]
    patient_words: tuple[str, ...]
    numbers: dict[str, int]
    few: int


@dataclass(frozen=True, kw_only=True)
class Words:
    """The small words that decide what a line means, and named groups of words for rules.

    ``groups``: name to words and phrases (``@name`` in a rule). ``cues``: kind of cue (negation, wish, ...) to phrases.
    ``sections``: kind of section to the headings that open it. ``irregular``: verb to its irregular forms.
    """

    groups: dict[str, tuple[str, ...]]
    cues: dict[str, tuple[str, ...]]
    sections: dict[str, tuple[str, ...]]
    irregular: dict[str, tuple[str, ...]]
