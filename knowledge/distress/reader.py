"""The reading: a message → the kinds of distress in it, or None.

Two opinions: the likeness to examples, and phrases, found word by word. How like distress a message must be depends
on what it holds: less with a phrase, more with an idiom, a denial or words of our business. Some phrases are enough.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.distress.ear import Ear, HeardText, without_ends
from knowledge.distress.frames import Frames
from knowledge.distress.likeness import DistressLikeness
from knowledge.distress.message_features import MessageFeatures
from knowledge.distress.phrases import SHORTEST, PhrasePart, excuses_in, phrase_parts, phrases_in
from knowledge.distress.spacing import unwrapped
from knowledge.distress.spelling import Spelling
from knowledge.distress.word_lists import Distress, Met
from knowledge.learning.kept import name_of
from knowledge.words.codes import without_codes
from knowledge.words.languages import foreign_language
from knowledge.words.module_lists import words_beside
from knowledge.words.sentence_ends import sentences
from knowledge.words.templates import EDGE, STOP, Automaton, Node, PhraseSpan, Templates
from knowledge.words.text import unaccented, words

# How like distress a message must be, in logarithms of odds: of 9,400 examples, each read by what had learnt from
# other pages of them, these weighed what was found in a message against one another (a logistic regression, rounded).
# Once there were more phrases and idioms, more was asked, by hand: 0.6 without a phrase, 0.8 with one, 0.1 where it
# counts alone, 0.5 with an idiom; 0.3 less where every phrase is excused.
# Then fitted again, with the margin that is learnt instead of odds, to 225 messages of distress and 1,000 others by
# five authors.
_NO_PHRASE = 0.6
_PHRASE = -1.2
_PHRASE_ALONE = 0.0
"""Where the only phrases are of those that count in a message that has no business with us."""
_ANOTHER, _ANOTHER_ALONE = -0.6, -1.2
"""Where there are several phrases."""
_BUSINESS_TOO = 1.0
_IDIOM = 1.9
"""A way of speaking: it is what frightens."""
_EXCUSED = 2.2
"""Every phrase was an idiom, or denied."""
_LIGHT = 1.0
"""No word speaks for distress by itself."""
_SHORT = 2.4
"""A word or two may be a name."""
_OF_PART = 1.8
"""More is asked of a part of a message: words taken out of what was said may mean many things."""
_OF_CLAUSE = 3.6
"""And of a clause read by itself, as if nothing of our business stood around it."""
_UNHEARD_OF = -4.0
"""Likeness under which no phrase would count."""
_WINDOW = 12
"""Words: somebody who dictates a long message may say it in a few of them."""
_BUSINESS = "business"
_LISTS = words_beside(__file__)
_CLAUSE_WORDS: Sequence[str] = _LISTS["clause_words"]
_CLAUSE_END = re.compile(rf"(?<=[.,;:!?…])\s+|\n|\b(?:{'|'.join(_CLAUSE_WORDS)})\b", re.IGNORECASE)


class DistressReader:
    """Reads messages. Knows nothing of the conversation, and keeps nothing.

    `ordinary`: what people who are well type. `folder`: where what is learnt is kept.
    """

    def __init__(
        self,
        distress: Distress,
        shorthand: Mapping[str, str],
        ordinary: Sequence[str],
        folder: Path | None = None,
    ) -> None:
        phrases = distress.phrases
        self._spelling = Spelling(phrases, shorthand)
        templates = Templates(phrases.lists, self._spelling.template)
        self._beside = {name for name, family in phrases.families.items() if family.beside}
        self._order = [family.id for family in distress.texts.families]
        self._phrases: Automaton[PhrasePart] = Automaton()
        self._excuses: Automaton[str] = Automaton()  # the family that each excuses; "" for all
        sure: dict[int, list[Node]] = defaultdict(list)
        for template, part in phrase_parts(phrases):
            tree = templates.read(template)
            self._phrases.add(tree, part)
            if part.sure:
                sure[part.phrase].append(tree)
        for template, family in excuses_in(phrases):
            self._excuses.add(templates.read(template), family)
        for template in phrases.business:
            self._excuses.add(templates.read(template), _BUSINESS)
        self._frames = Frames(phrases, _CLAUSE_WORDS, _LISTS["first_person"])
        self._phrases.all_added()
        self._excuses.all_added()
        self._spelling.learn(frozenset(self._phrases.words | self._excuses.words))

        light = frozenset(word for line in phrases.light_words for word in self._said(line))
        common = light | {STOP, EDGE}
        self._sure_signs = _signs(sure.values(), common)
        heavy = frozenset(word for line in phrases.key_words for word in self._said(line)) - light
        kinds = self._kinds_of_words(phrases.kinds)

        def others() -> list[str]:
            """What people who are well type, and its parts: those of a message are read too."""
            return [*ordinary, *(part for text in distress.examples.ordinary for part in _parts_of(text))]

        name = name_of((distress.examples, phrases, shorthand, ordinary))
        self._likeness = DistressLikeness(
            distress.examples, MessageFeatures(self._said, kinds), others, light, heavy, folder, name
        )

    def read(self, text: str) -> Met | None:
        """What kinds of distress the message holds; None when there is none."""
        text, ear = unwrapped(without_codes(text)), Ear(self._spelling, self._likeness)
        if met := self._read(text, ear):
            return self._unframed(text, met, ear)
        meant = self._spelling.spacing.mended(text)
        met = self._read(meant, ear) if meant else None
        return self._unframed(meant, met, ear) if meant and met else None

    def _unframed(self, text: str, met: Met, ear: Ear) -> Met | None:
        """What was met, or what is left of it without what is told of something else."""
        rest = self._frames.rest(text)
        return met if rest is None else self._read(rest, ear)

    def _read(self, text: str, ear: Ear) -> Met | None:
        if not any(map(str.isalpha, unaccented(text))):
            return None  # a telephone number
        parts, clauses = list(dict.fromkeys(_parts_of(text))), list(dict.fromkeys(_clauses(text)))
        whole, *pieces = ear.hears([text, *parts, *clauses])
        if met := self._met(whole, [part.less(_OF_PART) for part in pieces[: len(parts)]]):
            return met
        likely = [clause for clause in pieces[len(parts) :] if clause.odds - _OF_CLAUSE >= _UNHEARD_OF]
        return self._met_in(whole, [clause.less(_OF_CLAUSE).within() for clause in likely])

    def _met_in(self, whole: HeardText, clauses: Sequence[HeardText]) -> Met | None:
        """What the first clause holds that holds something. Only what is sure is heard there though an idiom
        of the whole excuses it."""
        clauses = [clause for clause in clauses if self._met(clause)]
        if not clauses:  # nearly always: the whole need not be looked through again
            return None
        said, left = phrases_in(self._phrases.spans(whole.words), self._excuses.spans(whole.words), is_business=False)
        excused = frozenset(said) - frozenset(left)
        return next(filter(None, (self._met(clause, excused=excused) for clause in clauses)), None)

    def _met(
        self, whole: HeardText, parts: Sequence[HeardText] = (), excused: frozenset[PhrasePart] = frozenset()
    ) -> Met | None:
        """What a message holds, or a clause of it. `parts`: of it, heard too; `excused`: no reason any more."""
        heard = [whole, *parts]
        likeness = max(one.odds for one in heard)
        is_unheard = likeness < _UNHEARD_OF
        if is_unheard and self._sure_signs.isdisjoint(whole.words):
            return None
        spans = list(self._phrases.spans(whole.words))
        if (is_unheard and not any(part.sure for span in spans for part in span.labels)) or (
            not spans and likeness < _NO_PHRASE
        ):
            return None
        excuses = list(self._excuses.spans(whole.words))
        is_business = "?" in whole.text or any(_BUSINESS in excuse.labels for excuse in excuses)
        said, left = phrases_in(spans, excuses, is_business)
        left = [part for part in left if part.sure or part not in excused]
        beside = {part.family for part in left} & self._beside
        told = [part for part in left if part.family not in beside]
        if not any(part.sure for part in told):
            if is_unheard:
                return None
            needed = _needed_of(told) if told else self._needed_without_phrase(whole.text, said, excuses)
            needed += _BUSINESS_TOO * is_business
            if likeness < needed or not (told or any(self._is_enough(one, needed) for one in heard)):
                return None
        families = {part.family for part in told} | self._likeness.families(whole.text, bool(told)) | beside
        is_english = (
            all(part.language == "english" for part in told) if told else foreign_language(whole.text) == "english"
        )
        return Met(tuple(f for f in self._order if f in families), "english" if is_english else "french")

    def _needed_without_phrase(
        self, text: str, excused: Iterable[PhrasePart], excuses: Iterable[PhraseSpan[str]]
    ) -> float:
        """How like distress a message without a phrase must be. `excused`: those that it would have held."""
        is_excused = any(part.family not in self._beside for part in excused)
        is_idiom = any(label != _BUSINESS for excuse in excuses for label in excuse.labels)
        needed = _NO_PHRASE + (_EXCUSED if is_excused else _IDIOM * is_idiom)
        return needed + _SHORT * (len(words(text)) <= SHORTEST)

    def _is_enough(self, one: HeardText, needed: float) -> bool:
        """Whether a part is like distress by its own words, whatever weighs in the rest of the message."""
        return one.odds >= needed + _LIGHT or (
            one.odds >= needed and self._likeness.is_weighty(without_ends(one.words))
        )

    def words(self, text: str) -> list[str]:
        """The words as read, with the signs of where sentences end."""
        return self._spelling.message(text)

    def _kinds_of_words(self, kinds: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """The kind of each word as read: the first that names it."""
        found: dict[str, str] = {}
        for kind, lines in kinds.items():
            for typed in " ".join(lines).split():
                for word in self._said(typed):
                    found.setdefault(word, kind)
        return found

    def _said(self, text: str) -> list[str]:
        return without_ends(self.words(text))


def _signs(phrases: Iterable[Sequence[Node]], common: frozenset[str]) -> frozenset[str]:
    """A message that holds one of these phrases holds one of these words: others need not be looked through."""
    return frozenset().union(*(Node("all", parts=tuple(parts)).signs(common) for parts in phrases))


def _needed_of(told: Sequence[PhrasePart]) -> float:
    """How like distress a message that holds these phrases must be."""
    strong = {part.phrase for part in told if not part.alone}
    alone = {part.phrase for part in told if part.alone}
    if strong:
        return _PHRASE + _ANOTHER * (len(strong) > 1)
    return _PHRASE_ALONE + _ANOTHER_ALONE * (len(alone) > 1)


def _parts_of(text: str) -> Iterator[str]:
    """Of a message of several sentences, each; of a long one, runs of a few words."""
    said = sentences(text)
    if len(said) > 1:
        yield from (sentence for sentence in said if len(words(sentence)) > SHORTEST)
    typed = text.split()
    yield from (" ".join(typed[at : at + _WINDOW]) for at in range(0, len(typed) - _WINDOW, _WINDOW // 2))


def _clauses(text: str) -> Iterator[str]:
    """What stands between signs or words that begin another thing: « autre chose, mon mari me bat, que faire ? »."""
    said = [clause.strip() for clause in _CLAUSE_END.split(text)]
    return (clause for clause in said if len(said) > 1 and len(words(clause)) > SHORTEST)
