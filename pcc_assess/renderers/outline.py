"""What a plan says to people, in order and without a format: the terminal, Markdown and speech lay it out.

A plan is short unless the whole of it is asked for: where the person stands, what the plan reaches and when, what it
costs, what to do today; the first week, the best lines for the resume, and the steps by name and date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pcc_assess.errors import printable
from pcc_assess.model import Advice, Day, Plan, PlannedAction, Practice, ResumeTip, Step
from pcc_assess.renderers import summary
from pcc_assess.renderers.pay import pay_section
from pcc_assess.renderers.sections import Entry, Section
from pcc_assess.renderers.summary import Look, Wording
from pcc_assess.texts import Texts

_MOST_STRENGTHS = 2
_MOST_TIPS = 3
_MOST_LATER = 3
_LONGEST_LIST = 200  # characters
_LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The report of a plan. ``opening``: its first sentences; ``first``: what to do today; ``more``: what else there
    is, each with a command.
    """

    title: str
    opening: tuple[str, ...]
    first: Entry | None
    sections: tuple[Section, ...]
    more: tuple[tuple[str, str], ...]


def outline(record: Plan, wording: Wording, look: Look, *, full: bool) -> Outline:
    """The report of one plan, short or with all that there is."""
    texts = wording.texts
    return Outline(
        title=texts.say("plan.title", target=summary.plan_target(record, wording)),
        opening=tuple(_opening(record, wording)),
        first=_first(record, texts),
        sections=tuple(_sections(record, wording, full=full)),
        more=tuple(_more(record, texts, look, full=full)),
    )


# --- the first screen ------------------------------------------------------------------------------------------------


def _opening(record: Plan, wording: Wording) -> Iterator[str]:
    texts = wording.texts
    if setting := summary.employer(record.assessment.role, record.assessment.setting, wording):
        yield setting
    yield _stand(record, wording)
    if record.advice is not None:
        for gate in record.advice.standing.gates:
            yield texts.say("report.gate-line", gate=summary.gate(gate, texts))
        strong = [item.name for item in record.advice.standing.strengths[:_MOST_STRENGTHS]]
        if strong:
            yield texts.say("outline.strengths", names="; ".join(strong))
    if not any(step.actions for step in record.steps):
        yield texts.say("plan.no-step")
        return
    yield from _reach(record, wording)
    yield summary.plan_time(record, texts)
    yield summary.costs(record.totals, texts)
    if record.parameters.budget_usd is not None:
        budget = summary.dollars(record.parameters.budget_usd, record.parameters.budget_usd, texts)
        yield texts.say("outline.budget", budget=budget)
    if record.parameters.goal == "cheapest":
        yield texts.say("outline.cheapest")
    if record.parameters.done:
        yield texts.count("outline.done", len(record.parameters.done))
    if record.parameters.left_out:
        yield texts.count("outline.left-out", len(record.parameters.left_out))


def _stand(record: Plan, wording: Wording) -> str:
    start, advice = record.assessment, record.advice
    values = {"score": summary.whole(start.score), "possible": summary.whole(start.possible)}
    known = wording.bands.get(advice.standing.band) if advice is not None else None
    values["band"] = known.name if known is not None else ""
    if advice is None or not advice.standing.open_questions:
        return wording.texts.say("outline.stand.none", **values)
    return wording.texts.count("outline.stand", advice.standing.open_questions, **values)


def _reach(record: Plan, wording: Wording) -> Iterator[str]:
    """What the plan leads to; where that falls short of the target, what is in the way and what would help."""
    texts, outcome = wording.texts, record.outcome
    ends = [action.end for step in record.steps for action in step.actions]
    values = {
        "score": summary.whole(outcome.score),
        "end": summary.day(max(ends), texts),
        "target": summary.roughly(record.parameters.target or 0.0),
        "band": known.name if (known := wording.bands.get(outcome.band)) else outcome.band,
    }
    if outcome.aim == "score":
        yield texts.say("outline.reach.target" if outcome.reached else "outline.reach.short", **values)
    elif outcome.aim == "essentials" and outcome.reached:
        yield texts.say("outline.reach.essentials", **values)
    else:
        yield texts.say("outline.reach.band", **values)
    if not outcome.reached and outcome.blocked_by:
        names = [item.name for item in outcome.blocked_by if item.kind != "score"]
        if names:
            yield texts.say("outline.blocked", names=summary.listed(names, _LONGEST_LIST, texts))
    if not outcome.reached and outcome.unlocks:
        yield texts.say("outline.unlock", change=outcome.unlocks[0].text)


