"""What an entry says on one point: the sentences that answer best, and nothing else of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from knowledge.content.follow_ups import Concept
from knowledge.words.text import normalise, stem, words

_BULLET = "• "
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_MOST_ITEMS = 3
_ALIKE = 0.6
"""Share of the words of the shorter of two sentences, more of which in the other tell that both say the same."""
_SHORTEST = 4
"""Letters from which a word says something by itself."""


def sentences_and_items(text: str) -> list[str]:
    """The sentences and the items of a plain text, in order."""
    lines = (line.strip() for line in text.splitlines())
    return [part for line in lines if line for part in ([line] if line.startswith(_BULLET) else _END.split(line))]


def items(text: str) -> list[str]:
    """The items of the lists in a plain text, without their bullets."""
    return [bare(line) for line in sentences_and_items(text) if line.startswith(_BULLET)]


def bare(line: str) -> str:
    """An item by itself: without its bullet, nor the semicolon before the next one."""
    return line.removeprefix(_BULLET).removesuffix("\u202f;").removesuffix(" ;")


def first(text: str, count: int) -> str:
    """The first sentences, items left out."""
    return " ".join([one for one in sentences_and_items(text) if not one.startswith(_BULLET)][:count])


def beginning(text: str, count: int) -> str:
    """The first sentences; of a text that begins with a list, its first items as sentences: they are what it says."""
    lines = sentences_and_items(text)
    listed = [f"{bare(line).rstrip('.')}." for line in takewhile(lambda line: line.startswith(_BULLET), lines)]
    return " ".join(listed[:_MOST_ITEMS]) or first(text, count)


def without_brackets(text: str) -> str:
    """A text without what stands in brackets."""
    return _IN_BRACKETS.sub("", text)


def words_asking(concept: Concept, typed: Iterable[str], text: str) -> list[str] | None:
    """The words typed that ask for what a concept stands for; none where an expression of several words does.

    None where nothing asks for it. `text`: all that is typed, normalised.
    """
    written, begun, said = _ways(concept.asks)
    found = [word for word in typed if word in written or word.startswith(begun)]
    is_asked = bool(found) or any(way in f" {text} " for way in said)
    return found if is_asked else None


@lru_cache(maxsize=1_000)
def _ways(asks: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """The words that ask, the beginnings of such words, and the expressions of several."""
    return (
        frozenset(way for way in asks if not way.endswith("*")),
        tuple(way[:-1] for way in asks if way.endswith("*")),
        tuple(f" {way} " for way in asks if " " in way),
    )


class ShortQuestion:
    """What a short question asks of an entry, word by word: a word, or what it stands for, is found in what answers.

    `known`: words that tell no sentence from another, as those of the entry's title. `concepts`: what words stand for.
    """

    def __init__(self, text: str, known: Iterable[str] = (), concepts: Sequence[Concept] = ()) -> None:
        known_stems = {stem(word) for word in known}
        typed = [word for word in words(text) if stem(word) not in known_stems]
        said = normalise(text)
        self._stems = {stem(word) for word in typed if len(word) >= _SHORTEST or word.isdigit()}
        self._meant = []
        for concept in concepts:
            if (asking := words_asking(concept, typed, said)) is not None:
                self._stems -= {stem(word) for word in asking}
                self._meant.append(re.compile(concept.tells, re.IGNORECASE))

    def __len__(self) -> int:
        return len(self._stems) + len(self._meant)

    def found(self, text: str) -> int:
        """How much of it a text holds."""
        held = {stem(word) for word in words(text)}
        return len(self._stems & held) + sum(bool(meant.search(text)) for meant in self._meant)

    def share(self, text: str) -> float:
        """The share of it that a text holds; nothing where nothing is asked."""
        return self.found(text) / len(self) if len(self) else 0.0


def best(text: str, asked: ShortQuestion, patterns: Iterable[str]) -> list[str]:
    """The two sentences at most that hold most of what is asked, with the list under them; none where none holds any.

    `patterns`: regular expressions for what an answer to this act holds, « \\d+ mois »; they decide alone where nothing
    else is asked.
    """
    looked_for = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    told = sentences_and_items(text)
    scored = []
    for place, one in enumerate(told):
        shared, fits = asked.found(one), sum(bool(pattern.search(one)) for pattern in looked_for)
        if shared or (fits and not len(asked)):
            scored.append((-2 * shared - fits, place, one))
    top = sorted(scored)[:2]
    kept = [
        found for found in top if found[0] <= top[0][0] / 2 and (found is top[0] or not _alike(found[2], top[0][2]))
    ]
    places = sorted(place for _, place, _ in kept)
    whole = [at for place in places for at in (place, *_list_under(told, place))]
    return [told[at] for at in dict.fromkeys(whole)]


def _alike(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    said, told = ({stem(word) for word in words(text)} for text in (one, other))
    return len(said & told) > _ALIKE * min(len(said), len(told))


def _list_under(told: Sequence[str], place: int) -> Iterator[int]:
    """The items of the list that a sentence ends on: « Conditions : »."""
    at = place + 1
    while told[place].endswith(":") and at < len(told) and told[at].startswith(_BULLET):
        yield at
        at += 1
