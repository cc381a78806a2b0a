"""What people ask in vain reaches the team, whatever they do next; nothing of forms or of distress."""

import pytest
from sqlalchemy import select

from bot.database.database import Database
from bot.database.tables import fsm
from handlers.questions.in_vain import in_vain
from knowledge.content.models import Content
from knowledge.feedback import Missed, Vain
from knowledge.understanding.decision import Part, Reading, Unknown, Why
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation


@pytest.fixture
def talk(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    return Conversation(packaged, packaged_understanding, database, TODAY)


async def kept(talk: Conversation) -> list[Missed]:
    return [missed for _, missed in await talk.feedback.missed_questions()]


HESITATION = "le chien du volontaire"


async def test_a_hesitation_is_kept_with_what_was_offered(talk: Conversation) -> None:
    await talk.says(HESITATION)

    (missed,) = await kept(talk)
    assert (missed.question, missed.why) == (HESITATION, Vain.HESITATION)
    assert missed.nearest


async def test_a_hesitation_that_a_button_ends_is_forgotten(talk: Conversation) -> None:
    await talk.says(HESITATION)
    await talk.presses(talk.buttons[0])

    assert await kept(talk) == []


async def test_none_of_these_is_kept_once_as_such(talk: Conversation, packaged: Content) -> None:
    await talk.says(HESITATION)
    await talk.presses(packaged.messages.questions.none_of_these)

    assert [missed.why for missed in await kept(talk)] == [Vain.REJECTED]


async def test_useless_is_kept_with_the_question_that_it_is_about(talk: Conversation, packaged: Content) -> None:
    await talk.says("combien ça coûte à la commune")
    answer = talk.replies[-1]
    await talk.says("merci")
    await talk.presses(packaged.messages.questions.useless, on=answer)

    (missed,) = await kept(talk)
    assert missed == Missed("combien ça coûte à la commune", Vain.USELESS, ("reste-a-charge",), missed.nearest)


async def test_useful_keeps_no_question(talk: Conversation, packaged: Content) -> None:
    await talk.says("combien ça coûte à la commune")
    await talk.presses(packaged.messages.questions.useful)

    assert await kept(talk) == []


async def test_the_same_question_in_other_words_just_after_an_answer_was_not_answered(talk: Conversation) -> None:
    await talk.says("combien ça coûte à la commune")
    await talk.says("non mais quel est le prix exact à payer par la commune")

    assert [(missed.question, missed.why) for missed in await kept(talk)] == [
        ("combien ça coûte à la commune", Vain.REPHRASED)
    ]


async def test_another_question_says_nothing_of_the_one_before(talk: Conversation) -> None:
    await talk.says("combien ça coûte à la commune")
    await talk.says("c'est quoi un VSI")

    assert await kept(talk) == []


def refused(text: str) -> Reading:
    return Reading((Part(text, Unknown(Why.NOT_OURS)),))


def test_a_refusal_near_the_programme_is_kept_and_small_talk_is_not(packaged_understanding: Understanding) -> None:
    near, far = "combien coûte un volontaire à la commune", "la salle des fêtes est libre pour un baptême ?"

    missed = in_vain(near, refused(near), packaged_understanding)

    assert missed is not None
    assert (missed.question, missed.why) == (near, Vain.REFUSED)
    assert missed.nearest
    assert in_vain(far, refused(far), packaged_understanding) is None


async def test_nothing_of_a_form_is_kept(talk: Conversation, packaged: Content) -> None:
    assert packaged.form is not None
    await talk.says("je veux faire le test d'éligibilité")
    await talk.presses(packaged.form.words.start_button)
    await talk.says("Jeanne Durand, trésorière de la licorne bleue")
    await talk.says(HESITATION)

    assert await kept(talk) == []


async def test_nothing_of_distress_is_kept(talk: Conversation, database: Database) -> None:
    await talk.says("je veux en finir avec la vie")
    await talk.says("je veux mourir")

    assert await kept(talk) == []
    assert [row for row in await database.read(select(fsm)) if row.key.endswith("|asked")] == []
