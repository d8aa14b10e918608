"""JSON without surprises: a fault is named with its line and column, and nothing is read that JSON does not know.

Refused: text that is not UTF-8 (or UTF-16 with its mark), keys given twice, NaN and Infinity, numbers beyond measure,
halves of characters, and deep nesting.
"""

from __future__ import annotations

import codecs
import json
import math
import re

from pcc_assess.errors import InputError, printable
from pcc_assess.limits import STANDARD, Limits

# A text (its end may be missing), a bracket, a sign, or a run of anything else: a number or a word. No two of them
# begin alike, and none gives back what it took: one pass, whatever the text is.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}:,]|[^\s"\[\]{}:,]++', re.DOTALL)
_COLON = re.compile(r"\s*+:")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_MOST_FIGURES = 40
_HINT = "correct that place, or hand in the resume itself"


def decoded(data: bytes, where: str) -> str:
    """A structured file as text.

    Raises:
        InputError: it is neither UTF-8 nor UTF-16 with its mark.
    """
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = f"{where}:{before.count(10) + 1}:{error.start - before.rfind(10)}"
        raise InputError("the file is not UTF-8 text", where=place, hint="save it again as UTF-8") from error


def parse_json(text: str, where: str, limits: Limits = STANDARD) -> object:
    """The content of a JSON text.

    Raises:
        InputError: it is no JSON, or holds what is refused; with file, line and column.
    """
    _check(text, where, limits)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}:{error.colno}"
        raise InputError("this is not valid JSON", where=place, hint=_HINT) from error
    except (RecursionError, ValueError) as error:
        raise InputError("this is not valid JSON", where=where, hint=_HINT) from error


def _check(text: str, where: str, limits: Limits) -> None:
    """One pass over the tokens for what the parser of Python lets pass."""
    keys: list[dict[str, int]] = []  # of each bracket that is open: its keys so far, and where each stands
    for found in _TOKEN.finditer(text):
        token, at = found.group(), found.start()
        if token in ("[", "{"):
            keys.append({})
            if len(keys) > limits.depth:
                raise limits.exceeded("depth", _place(text, at, where))
        elif token in ("]", "}"):
            if keys:
                keys.pop()
        elif token[0] == '"':
            name = _text(token, text, at, where)
            if keys and _COLON.match(text, found.end()):
                if name in keys[-1]:
                    line = text.count("\n", 0, keys[-1][name]) + 1
                    message = f"the key {printable(name)[:40]!r} stands already in line {line}"
                    raise InputError(message, where=_place(text, at, where), hint="keep one of them")
                keys[-1][name] = at
        elif token not in (":", ",", "true", "false", "null"):
            _check_number(token, text, at, where)


def _text(token: str, text: str, at: int, where: str) -> str:
    """What a text says; halves of characters, which no other program takes, are refused."""
    if "\\" not in token:
        return token[1:-1]
    try:
        name: str = json.loads(token)
    except ValueError:
        return token  # the parser will say what is wrong
    if _HALF.search(token):
        try:
            name.encode()
        except UnicodeEncodeError:
            message = "half of a character stands here (a lone surrogate)"
            raise InputError(message, where=_place(text, at, where), hint="delete it") from None
    return name


def _check_number(token: str, text: str, at: int, where: str) -> None:
    if len(token) > _MOST_FIGURES:
        place = _place(text, at, where)
        raise InputError("a number here is too long", where=place, hint="put it in quotes, or shorten it")
    try:
        number = float(token)
    except ValueError:
        return  # the parser will say what is wrong
    if not math.isfinite(number):
        message = f"{printable(token)} is no number that can be counted with"
        raise InputError(message, where=_place(text, at, where), hint="write a number, or null")


def _place(text: str, at: int, where: str) -> str:
    return f"{where}:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"
