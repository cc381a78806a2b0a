"""What is sent to the programme's team, and the outbox that it goes to."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

EMAIL = "email"
"""The id of the question whose answer the team replies to."""

INQUIRY = "question"
"""The id of the question whose answer is what a person asks the team."""


@dataclass(frozen=True)
class CriterionTold:
    """A criterion of the verdict: its outcome, the sentence that says why, and its source."""

    outcome: str
    title: str
    text: str
    source: str
    team: str = ""
    """The same sentence for whoever examines the dossier; empty: as it is said to the person."""


@dataclass(frozen=True)
class PaperSource:
    """A source as a paper names it; without an address, empty."""

    name: str
    url: str
    dated: str = ""
    """The date of the page and the day it was read, in words; empty in a dossier of before."""


@dataclass(frozen=True)
class Recap:
    """What somebody answered and what followed from it on that day. Nothing personal."""

    day: str
    authority: str
    """As the register spells it; never typed text. Empty when not recognised."""
    outcome: str
    verdict: str
    criteria: tuple[CriterionTold, ...]
    answers: tuple[tuple[str, str], ...]
    """Label and answer, in words."""
    calendar: str
    to_ask: tuple[str, ...]
    """What to ask the team, as the person asks it."""
    said: dict[str, str] = field(default_factory=dict)
    """For sentences: answers in words by question id, and under `name`, `kind`, `population` who applies."""
    sources: dict[str, PaperSource] = field(default_factory=dict)
    """Every source that the papers cite, by its id."""
    call: str = ""
    """Which call was open then, and until when, in a sentence for the team."""
    rules: str = ""
    """Where the rules of the call that concerns them were."""
    unsaid: tuple[str, ...] = ()
    """What the assistant could not tell, as it is told to the team."""
    applicant: str = ""
    """Who applies as it is told: the authority, or the name that was typed and that no register confirms."""

    @property
    def who(self) -> str:
        """Who applies; empty when that was not said."""
        return self.applicant or self.authority

    def for_team(self) -> "Recap":
        """The same, said to nobody: each criterion as it is told to the team."""
        return replace(self, criteria=tuple(replace(point, text=point.team or point.text) for point in self.criteria))

    def count(self, outcome: str) -> int:
        """How many criteria came out so."""
        return sum(point.outcome == outcome for point in self.criteria)


@dataclass(frozen=True)
class Note:
    """One page on the programme, as of a day; `words`: of the content, with each sentence's source by its name."""

    day: str
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Title, and the sentences with their source's name (empty for what is not known)."""
    calendar: str
    contact: str
    sources: tuple[PaperSource, ...] = ()
    """Those that the sentences name."""


@dataclass(frozen=True)
class Dossier:
    """One dossier, or one question to the team, as fields: it is laid out when it is sent."""

    reference: str
    details: dict[str, str]
    """What the person gave to be called back, by question id."""
    recap: Recap | None = None
    """None: only a question is sent."""
    answers: dict[str, Any] = field(default_factory=dict)
    """As the questionnaire keeps them, so that they can be corrected."""
    revision: int = 0
    """0 when it is first sent, then one more for each correction."""
    content: str = ""
    """The version of the content that the person was shown, the information on personal data included."""
    completes: str = ""
    """The reference of the dossier that a colleague sent from the same answers."""
    completed: tuple[tuple[str, str], ...] = ()
    """Of that dossier: label and value of its answers, to be told what differs. Nothing personal."""
    before: tuple[tuple[str, str], ...] = ()
    """Of a correction: label and value of all that the team received last."""
    unanswered: bool = False
    """Of a question: whether it is one that the assistant could not answer."""
    asker: str = ""
    """Of a question: who asks, as told to the questionnaire; empty where nothing was."""
    known: tuple[tuple[str, str], ...] = ()
    """Of a question: label and value of what the person answered, and was told. Nothing personal."""
    verified: bool = False
    """Never: nobody checks who somebody is. Said to whoever reads the data."""

    @property
    def email(self) -> str:
        """The address to answer at; empty when a question is to be answered in its conversation."""
        return self.details.get(EMAIL, "")


class Delivery(StrEnum):
    """Where a dossier is. `kept`: nothing is sent from this installation, it is in a file."""

    WAITING = "waiting"
    SENDING = "sending"
    """Somebody has it in hand, and has not begun to hand it over."""
    HANDING = "handing"
    """The mail server is being given it: whoever dies now cannot tell whether it was taken."""
    MAYBE = "maybe"
    SENT = "sent"
    HELD = "held"
    KEPT = "kept"

    @property
    def may_be_received(self) -> bool:
        """Whether the team has it, or perhaps has it."""
        return self in (Delivery.SENT, Delivery.MAYBE, Delivery.HANDING)


@dataclass(frozen=True)
class DossierStatus:
    """What is known of what a person sent. Times are seconds since 1970."""

    reference: str
    delivery: Delivery
    created_at: int
    changed_at: int
    """Later than `created_at` once it was corrected."""
    sent_at: int | None
    dossier: Dossier | None
    """None when it was sealed with a key that is lost."""
    answered_at: int | None = None
    """Of a question: when the team's answer was delivered in the conversation."""

    @property
    def is_application(self) -> bool:
        """Whether it is a dossier with its answers, which can be corrected; else a question to the team."""
        return self.dossier is not None and self.dossier.recap is not None


def last_application(sent: Iterable[DossierStatus]) -> DossierStatus | None:
    """The last dossier among what a person sent, newest first: a question sent since does not hide it."""
    return next((status for status in sent if status.is_application), None)


class Outbox(Protocol):
    """Where dossiers are put to be sent."""

    @property
    def sends(self) -> bool:
        """Whether what is put leaves from here; else it is kept, and the person sends it."""

    async def put(self, person: int, dossier: Dossier) -> Delivery:
        """Keep it for sending, in one transaction; the same reference and revision twice are kept once."""

    async def statuses(self, person: int) -> list[DossierStatus]:
        """Where all that the person sent is, newest first."""

    async def answered(self, reference: str) -> tuple[tuple[str, str], ...]:
        """Label and value of the answers of a dossier, whoever sent it; nothing personal, nothing where it is gone."""

    async def erase(self, person: int) -> int:
        """Erase what is kept of the person's dossiers; how many there were."""


@dataclass(frozen=True)
class Fate:
    """What became of a draft that was lent."""

    taken_at: int | None = None
    """Seconds since 1970; None while nobody took it."""
    reference: str | None = None
    """Of the dossier that one of the two has sent since."""


@dataclass(frozen=True)
class Lent:
    """What a colleague goes on with."""

    answers: dict[str, Any]
    codes: tuple[str, ...] = ()
    """The codes under which the same answers were shared before: whoever has one learns what is sent."""


class Handovers(Protocol):
    """Drafts lent to a colleague, by a code that serves once."""

    async def lend(self, person: int, lent: Lent) -> str:
        """Keep a copy for 72 hours; the code to give. The person's earlier codes end."""

    async def lent(self, code: str) -> Lent | None:
        """What is lent under that code; None when it is not any more."""

    async def spend(self, code: str) -> bool:
        """End the code; False when somebody else was faster."""

    async def note_sent(self, code: str, reference: str) -> None:
        """A dossier was sent from the answers lent under that code, which may still be taken."""

    async def fate(self, code: str) -> Fate:
        """What became of what was lent under that code."""

    async def revoke(self, person: int) -> bool:
        """End the person's codes; whether there was one."""
