"""Every table of personal things belongs to a store, which shows, erases, forgets and reseals it."""

import json
import re
from pathlib import Path

import pytest
from aiogram.methods import SendMessage
from sqlalchemy import Text, select, update

from bot.alerts.queue import AlertQueue
from bot.cipher import Cipher
from bot.database.database import Database, open_database
from bot.database.tables import fsm, metadata
from bot.memory.handover import _read
from bot.pseudonyms import Pseudonyms
from bot.stores import NOT_PERSONAL
from knowledge.limits import Action
from knowledge.submission import Lent
from tests.bot.dossiers import EMAIL, NAME, dossier
from tests.bot.test_rotation import fill
from tests.bot.test_storage import KEY as CONVERSATION
from tests.bot_api import message
from tests.keeping import TODAY, all_of_a_person, erasures_in, stores_of

PERSON = CONVERSATION.user_id
DOCS = Path(__file__).parents[2] / "docs"

IN_CLEAR = {
    "inbox.reason": "a class and a place in our code",
    "fsm.state": "the name of a state",
    "votes.version": "of the content",
    "dossiers.reason": "a code of the mail server, the name of a setting",
    "announcements.body": "what the team publishes",
    "missed_questions.answered": "ids of entries",
    "missed_questions.nearest": "ids of entries",
    "alerts.reason": "what Telegram answered, never an identity",
}
"""Text that is not sealed, and why it tells nothing of anybody."""


async def test_every_table_is_in_one_store_and_in_one_only(database: Database) -> None:
    owned = [table for store in stores_of(database).all for table in store.tables]

    assert sorted(table.name for table in (*owned, *NOT_PERSONAL)) == sorted(metadata.tables)


async def test_every_text_is_sealed_or_said_to_tell_nothing(database: Database) -> None:
    sealed = {f"{column.table.name}.{column.name}" for store in stores_of(database).all for column in store.sealed}
    texts = {
        f"{table.name}.{column.name}"
        for store in stores_of(database).all
        for table in store.tables
        for column in table.columns
        if isinstance(column.type, Text)
    }

    assert texts == sealed | IN_CLEAR.keys()


async def test_every_sealed_column_is_sealed_again_by_a_change_of_key(any_database: Database) -> None:
    """Whatever is added to a store: a column that the change forgets would be lost with the old key."""
    from tests.bot.test_rotation import NEW, OLD, rotate

    await fill(any_database, OLD)
    before = await sealed_texts(any_database)
    assert before.keys() == {str(column) for store in stores_of(any_database).all for column in store.sealed}

    await rotate(any_database)

    after = await sealed_texts(any_database)
    assert NEW != OLD
    assert not {text for texts in before.values() for text in texts} & {t for texts in after.values() for t in texts}


async def sealed_texts(database: Database) -> dict[str, list[str]]:
    found = {
        str(column): [row[0] for row in await database.read(select(column)) if row[0] is not None]
        for store in stores_of(database).all
        for column in store.sealed
    }
    return {name: texts for name, texts in found.items() if texts}


async def fill_for(database: Database, person: int) -> None:
    """Something of this person in every store."""
    stores = stores_of(database)
    key = CONVERSATION.__class__(bot_id=42, chat_id=person, user_id=person)
    await stores.outbox.put(person, dossier(f"TV-{person % 10000:04d}-AAAA"))
    await stores.conversations.set_data(key, {"form": "answers of the person"})
    (entry,) = await stores.inbox.add([message(person, "mis de côté", person)])
    unsaid = SendMessage(chat_id=person, text="pas encore dit")
    await database.write(stores.inbox.settled(entry, [unsaid], "KeyError"))
    await stores.feedback.vote(person, "price", 1, True, "v")
    await stores.handovers.lend(person, Lent({"applicant": "organisation"}))
    await stores.limits.allow(person, Action.CODE, "1")
    await stores.subscriptions.subscribe(person)
    await AlertQueue(database, Cipher(b"key")).remind(f"reminder:{person % 100}", "rappel", TODAY)


async def test_all_that_is_kept_is_shown_store_by_store(any_database: Database, tmp_path: Path) -> None:
    await fill_for(any_database, 1)
    await fill_for(any_database, 2)

    held = await all_of_a_person(any_database, tmp_path).export(1)

    of_the_inbox = {"messages_aside", "answers_to_come"}
    assert held.keys() == {"conversation", "dossiers", "lent", "alerts", "votes", "limits", *of_the_inbox}
    assert json.loads(json.dumps(held)) == held
    assert NAME in json.dumps(held, ensure_ascii=False)
    assert await all_of_a_person(any_database, tmp_path).export(3) == {}


