"""The last question of a conversation: one only, masked, in a sealed row of its own, for an hour.

It is all that is kept of what people type outside a form: to be sent to the team, and to tell whether it was asked in
vain. The housekeeping deletes the row; the conversation's own row holds no text.
"""

import time
from dataclasses import asdict, dataclass, replace
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers.shared.set_apart import ASKED
from knowledge.conversation.frame import ASKED_SECONDS
from knowledge.understanding.segmentation import pieces


@dataclass(frozen=True)
class LastQuestion:
    """`answered`, `nearest`: entries. `row`: where the team's copy is; `at`: seconds since 1970."""

    question: str
    answered: tuple[str, ...]
    nearest: tuple[str, ...]
    row: int | None = None
    unanswered: bool = False
    """Whether it may be sent to the team as it is: it found no answer."""
    at: int = 0

    def to_send(self, *, asks: bool) -> str | None:
        """What may be sent of it. `asks`: only what asks something, for it may be another way to send the dossier."""
        is_meant = not asks or any(piece.asks for piece in pieces(self.question))
        return self.question if self.unanswered and is_meant else None


async def last_question(state: FSMContext) -> LastQuestion | None:
    """The one kept, None without one or after an hour."""
    kept: dict[str, Any] = await _row(state).get_data()
    if not kept or not 0 <= time.time() - kept["at"] <= ASKED_SECONDS:
        return None
    return LastQuestion(**{**kept, "answered": tuple(kept["answered"]), "nearest": tuple(kept["nearest"])})


async def keep_question(state: FSMContext, question: LastQuestion) -> None:
    """Keep it in place of the one before. Its hour begins when it is asked."""
    await _row(state).set_data(asdict(replace(question, at=question.at or int(time.time()))))


async def forget_question(state: FSMContext) -> None:
    """Keep none."""
    await _row(state).clear()


def _row(state: FSMContext) -> FSMContext:
    return FSMContext(storage=state.storage, key=replace(state.key, destiny=ASKED))
