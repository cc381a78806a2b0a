"""The example conversations go as the content says, by the real handlers; what fails today is known, with a reason."""

from pathlib import Path

import pytest

from bot.database.database import Database
from bot.team.dialogues import Dialogue, DialogueTurn, Want, hold, read_dialogues, scored
from bot.team.labelled import LabelledError
from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

DIALOGUES = read_dialogues(PACKAGED)
_MOST_KNOWN = 0.1
"""Of the turns: failures that are known are to be few."""


@pytest.fixture
def assistant(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    return Conversation(packaged, packaged_understanding, database, TODAY)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[one.id for one in DIALOGUES])
async def test_a_conversation_goes_as_the_content_says(assistant: Conversation, dialogue: Dialogue) -> None:
    outcomes = await hold(dialogue, assistant.dispatcher)
    assert [str(one) for one in outcomes if one.is_news] == []


def test_there_are_sixty_and_few_fail() -> None:
    turns = [turn for one in DIALOGUES for turn in one.turns]
    assert len(DIALOGUES) >= 60
    assert sum(turn.known is not None for turn in turns) <= _MOST_KNOWN * len(turns)


async def test_two_people_are_never_mixed(assistant: Conversation) -> None:
    asks = Dialogue(
        id="one",
        kind="own",
        turns=(
            DialogueTurn(say="c'est quoi un VSI ?", want=Want(topics=("vsi",)), sort="question"),
            DialogueTurn(say="prévenez-moi dès que ça ouvre", want=Want(screen=("alerts",)), sort="own"),
            DialogueTurn(say="oui", want=Want(screen=("alerts",)), sort="own"),
        ),
    )
    goes_on = Dialogue(
        id="other",
        kind="own",
        turns=(
            DialogueTurn(say="plus court", want=Want(not_topics=("vsi",)), sort="repair"),
            DialogueTurn(say="je suis inscrit aux alertes ?", want=Want(says=("pas prévenu",)), sort="own"),
        ),
    )
    outcomes = [*await hold(asks, assistant.dispatcher), *await hold(goes_on, assistant.dispatcher)]
    assert [str(one) for one in outcomes if not one.right] == []


async def test_what_goes_otherwise_is_told_and_counted(assistant: Conversation) -> None:
    wrong = Dialogue(
        id="wrong",
        kind="mayor",
        turns=(
            DialogueTurn(say="c'est quoi un VSI ?", want=Want(topics=("pays",)), sort="question"),
            DialogueTurn(say="c'est quoi un VSI ?", want=Want(topics=("pays",)), sort="question", known="pour voir"),
        ),
    )
    outcomes = await hold(wrong, assistant.dispatcher)
    assert [one.is_news for one in outcomes] == [True, False]
    assert "0 / 2" in scored(outcomes)[0]


def test_a_file_that_is_no_conversation_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "examples" / "conversations"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text("- {id: one, kind: own, turns: [{say: oui, sort: own}]}", "utf-8")
    with pytest.raises(LabelledError, match=r"a\.yaml"):
        read_dialogues(tmp_path)
