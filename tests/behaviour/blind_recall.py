"""How much of what says who a person is stays in blind results, counted on planted lines and on real resumes.

    python tests/behaviour/blind_recall.py

Planted: each made-up resume gets a letterhead, and lines of work that name the person and more, so that quotes hold
them. Then every text of the blind assessment is searched for what was planted, by plain search and not by the program's
rules.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from people import NAMES
from resumes import assessed, made_up, real

from pcc_assess.aim import DEFAULT_ROLE, Aim, make_aim
from pcc_assess.blind import blinded
from pcc_assess.model import Assessment, Evidence
from pcc_assess.renderers.json_ import to_json
from pcc_assess.tokens import fold_phrase, tokenize

PHONES = ("(217) 555-0142", "217-555-0142", "217.555.0142", "+1 217 555 0142", "2175550142")
TOWNS = ("Springfield, IL 62704", "Long Beach, CA 90802", "New York, NY 10027", "El Paso, TX", "Mobile, AL 36602")
STREETS = ("4400 West Madison Street", "77 Beacon St. Apt 3", "15 County Road", "8 Elm Ave", "P.O. Box 118")
AGES = ("58-year-old", "Age: 58", "Date of birth: 03/04/1961", "58 years old", "born in 1961")
STATUSES = ("married", "single mother", "divorced", "widowed", "mother of three")
ORIGINS = ("Nigerian", "US citizen", "Filipino", "green card holder", "Mexican American")
_EMAIL = re.compile(r"[\w.]{1,40}@[\w.]{1,40}")
_PHONE = re.compile(r"\d{3}[-. )]{1,2}\d{3}[-. ]\d{4}")
_LINK = re.compile(r"https?:|www\.|linkedin\.com/")
_YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-2]\d)\b")


def planted(number: int) -> tuple[str, str, dict[str, list[str]]]:
    """A letterhead, lines of work, and by kind what must not be found again."""
    name = NAMES[number % len(NAMES)][1]
    first, family = name.split()[0], name.split()[-1]
    phone, town, street = (values[number % 5] for values in (PHONES, TOWNS, STREETS))
    age, status, origin = (values[number // 5 % 5] for values in (AGES, STATUSES, ORIGINS))
    mail = f"{first}.{family}{number}@example.com".lower()
    year = str(1975 + number % 40)
    head = f"{name}\n{street}, {town}\n{phone} | {mail} | linkedin.com/in/{first.lower()}{number}\n\n"
    lines = (
        f"\n\nExperience\nMedical Receptionist, Clinic, {town}, March 2019 - June 2021\n"
        f"- {name} scheduled patients in Epic, reach {first} at {phone} or {mail}\n"
        f"- She is a {age}, {status}, {origin}, and verified insurance from {street}, {town}\n"
        f"\nEducation\nAssociate of Science, graduated {year}\n"
    )
    must_go = {
        "name": [first, family],
        "email": [mail],
        "phone": [phone],
        "street": [street],
        "town": [town.partition(",")[0]],
        "ZIP": town.split()[-1:] if town[-1].isdigit() else [],
        "age": [age],
        "status": [status],
        "origin": [origin],
        "pronoun": ["she is"],
        "year": [year],
    }
    return head, lines, must_go


def evidence_of(value: Any) -> Iterator[Evidence]:
    """Every piece of evidence of an assessment."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from evidence_of(item)
    elif isinstance(value, dict):
        yield from evidence_of(tuple(value.values()))
    elif hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            yield from evidence_of(getattr(value, field))


def texts_of(record: Assessment) -> str:
    """Every quote, title and note, and who the candidate is said to be."""
    quotes = [f"{item.quote} | {item.surface_form}" for item in evidence_of(record.profile)]
    titles = [job.title for job in record.profile.experience.jobs]
    return " || ".join([to_json(record.candidate), *quotes, *titles, *record.input.notes])


def _holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", text.casefold()) is not None


def plant(aim: Aim) -> tuple[Counter[str], Counter[str]]:
    """What was planted and shown without ``--blind``, by kind, and how much of that stayed with it."""
    shown: Counter[str] = Counter()
    stayed: Counter[str] = Counter()
    for number, body in enumerate(made_up().values()):
        head, lines, must_go = planted(number)
        record = assessed(head + body + lines, aim, f"{NAMES[number][1].replace(' ', '_')}.txt")
        open_, hidden = texts_of(record), texts_of(blinded(record, "P-0", aim.blind_rules))
        for kind, words in must_go.items():
            for word in words:
                if _holds(open_, word):
                    shown[kind] += 1
                    if _holds(hidden, word):
                        stayed[kind] += 1
                        sys.stdout.write(f"    stayed: {kind} {word!r}\n")
    return shown, stayed


def measure_real(aim: Aim) -> dict[str, tuple[int, int]]:
    """What plain patterns find in the quotes of real resumes, before and after."""
    found = dict.fromkeys(("e-mail", "phone", "link", "year in education", "words", "words of proof"), (0, 0))

    def add(kind: str, before: int, after: int) -> None:
        found[kind] = (found[kind][0] + before, found[kind][1] + after)

    for text in real().values():
        record = assessed(text, aim)
        hidden = blinded(record, "P-0", aim.blind_rules)
        pairs = zip(evidence_of(record.profile), evidence_of(hidden.profile), strict=True)
        for old, new in pairs:
            for kind, pattern in (("e-mail", _EMAIL), ("phone", _PHONE), ("link", _LINK)):
                add(kind, len(pattern.findall(old.quote)), len(pattern.findall(new.quote)))
            if old.section == "education":
                add("year in education", len(_YEAR.findall(old.quote)), len(_YEAR.findall(new.quote)))
            before, after = Counter(tokenize(old.quote).words), Counter(tokenize(new.quote).words)
            add("words", before.total(), (before & after).total())
            proof = [word for word in fold_phrase(old.surface_form) if before[word] and old.method != "transfer"]
            add("words of proof", len(proof), sum(after[word] > 0 for word in proof))
    return found


def main() -> int:
    """Print the figures."""
    aim = make_aim(DEFAULT_ROLE, "coordinator", date(2026, 1, 1))
    shown, stayed = plant(aim)
    sys.stdout.write("| planted | shown without --blind | stayed with it |\n|---|---|---|\n")
    for kind, number in shown.items():
        sys.stdout.write(f"| {kind} | {number} | {stayed[kind]} |\n")
    sys.stdout.write(f"| **all** | **{shown.total()}** | **{stayed.total()}** |\n\n")
    sys.stdout.write("| in quotes of real resumes | before | after |\n|---|---|---|\n")
    for kind, (before, after) in measure_real(aim).items():
        sys.stdout.write(f"| {kind} | {before} | {after} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
