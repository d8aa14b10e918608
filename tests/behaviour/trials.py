"""What a score may not depend on, tried out: each trial changes one thing and says what moved.

A property is a function that takes an aim, resumes by name and a ``step``: 1 tries everything, N every Nth variant of
each resume, so that all of them have their turn somewhere.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import documents
from people import Person, by_name, by_trait, with_schools, with_years
from resumes import assessed, moved

from pcc_assess.aim import Aim
from pcc_assess.assess import assess_bytes, with_profile
from pcc_assess.model import Assessment
from pcc_assess.renderers.json_ import from_json, to_json
from pcc_assess.score import assess_profile

Resumes = Mapping[str, str]


class Trial(NamedTuple):
    """One change of one resume. ``differences``: what moved, in words; empty where all is as it must be."""

    resume: str
    label: str
    differences: list[str]


Property = Callable[[Aim, Resumes, int], Iterator[Trial]]
NOISE = (
    "References available upon request.",
    "I enjoy long walks, old films and baking bread on Sundays.",
    "The quick brown fox jumps over the lazy dog.",
    "My neighbour has a green bicycle and two cats named Pixel and Biscuit.",
)


def _every(number: int, step: int, at: int) -> bool:
    return (number + at) % step == 0


def _people(variants: list[tuple[str, Person]], aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    for at, (name, body) in enumerate(resumes.items()):
        base = assessed(Person().header() + body, aim)
        for number, (label, person) in enumerate(variants):
            if _every(number, step, at):
                yield Trial(name, label, moved(base, assessed(person.header() + body, aim)))


def names(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """200 names of eight groups, with e-mail address and link made of them."""
    yield from _people(list(by_name()), aim, resumes, step)


def traits(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """Pronouns and titles, addresses, marital status, age, nationality, religion, photo."""
    yield from _people(list(by_trait()), aim, resumes, step)


def _bodies(
    changed: Callable[[str], Iterator[tuple[str, str]]], aim: Aim, resumes: Resumes, step: int
) -> Iterator[Trial]:
    for at, (name, body) in enumerate(resumes.items()):
        base: Assessment | None = None
        for number, (label, other) in enumerate(changed(body)):
            if base is None:
                base = assessed(other, aim)
            elif _every(number, step, at):
                yield Trial(name, label, moved(base, assessed(other, aim)))


def schools(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """The name of the school, from famous to unknown."""
    yield from _bodies(with_schools, aim, resumes, step)


def years(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """The year of graduation."""
    yield from _bodies(with_years, aim, resumes, step)


def again(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """The same text once more, and its text as it was read."""
    for at, (name, body) in enumerate(resumes.items()):
        if _every(0, step, at):
            base = assessed(body, aim)
            yield Trial(name, "twice", moved(base, assessed(body, aim)))
            yield Trial(name, "with Windows line ends", moved(base, assessed(body.replace("\n", "\r\n"), aim)))
            yield Trial(name, "with spaces at line ends", moved(base, assessed(body.replace("\n", "  \n"), aim)))


def noise(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """Sentences that say nothing of the work, as interests at the end."""
    for at, (name, body) in enumerate(resumes.items()):
        base = assessed(body + "\n\nInterests\n", aim)
        for number, sentence in enumerate(NOISE):
            if _every(number, step, at):
                other = assessed(f"{body}\n\nInterests\n{sentence}\n", aim)
                yield Trial(name, sentence[:24], moved(base, other))


def more(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """One more skill in a list at the end never lowers the score, nor any requirement."""
    forms = [skill.forms[0] for skill in aim.knowledge.skills.values()]
    for at, (name, body) in enumerate(resumes.items()):
        base = assessed(body, aim)
        for number, form in enumerate(forms):
            if _every(number, step, at):
                other = assessed(f"{body}\n\nSkills\n{form}\n", aim)
                yield Trial(name, f"plus {form}", _lower(base, other))


def _lower(before: Assessment, after: Assessment) -> list[str]:
    pairs = zip(before.requirements, after.requirements, strict=True)
    lower = [f"{old.id}: {old.points} -> {new.points}" for old, new in pairs if new.points < old.points]
    if after.readiness.score < before.readiness.score:
        lower.append(f"score: {before.readiness.score} -> {after.readiness.score}")
    return lower


def containers(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """The same lines as text, Markdown, HTML, DOCX, ODT, RTF and PDF."""
    for at, (name, body) in enumerate(resumes.items()):
        if not _every(0, step, at) or not body.isascii() or any(mark in body for mark in "#*\\{}_<>`|"):
            continue
        lines = [line for line in body.split("\n") if line.strip()]
        base = assess_bytes("\n".join(lines).encode(), f"{name}.txt", aim)
        for ending, data in _containers(lines):
            yield Trial(name, ending, moved(base, assess_bytes(data, f"{name}.{ending}", aim)))


def _containers(lines: list[str]) -> Iterator[tuple[str, bytes]]:
    yield "md", "\n".join(lines).encode()
    yield "html", documents.html_lines(lines)
    yield "docx", documents.docx_lines(lines)
    yield "odt", documents.odt_lines(lines)
    yield "rtf", documents.rtf_lines(lines)
    if len(lines) <= 55 and max(map(len, lines)) <= 100:
        yield "pdf", documents.pdf_lines(lines)


def order(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """The order of the sections below the top, where each kind of section stands once."""
    shuffled = random.Random(7)
    for at, (name, body) in enumerate(resumes.items()):
        parts = _sections(body, aim)
        kinds = [part.partition("\n")[0].partition(":")[0].strip("# *").casefold() for part in parts[1:]]
        if len(parts) < 4 or len(set(kinds)) < len(kinds):
            continue
        base = assessed("\n\n".join(parts), aim)
        for number in range(3):
            rest = parts[1:]
            shuffled.shuffle(rest)
            if _every(number, step, at):
                yield Trial(name, f"order {number}", moved(base, assessed("\n\n".join([parts[0], *rest]), aim)))


def _sections(body: str, aim: Aim) -> list[str]:
    """The top, and each section with its heading."""
    from pcc_assess.extract import read_layout

    layout = read_layout(body, aim.headings, aim.newest)
    places = [layout.tokens.starts[line.first] for line in layout.lines if line.heading]
    places = [body.rfind("\n", 0, place) + 1 for place in places]
    cuts = sorted({0, *places, len(body)})
    return [body[cut:end].strip("\n") for cut, end in pairwise(cuts)]


def case(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """Headings in capital and in small letters."""
    from pcc_assess.extract import read_layout

    for at, (name, body) in enumerate(resumes.items()):
        if not _every(0, step, at):
            continue
        layout = read_layout(body, aim.headings, aim.newest)
        spans = [
            (layout.tokens.starts[line.first], layout.tokens.ends[line.last - 1])
            for line in layout.lines
            if line.heading and body[layout.tokens.ends[line.last - 1] :][:1] != "."  # it may be a sentence's last word
        ]
        base = assessed(body, aim)
        for label, change in (("capital headings", str.upper), ("small headings", str.lower)):
            other = body
            for start, end in spans:
                other = other[:start] + change(other[start:end]) + other[end:]
            yield Trial(name, label, moved(base, assessed(other, aim)))


def round_trips(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """An assessment written as JSON, read back, and scored again from its profile."""
    for at, (name, body) in enumerate(resumes.items()):
        if _every(0, step, at):
            base = assessed(body, aim)
            back = from_json(to_json(base).encode(), "x.json")
            same = [] if back == base else ["the record read back is another one"]
            yield Trial(name, "JSON", same + moved(base, with_profile(back, back.profile, aim)))


def weights(aim: Aim, resumes: Resumes, step: int) -> Iterator[Trial]:
    """All weights of importance times a number."""
    for at, (name, body) in enumerate(resumes.items()):
        if not _every(0, step, at):
            continue
        base = assessed(body, aim)
        for factor in (0.25, 3.0, 100.0):
            policy = aim.knowledge.policy
            scaled = replace(policy, weights={key: value * factor for key, value in policy.weights.items()})
            knowledge = replace(aim.knowledge, policy=scaled)
            found = assess_profile(base.profile, aim.role, aim.level, knowledge)
            other = replace(
                base, readiness=found.readiness, categories=found.categories, requirements=found.requirements
            )
            yield Trial(name, f"weights x {factor:g}", moved(base, other))


PROPERTIES: dict[str, tuple[str, Property]] = {
    "names": ("200 names of eight groups", names),
    "traits": ("pronouns, addresses, marital status, age, nationality, religion, photo", traits),
    "schools": ("name of the school", schools),
    "years": ("year of graduation", years),
    "again": ("the same text again, other line ends", again),
    "noise": ("sentences that say nothing of the work", noise),
    "more": ("one more skill never lowers anything", more),
    "containers": ("text, Markdown, HTML, DOCX, ODT, RTF, PDF", containers),
    "order": ("order of the sections", order),
    "case": ("headings in capital or small letters", case),
    "round_trips": ("written as JSON and read back", round_trips),
    "weights": ("all weights times a number", weights),
}
