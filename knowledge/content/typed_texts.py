"""What people who are well type to us, word for word, as far as the content knows: labels, examples, phrasings."""

from collections.abc import Iterable, Iterator, Mapping

from knowledge.content.models import Content

_LABELS = ("label", "button", "title", "examples", "other")
"""Fields whose texts are on buttons, or are examples of what is typed; of those that end so, too: `undo_button`."""
_EVERY = 2
"""Of the phrasings one in so many: enough to tell what people write about, few enough to learn from quickly."""


def typed_texts(content: Content) -> list[str]:
    """Every label and example, and some of the phrasings, each once; nothing about distress."""
    phrasings = [phrase for topic in content.topics.values() for phrase in topic.questions]
    labels = _labels(content.model_dump(exclude={"distress", "themes", "sources"}), "")
    return list(dict.fromkeys([*labels, *phrasings[::_EVERY], *content.off_topic[::_EVERY]]))


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
