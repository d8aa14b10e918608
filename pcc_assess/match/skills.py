"""Skills in a text: by their names, by known forms in the right company, by tools, by described duties.

Every finding stands on a rung of the evidence ladder (policy.yaml), which is the reason that a report gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pcc_assess.knowledge import Knowledge, Skill
from pcc_assess.match import context
from pcc_assess.match.lexicon import Entry, Lexicon
from pcc_assess.match.nearby import Nearby
from pcc_assess.match.quotes import quote_of
from pcc_assess.match.scan import Hit, Scan, Sentence
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
_OF_SKILLS = frozenset({"skill", "decoy"})


@dataclass(frozen=True, slots=True)
class Found:
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
            if sentence.named or rules:
                cues = context.read_cues(sentence, self.lexicon)
                found += self._forms(sentence, cues, work)
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
        if not named:
            return []
        medical = bool(work and work.medical)
        often = {name for name, count in Counter(entry.form for _, entry in named).items() if count >= _STUFFED}
        found: list[Found] = []
        for hit, entry in named:
            covered = _covered(hit, entry, every)
            if covered or not self.nearby.allows(entry, sentence, hit.first, hit.last, medical=medical):
                continue
            if self._lone_repair(hit):
                continue
            tail = self._tail(sentence, cues, hit.last)
            maker = tail == "company" and not cues.of("product-work")
            if tail == "street" or (maker and entry.ambiguous >= 0):
                continue
            place = self._judge_form(sentence, cues, work, hit, entry, tail)
            if entry.form in often:
                place = replace(place, rung="repeated", level=min(place.level, self.rungs["repeated"]), shown=False)
            found.append(place)
        return found

    def _lone_repair(self, hit: Hit) -> bool:
        """A short word that was mended is too little to stand for a skill by itself."""
        alone = hit.last - hit.first == 1 and hit.first in self.scan.changed
        return alone and len(self.scan.words[hit.first]) < _LONE_REPAIR

    def _tail(self, sentence: Sentence, cues: context.Cues, at: int) -> str:
        """Whether a capital word right behind makes the form the name of a street or a company."""
        if at >= sentence.last or self.scan.breaks[at] > 0:
            return ""
        start, _ = self.scan.span(at, at + 1)
        if not self.scan.layout.text[start].isupper():
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
        if tail == "company" or (entry.tool and cues.of("product-work")):
            rung = "employer"
        level = min(self.rungs[rung], entry.ceiling) if status == "held" else 0
        repaired = any(at in self.scan.changed for at in range(hit.first, hit.last))
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
        if context.denied(self.scan, cues, first):
            return "denied"
        if context.wished(cues, first, section):
            return "planned"
        if skill.kind != "soft" and any(
            last <= cue.first <= last + 2
            and self.scan.words[cue.first] in ("scheduled", "planned", "pending")
            and self.scan.words[cue.last - 1] == "for"
            for cue in cues.of("in-progress")
        ):
            return "in-progress"
        if skill.kind == "language" and context.directed(self.scan, cues, first):
            return "other-person"
        return "held"

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
        return bool(cues.of("result") or any(cue.first <= last + 4 for cue in cues.of("led")))

    def _rules(self, sentence: Sentence, work: Work | None) -> int:
        """The duties, as bits, of which a verb, a thing and the company stand in the sentence."""
        do = what = near = unless = 0
        for hit in sentence.hits:
            term = hit.term
            do |= term.do
            what |= term.what
            near |= term.near
            unless |= term.unless
        candidates = do & what & ~unless
        if not candidates:
            return 0
        allowed = near | self.lexicon.free_near
        if work is not None and work.medical:
            allowed |= self.lexicon.medical_near
        return candidates & allowed

    def _duties(self, sentence: Sentence, cues: context.Cues, work: Work | None, candidates: int) -> list[Found]:
        """Described duties: the verb and the thing of a rule in one clause, in the company that the rule asks for."""
        found: list[Found] = []
        while candidates:
            bit = candidates & -candidates
            candidates ^= bit
            rule = self.lexicon.duties[bit.bit_length() - 1]
            place = self._place(sentence, bit, rule.duty.within)
            if place is not None:
                found.append(self._judge_duty(sentence, cues, work, place, bit))
        return found

    def _place(self, sentence: Sentence, bit: int, within: int) -> tuple[int, int] | None:
        """The nearest verb and thing of a rule: from the first word to past the last."""
        best: tuple[int, int, int] | None = None
        verbs = [hit for hit in sentence.hits if hit.term.do & bit and not _within_phrase(hit, sentence.hits)]
        things = [hit for hit in sentence.hits if hit.term.what & bit]
        clause = 1 if sentence.line.listed else 2
        breaks = self.scan.breaks
        for verb in verbs:
            for thing in things:
                if "by" in self.scan.words[verb.last : thing.first]:
                    continue  # "mentored by a team" was done to the person
                if verb.last <= thing.first:
                    distance, low, high, strength = thing.first - verb.last, verb.last, thing.first, clause
                    first, last = verb.first, thing.last
                    if distance > within:
                        continue
                elif thing.last <= verb.first:
                    distance, low, high, strength = verb.first - thing.last, thing.last, verb.first, 1
                    first, last = thing.first, verb.last
                    if distance > _REVERSED_REACH:
                        continue
                else:
                    continue
                if best is not None and distance >= best[0]:
                    continue
                if all(breaks[at] < strength for at in range(low, high + 1)):
                    best = (distance, first, last)
        return None if best is None else (best[1], best[2])

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
        repaired = any(at in self.scan.changed for at in range(first, last))
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


def _within_phrase(verb: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a verb is the beginning of a longer one: "checked in" is not "checked"."""
    return any(other.first == verb.first and other.last > verb.last and other.term.do for other in hits)


