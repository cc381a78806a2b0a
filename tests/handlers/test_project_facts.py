"""What is told or changed of one's project in the midst of a conversation is noted, and answered for."""

import pytest

from tests.conversation import Conversation


async def said_to(elu: Conversation, text: str) -> str:
    return (await elu.says(text)).replace("\xa0", " ")


async def test_another_country_takes_the_place_of_the_one_before(elu: Conversation) -> None:
    await elu.says("Communauté de communes, 17 400 habitants, Lozère. Projet : envoyer deux jeunes au Maroc.")
    told = await said_to(elu, "Finalement le partenaire serait la Tunisie, la commune marocaine ne répond plus.")
    assert "C’est noté : Tunisie, et non plus Maroc." in told
    assert "Tunisie : je ne sais pas" in told


@pytest.mark.parametrize(
    ("said", "noted", "told"),
    [
        ("Ils ont 22 et 24 ans.", "22 et 24 ans", "les deux sont ouverts"),
        ("elle a 27 ans", "27 ans", "Le service civique, non"),
        ("l'un a 22 ans, l'autre 40 ans", "22 et 40 ans", "Après 30 ans"),
        ("elle a 27 ans, diplômée en architecture", "27 ans et un diplôme", "En volontariat de solidarité"),
        ("il a un CAP de menuisier et deux ans de métier", "un diplôme et une expérience", "une première expérience"),
        ("on n'a ni agrément ni logement", "pas d’agrément et pas de logement", "aucun logement n’est demandé"),
    ],
)
async def test_a_fact_is_noted_with_what_it_changes(elu: Conversation, said: str, noted: str, told: str) -> None:
    await elu.says("une commune peut envoyer des jeunes au Togo ?")
    reply = await said_to(elu, said)
    assert f"C’est noté : {noted}." in reply
    assert told in reply


async def test_a_question_is_answered_and_not_noted(elu: Conversation) -> None:
    await elu.says("une commune peut envoyer des jeunes au Togo ?")
    assert "C’est noté" not in await said_to(elu, "et sans agrément, on peut ?")


async def test_a_first_message_is_not_noted(elu: Conversation) -> None:
    assert "C’est noté" not in await said_to(elu, "il a un CAP de menuisier")


async def test_what_is_asked_is_answered_for_who_is_hosted(elu: Conversation) -> None:
    await elu.says("on voudrait accueillir un jeune du Sénégal, c'est possible ?")
    await elu.says("et l'indemnité du VSI c'est combien ?")
    assert elu.turn.point == "vsi-france"


async def test_the_other_way_asks_the_same_again(elu: Conversation) -> None:
    await elu.says("on voudrait accueillir un jeune du Sénégal, c'est possible ?")
    await elu.says("et l'indemnité du VSI c'est combien ?")
    told = await said_to(elu, "ah non pardon, c'est pas accueillir, c'est envoyer un jeune de chez nous là-bas")
    assert "C’est noté : un envoi, et non plus un accueil." in told
    assert elu.turn.point == "vsi-etranger"
    assert "Sénégal : à confirmer. Mes documents citent des volontaires envoyés là" in told


async def test_a_way_that_one_prefers_after_all_takes_the_place_of_the_other(elu: Conversation) -> None:
    await elu.says("on veut accueillir un jeune")
    assert "C’est noté : un envoi, et non plus un accueil." in await said_to(elu, "finalement plutot en envoyer un")


async def test_an_age_that_one_read_somewhere_is_nobodys(elu: Conversation) -> None:
    await elu.says("on veut accueillir un jeune")
    assert "C’est noté" not in await said_to(elu, "jai lu 30 ans")


async def test_numbers_of_years_are_no_inhabitants(elu: Conversation) -> None:
    await elu.says("une commune peut candidater ?")
    assert "habitants" not in await said_to(elu, "et 22 et 24 ans ?")


async def test_what_was_noted_tells_the_project_as_it_is_now(elu: Conversation) -> None:
    await elu.says("Communauté de communes, 17 400 habitants, Lozère. Projet : envoyer deux jeunes au Maroc.")
    await elu.says("Finalement le partenaire serait la Tunisie, la commune marocaine ne répond plus.")
    await elu.says("Ils ont 22 et 24 ans.")
    told = await said_to(elu, "qu'avez-vous retenu de nous ?")
    assert "(Lozère), un envoi, Tunisie, 22 et 24 ans" in told
    assert "Maroc" not in told


async def test_an_approval_that_one_lacks_beside_one_that_one_has_is_not_noted_as_none(elu: Conversation) -> None:
    await elu.says("une association peut-elle être opérateur ?")
    told = await said_to(elu, "Nous n'avons pas l'agrément VSI, uniquement celui du service civique.")
    assert "pas d’agrément" not in told
