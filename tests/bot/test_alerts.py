"""Alerts: queued once, told once; a broadcast through a Telegram that fails, the process killed on the way."""

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from sqlalchemy import select

from bot.alerts.broadcast import Broadcaster
from bot.alerts.queue import LEASE, AlertQueue, AlertState
from bot.alerts.subscriptions import SqlSubscriptions
from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import alerts, subscriptions
from bot.keeping import Retention
from bot.pseudonyms import Pseudonyms
from knowledge.content.calendar import PARIS
from knowledge.content.models import Content
from tests.benchmarks.broadcast import broadcast, judge
from tests.bot.dossiers import Clock
from tests.bot_api import BotApi, Fault
from tests.forks import QUICK
from tests.keeping import purged
from tests.new_call import CLOSING, with_new_call

KEY = b"key"
TODAY = date(2026, 11, 24)


@pytest.fixture
def queue(any_database: Database, clock: Clock) -> AlertQueue:
    return AlertQueue(any_database, Cipher(KEY), clock)


@pytest.fixture
async def people(any_database: Database, clock: Clock) -> SqlSubscriptions:
    """Three subscribers."""
    kept = SqlSubscriptions(any_database, Pseudonyms(KEY), Cipher(KEY), clock)
    for person in (7, 8, 9):
        await kept.subscribe(person)
    return kept


async def claimed(queue: AlertQueue) -> list[int]:
    """The chats of everything due, each marked as sent."""
    chats = []
    while alert := await queue.claim(TODAY):
        chats.append(alert.chat)
        await queue.sent(alert)
    return chats


async def test_a_subscriber_is_told_once_of_a_publication(
    queue: AlertQueue, people: SqlSubscriptions, packaged: Content
) -> None:
    await queue.set_baseline(packaged.calls)
    assert await queue.publish(1, with_new_call(packaged).calls, "nouvel appel") == 3

    assert sorted(await claimed(queue)) == [7, 8, 9]
    assert await claimed(queue) == []


async def test_the_same_publication_twice_is_queued_once(
    queue: AlertQueue, people: SqlSubscriptions, packaged: Content
) -> None:
    await queue.set_baseline(packaged.calls)
    calls = with_new_call(packaged).calls
    first, second = await asyncio.gather(queue.publish(1, calls, "a"), queue.publish(1, calls, "b"))

    assert sorted([first, second], key=str) == [3, None]
    published = await queue.published()
    assert published is not None
    assert (published.number, published.calls) == (2, calls)


async def test_a_reminder_is_queued_once_however_often_it_is_due(queue: AlertQueue, people: SqlSubscriptions) -> None:
    assert await queue.remind("reminder:x", "rappel", TODAY) == 3
    assert await queue.remind("reminder:x", "rappel", TODAY) is None


async def test_a_reminder_past_its_date_is_not_sent(queue: AlertQueue, people: SqlSubscriptions) -> None:
    await queue.remind("reminder:x", "rappel", date(2026, 11, 23))
    await queue.tidy_up(TODAY)

    assert await claimed(queue) == []
    (progress,) = await queue.progress()
    assert progress.counts == {AlertState.EXPIRED: 3}


async def test_what_a_killed_process_had_in_hand_is_counted_and_not_sent_again(
    queue: AlertQueue, people: SqlSubscriptions, clock: Clock
) -> None:
    await queue.remind("reminder:x", "rappel", TODAY)
    assert await queue.claim(TODAY)  # and then nothing: killed

    clock.now += LEASE + 1
    await queue.tidy_up(TODAY)

    assert len(await claimed(queue)) == 2
    (progress,) = await queue.progress()
    assert progress.counts == {AlertState.MAYBE: 1, AlertState.SENT: 2}


async def test_two_alerts_of_one_person_are_some_time_apart(
    queue: AlertQueue, any_database: Database, clock: Clock
) -> None:
    await SqlSubscriptions(any_database, Pseudonyms(KEY), Cipher(KEY), clock).subscribe(7)
    await queue.remind("reminder:x", "un", TODAY)
    await queue.remind("reminder:y", "deux", TODAY)

    assert len(await claimed(queue)) == 1
    clock.now += 3
    assert len(await claimed(queue)) == 1


async def test_an_announcement_is_forgotten_with_its_alerts(
    queue: AlertQueue, people: SqlSubscriptions, any_database: Database, clock: Clock
) -> None:
    await queue.remind("reminder:x", "rappel", TODAY)
    await claimed(queue)
    kept = Retention().alerts.total_seconds()

    await purged(any_database, clock.now + kept)
    (progress,) = await queue.progress()
    assert (progress.counts, progress.left) == ({AlertState.SENT: 3}, 0)

    await purged(any_database, clock.now + kept + 1)
    assert await queue.progress() == []
    assert await any_database.read(select(alerts)) == []
    assert await queue.subscribers() == 3


async def test_who_is_gone_is_unsubscribed(queue: AlertQueue, people: SqlSubscriptions) -> None:
    await queue.remind("reminder:x", "rappel", TODAY)
    alert = await queue.claim(TODAY)
    assert alert
    await queue.drop(alert)

    assert await people.since(alert.chat) is None
    assert await queue.subscribers() == 2


