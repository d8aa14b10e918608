"""What a plan says first: where a person stands, what the plan leads to, and what is in the way of more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pcc_assess.assess import assess_bytes, plan_of
from pcc_assess.model import Blocker, Outcome, Unlock
from pcc_assess.plan import parameters_of
from pcc_assess.renderers import PLAN, Look, wording_of
from pcc_assess.renderers.outline import outline

RESUME = """\
Rosa Example
EXPERIENCE
Front Desk Agent, Gull Inn
June 2022 - Present
- Check in guests and confirm their details
EDUCATION
High School Diploma
"""


@pytest.fixture(scope="module")
def made(aim):
    record = assess_bytes(RESUME.encode(), "resume.txt", aim)
    return plan_of(record, aim, parameters_of(aim.knowledge.policy, date(2026, 11, 2)))


@pytest.fixture(scope="module")
def wording(aim):
    return wording_of(aim.role, aim.level, aim.knowledge)


def opening(record, wording):
    return "\n".join(outline(record, wording, Look(), full=False).opening)


def test_a_target_that_is_reached_is_said_to_be(made, wording):
    record = replace(
        made,
        outcome=Outcome(reached=True, score=81.6, band="ready"),
        parameters=replace(made.parameters, target=81.5),
    )
    assert "The plan reaches your target of 81.5: 81 points by" in opening(record, wording)


def test_a_target_out_of_reach_tells_what_is_in_the_way_and_what_would_help(made, wording):
    outcome = Outcome(
        reached=False,
        score=70.2,
        band="near",
        blocked_by=(
            Blocker(kind="requirement", id="spanish", name="Spanish", reason="x"),
            Blocker(kind="score", id="score", name="points", reason="x"),
        ),
        unlocks=(
            Unlock(kind="hours", value=9.0, text="Nine hours a week."),
            Unlock(kind="budget", value=1, text="No."),
        ),
    )
    parameters = replace(made.parameters, target=90.0, budget_usd=100.0)
    said = opening(replace(made, outcome=outcome, parameters=parameters), wording)
    assert "Within your limits the plan comes to 70 points by" in said
    assert "The target is 90." in said
    assert "Still in the way then: Spanish." in said
    assert "What would help: Nine hours a week." in said
    assert "No." not in said
    assert "Your budget: $100." in said


def test_where_no_target_was_named_the_band_is_what_it_leads_to(made, wording):
    record = replace(made, outcome=Outcome(aim="essentials", reached=True, score=66.4, band="near"))
    assert "you show all that is essential: 66 points by then, nearly there." in opening(record, wording)
    record = replace(made, outcome=Outcome(aim="ready", reached=True, score=81.0, band="ready"))
    assert "The plan leads to 81 points by" in opening(record, wording)
    assert "Your budget" not in opening(record, wording)


def test_days_between_reviews_are_few(made, wording):
    sections = outline(made, wording, Look(), full=True).sections
    reviews = next(section for section in sections if section.title == wording.texts.say("outline.review.title"))
    between = [entry for entry in reviews.entries if entry.aside == wording.texts.say("outline.review.regular")]
    assert len(between) <= 3
    assert len(reviews.entries) >= len(between) + len(made.steps) - 1


@pytest.mark.parametrize("look", [Look(), Look(accessible=True), Look(width=40)])
def test_the_opening_and_the_first_thing_to_do_fit_on_a_screen(made, wording, look):
    report = PLAN["text"](made, wording, look)
    before = report.partition(wording.texts.say("outline.week.title"))[0]
    assert before.count("\n") <= (24 if look.width == 80 else 40)
    assert "To do today" in before


def test_everything_short_stands_in_the_whole_as_well(made, wording):
    short, full = (outline(made, wording, Look(), full=full) for full in (False, True))
    assert short.opening == full.opening
    assert {section.title for section in short.sections} < {section.title for section in full.sections}
