"""People who talk to the process, and the model of what they must be told: the same conversation without any fault."""

import json
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from aiogram.types import Message, User

from bot.database.database import open_database
from tests.bot_api import BotApi, message
from tests.conversation import Conversation
from tests.torture.served import CONTENT, TODAY, UNDERSTANDING
from tests.waiting import until

_VARIES = re.compile(r"[A-Z]{2}-[A-Z2-9]{4}-[A-Z2-9]{4}|\ble \d+ \S+ \d{4} à \d+.h.\d+")
"""References, codes and moments: drawn anew each time."""

_APOLOGY = CONTENT.messages.errors.internal.format(contact=CONTENT.email)

_NOT_PRESSED = ("👍", "👎", "Envoyer", "Transmettre", "/")
_TYPED = (
    "combien ça coûte à la commune ?",
    "on est une commune de 800 habitants dans le Gers",
    "et pour les dates ?",
    "oui",
    "non",
    "je ne sais pas",
    "Sainte-Rose",
    "quels pays ?",
    "retour",
    "azertyuiop",
    "bonjour",
    "merci",
    "/start",
    "/eligibilite",
    "plus de détails",
    "qui peut candidater et combien de temps dure une mission ?",
)

SENDING = (
    *("test d'éligibilité", "#Vérifier mon éligibilité", "#Une collectivité ou un groupement", "ste rose guadeloupe"),
    "#Sainte-Rose (commune, 971",
    *("#Oui", "#Accueillir un volontaire", "#Pas encore", "#Je ne sais pas", "#Oui, une première"),
    *("#Envoyer à l’équipe", "#J’accepte", "Jeanne Plantée", "maire", "jeanne@mairie-exemple.fr", "#Passer", "#Passer"),
    "#Envoyer à l’équipe",
)
"""From the first word to the dossier sent. « #… » presses the button whose name begins so."""


@dataclass(frozen=True)
class Script:
    """What somebody does, step by step, and all that has been said after each."""

    steps: tuple[str, ...]
    told: tuple[tuple[str, ...], ...]
    """After each step: everything told since the beginning, as `entries` writes it."""


def entries(texts: Sequence[str]) -> tuple[str, ...]:
    """What was told, without what varies; the same thing twice in a row, as after a kill, counts once."""
    return tuple(text for text, _ in groupby(_VARIES.sub("…", text) for text in texts))


async def scripted(steps: Sequence[str], folder: Path) -> Script:
    """The script of these steps."""
    async with _apart(folder) as person:
        return await _acted(person, lambda n, _: steps[n] if n < len(steps) else None)


async def at_random(seed: int, length: int, folder: Path) -> Script:
    """A conversation led at random: buttons shown, and a few sentences."""
    dice = random.Random(seed)

    def choose(n: int, buttons: Sequence[str]) -> str | None:
        pressed = [f"#{label}" for label in buttons if not label.startswith(_NOT_PRESSED)]
        choice = dice.choice(pressed) if pressed and dice.random() < 0.65 else dice.choice(_TYPED)
        return choice if n < length else None

    async with _apart(folder) as person:
        return await _acted(person, choose)


class _apart:  # noqa: N801 (used as a function)
    def __init__(self, folder: Path) -> None:
        self._opened = open_database(f"sqlite+aiosqlite:///{folder / f'model-{time.monotonic_ns()}.db'}")

    async def __aenter__(self) -> Conversation:
        return Conversation(CONTENT, UNDERSTANDING, await self._opened.__aenter__(), TODAY, person=_user(1))

    async def __aexit__(self, *failed: Any) -> None:
        await self._opened.__aexit__(*failed)


async def _acted(person: Conversation, choose: Callable[[int, Sequence[str]], str | None]) -> Script:
    steps: list[str] = []
    told: list[tuple[str, ...]] = []
    texts: list[str] = []
    shown: list[Message] = []
    while (step := choose(len(steps), _labels(shown[-1]) if shown else ())) is not None:
        if step.startswith("#"):
            found = ((label, one) for one in reversed(shown) for label in _labels(one) if label.startswith(step[1:]))
            await person.presses(*next(found))
        else:
            await person.says(step)
        texts += [one.text if one.text is not None else "file" for one in person.replies]
        shown += person.replies
        steps.append(step)
        told.append(entries(texts))
    return Script(tuple(steps), tuple(told))


