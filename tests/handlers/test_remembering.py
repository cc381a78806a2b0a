"""« Retenez que nous sommes une région » is told what is kept of it; who only presents herself is acknowledged."""

import pytest

from tests.conversation import Conversation


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("gardez en tête que nous sommes un Département s'il vous plaît", "un département"),
        ("pouvez-vous vous souvenir que nous sommes une commune, pour les questions d'après ?", "une commune"),
        ("retiens qu'on est une communauté de communes de 9000 habitants", "une intercommunalité de 9 000 habitants"),
        ("mets de côté que notre projet c'est deux VSI au Bénin, je repasse lundi", "Bénin, VSI"),
        ("notez bien que nous voulons accueillir un jeune du Maroc", "un accueil, Maroc"),
    ],
)
async def test_what_is_kept_is_told_and_for_how_long(elu: Conversation, said: str, kept: str) -> None:
    reply = (await elu.says(said)).replace("\xa0", " ").replace("\u202f", " ")
    assert f"C’est noté : {kept}." in reply
    assert "une vingtaine de minutes" in reply
    assert "C’est noté" not in await elu.says("combien ça coûte ?")


async def test_what_is_kept_counts_for_the_next_question(elu: Conversation) -> None:
    await elu.says("retenez que nous sommes un réseau régional multi-acteurs")
    await elu.says("on peut candidater ?")
    assert elu.turn.topics[0] == "eligibilite-organisme"


async def test_what_cannot_be_kept_is_said_not_to_be(elu: Conversation) -> None:
    assert "je ne sais pas le garder" in await elu.says("note que ma collègue est en congé jusqu'à lundi")


@pytest.mark.parametrize(
    "said",
    [
        "sachant que nous sommes une Région, peut-on candidater ?",
        "notez que nous sommes une commune de 300 habitants, on peut candidater ?",
        "faut-il retenir un opérateur ?",
        "combien de communes avez-vous retenues",
    ],
)
async def test_a_question_is_answered_all_the_same(elu: Conversation, said: str) -> None:
    await elu.says(said)
    assert elu.turn.screen == ""
    assert elu.turn.kind == "answer"


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        (
            "Karim, chargé de projet relations internationales dans un Département, je teste l'assistant",
            "un département",
        ),
        (
            "Bonsoir, Lila, responsable de la coopération décentralisée dans une Région, je découvre ce robot",
            "une région",
        ),
        ("Nadia, responsable jeunesse dans une commune de l'Aude, on m'a parlé de vous", "une commune"),
    ],
)
async def test_who_presents_herself_is_acknowledged_whatever_her_function_is_of(
    elu: Conversation, said: str, noted: str
) -> None:
    reply = (await elu.says(said)).replace("\xa0", " ")
    assert f"C’est noté : vous parlez pour {noted}" in reply
    assert elu.turn.topics == []
