"""Data files: what is refused, where the message points, and what a good file becomes."""

import json
import shutil
from pathlib import Path

import pytest

from pcc_assess import catalog, disk
from pcc_assess.catalog import loading
from pcc_assess.catalog.binding import Binding
from pcc_assess.catalog.strict import parse
from pcc_assess.errors import DataError, InputError
from pcc_assess.knowledge import Money, Requirement, Skill, Transfer
from pcc_assess.limits import Limits

SKILL = """\
id: phones
name: Phones
kind: duty
description: Answering.
anchors: [none, seen, helped, alone, taught]
forms: [phones, multi-line phone]
transfers:
  - {share: 0.5, level: 2, job: clerk}
"""
ACTION = """\
- id: practise
  title: Practise calls
  stage: experience
  kind: practice
  hours: {low: 1, high: 2, source: estimate, as_of: 2026-01}
  weeks: {low: 1, high: 1, source: estimate, as_of: '2026'}
  cost: null
  free: true
  proof: A note
  how: Call a friend.
  lifts: {phones: 3}
"""
ROLE = """\
id: clerk-role
title: Clerk
version: 1
summary: Sits at the desk.
categories: {duties: 100}
ranks:
  junior: {title: Junior, years: [0, 1], autonomy: little, duties: [calls], focus: [calls]}
gates: []
requirements:
  - id: phones
    name: Phones
    category: duties
    skill: phones
    levels:
      junior: {importance: essential, required: 3}
sources: {guide: the guide}
"""
POLICY = """\
version: 1
weights: {essential: 4, important: 2, helpful: 1}
half_credit: 0.5
bands: [{id: start, at_least: 0, name: Start, meaning: A start}]
rungs: [RUNGS]
context_words: 8
typo_min_length: 6
few_words: 3
doubtful_words: 40
medical_words: 3
lone_year_months: 6
claimed_years_tolerance: 1
plan:
  hours_per_week: 5
  most_hours_per_week: 80
  step_weeks: 78
  horizon_weeks: 156
  reckoned_cost: 500
  full_week: 40
  farthest_weeks: 520
  most_years: 10
  quick_steps: 3
  quick_hours: 30
  general_steps: 3
  general_steps_ready: 2
  review_weeks: 4
cohort: {class_kinds: [course], class_hours: 100, least_gain: 1, talk_questions: 3, rows: 10, names: 5, steady: 1}
search: {alike: 84, shortest: 5, stem: 5, ending: 4, form: 0.9, title: 3, share: 0.5, most: 6, filler: [what, is]}
stages: {understand: A, foundations: B, experience: C, resume: D, network: E, interview: F}
QUIZ
"""
TABLES = """\
fields: [{id: name, headers: [name]}, {id: years, headers: [years], family: clerk}]
short: {phones: [phones]}
not_ratings: [years ago]
ratings: [[none], [basic], [some], [good], [expert]]
'yes': [x]
yes_level: 2
states: {held: [x]}
blank: [unknown]
school: {hs: [ged]}
similar: 90
apart: 5
shortest: 4
rows_above: 10
"""
TOOLS = "- {id: dialer, name: Dialer, vendor: V, kind: phone, counts_for: {phones: 2}, forms: [Dialer]}\n"
FAMILIES = "- {id: clerk, name: Clerk, relevance: 0.5, patient: false, service: true, titles: [clerk]}\n"
INTERVIEW = """\
- id: calls
  theme: Calls
  question: How do you answer?
  why: They ask.
  skills: [phones]
  situation: Where?
  task: What?
  action: How?
  result: So?
  source: the guide
"""


