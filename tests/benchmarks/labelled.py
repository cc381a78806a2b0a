"""Labelled questions measured: shared by the benchmark and the tests."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from bot.team.labelled import COURTESIES, Labelled, load, outcome
from knowledge.content.models import OFF_TOPIC, Content, Topic
from knowledge.understanding.decision import Reading

__all__ = ["COURTESIES", "OFF_TOPIC", "Labelled", "load", "outcome"]


def with_phrases(content: Content, phrases: Callable[[Topic], Iterable[str]]) -> Content:
    """The content, other phrases in each topic."""
    themes = tuple(
        theme.model_copy(
            update={"topics": tuple(t.model_copy(update={"questions": tuple(phrases(t))}) for t in theme.topics)}
        )
        for theme in content.themes
    )
    topics = {topic.id: topic for theme in themes for topic in theme.topics}
    return content.model_copy(update={"themes": themes, "topics": topics})


def measure(
    items: Iterable[Labelled], ask: Callable[[str], tuple[str, list[str], list[str]]]
) -> dict[str, Counter[str]]:
    """Outcomes counted by kind of message."""
    counts: dict[str, Counter[str]] = {"one": Counter(), "several": Counter(), "off": Counter()}
    for item in items:
        counts[item.kind][outcome(item, *ask(item.q))] += 1
    return counts


def rates(counts: dict[str, Counter[str]]) -> dict[str, float]:
    """The figures of the goal, in per cent."""
    one, several, off = counts["one"], counts["several"], counts["off"]

    def share(counter: Counter[str], *names: str) -> float:
        return round(100 * sum(counter[name] for name in names) / max(1, counter.total()), 1)

    return {
        "right": share(one, "right"),
        "right or offered": share(one, "right", "offered", "wrong, right offered"),
        "wrong": share(one, "wrong", "wrong, right offered"),
        "several: all parts": share(several, "right"),
        "fooled": share(off, "fooled"),
    }


def failures(items: Iterable[Labelled], ask: Callable[[str], Any]) -> list[tuple[str, Labelled, Any]]:
    """Every message that is not right (or refused), with what was said."""
    found = []
    for item in items:
        said = ask(item.q)
        what = outcome(item, *said)
        if what not in ("right", "refused"):
            found.append((what, item, said))
    return found


Asked = tuple[str, list[str], list[str]]
"""Kind, topics answered, topics offered."""


def asker(read: Callable[[str], Reading], content: Content) -> Callable[[str], Asked]:
    """How the benchmark asks ours."""

    def ask(question: str) -> Asked:
        reading = read(question)
        answered = content.with_origins(answer.topic for answer in reading.answers)
        return reading.kind, answered, content.with_origins(reading.choices or reading.nearest)

    return ask


def noisy(items: list[Labelled], every: int = 8) -> list[Labelled]:
    """The same messages with one more typing mistake in every eighth word: two letters exchanged or one lost."""
    return [replace(item, q=with_mistakes(item.q, every, shift=len(item.q))) for item in items]


def with_mistakes(text: str, every: int, shift: int) -> str:
    """The text with a mistake in every so many words; which, `shift` tells."""
    words = text.split(" ")
    for at in range(shift % every % max(1, len(words)), len(words), every):
        word = words[at]
        if len(word) > 3 and word.isalpha():
            place = 1 + shift % (len(word) - 2)
            swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            words[at] = swapped if shift % 2 else word[:place] + word[place + 1 :]
    return " ".join(words)