def _first(record: Plan, texts: Texts) -> Entry | None:
    if record.advice is None or not record.advice.days:
        return None
    first = record.advice.days[0]
    return Entry(title=first.title, aside=_minutes(first, texts), lines=(("", first.how),))


def _more(record: Plan, texts: Texts, look: Look, *, full: bool) -> Iterator[tuple[str, str]]:
    if not full:
        yield texts.say("outline.more.full"), f"pcc-assess plan {look.call} --full"
    first = next((action for step in record.steps for action in step.actions), None)
    if first is not None:
        yield texts.say("outline.more.done"), f"pcc-assess plan {look.call} --done {first.id}"
    yield texts.say("outline.more.calendar"), f"pcc-assess plan {look.call} --format ics --output plan.ics"
    if full:
        yield texts.say("outline.more.form"), f"pcc-assess plan {look.call} --format iep --output plan.docx"


# --- the sections ----------------------------------------------------------------------------------------------------


def _sections(record: Plan, wording: Wording, *, full: bool) -> Iterator[Section]:
    texts, advice = wording.texts, record.advice
    if advice is not None and advice.days:
        yield _week(advice, texts, full=full)
    if advice is not None and advice.resume:
        yield _resume(advice, texts, full=full)
    titles = {action.id: action.title for step in record.steps for action in step.actions}
    if titles:
        yield Section(title=texts.say("outline.steps.title"), note=texts.say("outline.steps.note"))
    for step in record.steps:
        yield _stage(step, titles, wording, full=full)
    yield from _later(record, texts, full=full)
    if not full:
        return
    yield from _left(record, texts)
    yield from _reviews(record, wording)
    yield from pay_section(record, texts)
    if advice is not None:
        yield from _beside(advice, texts)


def _minutes(day: Day, texts: Texts) -> str:
    return texts.count("outline.minutes", day.minutes) if day.minutes else texts.say("outline.rest")


def _week(advice: Advice, texts: Texts, *, full: bool) -> Section:
    entries = tuple(
        Entry(
            number=summary.day(day.date, texts),
            title=day.title,
            aside=_minutes(day, texts),
            lines=(("", day.how),) if full or day.n > 1 else (),
            task=True,
        )
        for day in advice.days
    )
    return Section(title=texts.say("outline.week.title"), note=texts.say("outline.week.note"), entries=entries)


def _resume(advice: Advice, texts: Texts, *, full: bool) -> Section:
    shown = advice.resume if full else advice.resume[:_MOST_TIPS]
    return Section(
        title=texts.say("outline.resume.title"),
        note=texts.say("outline.resume.note"),
        entries=tuple(_tip(tip, texts, full=full) for tip in shown),
    )


def _tip(tip: ResumeTip, texts: Texts, *, full: bool) -> Entry:
    lines = [("", tip.why)] if full else []
    if tip.quote is not None:
        lines.append((texts.say("outline.resume.yours"), _quoted(tip.quote.quote)))
    aside = texts.say(f"outline.resume.{tip.kind}")
    return Entry(title=tip.name, aside=aside, lines=(*lines, (texts.say("outline.resume.better"), tip.line)))


def _quoted(text: str) -> str:
    return f'"{summary.cut(" ".join(printable(text).split()), _LONGEST_QUOTE)}"'


def _stage(step: Step, titles: Mapping[str, str], wording: Wording, *, full: bool) -> Section:
    entries = tuple(
        _action(f"{step.n}.{number}", action, titles, wording) if full else _action_in_short(number, step, wording)
        for number, action in enumerate(step.actions, 1)
    )
    return Section(title=f"{step.n}. {step.title}", entries=entries)


def _action_in_short(number: int, step: Step, wording: Wording) -> Entry:
    texts, action = wording.texts, step.actions[number - 1]
    cost = texts.say("plan.cost.unknown-here") if action.cost_usd is None else summary.money(action.cost_usd, texts)
    free = action.cost_usd is not None and action.cost_usd.high == 0
    return Entry(
        number=f"{step.n}.{number}",
        title=action.title,
        aside=texts.say("outline.until", day=summary.day(action.end, texts)),
        lines=() if free else (("", texts.say("plan.cost.one", cost=cost)),),
        task=True,
    )


