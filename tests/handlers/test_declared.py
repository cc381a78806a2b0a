"""A question sent to the team carries who the conversation tells of, where no questionnaire was answered."""

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.submission import Dossier
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

NAMED, PRESENTS = "Collectivité nommée dans la conversation", "Se présente comme"
OWN_END = "une personne n’y candidate pas"


@pytest.fixture
def person(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    return Conversation(packaged, packaged_understanding, database, TODAY)


async def asked(person: Conversation) -> Dossier:
    """Send a question to the team, without an address."""
    await person.presses("Transmettre ma question")
    await person.presses("J’accepte")
    await person.says("Quel logo mettre sur la camionnette ?")
    await person.presses("Répondez-moi ici")
    await person.presses("Envoyer à l’équipe")
    (status,) = await person.outbox.statuses(person.session.person.id)
    assert status.dossier
    return status.dossier


@pytest.mark.parametrize(
    ("typed", "label", "told"),
    [
        ("je suis DGS d'Ambert", NAMED, "Ambert (commune, 63, 6 517 hab.)"),
        ("je suis élue dans une petite commune de la Drôme, combien ça coûte ?", NAMED, "petite commune de la Drôme"),
        ("nous sommes une association agréée service civique", PRESENTS, "association"),
    ],
)
async def test_who_asks_is_told_as_it_was_said_and_not_confirmed(
    person: Conversation, typed: str, label: str, told: str
) -> None:
    await person.says(typed)
    await person.says("contact")

    dossier = await asked(person)

    known = {name: value.replace("\xa0", " ").replace("\u202f", " ") for name, value in dossier.known}
    assert known[label].endswith(f"{told} ; déclaré, non vérifié")
    assert dossier.asker


async def test_who_only_asks_about_a_kind_of_body_is_not_said_to_be_one(person: Conversation) -> None:
    await person.says("une mairie peut-elle candidater ?")
    await person.says("contact")

    dossier = await asked(person)

    assert dossier.asker == ""
    assert not {NAMED, PRESENTS} & {name for name, _ in dossier.known}


async def test_the_authority_of_a_path_that_was_left_is_not_lost(person: Conversation) -> None:
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    for typed in ("mairie", "Ambert", "1"):
        await person.says(typed)
    await person.presses("← Modifier la réponse précédente")
    await person.presses("← Modifier la réponse précédente")
    assert OWN_END in await person.presses("Une personne qui veut partir")

    dossier = await asked(person)

    assert dict(dossier.known)[NAMED].startswith("Ambert")
    assert dossier.asker == "Personne seule"  # what she answered comes first
