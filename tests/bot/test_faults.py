"""Telegram or the database away, the process killed anywhere: every message answered, nothing applied twice."""

import asyncio
import json
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.exceptions import TelegramRetryAfter
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendDocument, SendMessage
from aiogram.types import BufferedInputFile, ErrorEvent, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy import select, text

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import fsm, inbox
from bot.database.unit import Unit
from bot.memory.conversations import SqlStorage
from bot.telegram.aside import Aside
from bot.telegram.inbox import Inbox
from bot.telegram.intake import MOST_OF_ONE, Intake, Patience
from bot.telegram.outbound import Outbound
from bot.telegram.pace import Pace
from bot.telegram.saying import collecting, pack, unpack
from tests.bot.test_outbound import Time
from tests.bot_api import BotApi, Fault, message
from tests.waiting import PATIENCE, until

CIPHER = Cipher(b"key")
QUICK = Patience(send=PATIENCE, pauses=(0.01, 0.03))
APOLOGY = "pardon"


class Form:
    """Handlers that fill one field a message and say which: what is applied twice would fill the next one as well."""

    fields = ("name", "function", "town")

    def __init__(self, database: Database) -> None:
        self.fails_on: dict[str, Callable[[], Any]] = {}
        self.handled = 0
        router = Router()
        router.message.register(self.fill)
        router.errors.register(self.apologise)
        self.dispatcher = Dispatcher(storage=SqlStorage(database, CIPHER))
        self.dispatcher.include_router(router)

    async def fill(self, message: Message, state: FSMContext) -> None:
        self.handled += 1
        data = await state.get_data()
        field = next(field for field in self.fields if field not in data)
        await message.answer(f"{field}: {message.text}")
        await state.update_data({field: message.text})
        if fail := self.fails_on.get(message.text or ""):
            await fail()

    async def apologise(self, event: ErrorEvent, bot: Bot) -> None:
        person = event.update.message and event.update.message.from_user
        assert person
        await bot.send_message(person.id, APOLOGY)


@asynccontextmanager
async def running(
    form: Form, bot: Bot, database: Database, patience: Patience = QUICK, **options: Any
) -> AsyncIterator[Intake]:
    async with Intake(form.dispatcher, bot, Inbox(database, CIPHER), patience=patience, **options) as intake:
        yield intake


async def settled(intake: Intake) -> None:
    await until(lambda: not intake._lanes.waiting)


async def filled(database: Database) -> dict[int, dict[str, str]]:
    rows = await database.read(select(fsm))
    return {row.person: json.loads(CIPHER.unseal(row.data, place(fsm.c.data, row.key)) or "") for row in rows}


async def outcome(database: Database) -> list[tuple[str, bool]]:
    """State of each update, and whether something is still to be said."""
    rows = await database.read(select(inbox).order_by(inbox.c.update_id))
    return [(row.state, row.reply is not None) for row in rows]


def heard(api: BotApi) -> dict[int, list[str]]:
    """What each person was told, the same thing again left out."""
    told: dict[int, list[str]] = defaultdict(list)
    for payload in api.sent():
        if payload["text"] not in told[int(payload["chat_id"])]:
            told[int(payload["chat_id"])].append(payload["text"])
    return told


@pytest.fixture(autouse=True)
def hasty(bot: Bot) -> None:
    """No pace, and a 429 is the intake's to wait for."""
    time = Time()
    for middleware in bot.session.middleware:
        if isinstance(middleware, Outbound):
            middleware._max_wait = -1
            middleware._pace = Pace(time.sleep, lambda: time.now)


def always(fault: Fault, times: int) -> Callable[[str, dict[str, Any]], Fault | None]:
    left = [fault] * times
    return lambda method, _: left.pop() if left and method == "sendMessage" else None


