"""Beside a question to the team: who the conversation before it tells of, where the questionnaire does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.questionnaire.progress import Progress
from knowledge.conversation.frame import Frame


@dataclass(frozen=True)
class Declared:
    """`authority`: as the register spells it, or a kind and its place; `body`: what the person writes for, or is.

    Empty where nothing was told. Nobody has confirmed either.
    """

    authority: str = ""
    body: str = ""


async def declared_before(progress: Progress, frame: Frame) -> Declared:
    """What was told outside the questionnaire, or in answers that another path took the place of."""
    engine, situation = progress.screens.questionnaire, progress.screens.content.situation
    if engine.authority(progress.answers) or engine.unregistered(progress.answers) or engine.declared(progress.answers):
        return Declared()
    bodies = {kind.id: kind.usual for kind in situation.actors} if situation else {}
    mention = (await progress.state.get_data()).get("mention") or progress.offered
    return Declared(_authority(mention, progress), bodies.get(frame.speaker.kind, ""))


def _authority(mention: Mapping[str, Any] | None, progress: Progress) -> str:
    engine = progress.screens.questionnaire
    if mention and (mention["near"] or engine.authority(mention["answers"])):  # else it tells the path alone
        return str(mention["said"])
    left = engine.authority({**progress.aside, **engine.authority_path})
    return progress.screens.authority(left) if left else ""
