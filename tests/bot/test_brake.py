"""So much mail, and no more, reaches the team in an hour; what follows waits and the team is told."""

from bot.cipher import Cipher
from bot.database.database import Database
from bot.dossiers.brake import Brake
from bot.dossiers.courier import Courier
from bot.dossiers.mail import compose
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.smtp import smtp
from bot.pseudonyms import Pseudonyms
from knowledge.content.models import Content
from tests.bot.dossiers import dossier
from tests.bot.smtp_server import Mailbox


async def test_beyond_the_most_an_hour_dossiers_wait_and_then_leave(
    database: Database, packaged: Content, mailbox: Mailbox
) -> None:
    form, told, now = packaged.dossier, list[str](), 0.0
    assert form is not None
    outbox = SqlOutbox(database, Pseudonyms(b"key"), Cipher(b"key"))
    for letter in "ABCDEFGHJKMN":
        await outbox.put(ord(letter), dossier(f"TV-AAAA-AAA{letter}"))

    async def tell(sentence: str) -> None:
        told.append(sentence)

    courier = Courier(
        outbox,
        lambda claim: compose(claim, form, "a@exemple.fr", "b@exemple.fr", None),
        smtp(mailbox.url),
        tell,
        Brake(10, lambda: now),
    )
    for _ in range(2):
        await courier.send_all()

    assert len(mailbox.received) == 10
    assert len(told) == 2
    assert "TEVO_MAILS_PER_HOUR" in told[-1]

    now += 3601
    await courier.send_all()

    assert len(mailbox.received) == 12
