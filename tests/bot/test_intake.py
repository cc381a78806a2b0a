"""From Telegram to the handlers: nothing lost, nothing twice, in order for each person."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.types import ErrorEvent, FSInputFile, Message
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import inbox, votes
from bot.telegram import updates
from bot.telegram.inbox import Entry, Inbox
from bot.telegram.intake import Intake, Patience
from bot.telegram.outbound import Outbound
from bot.telegram.pace import Pace
from tests.bot.test_outbound import Time
from tests.bot_api import BotApi, Fault, message
from tests.waiting import PATIENCE, until

CIPHER = Cipher(b"key")


def sealed(number: int, text: str, person: int = 7) -> str:
    return CIPHER.seal(updates.dump(message(number, text, person)), place(inbox.c.body, number))


QUICK = Patience(pauses=(0.01,))


@pytest.fixture(autouse=True)
def hasty(bot: Bot) -> None:
    """No pace."""
    time = Time()
    for middleware in bot.session.middleware:
        if isinstance(middleware, Outbound):
            middleware._pace = Pace(time.sleep, lambda: time.now)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=12,
)


class Seen:
    """What the handlers saw, and what they do with a text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.apologies = 0
        self.reactions: dict[str, Callable[[Message], Any]] = {}

    def dispatcher(self) -> Dispatcher:
        router = Router()
        router.message.register(self.handle)
        router.errors.register(self.apologise)
        dispatcher = Dispatcher()
        dispatcher.include_router(router)
        return dispatcher

    async def handle(self, message: Message) -> None:
        self.texts.append(message.text or "")
        if reaction := self.reactions.get(message.text or ""):
            await reaction(message)

    async def apologise(self, event: ErrorEvent, bot: Bot) -> None:
        self.apologies += 1
        await bot.send_message(7, "pardon")


@asynccontextmanager
async def running(seen: Seen, bot: Bot, database: Database, **options: Any) -> AsyncIterator[Intake]:
    async with Intake(seen.dispatcher(), bot, Inbox(database, CIPHER), **options) as intake:
        yield intake


async def settled(intake: Intake) -> None:
    await until(lambda: not intake._lanes.waiting)


async def states(database: Database) -> dict[int, str]:
    return {row.update_id: row.state for row in await database.read(select(inbox))}


@pytest.fixture
def seen() -> Seen:
    return Seen()


async def test_an_update_is_handled_and_its_words_are_erased(seen: Seen, bot: Bot, any_database: Database) -> None:
    async with running(seen, bot, any_database) as intake:
        await intake.accept([message(1, "bonjour")])
        await settled(intake)

    (row,) = await any_database.read(select(inbox))
    assert seen.texts == ["bonjour"]
    assert (row.state, row.body) == ("done", None)


async def test_the_same_update_twice_is_handled_once(seen: Seen, bot: Bot, any_database: Database) -> None:
    async with running(seen, bot, any_database) as intake:
        await intake.accept([message(1, "bonjour"), message(1, "bonjour")])
        await intake.accept([message(1, "bonjour")])
        await settled(intake)

    assert seen.texts == ["bonjour"]


async def test_a_malformed_update_does_not_hold_the_others(seen: Seen, bot: Bot, database: Database) -> None:
    malformed = message(2, "x") | {"message": {"message_id": "?"}}
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "un"), malformed, "not an object", message(3, "trois")])
        await settled(intake)

    assert sorted(seen.texts) == ["trois", "un"]
    assert sorted((await states(database)).values()) == ["done", "done", "quarantined", "quarantined"]


async def test_the_author_of_an_unreadable_update_gets_an_apology(
    seen: Seen, bot: Bot, database: Database, api: BotApi
) -> None:
    malformed = message(2, "x")
    malformed["message"]["date"] = "hier"
    async with running(seen, bot, database) as intake:
        await intake.accept([malformed])
        await settled(intake)

    assert api.texts == ["pardon"]


@pytest.mark.parametrize("whose", ["from", "chat"])
async def test_an_id_that_telegram_cannot_give_is_unreadable(
    seen: Seen, bot: Bot, any_database: Database, whose: str
) -> None:
    impossible = message(1, "trop grand")
    impossible["message"][whose]["id"] = 2**70

    async with running(seen, bot, any_database) as intake:
        await intake.accept([impossible, message(2, "ensuite")])
        await settled(intake)

    (first, _) = await any_database.read(select(inbox).order_by(inbox.c.update_id))
    assert seen.texts == ["ensuite"]
    assert (first.state, first.reason) == ("quarantined", "id: too_large")


