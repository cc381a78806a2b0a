"""Whether two names are close enough to be one name, misspelt or shortened; if not, nobody meant the other."""

from rapidfuzz.distance import OSA

_FORGIVEN = ((6, 1), (12, 2))
"""Up to these letters, how many mistakes."""
_MOST_FORGIVEN = 3
_LONG = 5  # letters of a word: it tells something, it may be misspelt within a part of a name
_SHORT = 3  # letters of a word that hardly counts, or stands for a longer one: « stt » for « saint »
_MORE_NAMED = 2  # times as many letters in common as said besides


def is_close(typed: str, name: str, *, abbreviated: bool = False) -> bool:
    """Whether `typed` may be `name`, both as names are compared.

    What they have in common word for word (« saint », « sur mer ») forgives little in the rest.
    `abbreviated`: a short word may stand for a longer one; for names without their little words.
    """
    said, meant = typed.split(), name.split()
    more, less = _without(said, meant), _without(meant, said)
    shared = _letters(meant) - _letters(less)
    if abbreviated and shared:
        more, less = _unpaired(more, less)
    length = max(_letters(more), _letters(less))
    forgiven = _forgiven(length) + (shared >= _LONG <= length)
    if _mistakes(more, less) <= forgiven or _mistakes(said, meant) <= _forgiven(length):
        return True
    if not more and said:
        return True  # a part of the name: « brive », « saint martin »
    if not less and meant:
        extra = _letters(more)
        return _letters(meant) >= (_LONG if extra <= _SHORT else _MORE_NAMED * extra)
    return all(any(_is_word(word, other) for other in less) for word in more)


def _mistakes(said: list[str], meant: list[str]) -> int:
    """Letters wrong, spaces left out: none in « lemans »."""
    return OSA.distance("".join(said), "".join(meant), score_cutoff=_MOST_FORGIVEN + 1)


def _is_word(word: str, other: str) -> bool:
    return min(len(word), len(other)) >= _LONG and OSA.distance(word, other, score_cutoff=1) <= 1


def _forgiven(letters: int) -> int:
    return next((mistakes for most, mistakes in _FORGIVEN if letters <= most), _MOST_FORGIVEN)


def _letters(words: list[str]) -> int:
    return sum(map(len, words))


def _without(words: list[str], others: list[str]) -> list[str]:
    """The words that are not among the others, each counted once."""
    left = list(others)
    result = []
    for word in words:
        if word in left:
            left.remove(word)
        else:
            result.append(word)
    return result


def _unpaired(more: list[str], less: list[str]) -> tuple[list[str], list[str]]:
    """What is left when a short word stands for a longer one that begins or ends alike."""
    for word in more:
        if len(word) <= _SHORT:
            for other in less:
                if len(other) >= _LONG and (word[0] == other[0] or word[-1] == other[-1]):
                    return _without(more, [word]), _without(less, [other])
    return more, less
