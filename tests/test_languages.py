"""Other languages: a translation takes the place of the English, every fault of it is named, and no point changes."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict, is_dataclass, replace
from datetime import date
from string import Formatter

import pytest

from pcc_assess import assess, catalog, disk, renderers, score
from pcc_assess.aim import DEFAULT_ROLE, make_aim
from pcc_assess.catalog.languages import FILES, FOLDERS, READ, missing_files, translated
from pcc_assess.catalog.messages import message_faults, messages_of, use_faults
from pcc_assess.catalog.strict import Parsed, parse
from pcc_assess.compare import over_time
from pcc_assess.errors import DataError, UsageError
from pcc_assess.extract.sections import PERSONAL
from pcc_assess.knowledge import AdviceBook
from pcc_assess.model import GuideAnswer, GuideFound, Profile
from pcc_assess.plan import parameters_of
from pcc_assess.renderers import Look, terminal
from pcc_assess.renderers.json_ import to_json
from pcc_assess.texts import Texts
from pcc_assess.weights import weights

DAY = date(2026, 11, 23)
FOLDER = "data/text/xx"
SKILL = """\
organization:
  name: Organización
  description: Orden.
  anchors: [uno, dos, tres, cuatro, cinco]
"""
EDUCATION = "hs: Diploma\nassociate: {name: Título}\n"
MESSAGES = """\
a:
  hello: Hola, {name}.
  steps: {one: "{number} paso", other: "{number} pasos"}
