"""``--blind``: an assessment without what says who the person is, so that the work alone is judged.

Taken out of every text that came from the candidate: names, contact data, street and place, age and date of birth,
years of graduation, gender, pronouns and titles, marital status, nationality. What proves a skill stays. The candidate
gets a pseudonym, which nobody can work out from a file without the key. What this cannot promise stands in
docs/privacy.md.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pcc_assess.model import Assessment, Candidate, Evidence, Failure, FailureReason, Job
from pcc_assess.redaction import Rules, redacted
from pcc_assess.tokens import fold_phrase, tokenize

# Letters and digits of a pseudonym: none that is easily taken for another one.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PREFIX = "P-"
_LENGTH, _GROUP = 12, 4  # 60 bits: among a million people two alike are less likely than one in a million


# --- pseudonyms ------------------------------------------------------------------------------------


def pseudonym_of(candidate: Candidate, key: bytes) -> str:
    """The name that a candidate bears in blind outputs: the same for the same content and key, and for another key
    another one.

    HMAC with SHA-256 (RFC 2104) of the content's id; without the key it can neither be computed nor tried out. A file
    that could not be read has no content, so its path stands for it.
    """
    content = candidate.id or f"source:{candidate.source}"
    number = int.from_bytes(hmac.digest(key, content.encode("utf-8", "surrogatepass"), "sha256"))
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    groups = ["".join(letters[at : at + _GROUP]) for at in range(0, _LENGTH, _GROUP)]
    return f"{_PREFIX}{'-'.join(groups)}"


def is_pseudonym(name: str) -> bool:
    """Whether the id of a candidate is a pseudonym; that of a content begins otherwise."""
    return name.startswith(_PREFIX)


# --- records ---------------------------------------------------------------------------------------


def blinded(assessment: Assessment, pseudonym: str, rules: Rules) -> Assessment:
    """The same assessment without what says who the person is; scores, points and ids of requirements stay as they are.

    ``pseudonym`` takes the place of the id and the source. One that is blind already stays as it is.
    """
    if assessment.blind:
        return assessment
    own = own_words(assessment.candidate, rules)

    seen: dict[Evidence, Evidence] = {}  # a requirement repeats what the profile says

    def cleaned(record: Any) -> Any:
        if isinstance(record, Evidence):
            if record not in seen:
                seen[record] = _evidence(record, rules, own)
            return seen[record]
        if isinstance(record, Job):
            return replace(record, title=redacted(record.title, rules, own, section="experience"))
        return _walked(record, cleaned)

    notes = tuple(redacted(note, rules, own) for note in assessment.input.notes)
    return replace(
        assessment,
        candidate=Candidate(id=pseudonym, source=pseudonym, name=None),
        requirements=cleaned(assessment.requirements),
        profile=cleaned(assessment.profile),
        input=replace(assessment.input, notes=notes),
        blind=True,
    )


def blinded_failure(failure: Failure, pseudonym: str) -> Failure:
    """A file that could not be read, without its name."""
    source = failure.candidate.source
    reason = FailureReason(
        code=failure.error.code,
        message=hidden_source(failure.error.message, source, pseudonym),
        hint=hidden_source(failure.error.hint, source, pseudonym),
    )
    return replace(failure, candidate=Candidate(id=pseudonym, source=pseudonym, name=None), error=reason)


def hidden_source(text: str, source: str, pseudonym: str) -> str:
    """A sentence of the program in which a pseudonym stands for the path, and for the name of the file."""
    for name in (source, *_parts(source)):
        if len(name) > 1:
            text = text.replace(name, pseudonym)
    return text


def _parts(source: str) -> list[str]:
    """Names within a path: of a member of an archive, of the file, and of the file without its ending."""
    found: list[str] = []
    for part in source.replace("\\", "/").replace("!", "/").replace("#", "/").split("/"):
        if "." in part.strip("."):
            found += [part, part.rpartition(".")[0]]
    return sorted(found, key=len, reverse=True)


def own_words(candidate: Candidate, rules: Rules) -> frozenset[str]:
    """Words of the candidate's own name, and of the file's name those that are no ordinary words."""
    own = set(tokenize(candidate.name or "").words)
    for part in _parts(candidate.source):
        words = tokenize("".join(f" {c}" if c.isupper() else c if c.isalnum() else " " for c in part)).words
        own.update(word for word in words if word.isalpha() and not rules.is_known(word))
    return frozenset(word for word in own if len(word) > 1)


def _walked(record: Any, cleaned: Callable[[Any], Any]) -> Any:
    """A record, list or mapping with everything inside it cleaned."""
    if isinstance(record, tuple):
        return tuple(map(cleaned, record))
    if isinstance(record, dict):
        return {key: cleaned(value) for key, value in record.items()}
    if is_dataclass(record) and not isinstance(record, type):
        return replace(record, **{item.name: cleaned(getattr(record, item.name)) for item in fields(record)})
    return record


def _evidence(evidence: Evidence, rules: Rules, own: frozenset[str]) -> Evidence:
    proof = frozenset(fold_phrase(evidence.surface_form)) if evidence.method != "transfer" else frozenset()
    return replace(
        evidence,
        quote=redacted(evidence.quote, rules, own, proof=proof, section=evidence.section),
        surface_form=redacted(evidence.surface_form, rules, own, proof=proof - own, section=evidence.section),
    )
