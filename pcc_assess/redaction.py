"""Texts without what says who a person is: a mark such as ``[name]`` stands where something was taken out.

Every rule looks at the words of a text from left to right and at a bounded number of neighbours, so that the work is
linear in its length. Which words are meant stands in ``data/blind.yaml``. What this cannot promise stands in
docs/privacy.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pcc_assess.contacts import YEARS, Span, contact_spans
from pcc_assess.knowledge import Blinding
from pcc_assess.texts import Texts
from pcc_assess.tokens import Tokens, fold_phrase, tokenize

_WORK = frozenset({"experience", "volunteer", "military"})
_SCHOOL = "education"
_STATE_LETTERS = 2
_MOST_CITY_WORDS = 3
_MOST_STREET_WORDS = 5
_MOST_LABELLED = 8
_MOST_BIRTH_WORDS = 6
_BEFORE_BIRTH = frozenset({"in", "on", "en", "el"})
_ACRONYM = 5
_LONG = 7

Table = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


@dataclass(frozen=True)
class Rules:
    """What is taken out, compiled.

    ``names``: words that are only names. ``given_words``: ordinary words that are given names as well. ``known``: words
    that the program knows (English words and those of the lexicon); a word with a capital letter that is not among them
    is taken for a name. ``texts``: the marks in the reader's language.
    """

    words: Blinding
    names: frozenset[str]
    given_words: frozenset[str]
    known: frozenset[str]
    texts: Texts

    @cached_property
    def phrases(self) -> Table:
        """By their first word: phrases, longest first, each with its kind; an empty kind keeps the phrase."""
        places = [*self.words.phrases.get("place", ()), *self.words.towns]
        return _by_first_word([("", self.words.keep), *(self.words.phrases | {"place": places}).items()])

    @cached_property
    def labels(self) -> Table:
        """By their first word: what stands before a colon and names the kind of what follows."""
        return _by_first_word(self.words.labels.items())

    @cached_property
    def boxes(self) -> Table:
        """Words before the number of a post-office box."""
        return _by_first_word([("address", self.words.boxes)])

    @cached_property
    def ages(self) -> Table:
        """Words that make the number before them an age."""
        return _by_first_word([("age", self.words.behind_age)])

    @cached_property
    def towns(self) -> frozenset[str]:
        """Towns with an ordinary word in their name."""
        return frozenset(self.words.towns)

    def is_known(self, word: str) -> bool:
        """Whether a folded word is one of the language or the trade, and not only a name."""
        return self._is_word(word) or (word[-1] == "s" and self._is_word(word[:-1]))

    def _is_word(self, word: str) -> bool:
        return word in self.known and word not in self.names


def _by_first_word(
    lists: Iterable[tuple[str, Iterable[str]]],
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in lists:
        for phrase in phrases:
            words = fold_phrase(phrase)
            found.setdefault(words[0], []).append((words, kind))
    for group in found.values():
        group.sort(key=lambda item: -len(item[0]))
    return found


# --- texts -----------------------------------------------------------------------------------------


def redacted(
    text: str,
    rules: Rules,
    own: frozenset[str] = frozenset(),
    *,
    proof: frozenset[str] = frozenset(),
    section: str = "",
) -> str:
    """``text`` with marks in the place of what says who the person is.

    Args:
        text: a quote, a job title or a note.
        rules: what is taken out.
        own: words of the person's own name, folded.
        proof: words of the form that proves the finding; they stay, unless they are part of a name.
        section: the part of the resume that the text comes from.
    """
    spans = [*contact_spans(text, rules.words)]
    finder = _Finder(text, tokenize(text), rules, own, proof)
    spans += finder.find(section)
    return _replaced(text, _merged(spans, text), rules.texts)


def _merged(spans: Iterable[Span], text: str) -> list[Span]:
    """Spans in order, without overlaps; two of one kind with nothing but a space between them become one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda item: (item.start, -item.end)):
        last = found[-1] if found else None
        if last is not None and span.start < last.end:
            found[-1] = Span(last.start, max(last.end, span.end), last.kind)
        elif last is not None and last.kind == span.kind and text[last.end : span.start].strip(" ,.-/'\u2019") == "":
            found[-1] = Span(last.start, span.end, last.kind)
        else:
            found.append(span)
    return found


