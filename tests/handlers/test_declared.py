"""A question sent to the team carries who the conversation tells of, where no questionnaire was answered."""

import pytest

from knowledge.submission import Dossier
from tests.conversation import Conversation

NAMED, PRESENTS = "Collectivité nommée dans la conversation", "Se présente comme"
OWN_END = "une personne n’y candidate pas"


async def asked(elu: Conversation) -> Dossier:
    """Send a question to the team, without an address."""
    await elu.presses("Transmettre ma question")
    await elu.presses("J’accepte")
    await elu.says("Quel logo mettre sur la camionnette ?")
    await elu.presses("Répondez-moi ici")
    await elu.presses("Envoyer à l’équipe")
    (status,) = await elu.outbox.statuses(elu.session.person.id)
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
    elu: Conversation, typed: str, label: str, told: str
) -> None:
    await elu.says(typed)
    await elu.says("contact")

    dossier = await asked(elu)

    known = {name: value.replace("\xa0", " ").replace("\u202f", " ") for name, value in dossier.known}
    assert known[label].endswith(f"{told} ; déclaré, non vérifié")
    assert dossier.asker


async def test_who_only_asks_about_a_kind_of_body_is_not_said_to_be_one(elu: Conversation) -> None:
    await elu.says("une mairie peut-elle candidater ?")
    await elu.says("contact")

    dossier = await asked(elu)

    assert dossier.asker == ""
    assert not {NAMED, PRESENTS} & {name for name, _ in dossier.known}


async def test_the_authority_of_a_path_that_was_left_is_not_lost(elu: Conversation) -> None:
    await elu.says("test d'éligibilité")
    await elu.presses("Vérifier mon éligibilité")
    for typed in ("mairie", "Ambert", "1"):
        await elu.says(typed)
    await elu.presses("← Modifier la réponse précédente")
    await elu.presses("← Modifier la réponse précédente")
    assert OWN_END in await elu.presses("Une personne qui veut partir")

    dossier = await asked(elu)

    assert dict(dossier.known)[NAMED].startswith("Ambert")
    assert dossier.asker == "Personne seule"  # what she answered comes first
