"""The models of `sources.yaml` and `facts.yaml`: where statements come from, and what several entries say."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from knowledge.content.calendar import PartialDate
from knowledge.content.part import TolerantPart
from knowledge.words.identifiers import Id
from knowledge.words.typography import French


def _full_date(value: PartialDate) -> PartialDate:
    if value.day is None:
        raise PydanticCustomError("bad_date", "not a full date: {value}", {"value": str(value)})
    return value


FullDate = Annotated[PartialDate, AfterValidator(_full_date)]


class Source(TolerantPart):
    """Where a statement comes from."""

    id: Id
    name: French
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    dated: PartialDate | None = None
    kind: Literal["programme", "officiel", "reseau", "presse"]
    read_on: FullDate | None = None
    """The day it was read; that of the whole file where it says none."""

    @property
    def linked(self) -> str:
        """Its name, in the editors' mark-up; a link where it has a safe address."""
        is_link = self.url is not None and self.url.startswith("https://")
        return f"[{self.name}]({self.url})" if is_link else self.name


class Version(TolerantPart):
    """What one source says of a fact."""

    says: French
    source: Id


class OldSaying(TolerantPart):
    """What a fact says instead, after a day."""

    after: FullDate
    says: French


class Fact(TolerantPart):
    """A statement that answers share. With several versions it is contested, and shown as such."""

    id: Id
    label: French
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]
    follows: Id | None = None
    because: French | None = None
    once_old: OldSaying | None = None
    checked_on: FullDate
    review_by: FullDate

    @property
    def contested(self) -> bool:
        """Whether the sources differ."""
        return len({version.says for version in self.versions}) > 1

    @property
    def followed(self) -> Version:
        """The version that we follow; the first where nothing is contested."""
        return next((v for v in self.versions if v.source == self.follows), self.versions[0])


class Sources(TolerantPart):
    """`sources.yaml`."""

    read_on: FullDate | None = None
    """The day these were read, but for those that say another."""
    sources: tuple[Source, ...]

    @property
    def by_id(self) -> dict[str, Source]:
        """Each source by its id, with the day it was read."""
        return {s.id: s.model_copy(update={"read_on": s.read_on or self.read_on}) for s in self.sources}


class Facts(TolerantPart):
    """`facts.yaml`."""

    facts: tuple[Fact, ...]
