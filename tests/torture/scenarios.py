"""The table of what is done to the assistant. Each scenario plays on grounds of its own and judges by their records."""

import asyncio
import json
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import asyncpg

from tests.benchmarks import broadcast
from tests.bot.conftest import POSTGRESQL
from tests.bot_api import Fault, message
from tests.torture import outbox
from tests.torture.ground import BLAMED, Ground, ground
from tests.torture.people import SENDING, Script, Talker, at_random, scripted
from tests.torture.play import NotHereError, Play, Result
from tests.torture.served import POINTS
from tests.waiting import until

_UNREADABLE = re.compile(r"[\w.]*: [a-z_]+($|;)|unknown kind of update|nested too deep")


async def _scripts(play: Play, walks: int, sending: int, length: int = 12) -> list[Script]:
    sent = await scripted(SENDING, play.folder)
    led = [await at_random(play.seed + number, length, play.folder) for number in range(walks)]
    return [*([sent] * sending), *led]


def _people(on: Ground, scripts: Sequence[Script], first: int = 100) -> list[Talker]:
    return [Talker(on.api, first + number, script, on.is_blamed) for number, script in enumerate(scripts)]


async def _finish(on: Ground, talkers: Sequence[Talker], sent: int) -> list[str]:
    """Once everybody has talked: what is wrong with the conversations, the mail, the database and the stop."""
    wrong = [f"person {one.number}, {one.wrong}" for one in talkers if one.wrong]
    try:
        await until(lambda: len(on.mail.by_number) >= sent, 60)
    except TimeoutError:
        wrong.append(f"{len(on.mail.by_number)} dossiers received of {sent}")
    wrong += [f"received twice, and not the same: {n}" for n, same in on.mail.by_number.items() if len(set(same)) > 1]
    if on.process and (seconds := await on.stop()) > 8:
        wrong.append(f"the stop took {seconds:.1f} s")
    if "TEVO_DATABASE_URL" not in on.environ:
        wrong += _in_the_file(on)
    return wrong


def _in_the_file(on: Ground) -> list[str]:
    wrong = [] if on.rows("PRAGMA integrity_check") == [("ok",)] else ["integrity_check"]
    left = on.rows("SELECT state, reason, reply IS NULL FROM inbox WHERE state != 'done' OR reply IS NOT NULL")
    blamed = left.count(("quarantined", BLAMED, 1))
    if 2 * blamed <= on.kills:  # each was alone in hand at two of them, as far as anybody can tell, and has its apology
        left = [row for row in left if row != ("quarantined", BLAMED, 1)]
    return [*wrong, *(f"update {state}: {reason or 'waits'}" for state, reason, _ in left)]


async def kills_at_random(play: Play) -> Result:
    """kill -9 at random while people converse, fill the form and send dossiers."""
    kills = play.times(300, 4)
    steps = people = 0
    wrong: list[str] = []
    done = round_ = 0
    while done < kills and round_ < 20:
        scripts = await _scripts(Play(play.folder, play.seed + 1000 * round_, play.scale), 6, 4)
        async with ground(play.folder / f"kills-{round_}", play.seed + round_) as on:
            talkers = _people(on, scripts)
            await on.while_killed([one.talk(120) for one in talkers], kills - done, (0.15, 0.9))
            wrong += await _finish(on, talkers, 4)
            done += on.kills
        people, steps, round_ = people + len(talkers), steps + sum(one.steps for one in talkers), round_ + 1
    return Result(f"{done} arrêts brutaux au hasard, {people} personnes, {steps} messages ou boutons", wrong)


async def kills_at_failpoints(play: Play) -> Result:
    """The process ends before and after each step that writes or sends, at its first times and later ones."""
    scripts = await _scripts(play, 1, 1, 6)
    counts = (1, 2, 7) if play.scale >= 0.5 else (2,)
    points = [(point, count) for point in POINTS for count in counts]
    if play.scale < 0.5:
        points = random.Random(play.seed).sample(points, 3)
    wrong: list[str] = []
    deaths = 0
    for number, (point, count) in enumerate(points):
        async with ground(play.folder / f"point-{number}", play.seed) as on:
            talkers = _people(on, scripts)
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
            wrong += [f"{point}, {count}: {one}" for one in await _finish(on, talkers, 1)]
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
    scripts = await _scripts(play, 2, 1, 6)
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
        talkers = _people(on, scripts)
        on.start()
        await asyncio.gather(*(one.talk(240) for one in talkers))
        on.api.mood = None
        return [f"{name}, {pattern}: {one}" for one in await _finish(on, talkers, 1)]


async def mail_faults(play: Play) -> Result:
    """A mail server that puts off, cuts before and after it took the message; then is well."""
    people = play.times(12, 2)
    answers = ["451 plus tard", "cut", "250 OK", "421 fermé", "452 plein", "cut"]
    async with ground(play.folder / "mail", play.seed) as on:
        on.mail.answers = [on.dice.choice(answers) for _ in range(2 * people)]
        talkers = _people(on, await _scripts(play, 0, people))
        on.start()
        await asyncio.gather(*(one.talk(120) for one in talkers))
        wrong = await _finish(on, talkers, people)
        most = max(map(len, on.mail.by_number.values()), default=0)
        if most > 3:
            wrong.append(f"received {most} times")
    return Result(f"{people} dossiers, {2 * people} réponses du serveur au hasard (4xx, coupures)", wrong)


