"""Labelled messages name entries that exist: one that names a retired entry would measure nothing."""

from collections.abc import Collection, Iterator
from typing import Any

from knowledge.content.models import OFF_TOPIC
from knowledge.words.errors import Problem
from knowledge.words.meant import Called, nearest, unknown
from knowledge.words.yaml_file import KeyPath, YamlFile

_LABELS = ("topics", "accept")
_KEYS = frozenset({"q", "topics", "accept", "style", "say", "family", "id", "kind", "turns"})
_TURN_KEYS = frozenset({"say", "press", "edit", "want", "sort", "known"})
_WANTED_KEYS = frozenset({"topics", "not_topics", "screen", "kind", "says"})
_NO_FAMILY = "aucune"


def check_examples(file: YamlFile, topics: Called, families: Collection[str]) -> Iterator[Problem]:
    """Every label of a file of `examples/` that names no entry; files with other labels have none of these keys."""
    items = file.data if isinstance(file.data, list) else []
    placed: list[tuple[KeyPath, Any]] = [((n,), item) for n, item in enumerate(items)]
    known = [(place, item, _KEYS) for place, item in placed]
    for n, item in enumerate(items):  # a conversation, turn by turn
        turns = item.get("turns", []) if isinstance(item, dict) else []
        known += [((n, "turns", k), turn, _TURN_KEYS) for k, turn in enumerate(turns)]
        wanted = [((n, "turns", k, "want"), turn.get("want")) for k, turn in enumerate(turns)]
        known += [(place, want, _WANTED_KEYS) for place, want in wanted]
        placed += wanted
    for place, item, keys in known:
        yield from _misspelt(file, place, item, keys)
        if isinstance(item, dict) and item.get("family", _NO_FAMILY) not in (_NO_FAMILY, *families):
            yield unknown(file, (*place, "family"), "example_unknown_family", str(item["family"]), families)
    for place, item in placed:
        labels = {key: item.get(key) or [] for key in _LABELS} if isinstance(item, dict) else {}
        for key, names in labels.items():
            for m, name in enumerate(names if isinstance(names, list) else [names]):
                if name not in topics and name != OFF_TOPIC:
                    yield unknown(file, (*place, key, m), "example_unknown_topic", str(name), topics)


def _misspelt(file: YamlFile, place: KeyPath, item: Any, known: Collection[str]) -> Iterator[Problem]:
    """Keys that are nearly one that is read here; others are the author's own."""
    for key in item if isinstance(item, dict) else ():
        if key not in known and (meant := nearest(str(key), known)):
            yield file.problem((*place, key), "example_unknown_key", name=key, meant=meant)
