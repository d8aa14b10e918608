"""The counselor's form: an Individual Employment Plan, filled from a plan as far as the plan knows.

Its fields follow what the law names for such a plan: employment goals, achievement objectives and the combination of
services to reach them (WIOA, section 134(c)(2)(A)(xii)(II); 20 CFR 680.170), worked out by both sides and kept up to
date; responsibilities, review days and signatures are what workforce agencies add. What only people can agree on is
left empty, and can be seen to be empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from pcc_assess.model import Plan, PlannedAction
from pcc_assess.outlets import markdown as escaped
from pcc_assess.renderers import summary
from pcc_assess.renderers.form_parts import Fields, Grid, PaperForm, Part, Points
from pcc_assess.renderers.summary import Wording
from pcc_assess.texts import Texts

_EMPTY = "________________"
_EMPTY_ROWS = 3
_LONGEST_QUOTE = 160


def document(record: Plan, wording: Wording) -> bytes:
    """The form as a Word file (DOCX)."""
    from pcc_assess.renderers import word

    return word.document(form(record, wording))


def markdown(record: Plan, wording: Wording) -> str:
    """The form as Markdown."""
    return "\n".join(_markdown(form(record, wording))).rstrip("\n") + "\n"


def form(record: Plan, wording: Wording) -> PaperForm:
    """The form of one plan."""
    texts = wording.texts
    parts = (_person, _goal, _standing, _objectives, _services, _responsibilities, _reviews, _signatures)
    return PaperForm(
        title=texts.say("iep.title"),
        note=texts.say("iep.note"),
        language=texts.language,
        foot=texts.say("iep.foot"),
        parts=tuple(part(record, wording) for part in parts),
    )


# --- the parts -------------------------------------------------------------------------------------------------------


def _labelled(texts: Texts, part: str, values: dict[str, str]) -> Fields:
    return Fields(tuple((texts.say(f"iep.{part}.{name}"), value) for name, value in values.items()))


def _person(record: Plan, wording: Wording) -> Part:
    texts = wording.texts
    name = record.advice.standing.name if record.advice is not None else None
    values = {
        "name": name or "",
        "number": "",
        "contact": "",
        "planner": "",
        "center": "",
        "date": summary.day(record.assessment.as_of, texts),
    }
    return Part(title=texts.say("iep.person.title"), blocks=(_labelled(texts, "person", values),))


def _goal(record: Plan, wording: Wording) -> Part:
    texts = wording.texts
    ends = [action.end for action in _actions(record)]
    values = {
        "job": summary.plan_target(record, wording),
        "by": summary.day(max(ends), texts) if ends else "",
        "later": "",
        "wage": "",
        "hours": "",
        "why": "",
    }
    return Part(title=texts.say("iep.goal.title"), blocks=(_labelled(texts, "goal", values),))


def _standing(record: Plan, wording: Wording) -> Part:
    """What was found, with the person's own lines; what holds a person back is for the talk."""
    texts, start = wording.texts, record.assessment
    score = {"score": summary.whole(start.score), "possible": summary.whole(start.possible)}
    found = [texts.say("iep.standing.score", **score)]
    if setting := summary.employer(start.role, start.setting, wording):
        found.append(setting)
    if record.advice is not None:
        found += [summary.gate(gate, texts) for gate in record.advice.standing.gates]
        for item in record.advice.standing.strengths:
            quote = "" if item.quote is None else summary.cut(" ".join(item.quote.quote.split()), _LONGEST_QUOTE)
            key = "iep.standing.strength" if quote else "iep.standing.strength-only"
            found.append(texts.say(key, name=item.name, quote=quote))
    barriers = Fields(tuple((texts.say(f"iep.standing.{name}"), "") for name in ("barriers", "support")))
    return Part(title=texts.say("iep.standing.title"), blocks=(Points(tuple(found)), barriers))


def _objectives(record: Plan, wording: Wording) -> Part:
    texts = wording.texts
    names = {"number": 6, "objective": 31, "measure": 26, "start": 11, "by": 11, "done": 15}
    columns = tuple((texts.say(f"iep.objectives.{name}"), share) for name, share in names.items())
    rows = tuple(
        (
            f"{step.n}.{number}",
            action.title,
            action.proof,
            summary.day(action.start, texts),
            summary.day(action.end, texts),
            texts.say("iep.done") if action.done else "",
        )
        for step in record.steps
        for number, action in enumerate(step.actions, 1)
    )
    note = texts.say("iep.objectives.note")
    return Part(title=texts.say("iep.objectives.title"), note=note, blocks=(Grid(columns, rows or _blank(6)),))


