"""`make bench-server`: the assistant beside a bare aiogram echo bot, behind the same load, in one run."""

import asyncio
import os
import socket
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from rich.console import Console
from rich.table import Table

from tests.benchmarks.telegram import SECRET, Load, telegram
from tests.bot_api import TOKEN
from tests.waiting import until

_TICKS = os.sysconf("SC_CLK_TCK")
_RATES = (20, 50, 100)
_TEVO = [sys.executable, "-m", "bot", "run"]


async def main(count: int) -> None:
    """Everything, in about three minutes; PostgreSQL where one answers."""
    with tempfile.TemporaryDirectory() as folder:
        async with telegram() as load:
            echo = [sys.executable, "-m", "tests.benchmarks.echo"]
            rows = [await measure("echo", load, echo, {}, count)]
            rows.append(await measure("SQLite", load, _TEVO, assistant(folder, "hook"), count))
            rows.append(await measure("polling", load, _TEVO, assistant(folder, "polling"), count, polls=True))
            async with postgresql() as url:
                if url:
                    settings = assistant(folder, "postgresql") | {"TEVO_DATABASE_URL": url}
                    rows.append(await measure("PostgreSQL", load, _TEVO, settings, count))
    show(rows)


def assistant(folder: str, name: str) -> dict[str, str]:
    """The settings of an assistant that nobody slows down."""
    return {"TEVO_DATA": str(Path(folder) / name), "TEVO_LOG_LEVEL": "ERROR", "TEVO_MESSAGES_PER_SECOND": "100000"}


@asynccontextmanager
async def postgresql() -> AsyncIterator[str | None]:
    """A new database, dropped at the end; None where no server answers."""
    address = os.environ.get("TEVO_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
    try:
        server = await asyncpg.connect(address, timeout=2)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        yield None
        return
    await server.execute("CREATE DATABASE tevo_bench")
    try:
        yield f"{address.rpartition('/')[0]}/tevo_bench"
    finally:
        await server.execute("DROP DATABASE tevo_bench WITH (FORCE)")
        await server.close()


async def measure(
    name: str, load: Load, command: list[str], settings: dict[str, str], count: int, *, polls: bool = False
) -> dict[str, Any]:
    """One row of the table."""
    async with served(load, command, settings, polls=polls) as (hook, process):
        await load.all_at_once(hook, 100, 16)  # warm
        before, loop_before = cpu(process), cpu_of_loop(process)
        seconds = await load.all_at_once(hook, count, 32)
        spent, by_loop = cpu(process) - before, cpu_of_loop(process) - loop_before
        row: dict[str, Any] = {"bot": name, "messages/s": count / seconds, "CPU ms/message": 1000 * spent / count}
        row["of which the event loop"] = 1000 * by_loop / count
        for rate in _RATES:
            waits = sorted(await load.at_rate(hook, rate, 6))
            row[f"p50 at {rate}/s, ms"] = 1000 * statistics.median(waits)
            row[f"p99 at {rate}/s, ms"] = 1000 * waits[int(len(waits) * 0.99) - 1]
        row["RSS MB"] = rss(process)
    return row


@asynccontextmanager
async def served(
    load: Load, command: list[str], settings: dict[str, str], *, polls: bool
) -> AsyncIterator[tuple[str | None, asyncio.subprocess.Process]]:
    """A bot that listens, its hook and its process; or that polls, without a hook."""
    port, before = free_port(), load.polls
    hook = None if polls else f"http://127.0.0.1:{port}/hook"
    if settings:
        own = {"TEVO_BOT_TOKEN": TOKEN, "TEVO_TELEGRAM_API": load.url}
        if hook:
            own |= {"TEVO_WEBHOOK_URL": hook, "TEVO_WEBHOOK_SECRET": SECRET, "TEVO_WEBHOOK_PORT": str(port)}
        environ = os.environ | own | settings
    else:
        environ, command = dict(os.environ), [*command, str(port), load.url]
    process = await asyncio.create_subprocess_exec(*command, env=environ)
    try:
        await until(lambda: load.polls > before if polls else answers(port), 120)
        await asyncio.sleep(1)
        yield hook, process
    finally:
        process.terminate()
        await process.wait()


def show(rows: list[dict[str, Any]]) -> None:
    """The table, each figure with its ratio to the echo's."""
    table = Table("measure", *(row["bot"] for row in rows), *(f"{row['bot']} / echo" for row in rows[1:]))
    for measured in list(rows[0])[1:]:
        values = [float(row[measured]) for row in rows]
        ratios = [f"{value / values[0]:.2f}" for value in values[1:]]
        table.add_row(measured, *(f"{value:.1f}" for value in values), *ratios)
    Console().print(table)


def cpu(process: asyncio.subprocess.Process) -> float:
    """Seconds of processor that it has used, all its threads."""
    return _used(f"/proc/{process.pid}/stat")


def cpu_of_loop(process: asyncio.subprocess.Process) -> float:
    """Those of its main thread, where the event loop runs; the others are the database's."""
    return _used(f"/proc/{process.pid}/task/{process.pid}/stat")


def _used(path: str) -> float:
    fields = Path(path).read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def rss(process: asyncio.subprocess.Process) -> float:
    """Megabytes in memory."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