@pytest.fixture
def data(tmp_path):
    """A small data folder that is in order."""
    from pcc_assess.catalog import across

    rungs = ", ".join(f"{{id: {rung}, level: 1, label: x}}" for rung in sorted(across.NEEDED_RUNGS))
    cues = "\n".join(f"{name}: [some words]" for name in sorted(across.NEEDED_CUES))
    sections = "\n".join(f"{name}: [{name}]" for name in sorted(across.NEEDED_SECTIONS))
    shipped = catalog.data_dir()
    quiz = "quiz:" + (shipped / "policy.yaml").read_text(encoding="utf-8").partition("\nquiz:")[2]
    folder = tmp_path / "data"
    shutil.copytree(shipped / "text" / "en", folder / "text" / "en")
    for name, text in {
        "skills/phones.yaml": SKILL,
        "actions/first.yaml": ACTION,
        "roles/clerk-role.yaml": ROLE,
        "policy.yaml": POLICY.replace("RUNGS", rungs).replace("QUIZ", quiz),
        "quiz.yaml": "version: 1\nchecks: []\nmade_up: []\n",
        "tables.yaml": TABLES,
        "postings.yaml": (shipped / "postings.yaml").read_text(encoding="utf-8"),
        "experience.yaml": FAMILIES,
        "education.yaml": "hs: {name: High school, forms: [high school diploma]}\n",
        "tools.yaml": TOOLS,
        "words/groups.yaml": "office-programs: [excel]\nmedical-work: [clinic]\nnumber-words: [two]\n",
        "advice/lines.yaml": "- {id: phones, amount: how many, frame: 'Answered [how many] calls'}\n",
        "advice/stories.yaml": "- {id: clerk, bridge: A desk, frame: 'At [the desk] I sat'}\n",
        "advice/days.yaml": "- {id: rest, title: Rest, how: Nothing, minutes: 0, day: 4}\n",
        "advice/interview.yaml": INTERVIEW,
        "advice/questions.yaml": "[]\n",
        "advice/organizations.yaml": "[]\n",
        "words/cues.yaml": cues,
        "words/sections.yaml": sections,
        "words/irregular.yaml": "take: [took]\n",
        "words/english.txt": "# a comment\nword\nother\n",
        "words/names.txt": "# a comment\nmaria\ngrace *\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "credentials").mkdir()
    return folder


def problems_of(text, name="f.yaml"):
    with pytest.raises(DataError) as caught:
        catalog.parse_yaml(text, name)
    assert caught.value.exit_code == 7
    return caught.value.problems


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- strict YAML
# ----------------------------------------------------------------------------------------------------


def test_plain_content_is_what_stands_there():
    text = "a: 1\nb: -2.5\nc: [true, false, null, ~, ]\nd: 'no'\ne: 2020-01-31\n"
    text += "f: 1.2.3\ng: nobody\n2024: year\nh:\n"
    assert catalog.parse_yaml(text, "f.yaml") == {
        "a": 1,
        "b": -2.5,
        "c": [True, False, None, None],
        "d": "no",
        "e": "2020-01-31",
        "f": "1.2.3",
        "g": "nobody",
        "2024": "year",
        "h": None,
    }
    assert catalog.parse_yaml("", "f.yaml") is None
    assert catalog.parse_yaml('{"json": ["too"]}', "f.yaml") == {"json": ["too"]}


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "Yes",
        "on",
        "OFF",
        "Null",
        "1:30",
        "12:30:45",
        "0123",
        "0x1F",
        "0b11",
        "0o17",
        "1_000",
        "1e3",
        ".5",
        "1.",
        ".inf",
        "-.INF",
        ".nan",
    ],
)
def test_a_word_that_yaml_reads_as_something_else_is_refused(word):
    problems = problems_of(f"key:\n  - good\n  - {word}\n")
    assert len(problems) == 1
    assert problems[0].startswith("f.yaml:3:5: ")
    assert "quotes" in problems[0]
    assert catalog.parse_yaml(f"key: '{word}'\n", "f.yaml") == {"key": word}


