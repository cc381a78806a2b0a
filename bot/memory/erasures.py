"""Who asked to be erased, by pseudonym, beside the database: a backup that is put back is erased again.

One JSON object a line: the second, and the person's name for each purpose. The names are those of the database's
key; without it, they lead to nobody.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from bot.keeping import Whose
from bot.private_files import append_private, replace_private
from bot.pseudonyms import Pseudonyms

KEPT = timedelta(days=90)
"""As long as the oldest backup may be, and longer."""

_PEOPLE = "erased people"


class Erasures:
    """The list, in a file. `clock`: seconds since 1970."""

    def __init__(self, path: Path, pseudonyms: Pseudonyms, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._pseudonyms = pseudonyms
        self._clock = clock

    async def note(self, person: int, purposes: Iterable[str]) -> None:
        """Remember, for `KEPT`, that this person's things are to be erased from a backup. Raises OSError."""
        names = {purpose: self._pseudonyms.of(person, purpose) for purpose in (*purposes, _PEOPLE)}
        line = json.dumps({"at": int(self._clock()), "names": names})
        await asyncio.to_thread(append_private, self._path, f"{line}\n".encode())

    async def noted(self) -> list[tuple[int, Whose]]:
        """Each request: its second, and whose it was."""
        return [(at, self._whose(names)) for at, names in await asyncio.to_thread(self._read)]

    async def purge(self, now: float) -> None:
        """Drop what no backup can hold any more."""
        await asyncio.to_thread(self._drop, now - KEPT.total_seconds())

    def _whose(self, names: dict[str, str]) -> Whose:
        def is_person(number: int) -> bool:
            return self._pseudonyms.of(number, _PEOPLE) == names[_PEOPLE]

        return Whose(lambda purpose: names.get(purpose, ""), is_person)

    def _read(self) -> list[tuple[int, dict[str, str]]]:
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []
        whole = (line for line in lines if line.endswith("}"))  # a kill may have cut the last one
        return [(kept["at"], kept["names"]) for kept in map(json.loads, whole)]

    def _drop(self, before: float) -> None:
        found = self._read()
        kept = [(at, names) for at, names in found if at >= before]
        if len(kept) < len(found):
            text = "".join(f"{json.dumps({'at': at, 'names': names})}\n" for at, names in kept)
            replace_private(self._path, text.encode())
