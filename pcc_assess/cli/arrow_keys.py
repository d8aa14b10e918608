"""The quiz with arrow keys, for terminals that can carry it: choices are walked through, everything else is typed."""

from __future__ import annotations

import os
import sys
from typing import Any

from pcc_assess.cli import asking
from pcc_assess.cli.asking import LineFace
from pcc_assess.errors import UsageError
from pcc_assess.quiz import replies
from pcc_assess.quiz.questions import Question
from pcc_assess.quiz.session import SKIPPED, UNSURE, Answer, Session
from pcc_assess.texts import Texts

_CHOICES = ("rating", "check", "choice")
_MARK = 6  # columns of the pointer and the number before a choice


class ArrowFace(LineFace):
    """Questions with one answer as lists to walk through.

    Where a choice would be cut off, or the terminal cannot move its cursor, the question is asked as lines.

    Raises:
        UsageError: the library that draws the lists is not installed.
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts)
        try:
            import questionary
        except ImportError:
            hint = "install it: pip install 'pcc-assess[arrows]'; or leave out --arrows"
            raise UsageError("--arrows needs one more library", hint=hint) from None
        self._draw: Any = questionary

    def ask(self, question: Question, session: Session) -> replies.Command | Answer:
        if question.kind not in _CHOICES or not _can_draw() or not _fits(question):
            return super().ask(question, session)
        before = session.answers.get(question.id)
        self.say(*asking.heading(question, session, self._texts))
        if question.quote:
            self.say(self._texts.say("ask.question.says", quote=question.quote))
        chosen = self._chosen(question, before)
        if chosen == "help":
            self.say(*self.help(question))
            return self.ask(question, session)
        return chosen

    def _chosen(self, question: Question, before: Answer | None) -> replies.Command | Answer:
        first, _ = replies.numbers(question)
        choices = [
            self._draw.Choice(f"{number}  {option.label}", value=option.value)
            for number, option in enumerate(question.options, first)
        ]
        commands = [
            self._draw.Choice(self._texts.say(f"ask.commands.{name}"), value=f"/{name}") for name in replies.COMMANDS
        ]
        values = [option.value for option in question.options]
        known = before.values[0] if before is not None and before.values else question.suggested
        picked = self._draw.select(
            "",
            choices=[*choices, self._draw.Separator(), *commands],
            default=choices[values.index(known)] if known in values else None,
            instruction=" ",
            qmark="",
        ).unsafe_ask()
        if not str(picked).startswith("/"):
            return Answer((str(picked),))
        name = next(name for name in replies.COMMANDS if f"/{name}" == picked)
        if name == "skip":
            return SKIPPED
        return UNSURE if name == "unsure" else name


def _can_draw() -> bool:
    """Whether both ends are a terminal that can move its cursor."""
    screens = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return screens and os.environ.get("TERM", "") not in ("", "dumb")


def _fits(question: Question) -> bool:
    return all(len(option.label) + _MARK <= asking.width() for option in question.options)
