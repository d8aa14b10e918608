"""The quiz as one HTML file that asks the same questions in any browser, and saves the same file of answers.

The page needs no network and may not use one: its policy allows only the one style and the one script that stand in it,
each by its hash. It knows the questions and their options and no more; it never scores.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from string import Template
from typing import Any

from pcc_assess.knowledge import Knowledge
from pcc_assess.quiz import answers
from pcc_assess.quiz.questions import Condition, Form, Question
from pcc_assess.quiz.replies import LONGEST_LINE
from pcc_assess.quiz.session import begun
from pcc_assess.renderers.pages import hashed, part
from pcc_assess.texts import Texts

FILE = "pcc-assess-answers.json"
_SCRIPT = "form.script."
# What an empty list of values says, for the kinds of question where it is an answer.
_NONE = frozenset({"ticks", "line", "month"})
_TYPED = frozenset({"line", "number", "month"})
_CREDENTIALS = "credentials"
_MONTH = r"\s*(\d{1,2}[\-\/.]\d{4}|\d{4}[\-\/.]\d{1,2})\s*"


def page(form: Form, knowledge: Knowledge) -> str:
    """The questions of a form as a page, in the language of the knowledge.

    Args:
        form: made without a resume: there is nothing to confirm in it.
    """
    texts, progress = knowledge.texts, begun(form).progress()
    style, script = part("tokens.css") + part("form.css"), part("form.js")
    return Template(part("form.html")).substitute(
        _words(form, knowledge),
        language=escape(texts.language),
        policy=escape(_policy(style, script)),
        style=style,
        script=script,
        intro="\n".join(f"<li>{escape(line)}</li>" for line in _intro(form, knowledge)),
        total=progress.total,
        about=escape(texts.say("ask.welcome.about", total=progress.total, minutes=progress.minutes)),
        sections="\n".join(_sections(form, texts)),
        data=_data(form, knowledge),
        file=FILE,
    )


def _policy(style: str, script: str) -> str:
    """Nothing may be fetched or sent, and nothing but these two may run or paint."""
    rules = ("default-src 'none'", f"style-src {hashed(style)}", f"script-src {hashed(script)}")
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))


def _words(form: Form, knowledge: Knowledge) -> dict[str, str]:
    """The sentences around the questions, by their places in the page."""
    texts = knowledge.texts
    role = knowledge.roles.get(form.role)
    title = role.ranks[form.level].title if role is not None and form.level in role.ranks else form.role
    said = {
        "title": texts.say("form.title", role=title),
        "skip_link": texts.say("form.skip-link"),
        "no_script": texts.say("form.no-script"),
        "keeps": texts.say("form.keeps"),
        "keeps_not": texts.say("form.keeps-not"),
        "load_title": texts.say("form.load.title"),
        "load_label": texts.say("form.load.label"),
        "load_help": texts.say("form.load.help"),
        "progress_label": texts.say("form.progress.label"),
        "progress_next": texts.say("form.progress.next"),
        "progress_open": texts.say("form.progress.next-open"),
        "recap_title": texts.say("form.recap.title"),
        "recap_about": texts.say("form.recap.about"),
        "straight": texts.say("ask.recap.straight"),
        "save_title": texts.say("form.save.title"),
        "save_button": texts.say("form.save.button"),
        "save_copy": texts.say("form.save.copy"),
        "save_copy_help": texts.say("form.save.copy-help", file=FILE),
        "save_copy_label": texts.say("form.save.copy-label"),
        "next_title": texts.say("form.next.title"),
        "next_counselor": texts.say("form.next.counselor"),
        "next_score": texts.say("form.next.score"),
        "next_reasons": texts.say("form.next.reasons"),
        "delete_title": texts.say("form.delete.title"),
        "delete_help": texts.say("form.delete.help"),
        "delete_button": texts.say("form.delete.button"),
    }
    return {place: escape(text) for place, text in said.items()}


def _intro(form: Form, knowledge: Knowledge) -> Iterator[str]:
    texts = knowledge.texts
    yield texts.say("form.intro.private")
    yield texts.say("form.intro.use")
    yield texts.say("ask.welcome.honest")
    if any(question.kind == "check" for question in form.questions):
        yield texts.say("form.intro.checks")
    if any(entry.id in form.by_id for entry in knowledge.quiz.made_up):
        yield texts.say("form.intro.made-up")


# --- the questions ---------------------------------------------------------------------------------


def _sections(form: Form, texts: Texts) -> Iterator[str]:
    names = {question.id: f"q{number}" for number, question in enumerate(form.questions, 1)}
    for section, questions in _grouped(form):
        title = escape(texts.say(f"ask.sections.{section}"))
        inner = "\n".join(_question(question, names[question.id], form, texts) for question in questions)
        anchor = f"part-{escape(section)}"
        yield f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{title}</h2>\n{inner}\n</section>'


def _grouped(form: Form) -> list[tuple[str, list[Question]]]:
    """The sections in the order of their questions, each behind those that its questions depend on."""
    grouped: dict[str, list[Question]] = {}
    for question in form.questions:
        grouped.setdefault(question.section, []).append(question)
    ordered: dict[str, list[Question]] = {}
    while left := [section for section in grouped if section not in ordered]:
        ready = [section for section in left if _needs(form, grouped[section]) <= ordered.keys() | {section}]
        ordered[(ready or left)[0]] = grouped[(ready or left)[0]]
    return list(ordered.items())


def _needs(form: Form, questions: Iterable[Question]) -> set[str]:
    return {form.by_id[condition.question].section for question in questions for condition in question.when}


def _question(question: Question, name: str, form: Form, texts: Texts) -> str:
    """One question as a group of fields."""
    kind = "detail" if question.main else "whole"
    about = f'class="{kind} {question.kind}" id="{name}" data-question="{escape(question.id)}"'
    lines = [
        f'<fieldset {about} aria-describedby="{name}-help">',
        f"<legend>{_legend(question, texts)}</legend>",
    ]
    if question.when:
        lines.append(f"<noscript><p>{escape(_only(question.when[-1], form, texts))}</p></noscript>")
    lines.append(f'<p class="help" id="{name}-help">{escape(_help(question, texts))}</p>')
    lines += _typed(question, name, texts) if question.kind in _TYPED else _options(question)
    lines += [*_others(question, texts), "</fieldset>"]
    return "\n".join(lines)


def _legend(question: Question, texts: Texts) -> str:
    asked = f" <span>{escape(texts.say('ask.question.how-far'))}</span>" if question.kind == "rating" else ""
    return escape(question.prompt) + asked


def _help(question: Question, texts: Texts) -> str:
    """What helps to answer; the quiz in a terminal says for some questions which key to press."""
    if question.kind == "number":
        return texts.say("form.help.number")
    if question.kind == "month":
        return texts.say("form.help.month")
    if question.kind == "check":
        return texts.say("form.help.check")
    if question.kind == "ticks" and question.section == _CREDENTIALS:
        return texts.say("form.help.credentials")
    return question.help


def _only(condition: Condition, form: Form, texts: Texts) -> str:
    """When a question is asked, for those who read the page without its script."""
    asked = form.by_id[condition.question]
    chosen = [option for option in asked.options if option.value in condition.values]
    labels = [option.value if asked.kind == "rating" else option.label for option in chosen]
    return texts.say("form.only", choices=", ".join(labels), question=asked.short)


def _options(question: Question) -> Iterator[str]:
    kind = "checkbox" if question.kind == "ticks" else "radio"
    for option in question.options:
        number = f"<b>{escape(option.value)}</b> " if question.kind == "rating" else ""
        yield (
            f'<label class="option"><input type="{kind}" name="{escape(question.id)}" value="{escape(option.value)}">'
            f"<span>{number}{escape(option.label)}</span></label>"
        )


def _typed(question: Question, name: str, texts: Texts) -> Iterator[str]:
    pattern = f' pattern="{escape(_MONTH)}"' if question.kind == "month" else ""
    mode = ' inputmode="decimal"' if question.kind == "number" else ""
    yield f'<label for="{name}-field">{escape(texts.say(f"form.field.{question.kind}"))}</label>'
    yield (
        f'<input type="text" id="{name}-field" name="{escape(question.id)}"{pattern}{mode}'
        f' aria-describedby="{name}-error">'
    )
    yield f'<p class="error" id="{name}-error" aria-live="polite"></p>'


def _others(question: Question, texts: Texts) -> Iterator[str]:
    """What else can be said to any question, and how an answer is taken back."""
    kind = "checkbox" if question.kind == "ticks" or question.kind in _TYPED else "radio"
    states = [("none", texts.say(f"form.none.{question.kind}"))] if question.kind in _NONE else []
    states += [("unsure", texts.say("form.unsure")), ("skipped", texts.say("form.skipped"))]
    yield '<div class="others">'
    for state, label in states:
        yield (
            f'<label class="option"><input type="{kind}" name="{escape(question.id)}" data-state="{state}">'
            f"<span>{escape(label)}</span></label>"
        )
    yield f'<button type="button" class="clear" hidden>{escape(texts.say("form.clear"))}</button>'
    yield "</div>"


# --- what the script knows -------------------------------------------------------------------------


def _data(form: Form, knowledge: Knowledge) -> str:
    """The form for the script; nothing in it can end the element that it stands in."""
    texts = knowledge.texts
    said = {key.removeprefix(_SCRIPT): text for key, text in texts.messages.items() if key.startswith(_SCRIPT)}
    rules = knowledge.policy.quiz
    content = {
        "schema": answers.SCHEMA,
        "role": form.role,
        "role_version": form.role_version,
        "level": form.level,
        "setting": form.setting,
        "form": form.name,
        "language": texts.language,
        "file": FILE,
        "longest": LONGEST_LINE,
        "straight": {"least": rules.straight_least, "share": rules.straight_share},
        "words": {unit: texts.say(f"ask.words.{unit}").split(",") for unit in ("months", "years")},
        "texts": {
            **said,
            "number": texts.say("ask.hint.number"),
            "long": texts.say("ask.hint.long", most=LONGEST_LINE),
            "most": texts.messages["ask.hint.most"],
            "again": texts.say("form.again"),
        },
        "questions": [_known(question) for question in form.questions],
    }
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _known(question: Question) -> dict[str, Any]:
    when = [[condition.question, sorted(condition.values)] for condition in question.when]
    known = {"id": question.id, "kind": question.kind, "short": question.short, "main": question.main, "when": when}
    return known | ({"most": question.most} if question.kind == "number" else {})
