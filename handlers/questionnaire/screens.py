"""The questionnaire as people see it, question by question. Pure: answers in, screens out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.shared.buttons import (
    KIT,
    AskTeam,
    Cancel,
    ChangeAnswer,
    Choose,
    ConfirmKnown,
    EndChoosing,
    GoBack,
    ListAnswers,
    OpenForm,
    Pause,
    Pick,
    ShowMenu,
    ShowNote,
    ShowTopic,
    Undo,
)
from handlers.shared.screen import Rows, Screen, button
from knowledge.content.models import Content
from knowledge.content.questionnaire import UNKNOWN, Ending, Form, Option, Question
from knowledge.questionnaire.affirming import WAYS
from knowledge.questionnaire.condition import Answers
from knowledge.questionnaire.engine import Questionnaire, words_of
from knowledge.questionnaire.kinds import AuthorityKind, CountryKind, SeveralKind, authority_label, kind_of
from knowledge.register.lines import Authority
from knowledge.rendering import Renderer
from knowledge.words.markup import RichText, TextSpan, paragraphs
from knowledge.words.typography import french

_LABEL = 60
"""Characters of a button."""

NOTE = "note"
"""Beside a proposed authority: a sentence on the name that was typed. No part of the answer."""

_SECONDS = 15
"""To read a question and press a button."""


class FormScreens:
    """Draws one form of a content."""

    def __init__(self, content: Content, form: Form, renderer: Renderer) -> None:
        self.content = content
        self.words = form.words
        self.questionnaire = Questionnaire(form)
        self.renderer = renderer
        yes = Option(id="yes", label=form.words.confirm, also=WAYS)
        no = Option(id="no", label=form.words.deny, also=form.words.deny_also)
        self.yes_or_no = Question(
            id="known", text=form.words.confirm_known, label=form.words.confirm, options=(yes, no)
        )

    def greeting(self, answers: Answers) -> Screen:
        """How many questions, how long, what to have at hand."""
        number, total = self.questionnaire.progress(answers)
        questions = total - number + 1
        start = self.words.start.format(questions=questions, minutes=max(2, math.ceil(questions * _SECONDS / 60)))
        prepare = self.listed(self.words.prepare_title, self.words.prepare)
        return Screen(paragraphs([(TextSpan(start),), *prepare, (TextSpan(self.words.prepare_note),)]))

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
        if question.id in answers:  # asked again, to be changed
            number = 1 + [one.id for one in self.questionnaire.asked(answers)].index(question.id)
        parts: list[RichText] = [
            (TextSpan(self.words.progress.format(number=number, total=max(number, total)), italic=True),),
            (TextSpan(question.text, bold=True),),
        ]
        if question.help:
            parts.append((TextSpan(question.help),))
        rows: Rows = []
        for option in (one for one in question.options if one.id not in (question.otherwise, question.bare)):
            label = self.words.chosen.format(label=option.label) if option.id in chosen else option.label
            rows.append([button(label, Choose(question=question.id, option=option.id))])
        kind = self.questionnaire.kinds[question.id]
        if isinstance(kind, SeveralKind) and chosen:
            rows.append([button(self.words.done_choosing, EndChoosing(question=question.id))])
        if isinstance(kind, AuthorityKind):
            rows.append([button(self.words.dont_know, Pick(question=question.id, kind=UNKNOWN, code=""))])
        return Screen(paragraphs(parts), [*rows, *self._ways_out(question, answers)])

    def known_from(self, topics: Iterable[str]) -> dict[str, Any]:
        """The answers that go without asking after questions on these topics."""
        declared = self.questionnaire.form.known_from
        known = {name: value for topic in topics for name, value in declared.get(topic, {}).items()}
        return self.questionnaire.still_valid(known)

    def candidates(self, question: Question, found: Sequence[Mapping[str, Any]], said: str) -> Screen:
        """The authorities that a typed name may mean, as they would be kept, and what became of a name of before."""
        rows: Rows = [
            [button(self.authority(one), Pick(question=question.id, kind=one["kind"], code=one["code"]))]
            for one in found
        ]
        rows.append([button(self.words.dont_know, Pick(question=question.id, kind=UNKNOWN, code=""))])
        told = [(TextSpan(french(one[NOTE])),) for one in found if one.get(NOTE)]
        return Screen(paragraphs([*told, (TextSpan(self.words.authority_which.format(said=shortened(said))),)]), rows)

    def authority(self, known: Mapping[str, Any]) -> str:
        """« Sainte-Rose (commune, 971, 17 000 hab.) »."""
        return authority_label(known, self.words)

    def ending(self, ending: Ending) -> list[Screen]:
        """Why not, kindly, and where to go instead."""
        dossier = self.content.dossier
        papers = [button(dossier.note.button, ShowNote()), button(dossier.kit.button, KIT)] if dossier else []
        ask = [button(dossier.words.ask_button, AskTeam())] if dossier else []
        rows = [
            *([papers] if papers else []),
            [button(self.content.topics[ending.topic].button, ShowTopic(id=ending.topic)), *ask],
            [button(self.words.edit_button, ListAnswers()), self.menu_button()],
        ]
        return [Screen(self.renderer.text(ending.text), rows)]

    def corrections(self, answers: Answers) -> Screen:
        """Every answer, as a button that changes it."""
        rows = [
            [button(shortened(said), ChangeAnswer(question=question))]
            for question, said in self.answered(answers).items()
        ]
        rows.append([button(self.words.resume_button, OpenForm(fresh=False))])
        return Screen(self.renderer.text(self.words.edit), rows)

    def answer(self, question: Question, answers: Answers) -> str:
        """An answer in words, with the person's own where they are kept."""
        said = self.said(question, answers[question.id])
        own: str = answers.get(words_of(question.id), "")
        if own and answers[question.id] in (question.otherwise, UNKNOWN):
            return own
        kind = self.questionnaire.kinds[question.id]
        if isinstance(kind, CountryKind) and kind.says_more(answers[question.id]):
            return self.words.country_in_own_words.format(answer=said, words=answers[question.id]["words"])
        return self.words.in_own_words.format(answer=said, words=own) if own else said

    def brief(self, question: Question, answers: Answers) -> str:
        """An answer in few words: of countries the names alone."""
        kind, value = self.questionnaire.kinds[question.id], answers[question.id]
        if isinstance(kind, CountryKind) and isinstance(value, Mapping):
            return kind.named(value)
        return self.answer(question, answers)

    def said(self, question: Question, value: Any) -> str:
        """An answer in words."""
        return kind_of(question).said(value, self.words)

    def answered(self, answers: Answers) -> dict[str, str]:
        """Each answer in words, with its label, by question id."""
        return {
            question.id: self.words.answered.format(label=question.label, answer=self.answer(question, answers))
            for question in self.questionnaire.asked(answers)
            if question.id in answers
        }

    def menu_button(self) -> InlineKeyboardButton:
        """Back to the menu."""
        return button(self.content.messages.start.menu_button, ShowMenu())

    def listed(self, title: str, items: Iterable[str]) -> list[RichText]:
        """A list under its title; nothing without items."""
        lines = [f"\n• {item}" for item in items]
        return [(TextSpan(title, bold=True), *(TextSpan(line) for line in lines))] if lines else []

    def _ways_out(self, question: Question, answers: Answers) -> Rows:
        row = [button(self.words.later, Pause()), button(self.words.cancel, Cancel())]
        back = [[button(self.words.back, GoBack(question=question.id))]] if answers else []
        return [*back, row]


def kept_authority(authority: Authority) -> dict[str, Any]:
    """What is kept of a chosen authority: what rules read and people are shown."""
    names = ("code", "siren", "name", "kind", "departement", "region", "zone", "population")
    return {name: getattr(authority, name) for name in names}


def shortened(label: str, most: int = _LABEL) -> str:
    """A button's label, cut where a phone would."""
    label = label.replace("\n", " ")
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
