"""The quiz as a page: everything is in it, nothing gets out of it, and a hostile role file stays text."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from pcc_assess.aim import DEFAULT_ROLE, Aim, make_aim, quiz_form
from pcc_assess.quiz.questions import Form, Option, Question
from pcc_assess.renderers.form import page

HOSTILE = """</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&<!-- $title"""


class Reader(HTMLParser):
    """The elements of a page with their attributes, and the text in each style and script."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self._raw = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._raw = tag if tag in ("style", "script") else ""

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""

    def handle_data(self, data: str) -> None:
        if self._raw:
            self.inside.append((self._raw, data))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module", params=["full", "short"])
def form(request: pytest.FixtureRequest, aim: Aim) -> Form:
    return quiz_form(aim, request.param)


@pytest.fixture
def reader(form: Form, aim: Aim) -> Reader:
    return Reader(page(form, aim.knowledge))


def known(reader: Reader) -> dict:
    """What the script knows."""
    return json.loads(reader.inside[1][1])


def hostile(question: Question) -> Question:
    options = tuple(Option(option.value, HOSTILE) for option in question.options)
    return replace(question, prompt=HOSTILE, short=HOSTILE, help=HOSTILE, options=options)


def test_every_question_and_every_option_is_there(form: Form, reader: Reader) -> None:
    boxes = [attrs["data-question"] for attrs in reader.named("fieldset")]
    assert sorted(map(str, boxes)) == sorted(question.id for question in form.questions)
    fields = {(attrs["name"], attrs.get("value")) for attrs in reader.named("input") if "name" in attrs}
    wanted = {(question.id, option.value) for question in form.questions for option in question.options}
    assert wanted <= fields
    assert [item["id"] for item in known(reader)["questions"]] == [question.id for question in form.questions]


def test_every_question_can_be_skipped_or_left_unknown(form: Form, reader: Reader) -> None:
    for state in ("unsure", "skipped"):
        names = [attrs["name"] for attrs in reader.named("input") if attrs.get("data-state") == state]
        assert sorted(map(str, names)) == sorted(question.id for question in form.questions)


def test_a_question_stands_behind_those_that_it_depends_on(form: Form, reader: Reader) -> None:
    order = [attrs["data-question"] for attrs in reader.named("fieldset")]
    early = [
        question.id
        for question in form.questions
        for condition in question.when
        if order.index(question.id) < order.index(condition.question)
    ]
    assert early == []


def test_a_section_has_one_heading(form: Form, reader: Reader) -> None:
    sections = [attrs["id"] for attrs in reader.named("h2") if str(attrs["id"]).startswith("part-")]
    assert sorted(map(str, sections)) == sorted({f"part-{question.section}" for question in form.questions})


def test_ids_are_unique_and_labels_lead_somewhere(reader: Reader) -> None:
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    led = [
        part
        for _, attrs in reader.tags
        for key in ("for", "aria-labelledby", "aria-describedby")
        for part in (attrs.get(key) or "").split()
    ]
    assert set(led) <= set(ids)


def test_only_its_own_style_and_script_may_run(reader: Reader) -> None:
    style, _, script = (text for _, text in reader.inside)
    policy = next(attrs["content"] for attrs in reader.named("meta") if "http-equiv" in attrs)
    hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_fetched(form: Form, aim: Aim, reader: Reader) -> None:
    text = page(form, aim.knowledge)
    assert re.findall(r"https?:|//[a-z]|@import|url\(", text) == []
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in reader.tags}
    # no place but one of its own, and no code or look in an attribute, which the policy would refuse
    assert [attrs for _, attrs in reader.tags if "src" in attrs or not (attrs.get("href") or "#").startswith("#")] == []
    assert [key for _, attrs in reader.tags for key in attrs if key == "style" or key.startswith("on")] == []


def test_the_right_answers_do_not_stand_in_it(aim: Aim) -> None:
    text = page(quiz_form(aim), aim.knowledge)
    checks = aim.knowledge.quiz.checks
    assert any(check.id in text for check in checks)
    turned = tuple(replace(check, right=1 + check.right % len(check.options), why="x") for check in checks)
    items = replace(aim.knowledge.quiz, checks=turned)
    other = replace(aim, knowledge=replace(aim.knowledge, quiz=items))
    assert page(quiz_form(other), other.knowledge) == text


def test_a_hostile_role_stays_text(form: Form, aim: Aim) -> None:
    questions = tuple(hostile(question) for question in form.questions)
    bad = replace(form, role=HOSTILE, questions=questions, by_id={question.id: question for question in questions})
    reader = Reader(page(bad, aim.knowledge))
    plain = Reader(page(form, aim.knowledge))
    assert [tag for tag, _ in reader.tags] == [tag for tag, _ in plain.tags]
    assert len(reader.inside) == 3
    assert known(reader)["role"] == HOSTILE
    assert {item["short"] for item in known(reader)["questions"]} == {HOSTILE}


def test_the_level_names_the_role_in_the_title(aim: Aim) -> None:
    text = page(quiz_form(aim), aim.knowledge)
    assert aim.role.ranks[aim.level].title in text.partition("<title>")[2].partition("</title>")[0]


def test_the_page_speaks_its_language_and_every_message_has_its_own_words() -> None:
    messages = {}
    for language in ("en", "es"):
        made = make_aim(DEFAULT_ROLE, "coordinator", date(2026, 1, 1), language)
        assert Reader(page(quiz_form(made), made.knowledge)).named("html") == [{"lang": language}]
        messages[language] = made.knowledge.texts.messages
    own = [key for key in messages["en"] if key.startswith("form.")]
    assert [key for key in own if messages["en"][key] == messages["es"][key]] == []
