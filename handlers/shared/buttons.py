"""Every button: what it does, and what it carries, by its class."""

from typing import Literal

from aiogram.filters.callback_data import CallbackData


class ShowTopic(CallbackData, prefix="topic"):
    """Show an entry."""

    id: str


class ShowPoint(CallbackData, prefix="point"):
    """Show what an entry says of one precise thing."""

    topic: str
    point: str


class ShowDetails(CallbackData, prefix="more"):
    """Show what an entry leaves out at first."""

    id: str


class ShowTheme(CallbackData, prefix="theme"):
    """Show the entries of the theme that this one is in: themes have no ids."""

    topic: str


class ShowThemes(CallbackData, prefix="themes"):
    """Show the list of themes."""


class ShowMenu(CallbackData, prefix="menu"):
    """Show the main menu."""


class RejectChoices(CallbackData, prefix="none"):
    """None of the topics offered is what the person meant."""


class Vote(CallbackData, prefix="vote"):
    """Say whether an answer was useful. `topics`: the answered ids, joined by a plus."""

    useful: bool
    topics: str


class AskTeam(CallbackData, prefix="askteam"):
    """Send a question to the team."""


class ShowAllDates(CallbackData, prefix="alldates"):
    """Show every call and every date."""


class AddToAgenda(CallbackData, prefix="agenda"):
    """Get the coming dates as a calendar file."""


class AlertMe(CallbackData, prefix="alertme"):
    """Be told of what changes: the consent."""


class StopAlerts(CallbackData, prefix="noalerts"):
    """Be told no more."""


class OpenForm(CallbackData, prefix="form"):
    """Begin the questionnaire, or go on with it; `fresh`: from the start."""

    fresh: bool


class ConfirmKnown(CallbackData, prefix="known"):
    """Say whether what was understood of the conversation before is right."""

    right: bool


class Choose(CallbackData, prefix="answer"):
    """Answer a question with one of its options."""

    question: str
    option: str


class Pick(CallbackData, prefix="pick"):
    """Answer a question with an authority of the register."""

    question: str
    kind: str
    code: str


class EndChoosing(CallbackData, prefix="done"):
    """All that was to be chosen is chosen."""

    question: str


class GoBack(CallbackData, prefix="back"):
    """Change the answer before this question."""

    question: str


class Pause(CallbackData, prefix="pause"):
    """Go on another day."""


class Cancel(CallbackData, prefix="cancel"):
    """Take the answers away; for some minutes they can be had back."""


class Undo(CallbackData, prefix="undo"):
    """Have the answers back."""


class ListAnswers(CallbackData, prefix="answers"):
    """Show the answers, each a button that changes it."""


class ChangeAnswer(CallbackData, prefix="change"):
    """Ask this question again."""

    question: str


class ShowCriteria(CallbackData, prefix="why"):
    """Show the verdict criterion by criterion, with the sources, what to ask, and the answers."""


class WriteMessage(CallbackData, prefix="message"):
    """Show a message to the team, ready to be copied."""


class SendDossier(CallbackData, prefix="send"):
    """Begin to send the dossier to the team."""


class ShowPaper(CallbackData, prefix="paper"):
    """Send a PDF, of the dossier that was `sent` or of the answers of now."""

    paper: Literal["recap", "kit"]
    sent: bool


KIT = ShowPaper(paper="kit", sent=False)
"""The council's kit, from the answers of now; before any, its blanks stay."""


class ShowNote(CallbackData, prefix="note"):
    """Send the PDF of one page for whoever has not answered anything."""


class Lend(CallbackData, prefix="lend"):
    """Draw a code for a colleague to go on."""


class Consent(CallbackData, prefix="consent"):
    """Accept the information, or refuse."""

    given: bool
    inquiry: bool


class Skip(CallbackData, prefix="skip"):
    """Leave an optional question without an answer."""

    question: str


class Confirm(CallbackData, prefix="confirm"):
    """Send what the recap shows."""

    reference: str
    revision: int


class ListDetails(CallbackData, prefix="details"):
    """Show the details, each a button that changes it."""


class ChangeDetail(CallbackData, prefix="detail"):
    """Ask this detail again."""

    question: str


class ShowDraft(CallbackData, prefix="draft"):
    """Go on with what is about to be sent: the next detail, or the recap."""


class GiveUp(CallbackData, prefix="giveup"):
    """Send nothing, and forget what was about to be sent."""


class StartNew(CallbackData, prefix="newdossier"):
    """Send another dossier beside the one that was sent."""


class CorrectDetails(CallbackData, prefix="update"):
    """Send the dossier again, with the details and answers of now."""


class CorrectAnswers(CallbackData, prefix="reanswer"):
    """Change the answers of a dossier that was sent."""


class EraseDossier(CallbackData, prefix="erase"):
    """Erase what was sent from here."""


class Revoke(CallbackData, prefix="revoke"):
    """End the code that was given."""


class Exchange(CallbackData, prefix="exchange"):
    """Have one's own answers back, in place of those of the code; or the other way."""


class TakeOver(CallbackData, prefix="takeover"):
    """Take the answers of this code in place of one's own."""

    code: str


class EraseAll(CallbackData, prefix="eraseall"):
    """Erase everything that is kept of the person."""
