"""What every report for people says: what is picked out first, and the words for states and sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import floor
from typing import Literal

from pcc_assess.cohort.records import Person
from pcc_assess.employers import at_employer
from pcc_assess.errors import printable
from pcc_assess.knowledge import Band, Knowledge, LevelId, Policy, Requirement, Role, Setting
from pcc_assess.model import Assessment, Cost, GateResult, Input, Plan, PlannedAction, Readiness, Result, Review, Totals
from pcc_assess.texts import Texts
from pcc_assess.weights import weights

# What the amount of a requirement counts: a proficiency, a credential held, a level of education, or years.
Kind = Literal["level", "hold", "school", "years"]
_MOST_PICKED = 3
_MOST_REGULAR = 3
_LONGEST_LIST = 200  # characters

# The sign of each state; the words beside it are messages. Colour never says it alone.
SIGNS: dict[str, str] = {
    "met": "+",
    "partial": "~",
    "missing": "-",
    "not-assessed": "?",
    "confirm": "?",
    "in-progress": ">",
    "expired": "!",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a report is to look.

    ``width``: columns. ``encoding``: what the console can show. ``call``: the candidate file and the options
    that chose role and level, as a shell takes them, for the commands that a report suggests. ``full``: a plan with all
    that there is to say.
    """

    width: int = 80
    color: bool = False
    encoding: str = "utf-8"
    accessible: bool = False
    call: str = "FILE"
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one language for what a record names by id.

    ``texts``: the messages. ``title``: the role at its level. ``names``: requirements and gates. ``kinds``: what each
    requirement counts. ``held``: credentials and levels of education. ``bands``: those of the policy. ``setting``: the
    kind of employer, empty for any.
    """

    texts: Texts
    title: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)
    bands: Mapping[str, Band] = field(default_factory=dict)
    setting: str = ""

    def name(self, name_id: str) -> str:
        """The name of a requirement or gate; one that is not known is read from its id."""
        return self.names.get(name_id, name_id.replace("-", " "))


def wording_of(role: Role, level: LevelId, knowledge: Knowledge, setting: Setting | None = None) -> Wording:
    """The words of a role at a level, at a kind of employer, and of the data files."""
    names = {gate.id: gate.name for gate in role.gates} | {item.id: item.name for item in role.requirements}
    return Wording(
        texts=knowledge.texts,
        title=role.ranks[level].title,
        names=names,
        kinds={item.id: _kind(item) for item in role.requirements},
        held={name: item.name for name, item in knowledge.credentials.items()}
        | {name: rule.name for name, rule in knowledge.education.items()},
        bands={band.id: band for band in knowledge.policy.bands},
        setting=setting.name if setting else "",
    )


def _kind(asked: Requirement) -> Kind:
    if asked.skill is not None:
        return "level"
    if asked.credentials is not None:
        return "hold"
    return "school" if asked.education is not None else "years"


def level_name(level: str, texts: Texts) -> str:
    """The word for a level of the ladder."""
    return texts.named(f"report.level.{level}", level)


def employer(role: str, setting: str | None, wording: Wording) -> str:
    """That the points are those of one kind of employer, and where to see what changes; empty for any employer."""
    if setting is None:
        return ""
    name = wording.setting or setting.replace("-", " ")
    return wording.texts.say("report.setting", name=printable(name), role=printable(role), setting=printable(setting))


def told_apart(role: Role, texts: Texts) -> list[str]:
    """What a related career differs in, what nobody can say of its title, and the way there."""
    told = (("report.differs", role.differs), ("report.unsure", role.unsure), ("report.move", role.move))
    return [texts.say(key, text=printable(text)) for key, text in told if text]


def changed_by(setting: Setting, role: Role, level: LevelId, policy: Policy, texts: Texts) -> list[str]:
    """What a kind of employer changes in ``role`` at a level: points of categories, importances, and what no resume
    shows.
    """
    there = at_employer(role, setting)
    before, after = (_by_category(each, level, policy) for each in (role, there))
    lines = []
    for share in setting.shares:
        if share.id in before:
            sums = {"before": points(before[share.id]), "after": points(after[share.id])}
            why = _sourced(share.why, share.source, texts)
            lines.append(texts.say("report.share", name=category(share.id, texts), why=why, **sums))
    why_of = {item.id: item.why for item in setting.adds}
    why_of |= {shift.id: _sourced(shift.why, shift.source, texts) for shift in setting.shifts}
    old = {item.id: item.levels[level].importance for item in role.requirements if level in item.levels}
    lines += [
        _weighed(item, old.get(item.id), level, why_of[item.id], texts)
        for item in there.requirements
        if level in item.levels and item.levels[level].importance != old.get(item.id)
    ]
    return [printable(line) for line in (*lines, *setting.notes)]


def _sourced(why: str, source: str, texts: Texts) -> str:
    return texts.say("report.why-sourced", why=why, source=source)


def _weighed(item: Requirement, before: str | None, level: LevelId, why: str, texts: Texts) -> str:
    """A requirement that matters more or less, or is new."""
    if before is None:
        return texts.say("report.added", name=item.name, why=why)
    was = texts.say(f"score.importance.{before}")
    now = texts.say(f"score.importance.{item.levels[level].importance}")
    return texts.say("report.weighed", name=item.name, why=why, before=was, after=now)


def _by_category(role: Role, level: LevelId, policy: Policy) -> dict[str, float]:
    """The points of each category that a level asks for."""
    sums: dict[str, int] = {}
    shares = weights(role, level, policy)
    for item in role.requirements:
        if item.id in shares:
            sums[item.category] = sums.get(item.category, 0) + shares[item.id]
    return {name: value / 100 for name, value in sums.items()}


# --- numbers ---------------------------------------------------------------------------------------


def whole(points: float) -> str:
    """Points without their fraction: 79.9 must not look like the 80 of the next band."""
    return str(floor(points))


def points(value: float) -> str:
    """Points to the hundredth, as they are counted."""
    return f"{value:.2f}"


def roughly(value: float) -> str:
    """Points to the tenth, where a person only weighs one against the other."""
    return f"{value:.1f}".removesuffix(".0")


def worth(value: float, texts: Texts) -> str:
    """Points to the tenth, with the word: ``7.5 points``."""
    return texts.count("report.points", float(roughly(value)))


def money(cost: Cost | None, texts: Texts) -> str:
    """What something costs, with the day of the figure; never a guess."""
    if cost is None:
        return texts.say("plan.cost.unknown")
    if cost.high == 0:
        return texts.say("plan.cost.free")
    known = dollars(cost.low, cost.high, texts)
    return texts.say("plan.cost.dated", dollars=known, day=printable(cost.as_of))


def dollars(low: float, high: float, texts: Texts) -> str:
    """A range of US dollars."""
    return texts.say("plan.cost.exact" if low == high else "plan.cost.range", low=low, high=high)


def costs(totals: Totals, texts: Texts) -> str:
    """The cost of a whole plan in a sentence."""
    free = totals.cost_high == 0
    known = texts.say("plan.cost.free") if free else dollars(totals.cost_low, totals.cost_high, texts)
    if not totals.cost_unknown:
        return texts.say("plan.cost.all", known=known)
    return texts.say("plan.cost.partly", known=known, steps=texts.count("report.steps", totals.cost_unknown))


def day(iso: str, texts: Texts) -> str:
    """An ISO date as ``Nov 3, 2026``; what is no date stays as it is."""
    try:
        when = date.fromisoformat(iso)
    except ValueError:
        return printable(iso)
    return texts.say("report.day", day=when.day, month=texts.say(f"report.month.{when.month}"), year=when.year)


# --- an assessment ---------------------------------------------------------------------------------


def headline(record: Assessment, texts: Texts) -> str:
    """The two numbers in one sentence."""
    return two_numbers(record.readiness, len(open_questions(record)), texts)


def two_numbers(readiness: Readiness, questions: int, texts: Texts) -> str:
    """What is shown and what is possible, with the number of open questions."""
    score, possible = whole(readiness.score), whole(readiness.possible)
    if not questions:
        return texts.say("report.headline.none", score=score)
    return texts.count("report.headline", questions, score=score, possible=possible)


def band(record: Assessment, wording: Wording) -> tuple[str, str]:
    """The name and the meaning of the band, the name with a capital letter."""
    return named_band(record.readiness.band, wording)


def named_band(band_id: str, wording: Wording) -> tuple[str, str]:
    """The name and the meaning of a band by its id, the name with a capital letter."""
    known = wording.bands.get(band_id)
    name = known.name if known else band_id.replace("-", " ")
    return name[:1].upper() + name[1:], known.meaning if known else ""


def barred(record: Assessment, wording: Wording) -> str:
    """What keeps a high score from being called ready; empty where nothing does."""
    names = ", ".join(printable(wording.name(item)) for item in record.readiness.barred_by)
    return wording.texts.say("report.barred", names=names) if names else ""


def gate(result: GateResult, texts: Texts) -> str:
    """A gate, its state, and what to do where it is not met."""
    state = texts.say(f"report.gate.{result.status}")
    return f"{printable(result.name)}, {state}. {printable(result.next_step)}".rstrip()


def state(result: Result, texts: Texts) -> tuple[str, str]:
    """The sign and the words for the state of a requirement."""
    name = "confirm" if result.confirm else result.status
    return SIGNS[name], texts.say(f"report.state.{name}")


def states(texts: Texts) -> list[tuple[str, str]]:
    """Every sign with its words, for the legend."""
    return [(sign, texts.say(f"report.state.{name}")) for name, sign in SIGNS.items()]


def importance(result: Result, texts: Texts) -> str:
    """How much a requirement matters, in a word."""
    return texts.say(f"score.importance.{result.importance}")


def open_questions(record: Assessment) -> list[Result]:
    """What could not be judged, the weightiest first."""
    return sorted((item for item in record.requirements if item.is_open), key=lambda item: (-item.points_open, item.id))


def strongest(record: Assessment) -> list[Result]:
    """Up to three requirements that earn the most points, those that are met in full first."""
    earned = [item for item in record.requirements if item.points > 0 and not item.confirm]
    return sorted(earned, key=lambda item: (item.status != "met", -item.points, item.id))[:_MOST_PICKED]


def costliest(record: Assessment) -> list[Result]:
    """Up to three gaps with the most points still to win, open questions left out."""
    gaps = [item for item in record.requirements if item.points_open > 0 and not item.is_open]
    return sorted(gaps, key=lambda item: (-item.points_open, item.id))[:_MOST_PICKED]


def quote(result: Result) -> str:
    """The words behind a finding on one line, held ones first; empty where there are none."""
    ordered = sorted(result.evidence, key=lambda item: item.status != "held")
    return next((text for item in ordered if (text := printable(item.quote).strip())), "")


def reason(result: Result, limit: int) -> str:
    """The quote behind a finding, cut to ``limit`` characters, or the rule where there is no quote."""
    text = quote(result)
    return f'"{cut(text, limit - 2)}"' if text else cut(printable(result.rule), limit)


def listed(names: list[str], limit: int, texts: Texts) -> str:
    """As many names as ``limit`` characters hold, one at least, and how many more there are."""
    shown = names[:1]
    for name in names[1:]:
        if len(", ".join([*shown, name])) > limit:
            break
        shown.append(name)
    more, joined = len(names) - len(shown), ", ".join(shown)
    return texts.say("report.and-more", names=joined, count=more) if more else joined


def cut(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut at a space, with dots for what is left out."""
    if len(text) <= limit:
        return text
    head = text[: max(limit - 3, 1)]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:") + "..."