def _action(number: str, action: PlannedAction, titles: Mapping[str, str], wording: Wording) -> Entry:
    texts = wording.texts
    cost = texts.say("plan.cost.unknown-here") if action.cost_usd is None else summary.money(action.cost_usd, texts)
    when = f"{summary.time_needed(action, texts)}. {texts.say('plan.cost.one', cost=cost)}"
    done = (texts.say("outline.when-done"), f"--done {action.id}")
    lines = (("", when), *summary.action_lines(action, titles, wording), done)
    gain = summary.gain(action, texts) if action.points > 0 else ""
    return Entry(number=number, title=action.title, aside=gain, lines=lines, task=True)


def _later(record: Plan, texts: Texts, *, full: bool) -> Iterator[Section]:
    """What the target does not need and would still bring points."""
    if record.later:
        entries = tuple(
            Entry(title=item.name, aside=summary.worth(item.points, texts), lines=(("", item.next_step),))
            for item in (record.later if full else record.later[:_MOST_LATER])
        )
        yield Section(title=texts.say("outline.later.title"), note=texts.say("outline.later.note"), entries=entries)


def _left(record: Plan, texts: Texts) -> Iterator[Section]:
    if record.unreachable:
        entries = tuple(
            Entry(title=item.name, aside=summary.worth(item.points, texts), lines=(("", item.reason),))
            for item in record.unreachable
        )
        yield Section(title=texts.say("plan.cannot-close"), entries=entries)


def _reviews(record: Plan, wording: Wording) -> Iterator[Section]:
    """The days on which to look back."""
    texts = wording.texts
    if record.reviews:
        entries = tuple(
            Entry(title=summary.day(item.on, texts), aside=texts.say(f"outline.review.{item.kind}"), task=True)
            for item in summary.reviews(record)
        )
        yield Section(title=texts.say("outline.review.title"), note=texts.say("outline.review.note"), entries=entries)


# --- what stands beside the steps ------------------------------------------------------------------------------------


def _beside(advice: Advice, texts: Texts) -> Iterator[Section]:
    if advice.stories:
        yield Section(
            title=texts.say("outline.story.title"),
            note=texts.say("outline.story.note"),
            entries=tuple(
                Entry(
                    title=story.job,
                    lines=(
                        ("", story.bridge),
                        (texts.say("outline.story.helps"), ", ".join(story.names)),
                        (texts.say("outline.resume.yours"), _quoted(story.quote.quote)),
                        (texts.say("outline.story.frame"), story.frame),
                    ),
                )
                for story in advice.stories
            ),
        )
    yield Section(
        title=texts.say("outline.interview.title"),
        note=texts.say("outline.interview.note"),
        entries=tuple(_practice(practice, texts) for practice in advice.interview),
    )
    yield from _employers(advice, texts)


def _practice(practice: Practice, texts: Texts) -> Entry:
    """The parts of an answer: the person's own words, or an empty line, each with what to think of."""
    lines = [("", practice.question), (texts.say("outline.interview.why"), practice.why)]
    for part in practice.parts:
        said = _quoted(part.text) if part.text else texts.say("outline.interview.empty")
        lines.append((texts.say(f"outline.interview.{part.part}"), f"{said} ({part.prompt})"))
    return Entry(title=practice.theme, lines=tuple(lines))


def _employers(advice: Advice, texts: Texts) -> Iterator[Section]:
    yield Section(
        title=texts.say("outline.employer.title"),
        note=texts.say("outline.employer.note"),
        entries=tuple(
            Entry(
                title=item.question,
                lines=(
                    ("", item.why),
                    (texts.say("outline.employer.good"), item.good),
                    (texts.say("outline.employer.worrying"), item.worrying),
                ),
            )
            for item in advice.questions
        ),
    )
    yield Section(
        title=texts.say("outline.group.title"),
        entries=tuple(
            Entry(title=item.name, lines=(("", item.offers), (texts.say("outline.group.check"), item.check)))
            for item in advice.organizations
        ),
    )
