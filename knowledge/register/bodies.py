"""Bodies of local government that the register does not have: syndicats, PETR, parcs, CCAS…

Their words are `bodies` of `authorities.yaml`; which answer of the questionnaire each stands for, `of_bodies` of
`prequalification.yaml`. Bodies and persons named in a question are another list: `actors` of `situation.yaml`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.register.lines import Authority, Candidate
from knowledge.register.query import INTERCO, Language, cut
from knowledge.words.word_groups import Expressions, scan

Search = Callable[[str, int], list[Candidate]]

_CLEAR = 0.9  # score from which what was typed is the name of an authority: « Le Syndicat », in the Vosges
_BEYOND_INITIALS = 0.96  # the same of an intercommunalité: « CCAS » may be the initials of one
_LONGEST_NAME = 6  # words
_MOST_TRIED = 4  # names, each of them looked up
_MUCH_LARGER = 20  # times: La Rochelle, in Charente-Maritime, and the one in Haute-Saône


@dataclass(frozen=True, slots=True)
class Body:
    """A body that the register does not have: its kind, as in the YAML, and the authority that it is of, if told.

    `is_unique`: whether there is but one of its kind, so that the kind's words are its name. `said`: these words.
    """

    kind: str
    of: Authority | None = None
    is_unique: bool = False
    said: str = ""


class Bodies:
    """Recognises them by the words of the YAML."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._kinds = language.data["bodies"]
        self._words = Expressions(
            (text.split(), rank) for rank, kind in enumerate(self._kinds) for text in kind["words"]
        )

    def named(self, typed: list[str], candidates: list[Candidate], search: Search) -> Body | None:
        """The body that these words name, unless they are the name of an authority."""
        spans = list(scan(self._words, typed))
        if not spans:
            return None
        start, end, rank = spans[0]
        kind = self._kinds[rank]
        is_kind_said = self._language.unframed(typed[:start]) != typed[:start]  # « commune de Le Syndicat »
        if any(_is_its_name(candidate, is_kind_said=is_kind_said) for candidate in candidates):
            return None
        if kind.get("vague") and (
            self._is_after_a_name(typed[:start]) or any(one.authority.kind in INTERCO for one in candidates)
        ):
            return None
        whose = self._whose(typed[end:], frozenset(kind.get("of", ())), search)
        return Body(kind["id"], whose, kind.get("unique", False), " ".join(typed[start:end]))

    def _is_after_a_name(self, before: list[str]) -> bool:
        """« CC du pays de… »: a vague word is no body unless it comes first."""
        return any(not self._language.is_little(word) for word in self._language.unframed(before, kinds=False))

    def _whose(self, rest: list[str], kinds: frozenset[str], search: Search) -> Authority | None:
        """The authority named after, at once or after what the body is for: « des écoles de Javols »."""
        rest = cut(rest, scan(self._words, rest))
        starts = [at for at, word in enumerate(rest) if not at or self._language.is_little(rest[at - 1])]
        for at in starts[:_MOST_TRIED] if kinds else ():
            found = search(" ".join(rest[at : at + _LONGEST_NAME]), 2)
            if found and found[0].score >= _CLEAR and found[0].authority.kind in kinds and _is_alone(found):
                return found[0].authority
        return None


def _is_its_name(candidate: Candidate, *, is_kind_said: bool) -> bool:
    may_be_initials = candidate.authority.kind in INTERCO and not is_kind_said
    return candidate.score >= (_BEYOND_INITIALS if may_be_initials else _CLEAR)


def _is_alone(found: list[Candidate]) -> bool:
    """Whether the first is the one that everybody means: no namesake, or much smaller ones."""
    first, *others = found
    return all(
        one.score < first.score or one.authority.population * _MUCH_LARGER <= first.authority.population
        for one in others
    )
