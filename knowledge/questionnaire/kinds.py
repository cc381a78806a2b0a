"""A class for each kind of question: how it reads what is typed, what is valid, what may be answered, how it is said.

A new kind is a class here, its name in `Question.kind`, and its sentences in the questionnaire's words.
"""

import itertools
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, assert_never

from knowledge.content.questionnaire import UNKNOWN, Aid, Bounds, Question, Words
from knowledge.questionnaire import countries
from knowledge.questionnaire.condition import Test
from knowledge.questionnaire.typed_answer import (
    clean,
    is_said,
    meant_option,
    nearest_domain,
    read_email,
    read_number,
    read_phone,
    says,
    says_loosely,
)
from knowledge.words.text import normalise
from knowledge.words.typography import french, grouped

LONGEST = 1_000
"""Characters of a free answer."""

LONGEST_NAME = 200
"""Characters of a name."""

_LARGEST = 10**9
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LEFT_OUT = frozenset({"union", "other"})
"""Statuses of countries that development aid does not cover."""

_LISTED = frozenset({"code", "region"})
"""Parts of an authority that conditions name one by one."""

_SOMETHING = "…"
"""Stands for whatever may be typed."""


@dataclass(frozen=True)
class Kind(ABC):
    """What is known of a question from its kind alone."""

    question: Question

    is_read_by_rules: ClassVar[bool] = True
    """Whether conditions look at its answers; else only people do."""
    takes_words: ClassVar[bool] = False
    """Whether any words may be its answer, those of a question too."""
    tells_how_to_reach: ClassVar[bool] = False
    """Whether its answer says how to reach a person."""

    @property
    def may_be_unknown(self) -> bool:
        """Whether « je ne sais pas » is an answer."""
        return any(option.id == UNKNOWN for option in self.question.options)

    def read(self, text: str, dont_know: tuple[str, ...]) -> Any:
        """The answer that a text is, None when it is none. `dont_know`: the ways to say « je ne sais pas »."""
        return UNKNOWN if self.may_be_unknown and says_loosely(text, *dont_know) else self._read(text)

    @abstractmethod
    def _read(self, text: str) -> Any:
        """The answer that a text is, where it is not « je ne sais pas »."""

    @abstractmethod
    def valid(self, value: Any) -> Any:
        """The answer as it is kept, None for what is no answer."""

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """Answers that stand for all that conditions tell apart.

        `compared`: which part of the answer each condition looks at (empty: all of it), and what it compares it with.
        """
        return [_SOMETHING]

    def said(self, value: Any, words: Words) -> str:
        """An answer in words."""
        return words.dont_know if value == UNKNOWN else str(value)

    def is_told_in(self, text: str) -> bool:
        """Whether a text that looks like something else surely holds an answer: « on a déposé le dossier »."""
        return False

    def completed(self, value: Any, doubted: Iterable[Any]) -> Any:
        """An answer with what was typed just before, and doubted."""
        return value

    @abstractmethod
    def sorry(self, words: Words) -> str:
        """What is said to who typed something else."""

    def doubt(self, value: Any, words: Words) -> str:
        """What is asked before this answer, valid but odd, is taken; empty when it is taken at once."""
        return ""

    def change(self, values: tuple[Any, ...], words: Words) -> str:
        """« que le pays devienne … »: one of these answers would do."""
        answers = (words.change_answer.format(answer=self.said(value, words)) for value in values)
        return words.change_one.format(question=self.question.label, answers=words.either.join(answers))


class Choice(Kind):
    """One of the options."""

    def _read(self, text: str) -> Any:
        option = meant_option(self.question.options, normalise(text), doubts_no=self.question.doubts_no)
        if option is None and self.question.otherwise and _LETTERS.search(clean(text)):
            return self.question.otherwise
        return option.id if option else None

    def is_told_in(self, text: str) -> bool:
        """Where an option is told, and any words would not do."""
        return not self.question.otherwise and self._read(text) is not None

    def valid(self, value: Any) -> Any:
        """One of the options' ids."""
        return value if value in self._labels() else None

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """Every option."""
        return list(self._labels())

    def said(self, value: Any, words: Words) -> str:
        """As the option is told, else its label."""
        told = {option.id: option.said for option in self.question.options}
        return told.get(value) or self._labels().get(value) or super().said(value, words)

    def sorry(self, words: Words) -> str:
        """Press a button, or put it otherwise."""
        return words.not_understood

    def _labels(self) -> dict[str, str]:
        return {option.id: option.label for option in self.question.options}


