"""Somebody in distress is met whatever is going on, and finds everything as it was."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, Message, PhotoSize, Update
from sqlalchemy import select

from bot.database.database import Database
from bot.database.tables import fsm, metadata
from tests.conversation import Conversation

HOPELESS = "j'ai plus envie de vivre"
KEPT = "rien n’est perdu"


@pytest.fixture
def person(opened: Callable[..., Conversation]) -> Conversation:
    return opened()


async def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is kept, table by table."""
    return {table.name: [tuple(row) for row in await database.read(select(table))] for table in metadata.sorted_tables}


async def kept(person: Conversation) -> object:
    """State and data of the conversation, unsealed."""
    chat = person.session.person.id
    context = person.dispatcher.fsm.get_context(person.bot, chat, chat)
    return await context.get_state(), await context.get_data()


async def to_the_name(person: Conversation) -> None:
    """The first detail of a dossier is being asked."""
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    await person.presses("Une collectivité ou un groupement")
    await person.says("ste rose guadeloupe")
    await person.presses(next(b for b in person.buttons if b.startswith("Sainte-Rose (commune, 971")))
    for label in ("Oui", "Accueillir un volontaire", "Pas encore", "Je ne sais pas", "Oui, une première"):
        await person.presses(label)
    await person.presses("Envoyer à l’équipe")
    await person.presses("J’accepte")


async def test_in_a_conversation_one_reply_with_a_number_and_nothing_else(person: Conversation) -> None:
    said = await person.says(HOPELESS)

    assert "3114" in said
    assert len(person.replies) == 1
    assert person.buttons == []


async def test_in_the_questionnaire_it_is_no_answer_and_the_question_waits(person: Conversation) -> None:
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    before, question = await kept(person), person.replies[-1]

    said = await person.says("je veux me suicider")

    assert "3114" in said
    assert said.endswith(f"Votre questionnaire attend : {KEPT}.".replace(" :", "\u00a0:"))
    assert await kept(person) == before
    assert "Quelle collectivité" in await person.presses("Une collectivité ou un groupement", on=question)


async def test_the_name_of_a_place_is_not_looked_for_in_it(person: Conversation) -> None:
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    await person.presses("Une collectivité ou un groupement")

    said = await person.says("jveuxmourir")

    assert "3114" in said
    assert "Sainte-Rose" in await person.says("ste rose guadeloupe") + "".join(person.buttons)


async def test_in_a_dossier_it_is_no_detail(person: Conversation) -> None:
    await to_the_name(person)
    before = await kept(person)

    said = await person.says("mon mari me frappe tous les soirs")

    assert "3919" in said
    assert "dossier attend" in said
    assert await kept(person) == before


async def test_in_a_question_to_the_team_it_is_not_sent_to_the_team(person: Conversation, database: Database) -> None:
    await person.says("contact")
    await person.presses("Transmettre ma question")
    await person.presses("J’accepte")
    before = await kept(person)

    assert "3114" in await person.says("je pense à me tuer, à qui parler ?")
    assert await kept(person) == before


async def test_before_sending_what_is_ready_waits(person: Conversation) -> None:
    await to_the_name(person)
    for detail in ("Jeanne Plantée", "maire", "jeanne@mairie-exemple.fr"):
        await person.says(detail)
    await person.presses("Passer")
    await person.presses("Passer")

    assert "dossier attend" in await person.says(HOPELESS)


async def test_an_edited_message_is_met(person: Conversation) -> None:
    message = Message(
        message_id=5, date=datetime.now(UTC), chat=Chat(id=1, type="private"), from_user=person.session.person
    )
    edited = message.model_copy(update={"text": HOPELESS})

    said = await person.feeds(Update(update_id=9, edited_message=edited))

    assert "3114" in said
    assert len(person.replies) == 1


async def test_the_caption_of_a_picture_is_met(person: Conversation) -> None:
    photo = [PhotoSize(file_id="f", file_unique_id="f", width=1, height=1)]

    assert "3114" in await person.brings(photo=photo, caption=HOPELESS)


async def test_a_command_does_not_hide_it(person: Conversation) -> None:
    assert "3114" in await person.says("/start je veux mourir")


async def test_an_english_message_gets_an_english_reply(person: Conversation) -> None:
    said = await person.says("I want to kill myself")

    assert "Call 3114" in said


async def test_nothing_is_kept_of_it_and_the_conversation_goes_on_as_before(
    person: Conversation, database: Database
) -> None:
    await person.says("combien ça coûte ?")
    before = await rows(database), await kept(person)

    await person.says(HOPELESS)

    assert (await rows(database), await kept(person)) == before
    assert (await database.read(select(fsm))) != []


async def test_of_two_kinds_the_most_pressing_is_answered_and_the_other_number_added(person: Conversation) -> None:
    said = await person.says("mon mari me frappe, j'ai envie de mourir")

    assert said.index("3919") < said.index("3114")