"""


@pytest.fixture
def small(knowledge):
    """Knowledge with little to translate."""
    education = {level: knowledge.education[level] for level in ("hs", "associate")}
    texts = Texts(
        "en", {"a.hello": "Hello, {name}.", "a.steps.one": "{number} step", "a.steps.other": "{number} steps"}
    )
    return replace(
        knowledge,
        skills={"organization": knowledge.skills["organization"]},
        credentials={},
        actions={},
        families={},
        education=education,
        roles={},
        settings={},
        guide={},
        policy=replace(knowledge.policy, bands=(), rungs=(), stages={}),
        quiz=replace(knowledge.quiz, checks=(), made_up=()),
        advice=AdviceBook(),
        texts=texts,
    )


def put(small, **given):
    """The knowledge in another language, and what is wrong with it. ``given``: files in place of those in order."""
    files = {"skills": SKILL, "education": EDUCATION, "program": MESSAGES} | given
    parsed = {f"text/xx/{name}.yaml": parse(text, f"{FOLDER}/{name}.yaml") for name, text in files.items() if text}
    problems: list[str] = []
    made = translated(small, "xx", parsed, FOLDER, problems)
    return made, [*missing_files(small, parsed, "xx", FOLDER), *problems]


def test_a_translation_takes_the_place_of_the_english(small):
    made, problems = put(small)
    assert problems == []
    skill = made.skills["organization"]
    assert (skill.name, skill.description, skill.anchors[4]) == ("Organización", "Orden.", "cinco")
    assert skill.forms == small.skills["organization"].forms
    assert [item.name for item in made.education.values()] == ["Diploma", "Título"]
    assert made.texts.language == "xx"
    assert made.texts.count("a.steps", 2) == "2 pasos"
    assert made.version == small.version


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("skills", "  description: Orden.\n", "", "skills.yaml:2:3: the key 'description' is missing"),
        ("skills", "description: Orden.", "summary: x\n  description: y", "skills.yaml:3:3: there is no key 'summary'"),
        ("skills", "organization:", "order:", "skills.yaml:1:1: there is no key 'order'"),
        ("skills", "organization:", "order:", "skills.yaml:1:1: the key 'organization' is missing"),
        ("skills", ", cinco", "", "skills.yaml:4:12: there are 4 items, the English list has 5"),
        ("skills", "[uno, dos, tres, cuatro, cinco]", "uno", "skills.yaml:4:12: anchors: a list is needed"),
        ("skills", "Organización", "''", "skills.yaml:2:9: this text is empty"),
        ("skills", "Organización", "7", "skills.yaml:2:9: name: text is needed"),
        ("skills", "Orden.", "'{x}'", "skills.yaml:3:16: the English message has other places for values"),
        ("skills", "uno,", "[],", "skills.yaml:4:13: text is needed"),
        ("education", "Diploma", "[a]", "education.yaml:1:5: hs: a mapping"),
        ("program", "Hola, {name}.", "Hola.", "program.yaml:2:10: the English message has other places"),
        ("program", "{name}", "{nombre}", "make them alike: {name}, {nombre}"),
        ("program", "{name}.", "{name.", "program.yaml:2:10: a brace is not closed"),
        ("program", "{name}", "{name.real}", "program.yaml:2:10: a brace is not closed or holds more"),
        ("program", "{name}", "{name!r}", "program.yaml:2:10: a brace is not closed or holds more"),
        ("program", "  hello", "  helo", "program.yaml:2:3: there is no message 'a.helo' in English; did you mean"),
        ("program", "  hello", "  helo", "program.yaml:2:3: the message 'a.hello' is missing"),
        ("program", "Hola, {name}.", "[x]", "program.yaml:2:10: hello: text is needed"),
    ],
)
def test_a_fault_is_named_with_its_place_and_the_rest_is_used(small, name, old, new, problem):
    text = {"skills": SKILL, "education": EDUCATION, "program": MESSAGES}[name]
    assert old in text
    made, problems = put(small, **{name: text.replace(old, new)})
    assert any(problem in found for found in problems), problems
    assert made.skills["organization"].anchors
    assert len(made.skills["organization"].anchors) == 5


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"skills": ""}, f"{FOLDER}/skills.yaml: the file is missing, add it"),
        ({"program": ""}, f"{FOLDER}: the message 'a.hello' is missing, add it"),
        ({"more": "a: {hello: 'Hola, {name}'}"}, "the message 'a.hello' stands in another file already"),
        ({"roles/none": "title: x"}, f"{FOLDER}/roles/none.yaml: there is no such role"),
    ],
)
def test_a_file_too_few_or_too_many_is_named(small, given, problem):
    assert any(problem in found for found in put(small, **given)[1])


def test_dead_messages_and_lost_ones_are_named(tmp_path):
    text = 'a: {said: x, dead: x, number: {one: x, other: x}, part: {b: x}, open: "{x"}\n'
    code = 'say("a.said"); count("a.number", 2); say(f"a.part.{name}"); say("a.open")\n'
    (tmp_path / "module.py").write_text(f"{code}texts.say('a.lost')\ntexts.count('a.said', 1)\n", encoding="utf-8")
    files = [parse(text, "f.yaml")]
    found = list(use_faults(files, messages_of(files, []), tmp_path))
    assert found == [
        "f.yaml:1:14: nothing in the program says 'a.dead', delete it",
        "f.yaml:1:71: a brace is not closed or holds more than a name, write {name}",
        "module.py: there is no message 'a.lost'",
        "module.py: there is no message 'a.said.one'",
        "module.py: there is no message 'a.said.other'",
    ]


def test_messages_may_name_their_places_in_any_order():
    english = {"a.b": "{one} of {two:.2f}"}
    assert list(message_faults([parse('a: {b: "{two} x {one}"}', "f")], english, "f")) == []


def test_an_unknown_language_is_refused_with_the_known_ones():
    with pytest.raises(UsageError, match="no language 'xx'") as caught:
        catalog.load(language="xx")
    assert "en, es" in caught.value.hint


def test_a_translation_at_fault_is_refused(tmp_path, monkeypatch):
    """What ships is complete, and so is what is loaded: no report is half English."""
    folder = tmp_path / "data"
    shutil.copytree(catalog.data_dir(), folder)
    (folder / "text" / "es" / "reading.yaml").write_text("reading: {short: Corto.}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        catalog.load(folder, "es")
    assert any("reading.yaml:1:1" in problem or "reading.yaml:1:10" in problem for problem in caught.value.problems)


# --- Spanish as it ships ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def aims():
    """The same aim in both languages."""
    return {name: make_aim(DEFAULT_ROLE, "coordinator", DAY, name) for name in ("en", "es")}


SAMPLES = ("entry-level.txt", "experienced-coordinator.md")


@pytest.fixture(scope="module", params=SAMPLES)
def records(request, aims):
    path = catalog.data_dir() / "samples" / request.param
    return {name: assess.assess_bytes(path.read_bytes(), request.param, aim) for name, aim in aims.items()}


def plan_of(record, aim):
    return assess.plan_of(record, aim, parameters_of(aim.knowledge.policy, DAY))


# What is a sentence or a name; everything else is the same in every language.
WORDS = {"name", "title", "rule", "next_step", "notes", "how", "proof", "eligibility", "reason", "label"}
WORDS |= {"names", "job", "why", "line", "bridge", "frame", "theme", "question", "prompt", "good", "worrying"}
WORDS |= {"offers", "check"}


def without_words(value):
    if isinstance(value, dict):
        return {key: without_words(item) for key, item in value.items() if key not in WORDS}
    return [without_words(item) for item in value] if isinstance(value, list) else value


def test_an_assessment_differs_in_its_sentences_and_names_only(records):
    english, spanish = (json.loads(to_json(records[name])) for name in ("en", "es"))
    assert without_words(spanish) == without_words(english)
    assert spanish["requirements"][0]["rule"] != english["requirements"][0]["rule"]


def test_a_plan_differs_in_its_sentences_and_names_only(records, aims):
    plans = {name: json.loads(to_json(plan_of(records[name], aim))) for name, aim in aims.items()}
    for name, aim in aims.items():
        ids = {action.title: action.id for action in aim.knowledge.actions.values()}
        for step in plans[name]["steps"]:
            for action in step["actions"]:
                action["free_alternative"] = ids.get(action["free_alternative"])
    assert without_words(plans["es"]) == without_words(plans["en"])


# --- nothing escapes translation ------------------------------------------------------------------------------------


def shouted(value):
    """A translation of any part of the knowledge into capital letters."""
    if isinstance(value, str):
        return shouted_message(value)
    if is_dataclass(value):
        return {name: shouted(getattr(value, name)) for name in READ[type(value)] if getattr(value, name)}
    if isinstance(value, dict):
        return {key: shouted(item) for key, item in value.items()}
    if value and is_dataclass(value[0]):
        return {item.id: shouted(item) for item in value}
    return [shouted(item) for item in value]


def shouted_message(text):
    parts = [(plain.upper(), name, spec) for plain, name, spec, _ in Formatter().parse(text)]
    return "".join(plain if name is None else f"{plain}{{{name}{spec and ':'}{spec}}}" for plain, name, spec in parts)


@pytest.fixture(scope="module")
def loud(aims):
    """The aim with everything that people read in capital letters."""
    known = aims["en"].knowledge
    files = {f"text/xx/{name}": Parsed(name, shouted(getattr(known, field))) for name, field in FILES.items()}
    for folder in FOLDERS:
        records = getattr(known, folder).items()
        files |= {f"text/xx/{folder}/{name}.yaml": Parsed(name, shouted(record)) for name, record in records}
    files["text/xx/program.yaml"] = Parsed("program.yaml", {})
    problems: list[str] = []
    made = translated(known, "xx", files, FOLDER, problems)
    assert [problem for problem in problems if "the message" not in problem] == []
    texts = Texts("xx", {key: shouted_message(text) for key, text in known.texts.messages.items()})
    return replace(aims["en"], knowledge=replace(made, texts=texts), role=made.roles[DEFAULT_ROLE])


@pytest.fixture(scope="module", params=SAMPLES)
def loud_record(request, loud):
    """A sample in capital letters, so that small letters are words that no translation reached."""
    data = (catalog.data_dir() / "samples" / request.param).read_bytes()
    record = assess.assess_bytes(data, "FILE", loud)
    found = tuple(loudly(item) for item in record.requirements)
    candidate = replace(record.candidate, name=None)
    return replace(record, requirements=found, profile=loud_profile(record.profile), candidate=candidate, version="1")


def loudly(found):
    """What was found, its quotes in capital letters."""
    return replace(found, evidence=tuple(replace(one, quote=one.quote.upper()) for one in found.evidence))


def loud_profile(profile):
    jobs = tuple(replace(job, title=job.title.upper()) for job in profile.experience.jobs)
    return replace(
        profile,
        skills={name: loudly(item) for name, item in profile.skills.items()},
        transfers=tuple(loudly(item) for item in profile.transfers),
        experience=replace(profile.experience, jobs=jobs),
    )


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("accessible", [False, True])
def test_every_word_of_a_report_and_a_plan_is_translated(loud, loud_record, form, accessible):
    wording = renderers.wording_of(loud.role, loud.level, loud.knowledge)
    look = Look(accessible=accessible, width=10_000, call="FILE", full=True)
    made = renderers.ASSESSMENT[form](loud_record, wording, look)
    plan = plan_of(loud_record, loud)
    made += renderers.PLAN[form](plan, wording, look) + renderers.PLAN[form](plan, wording, replace(look, full=False))
    lines = [line for line in made.splitlines() if not line.strip().startswith("pcc-assess ")]
    told = [re.sub(r"&[a-z]+;|--done [a-z0-9-]+", "", line) for line in lines]
    assert [line for line in told if re.search(r"[a-z]{2}", line)] == []


def test_every_word_of_a_receipt_is_translated(loud, loud_record):
    scored = score.Scored(
        readiness=loud_record.readiness, categories=loud_record.categories, requirements=loud_record.requirements
    )
    for item in loud_record.requirements:
        lines = score.explain(scored, item.id, loud.knowledge.texts)
        assert [line for line in lines if re.search(r"[a-z]{2}", line)] == []


def test_every_word_about_a_role_is_translated(loud):
    points = weights(loud.role, loud.level, loud.knowledge.policy)
    said = terminal.role(loud.role, loud.level, points, loud.knowledge.texts, Look(width=10_000))
    said = re.sub(r"\[[a-z0-9-]+\]|patient-care-coordinator", "", said)
    assert [line for line in said.splitlines() if re.search(r"[a-z]{2}", line)] == []


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("accessible", [False, True])
def test_every_word_of_a_comparison_and_of_the_guide_is_translated(loud, loud_record, form, accessible):
    look = Look(accessible=accessible, width=10_000, call="FILE")
    names = {item.id: item.name for role in loud.knowledge.roles.values() for item in role.requirements}
    wording = replace(renderers.wording_of(loud.role, loud.level, loud.knowledge), names=names)
    texts = loud.knowledge.texts
    gone = replace(loud_record, requirements=assess.with_profile(loud_record, Profile(), loud).requirements)
    gone = replace(gone, readiness=replace(gone.readiness, score=0.0))
    views = (assess.ladder_of(loud_record, loud), assess.careers_of(loud_record, loud))
    made = "".join(
        renderers.COMPARISON[form](view, wording, look) for view in (*views, over_time((gone, loud_record), texts))
    )
    for topic in loud.knowledge.guide.values():
        part = GuideFound(topic=topic.id, title=topic.title, part=topic.parts[0])
        for answer in (
            GuideAnswer(language="en", query="X", kind="topic", topics=(topic,)),
            GuideAnswer(language="en", query="X", kind="found", found=(part,)),
        ):
            made += renderers.GUIDE[form](answer, texts, look)
    # commands, the sources of figures and the places in the guide are English in every language
    named = [part.source for topic in loud.knowledge.guide.values() for part in topic.parts]
    lines = [line for line in made.splitlines() if not line.strip().startswith("pcc-assess ")]
    lines = [re.sub(r"career guide \([^)]*\)|&[a-z]+;|```text", "", line) for line in lines]
    lines = [line for line in lines if not any(place in line for place in named)]
    assert [line for line in lines if re.search(r"[a-z]{2}", line)] == []


# --- Spanish as it ships: complete ----------------------------------------------------------------------------------


def test_every_name_of_the_shipped_role_has_a_message(aims):
    for aim in aims.values():
        messages = aim.knowledge.texts.messages
        for role in aim.knowledge.roles.values():
            assert {f"report.category.{name}" for name in role.categories} <= messages.keys()
            assert {f"report.level.{level}" for level in role.ranks} <= messages.keys()
        assert {f"score.section.{name}" for name in aim.knowledge.words.sections if name != PERSONAL} <= messages.keys()


def test_the_matcher_is_the_same_in_every_language(aims):
    forms = [{key: skill.forms for key, skill in aim.knowledge.skills.items()} for aim in aims.values()]
    assert forms[0] == forms[1]
    assert asdict(aims["en"].knowledge.words) == asdict(aims["es"].knowledge.words)


def test_english_reads_no_spanish_file(monkeypatch):
    seen: list[str] = []
    read = disk.read_input

    def noted(path: str) -> bytes:
        seen.append(path)
        return read(path)

    monkeypatch.setattr(disk, "read_input", noted)
    catalog.load()
    assert seen
    assert not any("/text/es" in path.replace("\\", "/") for path in seen)