@pytest.mark.parametrize(
    "text, place, says",
    [
        ("a: 1\nb: 2\na: 3\n", "3:1", "stands already in line 1"),
        ("a: &x 1\nb: 2\n", "1:4", "anchor &x"),
        ("a: &x 1\nb: *x\n", "2:4", "alias *x"),
        ("a: !!python/object:os.system 1\n", "1:4", "tag"),
        ("a: !x 1\n", "1:4", "tag"),
        ("a: 1\n---\nb: 2\n", "2:1", "second document"),
        ("yes: 1\n", "1:1", "quotes"),
        ("true: 1\n", "1:1", "not text"),
        ("<<: {a: 1}\n", "1:1", "<<"),
        ("? [a]\n: 1\n", "1:3", "cannot be a key"),
        ("a:\n\tb: 1\n", "2:1", "tab"),
        ("a: b: c\n", "1:5", "colon"),
        ("a: 'open\n", "2:1", "quotation mark"),
        ("a: [1, 2\nb: 3\n", "2:2", ""),
        ("a: @x\n", "1:4", "quotes"),
        ("a: \x07\n", "1:4", "not allowed"),
        ("a: é\nb: \x07\n", "2:4", "not allowed"),
        ("a: 1234567890123456789\n", "1:4", "too long"),
    ],
)
def test_a_fault_is_named_with_its_place(text, place, says):
    problems = problems_of(text)
    assert any(problem.startswith(f"f.yaml:{place}: ") and says in problem for problem in problems), problems


def test_all_faults_are_named_at_once():
    problems = problems_of("a: no\nb: &x 0123\na: *x\nc: !t [1:30]\nd: [\n")
    places = [problem.split(": ")[0] for problem in problems]
    assert places[:6] == ["f.yaml:1:4", "f.yaml:2:4", "f.yaml:2:4", "f.yaml:3:1", "f.yaml:3:4", "f.yaml:4:4"]
    assert len(problems) == 8


def test_depth_has_an_end():
    deepest = int(Limits().depth)
    assert catalog.parse_yaml("[" * deepest + "]" * deepest, "f.yaml")
    assert "nested deeper" in problems_of("[" * 100_000)[0]


def test_an_alias_bomb_costs_nothing():
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    assert "refused" in problems_of("\n".join(lines))[0]


# --- records
# --------------------------------------------------------------------------------------------------------


def bound(record, text):
    parsed = parse(text, "f.yaml")
    binding = Binding(parsed)
    return binding.bind(record, parsed.value, ()), binding.problems


def test_a_record_is_made_of_its_file():
    skill, problems = bound(Skill, SKILL)
    assert problems == []
    assert skill.forms == ("phones", "multi-line phone")
    assert skill.transfers == (Transfer(share=0.5, level=2, job="clerk"),)
    assert skill.prerequisites == ()


def test_every_fault_of_a_record_is_named_at_once():
    text = SKILL.replace("forms:", "frms:").replace("kind: duty", "kind: dutty").replace("level: 2", "level: two")
    skill, problems = bound(Skill, text + "prerequisites: phones\nsources: [1, '']\n")
    assert skill is None
    expected = [
        ("f.yaml:3:7", "'dutty' is not known here; did you mean 'duty'?"),
        ("f.yaml:6:1", "there is no key 'frms'; did you mean 'forms'?"),
        ("f.yaml:8:25", "a whole number is needed, and here stands the text 'two'"),
        ("f.yaml:9:16", "a list is needed, and here stands the text 'phones'"),
        ("f.yaml:10:11", "text is needed, and here stands the number 1, put it in quotes"),
        ("f.yaml:10:14", "this text is empty"),
        ("f.yaml:1:1", "the key 'forms' is missing"),
    ]
    assert len(problems) == len(expected)
    for problem, (place, says) in zip(problems, expected, strict=True):
        assert problem.startswith(place + ": ")
        assert says in problem


