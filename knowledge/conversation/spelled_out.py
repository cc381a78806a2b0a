"""A short message with what it leaves to be understood spelled out: « l'autre », « l'année d'après », « pareil ? »."""

from collections.abc import Sequence
from itertools import accumulate

from knowledge.content.follow_ups import FollowUps
from knowledge.conversation.frame import Frame
from knowledge.words.text import says_any, says_only, words

LONGEST = 9
"""Words of a message that goes on; a longer one says itself what it is about."""
_AGE_DIGITS, _YEAR_DIGITS = 2, 4
_LAST_AGE = 15
"""Typed words of a message that tells an age without « ans »."""
_THOUSANDS, _MOST_DIGITS = 3, 8
_ASKED_AGAIN = 9
"""Typed words at most that ask whether the answer changes."""
_ENDS = ",.;:!?…"


def of_last_year(text: str, year: int, texts: FollowUps) -> str:
    """« l'an dernier, c'était quand » → « en 2025, c'était quand »: how entries tell it."""
    return _year_said(text, texts.last_year, year, texts)


def of_that_age(text: str, texts: FollowUps, years: str) -> str:
    """« et mon frère de 31 ? », « elle en aura 31 en mars » → « 31 ans », where ages were just talked about."""
    typed = text.split()
    numbers = [n for n, word in enumerate(typed) if any(one.isdigit() for one in word)]
    if len(numbers) != 1 or len(typed) > _LAST_AGE:
        return text
    (at,) = numbers
    number, mark = typed[at].rstrip(_ENDS), typed[at][len(typed[at].rstrip(_ENDS)) :]
    before, after = words(" ".join(typed[:at])), words(" ".join(typed[at + 1 :]))
    is_last = bool(mark) or not after
    is_led = before[-1:] and (before[-1] in texts.before_age or (is_last and typed[at - 1].endswith(",")))
    if len(number) != _AGE_DIGITS or not is_led or not (is_last or after[0] in texts.after_age):
        return text
    return " ".join([*typed[:at], years.format(years=number) + mark, *typed[at + 1 :]])


def of_next_year(text: str, year: int, texts: FollowUps) -> str:
    """« et l'année d'après ? », of 2023 → « et en 2024 ? »."""
    return _year_said(text, texts.next_year, year + 1, texts) if year else text


def _year_said(text: str, ways: Sequence[str], year: int, texts: FollowUps) -> str:
    if not says_any(text, ways):
        return text
    typed = text.split()
    for at in range(len(typed)):
        for way in ways:
            size = typed_length(typed[at : at + len(way.split())], way)
            if words(" ".join(typed[at : at + size])) == way.split():
                return " ".join([*typed[:at], texts.in_year.format(year=year), *typed[at + size :]])
    return text


def years_in(text: str) -> list[int]:
    """The years that a text names."""
    return [int(word) for word in words(text) if len(word) == _YEAR_DIGITS and word.isdigit() and word[:2] == "20"]


def of_other_form(text: str, form: str, texts: FollowUps) -> str:
    """« et l'autre, elle dure combien ? » → « et le VSI, elle dure combien ? ». `form`: how that other one is said."""
    typed, other = text.split(), texts.other
    for at in range(len(typed)):
        size = typed_length(typed[at : at + 2], other.one)
        if not other.one or words(" ".join(typed[at : at + size])) != other.one.split():
            continue
        after = words(" ".join(typed[at + size : at + size + 1]))[:1]
        noun = after[0] if after and after[0] in (*other.nouns, *other.kept) else ""
        if after and not noun and after[0] not in texts.little:
            return text  # « l'autre commune »
        said = other.of_form.format(noun=noun, form=form) if noun in other.kept else other.form.format(form=form)
        last = typed[at + size - 1 + bool(noun)]
        return " ".join([*typed[:at], said + last[len(last.rstrip(_ENDS)) :], *typed[at + size + bool(noun) :]])
    return text


def without_asked_again(text: str, texts: FollowUps) -> str:
    """What is told before « ça change quelque chose ? »; empty where that is not asked, or nothing is told."""
    typed, asked = text.split(), texts.asked_again
    for at in range(max(1, len(typed) - _ASKED_AGAIN), len(typed)):
        ending = " ".join(typed[at:])
        begins = any(f"{' '.join(words(ending))} ".startswith(f"{way} ") for way in asked.openings)
        is_asked = "?" in ending or says_any(ending, asked.surely)
        is_of_it = not any(word in asked.but for word in words(ending))
        if begins and is_asked and is_of_it and says_only(ending, (*asked.surely, *asked.words), texts.little):
            return " ".join(typed[:at]).rstrip(" ,;:")
    return ""


def corrected_size(said: str, frame: Frame, texts: FollowUps) -> int:
    """The inhabitants that a correction is, where others were told; 0 where it is none. `said`: what it corrects to."""
    numbers = [word for word in words(said) if word.isdigit()]
    number = "".join(numbers)
    if not frame.speaker.size or not says_only(said, numbers, (*texts.inhabitants, *texts.little)):
        return 0
    is_one = all(len(one) == _THOUSANDS for one in numbers[1:])  # « 1 200 »
    return int(number) if is_one and 1 < len(number) < _MOST_DIGITS and not years_in(number) else 0


def typed_length(typed: Sequence[str], opening: str) -> int:
    """How many typed words an opening is: « c'est » is two normalised words and one typed."""
    said = accumulate(len(words(word)) for word in typed)
    return next((count for count, size in enumerate(said, 1) if size >= len(opening.split())), 0)
