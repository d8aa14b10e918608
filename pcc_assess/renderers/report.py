"""The page about one person: what a result, a ladder and a plan say, put in order for the template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pcc_assess.errors import printable
from pcc_assess.knowledge import EDUCATION
from pcc_assess.model import Assessment, Comparison, Evidence, Plan, PlannedAction, Position, Result
from pcc_assess.renderers import charts, pages, summary
from pcc_assess.renderers.outline import outline
from pcc_assess.renderers.posting import posting
from pcc_assess.renderers.summary import Look, Wording
from pcc_assess.texts import Texts

if TYPE_CHECKING:
    from markupsafe import Markup

_LONGEST_QUOTE = 600
_MOST_FIRST = 3  # steps that a person reads before anything else
_BEST_LEVEL = 4
_FULL = 100


@dataclass(frozen=True, slots=True)
class _Need:
    """One requirement: its bar, what the bar measures in words, the quote shown at once, and every proof with its
    place."""

    key: str
    result: Result
    bar: Markup
    measure: str
    quote: str
    proofs: tuple[_Proof, ...]
    sum: str


@dataclass(frozen=True, slots=True)
class _Proof:
    quote: str
    place: str


@dataclass(frozen=True, slots=True)
class _Rung:
    title: str
    here: bool
    score: str
    possible: str
    band: str
    bar: Markup
    gates: str
    apart: list[str]
    pay: str


def assessment(record: Assessment, wording: Wording, look: Look) -> str:
    """The page of one result alone."""
    return report(record, wording, look)


def report(
    record: Assessment,
    wording: Wording,
    look: Look,
    *,
    ladder: Comparison | None = None,
    plan: Plan | None = None,
    rated: Sequence[str] = (),
) -> str:
    """The page about one person.

    Args:
        record: the result that the page is about.
        wording: the words for its role and level.
        ladder: the same person at every level.
        plan: the way on from this result.
        rated: what the person's ratings of themselves are worth, where they come from the quiz; lines that begin with
            spaces say more of the line before.
    """
    texts = wording.texts
    view = {
        "record": record,
        **_head(record, wording),
        "scale": _scale(record, wording),
        "first": list(_first(record, plan, texts)),
        "strongest": summary.strongest(record),
        "open": summary.open_questions(record),
        "categories": list(_categories(record, wording)),
        "posting": _parts(posting(record, texts)),
        "rated": _parts(rated),
        "employer": summary.employer(record.role.id, record.role.setting, wording),
        "ladder": _ladder(ladder, record, wording) if ladder else [],
        "plan": plan_view(plan, wording, look) if plan is not None else None,
        "file": _file(record, texts),
        "notes": record.input.notes,
    }
    view["contents"] = list(_contents(view, texts))
    return pages.page("person", texts, view=view)


def plan(record: Plan, wording: Wording, look: Look) -> str:
    """The page of one plan alone."""
    return pages.page("plan", wording.texts, view=plan_view(record, wording, look))


# --- the result --------------------------------------------------------------------------------------


def _head(record: Assessment, wording: Wording) -> dict[str, object]:
    texts, ready = wording.texts, record.readiness
    name, meaning = summary.band(record, wording)
    level = summary.level_name(record.role.level, texts)
    barred = [line] if (line := summary.barred(record, wording)) else []
    lowest_first = sorted(wording.bands.values(), key=lambda band: band.at_least)
    return {
        "title": texts.say("page.title", title=record.role.title, level=level),
        "who": record.candidate.name or record.candidate.source,
        "day": summary.day(record.as_of, texts),
        "band": name,
        "meaning": meaning,
        "shown": summary.whole(ready.score),
        "shown_words": texts.say("page.shown"),
        "possible": summary.whole(ready.possible),
        "possible_words": texts.count("page.possible", len(summary.open_questions(record))),
        "bands": [
            (texts.say("page.from", number=f"{band.at_least:g}"), band.name, band.id == ready.band)
            for band in lowest_first
        ],
        "gates": [
            *(texts.say("report.gate-line", gate=summary.gate(gate, texts)) for gate in ready.gates),
            *barred,
        ],
        "cautions": summary.cautions(record, texts),
    }


def _marks(wording: Wording) -> list[float]:
    return sorted(band.at_least for band in wording.bands.values() if band.at_least > 0)


def _scale(record: Assessment, wording: Wording) -> Markup:
    texts, ready, marks = wording.texts, record.readiness, _marks(wording)
    text = texts.say(
        "page.scale.text",
        score=summary.points(ready.score),
        possible=summary.points(ready.possible),
        marks=", ".join(f"{mark:g}" for mark in marks),
    )
    words = charts.Words(key="scale", title=texts.say("page.scale.title"), text=text)
    return charts.scale(words, own=ready.score, possible=ready.possible, marks=marks)


def _first(record: Assessment, plan: Plan | None, texts: Texts) -> Iterator[tuple[str, str]]:
    """What to do before anything else: a gate, then the first steps of the plan, or the largest gaps and a question."""
    for gate in record.readiness.gates:
        if gate.status != "met":
            yield texts.say("page.gate-first"), gate.next_step
    if plan is not None:
        if plan.advice is not None and plan.advice.days:
            today = plan.advice.days[0]
            yield texts.say("page.today", title=today.title), today.how
        gaining = [action for _, action in _numbered(plan) if action.points > 0]
        for action in gaining[:_MOST_FIRST]:
            when, cost = summary.time_needed(action, texts), _capital(summary.money(action.cost_usd, texts))
            yield (
                f"{action.title}:",
                texts.say("page.plan.first", when=when, cost=cost, gain=summary.gain(action, texts)),
            )
        return
    for item in summary.open_questions(record)[:1]:
        yield texts.say("page.ask-first"), item.next_step
    for item in summary.costliest(record):
        yield f"{item.name}:", item.next_step


def _parts(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Lines by how far they stand in: a heading follows an empty line, and what is indented is an item."""
    told: list[tuple[str, str]] = []
    opens = True
    for line in lines:
        text, inner = line.strip(), line.startswith(" ")
        if text and opens and not inner:  # a terminal has no larger letters, only capitals
            told.append(("heading", text.capitalize() if text.isupper() else text))
        elif text:
            told.append(("item" if inner else "line", text))
        opens = not text
    return told


