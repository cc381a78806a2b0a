"""What is asked of a volunteer's life finds its sentence: a conviction, a country's safety, coming home, a family."""

import pytest

from tests.conversation import Conversation


@pytest.mark.parametrize(
    ("said", "topic", "point"),
    [
        ("un jeune avec un casier on peut le faire partir ou c'est mort", "recrutement", "casier"),
        ("On envoie une volontaire à Niamey en janvier, la zone est-elle sûre ?", "pays", "securite"),
        ("mon neveu part au Cameroun anglophone, c pas dangereux ?", "pays", "securite"),
        ("Ville de Nantes : règles de sécurité pour une mission à Conakry, vous les avez ?", "pays", "securite"),
        (
            "Le volontaire vient avec son épouse et un garçon de cinq ans, qui paie la cantine et l'école ?",
            "cas-personnels",
            "famille-entiere",
        ),
        ("l'appel jeunesse du ministère des affaires étrangères, c'est vous ?", "appel-a-projets", "meme"),
    ],
)
async def test_a_question_of_practical_life_finds_its_sentence(
    elu: Conversation, said: str, topic: str, point: str
) -> None:
    await elu.says(said)
    assert (elu.turn.topics[0], elu.turn.point) == (topic, point)


async def test_that_civic_service_was_frozen_does_not_stop_the_programme(elu: Conversation) -> None:
    told = await elu.says("Peut-on dire que TeVo est arrêté puisque les services civiques sont bloqués ?")
    assert "Je ne peux pas le confirmer" in told
    assert "VSI" in told


async def test_a_hesitation_that_is_hardly_likely_tells_nothing_of_an_entry(elu: Conversation) -> None:
    told = await elu.says("ta mangé koi ce midi")
    assert "Si je vous lis bien" not in told
    assert "Au plus près" not in told
