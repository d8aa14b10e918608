"""What a person typed, understood: a command, an answer, or a hint in one line and the question again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pcc_assess.errors import printable
from pcc_assess.quiz.questions import Question
from pcc_assess.quiz.session import SKIPPED, UNSURE, Answer
from pcc_assess.texts import Texts

Command = Literal["back", "skip", "unsure", "help", "quit"]
COMMANDS: tuple[Command, ...] = ("back", "skip", "unsure", "help", "quit")
LONGEST_LINE = 300
_FEWEST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Hint:
    """Why a reply is no answer, and what to type instead."""

    text: str


def read(question: Question, reply: str, texts: Texts, before: Answer | None = None) -> Command | Answer | Hint:
    """What ``reply`` means as the reply to ``question``.

    Args:
        before: the answer that was given earlier; an empty reply keeps it.
    """
    text = " ".join(printable(reply[: LONGEST_LINE * 40]).split())
    if len(reply) > LONGEST_LINE:
        return Hint(texts.say("ask.hint.long", most=LONGEST_LINE))
    command = _command(text, texts)
    if command == "skip":
        return SKIPPED
    if command == "unsure":
        return UNSURE
    if command is not None:
        return command
    if not text:
        return _empty(question, before, texts)
    return _READERS[question.kind](question, text, texts)


def _command(text: str, texts: Texts) -> Command | None:
    word = text.casefold()
    return next((name for name in COMMANDS if word in _words(texts, name)), None)


def _words(texts: Texts, name: str) -> list[str]:
    return [word.strip() for word in texts.say(f"ask.words.{name}").split(",")]


def _empty(question: Question, before: Answer | None, texts: Texts) -> Answer | Hint:
    if before is not None:
        return before
    if question.suggested:
        return Answer((question.suggested,))
    if question.optional:
        return Answer()
    return Hint(_expected(question, texts))


def _expected(question: Question, texts: Texts) -> str:
    first, last = numbers(question)
    return texts.say(f"ask.hint.{question.kind}", first=first, last=last)


def numbers(question: Question) -> tuple[int, int]:
    """The numbers that choose an option: a rating's own, from 0; the places of all others, from 1."""
    first = 0 if question.kind == "rating" else 1
    return first, first + len(question.options) - 1


def _place(text: str, question: Question) -> int | None:
    """Where in the options a number stands."""
    first, last = numbers(question)
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and first <= int(text) <= last):
        return None
    return int(text) - first


def _one(question: Question, text: str, texts: Texts) -> Answer | Hint:
    """One option, by its number or by the beginning of its words."""
    place = _place(text.rstrip(".)"), question)
    if place is not None:
        return Answer((question.options[place].value,))
    named = _named(question, text, texts)
    return Answer((named,)) if named is not None else Hint(_expected(question, texts))


def _named(question: Question, text: str, texts: Texts) -> str | None:
    """The only option whose words begin like this; a rating also goes by the name of its level."""
    words = [(item.value, item.label) for item in question.options]
    if question.kind == "rating":
        words += [(item.value, texts.say(f"ask.levels.{item.value}")) for item in question.options]
    begins = {value for value, label in words if label.casefold().startswith(text.casefold())}
    return begins.pop() if len(begins) == 1 and len(text) > 1 else None


def _several(question: Question, text: str, texts: Texts) -> Answer | Hint:
    """Any number of options; 0 for none of them."""
    parts = [part.rstrip(".)") for part in text.replace(",", " ").replace(";", " ").split()]
    if all(part == "0" for part in parts):
        return Answer()
    places = [_place(part, question) for part in parts]
    if None not in places:
        chosen = {place for place in places if place is not None}
        return Answer(tuple(item.value for place, item in enumerate(question.options) if place in chosen))
    named = _named(question, text, texts)
    return Answer((named,)) if named is not None else Hint(_expected(question, texts))


def _number(question: Question, text: str, texts: Texts) -> Answer | Hint:
    """Years, with a point or a comma; a number of months is turned into years."""
    number, _, unit = text.partition(" ")
    months = bool(unit) and unit.casefold() in _words(texts, "months")
    if (unit and not months and unit.casefold() not in _words(texts, "years")) or not _decimal(number):
        return Hint(_expected(question, texts))
    years = float(number.replace(",", ".")) / (12 if months else 1)
    if years > question.most:
        return Hint(texts.say("ask.hint.most", most=f"{question.most:g}"))
    return Answer((f"{years:.2f}".rstrip("0").rstrip("."),))


def _decimal(text: str) -> bool:
    whole, _, part = text.replace(",", ".").partition(".")
    return text.isascii() and len(text) < 8 and (whole + part).isdecimal()


def _month(question: Question, text: str, texts: Texts) -> Answer | Hint:
    """A month as ``2027-03``, ``03/2027`` or ``3-2027``."""
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 2 and all(part.isascii() and part.isdecimal() for part in parts):
        month, year = sorted(parts, key=len)
        if len(year) == 4 and len(month) <= 2 and 1 <= int(month) <= 12:
            return Answer((f"{year}-{int(month):02}",))
    return Hint(_expected(question, texts))


def _line(question: Question, text: str, texts: Texts) -> Answer | Hint:
    if sum(letter.isalpha() for letter in text) < _FEWEST_LETTERS:
        return Hint(_expected(question, texts))
    return Answer((text,))


_READERS = {
    "rating": _one,
    "check": _one,
    "choice": _one,
    "ticks": _several,
    "review": _several,
    "number": _number,
    "month": _month,
    "line": _line,
}
