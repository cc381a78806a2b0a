"""The models of `dossier.yaml`: what is said and asked before a dossier is sent, the e-mail, what may circulate."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from knowledge.content.messages import Label, OneLine, filled_with, may_hold
from knowledge.content.papers import KitWords, NoteWords, RecapWords
from knowledge.content.part import ContentPart
from knowledge.content.questionnaire import Question
from knowledge.submission import EMAIL, INQUIRY, Dossier
from knowledge.words.identifiers import Id
from knowledge.words.markup import MarkedText
from knowledge.words.telephone import spaced_phone
from knowledge.words.typography import French


class FateWords(ContentPart):
    """What becomes of what somebody is about to give."""

    sent: MarkedText
    waits: MarkedText
    """Until the team has told who handles the data."""
    kept: Annotated[MarkedText, filled_with("contact")]
    """Nothing leaves from here: the person sends it."""


class DossierWords(ContentPart):
    """What is said around the sending. The names say when; braces are filled in."""

    send_button: Label
    send_also: tuple[str, ...] = ()
    """Verbs that say it just after the result: « envoyez »."""
    send_around: tuple[str, ...] = ()
    """All that may stand around one of them: « j'envoie mon dossier à l'équipe »."""
    send_what: tuple[str, ...] = ()
    """Words one of which must stand with the verb, where it alone could be an answer: « envoyer » is one."""
    update_also: tuple[str, ...] = ()
    new_also: tuple[str, ...] = ()
    """Which of the two is meant, where a dossier was sent already."""
    ask_button: Label
    fate: FateWords
    fate_question: FateWords
    """What becomes of what is sent, before anything is given: of a dossier, of a question alone."""
    notice: MarkedText
    notice_question: MarkedText
    """What holds whatever becomes of it."""
    notice_again: French
    accept: Label
    accept_also: tuple[str, ...] = ()
    """Ways to consent that elsewhere would only thank: « entendu »."""
    refuse: Label
    refused: French
    skip: Label
    skip_also: tuple[str, ...] = ()
    """Other ways to type it."""
    skip_within: tuple[str, ...] = ()
    """Words, as `knowledge.words.text` leaves them, that leave a detail out wherever they are, without a number."""
    none_says: tuple[str, ...] = ()
    none_around: tuple[str, ...] = ()
    """Of an optional message: words that say that there is none, and those that may stand around them."""
    answer_here: Label
    """In place of `skip` where an address is asked for the answer to a question."""
    skipped: French
    explained: French
    explained_also: tuple[str, ...] = ()
    """What is asked of the details themselves."""
    same_twice: Annotated[French, filled_with("label", "question")]
    elsewhere: Annotated[French, filled_with("value", "label")]
    """What was typed is another detail: an address in place of a telephone number."""
    elsewhere_perhaps: Annotated[French, filled_with("value", "label", "question")]
    """The same where a name is asked: it may be one all the same."""
    needed: Annotated[French, filled_with("label", "contact")]
    """A detail that cannot be left out."""
    back: Label
    cancel: Label
    cancel_also: tuple[str, ...] = ()
    cancelled: French
    recap: Annotated[MarkedText, filled_with("lines", "contact")]
    recap_question: Annotated[MarkedText, filled_with("lines", "contact")]
    recap_update: Annotated[MarkedText, filled_with("lines", "contact", "reference")]
    recap_kept: Annotated[MarkedText, filled_with("lines", "contact")]
    """Any of them where nothing leaves from here."""
    line: Annotated[French, filled_with("label", "value")]
    confirm: Label
    correct: Label
    waiting: Annotated[MarkedText, filled_with("reference")]
    waiting_here: Annotated[MarkedText, filled_with("reference")]
    """The same for a question without an address."""
    waiting_facts: Annotated[MarkedText, filled_with("reference", "contact")]
    """Nothing leaves before the team has said who handles the data."""
    kept: Annotated[MarkedText, filled_with("reference", "contact")]
    already: Annotated[French, filled_with("reference")]
    not_yet: French
    """Before what is still to be answered or shown."""
    nothing_to_send: French
    existing: Annotated[MarkedText, filled_with("status")]
    update_button: Label
    new_button: Label
    erase_button: Label
    erased: Annotated[French, filled_with("contact")]
    old_button: French
    too_many: Annotated[French, filled_with("contact")]
    no_answers: French
    day: Annotated[French, filled_with("date", "time")]
    corrected: Annotated[French, filled_with("created", "changed")]
    time: French
    """As `strftime` writes it."""
    team_answer: Annotated[MarkedText, filled_with("day", "answer")]
    """What the team answers to a question, in its conversation."""


class StatusWords(ContentPart):
    """/mondossier: « enregistré » and « envoyé » are never confused."""

    none: Annotated[MarkedText, filled_with("contact")]
    """What was sent elsewhere comes first: who asks for it without a dossier here means that."""
    draft: Annotated[MarkedText, filled_with("number", "total")]
    draft_complete: MarkedText
    draft_ended: MarkedText
    """The answers led to an early end: there is nothing to send."""
    dossier: French
    question: French
    waiting: Annotated[French, filled_with("what", "reference", "created")]
    waiting_facts: Annotated[French, filled_with("what", "reference", "created", "contact")]
    """Nothing leaves before the team has said who handles the data."""
    sent: Annotated[French, filled_with("what", "reference", "created", "sent")]
    sent_here: Annotated[French, filled_with("what", "reference", "created", "sent")]
    """A question that is to be answered in the conversation."""
    answered: Annotated[French, filled_with("what", "reference", "created", "answered")]
    maybe: Annotated[French, filled_with("what", "reference", "created", "contact")]
    held: Annotated[French, filled_with("what", "reference", "created", "contact")]
    kept: Annotated[French, filled_with("what", "reference", "created", "contact")]
    correct_answers: Label
    correct_details: Label
    correcting: French


class HandoverWords(ContentPart):
    """A colleague goes on with a draft."""

    button: Label
    lent: Annotated[MarkedText, filled_with("code")]
    revoke: Label
    revoked: French
    not_lent: French
    nothing: French
    taken: MarkedText
    own_first: French
    """Somebody who has answers of one's own is about to replace them."""
    replace: Label
    keep_own: Label
    own_waits: French
    undo: Label
    exchange: Label
    exchanged: French
    """The colleague's are back, one's own wait."""
    was_taken: Annotated[French, filled_with("taken")]
    was_sent: Annotated[French, filled_with("reference")]
    """The colleague sent a dossier from the same answers."""
    was_sent_too: Annotated[French, filled_with("reference")]
    """To somebody who sent a dossier from them as well."""
    complete: Label
    unknown: French
    locked: French
    """Said for an hour after five codes that nobody gave."""
    too_many: French
    ask: French


