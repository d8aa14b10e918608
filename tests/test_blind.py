"""What ``--blind`` takes out and what it leaves, pseudonyms, and the key with its list."""

from __future__ import annotations

import csv
import json
import stat
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_assess import assess
from pcc_assess.blind import blinded, blinded_failure, pseudonym_of
from pcc_assess.cli import main
from pcc_assess.errors import InputError
from pcc_assess.model import Candidate, Failure, FailureReason
from pcc_assess.pseudonyms import WhoIsWho, list_beside, read_key
from pcc_assess.redaction import redacted

KEY = bytes(range(32))
RESUME = """\
Zephyrine Quillfeather
123 Maple Street, Apt 4B, Springfield, IL 62704
(217) 555-0142 | zephyrine.q@example.com | linkedin.com/in/zephyrineq
Date of birth: 03/04/1987. Married, two children. Nationality: Nigerian. Pronouns: she/her

Summary
Zephyrine is a 38-year-old patient care coordinator who scheduled patients in Epic for Dr. Okonkwo in Houston, TX.

Experience
Medical Receptionist, Birchwater Family Clinic, Peoria, IL, March 2018 - Present
- Mrs. Quillfeather verified insurance for 40 patients a day and answered a multi-line phone
- She trained four new front desk staff in HIPAA rules

Education
Associate of Applied Science, Ravenna Community College, 2006
"""
# none of these is a word of the program itself
SECRETS = (
    "zephyrine quillfeather maple springfield 62704 0142 example.com 03/04/1987 1987 nigerian 38-year okonkwo houston"
    " 2006 birchwater peoria ravenna"
).split()


@pytest.fixture(scope="module")
def rules(aim):
    return aim.blind_rules


@pytest.fixture
def resume(tmp_path):
    path = tmp_path / "Zephyrine_Quillfeather_2006.txt"
    path.write_text(RESUME, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("Call (555) 010-2345 or +1 555.010.2345", "Call [phone] or [phone]"),
        ("mail jane.doe@example.com, see www.jane.example", "mail [e-mail], see [link]"),
        ("linkedin.com/in/janedoe and @janedoe", "[link] and [link]"),
        ("123 North Maple Street Apt 4B, Springfield, IL 62704-1234", "[address], [place]"),
        ("P.O. Box 12, Normal, IL 61761", "[address], [place]"),
        ("she scheduled her patients", "[gender] scheduled [gender] patients"),
        ("Pronouns: they/them; typed 60 words a minute", "Pronouns: [gender]; typed 60 words a minute"),
        ("Mrs. Young and Ms. Brown registered patients", "[name] and [name] registered patients"),
        ("a 45-year-old, aged 45, born in Manila", "a [age], aged [age]"),
        ("Marital status: single. Citizenship: US", "Marital status: [family]. Citizenship: [origin]"),
        ("Graduated 2009, Class of '09", "Graduated [year], Class of '[year]"),
        ("Associate of Science, 2009", "Associate of Science, [year]"),
        ("Filipino, US citizen, mother of two", "[origin], [family]"),
        ("Worked in Long Beach, California and New York, NY", "Worked in [place] and [place]"),
        ("Keisha and maria coordinated care for Okonkwo", "[name] and [name] coordinated care for [name]"),
        ("see resume_final.pdf", "see [file]"),
    ],
)
def test_what_says_who_the_person_is_goes(rules, text, wanted):
    assert redacted(text, rules) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Got prior authorizations (PA) and verified insurance for 1200000 members",
        "Women's health clinic, mother-baby unit; patients of all ages",
        "CMA (AAMA), CPT, ICD-10, MS Office, Word, Excel, HIPAA, BLS/CPR",
        "Scheduled visits in Epic and eClinicalWorks, 2015 - 2019, 06/2015-08/2019, 2015.06 - 2019.08",
        "Fluent in Spanish; American Heart Association BLS; native speaker",
        "Sr. Medical Assistant, May 2018 to June 2019, $250000 budget, 24/7 on-call",
        "Managed LinkedIn and Facebook pages; worked as MA; phlebotomy, CT, X-ray",
        "Will coordinate care; can grant access; may scan charts",
    ],
)
def test_what_proves_a_skill_stays(rules, text):
    assert redacted(text, rules) == text


def test_years_go_in_the_education_section_and_stay_in_jobs(rules):
    assert redacted("Ravenna College, 05/2009", rules, section="education") == "[name] College, [year]"
    assert (
        redacted("Medical Receptionist, 2009 - 2014", rules, section="experience")
        == "Medical Receptionist, 2009 - 2014"
    )


