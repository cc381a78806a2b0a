"""The papers, by a button or asked for in words: the note of one page, the council's kit, the recap."""

import asyncio
from collections.abc import Callable

from aiogram import Bot
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.dossier.screens import DossierScreens
from handlers.dossier.sending import Draw, decided_answers, send_paper
from handlers.questionnaire.earlier import said_before
from handlers.questionnaire.progress import Progress, progress_of
from handlers.shared.buttons import KIT, ShowNote, ShowPaper
from handlers.shared.switchboard import Boards
from handlers.shared.turn import note_screen
from knowledge.content.conversation import DialogueAct
from knowledge.conversation.frame import Frame
from knowledge.submission import Note, Outbox, Recap, last_application

DrawNote = Callable[[Note], bytes]
"""Draws the note of one page."""


def register(boards: Boards) -> None:
    """The buttons, and what asks for the same in words."""
    boards.talk.add(DialogueAct.NOTE, give_note)
    boards.talk.add(DialogueAct.IN_WRITING, give_note, was_nothing_told)
    boards.talk.add(DialogueAct.KIT, give_kit, progress_of)
    boards.presses.add_button(ShowPaper, show_paper, progress_of)
    boards.presses.add_button(ShowNote, show_note)


async def was_nothing_told(_: Message, frame: Frame) -> bool:
    """Whether no answer was given that could be passed on."""
    return not frame.topics


async def show_paper(
    callback: CallbackQuery,
    callback_data: ShowPaper,
    bot: Bot,
    progress: Progress,
    outbox: Outbox,
    dossier_screens: DossierScreens,
    draw: Draw,
) -> None:
    """A PDF to circulate, of the dossier that was sent or of the answers of now."""
    await _send_paper(bot, callback.from_user.id, callback_data, progress, outbox, dossier_screens, draw)


async def give_kit(
    message: Message, bot: Bot, progress: Progress, outbox: Outbox, dossier_screens: DossierScreens, draw: Draw
) -> None:
    """« Le kit pour le conseil »."""
    await _send_paper(bot, message.chat.id, KIT, progress, outbox, dossier_screens, draw)


async def show_note(callback: CallbackQuery, bot: Bot, dossier_screens: DossierScreens, draw_note: DrawNote) -> None:
    """One page on the programme, for whoever has not answered anything."""
    await _send_note(bot, callback.from_user.id, dossier_screens, draw_note)


async def give_note(message: Message, bot: Bot, dossier_screens: DossierScreens, draw_note: DrawNote) -> None:
    """« Une note d'une page pour le maire »."""
    await _send_note(bot, message.chat.id, dossier_screens, draw_note)


async def _send_paper(
    bot: Bot,
    person: int,
    wanted: ShowPaper,
    progress: Progress,
    outbox: Outbox,
    screens: DossierScreens,
    draw: Draw,
) -> None:
    """Nothing personal is in it. A kit can be had before anything was answered: its blanks stay."""
    note_screen("paper")
    recap, reference = None, screens.dossier_form.recap.draft
    if wanted.sent:
        application = last_application(await outbox.statuses(person))
        if application and application.dossier:
            recap, reference = application.dossier.recap, application.reference
    elif (answers := decided_answers(progress)) is not None:
        recap = screens.recaps.of(answers)
    elif wanted.paper == "kit":
        recap = await _so_far(progress, screens)
    if recap is None:
        await bot.send_message(person, screens.words.no_answers)
        return
    await send_paper(bot, person, wanted.paper, recap, reference, screens, draw)


async def _so_far(progress: Progress, screens: DossierScreens) -> Recap:
    """What a kit is made of before all is answered: the answers of now, else what the conversation told."""
    engine, answers = screens.form.questionnaire, progress.answers
    if not answers and (before := await said_before(progress.state, screens.form)):
        answers = before["answers"]
    is_theirs = engine.asks_authority(answers) and engine.ending(answers) is None
    return screens.recaps.of(answers) if is_theirs else screens.recaps.blank()


async def _send_note(bot: Bot, person: int, screens: DossierScreens, draw_note: DrawNote) -> None:
    note_screen("paper")
    pdf = await asyncio.to_thread(draw_note, screens.recaps.note())
    await bot.send_document(person, BufferedInputFile(pdf, screens.dossier_form.note.file))
