"""What is typed where consent is asked: « ok » is the button, a question is answered, and consent asked again."""

from typing import Any

from aiogram.types import Message

from handlers.dossier.screens import DossierScreens
from handlers.shared.buttons import Consent
from handlers.shared.screen import answer_with
from handlers.shared.turn import note_proposal, note_screen, proposes, talked
from knowledge.content.models import Content
from knowledge.conversation.frame import Frame


async def consent_of(_: Message, frame: Frame, pressed: str | None = None) -> bool | dict[str, Consent]:
    """A filter: the `consent` asked just before, where what is typed is none of its buttons."""
    if pressed or not frame.proposed:
        return False
    return {"consent": Consent.unpack(frame.proposed[0])}


async def opens_entry(_: Message, text: str, content: Content, frame: Frame) -> bool:
    """« /confidentialite », before consent is given: a command that opens an entry comes back to it."""
    if frame.screen != "consent":
        return False
    entries = {f"/{command.name}" for command in content.messages.commands if command.topic}
    return text.casefold().split("@")[0] in entries


async def ask_consent_again(message: Message, consent: Consent, dossier_screens: DossierScreens, **_: Any) -> None:
    """Where something was answered that proposes nothing itself."""
    if talked() and not proposes():
        note_consent(inquiry=consent.inquiry)
        await answer_with(message, dossier_screens.notice_again(inquiry=consent.inquiry))


def note_consent(*, inquiry: bool) -> None:
    """« oui » and « non » answer what is asked before anything is sent."""
    note_screen("consent")
    yes, no = (Consent(given=given, inquiry=inquiry).pack() for given in (True, False))
    note_proposal(yes, no)