async def database_faults(play: Play) -> Result:
    """The database is locked, full, read-only or fails, for a while, again and again."""
    reasons = [
        "database is locked",
        "database or disk is full",
        "attempt to write a readonly database",
        "disk I/O error",
    ]
    times = play.times(24, 3)
    scripts = await _scripts(play, 4, 2)
    async with ground(play.folder / "database", play.seed) as on:
        talkers = _people(on, scripts)
        on.start()
        talking = asyncio.gather(*(one.talk(90) for one in talkers))
        await until(
            lambda: any(on.api.said_to.values()), 60
        )  # a database that is away at the start is told, and ends it
        for number in range(times):
            if talking.done():
                break
            on.fail(reasons[number % len(reasons)])
            await asyncio.sleep(on.dice.uniform(0.2, 2.0))
            on.fail(None)
            await asyncio.wait([talking], timeout=on.dice.uniform(0.3, 1.5))
        await talking
        wrong = await _finish(on, talkers, 2)
    return Result(f"{number + 1} pannes de la base (verrou, disque plein, lecture seule, erreur)", wrong)


async def clock_jumps(play: Play) -> Result:
    """The clock goes an hour back, two days forward, and back again, while people talk and send."""
    scripts = await _scripts(play, 3, 2)
    jumps = (-3600, 2 * 86400, 0, 300, -300) if play.scale >= 0.5 else (-3600, 0)
    async with ground(play.folder / "clock", play.seed) as on:
        on.jump(0)
        talkers = _people(on, scripts)
        on.start()
        talking = asyncio.gather(*(one.talk(120) for one in talkers))
        for seconds in jumps:
            await asyncio.wait([talking], timeout=1.5)
            on.jump(seconds)
        await talking
        wrong = await _finish(on, talkers, 2)
    return Result(f"{len(jumps)} sauts d'horloge (une heure en arrière, deux jours en avant…)", wrong)


async def generated_updates(play: Play) -> Result:
    """Updates with parts removed, replaced, made huge or of another kind: none stops it, none holds another up."""
    count = play.times(20_000, 300)
    dice = random.Random(play.seed)
    async with ground(play.folder / "generated", play.seed) as on:
        on.start()
        for first in range(0, count, 500):
            for _ in range(min(500, count - first)):
                number = on.api.next_number()
                on.api.put(_mutated(dice, number), number)
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


def _mutated(dice: random.Random, number: int) -> dict[str, Any]:
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


async def floods(play: Play) -> Result:
    """One person writes without end; the others are answered as if nobody did."""
    script = await scripted(["combien ça coûte à la commune ?", "quels pays ?", "qui peut candidater ?"], play.folder)
    others, most = 10, play.times(3000, 200)
    seconds: dict[bool, float] = {}
    wrong: list[str] = []
    for is_flooded in (False, True):
        async with ground(play.folder / f"flood-{is_flooded}", play.seed) as on:
            on.start()
            on.api.put(message(on.api.next_number(), "bonjour", 5))
            await until(lambda: on.api.said_to[5], 60)
            talkers = _people(on, [script] * others)
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
        wrong += await _finish(on, [], 0)
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
    scripts = await _scripts(play, 8, 2, 40)
    done, seconds = 0, 0.0
    async with ground(play.folder / "stops", play.seed) as on:
        talkers = _people(on, scripts)
        talking = asyncio.gather(*(one.talk(120) for one in talkers))
        while done < stops and not talking.done():
            on.start()
            await asyncio.wait([talking], timeout=on.dice.uniform(0.3, 1.0))
            seconds = max(seconds, await on.stop())
            done += 1
        on.start()
        await talking
        wrong = await _finish(on, talkers, 2)
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
        wrong = await _finish(on, [], 0)
    if seconds > 60:
        wrong.append(f"{seconds:.0f} s")
    return Result(f"{count} messages en attente au démarrage, répondus en {seconds:.0f} s", wrong)


async def postgresql_cuts(play: Play) -> Result:
    """PostgreSQL ends every connection, again and again, while people talk and send."""
    cuts = play.times(30, 3)
    name = f"tevo_torture_{play.seed}"
    try:
        admin = await asyncpg.connect(POSTGRESQL, timeout=2)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        raise NotHereError(f"no PostgreSQL ({type(error).__name__})") from None
    await admin.execute(f"CREATE DATABASE {name}")
    url = f"{POSTGRESQL.rpartition('/')[0]}/{name}"
    try:
        async with ground(play.folder / "postgresql", play.seed, url) as on:
            talkers = _people(on, await _scripts(play, 4, 2))
            on.start()
            talking = asyncio.gather(*(one.talk(90) for one in talkers))
            await until(lambda: any(on.api.said_to.values()), 60)  # a database that is away at the start ends it
            for _ in range(cuts):
                await asyncio.wait([talking], timeout=on.dice.uniform(0.3, 1.5))
                await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
            await talking
            wrong = await _finish(on, talkers, 2)
    finally:
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await admin.close()
    return Result(f"{cuts} coupures de toutes les connexions", wrong)


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