async def test_one_person_is_answered_in_order_whoever_else_writes(seen: Seen, bot: Bot, database: Database) -> None:
    async def slow(_: Message) -> None:
        await until(lambda: "autre" in seen.texts)

    seen.reactions["lent"] = slow
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "lent", 7), message(2, "ensuite", 7), message(3, "autre", 8)])
        await settled(intake)

    assert seen.texts == ["lent", "autre", "ensuite"]


async def test_a_handler_that_fails_apologises_once_and_the_next_is_handled(
    seen: Seen, bot: Bot, database: Database, api: BotApi
) -> None:
    async def fail(_: Message) -> None:
        raise KeyError("secret words")

    seen.reactions["aïe"] = fail
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "aïe"), message(2, "ensuite")])
        await settled(intake)

    (first, _) = await database.read(select(inbox).order_by(inbox.c.update_id))
    assert seen.texts == ["aïe", "ensuite"]
    assert api.texts == ["pardon"]
    assert seen.apologies == 1
    assert first.state == "quarantined"
    assert "secret" not in first.reason


async def test_a_database_that_is_away_is_waited_for_without_a_word(
    seen: Seen, bot: Bot, database: Database, api: BotApi
) -> None:
    async def fail(_: Message) -> None:
        if len(seen.texts) < 4:
            raise DBAPIError("SELECT", None, ConnectionError("closed"), connection_invalidated=True)

    seen.reactions["?"] = fail
    async with running(seen, bot, database, patience=QUICK) as intake:
        await intake.accept([message(1, "?")])
        await settled(intake)

    assert seen.texts == ["?"] * 4
    assert api.texts == []
    assert await states(database) == {1: "done"}


async def test_a_handler_that_never_ends_is_stopped(
    seen: Seen, bot: Bot, database: Database, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    now, later = loop.time, 0.0

    async def hang(_: Message) -> None:
        nonlocal later
        later = Patience().compute
        await asyncio.Event().wait()

    monkeypatch.setattr(loop, "time", lambda: now() + later)
    seen.reactions["sans fin"] = hang
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "sans fin"), message(2, "ensuite")])
        await settled(intake)

    assert seen.texts == ["sans fin", "ensuite"]
    assert api.texts == ["pardon"]


async def test_what_a_killed_process_left_is_handled_at_the_next_start(
    seen: Seen, bot: Bot, any_database: Database
) -> None:
    await any_database.execute(
        inbox.insert().values(update_id=5, received_at=1, state="waiting", replays=0, body=sealed(5, "laissé"))
    )

    async with running(seen, bot, any_database) as intake:
        await settled(intake)

    assert seen.texts == ["laissé"]
    assert await states(any_database) == {5: "done"}


async def leave(database: Database, number: int, text: str, **values: Any) -> None:
    """What a process that was killed left."""
    row = {"update_id": number, "received_at": int(time.time()), "state": "waiting", "replays": 0, **values}
    body = sealed(number, text, person=100 + number)
    await database.execute(inbox.insert().values(row | {"body": body}))


async def test_what_ended_the_process_twice_alone_is_put_aside_with_an_apology(
    seen: Seen, bot: Bot, database: Database, api: BotApi
) -> None:
    await leave(database, 5, "fatal", replays=2)

    async with running(seen, bot, database) as intake:
        await settled(intake)

    assert seen.texts == []
    assert api.texts == ["pardon"]
    assert await states(database) == {5: "quarantined"}


def away(api: BotApi) -> list[str]:
    """Telegram takes no message until it is in another mood; the tries meanwhile."""
    tries: list[str] = []

    def mood(method: str, _: dict[str, Any]) -> Fault | None:
        if method != "sendMessage":
            return None
        tries.append(method)
        return Fault(502, "Bad Gateway")

    api.mood = mood
    return tries