def test_a_name_that_is_a_skill_word_goes_as_a_name_and_stays_as_a_skill(rules):
    own = frozenset({"scarlett", "word"})
    proof = frozenset({"word"})
    assert redacted("Scarlett Word: Excel, Word, Outlook", rules, own, proof=proof) == "[name]: Excel, Word, Outlook"
    assert redacted("Word scheduled patients", rules, own) == "[name] scheduled patients"


def test_nothing_of_the_person_is_left_in_any_document(rules, aim):
    record = assess.assess_bytes(RESUME.encode(), "resumes/Zephyrine_Quillfeather_2006.txt", aim)
    hidden = blinded(record, "P-2345-6789-ABCD", rules)
    assert hidden.blind
    assert hidden.candidate == Candidate(id="P-2345-6789-ABCD", source="P-2345-6789-ABCD", name=None)
    assert hidden.readiness == record.readiness
    assert [item.points for item in hidden.requirements] == [item.points for item in record.requirements]
    quotes = " ".join(
        f"{evidence.quote} {evidence.surface_form}"
        for finding in hidden.profile.skills.values()
        for evidence in finding.evidence
    )
    assert "scheduled patients in Epic" in quotes
    assert "verified insurance for 40 patients a day" in quotes
    assert not {"she", "married", "mrs", *SECRETS} & set(quotes.casefold().split())
    assert blinded(hidden, "P-other", rules) == hidden


@pytest.mark.parametrize(
    "command",
    [
        *(f"{name} --format {form}" for name in ("score", "plan") for form in ("text", "json", "markdown", "html")),
        *("plan --format ics", "plan --format iep", "plan --full", "compare --levels", "compare --roles"),
        "score --lang es",
        "score --accessible",
        "score --explain patient-scheduling",
        "plan --accessible",
        "report",
    ],
)
def test_no_output_of_a_command_says_who_it_is(resume, tmp_path, capsys, command):
    key = tmp_path / "keys" / "blind.key"
    out = tmp_path / "result"
    name, *options = command.split()
    words = [name, str(resume), *options, "--blind-key", str(key), "--as-of", "2026-01-01"]
    assert main([*words, "--output", str(out)]) == 0
    said = f"{out.read_text(encoding='utf-8')} {capsys.readouterr().err}".casefold()
    assert [secret for secret in SECRETS if secret in said.replace(str(tmp_path).casefold(), "")] == []


def test_an_error_names_no_file(tmp_path, capsys):
    path = tmp_path / "Zephyrine_Quillfeather.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    assert main(["score", str(path), "--blind-key", str(tmp_path / "blind.key")]) == 3
    said = capsys.readouterr().err
    assert "Quillfeather" not in said
    assert "P-" in said


def test_the_same_content_and_key_give_the_same_pseudonym():
    one, other = Candidate(id="c-1", source="a", name="A"), Candidate(id="c-1", source="b", name=None)
    assert pseudonym_of(one, KEY) == pseudonym_of(other, KEY) != pseudonym_of(one, KEY[::-1])
    unread = [Candidate(id="", source=name, name=None) for name in "ab"]
    assert len({pseudonym_of(item, KEY) for item in [one, *unread]}) == 3


def test_pseudonyms_are_hmac_of_the_id():
    import hashlib
    import hmac

    number = int.from_bytes(hmac.new(KEY, b"c-1", hashlib.sha256).digest())
    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    wanted = "".join(letters[number >> (5 * at) & 31] for at in range(12))
    assert pseudonym_of(Candidate(id="c-1", source="a", name=None), KEY).replace("-", "") == f"P{wanted}"


def test_a_failure_names_no_file():
    failure = Failure(
        candidate=Candidate(id="", source="in/people.zip!/Jane Doe.pdf", name=None),
        error=FailureReason(
            code="input-refused", message="Jane Doe.pdf is broken", hint="see in/people.zip!/Jane Doe.pdf"
        ),
    )
    assert "Doe" not in repr(blinded_failure(failure, "P-1"))


def test_the_key_is_for_its_owner_only(tmp_path):
    place = tmp_path / "new" / "blind.key"
    key, made = read_key(place)
    assert made
    assert len(key) == 32
    assert read_key(place) == (key, False)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert [path.name for path in place.parent.iterdir()] == ["blind.key"]
    place.chmod(0o644)
    with pytest.raises(InputError, match="others may read"):
        read_key(place)


