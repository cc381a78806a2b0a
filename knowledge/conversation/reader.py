"""A message → what it does to the conversation, by groups of words said together, in any order."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.content.conversation import Act, ConversationWords
from knowledge.understanding.lexicon import Expressions
from knowledge.words.text import words

LONGEST = 30
"""Words: who writes more tells a story, and asks something in it."""

_CODE = re.compile(r"\bRP[-\s]?([A-Z0-9]{4})[-\s]?([A-Z0-9]{2,4})\b", re.IGNORECASE)

_LONG = 7
"""Letters from which a word may have one mistake."""


class Groups:
    """Groups of expressions, looked for in a text all at once. A word may be of several groups."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._words: dict[str, set[str]] = {}
        self._beginnings: dict[str, set[str]] = {}
        self._sequences: dict[str, list[tuple[list[str], str]]] = {}
        for group, expressions in groups.items():
            for expression in expressions:
                self._add(group, expression)
        self._long = [word for word in self._words if len(word) >= _LONG]
        self._of = lru_cache(maxsize=5_000)(self._groups_of)

    def _add(self, group: str, expression: str) -> None:
        first, *rest = expression.split()
        if rest:
            self._sequences.setdefault(first.rstrip("*"), []).append((rest, group))
        elif first.endswith("*"):
            self._beginnings.setdefault(first[:-1], set()).add(group)
        else:
            self._words.setdefault(first, set()).add(group)

    def said(self, typed: list[str]) -> set[str]:
        """The names of the groups of which something is said."""
        found = {group for word in typed for group in self._of(word)}
        for at, word in enumerate(typed):
            for rest, group in self._sequences.get(word, ()):
                if _goes_on(typed[at + 1 :], rest):
                    found.add(group)
        return found

    def _groups_of(self, word: str) -> frozenset[str]:
        found = set(self._words.get(word, ()))
        for size in range(2, len(word) + 1):
            found |= self._beginnings.get(word[:size], set())
        if not found and len(word) >= _LONG:  # one slip, but not in the first letter
            alike = process.extractOne(word, self._long, scorer=OSA.distance, score_cutoff=1)
            # « déposer » is to be done, « déposé » is done.
            if alike and alike[0][0] == word[0] and word.endswith("r") == alike[0].endswith("r"):
                found = self._words[alike[0]]
        return frozenset(found)


def _goes_on(typed: list[str], wanted: list[str]) -> bool:
    """Whether a text goes on with these words, the last of which may be a beginning."""
    *before, last = wanted
    if typed[: len(before)] != before or len(typed) < len(wanted):
        return False
    word = typed[len(before)]
    return word.startswith(last[:-1]) if last.endswith("*") else word == last


class Reader:
    """Reads messages about one's own matters and about the conversation itself."""

    def __init__(self, texts: ConversationWords, shorthand: Mapping[str, str]) -> None:
        self._groups = Groups(texts.groups)
        self._rules = [(act, condition.split()) for act, said in texts.acts.items() for condition in said.when]
        self._fillers = texts.fillers
        self._shorthand = Expressions((words(short), words(long)) for short, long in shorthand.items())

    def read(self, text: str, screen: str | None = None) -> Act | None:
        """The first act of which a condition holds; None where the message is about something else.

        `screen`: the one shown just before.
        """
        if code_in(text):
            return Act.CODE
        typed = self._without_fillers(self._spelled_out(words(text)))
        if not typed or len(typed) > LONGEST:
            return None
        said = self._groups.said(typed) | {f"@{screen}"}
        return next((act for act, wanted in self._rules if _holds(wanted, said, len(typed))), None)

    def _without_fillers(self, typed: list[str]) -> list[str]:
        said = f" {' '.join(typed)} "
        for filler in self._fillers:
            said = said.replace(f" {filler} ", " ")
        return said.split() or typed

    def _spelled_out(self, typed: list[str]) -> list[str]:
        result: list[str] = []
        at = 0
        while at < len(typed):
            meant, size = self._shorthand.at(at, typed)
            result += typed[at : at + 1] if meant is None else meant
            at += size
        return result


def code_in(text: str) -> str | None:
    """The code to go on with a colleague's draft that a text holds, as « RP-7KQM-X3FA »; whole or not."""
    found = _CODE.search(text)
    if found is None or not (found[0] == text.strip() or any(map(str.isdigit, found[0]))):
        return None  # « RP » then two words
    return f"RP-{found[1]}-{found[2]}".upper()


def _holds(wanted: list[str], said: set[str], length: int) -> bool:
    return all(
        length < int(part[1:])
        if part.startswith("<")
        else (part[1:] not in said if part.startswith("!") else part in said)
        for part in wanted
    )
