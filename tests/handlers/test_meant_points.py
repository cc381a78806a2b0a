"""A message may mean a point by what was said before: a figure in doubt, the other way, who and where one is."""

import pytest

from tests.conversation import Conversation


@pytest.mark.parametrize(
    ("asked", "doubted", "point", "told"),
    [
        ("combien de collectivités participent ?", "j'avais noté 53, c'est lequel le bon ?", "lequel-a-jour", "53 ne"),
        ("un jeune de 27 ans peut partir ?", "vous êtes sûr ? j'ai lu 30 ans", None, "30"),
    ],
)
async def test_a_figure_in_doubt_is_checked_in_the_first_sentence(
    elu: Conversation, asked: str, doubted: str, point: str | None, told: str
) -> None:
    await elu.says(asked)
    reply = (await elu.says(doubted)).replace("\xa0", " ")
    assert reply.startswith("Je vérifie.")
    assert told in reply
    assert point in (None, elu.turn.point)


async def test_a_form_spoken_of_before_is_checked_against_the_age_that_was_told(elu: Conversation) -> None:
    await elu.says("on voudrait accueillir une jeune arménienne en service civique")
    await elu.says("elle a 27 ans")
    assert "Le service civique, non" in await elu.says("mais tout à l'heure vous parliez d'elle en service civique")


async def test_the_other_way_keeps_what_was_asked(elu: Conversation) -> None:
    await elu.says("il faut un visa pour partir ?")
    await elu.says("et pour ceux qui viennent chez nous ?")
    assert (elu.turn.topics, elu.turn.point) == (["visa"], "accueil")


async def test_a_body_that_is_not_the_speaker_s_is_that_of_the_same_place(elu: Conversation) -> None:
    await elu.says("je suis adjointe dans une commune de La Réunion, on peut candidater ?")
    await elu.says("le département a mis combien d'argent")
    assert elu.turn.point == "reunion"


async def test_a_town_abroad_that_asks_for_its_french_partner_asks_for_itself(elu: Conversation) -> None:
    await elu.says("je travaille à la mairie de Lomé au Togo, pouvons-nous candidater ?")
    told = await elu.says("la ville française doit-elle faire la demande pour nous ?")
    assert elu.turn.topics == ["eligibilite-autre"]
    assert "Une commune peut" not in told


async def test_what_only_says_of_which_form_it_is_asks_nothing_more(elu: Conversation) -> None:
    await elu.says("combien de congés en service civique ?")
    await elu.says("et pour un VSI, mêmes congés ?")
    assert elu.turn.topics == ["vsi-cadre"]


async def test_who_comes_back_to_a_subject_asks_of_that_one(elu: Conversation) -> None:
    await elu.says("la Région Sud met des volontaires à disposition ?")
    await elu.says("il faut un visa ?")
    await elu.says("d'accord. Pour revenir au dispositif de la Région Sud, il faut écrire à qui ?")
    assert (elu.turn.topics, elu.turn.point) == (["region-sud"], "demander")
