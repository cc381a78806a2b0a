"""The process that is tortured: `tevo run`, forked from one that imported all of it and has read the content.

It dies at a failpoint when told so, its clock jumps and its database fails as a file beside it says.
"""

import mmap
import os
import signal
import struct
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

_now = time.time
_shift: mmap.mmap | None = None


def _shifted() -> float:
    return _now() + (struct.unpack("d", _shift[:8])[0] if _shift else 0.0)


time.time = _shifted  # before the modules that take it as a default

from aiogram import Bot  # noqa: E402
from sqlalchemy.exc import OperationalError  # noqa: E402

from bot import running  # noqa: E402
from bot.alerts.queue import AlertQueue  # noqa: E402
from bot.database.database import Database  # noqa: E402
from bot.database.unit import Unit  # noqa: E402
from bot.dossiers import courier, outbox, pauses, rows  # noqa: E402
from bot.dossiers.outbox import SqlOutbox  # noqa: E402
from bot.settings import load_settings, models_folder  # noqa: E402
from bot.telegram import intake, outbound, pace  # noqa: E402
from bot.telegram.inbox import Inbox  # noqa: E402
from knowledge.content.programme import Processing  # noqa: E402
from knowledge.loading import load  # noqa: E402
from knowledge.understanding.understanding import Understanding  # noqa: E402
from tests.torture import power  # noqa: E402

TODAY = date(2026, 11, 24)
PROCESSING = Processing(controller="Exemple", dpo="dpo@exemple.fr", legal_basis="l’accord", recipients="l’équipe")
_LOADED = load(kept=models_folder())
_TOLD = {"programme": _LOADED.programme.model_copy(update={"personal_data": PROCESSING})}
CONTENT = _LOADED.model_copy(update=_TOLD)
UNDERSTANDING = Understanding(CONTENT, models_folder())
UNDERSTANDING.distress("")

PLACES: Mapping[str, tuple[type[Any], str]] = {
    "note": (Inbox, "add"),
    "begin again": (Inbox, "begin_again"),
    "commit": (Unit, "commit"),
    "send": (Bot, "__call__"),
    "note said": (Inbox, "note_said"),
    "claim dossier": (SqlOutbox, "claim"),
    "hand dossier": (SqlOutbox, "handing"),
    "dossier sent": (SqlOutbox, "sent"),
    "claim alert": (AlertQueue, "claim"),
    "alert sent": (AlertQueue, "sent"),
}
"""Steps before and after which the process may die."""

POINTS = tuple(f"{when} {place}" for place in PLACES for when in ("before", "after"))

_QUICK = (0.05, 0.1, 0.2, 0.5)


def serve(folder: Path, environ: dict[str, str], point: str = "", count: int = 1) -> None:
    """Serve until killed, or until `point` is reached for the `count`th time. What it logs is in `folder`."""
    os.dup2(os.open(folder / "log", os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), sys.stderr.fileno())
    _hasten()
    _fail(folder / "fault")
    _jump(folder / "clock")
    if power.is_watched(folder):
        power.keep_what_is_synchronised(folder)
    if point:
        _die(point, count)
    running.serve(load_settings(environ), CONTENT, lambda: TODAY)


def _hasten() -> None:
    """Pauses are short, everything else is as in production."""
    setattr(running, "Understanding", lambda *_: UNDERSTANDING)  # noqa: B010 (a class, for the checker)
    defaults = intake.Intake.__init__.__kwdefaults__
    assert defaults
    defaults["patience"] = intake.Patience(send=5.0, pauses=_QUICK)
    outbound._PAUSES = (0.05, 0.1)
    pace._window_of = lambda chat: pace.Window(1000, 1.0)
    pauses._PAUSES = (1, 1, 2)  # type: ignore[assignment]
    courier._LOOK = 0.5
    for module in (outbox, rows):
        module.LEASE, module.HANDING_LEASE = 2, 3  # type: ignore[attr-defined]


def _die(point: str, count: int) -> None:
    when, _, place = point.partition(" ")
    owner, name = PLACES[place]
    step: Callable[..., Any] = getattr(owner, name)
    left = count

    async def deadly(*args: Any, **options: Any) -> Any:
        nonlocal left
        if place == "send" and getattr(args[1], "__api_method__", "") == "getUpdates":
            return await step(*args, **options)
        left -= 1
        if left == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = await step(*args, **options)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, deadly)


def _fail(path: Path) -> None:
    """While `path` is there, writes fail with what it says: « database or disk is full »."""
    write = Database._transact

    def failing(self: Database, works: list[Any]) -> list[Any]:
        if path.exists():
            raise OperationalError(None, None, Exception(path.read_text()))
        return write(self, works)

    Database._transact = failing  # type: ignore[method-assign]
    commit = Unit.commit

    async def failing_commit(self: Unit) -> None:
        if path.exists():
            raise OperationalError(None, None, Exception(path.read_text()))
        await commit(self)

    Unit.commit = failing_commit  # type: ignore[method-assign]


def _jump(path: Path) -> None:
    """The clock is as many seconds off as the eight bytes of `path` say."""
    global _shift  # noqa: PLW0603 (one process, one clock)
    if path.exists():
        with path.open("r+b") as file:
            _shift = mmap.mmap(file.fileno(), 8)
