"""Labelled messages name entries that exist: one that names a retired entry would measure nothing."""

from collections.abc import Iterator
from typing import Any

from knowledge.content.models import OFF_TOPIC
from knowledge.words.errors import Problem
from knowledge.words.meant import Called, unknown
from knowledge.words.yaml_file import KeyPath, YamlFile

_LABELS = ("topics", "accept")


def check_examples(file: YamlFile, topics: Called) -> Iterator[Problem]:
    """Every label of a file of `examples/` that names no entry; files with other labels have none of these keys."""
    items = file.data if isinstance(file.data, list) else []
    placed: list[tuple[KeyPath, Any]] = [((n,), item) for n, item in enumerate(items)]
    for n, item in enumerate(items):  # a conversation, turn by turn
        turns = item.get("turns", []) if isinstance(item, dict) else []
        placed += [((n, "turns", k, "want"), turn.get("want")) for k, turn in enumerate(turns)]
    for place, item in placed:
        labels = {key: item.get(key) or [] for key in _LABELS} if isinstance(item, dict) else {}
        for key, names in labels.items():
            for m, name in enumerate(names if isinstance(names, list) else [names]):
                if name not in topics and name != OFF_TOPIC:
                    yield unknown(file, (*place, key, m), "example_unknown_topic", str(name), topics)
