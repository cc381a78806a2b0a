"""A message → what it does to the conversation: by groups of words said together, and by what it is like."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.content.conversation import OWN_MATTERS, REPAIRS, ConversationWords, DialogueAct, Recognised, StockReply
from knowledge.content.models import Content
from knowledge.understanding.segmentation import pieces
from knowledge.words.text import is_written_so, words
from knowledge.words.word_groups import Expressions, left_out, replaced

if TYPE_CHECKING:
    from knowledge.conversation.likeness import ActLikeness

LONGEST = 30
"""Words: who writes more tells a story, and asks something in it."""

_CODE = re.compile(r"\bRP[-\s]?([A-Z0-9]{4})[-\s]?([A-Z0-9]{2,4})\b", re.IGNORECASE)

_SURE = 0.6
"""Likeness from which no group of words is needed."""
_SURE_AFTER = 0.45
"""The same for a repair, where there is something to repair."""
_SURE_UNCLEAR = 0.2
"""The same where no entry is clearly meant."""
_SURER = 0.8
"""Likeness from which it says more than the groups."""

_LONG = 7
"""Letters from which a word may have one mistake."""
_NEAR = 3
"""Words at most from one group to another that it is said close to."""
_CLAUSE = re.compile(r"[,.;:!?…\n]+(?=\s|$)")


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
        return set(self.places(typed))

    def places(self, typed: list[str]) -> dict[str, list[tuple[int, int]]]:
        """The groups of which something is said, each with the places of its first and last words."""
        found: dict[str, list[tuple[int, int]]] = {}
        for at, word in enumerate(typed):
            for group in self._of(word):
                found.setdefault(group, []).append((at, at))
            if sequences := self._sequences.get(word):
                after = typed[at + 1 :]
                for rest, group in sequences:
                    if _goes_on(after, rest):
                        found.setdefault(group, []).append((at, at + len(rest)))
        return found

    def said_close(self, clause: list[str], pairs: Mapping[str, tuple[str, str]]) -> set[str]:
        """Those of the pairs of groups, « without~alert-me », that are said close to each other."""
        at = self.places(clause)
        together = (pair for pair, groups in pairs.items() if at.keys() >= {*groups})
        return {pair for pair in together if _are_close(*(at[group] for group in pairs[pair]))}

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
    last = len(wanted) - 1
    if len(typed) <= last or (last and typed[:last] != wanted[:last]):
        return False
    return is_written_so(typed[last], wanted[last])


def _are_close(some: Iterable[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    """Whether one of some stands at a few words from one of others, before or after it."""
    return any(max(one[0] - other[1], other[0] - one[1]) <= _NEAR for one in some for other in others)


@dataclass(frozen=True)
class _Condition:
    """Groups of which something is said, groups of which nothing is, in fewer words than so many.

    A group may be a pair, « without~alert-me »: both are said close to each other in one clause.
    """

    wanted: frozenset[str]
    unwanted: frozenset[str]
    fewer: int

    @classmethod
    def of(cls, written: str) -> "_Condition":
        """As written: « group !group <5 »."""
        parts = written.split()
        unwanted = frozenset(part[1:] for part in parts if part.startswith("!"))
        fewer = min((int(part[1:]) for part in parts if part.startswith("<")), default=LONGEST + 1)
        return cls(frozenset(part for part in parts if part[0] not in "!<"), unwanted, fewer)

    def holds(self, said: set[str], length: int) -> bool:
        """Whether it does of a message of so many words."""
        return self.wanted <= said and self.unwanted.isdisjoint(said) and length < self.fewer


class DialogueReader:
    """Reads messages about one's own matters and about the conversation itself."""

    def __init__(
        self,
        texts: ConversationWords,
        shorthand: Mapping[str, str],
        ordinary: Sequence[str] | None = None,
        examples: Mapping[str, Sequence[str]] = MappingProxyType({}),
        folder: Path | None = None,
    ) -> None:
        """`ordinary`: messages that are none of the acts, to learn from; None: by the groups alone.

        `examples`: messages of each act, as they were written, beside the phrases and their variants.
        `folder`: where what is learnt is kept.
        """
        self._groups = Groups(texts.groups)
        self._changes = Groups({"surely": texts.changes_answer, "perhaps": texts.perhaps_changes_answer})
        self._known: list[tuple[str, Recognised]] = [*texts.told.items(), *texts.acts.items()]
        rules = [(name, _Condition.of(said)) for name, says in self._known for said in says.when]
        self._rules: dict[str, list[tuple[int, str, _Condition]]] = {}
        """In their order, by one of the groups that each asks for: most ask for one of which nothing is said."""
        for at, (name, rule) in enumerate(rules):
            self._rules.setdefault(min(rule.wanted, default=""), []).append((at, name, rule))
        self._placed = [(name, told) for name, told in texts.told.items() if told.asks_nothing or told.after]
        self._fillers = left_out(map(str.split, texts.fillers))
        named = {one for _, rule in rules for one in rule.wanted | rule.unwanted}
        self._pairs = {pair: (one, other) for pair in named for one, tie, other in [pair.partition("~")] if tie}
        self._shorthand = Expressions((words(short), words(long)) for short, long in shorthand.items())
        self._texts, self._ordinary, self._examples = texts, ordinary, examples
        self._folder = folder
        self._learnt_from = (texts, shorthand, ordinary, examples)

    def read(
        self, text: str, shown: Sequence[str] = (), *, follows: bool = False, guesses: bool = True
    ) -> DialogueAct | None:
        """What the message does; None where it is about something else. See `does`."""
        does = self.does(text, shown, follows=follows, guesses=guesses)
        return DialogueAct.TOLD if self.told(does) else DialogueAct(does) if does else None

    def changes_answer(self, text: str) -> set[str]:
        """« surely » and « perhaps », as the message is worded to change an answer given before."""
        return self._changes.said(words(text))

    def told(self, name: str) -> StockReply | None:
        """What is told under a name that `does` gave; None for an act."""
        return self._texts.told.get(name)

    def does(
        self,
        text: str,
        shown: Sequence[str] = (),
        *,
        follows: bool = False,
        guesses: bool = True,
        is_clear: Callable[[], bool] = lambda: True,
    ) -> str:
        """The name of the act, or of what is told; empty where the message is about something else.

        `shown`: the screen and the entry shown just before; `follows`: whether an entry was shown before, which may
        be repaired; `guesses`: whether likeness to the phrases counts, or the groups alone; `is_clear`: whether an
        entry is clearly meant: where none is, less likeness is enough.
        """
        if code_in(text):
            return DialogueAct.CODE
        typed = self.words(text)
        if not typed or len(typed) > LONGEST:
            return ""
        said = self._groups.said(typed) | {f"@{name}" for name in shown}
        said |= {pair for one in _CLAUSE.split(text) for pair in self._groups.said_close(self.words(one), self._pairs)}
        out = self._out_of_place(text, shown) | self._otherwise_meant(said)
        may_hold = sorted(rule for group in ("", *said) for rule in self._rules.get(group, ()))
        rules = (name for _, name, condition in may_hold if condition.holds(said, len(typed)))
        told = next((name for name in rules if name not in out), "")
        return self._likely(typed, told, out, follows, is_clear) if guesses else told

    def _out_of_place(self, text: str, shown: Sequence[str]) -> set[str]:
        """What a message cannot mean, since it asks, or after what was shown."""
        asks = any(piece.asks for piece in pieces(text))
        return {
            name
            for name, reply in self._placed
            if (asks and reply.asks_nothing) or (reply.after and not any(one in reply.after for one in shown))
        }

    def _otherwise_meant(self, said: set[str]) -> set[str]:
        """What a message cannot mean by what else is said in it."""
        return {name for name, how in self._known if not said.isdisjoint(how.but)}

    def _likely(
        self, typed: list[str], told: str, out: Collection[str], follows: bool, is_clear: Callable[[], bool]
    ) -> str:
        """What it is likest to, where the groups say nothing or something most unlikely."""
        if self._likeness is None:
            return told
        like, chance = self._likeness.of(typed, out)
        least = _SURER if told else _SURE_AFTER if follows and like in REPAIRS else _SURE
        reply = self.told(like)
        # What is unclear may also be a question that is not understood: it is less readily what asks nothing.
        unclear = _SURE_AFTER if reply is not None and reply.asks_nothing else _SURE_UNCLEAR
        # Nor is what is asked of the world outside, « peut-on se désengager ? », one's own draft or alerts here.
        unclear = max(unclear, _SURE if like in OWN_MATTERS else 0)
        is_like = chance >= least or (not told and chance >= unclear and not is_clear())
        return like if is_like else told

    @cached_property
    def _likeness(self) -> "ActLikeness | None":
        """Learnt when the first message is read."""
        if self._ordinary is None:
            return None
        from knowledge.conversation.likeness import ActLikeness  # noqa: PLC0415 (numpy: an editor's check has none)
        from knowledge.learning.kept import name_of  # noqa: PLC0415

        phrases = {str(name): said.phrases for name, said in self._known if said.phrases}
        others = (*self._ordinary, *(text for _, said in self._known for text in said.other))
        name = name_of(self._learnt_from)
        return ActLikeness(phrases, self._texts.slots, others, self.words, self._examples, self._folder, name)

    def words(self, text: str) -> list[str]:
        """The words as read: short-hand in full, fillers left out."""
        typed = replaced(words(text), self._shorthand)
        return replaced(typed, self._fillers) or typed


def code_in(text: str) -> str | None:
    """The code to go on with a colleague's draft that a text holds, as « RP-7KQM-X3FA »; whole or not."""
    found = _CODE.search(text)
    if found is None or not (found[0] == text.strip() or any(map(str.isdigit, found[0]))):
        return None  # « RP » then two words
    return f"RP-{found[1]}-{found[2]}".upper()


def conversation_reader(content: Content, folder: Path | None) -> DialogueReader:
    """The reader of a content; what it learns is kept in `folder`."""
    texts = content.conversation
    topics = (topic for topic in content.topics.values() if topic.id not in texts.near_acts)
    ordinary = [*(phrase for topic in topics for phrase in topic.phrasings), *content.off_topic]
    kept = folder / "conversation" if folder else None
    said = content.conversation_examples
    ordinary += [*said.ordinary, *(text for messages in said.follow_ups.values() for text in messages)]
    shorthand = content.glossary.shorthand
    return DialogueReader(texts, shorthand, ordinary, said.acts, kept)
