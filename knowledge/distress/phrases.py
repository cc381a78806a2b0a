"""The phrases of the content, as the parts that are looked for in a message."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.distress.word_lists import DistressPhrases, ReplyLanguage
from knowledge.words.templates import PhraseSpan

GAP = "…"
SHORTEST = 2
"""Words that must be there at least: one word alone would meet people who are well."""
_Weight = Literal["alone", "much", "sure"]
BOTH = "&"
"""Between parts of a phrase that may be anywhere in the message, in any order."""


@dataclass(frozen=True, eq=False)  # each is made once: known by its identity, which is quick
class PhrasePart:
    """A part of a phrase. `phrase`: its number; `parts`: how many must be there."""

    family: str
    language: ReplyLanguage
    phrase: int
    part: int
    parts: int
    alone: bool = False
    """Whether it counts only in a message that has no business with us."""
    sure: bool = False
    """Whether it is enough, whatever stands around it."""


def phrase_parts(phrases: DistressPhrases) -> Iterator[tuple[str, PhrasePart]]:
    """The template of each part of each phrase, and what it is a part of."""
    for number, (name, language, template, weight) in enumerate(_written(phrases)):
        parts = template.split(BOTH)
        sure = weight == "sure"
        alone = weight == "alone" or (len(parts) > 1 and not sure)
        for n, part in enumerate(parts):
            yield part, PhrasePart(name, language, number, n, len(parts), alone, sure)


def _written(phrases: DistressPhrases) -> Iterator[tuple[str, ReplyLanguage, str, _Weight]]:
    """Every phrase: its family, its language, and how much it tells."""
    for name, family in phrases.families.items():
        for template in family.french:
            yield name, "french", template, "alone" if family.strict and GAP in template else "much"
        yield from ((name, "english", template, "much") for template in family.english)
        yield from ((name, "french", template, "alone") for template in family.alone)
        yield from ((name, "french", template, "sure") for template in family.sure)
        yield from ((name, "english", template, "sure") for template in family.sure_english)


def excuses_in(phrases: DistressPhrases) -> Iterator[tuple[str, str]]:
    """The template of each idiom and denial, and the family that it excuses; empty for all."""
    yield from ((template, "") for template in (*phrases.idioms, *phrases.denials))
    for name, family in phrases.families.items():
        yield from ((template, name) for template in family.idioms)


def phrases_in(
    spans: Iterable[PhraseSpan[PhrasePart]], excuses: Iterable[PhraseSpan[str]], is_business: bool
) -> tuple[list[PhrasePart], list[PhrasePart]]:
    """The phrases that a message holds, and those of them that no idiom and no denial excuses."""
    excused = _excused_at(excuses)
    said, left = set(), set()
    found = ((span.labels, excused.get(span.end, frozenset())) for span in spans)
    for parts, families in {(id(parts), families): (parts, families) for parts, families in found}.values():
        for part in parts:
            # Of another kind than it seems, maybe: « il me tue » is no suicide, and may be a cry.
            if not (is_business and part.alone) and part.family not in families:
                said.add(part)
                if "" not in families:
                    left.add(part)
    return _whole(said), _whole(left)


def _excused_at(excuses: Iterable[PhraseSpan[str]]) -> dict[int, frozenset[str]]:
    """Where a phrase that ends is excused, and of which families: the last word is the one that frightens."""
    found: dict[int, frozenset[str]] = {}
    for excuse in excuses:
        for end in range(excuse.start + 1, excuse.end + 1):
            found[end] = found.get(end, frozenset()).union(excuse.labels)
    return found


def _whole(found: set[PhrasePart]) -> list[PhrasePart]:
    """The parts of the phrases of which every part was found."""
    seen = {(part.phrase, part.part) for part in found}
    return [part for part in found if all((part.phrase, n) in seen for n in range(part.parts))]
