"""What a record may hold beyond the types of its fields: ranges, ids, dates, one-of-several.

Each function gives the faults of one record as (field, what is wrong and what to do).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pcc_assess.knowledge import (
    Action,
    Ambiguous,
    Ask,
    Band,
    CohortRules,
    Credential,
    DayTask,
    Duty,
    EducationRule,
    EmployerQuestion,
    Entry,
    Fact,
    Gate,
    GuidePart,
    GuideTable,
    GuideTopic,
    InterviewTheme,
    JobFamily,
    Money,
    Organization,
    Pay,
    PlanRules,
    Policy,
    Rank,
    Requirement,
    ResumeLine,
    Role,
    Rung,
    SearchRules,
    Setting,
    ShareShift,
    Shift,
    Skill,
    Span,
    TableRules,
    Tool,
    Transfer,
    WorkStory,
)

Faults = Iterator[tuple[str, str]]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_ANCHORS = 5
_MOST_WITHIN = 40
_SLOT = re.compile(r"\[[^\[\]]+\]")
_FILLED = re.compile(r"\{([^{}]*)\}")
_LONGEST_TASK = 60  # minutes; a day of the first week is for people who have little strength left


def _id(record: Any) -> Faults:
    if not _ID.fullmatch(record.id):
        yield "id", f"the id {record.id!r} is not in small letters, figures and single hyphens"


def _between(field: str, value: float | None, low: float, high: float) -> Faults:
    if value is not None and not low <= value <= high:
        yield field, f"{value:g} is out of range, give {low:g} to {high:g}"


def _positive(record: object, fields: Iterable[str]) -> Faults:
    for field in fields:
        value = getattr(record, field)
        if value is not None and value <= 0:
            yield field, f"{value:g} is out of range, give more than 0"


def _levels(field: str, levels: Mapping[str, int], low: int = 1) -> Faults:
    for key, level in levels.items():
        if not low <= level <= 4:
            yield field, f"proficiency {level} of {key} is out of range, give {low} to 4"


def _date(field: str, text: str) -> Faults:
    if not _is_date(text):
        yield field, f"{text!r} is not a date, write YYYY-MM-DD, YYYY-MM or 'YYYY' in quotes"


def _is_date(text: str) -> bool:
    full = {4: "-01-01", 7: "-01"}.get(len(text), "")
    try:
        date.fromisoformat(text + full)
    except ValueError:
        return False
    return _DATE.fullmatch(text) is not None


def _one_of(record: object, fields: tuple[str, ...]) -> Faults:
    given = [field for field in fields if getattr(record, field) is not None]
    if len(given) != 1:
        found = "none is given" if not given else f"{' and '.join(given)} are given"
        yield (given[-1] if given else fields[0]), f"{found}, give exactly one of {', '.join(fields)}"


def _range(record: Money | Span) -> Faults:
    if not 0 <= record.low <= record.high:
        yield "low", f"{record.low:g} to {record.high:g} is no range, give low at most high and none below 0"
    yield from _date("as_of", record.as_of)


def _ambiguous(record: Ambiguous) -> Faults:
    yield from _between("level", record.level, 0, 4)
    if not (record.needs or record.unless or record.as_written or record.level is not None):
        yield "form", "nothing tells when this form counts, give needs, unless, as_written or level"


def _duty(record: Duty) -> Faults:
    yield from _between("level", record.level, 1, 4)
    yield from _between("within", record.within, 0, _MOST_WITHIN)
    for field in ("do", "what"):
        if not getattr(record, field):
            yield field, f"the list {field} is empty, name at least one word"


def _transfer(record: Transfer) -> Faults:
    yield from _between("share", record.share, 0, 1)
    yield from _between("level", record.level, 0, 4)
    yield from _one_of(record, ("skill", "job", "credential"))


def _skill(record: Skill) -> Faults:
    yield from _id(record)
    if len(record.anchors) != _ANCHORS:
        yield "anchors", f"there are {len(record.anchors)} anchors, give five: for proficiency 0 to 4"


def _tool(record: Tool) -> Faults:
    yield from _id(record)
    yield from _levels("counts_for", record.counts_for, 0)


def _credential(record: Credential) -> Faults:
    yield from _id(record)
    yield from _positive(record, ("valid_years",))
    yield from _levels("lifts", record.lifts)


def _action(record: Action) -> Faults:
    yield from _id(record)
    yield from _levels("lifts", record.lifts)
    yield from _between("grants_years", record.grants_years, 0, 10)
    if record.free and record.cost is not None and record.cost.low > 0:
        yield "free", f"a free action cannot cost {record.cost.low:g}, correct free or cost"
    if record.renews and not record.grants_credentials:
        yield "renews", "nothing is renewed, name it in grants_credentials"


def _entry(record: Entry) -> Faults:
    yield from _positive(record, ("years",))
    if not (record.school or record.years or record.credentials or record.actions):
        yield "school", "nothing meets this, give school, years, credentials or actions"


def _family(record: JobFamily) -> Faults:
    yield from _id(record)
    yield from _between("relevance", record.relevance, 0, 1)
    if record.medical_as == record.id:
        yield "medical_as", "a family cannot be its own medical counterpart"


def _pay(record: Pay) -> Faults:
    yield from _id(record)
    yield from _between("low", record.low, 0, record.high if record.high is not None else record.low)
    yield from _date("as_of", record.as_of)


def _plan_rules(record: PlanRules) -> Faults:
    yield from _positive(record, ("hours_per_week", "most_hours_per_week", "reckoned_cost", "quick_hours"))
    yield from _positive(
        record, ("step_weeks", "horizon_weeks", "review_weeks", "full_week", "farthest_weeks", "most_years")
    )
    for field in ("quick_steps", "general_steps", "general_steps_ready"):
        yield from _between(field, getattr(record, field), 0, 20)


def _cohort_rules(record: CohortRules) -> Faults:
    yield from _positive(record, ("class_hours",))
    for field, most in (
        ("least_gain", 100),
        ("talk_questions", 100),
        ("rows", 2_000),
        ("names", 2_000),
        ("steady", 100),
    ):
        yield from _between(field, getattr(record, field), 0, most)


def _policy(record: Policy) -> Faults:
    counts = (
        "context_words",
        "typo_min_length",
        "few_words",
        "doubtful_words",
        "medical_words",
        "lone_year_months",
    )
    yield from _positive(record, ("version", *counts))
    yield from _between("half_credit", record.half_credit, 0, 1)
    yield from _between("claimed_years_tolerance", record.claimed_years_tolerance, 0, 50)
    if any(weight <= 0 for weight in record.weights.values()):
        yield "weights", "a weight is not more than 0"
    floors = [band.at_least for band in record.bands]
    if 0 not in floors:
        yield "bands", "no band begins at 0, add the lowest one"
    if len(set(floors)) != len(floors):
        yield "bands", "two bands begin at the same number"


def _ask(record: Ask) -> Faults:
    if isinstance(record.required, (int, float)) and record.required <= 0:
        yield "required", f"{record.required:g} is out of range, give more than 0 or leave the level out"


def _requirement(record: Requirement) -> Faults:
    yield from _id(record)
    yield from _one_of(record, ("skill", "credentials", "education", "experience"))
    for name, share in (record.credentials or {}).items():
        if not 0 < share <= 1:
            yield "credentials", f"the share {share:g} of {name} is out of range, give more than 0, at most 1"
    shares = record.education
    if shares is not None and not (shares and all(0 <= share <= 1 for share in shares)):
        yield "education", "give one share of credit or more, each 0 to 1"
    elif shares is not None and list(shares) != sorted(shares, reverse=True):
        yield "education", "a lower level earns more than a higher one, put the largest share first"
    if not record.levels:
        yield "levels", "no level asks for it, name one or delete the requirement"


def _rank(record: Rank) -> Faults:
    low, high = record.years or (0, None)
    if low < 0 or (high is not None and high < low):
        yield "years", "this is no range of years, give [from, to] or [from, null]"


def _role(record: Role) -> Faults:
    yield from _id(record)
    yield from _positive(record, ("version",))


def _shift(record: Shift) -> Faults:
    yield from _id(record)
    yield from _one_of(record, ("at_least", "at_most"))


def _share_shift(record: ShareShift) -> Faults:
    yield from _id(record)
    yield from _between("times", record.times, 0.1, 10)


def _guide_part(record: GuidePart) -> Faults:
    yield from _id(record)
    if not (record.text or record.points or record.table):
        yield "text", "the part says nothing, give text, points or a table"


def _guide_table(record: GuideTable) -> Faults:
    for name, cells in record.rows.items():
        if len(cells) != len(record.columns):
            yield "rows", f"the row {name} has {len(cells)} cells, the table has {len(record.columns)} columns"


def _guide_topic(record: GuideTopic) -> Faults:
    yield from _id(record)
    yield from _positive(record, ("place",))
    if not record.command.startswith("pcc-assess "):
        yield "command", "a topic ends in a command of the program"


def _search(record: SearchRules) -> Faults:
    yield from _between("alike", record.alike, 50, 100)
    yield from _between("share", record.share, 0, 1)
    yield from _between("form", record.form, 0, 1)
    yield from _positive(record, ("shortest", "stem", "ending", "title", "most"))


def _rung(record: Rung) -> Faults:
    yield from _id(record)
    yield from _between("level", record.level, 0, 4)


def _band(record: Band) -> Faults:
    yield from _id(record)
    yield from _between("at_least", record.at_least, 0, 100)


def _tables(record: TableRules) -> Faults:
    if len(record.ratings) != _ANCHORS:
        yield "ratings", f"there are {len(record.ratings)} lists of words, give five: for proficiency 0 to 4"
    yield from _between("yes_level", record.yes_level, 1, 4)
    yield from _between("similar", record.similar, 50, 100)
    yield from _between("apart", record.apart, 0, 50)
    yield from _positive(record, ("shortest", "rows_above"))


def _fact(record: Fact) -> Faults:
    yield from _date("as_of", record.as_of)


def _slotted(record: ResumeLine | WorkStory) -> Faults:
    """A line to fill in has a place to fill; what is in it but its brackets must be true of anybody."""
    yield from _id(record)
    if not _SLOT.search(record.frame):
        yield "frame", "nothing is left for the person to fill in, put [what only the person knows] in brackets"
    if "[" in getattr(record, "amount", ""):
        yield "amount", "the brackets are put around it by the program, leave them out"


def _task(record: DayTask) -> Faults:
    yield from _id(record)
    yield from _between("minutes", record.minutes, 0, _LONGEST_TASK)
    yield from _between("day", record.day, 1, 7)
    for field in ("title", "how"):
        names = _FILLED.findall(getattr(record, field))
        if any(name not in ("names", "line", "how") for name in names):
            yield field, "only {names}, {line} and {how} are filled in here"


def _organization(record: Organization) -> Faults:
    yield from _id(record)
    yield from _date("as_of", record.as_of)


LIMITS: Mapping[type, Callable[[Any], Faults]] = {
    Action: _action,
    Ambiguous: _ambiguous,
    Ask: _ask,
    Band: _band,
    Credential: _credential,
    DayTask: _task,
    Duty: _duty,
    EducationRule: _id,
    EmployerQuestion: _id,
    Entry: _entry,
    Fact: _fact,
    Gate: _id,
    GuidePart: _guide_part,
    GuideTable: _guide_table,
    GuideTopic: _guide_topic,
    InterviewTheme: _id,
    JobFamily: _family,
    Money: _range,
    Pay: _pay,
    PlanRules: _plan_rules,
    CohortRules: _cohort_rules,
    Organization: _organization,
    Policy: _policy,
    Rank: _rank,
    Requirement: _requirement,
    ResumeLine: _slotted,
    Role: _role,
    Rung: _rung,
    SearchRules: _search,
    Setting: _id,
    ShareShift: _share_shift,
    Shift: _shift,
    Skill: _skill,
    Span: _range,
    TableRules: _tables,
    Tool: _tool,
    Transfer: _transfer,
    WorkStory: _slotted,
}
