"""What becomes of a database: refused, cut, restarted, without power, damaged, put back."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from bot.memory.backup import back_up, restore
from bot.settings import load_settings
from tests.bot.conftest import POSTGRESQL
from tests.bot_api import message
from tests.forks import tevo
from tests.ports import free_port
from tests.torture import power
from tests.torture.crowd import ending, people_on, scripts_of
from tests.torture.damage import damage
from tests.torture.ground import Ground, ground
from tests.torture.play import NotHereError, Play, Result
from tests.waiting import until


async def database_faults(play: Play) -> Result:
    """The database is locked, full, read-only or fails, for a while, again and again."""
    reasons = [
        "database is locked",
        "database or disk is full",
        "attempt to write a readonly database",
        "disk I/O error",
    ]
    times = play.times(24, 3)
    scripts = await scripts_of(play, 4, 2)
    async with ground(play.folder / "database", play.seed) as on:
        talkers = people_on(on, scripts)
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
        wrong = await ending(on, talkers, 2)
    return Result(f"{number + 1} pannes de la base (verrou, disque plein, lecture seule, erreur)", wrong)


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
            talkers = people_on(on, await scripts_of(play, 4, 2))
            on.start()
            talking = asyncio.gather(*(one.talk(90) for one in talkers))
            await until(lambda: any(on.api.said_to.values()), 60)  # a database that is away at the start ends it
            for _ in range(cuts):
                await asyncio.wait([talking], timeout=on.dice.uniform(0.3, 1.5))
                await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
            await talking
            wrong = await ending(on, talkers, 2)
    finally:
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await admin.close()
    return Result(f"{cuts} coupures de toutes les connexions", wrong)


@contextmanager
def _cluster() -> Iterator[tuple[str, list[str]]]:
    """A PostgreSQL of one's own: the URL of its server, and the command that restarts it."""
    found = shutil.which("pg_ctl") or next(map(str, Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")), None)
    if found is None:
        raise NotHereError("no PostgreSQL to start")
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to be root
    folder, port = Path(tempfile.mkdtemp(prefix="tevo-pg-")), free_port()
    try:
        if user:
            shutil.chown(folder, user)
        begin = ["-w", "-l", str(folder / "log"), "-o", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"]
        control = [found, "-D", str(folder / "data")]
        _run([*control, "init", "-o", "-A trust -U postgres --no-sync"], user)
        _run([*control, *begin, "start"], user)
        try:
            yield f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres", [*control, *begin, "restart", "-m"]
        finally:
            _run([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], user: str | None = None) -> None:
    user = user or ("postgres" if os.geteuid() == 0 else None)
    subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


async def postgresql_restarts(play: Play) -> Result:
    """PostgreSQL is restarted, in good order or as after a crash, while people talk and send."""
    restarts = play.times(8, 2)
    with _cluster() as (url, restart):
        async with ground(play.folder / "restarts", play.seed, url) as on:
            talkers = people_on(on, await scripts_of(play, 4, 2, 30))
            on.start()
            talking = asyncio.gather(*(one.talk(120) for one in talkers))
            await until(lambda: any(on.api.said_to.values()), 60)
            for number in range(restarts):
                await asyncio.wait([talking], timeout=on.dice.uniform(0.3, 1.0))
                await asyncio.to_thread(_run, [*restart, ("immediate", "fast")[number % 2]])
            await talking
            wrong = await ending(on, talkers, 2)
    return Result(f"{restarts} redémarrages de PostgreSQL", wrong)


async def power_cuts(play: Play) -> Result:
    """The power goes while people talk and send: of what was not synchronised, any sector may be lost."""
    cuts, done, round_, wrong = play.times(60, 4), 0, 0, list[str]()
    sectors = 0
    while done < cuts and round_ < 10:
        scripts = await scripts_of(Play(play.folder, play.seed + 1000 * round_, play.scale), 6, 4)
        async with ground(play.folder / f"power-{round_}", play.seed + round_) as on:
            talkers = people_on(on, scripts)
            await _without_power(on, [one.talk(120) for one in talkers], cuts - done)
            wrong += await ending(on, talkers, 4)
            done, sectors, round_ = done + on.kills, sectors + on.lost, round_ + 1
    return Result(f"{done} coupures de courant, {sectors} secteurs écrits puis perdus", wrong)


async def _without_power(on: Ground, works: Sequence[Awaitable[None]], most: int) -> None:
    together = asyncio.gather(*works)
    while not together.done() and on.kills < most:
        power.watch(on.folder, on.dice.randrange(1, 30))
        on.start()
        ended = asyncio.ensure_future(asyncio.to_thread(on.process.join))  # type: ignore[union-attr]
        await asyncio.wait([together, ended], return_when=asyncio.FIRST_COMPLETED)
        on.kills += ended.done()
        await on.kill()
        await ended
    power.watch(on.folder)
    on.start()
    await together


async def backups(play: Play) -> Result:
    """Backups while people talk and send, each put back; then the file is damaged, and the last takes its place."""
    people = play.times(6, 2)
    async with ground(play.folder / "service", play.seed) as on:
        talkers = people_on(on, await scripts_of(play, 2, people))
        on.start()
        talking = asyncio.gather(*(one.talk(120) for one in talkers))
        await until(lambda: any(on.api.said_to.values()), 60)
        taken: list[tuple[Path, set[str]]] = []
        while not talking.done() or not taken:
            filed = _filed(on.folder / "tevo.db")
            taken.append((play.folder / f"{len(taken)}.db", filed))
            await back_up(load_settings(on.environ), taken[-1][0])
            await asyncio.wait([talking], timeout=on.dice.uniform(0.2, 1.0))
        await talking
        wrong = await ending(on, talkers, people)
        for path, filed in taken:
            wrong += await _put_back(on, path, filed, play.folder / f"put-back-{path.stem}")
        wrong += await _damaged(on, taken[-1][0])
    return Result(f"{len(taken)} sauvegardes en service, remises en place ; un fichier abîmé, remplacé", wrong)


async def _put_back(on: Ground, path: Path, filed: set[str], folder: Path) -> list[str]:
    await restore(load_settings(on.environ | {"TEVO_DATA": str(folder)}), path, replaces=False)
    with closing(sqlite3.connect(folder / "tevo.db")) as database:
        wrong = (
            [] if database.execute("PRAGMA integrity_check").fetchall() == [("ok",)] else [f"{path.name} is damaged"]
        )
    return wrong + [f"{one} is not in {path.name}" for one in filed - _filed(folder / "tevo.db")]


async def _damaged(on: Ground, backup: Path) -> list[str]:
    """Nothing is served from a damaged file; the backup is, and what Telegram kept meanwhile is answered."""
    damage(on.folder / "tevo.db", on.dice)
    environ: dict[str, Any] = {**on.environ}
    said = await asyncio.to_thread(tevo, "doctor", **environ)
    wrong = [] if said.returncode and "abîmée" in said.stdout + said.stderr else ["the doctor sees no damage"]
    header = bytes(on.dice.randrange(256) for _ in range(100))
    with (on.folder / "tevo.db").open("r+b") as file:
        file.write(header)
    asker = 900
    on.api.put(message(on.api.next_number(), "combien ça coûte à la commune ?", asker))
    on.start()
    process = on.process
    await on.ended()
    wrong += [] if process and process.exitcode else ["it starts on what is no database"]
    for path in on.folder.glob("tevo.db*"):
        path.rename(path.with_name(f"damaged-{path.name}"))
    await restore(load_settings(on.environ), backup, replaces=False)
    on.start()
    await until(lambda: on.api.said_to[asker], 60)
    await on.stop()
    return wrong


def _filed(path: Path) -> set[str]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return {reference for (reference,) in database.execute("SELECT reference FROM dossiers")}