async def test_whose_message_is_put_aside_is_told_even_by_the_next_process_and_goes_on(
    seen: Seen, bot: Bot, any_database: Database, api: BotApi
) -> None:
    await leave(any_database, 5, "fatal", replays=2)
    tries = away(api)
    async with running(seen, bot, any_database, patience=QUICK):
        await until(lambda: tries)  # put aside, and not told
    assert await states(any_database) == {5: "quarantined"}

    api.mood = None
    async with running(seen, bot, any_database) as intake:
        await intake.accept([message(6, "ensuite", 105)])
        await settled(intake)

    assert api.texts == ["pardon"]
    assert seen.texts == ["ensuite"]


async def test_what_was_in_hand_at_a_kill_is_begun_again_one_at_a_time(
    seen: Seen, bot: Bot, any_database: Database
) -> None:
    at_once: list[int] = []
    in_hand: list[str] = []

    async def slow(message: Message) -> None:
        in_hand.append(message.text or "")
        at_once.append(len(in_hand))
        await asyncio.sleep(0.01)
        in_hand.remove(message.text or "")

    for number in range(8):
        seen.reactions[f"laissé {number}"] = slow
        await leave(any_database, number, f"laissé {number}")
    seen.reactions["nouveau"] = slow
    async with running(seen, bot, any_database) as intake:
        await intake.accept([message(100, "nouveau")])
        await settled(intake)
        assert intake._lanes.turn._value == 32

    assert at_once == [1] * 9
    assert set((await states(any_database)).values()) == {"done"}


async def replays(database: Database) -> int:
    (row,) = await database.read(select(inbox))
    return int(row.replays)


async def test_restarts_while_telegram_is_away_put_nothing_aside(
    seen: Seen, bot: Bot, any_database: Database, api: BotApi
) -> None:
    async def answer(message: Message) -> None:
        await message.answer("oui")

    seen.reactions["?"] = answer
    tries = away(api)
    for start in range(4):
        async with running(seen, bot, any_database, patience=QUICK) as intake:
            if not start:
                await intake.accept([message(1, "?")])
            await until(lambda least=2 * start + 2: len(tries) >= least)  # type: ignore[misc]
        (row,) = await any_database.read(select(inbox))
        assert (row.state, row.reply is None) == ("done", False)

    api.mood = None
    async with running(seen, bot, any_database) as intake:
        await settled(intake)
    (row,) = await any_database.read(select(inbox))
    assert (row.state, row.reply) == ("done", None)
    assert seen.texts == ["?"]
    assert api.texts == ["oui"]


def hangs(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """« long » is never done, and a stop does not wait for it; set once it has begun."""
    begun = asyncio.Event()

    async def hang(_: Message) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.telegram.intake._GRACE", 0.05)
    monkeypatch.setattr("bot.telegram.intake._LAST_NOTES", PATIENCE)
    seen.reactions["long"] = hang
    return begun


async def test_a_leftover_that_a_clean_stop_interrupts_is_not_suspected(
    seen: Seen, bot: Bot, any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = hangs(seen, monkeypatch)
    await Inbox(any_database, CIPHER).add([message(1, "long")])
    async with running(seen, bot, any_database):
        await begun.wait()
        assert await replays(any_database) == 1  # were it killed now, it would count

    assert (await states(any_database), await replays(any_database)) == ({1: "waiting"}, 0)


def lasts(seen: Seen, monkeypatch: pytest.MonkeyPatch, is_over: Callable[[], bool]) -> asyncio.Event:
    """« lent » ends when it is over, and a stop waits for it; set once it has begun."""
    begun = asyncio.Event()

    async def slow(_: Message) -> None:
        begun.set()
        await until(is_over)

    monkeypatch.setattr("bot.telegram.intake._GRACE", PATIENCE)
    seen.reactions["lent"] = slow
    return begun


async def test_a_stop_finishes_what_is_begun_and_keeps_the_rest(
    seen: Seen, bot: Bot, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = lasts(seen, monkeypatch, lambda: intake._lanes.is_closing)
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "lent"), message(2, "ensuite")])
        await begun.wait()

    assert seen.texts == ["lent"]
    assert await states(database) == {1: "done", 2: "waiting"}


