"""The words of a content package: short-hand spelled out, misspelt words recognised, synonyms seen as one."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.content.models import Glossary
from knowledge.words.french import is_common
from knowledge.words.module_lists import words_beside
from knowledge.words.text import sound, stem, words
from knowledge.words.word_groups import Expressions, replaced

_SHORTEST_CORRECTED = 4
NEUTRAL = 0.35
"""Weight of a neutral word: enough to understand « tevo ? » alone, too little to hide what is asked of it."""
RURAL = 3_500
"""Inhabitants: the usual threshold of French law below which a commune has lighter rules."""
SMALL, LARGE = "#small", "#large"
_LISTS = words_beside(__file__)
_INHABITANTS = frozenset(_LISTS["inhabitants"].split())
_LONG = 9
"""Letters from which a word may have two mistakes, else one: « anonyme » is not « acronyme ». An exchange is one."""
_LETTER_NAMES = {name: letter for letter, names in _LISTS["letters"].items() for name in names.split()}
_MOST_LETTERS = 7


@dataclass(frozen=True)
class Vocabulary:
    """The words that people are known to use, most common first, and how each sounds."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]


def spelled_out(glossary: Glossary, phrases: Iterable[str]) -> list[list[str]]:
    """The words of each phrase, SMS short-hand replaced by what it stands for."""
    shorthand = _shorthand(glossary)
    acronyms = frozenset(word for spelling, _ in _acronyms(glossary) for word in spelling)
    return [replaced(_undictated(words(phrase), acronyms), shorthand) for phrase in phrases]


def vocabulary(glossary: Glossary, phrases: Iterable[list[str]]) -> Vocabulary:
    """The words of these phrases and of the glossary."""
    counts = Counter(word for phrase in phrases for word in phrase)
    counts.update(word for group in glossary.synonyms for expression in group for word in words(expression))
    counts.update(word for spelling, _ in _acronyms(glossary) for word in spelling)
    ordered = tuple(sorted(counts, key=lambda word: (-counts[word], word)))
    return Vocabulary(ordered, tuple(map(sound, ordered)))


class Lexicon:
    """Reads a message into known words."""

    def __init__(self, glossary: Glossary, vocabulary: Vocabulary) -> None:
        self._shorthand = _shorthand(glossary)
        self._synonyms = Expressions(_synonyms(glossary))
        self._acronyms = Expressions(_acronyms(glossary))
        self._never_stemmed = frozenset(word for spelling, _ in _acronyms(glossary) for word in spelling)
        self._neutral = Expressions((words(phrase), True) for phrase in glossary.neutral)
        self.known = frozenset(vocabulary.words)
        self._by_sound: dict[str, str] = {}
        long_enough = [word for word in vocabulary.words if len(word) >= _SHORTEST_CORRECTED]
        self._long_enough = sorted(long_enough, key=len)  # of one length, the most common first
        self._letters = np.array([_letters(word) for word in self._long_enough], np.uint32)
        for word, heard in zip(vocabulary.words, vocabulary.sounds, strict=True):
            if len(heard) >= 3:
                self._by_sound.setdefault(heard, word)  # of words that sound alike, the most common
        self.corrected = lru_cache(maxsize=20_000)(self._corrected)
        self.spelled_out = lru_cache(maxsize=100)(self._spelled_out)
        """The words of a text, SMS short-hand and dictated acronyms replaced by what they stand for."""

    def read(self, text: str) -> list[str]:
        """The words of a text as the lexicon knows them; unknown ones stay as typed."""
        return [self.corrected(word) for word in self.spelled_out(text)]

    def weights(self, read: list[str]) -> list[float]:
        """How much each word counts: 1, or little for the words of a neutral expression."""
        weights = [1.0] * len(read)
        if self._neutral.sizes.keys().isdisjoint(read):
            return weights
        for at, word in enumerate(read):
            neutral, size = self._neutral.at(at, read) if word in self._neutral.sizes else (None, 1)
            if neutral:
                weights[at : at + size] = [NEUTRAL] * size
        return weights

    def is_neutral(self, text: str) -> bool:
        """Whether nothing in a text says what is asked: « Je suis maire »."""
        return max(self.weights(self.read(text)), default=0.0) <= NEUTRAL

    def strangeness(self, text: str) -> float:
        """The share of words that nobody used before, misspelt or not."""
        read = self.read(text)
        return sum(word not in self.known and not word.isdigit() for word in read) / max(1, len(read))

    def is_foreign(self, text: str) -> bool:
        """Whether most words are neither French nor known here, misspelt or not."""
        long = [word for word in self.read(text) if len(word) >= _SHORTEST_CORRECTED and not word.isdigit()]
        return sum(word not in self.known and not is_common(word) for word in long) * 2 > len(long)

    def stem(self, word: str) -> str:
        """The stem of a word as read; acronyms are never inflected: by its stem, « VIES » would be « vie »."""
        return word if word in self._never_stemmed else stem(word)

    def concepts(self, read: list[str]) -> Iterator[str]:
        """The synonym groups, acronyms and sizes that the words contain, longest expressions first."""
        yield from _sizes(read)
        stems = [stem(word) for word in read]
        at = 0
        while at < len(read):
            if read[at] not in self._acronyms.sizes and stems[at] not in self._synonyms.sizes:
                at += 1
                continue
            concept, size = self._acronyms.at(at, read)
            if concept is None:
                concept, size = self._synonyms.at(at, stems)
            if concept is not None:
                yield concept
            at += size

    def _spelled_out(self, text: str) -> list[str]:
        return replaced(_undictated(words(text), self._never_stemmed), self._shorthand)

    def _corrected(self, word: str) -> str:
        """The known word that was probably meant, or the word itself."""
        if word in self.known or len(word) < _SHORTEST_CORRECTED or word.isdigit() or is_common(word):
            return word
        if (heard := self._by_sound.get(sound(word))) and len(heard) >= _SHORTEST_CORRECTED - 1:
            return heard
        most = 1 + (len(word) >= _LONG)
        found = process.extractOne(word, self._alike(word, most), scorer=OSA.distance, score_cutoff=most)
        return found[0] if found else word

    def _alike(self, word: str, most: int) -> list[str]:
        """The known words written with nearly the same letters: each mistake changes two of them at most."""
        start, end = (bisect_left(self._long_enough, size, key=len) for size in (len(word) - 1, len(word) + 3))
        different = np.bitwise_count(self._letters[start:end] ^ np.uint32(_letters(word)))
        return [self._long_enough[start + int(at)] for at in np.flatnonzero(different <= 2 * most)]


