"""What people would use instead, on the same resumes in the same run.

    python tests/benchmarks/baselines.py FOLDER_OF_RESUMES LABELS.jsonl

Every method reads the same text (by our readers). Labels: a JSON object a line with ``id`` (the file's name without its
ending) and ``skills`` (skill id to 2 shown, 1 open to doubt, 0 not shown); what is open to doubt counts neither way.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz

from pcc_assess import catalog, readers
from pcc_assess.aim import DEFAULT_ROLE, make_aim
from pcc_assess.assess import assess_document
from pcc_assess.knowledge import Knowledge
from pcc_assess.model import Document

Find = Callable[[Document], set[str]]
GROUPS = {"technical": ("technical", "duty"), "soft": ("soft",), "leadership": ("leadership",)}


def all_forms(knowledge: Knowledge) -> dict[str, set[str]]:
    """Every surface form of each skill, also the ambiguous ones and the tools: a generous list of keywords."""
    forms = {
        skill.id: {*skill.forms, *skill.misspellings, *(rule.form for rule in skill.ambiguous)}
        for skill in knowledge.skills.values()
    }
    for tool in knowledge.tools.values():
        for skill in tool.counts_for:
            forms[skill] |= {*tool.forms, *(rule.form for rule in tool.ambiguous)}
    return {skill: {form.lower() for form in found} for skill, found in forms.items()}


def keyword_search(knowledge: Knowledge, *, ambiguous: bool) -> Find:
    """Whole words, case ignored; without the ambiguous forms it is the careful variant."""
    forms = all_forms(knowledge)
    if not ambiguous:
        forms = {skill.id: {form.lower() for form in skill.forms} for skill in knowledge.skills.values()}
    patterns = {
        skill: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(found))) + r")(?!\w)")
        for skill, found in forms.items()
    }
    return lambda document: {skill for skill, pattern in patterns.items() if pattern.search(document.text.lower())}


def partial_ratio(knowledge: Knowledge) -> Find:
    """rapidfuzz ``partial_ratio`` of 85 and more, for forms of four letters and more."""
    forms = {skill: [form for form in found if len(form) >= 4] for skill, found in all_forms(knowledge).items()}

    def find(document: Document) -> set[str]:
        text = document.text.lower()
        return {
            skill
            for skill, found in forms.items()
            if any(fuzz.partial_ratio(form, text, score_cutoff=85) for form in found)
        }

    return find


def measure(
    find: Find, documents: dict[str, Document], labels: dict[str, dict[str, int]], kinds: dict[str, str]
) -> str:
    counts = {group: [0, 0, 0] for group in (*GROUPS, "all")}
    begin = time.process_time()
    found = {name: find(document) for name, document in documents.items()}
    cpu = 1000 * (time.process_time() - begin) / len(documents)
    for name, wanted in labels.items():
        for skill, label in wanted.items():
            group = next((group for group, members in GROUPS.items() if kinds.get(skill) in members), None)
            outcome = {(True, 2): 0, (True, 0): 1, (False, 2): 2}.get((skill in found[name], label))
            if outcome is not None:
                counts["all"][outcome] += 1
                if group:
                    counts[group][outcome] += 1
    cells = [_figures(*counts[group]) for group in counts]
    return " | ".join([*cells, f"{counts['all'][1] / len(labels):.1f}", f"{cpu:.0f} ms"])


def _figures(right: int, wrong: int, missed: int) -> str:
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{precision:.2f} / {recall:.2f} / {f1:.2f}"


def main() -> None:
    folder, labels_file = map(Path, sys.argv[1:3])
    lines = [json.loads(line) for line in labels_file.read_text("utf-8").splitlines() if line.strip()]
    labels = {line["id"]: line["skills"] for line in lines}
    files = {path.name.rsplit(".", 1)[0]: path for path in sorted(folder.iterdir())}
    labels = {name: skills for name, skills in labels.items() if name in files}
    documents = {
        name: readers.read(files[name].read_bytes(), files[name].name, parse_yaml=catalog.parse_yaml, few_words=3)
        for name in labels
    }
    aim = make_aim(DEFAULT_ROLE, "coordinator", date(2017, 1, 1))

    def ours(document: Document) -> set[str]:
        skills = assess_document(document, aim).profile.skills
        return {name for name, finding in skills.items() if finding.proficiency >= 1}

    kinds: dict[str, str] = {skill.id: skill.kind for skill in aim.knowledge.skills.values()}
    methods: dict[str, Find] = {
        "pcc-assess": ours,
        "keywords, plain forms": keyword_search(aim.knowledge, ambiguous=False),
        "keywords, all forms": keyword_search(aim.knowledge, ambiguous=True),
        "partial_ratio >= 85": partial_ratio(aim.knowledge),
    }
    print("method | technical P/R/F1 | soft | leadership | all | false skills a resume | CPU a resume")
    print("|".join(["---"] * 7))
    for name, find in methods.items():
        print(f"{name} | {measure(find, documents, labels, kinds)}")


if __name__ == "__main__":
    main()
