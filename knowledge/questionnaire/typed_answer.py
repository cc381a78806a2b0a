"""What somebody typed → a number, an option, a yes or a no: the reading that kinds of questions share.

How people say so is in `typed_answer.yaml`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from knowledge.content.questionnaire import Option, Question
from knowledge.words.module_lists import words_beside
from knowledge.words.text import normalise, words

_HIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
"""What shows nothing, or changes how the rest shows: control signs, halves of signs, marks of direction.

Joiners stay: several scripts and pictures are made of them.
"""

_ALIKE = 82.0  # per cent of likeness to an option's wording
_WITHIN = 90.0  # per cent: one of its words within a sentence
_BARE = 3  # letters of « oui » and « non »
_SAID = words_beside(__file__)
YES, NO = _SAID["yes"], _SAID["no"]
"""The bare answers."""
BUT = _SAID["but"]
"""Before what is meant instead."""
_NO = frozenset(_SAID["noes"])
_LONGEST_NO = 4  # words: « non, on n'a personne pour ça » may say the contrary of « non »
_NO_BUT = re.compile(rf" (?:{_SAID['no_but']}) ")
_PLAIN_NO = re.compile(rf" (?:{_SAID['plain_no']})\b")
_NUMBER = re.compile(rf"\b(?:{_SAID['numbers']})\b|^(?:{_SAID['numbers_alone']})$")
_ASIDES = re.compile(rf"\b(?:{_SAID['asides']})\b")
_YES = re.compile(rf"^(?:(?:{_SAID['yes_before']}) )+")
_YES_FIRST = re.compile(rf"^(?:{_SAID['yes_first']})\b")
_YES_BUT = re.compile(rf"(?:{_SAID['yes_but']})\b")
_YES_WAYS, _NO_WAYS = re.compile(_SAID["yes_ways"]), re.compile(_SAID["no_ways"])
_TELLS_WHO = re.compile(rf"(?:{_SAID['tells_who']})\b")
NOT = frozenset(_SAID["denies"])
"""What stands before what is denied."""
_NE, _AFTER_NE = frozenset(_SAID["before_verb"]), frozenset(_SAID["after_verb"])
ARTICLES = frozenset(_SAID["articles"])
_SET_ASIDE = re.compile(rf"(?:^|\s)(?:{_SAID['set_aside']})\s")
_CHOOSES = re.compile(rf"\b(?:{_SAID['chooses']})\b")
_RENAMES = re.compile(rf"^(?:{_SAID['renames']}) (?:(?:{_SAID['renames_also']}) )*")
_CHANGES_MIND = re.compile(rf"^(?:{NO} )?(?:{_SAID['changes_mind']}) \w")
_PERHAPS = re.compile(rf"\b{_SAID['perhaps']}\s+", re.IGNORECASE)
_ADDS = re.compile(rf"\b(?:{_SAID['adds']})\b")
_INTRODUCTION = re.compile(_SAID["introduction"], re.IGNORECASE)
_CLAUSE_ENDS = re.compile(rf"[.!?;:\n…]+\s*|,\s*|\s[-–—]\s|(?<!\s)\s+(?=(?:{_SAID['begins_clause']})\b)", re.IGNORECASE)
_MOST_DIGITS = 9


def clean(text: str) -> str:
    """The text without hidden signs, safe to show, print and send. Line ends stay."""
    return _HIDDEN.sub(" ", text).strip()


def says(text: str, *ways: str) -> bool:
    """Whether a text is one of these ways to say something, however it is spelled."""
    return normalise(text) in map(normalise, ways)


def says_loosely(text: str, *ways: str) -> bool:
    """The same with little words around it: « je sais pas encore trop »; a way that begins with « … » may be anywhere.

    « oui » before changes nothing either: « oui, c'est elle ».
    """
    typed = normalise(text)
    anywhere = (normalise(way) for way in ways if way.startswith("…"))
    if any(f" {way} " in f" {typed} " for way in anywhere):
        return True
    bare, known = _bare(typed), set(map(normalise, ways))
    return bool({typed, bare, _YES.sub("", f"{typed} ").strip(), _YES.sub("", f"{bare} ").strip()} & known - {""})


def _bare(typed: str) -> str:
    return " ".join(_ASIDES.sub(" ", typed).split())


def opens_bare(text: str) -> bool:
    """Whether it begins with « oui » or « non »."""
    return words(text)[:1] in ([YES], [NO])


def denies(text: str, words_of_denial: tuple[str, ...]) -> bool:
    """Whether a text without a number or an address says that there is none: « pas de téléphone »."""
    is_told = "@" in text or any(map(str.isdigit, text))
    return not is_told and not set(words(text)).isdisjoint(words_of_denial)


def is_reserved(text: str) -> bool:
    """« Oui, mais… »."""
    return bool(_YES_BUT.match(normalise(text)))


def tells_who(text: str) -> bool:
    """Whether it begins by who one is: « on est une association »."""
    return bool(_TELLS_WHO.match(normalise(text)))


def renamed(text: str) -> str:
    """« non pardon, finalement c'est pour Embrun » : the name given for another; empty where it gives none."""
    typed, said = f"{normalise(text)} ", text.split()
    left = _RENAMES.sub("", typed, count=1)
    ends = (" ".join(said[at:]) for at in range(len(said)))  # as it was typed: « Embrun »
    return next((end for end in ends if normalise(end) == left.strip()), left.strip()) if left != typed else ""