@pytest.mark.parametrize(
    "record, text, says",
    [
        (Skill, SKILL.replace("helped, ", ""), "4 anchors"),
        (Skill, SKILL.replace("id: phones", "id: Phones"), "small letters"),
        (Transfer, "{share: 1.5, level: 2, job: a}", "out of range"),
        (Transfer, "{share: 1, level: 2}", "exactly one"),
        (Transfer, "{share: 1, level: 2, job: a, skill: b}", "exactly one"),
        (Money, "{low: 5, high: 1, as_of: 2026-01-01, source: s, confidence: guide}", "no range"),
        (Money, "{low: 1, high: 5, as_of: 2026-13-01, source: s, confidence: guide}", "not a date"),
        (Money, "{low: 1, high: 5, as_of: soon, source: s, confidence: guide}", "not a date"),
        (Money, "{low: 1, high: 5, as_of: 2026-01-01, confidence: guide}", "'source' is missing"),
        (
            Money,
            "{low: true, high: 5, as_of: 2026-01-01, source: s, confidence: guide}",
            "a number is needed",
        ),
        (
            Requirement,
            "{id: a, name: A, category: c, education: [0.5, 1], levels: {junior: {importance: helpful}}}",
            "largest share first",
        ),
        (
            Requirement,
            "{id: a, name: A, category: c, skill: s, levels: {junor: {importance: helpful}}}",
            "did you mean 'junior'",
        ),
        (
            Requirement,
            "{id: a, name: A, category: c, skill: s, levels: {junior: {importance: helpful, required: 0}}}",
            "more than 0",
        ),
        (Requirement, "[1]", "a mapping"),
    ],
)
def test_a_value_out_of_range_is_named(record, text, says):
    made, problems = bound(record, text)
    assert any(says in problem for problem in problems), problems
    assert made is None or problems


def test_the_amount_of_a_requirement_keeps_its_kind():
    for written, amount in (("3", 3), ("1.5", 1.5), ("hs", "hs")):
        levels = f"{{junior: {{importance: helpful, required: {written}}}}}"
        text = f"{{id: a, name: A, category: c, skill: s, levels: {levels}}}"
        made, problems = bound(Requirement, text)
        assert problems == []
        assert made.levels["junior"].required == amount
        assert type(made.levels["junior"].required) is type(amount)


# --- the data folder
# ------------------------------------------------------------------------------------------------


def test_a_good_folder_is_loaded_and_in_order(data):
    knowledge = catalog.load(data)
    assert list(knowledge.skills) == ["phones"]
    assert knowledge.education["hs"].name == "High school"
    assert knowledge.dictionary == {"word", "other"}
    assert knowledge.words.groups["office-programs"] == ("excel",)
    assert catalog.check(knowledge, data) == ()


def test_the_version_follows_the_content(data, tmp_path):
    first = catalog.load(data).version
    shutil.copytree(data, tmp_path / "copy")
    assert catalog.load(tmp_path / "copy").version == first
    assert len(first) == 12
    (data / "skills" / ".hidden.yaml").write_text("[")
    assert catalog.load(data).version == first
    edit(data / "skills/phones.yaml", "Answering.", "Answering calls.")
    assert catalog.load(data).version != first


def test_line_ends_do_not_change_the_version(data):
    first = catalog.load(data).version
    path = data / "skills/phones.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert catalog.load(data).version == first


def test_faults_of_all_files_are_named_at_once(data):
    edit(data / "skills/phones.yaml", "kind: duty", "kind: dutty")
    edit(data / "experience.yaml", "relevance: 0.5", "relevance: 5")
    edit(data / "words/irregular.yaml", "[took]", "took")
    with pytest.raises(DataError) as caught:
        catalog.load(data)
    assert [problem.split(": ")[0] for problem in caught.value.problems] == [
        "data/skills/phones.yaml:3:7",
        "data/experience.yaml:1:39",
        "data/words/irregular.yaml:1:7",
    ]