def _letters(word: str) -> int:
    """The letters of a word as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def _synonyms(glossary: Glossary) -> Iterator[tuple[tuple[str, ...], str]]:
    for group in glossary.synonyms:
        for expression in group:
            yield tuple(stem(word) for word in words(expression)), group[0]


def _acronyms(glossary: Glossary) -> Iterator[tuple[tuple[str, ...], str]]:
    for acronym in glossary.acronyms:
        for spelling in (acronym.acronym, *acronym.also):
            yield tuple(words(spelling)), acronym.acronym


def _sizes(read: list[str]) -> Iterator[str]:
    """« 14 000 habitants » → a large authority; « 300 habitants » → a small one."""
    for at, word in enumerate(read):
        if word not in _INHABITANTS or not at or not read[at - 1].isdigit():
            continue
        number = read[at - 1]
        if at > 1 and len(number) == 3 and read[at - 2].isdigit():
            number = read[at - 2] + number
        yield SMALL if int(number[:9]) <= RURAL else LARGE


def _shorthand(glossary: Glossary) -> Expressions[list[str]]:
    return Expressions((words(short), words(long)) for short, long in glossary.shorthand.items())


def _undictated(typed: list[str], acronyms: frozenset[str]) -> list[str]:
    """Letters said one by one, where they make an acronym: « erre erre ème a » → « rrma »."""
    letters = [len(word) <= 2 or word in _LETTER_NAMES for word in typed]
    for at in range(len(typed) - 2):
        if letters[at] and letters[at + 1] and letters[at + 2]:
            for found, end in _spellings(typed, at, _beginnings(acronyms)):
                if found in acronyms and end - at > 2:
                    return [*typed[:at], found, *_undictated(typed[end:], acronyms)]
    return typed


@cache
def _beginnings(acronyms: frozenset[str]) -> frozenset[str]:
    return frozenset(acronym[:end] for acronym in acronyms for end in range(1, len(acronym) + 1))


def _spellings(typed: list[str], at: int, begins: Collection[str]) -> Iterator[tuple[str, int]]:
    """What the words from there may spell, as far as an acronym begins so, and where each spelling ends: « je » is a
    « j », or « je » of « djepva »."""
    spelled = [""]
    for end, name in enumerate(typed[at : at + _MOST_LETTERS], at + 1):
        options = {letters for letters in (name, _LETTER_NAMES.get(name, name)) if len(letters) <= 2}
        spelled = [start + letters for start in spelled for letters in options if start + letters in begins]
        if not spelled:
            return
        yield from ((made, end) for made in spelled)
