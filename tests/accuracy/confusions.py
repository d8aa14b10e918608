"""The verdict that the program gives on one line of a list of traps, as that list words its verdicts."""

from __future__ import annotations

from pcc_assess.extract import read_layout
from pcc_assess.match import Matcher
from pcc_assess.model import Profile

NEWEST = 12 * 2026
_DATED = "Experience\n{}\nClinic of the Lake\nJanuary 2015 - December 2015\n"


def profile_of(text: str, matcher: Matcher, headings: dict[tuple[str, ...], str]) -> Profile:
    """What the program finds in a text that holds nothing else."""
    return matcher.profile(read_layout(text, headings, NEWEST), NEWEST)


def judge(row: dict[str, str], matcher: Matcher, headings: dict[tuple[str, ...], str]) -> str:
    """Empty where the program agrees with the row; else what it said instead."""
    kind = row["id"]
    if kind == "experience":
        return _experience(row, matcher, headings)
    profile = profile_of(_text(row), matcher, headings)
    if kind in matcher.knowledge.credentials:
        return _credential(row, profile)
    if kind == "education":
        return _education(row, profile)
    if kind == "any":
        found = [item.proficiency for item in profile.skills.values()]
        return _cap(row, max(found, default=0))
    return _skill(row, profile)


def _text(row: dict[str, str]) -> str:
    """Lines that describe a text stand for that text."""
    described = {
        "detail- oriented across a line break": "Skills\nI am very detail-\noriented and kind\n",
        "non-breaking space in Microsoft Office": "Skills\nMicrosoft\u00a0Office\n",
        "curly apostrophe in bachelor's": "Education\nBachelor\u2019s degree, Biology\n",
        "Skills heading then a comma list": "Skills\nEHR, HIPAA, patient scheduling, Excel, teamwork\n",
        "Keyword list in white text: EHR EHR EHR HIPAA": "EHR EHR EHR HIPAA\n",
    }
    return described.get(row["text"], row["text"] + "\n")


def _cap(row: dict[str, str], level: int) -> str:
    cap = int(row["level_cap"]) if row["level_cap"].isdigit() else 4
    return "" if level <= cap else f"level {level} is above {cap}"


def _skill(row: dict[str, str], profile: Profile) -> str:
    finding = profile.skills.get(row["id"])
    level = finding.proficiency if finding else 0
    verdict = row["verdict"]
    if verdict == "YES":
        return _cap(row, level) if level else "not found"
    if verdict == "WEAK":
        return "" if level == 1 else f"level {level}"
    if verdict == "IN-PROGRESS":
        return "" if finding is None or finding.rung == "in-progress" or level <= 1 else f"level {level}"
    if verdict in ("PARTIAL", "REVIEW", "FLAG"):
        return _cap(row, level)
    return "" if level == 0 else f"found at level {level}"


def _credential(row: dict[str, str], profile: Profile) -> str:
    status = next((item.status for item in profile.credentials if item.id == row["id"]), "absent")
    wanted = {
        "YES": ("held",),
        "IN-PROGRESS": ("in-progress",),
        "EXPIRED": ("expired",),
        "NO": ("absent", "planned"),
        "REVIEW": ("held", "absent"),
    }[row["verdict"]]
    return "" if status in wanted else status


def _education(row: dict[str, str], profile: Profile) -> str:
    education = profile.education
    if row["verdict"] == "NO":
        return "" if education.highest == "none" else education.highest
    if row["verdict"] == "IN-PROGRESS":
        return "" if education.in_progress and education.highest == "hs" else f"{education}"
    return "" if education.highest == row["level_cap"] else education.highest


def _experience(row: dict[str, str], matcher: Matcher, headings: dict[tuple[str, ...], str]) -> str:
    text = row["text"]
    dated = {"Summer 2016": "Summer 2016", "1998 (year alone)": "1998"}.get(text)
    if dated is not None:
        profile = profile_of(f"Experience\nMedical Receptionist, Lake Clinic, {dated}\n", matcher, headings)
        months = [job.months or 0 for job in profile.experience.jobs]
        return "" if months and 1 <= months[0] <= 12 else f"months {months}"
    if row["verdict"] == "FLAG":
        profile = profile_of(
            "Summary\n10+ years of experience\n" + _DATED.format("Medical Receptionist"), matcher, headings
        )
        work = profile.experience
        return "" if work.patient_years == 1.0 and work.claimed_years == 10 else f"{work}"
    profile = profile_of(f"Experience\n{text}\nJanuary 2015 - December 2015\n", matcher, headings)
    years = profile.experience.patient_years
    if row["verdict"] == "YES":
        return "" if years > 0 else "no years in the field"
    return "" if years == 0 else f"{years} years in the field"