def without_hesitation(text: str) -> str:
    """« l'agriculture », of « peut-être l'agriculture » : that asks nothing."""
    return _PERHAPS.sub("", text)


def changes_mind(text: str) -> bool:
    """« finalement on veut envoyer », « non finalement… » : the « non » answers nothing that is asked."""
    return bool(_CHANGES_MIND.match(normalise(text)))


def adds(text: str) -> bool:
    """« le VSI aussi » : what is said joins what was said before."""
    return bool(_ADDS.search(normalise(text)))


def affirmed(text: str) -> str:
    """« le 39 pas le 21 », « à la Réunion, pas en Guadeloupe » : without what is denied."""
    clauses = (_SET_ASIDE.split(clause)[0] for clause in re.split(r"[,;]", text.lower()))
    return " ".join(clause.strip() for clause in clauses if clause.strip())


def clause_ends(text: str) -> Iterator[re.Match[str]]:
    """Where an answer may end, and a question begin: marks, « mais », « au fait »."""
    return _CLAUSE_ENDS.finditer(text)


def shows_nothing(text: str) -> bool:
    """Whether it is punctuation alone: « - », « … »."""
    return bool(text.strip()) and all(unicodedata.category(sign)[0] in "PZ" for sign in clean(text))


def spelled_signs(text: str) -> str:
    """What a message of signs alone says, « 👍🏽 » is « oui »; any other as it is."""
    said = {word for sign in text for word, signs in _SAID["signs"].items() if sign in signs}
    return said.pop() if len(said) == 1 and not any(map(str.isalnum, text)) else text


def read_number(text: str) -> int | None:
    """The whole number in a text."""
    digits = "".join(word for word in words(text) if word.isdigit())
    return int(digits) if digits and len(digits) <= _MOST_DIGITS else None


def without_introduction(name: str) -> str:
    """« alors je m'appelle Jeanne » : the name alone, « je suis la maire » : the function."""
    found = _INTRODUCTION.match(name)
    return name[found.end() :] if found and name[found.end() :] else name


def first_named(text: str, questions: Iterable[Question]) -> tuple[Question, str] | None:
    """The question that a text names first, and the name: its label, or another that it is called by."""
    typed = f" {normalise(text)} "
    names = ((f" {normalise(name)} ", name, one) for one in questions for name in (one.label, *one.called))
    found = [(typed.index(said), -len(said), one, name) for said, name, one in names if said in typed]
    return min(found, key=lambda place: place[:2])[2:] if found else None