async def test_a_stop_begins_nothing_of_who_waits_for_a_turn(
    seen: Seen, bot: Bot, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = lasts(seen, monkeypatch, lambda: intake._lanes.is_closing)
    for number, text in enumerate(("lent", "un autre")):  # of two people, begun again one at a time
        await leave(database, number, text)
    async with running(seen, bot, database) as intake:
        await begun.wait()

    assert seen.texts == ["lent"]
    assert await states(database) == {0: "done", 1: "waiting"}


async def test_somebody_who_blocked_the_bot_is_no_error(seen: Seen, bot: Bot, database: Database, api: BotApi) -> None:
    async def answer(message: Message) -> None:
        await message.answer("oui")

    seen.reactions["?"] = answer
    api.fails("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
    api.fails("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "?")])
        await settled(intake)

    assert await states(database) == {1: "done"}


async def test_the_team_is_told_once_for_each_cause(seen: Seen, bot: Bot, database: Database) -> None:
    told: list[str] = []

    async def tell_team(sentence: str) -> None:
        told.append(sentence)

    async with running(seen, bot, database, tell_team=tell_team) as intake:
        await intake.accept([{"update_id": n, "message": {}} for n in range(3)])
        await settled(intake)
        await until(lambda: told)

    assert len(told) == 1


@settings(max_examples=60)
@given(raws=st.lists(JSON, max_size=4))
async def test_no_json_whatever_stops_the_intake(raws: list[object], bot: Bot, database: Database) -> None:
    seen = Seen()
    async with running(seen, bot, database) as intake:
        await intake.accept(raws)
        await intake.accept([message(10_000_000, "encore là")])
        await settled(intake)
        rows = await states(database)
    await database.execute(inbox.delete())

    assert rows[10_000_000] == "done"
    assert all(state in ("done", "quarantined") for state in rows.values())


async def test_pauses_grow_and_begin_anew_after_what_succeeded(bot: Bot, database: Database) -> None:
    intake = Intake(Seen().dispatcher(), bot, Inbox(database, CIPHER))
    (entry,) = await Inbox(database, CIPHER).add([message(1, "?")])

    assert [intake._pause_after(entry) for _ in range(8)] == [1, 2, 5, 10, 20, 30, 30, 30]
    assert await intake._settle(entry) is None
    assert intake._pause_after(entry) == 1


async def test_beyond_so_many_people_what_comes_waits_with_telegram(
    seen: Seen, bot: Bot, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.intake.MOST_PEOPLE", 2)
    back = asyncio.Event()

    async def wait(_: Message) -> None:
        await back.wait()

    seen.reactions["?"] = wait
    async with running(seen, bot, database) as intake:
        await intake.accept([message(9, "bonjour", 9)])
        await settled(intake)
        await intake.accept([message(1, "?", 7)])
        assert (intake.is_full, intake.people, intake.waiting) == (False, 1, 1)
        await intake.room()
        await intake.accept([message(2, "?", 8), message(3, "?", 8)])
        assert (intake.is_full, intake.people, intake.waiting) == (True, 2, 3)
        assert intake.oldest is not None
        assert abs(intake.oldest - time.time()) < PATIENCE
        room = asyncio.create_task(intake.room())
        await asyncio.sleep(0)
        assert not room.done()
        back.set()
        await until(room.done)
        await settled(intake)
        assert intake.oldest is None


async def test_an_empty_answer_of_telegram_is_nothing(seen: Seen, bot: Bot, database: Database) -> None:
    async with running(seen, bot, database) as intake:
        await intake.accept([])

    assert await states(database) == {}


async def test_nothing_of_an_update_is_in_memory_once_it_is_over(seen: Seen, bot: Bot, database: Database) -> None:
    async def fail(_: Message) -> None:
        raise KeyError

    seen.reactions["aïe"] = fail
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "aïe"), message(2, "bonjour")])
        await settled(intake)
        assert (intake._handling._units, intake._handling._failed) == ({}, {})
        chores = set(intake._chores)
    assert all(chore.done() for chore in chores)


async def test_a_new_update_is_not_counted_as_begun_before(seen: Seen, bot: Bot, database: Database) -> None:
    begun, back = asyncio.Event(), asyncio.Event()

    async def wait(_: Message) -> None:
        begun.set()
        await back.wait()

    seen.reactions["?"] = wait
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "?")])
        await begun.wait()
        assert await replays(database) == 0
        back.set()
        await settled(intake)


