"""The table of what is done to the assistant. Each scenario plays on grounds of its own and judges by their records."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from tests.benchmarks import broadcast
from tests.bot_api import Fault, message
from tests.torture import outbox
from tests.torture.crowd import ending, people_on, scripts_of
from tests.torture.ground import ground
from tests.torture.people import Script, Talker, scripted
from tests.torture.play import Play, Result
from tests.torture.served import POINTS
from tests.waiting import until

_CLEAR_ALONE = (
    *("combien ça coûte à la commune ?", "quels pays ?", "qui peut candidater ?", "où loge le volontaire ?"),
    *("combien de temps dure une mission ?", "qui choisit le volontaire ?", "à qui écrire ?"),
)


async def kills_at_random(play: Play) -> Result:
    """kill -9 at random while people converse, fill the form and send dossiers."""
    kills = play.times(300, 4)
    steps = people = 0
    wrong: list[str] = []
    done = round_ = 0
    while done < kills and round_ < 20:
        scripts = await scripts_of(Play(play.folder, play.seed + 1000 * round_, play.scale), 6, 4)
        async with ground(play.folder / f"kills-{round_}", play.seed + round_) as on:
            talkers = people_on(on, scripts)
            await on.while_killed([one.talk(120) for one in talkers], kills - done, (0.3, 3.0))
            wrong += await ending(on, talkers, 4)
            done += on.kills
        people, steps, round_ = people + len(talkers), steps + sum(one.steps for one in talkers), round_ + 1
    return Result(f"{done} arrêts brutaux au hasard, {people} personnes, {steps} messages ou boutons", wrong)


async def kills_at_failpoints(play: Play) -> Result:
    """The process ends before and after each step that writes or sends, at its first times and later ones."""
    scripts = await scripts_of(play, 1, 1, 6)
    counts = (1, 2, 7) if play.scale >= 0.5 else (2,)
    points = [(point, count) for point in POINTS for count in counts]
    if play.scale < 0.5:
        points = random.Random(play.seed).sample(points, 3)
    wrong: list[str] = []
    deaths = 0
    for number, (point, count) in enumerate(points):
        async with ground(play.folder / f"point-{number}", play.seed) as on:
            talkers = people_on(on, scripts)
            on.start(point, count)
            process = on.process
            talking = asyncio.gather(*(one.talk(120) for one in talkers))
            ended = asyncio.ensure_future(asyncio.to_thread(process.join))  # type: ignore[union-attr]
            await asyncio.wait([talking, ended], return_when=asyncio.FIRST_COMPLETED)
            if talking.done() and not ended.done():
                await asyncio.wait([ended], timeout=2)  # the courier may still come to its step
            deaths += ended.done()
            await on.kill()  # where its step does not come, so that the end is a clean one
            on.start()
            await talking
            wrong += [f"{point}, {count}: {one}" for one in await ending(on, talkers, 1)]
            await ended
    return Result(f"{len(points)} points d'arrêt (avant et après {len(POINTS) // 2} étapes), {deaths} atteints", wrong)


TELEGRAM: Mapping[str, Callable[[], Fault]] = {
    "500": lambda: Fault(500, "Internal Server Error"),
    "502 en HTML": lambda: Fault(502, body="<html>bad gateway</html>"),
    "coupure": lambda: Fault(200, cut=True),
    "JSON abîmé": lambda: Fault(200, body='{"ok": tr'),
    "429": lambda: Fault(429, "Too Many Requests", retry_after=1),
    "silence": lambda: Fault(200, hang=6),
}


async def telegram_faults(play: Play) -> Result:
    """Each fault of Telegram, once, for a while, and again and again."""
    scripts = await scripts_of(play, 2, 1, 6)
    patterns = ("once", "long", "repeated") if play.scale >= 0.5 else ("repeated",)
    names = list(TELEGRAM) if play.scale >= 0.5 else ["500", "cut"][:1]
    plays = [(name, pattern) for name in names for pattern in patterns]
    wrong: list[str] = []
    for group in range(0, len(plays), 3):
        done = await asyncio.gather(
            *(_telegram_fault(play, scripts, name, pattern) for name, pattern in plays[group : group + 3])
        )
        wrong += [one for each in done for one in each]
    return Result(f"{len(plays)} pannes de Telegram (brèves, longues, répétées) × {len(scripts)} personnes", wrong)


async def _telegram_fault(play: Play, scripts: Sequence[Script], name: str, pattern: str) -> list[str]:
    calls = 0
    until_ = time.monotonic() + (12 if pattern == "long" else 1e9)

    def mood(method: str, _: dict[str, Any]) -> Fault | None:
        nonlocal calls
        if not method.startswith("send"):
            return None
        calls += 1
        fails = {"once": calls == 2, "long": calls > 2 and time.monotonic() < until_, "repeated": calls % 3 == 0}
        return TELEGRAM[name]() if fails[pattern] else None

    async with ground(play.folder / f"telegram-{name}-{pattern}".replace(" ", "-"), play.seed) as on:
        on.api.mood = mood
        talkers = people_on(on, scripts)
        on.start()
        await asyncio.gather(*(one.talk(240) for one in talkers))
        on.api.mood = None
        return [f"{name}, {pattern}: {one}" for one in await ending(on, talkers, 1)]


async def mail_faults(play: Play) -> Result:
    """A mail server that puts off, cuts before and after it took the message; then is well."""
    people = play.times(12, 2)
    answers = ["451 plus tard", "cut", "250 OK", "421 fermé", "452 plein", "cut"]
    async with ground(play.folder / "mail", play.seed) as on:
        on.mail.answers = [on.dice.choice(answers) for _ in range(2 * people)]
        talkers = people_on(on, await scripts_of(play, 0, people))
        on.start()
        await asyncio.gather(*(one.talk(120) for one in talkers))
        wrong = await ending(on, talkers, people)
        most = max(map(len, on.mail.by_number.values()), default=0)
        if most > 3:
            wrong.append(f"received {most} times")
    return Result(f"{people} dossiers, {2 * people} réponses du serveur au hasard (4xx, coupures)", wrong)


async def clock_jumps(play: Play) -> Result:
    """The clock goes an hour back, two days forward, and back again, while people ask and send.

    Each question is clear alone and asked once: what was said before is forgotten after twenty minutes, as it must be.
    """
    orders = [random.Random(play.seed + number).sample(_CLEAR_ALONE, len(_CLEAR_ALONE)) for number in range(3)]
    scripts = [*await scripts_of(play, 0, 2), *[await scripted(each, play.folder) for each in orders]]
    jumps = (-3600, 2 * 86400, 0, 300, -300) if play.scale >= 0.5 else (-3600, 0)
    async with ground(play.folder / "clock", play.seed) as on:
        on.jump(0)
        talkers = people_on(on, scripts)
        on.start()
        talking = asyncio.gather(*(one.talk(120) for one in talkers))
        steps = sum(len(script.steps) for script in scripts)
        for number, seconds in enumerate(jumps, 1):
            await until(partial(_are_past, number * steps // (len(jumps) + 1), talkers), 120)
            on.jump(seconds)
        await talking
        wrong = await ending(on, talkers, 2)
    return Result(f"{len(jumps)} sauts d'horloge (une heure en arrière, deux jours en avant…)", wrong)


def _are_past(steps: int, talkers: Sequence[Talker]) -> bool:
    return sum(one.steps for one in talkers) > steps


async def floods(play: Play) -> Result:
    """One person writes without end; the others are answered as if nobody did."""
    script = await scripted(_CLEAR_ALONE[:3], play.folder)
    others, most = 10, play.times(3000, 200)
    seconds: dict[bool, float] = {}
    wrong: list[str] = []
    for is_flooded in (False, True):
        async with ground(play.folder / f"flood-{is_flooded}", play.seed) as on:
            on.start()
            on.api.put(message(on.api.next_number(), "bonjour", 5))
            await until(lambda: on.api.said_to[5], 60)
            talkers = people_on(on, [script] * others)
            if is_flooded:
                for n in range(most):
                    on.api.put(message(on.api.next_number(), f"combien ça coûte {n} ?", 6))
            waits = await asyncio.gather(*(_timed(one) for one in talkers))
            seconds[is_flooded] = sorted(waits)[others // 2] / len(script.steps)
            wrong += [f"person {one.number}, {one.wrong}" for one in talkers if one.wrong]
    if (delay := seconds[True] - seconds[False]) > 1:
        wrong.append(f"the others wait {delay:.1f} s more")
    told = f"{most} messages d'une personne ; {max(delay, 0):.2f} s de plus pour les autres (médiane)"
    return Result(told, wrong)


async def _timed(one: Talker) -> float:
    began = time.monotonic()
    await one.talk(120)
    return time.monotonic() - began


async def soak(play: Play) -> Result:
    """Thousands of messages from as many people: memory does not grow with them."""
    count = play.times(10_000, 300)
    async with ground(play.folder / "soak", play.seed) as on:
        on.start()
        memory: list[float] = []
        for first in range(0, count, 250):
            people = range(10_000 + first, 10_000 + min(first + 250, count))
            for person in people:
                on.api.put(message(on.api.next_number(), "combien ça coûte à la commune ?", person))
            await until(lambda people=people: all(on.api.said_to[one] for one in people), 240)  # type: ignore[misc]
            memory.append(on.memory)
        half = memory[len(memory) // 2]
        growth = memory[-1] - half
        wrong = [f"{growth:.0f} Mo de plus dans la seconde moitié"] if growth > 10 else []
        wrong += await ending(on, [], 0)
    return Result(f"{count} messages de {count} personnes ; {growth:+.1f} Mo dans la seconde moitié", wrong)


async def kills_while_mailing(play: Play) -> Result:
    """Two processes on one outbox, one of them killed, again and again."""
    folder = play.folder / "outbox"
    folder.mkdir()
    verdict = await asyncio.to_thread(outbox.torture, folder, play.times(250, 12), play.seed)
    wrong = [f"{name}: {found}" for name in ("lost", "unlike", "unknown") if (found := getattr(verdict, name))]
    twice = f"{verdict.twice} reçus deux fois à l'identique"
    told = f"{verdict.kills} arrêts brutaux, {verdict.acknowledged} dossiers, {twice}"
    return Result(told, wrong)


async def stops_at_random(play: Play) -> Result:
    """SIGTERM at random while people converse: a clean end each time, and nothing is lost."""
    stops = play.times(60, 3)
    scripts = await scripts_of(play, 8, 2, 40)
    done, seconds = 0, 0.0
    async with ground(play.folder / "stops", play.seed) as on:
        talkers = people_on(on, scripts)
        talking = asyncio.gather(*(one.talk(120) for one in talkers))
        while done < stops and not talking.done():
            on.start()
            await asyncio.wait([talking], timeout=on.dice.uniform(0.3, 1.0))
            seconds = max(seconds, await on.stop())
            done += 1
        on.start()
        await talking
        wrong = await ending(on, talkers, 2)
    if seconds > 8:
        wrong.append(f"a stop took {seconds:.1f} s")
    return Result(f"{done} arrêts demandés (SIGTERM), le plus long {seconds:.1f} s", wrong)


async def backlog(play: Play) -> Result:
    """What Telegram kept while nobody served is answered at the next start."""
    count = play.times(1000, 50)
    async with ground(play.folder / "backlog", play.seed) as on:
        for person in range(10_000, 10_000 + count):
            on.api.put(message(on.api.next_number(), "combien ça coûte à la commune ?", person))
        on.start()
        began = time.monotonic()
        await until(lambda: sum(map(bool, on.api.said_to.values())) >= count, 600)
        seconds = time.monotonic() - began
        wrong = await ending(on, [], 0)
    if seconds > 60:
        wrong.append(f"{seconds:.0f} s")
    return Result(f"{count} messages en attente au démarrage, répondus en {seconds:.0f} s", wrong)


async def alerts(play: Play) -> Result:
    """An announcement to all subscribers, faults of Telegram and kills meanwhile."""
    subscribers, kills = play.times(1500, 60), 3
    folder = play.folder / "alerts"
    folder.mkdir()
    outcome = await broadcast.broadcast(folder, subscribers, kills)
    once = sum(times == 1 for times in outcome.told.values())
    pace = f"{outcome.most_in_a_second}/s au plus"
    told = f"{subscribers} abonnés, {kills} arrêts brutaux, {once} prévenus une fois, {pace}"
    return Result(told, broadcast.judge(outcome, kills))