def _labels(shown: Message) -> list[str]:
    rows = shown.reply_markup.inline_keyboard if shown.reply_markup else []
    return [button.text for row in rows for button in row]


def _user(number: int) -> User:
    return User(id=number, is_bot=False, first_name="Jeanne")


class Talker:
    """Somebody who follows a script through the Bot API. `wrong`: what was not as in the model, if anything.

    `is_blamed`: whether the update of that number was put aside for the kills. Its apology says to try again.
    """

    def __init__(self, api: BotApi, number: int, script: Script, is_blamed: Callable[[int], bool]) -> None:
        self._api = api
        self.number = number
        self._script = script
        self._is_blamed = is_blamed
        self._is_excused = False
        self.wrong: str = ""
        self.steps = 0
        """Done so far."""
        self._heard = 0
        self._told: tuple[str, ...] = ()

    async def talk(self, seconds: float = 60) -> None:
        """All of it, or until an answer is missing for that long."""
        for step, told in zip(self._script.steps, self._script.told, strict=True):
            try:
                while not await self._is_answered(await self._do(step, seconds), told, seconds):
                    self._is_excused, self._heard = True, -1
            except TimeoutError:
                self.wrong = f"{step!r}: no answer in {seconds} s"
                return
            if self.told != told:
                self.wrong = f"{step!r}: told {self.told[-1][:200]!r} instead of {told[-1][:200]!r}"
                return
            self.steps += 1

    async def _is_answered(self, number: int, told: tuple[str, ...], seconds: float) -> bool:
        """Once as much as `told` was told; False once there is an apology for that update instead."""

        def is_apologised() -> bool:
            sent = self._sent()
            return bool(sent) and sent[-1].get("text") == _APOLOGY and self._is_blamed(number)

        await until(lambda: is_apologised() or len(self.told) >= len(told), seconds)
        return not is_apologised()

    @property
    def told(self) -> tuple[str, ...]:
        """What the server heard said to this person, but for apologies once there was reason for one."""
        sent = self._sent()
        if len(sent) != self._heard:
            texts = [fields.get("text", "file") for fields in sent]
            self._heard = len(sent)
            self._told = entries([text for text in texts if text != _APOLOGY or not self._is_excused])
        return self._told

    def _sent(self) -> list[dict[str, Any]]:
        return self._api.said_to[self.number]

    async def _do(self, step: str, seconds: float) -> int:
        """Type or press it; the number of the update."""
        if step.startswith("#"):
            await until(lambda: self._data_of(step[1:]), seconds)  # said again, a message counts before it comes
            number = self._api.next_number()
            self._api.put(pressing(number, self._data_of(step[1:]), self.number))
        else:
            number = self._api.next_number()
            self._api.put(message(number, step, self.number))
        return number

    def _data_of(self, label: str) -> str:
        """What the last button whose name begins so sends; empty without one."""
        buttons = (pair for fields in reversed(self._sent()) for pair in self._buttons(fields))
        return next((data for name, data in buttons if name.startswith(label)), "")

    @staticmethod
    def _buttons(fields: dict[str, Any]) -> list[tuple[str, str]]:
        rows = json.loads(fields.get("reply_markup", "{}")).get("inline_keyboard", [])
        return [(button["text"], button.get("callback_data", "")) for row in rows for button in row]


def pressing(number: int, data: str, person: int) -> dict[str, Any]:
    """The JSON of a button pressed under a message that is still there."""
    author = {"id": person, "is_bot": False, "first_name": "Jeanne"}
    shown = {"message_id": 1, "date": 1_700_000_000, "chat": {"id": person, "type": "private"}, "text": "…"}
    query = {"id": str(number), "from": author, "chat_instance": "1", "data": data, "message": shown}
    return {"update_id": number, "callback_query": query}
