"""What an entry says on one point: the sentences that answer best, and nothing else of it."""

import re
from collections.abc import Iterable

from knowledge.words.text import stem, words

_BULLET = "• "
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")
_SHORTEST = 4
"""Letters from which a word says something by itself."""


def sentences(text: str) -> list[str]:
    """The sentences and the items of a plain text, in order."""
    lines = (line.strip() for line in text.splitlines())
    return [part for line in lines if line for part in ([line] if line.startswith(_BULLET) else _END.split(line))]


def items(text: str) -> list[str]:
    """The items of the lists in a plain text, without their bullets."""
    return [line.removeprefix(_BULLET) for line in sentences(text) if line.startswith(_BULLET)]


def first(text: str, count: int) -> str:
    """The first sentences, items left out."""
    return " ".join([one for one in sentences(text) if not one.startswith(_BULLET)][:count])


def best(text: str, asked: str, patterns: Iterable[str], known: str = "") -> list[str]:
    """The two sentences at most that share most with what is asked; none where nothing is shared.

    `patterns`: regular expressions for what an answer holds, « \\d+ mois ». `known`: the entry's title, whose words
    tell no sentence of it from another.
    """
    wanted = _telling(asked) - _telling(known)
    looked_for = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    scored = []
    for place, one in enumerate(sentences(text)):
        shared = len(wanted & _telling(one)) * 2 + sum(bool(pattern.search(one)) for pattern in looked_for)
        if shared:
            scored.append((-shared, place, one))
    top = sorted(scored)[:2]
    kept = [found for found in top if found[0] <= top[0][0] / 2]
    return [one for _, _, one in sorted(kept, key=lambda found: found[1])]


def share(text: str, asked: str, known: str = "") -> float:
    """The share of the telling words of a question that a text holds; `known`: words that count for nothing."""
    wanted = _telling(asked) - _telling(known)
    return len(wanted & _telling(text)) / len(wanted) if wanted else 0.0


def _telling(text: str) -> set[str]:
    return {stem(word) for word in words(text) if len(word) >= _SHORTEST or word.isdigit()}
