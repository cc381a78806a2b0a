"""What is sent: at Telegram's pace, tried again only where twice is as once, errors in one form."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import GetMe, TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import BotCommand
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings
from bot.telegram.bot import build_bot
from bot.telegram.outbound import Outbound
from bot.telegram.pace import Pace, Window
from tests.bot_api import TOKEN, BotApi, Fault

SERVER_ERRORS = [Fault(502, body="<html>bad gateway</html>"), Fault(200, cut=True), Fault(500, "Internal Server Error")]


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def quick(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> Time:
    """The bot's pauses take no time."""
    time = Time()
    for middleware in bot.session.middleware:
        if isinstance(middleware, Outbound):
            monkeypatch.setattr(middleware, "_sleep", time.sleep)
            monkeypatch.setattr(middleware, "_pace", Pace(time.sleep, lambda: time.now))
    return time


async def test_a_429_is_waited_for_and_the_message_arrives_once(bot: Bot, api: BotApi, quick: Time) -> None:
    api.fails("sendMessage", Fault(429, "Too Many Requests", retry_after=3))

    await bot.send_message(7, "bonjour")

    assert api.texts == ["bonjour"]
    assert quick.now >= 1003


@pytest.mark.parametrize("fault", SERVER_ERRORS, ids=["502", "cut", "500"])
async def test_a_message_is_never_sent_twice_when_in_doubt(fault: Fault, bot: Bot, api: BotApi, quick: Time) -> None:
    api.fails("sendMessage", fault)

    with pytest.raises(TelegramAPIError):
        await bot.send_message(7, "bonjour")

    assert len(api.sent()) <= 1


@pytest.mark.parametrize("fault", SERVER_ERRORS, ids=["502", "cut", "500"])
async def test_what_may_be_repeated_is(fault: Fault, bot: Bot, api: BotApi, quick: Time) -> None:
    api.fails("setMyCommands", fault)

    assert await bot.set_my_commands([BotCommand(command="dates", description="Les dates")])


@pytest.mark.parametrize("description", ["query is too old and response timeout expired", "message is not modified"])
async def test_harmless_errors_are_none(description: str, bot: Bot, api: BotApi, quick: Time) -> None:
    api.fails("answerCallbackQuery", Fault(400, f"Bad Request: {description}"))

    assert await bot.answer_callback_query("1")


async def test_without_a_server_it_is_a_telegram_error_without_the_token() -> None:
    async with build_bot(Settings(bot_token=TOKEN, telegram_api="http://127.0.0.1:9")) as bot:
        for middleware in bot.session.middleware:
            if isinstance(middleware, Outbound):
                middleware._sleep = Time().sleep
        with pytest.raises(TelegramNetworkError) as raised:
            await bot.get_me()

    assert TOKEN not in str(raised.value)


@given(gaps=st.lists(st.floats(0, 2), min_size=1, max_size=60))
def test_no_window_ever_holds_more_than_its_count(gaps: list[float]) -> None:
    window, now, given_at = Window(3, 3.2), 0.0, []
    for gap in gaps:
        now += gap
        given_at.append(window.take(now))

    assert given_at == sorted(given_at)
    assert all(later - earlier >= 3.2 - 1e-9 for earlier, later in zip(given_at, given_at[3:], strict=False))


async def test_a_chat_that_is_too_fast_makes_only_itself_wait(quick: Time, bot: Bot) -> None:
    for _ in range(5):
        await bot.send_message(7, "encore")
    slowed = quick.now

    await bot.send_message(8, "bonjour")

    assert slowed > 1003
    assert quick.now == slowed


async def test_a_chat_that_telegram_closes_is_left_alone_by_whoever_writes_next(
    bot: Bot, api: BotApi, quick: Time
) -> None:
    api.fails("sendMessage", Fault(429, "Too Many Requests", retry_after=60))
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(7, "un")

    await bot.send_message(8, "ailleurs")
    assert quick.now < 1060
    await bot.send_message(7, "deux")
    assert quick.now >= 1060


async def test_an_error_that_quotes_the_address_is_told_without_it(bot: Bot) -> None:
    class Failing:
        async def __call__(self, bot: Bot, method: TelegramMethod[TelegramType]) -> Response[TelegramType]:
            raise TelegramNetworkError(method=method, message=f"TooManyRedirects: http://127.0.0.1/bot{TOKEN}/getMe")

    with pytest.raises(TelegramNetworkError) as raised:
        await Outbound(sleep=Time().sleep)(Failing(), bot, GetMe())

    assert TOKEN not in str(raised.value)
