"""The story of other work: what it has in common with this one, and which requirements it helps."""

from __future__ import annotations

from pcc_assess.advice.own_words import OwnWords
from pcc_assess.model import Evidence, Job, Story, TransferFinding

_MOST = 3
_MOST_HELPED = 4
_JOB = "job:"


def stories(own: OwnWords) -> tuple[Story, ...]:
    """One story for each kind of other work, those that help most first."""
    by_job: dict[str, list[TransferFinding]] = {}
    for item in own.assessment.profile.transfers:
        family = item.source.removeprefix(_JOB)
        if item.source.startswith(_JOB) and family in own.knowledge.advice.stories and item.evidence:
            by_job.setdefault(family, []).append(item)
    made = [(gain, story) for family, items in by_job.items() for gain, story in _story(own, family, items)]
    return tuple(story for _, story in sorted(made, key=lambda pair: (-pair[0], pair[1].source))[:_MOST])


def _story(own: OwnWords, family: str, items: list[TransferFinding]) -> list[tuple[float, Story]]:
    """A story with what it can still win; none where everything that it helps is shown already."""
    wanted = {item.skill for item in items}
    helped = [result for skill, result in own.results.items() if skill in wanted and result.points_open > 0]
    if not helped:
        return []
    entry = own.knowledge.advice.stories[family]
    header = items[0].evidence[0]
    job = own.job_of(header)
    name = job.title if job is not None and job.title else own.knowledge.families[family].name
    first = helped[:_MOST_HELPED]
    story = Story(
        source=family,
        job=name,
        helps=tuple(item.id for item in first),
        names=tuple(item.name for item in first),
        quote=_line(own, job, wanted) or header,
        bridge=entry.bridge,
        frame=entry.frame,
    )
    return [(sum(item.points_open for item in helped), story)]


def _line(own: OwnWords, job: Job | None, wanted: set[str]) -> Evidence | None:
    """The best line of the same job, one of the skills that it helps before any other."""
    if job is None or job.place is None:
        return None
    ordered = sorted(own.results, key=lambda skill: skill not in wanted)
    lines = [line for skill in ordered for line in own.sentences(skill)]
    return next((line for line in lines if line.method != "answer" and own.job_of(line) == job), None)
