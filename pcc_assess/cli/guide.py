"""``pcc-assess guide``: what the career guide says, by topic or by what is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pcc_assess.cli.options import (
    ENGLISH,
    AccessibleOption,
    Format,
    LanguageOption,
    OutputOption,
    Written,
    WrittenOption,
    emit,
    look_of,
)
from pcc_assess.errors import UsageError, printable

if TYPE_CHECKING:
    from pcc_assess.knowledge import Knowledge
    from pcc_assess.model import GuideAnswer

EXAMPLE = 'Example: pcc-assess guide pay; pcc-assess guide "night shifts"'
_NEAR = 3


def guide(
    topic: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TOPIC]", help="A topic, or words to look for. Without it: all topics."),
    ] = None,
    *,
    format_: WrittenOption = Written.TEXT,
    output: OutputOption = None,
    accessible: AccessibleOption = False,
    language: LanguageOption = ENGLISH,
) -> None:
    """Read about the job: duties, pay, school, the market, and where the career guide contradicts itself."""
    from pcc_assess import catalog, renderers

    knowledge = catalog.load(language=language)
    answer = _answer(" ".join(topic or []).strip(), knowledge)
    text = renderers.GUIDE[format_.value](answer, knowledge.texts, look_of(output, accessible=accessible))
    emit(text, output, Format(format_.value))


def _answer(query: str, knowledge: Knowledge) -> GuideAnswer:
    """The list of topics, one topic, or the parts of topics that a search finds.

    Raises:
        UsageError: the guide has nothing on it.
    """
    from pcc_assess.match.search import near, search, telling_words, whole_topic
    from pcc_assess.model import GuideAnswer, GuideFound

    topics = knowledge.guide
    language = knowledge.texts.language
    if not query:
        ordered = tuple(sorted(topics.values(), key=lambda item: item.place))
        return GuideAnswer(language=language, query="", kind="topics", topics=ordered)
    for name in ("-".join(query.lower().split()), "-".join(telling_words(query, knowledge.policy.search))):
        if name in topics:
            return GuideAnswer(language=language, query=query, kind="topic", topics=(topics[name],))
    hits = search(query, topics, knowledge.policy.search)
    whole = whole_topic(hits)
    if whole is not None:
        return GuideAnswer(language=language, query=query, kind="topic", topics=(whole,))
    found = tuple(
        GuideFound(topic=hit.topic.id, title=hit.topic.title, part=hit.part) for hit in hits if hit.part is not None
    )
    if not found:
        close = ", ".join(near(query, topics, _NEAR))
        hint = knowledge.texts.say("guide.near", topics=close)
        raise UsageError(knowledge.texts.say("guide.nothing", query=printable(query)[:100]), hint=hint)
    return GuideAnswer(language=language, query=query, kind="found", found=found[: knowledge.policy.search.most])
