"""What a content made of labelled messages, kept between two runs: only the side that changed is asked again."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.private_files import replace_private
from bot.team.evaluation import Evaluated
from bot.team.labelled import Labelled
from knowledge.content.models import Content
from knowledge.learning.kept import engine_version

_KEPT = 6  # files: an editor compares with the same content again and again
_TEXTS = (
    "answer",
    "button",
    "checked_on",
    "details",
    "once_old",
    "own",
    "perishable",
    "review_by",
    "simple",
    "sources",
)
SHOWN: Any = dict.fromkeys(_TEXTS, True) | {"points": {"__all__": {"button", "known", "says", "sources"}}}
"""Of an entry, what people read and no question finds its entry by."""

Beliefs = dict[str, tuple[str, float]]
"""By phrasing: the topic that a model takes it for, and how probable it finds that."""


@dataclass(frozen=True)
class Evaluation:
    """What a content made of messages, and what its model believes of its own phrasings."""

    told: list[Evaluated]
    beliefs: Beliefs


def reading_of(content: Content) -> str:
    """A name for all that questions are read by: an answer put in other words leaves it as it was."""
    entries: Any = {"__all__": SHOWN}
    themes = {"__all__": {"topics": entries}}
    left_out = {"version": True, "sources": True, "facts": True, "topics": entries, "themes": themes}
    return hashlib.sha256(content.model_dump_json(exclude=left_out).encode()).hexdigest()


class AskedBefore:
    """A folder of what was asked; None: nothing is kept."""

    def __init__(self, models: Path | None) -> None:
        self._folder = models / "asked" if models else None

    def asked(
        self, content: Content, items: Sequence[Labelled], today: date, ask: Callable[[], Evaluation]
    ) -> Evaluation:
        """What was kept of these messages, of this reading and this code, on this day; or else what `ask` finds."""
        if self._folder is None:
            return ask()
        named = [reading_of(content), engine_version(), today.isoformat(), *map(repr, items)]
        path = self._folder / f"{_digest(named)}.json"
        if (kept := _read(path, items)) is not None:
            return kept
        found = ask()
        _write(path, found)
        return found


def _digest(named: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def _read(path: Path, items: Sequence[Labelled]) -> Evaluation | None:
    try:
        kept = json.loads(path.read_text("utf-8"))
        told = [
            Evaluated(item, row["kind"], tuple(row["answered"]), tuple(row["offered"]))
            for item, row in zip(items, kept["told"], strict=True)
        ]
        return Evaluation(told, {phrase: (topic, share) for phrase, (topic, share) in kept["beliefs"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(path: Path, found: Evaluation) -> None:
    """Where nothing can be written, nothing is."""
    rows = [{"kind": one.kind, "answered": one.answered, "offered": one.offered} for one in found.told]
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_private(path, json.dumps({"told": rows, "beliefs": found.beliefs}, ensure_ascii=False).encode())
        files = sorted(path.parent.glob("*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in files[_KEPT:]:
            old.unlink(missing_ok=True)
