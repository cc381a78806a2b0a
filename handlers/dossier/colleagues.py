"""What a colleague has sent from the answers that are shared."""

from collections.abc import Iterable

from aiogram import Bot
from aiogram.filters.callback_data import CallbackData

from handlers.dossier.screens import DossierScreens
from handlers.questionnaire.progress import Progress
from handlers.shared.screen import send_to
from handlers.shared.turn import note_screen
from knowledge.submission import DossierStatus, Fate, Handovers


async def shared_fate(progress: Progress, handovers: Handovers, own: Iterable[DossierStatus]) -> Fate:
    """What became of shared answers: when those given here were taken last, what somebody else sent last."""
    mine = {status.reference for status in own}
    fates = {code: await handovers.fate(code) for code in progress.codes}
    taken = max((fates[code].taken_at or 0 for code in progress.given), default=0)
    sent = (fate.reference for fate in fates.values() if fate.reference and fate.reference not in mine)
    return Fate(taken or None, next(sent, None))


async def note_sent(progress: Progress, handovers: Handovers, reference: str) -> None:
    """Let whoever shares these answers know that a dossier was sent from them, or corrected."""
    for code in progress.codes:
        await handovers.note_sent(code, reference)


async def tell_sent(
    bot: Bot, person: int, progress: Progress, sent: str, screens: DossierScreens, onward: CallbackData
) -> None:
    """Nobody sends a second dossier unknowingly: what was sent is told first, once."""
    note_screen("dossier")
    progress.told_sent = sent
    await progress.save()
    await send_to(bot, person, screens.sent_by_colleague(sent, onward))
