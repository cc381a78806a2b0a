"""Polling: confirmed only once written down; whatever Telegram answers, it goes on listening."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiogram import Bot
from sqlalchemy import select

from bot.database.database import Database
from bot.database.tables import inbox
from bot.health import Heartbeat, report
from bot.settings import Settings, SettingsError
from bot.telegram import polling
from bot.telegram.bot import build_bot
from bot.telegram.inbox import Inbox
from bot.telegram.intake import Intake
from bot.telegram.polling import Poller
from tests.bot.test_intake import CIPHER, Seen
from tests.bot_api import BotApi, Fault
from tests.waiting import PATIENCE, until


@asynccontextmanager
async def listening(seen: Seen, bot: Bot, database: Database, folder: Path) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    async with Intake(seen.dispatcher(), bot, Inbox(database, CIPHER)) as intake:
        task = asyncio.create_task(Poller(intake, bot, Heartbeat(folder)).run(stop))
        try:
            yield task
        finally:
            stop.set()
            await task


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure it tries again at once."""
    monkeypatch.setattr(polling, "_LONGEST_PAUSE", 0.01)


async def test_updates_are_handled_and_confirmed(
    seen: Seen, bot: Bot, api: BotApi, database: Database, tmp_path: Path
) -> None:
    api.says(10, "un")
    api.says(11, "deux")
    async with listening(seen, bot, database, tmp_path):
        await until(lambda: len(seen.texts) == 2 and api.confirmed == 12)

    assert report(Settings(data=tmp_path))[0]


@pytest.mark.usefixtures("hasty")
async def test_nothing_is_confirmed_before_it_is_written_down(
    seen: Seen, bot: Bot, api: BotApi, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = iter([OSError("disk full"), OSError("disk full")])
    write = database.write

    async def refuse_twice(work: object) -> object:
        if api.updates and (error := next(failures, None)):
            assert api.confirmed <= 10
            raise error
        return await write(work)  # type: ignore[arg-type]

    monkeypatch.setattr(database, "write", refuse_twice)
    api.says(10, "gardé")
    async with listening(seen, bot, database, tmp_path):
        await until(lambda: seen.texts == ["gardé"])


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "fault",
    [
        Fault(502, "Bad Gateway"),
        Fault(502, body="<html>nginx</html>"),
        Fault(200, body="not json"),
        Fault(200, cut=True),
        Fault(409, "Conflict: terminated by other getUpdates request"),
        Fault(429, "Too Many Requests", retry_after=1),
        Fault(500, "Internal Server Error"),
    ],
    ids=["502", "html", "not json", "cut", "conflict", "429", "500"],
)
async def test_it_goes_on_after(
    fault: Fault, seen: Seen, bot: Bot, api: BotApi, database: Database, tmp_path: Path
) -> None:
    api.fails("getUpdates", fault)
    api.says(10, "ensuite")
    async with listening(seen, bot, database, tmp_path):
        await until(lambda: seen.texts == ["ensuite"])


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("told", [(409, "Arrêtez-le"), (401, "redémarrez")], ids=["another bot", "token revoked"])
async def test_what_only_the_operator_can_mend_is_told_in_one_line_once(
    told: tuple[int, str],
    seen: Seen,
    bot: Bot,
    api: BotApi,
    database: Database,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    status, advice = told
    api.says(10, "avant")
    async with listening(seen, bot, database, tmp_path):
        await until(lambda: seen.texts == ["avant"])
        failures = itertools.count()
        api.mood = lambda method, _: Fault(status, f"fault {next(failures)}") if method == "getUpdates" else None
        api.says(11, "réveil")
        await until(lambda: next(failures) > 9)
        well, sentence = report(Settings(data=tmp_path))

    assert not well
    assert advice in sentence
    assert caplog.text.count(advice) == 1
    assert str(bot.token) not in caplog.text


async def test_a_wrong_token_is_told_at_once(seen: Seen, api: BotApi, database: Database, tmp_path: Path) -> None:
    settings = Settings(bot_token="987654321:" + "A" * 35, telegram_api=api.url)
    async with build_bot(settings) as bot:
        with pytest.raises(SettingsError, match="TEVO_BOT_TOKEN"):
            async with listening(seen, bot, database, tmp_path) as task:
                await asyncio.wait({task}, timeout=PATIENCE)


async def test_updates_without_a_number_do_not_spin(
    seen: Seen, bot: Bot, api: BotApi, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    pause_after = Poller._pause_after

    def for_ever(poller: Poller, error: Exception) -> float:
        pauses.append(pause_after(poller, error))
        return 3600

    monkeypatch.setattr(Poller, "_pause_after", for_ever)
    api.put({"message": {}}, number=10)
    async with listening(seen, bot, database, tmp_path):
        await until(lambda: pauses)
        assert len(await database.read(select(inbox))) == 1

    assert pauses[0] > 0.5


@pytest.mark.usefixtures("hasty")
async def test_updates_that_cannot_be_written_down_stop_the_sign_of_life_until_they_can(
    seen: Seen, bot: Bot, api: BotApi, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[object] = []

    async def refuse(work: object) -> None:
        refused.append(work)
        raise OSError("disk full")

    sign = Heartbeat(tmp_path).path
    async with listening(seen, bot, database, tmp_path):
        await until(sign.exists)
        with monkeypatch.context() as full:
            full.setattr(database, "write", refuse)
            api.says(10, "gardé")
            await until(lambda: refused)
            sign.unlink()
            await until(lambda: len(refused) > 4)
            assert not sign.exists()

        await until(sign.exists)
        await until(lambda: seen.texts == ["gardé"])