class Country(Choice):
    """One or more countries, or one of the options; as a mapping: what was typed, ISO codes, status towards aid."""

    def read(self, text: str, dont_know: tuple[str, ...]) -> Any:
        """The countries named, else an option, else the words: they may name a place that we do not know."""
        found = countries.named(text)
        typed = normalise(text)
        said = [code for code, way in found if not way or is_said(way, typed)]
        if found:
            return self._kept(text, said) if said else None
        option = super().read(text, dont_know)
        is_yes = says(text, *self.question.without_a_name)  # « oui » : which one is still to be said
        is_name = option is None and not is_yes and _LETTERS.search(clean(text))
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
        statuses = sorted(_named("status", compared) | {"unknown"})
        return [*self._labels(), *({"words": _SOMETHING, "countries": [], "status": status} for status in statuses)]

    def said(self, value: Any, words: Words) -> str:
        """« Togo (statut à confirmer), Portugal (membre de l'Union européenne) »; else the person's words."""
        if not isinstance(value, Mapping):
            return super().said(value, words)
        return ", ".join(self._one_said(code, words) for code in value["countries"]) or str(value["words"])

    def named(self, value: Any) -> str:
        """The countries' names alone, for a sentence; else the person's words."""
        names = ", ".join(french(countries.name_of(code)) for code in value["countries"])
        return names or str(value["words"])

    def is_told_in(self, text: str) -> bool:
        """Where it names a country, and ends in no « ? »."""
        return "?" not in text and bool(countries.named(text))

    def completed(self, value: Any, doubted: Iterable[Any]) -> Any:
        """« Thiès », then « au Sénégal »."""
        before = next((one["words"] for one in doubted if isinstance(one, Mapping)), "")
        if not before or not isinstance(value, Mapping) or not value["countries"]:
            return value
        return self._kept(f"{before}, {value['words']}", value["countries"])

    def says_more(self, value: Any) -> bool:
        """Whether the person's words say more than the countries' names: « Thiès, au Sénégal »."""
        if not isinstance(value, Mapping) or not value["countries"]:
            return False
        told = {word for _, way in countries.named(value["words"]) for word in way.split()}
        return any(not countries.is_little(word) for word in {*normalise(value["words"]).split()} - told)

    def sorry(self, words: Words) -> str:
        """How to write a country."""
        return words.country_expected

    def doubt(self, value: Any, words: Words) -> str:
        """Whether a name that is no country's is what was meant."""
        is_known = not isinstance(value, Mapping) or value["countries"] or countries.is_area(value["words"])
        return "" if is_known else words.country_doubted.format(country=value["words"])

    def _kept(self, text: str, codes: list[str]) -> dict[str, Any]:
        return {"words": clean(text)[:LONGEST_NAME], "countries": codes, "status": self._status(codes)}

    def _status(self, codes: list[str]) -> str:
        """One for all: the same, or `mixed` where some are left out of the aid and others not."""
        each = {self._status_of(code) for code in codes}
        out = each & _LEFT_OUT
        if out and each - _LEFT_OUT:
            return "mixed"
        return next(iter(each)) if len(each) == 1 else "other" if out else "unknown"

    def _status_of(self, code: str) -> str:
        return countries.aid_status(code, self.question.aid or Aid())

    def _one_said(self, code: str, words: Words) -> str:
        dated = self.question.aid.dated if self.question.aid else None
        when = dated.date.strftime(words.country_date) if dated else ""
        status = words.country_statuses[self._status_of(code)].format(source=dated.source if dated else "", date=when)
        return words.country_said.format(country=french(countries.name_of(code)), status=status)


class Several(Choice):
    """Some of the options."""

    def read(self, text: str, dont_know: tuple[str, ...]) -> Any:
        """The one option that is typed; more are chosen by their buttons."""
        one = super().read(text, dont_know)
        return None if one is None else [one]

    def valid(self, value: Any) -> Any:
        """Ids of options, in the question's order."""
        names = list(self._labels())
        if isinstance(value, list | tuple) and value and set(value) <= set(names):
            return sorted(set(value), key=names.index)
        return None

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """Every option alone, then all of them."""
        names = list(self._labels())
        return [*([name] for name in names), names]

    def said(self, value: Any, words: Words) -> str:
        """Their labels; that of one of them, too."""
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(super(Several, self).said(one, words) for one in chosen)


class Number(Kind):
    """A whole number, from 0."""

    def _read(self, text: str) -> Any:
        return read_number(text)

    def valid(self, value: Any) -> Any:
        """A number below a thousand million."""
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return value if is_number and 0 <= value < _LARGEST else None

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """A number on either side of each bound."""
        return _around(test for _, test in compared)

    def sorry(self, words: Words) -> str:
        """An example."""
        return words.number_expected

    def change(self, values: tuple[Any, ...], words: Words) -> str:
        """One example is enough: the others would do because they are larger or smaller."""
        return super().change(values[:1], words)


class FreeText(Kind):
    """Whatever is typed."""

    is_read_by_rules = False
    takes_words = True

    def _read(self, text: str) -> Any:
        return clean(text)[:LONGEST] or None

    def valid(self, value: Any) -> Any:
        """A text of 1 to 1,000 characters."""
        return value if isinstance(value, str) and 0 < len(value) <= LONGEST else None

    def sorry(self, words: Words) -> str:
        """A few words."""
        return words.text_expected


