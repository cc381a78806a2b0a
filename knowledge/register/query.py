"""A noisy name → every sensible way to read it: a name, perhaps a kind and a place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.words.module_lists import words_beside
from knowledge.words.text import words
from knowledge.words.word_groups import Expressions, FoundExpression, replaced, scan

INTERCO = frozenset({"cc", "ca", "cu", "metro", "met69", "ept"})
LONGEST_QUERY = 200
"""Characters of a query that are read."""
_CLOSE = 0.83  # least similarity to take a misspelt word for a place
_SHORTEST_CORRECTED, _SHORTEST_KIND = 5, 6
_LONGEST_PLACE = 6  # words, with the little ones: « dans les Alpes de Haute-Provence »
_GROUPS = {(2, 3), (3, 3), (6, 3), (9, 5)}  # of digits that make one number: « 97 410 », « 200 039 865 »
_INSEE = re.compile(r"\d{5}|2[ab]\d{3}")
# Points that a reading loses.
_HOLLOW = 0.3
_MARKER = 0.05
_READ_INTO, _WORD_READ_INTO = 0.03, 0.002  # a word taken for a kind or a place: a name as it stands comes first


RankedSpan = FoundExpression[int]
"""An expression found in a list of words, with its rank."""


@dataclass(frozen=True, slots=True)
class QueryPlace:
    """Where a query says that its authority lies."""

    departements: frozenset[str] = frozenset()
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class QueryReading:
    """One way to understand a query: a name, perhaps a kind (its rank in the YAML) and a place."""

    name: str
    kind: int | None
    place: QueryPlace | None
    doubt: float


class Language:
    """How people speak of authorities: reads a query in every sensible way."""

    def __init__(self) -> None:
        self.data = words_beside(__file__, "authorities")
        shortened = self.data["abbreviations"].items()
        self._abbreviations = Expressions((short.split(), long.split()) for short, long in shortened)
        self.little = frozenset(self.data["little"])
        self._articles = frozenset(self.data["articles"])
        self._ordinal = re.compile(rf"\b\d+(?:{self.data['ordinal']})\b", re.IGNORECASE)
        before, of = self.data["size_before"], self.data["size_of"]
        self._size = re.compile(
            rf"(?<![\s,(])[\s,(]*(?:\b(?:{before}) )?\b\d[\d .]{{0,12}}\s?(?:{of})\b[).]*", re.IGNORECASE
        )
        self._links = frozenset(self.data["links"])
        kinds = [(text.split(), rank) for rank, kind in enumerate(self.data["kinds"]) for text in kind["words"]]
        fillers = [(text.split(), -1) for text in self.data["fillers"]]
        self._kinds, self._fillers = Expressions(kinds), Expressions(fillers)
        self._framing = Expressions([*fillers, *kinds])
        self._kind_words = sorted(word for word in self._kinds.words if len(word) >= _SHORTEST_KIND)
        # « Saint-Martin, département 79 »: these words may tell the kind of what follows, a mere hint.
        self._markers = {
            i for i, kind in enumerate(self.data["kinds"]) if set(kind["means"]) <= {"departement", "region"}
        }
        self._intercos = {i for i, kind in enumerate(self.data["kinds"]) if INTERCO.issuperset(kind["means"])}
        self._generic = frozenset(self.data["generic"])
        self._insee_words = Expressions((text.split(), -1) for text in self.data["insee"])
        self._places = {self.bare(name): frozenset(codes.split()) for name, codes in self.data["places"].items()}
        self._begin_places = {name.partition(" ")[0] for name in self._places}
        self._codes: set[str] = set()

    def learn_place(self, name: str, departements: Iterable[str]) -> None:
        """Take `name` for a place; a single département is known by its number as well."""
        bare = self.bare(self.joined(name))
        self._places.setdefault(bare, frozenset(departements))
        self._begin_places.add(bare.partition(" ")[0])
        self._codes.update(departements)

    def without_size(self, query: str) -> str:
        """« Sauve, 2 000 habitants » : without how large it is, which no name holds."""
        return self._size.sub(" ", query)

    def spelled(self, text: str) -> list[str]:
        """The words of a text, abbreviations spelled out, numbers put together."""
        typed = _glued(words(self._ordinal.sub(" ", text[:LONGEST_QUERY])))
        result = replaced(typed, self._abbreviations)
        numerals = self.data["numerals"]
        return [*(numerals.get(word, word) for word in result[:-1]), *result[-1:]]

    def joined(self, text: str) -> str:
        """A text as names are compared: its words, spelled out."""
        return " ".join(self.spelled(text))

    def bare(self, name: str) -> str:
        """A name without the little words that people drop or add."""
        return " ".join([word for word in name.split() if word not in self.little])  # a list: half the time

    def is_kind(self, expression: list[str]) -> bool:
        """Whether these words name a kind of authority."""
        return self._kinds.exactly(expression) is not None

    def kinds_meant(self, text: str) -> frozenset[str]:
        """The kinds of authority that a text of nothing else means: « la commune », « pas l'agglo, la ville » none."""
        typed = [word for word in self.unframed(self.spelled(text), kinds=False) if word not in self.little]
        rank = self._kinds.exactly(typed)
        return frozenset() if rank is None else frozenset(self.data["kinds"][rank]["means"])

    def is_large(self, kind: list[str]) -> bool:
        """Whether a kind's words mean départements or regions, whose names are also those of places."""
        return self._kinds.exactly(kind) in self._markers

    def is_place(self, expression: list[str]) -> bool:
        """Whether these words name a département or a region, an article before or not."""
        first = next((word for word in expression if word not in self.little), "")
        is_begun = first in self._begin_places and expression[0] not in self._links
        return is_begun and bool(self._places.get(self.bare(" ".join(expression))))

    def is_little(self, word: str) -> bool:
        """Whether a word only ties others together."""
        return word in self.little

    def trimmed(self, typed: list[str]) -> list[str]:
        """Words without the prepositions that tied them to a kind or a place."""
        inside = [at for at, word in enumerate(typed) if word not in self._links]
        return typed[inside[0] : inside[-1] + 1] if inside else typed

    def _doubt(self, typed: list[str], named: list[str], rest: list[str]) -> float:
        """What is taken for a kind or a place may be part of the name.

        Nothing but kind words and courtesies: only an authority of that very name will do.
        """
        if rest == typed:
            said = cut(typed, [*self._kind_spans(typed), *scan(self._fillers, typed)])
            return 0.0 if said else _HOLLOW
        return _READ_INTO * ((named != typed) + (rest != named)) + _WORD_READ_INTO * (len(typed) - len(rest))

    def insee_code(self, query: str) -> tuple[str, bool]:
        """A commune's INSEE code in a query, and whether it is said to be one; else nothing but the code is read."""
        typed = self.spelled(query)
        codes = [word.upper() for word in typed if _INSEE.fullmatch(word)]
        said = any(True for _ in scan(self._insee_words, typed))
        alone = not self._tells([word for word in self.unframed(typed) if not _INSEE.fullmatch(word)])
        return (codes[0], said or not codes[0].isdecimal()) if len(codes) == 1 and (said or alone) else ("", False)

    def unframed(self, typed: list[str], *, kinds: bool = True) -> list[str]:
        """Words without the courtesies around a name, nor those that tell its kind."""
        return cut(typed, scan(self._framing if kinds else self._fillers, typed))

    def without(self, typed: list[str], kinds: Iterable[str]) -> list[str]:
        """The words left when every expression for one of these kinds is taken out."""
        wanted = {rank for rank, kind in enumerate(self.data["kinds"]) if set(kind["means"]) <= set(kinds)}
        spans = [span for span in scan(self._kinds, typed) if span[2] in wanted]
        return cut(typed, spans)

    def readings(self, query: str) -> Iterator[QueryReading]:
        """Every sensible way to understand a query."""
        typed = self.spelled(query)
        seen: set[tuple[str, int | None, QueryPlace | None]] = set()
        for kind, named in self._kind_readings(typed):
            for place, rest in self._place_readings(named):
                name = self._name(rest, place, full=rest == typed)
                doubt = self._doubt(typed, named, rest)
                hinted = place and kind in self._markers and self._tells(rest)
                for meant, more in ((kind, 0.0), (None, _MARKER)) if hinted else ((kind, 0.0),):
                    if name is not None and (name, meant, place) not in seen:
                        seen.add((name, meant, place))
                        yield QueryReading(name, meant, place, doubt + more)

    def _tells(self, rest: list[str]) -> bool:
        return any(word not in self.little for word in rest)

    def _kind_readings(self, typed: list[str]) -> Iterator[tuple[int | None, list[str]]]:
        yield None, typed
        spans = self._kind_spans(typed)
        fillers = list(scan(self._fillers, typed))
        kind = spans[0][2] if spans else None
        if spans or fillers:
            yield kind, cut(typed, [*spans[:1], *fillers])
        if len(spans) > 1:
            yield kind, cut(typed, [*spans, *fillers])
        if kind in self._intercos:
            yield kind, [word for word in cut(typed, [*spans, *fillers]) if word not in self._generic]

    def _kind_spans(self, typed: list[str]) -> list[RankedSpan]:
        """Expressions for kinds with their article, be they misspelt: « le departmeent »."""
        spans = scan(self._kinds, [self._corrected(word) for word in typed])
        return [(start - (start > 0 and typed[start - 1] in self._articles), end, kind) for start, end, kind in spans]

    def _corrected(self, word: str) -> str:
        if len(word) < _SHORTEST_KIND or word in self._kind_words:
            return word
        close = process.extract(word, self._kind_words, scorer=OSA.normalized_similarity, score_cutoff=_CLOSE)
        # As near to « territorial » as to « territoriale »: a letter wrong is likelier than one too many.
        best = max(close, key=lambda found: (found[1], -abs(len(found[0]) - len(word))), default=None)
        return best[0] if best else word

    def _place_readings(self, typed: list[str]) -> Iterator[tuple[QueryPlace | None, list[str]]]:
        number, rest = self._number(typed)
        if not number or rest != typed[:-1]:  # a name may begin with a number (« 2 Vallées »), hardly end with one
            yield None, typed
        if number:
            yield number, rest
        named, left = self._named_place(rest)
        if named:
            yield number or named, left

    def _named_place(self, typed: list[str]) -> tuple[QueryPlace | None, list[str]]:
        """A place named at the end, be it misspelt, or at the start."""
        sizes = range(min(_LONGEST_PLACE, len(typed) - 1), 0, -1)
        ends = [(self.bare(" ".join(typed[-size:])), typed[:-size]) for size in sizes]
        starts = [(self.bare(" ".join(typed[:size])), typed[size:]) for size in sizes]
        for name, left in (*ends, *starts):
            if self._places.get(name) and self._tells(left):
                return QueryPlace(self._places[name]), left
        for name, left in ends:
            close = process.extractOne(name, self._places.keys(), scorer=OSA.normalized_similarity, score_cutoff=_CLOSE)
            if close and len(name) >= _SHORTEST_CORRECTED and self._tells(left):
                return QueryPlace(self._places[close[0]]), left
        return None, typed

    def _number(self, typed: list[str]) -> tuple[QueryPlace | None, list[str]]:
        for at in range(len(typed) - 1, -1, -1):
            word = typed[at]
            left = typed[:at] + typed[at + 1 :]
            if word.isdecimal() and len(word) == 5:
                prefixes = {word[:2], word[:3], *(("2A", "2B") if word.startswith("20") else ())}
                return QueryPlace(frozenset(prefixes & self._codes), word), left
            code = word.upper() if left[at:] else word.upper().zfill(2)  # « 2 Vallées » is no Aisne
            if word[0].isdecimal() and code in self._codes:
                return QueryPlace(frozenset({code})), left
        return None, typed

    def _name(self, rest: list[str], place: QueryPlace | None, full: bool) -> str | None:
        """The name left to look for: for « CD 17 » the number, for a postcode alone nothing."""
        if full or self._tells(rest):
            return " ".join(rest if full else self.trimmed(rest)) or None
        if place is None:
            return None
        return "" if place.postcode else min(place.departements).lower()


def cut(typed: list[str], spans: Iterable[RankedSpan]) -> list[str]:
    """The words outside these spans."""
    gone = {at for start, end, _ in spans for at in range(start, end)}
    return [word for at, word in enumerate(typed) if at not in gone]


def _glued(typed: list[str]) -> list[str]:
    """« 2 a » → « 2a », « 2A 004 » → « 2a004 »; « 97 410 » → « 97410 »; the same for SIREN and SIRET numbers."""
    result: list[str] = []
    for word in typed:
        before = result[-1] if result else ""
        corsican = (before == "2" and word in ("a", "b")) or (
            before in ("2a", "2b") and word.isdecimal() and len(word) == 3
        )
        if corsican or (
            result and word.isdecimal() and result[-1].isdecimal() and (len(result[-1]), len(word)) in _GROUPS
        ):
            result[-1] += word
        else:
            result.append(word)
    return result
