"""A short message that follows an answer → a question complete in itself, or the entry that it goes on about."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from knowledge.content.follow_ups import FollowUps
from knowledge.conversation.frame import Frame
from knowledge.conversation.spelled_out import LONGEST, typed_length
from knowledge.understanding.situation.reduction import is_bare
from knowledge.understanding.situation.situation import Situation
from knowledge.words.text import is_written_so, normalise, words

_DENIED = 3
"""Words at most after the denial, where they only say what is not asked."""
_DENIED_BEFORE = 2
"""Words before a form, one of which denies it: « pas un VSI »."""
_MOST_OPENINGS = 8
"""Openings one after the other: a text of nothing but « ok » would take half a second."""
_LAST = 100
"""Typed words at the end of a message that may take back what is before."""
_EXCUSE = 5
"""Typed words at most of what is blamed: « mon téléphone écrit »."""
_ENDS = ",.;:!?…"


def repaired(text: str, texts: FollowUps) -> str:
    """The message without the words that only say that it corrects the one before."""
    said = text.strip()
    corrects = False
    for opening in (*texts.corrections, *texts.corrections):  # « non en fait »: in any order
        if _opens(said, opening):
            said, corrects = _after(said, opening).strip(" ,;:"), True
    said = _with_denial(said, texts)
    for ending in texts.corrections_after:
        if f" {normalise(said)}".endswith(f" {ending}"):
            count = len(ending.split())
            said, corrects = " ".join(said.split()[: -count or None]) if len(said.split()) > count else said, True
    if (corrects and words(said)[:1] == [texts.denial]) or _opens(said, *texts.denials):
        said = _instead(said, texts) or said  # « pas asso, mairie », « je ne parle pas du visa mais du voyage »
    return _without_denied(said, texts, corrects=corrects) or text


def _with_denial(said: str, texts: FollowUps) -> str:
    """« 3 500 et non 35 000 » → « 3 500, pas 35 000 »."""
    typed, way = said.split(), texts.denied_too.split()
    for at in range(1, len(typed) - len(way)):
        if [normalise(one) for one in typed[at : at + len(way)]] == way:
            return " ".join([*typed[: at - 1], f"{typed[at - 1].rstrip(',')},", texts.denial, *typed[at + len(way) :]])
    return said


def _instead(said: str, texts: FollowUps) -> str:
    """What follows what is denied; empty where nothing does."""
    parts = re.split(rf"[,;:.!]+\s|\b{texts.but}\b", said, maxsplit=1, flags=re.IGNORECASE)
    told = "".join(parts[1:]).strip()
    for opening in (*texts.corrections, texts.whether):  # « je demande si elle part »
        if _opens(told, opening):
            told = _after(told, opening).strip(" ,;:")
    return told if _names_something(told.split(), texts) else ""


def _without_denied(said: str, texts: FollowUps, *, corrects: bool) -> str:
    """« l'accueil, pas l'envoi » asks of the first; without a comma, only where it corrects."""
    typed = said.split()
    near_end = range(max(0, len(typed) - _DENIED - 1), len(typed))
    at = max((n for n in near_end if normalise(typed[n]) == texts.denial), default=0)
    is_apart = at > 0 and (corrects or typed[at - 1].endswith(","))
    if is_apart and 0 < len(typed) - at - 1 <= _DENIED and _names_something(typed[:at], texts):
        return " ".join(typed[:at]).strip(" ,")
    return said


def asked_instead(text: str, texts: FollowUps) -> str:
    """« t'as pas répondu pour le visa » → « pour le visa », « et le Suriname, vous n'avez pas répondu » → « et le
    Suriname »: what a reproach says that one asked. Empty where it does not say it.
    """
    typed = text.split()
    blame = frozenset(texts.blame)
    blamed = [at for at, word in enumerate(typed) if not blame.isdisjoint(words(word))]
    if not blamed:
        return ""
    told = (typed[blamed[-1] + 1 :], typed[: blamed[0]])
    return next((" ".join(said) for said in told if _names_something(said, texts)), "")


def _names_something(typed: Sequence[str], texts: FollowUps) -> bool:
    """Whether some words name what is asked, and not what is not."""
    said = words(" ".join(typed))
    return said[:1] != [texts.denial] and any(
        word not in (*texts.little, texts.denial) and len(word) > 2 for word in said
    )


def last_said(text: str, texts: FollowUps) -> str:
    """What is meant, where a message takes back what it began with: « accueillir, ah non envoyer »; else empty."""
    return next(said_instead(text, texts), "")


def said_instead(text: str, texts: FollowUps) -> Iterator[str]:
    """What follows each place where a message takes something back, from the last one on."""
    typed = text.split()
    said = list(map(words, typed))
    counts = list(map(len, said))
    begin = {way.split()[0] for way in (*texts.takes_nothing_back, *texts.takes_back)}
    for at in range(len(typed) - 1, max(0, len(typed) - _LAST), -1):
        if said[at] and len(said[at][0]) > 1 and said[at][0] not in begin:  # most words; « n o n » is spelled
            continue
        left = words(" ".join(typed[at:]))
        if any(left[: len(one.split())] == one.split() for one in texts.takes_nothing_back):
            continue
        way = max((one for one in texts.takes_back if left[: len(one.split())] == one.split()), key=len, default="")
        size = next((n for n in range(1, len(typed) - at + 1) if sum(counts[at : at + n]) >= len(way.split())), 0)
        if way and any(counts[at + size :]):
            yield " ".join(typed[at + size :]).strip(" ,;:.")


def without_opening(text: str, texts: FollowUps) -> str:
    """The message without what is said before a question: « ok super. » asks nothing."""
    said = text.strip()
    for _ in range(_MOST_OPENINGS):
        opening = _opens(said, *texts.openings)
        left = _after(said, opening).strip(" ,;:.!") if opening else said
        if left == said:
            break
        said = left
    return said


def without_excuse(text: str, excuses: Collection[str], led_by: Collection[str]) -> str:
    """The message without the clause that blames what it was typed with: « …, la dictée écrit n'importe quoi »."""
    whole = f" {normalise(text)}"
    if not any(f" {excuse.rstrip('*')}" in whole for excuse in excuses):  # nearly always
        return text
    typed, ways = text.split(), [excuse.split() for excuse in excuses]
    for at in range(len(typed)):
        left = words(" ".join(typed[at : at + _EXCUSE]))
        if not any(_begins_so(left, way) for way in ways):
            continue
        start = at
        while start and normalise(typed[start - 1]) in led_by and typed[start - 1][-1] not in _ENDS:
            start -= 1
        end = next((n + 1 for n in range(at, len(typed)) if typed[n][-1] in _ENDS), len(typed))
        return " ".join([*typed[:start], *typed[end:]]).strip(" ,;:") or text
    return text


