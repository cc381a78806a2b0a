"""Another key: everything can be read with it, nothing with the old one, and people keep what is theirs."""

from datetime import date

from sqlalchemy import select

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import dossiers, votes
from bot.dossiers.outbox import SqlOutbox
from bot.memory.conversations import SqlStorage
from bot.memory.feedback import SqlFeedback
from bot.memory.handover import SqlHandovers
from bot.memory.rotation import rotate
from bot.pseudonyms import Pseudonyms
from bot.telegram.inbox import Inbox
from tests.bot.dossiers import dossier
from tests.bot.test_storage import KEY as CONVERSATION
from tests.bot_api import message

OLD, NEW = b"the old key", b"the new key"


async def fill(database: Database, key: bytes) -> None:
    pseudonyms, cipher = Pseudonyms(key), Cipher(key)
    feedback = SqlFeedback(database, pseudonyms, cipher, lambda: date(2026, 11, 24))
    await SqlOutbox(database, pseudonyms, cipher).put(7, dossier())
    await SqlStorage(database, cipher).set_data(CONVERSATION, {"form": "answers"})
    await Inbox(database, cipher).add([message(1, "bonjour")])
    await feedback.missed("et la licorne ?")
    await feedback.vote(7, "price", 1, True, "v")
    await SqlHandovers(database, pseudonyms, cipher).lend(7, {"a": 1})


async def test_what_was_sealed_with_the_old_key_is_read_with_the_new_one(any_database: Database) -> None:
    await fill(any_database, OLD)

    done = await rotate(any_database, OLD, NEW)

    assert (done.sealed, done.unreadable) == (4, 0)
    pseudonyms, cipher = Pseudonyms(NEW), Cipher(NEW)
    (status,) = await SqlOutbox(any_database, pseudonyms, cipher).statuses(7)
    assert status is not None
    assert status.dossier == dossier()
    assert await SqlStorage(any_database, cipher).get_data(CONVERSATION) == {"form": "answers"}
    (entry,) = await Inbox(any_database, cipher).unfinished()
    assert entry.raw == message(1, "bonjour")
    feedback = SqlFeedback(any_database, pseudonyms, cipher, date.today)
    assert [question for _, question in await feedback.missed_questions()] == ["et la licorne ?"]


async def test_the_old_key_opens_and_names_nobody_any_more(any_database: Database) -> None:
    await fill(any_database, OLD)
    await rotate(any_database, OLD, NEW)

    (row,) = await any_database.read(select(dossiers))
    assert Cipher(OLD).unseal(row.body) is None
    assert row.person != Pseudonyms(OLD).of(7, "dossiers")
    (vote,) = await any_database.read(select(votes))
    assert vote.person not in {Pseudonyms(key).of(7, "votes") for key in (OLD, NEW)}


async def test_it_can_be_run_again_and_leaves_what_it_cannot_open(any_database: Database) -> None:
    await fill(any_database, OLD)
    await rotate(any_database, OLD, NEW)
    pseudonyms, cipher = Pseudonyms(NEW), Cipher(NEW)
    feedback = SqlFeedback(any_database, pseudonyms, cipher, date.today)
    await feedback.vote(7, "price", 2, True, "v")
    code = await SqlHandovers(any_database, pseudonyms, cipher).lend(7, {"a": 1})

    assert (await rotate(any_database, OLD, NEW)).sealed == 0
    assert not await feedback.vote(7, "price", 2, True, "v")  # still this person's
    assert await SqlHandovers(any_database, pseudonyms, cipher).lent(code) == {"a": 1}

    done = await rotate(any_database, b"a wrong key", b"another one")

    assert (done.sealed, done.unreadable) == (0, 4)
    assert len(await SqlOutbox(any_database, Pseudonyms(NEW), Cipher(NEW)).statuses(7)) == 1
