"""Text that a given console or reader can show: characters it lacks become plain ones."""

from __future__ import annotations

import unicodedata

_PLAIN = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2212": "-",
    "\u2022": "*",
    "\u25cf": "*",
    "\u25aa": "*",
    "\u00b7": "*",
    "\u2023": "*",
    "\u2026": "...",
    "\u00a0": " ",
    "\u00a1": "",
    "\u00bf": "",
    "\u00d7": "x",
    "\u00ae": "(R)",
    "\u00a9": "(C)",
    "\u2122": "(TM)",
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u00f8": "o",
}


def fit(text: str, encoding: str) -> str:
    """``text`` with what ``encoding`` lacks replaced by a like character, its base letter or ``?``."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(character if _has(encoding, character) else _like(character, encoding) for character in text)
    return text


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _like(character: str, encoding: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    base = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    return base.encode(encoding, "replace").decode(encoding)
