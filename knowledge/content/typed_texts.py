"""What people who are well type to us, word for word, as far as the content knows: labels, turns, phrasings."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from knowledge.content.models import Content

_LABELS = ("label", "button", "title", "examples", "other")
"""Fields whose texts are on buttons, or are examples of what is typed; of those that end so, too: `undo_button`."""
_PHRASINGS = 6_000
"""Phrasings at most, spread over the content: enough to tell what people write about. As many however the content
grows, so that what is learnt beside them weighs the same."""


def typed_texts(content: Content) -> list[str]:
    """Every label, example and turn of a conversation, and some of the phrasings, each once; nothing about distress."""
    phrasings = [*(phrase for topic in content.topics.values() for phrase in topic.phrasings), *content.off_topic]
    some = min(_PHRASINGS, len(phrasings))
    spread = [phrasings[n * len(phrasings) // some] for n in range(some)]
    labels = _labels(content.model_dump(exclude={"distress", "themes", "sources"}), "")
    turns = content.conversation_examples
    said = chain(turns.ordinary, *turns.acts.values(), *turns.follow_ups.values())
    return list(dict.fromkeys([*labels, *said, *spread]))


def _labels(part: object, field: str) -> Iterator[str]:
    if isinstance(part, str):
        if field.endswith(_LABELS):
            yield part
    elif isinstance(part, Mapping):
        for name, inner in part.items():
            yield from _labels(inner, str(name))
    elif isinstance(part, Iterable):
        for inner in part:
            yield from _labels(inner, field)
