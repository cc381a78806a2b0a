"""A changed content goes live without a restart, once it is whole and right; a wrong one is refused, and named.

It is checked and learnt in a process of its own, from a copy: nobody who is being answered waits, and what is saved
meanwhile is the next version.
"""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import Known, Live
from bot.describe import short
from bot.learning import PATIENTLY, REFUSED, learn
from bot.learning_apart import learning_command
from bot.sentences import tell
from knowledge.content.models import Content
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding
from knowledge.version import version_of

logger = logging.getLogger(__name__)

_LOOK = 3.0  # seconds; what is the same twice is not half-written any more
_AFTER_A_FAILURE = 60.0  # seconds, when it is not the content's fault
_MOST_TOLD = 3000  # characters of mistakes: what one message to the team holds


class FailedError(Exception):
    """The content could not be learnt, and it is not known to be wrong."""


class Reloading:
    """Looks at a folder, and has what is in it answer.

    `as_set`: a content as the settings complete it. `tell_live`: told the version in service, and whether the folder
    holds another that is refused, at first and whenever that changes.
    """

    def __init__(
        self,
        folder: Path,
        models: Path,
        live: Live,
        as_set: Callable[[Content], Content],
        tell_team: Callable[[str], Awaitable[None]],
        tell_live: Callable[[str, bool], Awaitable[None]],
    ) -> None:
        self._folder = folder
        self._models = models
        self._live = live
        self._as_set = as_set
        self._tell_team = tell_team
        self._tell_live = tell_live
        self._seen = ""
        self._refused = ""  # the last version that was; empty when the folder holds what is live
        self._told = ""  # the mistakes that the team knows

    async def run(self) -> None:
        """Look every few seconds, until cancelled."""
        await self._tell_live(self._live.content.version, False)
        while True:
            pause = _LOOK
            try:
                await self.look()
            except Exception as error:  # the disk is full, the process was killed…: the next look tries again
                logger.error("content not reloaded: %s", short(error))
                pause = _AFTER_A_FAILURE
            await asyncio.sleep(pause)

    async def look(self) -> None:
        """One look: what was the same at the last one, and is not live, is tried."""
        before, self._seen = self._seen, await asyncio.to_thread(_version, self._folder)
        if self._seen == before == self._live.content.version and self._refused:
            await self._settled("")  # as it was before the mistake
        elif self._seen == before and before not in (self._live.content.version, self._refused):
            await self._try(self._seen)

    async def _try(self, version: str) -> None:
        with TemporaryDirectory(prefix="tevo-") as name:
            copy = Path(name) / "content"
            await asyncio.to_thread(_copy, self._folder, copy)
            if await asyncio.to_thread(_version, copy) != version:
                return  # it changes again
            wrong = await _learnt_apart(copy, self._models)
            if not wrong:
                known = await asyncio.to_thread(self._known, copy)
                wrong = "" if self._live.can_become(known["content"]) else tell("content_other_parts")
        if wrong:
            await self._refuse(version, wrong)
            return
        self._live.become(known)
        logger.info(tell("content_live", version=version))
        await self._settled("")

    def _known(self, folder: Path) -> Known:
        """What handlers receive of it. All that takes long was learnt before."""
        content = self._as_set(load(folder, kept=self._models))
        understanding = Understanding(content, self._models)
        known = self._live.know(content, understanding)
        learn(understanding, known["reader"])
        return known

    async def _refuse(self, version: str, wrong: str) -> None:
        await self._settled(version)
        if wrong != self._told:
            self._told = wrong
            said = wrong if len(wrong) <= _MOST_TOLD else f"{wrong[:_MOST_TOLD]}…"
            await self._tell_team(tell("content_refused", live=self._live.content.version, wrong=said))

    async def _settled(self, refused: str) -> None:
        self._refused, self._told = refused, self._told if refused else ""
        await self._tell_live(self._live.content.version, bool(refused))


def _version(folder: Path) -> str:
    """The version of a folder, as `load` names it; of one that is being replaced, the same as of none."""
    try:
        return version_of(folder)[:12]
    except OSError:
        return ""


def _copy(folder: Path, to: Path) -> None:
    if folder.is_dir():
        shutil.copytree(folder, to, ignore=shutil.ignore_patterns("examples", ".*"))


async def _learnt_apart(folder: Path, models: Path) -> str:
    """What is wrong with it; empty once it is checked and learnt. Raises FailedError."""
    process = await asyncio.create_subprocess_exec(
        *learning_command(folder, models, PATIENTLY),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        said, _ = await process.communicate()
    finally:
        if process.returncode is None:  # a stop does not wait for it
            process.kill()
            await process.wait()
    if process.returncode not in (0, REFUSED):
        raise FailedError(process.returncode)
    return said.decode().strip() if process.returncode else ""
