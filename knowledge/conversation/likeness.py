"""Which act a message is likest to: a second opinion, learnt from the phrases of `conversation.yaml`.

Groups of words say what they say and nothing near it. Each phrase is written with its variants; some of the ways to
read it are learnt from, beside the questions of the programme, which are none of these acts.
"""

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.learning.classifier import softmax, train
from knowledge.learning.scores import Scores, idf_of, kept_scores
from knowledge.learning.sparse import Floats
from knowledge.learning.text_features import features, features_of, lot, whole
from knowledge.words.templates import Node, Templates

_RIDGE = 0.02
_STEPS = 15
_WAYS = 12
"""Ways to read a phrase that are learnt from, at most."""
_EVERY = 8
"""Of the questions of the programme one in so many is learnt from, beside those that were taken for an act."""
_TAKEN = 0.2
_LONG = 12
"""Words from which messages are equally long."""

_Words = Sequence[str]


class ActLikeness:
    """Learns from phrases, or takes what was learnt before from `folder`, under `name`, and keeps it there.

    `phrases`: as written, for each act; `ordinary`: messages that are none. `words`: those of a text, as read.
    """

    def __init__(
        self,
        phrases: Mapping[str, Sequence[str]],
        slots: Mapping[str, Sequence[str]],
        ordinary: Sequence[str],
        words: Callable[[str], list[str]],
        examples: Mapping[str, Sequence[str]],
        folder: Path | None = None,
        name: str = "",
    ) -> None:
        self._acts = sorted(phrases)
        self._places = {act: place for place, act in enumerate(self._acts)}

        def learn() -> Iterator[Scores]:
            templates = Templates(slots, words)
            told = [[way for one in phrases[act] for way in ways(templates.read(one))] for act in self._acts]
            for act, said in zip(self._acts, told, strict=True):
                said += [words(text) for text in examples.get(act, ())]
            yield _learnt(told, [words(text) for text in ordinary])

        (self._scores,) = kept_scores([len(self._acts) + 1], learn, folder, name)

    def of(self, typed: _Words, out: Collection[str]) -> tuple[str, float]:
        """The likeliest act but those out of place where the conversation is, and its probability among the others."""
        scores = self._scores.of(*features(_marked(typed)))
        scores[[self._places[act] for act in out if act in self._places]] = -np.inf
        chances = softmax(scores)
        best = int(chances[:-1].argmax())
        return self._acts[best], float(chances[best])


def ways(node: Node, most: int = _WAYS) -> list[list[str]]:
    """Some of the ways to read a phrase, always the same ones, each once."""
    drawn = random.Random(0)  # noqa: S311 (no secret: the same at each start)
    found = {tuple(_drawn(node, drawn)): None for _ in range(4 * most)}
    return [list(way) for way in found if way][:most]


def _drawn(node: Node, drawn: random.Random) -> list[str]:
    match node.kind:
        case "word":
            return [node.word]
        case "all":
            return [word for part in node.parts for word in _drawn(part, drawn)]
        case "one":
            return _drawn(drawn.choice(node.parts), drawn)
    return []


def _learnt(told: Sequence[Sequence[_Words]], ordinary: Sequence[_Words]) -> Scores:
    """Weights of each act and, last, of none. Of what is ordinary a few are learnt from; then what was taken too."""
    counts = features_of(map(_marked, chain(*told, ordinary)))
    idf = idf_of(counts)
    texts = counts.weighed(idf)
    labels = np.repeat(np.arange(len(told) + 1), [*map(len, told), len(ordinary)])
    others = np.arange(texts.height - len(ordinary), texts.height)

    def trained(is_chosen: "NDArray[np.bool_]") -> Floats:
        chosen = np.flatnonzero(is_chosen)
        return train(texts.chosen(chosen), labels[chosen], len(told) + 1, _RIDGE, _STEPS)

    is_chosen = np.ones(texts.height, np.bool_)
    is_chosen[others] = False
    drawn = [lot(" ".join(said)) % _EVERY == 0 for said in ordinary]
    is_chosen[others[drawn]] = True
    chances = softmax(texts.chosen(others).dot(trained(is_chosen)))
    is_chosen[others[chances[:, -1] < 1 - _TAKEN]] = True
    return Scores.learnt(idf, trained(is_chosen))


def _marked(typed: _Words) -> list[str]:
    """A message is known by its words, its first and last ones, and how long it is."""
    return [*whole(typed), f"#{min(len(typed), _LONG)}"]