async def test_the_team_is_told_of_what_telegram_refuses_for_good(
    seen: Seen, bot: Bot, database: Database, api: BotApi
) -> None:
    told: list[str] = []

    async def tell_team(sentence: str) -> None:
        told.append(sentence)

    async def answer(message: Message) -> None:
        await message.answer("trop long")

    seen.reactions["?"] = answer
    api.fails("sendMessage", Fault(400, "Bad Request: text is too long"))
    async with running(seen, bot, database, tell_team=tell_team) as intake:
        await intake.accept([message(1, "?")])
        await settled(intake)
        await until(lambda: told)

    assert api.texts == ["pardon"]


async def test_an_edit_that_telegram_refuses_is_not_apologised_for(
    seen: Seen, bot: Bot, database: Database, api: BotApi
) -> None:
    async def edit(message: Message) -> None:
        await bot.edit_message_text("autre", chat_id=message.chat.id, message_id=1)
        await message.answer("ensuite")

    seen.reactions["?"] = edit
    api.fails("editMessageText", Fault(400, "Bad Request: message to edit not found"))
    async with running(seen, bot, database) as intake:
        await intake.accept([message(1, "?")])
        await settled(intake)

    assert api.texts == ["ensuite"]


async def test_who_floods_without_a_word_to_say_of_it_is_told_nothing(
    seen: Seen, bot: Bot, database: Database, api: BotApi
) -> None:
    async with running(seen, bot, database) as intake:
        await intake.accept([message(n, str(n), 7) for n in range(50)])
        await settled(intake)

    assert api.texts == []
    assert len(seen.texts) == 21


async def test_after_a_flood_that_a_process_left_people_wait_for_each_other_no_longer(
    seen: Seen, bot: Bot, database: Database
) -> None:
    await Inbox(database, CIPHER).add([message(n, str(n), 7) for n in range(50)])

    async with running(seen, bot, database) as intake:
        await settled(intake)
        assert intake._lanes.turn._value == 32


def test_an_update_is_late_after_a_day(database: Database) -> None:
    now = 1_000_000.0
    kept = Inbox(database, CIPHER, lambda: now)
    entry = Entry(1, {}, 1_000_000)

    now += 24 * 3600
    assert not kept.is_late(entry)
    now += 1
    assert kept.is_late(entry)


async def test_a_clean_stop_clears_only_what_it_interrupts(
    seen: Seen, bot: Bot, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = hangs(seen, monkeypatch)
    for number, text in enumerate(("long", "ensuite")):
        await leave(database, number, text, replays=1)
    async with running(seen, bot, database):
        await begun.wait()

    rows = await database.read(select(inbox).order_by(inbox.c.update_id))
    assert [(row.state, row.replays) for row in rows] == [("waiting", 0), ("waiting", 1)]


async def test_a_database_that_hangs_for_longer_than_a_handler_may_take_is_waited_for(
    seen: Seen, bot: Bot, database: Database, api: BotApi, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "tevo.db", isolation_level=None)

    async def lock_and_write(message: Message) -> None:
        if len(seen.texts) == 1:
            other.execute("BEGIN IMMEDIATE")
        elif other.in_transaction:
            other.execute("ROLLBACK")
        await database.execute(votes.delete().returning(votes.c.person))
        await message.answer("oui")

    seen.reactions["?"] = lock_and_write
    async with running(seen, bot, database, patience=Patience(compute=0.3, pauses=(0.01,))) as intake:
        await intake.accept([message(1, "?")])
        await settled(intake)
    other.close()

    assert api.texts == ["oui"]
    assert await states(database) == {1: "done"}


async def test_a_mistake_of_ours_with_what_a_process_left_holds_nobody_else_up(
    seen: Seen, bot: Bot, database: Database
) -> None:
    async def say_what_cannot_be_kept(message: Message) -> None:
        await message.answer_document(FSInputFile(__file__))

    async def apologise_so(_: ErrorEvent) -> None:
        await bot.send_document(7, FSInputFile(__file__))

    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    seen.reactions["laissé"] = say_what_cannot_be_kept
    seen.apologise = apologise_so  # type: ignore[assignment, method-assign]
    await leave(database, 5, "laissé")
    async with running(seen, bot, database) as intake:
        await settled(intake)
        assert intake._lanes.turn._value == 32
        await intake.accept([message(6, "ensuite")])
        await settled(intake)

    assert seen.texts == ["laissé", "ensuite"]
    assert await states(database) == {5: "waiting", 6: "done"}
