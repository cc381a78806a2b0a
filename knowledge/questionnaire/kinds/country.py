"""A question answered by countries; whether development aid reaches them is computed."""

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.content.questionnaire import COUNTRIES, Aid
from knowledge.content.questionnaire_words import QuestionnaireWords
from knowledge.questionnaire import countries
from knowledge.questionnaire.condition import Test
from knowledge.questionnaire.kinds.kind import LETTERS, LONGEST_NAME, SOMETHING, named_in
from knowledge.questionnaire.kinds.options import ChoiceKind
from knowledge.questionnaire.typed_answer import BUT, NOT, adds, clean, is_said, says
from knowledge.words.text import normalise
from knowledge.words.typography import french


class CountryKind(ChoiceKind):
    """One or more countries, or one of the options; as a mapping: what was typed, ISO codes, status towards aid."""

    def read(self, text: str, dont_know: tuple[str, ...]) -> Any:
        """The countries named, else an option, else the words: they may name a place that we do not know."""
        found = countries.named(text)
        typed = normalise(text)
        left = countries.left(text)
        said = [code for code, way in found if code not in left and (not way or is_said(way, typed))]
        if found:
            return self._kept(text, said) if said else None
        option = super().read(text, dont_know)
        is_yes = says(text, *self.question.without_a_name)  # « oui » : which one is still to be said
        is_name = option is None and not is_yes and LETTERS.search(clean(text))
        return self._kept(text, []) if is_name else option

    def valid(self, value: Any) -> Any:
        """With the status of today: a newer list decides for answers that were given before."""
        if not isinstance(value, Mapping):
            return super().valid(value)
        codes, words = value.get("countries"), value.get("words")
        is_known = isinstance(codes, list) and isinstance(words, str) and all(map(countries.is_code, codes))
        return self._kept(str(words), codes) if is_known and codes is not None else None

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """Every option, and a country of each status that conditions tell apart."""
        statuses = sorted(named_in("status", compared) | {"unknown"})
        return [*self._labels(), *({"words": SOMETHING, "countries": [], "status": status} for status in statuses)]

    def said(self, value: Any, words: QuestionnaireWords) -> str:
        """« Togo et Mali (statut à confirmer), Portugal (membre de l'Union européenne) »; else the person's words."""
        if not isinstance(value, Mapping):
            return super().said(value, words)
        alike: dict[str, list[str]] = {}
        for code in value["countries"]:
            alike.setdefault(self._status_of(code), []).append(french(countries.country_name(code)))
        return ", ".join(self._said_of(names, status, words) for status, names in alike.items()) or str(value["words"])

    def named(self, value: Any) -> str:
        """The countries' names alone, for a sentence; else the person's words."""
        return _names(value["countries"]) or str(value["words"])

    def sides(self, value: Any) -> dict[str, str]:
        """The names of the countries that the aid does not cover, and of the others: which is which."""
        codes = value.get("countries", ()) if isinstance(value, Mapping) else ()
        out = [code for code in codes if self._status_of(code) in countries.LEFT_OUT]
        return dict(zip(COUNTRIES, (_names(out), _names(code for code in codes if code not in out)), strict=True))

    def is_told_in(self, text: str) -> bool:
        """Where it names a country, and ends in no « ? »."""
        return "?" not in text and bool(countries.named(text))

    def completed(self, value: Any, doubted: Iterable[Any]) -> Any:
        """« Thiès », then « au Sénégal »."""
        before = next((one["words"] for one in doubted if isinstance(one, Mapping)), "")
        if not before or not isinstance(value, Mapping) or not value["countries"]:
            return value
        return self._kept(f"{before}, {value['words']}", value["countries"])

    def joined(self, before: Any, value: Any, text: str) -> Any:
        """« Pas le Bénin mais le Togo », « le Mali aussi » : the other countries stay."""
        left = countries.left(text)
        if not isinstance(before, Mapping) or not isinstance(value, Mapping):
            return value
        if not adds(text) and left.isdisjoint(before["countries"]):
            return value
        kept = [code for code in dict.fromkeys([*before["countries"], *value["countries"]]) if code not in left]
        return self._kept(_names(kept), kept)

    def says_more(self, value: Any) -> bool:
        """Whether the person's words say more than the countries' names: « Thiès, au Sénégal »."""
        if not isinstance(value, Mapping) or not value["countries"]:
            return False
        told = {word for _, way in countries.named(value["words"]) for word in way.split()}
        told |= {*NOT, BUT}  # « pas le Bénin mais le Togo »
        return any(not countries.is_little(word) for word in {*normalise(value["words"]).split()} - told)

    def sorry(self, words: QuestionnaireWords) -> str:
        """How to write a country."""
        return words.country_expected

    def doubt(self, value: Any, words: QuestionnaireWords) -> str:
        """Whether a name that is no country's is what was meant."""
        is_known = not isinstance(value, Mapping) or value["countries"] or countries.is_area(value["words"])
        return "" if is_known else words.country_doubted.format(country=value["words"])

    def _kept(self, text: str, codes: list[str]) -> dict[str, Any]:
        return {"words": clean(text)[:LONGEST_NAME], "countries": codes, "status": self._status(codes)}

    def _status(self, codes: list[str]) -> str:
        """One for all: the same, or `mixed` where some are left out of the aid and others not."""
        each = {self._status_of(code) for code in codes}
        out = each & countries.LEFT_OUT
        if out and each - countries.LEFT_OUT:
            return "mixed"
        if len(each) == 1:
            return next(iter(each))
        return "other" if out else "unlisted" if "unlisted" in each else "unknown"

    def _status_of(self, code: str) -> str:
        return countries.aid_status(code, self.question.aid or Aid())

    def _said_of(self, names: list[str], status: str, words: QuestionnaireWords) -> str:
        dated = self.question.aid.dated if self.question.aid else None
        when = dated.date.strftime(words.country_date) if dated else ""
        told = words.country_statuses[status].format(source=dated.source if dated else "", date=when)
        listed = words.both.join(part for part in (", ".join(names[:-1]), names[-1]) if part)
        return words.country_said.format(country=listed, status=told)


def _names(codes: Iterable[str]) -> str:
    return ", ".join(french(countries.country_name(code)) for code in codes)
