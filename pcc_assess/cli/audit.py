"""``pcc-assess audit``: how groups of people fare in the results of a batch."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.options import (
    ENGLISH,
    AccessibleOption,
    Format,
    LanguageOption,
    LimitOption,
    OutputOption,
    emit,
    look_of,
)
from pcc_assess.errors import NothingToAssess, UsageError, printable
from pcc_assess.limits import Limits, parse_limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pcc_assess.batch.audit import Counts, Measure, Subject
    from pcc_assess.batch.audit_files import Groups, Matched
    from pcc_assess.knowledge import AuditRules, Knowledge
    from pcc_assess.model import Audit, AuditSelection, AuditUnmatched

EXAMPLE = "Example: pcc-assess audit results.jsonl --groups groups.csv --selected-at 60"
_NAMED = 5


class AuditFormat(StrEnum):
    """What an audit can be written as."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"


def audit(
    results: Annotated[str, typer.Argument(metavar="RESULTS", help="What batch wrote: a .jsonl or .csv file.")],
    *,
    groups: Annotated[
        str, typer.Option("--groups", metavar="CSV", help="A table with id or source, and a column for each group.")
    ],
    selected_at: Annotated[
        str | None,
        typer.Option("--selected-at", metavar="SCORE|BAND", help="Who counts as selected: from this score or band up."),
    ] = None,
    top: Annotated[
        int | None, typer.Option("--top", min=1, metavar="N", help="Who counts as selected: the N highest scores.")
    ] = None,
    keep_small: Annotated[
        bool, typer.Option("--keep-small", help="Compare categories under 2 percent of all people, too.")
    ] = False,
    format_: Annotated[AuditFormat, typer.Option("--format", help="How to write it.")] = AuditFormat.TEXT,
    output: OutputOption = None,
    accessible: AccessibleOption = False,
    language: LanguageOption = ENGLISH,
    blind_key: Annotated[
        str | None, typer.Option("--blind-key", metavar="FILE", help="For blind results: the key they were made with.")
    ] = None,
    limit: LimitOption = None,
) -> None:
    """Count how groups fare in the results: selection rate, scoring rate, impact ratio. The groups are not kept."""
    if selected_at is not None and top is not None:
        raise UsageError("--selected-at and --top do not go together", hint="leave out one of them")
    from pcc_assess import catalog

    knowledge, rules = catalog.load(language=language), catalog.load_audit()
    table, found = _matched(results, groups, rules, blind_key, parse_limits(limit))
    if not found.people:
        raise NothingToAssess("nobody in these results was scored", where=printable(results))
    chosen = _chosen(found.people, selected_at, top, knowledge)
    made = _audit(found, table.columns, chosen, rules, keep_small=keep_small)
    emit(_written(made, format_, knowledge, output, accessible=accessible), output, _kind(format_))


def _matched(
    results: str, groups: str, rules: AuditRules, blind_key: str | None, limits: Limits
) -> tuple[Groups, Matched]:
    from pcc_assess.batch.audit_files import match, read_groups, read_results

    people: Mapping[str, str] = {}
    if blind_key is not None:
        from pcc_assess.pseudonyms import key_place, who_is_who

        people = who_is_who(key_place(blind_key))
    table = read_groups(groups, rules.unknown, limits)
    return table, match(read_results(results, limits), table, people)


def _chosen(
    people: Sequence[Subject], selected_at: str | None, top: int | None, knowledge: Knowledge
) -> tuple[Counts, AuditSelection] | None:
    """Who counts as selected, where that was asked for."""
    from pcc_assess.batch import audit as maths

    if top is not None:
        counts = maths.selected_top(people, top)
        return counts, maths.selection(people, counts, f"--top {top}")
    if selected_at is None:
        return None
    bands = [band.id for band in sorted(knowledge.policy.bands, key=lambda band: band.at_least)]
    if selected_at in bands:
        counts = maths.selected_from(selected_at, bands)
    else:
        try:
            counts = maths.selected_at(Fraction(selected_at))
        except (ValueError, ZeroDivisionError):
            hint = f"give a number of points, or one of: {', '.join(bands)}"
            raise UsageError(f"{printable(selected_at)!r} is neither a score nor a band", hint=hint) from None
    return counts, maths.selection(people, counts, f"--selected-at {printable(selected_at)}")


def _audit(
    found: Matched,
    columns: Sequence[str],
    chosen: tuple[Counts, AuditSelection] | None,
    rules: AuditRules,
    *,
    keep_small: bool,
) -> Audit:
    from pcc_assess.batch import audit as maths
    from pcc_assess.model import Audit

    people = found.people
    above = maths.above_median(people)
    middle = maths.median([person.score for person in people])
    measures: dict[Measure, Counts] = {"scoring": above}
    if chosen is not None:
        measures = {"selection": chosen[0], **measures}
    return Audit(
        people=len(people),
        median=float(middle),
        at_median=maths.ties(people, middle),
        above_median=sum(map(above, people)),
        selection=chosen[1] if chosen is not None else None,
        tables=tuple(maths.tables(people, columns, measures, rules, keep_small=keep_small)),
        without_group=_few_of(found.without),
        unused=_few_of(found.unused),
        repeated=found.repeated,
        four_fifths=rules.four_fifths,
        small_share=rules.small_share,
        few=rules.few,
        rare=rules.rare,
    )


def _few_of(names: Sequence[str]) -> AuditUnmatched:
    from pcc_assess.model import AuditUnmatched

    return AuditUnmatched(number=len(names), first=tuple(names[:_NAMED]))


def _written(record: Audit, format_: AuditFormat, knowledge: Knowledge, output: str | None, *, accessible: bool) -> str:
    from pcc_assess.renderers import audit as pages
    from pcc_assess.renderers.json_ import to_json
    from pcc_assess.renderers.sheets import sheet

    if format_ is AuditFormat.JSON:
        return to_json(record)
    if format_ is AuditFormat.CSV:
        return pages.rows(record)
    look = look_of(output, accessible=accessible)
    return sheet(pages.audit(record, knowledge.texts), look, format_.value)


def _kind(format_: AuditFormat) -> Format:
    """How it leaves: all but text is a document."""
    return {AuditFormat.TEXT: Format.TEXT, AuditFormat.MARKDOWN: Format.MARKDOWN}.get(format_, Format.JSON)