def cautions(record: Assessment, texts: Texts) -> list[str]:
    """What must be known before the numbers are believed; empty for a text that reads well."""
    if record.input.quality == "good":
        return []
    why = " ".join(printable(note) for note in record.input.notes[:1])
    return [f"{texts.say(f'report.caution.{record.input.quality}')} {why}".strip()]


def categories(record: Assessment, texts: Texts) -> Iterable[tuple[str, str, list[Result]]]:
    """Each category as its name, its sums in words, and its requirements."""
    for item in record.categories:
        sums = {"points": points(item.score), "weight": points(item.weight), "possible": points(item.possible)}
        text = texts.say("report.sums" if item.possible > item.score else "report.points-of", **sums)
        yield category(item.id, texts), text, [result for result in record.requirements if result.category == item.id]


def category(name: str, texts: Texts) -> str:
    """The name of a category; one that only a role file of one's own has is read from its id."""
    return texts.named(f"report.category.{name}", printable(name.replace("-", " ")).capitalize())


def total(record: Assessment, texts: Texts) -> str:
    """The sums of all points, to the hundredth."""
    ready = record.readiness
    return texts.say("report.total", points=points(ready.score), possible=points(ready.possible))


def next_line(result: Result, texts: Texts) -> str:
    """The next step of a requirement, which may be a question."""
    return texts.say("report.question" if result.is_open else "report.next", step=result.next_step)


