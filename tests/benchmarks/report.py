"""`python -m tests.benchmarks.report`: how long `tevo report` takes after fifty thousand interactions."""

import asyncio
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from bot.cipher import Cipher, place
from bot.commands.setup import paris_today
from bot.database.tables import counts, missed_questions
from bot.settings import Settings
from bot.stores import open_stores
from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.feedback import Vain
from knowledge.loading import load
from tests.benchmarks.labelled import load as load_labelled
from tests.benchmarks.labelled import with_mistakes
from tests.benchmarks.speed import Row, started

_IN_VAIN = 0.3
_DAYS = 90
_READ = ("read:answer", "read:choice", "read:unknown")
_OPENINGS = ("", "", "", "bonjour, ", "Bonjour ! ", "svp ", "et ", "dites, ")
_ENDS = ("", "", "", " ?", " svp", " merci d'avance", " ???")


def timed(content: Content, interactions: int = 50_000) -> Row:
    """The whole command, in processes of its own: the best of five, in seconds, and the most memory, in MB."""
    asked = list(_asked(content, int(interactions * _IN_VAIN)))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data")
        asyncio.run(_fill(settings, content, asked, interactions))
        os.environ["TEVO_DATA"] = str(settings.data)
        cost = started(["-m", "tests.benchmarks.command", "report", f"{folder}/rapport.html"])
    return {"interactions": interactions, "in vain": len(asked), "wordings": len(set(asked)), **cost}


def _asked(content: Content, count: int) -> Iterator[str]:
    """Questions as people ask them: some often, most once or twice, in their own words and with their own mistakes."""
    chance = random.Random(0)
    files = sorted((PACKAGED / "examples").glob("*questions*.yaml"))
    known = [item.q for path in files for item in load_labelled(path)]
    known += [phrase for topic in content.topics.values() for phrase in topic.phrasings]
    chance.shuffle(known)
    often = [1 / (rank + 50) for rank in range(len(known))]  # a few hundred make half of what is asked
    for question in chance.choices(known, often, k=count):
        typed = with_mistakes(question, 4, chance.randrange(100)) if chance.random() < 0.4 else question
        yield chance.choice(_OPENINGS) + typed.rstrip(" ?") + chance.choice(_ENDS)


async def _fill(settings: Settings, content: Content, asked: list[str], interactions: int) -> None:
    async with open_stores(settings, paris_today) as (database, keys, _):
        await database.write(lambda connection: _insert(connection, keys.cipher, content, asked, interactions))


def _insert(connection: Connection, cipher: Cipher, content: Content, asked: list[str], interactions: int) -> None:
    chance = random.Random(0)
    days = [paris_today() - timedelta(days=back) for back in range(_DAYS)]
    names = [*_READ, "people", *(f"entry:{topic}" for topic in content.topics)]
    assert content.form
    names += [f"{step}:{question.id}" for step in ("reached", "passed") for question in content.form.questions]
    each = interactions // (_DAYS * len(_READ))
    connection.execute(insert(counts), [{"day": day, "name": name, "n": each} for day in days for name in names])
    connection.execute(insert(missed_questions), [_kept(one, chance, cipher, content, days) for one in asked])


def _kept(question: str, chance: random.Random, cipher: Cipher, content: Content, days: list[Any]) -> dict[str, Any]:
    day = chance.choice(days)
    return {
        "question": cipher.seal(question, place(missed_questions.c.question, day)),
        "day": day,
        "why": chance.choice(list(Vain)),
        "nearest": "+".join(chance.sample(list(content.topics), 2)),
    }


if __name__ == "__main__":
    print(timed(load()))
