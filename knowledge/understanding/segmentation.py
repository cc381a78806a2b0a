"""A message → the questions in it. Cut wherever a question may end, then joined again where that is clearer."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import dropwhile, pairwise
from typing import NamedTuple

from knowledge.words.module_lists import words_beside
from knowledge.words.text import words
from knowledge.words.word_groups import left_out, replaced

MOST = 20
"""Pieces looked at; what follows stays in the last one."""

LONGEST = 4
"""Pieces that may be joined into one question."""

_LISTS = words_beside(__file__)
_BEFORE = _LISTS["before_opening"].split()
_NOT_AFTER = "".join(rf"(?<!\b{word})" for word in (*_BEFORE, "y"))  # « y a combien… »
_NUMBERED = rf"(?<!\S)(?:(?:\d|[a-e])\s?\)|\d\s?[.°/]\s)|^\s*[-–•*]\s|\b(?:{_LISTS['next_item']})\b"
_CUT = re.compile(
    rf"(?P<item>{_NUMBERED})|(?P<mark>[?!;\n…]+|\.(?=\s|$))|(?:\+(?!\d)|:)+|,(?!\d)|[/&]"
    rf"|\b(?:{_LISTS['joins']})\b|(?<!\bou )\balors\b"
    rf"|(?<=\w)\s+(?={_LISTS['who']}\b)"
    rf"|(?<=\w){_NOT_AFTER}\s+(?=(?:(?:{'|'.join(_BEFORE)})\s+)?(?:{_LISTS['opens']})\b)",
    re.IGNORECASE | re.MULTILINE,
)
_INVERTED = re.compile(rf"\w-(?:t-)?(?:{_LISTS['inverted']})\b", re.IGNORECASE)
_OPENING = frozenset(_LISTS["opening"].split())
_ANYWHERE = frozenset(_LISTS["anywhere"].split())
_CLOSING = frozenset(_LISTS["closing"].split())
_LEADING = frozenset(_LISTS["leading"].split())
_IDIOMS = left_out(idiom.split() for idiom in _LISTS["idioms"].split("|"))
_REQUESTS = frozenset(_LISTS["requests"].split())
_WISHING = frozenset(_LISTS["wishing"].split())
_TELLING = frozenset(_LISTS["telling"].split())
_TO_KNOW = frozenset(_LISTS["to_know"].split())
_BETWEEN = frozenset(_LISTS["between"].split())
_NEXT_THING = frozenset(_LISTS["next_thing"].split())
_HOLDING = frozenset(_LISTS["holding"].split())
_REFERRING = frozenset(_LISTS["referring"].split())
_SUBJECTS = frozenset(_LISTS["subjects"].split())
_WHO = re.compile(rf"{_LISTS['who']}\b", re.IGNORECASE)
_GOES_ON = re.compile(rf"(?:{_LISTS['goes_on']})\b", re.IGNORECASE)
_ALTERNATIVE = re.compile(rf"ou\s+(?:{_LISTS['or_else']})", re.IGNORECASE)
_UNSURE = re.compile(rf"\b(?:{_LISTS['unsure']})", re.IGNORECASE)
_OR_NOT = frozenset(tuple(pair.split()) for pair in _LISTS["or_not"].split("|"))
_ANNOUNCING = re.compile(rf"\b(?:{_LISTS['so_many']})\s+(?:\w+\s+)?(?:{_LISTS['things']})\b", re.IGNORECASE)
_FIRST_PERSON = frozenset(_LISTS["first_person"].split())
_TALK = frozenset(_LISTS["talk"].split())
_POINTING_BACK = frozenset(f"{_LISTS['pointing_back']} {_LISTS['may_be']}".split())
_MAY_BE = frozenset(_LISTS["may_be"].split())
_IS_THAT = frozenset(tuple(pair.split()) for pair in _LISTS["is_that"].split("|"))
_LONGEST_OPENING = 5  # words
_LONGEST_ITEM = 6  # words
_IN_SITU = 2  # words: a subject and its verb
_LITTLE = _OPENING | _CLOSING | _LEADING | {first for first, _ in _IS_THAT}
"""Words that ask nothing alone: a piece with no other belongs to the one before."""


class Piece(NamedTuple):
    """A piece of a message as typed. `asks`: it has the form of a question or a request. `apart`: a sentence begins.

    `listed`: it is an item of a list, which asks whatever its form. `aside`: its sentence asks and
    wishes nothing.
    """

    text: str
    asks: bool
    apart: bool = True
    listed: bool = False
    aside: bool = False


def pieces(text: str) -> list[Piece]:
    """The smallest pieces that may be questions, in order; none without words."""
    return list(_pieces(text))


@lru_cache(maxsize=100)  # a message and its clauses are looked at from several sides
def _pieces(text: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    apart, listed = True, False
    for part, mark, is_item in _cut(text):
        said = words(part)
        asks = "?" in (mark or "") or _looks_asking(part)
        if found and not apart and _TALK.issuperset(said):
            pass  # « voilà, merci » closes what was asked
        elif said and found and not apart and _belongs(said, found[-1]):
            # « un VSI, c'est quoi », « ça coûte cb »
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {part.strip()}", asks=asks or found[-1].asks)
        elif said:
            found.append(Piece(part.strip(), asks, apart, listed))
            apart = listed = False
        apart = apart or mark is not None or is_item
        listed = listed or is_item
    found = _asked_in_a_row(_announced(_unless_asked_after(found)))
    found = list(_with_asides([thing for sentence in _sentences(found) for thing in _things(sentence)]))
    return (*found[: MOST - 1], joined(found[MOST - 1 :])) if len(found) > MOST else tuple(found)


def _unless_asked_after(found: list[Piece]) -> list[Piece]:
    """The pieces; items that ask nothing by themselves are told, where what follows the list asks of them.

    « 1) envoyer au Laos 2) accueillir de Madagascar. Les deux passent ? »
    """
    listed = [at for at, piece in enumerate(found) if piece.listed]
    if not listed or any(piece.asks or not _TO_KNOW.isdisjoint(words(piece.text)) for piece in found[: listed[0]]):
        return found
    after = next((at for at in range(listed[-1] + 1, len(found)) if found[at].apart), len(found))
    if not any(piece.asks for piece in found[after:]):
        return found
    return [piece._replace(listed=piece.listed and piece.asks) for piece in found]


def _announced(found: list[Piece]) -> list[Piece]:
    """The pieces; where one says how many things are asked, what follows is these: « deux choses : … et … ».

    Where marks part them, each begins after one: « 2 questions : combien, au total ? pour qui ? ».
    """
    first = next((at + 1 for at, piece in enumerate(found) if _ANNOUNCING.search(piece.text)), len(found))
    are_marked = any(piece.apart for piece in found[first + 1 :])
    begins = [at == first or (at > first and (piece.apart or not are_marked)) for at, piece in enumerate(found)]
    return [piece._replace(listed=piece.listed or is_next) for piece, is_next in zip(found, begins, strict=True)]


def _asked_in_a_row(found: list[Piece]) -> list[Piece]:
    """The pieces; of several sentences that ask, a short one is an item of a list: « délai ? pièces ? »."""
    asking = [sentence for sentence in _sentences(found) if any(_asks_by_itself(piece) for piece in sentence)]
    short = [sentence[0] for sentence in asking if len(sentence) == 1 and _is_item(sentence[0].text)]
    return [piece._replace(listed=piece.listed or (len(asking) > 1 and piece in short)) for piece in found]


def _asks_by_itself(piece: Piece) -> bool:
    """Whether it asks, and not only to be told: « merci de me dire »."""
    return piece.asks and not _is_to_be_told(words(piece.text))


def _is_item(text: str) -> bool:
    said = words(text)
    return len(said) <= _LONGEST_ITEM and _REFERRING.isdisjoint(said) and not points_back(text)


def _things(sentence: list[Piece]) -> Iterator[Piece]:
    """The pieces of a sentence; what is asked for together with one verb is a list, each an item of it."""
    is_list = False
    for piece in sentence:
        said = words(piece.text)
        is_next = is_list and not piece.asks and said[0] in _NEXT_THING
        yield piece._replace(listed=True) if is_next else piece
        is_list = is_next or piece.asks


def _with_asides(found: list[Piece]) -> Iterator[Piece]:
    """The pieces, those of sentences that ask nothing known as such."""
    for sentence in _sentences(found):
        asks = any(piece.asks or piece.listed or _wishes(piece.text) for piece in sentence)
        yield from (piece._replace(aside=not asks) for piece in sentence)


def _sentences(cut: list[Piece]) -> list[list[Piece]]:
    starts = [at for at, piece in enumerate(cut) if piece.apart or not at]
    return [cut[start:end] for start, end in pairwise([*starts, len(cut)])]


def _wishes(text: str) -> bool:
    """« nous voudrions devenir opérateur » asks without the form of a question."""
    return not _WISHING.isdisjoint(words(text))


def _cut(text: str) -> Iterator[tuple[str, str | None, bool]]:
    """What stands between the cuts, the mark after it where that ends a sentence, and whether an item follows."""
    start = 0
    for cut in _CUT.finditer(text):
        if not (cut.group().isspace() and _holds(text[start : cut.start()], text[cut.end() :])):
            yield text[start : cut.start()], cut["mark"], cut["item"] is not None
            start = cut.end()
    yield text[start:], None, False


def _holds(before: str, after: str) -> bool:
    """« Combien de temps à l'avance | faut-il… »: what opens a question goes on with its verb; « j'aimerais savoir |
    combien » with what is asked.
    """
    said = words(before)
    if _LEADING.issuperset(said) and not _TO_KNOW.isdisjoint(said):
        return True
    if len(said) == _IN_SITU and said[0] in _SUBJECTS:  # « sa dure | combien chacun »
        return True
    told = list(dropwhile(_LEADING.__contains__, said))
    if _WHO.match(after):  # « qui finance | qui porte »; elsewhere it only tells of whom
        return len(told) != _IN_SITU or told[0] != _LISTS["who"]
    return 0 < len(told) <= _LONGEST_OPENING and told[0] in _HOLDING and bool(_GOES_ON.match(after))


def joined(parts: list[Piece]) -> Piece:
    """Neighbouring pieces as one."""
    asks, aside = any(piece.asks for piece in parts), all(piece.aside for piece in parts)
    return parts[0]._replace(text=", ".join(piece.text for piece in parts), asks=asks, aside=aside)


def sentences_that_ask(cut: list[Piece]) -> list[str]:
    """The sentences, of the pieces of a message, that ask or wish something; all of them, where none does."""
    said = _sentences(cut)
    return [joined(sentence).text for sentence in said if not sentence[0].aside] or [joined(each).text for each in said]


def told_only(cut: list[Piece]) -> list[str]:
    """The pieces of the sentences that neither ask nor say what their author wishes: « le maire veut » does not."""
    return [
        piece.text
        for sentence in _sentences(cut)
        if not any(one.asks or one.listed or (_wishes(one.text) and is_told(one.text)) for one in sentence)
        for piece in sentence
    ]


def is_told(text: str) -> bool:
    """Whether what does not ask is rather told of oneself: « nous avons un jumelage »."""
    return not _FIRST_PERSON.isdisjoint(words(text))


def opens_a_question(text: str) -> bool:
    """Whether its words have the form of a question, whatever mark follows and whatever is wished: « quel pays »."""
    said = words(text)
    told = [word for word in said if word not in _LEADING]
    is_asked = not _ANYWHERE.isdisjoint(said) or not _IS_THAT.isdisjoint(pairwise(said))
    return bool(is_asked or _INVERTED.search(text) or (told and told[0] in _OPENING))


def points_back(text: str) -> bool:
    """Whether a piece names nothing: « c'est quoi exactement » asks of what was said before."""
    return _POINTING_BACK.issuperset(words(text))


