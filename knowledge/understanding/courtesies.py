"""The greeting or the thanks that comes before a question: met in two words, beside the answer."""

from collections.abc import Callable

from knowledge.content.models import Content
from knowledge.understanding.segmentation import pieces
from knowledge.words.text import normalise, words

_LONGEST = 8  # words
_CLEARLY = 0.8


class Courtesies:
    """Finds what a message begins with. `likeliest`: the topic that a text looks like, and its probability.

    The courtesies that can be said before an answer are exclaimed: « Avec plaisir ! », not « Je vous écoute ».
    """

    def __init__(self, content: Content, likeliest: Callable[[str], tuple[str, float]]) -> None:
        self._said = {t.id for t in content.topics.values() if t.courtesy and t.title.endswith("!")}
        self._known = {normalise(phrase): name for name in self._said for phrase in content.topics[name].questions}
        self._first = {phrase.split(" ", 1)[0] for phrase in self._known}
        self._likeliest = likeliest

    def before(self, text: str) -> str:
        """The topic of the greeting or the thanks before anything else; empty without."""
        return self.split(text)[0]

    def split(self, text: str) -> tuple[str, str]:
        """The same, and what follows it."""
        typed = words(text)
        if not typed or typed[0] not in self._first:
            return "", text
        for size in range(min(_LONGEST, len(typed) - 1), 0, -1):
            if known := self._known.get(" ".join(typed[:size])):
                return known, _after(text, size)
        first = pieces(text)[0].text
        if len(words(first)) > min(_LONGEST, len(typed) - 1):
            return "", text
        topic, probability = self._likeliest(first)
        if topic not in self._said or probability < _CLEARLY:
            return "", text
        return topic, _after(text, len(words(first)))


def _after(text: str, count: int) -> str:
    """What is typed after so many words, as they are read."""
    typed = text.split()
    size = next((n for n in range(1, len(typed)) if len(words(" ".join(typed[:n]))) >= count), 0)
    return " ".join(typed[size:]).lstrip(" ,;:.!?…-")