FAULTS = {
    "500 once": always(Fault(500, "Internal Server Error"), 1),
    "502 in HTML": always(Fault(502, body="<html>bad gateway</html>"), 1),
    "cut": always(Fault(200, cut=True), 1),
    "broken JSON": always(Fault(200, body='{"ok": tr'), 1),
    "429": always(Fault(429, "Too Many Requests", retry_after=0), 1),
    "500 for a while": always(Fault(500, "Internal Server Error"), 60),
    "cut again and again": always(Fault(200, cut=True), 12),
    "hangs, then arrives": always(Fault(200, hang=0.1), 9),
    "hangs for longer than anybody waits": always(Fault(200, hang=0.5), 3),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_passing_fault_of_telegram_costs_no_answer_and_gets_no_apology(
    fault: str, bot: Bot, api: BotApi, database: Database
) -> None:
    form = Form(database)
    api.mood = FAULTS[fault]
    people = range(7, 10)
    patience = replace(QUICK, send=0.2) if fault.startswith("hangs") else QUICK
    async with running(form, bot, database, patience) as intake:
        for number, field in enumerate(Form.fields):
            await intake.accept([message(10 * number + person, f"{field} {person}", person) for person in people])
        await settled(intake)

    expected = {person: [f"{field}: {field} {person}" for field in Form.fields] for person in people}
    assert heard(api) == expected
    assert form.handled == 9
    assert await filled(database) == {p: {field: f"{field} {p}" for field in Form.fields} for p in people}
    assert set(await outcome(database)) == {("done", False)}


async def test_a_429_is_waited_for_as_long_as_telegram_asks(bot: Bot, database: Database) -> None:
    intake = Intake(Form(database).dispatcher, bot, Inbox(database, CIPHER))
    (entry,) = await Inbox(database, CIPHER).add([message(1, "?")])

    away = TelegramRetryAfter(SendMessage(chat_id=7, text="?"), "Too Many Requests", retry_after=40)

    assert intake._pause_after(entry, away) == 41.0


async def test_waiting_for_telegram_takes_nobody_s_place(bot: Bot, api: BotApi, database: Database) -> None:
    form = Form(database)
    back = asyncio.Event()
    api.mood = lambda method, payload: Fault(200, until=back) if payload.get("chat_id") == "8" else None
    async with Intake(form.dispatcher, bot, Inbox(database, CIPHER), patience=Patience(send=60)) as intake:
        intake._lanes.turn = asyncio.Semaphore(1)
        await intake.accept([message(1, "lent", 8), *(message(n, "vite", n) for n in range(100, 110))])
        await until(lambda: len(api.sent()) == 10)
        assert "8" not in {payload["chat_id"] for payload in api.sent()}
        back.set()
        await settled(intake)

    assert heard(api)[8] == ["name: lent"]


async def test_after_a_day_telegram_itself_would_have_forgotten(bot: Bot, api: BotApi, database: Database) -> None:
    now = 1_000_000.0
    kept = Inbox(database, CIPHER, lambda: now)
    tries: list[str] = []

    def away(method: str, _: object) -> Fault | None:
        if method != "sendMessage":
            return None
        tries.append(method)
        return Fault(500)

    api.mood = away
    async with Intake(Form(database).dispatcher, bot, kept, patience=QUICK) as intake:
        await intake.accept([message(1, "Jeanne")])
        await until(lambda: tries)
        assert await outcome(database) == [("done", True)]
        now += 24 * 3600 + 1
        await settled(intake)

    assert await outcome(database) == [("done", False)]


async def test_what_telegram_will_never_take_is_apologised_for_once(bot: Bot, api: BotApi, database: Database) -> None:
    form = Form(database)
    api.fails("sendMessage", Fault(400, "Bad Request: text is too long"))
    async with running(form, bot, database) as intake:
        await intake.accept([message(1, "Jeanne")])
        await settled(intake)

    assert api.texts == [APOLOGY]
    assert await filled(database) == {7: {"name": "Jeanne"}}


async def test_what_a_failing_handler_changed_and_said_is_undone(bot: Bot, api: BotApi, any_database: Database) -> None:
    async def fail() -> None:
        raise KeyError("ours")

    form = Form(any_database)
    form.fails_on["deux"] = fail
    async with running(form, bot, any_database) as intake:
        await intake.accept([message(1, "un"), message(2, "deux"), message(3, "trois")])
        await settled(intake)

    assert api.texts == ["name: un", APOLOGY, "function: trois"]
    assert await filled(any_database) == {7: {"name": "un", "function": "trois"}}


async def test_what_a_handler_that_never_ends_changed_and_said_is_undone(
    bot: Bot, api: BotApi, any_database: Database
) -> None:
    form = Form(any_database)
    form.fails_on["deux"] = asyncio.Event().wait
    async with running(form, bot, any_database, replace(QUICK, compute=0.5)) as intake:
        await intake.accept([message(1, "un"), message(2, "deux"), message(3, "trois")])
        await settled(intake)

    assert api.texts == ["name: un", APOLOGY, "function: trois"]
    assert await filled(any_database) == {7: {"name": "un", "function": "trois"}}


async def test_what_cannot_be_kept_is_apologised_for(bot: Bot, api: BotApi, database: Database) -> None:
    async def spoil() -> None:
        from bot.database.unit import current

        unit = current()
        assert unit
        unit.stage(lambda connection: connection.execute(inbox.insert().values(update_id=1)))

    form = Form(database)
    form.fails_on["un"] = spoil
    async with running(form, bot, database) as intake:
        await intake.accept([message(1, "un")])
        await settled(intake)

    assert api.texts == [APOLOGY]
    assert await filled(database) == {}
    assert await outcome(database) == [("quarantined", False)]


async def test_a_locked_database_is_waited_for(bot: Bot, api: BotApi, database: Database, tmp_path: Path) -> None:
    await database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=5"))
    other = sqlite3.connect(tmp_path / "tevo.db", isolation_level=None)

    async def lock() -> None:
        if form.handled == 1:
            other.execute("BEGIN IMMEDIATE")
        if form.handled == 4:
            other.execute("ROLLBACK")

    form = Form(database)
    form.fails_on["un"] = lock
    async with running(form, bot, database) as intake:
        await intake.accept([message(1, "un"), message(2, "deux")])
        await settled(intake)
    other.close()

    assert form.handled == 5
    assert api.texts == ["name: un", "function: deux"]
    assert await filled(database) == {7: {"name": "un", "function": "deux"}}


@pytest.mark.parametrize("when", ["at the next round", "at the stop"])
async def test_a_note_that_the_database_refuses_holds_nobody_up_and_is_made_later(
    when: str, bot: Bot, api: BotApi, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if when == "at the next round":
        monkeypatch.setattr("bot.telegram.intake._ROUND", 0.02)
    await database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=5"))
    other = sqlite3.connect(tmp_path / "tevo.db", isolation_level=None)

    def lock(method: str, _: dict[str, Any]) -> None:
        if method == "sendMessage" and not other.in_transaction:
            other.execute("BEGIN IMMEDIATE")

    api.mood = lock
    async with running(Form(database), bot, database) as intake:
        await intake.accept([message(1, "un")])
        await settled(intake)
        assert await outcome(database) == [("done", True)]

        api.mood = None
        other.execute("ROLLBACK")
        await intake.accept([message(2, "deux")])
        await settled(intake)
        if when == "at the next round":
            await until(lambda: not intake._inbox._refused)
    other.close()

    assert await outcome(database) == [("done", False)] * 2
    assert api.texts == ["name: un", "function: deux"]


@pytest.mark.parametrize("any_url", ["postgresql"], indirect=True)
async def test_connections_that_postgresql_ends_are_made_again(bot: Bot, api: BotApi, any_database: Database) -> None:
    async def cut() -> None:
        if form.handled < 4:
            ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            await any_database.write(lambda connection: connection.execute(text(ends)))

    form = Form(any_database)
    form.fails_on["un"] = cut
    async with running(form, bot, any_database) as intake:
        await intake.accept([message(1, "un"), message(2, "deux")])
        await settled(intake)

    assert api.texts == ["name: un", "function: deux"]
    assert await filled(any_database) == {7: {"name": "un", "function": "deux"}}


class KilledError(BaseException):
    """The process ends here."""


class Kill:
    """Ends the process at the `count`th time that a step is reached, before or after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step: str, count: int) -> None:
        self.reached = asyncio.Event()
        place, _, when = step.partition(", ")
        owner, name = {"commit": (Unit, "commit"), "send": (Bot, "__call__"), "note": (Inbox, "note_said")}[place]
        original = getattr(owner, name)
        left = count

        async def step_and_end(*args: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if self.reached.is_set() or (not left and when == "before"):
                self.reached.set()
                raise KilledError
            result = await original(*args, **options)
            if not left:
                self.reached.set()
                raise KilledError
            return result

        monkeypatch.setattr(owner, name, step_and_end)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize(
    "step", ["commit, before", "commit, after", "send, before", "send, after", "note, before", "note, after"]
)
async def test_a_kill_anywhere_loses_nothing_and_applies_nothing_twice(
    step: str, count: int, bot: Bot, api: BotApi, any_database: Database
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        kill = Kill(patched, step, count)
        intake = Intake(Form(any_database).dispatcher, bot, Inbox(any_database, CIPHER), patience=QUICK)
        await intake.__aenter__()
        await intake.accept([message(n, field, 7) for n, field in enumerate(Form.fields, 1)])
        async with asyncio.timeout(PATIENCE):
            await kill.reached.wait()
        for task in [*intake._lanes._tasks, *intake._chores]:  # nobody says goodbye in a kill
            task.cancel()
        await asyncio.gather(*intake._lanes._tasks, *intake._chores, return_exceptions=True)

    async with running(Form(any_database), bot, any_database) as intake:
        await settled(intake)

    assert heard(api) == {7: [f"{field}: {field}" for field in Form.fields]}
    assert len(api.sent()) <= len(Form.fields) + 1
    assert await filled(any_database) == {7: {field: field for field in Form.fields}}
    assert set(await outcome(any_database)) == {("done", False)}


async def test_a_kill_between_quarantine_and_apology_leaves_nobody_untold(
    bot: Bot, api: BotApi, database: Database
) -> None:
    kept = Inbox(database, CIPHER)
    (entry,) = await kept.add([message(1, "Jeanne")])
    await database.write(kept.settled(entry, [SendMessage(chat_id=7, text=APOLOGY)], "KeyError"))

    async with running(Form(database), bot, database) as intake:
        await settled(intake)

    assert api.texts == [APOLOGY]
    assert await outcome(database) == [("quarantined", False)]


async def test_what_the_operator_puts_back_is_handled_by_the_assistant_that_runs(
    bot: Bot, api: BotApi, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.intake._ROUND", 0.02)
    kept = Inbox(database, CIPHER)
    (entry,) = await kept.add([message(1, "Jeanne")])
    await database.write(kept.settled(entry, [], "KeyError"))
    async with running(Form(database), bot, database) as intake:
        await Aside(database, CIPHER).retry(1)
        await until(lambda: api.texts)
        await settled(intake)

    assert api.texts == ["name: Jeanne"]
    assert await outcome(database) == [("done", False)]


async def test_one_person_who_floods_is_told_once_and_the_last_messages_are_answered(
    bot: Bot, api: BotApi, database: Database
) -> None:
    said: list[str] = []

    class Note(Form):
        async def fill(self, message: Message, state: FSMContext) -> None:
            said.append(message.text or "")

    async with running(Note(database), bot, database, too_many=lambda: "doucement") as intake:
        await intake.accept([message(n, str(n), 7) for n in range(200)])
        await settled(intake)

    assert said == ["0", *(str(n) for n in range(200 - MOST_OF_ONE, 200))]
    assert api.texts == ["doucement"]
    assert set(await outcome(database)) == {("done", False)}


async def test_the_word_for_a_flood_waits_for_the_database_and_for_telegram_and_is_said_once(
    bot: Bot, api: BotApi, database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=5"))
    other = sqlite3.connect(tmp_path / "tevo.db", isolation_level=None)
    last, faults = MOST_OF_ONE + 10, [Fault(500)]

    def away(method: str, payload: dict[str, Any]) -> Fault | None:
        if payload.get("text") == "name: 0":  # the next thing to be done is to pass over the older ones
            other.execute("BEGIN IMMEDIATE")
        return faults.pop() if payload.get("text") == "doucement" and faults else None

    class Note(Form):
        async def fill(self, message: Message, state: FSMContext) -> None:
            if message.text in ("0", str(last)):
                await message.answer(f"name: {message.text}")

    api.mood = away
    async with running(Note(database), bot, database, too_many=lambda: "doucement") as intake:
        await intake.accept([message(n, str(n), 7) for n in range(last + 1)])
        await until(lambda: "updates up to" in caplog.text)
        other.execute("ROLLBACK")
        await settled(intake)
    other.close()

    assert heard(api) == {7: ["name: 0", "doucement", f"name: {last}"]}
    assert set(await outcome(database)) == {("done", False)}


async def test_a_flood_by_one_delays_another_by_one_turn(bot: Bot, database: Database) -> None:
    order: list[int] = []

    class Note(Form):
        async def fill(self, message: Message, state: FSMContext) -> None:
            order.append(message.chat.id)

    async with running(Note(database), bot, database) as intake:
        intake._lanes.turn = asyncio.Semaphore(1)
        await intake.accept([*(message(n, str(n), 7) for n in range(100)), message(500, "moi", 8)])
        await settled(intake)

    assert order.index(8) <= 2
    assert not intake.is_full


async def test_what_is_said_is_the_same_after_a_restart(bot: Bot) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Oui", callback_data="a:1")]])
    with collecting() as said:
        await bot.send_message(7, "bonjour \U0001f600", reply_markup=markup)
        await bot.send_document(7, BufferedInputFile(b"\x00pdf", "récap.pdf"), caption="récap")
        await bot.answer_callback_query("1")

    again = unpack(pack(said))

    assert [type(one) for one in again] == [type(one) for one in said]
    assert again[0].model_dump(exclude_none=True) == said[0].model_dump(exclude_none=True)
    paper = again[1]
    assert isinstance(paper, SendDocument)
    assert isinstance(paper.document, BufferedInputFile)
    assert (paper.document.data, paper.document.filename) == (b"\x00pdf", "récap.pdf")