def best_segments(count: int, value: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Of all ways to join `count` neighbours or leave them out, the one worth most: (start, end) in order.

    `value(start, end)`: what joining these is worth; 0 or less when they are better left out.
    """
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
    for end in range(1, count + 1):
        options = []
        for start in range(max(0, end - LONGEST), end):
            worth = value(start, end)
            gained, segments = best[start]
            options.append((gained + worth, [*segments, (start, end)]) if worth > 0 else best[start])
        best.append(max(options, key=lambda option: (option[0], -len(option[1]))))
    return best[-1][1]


def _belongs(said: list[str], before: Piece) -> bool:
    """Whether words of the same sentence are little words, or ask if what was told before them may be."""
    if not before.asks and _POINTING_BACK.issuperset(said) and not _MAY_BE.isdisjoint(said):
        return True
    return _LITTLE.issuperset(said) and not (before.asks and _asks_more(said))


def _asks_more(said: list[str]) -> bool:
    """Whether little words ask something else than the question before: « peut-on candidater, quand, pour qui »."""
    return not _CLOSING.isdisjoint(said[-1:])


def _looks_asking(text: str) -> bool:
    """Whether a piece without a question mark asks, by its first word that says something, or its last."""
    said = replaced(words(text), _IDIOMS)
    told = [word for word in said if word not in _LEADING]
    if _ALTERNATIVE.match(text.lstrip()):
        told = told[1:]
    return bool(
        _INVERTED.search(text)
        or not _ANYWHERE.isdisjoint(said)
        or not _IS_THAT.isdisjoint(pairwise(said))
        or _is_to_be_told(said)
        or (told and (told[0] in _OPENING or told[0] in _REQUESTS))
        or not _CLOSING.isdisjoint(said[-1:])
        or tuple(said[-2:]) in _OR_NOT
        or _UNSURE.search(text)
    )


def _is_to_be_told(said: list[str]) -> bool:
    """« souhaitons savoir », « m'indiquer », « besoin de connaître »."""
    pairs = [*pairwise(said), *pairwise(word for word in said if word not in _BETWEEN)]
    return any(pair[0] in _WISHING | _TELLING and pair[1] in _TO_KNOW for pair in pairs)
