"""`tevo …` in processes of its own, forked from one that imported all of it: as `python -m bot …`, seconds sooner."""

import asyncio
import contextlib
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot.telegram.pace import Window
from tests.bot_api import TOKEN
from tests.waiting import PATIENCE

FORKS = multiprocessing.get_context("forkserver")
_IMPORTED = ["bot.running", "bot.monitoring", "bot.terminal.terminal", "bot.dossiers.delivery", "tests.torture.life"]
FORKS.set_forkserver_preload(_IMPORTED)


def import_once(module: str) -> None:
    """Have it imported too by the one process that all are forked from. (A second list would replace the first.)"""
    _IMPORTED.append(module)
    FORKS.set_forkserver_preload(_IMPORTED)


def wide_window(_: int | str) -> Window:
    """A pace that holds nobody back."""
    return Window(1000, 1.0)


QUICK: Mapping[str, Any] = {"bot.telegram.pace._window_of": wide_window, "bot.telegram.sender._LOOK": 0.2}
"""In one chat it writes as fast as it can; what another process puts into a queue is soon seen."""


def tevo(
    *arguments: str, typed: str | bytes = "", patches: Mapping[str, Any] = {}, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. `patches`: values by their dotted names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = typed.encode() if isinstance(typed, str) else typed
        process = _begun(folder, arguments, _environ({"TMPDIR": name, **environ}), given, patches)
        code = _over(process)
        if code is None:
            process.kill()
            raise TimeoutError(arguments)
        said, told = ((folder / stream).read_bytes().decode() for stream in ("1", "2"))
        return subprocess.CompletedProcess(arguments, code, said, told)


class Served:
    """`tevo run`, until it is killed or asked to stop."""

    def __init__(self, process: BaseProcess | subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log

    async def killed(self) -> None:
        """kill -9."""
        self._process.kill()
        await self.ended()

    async def stopped(self) -> str:
        """Ask it to stop; what it logged."""
        self._process.terminate()
        assert await self.ended() == 0, self.logged
        return self.logged

    async def ended(self) -> int:
        """Once it is over: its exit code. Raises TimeoutError."""
        code = await asyncio.to_thread(_over, self._process)
        if code is None:
            raise TimeoutError(self.logged)
        return code

    @property
    def logged(self) -> str:
        """What it logged so far."""
        return self._log.read_text("utf-8")


@asynccontextmanager
async def tevo_run(
    data: Path, url: str, *, patches: Mapping[str, Any] = QUICK, **environ: str
) -> AsyncIterator[Served]:
    """The assistant, in service; killed at the end if it still runs. `patches`: see tevo."""
    with tempfile.TemporaryDirectory() as name:
        process = _begun(Path(name), ("run",), _served(data, url) | environ | {"TMPDIR": name}, b"", patches)
        try:
            yield Served(process, Path(name) / "2")
        finally:
            process.kill()
            _over(process)


@asynccontextmanager
async def new_tevo_run(data: Path, url: str) -> AsyncIterator[Served]:
    """The same in a process that is not forked, as an operator begins it."""
    with tempfile.TemporaryDirectory() as name, (Path(name) / "2").open("wb") as log:
        command = [sys.executable, "-m", "bot", "run"]
        process = subprocess.Popen(command, env=_served(data, url) | {"TMPDIR": name}, stderr=log)  # noqa: ASYNC220 (it waits for nothing)
        try:
            yield Served(process, Path(name) / "2")
        finally:
            process.kill()
            _over(process)


def _served(data: Path, url: str) -> dict[str, str]:
    return _environ({"TEVO_BOT_TOKEN": TOKEN, "TEVO_TELEGRAM_API": url, "TEVO_DATA": str(data)})


def _over(process: BaseProcess | subprocess.Popen[bytes]) -> int | None:
    """The exit code; None while it still runs after so long."""
    if isinstance(process, BaseProcess):
        process.join(PATIENCE)
        return process.exitcode
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    return process.returncode


def _environ(changed: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("TEVO_")} | dict(changed)


def _begun(
    folder: Path, arguments: tuple[str, ...], environ: dict[str, str], typed: bytes, patches: Mapping[str, Any]
) -> BaseProcess:
    (folder / "0").write_bytes(typed)
    for stream in ("1", "2"):
        (folder / stream).touch()
    process = FORKS.Process(target=_live, args=(folder, arguments, environ, Path.cwd(), patches))
    process.start()
    return process


def _live(
    folder: Path, arguments: tuple[str, ...], environ: dict[str, str], place: Path, patches: Mapping[str, Any]
) -> None:
    """All that a new process is given: its streams, its environment, its folder, its arguments."""
    for stream, how in enumerate((os.O_RDONLY, os.O_WRONLY | os.O_APPEND, os.O_WRONLY | os.O_APPEND)):
        os.dup2(os.open(folder / str(stream), how), stream)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115 (for its life)
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(place)
    tempfile.tempdir = None  # as it was found in another environment
    sys.argv = ["tevo", *arguments]
    for name, value in patches.items():
        module, _, attribute = name.rpartition(".")
        assert hasattr(import_module(module), attribute), name
        setattr(import_module(module), attribute, value)
    import_module("bot.commands.cli").main()
