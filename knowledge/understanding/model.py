"""What is learnt from the phrases of a content package: words, weights, postings. Numbers, which can be kept.

Training takes about a second for seven thousand phrases, reading what was kept a few hundredths. What is
kept is only ever a copy: without it, or when it cannot be read, one trains again.
"""

import contextlib
import hashlib
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from io import BufferedIOBase
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray

from knowledge.content.models import OFF_TOPIC, Content, Glossary
from knowledge.understanding.classifier import train
from knowledge.understanding.features import SIZE, features
from knowledge.understanding.lexicon import Lexicon, Vocabulary, spelled_out, vocabulary
from knowledge.understanding.sparse import Floats, Ints, Sparse

ACRONYMS = "sigles"
"""The entry that explains the acronyms without an entry of their own."""

_KEPT = 4
"""Models left in the folder: an editor goes back and forth between a few versions of the content."""

_DRAFT_SECONDS = 3600  # after which a draft is one that nobody writes any more
_CHECKSUM_BYTES = 4


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
    weights = np.concatenate([np.zeros_like(weights[:1]), weights[used]])
    postings = matrix.transposed()
    starts = np.searchsorted(postings.rows, np.arange(SIZE + 1)).astype(np.int32)
    within = postings.columns.astype(np.min_scalar_type(len(typed)))
    return Model(known, idf, rows, weights, starts, postings.values, within)


def kept(folder: Path, name: str) -> Model | None:
    """The model kept under this name, None without one that is as it was written.

    The file is mapped: only what questions touch stays in memory, and the system may take it back.
    """
    path = folder / f"{name}.npy"
    try:
        if not _is_whole(path):
            return None
        arrays = np.lib.format.open_memmap(path, mode="r").view(np.ndarray)
        words, sounds = (bytes(arrays[key]).decode().split("\n") for key in ("words", "sounds"))
        return Model(Vocabulary(tuple(words), tuple(sounds)), *(arrays[key] for key in _ARRAYS))
    except (OSError, ValueError):
        return None


def keep(model: Model, folder: Path, name: str) -> None:
    """Keep a model under this name, and the latest others. Where nothing can be written, nothing is."""
    arrays = {key: getattr(model, key) for key in _ARRAYS}  # the widest numbers first: all stay aligned
    arrays |= {"words": _bytes(model.vocabulary.words), "sounds": _bytes(model.vocabulary.sounds)}
    record = np.zeros((), [(key, array.dtype, array.shape) for key, array in arrays.items()])
    for key, array in arrays.items():
        record[key] = array
    draft = folder / f"{name}.{os.getpid()}.new"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("w+b") as file:
                np.save(file, record)
                file.write(_checksum(file, file.tell()))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(folder / f"{name}.npy")  # a reader sees all of it or nothing
        finally:
            draft.unlink(missing_ok=True)
        _forget_old(folder)


def _forget_old(folder: Path) -> None:
    """Leave the latest models, and the drafts that another process may be writing."""
    ages = {path: path.stat().st_mtime for path in folder.glob("*.n*") if path.suffix in (".npy", ".npz", ".new")}
    drafts = [path for path in ages if path.suffix == ".new" and ages[path] < max(ages.values()) - _DRAFT_SECONDS]
    models = sorted((path for path in ages if path.suffix != ".new"), key=ages.__getitem__, reverse=True)
    for path in (*drafts, *models[_KEPT:]):
        path.unlink(missing_ok=True)


def _is_whole(path: Path) -> bool:
    """Whether the file ends with the checksum of what precedes it: it was not damaged since."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END) - _CHECKSUM_BYTES
        return size > 0 and _checksum(file, size) == file.read()


def _checksum(file: BufferedIOBase, size: int) -> bytes:
    """Of the first `size` bytes, after which the file is left. In pieces: none of it stays in memory."""
    found, piece = 0, memoryview(bytearray(2**18))
    file.seek(0)
    while size > 0 and (read := file.readinto(piece[:size])):
        found = zlib.crc32(piece[:read], found)
        size -= read
    return found.to_bytes(_CHECKSUM_BYTES, "big")


@cache
def engine_version() -> str:
    """Changes with the code, the word lists and the libraries that a model depends on."""
    digest = hashlib.sha256(f"{np.__version__} {Stemmer.version()}".encode())
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.*"), *here.with_name("words").glob("*.*")]):
        if path.suffix in (".py", ".yaml"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _bytes(lines: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _idf(counts: Sparse) -> Floats:
    phrases = np.bincount(counts.columns, minlength=SIZE)
    return np.log((counts.height + 1) / np.maximum(phrases, 1)).astype(np.float32)