class CallWords(ContentPart):
    """What papers say of the calls, in place of the sentences of `messages.yaml` so called: a paper has no « je »."""

    call_unknown: French
    call_none: French
    call_closed: Annotated[French, filled_with("closing", "status")]
    call_announced: Annotated[French, filled_with("closing", "opening", "status")]
    call_undated: French


class MailWords(ContentPart):
    """The e-mail that the team receives: of the person, not to the person."""

    subject: Annotated[OneLine, filled_with("reference", "who")]
    """The same for a correction: the mailbox shows them together."""
    subject_question: Annotated[OneLine, filled_with("reference", "who")]
    unnamed: OneLine
    """Stands for who asks a question, where nothing was told."""
    told_label: French
    shown_label: French
    """Beside a question: what the questionnaire concluded, and the entries that the assistant answered with last."""
    authority_before: French
    body_before: French
    said_before: Annotated[French, filled_with("said")]
    """What the conversation before tells of who asks: of which authority it speaks, as what the person writes."""
    known_title: French
    no_authority: OneLine
    unregistered: Annotated[French, filled_with("name")]
    """Who applies, where the register does not have the name that was typed."""
    declared: Annotated[French, filled_with("name")]
    """Who applies, where no register is asked."""
    verdicts: dict[str, Annotated[French, may_hold("n")]]
    """By outcome; `n`: how many criteria came out so."""
    marks: dict[str, str]
    intro: Annotated[French, filled_with("reference", "filed")]
    intro_update: Annotated[French, filled_with("reference", "filed", "changed", "n")]
    intro_first_update: Annotated[French, filled_with("reference", "filed", "changed", "n")]
    intro_question: Annotated[French, filled_with("reference", "filed")]
    intro_unanswered: Annotated[French, filled_with("reference", "filed")]
    during: Annotated[French, filled_with("call", "closing")]
    """Which call was open when it was sent."""
    unverified: French
    reply: Annotated[French, filled_with("email")]
    reply_here: Annotated[French, filled_with("reference")]
    """The person gave no address: how to answer in the conversation."""
    subject_reminder: Annotated[OneLine, may_hold("n")]
    reminder: French
    reminder_line: Annotated[French, filled_with("reference", "filed")]
    reminder_closing: French
    has_pdf: French
    no_pdf: French
    completes: Annotated[French, filled_with("reference")]
    day: French
    """A date and its time, as `strftime` writes them."""
    who_title: French
    asked_title: French
    applicant: French
    differences_title: Annotated[French, filled_with("reference")]
    changes_title: French
    change: Annotated[French, filled_with("label", "before", "after")]
    no_change: French
    nothing: French
    """Stands for an answer that there was not, or is not any more."""
    verdict_title: Annotated[French, filled_with("verdict")]
    answers_title: French
    questions_title: French
    line: Annotated[French, filled_with("label", "value")]
    point: Annotated[French, filled_with("mark", "title", "text")]
    closing: French
    closing_question: French
    columns: dict[str, str]
    """Of the table that `tevo outbox export` writes."""
    zones: dict[str, str]
    """The zones of the register in words: metro, drom, com."""


