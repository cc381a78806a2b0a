"""Whether the running bot hears Telegram: a small file that it rewrites, and `tevo health` reads.

No port to open, and no import of aiogram: a container asks every 30 s.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.private_files import replace_private
from bot.sentences import tell
from bot.settings import Settings, SettingsError

DEAF_AFTER = 90.0
"""Seconds without a successful poll: three of them (25 s each) and a little."""


_AHEAD = 5.0
"""Seconds by which a clock that is being set right may go back."""


class Heartbeat:
    """The file `heartbeat` in the data folder. A full disk must not stop the bot: failures are let go."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "heartbeat"
        self._heard_at: float | None = None
        self._trouble: str | None = None
        self._is_stuck = False
        self._content, self._is_refused = "", False

    def beat(self) -> None:
        """Telegram was heard just now."""
        self._heard_at = time.time()
        self._write(None)

    def trouble(self, sentence: str) -> None:
        """Telegram cannot be heard, and waiting will not help: red at once."""
        self._write(sentence)

    def queue(self, *, is_stuck: bool) -> None:
        """Whether dossiers that are due have not left for long."""
        if is_stuck != self._is_stuck:
            self._is_stuck = is_stuck
            self._write(self._trouble)

    def content(self, version: str, *, is_refused: bool) -> None:
        """Which version of the content answers, and whether the one in the folder is refused."""
        if (version, is_refused) != (self._content, self._is_refused):
            self._content, self._is_refused = version, is_refused
            self._write(self._trouble)

    def _write(self, trouble: str | None) -> None:
        self._trouble = trouble
        told = {"heard_at": self._heard_at, "trouble": trouble, "stuck": self._is_stuck}
        told |= {"content": self._content, "refused": self._is_refused}
        with suppress(OSError):
            replace_private(self.path, json.dumps(told).encode())


def report(settings: Settings) -> tuple[bool, str]:
    """Whether the bot of this data folder is well, and a sentence for its operator."""
    path = Heartbeat(settings.data).path
    kept = _kept(path)
    try:
        heard_at, trouble, is_stuck = kept["heard_at"], kept["trouble"], kept.get("stuck", False)
    except KeyError:
        return False, tell("health_never", path=path)
    if trouble:
        return False, tell("health_trouble", trouble=trouble)
    if heard_at is None:
        return False, tell("health_never", path=path)
    seconds = round(time.time() - heard_at)
    if seconds < -_AHEAD:
        return False, tell("health_clock", seconds=-seconds)
    if seconds > DEAF_AFTER:
        return False, tell("health_deaf", seconds=seconds)
    if is_stuck:
        return False, tell("health_queue")
    sentence = tell("health_ok", seconds=max(seconds, 0))
    if version := kept.get("content"):
        sentence += f" {tell('health_refused' if kept.get('refused') else 'health_content', version=version)}"
    return True, sentence


def live_version(settings: Settings) -> str | None:
    """The version of the content that the running bot of this data folder answers with; None when none runs."""
    return _kept(Heartbeat(settings.data).path).get("content") or None if report(settings)[0] else None


def _kept(path: Path) -> dict[str, Any]:
    """What the heartbeat says; nothing where it cannot be read."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the data folder: two bots on one inbox would handle each update twice.

    Raises SettingsError when another process has it, or when the folder cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    except OSError:
        raise SettingsError(tell("folder_unusable", folder=folder)) from None
    try:
        _hold(descriptor, folder)
        yield
    finally:
        os.close(descriptor)  # also lets the lock go, as does the end of the process


def _hold(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SettingsError(tell("already_running", folder=folder)) from None
