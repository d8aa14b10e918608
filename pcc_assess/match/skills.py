"""Skills in a text: by their names, by known forms in the right company, by tools, by described duties.

Every finding stands on a rung of the evidence ladder (policy.yaml), which is the reason that a report gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pcc_assess.knowledge import Knowledge, Skill
from pcc_assess.match import context
from pcc_assess.match.lexicon import DUTY, KIND_BITS, Entry, Lexicon
from pcc_assess.match.nearby import Nearby
from pcc_assess.match.quotes import quote_of
from pcc_assess.match.scan import Hit, Scan, Sentence, held
from pcc_assess.match.work import ENOUGH_MONTHS, Work, merged_months, month_text
from pcc_assess.model import Evidence, Method, SkillFinding, Status

# A word that was repaired must be long, or part of a longer form, to count by itself.
_LONE_REPAIR = 7
_REVERSED_REACH = 3
# The same form so many times in one sentence is no sentence.
_STUFFED = 3
_MOST_EVIDENCE = 6
_PROVEN_SECTIONS = frozenset({"experience", "volunteer", "military"})
_COURSE_SECTIONS = frozenset({"education", "training"})
_REPAIRED = 90.0
_SKILL = KIND_BITS["skill"]
_OF_SKILLS = frozenset({"skill", "decoy"})


class Found(NamedTuple):
    """One place where a skill shows. ``level`` is 0 for a status that earns nothing."""

    skill: str
    sentence: Sentence
    first: int
    last: int
    form: str
    method: Method
    similarity: float
    status: Status
    rung: str
    level: int
    shown: bool
    work: Work | None


class SkillReader:
    """Finds the skills of one scanned text."""

    def __init__(
        self, scan: Scan, lexicon: Lexicon, knowledge: Knowledge, nearby: Nearby, works: Sequence[Work]
    ) -> None:
        self.scan = scan
        self.lexicon = lexicon
        self.skills = knowledge.skills
        self.families = knowledge.families
        self.nearby = nearby
        self.works = works
        self.rungs = {rung.id: rung.level for rung in knowledge.policy.rungs}

    def read(self) -> list[Found]:
        """Every place where a skill shows, in the order of the text."""
        found: list[Found] = []
        for sentence in self.scan.sentences:
            if not sentence.hits:
                continue
            number = self.scan.job_of_line[sentence.line_index]
            work = self.works[number] if number >= 0 else None
            rules = self._rules(sentence, work)
            named = sentence.kinds & _SKILL
            if named or rules:
                cues = context.read_cues(sentence, self.lexicon)
                if named:
                    found += self._forms(sentence, cues, work)
                if rules:
                    found += self._duties(sentence, cues, work, rules)
        return found + [place for work in self.works for place in self._title(work)]

    def _title(self, work: Work) -> list[Found]:
        """What a job of some length cannot be done without: a nurse reads charts, whether or not she says so."""
        family = self.families.get(work.job.family or "")
        header = work.header
        if family is None or header is None or (work.job.months or 0) < ENOUGH_MONTHS:
            return []
        return [
            Found(
                skill=name,
                sentence=header,
                first=header.first,
                last=header.last,
                form=work.job.title,
                method="phrase",
                similarity=100.0,
                status="held",
                rung="duty",
                level=min(level, self.rungs["duty"]),
                shown=True,
                work=work,
            )
            for name, level in family.shows.items()
        ]

    def _forms(self, sentence: Sentence, cues: context.Cues, work: Work | None) -> list[Found]:
        """Names, known forms and tools, the longest of each skill at one place."""
        every = [(hit, entry) for hit in sentence.named for entry in hit.term.entries if entry.kind in _OF_SKILLS]
        named = [pair for pair in every if pair[1].kind == "skill"]
        covered = _covered(every) if len(every) > 1 else ()
        medical = bool(work and work.medical)
        often = _stuffed([entry.form for _, entry in named]) if len(named) >= _STUFFED else ()
        found: list[Found] = []
        for hit, entry in named:
            if covered and (entry.id, hit.first, hit.last) in covered:
                continue
            if entry.bound and not self.nearby.allows(entry, sentence, hit.first, hit.last, medical=medical):
                continue
            if self._lone_repair(hit):
                continue
            tail = self._tail(sentence, cues, hit.last)
            maker = tail == "company" and not cues.of("product-work")
            if tail == "street" or (maker and entry.ambiguous >= 0):
                continue
            place = self._judge_form(sentence, cues, work, hit, entry, tail)
            if entry.form in often:
                level = min(place.level, self.rungs["repeated"])
                place = place._replace(rung="repeated", level=level, shown=False)
            found.append(place)
        return found

    def _lone_repair(self, hit: Hit) -> bool:
        """A short word that was mended is too little to stand for a skill by itself."""
        alone = hit.last - hit.first == 1 and hit.first in self.scan.changed
        return alone and len(self.scan.words[hit.first]) < _LONE_REPAIR

    def _tail(self, sentence: Sentence, cues: context.Cues, at: int) -> str:
        """Whether a capital word right behind makes the form the name of a street or a company."""
        if not cues.any or at >= sentence.last or self.scan.breaks[at] > 0:
            return ""
        if not self.scan.layout.text[self.scan.starts[at]].isupper():
            return ""
        if any(cue.first == at for cue in cues.of("street-tail")):
            return "street"
        if any(cue.first == at for cue in cues.of("company-tail")):
            return "company"
        return ""

    def _judge_form(
        self, sentence: Sentence, cues: context.Cues, work: Work | None, hit: Hit, entry: Entry, tail: str
    ) -> Found:
        skill = self.skills[entry.id]
        status = self._status(sentence, cues, hit.first, hit.last, skill)
        if skill.kind == "leadership" and context.someone_elses(self.scan, cues, hit.first, sentence.line.section):
            # "Reports to the office manager" names a boss and leads nobody.
            status = "other-person"
        rung = self._rung_of_form(sentence, cues, work, hit, entry, skill)
        if tail == "company" and skill.kind == "soft":
            status = "other-person"  # "Empathy Coffee Roasters" is a name and no claim
        if tail == "company" or (entry.tool and cues.of("product-work")):
            rung = "employer"
        level = min(self.rungs[rung], entry.ceiling) if status == "held" else 0
        repaired = self.scan.is_changed(hit.first, hit.last)
        return Found(
            skill.id,
            sentence,
            hit.first,
            hit.last,
            entry.form,
            "fuzzy" if repaired else "exact",
            _REPAIRED if repaired else 100.0,
            status,
            rung,
            level,
            rung in ("named", "duty", "result"),
            work,
        )

    def _status(self, sentence: Sentence, cues: context.Cues, first: int, last: int, skill: Skill) -> Status:
        section = sentence.line.section
        if section == "references":
            return "other-person"
        if not cues.any:
            return "planned" if section in ("objective", "interests") else "held"
        if "negation" in cues.by_kind and context.denied(self.scan, cues, first):
            return "denied"
        if ("wish" in cues.by_kind or section == "objective") and context.wished(cues, first, section):
            return "planned"
        if "in-progress" in cues.by_kind and skill.kind != "soft" and self._scheduled(cues, last):
            return "in-progress"
        if "someone-did" in cues.by_kind and context.anothers(self.scan, cues, first):
            return "other-person"
        if skill.kind == "language" and context.directed(self.scan, cues, first):
            return "other-person"
        return "held"

    def _scheduled(self, cues: context.Cues, last: int) -> bool:
        """Whether "scheduled for" or the like stands right behind the words."""
        return any(
            last <= cue.first <= last + 2
            and self.scan.words[cue.first] in ("scheduled", "planned", "pending")
            and self.scan.words[cue.last - 1] == "for"
            for cue in cues.of("in-progress")
        )

    def _rung_of_form(
        self, sentence: Sentence, cues: context.Cues, work: Work | None, hit: Hit, entry: Entry, skill: Skill
    ) -> str:
        line = sentence.line
        weak = context.only_familiar(self.scan, cues, hit.first, hit.last) if cues.any else None
        if weak and not (weak == "course" and line.section in _PROVEN_SECTIONS):
            return weak
        if line.section in _COURSE_SECTIONS and skill.kind not in ("soft", "language"):
            return "course"
        if entry.tool:
            return "tool"
        if (
            work is None
            or work.first is None
            or line.section not in _PROVEN_SECTIONS
            or skill.kind in ("soft", "language")
        ):
            return "listed"
        if line.listed:
            return "listed"
        return "result" if self._with_result(cues, hit.last) else "named"

    @staticmethod
    def _with_result(cues: context.Cues, last: int) -> bool:
        if "result" in cues.by_kind:
            return True
        return "led" in cues.by_kind and any(cue.first <= last + 4 for cue in cues.of("led"))

    def _rules(self, sentence: Sentence, work: Work | None) -> int:
        """The duties, as bits, of which a verb, a thing and the company stand in the sentence."""
        if not sentence.kinds & DUTY:
            return 0
        do = what = 0
        for _, _, term in sentence.hits:
            do |= term.do
            what |= term.what
        candidates = do & what
        if not candidates:
            return 0
        allowed = self.lexicon.free_near
        if work is not None and work.medical:
            allowed |= self.lexicon.medical_near
        unless = 0
        for _, _, term in sentence.hits:
            allowed |= term.near
            unless |= term.unless
        return candidates & allowed & ~unless

    def _duties(self, sentence: Sentence, cues: context.Cues, work: Work | None, candidates: int) -> list[Found]:
        """Described duties: the verb and the thing of a rule in one clause, in the company that the rule asks for."""
        found: list[Found] = []
        every_verb = _verbs(sentence.hits)
        every_thing = [hit for hit in sentence.hits if hit.term.what]
        clause = 1 if sentence.line.listed else 2
        while candidates:
            bit = candidates & -candidates
            candidates ^= bit
            rule = self.lexicon.duties[bit.bit_length() - 1]
            verbs = [hit for hit in every_verb if hit.term.do & bit]
            things = [hit for hit in every_thing if hit.term.what & bit]
            place = self._place(verbs, things, rule.duty.within, clause)
            if place is not None:
                found.append(self._judge_duty(sentence, cues, work, place, bit))
        return found

    def _place(self, verbs: Sequence[Hit], things: Sequence[Hit], within: int, clause: int) -> tuple[int, int] | None:
        """The nearest verb and thing of a rule: from the first word to past the last.

        Both come in the order of the text. ``within``: how many words may stand between a verb and the thing behind
        it; ``clause``: the break that parts them.
        """
        nearest = max(within, _REVERSED_REACH) + 1
        best: tuple[int, int] | None = None
        for verb in verbs:
            for thing in things:
                behind = thing.first - verb.last
                if behind > within:
                    break
                if behind >= 0:
                    if behind < nearest and self._acts_on(verb.last, thing.first, clause):
                        nearest, best = behind, (verb.first, thing.last)
                    continue
                before = verb.first - thing.last
                near = 0 <= before <= _REVERSED_REACH and before < nearest
                # A thing stands before its verb only in one breath.
                if near and max(self.scan.breaks[thing.last : verb.first + 1]) < 1:
                    nearest, best = before, (thing.first, verb.last)
        return best

    def _acts_on(self, low: int, high: int, clause: int) -> bool:
        """Whether what stands between a verb and a thing lets the one act on the other."""
        # "mentored by a team" was done to the person
        return max(self.scan.breaks[low : high + 1]) < clause and "by" not in self.scan.words[low:high]

    def _judge_duty(
        self, sentence: Sentence, cues: context.Cues, work: Work | None, place: tuple[int, int], bit: int
    ) -> Found:
        rule = self.lexicon.duties[bit.bit_length() - 1]
        skill = self.skills[rule.skill]
        first, last = place
        status = self._status(sentence, cues, first, last, skill)
        weak = context.only_familiar(self.scan, cues, first, last) if cues.any else None
        line = sentence.line
        dated = work is not None and work.first is not None and line.section in _PROVEN_SECTIONS
        if weak and not dated:
            rung = weak
        elif line.section in _COURSE_SECTIONS and skill.kind != "soft":
            rung = "course"
        elif line.listed and not dated:
            rung = "listed"
        elif not dated:
            rung = "undated-duty"
        else:
            rung = "result" if self._with_result(cues, last) else "duty"
        level = self.rungs[rung]
        if rule.duty.level is not None:
            level = min(level, rule.duty.level)
        repaired = self.scan.is_changed(first, last)
        return Found(
            skill.id,
            sentence,
            first,
            last,
            rule.duty.example,
            "phrase",
            _REPAIRED if repaired else 100.0,
            status,
            rung,
            level if status == "held" else 0,
            rung in ("duty", "result", "undated-duty"),
            work,
        )


def _verbs(hits: Sequence[Hit]) -> list[Hit]:
    """The verbs of rules, without those that begin a longer one: "checked in" is not "checked"."""
    longest = {hit.first: hit for hit in hits if hit.term.do}
    return list(longest.values())


def _stuffed(forms: Sequence[str]) -> frozenset[str]:
    """The forms that stand in a sentence so often that it is none."""
    return frozenset(form for form, count in Counter(forms).items() if count >= _STUFFED)


def _covered(every: Sequence[tuple[Hit, Entry]]) -> set[tuple[str, int, int]]:
    """The skills and places whose words a longer form of the same skill, or a decoy of it, holds."""
    if len({entry.id for _, entry in every}) == len(every):
        return set()
    places: dict[str, list[Hit]] = {}
    for hit, entry in every:
        places.setdefault(entry.id, []).append(hit)
    covered = {(entry.id, hit.first, hit.last) for hit, entry in every if entry.kind == "decoy"}
    for name, hits in places.items():
        if len(hits) > 1:
            covered.update((name, first, last) for first, last in held(hits))
    return covered


def _evidence(scan: Scan, places: Iterable[Found]) -> tuple[Evidence, ...]:
    """The quoted proof of the first few findings, each quote once."""
    quoted: dict[str, Evidence] = {}
    for found in places:
        start, end, page = quote_of(scan, found.sentence, found.first, found.last)
        quote = scan.layout.text[start:end]
        if quote in quoted:
            continue
        quoted[quote] = Evidence(
            quote=quote,
            start=start,
            end=end,
            page=page,
            section=found.sentence.line.section,
            status=found.status,
            method=found.method,
            similarity=found.similarity,
            surface_form=found.form,
        )
        if len(quoted) >= _MOST_EVIDENCE:
            break
    return tuple(quoted.values())


def findings(scan: Scan, places: Sequence[Found]) -> dict[str, SkillFinding]:
    """One finding a skill: the best rung decides, the strongest places are quoted, years come from dated jobs.

    A skill that is only wished for or someone else's is left out; one that is only denied has proficiency 0.
    """
    by_skill: dict[str, list[Found]] = {}
    for place in places:
        by_skill.setdefault(place.skill, []).append(place)
    result: dict[str, SkillFinding] = {}
    for skill, group in sorted(by_skill.items()):
        own = [place for place in group if place.status == "held" and place.level > 0]
        other = [place for place in group if place.status in ("denied", "in-progress")]
        if not own and not other:
            continue
        ranked = sorted(own or other, key=lambda place: (-place.level, place.first, place.last))
        best = ranked[0]
        months = {
            (place.work.first, place.work.last)
            for place in own
            if place.shown and place.work and place.work.first is not None and place.work.last is not None
        }
        result[skill] = SkillFinding(
            proficiency=best.level,
            source="resume",
            rung=best.rung if own else ("denied" if best.status == "denied" else best.status),
            shown=any(place.shown for place in own),
            evidence=_evidence(scan, (*ranked, *(other if own else ()))),
            years=round(merged_months(months) / 12, 2) if months else None,
            last_used=month_text(max(last for _, last in months)) if months else None,
        )
    return result
