"""What the longest messages cost, through the real handlers: `python -m tests.benchmarks.longest`.

Questions one after the other, and what is hard on a pattern, repeated. Processor time: whatever else the machine does.
"""

import asyncio
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from aiogram import Bot

from bot.commands.setup import paris_today
from bot.running import Assistant, open_assistant
from bot.settings import Settings
from bot.terminal.offline import OfflineSession
from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.loading import load
from tests.benchmarks.labelled import load as load_labelled
from tests.benchmarks.speed import Row
from tests.knowledge.test_linear_time import SAID, UNITS

_LONGEST = 4096
"""Characters that Telegram lets somebody type."""
_GLUED, _ROUNDS, _SHOWN = 12, 3, 15
_FIRST = ["bonjour", "combien ça coûte à une commune de Guadeloupe ?"]
"""What is made at the first message is not measured."""
_WORDS = ["ville ", "ok ", "maire ", "Paris ", "qui ", "combien ", "800 hab "]


def texts(asked: list[str]) -> dict[str, str]:
    """Each under a name: questions glued together, and units repeated."""
    chance = random.Random(2)
    glued = (" ".join(chance.choices(asked, k=200)) for _ in range(_GLUED))
    found = {f"questions, {n}": text.replace("\n", " ")[:_LONGEST] for n, text in enumerate(glued, 1)}
    return found | {repr(unit): (unit * _LONGEST)[:_LONGEST] for unit in dict.fromkeys([*SAID, *UNITS, *_WORDS])}


def costs(content: Content, asked: list[str]) -> list[Row]:
    """Milliseconds of each, of the event loop's thread and of the whole process, the dearest first."""
    return asyncio.run(_costs(content, texts(asked)))


async def _costs(content: Content, said: dict[str, str]) -> list[Row]:
    with TemporaryDirectory(prefix="tevo-") as data:
        async with open_assistant(Settings(data=Path(data)), content, paris_today) as ready:
            await _cost(ready, _FIRST)
            rows = [
                {"text": name, **await _cost(ready, [text[at:] for at in range(_ROUNDS)])}  # never quite the same again
                for name, text in said.items()
            ]
    return sorted(rows, key=lambda row: -row["loop ms"])


async def _cost(ready: Assistant, said: Iterable[str]) -> Row:
    session = OfflineSession(lambda _: None)
    bot = Bot("42:local", session=session)
    spent = []
    for text in said:
        loop, process = time.thread_time(), time.process_time()
        await ready.dispatcher.feed_update(bot, session.says(text))
        spent.append((time.thread_time() - loop, time.process_time() - process))
    return {name: round(1000 * ms, 1) for name, ms in zip(("loop ms", "process ms"), min(spent), strict=True)}


def questions() -> list[str]:
    """Those of the content's examples."""
    return [item.q for path in sorted((PACKAGED / "examples").glob("questions*.yaml")) for item in load_labelled(path)]


if __name__ == "__main__":
    every = costs(load(PACKAGED), questions())
    for row in every if "--all" in sys.argv else every[:_SHOWN]:
        print(f"{row['loop ms']:7.1f} {row['process ms']:7.1f}  {row['text']}")
    print(f"{sum(row['loop ms'] > 20 for row in every)} of {len(every)} take more than 20 ms of the event loop")
