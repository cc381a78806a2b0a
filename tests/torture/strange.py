"""Updates that Telegram never sent, or does not send yet."""

import json
import random
import re
from typing import Any

from tests.bot_api import message
from tests.torture.ground import ground
from tests.torture.play import Play, Result
from tests.waiting import until

_UNREADABLE = re.compile(r"[\w.]*: [a-z_]+($|;)|unknown kind of update|nested too deep")


async def generated_updates(play: Play) -> Result:
    """Updates with parts removed, replaced, made huge or of another kind: none stops it, none holds another up."""
    count = play.times(20_000, 300)
    dice = random.Random(play.seed)
    async with ground(play.folder / "generated", play.seed) as on:
        on.start()
        for first in range(0, count, 500):
            for _ in range(min(500, count - first)):
                number = on.api.next_number()
                on.api.put(mutated(dice, number), number)
            await until(lambda: not on.api.updates, 120)
        asker = 5
        on.api.put(message(on.api.next_number(), "qui peut candidater ?", asker))
        await until(lambda: on.api.said_to[asker], 300)
        await until(lambda: not on.rows("SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1"), 300)
        wrong = [] if on.process and on.process.is_alive() else ["the process ended"]
        await on.stop()
        wrong += [] if on.rows("PRAGMA integrity_check") == [("ok",)] else ["integrity_check"]
        aside = on.rows("SELECT reason, count(*) FROM inbox WHERE state = 'quarantined' GROUP BY reason")
        failed = [(reason, n) for reason, n in aside if not _UNREADABLE.match(reason)]
        wrong += [f"a handler failed {n} times: {reason}" for reason, n in failed]
    return Result(f"{count} mises à jour engendrées ; {sum(n for _, n in aside)} illisibles, mises de côté", wrong)


def mutated(dice: random.Random, number: int) -> dict[str, Any]:
    """A message, more or less."""
    person = dice.randrange(1000, 3000)
    text = dice.choice(["bonjour", "combien ça coûte ?", "/start", "é" * 4000, "\u202e\x00", "🧪" * 50])
    base = message(number, text, person)
    update: dict[str, Any] = json.loads(json.dumps(base))
    if dice.random() < 0.3:
        update["edited_message"] = update.pop("message")
    if dice.random() < 0.3:
        kind = dice.choice(["photo", "voice", "sticker", "location", "contact", "poll", "story", "web_app_data"])
        next(iter(value for value in update.values() if isinstance(value, dict)))[kind] = dice.choice([{}, [], "x", 7])
    for _ in range(dice.randrange(3)):
        _mutate(dice, update)
    return update


def _mutate(dice: random.Random, update: dict[str, Any]) -> None:
    at: Any = update
    while True:
        keys = [key for key in at if key != "update_id"]
        if not keys:
            return
        key = dice.choice(keys)
        if isinstance(at[key], dict) and dice.random() < 0.7:
            at = at[key]
            continue
        strange: list[object] = [None, "", -1, 2**70, True, [], {}, "x" * 9000, {"id": "x"}, [[[]]]]
        if dice.random() < 0.3:
            del at[key]
        else:
            at[key] = dice.choice(strange)
        return
