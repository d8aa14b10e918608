"""What the quiz tells a person at its end: what stands behind their ratings, and the reasons of the check questions."""

from __future__ import annotations

from collections.abc import Iterator

from pcc_assess.knowledge import Check, Knowledge
from pcc_assess.model import Assessment, SelfRating, SkillFinding
from pcc_assess.quiz.result import made_up_rated
from pcc_assess.quiz.session import Session
from pcc_assess.texts import Texts

_VERDICTS: tuple[SelfRating, ...] = ("under-sold", "unproven", "over-claimed", "confirmed")


def ratings(session: Session, record: Assessment, knowledge: Knowledge) -> list[str]:
    """The lines of these three sections, each with its heading; nothing of what was not asked."""
    parts = (_verdicts(record, knowledge), _checks(session, knowledge), _made_up(session, knowledge))
    return [line for part in parts for line in part]


def _verdicts(record: Assessment, knowledge: Knowledge) -> Iterator[str]:
    texts = knowledge.texts
    rated = {
        item.name: finding
        for item in record.requirements
        if (finding := record.profile.skills.get(item.id)) is not None and finding.verdict is not None
    }
    if not rated:
        return
    yield from ("", texts.say("ask.end.result"))
    for verdict in _VERDICTS:
        found = {name: finding for name, finding in rated.items() if finding.verdict == verdict and _of_note(finding)}
        if not found:
            continue
        yield f"{texts.say(f'ask.end.{verdict}', number=len(found))}:"
        if verdict == "confirmed":
            yield f"    {', '.join(found)}"
        else:
            yield from (f"    {name}: {_counted(finding, texts)}" for name, finding in found.items())


def _of_note(finding: SkillFinding) -> bool:
    """A plain "no" is an answer and needs nothing behind it."""
    return finding.verdict != "confirmed" or finding.proficiency > 0


def _counted(finding: SkillFinding, texts: Texts) -> str:
    return texts.say("ask.end.asked", rating=finding.rating, counts=finding.proficiency)


def _checks(session: Session, knowledge: Knowledge) -> Iterator[str]:
    asked = {item.id for item in session.asked()}
    found = [entry for entry in knowledge.quiz.checks if entry.id in asked]
    if not found:
        return
    texts = knowledge.texts
    yield from ("", texts.say("ask.end.checks"))
    for number, entry in enumerate(found, 1):
        yield f"{number}. {entry.question}"
        yield f"    {_outcome(entry, session, texts)}"
        yield f"    {texts.say('ask.end.answer', answer=entry.options[entry.right - 1])}"
        yield f"    {entry.why}"


def _outcome(entry: Check, session: Session, texts: Texts) -> str:
    answer = session.given.get(entry.id)
    if answer is None or answer.state != "given":
        return texts.say("ask.end.not-answered")
    chosen = int(answer.values[0])
    if chosen == entry.right:
        return texts.say("ask.end.right")
    return texts.say("ask.end.wrong", chosen=entry.options[chosen - 1])


def _made_up(session: Session, knowledge: Knowledge) -> Iterator[str]:
    asked = {item.id for item in session.asked()}
    found = [entry for entry in knowledge.quiz.made_up if entry.id in asked]
    if not found:
        return
    texts, rated = knowledge.texts, made_up_rated(session.form, session.given, knowledge)
    yield from ("", texts.say("ask.end.made-up"))
    for entry in found:
        yield f"{entry.name}. {entry.why}"
        if entry.id in rated:
            yield f"    {texts.say('ask.end.rated', rating=session.given[entry.id].values[0])}"
        elif entry.id in session.given:
            yield f"    {texts.say('ask.end.not-rated')}"
