"""Phrases written as templates → one automaton: a message is read once, word by word, whatever the phrases.

    je veux (mourir|crever) [ce soir] {without_pain} … fatigué(e)

( | ) one of several, [ ] optional, { } a list with a name, … up to four words within a sentence, (e) an ending.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

STOP = "."
"""The word that stands for the end of a sentence: no phrase goes over it."""
EDGE = "^"
"""The word that stands for the beginning or the end of the message."""
MOST_BETWEEN = 4
"""Words that « … » may stand for."""

_ENDING = re.compile(r"\b(\w+)\((\w{1,3})\)")
_TOKEN = re.compile(r"\{\w+\}|[()\[\]|…]|[^\s()\[\]{}|…]+|[{}]")


_Label = TypeVar("_Label")


class TemplateError(ValueError):
    """The template cannot be read; the message is the part at fault."""


@dataclass(frozen=True)
class PhraseSpan(Generic[_Label]):
    """Where a phrase was found: words `start` to `end`, the last not included. `labels`: of all that are read so."""

    labels: tuple[_Label, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Node:
    """A template as a tree. `kind`: word, any, all (in order), one (of several)."""

    kind: str
    word: str = ""
    parts: tuple["Node", ...] = ()

    @property
    def shortest(self) -> int:
        """The fewest words of a message that it takes."""
        sizes = [part.shortest for part in self.parts]
        match self.kind:
            case "word":
                return 1
            case "all":
                return sum(sizes)
            case "one":
                return min(sizes, default=0)
        return 0

    def signs(self, common: frozenset[str]) -> frozenset[str]:
        """Words of which a message that holds it has one at least: as few `common` ones as may be, and long ones."""
        parts = [part.signs(common) for part in self.parts]
        match self.kind:
            case "word":
                return frozenset([self.word])
            case "all":
                return min(
                    filter(None, parts),
                    key=lambda words: (len(words & common), -sum(map(len, words)) / len(words)),
                    default=frozenset(),
                )
            case "one" if all(parts):
                return frozenset().union(*parts)
        return frozenset()


class Templates:
    """Reads templates. `lists`: what each { } stands for; `words`: the words of a text as those of messages are."""

    def __init__(self, lists: Mapping[str, Sequence[str]], words: Callable[[str], list[str]]) -> None:
        self._lists = lists
        self._words = words
        self._known: dict[str, Node] = {}
        self._nodes: dict[tuple[object, ...], Node] = {}

    def read(self, template: str) -> Node:
        """The template as a tree. Raises TemplateError."""
        tokens = _TOKEN.findall(_ENDING.sub(r"(\1|\1\2)", template))
        node, rest = self._choice(tokens)
        if rest:
            raise TemplateError(rest[0])
        return node

    def _choice(self, tokens: list[str]) -> tuple[Node, list[str]]:
        first, tokens = self._sequence(tokens)
        choices = [first]
        while tokens and tokens[0] == "|":
            node, tokens = self._sequence(tokens[1:])
            choices.append(node)
        return self._node("one", *choices), tokens

    def _sequence(self, tokens: list[str]) -> tuple[Node, list[str]]:
        parts: list[Node] = []
        while tokens and tokens[0] not in ("|", ")", "]"):
            sign, tokens = tokens[0], tokens[1:]
            if sign in ("(", "["):
                node, tokens = self._choice(tokens)
                if tokens[:1] != [")" if sign == "(" else "]"]:
                    raise TemplateError(sign)
                tokens = tokens[1:]
                parts.append(node if sign == "(" else self._node("one", node, self._node("all")))
            elif sign == "…":
                parts.append(self._node("any"))
            elif sign[0] in "{}":
                parts.append(self._list(sign))
            else:
                parts += [self._node("word", word=word) for word in self._words(sign)]
        return self._node("all", *parts), tokens

    def _list(self, sign: str) -> Node:
        name = sign.strip("{}")
        if name not in self._known:
            if name not in self._lists:
                raise TemplateError(sign)
            self._lists, kept = {k: v for k, v in self._lists.items() if k != name}, self._lists  # no list in itself
            self._known[name] = self._node("one", *map(self.read, kept[name]))
            self._lists = kept
        return self._known[name]

    def _node(self, kind: str, *parts: Node, word: str = "") -> Node:
        """The same tree is the same object, whichever templates it is in."""
        return self._nodes.setdefault((kind, word, *map(id, parts)), Node(kind, word, parts))


class Automaton(Generic[_Label]):
    """Finds the phrases put into it, each with its label. Time: words of the message × states alive, both bounded."""

    def __init__(self) -> None:
        self._leads: dict[str, dict[int, tuple[int, ...]]] = {}
        """By word, then state: those after it. Few states alive have one, of ten thousand."""
        self._any: dict[int, int] = {}
        """Where any word leads."""
        self._labels: dict[int, tuple[_Label, ...]] = {}
        self._count = 1
        self._built: dict[tuple[int, frozenset[int]], frozenset[int]] = {}
        """By tree and where it begins, where it ends: templates that begin alike share their states."""
        self._trees: list[Node] = []

    def add(self, template: Node, label: _Label) -> None:
        """Have it find this template, read with others by one `Templates`."""
        self._trees.append(template)  # its identity is known as long as it lives
        for state in self._build(template, frozenset([0])):
            if state and label not in self._labels.get(state, ()):
                self._labels[state] = (*self._labels.get(state, ()), label)

    def all_added(self) -> None:
        """Let go of what only serves to add templates."""
        self._built.clear()
        self._trees.clear()

    @property
    def words(self) -> set[str]:
        """Every word that a phrase asks for."""
        return set(self._leads)

    def spans(self, words: Sequence[str]) -> Iterator[PhraseSpan[_Label]]:
        """Where phrases are. Of those with one end, the one that starts first."""
        alive: dict[int, int] = {}
        for at, word in enumerate(words):
            alive[0] = at
            gaps = () if word in (STOP, EDGE) else alive.keys() & self._any.keys()
            then = {self._any[state]: alive[state] for state in gaps}  # nothing else leads there
            leads = self._leads.get(word, {})
            for state in alive.keys() & leads.keys():
                start = alive[state]
                for reached in leads[state]:
                    if start < then.get(reached, at + 1):
                        then[reached] = start
            alive = then
            for state in alive.keys() & self._labels.keys():
                yield PhraseSpan(self._labels[state], alive[state], at + 1)

    def _build(self, node: Node, starts: frozenset[int], end: int | None = None) -> frozenset[int]:
        """Add states for a tree after `starts`; those in which it has been read. `end`: where its last words lead."""
        if end is not None:
            return self._build_anew(node, starts, end)
        key = (id(node), starts)
        if key not in self._built:
            self._built[key] = self._build_anew(node, starts)
        return self._built[key]

    def _build_anew(self, node: Node, starts: frozenset[int], end: int | None = None) -> frozenset[int]:
        match node.kind:
            case "word":
                return frozenset([self._word(node.word, starts, self._new() if end is None else end)])
            case "any":
                return starts.union(*(self._between(start) for start in starts))
            case "one":  # one end for all choices: what follows is built once
                end = self._new() if end is None else end
                return frozenset().union(*(self._build(part, starts, end) for part in node.parts))
        *before, last = node.parts or (None,)
        if last is None:
            return starts
        return self._build(last, reduce(lambda ends, part: self._build(part, ends), before, starts), end)

    def _word(self, word: str, starts: frozenset[int], end: int) -> int:
        leads = self._leads.setdefault(word, {})
        only = (end,)  # most states lead nowhere else: they share it
        for start in starts:
            leads[start] = leads[start] + only if start in leads else only
        return end

    def _between(self, start: int) -> Iterator[int]:
        for _ in range(MOST_BETWEEN):
            if start not in self._any:
                self._any[start] = self._new()
            start = self._any[start]
            yield start

    def _new(self) -> int:
        self._count += 1
        return self._count - 1
