"""A job posting read: what it asks for, how much it cares, how much of it, each with the line that says so.

The same lexicon finds skills, credentials and schools that finds them in a resume; what makes a line required,
preferred or a plus, and which lines are no requirement, stands in ``data/postings.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

from pcc_assess.knowledge import EDUCATION, Importance, Knowledge, PostingRules
from pcc_assess.match.lexicon import KIND_BITS, EntryKind, Lexicon
from pcc_assess.match.nearby import Nearby
from pcc_assess.match.quotes import quote_of
from pcc_assess.match.scan import Hit, Scan, Sentence, held, scan
from pcc_assess.match.skills import SkillReader
from pcc_assess.match.typos import Repairer
from pcc_assess.match.work import Work
from pcc_assess.model import Asked, Job, JobBlock, Layout, Posting
from pcc_assess.tokens import fold_phrase

LEFT_OUT = "left-out"
_DUTIES = "duties"
_TOP = "top"
# What an employer tells of the work says that it is part of the job, and not how much a person must bring of it.
_UNSTATED = frozenset({_DUTIES, _TOP})
_YEARS = frozenset({"year", "years", "yr", "yrs"})
_MONTHS = frozenset({"month", "months"})
_MOST_YEARS = 30
# How far before a skill the words stand that say how well it must be known.
_AMOUNT_REACH = 6
_AMOUNT_BEHIND = 2
_EXPERIENCE_REACH = 10
_MOST_UNREAD = 30
_TITLE_LINES = 8
_TITLE_WORDS = 10
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Place(Generic[_Value]):
    first: int
    last: int
    value: _Value


class _Phrases(Generic[_Value]):
    """Finds phrases in the words of a sentence, the longest at each place."""

    def __init__(self, phrases: Iterable[tuple[str, _Value]]) -> None:
        self.values = {fold_phrase(phrase): value for phrase, value in phrases}
        self.longest = max((len(words) for words in self.values), default=0)
        self.openers = {words[0] for words in self.values if words}

    def find(self, words: list[str], first: int, last: int) -> list[_Place[_Value]]:
        found: list[_Place[_Value]] = []
        at = first
        while at < last:
            step = 1
            if words[at] in self.openers:
                for size in range(min(self.longest, last - at), 0, -1):
                    key = tuple(words[at : at + size])
                    if key in self.values:
                        found.append(_Place(at, at + size, self.values[key]))
                        step = size
                        break
            at += step
        return found


def _flat(lists: Mapping[_Value, Iterable[str]]) -> list[tuple[str, _Value]]:
    return [(phrase, value) for value, phrases in lists.items() for phrase in phrases]


class PostingReader:
    """Reads postings with a set of data files; made once.

    Args:
        knowledge: the data files.
        lexicon: what is looked for.
        repairer: mends slips.
    """

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, repairer: Repairer) -> None:
        self.knowledge = knowledge
        self.lexicon = lexicon
        self.repairer = repairer
        self.rules: PostingRules = knowledge.postings
        self.importances: _Phrases[Importance] = _Phrases(_flat(self.rules.importances))
        amounts = {int(level): phrases for level, phrases in self.rules.amounts.items()}
        self.amounts: _Phrases[int] = _Phrases(_flat(amounts))
        self.boilerplate: _Phrases[bool] = _Phrases((phrase, True) for phrase in self.rules.left_out)
        self.patient: _Phrases[bool] = _Phrases((word, True) for word in self.rules.patient_words)

    def read(self, layout: Layout, source: str, title: str) -> Posting:
        """What a posting asks for, in its order, and the lines of its requirements that name nothing known.

        Args:
            layout: its text, laid out with the headings of ``PostingRules.sections``.
            source: its path as given.
            title: the title of the job where the posting names none.
        """
        # a posting speaks of one job, and that is in health care
        block = JobBlock(0, 0, len(layout.lines), 0, None, _DUTIES)
        whole = replace(layout, jobs=(block,))
        scanned = scan(whole, self.lexicon, self.repairer)
        job = Job(title="", start=None, end=None, months=None, relevance=0.0)
        work = Work(job, block, True, None, None, None)
        nearby = Nearby(scanned, self.lexicon, self.knowledge.policy.context_words)
        skills = SkillReader(scanned, self.lexicon, self.knowledge, nearby, (work,)).read()
        by_sentence: dict[int, list[tuple[str, int, int]]] = {}
        for found in skills:
            if found.status not in ("denied", "other-person"):
                by_sentence.setdefault(found.sentence.first, []).append((found.skill, found.first, found.last))
        asked: list[Asked] = []
        unread: list[str] = []
        titled, title = _title(scanned, title)
        for sentence in scanned.sentences:
            if sentence is titled or not self._counts(scanned, sentence):
                continue
            one = _One(self, scanned, nearby, sentence)
            here = list(one.asked(by_sentence.get(sentence.first, ())))
            asked += here
            if not here and sentence.line.section not in _UNSTATED and sentence.last - sentence.first > 1:
                unread.append(one.quote(sentence.first, sentence.last)[0])
        return Posting(
            source=source,
            title=title,
            asked=tuple(asked),
            unread=tuple(unread[:_MOST_UNREAD]),
        )

    def _counts(self, scanned: Scan, sentence: Sentence) -> bool:
        line = sentence.line
        if line.heading or line.section == LEFT_OUT or sentence.last <= sentence.first:
            return False
        return not self.boilerplate.find(scanned.words, sentence.first, sentence.last)


def _title(scanned: Scan, title: str) -> tuple[Sentence | None, str]:
    """The first short line that names a kind of job, and its words; ``title`` where none does."""
    for sentence in scanned.sentences[:_TITLE_LINES]:
        hits = [hit for hit in sentence.named if any(entry.kind == "family" for entry in hit.term.entries)]
        if hits and sentence.last - sentence.first <= _TITLE_WORDS:
            first, last = hits[0].first, hits[0].last
            breaks = scanned.breaks
            while first > sentence.first and breaks[first] < 1:
                first -= 1
            while last < sentence.last and breaks[last] < 1:
                last += 1
            start, end = scanned.span(first, last)
            return sentence, " ".join(scanned.layout.text[start:end].split())
    return None, title


class _One:
    """One sentence of a posting."""

    def __init__(self, reader: PostingReader, scanned: Scan, nearby: Nearby, sentence: Sentence) -> None:
        self.reader = reader
        self.scan = scanned
        self.nearby = nearby
        self.sentence = sentence
        first, last = sentence.first, sentence.last
        self.cares = reader.importances.find(scanned.words, first, last)
        self.amounts = reader.amounts.find(scanned.words, first, last)

    def asked(self, skills: Iterable[tuple[str, int, int]]) -> Iterator[Asked]:
        for skill, first, last in dict.fromkeys(skills):
            yield self._made("skill", (skill,), first, last, self._amount(first, last))
        yield from self._credentials()
        for hit, level in self._named("education"):
            if level in EDUCATION:
                yield self._made("education", (level,), hit.first, hit.last, None)
        yield from self._years()

    def _made(
        self,
        kind: Literal["skill", "credential", "education", "years"],
        ids: tuple[str, ...],
        first: int,
        last: int,
        amount: float | None,
    ) -> Asked:
        quote, start, end = self.quote(first, last)
        importance, stated = self._importance(first, last)
        return Asked(
            kind=kind,
            ids=ids,
            importance=importance,
            stated=stated,
            amount=amount,
            quote=quote,
            start=start,
            end=end,
        )

    def quote(self, first: int, last: int) -> tuple[str, int, int]:
        """The line around some words, with its place."""
        start, end, _ = quote_of(self.scan, self.sentence, first, last)
        return self.scan.layout.text[start:end], start, end

    def _importance(self, first: int, last: int) -> tuple[Importance, bool]:
        """What the nearest word says: behind the place in the same clause, else before it, else the part; and whether
        the posting says it at all.
        """
        breaks = self.scan.breaks
        behind = [item for item in self.cares if item.first >= last and max(breaks[last : item.first + 1]) < 2]
        if behind:
            return behind[0].value, True
        before = [item for item in self.cares if item.last <= first and max(breaks[item.last : first + 1]) < 2]
        if before:
            return before[-1].value, True
        section, parts = self.sentence.line.section, self.reader.rules.parts
        return parts.get(section, parts[_TOP]), section not in _UNSTATED

    def _amount(self, first: int, last: int) -> float | None:
        breaks = self.scan.breaks
        near = [
            item
            for item in self.amounts
            if item.last <= first <= item.last + _AMOUNT_REACH and max(breaks[item.last : first + 1]) < 2
        ]
        near = near[-1:] or [item for item in self.amounts if last <= item.first <= last + _AMOUNT_BEHIND]
        return float(near[0].value) if near else None

    def _named(self, kind: EntryKind) -> Iterator[tuple[Hit, str]]:
        """The names of one kind in the sentence, the longest at each place."""
        if not self.sentence.kinds & KIND_BITS[kind]:
            return
        hits = [hit for hit in self.sentence.named if any(entry.kind == kind for entry in hit.term.entries)]
        inside = held(hits)
        for hit in hits:
            if (hit.first, hit.last) in inside:
                continue
            for entry in hit.term.entries:
                if entry.kind == kind and self.nearby.allows(entry, self.sentence, hit.first, hit.last, medical=True):
                    yield hit, entry.id

    def _credentials(self) -> Iterator[Asked]:
        """Credentials; those that "or" or a stroke joins are one thing, of which one is enough."""
        group: list[tuple[Hit, str]] = []
        for hit, name in self._named("credential"):
            if group and not self._joined(group[-1][0].last, hit.first):
                yield self._group(group)
                group = []
            group.append((hit, name))
        if group:
            yield self._group(group)

    def _group(self, group: list[tuple[Hit, str]]) -> Asked:
        ids = tuple(dict.fromkeys(name for _, name in group))
        return self._made("credential", ids, group[0][0].first, group[-1][0].last, None)

    def _joined(self, end: int, start: int) -> bool:
        if start <= end:
            return True
        gap = self.scan.layout.text[self.scan.ends[end - 1] : self.scan.starts[start]]
        return "or" in self.scan.words[end:start] or gap.strip() in ("/", ",")

    def _years(self) -> Iterator[Asked]:
        """Years of experience that the sentence asks for; of a range the lower end."""
        words, sentence = self.scan.words, self.sentence
        for at in range(sentence.first, sentence.last):
            if words[at] not in _YEARS and words[at] not in _MONTHS:
                continue
            number = self._number_before(at)
            around = words[max(sentence.first, at - _EXPERIENCE_REACH) : min(sentence.last, at + _EXPERIENCE_REACH)]
            told = any(word.startswith("experience") for word in around)
            if number is None or not told or "old" in words[at : at + 2]:
                continue
            first, low = number
            years = low / 12 if words[at] in _MONTHS else low
            patients = bool(self.reader.patient.find(words, sentence.first, sentence.last))
            if 0 < years <= _MOST_YEARS:
                name = "patient" if patients else "field"
                yield self._made("years", (name,), first, at + 1, round(years, 2))
                return

    def _number_before(self, at: int) -> tuple[int, float] | None:
        """The first of the numbers right before a word ("1 to 2 years", "three (3) years"), and where it stands."""
        numbers = self.reader.rules.numbers
        found: tuple[int, float] | None = None
        position = at - 1
        while position >= self.sentence.first and at - position <= 4:
            word = self.scan.words[position]
            if word.isdecimal() and len(word) <= 2:
                found = position, float(word)
            elif word in numbers:
                found = position, float(numbers[word])
            elif word not in ("to", "or", "more", "full", "plus", "minimum"):
                break
            position -= 1
        return found