class Name(FreeText):
    """A person's or an organisation's name, or what somebody does there: letters, on one line."""

    takes_words = False

    def read(self, text: str, dont_know: tuple[str, ...]) -> Any:
        """A name; « je ne sais pas » is none."""
        return None if says_loosely(text, *dont_know) else self._read(text)

    def _read(self, text: str) -> Any:
        name = " ".join(clean(text).split())
        return name[:LONGEST_NAME] or None

    def is_told_in(self, text: str) -> bool:
        """A capital within tells a name: « Fondation Exemple »."""
        return any(word[:1].isupper() for word in text.split()[1:])

    def sorry(self, words: Words) -> str:
        """Some letters."""
        return words.name_expected

    def doubt(self, value: Any, words: Words) -> str:
        """Whether « 12 » is a name, with no two letters in a row, or « et au Togo ? », a question."""
        has_letters = any(one.isalpha() and other.isalpha() for one, other in itertools.pairwise(value))
        return "" if has_letters and not value.endswith("?") else words.name_doubted.format(name=value)


class Email(FreeText):
    """An e-mail address."""

    takes_words = False
    tells_how_to_reach = True

    def _read(self, text: str) -> Any:
        return read_email(text)

    def sorry(self, words: Words) -> str:
        """An example."""
        return words.email_expected

    def doubt(self, value: Any, words: Words) -> str:
        """Whether a common address was meant."""
        meant = nearest_domain(value)
        return words.email_meant.format(email=meant) if meant else ""


class Phone(FreeText):
    """A telephone number."""

    takes_words = False
    tells_how_to_reach = True

    def _read(self, text: str) -> Any:
        return read_phone(text)

    def sorry(self, words: Words) -> str:
        """An example."""
        return words.phone_expected


class Authority(Kind):
    """A local authority of the register, as a mapping; it is looked up by the caller."""

    @property
    def may_be_unknown(self) -> bool:
        """Always: the register does not know them all."""
        return True

    def _read(self, text: str) -> Any:
        return None

    def valid(self, value: Any) -> Any:
        """What is kept of an authority, or « je ne sais pas »."""
        return value if value == UNKNOWN or (isinstance(value, Mapping) and "kind" in value) else None

    def possible(self, compared: Iterable[tuple[str, Test]]) -> list[Any]:
        """One of each kind, zone and size that conditions tell apart, and one of each list that they name."""
        own = list(compared)
        zones = {"metro", *_named("zone", own)}
        kinds = {"commune", *_named("kind", own)}
        sizes = _around(test for part, test in own if part == "population")
        known = itertools.product(sorted(kinds), sorted(zones), sizes)
        listed = [(part, min(test)) for part, test in own if part in _LISTED and not isinstance(test, Bounds)]
        named = ({"kind": "commune", "zone": "metro", "population": 0, part: code} for part, code in listed)
        return [UNKNOWN, *({"kind": kind, "zone": zone, "population": size} for kind, zone, size in known), *named]

    def said(self, value: Any, words: Words) -> str:
        """« Sainte-Rose (commune, 971, 17 000 hab.) »."""
        return authority_label(value, words) if isinstance(value, Mapping) else super().said(value, words)

    def sorry(self, words: Words) -> str:
        """How to write a name."""
        return words.authority_none

    def change(self, values: tuple[Any, ...], words: Words) -> str:
        """« que la collectivité soit reconnue »: which one it is does not change."""
        return words.change_found.format(question=self.question.label)


def kind_of(question: Question) -> Kind:
    """What a question can do."""
    return _class(question)(question)


def _class(question: Question) -> type[Kind]:  # noqa: PLR0911 (one for each kind, none forgotten)
    match question.kind:
        case "choice":
            return Choice
        case "several":
            return Several
        case "country":
            return Country
        case "number":
            return Number
        case "text":
            return FreeText
        case "name":
            return Name
        case "email":
            return Email
        case "phone":
            return Phone
        case "authority":
            return Authority
        case _:
            assert_never(question.kind)


def authority_label(known: Mapping[str, Any], words: Words) -> str:
    """« Sainte-Rose (commune, 971, 17 000 hab.) »; no number of a région: « 76 » is a département's as well."""
    place = known["departement"]
    return words.authority_label.format(
        name=french(known["name"]),
        kind=words.kinds.get(known["kind"], known["kind"]),
        place=words.authority_place.format(place=place) if place else "",
        population=grouped(known["population"]),
    )


def _named(wanted: str, compared: Iterable[tuple[str, Test]]) -> set[str]:
    """The values that conditions compare one part of an answer with."""
    return {one for part, test in compared if part == wanted and not isinstance(test, Bounds) for one in test}


def _around(compared: Iterable[Test]) -> list[int]:
    """A number on either side of each bound."""
    bounds = {
        b for test in compared if isinstance(test, Bounds) for b in (test.at_least, test.at_most) if b is not None
    }
    return sorted({0, *bounds, *(bound + 1 for bound in bounds), *(max(0, bound - 1) for bound in bounds)})
