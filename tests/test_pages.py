"""Pages as a parser sees them: nothing loads or runs, every picture has a name, and the numbers are the record's."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from factories import skill, texts
from quizzes import answered, plain
from selectolax.lexbor import LexborHTMLParser
from test_cohort import failure, person, together
from test_renderers import HOSTILE, assessment
from test_renderers import plan as small_plan

from pcc_assess.aim import DEFAULT_ROLE, Aim, make_aim, quiz_form
from pcc_assess.assess import assess_bytes, assess_file, ladder_of, plan_of
from pcc_assess.cli import main
from pcc_assess.cohort.progress import progress
from pcc_assess.errors import InputError
from pcc_assess.model import Assessment, Profile
from pcc_assess.plan import parameters_of
from pcc_assess.quiz import answers
from pcc_assess.quiz.session import begun
from pcc_assess.renderers import ASSESSMENT, COMPARISON, PLAN, Look, caseload, charts, form, report, wording_of
from pcc_assess.renderers import progress as progress_as
from pcc_assess.renderers.json_ import to_json
from pcc_assess.renderers.summary import SIGNS

SAMPLE = "data/samples/entry-level.txt"
LOADS = "[src], [srcset], [data], [action], [formaction], [poster], [ping], [background], link, iframe, object, embed"


@pytest.fixture(scope="module", params=["en", "es"])
def aim(request) -> Aim:
    return make_aim(DEFAULT_ROLE, "coordinator", date(2026, 1, 1), request.param)


@pytest.fixture(scope="module")
def record(aim, root) -> Assessment:
    return assess_file(str(root / SAMPLE), aim)


@pytest.fixture(scope="module")
def pages(aim, record) -> dict[str, str]:
    """Every kind of page, in one language."""
    wording = wording_of(aim.role, aim.level, aim.knowledge)
    made = plan_of(record, aim, parameters_of(aim.knowledge.policy, aim.as_of))
    ladder = ladder_of(record, aim)
    weaker = replace(record, candidate=replace(record.candidate, id="c-2"))
    people = [record, weaker, person(Profile(), 3), person(Profile(), 4)]
    people = [replace(each, role=record.role, as_of=record.as_of) for each in people]
    doubtful = replace(people[3], input=replace(people[3].input, quality="doubtful", notes=("Letters are missing.",)))
    changed = progress(people, [people[2], record], aim.knowledge.policy, aim.knowledge.texts)
    return {
        "result": ASSESSMENT["html"](record, wording, Look()),
        "plan": PLAN["html"](made, wording, Look()),
        "person": report.report(record, wording, Look(), ladder=ladder, plan=made),
        "levels": COMPARISON["html"](ladder, wording, Look()),
        "caseload": caseload.page(together([*people[:3], doubtful, failure(1)], aim.knowledge), wording),
        "nobody": caseload.page(together([], aim.knowledge), wording),
        "progress": progress_as(changed, wording, Look(), "html"),
    }


KINDS = ("result", "plan", "person", "levels", "caseload", "nobody", "progress")
every_page = pytest.mark.parametrize("kind", KINDS)


@every_page
def test_nothing_can_load_or_run(pages, kind):
    tree = LexborHTMLParser(pages[kind])
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    (style,) = tree.css("style")
    used = b64encode(sha256(style.text(deep=True).encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{used}'; base-uri 'none'; form-action 'none'"
    assert tree.css_first("head").css_first("meta[charset] + meta[http-equiv]") is not None  # before all it rules over
    assert tree.css("script, [style], form, base") == []
    assert tree.css(LOADS) == []
    assert [item for item in tree.css("a") if not str(item.attributes["href"]).startswith("#")] == []
    assert [name for node in tree.css("*") for name in node.attributes if name.startswith("on")] == []
    assert re.findall(r"url\((?!#)|@import", style.text(deep=True)) == []


@every_page
def test_a_page_is_in_order(pages, kind, aim):
    tree = LexborHTMLParser(pages[kind])
    assert tree.css_first("html").attributes["lang"] == aim.knowledge.texts.language
    assert tree.css_first("title").text().strip()
    headings = [int(str(node.tag)[1]) for node in tree.css("h1, h2, h3, h4")]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    for node in tree.css("[aria-labelledby], [aria-describedby]"):
        for name in ("aria-labelledby", "aria-describedby"):
            assert (node.attributes.get(name) or ids[0]) in ids
    assert [link for link in tree.css("a") if str(link.attributes["href"])[1:] not in ids] == []
    for picture in tree.css("svg[role=img]"):
        assert picture.css_first("title").text()
        assert picture.css_first("desc").text()
    for table in tree.css("table"):
        wide = {len(row.css("th, td")) for row in table.css("tr")}
        assert len(wide) == 1
        assert [cell for cell in table.css("th") if cell.attributes.get("scope") not in ("row", "col")] == []


@every_page
def test_the_other_language_shows_nowhere(pages, kind, aim):
    other = texts("es" if aim.knowledge.texts.language == "en" else "en")
    own = aim.knowledge.texts.messages
    shown = LexborHTMLParser(pages[kind]).css_first("body").text()
    told = [
        message
        for key, message in other.messages.items()
        if key.startswith(("page.", "cohort.", "progress.")) and len(message) > 20 and message != own[key]
    ]
    assert [message for message in told if "{" not in message and message in shown] == []


# --- numbers -----------------------------------------------------------------------------------------


def width(node) -> float:
    return float(node.attributes["width"].rstrip("%"))


def test_pictures_and_words_show_the_numbers_of_the_record(pages, record):
    tree = LexborHTMLParser(pages["person"])
    score, possible = record.readiness.score, record.readiness.possible
    scale = tree.css_first("svg.scale")
    assert width(scale.css_first(".own")) == pytest.approx(score)
    assert width(scale.css_first(".open")) == pytest.approx(possible - score)
    assert [node.text() for node in tree.css(".figures strong")] == [str(int(score)), str(int(possible))]
    for item in record.requirements:
        article = tree.css_first(f"article[aria-labelledby=need-{item.id}]")
        assert f"{item.points:.2f}" in article.text()
        for evidence in item.evidence:
            assert " ".join(evidence.quote.split()) in " ".join(article.text().split())
        own = article.css_first("rect.own")
        if isinstance(item.required, int) and isinstance(item.own, int):
            assert (width(own) if own else 0) == pytest.approx(25 * item.own)
            mark = article.css_first("line.mark").attributes["x1"]
            assert float(mark.rstrip("%")) == pytest.approx(25 * item.required)


def test_the_caseload_shows_the_numbers_of_the_record(pages, aim):
    if aim.knowledge.texts.language != "en":
        return
    tree = LexborHTMLParser(pages["caseload"])
    rows = tree.css("table.heat tbody tr")
    assert len(rows) == 4
    assert [int(row.css("td")[0].text()) for row in rows] == sorted(int(r.css("td")[0].text()) for r in rows)[::-1]
    heights = [float(node.attributes["height"]) for node in tree.css("svg.columns rect.own")]
    counts = [node.text() for node in tree.css("svg.columns text")][::2]
    assert [bool(height) for height in heights] == [count != "0" for count in counts]
    assert sum(map(int, counts)) == 4
    assert "Letters are missing." in tree.css_first("section[aria-labelledby=problems]").text()
    assert "f1.pdf" in tree.css_first("section[aria-labelledby=problems]").text()


@pytest.mark.parametrize("own", [0, 1, 2.5, 4, 9])
def test_a_bar_never_leaves_its_place(own):
    bar = LexborHTMLParser(
        charts.bar(charts.Words(key="k", title="t", text="d"), own=own, most=4, possible=9, marks=[3])
    )
    for node in bar.css("rect"):
        left, wide = (float((node.attributes[name] or "").rstrip("%")) for name in ("x", "width"))
        assert 0 <= left <= left + wide <= 100


def test_a_timeline_of_one_day_is_a_timeline():
    day = date(2026, 1, 31)
    words = charts.Words(key="k", title="t", text="d")
    months = [str(month) for month in range(1, 13)]
    tree = LexborHTMLParser(charts.timeline(words, [charts.Stay(label="x" * 200, start=day, end=day)], months))
    assert width(tree.css("rect.own")[0]) == 100
    long = [charts.Stay(label="a", start=date(2026, 1, 15), end=date(2029, 3, 2))]
    labels = LexborHTMLParser(charts.timeline(words, long, months)).css("text.number")
    assert 2 <= len(labels) <= 5


# --- what a candidate wrote --------------------------------------------------------------------------


def spoiled(value: Any) -> Any:
    """A record with a hostile text behind every text that a person could have written."""
    if isinstance(value, str):
        return value if re.fullmatch(r"[a-z0-9:.+-]*|\d{4}-\d\d-\d\d", value) else f"{value} {HOSTILE}"
    if isinstance(value, tuple):
        return tuple(map(spoiled, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{item.name: spoiled(getattr(value, item.name)) for item in fields(value)})
    return value


def hostile_pages(knowledge) -> Iterator[str]:
    wording = wording_of(knowledge.roles[DEFAULT_ROLE], "coordinator", knowledge)
    bad = spoiled(assessment(quality="doubtful"))
    yield ASSESSMENT["html"](bad, wording, Look())
    yield PLAN["html"](spoiled(small_plan()), wording, Look())
    one = replace(person(Profile(), 1), candidate=replace(bad.candidate, name=HOSTILE, source=f"a/{HOSTILE}"))
    doubtful = replace(one, input=replace(one.input, quality="poor", notes=(HOSTILE,)))
    broken = failure(1)
    broken = replace(broken, error=replace(broken.error, message=HOSTILE, hint=HOSTILE))
    yield caseload.page(together([one, doubtful, broken], knowledge), wording)
    yield progress_as(progress([one], [one], knowledge.policy, knowledge.texts), wording, Look(), "html")


def test_hostile_texts_are_read_and_cannot_act(knowledge):
    for html in hostile_pages(knowledge):
        assert not set(html) & {"\x1b", "\u202e", "\u202c", "\x9b", "\x07"}
        assert "<b>html</b>" not in html
        assert "&lt;b&gt;html&lt;/b&gt;" in html
        assert LexborHTMLParser(html).css("script") == []


def test_every_state_has_its_words_in_the_legend(pages, aim):
    legend = LexborHTMLParser(pages["result"]).css_first("section[aria-labelledby=read]").text()
    for name in SIGNS:
        assert aim.knowledge.texts.say(f"report.state.{name}") in legend


@every_page
def test_a_page_is_not_taken_for_a_resume(pages, kind, aim):
    with pytest.raises(InputError, match="a page that pcc-assess has made"):
        assess_bytes(pages[kind].encode(), "page.html", aim)


def test_nor_is_the_quiz(aim):
    with pytest.raises(InputError, match="a page that pcc-assess has made"):
        assess_bytes(form.page(quiz_form(aim), aim.knowledge).encode(), "quiz.html", aim)


# --- what else a page can hold -----------------------------------------------------------------------


def test_a_posting_stands_beside_the_role(root, tmp_path):
    posting, page = tmp_path / "posting.txt", tmp_path / "page.html"
    posting.write_text("Patient Care Coordinator\nRequired: Spanish, Epic EHR, insurance verification, telehealth.\n")
    words = ["score", str(root / SAMPLE), "--posting", str(posting), "--format", "html", "--output", str(page)]
    assert main(words) == 0
    section = LexborHTMLParser(page.read_text("utf-8")).css_first("section[aria-labelledby=posting]")
    assert "Spanish: essential" in section.text()
    assert "For the role in general" in section.text()


@pytest.mark.parametrize("command", [["score", "--format", "html"], ["report"]])
def test_answers_come_with_their_reasons(aim, tmp_path, command):
    session = answered(begun(quiz_form(aim, "full")), plain)
    given, page = tmp_path / "answers.json", tmp_path / "page.html"
    given.write_text(to_json(answers.document(session, language="en", finished=True)), "utf-8")
    assert main([command[0], str(given), *command[1:], "--output", str(page)]) == 0
    section = LexborHTMLParser(page.read_text("utf-8")).css_first("section[aria-labelledby=rated]")
    assert section.css_first("h2").text() == "Your ratings"
    english = make_aim(DEFAULT_ROLE, "coordinator", aim.as_of).knowledge
    asked = [check for check in english.quiz.checks if check.question in section.text()]
    assert len(asked) >= 4
    assert all(check.why in section.text() for check in asked)


# --- where a page goes -------------------------------------------------------------------------------


def test_a_page_leaves_through_a_pipe_as_it_is(root, monkeypatch, capfdbinary):
    monkeypatch.chdir(root)
    assert main(["score", SAMPLE, "--format", "html", "--lang", "es"]) == 0
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"<!doctype html>")
    assert "«".encode() in out
    assert err == b""


@pytest.mark.parametrize(("words", "name"), [(["report"], "report"), (["plan", "--format", "html"], "plan")])
def test_a_screen_gets_a_file_of_its_own_and_keeps_older_ones(root, tmp_path, monkeypatch, capsys, words, name):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pcc_assess.cli.options._is_screen", lambda: True)
    for _ in range(2):
        assert main([words[0], str(root / SAMPLE), *words[1:]]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == [f"entry-level-{name}-2.html", f"entry-level-{name}.html"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
    assert "double click" in err


def test_the_class_that_closes_most_of_what_was_judged_is_named_apart(knowledge):
    """Most is open here, and one skill was judged."""
    people = [person(Profile(skills={"medical-terminology": skill(1)}), number) for number in range(3)]
    made = together(people)
    wording = wording_of(knowledge.roles[DEFAULT_ROLE], "coordinator", knowledge)
    sure = {offer.title: round(offer.points - offer.open_points, 2) for offer in made.classes}
    card = LexborHTMLParser(caseload.page(made, wording)).css_first("section[aria-labelledby=class] .card").text()
    assert made.classes[0].title in card
    named = re.search(r"this one brings most: (.*) \([^(]*\)\.", card).group(1)
    assert sure[named] == max(sure.values()) > 0
