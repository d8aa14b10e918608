"""The quiz as lines of text: prints a question, reads a reply, and never needs more than a keyboard.

The talk goes to standard error and the result to standard output, so that a result can be sent to a file. Works at any
width from 20 columns, in a pipe, on a dumb terminal and with a screen reader: one thing a line, nothing drawn.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from pcc_assess.errors import printable
from pcc_assess.knowledge import Knowledge
from pcc_assess.quiz import replies
from pcc_assess.quiz.questions import Option, Question
from pcc_assess.quiz.replies import Hint
from pcc_assess.quiz.session import Answer, Session
from pcc_assess.texts import Texts

_WIDEST = 80
_NARROWEST = 20


class Left(Exception):
    """The person saves and leaves, or there is nobody to answer."""


class Face(Protocol):
    """One way to put a question to a person."""

    def ask(self, question: Question, session: Session) -> replies.Command | Answer:
        """What the person wants; hints are the face's own business.

        Raises:
            Left: the person leaves.
        """

    def say(self, *lines: str) -> None:
        """Lines to read."""

    def read(self, prompt: str) -> str:
        """A line that is typed.

        Raises:
            Left: nothing comes any more.
        """


class LineFace:
    """Questions and replies as lines."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._ended = False

    def say(self, *lines: str) -> None:
        for line in lines:
            self._put("\n".join(_wrapped(line, width())) + "\n")

    def read(self, prompt: str) -> str:
        """A line, without its end; the first end of input is taken for a slip."""
        self._put("\n".join(_wrapped(prompt.rstrip(), width())) + " ")
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if line:
            self._ended = False
            return line.rstrip("\r\n")
        if self._ended or sys.stdin is None:
            raise Left
        self._ended = True
        self.say("", self._texts.say("ask.hint.end", quit=first_word(self._texts, "quit")))
        return self.read(prompt)

    def ask(self, question: Question, session: Session) -> replies.Command | Answer:
        before = session.answers.get(question.id)
        self.say(*heading(question, session, self._texts), *body(question, before, self._texts))
        first, last = replies.numbers(question)
        prompt = self._texts.say(f"ask.prompt.{question.kind}", first=first, last=last)
        while True:
            reply = replies.read(question, self.read(prompt), self._texts, before)
            if isinstance(reply, Hint):
                self.say(reply.text)
            elif reply == "help":
                self.say(*self.help(question))
            else:
                return reply

    def help(self, question: Question) -> Iterable[str]:
        """What the question means, and what can be typed."""
        yield question.help
        yield keys(self._texts)

    def _put(self, text: str) -> None:
        if sys.stderr is None:
            return
        from pcc_assess.consoles import fit

        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(fit(text, sys.stderr.encoding or "ascii"))
            sys.stderr.flush()


def width() -> int:
    """Columns of the screen, within reason."""
    return min(max(shutil.get_terminal_size((_WIDEST, 24)).columns, _NARROWEST), _WIDEST)


def _wrapped(line: str, columns: int) -> list[str]:
    """A line in ``columns``, what goes on standing below its first word."""
    text = line.rstrip()
    inner = text.lstrip()
    indent = len(text) - len(inner)
    number, _, rest = inner.partition("  ")
    hang = indent + (len(number) + 2 if rest and number.isdecimal() else 0)
    return textwrap.wrap(
        " " * indent + printable(inner),
        columns,
        subsequent_indent=" " * hang,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    ) or [""]


# --- the lines of a question -----------------------------------------------------------------------


def heading(question: Question, session: Session, texts: Texts) -> list[str]:
    """Where in the quiz this is, and what is asked."""
    progress = session.progress()
    key = "ask.question.detail" if progress.detail else "ask.question.number"
    section = texts.say(f"ask.sections.{question.section}")
    place = texts.say(key, number=progress.number, total=progress.total, minutes=progress.minutes)
    how_far = [texts.say("ask.question.how-far")] if question.kind == "rating" else []
    return ["", f"{place} - {section}", question.prompt, *how_far]