@pytest.mark.parametrize(
    "name, old, new, place, says",
    [
        ("skills/phones.yaml", "id: phones", "id: phone", "skills/phones.yaml:1:5", "file's name"),
        ("experience.yaml", FAMILIES, FAMILIES * 2, "experience.yaml:2:8", "given twice"),
        ("words/groups.yaml", "[clinic]", "7", "words/groups.yaml:2:15", "a list is needed"),
        ("policy.yaml", "half_credit: 0.5", "half_credit: no", "policy.yaml:3:14", "quotes"),
    ],
)
def test_a_fault_of_a_file_has_its_place(data, name, old, new, place, says):
    edit(data / name, old, new)
    with pytest.raises(DataError) as caught:
        catalog.load(data)
    assert any(problem.startswith(f"data/{place}: ") and says in problem for problem in caught.value.problems)


def test_a_missing_or_unreadable_file_is_named(data):
    (data / "policy.yaml").unlink()
    with pytest.raises(DataError) as caught:
        catalog.load(data)
    assert caught.value.problems[0].startswith("data/policy.yaml:1:1: there is no such file")
    (data / "policy.yaml").write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(DataError) as caught:
        catalog.load(data)
    assert caught.value.problems == ("data/policy.yaml:2:4: this is not UTF-8 text, save the file as UTF-8",)


@pytest.mark.parametrize(
    "name, old, new, place, says",
    [
        ("skills/phones.yaml", "job: clerk", "job: clark", "skills/phones.yaml:8:5", "did you mean 'clerk'"),
        (
            "skills/phones.yaml",
            "forms: [",
            "prerequisites: [phones]\nforms: [",
            "skills/phones.yaml:6:16",
            "circle",
        ),
        (
            "skills/phones.yaml",
            "forms: [",
            "decoys: [phones]\nforms: [",
            "skills/phones.yaml:6:10",
            "also stands in forms",
        ),
        (
            "skills/phones.yaml",
            "forms: [",
            "ambiguous: [{form: call, why: x, needs: ['@medica']}]\nforms: [",
            "skills/phones.yaml:6:41",
            "no group",
        ),
        (
            "skills/phones.yaml",
            "forms: [",
            "duties: [{do: [call], what: ['@medical-job'], example: x}]\nforms: [",
            "skills/phones.yaml:6:29",
            "no meaning here",
        ),
        (
            "skills/phones.yaml",
            "forms: [",
            "forms: [Di-aler, ",
            "tools.yaml:1:87",
            "belongs to skills/phones",
        ),
        ("tools.yaml", "phones: 2", "phone: 2", "tools.yaml:1:66", "did you mean 'phones'"),
        (
            "actions/first.yaml",
            "lifts: {phones: 3}",
            "shows: [phones]",
            "skills/phones.yaml:1:5",
            "no action lifts",
        ),
        (
            "actions/first.yaml",
            "lifts:",
            "requires: [practise]\n  lifts:",
            "actions/first.yaml:11:13",
            "circle",
        ),
        (
            "actions/first.yaml",
            "lifts:",
            "grants_credentials: [cpr]\n  lifts:",
            "actions/first.yaml:11:23",
            "no credential 'cpr'",
        ),
        ("roles/clerk-role.yaml", "duties: 100", "duties: 90", "roles/clerk-role.yaml:5:13", "make them 100"),
        (
            "roles/clerk-role.yaml",
            "skill: phones",
            "skill: phone",
            "roles/clerk-role.yaml:13:12",
            "did you mean 'phones'",
        ),
        ("roles/clerk-role.yaml", "required: 3", "required: 5", "roles/clerk-role.yaml:15:15", "1 to 4"),
        (
            "roles/clerk-role.yaml",
            "      junior: {",
            "      senior: {",
            "roles/clerk-role.yaml:15:15",
            "no level",
        ),
        ("policy.yaml", "{id: result,", "{id: resolt,", "policy.yaml:5:8", "'result' is missing"),
        ("words/cues.yaml", "negation:", "denial:", "words/cues.yaml:1:1", "'negation' is missing"),
        (
            "words/groups.yaml",
            "[clinic]",
            "['@office-programs']",
            "words/groups.yaml:2:16",
            "cannot hold a group",
        ),
    ],
)
def test_what_the_files_do_not_agree_on_has_its_place(data, name, old, new, place, says):
    edit(data / name, old, new)
    problems = catalog.check(catalog.load(data), data)
    assert any(problem.startswith(f"data/{place}: ") and says in problem for problem in problems), problems


