"""The choice of a plan against brute force: every choice of many small problems is looked at."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, combinations

import factories
import pytest
from factories import credential, schooled, skill, worked

from pcc_assess.knowledge import LEVELS, Action, Money, Span
from pcc_assess.model import Profile
from pcc_assess.plan import parameters_of
from pcc_assess.plan.candidates import STAGES, Person
from pcc_assess.plan.pose import aim_of, problem_of
from pcc_assess.plan.problem import WEEK, Candidate, Problem, is_allowed, is_met, spans, value_of
from pcc_assess.plan.solve import best_choice, can_be_met
from pcc_assess.score import credits_of

REQUIREMENTS = ("a", "b", "c", "d")
START = date(2026, 11, 2)


def every_choice(problem):
    places = range(len(problem.candidates))
    subsets = chain.from_iterable(combinations(places, size) for size in range(len(places) + 1))
    return (frozenset(subset) for subset in subsets)


def compared_by(problem, choice):
    """What choices are compared by."""
    return value_of(problem, choice).key(problem.goal)


def brute_force(problem):
    """The least of what choices are compared by."""
    return min(compared_by(problem, choice) for choice in every_choice(problem) if is_allowed(problem, choice))


# --- made-up problems ------------------------------------------------------------------------------------------------


def action(name, *, cost, free, hours, stage):
    span = Span(low=hours, high=hours, source="x", as_of="2026")
    money = Money(low=0, high=cost, as_of="2026", source="x", confidence="estimate")
    return Action(
        id=name,
        title=name,
        stage=stage,
        kind="practice",
        hours=span,
        weeks=span,
        cost=money,
        free=free,
        proof="",
        how="",
    )


def made_problem(dice: random.Random) -> Problem:
    """Any small problem: lanes, waits, prerequisites with alternatives, one job, money, days that a person moved."""
    items: list[Candidate] = []
    for place in range(dice.randint(1, 7)):
        lane = dice.choice(["own", "own", "own", "task", "task", "job"])
        needs = tuple(
            tuple(sorted(dice.sample(range(place), dice.randint(1, min(3, place)))))
            for _ in range(dice.choice([0, 0, 1, 1, 2]))
            if place
        )
        before = [items[other] for group in needs for other in group]
        late = any(item.lane == "job" or item.late for item in before)
        late = late or (lane == "own" and any(item.lane == "task" for item in before))
        free = dice.random() < 0.6
        busy = dice.randint(1, 3 * WEEK)
        gives = {name: dice.randint(1, 30) for name in dice.sample(REQUIREMENTS, dice.randint(0, 3))}
        items.append(
            Candidate(
                action=action(f"a{place}", cost=0, free=free, hours=dice.randint(1, 20), stage=dice.choice(STAGES)),
                stage="foundations",
                lane=lane,
                busy=busy,
                lasts=busy if lane == "task" else busy + dice.choice([0, 0, WEEK, 4 * WEEK]),
                cost=0 if free else dice.choice([1, 50, 129, 4000]),
                late=late,
                needs=needs,
                gives={name: value for name, value in gives.items() if value > 5},
                clears=frozenset(dice.sample(REQUIREMENTS[:2], dice.choice([0, 0, 1]))),
                opens=frozenset(["gate"] if dice.random() < 0.15 else []),
                not_before=dice.choice([0, 0, 0, 0, 5 * WEEK]),
                ends_from=dice.choice([0, 0, 0, 0, 7 * WEEK]),
            )
        )
    plain = [place for place, item in enumerate(items) if not item.needs and item.lane == "own" and not item.cost]
    return Problem(
        candidates=tuple(items),
        have=dict.fromkeys(REQUIREMENTS, 5),
        target=dice.choice([0, 30, 45, 60, 80, 100]),
        essentials=frozenset(dice.sample(REQUIREMENTS[:2], dice.choice([0, 0, 1, 2]))),
        gates=frozenset(["gate"] if dice.random() < 0.4 else []),
        goal=dice.choice(["fastest", "cheapest"]),
        budget=dice.choice([None, None, 0, 50, 200, 4129]),
        horizon=dice.choice([12, 20, 60]) * WEEK,
        always=tuple(plain[:1]) if dice.random() < 0.3 else (),
        wanted=tuple(dice.sample(range(len(items)), 1)) if dice.random() < 0.2 else (),
        one_of=(tuple(plain),) if len(plain) > 1 and dice.random() < 0.3 else (),
        most_steps=dice.choice([None, None, None, 1, 2]),
    )


@pytest.mark.parametrize("seed", range(8))
def test_the_choice_is_the_best_of_all_choices(seed):
    dice = random.Random(seed)
    seen = {"reached": 0, "short": 0, "dear": 0}
    checked = 0
    while checked < 64:
        problem = made_problem(dice)
        if not any(is_allowed(problem, choice) for choice in every_choice(problem)):
            continue
        chosen = best_choice(problem)
        assert is_allowed(problem, chosen)
        assert compared_by(problem, chosen) == brute_force(problem)
        value = value_of(problem, chosen)
        assert can_be_met(problem) == is_met(value)
        seen["reached" if not value.short and value.missed == (0, 0) else "short"] += 1
        seen["dear"] += problem.budget is not None
        checked += 1
    assert all(count > 5 for count in seen.values())


# --- small sets of the actions that ship ---------------------------------------------------------------------------


def some_profile(dice: random.Random, knowledge) -> Profile:
    names = dice.sample(sorted(knowledge.skills), dice.randint(5, 30))
    awards = dice.sample(["cmaa", "bls-cpr", "hipaa-cert", "lpn-rn"], dice.choice([0, 0, 1]))
    return Profile(
        skills={name: skill(dice.randint(0, 4), dice.choice(["held", "held", "in-progress"])) for name in names},
        credentials=tuple(credential(name, dice.choice(["held", "expired", "planned"])) for name in awards),
        education=schooled(dice.choice(["none", "hs", "hs", "certificate", "associate", "bachelor"])),
        experience=worked(dice.choice([0, 0, 0.6, 1, 3, 8])),
    )


def with_few_actions(dice: random.Random, knowledge):
    """The knowledge with a few actions and all that they build on, as many as brute force can stand."""
    names = sorted(name for name, item in knowledge.actions.items() if item.stage in ("foundations", "experience"))
    kept: set[str] = set()
    for name in dice.sample(names, len(names)):
        wanted, waiting = set(kept), [name]
        while waiting:
            one = waiting.pop()
            if one not in wanted:
                wanted.add(one)
                waiting += knowledge.actions[one].requires
        if len(wanted) <= 9:
            kept = wanted
    return replace(knowledge, actions={name: item for name, item in knowledge.actions.items() if name in kept})


@pytest.mark.parametrize("seed", range(100, 104))
def test_the_choice_among_real_actions_is_the_best(seed, knowledge):
    dice = random.Random(seed)
    role = knowledge.roles["patient-care-coordinator"]
    for _ in range(12):
        few = with_few_actions(dice, knowledge)
        level = dice.choice(LEVELS)
        profile = some_profile(dice, knowledge)
        wishes = parameters_of(
            few.policy,
            START,
            hours_per_week=dice.choice([2, 6, 40]),
            goal=dice.choice(["fastest", "cheapest"]),
            target=dice.choice([None, 30, 50, 70]),
            budget=dice.choice([None, 0, 150, 500]),
        )
        credit = partial(credits_of, role=role, level=level, knowledge=few)
        record = factories.assessed(profile, role, level, few)
        person = Person(record, few, role, wishes, credit, few.policy.plan.step_weeks)
        problem = problem_of(person, aim_of(person), 156)
        assert compared_by(problem, best_choice(problem)) == brute_force(problem)


def test_spans_keep_the_lanes_apart(knowledge):
    """Own time is one thing after another, and so are tasks; what is waited for does not hold up the next."""
    dice = random.Random(7)
    for _ in range(200):
        problem = made_problem(dice)
        everything = frozenset(range(len(problem.candidates)))
        days = spans(problem.candidates, everything)
        for lane in problem.lanes:
            free = 0
            for place in lane:
                assert days[place][0] >= free
                free = days[place][0] + problem.candidates[place].busy
        for place, item in enumerate(problem.candidates):
            assert all(days[place][0] >= days[other][1] for group in item.needs for other in group)