def _contents(view: dict[str, object], texts: Texts) -> Iterator[tuple[str, str]]:
    yield "strong", texts.say("report.strongest")
    yield "open", texts.say("report.open-heading", count=len(view["open"]))  # type: ignore[arg-type]
    yield "all", texts.say("report.all")
    for name in ("posting", "rated"):
        if told := view[name]:
            yield name, told[0][1]  # type: ignore[index]  # lines, the heading first
    if view["ladder"]:
        yield "ladder", texts.say("page.ladder.title")
    if isinstance(view["plan"], dict):
        yield "plan", view["plan"]["title"]
    yield "read", texts.say("page.read")


def _file(record: Assessment, texts: Texts) -> str:
    read = record.input
    words = summary.file_words(read, texts)
    if read.pages is None:
        return texts.say("report.read", **words, characters=read.characters)
    pages_ = texts.count("report.pages", read.pages)
    return texts.say("report.read-pages", **words, pages=pages_, characters=read.characters)


# --- requirements ------------------------------------------------------------------------------------


def _categories(record: Assessment, wording: Wording) -> Iterator[tuple[str, str, Markup, list[_Need]]]:
    texts = wording.texts
    sums = {item.id: item for item in record.categories}
    for item, (name, text, results) in zip(sums.values(), summary.categories(record, texts), strict=True):
        said = texts.say(
            "page.bar.category",
            points=summary.points(item.score),
            weight=summary.points(item.weight),
            possible=summary.points(item.possible),
        )
        words = charts.Words(key=f"category-{item.id}", title=name, text=said)
        bar = charts.bar(words, own=item.score, most=item.weight, possible=item.possible, marks=[item.weight])
        yield name, text, bar, [_need(result, wording) for result in results]


def _need(result: Result, wording: Wording) -> _Need:
    texts = wording.texts
    measure = _measure(result, wording)
    counted = {"points": summary.points(result.points), "weight": summary.points(result.weight)}
    said = texts.say("page.bar.text", measure=measure, **counted)
    words = charts.Words(key=f"bar-{result.id}", title=result.name, text=said)
    quote = summary.cut(summary.quote(result), _LONGEST_QUOTE)
    if result.credit is None:
        total = texts.say("page.sum-open", weight=counted["weight"])
    else:
        total = texts.say("page.sum", credit=f"{result.credit:g}", **counted)
    proofs = tuple(_proof(item, texts) for item in result.evidence if item.quote.strip())
    return _Need(result.id, result, _bar(words, result, wording), measure, quote, proofs, total)


def _bar(words: charts.Words, result: Result, wording: Wording) -> Markup:
    """The bar of a requirement in its own measure; what no measure is known for counts its credit."""
    kind, own, asked = wording.kinds.get(result.id), _amount(result.own), _amount(result.required)
    most, ticks = {
        "level": (_BEST_LEVEL, _BEST_LEVEL),
        "years": (max(own, asked, 1), 0),
        "school": (len(EDUCATION) - 1, len(EDUCATION) - 1),
    }.get(kind or "", (1, 0))
    if kind not in ("level", "years", "school"):
        own, asked = result.credit or 0.0, 1
    possible = asked if result.is_open else None
    return charts.bar(words, own=own, most=most, possible=possible, marks=[asked], ticks=ticks)


def _amount(value: float | str | None) -> float:
    if isinstance(value, str):
        return float(EDUCATION.index(value)) if value in EDUCATION else 0.0
    return float(value or 0)


