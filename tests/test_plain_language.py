"""What a person reads in the quiz and on their page is plain: short anchors, and a reading grade of 8 or less."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import textstat

from pcc_assess import catalog
from pcc_assess.aim import make_aim, quiz_form
from pcc_assess.knowledge import LEVELS

MOST_WORDS = 14  # of an anchor
MOST_GRADE = 8  # Flesch-Kincaid
LEAST_EASE = 60  # Fernandez-Huerta, the Spanish form of Flesch's ease: 60 and more is plain
_FEWEST_WORDS = 5  # a grade of fewer words says nothing


@pytest.fixture(scope="module", params=["en", "es"])
def language(request):
    return str(request.param)


def _strings(knowledge) -> Iterator[tuple[str, str]]:
    """Every string of the quiz by its place."""
    for key, message in knowledge.texts.messages.items():
        if key.startswith(("ask.", "form.", "page.")) and not key.startswith("ask.words."):
            yield key, re.sub(r"\{[^}]*\}", "Epic", message)
    for skill in knowledge.skills.values():
        yield f"{skill.id}, anchors", " ".join(skill.anchors)
    for check in knowledge.quiz.checks:
        yield f"{check.id}, question", check.question
        yield f"{check.id}, options", " ".join(f"{option.rstrip('.')}." for option in check.options)
        yield f"{check.id}, why", check.why
    for entry in knowledge.quiz.made_up:
        yield entry.id, f"{entry.question} {entry.why}"


def test_anchors_are_short(language):
    knowledge = catalog.load(language=language)
    long = [
        (skill.id, anchor)
        for skill in knowledge.skills.values()
        for anchor in skill.anchors
        if len(anchor.split()) > MOST_WORDS
    ]
    assert long == []


def test_every_string_of_the_quiz_reads_at_grade_8_or_less():
    strings = [(place, text) for place, text in _strings(catalog.load()) if len(text.split()) >= _FEWEST_WORDS]
    assert len(strings) > 120
    hard = {place: grade for place, text in strings if (grade := textstat.flesch_kincaid_grade(text)) > MOST_GRADE}
    assert hard == {}


def test_every_string_of_the_spanish_quiz_reads_easily():
    textstat.set_lang("es")
    try:
        strings = [text for _, text in _strings(catalog.load(language="es")) if len(text.split()) >= _FEWEST_WORDS]
        hard = {text: ease for text in strings if (ease := textstat.fernandez_huerta(text)) < LEAST_EASE}
    finally:
        textstat.set_lang("en")
    assert hard == {}


@pytest.mark.parametrize("level", LEVELS)
def test_a_question_as_a_whole_reads_at_grade_8_or_less(aim, level):
    """Prompt, help and options together; names of programs and certificates are what they are."""
    form = quiz_form(make_aim(aim.role.id, level, aim.as_of))
    hard = {}
    for question in form.questions:
        if question.kind == "rating":
            text = " ".join((question.help, *(option.label for option in question.options)))
            grade = textstat.flesch_kincaid_grade(text)
            if grade > MOST_GRADE:
                hard[question.id] = grade
    assert hard == {}
