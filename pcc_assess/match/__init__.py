"""From the layout of a text to a profile: what the person brings, each finding with its quote."""

from __future__ import annotations

from dataclasses import dataclass

from pcc_assess.knowledge import Knowledge
from pcc_assess.match.credentials import read_credentials
from pcc_assess.match.lexicon import Lexicon, compile_lexicon
from pcc_assess.match.nearby import Nearby
from pcc_assess.match.posting import PostingReader
from pcc_assess.match.scan import Scan, scan
from pcc_assess.match.schooling import read_education
from pcc_assess.match.skills import SkillReader, findings
from pcc_assess.match.transfers import read_transfers
from pcc_assess.match.typos import Repairer
from pcc_assess.match.work import experience, read_work
from pcc_assess.model import Language, Layout, Posting, Profile, SkillFinding
from pcc_assess.tokens import Tokens

__all__ = ["Matcher", "compile_matcher"]


@dataclass(frozen=True, slots=True)
class Matcher:
    """The compiled knowledge, made once and used for any number of texts."""

    knowledge: Knowledge
    lexicon: Lexicon
    repairer: Repairer

    def profile(self, layout: Layout, newest: int, page_starts: tuple[int, ...] = ()) -> Profile:
        """What the text shows of the person.

        Args:
            layout: the text with its lines, dates and jobs.
            newest: the month of the as-of date, counted from year 0; open jobs end there.
            page_starts: offsets of the pages, empty without pages.
        """
        knowledge, lexicon = self.knowledge, self.lexicon
        scanned = scan(layout, lexicon, self.repairer, page_starts)
        nearby = Nearby(scanned, lexicon, knowledge.policy.context_words)
        works = read_work(scanned, lexicon, knowledge, nearby, newest)
        skills = findings(scanned, SkillReader(scanned, lexicon, knowledge, nearby, works).read())
        credentials = read_credentials(scanned, lexicon, knowledge, nearby, works, newest)
        return Profile(
            skills=skills,
            transfers=read_transfers(scanned, knowledge, skills, credentials, works),
            credentials=credentials,
            education=read_education(scanned, lexicon, nearby, newest),
            experience=experience(scanned, works, knowledge.families),
            languages=_languages(self.knowledge, skills),
        )

    def posting(self, layout: Layout, source: str, title: str) -> Posting:
        """What a job posting asks for.

        Args:
            layout: its text, laid out with the headings of postings.yaml.
            source: its path as given.
            title: the title of the job where the posting names none.
        """
        return PostingReader(self.knowledge, self.lexicon, self.repairer).read(layout, source, title)

    def name(self, layout: Layout) -> str | None:
        """The name on the first line, if that line is one: two to four words that mean nothing to the lexicon."""
        if not layout.lines or layout.lines[0].heading:
            return None
        line = layout.lines[0]
        tokens = layout.tokens
        text = layout.text[tokens.starts[line.first] : tokens.ends[line.last - 1]]
        first = text.split("\n")[0].split(",")[0].strip()
        words = first.split()
        if not 2 <= len(words) <= 4 or not all(map(_is_plain, words)):
            return None
        # What is mended on a line depends on two words behind it at most.
        stop = line.last + 2
        near = Tokens(tokens.words[:stop], tokens.starts[:stop], tokens.ends[:stop], tokens.breaks[:stop])
        found: Scan = scan(Layout(layout.text, near, (line,), (), ()), self.lexicon, self.repairer)
        limit = line.first + len(words)
        if any(hit.term.entries and hit.first < limit for sentence in found.sentences for hit in sentence.hits):
            return None
        return first


def _is_plain(word: str) -> bool:
    """Whether a word is written like one of a name: a capital letter first, and nothing but letters and joints."""
    return word[0].isupper() and word.replace("-", "").replace(".", "").replace("'", "").isalpha()


def _languages(knowledge: Knowledge, skills: dict[str, SkillFinding]) -> tuple[Language, ...]:
    return tuple(
        Language(id=skill_id, proficiency=finding.proficiency)
        for skill_id, finding in skills.items()
        if knowledge.skills[skill_id].kind == "language" and finding.proficiency
    )


def compile_matcher(knowledge: Knowledge) -> Matcher:
    """The matcher for a set of data files; costs tens of milliseconds."""
    lexicon = compile_lexicon(knowledge)
    return Matcher(knowledge, lexicon, Repairer(lexicon))
