"""Dialogues of authors who know neither rules nor phrasings: how many turns go well, and what ranking fits them.

`python -m tests.benchmarks.dialogues` scores them with the real handlers; `--fit` prints weights for
`knowledge/conversation/ranking.py`, and how often the right entry comes first for an author who was left out.
"""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml

from bot.commands.setup import paris_today
from bot.running import open_assistant
from bot.settings import Settings
from bot.team.dialogues import FOLDER as CONVERSATIONS
from bot.team.dialogues import Dialogue, TurnOutcome, hold, scored
from handlers.shared.hearing import Hearing
from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.conversation.frame import Frame
from knowledge.conversation.ranking import WEIGHTS, Placed
from knowledge.learning.classifier import softmax
from knowledge.learning.sparse import Floats
from knowledge.loading import load

FOLDER = Path(__file__).parent / "dialogues"

_RIDGE, _STEPS, _RATE = 1.0, 250, 0.08


@dataclass
class Tried:
    """A turn placed in its conversation: the reasons of each entry, and which of them are right."""

    author: str
    reasons: Floats
    right: Floats


def read(folder: Path = FOLDER) -> Iterator[tuple[str, Dialogue]]:
    """Each dialogue, with its author; those of the content too."""
    for path in sorted([*folder.glob("*.yaml"), *(PACKAGED / CONVERSATIONS).glob("*.yaml")]):
        for row in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader):
            yield path.stem, Dialogue.model_validate(row)


async def held(content: Content, dialogues: list[tuple[str, Dialogue]]) -> tuple[list[TurnOutcome], list[Tried]]:
    """What became of each turn, and how those that follow an answer were placed."""
    outcomes: list[TurnOutcome] = []
    tried: list[Tried] = []
    with TemporaryDirectory(prefix="tevo-") as data:
        async with open_assistant(Settings(data=Path(data)), content, paris_today) as ready:
            hearing: Hearing = ready.dispatcher["hearing"]
            placed = _Noted(hearing)
            for author, dialogue in dialogues:
                placed.seen.clear()
                told = await hold(dialogue, ready.dispatcher)
                outcomes += told
                tried += _tried(author, told, placed.seen, hearing)
    return outcomes, tried


class _Noted:
    """Notes the messages that are placed in their conversation."""

    def __init__(self, hearing: Hearing) -> None:
        self.seen: dict[str, tuple[Placed, Frame]] = {}
        self._ranked = hearing.ranking.ranked
        hearing.ranking.ranked = self._note  # type: ignore[method-assign]

    def _note(self, message: Placed, frame: Frame) -> list[tuple[str, float]]:
        self.seen[message.said] = (message, frame)
        return self._ranked(message, frame)


def _tried(
    author: str, told: list[TurnOutcome], seen: dict[str, tuple[Placed, Frame]], hearing: Hearing
) -> Iterator[Tried]:
    topics = list(hearing.replies.content.topics)
    for outcome in told:
        wanted = outcome.turn.want
        placed = seen.get(outcome.turn.say or "")
        is_asked = outcome.turn.sort in ("question", "follow-up") and not (wanted.screen or wanted.kind)
        if placed and is_asked and wanted.topics:
            right = np.array([topic in wanted.topics for topic in topics], np.float32)
            yield Tried(author, hearing.ranking.reasons(*placed), right)


def fitted(tried: list[Tried]) -> Floats:
    """Weights of the reasons under which the right entries are likeliest: a conditional logit, by Adam."""
    reasons, right = np.stack([one.reasons for one in tried]), np.stack([one.right for one in tried])
    weights = np.zeros(len(WEIGHTS), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        chances = softmax(reasons @ weights)
        wanted = chances * right
        wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-9)
        slope = (_RIDGE * weights + np.einsum("nij,ni->j", reasons, chances - wanted)) / len(tried)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def first(tried: list[Tried], weights: Floats) -> int:
    """Of how many turns the entry ranked first is right."""
    return sum(bool(one.right[int((one.reasons @ weights).argmax())]) for one in tried)


def _main() -> None:
    outcomes, tried = asyncio.run(held(load(PACKAGED), list(read())))
    print("\n".join(scored(outcomes)))
    if "--fit" in sys.argv:
        for author in sorted({one.author for one in tried}):
            left = [one for one in tried if one.author == author]
            weights = fitted([one for one in tried if one.author != author])
            print(f"author {author} left out: {first(left, weights)} of {len(left)} first")
        print({name: round(float(value), 2) for name, value in zip(WEIGHTS, fitted(tried), strict=True)})


if __name__ == "__main__":
    _main()
