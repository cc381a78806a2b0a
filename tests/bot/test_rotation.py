"""Another key: everything can be read with it, nothing with the old one, and people keep what is theirs."""

from datetime import date
from pathlib import Path

import pytest
from aiogram.methods import SendMessage
from sqlalchemy import select, update

from bot.alerts.queue import AlertQueue
from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import dossiers, fsm, subscriptions, visitors, votes
from bot.dossiers.reply_queue import ReplyQueue
from bot.keeping import Rotation
from bot.memory import rotation
from bot.memory.witness import bear
from bot.pseudonyms import Pseudonyms
from bot.settings import SettingsError
from knowledge.feedback import Missed, Vain
from knowledge.limits import Action
from knowledge.submission import Lent
from tests.bot.dossiers import dossier, inquiry
from tests.bot.test_storage import KEY as CONVERSATION
from tests.bot_api import message
from tests.keeping import stores_of

OLD, NEW = b"the old key", b"the new key"


async def fill(database: Database, key: bytes) -> None:
    """Something in every store; the database bears witness of the key, as a start has it do."""
    await database.write(lambda connection: bear(connection, key))
    stores = stores_of(database, key)
    await stores.outbox.put(7, dossier())
    await stores.outbox.put(7, inquiry())
    assert await ReplyQueue(database, Cipher(key)).answer("TV-QQQQ-QQQQ", "Oui.")
    await stores.conversations.set_data(CONVERSATION, {"form": "answers"})
    _, aside = await stores.inbox.add([message(1, "bonjour"), message(2, "mis de côté")])
    await database.write(stores.inbox.settled(aside, [SendMessage(chat_id=7, text="pas encore dit")], "KeyError"))
    await stores.feedback.missed(Missed("et la licorne ?", Vain.UNKNOWN))
    await stores.feedback.vote(7, "price", 1, True, "v")
    await stores.handovers.lend(7, Lent({"a": 1}))
    await stores.counts.add(7, ["read:answer"])
    await stores.limits.allow(7, Action.VOTE, "price")
    await stores.subscriptions.subscribe(7)
    await AlertQueue(database, Cipher(key)).remind("reminder:x", "rappel", date(2100, 1, 1))


async def rotate(database: Database, old: bytes = OLD, new: bytes = NEW) -> Rotation:
    return await rotation.rotate(stores_of(database, new).all, database, old, new)


async def test_every_store_is_read_with_the_new_key(any_database: Database) -> None:
    await fill(any_database, OLD)

    done = await rotate(any_database)

    assert (done.sealed, done.unreadable) == (9, 0)
    stores = stores_of(any_database, NEW)
    assert dossier() in [status.dossier for status in await stores.outbox.statuses(7)]
    reply = await ReplyQueue(any_database, Cipher(NEW)).claim()
    assert reply
    assert (reply.chat, reply.body) == (7, "Oui.")
    assert await stores.conversations.get_data(CONVERSATION) == {"form": "answers"}
    waiting, aside = await stores.inbox.unfinished()
    assert waiting.raw == message(1, "bonjour")
    assert aside.to_say
    (said,) = aside.to_say
    assert isinstance(said, SendMessage)
    assert said.text == "pas encore dit"
    assert [missed.question for _, missed in await stores.feedback.missed_questions()] == ["et la licorne ?"]
    assert await stores.subscriptions.since(7)
    alert = await AlertQueue(any_database, Cipher(NEW)).claim(date(2026, 11, 24))
    assert alert is not None
    assert alert.chat == 7


async def test_the_old_key_opens_and_names_nobody_any_more(any_database: Database) -> None:
    await fill(any_database, OLD)
    await rotate(any_database)

    for store in stores_of(any_database, OLD).all:
        for column in store.sealed:
            for row in await any_database.read(select(column).where(column.is_not(None))):
                assert Cipher(OLD).unseal(row[0], "") is None
    assert await stores_of(any_database, OLD).outbox.statuses(7) == []
    assert await any_database.read(select(visitors)) == []
    (vote,) = await any_database.read(select(votes))
    assert vote.person not in {Pseudonyms(key).of(7, "votes") for key in (OLD, NEW)}


