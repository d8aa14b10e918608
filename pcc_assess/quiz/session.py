"""The state of a quiz between two answers. Every move makes a new state; nothing here reads, prints or keeps a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Literal

from pcc_assess.quiz.questions import Form, Question


@dataclass(frozen=True, slots=True)
class Answer:
    """``values``: what was chosen or written, empty for "none of these". ``state``: ``unsure`` is "I do not know"."""

    values: tuple[str, ...] = ()
    state: Literal["given", "skipped", "unsure"] = "given"


SKIPPED = Answer(state="skipped")
UNSURE = Answer(state="unsure")


@dataclass(frozen=True, slots=True)
class Progress:
    """Question ``number`` of ``total``; ``detail``: it asks more about that question. ``minutes`` are left, about."""

    number: int
    total: int
    minutes: int
    detail: bool


@dataclass(frozen=True, slots=True)
class Session:
    """Where a person is in a form.

    ``answers``: also those to questions that are not asked any more, so that going back and forth loses nothing; use
    ``given`` for what counts. ``at``: the question in hand, empty when all are answered. ``returning``: a single answer
    is being changed, and the way leads back to the end.
    """

    form: Form
    answers: Mapping[str, Answer] = field(default_factory=dict)
    at: str = ""
    returning: bool = False

    def asked(self) -> tuple[Question, ...]:
        """The questions that are asked, given the answers so far."""
        asked: dict[str, Question] = {}
        for question in self.form.questions:
            if all(
                condition.question in asked and condition.values & set(self._values(condition.question))
                for condition in question.when
            ):
                asked[question.id] = question
        return tuple(asked.values())

    def _values(self, question: str) -> tuple[str, ...]:
        answer = self.answers.get(question)
        return answer.values if answer is not None and answer.state == "given" else ()

    @property
    def current(self) -> Question | None:
        """The question in hand; None when all are answered."""
        return self.form.by_id.get(self.at)

    @property
    def given(self) -> dict[str, Answer]:
        """The answers to the questions that are asked, in their order."""
        return {item.id: self.answers[item.id] for item in self.asked() if item.id in self.answers}

    @property
    def open(self) -> tuple[Question, ...]:
        """What is asked and has no answer yet."""
        return tuple(item for item in self.asked() if item.id not in self.answers)

    def answer(self, answer: Answer) -> Session:
        """The answer to the question in hand, and the next question.

        Raises:
            ValueError: there is no question in hand.
        """
        if self.current is None:
            raise ValueError("there is no question in hand")
        after = replace(self, answers={**self.answers, self.at: answer})
        if self.returning:
            left = after.open
            return replace(after, at=left[0].id) if left else after.resumed()
        asked = [item.id for item in after.asked()]
        place = asked.index(self.at) + 1
        return replace(after, at=asked[place]) if place < len(asked) else after.resumed()

    def back(self) -> Session:
        """The question before; at the first one nothing changes."""
        asked = [item.id for item in self.asked()]
        place = asked.index(self.at) if self.at in asked else len(asked)
        return replace(self, at=asked[max(place - 1, 0)], returning=False) if asked else self

    def change(self, question: str) -> Session:
        """One answer is changed, and what follows from it asked; then the way leads back to the end.

        Raises:
            ValueError: that question is not asked.
        """
        if question not in {item.id for item in self.asked()}:
            raise ValueError(f"the question {question!r} is not asked")
        return replace(self, at=question, returning=True)

    def resumed(self) -> Session:
        """At the first question without an answer, or at the end."""
        left = self.open
        return replace(self, at=left[0].id if left else "", returning=False)

    def progress(self) -> Progress:
        """How far the person is; details count with their question."""
        ahead = self._ahead()
        mains = [item for item in ahead if not item.main]
        place = next((n for n, item in enumerate(ahead) if item.id == self.at), len(ahead))
        number = sum(not item.main for item in ahead[: place + 1])
        seconds = sum(item.seconds for item in ahead[place:])
        detail = place < len(ahead) and bool(ahead[place].main)
        return Progress(min(max(number, 1), len(mains)), len(mains), ceil(seconds / 60), detail)

    def _ahead(self) -> tuple[Question, ...]:
        """What is asked, and the questions of their own that may still be: the number of all must not grow."""
        ahead: dict[str, Question] = {}
        for question in self.form.questions:
            met = [
                (item.question in ahead, item.question in self.answers, item.values & set(self._values(item.question)))
                for item in question.when
            ]
            if all(asked and (fits or (not answered and not question.main)) for asked, answered, fits in met):
                ahead[question.id] = question
        return tuple(ahead.values())


def begun(form: Form) -> Session:
    """The first question."""
    return Session(form).resumed()
