"""From text to assessment, beside the least that any search for the same words costs.

    python tests/benchmarks/speed.py

Needs ``pip install ahocorasick_rs``. The resumes are those of ``../shared/eval/dev`` where that folder is, else the
labelled ones of ``tests/accuracy/cases``. They are read first; only the way from text to assessment is timed, as user
and system time of this process. Each resume counts with its best of many rounds, scaled to 5,000 characters. In the
same rounds two Aho-Corasick automata go over the same texts, lower-cased. That finds where letters stand, without
words, sentences, context, jobs, dates or a score. The first looks for the surface forms and takes the longest of those
that overlap. The second looks for every word and phrase that the matcher looks for, those of rules and context too, and
finds all that overlap, as the matcher does.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

import ahocorasick_rs
import yaml

from pcc_assess import catalog, readers
from pcc_assess.aim import DEFAULT_ROLE, Aim, make_aim
from pcc_assess.assess import assess_document
from pcc_assess.knowledge import Knowledge
from pcc_assess.match.lexicon import Lexicon
from pcc_assess.model import Document

ROOT = Path(__file__).resolve().parents[2]
RESUMES = ROOT.parent / "shared" / "eval" / "dev"
CASES = ROOT / "tests" / "accuracy" / "cases"
ROUNDS = 25
SCALE = 5_000
# So short a text says little about the cost of a resume.
SHORTEST = 300


def texts() -> tuple[str, list[Document]]:
    """Where the resumes are from, and each as plain text."""
    if RESUMES.is_dir():
        paths = sorted(RESUMES.iterdir())
        read = [
            readers.read(path.read_bytes(), path.name, parse_yaml=catalog.parse_yaml, few_words=3) for path in paths
        ]
        return "shared/eval/dev", [replace(document, page_starts=()) for document in read]
    cases = chain.from_iterable(yaml.safe_load(path.read_text("utf-8")) for path in sorted(CASES.glob("*.yaml")))
    return "tests/accuracy/cases", [
        Document(source=case["id"], format="txt", digest="0" * 64, text=case["text"]) for case in cases
    ]


def surface_forms(knowledge: Knowledge) -> list[str]:
    """Every form, slip and ambiguous form of skills, tools, credentials, schooling and titles, in small letters."""
    owners = (knowledge.skills, knowledge.tools, knowledge.credentials, knowledge.education)
    named = [item for owner in owners for item in owner.values()]
    forms = {form for item in named for form in (*item.forms, *item.misspellings)}
    families = list(knowledge.families.values())
    forms |= {title for family in families for title in family.titles}
    forms |= {rule.form for item in (*named, *families) for rule in item.ambiguous}
    return sorted({form.lower() for form in forms if form})


def lexicon_forms(lexicon: Lexicon) -> list[str]:
    """Every word and phrase that the matcher looks for: the paths of its tree, words parted by spaces."""
    forms: list[str] = []
    paths = list(lexicon.root.items())
    while paths:
        form, node = paths.pop()
        if node.term is not None:
            forms.append(form)
        paths += [(f"{form} {word}", following) for word, following in (node.following or {}).items()]
    return sorted(forms)


def longest_automaton(aim: Aim) -> ahocorasick_rs.AhoCorasick:
    """What finds the surface forms, of those that overlap the longest."""
    return ahocorasick_rs.AhoCorasick(surface_forms(aim.knowledge), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def search(automaton: ahocorasick_rs.AhoCorasick, text: str) -> object:
    return automaton.find_matches_as_indexes(text.lower())


def search_all(automaton: ahocorasick_rs.AhoCorasick, text: str) -> object:
    return automaton.find_matches_as_indexes(text.lower(), overlapping=True)


def seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def best(works: list[list[Callable[[], object]]]) -> list[list[float]]:
    """The best time of each work. Those of one list run in turn, so that a busy machine is unkind to all of them."""
    times = [[float("inf")] * len(row) for row in works]
    for _ in range(ROUNDS):
        for row, found in zip(works, times, strict=True):
            found[:] = [min(known, seconds(work)) for known, work in zip(found, row, strict=True)]
    return times


def line(name: str, costs: list[float]) -> str:
    ninth = statistics.quantiles(costs, n=10)[8]
    return f"{name:<37} median {statistics.median(costs):6.2f} ms   p90 {ninth:6.2f} ms"


def main() -> None:
    aim = make_aim(DEFAULT_ROLE, "coordinator", date(2026, 1, 1))
    origin, documents = texts()
    documents = [document for document in documents if len(document.text) >= SHORTEST]
    longest, every = longest_automaton(aim), ahocorasick_rs.AhoCorasick(lexicon_forms(aim.matcher.lexicon))
    times = best(
        [
            [
                partial(assess_document, document, aim),
                partial(search, longest, document.text),
                partial(search_all, every, document.text),
            ]
            for document in documents
        ]
    )
    scales = [1_000 * SCALE / len(document.text) for document in documents]
    rows = [[cost * scale for cost in found] for found, scale in zip(times, scales, strict=True)]
    ours, bare, bare_all = ([row[column] for row in rows] for column in range(3))
    print(f"{len(documents)} resumes of {origin}; CPU for {SCALE:,} characters, best of {ROUNDS}")
    print(line("text to assessment", ours))
    print(line("scan, longest of the surface forms", bare))
    print(line("scan, all that the matcher looks for", bare_all))
    middle = statistics.median(ours)
    print(f"ratio to the longest of the forms    {middle / statistics.median(bare):.0f}")
    print(f"ratio to all that is looked for      {middle / statistics.median(bare_all):.0f}")


if __name__ == "__main__":
    main()
