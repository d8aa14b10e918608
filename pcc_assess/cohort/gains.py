"""What one action would bring one person: counted for whole groups, and so remembered by what it depends on."""

from __future__ import annotations

from dataclasses import dataclass

from pcc_assess.knowledge import Action, Ask, Knowledge, LevelId, Requirement, Role
from pcc_assess.model import Assessment, Evidence, Profile, SkillFinding
from pcc_assess.plan.effects import after
from pcc_assess.score import earned, judge
from pcc_assess.weights import weights

_MOST_KEPT = 200_000

# All that the points of a requirement can depend on, before and after an action.
State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Gain:
    """Hundredths of a point that an action brings; ``open_``: those where the file does not say."""

    points: int
    open_: int


class Gains:
    """The gain of any action for any person at one role and level.

    An action changes a few requirements, and each of them depends on little of a profile: what was counted once for
    such a state is looked up for the next person. That is exact, and a test holds it against counting everything again.
    """

    def __init__(self, role: Role, level: LevelId, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.weights = weights(role, level, knowledge.policy)
        asked = {item.id: (item, item.levels[level]) for item in role.requirements if level in item.levels}
        self.asked: dict[str, tuple[Requirement, Ask]] = asked
        self.touched = {
            action.id: tuple(name for name, (item, _) in asked.items() if _touches(action, item))
            for action in knowledge.actions.values()
        }
        self._known: dict[tuple[str, str, State], int] = {}

    def states(self, record: Assessment) -> dict[str, State]:
        """What each requirement's points depend on, for this person."""
        points = {item.id: round(item.points * 100) for item in record.requirements}
        return {name: (points[name], *_state(item, record.profile)) for name, (item, _) in self.asked.items()}

    def of(self, action: Action, record: Assessment, states: dict[str, State], waiting: frozenset[str]) -> Gain:
        """What ``action`` brings the person of ``record``; ``waiting``: the requirements that could not be judged."""
        total = open_ = 0
        changed: Profile | None = None
        for name in self.touched[action.id]:
            key = (action.id, name, states[name])
            gain = self._known.get(key)
            if gain is None:
                changed = changed or after(record.profile, action, self.knowledge)
                gain = self._count(name, changed) - round(self._now(states[name]))
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                self._known[key] = gain
            total += gain
            open_ += gain if name in waiting else 0
        return Gain(total, open_)

    def _count(self, name: str, profile: Profile) -> int:
        item, ask = self.asked[name]
        return earned(self.weights[name], judge(item, ask, profile, self.knowledge))

    @staticmethod
    def _now(state: State) -> int:
        points = state[0]
        return points if isinstance(points, int) else 0


def _touches(action: Action, item: Requirement) -> bool:
    if item.skill is not None:
        return item.skill in action.lifts
    if item.credentials is not None:
        return not item.credentials.keys().isdisjoint(action.grants_credentials)
    if item.education is not None:
        return action.grants_education is not None
    return action.grants_years > 0


def _state(item: Requirement, profile: Profile) -> State:
    if item.skill is not None:
        return _skill_state(item.skill, profile)
    if item.credentials is not None:
        return tuple((found.id, found.status) for found in profile.credentials if found.id in item.credentials)
    if item.education is not None:
        school = profile.education
        return school.highest, school.in_progress, _statuses(school.evidence)
    work = profile.experience
    return work.patient_years, work.field_years, work.claimed_years, any(job.months is not None for job in work.jobs)


def _skill_state(skill: str, profile: Profile) -> State:
    found: SkillFinding | None = profile.skills.get(skill)
    level, statuses = (found.proficiency, _statuses(found.evidence)) if found else (None, "")
    spoken = tuple(item.proficiency for item in profile.languages if item.id == skill) if profile.languages else ()
    near = tuple((item.share, item.proficiency) for item in profile.transfers if item.skill == skill)
    return level, statuses, spoken, near


def _statuses(evidence: tuple[Evidence, ...]) -> object:
    """Of a pile of evidence, all that counts: the states that occur in it."""
    if len(evidence) == 1:
        return evidence[0].status
    return frozenset(item.status for item in evidence)
