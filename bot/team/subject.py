"""The words of a question that tell its subject, and how much each tells."""

import math
from collections import Counter
from pathlib import Path

import yaml

from knowledge.content.models import Content
from knowledge.understanding.lexicon import Lexicon
from knowledge.words.text import stem

_STORY = 100
"""Characters from which a phrasing tells of much else than its subject."""


class Subject:
    """Reads what questions are about, by the words that few of the content's phrasings use."""

    def __init__(self, content: Content, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        words = yaml.load(Path(__file__).with_name("words.yaml").read_text("utf-8"), yaml.CSafeLoader)
        self._little = {stem(word) for word in words["little"].split()}
        phrases = [phrase for topic in content.topics.values() for phrase in topic.phrasings if len(phrase) < _STORY]
        self._counts = Counter(
            one for phrase in phrases for one in {stem(word) for word in lexicon.spelled_out(phrase)}
        )
        self._phrases = len(phrases)

    def words(self, question: str) -> tuple[str, ...]:
        """The stems that tell, each once, in order. Misspelt ones stay as they are: they are compared by likeness."""
        read = self._lexicon.spelled_out(question)
        weights = self._lexicon.weights(read)
        told = (stem(word) for word, weight in zip(read, weights, strict=True) if weight == 1.0 and len(word) > 1)
        return tuple(dict.fromkeys(one for one in told if one not in self._little))

    def weight(self, word: str) -> float:
        """How much a word tells: 1 for one that no phrasing uses, less the more use it."""
        return (1 - 0.95 * math.log1p(self._counts[word]) / math.log1p(self._phrases)) ** 3
