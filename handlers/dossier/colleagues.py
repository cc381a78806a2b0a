"""What a colleague has sent from the answers that are shared."""

from aiogram import Bot
from aiogram.filters.callback_data import CallbackData

from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.progress import Progress
from handlers.shared.turn import note_screen
from knowledge.submission import Handovers


async def sent_by_colleague(progress: Progress, handovers: Handovers) -> str:
    """The reference of the dossier that was sent from the same answers by whoever shares them; empty without one."""
    fate = await handovers.fate(progress.shared) if progress.shared else None
    return (fate.reference or "") if fate else ""


async def tell_sent(
    bot: Bot, person: int, progress: Progress, sent: str, screens: DossierScreens, onward: CallbackData
) -> None:
    """Nobody sends a second dossier unknowingly: what was sent is told first, once."""
    note_screen("dossier")
    progress.told_sent = sent
    await progress.save()
    await bot.send_message(person, **screens.sent_by_colleague(sent, onward).as_kwargs())
