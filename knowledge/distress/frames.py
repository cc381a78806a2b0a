"""What is told of something else than a distress of now: a past that is over, a training, a story, an animal.

A phrase says the same there, and the words around it do not, so that no example tells them apart. What a frame covers
is not heard; the rest of the message is, by itself: « il y a dix ans il me battait, je vais bien » and no more, but
« … mais ce soir je veux mourir ».
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.distress.spelling import LAUGHING
from knowledge.distress.word_lists import DistressPhrases
from knowledge.words.sentence_ends import sentences
from knowledge.words.templates import EDGE, Automaton, Templates
from knowledge.words.text import words

_HEADING = 5
"""Words of a sentence that only announces what follows: « Cas pratique : un jeune… »."""
_YEAR = re.compile(r"(1\d|20)\d\d")
_WHERE, _TOGETHER, _UNLESS = "where", "together", "unless"


@dataclass(frozen=True, eq=False)
class _Sign:
    frame: str
    part: str


class Frames:
    """Finds what the frames of some phrases cover. `cuts`: words that begin another thing.

    `first_person`: words of whoever speaks of herself. Only that is taken back: « je vais sauter. C'est une façon de
    parler », not « mon fils a sauté. Faute de frappe ».
    """

    def __init__(self, phrases: DistressPhrases, cuts: Sequence[str], first_person: Collection[str]) -> None:
        self._first_person = frozenset(first_person)
        self._cut = re.compile(rf"\b(?:{'|'.join(cuts)})\b", re.IGNORECASE)
        self._alone = {name for name, frame in phrases.frames.items() if not frame.together}
        self._taken_back = {name for name, frame in phrases.frames.items() if frame.before}
        self._announcing = {name for name, frame in phrases.frames.items() if frame.heading}
        self._signs: Automaton[_Sign] = Automaton()
        templates = Templates(phrases.frame_lists, plain_words)
        signs: dict[tuple[str, str], _Sign] = {}
        for name, part, _, template in frame_templates(phrases):
            self._signs.add(templates.read(template), signs.setdefault((name, part), _Sign(name, part)))
        self._signs.all_added()

    def rest(self, text: str) -> str | None:
        """What no frame covers of a message; None where there is no frame."""
        said = [self._cut.split(sentence) for sentence in sentences(LAUGHING.sub(" lol ", text))]
        pieces = [(piece, at) for at, cut in enumerate(said) for piece in cut if words(piece)]
        found = [self._signs_in(piece) for piece, _ in pieces]
        framing = set(self._framing(frozenset().union(*found)))
        if not framing:
            return None
        back = [n for n, signs in enumerate(found) if self._taken_back & framing & _named(signs)]
        left, is_announced = [], False
        for n, ((piece, at), signs) in enumerate(zip(pieces, found, strict=True)):
            # Before such a sign, in its sentence or the one before.
            is_before = any(n <= sign and at >= pieces[sign][1] - 1 for sign in back)
            is_taken = is_before and not self._first_person.isdisjoint(plain_words(piece))
            is_covered = is_taken or not framing.isdisjoint(_named(signs))
            if not (is_covered or is_announced):
                left.append(piece)
            is_announced = bool(self._announcing & framing & _named(signs)) and len(words(piece)) <= _HEADING
        return "\n".join(left)

    def _signs_in(self, text: str) -> frozenset[tuple[str, str]]:
        spans = self._signs.spans([EDGE, *plain_words(text), EDGE])
        return frozenset((sign.frame, sign.part) for span in spans for sign in span.labels)

    def _framing(self, signs: frozenset[tuple[str, str]]) -> Iterator[str]:
        """The frames of which all that they ask for is in the message, and nothing that takes them back."""
        for name in {name for name, part in signs if part == _WHERE}:
            if (name in self._alone or (name, _TOGETHER) in signs) and (name, _UNLESS) not in signs:
                yield name


def _named(signs: Iterable[tuple[str, str]]) -> set[str]:
    """The frames of which a piece bears a sign."""
    return {name for name, _ in signs}


def frame_templates(phrases: DistressPhrases) -> Iterator[tuple[str, str, int, str]]:
    """Every template of a frame: the frame, which of its lists, where in it."""
    for name, frame in phrases.frames.items():
        parts = {_WHERE: frame.where, _TOGETHER: frame.together, _UNLESS: frame.unless}
        yield from ((name, part, n, template) for part, written in parts.items() for n, template in enumerate(written))


def plain_words(text: str) -> list[str]:
    """Words as typed, tenses and little ones too: « je voulais » is over, « je veux » is not. A number is 0, a year
    1900 or 2000."""
    return [_number(word) if word.isdigit() else word for word in ([EDGE] if text == EDGE else words(text))]


def _number(digits: str) -> str:
    return ("2000" if digits[0] == "2" else "1900") if _YEAR.fullmatch(digits) else "0"
