"""What somebody typed in an odd way → as others type it: words run together or apart, letters that only look so."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate, groupby
from operator import add

from knowledge.words.french import common_words
from knowledge.words.module_lists import words_beside
from knowledge.words.text import unaccented, without_addresses

_LISTS = words_beside(__file__)
_LETTERS_ALONE = _LISTS["letters_alone"].split()
_BEGINNINGS = tuple(_LISTS["beginnings"].split())
_ANY_BEGINNINGS = (*_BEGINNINGS, *_LISTS["beginnings_of_names"].split())
_SHORT = frozenset(_LISTS["short"].split())
_LOOK_ALIKES = str.maketrans({sign: letter for letter, signs in _LISTS["look_alikes"].items() for sign in signs})
_LETTERS_OF_EMOJI = {first + n: chr(97 + n) for first in (0x1F150, 0x1F170, 0x1F1E6) for n in range(26)}
"""White letters in black circles or squares, and those that flags are made of."""
_SIGNS: dict[str, str] = _LISTS["instead"]
_SIGN_INSTEAD = re.compile(rf"(?<=[a-z])[{re.escape(''.join(_SIGNS))}]{{1,2}}(?=[a-z])")
_EURO = re.compile(r"(?<=[^\W\d_])€|€(?=[^\W\d_])")
_HEARD_ALIKE: dict[str, str] = _LISTS["heard_alike"]
_LONG_RUN = re.compile(r"\S{9,}")
_TIE = re.compile(r"[^a-z0-9'.,;:!?]+")
_STRETCHED = re.compile(r"(?!(?<=[a-z]{2})eees?\b)([a-z])\1\1+")
"""« mouuurir », not « créée »."""
_WRAPPED = re.compile(r"(?<![.!?;:,\s])[^\S\n]*\n\s*(?=[a-zà-ÿœ])")
"""A line that goes on in the next one."""
_GOES_ON = re.compile(
    rf"(?:(?<![.!?;:,\s])[^\S\n]*\n|(?<!\.)\.{{2,}}|…)\s*(?=(?:{'|'.join(_LISTS['goes_on'].split())})\b)", re.IGNORECASE
)
"""The same, where no sentence begins so: « je veux disparaître / de vos fichiers »."""
_END = re.compile(r"([.!;\n…]+\s*)")
_GAP = re.compile(r"([^a-z]+)")
_HARD_GAP = re.compile(r"[.!?;:,\n…0-9]\s|[0-9\n?]")
"""Between two words that are no parts of one."""

_FEW_WORDS, _FEW_LETTERS, _FEWEST_ALONE = 2, 20, 3
"""So many sentences of so few words, one after the other, are one."""
_FEWEST_SPELLED = 4
"""« m o r t » is spelled, « y a t il » is not."""
_MOST_TIED = 2
"""Signs between words without a space, as in « rendez-vous » or « Saint-Denis »: more stand for spaces."""
_LONGEST_FRAGMENT, _SHORTEST_GLUED = 5, 12
"""Letters of what is maybe a part of a word, or several."""
_AROUND = 2
"""Words beside a fragment that are looked at with it."""
_LONGEST_WORD, _LONGEST_STRANGE = 18, 12
_MOST_LETTERS = 600
"""Of odd words, all together: more would take time."""
_MOST_FOR_A_LETTER = 0.42
"""What costs more is left as it is: of 205 messages without spaces 4 do, of names of places written so a fifth."""
_SHORTEST_SLIP = 5
_SHORTEST_CRIED = 7
"""« jmebute »: shorter runs are names, as « Jegun »."""
# What words cost: what costs least is what was meant.
_AS_TYPED = 0.5
_EXPECTED, _OF_PHRASES, _COMMON, _SLIP = 0.5, 0.6, 1.0, 1.4
_LETTER, _RARER = 1.3, 0.3
_STRANGE, _STRANGE_EACH = 3.0, 0.4
_STRANGE_AS_TYPED, _STRANGE_AS_TYPED_EACH = 2.0, 0.2
_SHORTER = {2: 0.3, 3: 0.1}
"""More for little words: any letters hold some."""
_OVER_A_SPACE, _BETWEEN_LETTERS = 0.6, 0.1
_OVER_AN_APOSTROPHE = 5.0
_NO_SPACE, _NO_SPACE_WHERE_THERE_ARE, _NO_SPACE_IN_LONG, _NO_SPACE_IN_LONGEST = 1.2, 3.0, 0.6, 0.2
"""A word that begins within what was typed as one: where that is long, there must be some."""
_ODD_SHARE = 0.35
"""Of words that are odd, where spaces may be missing anywhere."""

_Best = tuple[float, int, str, bool]
"""Of the ways to read so many letters: what it costs, where its last word begins, what that is and whether typed so."""


class Spacing:
    """Knows the words by which spaces are found.

    `said`: those of the phrases; `light`: the little ones of any sentence; `typed`: short-hand; `keys`: those that
    must be found however they are misspelt.
    """

    def __init__(self, said: Iterable[str], light: Iterable[str], typed: Iterable[str], keys: Iterable[str]) -> None:
        costs = dict.fromkeys((*_SHORT, *typed), _COMMON) | dict.fromkeys(said, _OF_PHRASES)
        self._costs = {word: cost + _SHORTER.get(len(word), 0) for word, cost in costs.items() if len(word) > 1}
        self._costs |= dict.fromkeys((*light, *keys), _EXPECTED)
        self._costs |= {letter: _LETTER + _RARER * rank for rank, some in enumerate(_LETTERS_ALONE) for letter in some}
        self._keys = [key for key in keys if len(key) >= _SHORTEST_SLIP]

    def mended(self, text: str) -> str | None:
        """The text as others type it, without accents; None where nothing is odd."""
        text = without_addresses(text)
        letters = unaccented(_EURO.sub("e", _lines_joined(text))).translate(_LOOK_ALIKES).translate(_LETTERS_OF_EMOJI)
        letters = _SIGN_INSTEAD.sub(lambda signs: "".join(_SIGNS[sign] for sign in signs[0]), letters)
        letters = _LONG_RUN.sub(_untied, _STRETCHED.sub(r"\1", letters))
        spaced = "".join(self._spaced(_GAP.split(letters)))
        return None if spaced == unaccented(text) else spaced

    def _spaced(self, parts: list[str]) -> Iterator[str]:
        """`parts`: words, and between them what is no word."""
        words = parts[::2]
        odd = [*self._odd(words)]
        no_space = _NO_SPACE if len(odd) >= _ODD_SHARE * len(words) else _NO_SPACE_WHERE_THERE_ARE
        runs = "".join(parts).split()
        if sum(map(len, words)) > _LONGEST_WORD * len(runs) or _is_cried(runs):
            no_space = _NO_SPACE_IN_LONGEST  # there is none at all
        done, left = 0, _MOST_LETTERS
        for first, end in _looked_at([2 * at for at in odd if no_space < _STRANGE or _may_be_mended(words[at])], parts):
            typed = parts[first:end:2]
            left -= sum(map(len, typed))
            meant = self._words_of(typed, parts[first + 1 : end : 2], no_space) if left >= 0 else typed
            yield from parts[done:first]
            yield from parts[first:end] if meant == typed else [" ".join(meant)]
            done = end
        yield from parts[done:]

    def _odd(self, words: list[str]) -> Iterator[int]:
        """Which are no words, or letters spaced out."""
        spelled = 0
        for at, word in enumerate(words):
            spelled = spelled + 1 if len(word) == 1 else 0
            if spelled == _FEWEST_SPELLED:
                yield from range(at - spelled + 1, at + 1)
            elif spelled > _FEWEST_SPELLED or (word and self._cost_of(word) is None):
                yield at

    def _cost_of(self, word: str) -> float | None:
        cost = self._costs.get(word)
        return _COMMON if cost is None and word in self._common else cost

    @cached_property
    def _common(self) -> frozenset[str]:
        return common_words()

    @cached_property
    def _slips(self) -> dict[str, str]:
        """Words with one slip, and what was meant."""
        return {slip: key for key in self._keys for slip in _slips_of(key) if self._cost_of(slip) is None}

    def _words_of(self, typed: list[str], gaps: list[str], no_space: float) -> list[str]:
        """The words that were meant: those that cost least, wherever the spaces are."""
        letters = "".join(typed)
        begins = dict(
            zip(accumulate(map(len, typed)), map(_cost_of_gap, typed, [*gaps, ""], [*typed[1:], ""]), strict=True)
        )
        begins[0] = 0.0
        spaces = [*accumulate(begins.get(at, 0.0) for at in range(len(letters) + 1))]
        within = [cost for word in typed for cost in [_cost_of_no_space(word, no_space)] * len(word)]
        is_trusted = no_space > _NO_SPACE_IN_LONGEST
        before = [0.0 if at in begins else cost for at, cost in enumerate(within)]
        best: list[_Best] = [(0.0, 0, "", False)]
        for end in range(1, len(letters) + 1):
            found = []
            for start in range(max(0, end - _LONGEST_WORD), end):
                over = spaces[end - 1] - spaces[start]
                is_typed = is_trusted and start in begins and end in begins and not over
                if piece := self._piece(letters[start:end], over, is_typed):
                    cost, word = piece
                    found.append((best[start][0] + before[start] + cost, start, word, is_typed))
            best.append(min(found))
        return _meant(best) or typed

    def _piece(self, piece: str, over: float, is_typed: bool) -> tuple[float, str] | None:
        """What a run of letters costs, and the word that it is."""
        if (cost := self._cost_of(piece)) is not None:
            return _AS_TYPED if is_typed and len(piece) > 1 else cost + over, piece
        if piece in self._slips:
            return _SLIP + over, self._slips[piece]
        if is_typed:
            return _STRANGE_AS_TYPED + _STRANGE_AS_TYPED_EACH * len(piece), piece
        return None if over or len(piece) > _LONGEST_STRANGE else (_STRANGE + _STRANGE_EACH * len(piece), piece)


def _meant(best: list[_Best]) -> list[str]:
    """The words of the way that costs least to the last letter; none where those that were found are hardly words."""
    said: list[str] = []
    spent, made, end = 0.0, 0, len(best) - 1
    while end:
        cost, start, word, is_typed = best[end]
        said.append(word)
        if not is_typed:
            spent += cost - best[start][0]
            made += end - start
        end = start
    return said[::-1] if spent <= _MOST_FOR_A_LETTER * made else []


def _cost_of_no_space(word: str, otherwise: float) -> float:
    """What it costs that another word begins within one: names hold many words, but seldom begin with « je »."""
    if len(word) >= _LONGEST_WORD or otherwise < _NO_SPACE_IN_LONG:
        return _NO_SPACE_IN_LONGEST
    if len(word) >= _SHORTEST_GLUED:
        return _NO_SPACE_IN_LONG
    return otherwise if word.startswith(_ANY_BEGINNINGS) else _NO_SPACE_WHERE_THERE_ARE


def _cost_of_gap(word: str, gap: str, following: str) -> float:
    """What it costs that a space between two words means nothing: little between letters by themselves."""
    if "'" in gap:
        return _OVER_AN_APOSTROPHE
    return _BETWEEN_LETTERS if len(word) == len(following) == 1 else _OVER_A_SPACE


def _is_cried(runs: list[str]) -> bool:
    """Whether a message is one run that begins as sentences do: « jvmetuer »."""
    return len(runs) == 1 and len(runs[0]) >= _SHORTEST_CRIED and runs[0].startswith(_BEGINNINGS)


def _may_be_mended(word: str) -> bool:
    """Whether an odd word among others is maybe a part of one, or many."""
    return len(word) <= _LONGEST_FRAGMENT or len(word) >= _SHORTEST_GLUED


def _looked_at(odd: list[int], parts: list[str]) -> Iterator[tuple[int, int]]:
    """From where to where words are looked at together: odd ones, and those beside them, up to a hard gap."""
    are_odd = set(odd)
    done = 0
    for at in odd:
        if at < done:
            continue
        first = last = end = at
        around = 2 * _AROUND * (len(parts[at]) <= _LONGEST_FRAGMENT)
        while at - first < around and first - 2 >= done and _is_soft(parts, first - 1):
            first -= 2
        while end - last < around and end + 2 < len(parts) and _is_soft(parts, end + 1):
            end += 2
            last = end if end in are_odd else last
        done = end + 1
        yield first, done


def _is_soft(parts: list[str], gap: int) -> bool:
    """Whether what stands on both sides may be one word."""
    return bool(parts[gap - 1] and parts[gap + 1]) and not _HARD_GAP.search(parts[gap])


def _untied(run: re.Match[str]) -> str:
    """« je-veux-mourir » → « je veux mourir »."""
    tied = run[0]
    if len(_GAP.findall(tied.replace("'", ""))) <= _MOST_TIED:
        return tied
    untied = _TIE.sub(" ", tied)
    return tied.replace(".", " ") if untied == tied else untied


def unwrapped(text: str) -> str:
    """A line that surely goes on in the next, as one: what « je veux disparaître » is about may stand there. Other
    lines stay apart: a cry among them is a cry. So does what goes on after a pause: « agressé... par une mouette »."""
    return _GOES_ON.sub(" ", text)


def _lines_joined(text: str) -> str:
    """Sentences of a word or two that follow one another, and lines that go on in the next, as one sentence."""
    if "\n" in text:
        text = _WRAPPED.sub(" ", text.lower() if text.isupper() else text)
    parts = _END.split(text)
    said = zip(parts[::2], [*parts[1::2], ""], strict=True)
    joined = []
    for is_short, run in groupby(said, lambda one: len(one[0]) < _FEW_LETTERS and len(one[0].split()) <= _FEW_WORDS):
        sentences, ends = zip(*run, strict=True)
        is_one = is_short and len(sentences) >= _FEWEST_ALONE
        joined.append(" ".join(sentences) + ends[-1] if is_one else "".join(map(add, sentences, ends)))
    return "".join(joined)


def _slips_of(word: str) -> Iterator[str]:
    """A word as people misspell it: a letter left out, doubled or changed for its neighbour, a sound for another."""
    for at in range(1, len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        yield before + after
        yield before + letter * 2 + after
        if after:
            yield before + after[0] + letter + after[1:]
    for one, other in _HEARD_ALIKE.items():
        if one in word:
            yield word.replace(one, other, 1)
