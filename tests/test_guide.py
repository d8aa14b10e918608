"""The career guide as data: complete, in our own words, found by what people type, and ending in a next step."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
import textstat
from jsonschema import Draft202012Validator

from pcc_assess import catalog, renderers
from pcc_assess.cli import main
from pcc_assess.knowledge import GuideTopic
from pcc_assess.match.search import near, search, whole_topic
from pcc_assess.model import GuideAnswer
from pcc_assess.renderers import Look
from pcc_assess.renderers.schemas import schema
from pcc_assess.tokens import fold_phrase

KNOWLEDGE = {language: catalog.load(language=language) for language in ("en", "es")}
GUIDE = KNOWLEDGE["en"].guide
RULES = KNOWLEDGE["en"].policy.search
SAME_WORDS = 7  # so many words in a row as in the guide would be copied; names of bodies are shorter
MOST_GRADE = 9


def sentences(topic: GuideTopic):
    """What a person reads of a topic, cells of tables included."""
    yield from (topic.title, topic.summary, *topic.contradictions, topic.next_step)
    for part in topic.parts:
        yield from (part.title, part.text, *part.points)
        if part.table is not None:
            yield from (cell for row in part.table.rows.values() for cell in row)


def said(topic: GuideTopic) -> str:
    return " ".join(sentences(topic))


@pytest.mark.shared
def test_no_sentence_of_the_guide_is_copied(shared: Path):
    words = fold_phrase((shared / "guide" / "career-guide.txt").read_text("utf-8"))
    theirs = {words[at : at + SAME_WORDS] for at in range(len(words) - SAME_WORDS + 1)}
    ours = [text for topic in GUIDE.values() for text in sentences(topic)]
    ours += [setting.summary for setting in KNOWLEDGE["en"].settings.values()]
    ours += [text for role in KNOWLEDGE["en"].roles.values() for text in (role.summary, role.differs, role.unsure)]
    copied = [
        " ".join(found)
        for text in ours
        for found in (fold_phrase(text)[at : at + SAME_WORDS] for at in range(len(fold_phrase(text))))
        if found in theirs
    ]
    assert copied == []


@pytest.mark.parametrize(
    "topic, facts",
    [
        ("pay", ["40,680", "30,000", "55,000", "35,000", "45,000", "50,000", "39,000", "48,000", "62,000", "78,000"]),
        ("pay-abroad", ["CAD 45,000", "£25,000", "€30,000", "AUD 70,000", "S$55,000", "R$35,000"]),
        ("education", ["$100,000", "4 years", "$5,000", "$20,000", "6 to 24 months", "3 to 12 months", "GED"]),
        ("market", ["16 %", "172,000", "2022 to 2032"]),
        ("steps", ["3 months", "more than a year", "CMAA"]),
        ("visa", ["IELTS", "PTE", "Canada", "Australia", "United Kingdom"]),
        ("tools", ["Epic", "Cerner", "Meditech"]),
        ("support", ["NAHSE", "ACHE", "Women in Healthcare Leadership", "NHA"]),
    ],
)
def test_the_figures_of_the_guide_are_there_in_both_languages(topic, facts):
    english, spanish = (said(KNOWLEDGE[language].guide[topic]) for language in ("en", "es"))
    assert [fact for fact in facts if fact not in english] == []
    numbers = [fact for fact in facts if re.fullmatch(r"[^a-z]*\d[^a-z]*", fact)]
    assert [fact for fact in numbers if fact not in spanish] == []


def test_figures_that_disagree_are_named_as_such():
    for topic in ("pay", "pay-abroad", "remote", "market", "skills", "certificates", "employers"):
        assert GUIDE[topic].contradictions, topic


def test_pay_in_the_guide_is_pay_in_the_role():
    role = KNOWLEDGE["en"].roles["patient-care-coordinator"]
    table = next(part for part in GUIDE["pay"].parts if part.id == "levels").table
    for level, rank in role.ranks.items():
        assert table.rows[level][1:] == (f"{rank.pay_median.low:,.0f}", f"{rank.pay_average.low:,.0f}")


def test_every_topic_ends_in_a_command_that_the_program_knows(capsys):
    for topic in GUIDE.values():
        words = shlex.split(topic.command)
        assert words[0] == "pcc-assess"
        command = words[1:3] if words[1] == "role" else words[1:2]
        assert main([*command, "--help"]) == 0
        known = capsys.readouterr().out
        assert [word for word in words if word.startswith("--") and word not in known] == [], topic.id
        if words[1] == "guide":
            assert main(words[1:]) == 0
            capsys.readouterr()


def test_topics_that_are_pointed_to_exist():
    for topic in GUIDE.values():
        pointed = re.findall(r'[Ss]ee (?:also: )?(?:"|pcc-assess guide )([a-z-]+)', said(topic))
        assert [name for name in pointed if name not in GUIDE] == []


def test_places_in_the_list_are_told_apart():
    assert sorted(topic.place for topic in GUIDE.values()) == list(range(1, len(GUIDE) + 1))


def test_the_guide_reads_plainly():
    hard = {
        topic.id: textstat.flesch_kincaid_grade(" ".join(map(_ended, sentences(topic)))) for topic in GUIDE.values()
    }
    assert {name: grade for name, grade in hard.items() if grade > MOST_GRADE} == {}


def _ended(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


@pytest.mark.parametrize(
    "query, topic",
    [
        ("salary", "pay"),
        ("night shifts", "environment"),
        ("nihgt shfts", "environment"),
        ("Weekend", "environment"),
        ("Coursera", "education"),
        ("IELTS", "visa"),
        ("blind review", "inclusive-hiring"),
        ("become a coordinator", "steps"),
        ("cover letter", "application"),
        ("burnout", "challenges"),
        ("what does it cost", "education"),
        ("how long does it take", "education"),
    ],
)
def test_what_people_type_leads_to_the_topic(query, topic):
    hits = search(query, GUIDE, RULES)
    assert hits[0].topic.id == topic


def test_words_of_another_language_are_found_in_it():
    spanish = KNOWLEDGE["es"].guide
    assert search("turnos de noche", spanish, RULES)[0].topic.id == "environment"
    assert search("sueldo", spanish, RULES)[0].topic.id == "pay"


def test_a_word_in_the_titles_of_topics_alone_finds_the_first_of_them():
    assert whole_topic(search("burnout", GUIDE, RULES)).id == "challenges"


def test_a_question_of_small_words_alone_is_searched_as_it_stands():
    assert search("what is it", GUIDE, RULES)


def test_a_word_of_several_topics_shows_the_places_and_no_topic_at_random():
    hits = search("insurance", GUIDE, RULES)
    assert whole_topic(hits) is None
    assert len({hit.topic.id for hit in hits if hit.part is not None}) > 1


@pytest.mark.parametrize("query", ["", " ", "!!!", "xyzzy", "\x1b[31m"])
def test_nonsense_finds_nothing_and_breaks_nothing(query):
    assert search(query, GUIDE, RULES) == []
    assert len(near(query, GUIDE, 3)) == 3


# --- the command ---------------------------------------------------------------------------------------------------


def run(*words, capsys) -> str:
    assert main(["guide", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("form, look", [("text", Look()), ("text", Look(accessible=True)), ("markdown", Look())])
def test_every_topic_in_every_form(form, look, language):
    knowledge = KNOWLEDGE[language]
    for topic in knowledge.guide.values():
        answer = GuideAnswer(language=language, query=topic.id, kind="topic", topics=(topic,))
        shown = renderers.GUIDE[form](answer, knowledge.texts, look)
        assert topic.title in shown.replace("\\", "")
        assert topic.command in shown
        assert ("--lang es" in shown) == (language == "es")


def test_a_topic_by_its_name(capsys):
    assert run("pay-abroad", capsys=capsys) == run("Pay", "abroad", capsys=capsys)
    assert run("pay", "--lang", "es", capsys=capsys).startswith("Sueldo\n")


@pytest.mark.parametrize("words", [[], ["pay"], ["insurance"]])
def test_json_is_as_its_schema_says(words, capsys):
    value = json.loads(run(*words, "--format", "json", capsys=capsys))
    Draft202012Validator(schema("guide")).validate(value)
    assert value["kind"] == ("topics" if not words else "topic" if words == ["pay"] else "found")
    assert all(part["source"] for topic in value["topics"] for part in topic["parts"])


def test_without_a_topic_all_are_listed(capsys):
    shown = run(capsys=capsys)
    assert [name for name in GUIDE if f"* {name}: " not in shown] == []


def test_words_need_no_quotes(capsys):
    assert run("night", "shifts", capsys=capsys) == run("night shifts", capsys=capsys)


def test_a_narrow_screen_shows_tables_as_lists(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    shown = run("pay", capsys=capsys)
    assert max(len(line) for line in shown.splitlines() if "pcc-assess" not in line) <= 40
    assert "Junior. median: 39,000" in shown


def test_a_question_about_a_topic_is_the_topic(capsys):
    assert run("how", "much", "does", "it", "pay", capsys=capsys) == run("pay", capsys=capsys)


def test_a_miss_names_what_is_near(capsys):
    assert main(["guide", "astronauts-xyz"]) == 2
    assert "nearest topics: " in capsys.readouterr().err


def test_what_was_typed_cannot_steer_the_terminal(capsys):
    assert main(["guide", "\x1b[31mzzzz"]) == 2
    assert "\x1b" not in capsys.readouterr().err
