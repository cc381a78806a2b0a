"""Telegram as a load: it posts messages of many people to a webhook, or is polled, and takes what is answered."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import ClientSession, web

from tests.bot_api import ME, message

SECRET = "a-secret-of-sixteen"
_HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
QUESTIONS = (
    "qui peut candidater ?",
    "combien ça coûte à la commune",
    "quelles sont les dates",
    "comment contacter l'équipe",
    "bonjour",
    "combien de temps dure une mission",
)


class Load:
    """Posts and answers, by person: everybody writes once, so that each answer belongs to one post."""

    def __init__(self) -> None:
        self.url = ""
        self._people = itertools.count(1000)
        self._answered: dict[str, asyncio.Future[float]] = {}
        self._session: ClientSession | None = None
        self._unpolled: dict[int, Any] = {}
        self._news = asyncio.Event()
        self.polls = 0

    async def handle(self, request: web.Request) -> web.Response:
        """The Bot API's side: every call succeeds; the first message to somebody is the answer."""
        payload = await request.post()
        method, chat = request.match_info["method"], str(payload.get("chat_id", ""))
        if method == "getUpdates":
            return await self._poll(int(str(payload.get("offset", 0))))
        if method == "sendMessage":
            waiting = self._answered.pop(chat, None)
            if waiting and not waiting.done():
                waiting.set_result(time.perf_counter())
            told = {"message_id": 1, "date": 1, "chat": {"id": int(chat), "type": "private"}, "text": "…"}
            return web.json_response({"ok": True, "result": told})
        return web.json_response({"ok": True, "result": ME if method == "getMe" else True})

    async def _poll(self, offset: int) -> web.Response:
        self.polls += 1
        self._unpolled = {number: update for number, update in self._unpolled.items() if number >= offset}
        if not self._unpolled:
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(5):
                    await self._news.wait()
        return web.json_response({"ok": True, "result": list(self._unpolled.values())[:100]})

    async def ask(self, hook: str | None) -> float:
        """One message of somebody new; the seconds until it is answered. Without a hook, it waits to be polled."""
        person = next(self._people)
        answered = self._answered[str(person)] = asyncio.get_running_loop().create_future()
        update = message(person, QUESTIONS[person % len(QUESTIONS)], person)
        begun = time.perf_counter()
        if hook is None:
            self._unpolled[person] = update
            self._news.set()
        else:
            await self._post(hook, json.dumps(update))
        async with asyncio.timeout(60):
            return float(await answered - begun)

    async def _post(self, hook: str, body: str) -> None:
        assert self._session is not None
        while True:
            async with self._session.post(hook, data=body, headers=_HEADERS) as response:
                if response.status == 200:
                    return
            await asyncio.sleep(0.05)

    async def all_at_once(self, hook: str | None, count: int, width: int) -> float:
        """So many messages, `width` of them open at a time; the seconds until the last is answered."""
        gate = asyncio.Semaphore(width)

        async def one() -> None:
            async with gate:
                await self.ask(hook)

        begun = time.perf_counter()
        await asyncio.gather(*(one() for _ in range(count)))
        return time.perf_counter() - begun

    async def at_rate(self, hook: str | None, rate: float, seconds: float) -> list[float]:
        """Messages at a steady rate, whatever becomes of them; how long each waited."""
        asked = []
        for _ in range(int(rate * seconds)):
            asked.append(asyncio.create_task(self.ask(hook)))
            await asyncio.sleep(1 / rate)
        return await asyncio.gather(*asked)


@asynccontextmanager
async def telegram() -> AsyncIterator[Load]:
    """The load, listening on a free port."""
    load = Load()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", load.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    load.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with ClientSession() as load._session:
        yield load
    await runner.cleanup()
