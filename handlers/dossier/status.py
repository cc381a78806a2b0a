"""/mondossier: where a draft or a dossier is, its correction, its end."""

from aiogram import Bot
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Message

from handlers.dossier.colleagues import shared_fate
from handlers.dossier.draft import load_draft
from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.correcting import list_answers
from handlers.questionnaire.progress import Progress, progress_of
from handlers.shared.buttons import CorrectAnswers, EraseDossier
from handlers.shared.cues import TEXT
from handlers.shared.narrowed import Narrowed
from handlers.shared.screen import answer_with
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_screen
from knowledge.content.conversation import DialogueAct
from knowledge.conversation.dialogue_reader import DialogueReader
from knowledge.conversation.frame import Frame
from knowledge.submission import Handovers, Outbox, last_application
from knowledge.words.codes import is_only_code, letters_of


def register(boards: Boards) -> None:
    """The command and its buttons."""
    boards.talk.add(("/mondossier", DialogueAct.DOSSIER), tell_status, progress_of)
    boards.talk.add(TEXT, tell_status, names_own, progress_of)
    boards.talk.add(DialogueAct.CORRECT, correct_in_words, progress_of)
    boards.presses.add_button(CorrectAnswers, correct_answers, progress_of)
    boards.presses.add_button(EraseDossier, erase)


async def names_own(message: Message, text: str, outbox: Outbox) -> bool:
    """Whether it is the reference of what the person sent, and nothing else."""
    if not is_only_code(text):
        return False
    assert message.from_user is not None  # private chats only
    sent = await outbox.statuses(message.from_user.id)
    return letters_of(text) in {letters_of(status.reference) for status in sent}


async def tell_status(
    message: Message, progress: Progress, outbox: Outbox, handovers: Handovers, dossier_screens: DossierScreens
) -> None:
    """The draft, then the last dossier and the last question that were sent: none is taken for another."""
    note_screen("dossier")
    assert message.from_user is not None  # private chats only
    sent = await outbox.statuses(message.from_user.id)
    application = last_application(sent)
    question = next((status for status in sent if not status.is_application), None)
    is_sent = (
        application is not None and application.dossier is not None and application.dossier.answers == progress.answers
    )
    screens = [dossier_screens.progress(progress)] if progress.answers and not is_sent else []
    screens += [dossier_screens.status(status) for status in (application, question) if status]
    fate = await shared_fate(progress, handovers, sent)
    if shared := dossier_screens.shared(fate, has_own=application is not None):
        screens.append(shared)
    await answer_with(message, *screens)
    if not screens:
        await answer_with(message, dossier_screens.nothing_here())


async def correct_in_words(  # noqa: PLR0913, PLR0917 (each part by its name, as aiogram gives them)
    message: Message,
    text: str,
    bot: Bot,
    progress: Progress,
    outbox: Outbox,
    handovers: Handovers,
    dossier_screens: DossierScreens,
    narrowed: Narrowed,
    reader: DialogueReader,
    frame: Frame,
) -> None:
    """« Comment modifier ma réponse » : the details about to be sent, the dossier sent, or the answers so far.

    Where there is none, « je me suis trompé, c'est la Guinée » corrects what was asked: raises SkipHandler.
    """
    assert message.from_user is not None  # private chats only
    if (draft := await load_draft(progress.state)) and draft.details:
        note_screen("details")
        await answer_with(message, dossier_screens.details(draft))
    elif await outbox.statuses(message.from_user.id):
        await tell_status(message, progress, outbox, handovers, dossier_screens)
    elif progress.answers:
        await list_answers(bot, message.chat.id, progress)
    elif frame.topics and reader.read(text, guesses=False) != DialogueAct.CORRECT:
        raise SkipHandler
    else:
        note_screen("dossier")
        await answer_with(message, narrowed.person(narrowed.sentences.nothing_to_correct))


async def correct_answers(
    callback: CallbackQuery, bot: Bot, progress: Progress, outbox: Outbox, dossier_screens: DossierScreens
) -> None:
    """The answers that were sent, each a button that changes it."""
    person = callback.from_user.id
    application = last_application(await outbox.statuses(person))
    if not progress.answers and application and application.dossier:  # forgotten since: those that were sent
        progress.answers = progress.screens.questionnaire.still_valid(application.dossier.answers)
        await progress.save()
    if not progress.answers:
        await bot.send_message(person, dossier_screens.words.no_answers)
        return
    await bot.send_message(person, dossier_screens.dossier_form.status.correcting)
    await list_answers(bot, person, progress)


async def erase(callback: CallbackQuery, bot: Bot, outbox: Outbox, dossier_screens: DossierScreens) -> None:
    """Erase the person's dossiers from here, and say whom to ask for the rest."""
    note_screen("erased")
    had_any = await outbox.erase(callback.from_user.id)
    said = dossier_screens.words.erased if had_any else dossier_screens.dossier_form.status.none
    await bot.send_message(callback.from_user.id, said.format(contact=dossier_screens.contact))
