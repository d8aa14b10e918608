"""The quiz as a page, used in a real browser: by keyboard alone, interrupted, saved, taken up again, and scored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chromium import barriers, needed
from quizzes import answered, plain, typed

from pcc_assess.aim import DEFAULT_ROLE, Aim, make_aim, quiz_form
from pcc_assess.assess import assess_bytes
from pcc_assess.quiz import answers, replies
from pcc_assess.quiz.questions import Form, Question
from pcc_assess.quiz.session import SKIPPED, UNSURE, Answer, Session, begun
from pcc_assess.renderers.form import FILE, page
from pcc_assess.renderers.json_ import to_json

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = needed

# what has the focus: its question, what it is, and whether what stays on top hides it
FOCUS = """() => {
  const at = document.activeElement, box = at.closest("fieldset"), top = document.querySelector(".progress");
  const inputs = box ? Array.from(box.querySelectorAll("input")) : [];
  return {
    id: at.id, type: at.type || "", value: at.value || "", state: at.dataset.state || "", checked: at.checked || false,
    question: box ? box.dataset.question : "", place: inputs.indexOf(at),
    values: inputs.map((input) => input.dataset.state || input.value),
    hidden: Boolean(box) && at.getBoundingClientRect().bottom <= top.getBoundingClientRect().bottom,
  };
}"""
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("not here", "SecurityError"); },
});"""


def mixed(question: Question) -> Answer:
    """Answers of a person who leaves things out."""
    number = sum(map(ord, question.id))
    if number % 7 == 0:
        return SKIPPED
    if number % 7 == 1:
        return UNSURE
    if number % 3 == 0 and question.kind in ("ticks", "line", "month"):
        return Answer()
    return plain(question)


@dataclass
class Visit:
    """A page that is open, with all that the browser asked for or complained of. ``quiz``: the same in the terminal."""

    page: Page
    form: Form
    aim: Aim
    asked_for: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def file(self) -> dict[str, Any]:
        """What would be saved now."""
        return json.loads(self.page.input_value("#copy"))

    @property
    def count(self) -> str:
        return self.page.inner_text("#count")

    def box(self, question: str) -> str:
        return f'fieldset[data-question="{question}"]'

    def put(self, question: Question, answer: Answer) -> None:
        """An answer by pointer."""
        inside = self.box(question.id)
        if answer.state != "given" or not answer.values:
            self.page.check(f'{inside} [data-state="{answer.state if answer.state != "given" else "none"}"]')
        elif question.kind in ("line", "number", "month"):
            self.page.fill(f"{inside} input[type=text]", typed(question, answer))
        else:
            for value in answer.values:
                self.page.check(f'{inside} input[value="{value}"]')

    def fill(self, session: Session, share: float = 1.0) -> None:
        """The first of the answers of a session, or all."""
        given = list(session.given.items())
        for name, answer in given[: round(len(given) * share)]:
            self.put(self.form.by_id[name], answer)

    def save(self) -> bytes:
        with self.page.expect_download() as coming:
            self.page.click("#save")
        assert coming.value.suggested_filename == FILE
        return Path(coming.value.path()).read_bytes()


@pytest.fixture(scope="module")
def aims() -> dict[str, Aim]:
    day = date(2026, 1, 1)
    return {name: make_aim(DEFAULT_ROLE, "coordinator", day, name) for name in ("en", "es")}


