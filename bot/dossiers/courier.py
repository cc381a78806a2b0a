"""From the outbox to the mail server, until everything is sent or somebody must look."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from functools import partial

from bot.describe import short
from bot.dossiers.brake import Brake
from bot.dossiers.claim import Claim, LostClaimError, SealedError
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.pauses import last_step, pause_after
from bot.dossiers.smtp import DoubtError, RefusedError, Send, SetupError
from bot.sentences import tell
from bot.waits import end, is_set_within

logger = logging.getLogger(__name__)

_LOOK = 15.0  # seconds between two looks at the table, when nobody tells


class Courier:
    """Takes dossiers from the outbox to the mail server, one at a time."""

    def __init__(
        self,
        outbox: SqlOutbox,
        compose: Callable[[Claim], EmailMessage],
        send: Send,
        tell_team: Callable[[str], Awaitable[None]],
        brake: Brake | None = None,
    ) -> None:
        self._outbox = outbox
        self._compose = compose
        self._send = send
        self._tell_team = tell_team
        self._brake = brake
        self._stopping = False

    async def run(self) -> None:
        """Send what is due, now and whenever something is put, until stopped."""
        while True:
            self._outbox.news.clear()
            try:
                await self.send_all()
            except Exception as error:  # the database is away: the next look tries again
                logger.error("outbox: %s", short(error))
            if self._stopping:
                return
            await is_set_within(self._outbox.news, _LOOK)

    async def stop(self, running: "asyncio.Task[None]") -> None:
        """End `running`, when what is in hand is sent or four seconds have passed."""
        self._stopping = True
        self._outbox.news.set()
        await end(running)

    async def send_all(self) -> None:
        """Send everything that is due."""
        for reference in await self._outbox.doubted():
            await self._tell_team(tell("team_dossier_maybe", reference=reference))
        while not self._stopping and not await self._is_braked() and await self.send_next():
            pass

    async def _is_braked(self) -> bool:
        """Whether so much left within an hour that the rest waits; the team is told."""
        if self._brake is None:
            return False
        if news := self._brake.news():
            await self._tell_team(tell(news, n=self._brake.most))
        return self._brake.holds

    async def send_next(self) -> bool:
        """Send the next dossier that is due; whether there was one."""
        try:
            claim = await self._outbox.claim()
        except SealedError as error:
            await self._tell_team(tell("team_dossier_sealed", reference=error.reference))
            return True
        if claim is None:
            return False
        try:
            mail = await asyncio.to_thread(self._compose, claim)
        except Exception as error:  # this one can never be sent as it is, the others can
            await self._hold(claim, short(error), "team_dossier_unwritable")
        else:
            await self._hand_over(claim, mail)
        return True

    async def _hand_over(self, claim: Claim, mail: EmailMessage) -> None:
        pause = pause_after(claim.attempts)
        try:
            await self._send(mail, partial(self._handing, claim))
        except LostClaimError:
            logger.warning("dossier %s is in other hands", claim.dossier.reference)
        except RefusedError as error:
            await self._hold(claim, str(error))
        except DoubtError as error:
            await self._outbox.doubt(claim, pause, str(error))
        except SetupError as error:
            await self._put_off(claim, pause, str(error), alert_at=0)
        except Exception as error:  # whatever it is: this dossier waits, and the next one is tried
            await self._put_off(claim, pause, short(error), alert_at=last_step())
        else:
            await self._outbox.sent(claim)

    async def _handing(self, claim: Claim) -> None:
        await self._outbox.handing(claim)
        if self._brake:
            self._brake.note()

    async def _hold(self, claim: Claim, reason: str, sentence: str = "team_dossier_held") -> None:
        await self._outbox.hold(claim, reason)
        await self._tell_team(tell(sentence, reference=claim.dossier.reference, reason=reason))

    async def _put_off(self, claim: Claim, pause: float, reason: str, alert_at: int) -> None:
        logger.warning("dossier %s not sent: %s", claim.dossier.reference, reason)
        await self._outbox.put_off(claim, pause, reason)
        if claim.attempts == alert_at:
            await self._tell_team(tell("team_dossier_late", reference=claim.dossier.reference, reason=reason))
