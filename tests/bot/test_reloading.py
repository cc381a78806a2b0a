"""A changed content goes live under the questions of people: none is lost, and a wrong one is refused and named."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import TelegramObject

from bot.database.database import Database
from bot.health import Heartbeat
from bot.reloading import FailedError, Reloading
from bot.settings import models_folder
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding
from tests.bot_api import BotApi
from tests.conftest import TODAY
from tests.conversation import Conversation
from tests.forks import QUICK, tevo, tevo_run
from tests.gardens import gardens_in
from tests.waiting import PATIENCE, until

ASKED = "combien ça coûte"
PRICE = "/start price"
"""Shows the entry each time that it is asked for."""

ENTRY = "Cela coûte {fact:price}."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content that can be changed."""
    return gardens_in(tmp_path / "contenu")


def says(folder: Path, sentence: str) -> None:
    """Have the entry on the price begin so."""
    path = folder / "topics" / "tout.yaml"
    text = path.read_text("utf-8")
    begins = text.index('answer: "', text.index("id: price")) + len('answer: "')
    path.write_text(f"{text[:begins]}{sentence}{text[text.index(' {call}', begins) :]}", "utf-8")


class Reloaded:
    """A conversation, and whoever looks at its content's folder."""

    def __init__(self, conversation: Conversation, folder: Path, models: Path) -> None:
        self.conversation = conversation
        self.told: list[str] = []
        self.live: list[tuple[str, bool]] = []
        self.looks = Reloading(folder, models, conversation.live, lambda one: one, self._tell, self._tell_live)

    async def _tell(self, sentence: str) -> None:
        self.told.append(sentence)

    async def _tell_live(self, version: str, is_refused: bool) -> None:
        self.live.append((version, is_refused))

    async def looked(self, times: int = 2) -> None:
        for _ in range(times):
            await self.looks.look()


@pytest.fixture
def reloaded(folder: Path, database: Database) -> Reloaded:
    models, content = models_folder(), load(folder)
    assert models
    return Reloaded(Conversation(content, Understanding(content, models), database, TODAY), folder, models)


async def test_what_is_half_written_waits_and_what_is_whole_answers(reloaded: Reloaded, folder: Path) -> None:
    before = load(folder).facts["price"].followed.says
    says(folder, "Cela ne coûte rien.")
    await reloaded.looked(1)
    says(folder, "Cela ne coûte presque rien.")
    await reloaded.looked(1)
    assert before in await reloaded.conversation.says(PRICE)

    await reloaded.looked(1)

    assert "presque rien" in await reloaded.conversation.says(PRICE)
    assert reloaded.live == [(load(folder).version, False)]
    assert reloaded.told == []


async def test_a_wrong_content_is_refused_once_by_file_and_line_and_the_old_one_goes_on(
    reloaded: Reloaded, folder: Path
) -> None:
    before = load(folder).facts["price"].followed.says
    version = load(folder).version
    says(folder, "Cela coûte {fact:nothing}.")

    await reloaded.looked(5)

    (told,) = reloaded.told
    assert "topics/tout.yaml, ligne 23" in told
    assert "nothing" in told
    assert before in await reloaded.conversation.says(PRICE)
    assert reloaded.live == [(version, True)]

    says(folder, ENTRY)  # as it was
    await reloaded.looked()
    assert reloaded.live[-1] == (version, False)

    says(folder, "Cela coûte {fact:nothing}.")
    await reloaded.looked()
    assert reloaded.told == [told, told]


async def test_a_folder_that_is_away_is_refused_too(reloaded: Reloaded, folder: Path) -> None:
    folder.rename(folder.with_name("ailleurs"))

    await reloaded.looked(3)

    (told,) = reloaded.told
    assert "content" in told
    assert await reloaded.conversation.says(PRICE)