def _covered(hit: Hit, entry: Entry, named: Sequence[tuple[Hit, Entry]]) -> bool:
    """Whether a longer form of the same skill, or a decoy of it, holds these words."""
    return any(
        rival.id == entry.id
        and other.first <= hit.first
        and hit.last <= other.last
        and (other.last - other.first > hit.last - hit.first or (rival.kind == "decoy" and other is hit))
        for other, rival in named
    )


def evidence_of(scan: Scan, found: Found) -> Evidence:
    """The quoted proof of one finding."""
    start, end, page = quote_of(scan, found.sentence, found.first, found.last)
    return Evidence(
        quote=scan.layout.text[start:end],
        start=start,
        end=end,
        page=page,
        section=found.sentence.line.section,
        status=found.status,
        method=found.method,
        similarity=found.similarity,
        surface_form=found.form,
    )


def findings(scan: Scan, places: Sequence[Found]) -> dict[str, SkillFinding]:
    """One finding a skill: the best rung decides, the strongest places are quoted, years come from dated jobs.

    A skill that is only wished for or someone else's is left out; one that is only denied has proficiency 0.
    """
    by_skill: dict[str, list[Found]] = {}
    for place in places:
        by_skill.setdefault(place.skill, []).append(place)
    result: dict[str, SkillFinding] = {}
    for skill, group in sorted(by_skill.items()):
        held = [place for place in group if place.status == "held" and place.level > 0]
        other = [place for place in group if place.status in ("denied", "in-progress")]
        if not held and not other:
            continue
        ranked = sorted(held or other, key=lambda place: (-place.level, place.first, place.last))
        best = ranked[0]
        months = {
            (place.work.first, place.work.last)
            for place in held
            if place.shown and place.work and place.work.first is not None and place.work.last is not None
        }
        evidence: list[Evidence] = []
        for place in (*ranked, *(other if held else ())):
            item = evidence_of(scan, place)
            if all(item.quote != known.quote for known in evidence):
                evidence.append(item)
            if len(evidence) >= _MOST_EVIDENCE:
                break
        result[skill] = SkillFinding(
            proficiency=best.level,
            source="resume",
            rung=best.rung if held else ("denied" if best.status == "denied" else best.status),
            shown=any(place.shown for place in held),
            evidence=tuple(evidence),
            years=round(merged_months(months) / 12, 2) if months else None,
            last_used=month_text(max(last for _, last in months)) if months else None,
        )
    return result
