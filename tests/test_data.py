"""The data that ships with the program: in order, complete, and in step with the code that asks for it."""

import ast
from pathlib import Path

import pytest

from pcc_assess import catalog
from pcc_assess.catalog import across
from pcc_assess.knowledge import LEVELS

PACKAGE = Path(catalog.__file__).parent.parent
# Ids that files of earlier versions may name; they keep their meaning.
SKILLS = """
ehr-systems patient-scheduling medical-terminology insurance-verification microsoft-office
hipaa-privacy telehealth medical-coding healthcare-crm practice-management phone-communication
patient-registration records-management care-coordination patient-education database-management
empathetic-communication organization problem-solving active-listening adaptability interpersonal-skills
attention-to-detail emotional-intelligence conflict-resolution team-leadership training-mentoring
process-improvement budgeting regulatory-compliance project-management spanish
"""
CREDENTIALS = """
cmaa cpct chaa cehrs cbcs ccma cma-aama rma cpc ccs-cca rhit-rhia cna lpn-rn bls-cpr
first-aid hipaa-cert phlebotomy-cpt ccm
"""


@pytest.fixture(scope="module")
def knowledge():
    return catalog.load()


def test_the_data_are_in_order(knowledge):
    assert "\n".join(catalog.check(knowledge)) == ""


def test_no_promised_id_is_lost(knowledge):
    assert [name for name in SKILLS.split() if name not in knowledge.skills] == []
    assert [name for name in CREDENTIALS.split() if name not in knowledge.credentials] == []


def test_the_role_has_the_whole_ladder(knowledge):
    assert tuple(knowledge.roles["patient-care-coordinator"].ranks) == LEVELS


def test_every_role_passes_its_own_check(knowledge):
    for name, role in knowledge.roles.items():
        path = catalog.data_dir() / "roles" / f"{name}.yaml"
        assert catalog.load_role(path) == role
        assert catalog.check_role(role, knowledge, path) == ()


def test_the_dictionary_is_lower_case_english(knowledge):
    assert len(knowledge.dictionary) > 20_000
    assert [word for word in knowledge.dictionary if word != word.lower()] == []
    assert {"patient", "schedule", "their"} <= knowledge.dictionary


def asked_for(method):
    """The words that the matcher asks for with ``cues.of("...")``."""
    for path in (PACKAGE / "match").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
                yield from (
                    word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)
                )


def test_the_check_knows_every_cue_that_the_matcher_asks_for():
    asked = set(asked_for("of"))
    assert len(asked) > 10
    assert asked - across.NEEDED_CUES == set()


def test_every_number_of_a_rule_has_a_meaning(knowledge):
    ceilings = {rung.id: rung.level for rung in knowledge.policy.rungs}
    assert ceilings["result"] == 4
    assert ceilings["familiar"] <= ceilings["listed"] <= ceilings["duty"] <= ceilings["result"]
    weights = knowledge.policy.weights
    assert weights["essential"] > weights["important"] > weights["helpful"]


def test_no_step_at_work_asks_for_more_than_a_full_week(knowledge):
    asked = {
        action.id: (action.hours.low + action.hours.high) / 2 / action.weeks.low
        for action in knowledge.actions.values()
        if action.kind == "work"
    }
    assert {name: hours for name, hours in asked.items() if hours > 40} == {}


def test_what_is_done_at_work_needs_a_place_of_work(knowledge):
    places = {action.id for action in knowledge.actions.values() if action.grants_years}
    alone = [
        action.id
        for action in knowledge.actions.values()
        if action.kind == "work" and action.id not in places and not places & set(action.requires)
    ]
    assert alone == []
