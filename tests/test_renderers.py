"""Formats out: what a person or a program reads, and that nothing of a candidate's file acts on either."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from factories import texts
from jsonschema import Draft202012Validator

from pcc_assess.consoles import fit
from pcc_assess.errors import InputError
from pcc_assess.knowledge import Band
from pcc_assess.model import (
    Assessment,
    Candidate,
    CategoryResult,
    Cost,
    Evidence,
    Failure,
    FailureReason,
    GateResult,
    Input,
    Outcome,
    Plan,
    PlannedAction,
    PlanParameters,
    PlanTarget,
    Profile,
    Readiness,
    Result,
    RoleRef,
    SkillFinding,
    Step,
    Totals,
    Unreachable,
)
from pcc_assess.renderers import ASSESSMENT, PLAN, Look, Wording, schemas
from pcc_assess.renderers.json_ import from_json, is_assessment, to_json

WORDING = Wording(
    texts=texts(),
    names={"hs-diploma": "High-school diploma"},
    bands={
        "building": Band(
            id="building",
            at_least=40,
            name="building up",
            meaning="You bring a real base. Work through the plan step by step, and apply for entry jobs on the way.",
        )
    },
)
HOSTILE = "\x1b[31mred\x1b[0m \u202eevil\u202c [bold]loud[/bold] \x9b2J | <b>html</b> `code` \x07end"


def evidence(quote: str) -> Evidence:
    return Evidence(
        quote=quote,
        start=0,
        end=len(quote),
        page=1,
        section="experience",
        status="held",
        method="exact",
        similarity=100.0,
        surface_form=quote.lower(),
    )


def result(item_id: str, **given: Any) -> Result:
    values: dict[str, Any] = {
        "id": item_id,
        "name": item_id.replace("-", " ").capitalize(),
        "category": "technical",
        "importance": "essential",
        "weight": 10.0,
        "required": 3,
        "own": 3,
        "credit": 1.0,
        "points": 10.0,
        "points_open": 0.0,
        "status": "met",
        "evidence": (evidence(f"Did {item_id} for two clinics with four doctors"),),
        "next_step": "",
        "rule": "Shown as a duty of a dated job: level 3, and level 3 is asked.",
    }
    return Result(**(values | given))


def gap(item_id: str, points: float, **given: Any) -> Result:
    values: dict[str, Any] = {
        "own": 2,
        "credit": round(points / 10, 4),
        "points": points,
        "points_open": 10 - points,
        "status": "partial" if points else "missing",
        "next_step": "Take a free online course on it and keep the certificate.",
    }
    return result(item_id, **(values | given))


def question(item_id: str, **given: Any) -> Result:
    values: dict[str, Any] = {
        "own": None,
        "credit": None,
        "points": 0.0,
        "points_open": 10.0,
        "status": "not-assessed",
        "evidence": (),
        "next_step": f'Tell us if this is true for you: "I do {item_id} alone."',
        "rule": "Nothing found about it.",
    }
    return result(item_id, **(values | given))


REQUIREMENTS = (
    result("patient-scheduling"),
    result("hipaa-privacy"),
    result("patient-registration"),
    gap("ehr-systems", 6.67),
    gap("medical-terminology", 5.0, status="in-progress"),
    gap("cmaa", 0.0, category="credentials"),
    gap("microsoft-office", 3.33),
    question("telehealth"),
    question("spanish", category="languages"),
    gap("care-coordination", 5.0, confirm=True),
)


def assessment(*requirements: Result, quality: str = "good", source: str = "resume.pdf", **given: Any) -> Assessment:
    chosen = requirements or REQUIREMENTS
    names = list(dict.fromkeys(item.category for item in chosen))
    score = round(sum(item.points for item in chosen), 2)
    hidden = sum(item.points_open for item in chosen if item.confirm or item.status == "not-assessed")
    values: dict[str, Any] = {
        "version": "0.1.0+data.0123456789ab",
        "as_of": "2026-11-01",
        "role": RoleRef(id="patient-care-coordinator", title="Patient Care Coordinator", level="coordinator"),
        "candidate": Candidate(id="c-1", source=source, name=None),
        "readiness": Readiness(
            score=score,
            possible=round(score + hidden, 2),
            band="building",
            gates=(GateResult(id="hs-diploma", name="High-school diploma", status="met", next_step=""),),
        ),
        "categories": tuple(category(name, chosen) for name in names),
        "requirements": chosen,
        "profile": Profile(
            skills={
                "hipaa-privacy": SkillFinding(
                    proficiency=3, source="resume", rung="duty", shown=True, evidence=(evidence("HIPAA"),)
                )
            }
        ),
        "input": Input(
            format="pdf",
            pages=2,
            characters=3210,
            quality=quality,  # type: ignore[arg-type]
            notes=() if quality == "good" else ("Part of the words run together, so some skills may be missed.",),
        ),
    }
    return Assessment(**(values | given))


def category(name: str, results: tuple[Result, ...]) -> CategoryResult:
    own = [item for item in results if item.category == name]
    score = sum(item.points for item in own)
    hidden = sum(item.points_open for item in own if item.confirm or item.status == "not-assessed")
    return CategoryResult(id=name, weight=10.0 * len(own), score=round(score, 2), possible=round(score + hidden, 2))


def action(action_id: str, **given: Any) -> PlannedAction:
    values: dict[str, Any] = {
        "id": action_id,
        "title": action_id.replace("-", " ").capitalize(),
        "closes": ("cmaa",),
        "points": 4.5,
        "hours": 40.0,
        "weeks": 8.0,
        "cost_usd": Cost(low=117.0, high=155.0, as_of="2026-05-01", source="issuer's page"),
        "start": "2026-11-02",
        "end": "2026-12-27",
        "prerequisites": (),
        "eligibility": (),
        "how": "Study the outline of the exam, then book a date.",
        "proof": "The certificate.",
        "free_alternative": None,
    }
    return PlannedAction(**(values | given))


def plan(*actions: PlannedAction) -> Plan:
    chosen = actions or (
        action(
            "read-three-postings",
            cost_usd=Cost(low=0, high=0, as_of="2026-05-01", source="x"),
            points=0.0,
            hours=1.0,
        ),
        action("pass-the-exam", prerequisites=("read-three-postings",), eligibility=("18 years old",)),
        action("join-a-group", cost_usd=None, free_alternative="Meet on the open evening."),
    )
    return Plan(
        assessment=PlanTarget(
            candidate="c-1",
            role="patient-care-coordinator",
            level="coordinator",
            score=58.33,
            possible=71.0,
            as_of="2026-11-01",
        ),
        parameters=PlanParameters(start="2026-11-02", hours_per_week=6.0),
        outcome=Outcome(reached=False, score=67.33, band="near"),
        steps=(Step(n=1, stage="foundations", title="Foundations and credentials", actions=chosen),),
        totals=Totals(
            hours=81.0,
            hours_at_work=0.0,
            weeks=14.0,
            cost_low=117.0,
            cost_high=155.0,
            cost_unknown=1,
            points=9.0,
            score_after=67.33,
        ),
        unreachable=(Unreachable(id="spanish", name="Spanish", points=2.0, reason="Nothing known brings it."),),
    )


# --- what a person reads -------------------------------------------------------------------------------------------


def text(record: Assessment, **look: Any) -> str:
    return ASSESSMENT["text"](record, WORDING, Look(**look))


def first_screen(report: str) -> list[str]:
    return report.partition("\nDETAILS")[0].rstrip("\n").split("\n")


@pytest.mark.parametrize("quality", ["good", "doubtful"])
def test_the_first_screen_says_what_matters_in_24_lines(quality: str) -> None:
    screen = first_screen(text(assessment(quality=quality)))
    assert len(screen) <= 24
    page = "\n".join(screen)
    assert "50 shown, up to 75 if the 3 open questions go well" in page
    assert "Building up." in page
    assert "High-school diploma, met" in page
    assert '"Did hipaa-privacy' in page
    assert page.count("Next: ") == 3
    assert "Spanish, Telehealth" in page
    assert ("Part of the words run" in page) == (quality == "doubtful")


def test_points_are_never_rounded_up_into_the_next_band() -> None:
    record = assessment(result("a", weight=79.99, points=79.99))
    assert text(record).splitlines()[1] == "79 of 100 points shown, and no question is open."


def test_an_open_question_is_no_gap() -> None:
    screen = "\n".join(first_screen(text(assessment(question("telehealth"), result("hipaa-privacy")))))
    assert "no gap in what could be judged" in screen
    assert "cannot tell" not in screen


def test_every_requirement_stands_in_the_details_with_its_state_in_words() -> None:
    details = text(assessment()).partition("\nDETAILS")[2]
    for item in REQUIREMENTS:
        assert item.name in details
    for words in ("+ shown", "~ partly shown", "- not there yet", "? cannot tell", "? please confirm", "> under way"):
        assert words in details


def test_an_unmet_gate_says_what_to_do() -> None:
    gate = GateResult(id="hs-diploma", name="High-school diploma", status="not-shown", next_step="Add your school.")
    record = assessment()
    record = replace(record, readiness=replace(record.readiness, gates=(gate,), barred_by=("hs-diploma",)))
    screen = "\n".join(first_screen(text(record)))
    assert "High-school diploma, not shown. Add your school." in screen
    assert "Needed before you are called ready: High-school diploma." in screen


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100])
@pytest.mark.parametrize("accessible", [False, True])
def test_no_line_is_wider_than_the_screen(width: int, *, accessible: bool) -> None:
    look = Look(width=width, accessible=accessible)
    for report in (ASSESSMENT["text"](assessment(), WORDING, look), PLAN["text"](plan(), WORDING, look)):
        # a command stays in one piece, so that it can be copied
        assert [line for line in report.splitlines() if len(line) > width and "pcc-assess" not in line] == []


def test_color_only_repeats_what_the_words_say() -> None:
    colored = text(assessment(), color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored).split() == text(assessment()).split()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
def test_a_small_console_gets_characters_that_it_has(encoding: str) -> None:
    quotes = "\u201cFull\u201d caf\u00e9 \u2013 na\u00efve \u2022 \u4f60 \u2026"
    record = assessment(result("a", evidence=(evidence(quotes),)))
    for accessible in (False, True):
        text(record, encoding=encoding, accessible=accessible).encode(encoding)


@pytest.mark.parametrize(
    "character, plain", [("\u2019", "'"), ("\u2013", "-"), ("\u00e9", "e"), ("\ufb01", "fi"), ("\u4f60", "?")]
)
def test_a_missing_character_becomes_a_like_one(character: str, plain: str) -> None:
    assert fit(f"a{character}b", "ascii") == f"a{plain}b"
    assert fit(character, "utf-8") == character


def test_accessible_text_has_no_signs_and_no_columns() -> None:
    for report in (text(assessment(), accessible=True), PLAN["text"](plan(), WORDING, Look(accessible=True))):
        assert not re.search(r"[~|*+>\u2500-\u257f]", report)
        assert "   " not in report
        assert "\x1b" not in report
    assert "Cmaa is not there yet." in text(assessment(), accessible=True)


def hostile() -> Assessment:
    item = result("a", name=f"Name {HOSTILE}", rule=HOSTILE, evidence=(evidence(HOSTILE),))
    record = assessment(
        item, gap("b", 2.0, next_step=HOSTILE, evidence=(evidence(HOSTILE),)), question("c", next_step=HOSTILE)
    )
    return replace(
        record,
        candidate=Candidate(id="c-1", source=f"{HOSTILE}.pdf", name=HOSTILE),
        input=replace(record.input, notes=(HOSTILE,), quality="poor"),
    )


@pytest.mark.parametrize("look", [Look(), Look(accessible=True), Look(width=40), Look(encoding="ascii")])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_no_control_character_of_a_candidate_comes_through(look: Look, form: str) -> None:
    wild = plan(
        action("a", title=HOSTILE, how=HOSTILE, proof=HOSTILE, eligibility=(HOSTILE,), free_alternative=HOSTILE)
    )
    for report in (ASSESSMENT[form](hostile(), WORDING, look), PLAN[form](wild, WORDING, look)):
        steering = {c for c in report if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"}
        assert steering == set()


def test_markup_of_a_candidate_is_plain_text() -> None:
    assert "[bold]loud[/bold]" in text(hostile(), color=True)


# --- Markdown ------------------------------------------------------------------------------------------------------


def test_markdown_cannot_be_broken_by_a_candidate() -> None:
    report = ASSESSMENT["markdown"](hostile(), WORDING, Look())
    assert "<b>" not in report
    assert "&lt;b&gt;" in report
    rows = [line for line in report.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}
    assert not re.search(r"(?<!\\)`", report)


def test_markdown_holds_what_the_report_holds() -> None:
    report = ASSESSMENT["markdown"](assessment(), WORDING, Look())
    for part in ("50 shown, up to 75", "## Open questions (3)", "10.00 of 10.00", "not there yet", "data.0123456789ab"):
        assert part in report


# --- the plan ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form, look", [("text", Look(full=True)), ("text", Look(accessible=True, full=True)), ("markdown", Look())]
)
def test_a_plan_tells_time_cost_proof_and_gain(form: str, look: Look) -> None:
    report = " ".join(PLAN[form](plan(), WORDING, look).replace("\\", "").split())
    for part in (
        "Where you stand: 58 of 100 points",
        "3 steps over 14 weeks from Nov 2, 2026: 81 hours of your own at 6 hours a week",
        "$117 to $155 where it is known; not known for 1 step",
        "$117 to $155 (as of 2026-05-01)",
        "Proof to keep: The certificate.",
        "Free way: Meet on the open evening.",
        "Do first: Read three postings",
        "Check first: 18 years old",
        "4.5 points",
        "Nothing known brings it.",
    ):
        assert part in report
    assert re.search(r"cost(: | )not known", report, re.IGNORECASE)


@pytest.mark.parametrize("look", [Look(), Look(accessible=True), Look(width=40)])
def test_a_plan_is_short_unless_all_of_it_is_asked_for(look: Look) -> None:
    short, full = PLAN["text"](plan(), WORDING, look), PLAN["text"](plan(), WORDING, replace(look, full=True))
    assert len(short) < len(full)
    assert "Proof to keep" in full
    assert "Proof to keep" not in short
    assert "pcc-assess plan FILE --full" in short


def test_a_plan_without_steps_says_so() -> None:
    assert "No step is known" in PLAN["text"](replace(plan(), steps=()), WORDING, Look())


# --- JSON ----------------------------------------------------------------------------------------------------------


def test_json_comes_back_as_the_same_record() -> None:
    record = assessment()
    for indent in (2, None):
        data = to_json(record, indent).encode()
        assert is_assessment(data)
        assert from_json(data, "a.json") == record


def test_json_keeps_order_letters_and_lists() -> None:
    record = assessment(result("a", evidence=(evidence("caf\u00e9"),)))
    whole = to_json(record)
    assert "caf\u00e9" in whole
    assert list(json.loads(whole))[:4] == ["schema", "version", "as_of", "role"]
    assert isinstance(json.loads(whole)["requirements"][0]["evidence"], list)
    assert to_json(record, None).count("\n") == 1


def test_json_has_no_numbers_that_are_none() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json(assessment(result("a", points=float("nan"))))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-20],
        lambda data: data.replace(b'"score": 50.0', b'"score": "many"'),
        lambda data: data.replace(b'"score": 50.0', b'"score": NaN'),
        lambda data: data.replace(b'"score": 50.0', b'"score": 1e999'),
        lambda data: data.replace(b'"2026-11-01"', b'"yesterday"'),
        lambda data: data.replace(b'"version"', b'"Version"'),
        lambda data: b"[" * 200_000,
    ],
)
def test_a_damaged_assessment_is_refused(damage: Any) -> None:
    data = damage(to_json(assessment()).encode())
    with pytest.raises(InputError) as caught:
        from_json(data, "a.json")
    assert caught.value.hint


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"schema": "pcc-assess/profile/1"}', b"pcc-assess/assessment/1", b"{" * 9]
)
def test_other_files_are_no_assessments(data: bytes) -> None:
    assert not is_assessment(data)


# --- JSON Schemas --------------------------------------------------------------------------------------------------

DOCUMENTS: dict[str, object] = {
    "assessment": assessment(),
    "plan": plan(),
    "failure": Failure(
        candidate=Candidate(id="", source="a.pdf", name=None),
        error=FailureReason(code="input-refused", message="the file is empty", hint=""),
    ),
    "profile": assessment().profile,
}


@pytest.mark.parametrize("name", schemas.NAMES)
def test_published_schemas_are_those_of_the_program(name: str, root: Path) -> None:
    """Where this fails after a change of the records: ``pcc-assess schema NAME > docs/schemas/NAME.json``."""
    assert (root / "docs" / "schemas" / f"{name}.json").read_text("utf-8") == to_json(schemas.schema(name))


@pytest.mark.parametrize("name", schemas.NAMES)
def test_schemas_are_valid_themselves(name: str) -> None:
    Draft202012Validator.check_schema(schemas.schema(name))


@pytest.mark.parametrize("name, record", DOCUMENTS.items())
def test_documents_keep_to_their_schema(name: str, record: object) -> None:
    validator = Draft202012Validator(schemas.schema(name))
    document = json.loads(to_json(record))
    assert list(validator.iter_errors(document)) == []
    for field in document:
        if name != "profile" or field == "schema":
            less = {key: value for key, value in document.items() if key != field}
            assert not validator.is_valid(less), f"{field} could be missing"


def test_a_profile_by_hand_is_short() -> None:
    validator = Draft202012Validator(schemas.schema("profile"))
    short = {
        "schema": "pcc-assess/profile/1",
        "skills": {"ehr-systems": 3},
        "credentials": [{"id": "cmaa", "status": "held"}],
    }
    assert list(validator.iter_errors(short)) == []
    faults: tuple[dict[str, Any], ...] = (
        {"skills": {"ehr-systems": 5}},
        {"skils": {}},
        {"credentials": [{"id": "cmaa"}]},
    )
    for wrong in faults:
        assert not validator.is_valid({"schema": "pcc-assess/profile/1", **wrong})