class DossierForm(ContentPart):
    """`dossier.yaml`."""

    words: DossierWords
    status: StatusWords
    handover: HandoverWords
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    optional: tuple[Id, ...] = ()
    """The questions that may be skipped."""
    none_also: dict[Id, tuple[str, ...]] = Field(default_factory=dict)
    """More ways to skip one of them: « par mail », of the telephone."""
    looks_like: dict[Id, tuple[str, ...]] = Field(default_factory=dict)
    """How one of them begins where it is typed for another: « maire », of the function."""
    inquiry: Annotated[tuple[Question, ...], Field(min_length=1)]
    """Asked of somebody who only sends a question to the team."""
    inquiry_optional: tuple[Id, ...] = ()
    """Those of them that may be skipped: without an address, the answer comes in the conversation."""
    mail: MailWords
    calls: CallWords
    recap: RecapWords
    kit: KitWords
    note: NoteWords

    def asked(self, *, inquiry: bool) -> tuple[Question, ...]:
        """What is asked before a dossier, or a question alone, is sent."""
        return self.inquiry if inquiry else self.questions

    def may_skip(self, question: str, *, inquiry: bool) -> bool:
        """Whether that question may be left out."""
        return question in (self.inquiry_optional if inquiry else self.optional)

    @model_validator(mode="after")
    def _has_email(self) -> "DossierForm":
        for questions, wanted in ((self.questions, {EMAIL}), (self.inquiry, {EMAIL, INQUIRY})):
            if not wanted <= {question.id for question in questions}:
                raise PydanticCustomError("no_email_question", "no e-mail question", {})
        return self


def detail_said(question: Question, value: str) -> str:
    """A detail as it is shown; it is kept and compared as it was read."""
    return spaced_phone(value) if question.kind == "phone" else value


def told(dossier: Dossier, form: DossierForm) -> tuple[tuple[str, str], ...]:
    """Label and value of all that the person gave, in order: what a later correction is compared with."""
    recap = dossier.recap
    asked = form.asked(inquiry=recap is None)
    details = ((question.label, dossier.details.get(question.id, "")) for question in asked)
    return (*details, *(recap.answers if recap else ()))