async def test_a_subscription_names_nobody(any_database: Database, people: SqlSubscriptions) -> None:
    rows = await any_database.read(select(subscriptions))

    assert {row.person for row in rows} == {Pseudonyms(KEY).of(person, "subscriptions") for person in (7, 8, 9)}
    assert not any("person" in row.chat for row in rows)


async def test_an_alert_whose_connection_broke_on_the_way_is_doubtful_and_not_sent_again(
    queue: AlertQueue, people: SqlSubscriptions, packaged: Content, bot: Bot, api: BotApi, clock: Clock
) -> None:
    await queue.remind("reminder:x", "rappel", TODAY)
    api.fails("sendMessage", Fault(200, cut=True))
    broadcaster = Broadcaster(bot, queue, lambda: packaged, lambda body: {"text": body}, lambda: TODAY, lambda: 12)

    for _ in range(2):
        await broadcaster.prepare()
        await broadcaster.send_all()
        clock.now += 7200

    (progress,) = await queue.progress()
    assert progress.counts == {AlertState.MAYBE: 1, AlertState.SENT: 2}
    assert len(api.sent()) == 3


async def test_a_broadcast_killed_twice_through_a_telegram_that_stumbles_tells_nobody_twice(tmp_path: Path) -> None:
    hasty = {**QUICK, "bot.telegram.sender._PAUSES": (0.2,) * 5}
    outcome = await broadcast(tmp_path, subscribers=90, kills=2, often=4, patches=hasty)

    assert judge(outcome, kills=2) == []


async def test_a_reminder_is_not_sent_after_its_day_whoever_looks_first(
    queue: AlertQueue, people: SqlSubscriptions
) -> None:
    await queue.remind("reminder:x", "rappel", date(2026, 11, 23))

    assert await claimed(queue) == []


async def test_reminders_are_queued_from_nine_in_the_morning(
    queue: AlertQueue, people: SqlSubscriptions, packaged: Content, bot: Bot
) -> None:
    content = with_new_call(packaged)
    await queue.set_baseline(content.calls)
    day = CLOSING - timedelta(days=14)

    async def queued(hour: int) -> int:
        await Broadcaster(bot, queue, lambda: content, lambda _: {}, lambda: day, lambda: hour).prepare()
        return len(await queue.progress())

    assert [await queued(8), await queued(9), await queued(10)] == [0, 1, 1]


async def test_what_became_of_an_alert_is_not_changed_afterwards(queue: AlertQueue, people: SqlSubscriptions) -> None:
    await queue.remind("reminder:x", "rappel", TODAY)
    alert = await queue.claim(TODAY)
    assert alert
    await queue.sent(alert)

    await queue.put_off(alert, 0)
    await queue.doubt(alert)

    (progress,) = await queue.progress()
    assert progress.counts == {AlertState.SENT: 1, AlertState.WAITING: 2}


async def test_a_429_makes_the_whole_queue_wait(
    queue: AlertQueue,
    people: SqlSubscriptions,
    packaged: Content,
    bot: Bot,
    api: BotApi,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []

    async def waits(stop: asyncio.Event, seconds: float) -> bool:
        waited.append(seconds)
        stop.set()
        return True

    monkeypatch.setattr("bot.telegram.sender.is_set_within", waits)
    for person in range(10, 20):
        await people.subscribe(person)
    await queue.remind("reminder:x", "rappel", TODAY)
    api.mood = lambda method, _: Fault(429, "Too Many Requests", retry_after=60) if method == "sendMessage" else None
    await Broadcaster(bot, queue, lambda: packaged, lambda body: {"text": body}, lambda: TODAY, lambda: 12).send_all()

    assert max(waited) > 50
    (progress,) = await queue.progress()
    assert progress.counts == {AlertState.WAITING: 13}


async def test_who_asks_after_midnight_in_paris_asked_on_that_day(people: SqlSubscriptions, clock: Clock) -> None:
    clock.now = datetime(2026, 7, 1, 0, 30, tzinfo=PARIS).timestamp()  # in UTC, the day before

    await people.subscribe(7)

    assert await people.since(7) == date(2026, 7, 1)


async def test_who_asks_again_is_told_as_long_again(people: SqlSubscriptions, clock: Clock) -> None:
    before = await people.since(7)
    clock.now += 400 * 86400
    await people.subscribe(7)

    after = await people.since(7)
    assert before
    assert after
    assert (after - before).days == 400


async def test_an_account_that_is_gone_is_unsubscribed_and_a_refusal_is_not(
    queue: AlertQueue, people: SqlSubscriptions, packaged: Content, bot: Bot, api: BotApi
) -> None:
    reasons = {"7": "chat not found", "8": "can't parse entities"}

    def refusing(method: str, payload: dict[str, Any]) -> Fault | None:
        reason = reasons.get(payload.get("chat_id", ""))
        return Fault(400, f"Bad Request: {reason}") if reason and method == "sendMessage" else None

    await queue.remind("reminder:x", "rappel", TODAY)
    api.mood = refusing
    await Broadcaster(bot, queue, lambda: packaged, lambda body: {"text": body}, lambda: TODAY, lambda: 12).send_all()

    (progress,) = await queue.progress()
    assert progress.counts == {AlertState.FAILED: 1, AlertState.SENT: 1}
    assert progress.left == 1
    assert [await people.since(person) is None for person in (7, 8, 9)] == [True, False, False]
