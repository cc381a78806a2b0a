"""Two contents asked the same messages, each in a process of its own: what changes for people.

Where an edit changes nothing that questions are read by, nothing is asked; what a content was asked before is kept.
The thousands of phrasings are not all asked: what each model makes of its own phrasings, as it learnt them, costs
nothing, and only those of which it thinks otherwise than the other model are read for good.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from bot.team.asked_before import AskedBefore, Beliefs, Evaluation, reading_of
from bot.team.evaluation import Evaluated, MessageChange, asker, phrasings
from bot.team.labelled import Labelled
from knowledge.content.models import Content
from knowledge.learning.classifier import softmax
from knowledge.understanding.matching import Matcher
from knowledge.understanding.understanding import Understanding

_MOVED = 0.2  # of probability, from which a phrasing is worth reading again


@dataclass(frozen=True)
class Comparison:
    """The labelled messages, and the phrasings of the new content, that do not get the same from both."""

    messages: list[MessageChange]
    phrasings: list[MessageChange]


def compare(
    contents: tuple[Content, Content], items: Sequence[Labelled], today: date, models: Path | None
) -> Comparison:
    """What changes from the first content to the second. `models`: where what was learnt and asked is kept."""
    if reading_of(contents[0]) == reading_of(contents[1]):
        return Comparison([], [])
    with ProcessPoolExecutor(2) as pool:
        both = [pool.submit(_ask, content, items, today, models) for content in contents]
        old, new = (one.result() for one in both)
        known = {phrase for phrase, belief in new.beliefs.items() if not _moves(old.beliefs.get(phrase), belief)}
        read_again = [item for item in phrasings(contents[1]) if item.q not in known]
        again = [pool.submit(_tell, content, read_again, today, models) for content in contents]
        before, after = (one.result() for one in again)
    told = [_renamed(one, contents[1]) for one in old.told]
    return Comparison(_changes(told, new.told), _changes([_renamed(one, contents[1]) for one in before], after))


def _ask(content: Content, items: Sequence[Labelled], today: date, models: Path | None) -> Evaluation:
    """In a process of its own."""

    def ask() -> Evaluation:
        understanding = Understanding(content, models)
        ask_it = asker(understanding, today)
        return Evaluation([ask_it(item) for item in items], beliefs(understanding.matcher))

    return AskedBefore(models).asked(content, items, today, ask)


def _tell(content: Content, items: Sequence[Labelled], today: date, models: Path | None) -> list[Evaluated]:
    if not items:
        return []
    ask = asker(Understanding(content, models), today)
    return [ask(item) for item in items]


def _renamed(told: Evaluated, content: Content) -> Evaluated:
    """With the entries that took the place of those that it names."""
    answered, offered = (tuple(dict.fromkeys(map(content.current, names))) for names in (told.answered, told.offered))
    return replace(told, answered=answered, offered=offered)


def _changes(before: Sequence[Evaluated], after: Sequence[Evaluated]) -> list[MessageChange]:
    both = (MessageChange(one, other) for one, other in zip(before, after, strict=True))
    return [one for one in both if (one.before.said, one.before.outcome) != (one.after.said, one.after.outcome)]


def _moves(before: tuple[str, float] | None, after: tuple[str, float]) -> bool:
    return before is None or before[0] != after[0] or abs(before[1] - after[1]) > _MOVED


def beliefs(matcher: Matcher) -> Beliefs:
    """What the model makes of the phrasings that it learnt from, by the features that it keeps of them."""
    model = matcher.model
    of_feature = np.repeat(np.arange(len(model.starts) - 1), np.diff(model.starts))
    order = np.argsort(model.phrases, kind="stable")
    rows, shares = model.rows[of_feature[order]], model.shares[order]
    ends = np.searchsorted(model.phrases[order], np.arange(len(matcher.phrases) + 1))
    found: Beliefs = {}
    for at, phrase in enumerate(matcher.phrases):
        here = slice(ends[at], ends[at + 1])
        probabilities = softmax(shares[here] @ model.weights[rows[here]])
        best = int(probabilities.argmax())
        found[phrase] = (matcher.topics[best], float(probabilities[best]))
    return found