def file_words(read: Input, texts: Texts) -> dict[str, str]:
    """The words for the format and the quality of a file."""
    quality = texts.say(f"report.quality.{read.quality}")
    return {"format": texts.named(f"report.format.{read.format}", read.format), "quality": quality}


# --- a plan ----------------------------------------------------------------------------------------


def plan_target(record: Plan, wording: Wording) -> str:
    """What a plan leads to."""
    title = wording.title or record.assessment.role.replace("-", " ")
    return wording.texts.say("plan.target", title=title, level=level_name(record.assessment.level, wording.texts))


def plan_time(record: Plan, texts: Texts) -> str:
    """How long a plan takes, in one sentence."""
    totals, given = record.totals, record.parameters
    values = {
        "steps": texts.count("report.steps", sum(len(step.actions) for step in record.steps)),
        "weeks": texts.count("report.weeks", max(1, round(totals.weeks))),
        "start": day(given.start, texts),
        "own": texts.count("report.hours", round(totals.hours)),
        "pace": texts.count("report.hours", given.hours_per_week),
    }
    if not totals.hours_at_work:
        return texts.say("plan.time", **values)
    return texts.say("plan.time-at-work", **values, at_work=texts.count("report.hours", round(totals.hours_at_work)))


def reviews(record: Plan) -> list[Review]:
    """The days to look back that are worth a line: the ends of stages, and the first few days between them."""
    between = [review for review in record.reviews if review.kind == "regular" and review.due][:_MOST_REGULAR]
    return [review for review in record.reviews if review.kind != "regular" or review in between]


