"""What people read otherwise in one content than in another: which entries, which texts, which lines, which words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from knowledge.content.models import Content, Topic
from knowledge.rendering import Renderer
from knowledge.understanding.decision import Answer
from knowledge.words.markup import plain_text

_PIECE = re.compile(r"\n+|[^ \n]+")
"""A word, or the end of a line."""


@dataclass(frozen=True)
class EntryChange:
    """An entry that is not read as it was: `new`, `gone` or `changed`; its texts that differ, before and after."""

    id: str
    title: str
    what: str
    texts: list[tuple[str, str]]

    @property
    def words(self) -> list[list[tuple[str, str]]]:
        """Of each text, what stays, what goes and what comes, word by word."""
        return [list(reworded(before, after)) for before, after in self.texts]

    @property
    def lines(self) -> Iterator[tuple[str, str]]:
        """The lines that go and those that come, in order: `gone` or `new`, and the line."""
        for before, after in self.texts:
            both = ([line for line in text.split("\n") if line.strip()] for text in (before, after))
            yield from ((what, line) for what, lines in _changes(*both) for line in lines if what != "same")


def rewritten(before: Content, after: Content, today: date) -> list[EntryChange]:
    """The entries that people read differently that day, by id; a fact or a date may be what changed."""
    old, new = (_texts_of(content, today) for content in (before, after))
    found = []
    for name in sorted(old.keys() | new.keys()):
        was, is_now = old.get(name, {}), new.get(name, {})
        texts = [(was.get(key, ""), is_now.get(key, "")) for key in was | is_now if was.get(key) != is_now.get(key)]
        if texts:
            what = "changed" if was and is_now else "new" if is_now else "gone"
            title = (after if is_now else before).topics[name].title
            found.append(EntryChange(name, title, what, texts))
    return found


def reworded(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Pieces of both, in order: `same`, `gone` or `new`, and the text."""
    for what, words in _changes(_PIECE.findall(before), _PIECE.findall(after)):
        yield what, " ".join(words)


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str]]]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", old[a:b]
        if what in ("replace", "delete"):
            yield "gone", old[a:b]
        if what in ("replace", "insert"):
            yield "new", new[c:d]


def _texts_of(content: Content, today: date) -> dict[str, dict[str, str]]:
    renderer = Renderer(content, lambda: today)
    return {topic.id: _texts(content, renderer, topic) for topic in content.topics.values()}


def _texts(content: Content, renderer: Renderer, topic: Topic) -> dict[str, str]:
    """All that an entry says, each text under a name that tells it from the others."""
    told = {"": renderer.answer(topic)}
    if topic.details:
        told["details"] = renderer.details(topic)
    if topic.simple:
        told["simple"] = renderer.text(topic.simple)
    told |= {f".{one.id}": renderer.reply(Answer(topic.id, 1, point=one.id)) for one in topic.points}
    buttons = " | ".join([topic.button, *(content.topics[name].button for name in topic.related)])
    return {"buttons": buttons, **{name: plain_text(text) for name, text in told.items()}}
