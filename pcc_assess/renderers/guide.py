"""The career guide as a sheet: the list of topics, one topic, or what a search found."""

from __future__ import annotations

from collections.abc import Iterator

from pcc_assess.knowledge import GuidePart, GuideTopic
from pcc_assess.model import GuideAnswer
from pcc_assess.renderers.sheets import Block, Command, Head, Item, Para, Table
from pcc_assess.texts import Texts

_ENGLISH = "en"


def guide(record: GuideAnswer, texts: Texts) -> Iterator[Block]:
    """The blocks of an answer."""
    if record.kind == "topics":
        yield from _topics(record, texts)
    elif record.kind == "topic":
        yield from _topic(record.topics[0], texts)
    else:
        yield from _found(record, texts)


def _topics(record: GuideAnswer, texts: Texts) -> Iterator[Block]:
    yield Head(texts.say("guide.title"), 1)
    yield Para(texts.say("guide.about"))
    yield from (Item(f"{topic.id}: {topic.title}") for topic in record.topics)
    yield Head(texts.say("guide.after"))
    yield Para(texts.say("guide.read-one"))
    yield Command(_command("pcc-assess guide pay", texts))
    yield Para(texts.say("guide.search"))
    yield Command(_command('pcc-assess guide "weekend shifts"', texts))


def _topic(topic: GuideTopic, texts: Texts) -> Iterator[Block]:
    yield Head(topic.title, 1)
    yield Para(topic.summary)
    for part in topic.parts:
        yield from _part(part, texts, part.title)
    if topic.contradictions:
        yield Head(texts.say("guide.contradictions"))
        yield from (Item(text, sign="!") for text in topic.contradictions)
    yield Head(texts.say("guide.after"))
    yield Para(topic.next_step)
    yield Command(_command(topic.command, texts))


def _part(part: GuidePart, texts: Texts, title: str) -> Iterator[Block]:
    yield Head(title)
    if part.text:
        yield Para(part.text)
    yield from (Item(point) for point in part.points)
    if part.table is not None:
        yield Table(part.table.columns, tuple(part.table.rows.values()))
    key = "guide.source-dated" if part.as_of else "guide.source"
    yield Para(texts.say(key, source=part.source, day=part.as_of))


def _found(record: GuideAnswer, texts: Texts) -> Iterator[Block]:
    yield Head(texts.say("guide.found", query=record.query), 1)
    for found in record.found:
        yield from _part(found.part, texts, texts.say("guide.place", topic=found.title, part=found.part.title))
    yield Head(texts.say("guide.after"))
    yield Para(texts.say("guide.whole-topic"))
    for topic in dict.fromkeys(found.topic for found in record.found):
        yield Command(_command(f"pcc-assess guide {topic}", texts))


def _command(command: str, texts: Texts) -> str:
    """A command that goes on in the language of the reader."""
    return command if texts.language == _ENGLISH else f"{command} --lang {texts.language}"
