"""One job posting beside the role in general: the two scores, and what this employer adds, raises, lowers and drops."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pcc_assess.knowledge import Importance
from pcc_assess.model import Assessment, Difference, PostingMatch
from pcc_assess.outlets import markdown
from pcc_assess.renderers.summary import whole
from pcc_assess.texts import Texts

_MOST_UNREAD = 8


def posting(record: Assessment, texts: Texts) -> list[str]:
    """Lines of text; those that go into detail begin with spaces. Empty without a posting."""
    match = record.posting
    return (
        [] if match is None else [*_numbers(record, match, texts), *_differences(match, texts), *_unread(match, texts)]
    )


def posting_markdown(record: Assessment, texts: Texts) -> str:
    """The same as a part of a Markdown document; what stands in the posting is no markup."""
    heading, *rest = posting(record, texts)
    rows = [f"## {markdown(heading)}"]
    for line in rest:
        inner = line.startswith(" ")
        if not (inner and rows[-1].startswith("- ")):
            rows.append("")
        rows.append(f"- {markdown(line)}" if inner else markdown(line))
    return "\n".join(rows) + "\n"


def _numbers(record: Assessment, match: PostingMatch, texts: Texts) -> Iterator[str]:
    ready = record.readiness
    yield texts.say("posting.heading", title=match.title)
    yield texts.say("posting.here", score=whole(ready.score), possible=whole(ready.possible))
    yield texts.say("posting.general", score=whole(match.score), possible=whole(match.possible))
    if match.few:
        yield texts.say("posting.few")


def _differences(match: PostingMatch, texts: Texts) -> Iterator[str]:
    if not match.differences:
        yield texts.say("posting.none")
    for kind, group in groupby(match.differences, key=lambda item: item.kind):
        yield texts.say(f"posting.kind.{kind}")
        if kind == "drops":
            yield "  " + ", ".join(item.name for item in group)
            continue
        for item in group:
            yield "  " + _change(item, texts)
            yield "    " + item.why


def _change(item: Difference, texts: Texts) -> str:
    after = _ask(item.after, item.measure, texts)
    if item.before is None:
        return texts.say("posting.added", name=item.name, after=after)
    return texts.say("posting.changed", name=item.name, after=after, before=_ask(item.before, item.measure, texts))


def _ask(asked: tuple[Importance, int | float | str | None] | None, measure: str, texts: Texts) -> str:
    if asked is None:
        return ""
    importance, amount = asked
    said = texts.say(f"score.importance.{importance}")
    if amount is None:
        return said
    return texts.say("posting.ask", importance=said, amount=_amount(amount, measure, texts))


def _amount(amount: float | str, measure: str, texts: Texts) -> str:
    if isinstance(amount, str):
        return texts.named(f"score.school.{amount}", amount)
    if measure == "proficiency":
        return texts.say("posting.ask-proficiency", amount=int(amount))
    return texts.count("posting.ask-years", amount)


def _unread(match: PostingMatch, texts: Texts) -> Iterator[str]:
    if match.unread:
        yield texts.say("posting.unread")
        yield from (f'  "{line}"' for line in match.unread[:_MOST_UNREAD])
        if len(match.unread) > _MOST_UNREAD:
            yield "  " + texts.say("posting.more", count=len(match.unread) - _MOST_UNREAD)
