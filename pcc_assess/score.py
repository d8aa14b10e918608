"""A profile compared with a role at a level: credits, points, gates and the band (scoring, version 1).

Everything here is a pure function: no clock, no randomness, no other candidate. Points are counted in hundredths, as
whole numbers. Each requirement's points are rounded once, to a hundredth, and every total is the sum of these rounded
parts: what is shown always adds up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pcc_assess.errors import UsageError
from pcc_assess.knowledge import (
    EDUCATION,
    Action,
    Ask,
    Band,
    EducationLevel,
    Gate,
    Knowledge,
    LevelId,
    Policy,
    Requirement,
    Role,
)
from pcc_assess.model import (
    CategoryResult,
    CredentialFinding,
    Evidence,
    GateResult,
    Profile,
    Readiness,
    Result,
    SkillFinding,
    State,
    TransferFinding,
)
from pcc_assess.texts import Texts
from pcc_assess.weights import weights

# The version of the rules below: raised when the same profile, role and level would get other points.
SCORING = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What scoring adds to a profile; the pipeline puts it into an ``Assessment``."""

    readiness: Readiness
    categories: tuple[CategoryResult, ...]
    requirements: tuple[Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one requirement is judged. ``credit``: 0 to 1, four decimals, None where not assessed."""

    credit: float | None
    own: int | float | str | None
    status: State
    rule: str
    evidence: tuple[Evidence, ...] = ()
    confirm: bool = False


# --- credit --------------------------------------------------------------------------------------------------------


def judge(requirement: Requirement, ask: Ask, profile: Profile, knowledge: Knowledge) -> Verdict:
    """The credit of one requirement, with the rule that gave it in words."""
    if requirement.skill is not None:
        return _judge_skill(requirement.skill, _number(ask), profile, knowledge)
    if requirement.credentials is not None:
        return _judge_credentials(requirement.credentials, profile, knowledge)
    if requirement.education is not None:
        return _judge_education(_education_level(ask), requirement.education, profile, knowledge)
    return _judge_experience(requirement, float(_number(ask)), profile, knowledge.texts)


def _number(ask: Ask) -> int | float:
    return ask.required if isinstance(ask.required, (int, float)) else 0


def _education_level(ask: Ask) -> EducationLevel:
    for level in EDUCATION:
        if level == ask.required:
            return level
    return "none"


def _graded(credit: float) -> State:
    if credit >= 1:
        return "met"
    return "partial" if credit > 0 else "missing"


def _judge_skill(skill: str, required: float, profile: Profile, knowledge: Knowledge) -> Verdict:
    direct = _direct(skill, required, profile, knowledge)
    if direct.status == "missing":  # a plain "no" is an answer; neighbouring work does not overrule it
        return direct
    transfer = _transfer(skill, required, profile, knowledge)
    if transfer is not None and (transfer.credit or 0.0) > (direct.credit or 0.0):
        return transfer
    return direct


def _direct(skill: str, required: float, profile: Profile, knowledge: Knowledge) -> Verdict:
    texts = knowledge.texts
    finding = profile.skills.get(skill)
    level, evidence = (finding.proficiency, finding.evidence) if finding else (None, ())
    spoken = [item.proficiency for item in profile.languages if item.id == skill and item.proficiency is not None]
    if spoken and max(spoken) > (level or 0):
        level, finding = max(spoken), None
    if level is None:
        return Verdict(credit=None, own=None, status="not-assessed", rule=texts.say("score.rule.nothing-found"))
    if level > 0 and finding is not None and not _counts(finding):
        status: State = "in-progress" if _any(evidence, "in-progress") else "not-assessed"
        if _any(evidence, "expired"):
            status = "expired"
        credit = None if status == "not-assessed" else 0.0
        rule = texts.say("score.rule.not-held")
        return Verdict(credit=credit, own=None, status=status, rule=rule, evidence=evidence)
    if level == 0:
        return _no(finding, evidence, texts)
    credit = round(min(1.0, level / required), 4) if required else 1.0
    if finding is not None and credit < 1 and (finding.rating or 0) > level:
        rule = texts.say(f"score.rule.rated.{finding.verdict}", rating=finding.rating, level=level, asked=required)
        return Verdict(credit=credit, own=level, status="partial", rule=rule, evidence=evidence, confirm=True)
    basis = _basis(finding, knowledge)
    rule = texts.say("score.rule.skill", basis=basis, level=level, asked=required)
    return Verdict(credit=credit, own=level, status=_graded(credit), rule=rule, evidence=evidence)


def _counts(finding: SkillFinding) -> bool:
    return not finding.evidence or _any(finding.evidence, "held")


def _any(evidence: Iterable[Evidence], status: str) -> bool:
    return any(item.status == status for item in evidence)


def _no(finding: SkillFinding | None, evidence: tuple[Evidence, ...], texts: Texts) -> Verdict:
    """Level 0: a "no" where the person said so; from a resume, silence is never a no."""
    if finding is not None and finding.verdict == "under-sold":
        return Verdict(
            credit=None, own=None, status="not-assessed", rule=texts.say("score.rule.under-sold"), evidence=evidence
        )
    if finding is None or finding.source != "resume" or _any(evidence, "denied"):
        rule = texts.say("score.rule.said-no")
        return Verdict(credit=0.0, own=0, status="missing", rule=rule, evidence=evidence)
    rule = texts.say("score.rule.no-ability")
    return Verdict(credit=None, own=None, status="not-assessed", rule=rule, evidence=evidence)


def _basis(finding: SkillFinding | None, knowledge: Knowledge) -> str:
    """What a level rests on, in words."""
    texts = knowledge.texts
    if finding is None:
        return texts.say("score.basis.language")
    if finding.rung in knowledge.rung_labels:
        return knowledge.rung_labels[finding.rung]
    return texts.say("score.basis.answer" if finding.source == "quiz" else "score.basis.file")


def _transfer(skill: str, required: float, profile: Profile, knowledge: Knowledge) -> Verdict | None:
    def credit(item: TransferFinding) -> float:
        reached = item.proficiency / required if required else 1.0
        return round(min(item.share, reached, 1.0), 4)

    found = [item for item in profile.transfers if item.skill == skill and credit(item) > 0]
    if not found:
        return None
    best = max(found, key=lambda item: (credit(item), item.proficiency, item.source, item.evidence[:1] == ()))
    source = _source_name(best.source, knowledge)
    rule = knowledge.texts.say("score.rule.transfer", source=source, share=best.share)
    return Verdict(
        credit=credit(best), own=best.proficiency, status="partial", rule=rule, evidence=best.evidence, confirm=True
    )


def _source_name(source: str, knowledge: Knowledge) -> str:
    """The plain name of where a transfer comes from (``skill:...``, ``job:...`` or ``credential:...``)."""
    kind, _, name = source.partition(":")
    if kind == "job" and name in knowledge.families:
        return knowledge.texts.say("score.from-work", name=knowledge.families[name].name)
    if kind == "skill" and name in knowledge.skills:
        return knowledge.skills[name].name
    return knowledge.credentials[name].name if name in knowledge.credentials else name


def _judge_credentials(shares: Mapping[str, float], profile: Profile, knowledge: Knowledge) -> Verdict:
    texts = knowledge.texts
    found = [item for item in profile.credentials if item.id in shares]
    if not found and shares.keys() <= set(profile.without):
        return Verdict(credit=0.0, own=None, status="missing", rule=texts.say("score.rule.without-certificate"))
    if not found:
        return Verdict(credit=None, own=None, status="not-assessed", rule=texts.say("score.rule.no-certificate"))

    def rank(item: CredentialFinding) -> tuple[bool, bool, bool, float, str]:
        return (
            item.status == "held",
            item.status == "in-progress",
            item.status == "expired",
            shares[item.id],
            item.id,
        )

    best = max(found, key=rank)
    entry = knowledge.credentials.get(best.id)
    name = entry.name if entry else best.name or best.id
    if best.status == "held":
        credit = round(min(1.0, shares[best.id]), 4)
        rule = texts.say("score.rule.certificate.held", name=name, credit=credit)
        return Verdict(credit=credit, own=best.id, status=_graded(credit), rule=rule, evidence=best.evidence)
    rule = texts.say(f"score.rule.certificate.{best.status}", name=name)
    if best.status == "planned":
        return Verdict(credit=0.0, own=None, status="missing", rule=rule, evidence=best.evidence)
    return Verdict(credit=0.0, own=best.id, status=best.status, rule=rule, evidence=best.evidence)


def _judge_education(
    required: EducationLevel, shares: tuple[float, ...], profile: Profile, knowledge: Knowledge
) -> Verdict:
    education, texts = profile.education, knowledge.texts
    wanted = EDUCATION.index(required)
    under_way = EDUCATION.index(education.in_progress) if education.in_progress else 0
    asked = _education_name(required, knowledge)
    if not _education_stated(profile):
        if 0 < under_way <= wanted:
            rule = texts.say("score.rule.school-under-way", asked=asked)
            return Verdict(credit=0.0, own=None, status="in-progress", rule=rule, evidence=education.evidence)
        rule = texts.say("score.rule.no-school")
        return Verdict(credit=None, own=None, status="not-assessed", rule=rule, evidence=education.evidence)
    short = max(0, wanted - EDUCATION.index(education.highest))
    # no finished school is no level that falls short: it earns nothing, however many shares a role lists
    earns = education.highest != "none" and short < len(shares)
    credit = round(min(1.0, shares[short]), 4) if earns else 0.0
    has = _education_name(education.highest, knowledge)
    rule = texts.say("score.rule.school", has=has, asked=asked)
    status = _graded(credit)
    if status == "missing" and under_way >= wanted:
        status = "in-progress"
    return Verdict(credit=credit, own=education.highest, status=status, rule=rule, evidence=education.evidence)


def _education_stated(profile: Profile) -> bool:
    """Whether the profile tells the highest finished school, be it that there is none."""
    education = profile.education
    return education.highest != "none" or any(item.status in ("held", "denied") for item in education.evidence)


def _education_name(level: EducationLevel, knowledge: Knowledge) -> str:
    rule = knowledge.education.get(level)
    return rule.name if rule else level


def _judge_experience(requirement: Requirement, required: float, profile: Profile, texts: Texts) -> Verdict:
    work = profile.experience
    years = work.patient_years if requirement.experience == "patient" else work.field_years
    dated = any(job.months is not None for job in work.jobs)
    # A claimed 0 is the answer "none"; any other claim without dates is not yet shown.
    if not dated and years <= 0 and work.claimed_years != 0:
        return Verdict(credit=None, own=None, status="not-assessed", rule=texts.say("score.rule.no-job"))
    credit = round(min(1.0, years / required), 4) if required else 1.0
    told = work.jobs and all(job.start is None for job in work.jobs)
    kind = "years-told" if told else "years-in-field" if requirement.experience == "field" else "years"
    rule = texts.say(f"score.rule.{kind}", years=years, asked=required)
    return Verdict(credit=credit, own=round(years, 2), status=_graded(credit), rule=rule)


# --- the whole -----------------------------------------------------------------------------------------------------


def credits_of(profile: Profile, role: Role, level: LevelId, knowledge: Knowledge) -> dict[str, float]:
    """The credit, 0 to 1, of each requirement, 0 where it is not assessed; the plan weighs actions with it."""
    return {
        item.id: judge(item, item.levels[level], profile, knowledge).credit or 0.0
        for item in role.requirements
        if level in item.levels
    }


def points(profile: Profile, role: Role, level: LevelId, knowledge: Knowledge) -> dict[str, int]:
    """Hundredths of a point that each requirement earns."""
    share = weights(role, level, knowledge.policy)
    return {
        item.id: earned(share[item.id], judge(item, item.levels[level], profile, knowledge))
        for item in role.requirements
        if level in item.levels
    }


def earned(weight: int, verdict: Verdict) -> int:
    """Hundredths of a point, rounded once."""
    return round(weight * (verdict.credit or 0.0))


def assess_profile(profile: Profile, role: Role, level: LevelId, knowledge: Knowledge) -> Scored:
    """Score ``profile`` against ``role`` at ``level``.

    Source of the rules: the product's scoring contract, version 1; weights, bands and half credit are the policy's.
    """
    share = weights(role, level, knowledge.policy)
    results: list[Result] = []
    for item in role.requirements:
        if level in item.levels:
            ask = item.levels[level]
            verdict = judge(item, ask, profile, knowledge)
            results.append(_result(item, ask, share[item.id], verdict, knowledge))
    categories = _categories(role, level, results)
    gates = tuple(_gate(gate, profile) for gate in role.gates if level in gate.levels)
    readiness = _readiness(results, gates, knowledge.policy)
    return Scored(readiness=readiness, categories=categories, requirements=tuple(results))


def _result(item: Requirement, ask: Ask, weight: int, verdict: Verdict, knowledge: Knowledge) -> Result:
    gained = earned(weight, verdict)
    return Result(
        id=item.id,
        name=item.name,
        category=item.category,
        importance=ask.importance,
        weight=weight / 100,
        required=ask.required,
        own=verdict.own,
        credit=verdict.credit,
        points=gained / 100,
        points_open=(weight - gained) / 100,
        status=verdict.status,
        evidence=verdict.evidence,
        next_step=_next_step(item, ask, verdict, knowledge),
        rule=verdict.rule,
        confirm=verdict.confirm,
    )


def _cents(value: float) -> int:
    return round(value * 100)


def _possible(result: Result) -> int:
    return _cents(result.weight) if result.is_open else _cents(result.points)


def _categories(role: Role, level: LevelId, results: list[Result]) -> tuple[CategoryResult, ...]:
    made: list[CategoryResult] = []
    for name in role.level_categories.get(level, role.categories):
        members = [item for item in results if item.category == name]
        if members:
            made.append(
                CategoryResult(
                    id=name,
                    weight=sum(_cents(item.weight) for item in members) / 100,
                    score=sum(_cents(item.points) for item in members) / 100,
                    possible=sum(_possible(item) for item in members) / 100,
                )
            )
    return tuple(made)


def _gate(gate: Gate, profile: Profile) -> GateResult:
    status: Literal["met", "not-met", "not-shown"] = "not-shown"
    if _education_stated(profile):
        reached = EDUCATION.index(profile.education.highest) >= EDUCATION.index(gate.education)
        status = "met" if reached else "not-met"
    return GateResult(id=gate.id, name=gate.name, status=status, next_step="" if status == "met" else gate.next_step)


def _readiness(results: list[Result], gates: tuple[GateResult, ...], policy: Policy) -> Readiness:
    score = sum(_cents(item.points) for item in results) / 100
    possible = sum(_possible(item) for item in results) / 100
    bars = tuple(gate.id for gate in gates if gate.status != "met") + tuple(
        item.id for item in results if item.importance == "essential" and (item.credit or 0.0) < policy.half_credit
    )
    band, capped = _band(score, policy.bands, barred=bool(bars))
    return Readiness(score=score, possible=possible, band=band, gates=gates, barred_by=bars if capped else ())


def _band(score: float, bands: tuple[Band, ...], *, barred: bool) -> tuple[str, bool]:
    """The band of a score, and whether something held it below "ready"."""
    ordered = sorted(bands, key=lambda band: -band.at_least)
    if not ordered:
        return "", False
    place = next((n for n, band in enumerate(ordered) if score >= band.at_least), len(ordered) - 1)
    ready = next((n for n, band in enumerate(ordered) if band.id == "ready"), 0)
    if barred and place <= ready:
        return ordered[min(ready + 1, len(ordered) - 1)].id, True
    return ordered[place].id, False


# --- what to do next -----------------------------------------------------------------------------------------------


def _next_step(item: Requirement, ask: Ask, verdict: Verdict, knowledge: Knowledge) -> str:
    if verdict.status == "met":
        return ""
    if verdict.status == "not-assessed" or verdict.confirm:
        return _question(item, ask, verdict, knowledge)
    action = best_action(item, ask, verdict, knowledge)
    if action is not None:
        return knowledge.texts.say("score.next.action", title=action.title)
    if item.skill is not None and verdict.status == "partial":
        return knowledge.texts.say("score.next.show-result")
    return knowledge.texts.say("score.next.unknown" if item.experience is None else "score.next.keep-working")


def _question(item: Requirement, ask: Ask, verdict: Verdict, knowledge: Knowledge) -> str:
    texts = knowledge.texts
    if verdict.confirm and any(found.method == "answer" for found in verdict.evidence):
        return texts.say("score.next.show")
    if item.skill is not None:
        skill = knowledge.skills.get(item.skill)
        level = int(_number(ask))
        if skill is not None and level < len(skill.anchors):
            return texts.say("score.next.confirm-anchor", anchor=skill.anchors[level])
        return texts.say("score.next.how-well", name=item.name)
    if item.credentials is not None:
        return texts.say("score.next.certificates", name=item.name)
    return texts.say("score.next.dates" if item.education is None else "score.next.school")


def best_action(item: Requirement, ask: Ask, verdict: Verdict, knowledge: Knowledge) -> Action | None:
    """The action to take next: free ones first, of these what needs no job yet, then what goes furthest."""
    if item.skill is None:
        return _best_of(knowledge.actions.values(), item, ask, verdict)
    # For a skill it follows from the level asked and the credit alone, and few pairs of these occur.
    known = knowledge.next_actions
    key = (item.skill, _number(ask), verdict.credit)
    if key not in known:
        known[key] = _best_of(knowledge.actions_by_skill.get(item.skill, ()), item, ask, verdict)
    return known[key]


def _best_of(actions: Iterable[Action], item: Requirement, ask: Ask, verdict: Verdict) -> Action | None:
    helpful = [(reach, action) for action in actions if (reach := _reach(action, item, ask, verdict)) > 0]
    if not helpful:
        return None

    def rank(pair: tuple[float, Action]) -> tuple[bool, bool, float, bool, float, float, str]:
        reach, action = pair
        cost = action.cost
        price = (cost is None, cost.low if cost else 0.0)
        return (not action.free, action.kind == "work", -reach, *price, action.hours.low, action.id)

    return min(helpful, key=rank)[1]


def _reach(action: Action, item: Requirement, ask: Ask, verdict: Verdict) -> float:
    """How far ``action`` takes this requirement, 0 to 1, and 0 where it is no step forward."""
    if item.skill is not None:
        reached = min(1.0, action.lifts.get(item.skill, 0) / (_number(ask) or 1))
    elif item.credentials is not None:
        if action.renews != (verdict.status == "expired"):
            return 0.0
        granted = [item.credentials.get(name, 0.0) for name in action.grants_credentials]
        if action.renews and verdict.own not in action.grants_credentials:
            return 0.0
        reached = max(granted, default=0.0)
    elif item.education is not None:
        got = EDUCATION.index(action.grants_education) if action.grants_education else 0
        short = EDUCATION.index(_education_level(ask)) - got
        if not got or short >= len(item.education):
            return 0.0
        # A degree far beyond what is asked is no better than the one asked.
        reached = 1.0 + 0.01 * min(0, short) if short <= 0 else item.education[short]
    else:
        have = verdict.own if isinstance(verdict.own, (int, float)) else 0.0
        reached = min(1.0, (have + action.grants_years) / float(_number(ask) or 1)) if action.grants_years else 0.0
    # A credit is rounded, so what it is compared with must be too: a third is no step forward from 0.3333.
    return reached if round(reached, 4) > (verdict.credit or 0.0) else 0.0


# --- the receipt ---------------------------------------------------------------------------------------------------


def explain(scored: Scored, requirement_id: str, texts: Texts) -> list[str]:
    """The receipt of one requirement: requirement, rule, evidence, weight, next step; one line each.

    Raises:
        UsageError: the assessment holds no requirement of that id.
    """
    for item in scored.requirements:
        if item.id == requirement_id:
            return _receipt(item, texts)
    ids = [item.id for item in scored.requirements]
    alike = [name for name in ids if requirement_id and requirement_id in name]
    known = ", ".join(alike or ids)
    raise UsageError(f"this assessment has no requirement called {requirement_id!r}", hint=f"choose one of: {known}")


def _receipt(item: Result, texts: Texts) -> list[str]:
    name, importance = item.name, texts.say(f"score.importance.{item.importance}")
    asked = texts.say("score.receipt.asked-to-hold")
    if item.required is not None:
        amount = texts.named(f"score.school.{item.required}", str(item.required))
        asked = texts.say("score.receipt.asked", amount=amount)
    status = texts.say(f"score.outcome.{item.status}")
    places = [texts.say("score.receipt.evidence", place=_place(evidence, texts)) for evidence in item.evidence]
    lines = [
        texts.say("score.receipt.requirement", name=name, importance=importance, asked=asked, status=status),
        texts.say("score.receipt.rule", rule=item.rule),
        *(places or [texts.say("score.receipt.no-evidence")]),
        _sum(item, texts),
    ]
    if item.confirm:
        lines.append(texts.say("score.receipt.confirm"))
    if item.next_step:
        lines.append(texts.say("score.receipt.next", step=item.next_step))
    return lines


def _sum(item: Result, texts: Texts) -> str:
    credit = texts.say("score.receipt.not-assessed")
    if item.credit is not None:
        credit = texts.say("score.receipt.credit", credit=item.credit)
    return texts.say("score.receipt.weight", weight=item.weight, credit=credit, points=item.points)


def _place(evidence: Evidence, texts: Texts) -> str:
    """A quote, where it stands, how it was found, and its state."""
    where = [texts.named(f"score.section.{evidence.section}", evidence.section)] if evidence.section else []
    where += [texts.say("score.receipt.page", page=evidence.page)] if evidence.page else []
    method = texts.say(f"score.method.{evidence.method}")
    status = texts.say(f"score.evidence.{evidence.status}")
    if not where:
        return texts.say("score.receipt.found", quote=evidence.quote, method=method, status=status)
    place = ", ".join(where)
    return texts.say("score.receipt.found-at", quote=evidence.quote, place=place, method=method, status=status)
