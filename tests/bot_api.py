"""A Bot API server on loopback: queued updates, calls kept, and faults on request. Telegram's edge, nothing more."""

import asyncio
import itertools
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"
ME = {"id": 123456789, "is_bot": True, "first_name": "TeVo", "username": "tevo_bot"}


@dataclass
class Fault:
    """What a method answers instead of its result, once."""

    status: int
    description: str = "fault"
    retry_after: int | None = None
    cut: bool = False
    hang: float = 0
    """Seconds of silence; then it succeeds, whether somebody still waits or not."""
    until: asyncio.Event | None = None
    """Silence until this is set; then it succeeds."""
    body: str | None = None

    def response(self) -> web.Response:
        if self.body is not None:
            return web.Response(status=self.status, text=self.body)
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return web.json_response(answer, status=self.status)


@dataclass
class BotApi:
    """The server. `updates` wait to be polled; `calls` were made, oldest first."""

    updates: dict[int, Any] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    said_to: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    """Of the calls, the messages and files, by chat; but for what came once nobody waited for it any more."""
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    mood: Callable[[str, dict[str, Any]], "Fault | None"] | None = None
    """What a call fails with, now and then; asked where no fault is queued."""
    confirmed: int = 0
    url: str = ""
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, update: Any, number: int | None = None) -> None:
        """Queue an update as it is, however malformed."""
        self.updates[number if number is not None else update["update_id"]] = update
        self._news.set()

    def next_number(self) -> int:
        """The number of another update."""
        return next(self._numbers)

    def says(self, number: int, text: str, person: int = 7) -> None:
        self.put(message(number, text, person))

    def fails(self, method: str, *faults: Fault) -> None:
        self.faults[method].extend(faults)

    def sent(self, method: str = "sendMessage") -> list[dict[str, Any]]:
        return [payload for name, payload in self.calls if name == method]

    @property
    def texts(self) -> list[str]:
        return [payload["text"] for payload in self.sent()]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        payload = dict(await request.post())
        if request.match_info["token"] != TOKEN:
            return Fault(401, "Unauthorized").response()
        if self.faults[method]:
            return await self._fail(self.faults[method].popleft(), request, method, payload)
        if self.mood and (fault := self.mood(method, payload)):
            return await self._fail(fault, request, method, payload)
        if method == "getUpdates":
            return await self._poll(payload)
        self._note(method, payload)
        return web.json_response({"ok": True, "result": self._result(method, payload)})

    async def _fail(
        self, fault: Fault, request: web.Request, method: str, payload: dict[str, Any]
    ) -> web.StreamResponse:
        if fault.hang or fault.until:
            await (fault.until.wait() if fault.until else asyncio.sleep(fault.hang))
            self._note(method, payload, is_late=request.transport is None)
            return web.json_response({"ok": True, "result": self._result(method, payload)})
        if fault.cut and request.transport:
            self._note(method, payload)
            request.transport.close()
        return fault.response()

    def _note(self, method: str, payload: dict[str, Any], *, is_late: bool = False) -> None:
        self.calls.append((method, payload))
        if method.startswith("send") and "chat_id" in payload and not is_late:  # late, it is a copy among what follows
            self.said_to[int(payload["chat_id"])].append(payload)

    async def _poll(self, payload: dict[str, Any]) -> web.Response:
        offset = int(payload.get("offset", 0))
        self.confirmed = max(self.confirmed, offset)
        self.updates = {number: update for number, update in self.updates.items() if number >= offset}
        if not self.updates:
            self._news.clear()
            try:
                async with asyncio.timeout(min(float(payload.get("timeout", 0)), 0.3)):
                    await self._news.wait()
            except TimeoutError:
                pass
        waiting = [self.updates[number] for number in sorted(self.updates)][:100]
        return web.json_response({"ok": True, "result": waiting})

    def _result(self, method: str, payload: dict[str, Any]) -> Any:
        if method == "getMe":
            return ME
        if method in ("sendMessage", "sendDocument", "sendPhoto"):
            chat = {"id": int(payload["chat_id"]), "type": "private"}
            told = {"text": payload["text"]} if "text" in payload else {}
            return {"message_id": next(self._ids), "date": 1, "chat": chat, "from": ME, **told}
        return True


def message(number: int, text: str, person: int = 7) -> dict[str, Any]:
    """The JSON of a message typed in a private chat."""
    author = {"id": person, "is_bot": False, "first_name": "Jeanne"}
    chat = {"id": person, "type": "private", "first_name": "Jeanne"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1_700_000_000, "chat": chat, "from": author, "text": text},
    }


@asynccontextmanager
async def bot_api() -> AsyncIterator[BotApi]:
    """A server listening on a free port."""
    api = BotApi()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield api
    finally:
        await runner.cleanup()


def markup(payload: dict[str, Any]) -> list[str]:
    """The labels of the buttons under a message sent."""
    rows = json.loads(payload.get("reply_markup", "{}")).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
