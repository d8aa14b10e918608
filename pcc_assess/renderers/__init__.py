"""Formats out, each a function of a record, the words for it and the look. A new one is one line more."""

from __future__ import annotations

from collections.abc import Callable

from pcc_assess.cohort.records import Progress
from pcc_assess.model import Assessment, Comparison, GuideAnswer, Plan
from pcc_assess.renderers.summary import Look, Wording, wording_of
from pcc_assess.texts import Texts

__all__ = ["ASSESSMENT", "COMPARISON", "FORMATS", "GUIDE", "PLAN", "Look", "Wording", "wording_of"]


def _assessment_text(record: Assessment, wording: Wording, look: Look) -> str:
    from pcc_assess.renderers import spoken, terminal

    report = spoken.assessment(record, wording, look) if look.accessible else terminal.assessment(record, wording, look)
    if record.posting is None:
        return report
    from pcc_assess.renderers.posting import posting

    return terminal.lines([*posting(record, wording.texts), ""], look) + report


def _assessment_markdown(record: Assessment, wording: Wording, look: Look) -> str:
    from pcc_assess.renderers import markdown

    report = markdown.assessment(record, wording, look)
    if record.posting is None:
        return report
    from pcc_assess.renderers.posting import posting_markdown

    return f"{report.rstrip()}\n\n{posting_markdown(record, wording.texts)}"


def _assessment_html(record: Assessment, wording: Wording, look: Look) -> str:
    from pcc_assess.renderers import report

    return report.assessment(record, wording, look)


def _plan_text(record: Plan, wording: Wording, look: Look) -> str:
    if look.accessible:
        from pcc_assess.renderers import spoken

        return spoken.plan(record, wording, look)
    from pcc_assess.renderers import terminal

    return terminal.plan(record, wording, look)


def _plan_markdown(record: Plan, wording: Wording, look: Look) -> str:
    from pcc_assess.renderers import markdown

    return markdown.plan(record, wording, look)


def _plan_html(record: Plan, wording: Wording, look: Look) -> str:
    from pcc_assess.renderers import report

    return report.plan(record, wording, look)


def _plan_ics(record: Plan, wording: Wording, look: Look) -> str:
    from pcc_assess.renderers import ics

    return ics.calendar(record, wording, look)


def _comparison_text(record: Comparison, wording: Wording, look: Look) -> str:
    from pcc_assess.renderers import comparison, sheets

    return sheets.sheet(comparison.comparison(record, wording, look), look, "text")


def _comparison_html(record: Comparison, wording: Wording, look: Look) -> str:
    from pcc_assess.renderers import comparison, sheet_page

    return sheet_page.sheet_page(comparison.comparison(record, wording, look), wording.texts)


def progress(record: Progress, wording: Wording, look: Look, kind: str) -> str:
    """A caseload at two times as ``text``, ``json``, ``markdown`` or ``html``."""
    from pcc_assess.renderers import sheet_page, sheets
    from pcc_assess.renderers.progress_sheet import progress as blocks

    if kind == "json":
        return _json(record, wording, look)
    if kind == "html":
        return sheet_page.sheet_page(blocks(record, wording), wording.texts)
    return sheets.sheet(blocks(record, wording), look, kind)


def _comparison_markdown(record: Comparison, wording: Wording, look: Look) -> str:
    from pcc_assess.renderers import comparison, sheets

    return sheets.sheet(comparison.comparison(record, wording, look), look, "markdown")


def _json(record: Assessment | Plan | Comparison | Progress, _wording: Wording, _look: Look) -> str:
    from pcc_assess.renderers.json_ import to_json

    return to_json(record)


def _guide_text(record: GuideAnswer, texts: Texts, look: Look) -> str:
    from pcc_assess.renderers import guide, sheets

    return sheets.sheet(guide.guide(record, texts), look, "text")


def _guide_markdown(record: GuideAnswer, texts: Texts, look: Look) -> str:
    from pcc_assess.renderers import guide, sheets

    return sheets.sheet(guide.guide(record, texts), look, "markdown")


def _guide_json(record: GuideAnswer, _texts: Texts, _look: Look) -> str:
    from pcc_assess.renderers.json_ import to_json

    return to_json(record)


ASSESSMENT: dict[str, Callable[[Assessment, Wording, Look], str]] = {
    "text": _assessment_text,
    "json": _json,
    "markdown": _assessment_markdown,
    "html": _assessment_html,
}
PLAN: dict[str, Callable[[Plan, Wording, Look], str]] = {
    "text": _plan_text,
    "json": _json,
    "markdown": _plan_markdown,
    "html": _plan_html,
    "ics": _plan_ics,
}
COMPARISON: dict[str, Callable[[Comparison, Wording, Look], str]] = {
    "text": _comparison_text,
    "json": _json,
    "markdown": _comparison_markdown,
    "html": _comparison_html,
}
GUIDE: dict[str, Callable[[GuideAnswer, Texts, Look], str]] = {
    "text": _guide_text,
    "json": _guide_json,
    "markdown": _guide_markdown,
}
FORMATS = tuple(ASSESSMENT)
