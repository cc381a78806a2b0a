"""Whether words that name no authority of the register may name a body all the same, or are something else.

« Pôle ruralité du Haut-Bugey » may; « la santé des mamans » is what a project is about. Their words are `own_names` of
`authorities.yaml`.
"""

import re

from knowledge.register.query import Language, cut
from knowledge.words.french import is_common
from knowledge.words.word_groups import Expressions, scan

_SHORTEST = 4  # letters of a word that is known to be common or not
_SHORTEST_KIND = 3  # « ça » is no communauté d'agglomération
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_CAPITAL = re.compile(r"(?<=[\s'’-])[A-ZÀ-Ý][a-zà-ÿ]")
"""A capital that does not begin the text."""


class OwnNames:
    """Looks at the words of a text, once the register has said that it knows no such authority."""

    def __init__(self, language: Language) -> None:
        self._language = language
        words = language.data["own_names"]
        self._never, self._endings = frozenset(words["never"]), tuple(words["endings"])
        self._land, self._articles = frozenset(words["land"]), frozenset(words["articles"])
        kinds = [*language.data["kinds"], {"words": words["bodies"]}, *language.data["bodies"]]
        said = [way for kind in kinds for way in kind["words"] if len(way) >= _SHORTEST_KIND]
        self._kinds = Expressions((way.split(), 0) for way in said)

    def says_kind(self, text: str) -> bool:
        """Whether it says what kind of body it is: « agence des Deux Lacs »."""
        typed = self._typed(text)
        spans = list(scan(self._kinds, typed))
        is_alone = all(self._language.is_little(word) or word in self._articles for word in cut(typed, spans))
        return self._never.isdisjoint(typed) and bool(spans) and not is_alone

    def says_name(self, text: str) -> bool:
        """Whether it says more than a kind: a capital within, or a word that is no common French."""
        typed = self._typed(text)
        has_capital = bool(_ACRONYM.search(text) or _CAPITAL.search(text)) and (not text.isupper() or len(typed) == 1)
        return self._never.isdisjoint(typed) and (has_capital or any(map(self._is_rare, typed)))

    def may_be(self, text: str) -> bool:
        """Whether it may be a name: it says a kind, a name, or a piece of land."""
        typed = self._typed(text)
        is_land = self._never.isdisjoint(typed) and not self._land.isdisjoint(typed)
        return is_land or self.says_kind(text) or self.says_name(text)

    def _typed(self, text: str) -> list[str]:
        return self._language.unframed(self._language.spelled(text), kinds=False)

    def _is_rare(self, word: str) -> bool:
        return len(word) >= _SHORTEST and word.isalpha() and not is_common(word) and not word.endswith(self._endings)
