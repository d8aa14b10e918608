"""One compiled lexicon of everything that is looked for: surface forms, duty words, context words, cues, titles.

Every word or phrase of the data files becomes a path in one tree of words, so that a text is walked once. Rules
become bits: a duty or an ambiguous form is candidate in a sentence when the bits of its parts meet there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from pcc_assess.knowledge import Ambiguous, Credential, Duty, EducationRule, Knowledge, Skill, Tool
from pcc_assess.tokens import fold_phrase

EntryKind = Literal["skill", "credential", "education", "family", "decoy"]

# Specials that a rule may name beside groups; code knows when they are met.
MEDICAL_JOB = "@medical-job"
OFFICE_LIST = "@office-list"
CREDENTIAL_CONTEXT = "@credential-context"
CREDENTIAL_SECTION = "@credential-section"
EDUCATION_CONTEXT = "@education-context"
SPECIALS = frozenset({MEDICAL_JOB, OFFICE_LIST, CREDENTIAL_CONTEXT, CREDENTIAL_SECTION, EDUCATION_CONTEXT})
_OFFICE_GROUP = "office-programs"
_MEDICAL_GROUP = "medical-work"
_PREFIXES = ("pre", "post", "tele", "multi", "non", "inter", "co", "re")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a surface form stands for. ``ambiguous``: bit number of its context rule, -1 where it counts anywhere.

    ``ceiling``: the highest proficiency that the form may show (4 where nothing limits it). ``as_written``: the exact
    letters, empty where case does not matter. ``tool``: it is a product and not a name of the skill.
    """

    kind: EntryKind
    id: str
    form: str
    words: int
    ambiguous: int = -1
    ceiling: int = 4
    as_written: str = ""
    tool: bool = False

    @property
    def bound(self) -> bool:
        """Whether it counts only in the right company, or only as written."""
        return self.ambiguous >= 0 or bool(self.as_written)


# What a word or phrase can be, as bits: an entry of a kind, a cue, the verb or thing of a duty, part of a context rule.
KIND_BITS: dict[EntryKind, int] = {"skill": 1, "credential": 2, "education": 4, "family": 8, "decoy": 16}
CUE = 32
DUTY = 64
CONTEXT = 128


@dataclass(slots=True)
class Term:
    """What one word or phrase can be. The integers are bit sets over the rules (duties and ambiguous forms).

    ``kinds``: all of it in short, so that who looks for one kind can pass by (``KIND_BITS``, ``CUE`` and so on).
    """

    entries: list[Entry] = field(default_factory=list)
    do: int = 0
    what: int = 0
    near: int = 0
    unless: int = 0
    needs: int = 0
    blocks: int = 0
    cues: int = 0
    office: bool = False
    medical: bool = False
    kinds: int = 0

    def sum_up(self) -> None:
        """Sets ``kinds`` once everything else is known."""
        for entry in self.entries:
            self.kinds |= KIND_BITS[entry.kind]
        if self.cues:
            self.kinds |= CUE
        if self.do or self.what:
            self.kinds |= DUTY
        if self.needs or self.blocks or self.office:
            self.kinds |= CONTEXT


# What has names of its own to be found by.
Named = Skill | Tool | Credential | EducationRule


@dataclass(slots=True)
class Node:
    """A place in the tree of words: the ``term`` that ends here, and the nodes of the words that may follow."""

    term: Term | None = None
    following: dict[str, Node] | None = None


@dataclass(frozen=True, slots=True)
class DutyRule:
    skill: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class Lexicon:
    """See the module's text. ``vocabulary``: every single word of it; ``targets``: those that are
    spelled right, into which a slip may be mended; ``known``: the vocabulary and the English words;
    ``pairs``: two words that stand together in a form.

    ``duties[i]`` and ``context[i]`` are what bit ``i`` of the masks stands for. ``free_near``: duties without a
    ``near``; ``medical_near`` and the ``..._needs``: the rules that name a special.
    """

    root: dict[str, Node]
    duties: tuple[DutyRule, ...]
    context: tuple[Ambiguous, ...]
    cues: dict[str, int]
    free_near: int
    medical_near: int
    free_needs: int
    medical_needs: int
    office_needs: int
    credential_needs: int
    section_needs: int
    education_needs: int
    vocabulary: frozenset[str]
    targets: frozenset[str]
    pairs: frozenset[tuple[str, ...]]
    known: frozenset[str]
    typo_min_length: int
    _kinds: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def kinds_of(self, cues: int) -> tuple[str, ...]:
        """The kinds of cue in a bit set; few sets occur, so each is taken apart once."""
        found = self._kinds.get(cues)
        if found is None:
            found = self._kinds[cues] = tuple(kind for kind, bit in self.cues.items() if cues & bit)
        return found


