"""Answers for the quiz, made for each kind of question, and the lines that a person would type for them."""

from __future__ import annotations

from collections.abc import Callable

from pcc_assess.quiz.questions import Question
from pcc_assess.quiz.session import Answer, Session

Choose = Callable[[Question], Answer]


def plain(question: Question) -> Answer:
    """An answer that a coordinator with some years behind them could give; the same each time."""
    number = sum(map(ord, question.id))
    match question.kind:
        case "rating":
            return Answer((str(1 + number % 4),))
        case "check":
            return Answer((question.options[number % len(question.options)].value,))
        case "choice":
            return Answer((question.options[number % len(question.options)].value,))
        case "ticks":
            return Answer(tuple(option.value for option in question.options[number % 3 :: 4]))
        case "number":
            return Answer((str(1 + number % 3),))
        case "month":
            return Answer(("2028-05",))
        case "review":
            return Answer()
        case "line":
            return Answer((f"I did this at the eye clinic, {question.subject}",))


def typed(question: Question, answer: Answer) -> str:
    """What a person types for an answer."""
    if answer.state != "given":
        return {"skipped": "s", "unsure": "d"}[answer.state]
    if question.kind in ("rating", "check"):
        return answer.values[0]
    if question.kind in ("choice", "ticks", "review"):
        places = [str(1 + [option.value for option in question.options].index(value)) for value in answer.values]
        return ",".join(places) or ("0" if question.kind == "ticks" else "")
    if question.kind == "month" and answer.values:
        year, _, month = answer.values[0].partition("-")
        return f"{month}/{year}"
    return answer.values[0] if answer.values else ""


def answered(session: Session, choose: Choose = plain) -> Session:
    """The whole form answered."""
    while (question := session.current) is not None:
        session = session.answer(choose(question))
    return session


def script(session: Session, choose: Choose = plain) -> list[str]:
    """The lines that a person types from here to the end of the form."""
    lines = []
    while (question := session.current) is not None:
        lines.append(typed(question, choose(question)))
        session = session.answer(choose(question))
    return lines
