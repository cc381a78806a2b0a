"""Sending as people see it: the information, a detail, what will be sent, where it is. Pure."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from handlers.dossier.draft import Draft
from handlers.dossier.recap import Recaps
from handlers.questionnaire.progress import Progress
from handlers.questionnaire.screens import FormScreens, shortened
from handlers.questionnaire.verdict_screens import VerdictScreens
from handlers.shared.buttons import (
    AskTeam,
    ChangeDetail,
    Confirm,
    Consent,
    CorrectAnswers,
    CorrectDetails,
    EraseDossier,
    GiveUp,
    Lend,
    ListAnswers,
    ListDetails,
    OpenForm,
    SendDossier,
    ShowDraft,
    Skip,
    StartNew,
)
from handlers.shared.screen import Rows, Screen, button, paged
from knowledge.content.calendar import PARIS
from knowledge.content.dossier import DossierForm, detail_said
from knowledge.content.questionnaire import Question
from knowledge.questionnaire.kinds import kind_of
from knowledge.questionnaire.person_names import begins_with
from knowledge.questionnaire.typed_answer import denies, says_loosely, shows_nothing, spelled_signs
from knowledge.submission import EMAIL, INQUIRY, Delivery, DossierStatus, Fate
from knowledge.understanding.segmentation import pieces
from knowledge.words import markup
from knowledge.words.markup import LIMIT, RichText, TextSpan, paragraphs
from knowledge.words.text import says_only


class DossierScreens:
    """Draws what is sent of one form."""

    def __init__(self, form: FormScreens, dossier_form: DossierForm, *, sends: bool) -> None:
        """`sends`: whether what is sent leaves from here; else the person sends it."""
        self.sends = sends
        self.form = form
        self.dossier_form = dossier_form
        self.words = dossier_form.words
        self.contact = form.content.email
        self.recaps = Recaps(form, dossier_form)

    def notice(self, *, inquiry: bool) -> Screen:
        """Before anything personal is asked: what becomes of it, who receives and handles it, why, how long."""
        words, handled = self.words, self.form.content.handled
        fate = words.fate_question if inquiry else words.fate
        said = (fate.sent if handled else fate.waits) if self.sends else fate.kept.format(contact=self.contact)
        text = f"{said}\n\n{words.notice_question if inquiry else words.notice}"
        text += f"\n\n{handled}" if self.sends and handled else ""
        accept, refuse = (Consent(given=given, inquiry=inquiry) for given in (True, False))
        head = paragraphs([*self.form.renderer.banner(), self.form.renderer.text(text)])
        return Screen(head, [[button(self.words.accept, accept), button(self.words.refuse, refuse)]])

    def notice_again(self, *, inquiry: bool) -> Screen:
        """After something else was answered: the same choice, in a sentence."""
        accept, refuse = (Consent(given=given, inquiry=inquiry) for given in (True, False))
        rows: Rows = [[button(self.words.accept, accept), button(self.words.refuse, refuse)]]
        return self._screen(self.words.notice_again, rows)

    def refused(self) -> Screen:
        """Nothing is sent; what else one may do."""
        return self._screen(self.words.refused, [[self.form.menu_button()]])

    def detail(self, draft: Draft, question: Question, sorry: str = "") -> Screen:
        """One detail to type; `sorry`: why what was typed is none."""
        skip = self.words.answer_here if question.id == EMAIL else self.words.skip
        rows: Rows = [[button(skip, Skip(question=question.id))]] if self.is_optional(draft, question.id) else []
        text = (TextSpan(sorry),) if sorry else self.form.renderer.text(question.text)  # it may quote what was typed
        return Screen(text, [*rows, [button(self.words.cancel, GiveUp())]])

    def is_optional(self, draft: Draft, question: str) -> bool:
        """Whether it may be skipped."""
        return self.dossier_form.may_skip(question, inquiry=draft.inquiry)

    def is_skipped(self, draft: Draft, question: Question, text: str) -> bool:
        """Whether somebody types that it is to be left out or is not known, and may."""
        return self.is_optional(draft, question.id) and self.says_none(question, text)

    def says_none(self, question: Question, text: str) -> bool:
        """Whether a text says that there is none, whether or not it may be left out."""
        words, said = self.words, spelled_signs(text)
        ways = (words.skip, words.answer_here, *words.skip_also, *self.dossier_form.none_also.get(question.id, ()))
        ways += (*self.form.words.dont_know_also, *self.form.words.deny_also)
        if kind_of(question).takes_words:  # « on hésite encore entre deux pays » is a message
            is_none = says_only(said, words.none_says, words.none_around)
            return shows_nothing(said) or is_none or says_loosely(said, *(w for w in ways if not w.startswith("…")))
        is_asked = any(piece.asks for piece in pieces(said))
        is_told = begins_with(said, self.dossier_form.looks_like.get(question.id, ()))  # « élu sans étiquette »
        is_denied = not (is_asked or is_told) and denies(said, words.skip_within)
        return shows_nothing(said) or says_loosely(said, *ways) or is_denied

    def is_free(self, draft: Draft, question: Question) -> bool:
        """Whether anything may be its answer, a question too."""
        return question.id == INQUIRY or (kind_of(question).takes_words and self.is_optional(draft, question.id))

    def recap(self, draft: Draft) -> list[Screen]:
        """What will be sent, to whom. What was typed is shown as it is, never read as mark-up."""
        template = self.words.recap_update if draft.revision else self.words.recap
        if draft.inquiry:
            template = self.words.recap_question
        template = template if self.sends else self.words.recap_kept
        before, _, after = template.partition("{lines}")
        filled = {"contact": self.contact, "reference": draft.reference}
        given = [(label, value) for _, label, value in self._details(draft)]
        lines = [self.words.line.format(label=label, value=value) for label, value in [*given, *draft.known]]
        typed: list[RichText] = [(TextSpan("\n".join(lines)),)]
        if markup.length(typed[0]) > LIMIT / 2:  # on several pages, perhaps: they are cut between parts
            typed = [(TextSpan(line),) for line in lines]
        render = self.form.renderer.text
        confirm = Confirm(reference=draft.reference, revision=draft.revision)
        rows = [
            [button(self.words.confirm, confirm)],
            [button(self.words.correct, ListDetails()), button(self.words.cancel, GiveUp())],
        ]
        return paged([render(before.format(**filled)), *typed, render(after.format(**filled))], rows)

    def details(self, draft: Draft) -> Screen:
        """Every detail, as a button that changes it."""
        rows = [
            [button(shortened(self.form.words.answered.format(label=label, answer=value)), ChangeDetail(question=name))]
            for name, label, value in self._details(draft)
        ]
        return self._screen(self.form.words.edit, [*rows, [button(self.words.back, ShowDraft())]])

    def sent_by_colleague(self, reference: str, onward: CallbackData) -> Screen:
        """A dossier was sent from the same answers: correct or complete it, or leave it."""
        words = self.dossier_form.handover
        return self._screen(
            words.was_sent.format(reference=reference), [[button(words.complete, onward)], [self.form.menu_button()]]
        )

    def shared(self, fate: Fate, *, has_own: bool) -> Screen | None:
        """What became of the answers that are shared with a colleague; nothing while nobody took them.

        `has_own`: whether the person sent a dossier too.
        """
        words = self.dossier_form.handover
        if fate.reference:
            sentence = words.was_sent_too if has_own else words.was_sent
            return self._screen(sentence.format(reference=fate.reference), [])
        return self._screen(words.was_taken.format(taken=self._moment(fate.taken_at)), []) if fate.taken_at else None

    def nothing_to_send(self, *, has_result: bool) -> Screen:
        """What was about to be sent is gone: how to begin again."""
        send: Rows = [[button(self.words.send_button, SendDossier())]] if has_result else []
        return self._screen(
            self.words.nothing_to_send, [*send, [button(self.words.ask_button, AskTeam())], [self.form.menu_button()]]
        )

    def existing(self, status: DossierStatus) -> Screen:
        """There is a dossier already: send it again, or another."""
        text = self.words.existing.format(status=self._sentence(status))
        update, new = button(self.words.update_button, CorrectDetails()), button(self.words.new_button, StartNew())
        return self._screen(text, [[update], [new]])

    def nothing_here(self) -> Screen:
        """There is neither a draft nor a dossier: what was sent elsewhere the team may know of."""
        rows: Rows = [[button(self.words.ask_button, AskTeam())], [self.form.menu_button()]]
        return self._screen(self.dossier_form.status.none.format(contact=self.contact), rows)

    def undecided(self, progress: Progress) -> Screen:
        """Asked to send what has no result: what is to be answered first, or that there is nothing to send."""
        is_ended = self.form.questionnaire.ending(progress.answers) is not None
        return self.progress(progress) if is_ended else self._screen(self.words.no_answers, [])

    def progress(self, progress: Progress) -> Screen:
        """A questionnaire that was not sent."""
        words = self.dossier_form.status
        lend = button(self.dossier_form.handover.button, Lend())
        resume = button(self.form.words.resume_button, OpenForm(fresh=False))
        if self.form.questionnaire.ending(progress.answers):
            ask, edit = button(self.words.ask_button, AskTeam()), button(self.form.words.edit_button, ListAnswers())
            return self._screen(words.draft_ended, [[edit], [ask]])
        if progress.question is None:
            send = button(self.words.send_button, SendDossier())
            return self._screen(words.draft_complete, [[resume], [send], [lend]])
        number, total = self.form.questionnaire.progress(progress.answers)
        return self._screen(words.draft.format(number=number, total=max(number, total)), [[resume], [lend]])

    def team_answer(self, asked_at: int, answer: str) -> Screen:
        """What the team answers, shown as it was typed, and how to ask further."""
        before, _, after = self.words.team_answer.partition("{answer}")
        day = self.form.renderer.wording.date(datetime.fromtimestamp(asked_at, PARIS).date())
        text = (*self.form.renderer.text(before.format(day=day)), TextSpan(answer), *self.form.renderer.text(after))
        return Screen(text, [[button(self.words.ask_button, AskTeam())], [self.form.menu_button()]])

    def status(self, status: DossierStatus) -> Screen:
        """Where a dossier is, and what can be done with it."""
        erase = button(self.words.erase_button, EraseDossier())
        if status.dossier is None or status.dossier.recap is None:
            return self._screen(self._sentence(status), [[erase]])
        words = self.dossier_form.status
        rows: Rows = [
            *VerdictScreens(self.form).papers(self.dossier_form, status.dossier.answers, sent=True),
            [button(words.correct_answers, CorrectAnswers())],
            [button(words.correct_details, CorrectDetails())],
            [erase],
        ]
        return self._screen(self._sentence(status), rows)

    def _sentence(self, status: DossierStatus) -> str:
        """Never « sent » for what is only kept."""
        words = self.dossier_form.status
        is_question = status.dossier is not None and status.dossier.recap is None
        is_here = is_question and status.dossier is not None and not status.dossier.email
        waiting = words.waiting if self.form.content.processing else words.waiting_facts
        sentence = {
            Delivery.SENT: words.sent_here if is_here else words.sent,
            Delivery.HELD: words.held,
            Delivery.KEPT: words.kept,
            Delivery.MAYBE: words.maybe,
            Delivery.HANDING: words.maybe,
        }.get(status.delivery, waiting)
        if status.answered_at:
            sentence = words.answered
        return sentence.format(
            what=words.question if is_question else words.dossier,
            reference=status.reference,
            created=self._dates(status),
            sent=self._moment(status.sent_at or 0),
            answered=self._moment(status.answered_at or 0),
            contact=self.contact,
        )

    def _dates(self, status: DossierStatus) -> str:
        """When it was filed, and when it was last corrected."""
        created, changed = self._moment(status.created_at), self._moment(status.changed_at)
        return self.words.corrected.format(created=created, changed=changed) if created != changed else created

    def _moment(self, seconds: int) -> str:
        at = datetime.fromtimestamp(seconds, PARIS)
        return self.words.day.format(date=self.form.renderer.wording.date(at.date()), time=at.strftime(self.words.time))

    def _details(self, draft: Draft) -> list[tuple[str, str, str]]:
        """Id, label and value of each detail."""
        asked = self.dossier_form.asked(inquiry=draft.inquiry)
        return [(q.id, q.label, detail_said(q, draft.details.get(q.id, "")) or self.words.skipped) for q in asked]

    def _screen(self, text: str, rows: Rows) -> Screen:
        return Screen(self.form.renderer.text(text), rows)
