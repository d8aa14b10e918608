"""What every report for people says: what is picked out first, and the words for states and sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import floor

from pcc_assess.errors import printable
from pcc_assess.knowledge import Band, LevelId, Policy, Role
from pcc_assess.model import Assessment, Cost, GateResult, Plan, PlannedAction, Result, Totals

_MOST_PICKED = 3
_LONGEST_LIST = 200  # characters

# Each state as a sign and in words: colour never says it alone.
STATES: dict[str, tuple[str, str]] = {
    "met": ("+", "shown"),
    "partial": ("~", "partly shown"),
    "missing": ("-", "not there yet"),
    "not-assessed": ("?", "cannot tell"),
    "confirm": ("?", "please confirm"),
    "in-progress": (">", "under way"),
    "expired": ("!", "out of date"),
}
GATES = {"met": "met", "not-met": "not met", "not-shown": "not shown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a report is to look.

    ``width``: columns. ``encoding``: what the console can show. ``call``: the candidate file and the options
    that chose role and level, as a shell takes them, for the commands that a report suggests.
    """

    width: int = 80
    color: bool = False
    encoding: str = "utf-8"
    accessible: bool = False
    call: str = "FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of the data files for what a record names by id.

    ``title``: the role at its level. ``names``: requirements and gates. ``bands``: those of the policy.
    """

    title: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    bands: Mapping[str, Band] = field(default_factory=dict)

    def name(self, name_id: str) -> str:
        """The name of a requirement or gate; one that is not known is read from its id."""
        return self.names.get(name_id, name_id.replace("-", " "))


def wording_of(role: Role, level: LevelId, policy: Policy) -> Wording:
    """The words of a role at a level, and of the policy."""
    names = {gate.id: gate.name for gate in role.gates} | {item.id: item.name for item in role.requirements}
    return Wording(title=role.ranks[level].title, names=names, bands={band.id: band for band in policy.bands})


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


def worth(value: float) -> str:
    """Points to the tenth, with the word: ``7.5 points``."""
    return f"{roughly(value)} {'point' if roughly(value) == '1' else 'points'}"


def amount(count: float, thing: str) -> str:
    """A number with its unit: ``1 hour``, ``2.5 hours``."""
    return f"{count:g} {thing}" if count == 1 else f"{count:,g} {thing}s"


def money(cost: Cost | None) -> str:
    """What something costs, with the day of the figure; never a guess."""
    if cost is None:
        return "cost not known"
    if cost.high == 0:
        return "free"
    return f"{dollars(cost.low, cost.high)} (as of {printable(cost.as_of)})"


def dollars(low: float, high: float) -> str:
    """A range of US dollars."""
    if low == high:
        return f"${low:,.0f}"
    return f"${low:,.0f} to ${high:,.0f}"


def costs(totals: Totals) -> str:
    """The cost of a whole plan in a sentence."""
    known = "free" if totals.cost_high == 0 else dollars(totals.cost_low, totals.cost_high)
    if totals.cost_unknown:
        return f"Cost: {known} where it is known; not known for {amount(totals.cost_unknown, 'step')}."
    return f"Cost: {known}."


def day(iso: str) -> str:
    """An ISO date as ``Nov 3, 2026``; what is no date stays as it is."""
    try:
        when = date.fromisoformat(iso)
    except ValueError:
        return printable(iso)
    month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[when.month - 1]
    return f"{month} {when.day}, {when.year}"


# --- an assessment ---------------------------------------------------------------------------------


def headline(record: Assessment) -> str:
    """The two numbers in one sentence."""
    ready, questions = record.readiness, len(open_questions(record))
    if not questions:
        return f"{whole(ready.score)} of 100 points shown, and no question is open"
    if questions == 1:
        return f"{whole(ready.score)} shown, up to {whole(ready.possible)} if the open question goes well"
    return f"{whole(ready.score)} shown, up to {whole(ready.possible)} if the {questions} open questions go well"


def band(record: Assessment, wording: Wording) -> tuple[str, str]:
    """The name and the meaning of the band, the name with a capital letter."""
    known = wording.bands.get(record.readiness.band)
    name = known.name if known else record.readiness.band.replace("-", " ")
    return name[:1].upper() + name[1:], known.meaning if known else ""


def barred(record: Assessment, wording: Wording) -> str:
    """What keeps a high score from being called ready; empty where nothing does."""
    names = ", ".join(printable(wording.name(item)) for item in record.readiness.barred_by)
    return f"Needed before you are called ready: {names}." if names else ""


def gate(result: GateResult) -> str:
    """A gate, its state, and what to do where it is not met."""
    return f"{printable(result.name)}, {GATES[result.status]}. {printable(result.next_step)}".rstrip()


def state(result: Result) -> tuple[str, str]:
    """The sign and the words for the state of a requirement."""
    return STATES["confirm" if result.confirm else result.status]


def is_open(result: Result) -> bool:
    """Whether only the person can answer this."""
    return result.confirm or result.status == "not-assessed"


def open_questions(record: Assessment) -> list[Result]:
    """What could not be judged, the weightiest first."""
    return sorted(
        (item for item in record.requirements if is_open(item)), key=lambda item: (-item.points_open, item.id)
    )


def strongest(record: Assessment) -> list[Result]:
    """Up to three requirements that earn the most points, those that are met in full first."""
    earned = [item for item in record.requirements if item.points > 0 and not item.confirm]
    return sorted(earned, key=lambda item: (item.status != "met", -item.points, item.id))[:_MOST_PICKED]


def costliest(record: Assessment) -> list[Result]:
    """Up to three gaps with the most points still to win, open questions left out."""
    gaps = [item for item in record.requirements if item.points_open > 0 and not is_open(item)]
    return sorted(gaps, key=lambda item: (-item.points_open, item.id))[:_MOST_PICKED]


def quote(result: Result) -> str:
    """The words behind a finding on one line, held ones first; empty where there are none."""
    ordered = sorted(result.evidence, key=lambda item: item.status != "held")
    return next((text for item in ordered if (text := printable(item.quote).strip())), "")


def reason(result: Result, limit: int) -> str:
    """The quote behind a finding, cut to ``limit`` characters, or the rule where there is no quote."""
    text = quote(result)
    return f'"{cut(text, limit - 2)}"' if text else cut(printable(result.rule), limit)


def listed(names: list[str], limit: int) -> str:
    """As many names as ``limit`` characters hold, one at least, and how many more there are."""
    shown = names[:1]
    for name in names[1:]:
        if len(", ".join([*shown, name])) > limit:
            break
        shown.append(name)
    more = len(names) - len(shown)
    return ", ".join(shown) + (f", and {more} more" if more else "")


def cut(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut at a space, with dots for what is left out."""
    if len(text) <= limit:
        return text
    head = text[: max(limit - 3, 1)]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:") + "..."


