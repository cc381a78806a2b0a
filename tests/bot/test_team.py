"""What needs a person is told to the team, wherever its group has gone."""

import json
import logging
from typing import Any

import pytest
from aiogram import Bot

from bot.telegram.team import Team
from tests.bot_api import BotApi, Fault

MOVED = {
    "ok": False,
    "error_code": 400,
    "description": "Bad Request: group chat was upgraded to a supergroup chat",
    "parameters": {"migrate_to_chat_id": -200},
}


@pytest.fixture
def moved(api: BotApi) -> BotApi:
    """Telegram knows the group by another number."""

    def mood(_: str, payload: dict[str, Any]) -> Fault | None:
        return Fault(400, body=json.dumps(MOVED)) if payload.get("chat_id") == "-100" else None

    api.mood = mood
    return api


async def test_a_group_that_became_a_supergroup_is_told_there_and_the_operator_what_to_write(
    moved: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    team = Team(bot, -100)

    await team.tell("un dossier attend")

    assert [said["text"] for said in moved.said_to[-200]] == ["un dossier attend"]
    assert "TEVO_TEAM_CHAT=-200" in caplog.text


async def test_at_the_start_it_knows_its_group_before_anything_is_to_be_told(moved: BotApi, bot: Bot) -> None:
    team = Team(bot, -100)

    await team.look()

    assert team.chats == {-100, -200}
    assert moved.sent() == []


async def test_a_team_that_cannot_be_told_is_in_the_logs_from_the_start(
    api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    api.fails("sendChatAction", Fault(400, "Bad Request: chat not found"))

    await Team(bot, -100).look()

    assert "team cannot be told" in caplog.text


async def test_without_a_group_only_the_logs_are_told(api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    team = Team(bot, None)

    await team.look()
    await team.tell("un dossier attend")

    assert (team.chats, api.calls) == (set(), [])
    assert "un dossier attend" in caplog.text
