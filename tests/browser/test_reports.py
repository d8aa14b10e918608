"""The pages about people, in a real browser: nothing is fetched or run, no barrier, on a phone and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chromium import barriers, needed
from factories import skill
from test_cohort import failure, person

from pcc_assess.cli import main
from pcc_assess.model import Profile
from pcc_assess.renderers.json_ import to_json

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = needed

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = "data/samples/entry-level.txt"
OLD, NEW = "old.jsonl", "new.jsonl"
DAY = ["--as-of", date(2026, 1, 1).isoformat()]
PHONE = {"width": 320, "height": 568}
# how far each thing that could paint outside its place reaches to the right
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The page that a command writes, each made once."""
    folder = tmp_path_factory.mktemp("pages")
    done: dict[tuple[str, ...], Path] = {}

    def write(*words: str) -> Path:
        if words not in done:
            path = folder / f"{len(done)}.html"
            given = [str(results(folder, word)) if word.endswith(".jsonl") else word for word in words]
            day = [] if given != list(words) else DAY
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(ROOT)
                assert main([*given, *day, "--output", str(path)]) == 0
            done[words] = path
        return done[words]

    return write


def results(folder: Path, name: str) -> Path:
    """What a batch of many people could have written, in two versions: some files unread, some people moved."""
    path = folder / name
    if not path.exists():
        levels = range(5) if name == OLD else (1, 1, 3, 2)
        people = [person(Profile(skills={"ehr-systems": skill(level)}), n) for n, level in enumerate(levels)]
        doubtful = replace(people[1], input=replace(people[1].input, quality="doubtful", notes=("Read with doubt.",)))
        records = [*people, replace(doubtful, candidate=replace(doubtful.candidate, id="c-9", source="d.txt"))]
        path.write_text("".join(to_json(record, indent=None) for record in (*records, failure(1))), "utf-8")
    return path


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page; at the end nothing else may have been asked for or complained of."""
    opened: list[tuple[BrowserContext, list[str], list[str], str]] = []

    def open_page(path: Path, **settings: Any) -> Page:
        context = browser.new_context(**settings)
        page = context.new_page()
        asked, complaints = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.append((context, asked, complaints, path.as_uri()))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context, asked, complaints, own in opened:
        assert set(asked) == {own}
        assert complaints == []
        context.close()


PAGES = {
    "result": ("score", SAMPLE, "--format", "html"),
    "plan": ("plan", SAMPLE, "--format", "html", "--lang", "es"),
    "report": ("report", SAMPLE),
    "report, Spanish": ("report", SAMPLE, "--lang", "es", "--level", "senior"),
    "caseload": ("report", OLD),
    "caseload, Spanish": ("report", OLD, "--lang", "es"),
    "progress": ("compare", "--cohort", OLD, NEW, "--format", "html"),
    "levels": ("compare", SAMPLE, "--levels", "--format", "html"),
}
every_page = pytest.mark.parametrize("words", PAGES.values(), ids=PAGES)


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier(visit, made, axe, words, scheme):
    page = visit(made(*words), color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert barriers(page, axe) == []


@every_page
def test_no_sideways_scroll_on_a_small_phone(visit, made, words):
    page = visit(made(*words), viewport=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert page.evaluate(WIDTH) <= PHONE["width"]
    small = page.evaluate(
        "Array.from(document.querySelectorAll('main *')).filter((each) => each.textContent.trim()"
        " && parseFloat(getComputedStyle(each).fontSize) < 12).length"
    )
    assert small == 0


def test_a_word_without_end_stays_in_its_place(visit, made, tmp_path):
    """As a name, a path or a reason; on a phone and on a wide screen."""
    endless = "W" * 300
    for words in (
        ("report", OLD),
        ("compare", "--cohort", OLD, NEW, "--format", "html"),
        ("score", SAMPLE, "--format", "html"),
    ):
        path = tmp_path / "endless.html"
        text = made(*words).read_text("utf-8")
        for told in (
            "000.txt",
            "f1.pdf",
            "It is a picture",
            "Read with doubt.",
            "MARLA QUENTIN-OAKES",
            "Microsoft Word",
        ):
            text = text.replace(told, endless)
        assert endless in text
        path.write_text(text, "utf-8")
        for wide in (320, 1100):
            page = visit(path, viewport={"width": wide, "height": 600})
            assert page.evaluate(WIDTH) <= wide


@every_page
def test_no_script_runs_even_if_one_gets_in(visit, made, words, tmp_path):
    text = made(*words).read_text("utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(text.replace("</main>", "<script>document.title = 'run'</script></main>"), "utf-8")
    context = visit(made(*words)).context
    page = context.new_page()
    page.goto(broken.as_uri())
    assert page.title() not in ("", "run")


def test_paper_holds_what_is_folded_away_on_the_screen(visit, made):
    import pypdfium2

    page = visit(made("report", SAMPLE))
    assert page.locator("details[open]").count() == 0
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(paper[number].get_textpage().get_text_range() for number in range(len(paper)))
    flat = re.sub(r"\s+", " ", text)
    assert 3 < len(paper) < 25
    # a line of the resume, the rule that counted it, and how a step of the plan is done
    assert "Medical Terminology, online course, completed March 2026" in flat
    assert "From a course or class: level 1, and level 3 is asked." in flat
    assert "Weight 3.79 × credit 0.3333 = 1.26 points" in flat
    assert "Proof to keep" in flat


def test_paper_holds_the_whole_caseload(visit, made):
    import pypdfium2

    page = visit(made("report", OLD))
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sizes = [paper.get_page_size(number) for number in range(len(paper))]
    assert any(wide > high for wide, high in sizes), "the wide table lies across"
    text = " ".join(paper[number].get_textpage().get_text_range() for number in range(len(paper)))
    assert "000.txt" in text
    assert "Read with doubt." in text


def test_pictures_have_names_and_bars_are_as_long_as_their_numbers(visit, made):
    page = visit(made("report", SAMPLE))
    pictures = page.locator("svg[role=img]")
    assert pictures.count() > 35
    named = page.evaluate(
        """Array.from(document.querySelectorAll('svg[role=img]')).every((each) =>
        ['aria-labelledby', 'aria-describedby'].every((name) =>
          document.getElementById(each.getAttribute(name)).textContent.trim()))"""
    )
    assert named
    share = page.evaluate(
        """(() => { const scale = document.querySelector('svg.scale');
        return scale.querySelector('.own').getBoundingClientRect().width
             / scale.querySelector('.track').getBoundingClientRect().width })()"""
    )
    shown = int(page.locator(".figures strong").first.inner_text())
    assert shown <= 100 * share < shown + 1


@pytest.mark.parametrize("forced", ["active", "none"])
def test_bars_can_be_told_apart_with_few_colours(visit, made, forced):
    page = visit(made("report", SAMPLE), forced_colors=forced)
    fills = page.evaluate(
        "['track', 'own', 'open'].map((name) => getComputedStyle(document.querySelector(`svg.scale .${name}`)).fill)"
    )
    assert len(set(fills)) == 3
