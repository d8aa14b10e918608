"""Looking something up in the career guide: words as a person types them, with slips, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

from pcc_assess.knowledge import GuidePart, GuideTopic, SearchRules
from pcc_assess.tokens import fold_phrase


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the guide that holds what was asked. ``part`` None: the topic as a whole, by its title or words."""

    topic: GuideTopic
    part: GuidePart | None
    score: float


def search(query: str, topics: Mapping[str, GuideTopic], rules: SearchRules) -> list[Hit]:
    """Where the guide speaks of ``query``, the best place first; empty where nowhere.

    A rare word weighs more than one that stands everywhere, and a word of a topic's title or search words more than one
    in its text. A word that the guide does not know at all is passed over where it knows another one, and so are the
    words that every question is made of.
    """
    places = list(_places(topics))
    asked = telling_words(query, rules)
    likeness = [{word: _best(word, words, rules) for word in asked} for _, _, words in places]
    held = {word: sum(like[word] > 0 for like in likeness) for word in asked}
    rarity = {word: log(1 + len(places) / number) for word, number in held.items() if number}
    least = rules.share * sum(rarity.values())
    hits = []
    for (topic, part, _), like in zip(places, likeness, strict=True):
        found = sum(weight * like[word] for word, weight in rarity.items())
        if found and found >= least:
            hits.append(Hit(topic, part, round(found * (rules.title if part is None else 1), 4)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.topic.place, hit.part.id if hit.part else ""))


def whole_topic(hits: list[Hit]) -> GuideTopic | None:
    """The topic that a search is about as a whole; None where it fits several topics as well, or only parts of some.

    Where several topics fit as well and none of their parts holds the words, it is the first of them.
    """
    if not hits or hits[0].part is not None:
        return None
    alone = len(hits) == 1 or hits[1].part is not None or hits[1].score < hits[0].score
    return hits[0].topic if alone or all(hit.part is None for hit in hits) else None


def near(query: str, topics: Mapping[str, GuideTopic], most: int) -> list[str]:
    """The ids of topics whose id or title is most like what was asked, for a search that found nothing."""
    from rapidfuzz import fuzz

    folded = " ".join(fold_phrase(query))
    names = {
        topic.id: [topic.id.replace("-", " "), *fold_phrase(f"{topic.title} {topic.words}")]
        for topic in topics.values()
    }
    like = {name: max(fuzz.ratio(folded, word) for word in words) for name, words in names.items()}
    return sorted(like, key=lambda name: (-like[name], name))[:most]


def _places(topics: Mapping[str, GuideTopic]) -> Iterator[tuple[GuideTopic, GuidePart | None, frozenset[str]]]:
    """Each topic by its title and search words, then each of its parts, with the words that stand there."""
    for topic in topics.values():
        yield topic, None, _words((topic.id.replace("-", " "), topic.title, topic.words))
        for part in topic.parts:
            cells = [cell for row in part.table.rows.values() for cell in row] if part.table else []
            yield topic, part, _words((part.title, part.text, *part.points, *cells))


def telling_words(query: str, rules: SearchRules) -> list[str]:
    """The different words that say what a question is about, folded; all of them where none does."""
    asked = list(dict.fromkeys(fold_phrase(query)))
    return [word for word in asked if word not in rules.filler] or asked


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in fold_phrase(text))


def _best(asked: str, words: frozenset[str], rules: SearchRules) -> float:
    """How well ``asked`` stands among words, 0 to 1: itself, another form of it, or a slip of it."""
    if asked in words:
        return 1.0
    if len(asked) < rules.shortest:
        return rules.form if f"{asked}s" in words or asked.removesuffix("s") in words else 0.0
    if any(word[: rules.stem] == asked[: rules.stem] and _forms(word, asked, rules.ending) for word in words):
        return rules.form
    from rapidfuzz import fuzz

    found = max((fuzz.ratio(asked, word, score_cutoff=rules.alike) for word in words), default=0.0)
    return found / 100 * rules.form if found >= rules.alike else 0.0


def _forms(one: str, other: str, ending: int) -> bool:
    """Whether two words that begin alike may be forms of one: the shorter one is nearly all of the longer."""
    short, long = sorted((one, other), key=len)
    common = next((at for at, (left, right) in enumerate(zip(short, long, strict=False)) if left != right), len(short))
    return common >= len(short) - 1 and len(long) - common <= ending