async def test_what_the_old_key_sealed_is_in_no_byte_of_the_files(database: Database, tmp_path: Path) -> None:
    await fill(database, OLD)
    await database.tidy()
    columns = [column for store in stores_of(database).all for column in store.sealed]
    sealed = [row[0][:60] for c in columns for row in await database.read(select(c).where(c.is_not(None)))]

    await rotate(database)

    files = b"".join(path.read_bytes() for path in tmp_path.glob("tevo.db*"))
    assert [text for text in sealed if text.encode() in files] == []


async def test_run_again_it_changes_nothing(any_database: Database) -> None:
    await fill(any_database, OLD)
    await rotate(any_database)
    stores = stores_of(any_database, NEW)
    await stores.feedback.vote(7, "price", 2, True, "v")
    code = await stores.handovers.lend(7, Lent({"a": 1}))

    assert (await rotate(any_database)).sealed == 0

    assert not await stores.feedback.vote(7, "price", 2, True, "v")  # still this person's
    assert await stores.handovers.lent(code) == Lent({"a": 1})


async def test_with_an_old_key_that_is_not_the_one_nothing_is_touched(any_database: Database) -> None:
    await fill(any_database, OLD)

    with pytest.raises(SettingsError, match="TEVO_DATA_KEY_OLD"):
        await rotate(any_database, b"a wrong key", NEW)

    stores = stores_of(any_database, OLD)
    assert dossier() in [status.dossier for status in await stores.outbox.statuses(7)]
    assert await stores.handovers.export(7) != {}


async def test_who_subscribed_again_under_the_new_name_is_told_once(any_database: Database) -> None:
    """As after a start with the new key before the change, which versions of before allowed."""
    await fill(any_database, OLD)
    await any_database.execute(update(subscriptions).values(created_at=0))
    again = stores_of(any_database, NEW).subscriptions
    await again.subscribe(7)
    today = await again.since(7)

    await rotate(any_database)

    assert await AlertQueue(any_database, Cipher(NEW)).subscribers() == 1
    assert await again.since(7) == today  # the consent given last counts


async def test_a_failure_in_the_middle_leaves_all_of_it_with_the_old_key(
    any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill is the same to a transaction that is not committed."""
    await fill(any_database, OLD)
    stores = stores_of(any_database, NEW)
    monkeypatch.setattr(type(stores.subscriptions), "rotate", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        await rotation.rotate(stores.all, any_database, OLD, NEW)
    monkeypatch.undo()

    assert dossier() in [status.dossier for status in await stores_of(any_database, OLD).outbox.statuses(7)]
    assert (await rotate(any_database)).sealed == 9


async def test_a_row_copied_to_another_place_does_not_open(any_database: Database) -> None:
    stores = stores_of(any_database)
    await stores.outbox.put(7, dossier())
    await stores.outbox.put(8, dossier("TV-BBBB-BBBB"))
    (first, second) = await any_database.read(select(dossiers).order_by(dossiers.c.reference))
    stolen = dossiers.update().where(dossiers.c.reference == second.reference).values(body=first.body)

    await any_database.execute(stolen)

    assert (await stores.outbox.statuses(8))[0].dossier is None
    assert (await stores.outbox.statuses(7))[0].dossier == dossier()


async def test_what_an_earlier_version_sealed_is_still_read_and_a_change_of_key_binds_it(
    any_database: Database,
) -> None:
    stores = stores_of(any_database, OLD)
    await stores.conversations.set_data(CONVERSATION, {"form": "answers"})
    (row,) = await any_database.read(select(fsm))
    former = _as_before(OLD, '{"form": "answers"}')
    await any_database.execute(fsm.update().values(data=former))
    assert await stores.conversations.get_data(CONVERSATION) == {"form": "answers"}

    await rotate(any_database)

    (row,) = await any_database.read(select(fsm))
    assert Cipher(NEW).unseal(row.data, place(fsm.c.data, row.key)) == '{"form": "answers"}'
    assert Cipher(NEW).unseal(row.data, place(fsm.c.data, "another")) is None


def _as_before(key: bytes, text: str) -> str:
    """Sealed as the first versions did: to no place."""
    import base64
    import hashlib

    from nacl.secret import SecretBox

    return base64.b64encode(SecretBox(hashlib.sha256(b"rows:" + key).digest()).encrypt(text.encode())).decode()
