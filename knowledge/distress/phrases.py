"""The phrases of the content, as the parts that are looked for in a message."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.distress.word_lists import DistressPhrases, ReplyLanguage

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