def inflections(verb: str, irregular: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All forms of a verb ("check in": check in, checks in, checked in, checking in)."""
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if head in irregular:
        forms = [head, *irregular[head]]
    elif head.endswith("e"):
        forms = [head, head + "s", head + "d", head[:-1] + "ing"]
    elif head.endswith("y") and len(head) > 2 and head[-2] not in "aeiou":
        forms = [head, head[:-1] + "ies", head[:-1] + "ied", head + "ing"]
    else:
        plural = head + ("es" if head.endswith(("s", "x", "z", "ch", "sh")) else "s")
        forms = [head, plural, head + "ed", head + "ing"]
    return tuple(form + tail for form in forms)


def plurals(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """A phrase, and the same with its last word in the plural."""
    yield words
    last = words[-1]
    if len(last) < 3 or not last.isalpha():
        return
    if last.endswith("s"):
        if len(words) > 1 and len(last) > 4 and not last.endswith(("ss", "us", "is")):
            yield (*words[:-1], last[:-3] + "y" if last.endswith("ies") else last[:-1])
    elif last.endswith("y") and last[-2] not in "aeiou":
        yield (*words[:-1], last[:-1] + "ies")
    elif last.endswith(("x", "z", "ch", "sh")):
        yield (*words[:-1], last + "es")
    else:
        yield (*words[:-1], last + "s")


class _Compiler:
    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.groups = knowledge.words.groups
        self.irregular = knowledge.words.irregular
        self.terms: dict[tuple[str, ...], Term] = {}
        self.duties: list[DutyRule] = []
        self.context: list[Ambiguous] = []
        self.near_bits = dict.fromkeys(SPECIALS, 0)
        self.needs_bits = dict.fromkeys(SPECIALS, 0)
        self.free_near = 0
        self.free_needs = 0
        self.slips: list[Entry] = []

    def term(self, words: tuple[str, ...]) -> Term:
        found = self.terms.get(words)
        if found is None:
            found = self.terms[words] = Term()
        return found

    def spread(self, names: Iterable[str], *, verbs: bool = False) -> Iterable[tuple[str, ...]]:
        """The folded words of rule words and groups, with inflections or plurals."""
        for name in names:
            if name in SPECIALS:
                continue
            members = self.groups[name[1:]] if name.startswith("@") else (name,)
            for member in members:
                if verbs:
                    for form in inflections(member.lower(), self.irregular):
                        yield fold_phrase(form)
                else:
                    folded = fold_phrase(member)
                    if folded:
                        yield from plurals(folded)

    def add_form(self, entry: Entry, form: str) -> None:
        folded = fold_phrase(form)
        if not folded:
            return
        for words in plurals(folded) if not entry.as_written else (folded,):
            self.term(words).entries.append(entry)
        if len(folded) == 1 and len(form) >= 7:
            for prefix in _PREFIXES:
                if folded[0].startswith(prefix) and len(folded[0]) - len(prefix) >= 4:
                    self.term((prefix, folded[0][len(prefix) :])).entries.append(entry)

    def add_owner(self, kind: EntryKind, owner: str, item: Named, *, ceiling: int = 4, tool: bool = False) -> None:
        """Everything that names ``item``: its forms, its misspellings, its ambiguous forms and its decoys."""
        for form in item.forms:
            words = len(fold_phrase(form))
            self.add_form(Entry(kind, owner, form, words, ceiling=ceiling, tool=tool), form)
        for form in item.misspellings:
            words = len(fold_phrase(form))
            self.slips.append(Entry(kind, owner, form, words, ceiling=ceiling, tool=tool))
        for rule in item.ambiguous:
            self.add_ambiguous(kind, owner, rule, ceiling=ceiling, tool=tool)
        for form in item.decoys:
            self.add_form(Entry("decoy", owner, form, len(fold_phrase(form))), form)

    def add_ambiguous(
        self, kind: EntryKind, owner: str, rule: Ambiguous, *, ceiling: int = 4, tool: bool = False
    ) -> None:
        bit = self.add_context(rule)
        top = ceiling if rule.level is None else min(ceiling, rule.level)
        written = rule.form if rule.as_written else ""
        words = len(fold_phrase(rule.form))
        self.add_form(Entry(kind, owner, rule.form, words, bit, top, written, tool), rule.form)

    def add_context(self, rule: Ambiguous) -> int:
        number = len(self.context)
        bit = 1 << number
        self.context.append(rule)
        if not rule.needs:
            self.free_needs |= bit
        for special in SPECIALS.intersection(rule.needs):
            self.needs_bits[special] |= bit
        for words in self.spread(rule.needs):
            self.term(words).needs |= bit
        for words in self.spread(rule.unless):
            self.term(words).blocks |= bit
        return number

    def add_duty(self, skill: str, duty: Duty) -> None:
        bit = 1 << len(self.duties)
        self.duties.append(DutyRule(skill, duty))
        if not duty.near:
            self.free_near |= bit
        for special in SPECIALS.intersection(duty.near):
            self.near_bits[special] |= bit
        for words in self.spread(duty.do, verbs=True):
            self.term(words).do |= bit
        for words in self.spread(duty.what):
            self.term(words).what |= bit
        for words in self.spread(duty.near):
            self.term(words).near |= bit
        for words in self.spread(duty.unless):
            self.term(words).unless |= bit

    def add_skills(self) -> None:
        for skill in self.knowledge.skills.values():
            self.add_owner("skill", skill.id, skill)
            for duty in skill.duties:
                self.add_duty(skill.id, duty)
        for tool in self.knowledge.tools.values():
            for skill_id, level in tool.counts_for.items():
                if level > 0:
                    self.add_owner("skill", skill_id, tool, ceiling=level, tool=True)

    def add_others(self) -> None:
        """Credentials, levels of education and titles of jobs."""
        for credential in self.knowledge.credentials.values():
            self.add_owner("credential", credential.id, credential)
        for level in self.knowledge.education.values():
            self.add_owner("education", level.id, level)
        for family in self.knowledge.families.values():
            for title in family.titles:
                self.add_form(Entry("family", family.id, title, len(fold_phrase(title))), title)
            for rule in family.ambiguous:
                self.add_ambiguous("family", family.id, rule)

    def add_words(self) -> dict[str, int]:
        """Cues and the two groups that the matcher itself asks for; returns the bit of each kind of cue."""
        words = self.knowledge.words
        cues = {name: 1 << number for number, name in enumerate(words.cues)}
        for name, phrases in words.cues.items():
            for phrase in phrases:
                self.term(fold_phrase(phrase)).cues |= cues[name]
        for folded in self.spread((f"@{_OFFICE_GROUP}",)):
            self.term(folded).office = True
        for folded in self.spread((f"@{_MEDICAL_GROUP}",)):
            self.term(folded).medical = True
        return cues

    def compile(self) -> Lexicon:
        self.add_skills()
        self.add_others()
        cues = self.add_words()
        targets = frozenset(chain.from_iterable(self.terms))
        for entry in self.slips:
            self.add_form(entry, entry.form)
        vocabulary = frozenset(chain.from_iterable(self.terms))
        for term in self.terms.values():
            term.sum_up()
        return Lexicon(
            root=self.tree(),
            duties=tuple(self.duties),
            context=tuple(self.context),
            cues=cues,
            free_near=self.free_near,
            medical_near=self.near_bits[MEDICAL_JOB],
            free_needs=self.free_needs,
            medical_needs=self.needs_bits[MEDICAL_JOB],
            office_needs=self.needs_bits[OFFICE_LIST],
            credential_needs=self.needs_bits[CREDENTIAL_CONTEXT],
            section_needs=self.needs_bits[CREDENTIAL_SECTION],
            education_needs=self.needs_bits[EDUCATION_CONTEXT],
            vocabulary=vocabulary,
            targets=targets,
            pairs=self.pairs(),
            known=vocabulary | self.knowledge.dictionary,
            typo_min_length=self.knowledge.policy.typo_min_length,
        )

    def pairs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(
            words[at : at + 2] for words, term in self.terms.items() if term.entries for at in range(len(words) - 1)
        )

    def tree(self) -> dict[str, Node]:
        root = Node()
        for words, term in self.terms.items():
            node = root
            for word in words:
                if node.following is None:
                    node.following = {}
                following = node.following.get(word)
                if following is None:
                    following = node.following[word] = Node()
                node = following
            node.term = term
        return root.following or {}


def compile_lexicon(knowledge: Knowledge) -> Lexicon:
    """The lexicon of all data files; costs tens of milliseconds, so it is made once for a run."""
    return _Compiler(knowledge).compile()
