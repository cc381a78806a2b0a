"""What people confuse with the programme: other schemes, declared by the content, each with its redirection."""

import re
from collections.abc import Sequence

from knowledge.content.models import NearMiss
from knowledge.words.text import normalise, stem, words
from knowledge.words.word_groups import left_out, replaced

_FEW = 2  # words
_CAPITALS = re.compile(r"\b(?:[A-Z]{2,}\b|(?:[A-Z]\.){2,}[A-Z]?)")


class NearMisses:
    """Recognises what people confuse with the programme. `ours`: words that tell that it is meant too."""

    def __init__(self, known: Sequence[NearMiss], ours: Sequence[str] = ()) -> None:
        self.ours = [f" {normalise(phrase)} " for phrase in ours]
        self.phrases = [(f" {normalise(phrase)} ", miss) for miss in known for phrase in miss.phrases]
        self._named = left_out(phrase.split() for phrase, _ in self.phrases)
        # One word by its stem would be too many: « réserviste » is « réservé ».
        several = [(phrase.split(), miss) for phrase, miss in self.phrases]
        self.stems = [(_stems(read), miss) for read, miss in several if len(read) > 1]
        self.capitals = {word: miss for miss in known for word in miss.capitals}

    def find(self, text: str, read: Sequence[str]) -> NearMiss | None:
        """The near miss that the text names, if any. `read`: its words, misspelt ones corrected."""
        for plain, phrases in ((f" {normalise(text)} ", self.phrases), (_stems(read), self.stems)):
            for phrase, miss in phrases:
                if phrase in plain:
                    return miss
        if not text.isupper() or len(read) <= _FEW:  # in a text all in capitals they say nothing
            for word in (found.replace(".", "") for found in _CAPITALS.findall(text)):
                if word in self.capitals:
                    return self.capitals[word]
        return None

    def names_ours(self, text: str) -> bool:
        """Whether something of the programme is named, beside what is confused with it."""
        plain = f" {' '.join(replaced(words(text), self._named))} "
        return any(phrase in plain for phrase in self.ours)


def _stems(read: Sequence[str]) -> str:
    return f" {' '.join(map(stem, read))} "
