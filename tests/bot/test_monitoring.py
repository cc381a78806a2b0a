"""What whoever watches is told, on a port of its own: counts, ages, health; nothing of anybody."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

from aiohttp import ClientError, ClientSession

from tests.bot_api import BotApi, Fault
from tests.forks import tevo_run
from tests.ports import free_port
from tests.waiting import PATIENCE


def values(text: str) -> dict[str, float]:
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


class Watch:
    """Scrapes, again and again, until something is so."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}"

    async def get(self, path: str) -> tuple[int, str]:
        async with ClientSession() as session, session.get(self._url + path) as answer:
            return answer.status, await answer.text()

    async def sees(self, is_so: Callable[[dict[str, float]], bool]) -> dict[str, float]:
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    if is_so(found := values((await self.get("/metrics"))[1])):
                        return found
                except ClientError:
                    pass
                await asyncio.sleep(0.05)


async def test_what_happens_is_counted_and_nobody_is_named(tmp_path: Path, api: BotApi) -> None:
    port = free_port()
    never = asyncio.Event()
    async with tevo_run(tmp_path, api.url, TEVO_METRICS_PORT=str(port)):
        watch = Watch(port)
        api.says(1, "bonjour", person=4_217_331)
        api.fails("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
        api.says(2, "/start", person=4_217_332)
        found = await watch.sees(
            lambda found: found.get("tevo_answer_seconds_count", 0) >= 2 and not found["tevo_queue_updates"]
        )
        assert found['tevo_updates_total{outcome="applied"}'] == 2
        assert found['tevo_telegram_errors_total{kind="TelegramForbiddenError"}'] == 1
        assert found['tevo_dossiers{state="waiting"}'] == 0

        api.fails("sendMessage", Fault(200, until=never))
        api.says(3, "bonjour", person=4_217_333)
        assert (await watch.sees(lambda found: found["tevo_queue_people"] == 1))["tevo_queue_updates"] == 1
        never.set()

        await watch.sees(lambda found: found["tevo_healthy"] == 1)
        assert (await watch.get("/health"))[0] == 200
        _, text = await watch.get("/metrics")
        assert "42173" not in text
        assert "bonjour" not in text


async def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path, api: BotApi) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        async with tevo_run(tmp_path, api.url, TEVO_METRICS_PORT=str(taken.getsockname()[1])) as process:
            assert await process.ended() == 1
            assert "TEVO_METRICS_PORT" in process.logged.splitlines()[-1]
            assert "Traceback" not in process.logged
