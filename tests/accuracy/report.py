"""The figures of our own labelled resumes, written into docs/accuracy.md.

    python tests/accuracy/report.py            # write them
    python tests/accuracy/report.py --check    # say whether the page still has the figures of the program

The part of the page between the two marks is made here and nowhere else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from samples import FORMATS, GROUPS, Figures, Share, Tally, load_cases, measure

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "accuracy.md"
BEGIN, END = "<!-- samples: start -->", "<!-- samples: end -->"


def report(figures: Figures) -> str:
    """The figures as Markdown: by kind, format and group, by skill, and every error by name."""
    parts = (_kinds(figures), _others(figures), _by("format", figures.formats, FORMATS), _groups(figures))
    lines = [line for part in (*parts, _skills(figures), _errors(figures)) for line in (*part, "")]
    return "\n".join(lines).rstrip("\n")


def _row(name: str, tally: Tally) -> str:
    return f"| {name} | {tally.precision:.3f} | {tally.recall:.3f} | {tally.f1:.3f} | {tally.tp + tally.fn} |"


def _head(name: str) -> list[str]:
    return [f"| {name} | precision | recall | F1 | shown |", "|---|---|---|---|---|"]


def _kinds(figures: Figures) -> Iterator[str]:
    yield f"{figures.cases} resumes, `python tests/accuracy/report.py`:"
    yield ""
    yield from _head("skills")
    names = ("technical", "soft", "leadership", "language")
    yield from (_row(name, figures.kinds[name]) for name in names if name in figures.kinds)
    yield _row("**all**", _sum(figures.kinds.values()))
    yield _row("certificates and licences", figures.credentials)


def _sum(tallies: Iterable[Tally]) -> Tally:
    every = list(tallies)
    return Tally(sum(one.tp for one in every), sum(one.fp for one in every), sum(one.fn for one in every))


def _others(figures: Figures) -> Iterator[str]:
    shares: tuple[tuple[str, Share], ...] = (
        ("State of certificates", figures.status),
        ("Highest finished school", figures.education),
        ("School under way", figures.in_progress),
        ("Years of work with patients, within 0.2", figures.years),
        ("Skills that carry over from other work", figures.transfers),
    )
    for name, share in shares:
        yield f"- {name}: {share.right} of {share.all} right."


def _by(name: str, tallies: Mapping[str, Tally], order: Iterable[str]) -> Iterator[str]:
    yield from _head(name)
    yield from (_row(one, tallies[one]) for one in order if one in tallies)


def _groups(figures: Figures) -> Iterator[str]:
    names = [f"{group}/{part}" for group, parts in GROUPS.items() for part in parts]
    yield from _by("group", figures.groups, names)


def _skills(figures: Figures) -> Iterator[str]:
    yield from _by("skill", figures.skills, sorted(figures.skills))


def _errors(figures: Figures) -> Iterator[str]:
    yield f"Every disagreement ({len(figures.errors)}):"
    yield ""
    yield from (f"- {error.replace('|', ' ')}" for error in figures.errors)


def page(text: str, made: str) -> str:
    """The page with the part between the marks made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{made}\n{END}{after}"


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    new = page(text, report(measure(load_cases())))
    if "--check" in sys.argv[1:]:
        return int(new != text)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