@pytest.fixture
def visit(browser: Browser, aims: dict[str, Aim], tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Opens the page; at the end nothing may have been fetched or refused."""
    visits: list[tuple[Visit, BrowserContext]] = []

    def open_page(language: str = "en", name: str = "short", *, before: str = "", **settings: Any) -> Visit:
        aim = aims[language]
        form = quiz_form(aim, name)
        path = tmp_path / f"quiz {language} {name}.html"
        path.write_text(page(form, aim.knowledge), "utf-8")
        context = browser.new_context(**settings)
        context.add_init_script(before)
        made = Visit(context.new_page(), form, aim)
        made.page.set_default_timeout(5_000)
        made.page.on("request", lambda request: made.asked_for.append(request.url))
        made.page.on("console", lambda message: made.complaints.append(message.text))
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        visits.append((made, context))
        made.page.goto(path.as_uri())
        return made

    yield open_page
    for made, context in visits:
        own = made.page.url.partition("#")[0]
        assert [url for url in made.asked_for if url != own and not url.startswith("blob:")] == []
        assert made.complaints == []
        context.close()


# --- by keyboard alone -----------------------------------------------------------------------------


def press(made: Visit, focus: dict[str, Any], answer: Answer) -> None:
    """The keys that give an answer at the field that has the focus."""
    keyboard = made.page.keyboard
    wanted = answer.values if answer.state == "given" else (answer.state,)
    wanted = wanted or ("none",)
    question = made.form.by_id[focus["question"]]
    if focus["type"] == "radio":
        for _ in range(focus["values"].index(wanted[0]) - focus["place"]):
            keyboard.press("ArrowDown")
        if focus["values"].index(wanted[0]) == focus["place"] and not focus["checked"]:
            keyboard.press("Space")
    elif focus["type"] == "checkbox" and (focus["state"] or focus["value"]) in wanted and not focus["checked"]:
        keyboard.press("Space")
    elif focus["type"] == "text" and answer.values and not focus["value"]:
        keyboard.type(typed(question, answer))


def tab_through(made: Visit, choose: Callable[[Question], Answer], most: int = 1_000) -> int:
    """From field to field up to the button that saves; the number of questions met, at most ``most``."""
    met: set[str] = set()
    for _ in range(2_000):
        made.page.keyboard.press("Tab")
        focus = made.page.evaluate(FOCUS)
        assert not focus["hidden"], focus
        if focus["id"] == "save":
            return len(met)
        if focus["question"] and focus["type"] in ("radio", "checkbox", "text"):
            if len(met | {focus["question"]}) > most:
                return len(met)
            met.add(focus["question"])
            press(made, focus, choose(made.form.by_id[focus["question"]]))
    pytest.fail("the button that saves was never reached")


@pytest.mark.parametrize(
    ("language", "name", "choose", "scheme"),
    [("en", "full", plain, "light"), ("es", "full", mixed, "dark")],
)
def test_by_keyboard_with_a_reload_midway_the_same_as_in_a_terminal(visit, language, name, choose, scheme, axe):
    made = visit(language, name, color_scheme=scheme)
    session = answered(begun(made.form), choose)
    assert barriers(made.page, axe) == []
    tab_through(made, choose, most=len(session.given) // 2)
    before = made.file
    assert before["answers"]
    assert not before["finished"]
    assert barriers(made.page, axe) == []
    made.page.reload()
    assert made.file == before
    assert made.page.inner_text("#again") == made.aim.knowledge.texts.say("form.again")
    tab_through(made, choose)
    assert barriers(made.page, axe) == []

    with made.page.expect_download() as coming:
        made.page.keyboard.press("Enter")
    data = Path(coming.value.path()).read_bytes()
    content = to_json(answers.document(session, language=language, finished=True)).encode()
    assert data == content
    results = [to_json(assess_bytes(each, FILE, made.aim)) for each in (data, content)]
    assert results[0] == results[1]
    assert json.loads(results[0])["profile"]["skills"]


def test_the_first_tab_offers_the_way_past_the_introduction(visit):
    made = visit()
    made.page.keyboard.press("Tab")
    assert made.page.evaluate("document.activeElement.className") == "skip"
    made.page.keyboard.press("Enter")
    made.page.keyboard.press("Tab")
    assert made.page.evaluate(FOCUS)["question"] == made.form.questions[0].id


def test_next_leads_to_what_is_open(visit):
    made = visit()
    session = answered(begun(made.form), plain)
    made.page.click("#next")
    assert made.page.evaluate(FOCUS)["question"] == made.form.questions[0].id
    # what was left open on purpose is not in the way
    made.page.click("#next")
    assert made.page.evaluate(FOCUS)["question"] == made.form.questions[1].id
    made.fill(session)
    made.page.click("#next")
    assert made.page.evaluate("document.activeElement.id") == "recap-title"


# --- what a person sees ----------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "name", "scheme"), [("en", "short", "dark"), ("es", "full", "light")])
def test_no_barrier_and_no_sideways_scroll_on_a_small_phone(visit, axe, language, name, scheme):
    made = visit(language, name, viewport={"width": 320, "height": 568}, color_scheme=scheme)
    session = answered(begun(made.form), plain)
    for share in (0.0, 0.5, 1.0):
        made.fill(session, share)
        made.page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert made.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(made.page, axe) == []


def test_progress_and_list_tell_where_one_is(visit):
    made = visit(name="full")
    session = answered(begun(made.form), plain)
    total = begun(made.form).progress().total
    assert made.count == f"0 of {total} answered"
    assert made.page.locator("#recap li strong").count() == made.page.locator("fieldset:visible").count()
    made.fill(session)
    mains = sum(not made.form.by_id[name].main for name in session.given)
    assert made.count == f"All {mains} answered"
    assert made.page.locator("#recap strong").count() == 0
    assert made.page.locator("#recap li").count() == len(session.given)
    made.page.locator("#recap a").nth(5).click()
    question = made.page.evaluate(FOCUS)["question"]
    assert question == list(session.given)[5]
    # the whole question stands below what stays on top
    bar, box = (made.page.locator(each).bounding_box() for each in (".progress", made.box(question)))
    assert box["y"] >= bar["y"] + bar["height"]


def test_details_come_and_go(visit):
    made = visit()
    rating = next(question for question in made.form.questions if question.kind == "rating")
    example = made.page.locator(made.box(f"{rating.id}/example"))
    assert not example.is_visible()
    made.put(rating, Answer(("3",)))
    assert example.is_visible()
    made.put(made.form.by_id[f"{rating.id}/example"], Answer(("At the eye clinic",)))
    assert made.file["answers"] == {rating.id: ["3"], f"{rating.id}/example": ["At the eye clinic"]}
    made.put(rating, Answer(("1",)))
    assert not example.is_visible()
    assert made.file["answers"] == {rating.id: ["1"]}
    made.put(rating, Answer(("4",)))
    assert made.file["answers"][f"{rating.id}/example"] == ["At the eye clinic"]


def test_an_answer_can_be_taken_back_and_the_focus_stays_there(visit):
    made = visit()
    first = made.form.questions[0]
    made.put(first, Answer((first.options[2].value,)))
    made.page.click(f"{made.box(first.id)} .clear")
    assert made.file["answers"] == {}
    assert made.page.evaluate(FOCUS)["question"] == first.id


def test_none_of_these_and_what_was_chosen_shut_each_other_out(visit):
    made = visit()
    ticks = next(question for question in made.form.questions if question.kind == "ticks")
    for answer, kept in (
        (Answer((ticks.options[1].value,)), [ticks.options[1].value]),
        (Answer(), []),
        (SKIPPED, "skipped"),
        (Answer((ticks.options[0].value,)), [ticks.options[0].value]),
        (UNSURE, "unsure"),
    ):
        made.put(ticks, answer)
        assert made.file["answers"][ticks.id] == kept


def test_a_line_comes_back_when_skipping_is_taken_back(visit):
    made = visit()
    rating = next(question for question in made.form.questions if question.kind == "rating")
    made.put(rating, Answer(("4",)))
    box = made.box(f"{rating.id}/example")
    made.page.fill(f"{box} input[type=text]", "At the eye clinic")
    made.page.check(f"{box} [data-state=skipped]")
    assert made.file["answers"][f"{rating.id}/example"] == "skipped"
    made.page.uncheck(f"{box} [data-state=skipped]")
    assert made.file["answers"][f"{rating.id}/example"] == ["At the eye clinic"]


# --- what is typed ---------------------------------------------------------------------------------

TYPED = {
    "number": "2|2.5|2,5|.5|5.|0|007|60|61|-1|1e1|abc|6 months|1.5 months|4.5 Months|13 mo|3 years|2 yr|2 1/2|1,2,3|"
    "0.125|0.375|1.005|12.345678|1234567|12345678|٣|6  months|months",
    "month": "03/2027|3/2027|3-2027|2027-03|2027.3|13/2027|0/2027|00/2027|2027|03/27|03 / 2027|3/2027/1|"
    "٣/2027| 3/2027 |x",
    "line": "At the eye clinic|abc|abcd|a1b2c3d4|  two   spaces here |tab\there|zero\u200bwidth|ñandú|" + "x" * 301,
}


@pytest.mark.parametrize("kind", TYPED)
def test_what_is_typed_means_the_same_as_in_a_terminal(visit, kind):
    made = visit()
    question = next(each for each in made.form.questions if each.kind == kind)
    made.page.evaluate("document.querySelectorAll('fieldset').forEach((box) => (box.hidden = false))")
    for condition in question.when:
        made.put(made.form.by_id[condition.question], Answer((min(condition.values),)))
    inside = made.box(question.id)
    texts = made.aim.knowledge.texts
    for text in TYPED[kind].split("|"):
        made.page.fill(f"{inside} input[type=text]", text)
        made.page.locator(f"{inside} input[type=text]").blur()
        meant = replies.read(question, text, texts)
        fits = isinstance(meant, Answer)
        assert made.file["answers"].get(question.id) == (list(meant.values) if fits else None), text
        invalid = made.page.get_attribute(f"{inside} input[type=text]", "aria-invalid")
        error = made.page.locator(f"{inside} .error")
        assert (invalid, error.is_visible()) == (("false", False) if fits else ("true", True)), text
    assert made.page.get_attribute(f"{inside} input[type=text]", "aria-describedby") == error.get_attribute("id")


def test_what_is_no_answer_yet_is_kept_too(visit):
    made = visit()
    rating = next(question for question in made.form.questions if question.kind == "rating")
    made.put(rating, Answer(("4",)))
    made.page.fill(f"{made.box(f'{rating.id}/example')} input[type=text]", "At")
    made.page.reload()
    assert made.page.input_value(f"{made.box(f'{rating.id}/example')} input[type=text]") == "At"
    assert f"{rating.id}/example" not in made.file["answers"]


# --- kept, deleted, taken up again -----------------------------------------------------------------


def test_all_is_deleted_when_the_person_says_so(visit):
    made = visit()
    made.fill(answered(begun(made.form), plain))
    made.page.click("details:has(#delete) summary")
    made.page.click("#delete")
    assert made.page.evaluate("localStorage.length") == 0
    assert made.page.inner_text("#deleted") == made.aim.knowledge.texts.say("form.script.deleted")
    made.page.reload()
    assert made.file["answers"] == {}
    assert made.page.locator("input:checked").count() == 0


def test_a_saved_file_is_taken_up_again(visit, tmp_path):
    made = visit(name="full")
    made.fill(answered(begun(made.form), mixed))
    saved = tmp_path / FILE
    saved.write_bytes(made.save())
    again = visit(name="full")
    assert again.file["answers"] == {}
    again.page.click(".load summary")
    again.page.set_input_files("#load", saved)
    again.page.wait_for_selector("#loaded:not(:empty)")
    assert again.save() == saved.read_bytes()


def test_answers_that_fit_no_question_stay_in_the_file(visit, tmp_path):
    made = visit()
    first = made.form.questions[0]
    content = made.file
    content["answers"] = {first.id: [first.options[1].value], "gone": ["3"], made.form.questions[1].id: ["nothing"]}
    content["kept"] = {"long-gone": "skipped"}
    saved = tmp_path / FILE
    saved.write_text(json.dumps(content), "utf-8")
    made.page.click(".load summary")
    made.page.set_input_files("#load", saved)
    made.page.wait_for_selector("#loaded:not(:empty)")
    assert "3 answers" in made.page.inner_text("#loaded")
    assert made.file["answers"] == {first.id: [first.options[1].value]}
    kept = {"gone": ["3"], made.form.questions[1].id: ["nothing"], "long-gone": "skipped"}
    assert made.file["kept"] == kept
    made.page.reload()
    assert made.file["kept"] == kept


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "not-ours"),
        ("{", "not-ours"),
        ("[1]", "not-ours"),
        ("null", "not-ours"),
        ('{"schema": "pcc-assess/answers/1"}', "not-ours"),
        ('{"schema": "pcc-assess/answers/1", "answers": []}', "not-ours"),
        ('{"schema": "pcc-assess/answers/1", "answers": {}, "role": "another"}', "other-quiz"),
    ],
)
def test_a_file_of_another_kind_changes_nothing(visit, tmp_path, content, message):
    made = visit()
    first = made.form.questions[0]
    made.put(first, Answer((first.options[1].value,)))
    before = made.file
    (tmp_path / "other.json").write_text(content, "utf-8")
    made.page.click(".load summary")
    made.page.set_input_files("#load", tmp_path / "other.json")
    made.page.wait_for_selector("#load-error:not(:empty)")
    assert made.page.inner_text("#load-error") == made.aim.knowledge.texts.say(f"form.script.{message}")
    assert made.file == before


def test_a_browser_that_keeps_nothing_says_so_and_still_saves(visit):
    made = visit(before=NO_STORAGE)
    assert made.page.is_visible("#keeps-not")
    assert not made.page.is_visible("#keeps")
    session = answered(begun(made.form), plain)
    made.fill(session)
    content = to_json(answers.document(session, language="en", finished=True))
    assert made.save() == content.encode()


def test_without_its_script_the_page_can_be_read(visit):
    made = visit(java_script_enabled=False)
    assert made.page.locator("fieldset:visible").count() == len(made.form.questions)
    assert made.aim.knowledge.texts.say("form.no-script") in made.page.inner_text("body")
    assert not made.page.is_visible("#save")


def test_the_spanish_page_is_spanish(visit, aims):
    made = visit("es", "full")
    made.fill(answered(begun(made.form), mixed))
    made.page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert made.page.get_attribute("html", "lang") == "es"
    labels = made.page.locator("[aria-label]")
    shown = made.page.inner_text("body") + " ".join(each.get_attribute("aria-label") for each in labels.all())
    own = set(aims["es"].knowledge.texts.messages.values())
    english = [
        text
        for key, text in aims["en"].knowledge.texts.messages.items()
        if key.startswith(("form.", "ask.")) and " " in text and "{" not in text and text not in own
    ]
    assert [text for text in english if text in shown] == []