def _services(record: Plan, wording: Wording) -> Part:
    """What somebody has to give or pay for; the rows below are for help that no program can know of."""
    texts = wording.texts
    names = {"service": 36, "provider": 20, "cost": 22, "payer": 22}
    columns = tuple((texts.say(f"iep.services.{name}"), share) for name, share in names.items())
    paid = [action for action in _actions(record) if not action.free]
    rows = tuple((action.title, "", _cost(action, texts), "") for action in paid)
    support = tuple((texts.say(f"iep.services.{name}"), "", "", "") for name in ("travel", "care", "other"))
    return Part(
        title=texts.say("iep.services.title"),
        note=texts.say("iep.services.note"),
        blocks=(Grid(columns, (*rows, *support)),),
    )


def _cost(action: PlannedAction, texts: Texts) -> str:
    if action.cost_usd is None:
        return texts.say("plan.cost.unknown-here")
    return summary.money(action.cost_usd, texts)


def _responsibilities(record: Plan, wording: Wording) -> Part:
    texts = wording.texts
    pace = texts.count("report.hours", record.parameters.hours_per_week)
    own = (texts.say("iep.duties.pace", pace=pace), texts.say("iep.duties.proof"), texts.say("iep.duties.tell"))
    rows = (
        *((texts.say("iep.duties.person"), duty) for duty in (*own, "")),
        *((texts.say("iep.duties.planner"), duty) for duty in (texts.say("iep.duties.meet"), "", "")),
        (texts.say("iep.duties.others"), ""),
    )
    columns = ((texts.say("iep.duties.who"), 25), (texts.say("iep.duties.what"), 75))
    return Part(title=texts.say("iep.duties.title"), note=texts.say("iep.duties.note"), blocks=(Grid(columns, rows),))


def _reviews(record: Plan, wording: Wording) -> Part:
    texts = wording.texts
    titles = {action.id: action.title for action in _actions(record)}
    names = {"date": 16, "due": 42, "progress": 27, "initials": 15}
    columns = tuple((texts.say(f"iep.reviews.{name}"), share) for name, share in names.items())
    rows = tuple(
        (summary.day(review.on, texts), "; ".join(titles.get(name, name) for name in review.due), "", "")
        for review in summary.reviews(record)
    )
    return Part(title=texts.say("iep.reviews.title"), blocks=(Grid(columns, rows or _blank(4)),))


def _signatures(_record: Plan, wording: Wording) -> Part:
    texts = wording.texts
    columns = tuple(
        (texts.say(f"iep.signatures.{name}"), share) for name, share in (("who", 30), ("sign", 45), ("date", 25))
    )
    rows = tuple((texts.say(f"iep.duties.{name}"), "", "") for name in ("person", "planner"))
    return Part(
        title=texts.say("iep.signatures.title"),
        note=texts.say("iep.signatures.note"),
        blocks=(Grid(columns, (*rows, ("", "", ""))),),
    )


def _actions(record: Plan) -> list[PlannedAction]:
    return [action for step in record.steps for action in step.actions]


def _blank(columns: int) -> tuple[tuple[str, ...], ...]:
    return (("",) * columns,) * _EMPTY_ROWS


# --- Markdown --------------------------------------------------------------------------------------------------------


def _markdown(made: PaperForm) -> Iterator[str]:
    yield from (f"# {escaped(made.title)}", "", escaped(made.note))
    for number, part in enumerate(made.parts, 1):
        yield from ("", f"## {number}. {escaped(part.title)}", "")
        if part.note:
            yield from (escaped(part.note), "")
        for block in part.blocks:
            yield from _block(block)


def _block(block: Fields | Grid | Points) -> Iterator[str]:
    if isinstance(block, Fields):
        yield from (f"- {escaped(label)}: {escaped(value) or _EMPTY}" for label, value in block.rows)
    elif isinstance(block, Points):
        yield from (f"- {escaped(item) or _EMPTY}" for item in block.items)
    else:
        yield f"| {' | '.join(escaped(name) for name, _ in block.columns)} |"
        yield f"|{'---|' * len(block.columns)}"
        for row in block.rows:
            yield f"| {' | '.join(escaped(cell) or _EMPTY for cell in row)} |"
    yield ""