def told_after(name: str, text: str) -> str:
    """« ma fonction c'est DGS » : what a text says to be so called; empty where it says nothing of it."""
    plain = re.compile(rf"\b(?:{re.escape(name)}|{normalise(name)})\b{_SAID['told_after']}", re.IGNORECASE)
    found = plain.search(text)
    return text[found.end() :].strip() if found else ""


def meant_option(
    options: tuple[Option, ...], typed: str, *, doubts_no: bool = True, number: Option | None = None
) -> Option | None:
    """The option that a normalised text is the number of or looks like, else the only one named in the sentence.

    `doubts_no`: whether a long « non… » may say the contrary. `number`: the option that any number stands for.
    """
    typed = _YES_FIRST.sub(YES, typed)
    both = (typed, _bare(typed))
    typed = YES if any(map(_YES_WAYS.fullmatch, both)) else NO if any(map(_NO_WAYS.fullmatch, both)) else typed
    if typed.isdigit() and not any(typed in _ways(option) for option in options):  # « 0 »: none at all
        place = int(typed[:_MOST_DIGITS])
        return number or (options[place - 1] if 1 <= place <= len(options) else None)
    said = {
        option.id: [way for way in _ways(option)[1:] if is_said(way, typed, doubts_no=doubts_no)] for option in options
    }
    # « mairie étrangère » says more than « mairie », « oui, le Togo » than « oui ». Two left say two things.
    ways = {way for found in said.values() for way in found}
    longest = {way for way in ways if not any(way != other and (way in other or len(way) <= _BARE) for other in ways)}
    within = [option for option in options if longest.intersection(said[option.id])]
    alike = {option.id: max(_likeness(typed, way) for way in _ways(option)) for option in options}
    best = max(options, key=lambda option: alike[option.id], default=None)
    if best and alike[best.id] >= (_WITHIN if within else _ALIKE):
        return best
    if not within and _NUMBER.search(typed):
        return number
    return within[0] if len(within) == 1 else _said_together(options, within, typed)


def _said_together(options: tuple[Option, ...], within: list[Option], typed: str) -> Option | None:
    """The option that those told mean all together, unless one is to be chosen: « accueillir ou envoyer »."""
    told = {option.id for option in within}
    if _CHOOSES.search(typed):
        return None
    return next((one for one in options if one.together and told - {one.id} == set(one.together)), None)


def _likeness(typed: str, way: str) -> float:
    """Per cent; none where one of the two denies what the other says: « ni VSI ni service civique »."""
    denied = {word for word in typed.split() if word in NOT} == {word for word in way.split() if word in NOT}
    return fuzz.ratio(typed, way) if denied else 0.0


def is_said(way: str, typed: str, *, doubts_no: bool = True) -> bool:
    """Whether normalised words are within a normalised text, and not denied there."""
    before, found, after = f" {typed} ".partition(f" {way} ")
    if not found or (way in _NO and _is_doubtful_no(typed, doubts_no=doubts_no)):
        return False
    earlier = ["", *before.split()]
    if earlier[-1] in _NE and not _AFTER_NE.isdisjoint(after.split()[:1]):
        return False
    while earlier[-1] in ARTICLES:
        earlier.pop()
    is_left = any(" ".join(earlier).endswith(f" {one}") for one in _SAID["instead_of"])
    return not is_left and (earlier[-1] not in NOT or earlier[-2:-1] == ["pourquoi"])


def _is_doubtful_no(typed: str, *, doubts_no: bool) -> bool:
    """« non mais… »; « non, on n'a personne pour ça », where what is asked may be denied."""
    is_long = len(_PLAIN_NO.sub("", typed).split()) > _LONGEST_NO
    return is_long and (doubts_no or typed.split(maxsplit=1)[0] not in _NO or bool(_NO_BUT.search(typed)))


def _ways(option: Option) -> list[str]:
    return [normalise(way) for way in (option.label, *option.also)]
