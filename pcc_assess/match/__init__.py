"""From the layout of a text to a profile: what the person brings, each finding with its quote."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pcc_assess.knowledge import Knowledge
from pcc_assess.match.credentials import read_credentials
from pcc_assess.match.lexicon import Lexicon, compile_lexicon
from pcc_assess.match.names import find_name, without_name
from pcc_assess.match.nearby import Nearby
from pcc_assess.match.posting import PostingReader
from pcc_assess.match.scan import scan
from pcc_assess.match.schooling import read_education
from pcc_assess.match.skills import SkillReader, findings
from pcc_assess.match.transfers import read_transfers
from pcc_assess.match.typos import Repairer
from pcc_assess.match.work import experience, read_work
from pcc_assess.model import Language, Layout, Posting, Profile, SkillFinding

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
        name = find_name(layout, lexicon, knowledge)
        layout = replace(layout, tokens=without_name(layout, name))
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
        """The person's name on the first line, if one stands there."""
        place = find_name(layout, self.lexicon, self.knowledge)
        if place is None:
            return None
        tokens = layout.tokens
        return " ".join(layout.text[tokens.starts[place[0]] : tokens.ends[place[1] - 1]].split())


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
