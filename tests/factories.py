"""Profiles, roles and assessments for tests: small ones by hand, and strategies that make any number of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from hypothesis import strategies as st

from pcc_assess import catalog
from pcc_assess.catalog import languages, loading, messages
from pcc_assess.knowledge import EDUCATION, LEVELS, Ask, Knowledge, LevelId, Requirement, Role
from pcc_assess.model import (
    Assessment,
    Candidate,
    CredentialFinding,
    Education,
    Evidence,
    Experience,
    Input,
    Job,
    Profile,
    RoleRef,
    SkillFinding,
    TransferFinding,
)
from pcc_assess.plan import make_plan, parameters_of
from pcc_assess.score import assess_profile, credits_of, points
from pcc_assess.texts import Texts

STATES = ("held", "in-progress", "planned", "expired")
ASKS = {"importance": st.sampled_from(["essential", "important", "helpful"])}


def texts(language="en"):
    """The messages of one language, read without the rest of the data."""
    root = catalog.data_dir()
    files = loading.parsed_files(root, languages.names_of(root, language))
    own = [parsed for name, parsed in files.items() if name.count("/") == 2 and Path(name).name not in languages.FILES]
    return Texts(language, messages.messages_of(own, []))


def evidence(status="held"):
    """One line of a resume."""
    return Evidence(
        quote="Scheduled patients",
        start=0,
        end=18,
        page=None,
        section="experience",
        status=status,
        method="phrase",
        similarity=100.0,
        surface_form="x",
    )


def skill(level, status="held", source="resume"):
    """A skill found with one piece of evidence."""
    return SkillFinding(proficiency=level, source=source, rung="duty", shown=True, evidence=(evidence(status),))


def credential(name, status="held"):
    """A certificate in a state."""
    return CredentialFinding(id=name, name=name.upper(), status=status, evidence=(evidence(status),))


def schooled(highest):
    """Education that is stated, be it that no school was finished."""
    return Education(highest=highest, evidence=(evidence("held" if highest != "none" else "denied"),))


def worked(years):
    """Years in a dated job at a clinic."""
    job = Job(title="Medical Receptionist", start=None, end=None, months=round(12 * years), relevance=1.0)
    return Experience(patient_years=years, service_years=years, field_years=years, jobs=(job,))


def profiles(knowledge: Knowledge) -> st.SearchStrategy[Profile]:
    """Any profile."""
    skills = st.dictionaries(
        st.sampled_from(sorted(knowledge.skills)),
        st.builds(
            skill,
            st.integers(0, 4),
            st.sampled_from(["held", "denied", "in-progress", "expired"]),
            st.sampled_from(["resume", "quiz"]),
        ),
        max_size=20,
    )
    transfers = st.lists(
        st.builds(
            TransferFinding,
            skill=st.sampled_from(sorted(knowledge.skills)),
            source=st.sampled_from(["job:hotel-front-desk", "skill:organization", "credential:cna"]),
            share=st.sampled_from([0.25, 0.4, 0.5]),
            proficiency=st.integers(1, 3),
            evidence=st.just((evidence(),)),
        ),
        max_size=5,
        unique_by=lambda item: (item.skill, item.source),
    ).map(tuple)
    credentials = st.lists(
        st.builds(credential, st.sampled_from(sorted(knowledge.credentials)), st.sampled_from(STATES)),
        max_size=3,
        unique_by=lambda item: item.id,
    ).map(tuple)
    education = st.just(Education()) | st.builds(schooled, st.sampled_from(EDUCATION))
    work = st.just(Experience()) | st.builds(worked, st.floats(0, 20).map(lambda years: round(years, 2)))
    return st.builds(
        Profile,
        skills=skills,
        transfers=transfers,
        credentials=credentials,
        education=education,
        experience=work,
    )


def roles(knowledge: Knowledge) -> st.SearchStrategy[Role]:
    """Any role: what it asks, how much it matters, and how its 100 points are shared out."""
    base = knowledge.roles["patient-care-coordinator"]
    kinds = st.one_of(
        st.sampled_from(sorted(knowledge.skills)).map(lambda name: ({"skill": name}, st.integers(1, 4))),
        st.sampled_from(sorted(knowledge.credentials)).map(lambda name: ({"credentials": {name: 1.0}}, st.none())),
        st.just(({"education": (1.0, 0.5)}, st.sampled_from(EDUCATION[1:]))),
        st.just(({"experience": "field"}, st.integers(1, 12))),
    )
    names = ("technical", "soft", "other")

    @st.composite
    def made(draw: st.DrawFn) -> Role:
        requirements = []
        for number in range(draw(st.integers(1, 25))):
            kind, amount = draw(kinds)
            asked = draw(st.dictionaries(st.sampled_from(LEVELS), st.builds(Ask, required=amount, **ASKS), min_size=1))
            category = draw(st.sampled_from(names))
            requirements.append(Requirement(id=f"r{number}", name="x", category=category, levels=asked, **kind))
        shares = {name: float(draw(st.integers(1, 100))) for name in names}
        return Role(
            id="made",
            title="Made",
            version=1,
            summary="",
            categories=shares,
            ranks=base.ranks,
            gates=(),
            requirements=tuple(requirements),
            sources={},
        )

    return made()


def assessed(profile: Profile, role: Role, level: LevelId, knowledge: Knowledge) -> Assessment:
    """A profile as it comes out of the pipeline."""
    found = assess_profile(profile, role, level, knowledge)
    return Assessment(
        version="test",
        as_of="2026-11-23",
        role=RoleRef(id=role.id, title=role.ranks[level].title, level=level),
        candidate=Candidate(id="c-1", source="x.txt", name=None),
        readiness=found.readiness,
        categories=found.categories,
        requirements=found.requirements,
        profile=profile,
        input=Input(format="text", pages=None, characters=1, quality="good", notes=()),
    )


def planned(
    assessment: Assessment, role: Role, knowledge: Knowledge, start, *, done=(), left_out=(), dates=(), **wishes
):
    """A plan for an assessment."""
    parameters = parameters_of(knowledge.policy, start, **wishes)
    level = assessment.role.level
    return make_plan(
        assessment,
        knowledge,
        role,
        replace(parameters, done=done, left_out=left_out, dates=dates),
        credits_of=partial(credits_of, role=role, level=level, knowledge=knowledge),
        readiness_of=lambda profile: assess_profile(profile, role, level, knowledge).readiness,
    )


def pointer(role: Role, level: LevelId, knowledge: Knowledge):
    """What a plan counts points with."""
    return partial(points, role=role, level=level, knowledge=knowledge)
