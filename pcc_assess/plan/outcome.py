"""Whether a plan reaches its target, and what stands in the way where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pcc_assess.model import Blocker, Outcome, Profile, Readiness, Unlock, Unreachable
from pcc_assess.plan.candidates import Person
from pcc_assess.plan.left import after_all
from pcc_assess.plan.place import Placed
from pcc_assess.plan.pose import Aim
from pcc_assess.plan.unlock import unlocks_of


def outcome_of(
    person: Person,
    aim: Aim,
    items: Sequence[Placed],
    left: Sequence[Unreachable],
    readiness_of: Callable[[Profile], Readiness],
    *,
    missed: bool,
) -> Outcome:
    """The end of a plan beside its target. ``missed``: whether the best choice falls short of it."""
    end = after_all(person.profile, (item.item.action for item in items), person.knowledge)
    readiness = readiness_of(end)
    blockers = tuple(_blockers(person, aim, end, readiness, {item.id: item.reason for item in left}))
    return Outcome(
        aim=aim.kind,
        reached=not blockers,
        score=readiness.score,
        band=readiness.band,
        blocked_by=blockers,
        unlocks=tuple(_unlocks(person, aim, readiness, missed=missed)),
    )


def _unlocks(person: Person, aim: Aim, readiness: Readiness, *, missed: bool) -> Iterator[Unlock]:
    """What would help: an answer where a gate is only not shown, and changes of the limits where steps fall short."""
    texts = person.knowledge.texts
    silent = [gate.name for gate in readiness.gates if gate.status == "not-shown"]
    if silent:
        yield Unlock(kind="ask", value=None, text=texts.say("plan.unlock.ask", names=", ".join(silent)))
    if missed:
        yield from unlocks_of(person, aim)


def _blockers(
    person: Person, aim: Aim, end: Profile, readiness: Readiness, reasons: dict[str, str]
) -> Iterator[Blocker]:
    texts = person.knowledge.texts
    for gate in readiness.gates:
        if gate.status != "met":
            yield Blocker(kind="gate", id=gate.id, name=gate.name, reason=gate.next_step)
    if aim.essentials:
        half, earned = person.knowledge.policy.half_credit, person.credits_of(end)
        for item in person.assessment.requirements:
            if item.importance == "essential" and earned[item.id] < half:
                reason = reasons.get(item.id, texts.say("plan.blocked.limits"))
                yield Blocker(kind="requirement", id=item.id, name=item.name, reason=reason)
    missing = aim.score - round(readiness.score * 100)
    if missing > 0 and aim.kind != "more":
        reason = texts.say("plan.blocked.points", points=f"{missing / 100:.2f}")
        yield Blocker(kind="score", id="score", name=texts.say("plan.blocked.score"), reason=reason)
