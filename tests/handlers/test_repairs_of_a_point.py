"""A point, a figure or one's own case, told again as asked: simpler, dated, in a sentence, by an example."""

import pytest

from tests.conversation import Conversation


async def test_a_point_told_simpler_leaves_its_brackets_out(elu: Conversation) -> None:
    await elu.says("combien de temps entre le dépôt et le départ ?")
    assert elu.turn.point
    simpler = await elu.says("plus simplement svp")
    assert "(" not in simpler
    assert "quatre mois" in simpler


async def test_a_point_without_simpler_words_says_so_rather_than_the_same_again(elu: Conversation) -> None:
    await elu.says("le téléphone du programme ?")
    assert elu.turn.point
    assert "Je ne sais pas le dire plus simplement" in await elu.says("c'est pas clair")


async def test_simple_words_asked_for_somebody_are_about_the_last_answer(elu: Conversation) -> None:
    await elu.says("combien de temps dure une mission ?")
    await elu.says("redites-moi ça avec des mots faciles, je dois l'expliquer à ma présidente")
    assert (elu.turn.screen, elu.turn.topics[0]) == ("simpler", "duree-missions")


@pytest.mark.parametrize("asked", ["de quand date ce renseignement ?", "quand avez-vous lu cette information ?"])
async def test_of_when_an_answer_is_is_when_its_sources_were_read(elu: Conversation, asked: str) -> None:
    await elu.says("dans quels pays ?")
    dated = await elu.says(asked)
    assert elu.turn.screen == "dated"
    assert "relevé en janvier" in dated


async def test_what_is_asked_beside_shorter_is_told_in_a_sentence_of_this_case(elu: Conversation) -> None:
    await elu.says("nous sommes une commune de 1900 habitants, c'est possible ?")
    await elu.says("et pour une SEM ?")
    told = await elu.says("trop long, en 2 lignes svp : on est éligibles, oui ou non")
    assert told.startswith("Une commune de 1\u202f900 habitants peut a priori candidater")
    assert "•" not in told


async def test_an_example_of_something_is_looked_for_in_its_own_entry(elu: Conversation) -> None:
    await elu.says("c'est quoi le programme ?")
    await elu.says("vous auriez l'exemple d'une petite commune qui s'est lancée ?")
    assert (elu.turn.topics[0], elu.turn.point) == ("bretagne", "communes")


@pytest.mark.parametrize("said", ["merci bien, j'en parle à mon adjoint ce soir", "bon, on en discute entre nous"])
async def test_who_leaves_to_talk_of_it_is_not_asked_for_a_question(elu: Conversation, said: str) -> None:
    await elu.says("qui finance ?")
    assert "onne continuation" in await elu.says(said)


async def test_references_of_a_dossier_open_none(elu: Conversation) -> None:
    await elu.says("vous avez bien reçu notre candidature ?")
    assert "aucun de ceux" in await elu.says("commune de Villiers, signée par Mme Carpentier")
