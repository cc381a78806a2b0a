"""`tevo run` tells thousands of subscribers through a Bot API that fails now and then, and is killed on the way.

`python -m tests.benchmarks.broadcast [SUBSCRIBERS [KILLS]]`: the time it takes, and how often each person was told.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.alerts.queue import AlertQueue, AlertState
from bot.alerts.subscriptions import chat_place
from bot.cipher import Cipher
from bot.database.database import Database, open_database
from bot.database.tables import subscriptions
from bot.pseudonyms import Pseudonyms, load_key
from bot.settings import Settings, models_folder
from knowledge.loading import load
from tests.bot_api import Fault, bot_api
from tests.forks import QUICK, tevo_run
from tests.waiting import until

FIRST = 10_000_000
BODY = "**Essai.** Un nouvel appel est publié."


@dataclass
class Outcome:
    """What came of it."""

    seconds: float
    told: Counter[int]
    """How often each person was told."""
    blocked: set[int]
    most_in_a_second: int
    counts: dict[AlertState, int]
    subscribed: int


class Moods:
    """One person in fifty has blocked the bot; now and then Telegram asks for patience, or stumbles.

    `often`: how many times more often than as a rule. `at`: when it took a message, in each life of the process.
    """

    def __init__(self, seed: int, often: float) -> None:
        self._dice = random.Random(seed)
        self._often = often
        self.at: list[list[float]] = []

    @property
    def taken(self) -> int:
        """Messages taken so far."""
        return sum(map(len, self.at))

    def __call__(self, method: str, payload: dict[str, Any]) -> Fault | None:
        if method != "sendMessage":
            return None
        drawn = self._dice.random()
        if is_blocked(int(payload["chat_id"])):
            return Fault(403, "Forbidden: bot was blocked by the user")
        if drawn < 0.004 * self._often:
            return Fault(429, "Too Many Requests: retry after 1", retry_after=1)
        if drawn < 0.02 * self._often:
            return Fault(500, "Internal Server Error")
        self.at[-1].append(time.monotonic())
        return None


def is_blocked(person: int) -> bool:
    return person % 50 == 0


async def broadcast(
    folder: Path,
    subscribers: int,
    kills: int,
    database_url: str | None = None,
    often: float = 1,
    patches: Mapping[str, Any] = QUICK,
) -> Outcome:
    """Subscribe, publish, run; kill at even distances; wait until nothing is left to send. `patches`: see tevo_run."""
    settings = Settings(data=folder)
    key = load_key(settings)
    url = database_url or settings.database
    environ = {"TEVO_DATABASE_URL": database_url} if database_url else {}
    moods = Moods(7, often)
    async with open_database(url) as database, bot_api() as api:
        api.mood = moods
        queue = AlertQueue(database, Cipher(key))
        people = range(FIRST, FIRST + subscribers)
        await subscribe(database, key, people)
        calls = load(kept=models_folder()).calls
        await queue.set_baseline(calls)
        assert await queue.publish(1, calls, BODY) == subscribers
        began = time.monotonic()
        for kill in range(1, kills + 1):
            moods.at.append([])
            async with tevo_run(folder, api.url, patches=patches, **environ) as process:
                share = kill * subscribers // (kills + 1)
                await until(lambda share=share: moods.taken > share, subscribers)  # type: ignore[misc]
                await process.killed()
        moods.at.append([])
        in_hand = await _count(queue, AlertState.SENDING)  # at the kills: it stays so
        async with tevo_run(folder, api.url, patches=patches, **environ):
            while await _count(queue, AlertState.WAITING) or await _count(queue, AlertState.SENDING) > in_hand:  # noqa: ASYNC110 (it has no event)
                await asyncio.sleep(0.1)
        seconds = time.monotonic() - began
        (progress,) = await queue.progress()
        return Outcome(
            seconds,
            Counter(int(payload["chat_id"]) for payload in api.sent()),
            {person for person in people if is_blocked(person)},
            max(map(_most_in_a_second, moods.at)),
            progress.counts,
            await queue.subscribers(),
        )


async def subscribe(database: Database, key: bytes, people: Iterable[int]) -> None:
    """As the button does, all in one transaction."""
    pseudonyms, cipher = Pseudonyms(key), Cipher(key)
    named = [(person, pseudonyms.of(person, "subscriptions")) for person in people]
    rows = [
        {
            "person": name,
            "chat": cipher.seal(json.dumps({"person": person}), chat_place(name)),
            "created_at": int(time.time()),
        }
        for person, name in named
    ]

    def work(connection: Connection) -> None:
        connection.execute(subscriptions.insert(), rows)

    await database.write(work)


async def _count(queue: AlertQueue, state: AlertState) -> int:
    (progress,) = await queue.progress()
    return progress.counts.get(state, 0)


def _most_in_a_second(at: list[float]) -> int:
    return max((sum(1 for later in at[n : n + 100] if later < moment + 1) for n, moment in enumerate(at)), default=0)


def judge(outcome: Outcome, kills: int) -> list[str]:
    """What is not as promised: nobody twice, and missing are only those in hand at a kill."""
    wrong = []
    if twice := [person for person, times in outcome.told.items() if times > 1]:
        wrong.append(f"told twice: {len(twice)}")
    reachable = outcome.subscribed
    missing = reachable - len(outcome.told)
    doubtful = outcome.counts.get(AlertState.MAYBE, 0) + outcome.counts.get(AlertState.SENDING, 0)
    if not 0 <= missing <= doubtful:
        wrong.append(f"missing: {missing}, doubtful: {doubtful}")
    if doubtful > 4 * kills:
        wrong.append(f"doubtful: {doubtful}")
    if outcome.told.keys() & outcome.blocked:
        wrong.append("told although blocked")
    if outcome.most_in_a_second > 25:
        wrong.append(f"{outcome.most_in_a_second} in a second")
    return wrong


def main() -> None:
    """Run it and print the outcome; 1 when something is not as promised."""
    subscribers = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(broadcast(Path(folder), subscribers, kills))
    counts = {state.value: number for state, number in outcome.counts.items()}
    print(f"{subscribers} subscribers, {kills} kills: {outcome.seconds:.0f} s, at most {outcome.most_in_a_second}/s")
    print(f"told once: {sum(n == 1 for n in outcome.told.values())}, more: {sum(n > 1 for n in outcome.told.values())}")
    print(f"unsubscribed because they blocked the bot: {subscribers - outcome.subscribed}; states: {counts}")
    wrong = judge(outcome, kills)
    print("\n".join(wrong) or "as promised")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