async def test_a_whole_part_more_or_less_needs_a_start_and_that_is_said(reloaded: Reloaded, folder: Path) -> None:
    (folder / "calendrier.yaml").unlink()

    await reloaded.looked(3)

    assert ["redémarrez" in told for told in reloaded.told] == [True]


async def test_what_fails_without_a_mistake_is_tried_again(
    reloaded: Reloaded, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    says(folder, "Cela ne coûte rien.")
    await reloaded.looked(1)
    with pytest.raises(FailedError):
        await reloaded.looked(1)
    assert reloaded.told == []
    monkeypatch.undo()

    await reloaded.looked(1)

    assert "ne coûte rien" in await reloaded.conversation.says(PRICE)


async def test_an_update_in_hand_ends_with_the_content_that_it_began_with(reloaded: Reloaded, folder: Path) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def hold(handler: Callable[..., Awaitable[object]], event: TelegramObject, data: dict[str, object]) -> object:
        begun.set()
        await goes_on.wait()
        return await handler(event, data)

    reloaded.conversation.dispatcher.message.outer_middleware(hold)
    before = load(folder).facts["price"].followed.says
    in_hand = asyncio.create_task(reloaded.conversation.says(PRICE))
    await begun.wait()
    says(folder, "Cela ne coûte rien.")
    await reloaded.looked()
    goes_on.set()

    assert before in await in_hand
    assert "ne coûte rien" in await reloaded.conversation.says(PRICE)


async def test_under_questions_no_message_is_lost_and_the_answers_change(
    api: BotApi, folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    settings: dict[str, Any] = {"TEVO_CONTENT": str(folder), "TEVO_TEAM_CHAT": "-100"}
    asked = 0

    def asks() -> None:
        nonlocal asked
        asked += 1
        api.says(asked, ASKED, person=1000 + asked)

    def answers() -> list[str]:
        return [sent["text"] for sent in api.sent() if int(sent["chat_id"]) > 0]

    async def asks_until(found: Callable[[], object]) -> None:
        """People go on asking meanwhile."""
        async with asyncio.timeout(PATIENCE):
            while not found():
                asks()
                await until(lambda: len(answers()) >= asked)

    async with tevo_run(data, api.url, patches={**QUICK, "bot.reloading._LOOK": 0.05}, **settings) as process:
        asks()
        await until(answers)
        began_with = tevo("version", TEVO_DATA=str(data), **settings).stdout

        says(folder, "Cela ne coûte rien.")
        await asks_until(lambda: "Cela ne coûte rien." in answers()[-1])
        live = tevo("version", TEVO_DATA=str(data), **settings).stdout

        says(folder, "Cela coûte {fact:nothing}.")
        await asks_until(lambda: [sent for sent in api.sent() if sent["chat_id"] == "-100"])
        health = tevo("health", TEVO_DATA=str(data)).stdout
        asks()
        await until(lambda: len(answers()) >= asked)
        logged = await process.stopped()

    assert "Cela ne coûte rien." in answers()[-1]
    assert len(answers()) == asked
    assert len({sent["chat_id"] for sent in api.sent()}) == asked + 1
    (told,) = [sent["text"] for sent in api.sent() if sent["chat_id"] == "-100"]
    assert "topics/tout.yaml, ligne 23" in told
    version = json.loads((data / "heartbeat").read_text())["content"]
    assert [line.count(version) for line in live.splitlines()] == [0, 1, 1]
    assert version not in began_with
    assert "refusée" in health
    assert version in health
    assert f"version {version}" in logged


def test_what_is_not_live_is_not_announced(folder: Path, tmp_path: Path) -> None:
    heartbeat = Heartbeat(tmp_path)
    heartbeat.beat()
    heartbeat.content("aaaaaaaaaaaa", is_refused=False)

    for command in ("preview", "send"):
        done = tevo("alerts", command, TEVO_DATA=str(tmp_path), TEVO_CONTENT=str(folder))
        assert done.returncode == 1
        assert "aaaaaaaaaaaa" in done.stderr
