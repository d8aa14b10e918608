"""Slips of the keyboard planted in words of our own forms, and texts from far away that must stay silent."""

from __future__ import annotations

import random
from dataclasses import dataclass

from pcc_assess.knowledge import Knowledge

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 5


@dataclass(frozen=True)
class Typo:
    """A form with one slip in it: ``kind`` names the slip."""

    skill: str
    form: str
    written: str
    kind: str


def plant(knowledge: Knowledge, count: int, seed: int) -> list[Typo]:
    """``count`` slips, the kinds in turn, in forms of two words and more, always the same for a seed."""
    rng = random.Random(seed)
    forms = [
        (skill.id, form)
        for skill in knowledge.skills.values()
        for form in skill.forms
        if len(form.split()) >= 2 and form.replace(" ", "").replace("-", "").isalpha()
    ]
    kinds = ("lost letter", "extra letter", "swapped letters", "wrong letter", "joined words")
    found: list[Typo] = []
    while len(found) < count:
        skill, form = rng.choice(forms)
        kind = kinds[len(found) % len(kinds)]
        written = _slip(form, kind, rng)
        if written and written.lower() != form.lower():
            found.append(Typo(skill, form, written, kind))
    return found


def _slip(form: str, kind: str, rng: random.Random) -> str:
    words = form.replace("-", " ").split()
    if kind == "joined words":
        at = rng.randrange(len(words) - 1)
        return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])
    long = [number for number, word in enumerate(words) if len(word) >= _SHORTEST]
    if not long:
        return ""
    number = rng.choice(long)
    word = words[number]
    at = rng.randrange(1, len(word) - 1)
    words[number] = {
        "lost letter": word[:at] + word[at + 1 :],
        "extra letter": word[:at] + rng.choice(_LETTERS) + word[at:],
        "swapped letters": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "wrong letter": word[:at] + rng.choice(_LETTERS) + word[at + 1 :],
    }[kind]
    return " ".join(words)


# Lives that have nothing to do with a clinic's office; nothing technical may be found in them.
FAR_AWAY = (
    (
        "Executive chef with twelve years in hotel kitchens. Planned seasonal menus, priced dishes and trained "
        "line cooks in knife work. Ordered produce from local farms, kept the walk-in cold and the grease trap "
        "clean. Won a regional award for a fish course. Opened two restaurants, hired the brigade and wrote the "
        "recipes. Studied pastry in Lyon and bread in Vienna."
    ),
    (
        "Mechanical engineer. Designed gearboxes in a finite element program, ran fatigue tests and wrote the "
        "drawings for the shop floor. Cut the weight of a bracket by a third. Worked with suppliers of castings "
        "on tolerances and surface finish. Holds two patents on couplings. Reads German standards, machines "
        "prototypes on a lathe and keeps a log of every test rig."
    ),
    (
        "Staff accountant. Closed the month in four days, reconciled bank accounts and filed sales tax in nine "
        "states. Built the fixed asset ledger after an acquisition, answered auditors and prepared schedules for "
        "the annual return. Moved payroll to a new provider without a late check. Sits the last part of the "
        "chartered exam in spring."
    ),
    (
        "Journalist and editor. Covered city hall, courts and the harbor for a daily paper, broke a story on "
        "parking contracts. Edited features, wrote headlines and trained interns in interviewing. Photographed "
        "floods from a rowing boat. Later produced a weekly radio hour on gardens, with letters from listeners "
        "and a quiz about roses."
    ),
    (
        "Auto mechanic. Rebuilt engines and gearboxes, read wiring diagrams and chased faults with an "
        "oscilloscope. Ran the parts counter on Saturdays, quoted repairs and road tested every car. Certified on "
        "brakes and air conditioning. Restored a small truck from the fifties, welded its floor and sewed the "
        "seats."
    ),
    (
        "Geologist. Logged drill core in the desert, mapped faults and sampled wells. Modeled an aquifer and "
        "wrote the report for a mine. Led a field camp of eight students, drove the supply truck and mended the "
        "generator. Publishes on volcanic ash. Speaks at rock clubs, collects thin sections and paints landscapes "
        "in the evening."
    ),
)