async def test_erased_a_person_is_in_no_store_and_the_others_still_are(any_database: Database, tmp_path: Path) -> None:
    await fill_for(any_database, 1)
    await fill_for(any_database, 2)
    everything = all_of_a_person(any_database, tmp_path)
    of_the_other = await everything.export(2)

    assert await everything.erase(1) == 1

    assert await everything.export(1) == {}
    assert await everything.export(2) == of_the_other


async def test_what_is_erased_is_in_no_byte_of_the_files_at_once(tmp_path: Path) -> None:
    """The sealed bytes and the numbers themselves: with the key, somebody could still read what lay around."""
    person = 7_123_456_789
    async with open_database(f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}") as database:
        for other in range(1, 60):
            await fill_for(database, other)
        await fill_for(database, person)
        for other in range(60, 90):
            await fill_for(database, other)
        planted = await traces_of(database, person)
        assert all(trace in on_disk(tmp_path) for trace in planted)

        await all_of_a_person(database, tmp_path).erase(person)

        left = on_disk(tmp_path)
        assert [trace for trace in planted if trace in left] == []
        assert str(person).encode() not in (tmp_path / "effacements").read_bytes()
    for word in (NAME, EMAIL, "answers of the person"):
        assert word.encode() not in on_disk(tmp_path)


async def traces_of(database: Database, person: int) -> list[bytes]:
    """What is on the disk of this person: the number, the names, and what was sealed."""
    names = Pseudonyms(b"key")
    found = [str(person), *(names.of(person, purpose) for purpose in ("dossiers", "votes", "subscriptions", "limits"))]
    for store in stores_of(database).all:
        for table in store.tables:
            for row in await database.read(select(table)):
                values = row._mapping
                is_own = values.get("person") in (person, *found) or values.get("update_id") == person
                found += [values[c.name] for c in store.sealed if is_own and c.table is table and values[c.name]]
    return [trace.encode() for trace in found]


def on_disk(folder: Path) -> bytes:
    """The database, its log and its index of the log."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.name.startswith("tevo.db"))


async def test_after_a_backup_is_put_back_who_was_erased_since_is_erased_again(
    any_database: Database, tmp_path: Path
) -> None:
    everything = all_of_a_person(any_database, tmp_path, ahead=60)
    await everything.erase(1)
    await fill_for(any_database, 1)  # as a backup of before would
    await fill_for(any_database, 2)

    assert await everything.erase_again() == 1

    assert await everything.export(1) == {}
    assert await everything.export(2) != {}


async def test_an_erasure_that_fails_on_the_way_is_noted_and_made_again(
    any_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill_for(any_database, 1)
    everything = all_of_a_person(any_database, tmp_path)
    with monkeypatch.context() as failing:
        failing.setattr("bot.alerts.subscriptions.SqlSubscriptions.erase_all", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await everything.erase(1)

    assert await everything.erase_again() == 1

    assert await everything.export(1) == {}


async def test_what_a_person_sent_after_being_erased_is_not_erased_again(
    any_database: Database, tmp_path: Path
) -> None:
    everything = all_of_a_person(any_database, tmp_path)
    await everything.erase(1)
    await fill_for(any_database, 1)
    later = {"created_at": 2**33, "changed_at": 2**33, "ends_at": 2**33, "updated_at": 2**33, "received_at": 2**33}
    for table in metadata.tables.values():
        values = {name: at for name, at in later.items() if name in table.c}
        if values:
            await any_database.execute(update(table).values(values))

    await everything.erase_again()

    assert (await everything.export(1)).keys() >= {"conversation", "dossiers", "lent", "alerts", "messages_aside"}


async def test_the_list_of_erasures_is_for_this_account_only_and_is_forgotten_in_its_time(tmp_path: Path) -> None:
    erasures = erasures_in(tmp_path)
    await erasures.note(1, ["dossiers"])
    assert (tmp_path / "effacements").stat().st_mode & 0o077 == 0
    ((at, _),) = await erasures.noted()

    await erasures.purge(at + 89 * 86400)
    assert len(await erasures.noted()) == 1
    await erasures.purge(at + 91 * 86400)
    assert await erasures.noted() == []


def test_the_register_names_every_table_that_holds_something_of_people() -> None:
    register = (DOCS / "rgpd.md").read_text("utf-8")
    named = set(re.findall(r"`(\w+)`", register))

    assert {table.name for table in metadata.tables.values() if table not in NOT_PERSONAL} <= named


def test_nothing_is_about_anybody_in_the_tables_said_not_to_be_personal() -> None:
    assert not [column for table in NOT_PERSONAL for column in table.c if column.name in ("person", "chat")]
    assert fsm not in NOT_PERSONAL


def test_answers_lent_by_an_older_version_are_still_taken() -> None:
    assert _read('{"applicant": "organisation"}') == Lent({"applicant": "organisation"}, ())
