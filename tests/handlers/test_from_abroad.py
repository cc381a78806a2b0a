"""Who asks from abroad, for herself, for a grouping of communes, or for a body that is no authority."""

import pytest

from tests.conversation import Conversation


@pytest.mark.parametrize(
    "said",
    [
        "bonjour je suis de une mairie au Bénin, on veut recevoir volontaire français, comment faire demande ?",
        "Nous mairie de Kaolack au Sénégal. Un village de Bretagne ami avec nous. Nous pouvoir avoir volontaire ?",
        "Bonsoir, nous ONG à Cotonou, comment déposer un dossier ?",
        "je vous écris depuis Antananarivo, notre association encadre des jeunes, peut-on recevoir un VSI ?",
        "moi c'est Koffi du Togo, mon association veut un volontaire, je fais comment la demande ?",
    ],
)
async def test_who_asks_from_abroad_is_answered_as_a_partner(elu: Conversation, said: str) -> None:
    reply = await elu.says(said)
    assert elu.turn.topics == ["eligibilite-autre"]
    assert "collectivité française candidate" in reply


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("je suis d'une commune du Gers, on veut envoyer un jeune au Togo, comment faire la demande ?", "postuler"),
        ("je suis du Togo et je travaille à la mairie de Rennes, on peut candidater ?", "eligibilite-collectivite"),
    ],
)
async def test_who_asks_from_here_is_not_sent_to_a_partner(elu: Conversation, said: str, topic: str) -> None:
    await elu.says(said)
    assert elu.turn.topics[0] == topic


async def test_who_works_for_a_mayor_may_ask_for_herself(elu: Conversation) -> None:
    await elu.says("je suis agent dans une communauté de communes, puis-je partir moi-même comme volontaire ?")
    assert elu.turn.topics == ["eligibilite-particulier"]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("Syndicat mixte du Vexin ici", "on peut déposer pour nos communes membres ?"),
        ("nous sommes une métropole de 400000 habitants", "et on peut candidater pour nos communes ?"),
    ],
)
async def test_a_grouping_that_asks_for_its_communes_is_no_commune(elu: Conversation, who: str, said: str) -> None:
    await elu.says(who)
    reply = await elu.says(said)
    assert "Une commune" not in reply
    assert elu.turn.point == "pour-les-communes"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Direction du CHU de Reims : un infirmier volontaire togolais, c'est possible chez vous ?", "Un hôpital"),
        ("Service relations internationales de l'université de Lille : peut-on participer ?", "Une université"),
        ("Université de Caen : est-ce qu'on peut devenir partenaire du programme ?", "Une université"),
    ],
)
async def test_a_body_that_is_no_authority_is_told_so(elu: Conversation, said: str, told: str) -> None:
    assert f"{told} ne figure pas parmi les candidats" in (await elu.says(said)).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("Réunion dans 20 minutes. dites moi qui finance", "financement"),
        ("Réunion à 15h avec le président : les dates clés ?", "dates-cles"),
        ("à La Réunion, qui est lauréat ?", "la-reunion"),
    ],
)
async def test_a_meeting_soon_is_no_island(elu: Conversation, said: str, topic: str) -> None:
    await elu.says(said)
    assert elu.turn.topics == [topic]


async def test_who_sends_somebody_from_here_writes_from_here(elu: Conversation) -> None:
    told = await elu.says("je suis maire d'un village, on veut envoyer une jeune d'ici au Bénin, est-on trop petits ?")
    assert "Non, pas directement" not in told
