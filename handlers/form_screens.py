"""The questionnaire as people see it: a question, a recap, a verdict. Pure: answers in, screens out."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.form_buttons import (
    Cancel,
    Change,
    Choose,
    ConfirmKnown,
    EndChoosing,
    GoBack,
    Lend,
    ListAnswers,
    OpenForm,
    Pause,
    Pick,
    SendDossier,
    ShowPaper,
    Undo,
    WriteMessage,
)
from handlers.screen import Rows, Screen, ShowMenu, ShowTopic, button
from knowledge import what_if
from knowledge.authorities import Authority
from knowledge.calendar import AUTHORITIES
from knowledge.condition import Answers, holds
from knowledge.content import Content
from knowledge.dossier import Point, Recap
from knowledge.dossier_form import DossierForm, RecapWords
from knowledge.form import UNKNOWN, Ending, Form, Option, Question
from knowledge.markup import RichText, Span, plain_text
from knowledge.questionnaire import Questionnaire, Result, Verdict
from knowledge.rendering import Renderer, joined, pages

_LABEL = 60
"""Characters of a button."""

_SECONDS = 15
"""To read a question and press a button."""


class FormScreens:
    """Draws one form of a content."""

    def __init__(self, content: Content, form: Form, renderer: Renderer) -> None:
        self.content = content
        self.words = form.words
        self.questionnaire = Questionnaire(form)
        self.renderer = renderer
        yes = Option(id="yes", label=form.words.confirm, also=form.words.confirm_also)
        no = Option(id="no", label=form.words.deny, also=form.words.deny_also)
        self.yes_or_no = Question(
            id="known", text=form.words.confirm_known, label=form.words.confirm, options=(yes, no)
        )

    def greeting(self, answers: Answers) -> Screen:
        """How many questions, how long, what to have at hand."""
        number, total = self.questionnaire.progress(answers)
        questions = total - number + 1
        start = self.words.start.format(questions=questions, minutes=max(2, math.ceil(questions * _SECONDS / 60)))
        prepare = self._list(self.words.prepare_title, self.words.prepare)
        return Screen(joined([(Span(start),), *prepare, (Span(self.words.prepare_note),)]))

    def confirmation(self, said: str) -> Screen:
        """« C'est bien cela ? », before anything said earlier is taken for an answer."""
        rows: Rows = [
            [button(self.words.confirm, ConfirmKnown(right=True))],
            [button(self.words.deny, ConfirmKnown(right=False))],
        ]
        return Screen(self.renderer.text(self.words.confirm_known.format(said=said)), rows)

    def paused(self) -> Screen:
        """How to go on another day."""
        return Screen(
            self.renderer.text(self.words.paused), [[button(self.words.resume_button, OpenForm(fresh=False))]]
        )

    def cancelled(self) -> Screen:
        """What was taken away, and how to have it back."""
        return Screen(self.renderer.text(self.words.cancelled), [[button(self.words.undo_button, Undo())]])

    def question(self, question: Question, answers: Answers, chosen: Iterable[str] = ()) -> Screen:
        """One question, its options as buttons; `chosen` so far, where several may be."""
        number, total = self.questionnaire.progress(answers)
        parts: list[RichText] = [
            (Span(self.words.progress.format(number=number, total=max(number, total)), italic=True),),
            (Span(question.text, bold=True),),
        ]
        if question.help:
            parts.append((Span(question.help),))
        rows: Rows = []
        for n, option in enumerate(question.options):
            label = self.words.chosen.format(label=option.label) if option.id in chosen else option.label
            rows.append([button(label, Choose(question=question.id, option=n))])
        if question.kind == "several" and chosen:
            rows.append([button(self.words.done_choosing, EndChoosing(question=question.id))])
        if question.kind == "authority":
            rows.append([button(self.words.dont_know, Pick(question=question.id, kind=UNKNOWN, code=""))])
        return Screen(joined(parts), [*rows, *self._ways_out(question, answers)])

    def known_from(self, topics: Iterable[str]) -> dict[str, Any]:
        """The answers that go without asking after questions on these topics."""
        declared = self.questionnaire.form.known_from
        known = {name: value for topic in topics for name, value in declared.get(topic, {}).items()}
        return self.questionnaire.still_valid(known)

    def candidates(self, question: Question, found: Iterable[Authority]) -> Screen:
        """The authorities that a typed name may mean."""
        rows: Rows = [[button(self.authority(a), Pick(question=question.id, kind=a.kind, code=a.code))] for a in found]
        rows.append([button(self.words.dont_know, Pick(question=question.id, kind=UNKNOWN, code=""))])
        return Screen(self.renderer.text(self.words.authority_which), rows)

    def authority(self, authority: Authority | Mapping[str, Any]) -> str:
        """« Sainte-Rose (commune, 971, 17 000 hab.) »."""
        known = authority if isinstance(authority, Mapping) else kept(authority)
        return self.words.authority_label.format(
            name=known["name"],
            kind=self.words.kinds.get(known["kind"], known["kind"]),
            place=known["departement"] or known["region"],
            population=f"{known['population']:,}".replace(",", "\u202f"),
        )

    def ending(self, ending: Ending) -> list[Screen]:
        """Why not, kindly, and where to go instead."""
        rows = [
            [button(self.content.topics[ending.topic].button, ShowTopic(id=ending.topic))],
            [button(self.words.edit_button, ListAnswers()), self._menu()],
        ]
        return [Screen(self.renderer.text(ending.text), rows)]

    def corrections(self, answers: Answers) -> Screen:
        """Every answer, as a button that changes it."""
        rows = [
            [button(_shortened(said), Change(question=question))] for question, said in self._answered(answers).items()
        ]
        return Screen(self.renderer.text(self.words.edit), rows)

    def said(self, question: Question, value: Any) -> str:
        """An answer in words."""
        labels = {option.id: option.label for option in question.options}
        if isinstance(value, Mapping):
            return self.authority(value)
        if isinstance(value, list):
            return ", ".join(labels[one] for one in value)
        return labels.get(value, self.words.dont_know if value == UNKNOWN else str(value))

    def verdict(self, answers: Answers) -> list[Screen]:
        """The verdict, criterion by criterion; then the calendar, advice, what to ask, and the answers."""
        verdict = self.questionnaire.verdict(answers)
        parts = [self.renderer.text(f"{self._head(verdict)}\n\n{self.words.decides}")]
        parts += [self._result(result, verdict) for result in verdict.results]
        parts += self._list(self.words.advice, verdict.advice)
        parts.append(self._titled(self.words.today, self._today(answers, verdict)))
        parts += self._list(self.words.to_ask, self.questionnaire.form.to_ask)
        parts.append(self.renderer.text(self.words.write.format(contact=self.content.email)))
        parts += self._list(self.words.recap, self._answered(answers).values())
        screens = [Screen(page) for page in pages(parts)]
        rows = [
            *self._sending(answers),
            [button(self.words.message_button, WriteMessage())],
            [button(self.words.edit_button, ListAnswers()), button(self.words.restart_button, OpenForm(fresh=True))],
            [self._menu()],
        ]
        return [*screens[:-1], Screen(screens[-1].text, rows)]

    def message(self, answers: Answers, reach: str = "") -> list[Screen]:
        """A message for the person to send: answers, open points, questions. What is not known stays blank.

        `reach`: how to reach the person, where that was said.
        """
        verdict = self.questionnaire.verdict(answers)
        points = [
            self.words.message_open.format(title=result.criterion.title, text=result.rule.text)
            for result in verdict.results
            if result.outcome != "met"
        ]
        text = self.words.message.format(
            who=self._who(answers) or self.words.blank,
            answers=_bullets(self._answered(answers).values()),
            points=_bullets(points or [self.words.no_points]),
            questions=_bullets(self.questionnaire.form.to_ask),
            reach=reach or self.words.reach_blank,
        )
        intro = self.renderer.text(self.words.message_intro.format(contact=self.content.email))
        return [Screen(intro), Screen((Span(text, code=True),), [[self._menu()]])]

    def recap(self, answers: Answers, words: RecapWords) -> Recap:
        """What the answers say and what follows, for the e-mail and the PDFs. Plain texts."""
        verdict = self.questionnaire.verdict(answers, changes=False)
        asked = (question for question in self.questionnaire.asked(answers) if question.id in answers)
        return Recap(
            day=self.renderer.wording.date(self.renderer.clock()),
            authority=self._who(answers),
            outcome=str(verdict.outcome),
            verdict=plain_text(self.renderer.text(self._head(verdict))),
            criteria=tuple(self._point(result, words) for result in verdict.results),
            answers=tuple((question.label, self.said(question, answers[question.id])) for question in asked),
            calendar=self._today(answers, verdict),
            to_ask=self.questionnaire.form.to_ask,
        )

    def _head(self, verdict: Verdict) -> str:
        heads = {"met": self.words.verdict_met, "open": self.words.verdict_open, "unmet": self.words.verdict_unmet}
        return heads[verdict.outcome]

    def _who(self, answers: Answers) -> str:
        """The authority, as the register spells it; empty when it is not recognised."""
        found = next((value for value in answers.values() if isinstance(value, Mapping)), None)
        return self.authority(found) if found else ""

    def _point(self, result: Result, words: RecapWords) -> Point:
        criterion = result.criterion
        source = words.source.format(quote=criterion.quote, source=self.content.sources[criterion.source].name)
        return Point(str(result.outcome), criterion.title, result.rule.text, source)

    def _sending(self, answers: Answers) -> Rows:
        """What can be done with a verdict, where dossiers are sent."""
        sending = self.content.dossier
        if sending is None:
            return []
        return [
            [button(sending.words.send_button, SendDossier())],
            *self.papers(sending, answers, sent=False),
            [button(sending.handover.button, Lend())],
        ]

    def papers(self, sending: DossierForm, answers: Answers, *, sent: bool) -> Rows:
        """The PDFs: the recap, and the kit where there is a council to read it."""
        rows = [[button(sending.recap.button, ShowPaper(paper="recap", sent=sent))]]
        if any(question.kind == "authority" for question in self.questionnaire.asked(answers)):
            rows.append([button(sending.kit.button, ShowPaper(paper="kit", sent=sent))])
        return rows

    def _result(self, result: Result, verdict: Verdict) -> RichText:
        mark = {"met": self.words.met, "open": self.words.open, "unmet": self.words.unmet}[result.outcome]
        criterion = result.criterion
        source = self.content.sources[criterion.source].name
        lines = [Span(f"{mark} "), Span(criterion.title, bold=True), Span(f"\n{result.rule.text}")]
        if result.outcome != "met":
            change = next((change for change in verdict.changes if change.criterion == criterion), None)
            lines.append(Span(f"\n→ {self._change(change) if change else self.words.no_change}"))
        lines.append(Span(f"\n{self.words.quote.format(quote=criterion.quote, source=source)}", italic=True))
        return tuple(lines)

    def _change(self, change: what_if.Change) -> str:
        """« Il suffirait que … devienne … »."""
        said = []
        for question, values in change.answers:
            if question.kind == "authority":
                said.append(self.words.change_found.format(question=question.label))
                continue
            # Of numbers one example is enough: the others would do because they are larger or smaller.
            told = values[:1] if question.kind == "number" else values
            answers = (self.words.change_answer.format(answer=self.said(question, value)) for value in told)
            said.append(self.words.change_one.format(question=question.label, answers=self.words.either.join(answers)))
        return self.words.change.format(changes=self.words.both.join(said))

    def _today(self, answers: Answers, verdict: Verdict) -> str:
        """How far one is, and where the calls that concern one stand."""
        wording, calls = self.renderer.wording, self.content.calls
        own = next((c for c in self.questionnaire.form.calendar if holds(c.when, answers) is True), None)
        audience = own.audience if own else AUTHORITIES
        if closing := wording.closing(calls, audience):
            first = self.words.apply_before.format(closing=closing)
        else:
            first = self.words.ready if verdict.outcome == "met" else self.words.ready_once
        return f"{first} {wording.calls(calls, audience, own.text if own else '')}"

    def _answered(self, answers: Answers) -> dict[str, str]:
        """Each answer in words, with its label, by question id."""
        return {
            question.id: self.words.answered.format(
                label=question.label, answer=self.said(question, answers[question.id])
            )
            for question in self.questionnaire.asked(answers)
            if question.id in answers
        }

    def _menu(self) -> InlineKeyboardButton:
        return button(self.content.messages.start.menu_button, ShowMenu())

    def _titled(self, title: str, text: str) -> RichText:
        return (Span(title, bold=True), Span("\n"), *self.renderer.text(text))

    def _list(self, title: str, items: Iterable[str]) -> list[RichText]:
        lines = [f"\n• {item}" for item in items]
        return [(Span(title, bold=True), *(Span(line) for line in lines))] if lines else []

    def _ways_out(self, question: Question, answers: Answers) -> Rows:
        row = [button(self.words.later, Pause()), button(self.words.cancel, Cancel())]
        back = [[button(self.words.back, GoBack(question=question.id))]] if answers else []
        return [*back, row]


def kept(authority: Authority) -> dict[str, Any]:
    """What is kept of a chosen authority: what rules read and people are shown."""
    names = ("code", "siren", "name", "kind", "departement", "region", "zone", "population")
    return {name: getattr(authority, name) for name in names}


def _shortened(label: str) -> str:
    """A button's label, cut where a phone would."""
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1].rstrip()}…"


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items) or "-"
