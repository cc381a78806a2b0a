"""A message → the questions in it. Cut wherever a question may end, then joined again where that is clearer."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import dropwhile, pairwise
from typing import NamedTuple

from knowledge.understanding.asking import (
    CLOSING,
    IS_THAT,
    LEADING,
    MAY_BE,
    OPENING,
    PLEASE,
    POINTING_BACK,
    TO_KNOW,
    is_to_be_told,
    is_told,
    looks_asking,
    opens_a_question,
    points_back,
    wishes,
)
from knowledge.words.module_lists import words_beside
from knowledge.words.text import words

MOST = 20
"""Pieces looked at; what follows stays in the last one."""

LONGEST = 4
"""Pieces that may be joined into one question."""

_LISTS = words_beside(__file__)
_BEFORE = _LISTS["before_opening"].split()
_NOT_AFTER = "".join(rf"(?<!\b{word})" for word in (*_BEFORE, "y"))  # « y a combien… »
_NUMBERED = (
    r"(?<!\S)(?:(?:\d\s?°?|[a-e])\s?\)|\d\s?[.°/]\s)|^\s*[-–•*]\s"
    rf"|\b(?:{_LISTS['next_item']})\b|\b{_LISTS['spoken_item']}"
)
_CUT = re.compile(
    rf"(?P<item>{_NUMBERED})|(?P<mark>[?!;\n…]+|\.(?=\s|$))|(?:\+(?!\d)|:)+|,(?!\d)|[/&]"
    rf"|(?P<join>\b(?:{_LISTS['joins']})\b)|(?<!\bou )\balors\b"
    rf"|(?<=\w)\s+(?={_LISTS['who']}\b)"
    rf"|(?<=\w){_NOT_AFTER}\s+(?=(?:(?:{'|'.join(_BEFORE)})\s+)?(?:{_LISTS['opens']})\b)",
    re.IGNORECASE | re.MULTILINE,
)
_NEXT_THING = frozenset(_LISTS["next_thing"].split())
_HOLDING = frozenset(_LISTS["holding"].split())
_REFERRING = frozenset(_LISTS["referring"].split())
_SUBJECTS = frozenset(_LISTS["subjects"].split())
_WHO = re.compile(rf"{_LISTS['who']}\b", re.IGNORECASE)
_GOES_ON = re.compile(rf"(?:(?:{'|'.join(_BEFORE)})\s+)?(?:{_LISTS['goes_on']})\b", re.IGNORECASE)
_ANNOUNCING = re.compile(rf"\b(?:{_LISTS['so_many']})\s+(?:\w+\s+)?(?:{_LISTS['things']})\b", re.IGNORECASE)
_TALK = frozenset(_LISTS["talk"].split())
_ASKED_KINDLY = re.compile(rf"(?<=\w)\s+(?:{'|'.join(sorted(PLEASE))})$", re.IGNORECASE)
_FROM_WHERE = frozenset(_LISTS["from_where"].split())
_BETWEEN_TWO = _LISTS["between_two"]
_LONGEST_OPENING = 8  # words
_LONGEST_ITEM = 6  # words
_LEAD = 3  # words: « jusqu'à quel âge »
_IN_SITU = 2  # words: a subject and its verb
_LITTLE = OPENING | CLOSING | LEADING | {first for first, _ in IS_THAT}
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
    is_joined = False
    for part, mark, is_item, is_join in _cut(text):
        said = words(part)
        is_next, is_joined = bool(found) and is_joined and _is_bare_question(said), is_join
        asks = "?" in (mark or "") or looks_asking(part)
        if found and not apart and _TALK.issuperset(said):
            pass  # « voilà, merci » closes what was asked
        elif said and found and not apart and not is_next and _belongs(said, found[-1]):
            # « un VSI, c'est quoi », « ça coûte cb »
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {part.strip()}", asks=asks or found[-1].asks)
        elif said:
            if is_next and not apart:  # « je peux partir | et comment »
                found[-1] = found[-1]._replace(asks=True)
            found.append(Piece(_ASKED_KINDLY.sub("", part.strip()), asks, apart, listed))
            apart = listed = False
        apart = apart or mark is not None or is_item
        listed = listed or is_item
    if _is_of_key_words(found, is_kind=bool(_ASKED_KINDLY.search(text.rstrip(" .!")))):
        named = words(text.partition(":")[0])  # « un VSI : tenté ou pas ? » asks once
        found = [piece._replace(asks=piece.asks or words(piece.text) != named) for piece in found]
    found = _asked_in_a_row(_announced(_unless_asked_after(found)))
    found = list(_with_asides([thing for sentence in _sentences(found) for thing in _things(sentence)]))
    return (*found[: MOST - 1], joined(found[MOST - 1 :])) if len(found) > MOST else tuple(found)


def _unless_asked_after(found: list[Piece]) -> list[Piece]:
    """The pieces; items that ask nothing by themselves are told, where what follows the list asks of them.

    « 1) envoyer au Laos 2) accueillir de Madagascar. Les deux passent ? »
    """
    listed = [at for at, piece in enumerate(found) if piece.listed]
    if not listed or any(piece.asks or not TO_KNOW.isdisjoint(words(piece.text)) for piece in found[: listed[0]]):
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
    short = [sentence[0] for sentence in asking if len(sentence) == 1 and is_item(sentence[0].text)]
    return [piece._replace(listed=piece.listed or (len(asking) > 1 and piece in short)) for piece in found]


def _is_of_key_words(found: list[Piece], *, is_kind: bool) -> bool:
    """Whether it asks, if only kindly, by short pieces without a word that opens a question: « coût, durée svp »."""
    said = [word for one in found for word in words(one.text)]
    if any(word.endswith(_LISTS["told_to"]) or word in MAY_BE for word in said):
        return False  # « plutôt le Bénin, corrigez svp »; « Vanuatu et Allemagne, possible ? »
    if not found or not (found[-1].asks or is_kind) or not all(is_key_word(one.text) for one in found[1:]):
        return False
    if any(after.apart and not before.asks for before, after in pairwise(found)):
        return False  # « Il en est parti 12. Et les autres ? »
    return is_item(found[0].text) and not any(opens_a_question(one.text) or is_told(one.text) for one in found)


def _asks_by_itself(piece: Piece) -> bool:
    """Whether it asks, and not only to be told: « merci de me dire »."""
    return piece.asks and not is_to_be_told(words(piece.text))


def is_key_word(text: str) -> bool:
    """Whether it is such an item without an article: « durée »; « le Mali » is rather told."""
    return is_item(text) and words(text)[0] not in _NEXT_THING


def is_item(text: str) -> bool:
    """Whether it is as short as an item of a list, and names something."""
    said = words(text)
    return len(said) <= _LONGEST_ITEM and _REFERRING.isdisjoint(said) and not points_back(text)


def _things(sentence: list[Piece]) -> Iterator[Piece]:
    """The pieces of a sentence; what is asked for together with one verb is a list, each an item of it."""
    is_list = False
    for piece in sentence:
        said = words(piece.text)
        is_next = is_list and not piece.asks and said[0] in _NEXT_THING | TO_KNOW
        yield piece._replace(listed=True) if is_next else piece
        is_list = is_next or piece.asks


def _with_asides(found: list[Piece]) -> Iterator[Piece]:
    """The pieces, those of sentences that ask nothing known as such."""
    for sentence in _sentences(found):
        asks = any(piece.asks or piece.listed or wishes(piece.text) for piece in sentence)
        yield from (piece._replace(aside=not asks) for piece in sentence)


def _sentences(cut: list[Piece]) -> list[list[Piece]]:
    starts = [at for at, piece in enumerate(cut) if piece.apart or not at]
    return [cut[start:end] for start, end in pairwise([*starts, len(cut)])]


def _cut(text: str) -> Iterator[tuple[str, str | None, bool, bool]]:
    """What stands between the cuts, the mark after it where that ends a sentence, whether an item or « et » follows."""
    start = 0
    for cut in _CUT.finditer(text):
        before = text[start : cut.start()]
        two = words(before)
        is_between = cut["join"] and _BETWEEN_TWO in two and cut["join"] not in two  # « entre le départ | et… »
        if not is_between and not (cut.group().isspace() and _holds(before, text[cut.end() :])):
            yield before, cut["mark"], cut["item"] is not None, cut["join"] is not None
            start = cut.end()
    yield text[start:], None, False, False


def _holds(before: str, after: str) -> bool:
    """« Combien de temps à l'avance | faut-il… »: what opens a question goes on with its verb; « j'aimerais savoir |
    combien » with what is asked.
    """
    said = words(before)
    if LEADING.issuperset(said) and not TO_KNOW.isdisjoint(said):
        return True
    if not _FROM_WHERE.isdisjoint(said[-1:]):
        return True
    if len(said) == _IN_SITU and said[0] in _SUBJECTS:  # « sa dure | combien chacun »
        return True
    told = list(dropwhile(LEADING.__contains__, said))
    if _WHO.match(after):  # « qui finance | qui porte »; elsewhere it only tells of whom
        return len(told) != _IN_SITU or told[0] != _LISTS["who"]
    opens = not _HOLDING.isdisjoint(told[:_LEAD])
    return opens and len(told) <= _LONGEST_OPENING and bool(_GOES_ON.match(after))


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
        if not any(one.asks or one.listed or (wishes(one.text) and is_told(one.text)) for one in sentence)
        for piece in sentence
    ]


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
    if not before.asks and POINTING_BACK.issuperset(said) and not MAY_BE.isdisjoint(said):
        return True
    return _LITTLE.issuperset(said) and not (before.asks and _asks_more(said))


def _is_bare_question(said: list[str]) -> bool:
    """« je peux partir et comment », « … et pour qui »: after « et » it is asked by itself."""
    return 0 < len(said) <= _IN_SITU and said[-1] in CLOSING and said[0] not in _REFERRING


def _asks_more(said: list[str]) -> bool:
    """Whether little words ask something else than the question before: « peut-on candidater, quand, pour qui »."""
    return not CLOSING.isdisjoint(said[-1:])
