"""What is learnt from the phrases of a content package: words, weights, postings. Numbers, which can be kept.

Training takes about a second for seven thousand phrases, reading what was kept a few hundredths. What is
kept is only ever a copy: without it, or when it cannot be read, one trains again.
"""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from knowledge.classifier import train
from knowledge.content import OFF_TOPIC, Content, Glossary
from knowledge.features import SIZE, features
from knowledge.lexicon import Lexicon, Vocabulary, spelled_out, vocabulary
from knowledge.sparse import Floats, Ints, Sparse

ACRONYMS = "sigles"
"""The entry that explains the acronyms without an entry of their own."""

_KEPT = 4
"""Models left in the folder: an editor goes back and forth between a few versions of the content."""


@dataclass(frozen=True)
class Model:
    """The words that are known, their IDF, the weights of each topic, the postings (features × phrases).

    Most places that a feature is hashed into stay empty: `rows` gives the row of `weights` for each place, the
    first one, all zeros, for the empty ones.
    """

    vocabulary: Vocabulary
    idf: Floats
    rows: Ints
    weights: Floats
    columns: Sparse


def labelled(content: Content) -> list[tuple[str, str]]:
    """Every phrase that one may learn from, and its topic."""
    pairs = [(phrase, topic.id) for topic in content.topics.values() for phrase in (*topic.questions, topic.title)]
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
    idf = _idf(counts)
    matrix = counts.weighed(idf)
    weights = train(matrix, labels, topics, ridge, steps)
    used = np.flatnonzero(weights.any(axis=1))
    rows = np.zeros(SIZE, np.int32)
    rows[used] = np.arange(1, len(used) + 1)
    return Model(known, idf, rows, np.concatenate([np.zeros_like(weights[:1]), weights[used]]), matrix.transposed())


def kept(folder: Path, name: str) -> Model | None:
    """The model kept under this name, None without a readable one."""
    try:
        with (folder / f"{name}.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            words, sounds = (bytes(arrays[key]).decode().split("\n") for key in ("words", "sounds"))
            columns = Sparse(arrays["places"], arrays["columns"], arrays["values"], SIZE, int(arrays["phrases"]))
            known = Vocabulary(tuple(words), tuple(sounds))
            return Model(known, arrays["idf"], arrays["rows"], arrays["weights"], columns)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def keep(model: Model, folder: Path, name: str) -> None:
    """Keep a model under this name, and the latest others. Where nothing can be written, nothing is."""
    draft = folder / f"{name}.{os.getpid()}.new"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            np.savez(
                file,
                words=_bytes(model.vocabulary.words),
                sounds=_bytes(model.vocabulary.sounds),
                idf=model.idf,
                rows=model.rows,
                weights=model.weights,
                places=model.columns.rows,
                columns=model.columns.columns,
                values=model.columns.values,
                phrases=model.columns.width,
            )
        draft.replace(folder / f"{name}.npz")  # a reader sees all of it or nothing
        latest = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in latest[_KEPT:]:
            path.unlink(missing_ok=True)


@cache
def engine_version() -> str:
    """Changes with the code and word lists that a model depends on."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.*")):
        if path.suffix in (".py", ".yaml"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _bytes(lines: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _idf(counts: Sparse) -> Floats:
    phrases = np.bincount(counts.columns, minlength=SIZE)
    return np.log((counts.height + 1) / np.maximum(phrases, 1)).astype(np.float32)