def _measure(result: Result, wording: Wording) -> str:
    """What is there and what is asked, in the words of what the requirement counts."""
    texts, kind = wording.texts, wording.kinds.get(result.id)
    known, own, asked = result.own is not None, result.own, result.required
    if kind == "level":
        return texts.say("page.measure.level" if known else "page.measure.level-open", own=own, asked=asked)
    if kind == "years":
        return texts.say("page.measure.years" if known else "page.measure.years-open", own=_plain(own), asked=asked)
    if kind == "school":
        words = {"own": _held(own, wording), "asked": _held(asked, wording)}
        return texts.say("page.measure.school" if known else "page.measure.school-open", **words)
    if kind == "hold":
        return _held(own, wording) if known else texts.say("page.measure.hold-open")
    if result.credit is None:
        return texts.say("page.measure.other-open")
    return texts.say("page.measure.other", share=round(_FULL * result.credit))


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _held(value: object, wording: Wording) -> str:
    return wording.held.get(str(value), str(value))


def _proof(evidence: Evidence, texts: Texts) -> _Proof:
    where = [texts.named(f"score.section.{evidence.section}", evidence.section)] if evidence.section else []
    where += [texts.say("page.page", page=evidence.page)] if evidence.page else []
    method = texts.say(f"page.method.{evidence.method}")
    status = texts.say(f"score.evidence.{evidence.status}")
    key = "page.proof" if where else "page.proof-only"
    return _Proof(evidence.quote, texts.say(key, place=", ".join(where), method=method, status=status))


# --- the ladder --------------------------------------------------------------------------------------


def _ladder(ladder: Comparison, record: Assessment, wording: Wording) -> list[_Rung]:
    return [_rung(number, place, record, wording) for number, place in enumerate(ladder.positions)]


def _rung(number: int, place: Position, record: Assessment, wording: Wording) -> _Rung:
    texts, ready = wording.texts, place.readiness
    counted = {"score": summary.points(ready.score), "possible": summary.points(ready.possible)}
    words = charts.Words(key=f"rung-{number}", title=place.role.title, text=texts.say("page.ladder.bar", **counted))
    pay = next((figure for figure in place.pay if figure.id == "median"), None)
    return _Rung(
        title=place.role.title,
        here=place.role.level == record.role.level,
        score=summary.whole(ready.score),
        possible=summary.whole(ready.possible),
        band=summary.named_band(ready.band, wording)[0],
        bar=charts.bar(words, own=ready.score, most=_FULL, possible=ready.possible, marks=_marks(wording)[-1:]),
        gates="; ".join(summary.gate(gate, texts) for gate in ready.gates if gate.status != "met"),
        apart=[
            texts.say("page.ladder.apart", name=item.name, points=summary.worth(item.points, texts))
            for item in place.apart
        ],
        pay=summary.dollars(pay.low, pay.high or pay.low, texts) if pay else texts.say("page.ladder.pay-unknown"),
    )


# --- the plan ----------------------------------------------------------------------------------------


def plan_view(record: Plan, wording: Wording, look: Look) -> dict[str, object]:
    """What the template says of a plan."""
    texts, told = wording.texts, outline(record, wording, look, full=True)
    columns = ("step", "from", "to", "hours", "cost", "points")
    return {
        "title": told.title,
        "opening": told.opening,
        "first": told.first,
        "sections": told.sections,
        "steps_title": texts.say("outline.steps.title"),
        "columns": [(texts.say(f"page.plan.{name}"), name in ("hours", "points")) for name in columns],
        "rows": [_step_row(number, action, texts) for number, action in _numbered(record)],
        "timeline": _timeline(record, texts),
    }


def _numbered(record: Plan) -> Iterator[tuple[str, PlannedAction]]:
    for step in record.steps:
        for place, action in enumerate(step.actions, 1):
            yield f"{step.n}.{place}", action


def _step_row(number: str, action: PlannedAction, texts: Texts) -> tuple[str, tuple[str, ...]]:
    cost = texts.say("plan.cost.unknown-here") if action.cost_usd is None else summary.money(action.cost_usd, texts)
    return f"{number} {action.title}", (
        summary.day(action.start, texts),
        summary.day(action.end, texts),
        f"{action.hours:,g}",
        _capital(cost),
        summary.roughly(action.points),
    )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _timeline(record: Plan, texts: Texts) -> Markup | None:
    stays = [
        charts.Stay(
            label=f"{number} {printable(action.title)}",
            start=date.fromisoformat(action.start),
            end=date.fromisoformat(action.end),
        )
        for number, action in _numbered(record)
    ]
    if not stays:
        return None
    start, end = min(stay.start for stay in stays), max(stay.end for stay in stays)
    text = texts.say(
        "page.plan.picture-text",
        steps=texts.count("report.steps", len(stays)),
        start=summary.day(start.isoformat(), texts),
        end=summary.day(end.isoformat(), texts),
    )
    words = charts.Words(key="timeline", title=texts.say("page.plan.picture-title"), text=text)
    return charts.timeline(words, stays, [texts.say(f"report.month.{month}") for month in range(1, 13)])
