"""Who talks to the assistant of this programme."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation


@pytest.fixture
def opened(packaged: Content, packaged_understanding: Understanding, database: Database) -> Callable[..., Conversation]:
    """Begins a conversation: with `person`, somebody else's; with `files`, where nothing is sent."""
    return partial(Conversation, packaged, packaged_understanding, database, TODAY)


@pytest.fixture
def elu(opened: Callable[..., Conversation]) -> Conversation:
    """Somebody who has said nothing yet."""
    return opened()