def _replaced(text: str, spans: Sequence[Span], texts: Texts) -> str:
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], "[", texts.say(f"blind.mark.{span.kind}"), "]"]
        at = span.end
    return "".join([*parts, text[at:]])


def _is_like(word: str, proof: str) -> bool:
    """Whether a word differs from a word of the proof by one letter that is too much, missing, or another one."""
    if abs(len(word) - len(proof)) > 1:
        return False
    same = 0
    while same < min(len(word), len(proof)) and word[same] == proof[same]:
        same += 1
    rest, other = word[same:], proof[same:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


class _Finder:
    """Finds what is to be taken out among the words of one text."""

    def __init__(self, text: str, tokens: Tokens, rules: Rules, own: frozenset[str], proof: frozenset[str]) -> None:
        self.text = text
        self.words, self.starts, self.ends, self.breaks = tokens.words, tokens.starts, tokens.ends, tokens.breaks
        self.rules = rules
        self.lists = rules.words
        self.own = own
        self.proof = proof
        self.kept: set[int] = set()
        self.gone: dict[int, str] = {}
        written = [character for character in text if character.isalpha()]
        self.shouted = sum(map(str.isupper, written)) * 2 > len(written)

    def find(self, section: str) -> Iterator[Span]:
        """Spans of all rules. Each rule marks words; the later ones leave alone what is kept or gone."""
        every = range(len(self.words))
        for rule in (self._phrase, self._label, self._age, self._street, self._state, self._title, self._name):
            for at in every:
                rule(at)
        self._beside_names()
        self._years(section)
        for at, kind in sorted(self.gone.items()):
            yield Span(self.starts[at], self.ends[at], kind)

    # --- what the rules share ---

    def take(self, first: int, last: int, kind: str) -> None:
        """Words ``first`` up to, not with, ``last`` are to go."""
        for at in range(first, last):
            if at not in self.kept:
                self.gone.setdefault(at, kind)

    def capital(self, at: int) -> bool:
        """Whether a word is written with a capital first, or in letters that know none."""
        first = self.text[self.starts[at]]
        return first.isalpha() and not first.islower()

    def number(self, at: int) -> int | None:
        """The value of a short number."""
        word = self.words[at] if at < len(self.words) else ""
        return int(word) if word.isdecimal() and word.isascii() and len(word) <= 6 else None

    def gap(self, at: int) -> str:
        """What stands behind a word, up to the next one."""
        end = self.starts[at + 1] if at + 1 < len(self.words) else len(self.text)
        return self.text[self.ends[at] : end]

    def found(self, table: Table, at: int) -> tuple[int, str] | None:
        """The longest phrase of a table that begins at a word: how long it is, and its kind."""
        for phrase, kind in table.get(self.words[at], ()) if at < len(self.words) else ():
            if tuple(self.words[at : at + len(phrase)]) == phrase:
                return len(phrase), kind
        return None

    def unknown(self, at: int) -> bool:
        """Whether a word with a capital letter is taken for a name: nothing else is known that it could be."""
        word = self.words[at]
        if not self.capital(at) or at in self.kept or any(map(str.isdecimal, word)):
            return False
        if self.rules.is_known(word) or word in self.proof or len(word) == 1 or self._is_slip(word):
            return False
        written = self.text[self.starts[at] : self.ends[at]]
        acronym = written.isupper() and len(word) <= _ACRONYM and not self.shouted
        return word in self.rules.names or not acronym

    def _is_slip(self, word: str) -> bool:
        """Whether two letters of a long word changed places, or it is nearly a word of the proof."""
        if len(word) < _LONG or word in self.rules.names:
            return False
        swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
        return any(map(self.rules.is_known, swapped)) or any(_is_like(word, proof) for proof in self.proof)

    # --- the rules ---

    def _phrase(self, at: int) -> None:
        """Words and phrases that say it by themselves ("she", "married", "green card")."""
        if at in self.kept or at in self.gone:
            return
        met = self.found(self.rules.phrases, at)
        if met is None:
            return
        inside = range(at, at + met[0])
        if not met[1]:
            self.kept.update(inside)
        elif not self.proof.issuperset(self.words[at : at + met[0]]) and (
            met[1] != "place" or all(map(self.capital, inside))
        ):
            self.take(at, at + met[0], met[1])

    def _label(self, at: int) -> None:
        """What follows "Marital status:", up to the end of its item."""
        met = self.found(self.rules.labels, at)
        if met is None or self.gap(at + met[0] - 1).strip()[:1] not in (":", "="):
            return
        stop = at + met[0]
        while stop < len(self.words) and stop - at - met[0] < _MOST_LABELLED:
            stop += 1
            if stop < len(self.words) and self.breaks[stop] >= 2:
                break
        self.take(at + met[0], stop, met[1])

    def _age(self, at: int) -> None:
        """ "45 years old", "45-year-old", "aged 45", "born in 1979"."""
        if self.words[at] in self.lists.birth:
            self._birth(at)
        age = self.number(at)
        if age is None or not 0 < age < 120:
            return
        met = self.found(self.rules.ages, at + 1)
        if met is not None:
            self.take(at, at + 1 + met[0], "age")
        elif at and self.words[at - 1] in self.lists.before_age:
            self.take(at, at + 1, "age")

    def _birth(self, at: int) -> None:
        """Where and when somebody was born, up to the end of the clause."""
        if at + 1 >= len(self.words):
            return
        told = self.words[at + 1] in _BEFORE_BIRTH or self.number(at + 1) is not None or self.capital(at + 1)
        stop = at + 1
        while stop < len(self.words) and stop - at < _MOST_BIRTH_WORDS and self.breaks[stop] < 2:
            stop += 1
        if told:
            self.take(at, stop, "age")

    def _street(self, at: int) -> None:
        """A house number, a few words, and a word such as "street"; with what follows as "Apt 4"."""
        box = self.found(self.rules.boxes, at)
        if box is not None:
            self.take(at, min(at + box[0] + 1, len(self.words)), "address")
        if self.number(at) is None or at in self.gone:
            return
        for end in range(at + 2, min(at + _MOST_STREET_WORDS + 2, len(self.words))):
            if self.breaks[end - 1] >= 1 or self.breaks[end] >= 1:
                return
            if self.words[end] in self.lists.street_tails and self._is_street(at + 1, end):
                self.take(at, self._unit(end + 1), "address")
                return

    def _is_street(self, first: int, tail: int) -> bool:
        named = all(self.capital(at) or self.number(at) is not None for at in range(first, tail))
        return named or self.words[tail] in self.lists.plain_street_tails

    def _unit(self, at: int) -> int:
        """The end of "Apt 4B", "Suite 200", "# 12"."""
        if at < len(self.words) and self.breaks[at] <= 2 and self.words[at] in self.lists.units:
            return min(at + 2, len(self.words))
        hash_mark = at < len(self.words) and "#" in self.gap(at - 1)
        return at + 1 if hash_mark else at

    def _state(self, at: int) -> None:
        """A state with the town before it and the ZIP code behind it."""
        written = self.text[self.starts[at] : self.ends[at]].replace(".", "")
        letters = len(written) == _STATE_LETTERS and written.isupper() and written in self.lists.state_letters
        if not letters and self.words[at] not in self.lists.state_words:
            return
        coded = at + 1 < len(self.words) and self._is_zip(at + 1)
        town = self._town(at, coded=coded)
        ends = at + 1 >= len(self.words) or self.breaks[at + 1] >= 1
        if letters and not coded:
            sure = written not in self.lists.doubtful_state_letters and at and self.breaks[at] == 1
            if not ends or (town == at and not sure):
                return
        self.take(town, at + 1, "place")
        if coded:
            self.take(at + 1, at + 3 if self.gap(at + 1) == "-" else at + 2, "place")

    def _town(self, state: int, *, coded: bool) -> int:
        """The first word of the town before a state; ``state`` itself where there is none."""
        first = state
        while first > 0 and state - first < _MOST_CITY_WORDS and self.breaks[first] <= (first == state):
            if not self.capital(first - 1) or first - 1 in self.kept or self.words[first - 1] in self.proof:
                break
            first -= 1
        comma = self.breaks[state] == 1
        for start in range(first, state):
            words = self.words[start:state]
            known = all(map(self.rules.is_known, words))
            if not known or " ".join(words) in self.rules.towns or (comma and words[0] in self.lists.lone_towns):
                return start
        return state - 1 if coded and comma and first < state else state

    def _is_zip(self, at: int) -> bool:
        return len(self.words[at]) == 5 and self.words[at].isdecimal() and self.breaks[at] <= 1

    def _title(self, at: int) -> None:
        """ "Ms. Young": the title and the name behind it. "MS" is a degree, and "Sr." a rank."""
        written = self.text[self.starts[at] : self.ends[at]].rstrip(".")
        if self.words[at] not in self.lists.titles or at + 1 >= len(self.words) or self.breaks[at + 1] >= 4:
            return
        if not written.istitle() or not self.capital(at + 1) or self.words[at + 1] in self.proof:
            return
        sure = self.words[at] not in self.lists.doubtful_titles
        if sure or self._is_name(at + 1):
            behind = at + 2 < len(self.words) and self.breaks[at + 2] == 0 and self._is_name(at + 2)
            self.take(at, at + 2 + behind, "name")

    def _is_name(self, at: int) -> bool:
        return self.unknown(at) or (self.capital(at) and self.words[at] in self.lists.family_names)

    def _name(self, at: int) -> None:
        """The person's own name, names that are nothing else, and words with a capital letter that nobody knows."""
        word = self.words[at]
        if word in self.own and (self.capital(at) or not self.rules.is_known(word)):
            beside = any(0 <= near < len(self.words) and self.words[near] in self.own for near in (at - 1, at + 1))
            if beside or word not in self.proof:
                self.take(at, at + 1, "name")
        elif self.unknown(at) or (word in self.rules.names and word not in self.proof):
            self.take(at, at + 1, "name")
        elif word in self.rules.given_words and self.capital(at) and word not in self.proof:
            behind = at + 1 < len(self.words) and self.breaks[at + 1] == 0 and self._is_name(at + 1)
            if behind and not self.shouted:
                self.take(at, at + 2, "name")

    def _beside_names(self) -> None:
        """Initials beside a name, and a family name that is also a word behind a given name ("Maria Young")."""
        for at, (before, word) in enumerate(pairwise(self.words)):
            behind = at + 1
            if self.breaks[behind] >= 1 or not self.capital(behind) or self.words[behind] in self.proof:
                continue
            if self.gone.get(at) == "name" and (
                (len(word) == 1 and word != "i") or (word in self.lists.family_names and before in self.rules.names)
            ):
                self.take(behind, behind + 1, "name")
            elif len(before) == 1 and before not in "ai" and self.capital(at) and self.gone.get(behind) == "name":
                self.take(at, at + 1, "name")

    def _years(self, section: str) -> None:
        """Years of school: all of them in the education section or beside a word of school, elsewhere those behind
        "graduated" and the like.
        """
        school = section == _SCHOOL or (section not in _WORK and not self.lists.school_words.isdisjoint(self.words))
        for at in range(len(self.words)):
            year = self.number(at)
            if year is None or at in self.gone:
                continue
            told = not self.lists.before_year.isdisjoint(self.words[max(0, at - 4) : at])
            if year in YEARS and len(self.words[at]) == 4:
                taken = school or told
            else:
                near = self.text[max(0, self.starts[at] - 1)] + self.gap(at)[:1]
                taken = len(self.words[at]) <= 2 and ((school and "/" in near) or (told and near[0] in "'\u2019"))
            if taken:
                self.take(at, at + 1, "year")
