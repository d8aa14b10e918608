"""Questions to practice for interviews, with the person's own lines where an answer can begin with one."""

from __future__ import annotations

from pcc_assess.advice.own_words import OwnWords, one_line
from pcc_assess.knowledge import InterviewTheme
from pcc_assess.model import AnswerPart, Evidence, Practice

_VOLUNTEERING = "volunteering"


def practices(own: OwnWords) -> tuple[Practice, ...]:
    """The themes of the level, those with the largest gaps first; no line answers two of them."""
    level = own.assessment.role.level
    themes = [item for item in own.knowledge.advice.interview.values() if not item.levels or level in item.levels]
    used: set[str] = set()
    made = {theme.id: _practice(own, theme, used) for theme in themes}
    ordered = sorted(themes, key=lambda theme: -_gap(own, theme))
    return tuple(made[theme.id] for theme in ordered)


def _gap(own: OwnWords, theme: InterviewTheme) -> float:
    """Points still to win for the skills of a theme, to the hundredth."""
    return round(sum(own.results[skill].points_open for skill in theme.skills if skill in own.results), 2)


def _practice(own: OwnWords, theme: InterviewTheme, used: set[str]) -> Practice:
    asked = [own.results[skill] for skill in theme.skills if skill in own.results]
    return Practice(
        id=theme.id,
        theme=theme.theme,
        question=theme.question,
        why=theme.why,
        closes=tuple(item.id for item in asked if item.points_open > 0),
        parts=_parts(own, theme, used),
    )


def _parts(own: OwnWords, theme: InterviewTheme, used: set[str]) -> tuple[AnswerPart, ...]:
    """The four parts. A resume tells what was done and at times what came of it; the rest stays empty."""
    line = _line(own, theme, used)
    job = own.job_of(line) if line is not None else None
    # "volunteer" alone tells nobody where it was
    where = job.title if job is not None and job.family != _VOLUNTEERING else ""
    return (
        AnswerPart(part="situation", prompt=theme.situation, text=where),
        AnswerPart(part="task", prompt=theme.task),
        AnswerPart(part="action", prompt=theme.action, text=one_line(line) if line is not None else ""),
        AnswerPart(part="result", prompt=theme.result, text=_result(own, theme, line, used)),
    )


def _line(own: OwnWords, theme: InterviewTheme, used: set[str]) -> Evidence | None:
    """The first line of work, by the order of the theme's skills, that no other theme has."""
    for skill in theme.skills:
        for line in own.sentences(skill):
            if line.quote not in used:
                used.add(line.quote)
                return line
    return None


def _result(own: OwnWords, theme: InterviewTheme, action: Evidence | None, used: set[str]) -> str:
    """Another line of the same job and theme that tells a result with a number; empty where there is none."""
    job = own.job_of(action) if action is not None else None
    if job is None:
        return ""
    for skill in theme.skills:
        finding = own.finding(skill)
        for line in own.sentences(skill) if finding is not None and finding.rung == "result" else ():
            if line.quote not in used and own.job_of(line) == job and own.has_number(line):
                used.add(line.quote)
                return one_line(line)
    return ""
