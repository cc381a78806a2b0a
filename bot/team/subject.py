"""What a question is about: the words that tell it, how much each tells, the precise questions that it may be."""

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np

from bot.team.asked_points import PreciseQuestions
from knowledge.learning.sparse import Floats
from knowledge.understanding.matching import Matcher
from knowledge.words.module_lists import words_beside
from knowledge.words.text import stem

_STORY = 100
"""Characters from which a phrasing tells of much else than its subject."""


class Subject:
    """Reads what questions are about: by the words that few of the content's phrasings use, by what it can be asked."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._precise = PreciseQuestions(matcher)
        self._lexicon = matcher.lexicon
        words = words_beside(__file__, "words")
        self._little = {stem(word) for word in words["little"].split()}
        topics = matcher.content.topics.values()
        phrases = [phrase for topic in topics for phrase in topic.phrasings if len(phrase) < _STORY]
        self._counts = Counter(
            one for phrase in phrases for one in {stem(word) for word in self._lexicon.spelled_out(phrase)}
        )
        self._phrases = len(phrases)

    def words(self, question: str) -> tuple[str, ...]:
        """The stems that tell, each once, in order. Misspelt ones stay as they are: they are compared by likeness."""
        read = self._lexicon.spelled_out(question)
        weights = self._lexicon.weights(read)
        told = (stem(word) for word, weight in zip(read, weights, strict=True) if weight == 1.0 and len(word) > 1)
        return tuple(dict.fromkeys(one for one in told if one not in self._little))

    def shares(self, words: Iterable[str]) -> dict[str, float]:
        """How much each of these words tells, the less the more phrasings use it: a vector of length 1."""
        weights = {word: self._weight(word) for word in words}
        length = math.hypot(*weights.values())
        return {word: weight / length for word, weight in weights.items()}

    def asked(self, questions: Iterable[str]) -> Floats:
        """How likely each of the precise questions that the content knows is meant: square roots, a row a question.

        The products of two rows tell how alike they are.
        """
        return np.sqrt(self._precise.likely(*self._matcher.read_all(questions))[:, :-1])

    def _weight(self, word: str) -> float:
        return math.pow(1 - 0.95 * math.log1p(self._counts[word]) / math.log1p(self._phrases), 1.5)
