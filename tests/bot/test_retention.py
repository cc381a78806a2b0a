"""What concerns people is forgotten in its time; a dossier that never left is named when it is."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from bot.database.database import Database
from bot.database.tables import dossiers, fsm, handovers, inbox, missed_questions, votes
from bot.dossiers.mail_files import references_in
from bot.keeping import Retention
from bot.memory.retention import purge
from tests.bot_api import message
from tests.keeping import all_of_a_person, erasures_in, purged, stores_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIMITS = Retention()


def seconds(age: timedelta) -> int:
    return int((NOW - age).timestamp())


async def left(database: Database, table: Table) -> int:
    await purged(database, NOW.timestamp())
    return len(await database.read(select(table)))


OLD, YOUNG, GONE = "TV-AAAA-2222", "TV-BBBB-3333", "TV-CCCC-4444"
"""As they are drawn: only such files are taken for messages."""
REFERENCES = {"old": OLD, "young": YOUNG}


async def keep_dossier(database: Database, age: timedelta, state: str = "sent") -> None:
    row = {
        "reference": REFERENCES.get(state, f"TV-{state}"),
        "person": "p",
        "body": "",
        "revision": 0,
        "doubts": 0,
        "attempts": 0,
    }
    dates = {"next_at": 0, "created_at": 0, "changed_at": seconds(age)}
    await database.execute(dossiers.insert().values(state=state, **dates, **row))


async def keep_conversation(database: Database, age: timedelta) -> None:
    await database.execute(fsm.insert().values(key="1", person=1, data="", updated_at=seconds(age)))


async def keep_number(database: Database, age: timedelta) -> None:
    row = {"update_id": 1, "received_at": seconds(age), "state": "done", "replays": 0}
    await database.execute(inbox.insert().values(row))


async def keep_vote(database: Database, age: timedelta) -> None:
    row = {"person": "p", "topic": "price", "message_id": 1, "useful": True, "version": "v"}
    await database.execute(votes.insert().values(day=(NOW - age).date(), **row))


async def keep_question(database: Database, age: timedelta) -> None:
    await database.execute(missed_questions.insert().values(question="", day=(NOW - age).date()))


@pytest.mark.parametrize(
    ("keep", "table", "limit"),
    [
        (keep_dossier, dossiers, LIMITS.dossiers),
        (keep_conversation, fsm, LIMITS.drafts),
        (keep_number, inbox, LIMITS.inbox),
        (keep_vote, votes, LIMITS.votes),
        (keep_question, missed_questions, LIMITS.questions),
    ],
)
async def test_it_is_kept_to_the_limit_and_not_a_day_longer(
    any_database: Database, keep: "object", table: Table, limit: timedelta
) -> None:
    assert callable(keep)
    day = timedelta(days=1)

    await keep(any_database, limit - day)
    assert await left(any_database, table) == 1
    await any_database.execute(table.delete())

    await keep(any_database, limit + day)
    assert await left(any_database, table) == 0


async def test_a_dossier_that_never_left_is_named_when_it_ends(any_database: Database, tmp_path: Path) -> None:
    for state in ("sent", "kept", "waiting", "held", "maybe"):
        await keep_dossier(any_database, timedelta(days=366), state)

    gone = await purged(any_database, NOW.timestamp(), tmp_path)

    assert sorted(gone) == ["TV-held", "TV-maybe", "TV-waiting"]


async def test_no_message_outlives_its_dossier_whatever_stopped_before(any_database: Database, tmp_path: Path) -> None:
    files = tmp_path / "courriels"
    files.mkdir()
    await keep_dossier(any_database, timedelta(days=366), "old")
    await keep_dossier(any_database, timedelta(days=1), "young")
    for name in (f"{OLD}.eml", f"{GONE}.1.eml", f"{GONE}.new", f"{YOUNG}.eml", f"{YOUNG}.1.new", "notes.eml"):
        (files / name).touch()

    await purged(any_database, NOW.timestamp(), files)

    assert sorted(path.name for path in files.iterdir()) == [f"{YOUNG}.1.new", f"{YOUNG}.eml", "notes.eml"]


async def test_a_message_written_while_the_sweep_looks_stays(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, loop = tmp_path / "courriels", asyncio.get_running_loop()
    files.mkdir()

    def meanwhile(folder: Path) -> set[str]:
        asyncio.run_coroutine_threadsafe(keep_dossier(database, timedelta(days=1), "young"), loop).result()
        (files / f"{YOUNG}.eml").touch()
        return references_in(folder)

    monkeypatch.setattr("bot.dossiers.outbox.references_in", meanwhile)

    await purged(database, NOW.timestamp(), files)

    assert [path.name for path in files.iterdir()] == [f"{YOUNG}.eml"]


async def test_what_is_past_its_time_is_in_no_byte_of_the_files(database: Database, tmp_path: Path) -> None:
    day = (NOW - LIMITS.questions - timedelta(days=2)).date()
    await database.execute(missed_questions.insert().values(question="planted-name", day=day))
    await database.tidy()

    await purged(database, NOW.timestamp())

    assert b"planted-name" not in b"".join(path.read_bytes() for path in tmp_path.glob("tevo.db*"))


async def test_the_list_of_erasures_is_forgotten_with_the_rest(database: Database, tmp_path: Path) -> None:
    erasures = erasures_in(tmp_path)
    await erasures.note(1, ["dossiers"])

    await purge(stores_of(database).all, database, erasures, time.time() + 91 * 86400, LIMITS)

    assert await erasures.noted() == []


async def test_a_code_lent_ends_after_its_hours(any_database: Database) -> None:
    for name, end in (("past", timedelta(hours=1)), ("coming", timedelta(hours=-1))):
        row = {"code": name, "person": "p", "body": "", "ends_at": seconds(end)}
        await any_database.execute(handovers.insert().values(row))

    assert await left(any_database, handovers) == 1


async def test_who_asks_to_be_erased_leaves_nothing_that_was_put_aside(any_database: Database, tmp_path: Path) -> None:
    kept = stores_of(any_database).inbox
    for entry in await kept.add([message(1, "mien", 7), message(2, "autre", 8), "no update"]):
        await any_database.write(kept.settled(entry, [], "KeyError"))
    await kept.add([message(3, "en attente", 7)])

    await all_of_a_person(any_database, tmp_path).erase(7)

    rows = {row.update_id: row for row in await any_database.read(select(inbox).where(inbox.c.update_id > 0))}
    assert {number: row.body is None for number, row in rows.items()} == {1: True, 2: False, 3: False}
    assert rows[1].state == "quarantined"


@pytest.mark.parametrize(("days", "expected"), [(6, 1), (8, 0)])
async def test_what_still_waits_to_be_handled_has_a_week(any_database: Database, days: int, expected: int) -> None:
    row = {"update_id": 3, "received_at": seconds(timedelta(days=days)), "state": "waiting", "replays": 0, "body": ""}
    await any_database.execute(inbox.insert().values(row))

    assert await left(any_database, inbox) == expected
