"""The file of answers (``pcc-assess/answers/1``): kept after every answer, and handed in by a form in a browser.

``answers`` maps the id of a question to a list of values, or to ``skipped`` or ``unsure``. Answers that fit no question
of the form stay in the file under ``kept``: a changed role loses nobody's work.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pcc_assess.errors import InputError, printable
from pcc_assess.knowledge import LEVELS, LevelId
from pcc_assess.quiz.questions import Form, Question
from pcc_assess.quiz.replies import LONGEST_LINE
from pcc_assess.quiz.session import SKIPPED, UNSURE, Answer, Session

SCHEMA = "pcc-assess/answers/1"
FORMS = ("full", "short")
_KEYS = frozenset(
    "schema role role_version level setting form language resume finished answers kept".split(),
)
_MOST_ANSWERS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The content of a file of answers.

    ``setting``: the kind of employer that was asked for, if any. ``resume``: the path of the resume that was read
    first. ``answers``: as they stand in the file, not yet compared with a form.
    """

    role: str
    role_version: int
    level: LevelId
    form: str
    language: str
    resume: str | None
    finished: bool
    answers: Mapping[str, Answer]
    setting: str | None = None


def document(
    session: Session,
    *,
    language: str,
    resume: str | None = None,
    kept: Mapping[str, Answer] | None = None,
    finished: bool = False,
) -> dict[str, Any]:
    """A session as the content of a file.

    Args:
        resume: the path of the resume that was read first.
        kept: answers that fit no question of the form.
        finished: the person has seen the list of all answers and let it stand.
    """
    form = session.form
    return {
        "schema": SCHEMA,
        "role": form.role,
        "role_version": form.role_version,
        "level": form.level,
        "setting": form.setting,
        "form": form.name,
        "language": language,
        "resume": resume,
        "finished": finished,
        "answers": {name: _written(answer) for name, answer in session.answers.items()},
        "kept": {name: _written(answer) for name, answer in (kept or {}).items()},
    }


def _written(answer: Answer) -> list[str] | str:
    return list(answer.values) if answer.state == "given" else answer.state


def read(value: Mapping[str, Any], source: str) -> Kept:
    """The content of a file, checked.

    Raises:
        InputError: a field is missing, unknown, or of the wrong kind; it is named.
    """
    unknown = sorted(map(str, value.keys() - _KEYS))
    if unknown:
        raise _wrong(source, f"{unknown[0]!r} is no field of a file of answers")
    level = next((level for level in LEVELS if level == value.get("level")), None)
    if level is None:
        raise _wrong(source, f"level is not one of {', '.join(LEVELS)}")
    if value.get("form") not in FORMS:
        raise _wrong(source, f"form is not one of {', '.join(FORMS)}")
    return Kept(
        role=_text(value, "role", source),
        role_version=_count(value, "role_version", source),
        level=level,
        form=value["form"],
        language=_text(value, "language", source),
        resume=_text_or_none(value, "resume", source),
        finished=value.get("finished") is True,
        answers=_answers(value, "answers", source) | _answers(value, "kept", source),
        setting=_text_or_none(value, "setting", source),
    )


def _text_or_none(value: Mapping[str, Any], key: str, source: str) -> str | None:
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        raise _wrong(source, f"{key} is not a text")
    return found


def _text(value: Mapping[str, Any], key: str, source: str) -> str:
    found = value.get(key)
    if not isinstance(found, str):
        raise _wrong(source, f"{key} is missing or not a text")
    return found


def _count(value: Mapping[str, Any], key: str, source: str) -> int:
    found = value.get(key)
    if not isinstance(found, int) or isinstance(found, bool):
        raise _wrong(source, f"{key} is missing or not a whole number")
    return found


def _answers(value: Mapping[str, Any], key: str, source: str) -> dict[str, Answer]:
    found = value.get(key, {})
    if not isinstance(found, dict) or len(found) > _MOST_ANSWERS:
        raise _wrong(source, f"{key} is not a mapping of questions to answers")
    return {str(name): _answer(each, f"{key}.{name}", source) for name, each in found.items()}


def _answer(value: object, place: str, source: str) -> Answer:
    for known in (SKIPPED, UNSURE):
        if value == known.state:
            return known
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(source, f'{place} is neither a list of texts, nor "skipped" or "unsure"')
    return Answer(tuple(value))


def _wrong(source: str, what: str) -> InputError:
    return InputError(f"the file of answers does not fit: {printable(what)[:200]}", where=source, hint=_HINT)


_HINT = "save it again from the quiz or its form"


def fitted(kept: Kept, form: Form) -> tuple[Session, dict[str, Answer]]:
    """The session of a file in a form, and the answers that fit none of its questions."""
    fits = {
        name: answer for name, answer in kept.answers.items() if name in form.by_id and _fits(form.by_id[name], answer)
    }
    rest = {name: answer for name, answer in kept.answers.items() if name not in fits}
    return Session(form, fits).resumed(), rest


def _fits(question: Question, answer: Answer) -> bool:
    if answer.state != "given":
        return True
    return _FITS[question.kind](question, answer.values)


def _chosen(question: Question, values: tuple[str, ...]) -> bool:
    return len(values) == 1 and values[0] in {option.value for option in question.options}


def _ticked(question: Question, values: tuple[str, ...]) -> bool:
    return len(set(values)) == len(values) and set(values) <= {option.value for option in question.options}


def _number(question: Question, values: tuple[str, ...]) -> bool:
    if len(values) != 1 or not values[0].isascii() or len(values[0]) > 8:
        return False
    whole, _, part = values[0].partition(".")
    return (whole + part).isdecimal() and float(values[0]) <= question.most


def _month(_question: Question, values: tuple[str, ...]) -> bool:
    if not values:
        return True
    year, _, month = values[0].partition("-")
    digits = values[0].isascii() and year.isdecimal() and month.isdecimal()
    return len(values) == 1 and digits and (len(year), len(month)) == (4, 2) and 1 <= int(month) <= 12


def _line(_question: Question, values: tuple[str, ...]) -> bool:
    return not values or (len(values) == 1 and 0 < len(values[0]) <= LONGEST_LINE and printable(values[0]) == values[0])


_FITS = {
    "rating": _chosen,
    "check": _chosen,
    "choice": _chosen,
    "ticks": _ticked,
    "review": _ticked,
    "number": _number,
    "month": _month,
    "line": _line,
}


def digest(session: Session) -> str:
    """SHA-256 of what was answered, in hexadecimal: the same for the same answers, however they were given."""
    form = session.form
    answered = {name: _written(answer) for name, answer in sorted(session.given.items())}
    content = json.dumps([form.role, form.level, form.name, answered], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
