"""What is learnt from the phrases of a content package: words, weights, postings. Numbers, which can be kept.

Training takes some seconds (measured: docs/measurements.md), reading what was kept a few hundredths of one. What is
kept is only ever a copy: without it, or when it cannot be read, one trains again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.content.models import OFF_TOPIC, Content, Glossary
from knowledge.learning.classifier import train
from knowledge.learning.kept import Arrays, is_index, keep_arrays, kept_arrays
from knowledge.learning.scores import rarity
from knowledge.learning.sparse import Floats, Ints, Sparse
from knowledge.understanding.features import SIZE, features
from knowledge.understanding.lexicon import Lexicon, Vocabulary, spelled_out, vocabulary

ACRONYMS = "sigles"
"""The entry that explains the acronyms without an entry of their own."""


@dataclass(frozen=True)
class Model:
    """The words that are known, their IDF, the weights of each topic, the postings of each feature.

    Most places that a feature is hashed into stay empty: `rows` gives the row of `weights` for each place, the
    first one, all zeros, for the empty ones. The postings of a place stand from `starts[place]` to
    `starts[place + 1]`: in which `phrases` the feature is, and its share of each.
    """

    vocabulary: Vocabulary
    idf: Floats
    rows: Ints
    weights: Floats
    starts: Ints
    shares: Floats
    phrases: NDArray[np.unsignedinteger]


_ARRAYS = tuple(field.name for field in fields(Model) if field.name != "vocabulary")


def labelled(content: Content) -> list[tuple[str, str]]:
    """Every phrase that one may learn from, and its topic."""
    pairs = [(phrase, topic.id) for topic in content.topics.values() for phrase in (*topic.phrasings, topic.title)]
    pairs += _asked_acronyms(content)
    near = [(phrase, OFF_TOPIC) for miss in content.glossary.near_misses for phrase in miss.phrases]
    return [*pairs, *near, *((phrase, OFF_TOPIC) for phrase in content.off_topic)]


def _asked_acronyms(content: Content) -> list[tuple[str, str]]:
    """Every acronym asked in every usual way: it leads to its own entry, or to the list of acronyms."""
    known = [(acronym, acronym.topic or ACRONYMS) for acronym in content.glossary.acronyms]
    return [
        (question.format(acronym=acronym.acronym), topic)
        for acronym, topic in known
        for question in content.glossary.acronym_questions
        if topic in content.topics
    ]


def learn(
    glossary: Glossary, phrases: Sequence[str], labels: Sequence[int], topics: int, ridge: float, steps: int
) -> Model:
    """Train on these phrases; `labels`: the place of each one's topic among `topics`."""
    typed = spelled_out(glossary, phrases)
    known = vocabulary(glossary, typed)
    lexicon = Lexicon(glossary, known)
    counts = Sparse.of((features(lexicon, phrase) for phrase in typed), SIZE)
    idf = rarity(counts.columns, counts.height, SIZE).astype(np.float32)
    matrix = counts.weighed(idf)
    weights = train(matrix, np.array(labels), topics, ridge, steps)
    rows, weights = _packed(weights)
    postings = matrix.transposed()
    starts = np.searchsorted(postings.rows, np.arange(SIZE + 1)).astype(np.int32)
    within = postings.columns.astype(np.min_scalar_type(len(typed)))
    return Model(known, idf, rows, weights, starts, postings.values, within)


def _packed(weights: Floats) -> tuple[Ints, Floats]:
    """The row of each place, and the rows that hold something, after one of zeros for all the others."""
    used = np.flatnonzero(weights.any(axis=1))
    rows = np.zeros(len(weights), np.int32)
    rows[used] = np.arange(1, len(used) + 1)
    return rows, np.concatenate([np.zeros_like(weights[:1]), weights[used]])


def kept(folder: Path, name: str, phrases: int, topics: int) -> Model | None:
    """The model of so many phrases and topics kept under this name, None without one that is as it was written."""
    arrays = kept_arrays(folder, name, partial(_are_sound, phrases=phrases, topics=topics))
    if arrays is None:
        return None
    words, sounds = (bytes(arrays[key]).decode("utf-8", "replace").split("\n") for key in ("words", "sounds"))
    return Model(Vocabulary(tuple(words), tuple(sounds)), *(arrays[key] for key in _ARRAYS))


def _are_sound(arrays: Arrays, phrases: int, topics: int) -> bool:
    """Whether no number in it leads beyond what it counts. Raises KeyError when one is missing."""
    starts, weights, postings = arrays["starts"], arrays["weights"], len(arrays["shares"])
    return (
        weights.ndim == 2
        and weights.shape[1] == topics
        and arrays["idf"].shape == (SIZE,)
        and is_index(arrays["rows"], SIZE, len(weights))
        and is_index(starts, SIZE + 1, postings + 1)
        and bool((starts[1:] >= starts[:-1]).all())
        and is_index(arrays["phrases"], postings, phrases)
        and {arrays[name].dtype.kind for name in ("idf", "weights", "shares")} == {"f"}
        and {arrays[name].dtype for name in ("words", "sounds")} == {np.dtype(np.uint8)}
    )


def keep(model: Model, folder: Path, name: str) -> None:
    """Keep a model under this name, and the latest others. Where nothing can be written, nothing is."""
    arrays = {key: getattr(model, key) for key in _ARRAYS}  # the widest numbers first: all stay aligned
    arrays |= {"words": _bytes(model.vocabulary.words), "sounds": _bytes(model.vocabulary.sounds)}
    keep_arrays(arrays, folder, name)


def _bytes(lines: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)
