"""The model of `conversation-exemples.yaml`: messages as people write them, from which likeness is learnt."""

from typing import Annotated

from pydantic import Field

from knowledge.content.part import ContentPart
from knowledge.words.identifiers import Id


class ConversationExamples(ContentPart):
    """`conversation-exemples.yaml`: messages as people write them, from which likeness is learnt."""

    acts: dict[Id, Annotated[tuple[str, ...], Field(min_length=1)]]
    """Of each act, and of each thing told."""
    ordinary: tuple[str, ...] = ()
    """Messages in the midst of conversations that are none of them."""
    follow_ups: dict[Id, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """Of these, those that ask about an entry after another answer, by entry."""
