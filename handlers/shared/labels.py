"""Every button's label that may be typed, and what pressing it sends."""

from collections.abc import Iterable, Iterator

from aiogram.filters.callback_data import CallbackData

from handlers.shared.buttons import (
    AddToAgenda,
    AlertMe,
    AskTeam,
    Lend,
    ListAnswers,
    OpenForm,
    SendDossier,
    ShowAllDates,
    ShowMenu,
    ShowPaper,
    ShowTheme,
    ShowThemes,
    ShowTopic,
    StopAlerts,
    WriteMessage,
)
from handlers.shared.replies import CONTACT
from knowledge.content.conversation import DialogueAct
from knowledge.content.dossier import DossierWords
from knowledge.content.models import Content
from knowledge.conversation.frame import Frame, digest
from knowledge.questionnaire.typed_answer import says, says_loosely, spelled_signs
from knowledge.words.text import normalise

_BEFORE_SENDING = frozenset({"consent", "recap"})
"""Screens that wait for a « oui »: a thumb says it there, elsewhere it says thanks."""
_WITH_A_RESULT = frozenset({"verdict", "dossier"})
"""Screens that offer to send the dossier."""
_CONSENT, _RECAP, _CORRECTIONS = "consent", "recap", "corrections"
_ERASE = "erase"
"""The screen after which « oui, effacez tout » says no more than « oui »."""


class Labels:
    """The labels of a content, and those of the last screen."""

    def __init__(self, content: Content) -> None:
        self._known = {digest(label): data.pack() for label, data in _labels(content)}
        words = content.conversation
        self._sending = content.dossier.words if content.dossier else None
        self._acts = {DialogueAct.INQUIRY: AskTeam().pack()} if content.dossier else {}
        self._yes = frozenset(map(normalise, words.groups["yes"]))
        self._no = frozenset(map(normalise, words.groups["no-thanks"]))
        self._before = tuple(f"{normalise(one)} " for one in words.groups["before-yes"])
        self._after = words.groups["after-yes"]
        self._after_erase = (*self._after, *words.groups["after-yes-erase"])

    def pressed(self, text: str, act: DialogueAct | None, frame: Frame) -> str | None:
        """What pressing the button called so, or meant by this act, would send; None where there is none."""
        typed = normalise(spelled_signs(text) if frame.screen in _BEFORE_SENDING else text)
        if not typed:
            return None
        if found := frame.buttons.get(digest(text)) or frame.buttons.get(digest(self._without_before(typed))):
            return found
        if frame.proposed and self._agrees(typed, frame.screen):
            return frame.proposed[0]
        if frame.proposed and self._is_one_of(self._no, typed):
            return frame.proposed[1] or None
        if self._sending and (found := _of_sending(self._sending, text, frame)):
            return found
        found = self._known.get(digest(typed))
        if frame.topics and found == ShowTopic(id=frame.topics[0]).pack():
            return None  # the entry shown just before: asked again, not to be shown again
        return found or (self._acts.get(act) if act else None)

    def _agrees(self, typed: str, screen: str) -> bool:
        """Whether it says yes, with nothing behind that takes it back: « oui, je suis sûr »."""
        first, _, rest = typed.partition(" ")
        after = self._after_erase if screen == _ERASE else self._after
        return self._is_one_of(self._yes, typed) or (first in self._yes and is_made_of(rest, after))

    def _is_one_of(self, ways: frozenset[str], typed: str) -> bool:
        """Whether it is said so, whatever little words come before: « bon alors allons-y »."""
        while typed not in ways and (before := self._before_of(typed)):
            typed = typed.removeprefix(before)
        return typed in ways

    def _without_before(self, typed: str) -> str:
        """« Oui, tout effacer » : the label alone."""
        while (before := self._before_of(typed)) and before.strip() not in self._no:
            typed = typed.removeprefix(before)
        return typed

    def _before_of(self, typed: str) -> str:
        return next((one for one in self._before if typed.startswith(one)), "")


def _of_sending(words: DossierWords, text: str, frame: Frame) -> str | None:
    """What is pressed by « envoyez mon dossier à l'équipe », or by what agrees to it: no question to the team."""
    typed = normalise(text)
    if frame.screen == _CONSENT and frame.proposed and "?" not in text and says_loosely(text, *words.accept_also):
        return frame.proposed[0]
    if frame.screen in _WITH_A_RESULT:
        for button, ways in ((words.update_button, words.update_also), (words.new_button, words.new_also)):
            is_meant = says(text, *ways) or (_sends(typed, words) and _names(typed, ways))
            if is_meant and (found := frame.buttons.get(digest(button))):
                return found
        return SendDossier().pack() if _sends(typed, words) else None
    if frame.screen == _CORRECTIONS:
        return SendDossier().pack() if _sends(typed, words) and _names(typed, words.send_what) else None
    is_confirmed = frame.screen == _RECAP and frame.proposed and "?" not in text and _sends(typed, words)
    return frame.proposed[0] if is_confirmed else None


def _sends(typed: str, words: DossierWords) -> bool:
    """Whether a normalised text holds a verb of sending, and nothing that adds to it."""
    return _names(typed, words.send_also) and is_made_of(typed, (*words.send_also, *words.send_around))


def _names(typed: str, ways: Iterable[str]) -> bool:
    """Whether one of these ways is within a normalised text."""
    return any(f" {normalise(way)} " in f" {typed} " for way in ways)


def is_made_of(typed: str, ways: Iterable[str]) -> bool:
    """Whether a normalised text says nothing but these ways, each of them whole; the longest is looked for first."""
    longest_first = sorted((f"{normalise(way)} " for way in ways), key=len, reverse=True)
    left = f"{typed} "
    while found := next((way for way in longest_first if left.startswith(way)), ""):
        left = left.removeprefix(found)
    return not left.strip()


def _labels(content: Content) -> Iterator[tuple[str, CallbackData]]:
    """The labels that mean the same wherever they are typed; the later win."""
    questions, start = content.messages.questions, content.messages.start
    for theme in content.themes:
        yield theme.theme, ShowTheme(topic=theme.topics[0].id)
    for topic in content.topics.values():
        yield topic.button, ShowTopic(id=topic.id)
    yield from ((item.label, ShowTopic(id=item.topic)) for item in start.menu)
    yield start.menu_button, ShowMenu()
    yield questions.themes_button, ShowThemes()
    if CONTACT in content.topics:
        yield questions.contact_button, ShowTopic(id=CONTACT)
    if calendar := content.calendar:
        yield calendar.screen.see_all_button, ShowAllDates()
        yield calendar.agenda.button, AddToAgenda()
        yield calendar.alerts.button, AlertMe()
        yield calendar.alerts.stop_button, StopAlerts()
        yield calendar.alerts.dates_button, ShowTopic(id=calendar.screen.topic)
    if form := content.form:
        yield form.words.start_button, OpenForm(fresh=False)
        yield form.words.resume_button, OpenForm(fresh=False)
        yield form.words.restart_button, OpenForm(fresh=True)
        yield form.words.edit_button, ListAnswers()
        yield form.words.message_button, WriteMessage()
    if dossier := content.dossier:
        yield dossier.words.send_button, SendDossier()
        yield dossier.words.ask_button, AskTeam()
        yield dossier.handover.button, Lend()
        yield dossier.recap.button, ShowPaper(paper="recap", sent=False)
        yield dossier.kit.button, ShowPaper(paper="kit", sent=False)
