"""From the outbox to the mail server, until everything is sent or somebody must look."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

from bot.describe import short
from bot.mail import RefusedError, Send, compose
from bot.operator_texts import tell
from bot.outbox import SqlOutbox
from knowledge.dossier_form import DossierForm

logger = logging.getLogger(__name__)

_PAUSES = (60, 300, 900, 1800, 3600, 7200, 21600)  # seconds before each new attempt; the last one for ever
_LOOK = 15.0  # seconds between two looks at the table, when nobody tells


class Courier:
    """Takes dossiers from the outbox to the mail server, one at a time."""

    def __init__(
        self,
        outbox: SqlOutbox,
        send: Send,
        form: DossierForm,
        sender: str,
        recipient: str,
        tell_team: Callable[[str], Awaitable[None]],
    ) -> None:
        self._outbox = outbox
        self._send = send
        self._form = form
        self._sender = sender
        self._recipient = recipient
        self._tell_team = tell_team

    async def run(self) -> None:
        """Send what is due, now and whenever something is put, until cancelled."""
        while True:
            self._outbox.news.clear()
            try:
                while await self.send_next():
                    pass
            except Exception as error:  # the database is away: the next look tries again
                logger.error("outbox: %s", short(error))
            try:
                async with asyncio.timeout(_LOOK):
                    await self._outbox.news.wait()
            except TimeoutError:
                continue

    async def send_next(self) -> bool:
        """Send the next dossier that is due; whether there was one."""
        claimed = await self._outbox.claim()
        if claimed is None:
            return False
        dossier, before = claimed
        try:
            await self._send(compose(dossier, self._form, self._sender, self._recipient))
        except RefusedError as error:
            await self._outbox.hold(dossier.reference, f"refused, {error}")
            await self._tell_team(tell("team_dossier_held", reference=dossier.reference, reason=error))
        except Exception as error:  # whatever it is: this dossier waits, and the next one is tried
            logger.warning("dossier %s not sent: %s", dossier.reference, short(error))
            pause = _PAUSES[min(before, len(_PAUSES) - 1)] * random.uniform(0.8, 1.2)  # noqa: S311
            await self._outbox.put_off(dossier.reference, pause, short(error))
            if before == len(_PAUSES) - 1:
                await self._tell_team(tell("team_dossier_late", reference=dossier.reference, reason=short(error)))
        else:
            await self._outbox.sent(dossier.reference)
        return True
