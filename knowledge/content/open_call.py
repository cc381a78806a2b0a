"""The model of `appel.yaml`: what the team knows of a call, on the day it opens. Everything else follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from knowledge.content.calendar import Call, ClockTime, Milestone, MilestoneKind, PartialDate
from knowledge.content.models import Dates
from knowledge.content.part import ContentPart
from knowledge.content.questionnaire import Condition, Criterion, Form, Outcome, Rule
from knowledge.content.sources import FullDate, Source
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French

Address = Annotated[str, Field(pattern=r"^https://\S+$")]
Saying = Annotated[MarkedText, Field(max_length=400)]
ListedItem = Annotated[French, Field(max_length=120)]


class CallSource(ContentPart):
    """Where all of it comes from: the rules of the call, or a page that tells it."""

    name: French
    url: Address | None = None
    read_on: FullDate


class CallDate(ContentPart):
    """A date of the call, as in `dates.yaml`."""

    kind: MilestoneKind
    label: French
    date: PartialDate
    until: PartialDate | None = None
    time: ClockTime | None = None
    provisional: bool = False


class CallCriterion(ContentPart):
    """A condition of the call. `rules` decide it from the answers; without them, the person is told to check it."""

    id: Id
    """That of a criterion of the questionnaire, which it then replaces, or a new one."""
    title: Annotated[French, Field(max_length=70)]
    says: ListedItem
    applies_if: Condition | None = None
    """By default, those whose calendar this is in the questionnaire; else whom its first criterion applies to."""
    rules: tuple[Rule, ...] = ()


class OpenCall(ContentPart):
    """`appel.yaml`. What it leaves out stays unknown."""

    call: Id
    """The call of `dates.yaml` that it tells, or a new one."""
    title: Annotated[French, Field(max_length=60)]
    audience: Id | None = None
    """Whom it is for, of those of `programme.yaml`; by default the first."""
    number: int | None = None
    source: CallSource
    review_by: FullDate
    dates: tuple[CallDate, ...] = ()
    rules: Address | None = None
    form: Address | None = None
    who: Saying | None = None
    amounts: Saying | None = None
    contacts: Saying | None = None
    documents: Annotated[tuple[ListedItem, ...], Field(max_length=12)] = ()
    criteria: Annotated[tuple[CallCriterion, ...], Field(max_length=10)] = ()

    @property
    def told(self) -> dict[str, str]:
        """What it tells, by name, as it stands in a text. Lists: with bullets, and in one line."""
        lists = {"documents": self.documents, "criteria": tuple(criterion.says for criterion in self.criteria)}
        told = {
            "title": self.title,
            "rules": self.rules,
            "form": self.form,
            "who": self.who,
            "amounts": self.amounts,
            "contacts": self.contacts,
            "dates": self.title if self.dates else None,
            **{name: "\n".join(f"- {item}" for item in items) for name, items in lists.items()},
            **{f"{name}_inline": " ; ".join(items) for name, items in lists.items()},
        }
        return {name: text for name, text in told.items() if text}

    def as_source(self, name: str) -> Source:
        """The source to cite."""
        given = self.source
        return Source(id=name, name=given.name, url=given.url, kind="programme", read_on=given.read_on)

    def as_call(self, source: str, audience: str) -> Call | None:
        """The call with its dates; None without one. An id is the call's and the kind's: it stays when a date moves."""
        seen: dict[MilestoneKind, int] = {}
        milestones = []
        for step in self.dates:
            seen[step.kind] = seen.get(step.kind, 0) + 1
            ordinal = f"-{seen[step.kind]}" if seen[step.kind] > 1 else ""
            fields = {name: getattr(step, name) for name in CallDate.model_fields}
            milestones.append(Milestone(id=f"{self.call}-{step.kind}{ordinal}", source=source, **fields))
        if not milestones:
            return None
        return Call(id=self.call, title=self.title, audience=audience, number=self.number, milestones=tuple(milestones))


NAMES = frozenset({
    "title", "rules", "form", "who", "amounts", "contacts", "dates",
    "documents", "documents_inline", "criteria", "criteria_inline",
})  # fmt: skip
"""What a text may ask of the call; of that of another audience than the first, with it: « organismes:amounts »."""


@dataclass(frozen=True)
class OpenCalls:
    """The calls that the team tells, each by the name of its source. `audiences`: those of the programme."""

    audiences: tuple[str, ...] = ("",)
    by_source: Mapping[str, OpenCall] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The audience that is meant where none is named."""
        return self.audiences[0]

    def audience(self, call: OpenCall) -> str:
        """Whom a call is for."""
        return call.audience or self.first

    def of(self, audience: str) -> OpenCall | None:
        """What is told of the call to an audience; None while nothing is."""
        return next((call for call in self.by_source.values() if self.audience(call) == audience), None)

    @property
    def told(self) -> dict[str, str]:
        """What they tell, by name: `amounts` of the call to the first audience, `organismes:amounts` of another's."""
        told: dict[str, str] = {}
        for call in self.by_source.values():
            audience = self.audience(call)
            told |= {f"{audience}:{name}": text for name, text in call.told.items()}
            told |= call.told if audience == self.first else {}
        return told

    def telling(self, name: str) -> str:
        """The source of what is told by that name."""
        audience = name.rpartition(":")[0] or self.first
        return next(source for source, call in self.by_source.items() if self.audience(call) == audience)

    @property
    def names(self) -> frozenset[str]:
        """What a text may ask."""
        return NAMES | {f"{audience}:{name}" for audience in self.audiences for name in NAMES}

    @property
    def sources(self) -> dict[str, Source]:
        """The sources to cite, by name."""
        return {name: call.as_source(name) for name, call in self.by_source.items()}

    def with_dates(self, dates: Dates) -> Dates:
        """The calendar, in which each call takes the place of the one with its id, or comes last."""
        calls = {call.id: call for call in dates.calls}
        for source, told in self.by_source.items():
            if call := told.as_call(source, self.audience(told)):
                calls[call.id] = call
        return dates.model_copy(update={"calls": tuple(calls.values())})

    def with_criteria(self, form: Form) -> Form:
        """The questionnaire, with the criteria of the calls: in the place of those with their ids, or last."""
        own = {criterion.id: criterion for source in self.by_source for criterion in self._criteria(form, source)}
        kept = [own.pop(criterion.id, criterion) for criterion in form.criteria]
        return form.model_copy(update={"criteria": (*kept, *own.values())})

    def _criteria(self, form: Form, source: str) -> Iterator[Criterion]:
        call = self.by_source[source]
        to_check = Rule(outcome=Outcome.OPEN, text=form.words.to_check)
        audience = self.audience(call)
        concerns = next((one.when for one in form.calendar if one.audience == audience), form.criteria[0].applies_if)
        for criterion in call.criteria:
            yield Criterion(
                id=criterion.id,
                title=criterion.title,
                applies_if=criterion.applies_if or concerns,
                rules=criterion.rules or (to_check,),
                says=criterion.says,
                source=source,
                checked_on=call.source.read_on,
                review_by=call.review_by,
            )
