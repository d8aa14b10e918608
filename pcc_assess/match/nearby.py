"""Whether an ambiguous form stands in the right company: the needs and the ban words of its rule, near it."""

from __future__ import annotations

from bisect import bisect_left

from pcc_assess.match.lexicon import CONTEXT, Entry, Lexicon
from pcc_assess.match.scan import Hit, Scan, Sentence

_OFFICE_REACH = 4


def _blocks(scan: Scan) -> dict[int, tuple[int, int]]:
    """For each line the words of its section: from its heading up to, not with, the next heading."""
    found: dict[int, tuple[int, int]] = {}
    lines: list[int] = []
    first = last = 0
    for sentence in scan.sentences:
        if sentence.line.heading:
            found.update(dict.fromkeys(lines, (first, last)))
            lines, first = [], sentence.first
        lines.append(sentence.line_index)
        last = sentence.last
    found.update(dict.fromkeys(lines, (first, last)))
    return found


class Nearby:
    """Looks around a place in one scanned text. Built once a text; each question looks at a few words only."""

    def __init__(self, scan: Scan, lexicon: Lexicon, reach: int) -> None:
        self.scan = scan
        self.lexicon = lexicon
        self.reach = reach
        self.hits = [hit for sentence in scan.sentences for hit in sentence.hits if hit.term.kinds & CONTEXT]
        self.firsts = [hit.first for hit in self.hits]
        self.blocks = _blocks(scan)
        self.companies: dict[tuple[int, int, int], list[Hit] | None] = {}
        self.credential_cue = lexicon.cues.get("credential-context", 0)
        self.education_cue = lexicon.cues.get("education-context", 0)

    def _around(self, sentence: Sentence, first: int, last: int) -> tuple[int, int]:
        """Which of ``hits`` stand within reach, or in the whole sentence unless it is a list."""
        low, high = first - self.reach, last + self.reach
        if not sentence.line.listed:
            low, high = min(low, sentence.first), max(high, sentence.last)
        # What stands in another section is no company: the order of sections tells nothing.
        first_word, last_word = self.blocks[sentence.line_index]
        low, high = max(low, first_word), min(high, last_word)
        begin = bisect_left(self.firsts, low)
        return begin, bisect_left(self.firsts, high, begin)

    def _company(self, bit: int, begin: int, end: int) -> list[Hit] | None:
        """The words that a rule needs, among the hits ``begin`` to ``end``; None if one of them bans the form.

        All places of a sentence have much the same company, so each is looked through once.
        """
        key = (bit, begin, end)
        if key not in self.companies:
            around = self.hits[begin:end]
            banned = [True for _, _, term in around if term.blocks & bit]
            self.companies[key] = None if banned else [hit for hit in around if hit.term.needs & bit]
        return self.companies[key]

    def allows(self, entry: Entry, sentence: Sentence, first: int, last: int, *, medical: bool) -> bool:
        """Whether ``entry`` at the words ``first`` to ``last`` counts; ``medical``: in a job in health care."""
        if entry.as_written:
            start, end = self.scan.span(first, last)
            if self.scan.layout.text[start:end].replace(".", "") != entry.as_written.replace(".", ""):
                return False
        if entry.ambiguous < 0:
            return True
        bit = 1 << entry.ambiguous
        lexicon = self.lexicon
        begin, end = self._around(sentence, first, last)
        company = self._company(bit, begin, end)
        if company is None:
            return False
        if bit & lexicon.free_needs or (medical and bit & lexicon.medical_needs):
            return True
        if any(hit.first < first or last < hit.last for hit in company):
            return True
        if bit & lexicon.office_needs and self._in_office_list(self.hits[begin:end], first, last):
            return True
        return self._where_it_stands(bit, sentence, first, last)

    def _where_it_stands(self, bit: int, sentence: Sentence, first: int, last: int) -> bool:
        """Whether the section, or words of credentials or of school close by, are what the rule asks for."""
        lexicon = self.lexicon
        if bit & lexicon.section_needs and sentence.line.section == "certifications":
            return True
        if bit & lexicon.credential_needs and self._credential_context(sentence, first, last):
            return True
        return bool(bit & lexicon.education_needs) and self._education_context(sentence, first, last)

    def _in_office_list(self, around: list[Hit], first: int, last: int) -> bool:
        """Another office program stands within a few words, so that both are programs."""
        return any(
            hit.term.office
            and not (first <= hit.first < last)
            and first - _OFFICE_REACH <= hit.first < last + _OFFICE_REACH
            for hit in around
        )

    def _cue_in(self, sentence: Sentence, first: int, last: int, bit: int, reach: int) -> bool:
        return any(
            hit.term.cues & bit and not (first <= hit.first < last) and first - reach <= hit.first < last + reach
            for hit in sentence.hits
        )

    def _credential_context(self, sentence: Sentence, first: int, last: int) -> bool:
        """A section of credentials, a word such as "certified" beside it, or a place behind the name at the top."""
        if sentence.line.section in ("certifications", "training"):
            return True
        if sentence.line_index == 0 and sentence.line.section == "top":
            return True
        return self._cue_in(sentence, first, last, self.credential_cue, 4)

    def _education_context(self, sentence: Sentence, first: int, last: int) -> bool:
        if sentence.line.section == "education":
            return True
        return self._cue_in(sentence, first, last, self.education_cue, 6)
