"""What is kept of a person is shown, and erased, on request."""

import json

from sqlalchemy import select

from bot.database.database import Database
from bot.database.tables import fsm, votes
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation


async def test_nothing_is_kept_of_somebody_new(conversation: Conversation) -> None:
    assert "Je ne garde rien" in await conversation.says("/mesdonnees")


async def test_everything_kept_is_given_as_a_file(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    elu = Conversation(packaged, packaged_understanding, database, TODAY)
    await elu.says("test d'éligibilité")
    await elu.presses("Vérifier mon éligibilité")
    await elu.presses("Une collectivité ou un groupement")
    await elu.says("ste rose guadeloupe")
    await elu.presses(next(b for b in elu.buttons if b.startswith("Sainte-Rose (commune, 971")))

    await elu.says("/mesdonnees")

    (name, data), *_ = [sent.file for sent in elu.sent if sent.file]
    assert name == "mes-donnees.json"
    assert "Sainte-Rose" in data.decode()


async def test_a_copy_lent_to_a_colleague_is_given_too_until_it_is_taken(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    elu = Conversation(packaged, packaged_understanding, database, TODAY)
    await elu.says("test d'éligibilité")
    await elu.presses("Vérifier mon éligibilité")
    await elu.presses("Une association, un RRMA, un consortium")
    await elu.says("/mondossier")
    await elu.presses("Confier à un collègue")

    await elu.says("/mesdonnees")

    (data,) = [json.loads(sent.file[1]) for sent in elu.sent if sent.file]
    assert [copy["answers"] for copy in data["lent"]] == [{"applicant": "organisation"}]


async def test_everything_is_erased_after_one_question(conversation: Conversation, database: Database) -> None:
    await conversation.says("combien ça coûte ?")
    await conversation.presses("👍 Utile")
    await conversation.says("/supprimer")
    assert await database.read(select(votes)) != []

    assert "C’est effacé" in await conversation.presses("Tout effacer")

    assert await database.read(select(votes)) == []
    assert await database.read(select(fsm)) == []
