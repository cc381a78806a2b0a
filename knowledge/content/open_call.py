"""The model of `appel.yaml`: what the team knows of a call, on the day it opens. Everything else follows from it."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from knowledge.content.calendar import Call, ClockTime, Kind, Milestone, PartialDate
from knowledge.content.models import Dates, FullDate, Source
from knowledge.content.questionnaire import Condition, Criterion, Form, Outcome, Part, Rule
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.typography import French

OPEN_CALL = "appel.yaml"
"""The file, in a content package, once there is a call to tell."""

CALL_SOURCE = "appel"
"""The source of everything that this file tells."""

Address = Annotated[str, Field(pattern=r"^https://\S+$")]
Saying = Annotated[MarkedText, Field(max_length=400)]
ListedItem = Annotated[French, Field(max_length=120)]


class CallSource(Part):
    """Where all of it comes from: the rules of the call, or a page that tells it."""

    name: French
    url: Address | None = None
    read_on: FullDate


class CallDate(Part):
    """A date of the call, as in `dates.yaml`."""

    kind: Kind
    label: French
    date: PartialDate
    until: PartialDate | None = None
    time: ClockTime | None = None
    provisional: bool = False


class CallCriterion(Part):
    """A condition of the call. `rules` decide it from the answers; without them, the person is told to check it."""

    id: Id
    """That of a criterion of the questionnaire, which it then replaces, or a new one."""
    title: Annotated[French, Field(max_length=70)]
    says: ListedItem
    applies_if: Condition | None = None
    """By default, whom the first criterion of the questionnaire applies to."""
    rules: tuple[Rule, ...] = ()


class OpenCall(Part):
    """`appel.yaml`. What it leaves out stays unknown."""

    call: Id
    """The call of `dates.yaml` that it tells, or a new one."""
    title: Annotated[French, Field(max_length=60)]
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

    def as_source(self) -> Source:
        """The source to cite."""
        given = self.source
        return Source(id=CALL_SOURCE, name=given.name, url=given.url, kind="programme", read_on=given.read_on)

    def as_call(self, audience: str) -> Call | None:
        """The call with its dates; None without one. An id is the call's and the kind's: it stays when a date moves."""
        seen: dict[Kind, int] = {}
        milestones = []
        for step in self.dates:
            seen[step.kind] = seen.get(step.kind, 0) + 1
            ordinal = f"-{seen[step.kind]}" if seen[step.kind] > 1 else ""
            fields = {name: getattr(step, name) for name in CallDate.model_fields}
            milestones.append(Milestone(id=f"{self.call}-{step.kind}{ordinal}", source=CALL_SOURCE, **fields))
        if not milestones:
            return None
        return Call(id=self.call, title=self.title, audience=audience, number=self.number, milestones=tuple(milestones))


NAMES = frozenset({
    "title", "rules", "form", "who", "amounts", "contacts", "dates",
    "documents", "documents_inline", "criteria", "criteria_inline",
})  # fmt: skip
"""What a text may ask of the call."""


def with_dates(dates: Dates, told: OpenCall | None, audience: str) -> Dates:
    """The calendar, in which this call takes the place of the one with its id, or comes last."""
    call = told.as_call(audience) if told else None
    if call is None:
        return dates
    calls = [call if known.id == call.id else known for known in dates.calls]
    return dates.model_copy(update={"calls": tuple(calls if call in calls else [*calls, call])})


def with_criteria(form: Form, call: OpenCall) -> Form:
    """The questionnaire, with the criteria of the call: in the place of those with their ids, or last."""
    own = {criterion.id: criterion for criterion in _criteria(form, call)}
    kept = [own.pop(criterion.id, criterion) for criterion in form.criteria]
    return form.model_copy(update={"criteria": (*kept, *own.values())})


def _criteria(form: Form, call: OpenCall) -> Iterator[Criterion]:
    to_check = Rule(outcome=Outcome.OPEN, text=form.words.to_check)
    for criterion in call.criteria:
        yield Criterion(
            id=criterion.id,
            title=criterion.title,
            applies_if=criterion.applies_if or form.criteria[0].applies_if,
            rules=criterion.rules or (to_check,),
            says=criterion.says,
            source=CALL_SOURCE,
            checked_on=call.source.read_on,
            review_by=call.review_by,
        )
