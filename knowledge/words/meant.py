"""What an editor meant by a name that nothing bears: the nearest name, and the very line put right with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from rapidfuzz import fuzz, process

from knowledge.words.errors import Problem, explain, word_table
from knowledge.words.text import unaccented
from knowledge.words.yaml_file import KeyPath, YamlFile

Called = Mapping[str, tuple[str, ...]]
"""By id, what people call it: its title, its button."""

_NEAR, _PART, _CALLED = 70, 78, 88
"""How alike a name must be to an id, to a part of one, and to what people call it."""
_LISTED = 16
"""Names that are listed where none is near; of more, it is told where they are found."""


def nearest(name: str, known: Collection[str]) -> str:
    """What was probably meant, of all that is known; empty where nothing is near.

    A French word for an English one, whatever its accents; where `known` is of what things are called, that as well.
    """
    ids = {_bare(one): one for one in known}
    name = _bare(name)
    if name in ids:
        return ids[name]
    if found := next((ids[one] for one in _in_english().get(name, ()) if one in ids), ""):
        return found
    pairs = [(text, one) for one, texts in known.items() for text in texts] if isinstance(known, Mapping) else []
    called: dict[str, str] = {_bare(text): one for text, one in pairs}
    if name in called:
        return called[name]
    for scorer, least in (
        (fuzz.ratio, _NEAR),
        (fuzz.WRatio, _PART),
    ):  # a slip of the pen, before a part of a longer name
        if near := process.extractOne(name, list(ids), scorer=scorer, score_cutoff=least):
            return ids[str(near[0])]
    near = process.extractOne(name, list(called), score_cutoff=_CALLED) if len(name) > 2 else None
    return called[str(near[0])] if near else ""


def suggestion(name: str, known: Collection[str]) -> str:
    """« Vouliez-vous dire … ? » when something known is near, else nothing."""
    found = nearest(name, known)
    return explain("suggestion", name=found) if found else ""


def unknown(file: YamlFile, place: KeyPath, key: str, name: str, known: Collection[str], **values: object) -> Problem:
    """A name that nothing bears: what was meant, and the line with it; else those that there are, or where to look."""
    names = dict(known) if isinstance(known, Mapping) else dict.fromkeys(known, ())
    meant = nearest(name, names)
    listed = explain("shown_possible", known=", ".join(sorted(names))) if len(names) <= _LISTED else ""
    line = file.mended(place, name, meant) if meant else listed or explain(f"{key}_where")
    told = explain("suggestion", name=meant) if meant else ""
    return file.problem(place, key, name=name, meant=meant, suggestion=told, line=line, **values)


def unknown_names(
    file: YamlFile, place: KeyPath, key: str, names: Iterable[str], known: Collection[str]
) -> Iterator[Problem]:
    """A problem for each of these names that is not known."""
    yield from (unknown(file, place, key, name, known) for name in names if name not in known)


@cache
def _in_english() -> Mapping[str, list[str]]:
    """By what an editor may write in French, the words that files have for it."""
    words = [(french, [*map(_bare, english.split())]) for french, english in word_table("in_english_words").items()]
    return {_bare(one): english for french, english in words for one in french.split("|")}


def _bare(name: str) -> str:
    return unaccented(name).casefold().strip(" ?!.:;,'\"«»()[]{}/").replace(" ", "-").replace("_", "-")
