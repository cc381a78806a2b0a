"""Every statement of the content with its sources, for somebody to tick: a list in Markdown, kept complete."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.content.models import Content, Topic
from knowledge.words.errors import explain
from knowledge.words.markup import parse, plain_text

_SENTENCE = re.compile(r"(?<=[.!?…;])\s+|\n+")
_WORD = re.compile(r"\w{2,}")
_TICKED = "- [x] "
_OPEN = "- [ ] "


@dataclass(frozen=True)
class Statement:
    """A sentence that people may read, and the sources that it rests on. `where`: the entry, fact, date, criterion."""

    where: str
    text: str
    sources: tuple[str, ...]


def statements(content: Content) -> Iterator[Statement]:
    """All of them: of the entries that cite a source, of facts, dates and criteria."""
    for topic in content.topics.values():
        yield from _of_topic(topic)
    for fact in content.facts.values():
        yield from (Statement(fact.id, f"{fact.label} : {v.says}", (v.source,)) for v in fact.versions)
    titles = {milestone.id: call.title for call in content.calls for milestone in call.milestones}
    for milestone in content.milestones.values():
        said = f"{titles.get(milestone.id, '')} {milestone.label} : {milestone.as_written or milestone.date}".strip()
        yield Statement(milestone.id, said, (milestone.source,))
    for criterion in content.form.criteria if content.form else ():
        said = f"« {criterion.quote} »" if criterion.quote else str(criterion.says)
        yield Statement(criterion.id, said, (criterion.source,))


def _of_topic(topic: Topic) -> Iterator[Statement]:
    """Sentence by sentence; what the assistant says of itself has no source, and is not listed."""
    if not topic.sources:
        return
    told = [(text, topic.sources) for text in topic.texts]
    told += [(point.says, point.sources or topic.sources) for point in topic.points]
    for text, sources in told:
        for sentence in _SENTENCE.split(plain_text(parse(text))):
            if _WORD.search(sentence):
                yield Statement(topic.id, sentence.strip(" •\n"), sources)


def written(content: Content, before: str = "") -> str:
    """The list in Markdown. What was ticked in the list `before`, and says the same since, stays ticked."""
    ticked = {line.removeprefix(_TICKED) for line in before.splitlines() if line.startswith(_TICKED)}
    lines = [explain("list_title"), "", explain("list_intro")]
    where = ""
    for statement in statements(content):
        if statement.where != where:
            where = statement.where
            lines += ["", f"## {where}", ""]
        names = ", ".join(content.sources[source].name for source in statement.sources)
        line = f"{statement.text} — {names}"
        lines.append(f"{_TICKED if line in ticked else _OPEN}{line}")
    lines += ["", explain("list_sources"), ""]
    lines += [f"- {source.linked}" for source in content.sources.values()]
    return "\n".join(lines) + "\n"
