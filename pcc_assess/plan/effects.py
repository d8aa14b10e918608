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
        if known is None or known.proficiency < level:
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


def done_already(profile: Profile, action: Action, knowledge: Knowledge) -> bool:
    """Whether the profile holds all that an action would teach, so that it need not be done again (years aside)."""
    changes = bool(action.lifts or action.grants_credentials or action.grants_education)
    return changes and after(profile, replace(action, grants_years=0.0), knowledge) == profile
