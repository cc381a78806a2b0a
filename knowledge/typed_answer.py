"""What somebody typed → an answer to a question of the questionnaire."""

from typing import Any

from rapidfuzz import fuzz

from knowledge.form import UNKNOWN, Option, Question
from knowledge.text import normalise, words

_ALIKE = 82.0  # per cent of likeness to an option's wording
_WITHIN = 90.0  # per cent: one of its words within a sentence
_MOST_DIGITS = 9


def read_answer(question: Question, text: str, dont_know: tuple[str, ...]) -> Any:
    """The answer that a text is, None when it is none: an option's wording or its number, or an amount.

    `dont_know`: the ways to say « je ne sais pas », where the question accepts it.
    """
    typed = normalise(text)
    if question.kind == "number":
        digits = "".join(word for word in words(text) if word.isdigit())
        return int(digits) if digits and len(digits) <= _MOST_DIGITS else None
    if typed in {normalise(way) for way in dont_know} and _may_be_unknown(question):
        return UNKNOWN
    if typed.isdigit() and 1 <= int(typed[:_MOST_DIGITS]) <= len(question.options):
        return _as_answer(question, question.options[int(typed) - 1])
    best = max(question.options, key=lambda option: _likeness(option, typed), default=None)
    return _as_answer(question, best) if best and _likeness(best, typed) >= _ALIKE else None


def _may_be_unknown(question: Question) -> bool:
    return question.kind == "authority" or any(option.id == UNKNOWN for option in question.options)


def _as_answer(question: Question, option: Option) -> Any:
    return [option.id] if question.kind == "several" else option.id


def _likeness(option: Option, typed: str) -> float:
    """How much a normalised text looks like an option, in per cent; a word of its own within a sentence will do."""
    others = [normalise(way) for way in option.also]
    within = _WITHIN if any(f" {way} " in f" {typed} " for way in others) else 0.0
    return max(within, *(fuzz.ratio(typed, way) for way in (normalise(option.label), *others)))
