"""Where things stand in a text: dates, lines, sections, jobs."""

import pytest

from pcc_assess.extract import judge_quality, read_layout

NEWEST = 12 * 2026


def month(year, number):
    return 12 * year + number - 1


@pytest.fixture(scope="module")
def layout(aim):
    return lambda text: read_layout(text, aim.headings, NEWEST)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Jan 2019 - Present", month(2019, 1), None),
        ("January 2019 to March 2020", month(2019, 1), month(2020, 3)),
        ("5/18 \u2013 6/20", month(2018, 5), month(2020, 6)),
        ("06/2015-07/2016", month(2015, 6), month(2016, 7)),
        ("2015 - 2017", month(2015, 1), month(2017, 12)),
        ("Summer 2016", month(2016, 6), month(2016, 8)),
        ("June - August 2019", month(2019, 6), month(2019, 8)),
        ("since 2014", month(2014, 1), None),
        ("2019-03 - 2020-01", month(2019, 3), month(2020, 1)),
    ],
)
def test_dates_as_people_write_them(layout, text, start, end):
    (span,) = layout(text).dates
    assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize("text", ["called 270/271", "License 43352", "24/7 support", "90-day plan", "ICD-10 CPT"])
def test_other_numbers_are_no_dates(layout, text):
    assert not [span for span in layout(text).dates if span.ranged]


def test_wrapped_bullets_are_one_line_and_new_bullets_are_not(layout):
    text = (
        "Experience\n\u2022 Scheduled patients for three doctors and called them the day before to\n"
        "remind them of the visit.\n\u2022 Answered phones\n"
    )
    lines = [line for line in layout(text).lines if not line.heading]
    assert len(lines) == 2
    assert all(line.section == "experience" for line in lines)


def test_headings_open_sections(layout):
    found = layout("Jane Roe\nSUMMARY\nCalm.\nTechnical Skills: Excel, Word\nEDUCATION\nGED\nReferences\nDr. Who\n")
    sections = [line.section for line in found.lines if not line.heading]
    assert sections == ["top", "summary", "skills", "education", "references"]


def test_the_title_may_stand_above_or_behind_the_dates(layout):
    above = layout(
        "Experience\nReceptionist\nLake Clinic\nMay 2010 - May 2012\n\u2022 Phones\nCook\nDiner\n2013 - 2014\n"
    )
    assert [(job.first, job.date_line) for job in above.jobs] == [(1, 3), (5, 7)]
    behind = layout(
        "Experience\n05/2010 to 05/2012\nReceptionist\nAnswered phones all day long\n06/2012 to 07/2013\nCook\n"
    )
    assert [(job.first, job.date_line) for job in behind.jobs] == [(1, 1), (4, 4)]


def test_a_date_in_a_duty_opens_no_job(layout):
    text = "Experience\nClerk, 2010 - 2012\nLed the move in 2011\nCook, 2013 - 2014\n"
    assert len(layout(text).jobs) == 2


@pytest.mark.parametrize(
    ("text", "quality", "says"),
    [
        ("S k i l l s w i t h p a t i e n t s a n d p h o n e s " * 5, "poor", "letters stand alone"),
        ("Short text about phones", "doubtful", "very short"),
        ("xqzt vbnm plkj wrtz " * 40, "poor", "English"),
    ],
)
def test_doubtful_texts_are_called_so(layout, aim, text, quality, says):
    found, reasons = judge_quality(layout(text), aim.matcher.lexicon.known, aim.knowledge.policy, ())
    assert found == quality
    assert any(says in aim.knowledge.texts.say(note.key, **note.values) for note in reasons)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "We are looking for a coordinator. Equal opportunity employer. How to apply: send a letter. "
            + "You answer phones and help patients with every step of the visit. " * 6,
            "posting",
        ),
        ("Scheduled patients for doctors   Answered phones and took messages\n" * 14, "columns"),
        ("Skills\n" + "HIPAA phones " * 40 + "\n2010 - 2012 Clerk at a clinic\n", "again and again"),
    ],
)
def test_texts_that_are_no_plain_resume_are_called_so(layout, aim, text, says):
    postings = aim.knowledge.words.cues["posting"]
    quality, reasons = judge_quality(layout(text), aim.matcher.lexicon.known, aim.knowledge.policy, (), postings)
    assert quality == "doubtful"
    assert any(says in aim.knowledge.texts.say(note.key, **note.values) for note in reasons)