def test_an_ambiguous_form_may_have_another_owner(data):
    edit(
        data / "skills/phones.yaml",
        "forms: [",
        "ambiguous: [{form: Dialer, why: x, needs: [call]}]\nforms: [",
    )
    assert catalog.check(catalog.load(data), data) == ()


# --- a role file
# ----------------------------------------------------------------------------------------------------


def test_a_role_file_is_read_and_checked_with_lines(data, tmp_path):
    knowledge = catalog.load(data)
    path = tmp_path / "mine.yaml"
    path.write_text(ROLE)
    role = catalog.load_role(path)
    assert catalog.check_role(role, knowledge) == ()
    path.write_text(ROLE.replace("skill: phones", "skill: phoness").replace("100", "99"))
    role = catalog.load_role(str(path))
    assert catalog.check_role(role, knowledge, path) == (
        f"{path}:5:13: the shares add up to 99, make them 100",
        f"{path}:13:12: there is no skill 'phoness'; did you mean 'phones'?",
    )
    assert len(catalog.check_role(role, knowledge)) == 2


def test_a_role_file_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputError):
        catalog.load_role(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_text("id: [")
    with pytest.raises(DataError) as caught:
        catalog.load_role(tmp_path / "bad.yaml")
    assert caught.value.problems[0].startswith(f"{tmp_path / 'bad.yaml'}:")


def test_nearest():
    assert catalog.nearest("phonse", ["phones", "clerk"]) == "phones"
    assert catalog.nearest("PHONES", ["phones"]) == "phones"
    assert catalog.nearest("zzz", ["phones"]) is None
    assert catalog.nearest("x", []) is None


# --- the cache
# ------------------------------------------------------------------------------------------------------


@pytest.fixture
def cached(data, tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "cache_dir", lambda: tmp_path / "cache")
    monkeypatch.setattr(loading, "data_dir", lambda: data)
    return tmp_path / "cache"


def test_the_cache_gives_the_same_knowledge_without_reading_yaml(cached, monkeypatch):
    first = catalog.load()
    monkeypatch.setattr(loading, "_parse_all", lambda *_: pytest.fail("the YAML was read again"))
    assert catalog.load() == first


def test_a_changed_file_is_seen_in_spite_of_the_cache(cached, data):
    catalog.load()
    edit(data / "skills/phones.yaml", "name: Phones", "name: Telephones")
    assert catalog.load().skills["phones"].name == "Telephones"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"policy.yaml": 1}', "[" * 100_000])
def test_a_damaged_cache_does_no_harm(cached, content):
    first = catalog.load()
    (file,) = cached.iterdir()
    file.write_text(content)
    assert catalog.load() == first


def test_the_cache_holds_plain_content_only(cached):
    catalog.load()
    (file,) = cached.iterdir()
    assert set(json.loads(file.read_text())) >= {"policy.yaml", "skills/phones.yaml"}


def test_the_data_are_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (catalog.data_dir() / "skills").is_dir()
    assert isinstance(catalog.data_dir(), Path)


@pytest.mark.parametrize(
    "old, new, problem",
    [
        ("short: {phones: [phones]}", "short: {faxes: [faxes]}", "there is no skill or credential 'faxes'"),
        ("family: clerk", "family: pilot", "there is no job family 'pilot'"),
        ("headers: [years]", "headers: [years, phones]", "the header 'phones' stands for fields years and for phones"),
    ],
)
def test_columns_of_tables_agree_with_the_rest(data, old, new, problem):
    edit(data / "tables.yaml", old, new)
    assert any(problem in line for line in catalog.check(catalog.load(data), data))


def test_a_table_has_five_steps_of_ratings(data):
    edit(data / "tables.yaml", "[some], ", "")
    with pytest.raises(DataError) as caught:
        catalog.load(data)
    assert "there are 4 lists of words" in caught.value.problems[0]