def test_a_file_that_is_no_key_is_refused(tmp_path):
    place = tmp_path / "resume.txt"
    place.write_text("hello", encoding="ascii")
    place.chmod(0o600)
    with pytest.raises(InputError, match="no key"):
        read_key(place)
    assert place.read_text(encoding="ascii") == "hello"


def test_the_owner_can_look_up_who_is_who(resume, tmp_path, capsys):
    key = tmp_path / "blind.key"
    for _ in range(2):
        assert main(["score", str(resume), "--blind-key", str(key), "--format", "json"]) == 0
    written = capsys.readouterr()
    pseudonym = json.loads(written.out[: written.out.index("\n}") + 2])["candidate"]["id"]
    place = tmp_path / "blind.key.who-is-who.csv"
    assert str(place) in written.err
    with place.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["pseudonym", "source"], [pseudonym, str(resume)]]
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_path_in_the_list_runs_in_no_spreadsheet(tmp_path):
    with WhoIsWho(tmp_path / "blind.key") as people:
        people.add("P-1", "=cmd()/x.pdf")
    assert "'=cmd()" in people.place.read_text(encoding="utf-8")


@given(st.text(max_size=400))
def test_any_text_comes_through(rules, text):
    once = redacted(text, rules)
    assert redacted(once, rules) == once or "[" in text


@pytest.mark.parametrize("piece", ["Aa ", "1 ", "5-", "@.", "x@", "Mr. ", "12 A ", "born ", "Dr ", "she/", "\u674e"])
def test_time_grows_with_the_length(rules, piece):
    def seconds(times):
        text = piece * times
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            redacted(text, rules)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(20_000) <= 3 * seconds(10_000) + 0.05


def test_a_batch_names_nobody(tmp_path, capfd):
    folder = tmp_path / "caseload"
    folder.mkdir()
    (folder / "Zephyrine Quillfeather.txt").write_text(RESUME, encoding="utf-8")
    (folder / "Okonkwo_broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "Peoria.zip").write_bytes(b"PK\x03\x04 no archive")
    key = tmp_path / "keys" / "blind.key"
    results = {}
    for ending in ("jsonl", "csv", "xlsx"):
        out = tmp_path / f"results.{ending}"
        words = ["batch", str(folder), "--output", str(out), "--blind-key", str(key), "--as-of", "2026-01-01"]
        assert main([*words, "--jobs", "1"]) == 5
        results[ending] = out.read_bytes()
        said = capfd.readouterr().err.casefold().replace(str(tmp_path).casefold(), "")
        assert [secret for secret in SECRETS if secret in said] == []
        assert "p-" in said
    lines = results["jsonl"].decode().casefold()
    assert [secret for secret in SECRETS if secret in lines + results["csv"].decode().casefold()] == []
    with zipfile.ZipFile(tmp_path / "results.xlsx") as book:
        cells = " ".join(book.read(name).decode().casefold() for name in book.namelist() if name.endswith(".xml"))
    # the year stands in the names of the format itself
    assert [secret for secret in SECRETS if secret in cells.replace("/2006/", "")] == []
    records = [json.loads(line) for line in results["jsonl"].splitlines()]
    with list_beside(key).open(encoding="utf-8", newline="") as file:
        people = {row["pseudonym"]: row["source"] for row in csv.DictReader(file)}
    assert {people[record["candidate"]["id"]] for record in records} == {str(path) for path in folder.iterdir()}


def test_a_batch_and_a_single_score_give_the_same_pseudonym(resume, tmp_path, capsys):
    key, out = tmp_path / "blind.key", tmp_path / "results.jsonl"
    day = ["--blind-key", str(key), "--as-of", "2026-01-01"]
    assert main(["batch", str(resume), "--output", str(out), "--jobs", "1", *day]) == 0
    capsys.readouterr()
    assert main(["score", str(resume), "--format", "json", *day]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(out.read_text(encoding="utf-8"))


def test_a_plan_from_a_blind_plan_keeps_the_pseudonym(resume, tmp_path, capsys):
    key, first = tmp_path / "blind.key", tmp_path / "plan.json"
    day = ["--blind-key", str(key), "--format", "json"]
    assert main(["plan", str(resume), *day, "--as-of", "2026-01-01", "--output", str(first)]) == 0
    capsys.readouterr()
    assert main(["plan", str(first), *day]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["assessment"]["candidate"] == json.loads(first.read_text(encoding="utf-8"))["assessment"]["candidate"]