def body(question: Question, before: Answer | None, texts: Texts) -> list[str]:
    """The quote, the options, and what an empty line would take over."""
    lines: list[str] = []
    if question.quote:
        lines.append(texts.say("ask.question.says", quote=printable(question.quote)))
    first, _ = replies.numbers(question)
    for number, option in enumerate(question.options, first):
        lines.append(f"  {number:>{_digits(question)}}  {option.label}")
        if option.quote:
            lines.append(f'     "{printable(option.quote)}"')
    if before is not None:
        lines.append(texts.say("ask.question.before", answer=answer_text(question, before, texts).removesuffix(".")))
    elif question.suggested:
        lines.append(texts.say("ask.question.suggested", value=question.suggested))
    return lines


def _digits(question: Question) -> int:
    return len(str(replies.numbers(question)[1]))


def answer_text(question: Question, answer: Answer, texts: Texts) -> str:
    """An answer in words."""
    if answer.state != "given":
        return texts.say("ask.question.no-answer" if answer.state == "skipped" else "ask.question.not-known")
    labels = {option.value: _short(question, option) for option in question.options}
    words = [labels.get(value, value) for value in answer.values]
    if words:
        return ", ".join(words)
    return texts.say("ask.question.none-of-these" if question.kind == "ticks" else "ask.question.nothing")


def _short(question: Question, option: Option) -> str:
    return f"{option.value}, {option.label}" if question.kind == "rating" else option.label


def first_word(texts: Texts, command: str) -> str:
    """What to type for a command."""
    return texts.say(f"ask.words.{command}").partition(",")[0].strip()


def keys(texts: Texts) -> str:
    """What can be typed beside an answer."""
    return texts.say("ask.welcome.keys", **{name: first_word(texts, name) for name in replies.COMMANDS})


# --- the way through -------------------------------------------------------------------------------


def converse(face: Face, session: Session, knowledge: Knowledge, keep: Callable[[Session], None]) -> Session:
    """Question after question to the end of the recap; ``keep`` is called after every answer.

    Raises:
        Left: the person left; what was answered is kept.
    """
    while True:
        session = _questions(face, session, knowledge.texts, keep)
        changed = _recap(face, session, knowledge)
        if changed is None:
            return session
        session = changed


def _questions(face: Face, session: Session, texts: Texts, keep: Callable[[Session], None]) -> Session:
    while (question := session.current) is not None:
        reply = face.ask(question, session)
        if isinstance(reply, Answer):
            session = session.answer(reply)
            keep(session)
        elif reply == "back":
            before = session
            session = session.back()
            if session == before:
                face.say(texts.say("ask.hint.first"))
        elif reply == "quit":
            raise Left
    return session


def _recap(face: Face, session: Session, knowledge: Knowledge) -> Session | None:
    """All answers with a number each; the session with one to change, or None where all is right."""
    texts = knowledge.texts
    given = list(session.given.items())
    by_id: Mapping[str, Question] = session.form.by_id
    face.say("", texts.say("ask.recap.title"))
    for number, (name, answer) in enumerate(given, 1):
        question = by_id[name]
        face.say(f"  {number:>2}  {question.short}: {answer_text(question, answer, texts)}")
    from pcc_assess.quiz.result import is_straight

    if is_straight(session.form, session.given, knowledge.policy.quiz):
        face.say(texts.say("ask.recap.straight"))
    while True:
        reply = face.read(texts.say("ask.recap.prompt")).strip()
        if not reply:
            return None
        if reply.casefold() == first_word(texts, "quit"):
            raise Left
        if reply.casefold() == first_word(texts, "back"):
            return session.back()
        if reply.isascii() and reply.isdecimal() and len(reply) < 4 and 1 <= int(reply) <= len(given):
            return session.change(given[int(reply) - 1][0])
        face.say(texts.say("ask.recap.hint", last=len(given)))
