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

from rich.console import Console
from rich.table import Table

from tests.benchmarks.telegram import SECRET, Load, telegram
from tests.bot_api import TOKEN
from tests.waiting import until

_TICKS = os.sysconf("SC_CLK_TCK")
_RATES = (20, 50)


async def main(count: int) -> None:
    """Everything, in about two minutes."""
    with tempfile.TemporaryDirectory() as folder:
        async with telegram() as load:
            echo = [sys.executable, "-m", "tests.benchmarks.echo"]
            rows = [await measure("echo", load, echo, {}, count)]
            rows.append(await measure("SQLite", load, [sys.executable, "-m", "bot", "run"], assistant(folder), count))
    show(rows)


def assistant(folder: str) -> dict[str, str]:
    """The settings of an assistant that nobody slows down."""
    return {"TEVO_DATA": str(Path(folder) / "data"), "TEVO_LOG_LEVEL": "ERROR", "TEVO_MESSAGES_PER_SECOND": "100000"}


async def measure(name: str, load: Load, command: list[str], settings: dict[str, str], count: int) -> dict[str, Any]:
    """One row of the table."""
    async with served(load, command, settings) as (hook, process):
        await load.all_at_once(hook, 100, 16)  # warm
        before = cpu(process)
        seconds = await load.all_at_once(hook, count, 32)
        spent = cpu(process) - before
        row: dict[str, Any] = {"bot": name, "messages/s": count / seconds, "CPU ms/message": 1000 * spent / count}
        for rate in _RATES:
            waits = sorted(await load.at_rate(hook, rate, 6))
            row[f"p50 at {rate}/s, ms"] = 1000 * statistics.median(waits)
            row[f"p99 at {rate}/s, ms"] = 1000 * waits[int(len(waits) * 0.99) - 1]
        row["RSS MB"] = rss(process)
    return row


@asynccontextmanager
async def served(
    load: Load, command: list[str], settings: dict[str, str]
) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """A bot that listens; its hook and its process."""
    port = free_port()
    hook = f"http://127.0.0.1:{port}/hook"
    if settings:
        own = {
            "TEVO_BOT_TOKEN": TOKEN,
            "TEVO_TELEGRAM_API": load.url,
            "TEVO_WEBHOOK_URL": hook,
            "TEVO_WEBHOOK_SECRET": SECRET,
            "TEVO_WEBHOOK_PORT": str(port),
        }
        environ = os.environ | own | settings
    else:
        environ, command = dict(os.environ), [*command, str(port), load.url]
    process = await asyncio.create_subprocess_exec(*command, env=environ)
    try:
        await until(lambda: answers(port), 60)
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
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
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
