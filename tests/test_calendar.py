"""A plan as a calendar: read back with the icalendar library, field by field, and text that wants to break out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_assess.assess import assess_bytes, plan_of
from pcc_assess.cli import main
from pcc_assess.errors import printable
from pcc_assess.plan import parameters_of
from pcc_assess.renderers import PLAN, Look, wording_of
from pcc_assess.renderers.ics import calendar, escaped, folded

RESUME = """\
Rosa Example
EXPERIENCE
Front Desk Agent, Gull Inn
June 2022 - Present
- Check in guests, confirm their details; keep order
- Calm upset guests and settle complaints on the spot
"""
# No control character and no lone half of a character: what printable() leaves.
TEXT = st.text(max_size=200).map(printable)


@pytest.fixture(scope="module")
def made(aim):
    record = assess_bytes(RESUME.encode(), "resume.txt", aim)
    plan = plan_of(record, aim, parameters_of(aim.knowledge.policy, date(2026, 11, 2)))
    return plan, wording_of(aim.role, aim.level, aim.knowledge)


def events_of(text):
    read = icalendar.Calendar.from_ical(text)
    assert read.errors == []
    found = {}
    for event in read.walk("VEVENT"):
        assert event.errors == []
        assert str(event["UID"]) not in found
        found[str(event["UID"])] = event
    return read, found


def test_every_step_day_and_review_is_an_event_of_whole_days(made):
    plan, wording = made
    read, events = events_of(calendar(plan, wording, Look()))
    assert (str(read["VERSION"]), str(read["CALSCALE"])) == ("2.0", "GREGORIAN")
    actions = [action for step in plan.steps for action in step.actions]
    days = [day for day in plan.advice.days if day.minutes]
    assert len(events) == len(actions) + len(days) + len(plan.reviews)
    by_kind = {uid.partition(".")[0]: event for uid, event in events.items()}
    for action in actions:
        event = by_kind[f"step-{action.id}"]
        assert event["DTSTART"].dt == date.fromisoformat(action.start)
        assert event["DTEND"].dt == date.fromisoformat(action.end) + timedelta(days=1)
        assert str(event["SUMMARY"]) == action.title
        assert action.how in str(event["DESCRIPTION"])
        assert action.proof in str(event["DESCRIPTION"])
        assert str(event["TRANSP"]) == "TRANSPARENT"
    for number, review in enumerate(plan.reviews, 1):
        assert by_kind[f"review-{number}"]["DTSTART"].dt == date.fromisoformat(review.on)
    for day in days:
        assert str(by_kind[f"day-{day.n}"]["SUMMARY"]) == day.title
    stages = {step.title for step in plan.steps}
    assert stages <= {str(event["CATEGORIES"].cats[0]) for event in events.values()}


def test_the_same_plan_gives_the_same_bytes_and_asks_no_clock(made):
    plan, wording = made
    text = calendar(plan, wording, Look())
    assert text == calendar(plan, wording, Look(width=40))
    _, events = events_of(text)
    stamps = {event["DTSTAMP"].dt.date() for event in events.values()}
    assert stamps == {date.fromisoformat(plan.assessment.as_of)}


def test_a_plan_made_again_moves_its_events_and_adds_none_beside_them(aim):
    """Also after the resume was made better: the person is the same."""
    wording = wording_of(aim.role, aim.level, aim.knowledge)
    better = RESUME + "SKILLS\nMicrosoft Excel\n"
    found = []
    for text, start, day in ((RESUME, date(2026, 11, 2), "2026-11-01"), (better, date(2026, 12, 7), "2026-12-01")):
        record = replace(assess_bytes(text.encode(), "resume.txt", aim), as_of=day)
        plan = plan_of(record, aim, parameters_of(aim.knowledge.policy, start))
        found.append(events_of(calendar(plan, wording, Look()))[1])
    first, second = found
    both = first.keys() & second.keys()
    assert len(both) > len(first) / 2
    for uid in both:
        assert second[uid]["SEQUENCE"] > first[uid]["SEQUENCE"]
    days = [next(event for uid, event in one.items() if uid.startswith("day-1.")) for one in found]
    assert [event["DTSTART"].dt for event in days] == [date(2026, 11, 2), date(2026, 12, 7)]


def test_two_people_have_no_event_in_common(aim):
    wording = wording_of(aim.role, aim.level, aim.knowledge)
    parameters = parameters_of(aim.knowledge.policy, date(2026, 11, 2))
    found = []
    for name in ("Rosa Example", "Tom Sample"):
        record = assess_bytes(RESUME.replace("Rosa Example", name).encode(), "resume.txt", aim)
        found.append(events_of(calendar(plan_of(record, aim, parameters), wording, Look()))[1].keys())
        assert not any(part in uid for uid in found[-1] for part in name.split())
    assert not found[0] & found[1]


def test_what_is_done_needs_no_day(made):
    plan, wording = made
    first = plan.steps[0].actions[0]
    step = replace(plan.steps[0], actions=(replace(first, done=True), *plan.steps[0].actions[1:]))
    _, events = events_of(calendar(replace(plan, steps=(step, *plan.steps[1:])), wording, Look()))
    assert not any(uid.startswith(f"step-{first.id}.") for uid in events)


def test_every_line_ends_as_asked_and_holds_75_octets_at_most(made):
    plan, wording = made
    data = calendar(plan, wording, Look()).encode()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


@given(TEXT)
def test_any_text_comes_back_as_it_went_in(text):
    line = f"SUMMARY:{escaped(text)}"
    whole = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n{folded(line)}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    _, events = events_of(whole)
    assert str(events["1"]["SUMMARY"]) == text
    assert max(len(part.encode()) for part in folded(line).split("\r\n")) <= 75


@given(st.text(max_size=300))
def test_no_text_can_begin_a_line_of_its_own(text):
    line = escaped(text)
    assert "\n" not in line
    assert "\r" not in line
    assert folded(line).replace("\r\n ", "") == line


def test_a_hostile_title_stays_a_title(made):
    plan, wording = made
    title = "a\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\\n;,:"
    first = replace(plan.steps[0].actions[0], title=title)
    step = replace(plan.steps[0], actions=(first,))
    read, events = events_of(calendar(replace(plan, steps=(step,)), wording, Look()))
    assert not list(read.walk("VALARM"))
    assert printable(title) in {str(event["SUMMARY"]) for event in events.values()}


def test_the_command_writes_a_calendar_file(tmp_path, capsysbinary):
    resume, out = tmp_path / "resume.txt", tmp_path / "plan.ics"
    resume.write_text(RESUME, encoding="utf-8")
    words = ["plan", str(resume), "--format", "ics", "--as-of", "2026-11-01", "--lang", "es"]
    assert main([*words, "--output", str(out)]) == 0
    capsysbinary.readouterr()
    assert main(words) == 0
    assert capsysbinary.readouterr().out == out.read_bytes()
    _, events = events_of(out.read_bytes().decode())
    assert any(str(event["CATEGORIES"].cats[0]) == "Sus primeros siete días" for event in events.values())


def test_ics_is_a_format_of_plans(made):
    plan, wording = made
    assert PLAN["ics"](plan, wording, Look()).startswith("BEGIN:VCALENDAR\r\n")
