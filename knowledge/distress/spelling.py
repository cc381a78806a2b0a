"""What somebody typed, in whatever state they are → the words of the lists: short-hand, slips, words run together."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.distress.spacing import Spacing
from knowledge.distress.word_lists import DistressPhrases
from knowledge.words.module_lists import words_beside
from knowledge.words.sentence_ends import sentences
from knowledge.words.templates import EDGE, STOP, TemplateError
from knowledge.words.text import normalise, sound, words
from knowledge.words.word_groups import Expressions, left_out, replaced

_LISTS = words_beside(__file__)
_ELIDED: dict[str, str] = _LISTS["elided"]
_DROPPED = frozenset(_LISTS["dropped"].split())
_ENDINGS, _AFTER_G = _LISTS["endings"].split(), _LISTS["after_g"].split()
_HESITATION = re.compile(r"\.{2,}|…")
"""Ends no sentence: « je veux... mourir »."""
LAUGHING = re.compile("[😂🤣😅😆]+")
_LEET = (
    (re.compile(r"(?<=[a-z])[1!](?=[a-z])"), "i"),
    (re.compile(r"(?<=[a-z])0(?=[a-z])"), "o"),
    (re.compile(r"(?<=[a-z])3(?=[a-z])"), "e"),
    (re.compile(r"(?<=[a-z])[*](?=[a-z])"), ""),
)
"""« su1cide », « su*cide »: written so that machines do not read it."""
_LEET_SIGNS = re.compile(r"[103!*]")
_SHORTEST_CORRECTED = 5
_SHORTEST_SOUND = 4
_LONG = 9
"""Letters from which a word may have two slips, its first letter being right; else one."""
_SHORTEST_GLUED = 6
_SHORTEST_PIECE = 4
_MOST_PIECES = 7


class Spelling:
    """Reads messages and templates into the same words. Templates are read first; `learn` then tells their words."""

    def __init__(self, phrases: DistressPhrases, shorthand: Mapping[str, str]) -> None:
        shorthand = {**shorthand, **phrases.shorthand}
        self._shorthand = Expressions((words(short), words(long)) for short, long in shorthand.items())
        self._fillers = left_out(map(self._canonical, phrases.fillers))
        self._never = frozenset(word for line in phrases.look_alikes for word in words(line))
        self._keys = frozenset(word for line in phrases.key_words for word in words(line))
        self._by_sound = {sound(word): word for word in sorted(self._keys)}
        self._near = sorted(word for word in self._keys if len(word) >= _SHORTEST_CORRECTED)
        self._verbs = dict(_tenses(phrases.verbs))
        self._glued = frozenset(words(phrases.glued))
        self._light = frozenset(word for line in phrases.light_words for word in words(line))
        self._typed: frozenset[str] = frozenset()
        self._pieces: frozenset[str] = frozenset()
        self.corrected = lru_cache(maxsize=5_000)(self._corrected)
        self._unglued = lru_cache(maxsize=5_000)(self._unglued_anew)

    def learn(self, known: frozenset[str]) -> None:
        """Know the words of the phrases: they are no slips, and pieces of what is written in one."""
        short = self._shorthand.words | self._fillers.words
        self._typed = self._keys | self._verbs.keys() | short | known
        self._pieces = self._glued | {word for word in self._typed if len(word) >= _SHORTEST_PIECE}
        self._longest_piece = max(map(len, self._pieces), default=0)
        self.spacing = Spacing(self._verbs.keys() | known, self._light, short | self._glued, self._keys)

    def template(self, text: str) -> list[str]:
        """The words of a part of a template. Raises TemplateError for one that messages never hold: a filler."""
        read = [text] if text in (STOP, EDGE) else self._canonical(text)
        if text.lower() in _DROPPED:
            return []
        if not read or any(self._fillers.at(0, [word])[0] is not None for word in read):
            raise TemplateError(text)
        return [self._verbs.get(word, word) for word in read]

    def message(self, text: str, read: dict[str, list[str]] | None = None) -> list[str]:
        """The words of a message, a STOP after each sentence and before the first, an EDGE at both ends.

        `read`: the sentences that were read before, to which these are added.
        """
        read = {} if read is None else read
        said = [sentence.strip() for sentence in sentences(_HESITATION.sub(" ", text))]
        for sentence in said:
            if sentence not in read:
                read[sentence] = list(self._sentence(sentence))
        return [EDGE, STOP, *chain.from_iterable(map(read.__getitem__, said)), EDGE]

    def _sentence(self, text: str) -> Iterator[str]:
        plain = LAUGHING.sub(" lol ", text.lower())
        if _LEET_SIGNS.search(plain):
            for pattern, letter in _LEET:
                plain = pattern.sub(letter, plain)
        typed = [piece for word in normalise(plain).split() for piece in self._unglued(word)]
        if typed:
            meant = map(self.corrected, self._spelled_out(typed))
            yield from replaced([self._verbs.get(word, word) for word in meant], self._fillers)
            yield STOP

    def _canonical(self, text: str) -> list[str]:
        return self._spelled_out(words(text))

    def _spelled_out(self, typed: list[str]) -> list[str]:
        """Short-hand in full, elided words whole, « ne » left out."""
        full = (_ELIDED.get(word, word) for word in replaced(typed, self._shorthand))
        return [word for word in full if word not in _DROPPED]

    def _unglued_anew(self, word: str) -> list[str]:
        """« jveuxmourir » → jveux, mourir: as few known words as make it up, or the word itself."""
        if len(word) < _SHORTEST_GLUED or word in self._typed or word in self._never:
            return [word]
        best: list[list[str] | None] = [[], *[None] * len(word)]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - self._longest_piece), end):
                before, piece = best[start], word[start:end]
                if before is not None and len(before) < _MOST_PIECES and piece in self._pieces:
                    made = [*before, piece]
                    if best[end] is None or len(made) < len(best[end] or ()):
                        best[end] = made
        made = best[-1] or []
        return [word] if self._keys.isdisjoint(made) else made

    def _corrected(self, word: str) -> str:
        """The key word that was probably meant, or the word itself."""
        if word in self._typed or word in self._never or len(word) < _SHORTEST_SOUND or word.isdigit():
            return word
        heard = sound(word)
        if len(heard) >= _SHORTEST_SOUND and heard in self._by_sound:
            return self._by_sound[heard]
        found = process.extractOne(word, self._near, scorer=OSA.distance, score_cutoff=2)
        if found is None:
            return word
        meant: str = found[0]
        is_near = found[1] <= 1 or (len(word) >= _LONG and len(meant) >= _LONG and word[0] == meant[0])
        return meant if is_near else word


def _tenses(verbs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each written form of a verb, and its infinitive."""
    for verb in verbs:
        infinitive, _, forms = verb.partition(":")
        name = normalise(infinitive)
        yield name, name
        yield from ((form, name) for form in words(forms))
        if not forms:
            stem = name.removesuffix("er")
            yield from ((stem + ending, name) for ending in _ENDINGS)
            if stem.endswith("g"):
                yield from ((f"{stem}e{ending}", name) for ending in _AFTER_G)
