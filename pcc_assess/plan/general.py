"""Free steps that bring no points by themselves and belong to every way into the job."""

from __future__ import annotations

from collections.abc import Iterator

from pcc_assess.knowledge import LEVELS, Action, Knowledge, Stage
from pcc_assess.model import Assessment
from pcc_assess.plan.candidates import STAGES, Person, fits, raises
from pcc_assess.plan.effects import is_search

# Actions of the stage "understand" that only some plans need.
OPEN_QUESTIONS = "understand-open-questions"
_NEXT_LEVEL = "understand-next-level"
_FOR_NEWCOMERS = frozenset({"understand-workday", "understand-fit"})


def general_steps(person: Person) -> list[Action]:
    """The general steps for one person, so many for each stage as the policy says."""
    rules = person.knowledge.policy.plan
    most = rules.general_steps_ready if is_ready(person.assessment) else rules.general_steps
    return [action for stage in STAGES for action in list(_of_stage(stage, person))[:most]]


def only_general(stage: Stage, knowledge: Knowledge) -> bool:
    """Whether no action of a stage closes gaps, so that its general steps are all that it holds."""
    return not any(raises(action) for action in knowledge.actions.values() if action.stage == stage)


def is_general(action: Action) -> bool:
    """Whether an action is free and raises nothing by itself; a search is there for the job that it leads to."""
    return action.free and not raises(action)


def waiting(assessment: Assessment) -> tuple[str, ...]:
    """The requirements that a question comes first for."""
    return tuple(item.id for item in assessment.requirements if item.status == "not-assessed" or item.confirm)


def is_ready(assessment: Assessment) -> bool:
    """Whether the person can apply for the job as they are."""
    return assessment.readiness.band == "ready"


def _of_stage(stage: Stage, person: Person) -> Iterator[Action]:
    """The general actions of a stage that make sense for this person, those for some plans only first."""
    special = (OPEN_QUESTIONS, _NEXT_LEVEL)
    found = [
        action
        for action in person.knowledge.actions.values()
        if action.stage == stage and is_general(action) and not is_search(action)
    ]
    for action in sorted(found, key=lambda action: action.id not in special):
        if fits(action, person) and _makes_sense(action, person):
            yield action


def _makes_sense(action: Action, person: Person) -> bool:
    assessment = person.assessment
    if action.id == OPEN_QUESTIONS:
        return bool(waiting(assessment))
    if action.id in _FOR_NEWCOMERS:  # nobody has to be shown the day that they live
        return not any(job.current and job.relevance >= 1 for job in person.profile.experience.jobs)
    return action.id != _NEXT_LEVEL or (is_ready(assessment) and assessment.role.level != LEVELS[-1])
