"""What a conversation tells of one's own project: which way one goes, with which countries, how old they are."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from knowledge.content.told_facts import ProjectFacts, ToldFact
from knowledge.understanding.segmentation import pieces
from knowledge.understanding.situation.partners import Direction, direction, origins, partners
from knowledge.understanding.situation.situation import Situation
from knowledge.words.text import as_said, normalise

LONGEST = 20
"""Words of a message that only tells; a longer one tells a story."""


class Project(NamedTuple):
    """What was told so far: never words, but what they mean."""

    way: Direction = ""
    countries: tuple[str, ...] = ()
    """Their names in the content."""
    ages: tuple[int, ...] = ()
    origins: tuple[str, ...] = ()
    """The names of the countries that those who would go or come are of."""
    facts: tuple[str, ...] = ()
    """Those of the content's facts that are remembered, by their names."""
    year: int = 0
    """That which was named last."""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Project":
        """What was kept, in JSON."""
        lists = {name: tuple(kept.get(name, ())) for name in ("countries", "ages", "origins", "facts")}
        return cls(kept["way"], **lists, year=kept.get("year", 0))

    def kept(self) -> dict[str, Any]:
        """As it is kept, in JSON."""
        return self._asdict()

    def after(self, situation: Situation) -> "Project":
        """The same once a message was said: what it tells takes the place of what was told before."""
        named = tuple(country.name for country in partners(situation))
        new = tuple(name for name in named if name not in self.countries)
        # « plutôt la Tunisie, la commune marocaine ne répond plus »
        countries = new if new and len(new) < len(named) and not situation.acts else named
        ages = tuple(dict.fromkeys(one.value for one in situation.ages))
        return self._replace(
            way=direction(situation) or self.way,
            countries=countries or self.countries,
            ages=ages or self.ages,
            origins=tuple(dict.fromkeys(origins(situation))) or self.origins,
        )


UNTOLD = Project()


def only_tells(situation: Situation) -> bool:
    """Whether a message tells in few words, and asks nothing."""
    asks = situation.acts or "?" in situation.text or any(piece.asks for piece in pieces(situation.text))
    return not asks and len(situation.words) <= LONGEST


def facts_told(text: str, texts: ProjectFacts) -> Iterator[ToldFact]:
    """The facts that a message tells; of those that the same words tell, the first."""
    said = f" {normalise(text)} "
    for fact in texts.facts:
        if way := next((way for way in map(as_said, fact.words) if way in said), None):
            yield fact
            before, _, after = said.partition(way)
            said = f"{before} , {after if way.endswith(' ') else after.partition(' ')[2]}"