def time_needed(action: PlannedAction, texts: Texts) -> str:
    """Hours, weeks and days of one action."""
    return texts.say(
        "plan.action-day" if action.start == action.end else "plan.action-time",
        hours=texts.count("report.hours", action.hours),
        weeks=texts.count("report.weeks", action.weeks),
        start=day(action.start, texts),
        end=day(action.end, texts),
    )


def gain(action: PlannedAction, texts: Texts) -> str:
    """The points that an action brings."""
    if action.points > 0:
        return texts.say("plan.brings", points=worth(action.points, texts))
    return texts.say("plan.brings-nothing")


def action_lines(action: PlannedAction, titles: Mapping[str, str], wording: Wording) -> list[tuple[str, str]]:
    """What there is to say of an action beyond title, time and cost, each with its opening word."""
    texts = wording.texts
    found = (
        ("plan.line.closes", listed([wording.name(item) for item in action.closes], _LONGEST_LIST, texts)),
        ("plan.line.how", action.how),
        ("plan.line.proof", action.proof),
        ("plan.line.free-way", action.free_alternative or ""),
        ("plan.line.first", ", ".join(titles.get(item, item.replace("-", " ")) for item in action.prerequisites)),
        ("plan.line.check", "; ".join(action.eligibility)),
    )
    return [(texts.say(key), printable(text)) for key, text in found if text]


# --- many people -----------------------------------------------------------------------------------


def called(people: Iterable[Person]) -> Callable[[Person], str]:
    """How people are called in one list: by name and file; of the path of a file no more than tells files apart."""
    sources = {person.source for person in people}
    ends = Counter(_end(source) for source in sources)

    def call(person: Person) -> str:
        end = _end(person.source)
        file = printable(end if ends[end] == 1 else person.source)
        return f"{printable(person.name)} ({file})" if person.name else file

    return call


def _end(source: str) -> str:
    return source.replace("\\", "/").rpartition("/")[2]
