"""`tevo run` as a process of its own: people answered, a clean stop, a kill that loses nothing."""

import asyncio
import json
import pkgutil
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import update

from bot.alerts.queue import AlertQueue
from bot.alerts.subscriptions import SqlSubscriptions
from bot.cipher import Cipher
from bot.database.database import open_database
from bot.database.tables import dossiers
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.reply_queue import ReplyQueue
from bot.pseudonyms import Pseudonyms
from bot.telegram import intake, polling
from bot.telegram.inbox import Inbox
from knowledge.submission import Delivery
from tests.bot.dossiers import MAIL, dossier, inquiry
from tests.bot.smtp_server import Mailbox
from tests.bot_api import TOKEN, BotApi, Fault, markup, message
from tests.forks import new_tevo_run, tevo_run
from tests.waiting import until

PERSON = {"id": 7, "is_bot": False, "first_name": "Jeanne"}


def pressing(number: int, data: str) -> dict[str, Any]:
    """The JSON of a button pressed under a message that is still there."""
    message = {"message_id": 1, "date": 1_700_000_000, "chat": {"id": 7, "type": "private"}, "text": "…"}
    query = {"id": str(number), "from": PERSON, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": number, "callback_query": query}


async def test_a_person_is_greeted_presses_a_button_asks_and_the_bot_stops_cleanly(api: BotApi, tmp_path: Path) -> None:
    async with new_tevo_run(tmp_path, api.url) as process:
        api.says(1, "/start")
        await until(api.sent)
        assert "Suis-je éligible\u202f?" in markup(api.sent()[0])

        api.put(pressing(2, "topic:contact"))
        await until(lambda: len(api.sent()) == 2 and api.sent("answerCallbackQuery"))
        assert "PROJET.TEVO@france-volontaires.org" in api.texts[1]

        api.says(3, "cb sa coute a la commune ?")
        await until(lambda: len(api.sent()) == 3)
        assert "Combien cela coûte-t-il" in api.texts[2]
        await until(lambda: api.sent("setMyShortDescription"))
        logged = await process.stopped()

    assert {"start", "dates", "confidentialite", "privacy"} <= {
        command["command"] for command in json.loads(api.sent("setMyCommands")[0]["commands"])
    }
    assert "Territoires Volontaires" in api.sent("setMyDescription")[0]["description"]
    assert TOKEN not in logged
    assert "coute" not in logged


async def test_a_dossier_goes_from_the_phone_to_the_mailbox(api: BotApi, tmp_path: Path, mailbox: Mailbox) -> None:
    steps = [
        "form:0",
        "answer:applicant:organisation",
        "answer:organisation-kind:association",
        "answer:approval:vsi",
        "answer:deployment:often",
    ]
    steps += [
        "answer:support:yes",
        "Volontaires du Lac",
        "send",
        "consent:1:0",
        "Jeanne Œuvrée",
        "directrice",
        "jeanne@asso.fr",
    ]
    steps += ["skip:phone", "skip:message"]
    async with tevo_run(tmp_path, api.url, **MAIL, TEVO_SMTP_URL=mailbox.url) as process:
        for number, step in enumerate(steps, 1):
            before = len(api.sent())
            is_button = ":" in step or step == "send"
            api.put(pressing(number, step)) if is_button else api.says(number, step)
            await until(lambda before=before: len(api.sent()) > before)  # type: ignore[misc]
        await until(lambda: "Destinataire" in api.texts[-1])
        rows = json.loads(api.sent()[-1]["reply_markup"])["inline_keyboard"]
        api.put(pressing(99, rows[0][0]["callback_data"]))
        await until(lambda: mailbox.raw)
        logged = await process.stopped()

    (received,) = mailbox.raw
    assert b"Reply-To: jeanne@asso.fr" in received
    assert "jeanne" not in logged.lower()


async def test_what_was_kept_in_files_leaves_once_there_is_a_mail_server(
    api: BotApi, tmp_path: Path, mailbox: Mailbox
) -> None:
    key = "k" * 32
    async with open_database(f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}") as database:
        pseudonyms, cipher = Pseudonyms(key.encode()), Cipher(key.encode())
        await SqlOutbox(database, pseudonyms, cipher).put(7, dossier())
        await database.execute(update(dossiers).values(state=Delivery.KEPT))

    mail = MAIL | {"TEVO_SMTP_URL": mailbox.url, "TEVO_DATA_KEY": key}
    async with tevo_run(tmp_path, api.url, **mail) as process:
        await until(lambda: mailbox.received)
        await process.stopped()

    assert [mail["Message-ID"] for mail in mailbox.received] == ["<TV-AAAA-AAAA@exemple.fr>"]


async def test_a_kill_in_the_middle_loses_no_question(api: BotApi, tmp_path: Path) -> None:
    never = asyncio.Event()
    api.fails("sendMessage", Fault(200, cut=True))
    async with tevo_run(tmp_path, api.url) as process:
        waits = Fault(200, until=never)
        api.mood = lambda method, _: waits if method == "sendMessage" and len(api.sent()) > 5 else None
        for number in range(1, 31):
            api.says(number, f"/start {'contact' if number % 2 else 'duree'}", person=100 + number)
        await until(lambda: len(api.sent()) > 5)
        await process.killed()
    api.mood = None
    async with tevo_run(tmp_path, api.url) as process:
        people = {str(100 + number) for number in range(1, 31)}
        await until(lambda: people == {payload["chat_id"] for payload in api.sent()})
        await process.stopped()


async def test_kills_in_the_middle_of_the_questionnaire_lose_no_answer(api: BotApi, tmp_path: Path) -> None:
    steps = [
        "form:0",
        "answer:applicant:authority",
        "pick:authority:commune:97129",
        "answer:need:yes",
        "answer:direction:both",
    ]
    shown = ["Qui êtes-vous", "Quelle collectivité", "besoin d’être appuyés", "Que voudriez-vous faire", "pays en vue"]
    for number, (step, then) in enumerate(zip(steps, shown, strict=True), start=1):
        async with tevo_run(tmp_path, api.url) as process:
            api.put(pressing(number, step))
            if number % 2:  # at rest, once answered
                await until(lambda then=then: any(then in text for text in api.texts))  # type: ignore[misc]
            else:  # as soon as it is fetched: handled now or at the next start
                await until(lambda number=number: api.confirmed > number)  # type: ignore[misc]
            await process.killed()
    async with tevo_run(tmp_path, api.url) as process:
        api.says(6, "Sénégal")
        await until(lambda: any("thème porte" in text for text in api.texts))
        await process.stopped()

    assert "Question 6 sur 7" in api.texts[-1]


_FAREWELLS = ("bot.telegram.intake._GRACE", "bot.waits.FAREWELL")
_FOR_EVER = {"bot.dossiers.smtp.SECONDS": 3600, "bot.telegram.polling._LONG_POLL": 3600}


def test_a_stop_leaves_less_than_eight_seconds_to_what_is_in_hand() -> None:
    """All farewells go on at once; then what was heard is confirmed, then what is in hand is noted."""
    assert max(map(pkgutil.resolve_name, _FAREWELLS)) + polling._CONFIRM + intake._LAST_NOTES < 8


async def test_a_stop_does_not_wait_for_servers_that_never_answer(api: BotApi, tmp_path: Path) -> None:
    asked: list[str] = []
    never = asyncio.Event()

    def silence(method: str, _: dict[str, Any]) -> Fault | None:
        asked.append(method)
        return None if method == "deleteWebhook" else Fault(200, until=never)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append("mail")
        await reader.read()
        writer.close()

    key = "k" * 32
    async with open_database(f"sqlite+aiosqlite:///{tmp_path / 'tevo.db'}") as database:
        pseudonyms, cipher = Pseudonyms(key.encode()), Cipher(key.encode())
        await SqlOutbox(database, pseudonyms, cipher).put(7, dossier())
        await SqlSubscriptions(database, pseudonyms, cipher).subscribe(7)
        await AlertQueue(database, cipher).remind("reminder:x", "rappel", date(2100, 1, 1))
        await SqlOutbox(database, pseudonyms, cipher).put(8, inquiry(email=""))
        await ReplyQueue(database, cipher).answer("TV-QQQQ-QQQQ", "Oui.")
        await Inbox(database, cipher).add([message(1, "/start")])
    api.mood = silence
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    mail = MAIL | {"TEVO_SMTP_URL": f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", "TEVO_DATA_KEY": key}
    async with tevo_run(tmp_path, api.url, patches=_FOR_EVER | dict.fromkeys(_FAREWELLS, 0.1), **mail) as process:
        # An answer, an alert, the team's reply, the menu of commands, a poll and a dossier.
        in_hand = Counter([*["sendMessage"] * 3, "setMyCommands", "getUpdates", "mail"])
        await until(lambda: in_hand <= Counter(asked))
        logged = await process.stopped()
    never.set()
    server.close()

    assert "arrêté proprement" in logged


async def test_a_second_bot_on_the_same_folder_refuses_to_start(api: BotApi, tmp_path: Path) -> None:
    async with tevo_run(tmp_path, api.url) as first:
        api.says(1, "/start")
        await until(api.sent)
        async with tevo_run(tmp_path, api.url) as second:
            assert await second.ended() == 1
            assert second.logged.splitlines()[-1].startswith("TEVO_DATA")
        await first.stopped()


async def test_a_wrong_token_is_told_in_one_line(api: BotApi, tmp_path: Path) -> None:
    async with tevo_run(tmp_path, api.url, TEVO_BOT_TOKEN="987654321:" + "A" * 35) as process:
        assert await process.ended() == 1
        assert process.logged.splitlines()[-1].startswith("TEVO_BOT_TOKEN")


@pytest.fixture
async def emulator(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[tuple[str, Path]]:
    """An independent Bot API server, and its journal."""
    journal = tmp_path / "journal.jsonl"
    process = await asyncio.create_subprocess_exec(
        *(str(Path(sys.executable).with_name("lo-bot-api-emulator")), "--port", str(unused_tcp_port)),
        *("--enable-control", "--journal", str(journal)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    await until(lambda: _answers(unused_tcp_port))
    yield f"http://127.0.0.1:{unused_tcp_port}", journal
    process.kill()
    await process.wait()


def _answers(port: int) -> bool:
    import socket

    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


async def test_an_independent_bot_api_server_accepts_all_that_is_sent(
    emulator: tuple[str, Path], tmp_path: Path
) -> None:
    url, journal = emulator

    def sent(method: str = "sendMessage") -> list[dict[str, Any]]:
        rows = [json.loads(line) for line in journal.read_text().splitlines(True) if line.endswith("\n")]
        return [row for row in rows if row.get("method") == method]

    async with tevo_run(tmp_path / "data", url) as process, ClientSession() as session:
        for number, text in enumerate(
            ["/start", "qui peut candidater ?", "contact", "pizza", "les dates et le coût ?"]
        ):
            message = {"message_id": number, "date": 1, "chat": {"id": 7, "type": "private"}, "from": PERSON}
            body = {"token": TOKEN, "update": {"message": message | {"text": text}}}
            await session.post(f"{url}/__fixture/updates", json=body)
        await until(lambda: len(sent()) >= 5)
        for number, data in enumerate(["topic:contact", "themes", "vote:1:contact", "form:0", "gone:1"], 50):
            pressed = {name: value for name, value in pressing(number, data).items() if name != "update_id"}
            await session.post(f"{url}/__fixture/updates", json={"token": TOKEN, "update": pressed})
        await until(lambda: len(sent("answerCallbackQuery")) >= 5)
        await process.stopped()

    assert len(sent()) >= 9
    assert {row["status"] for row in sent() + sent("answerCallbackQuery")} == {200}