def _begins_so(said: list[str], way: list[str]) -> bool:
    return len(said) >= len(way) and said[: len(way) - 1] == way[:-1] and is_written_so(said[len(way) - 1], way[-1])


def _opens(said: str, *openings: str) -> str:
    """The first of these that a text begins with; empty where it begins with none."""
    read = f"{normalise(said)} "
    return next((one for one in openings if read.startswith(f"{one} ")), "")


def _after(said: str, opening: str) -> str:
    """What is typed after an opening."""
    typed = said.split()
    return " ".join(typed[typed_length(typed, opening) :])


def asked_with(text: str, more: str) -> str:
    """What is asked, said of something more: « on contacte qui ? » of « Bretagne »."""
    return f"{text.rstrip(' ?')} {more}"


def picked_entries(text: str, frame: Frame, texts: FollowUps) -> list[str]:
    """The entries meant by « le deuxième », « les deux », among those just offered."""
    typed = normalise(text)
    if typed in texts.all:
        return list(frame.offered[:2])
    place = next((n for n, ways in enumerate(texts.ordinals) if typed in ways), len(frame.offered))
    return [*frame.offered[place : place + 1]]


def thanks(text: str, texts: FollowUps) -> bool:
    """Whether a message begins by thanking, and asks nothing."""
    return "?" not in text and begins_with_thanks(text, texts)


def begins_with_thanks(text: str, texts: FollowUps) -> bool:
    """Whether its first word thanks, « ok super » aside."""
    before = {word for opening in texts.openings for word in opening.split()}
    for word in words(text):
        if any(is_written_so(word, way) for way in texts.thanks.words):
            return True
        if word not in before:
            return False
    return False


def completed(text: str, situation: Situation, frame: Frame, texts: FollowUps, kinds: Mapping[str, str]) -> str | None:
    """« et une SPL ? » after who may apply, as a question: « une SPL peut-elle candidater ? ». None: it is complete.

    `kinds`: how each kind of body is called, with its article.
    """
    typed = words(text)
    is_elsewhere = texts.country and {texts.countries, *texts.abroad}.isdisjoint(frame.topics)
    if situation.country and is_elsewhere and not situation.actors and len(typed) <= LONGEST:
        rest = [word for word in typed if word not in texts.little and word not in words(situation.country.name)]
        if not rest and not situation.acts:
            return _filled(texts.country, country=situation.country.name)
    about_applying = bool(frame.topics) and frame.topics[0] in texts.applying
    if not about_applying or situation.acts or len(words(text)) > LONGEST:
        return None
    if situation.actors:
        if not is_bare(situation):  # « c'est le même appel que pour les mairies ? » asks something else
            return None
        where = f" ({situation.place.name})" if situation.place else ""
        return texts.actor.format(actor=f"{kinds[situation.actors[0].kind]}{where}")
    if situation.place and not any(word.isdigit() for word in typed):
        return _filled(texts.place, place=situation.place.name)
    said = " ".join(word if word.isdigit() else "," for word in typed).strip(" ,")
    numbers = said.replace(" ", "")
    is_size = numbers.isdigit() and len(numbers) < 8 and not situation.ages  # « ils ont 22 et 24 ans » is none
    if is_size and all(word.isdigit() or word in texts.little for word in typed):
        return _filled(texts.size, size=numbers)
    return None


def _filled(question: str | None, **said: str) -> str | None:
    """The question in full, where the programme says how it is asked."""
    return question.format(**said) if question else None


def forms_told(text: str, texts: FollowUps) -> list[str]:
    """The forms that a text names, but those that it denies: « pas un VSI, un service civique »."""
    said = f" {normalise(text)} "
    return [form for form, ways in texts.forms.items() if any(_names(said, way, texts.denial) for way in ways)]


def _names(said: str, way: str, denial: str) -> bool:
    before, found, _ = said.rpartition(f" {way} ")
    return bool(found) and denial not in before.split()[-_DENIED_BEFORE:]


def bare_act(text: str, situation: Situation, texts: FollowUps) -> str:
    """What a short question asks to be told: by its question word, else by any word that asks for it; else nothing."""
    said = f" {normalise(text)} "
    told = next((act for act, ways in texts.bare.items() if any(f" {way} " in said for way in ways)), "")
    return told or (situation.acts[0].act.value if situation.acts else "")