def cautions(record: Assessment) -> list[str]:
    """What must be known before the numbers are believed; empty for a text that reads well."""
    if record.input.quality == "good":
        return []
    how = "could hardly be read" if record.input.quality == "poor" else "could not be read with certainty"
    why = " ".join(printable(note) for note in record.input.notes[:1])
    return [f"Careful: this file {how}. {why}".strip()]


def categories(record: Assessment) -> Iterable[tuple[str, str, list[Result]]]:
    """Each category as its name, its sums in words, and its requirements."""
    for item in record.categories:
        name = printable(item.id.replace("-", " ")).capitalize()
        sums = f"{points(item.score)} of {points(item.weight)} points"
        if item.possible > item.score:
            sums += f", up to {points(item.possible)}"
        yield name, sums, [result for result in record.requirements if result.category == item.id]


def total(record: Assessment) -> str:
    """The sums of all points, to the hundredth."""
    ready = record.readiness
    return f"All together: {points(ready.score)} of 100 points, up to {points(ready.possible)}"


def next_word(result: Result) -> str:
    """What introduces the next step of a requirement."""
    return "Question" if is_open(result) else "Next"


# --- a plan ----------------------------------------------------------------------------------------


def plan_title(record: Plan, wording: Wording) -> str:
    """What a plan leads to."""
    return f"{wording.title or record.assessment.role.replace('-', ' ')} (level: {record.assessment.level})"


def plan_gain(record: Plan) -> str:
    """Where a plan starts and ends, in one sentence."""
    before, after = record.assessment.score, record.totals.score_after
    return f"{whole(before)} points now, up to {whole(after)} after all steps."


def plan_time(record: Plan) -> str:
    """How long a plan takes, in one sentence."""
    totals, given = record.totals, record.parameters
    steps = amount(sum(len(step.actions) for step in record.steps), "step")
    pace = f"{amount(given.hours_per_week, 'hour')} a week"
    own = f"{amount(totals.hours, 'hour')} of your own at {pace}"
    at_work = f", and {amount(totals.hours_at_work, 'hour')} in a job" if totals.hours_at_work else ""
    return f"{steps} over {amount(totals.weeks, 'week')} from {day(given.start)}: {own}{at_work}."


def time_needed(action: PlannedAction) -> str:
    """Hours, weeks and days of one action."""
    when = f"{day(action.start)} to {day(action.end)}" if action.start != action.end else day(action.start)
    return f"{amount(action.hours, 'hour')} over {amount(action.weeks, 'week')}, {when}"


def gain(action: PlannedAction) -> str:
    """The points that an action brings."""
    return f"+{worth(action.points)}" if action.points > 0 else "no points by itself"


def action_lines(action: PlannedAction, titles: Mapping[str, str], wording: Wording) -> list[tuple[str, str]]:
    """What there is to say of an action beyond title, time and cost, each with its opening word."""
    found = (
        ("Helps with", listed([wording.name(item) for item in action.closes], _LONGEST_LIST)),
        ("How", action.how),
        ("Proof to keep", action.proof),
        ("Free way", action.free_alternative or ""),
        ("Do first", ", ".join(titles.get(item, item.replace("-", " ")) for item in action.prerequisites)),
        ("Check first", "; ".join(action.eligibility)),
    )
    return [(word, printable(text)) for word, text in found if text]
