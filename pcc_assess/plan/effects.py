"""What an action would change: the profile that a person would bring after it."""

from __future__ import annotations

from dataclasses import replace

from pcc_assess.knowledge import EDUCATION, Action, Knowledge
from pcc_assess.model import CredentialFinding, Profile, SkillFinding


def after(profile: Profile, action: Action, knowledge: Knowledge) -> Profile:
    """``profile`` with all that ``action`` can bring; nothing in it ever gets lower."""
    skills = dict(profile.skills)
    for skill, level in action.lifts.items():
        known = skills.get(skill)
        if known is None or known.proficiency < level or not _held(known):
            skills[skill] = SkillFinding(proficiency=level, source="profile", rung="planned", shown=False, evidence=())
    credentials = {item.id: item for item in profile.credentials}
    for name in action.grants_credentials:
        known_state = credentials[name].status if name in credentials else None
        if action.renews == (known_state == "expired") and known_state != "held":
            title = knowledge.credentials[name].name
            credentials[name] = CredentialFinding(id=name, name=title, status="held", evidence=())
    education = profile.education
    granted = action.grants_education
    if granted and EDUCATION.index(granted) > EDUCATION.index(education.highest):
        education = replace(education, highest=granted)
    work = profile.experience
    if action.grants_years:
        years = action.grants_years
        work = replace(work, patient_years=work.patient_years + years, field_years=work.field_years + years)
    return replace(
        profile, skills=skills, credentials=tuple(credentials.values()), education=education, experience=work
    )


def _held(finding: SkillFinding) -> bool:
    """A skill that is only being learned, or was known once, is not there yet."""
    return not finding.evidence or any(item.status == "held" for item in finding.evidence)


def done_already(profile: Profile, action: Action, knowledge: Knowledge) -> bool:
    """Whether a person has behind them what an action brings, so that it need not be done first.

    A job, or the search for a first one, is behind everybody who has worked with patients or in a medical office.
    """
    if action.grants_years or is_search(action):
        return profile.experience.patient_years > 0
    changes = bool(action.lifts or action.grants_credentials or action.grants_education)
    return changes and after(profile, action, knowledge) == profile


def is_search(action: Action) -> bool:
    """The search for a first job, which only a person without one needs."""
    return action.kind == "application" and action.stage == "experience"
