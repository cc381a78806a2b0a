"""Which of the authorities proposed is meant: « 2 », « la deuxième », « celle du 12 », « l'Aveyron », « aucune »."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.questionnaire.typed_text import CLEAR_NAME
from knowledge.content.questionnaire_words import QuestionnaireWords
from knowledge.questionnaire.affirming import affirms
from knowledge.questionnaire.typed_answer import affirmed, says_loosely
from knowledge.register.authorities import Register
from knowledge.register.lines import Authority
from knowledge.words.text import normalise


@dataclass(frozen=True)
class Picked:
    """What was said of the proposals: one of them, none, another place, or nothing that tells which."""

    one: Mapping[str, Any] | None = None
    none: bool = False
    among: Sequence[Mapping[str, Any]] = ()
    """Those that are left, where several lie in the département that was said."""
    elsewhere: Authority | None = None
    """A département where none of them lies."""


def picked_authority(
    text: str, proposed: Sequence[Mapping[str, Any]], words: QuestionnaireWords, register: Register
) -> Picked | None:
    """None when the text says nothing of the proposals."""
    if not proposed:
        return None
    if says_loosely(text, *words.authority_none_also):
        return Picked(none=True)
    if affirms(text):
        return Picked(one=proposed[0]) if len(proposed) == 1 else Picked()
    number = _number(text, words, proposed)
    if number is not None:
        return Picked(one=proposed[number - 1]) if 1 <= number <= len(proposed) else Picked()
    kinds = register.language.kinds_meant(text)
    of_kind = [one for one in proposed if one["kind"] in kinds]
    if kinds:
        return Picked(one=of_kind[0]) if len(of_kind) == 1 else Picked()
    departement = _departement(affirmed(text), words, register)
    there = [one for one in proposed if departement and one.get("departement") == departement.code]
    if departement and not there:
        return Picked(elsewhere=departement)
    names = [one["name"] for one in proposed]
    alike = [one for one in there if names.count(one["name"]) > 1]  # « celle du 70 »: of the two Mélisey
    there = alike if len(alike) == 1 else there
    if len(there) > 1:
        return Picked(among=there)
    return Picked(one=there[0]) if there else None


def _number(text: str, words: QuestionnaireWords, proposed: Sequence[Mapping[str, Any]]) -> int | None:
    """« 2 », « la deuxième », « Plouha, la première »; two digits are a département's or a postcode's."""
    typed = normalise(text)
    if len(typed) == 1 and typed.isdigit():
        return int(typed)
    little = words.ordinal_also
    named = min((one["name"] for one in proposed), key=len)
    told, places = _without(text, (*little, named)), enumerate(words.ordinals, start=1)
    return next((place for place, ways in places if told in (_without(way, little) for way in ways)), None)


def _departement(text: str, words: QuestionnaireWords, register: Register) -> Authority | None:
    """« celle du 12 », « dans l'Aveyron »: the département that is all that is said."""
    told = _without(normalise(text).replace("2 a", "2a").replace("2 b", "2b"), words.departement_also)
    if len(told) == 1 and told[0][:1].isdigit():
        return register.get("departement", told[0].upper())
    found = register.find(" ".join(told), 1) if told else []
    is_departement = bool(found) and found[0].authority.kind == "departement" and found[0].score >= CLEAR_NAME
    return found[0].authority if is_departement else None


def _without(text: str, little: Sequence[str]) -> list[str]:
    """The words of a text but for the little ones."""
    left_out = {word for way in little for word in normalise(way).split()}
    return [word for word in normalise(text).split() if word not in left_out]
