"""Short messages that leave something unsaid: the other form, another year, both ways, whether the answer holds."""

import pytest

from tests.conversation import Conversation
from tests.handlers.test_what_was_told import said_to

pytestmark = pytest.mark.content


@pytest.mark.parametrize(
    ("asked", "then", "told"),
    [
        ("quelle durée pour un VSI ?", "et pour l'autre ?", "6 à 12 mois"),
        ("quelle durée pour un VSI ?", "pareil en service civique ?", "6 à 12 mois"),
        ("c'est quoi le VSI", "et l'autre statut ?", "service civique effectué dans un autre pays"),
        ("les conditions de l'agrément VSI ?", "et l'autre agrément, ses conditions ?", "sans but lucratif"),
    ],
)
async def test_the_other_form_is_asked_what_the_first_was(elu: Conversation, asked: str, then: str, told: str) -> None:
    assert told in await said_to(elu, asked, then)


async def test_another_authority_is_no_other_form(elu: Conversation) -> None:
    await said_to(elu, "quelle durée pour un VSI ?")
    before = elu.turn.form
    await said_to(elu, "et l'autre commune, elle paie quoi ?")
    assert elu.turn.form == before


async def test_a_form_that_is_stated_is_noted_and_answered_for(elu: Conversation) -> None:
    reply = await said_to(elu, "quelle est la durée de la mission ?", "c'est un VSI, je crois, pas un service civique")
    assert reply.startswith("C’est noté : VSI.")
    assert "12 à 24 mois" in reply


@pytest.mark.parametrize("then", ["oups, 900 et non 9000, c'est pareil ?", "pardon 900. ça change quelque chose"])
async def test_a_size_put_right_is_noted_and_answered_for(elu: Conversation, then: str) -> None:
    reply = await said_to(elu, "nous sommes une commune de 9000 habitants, on peut candidater ?", then)
    assert reply.startswith("C’est noté : une commune de 900 habitants")
    assert "aucune taille" in reply.lower()


async def test_what_is_compared_with_us_is_not_asked_of_the_last_answer(elu: Conversation) -> None:
    await said_to(elu, "une antenne aux Antilles ?")
    reply = await said_to(elu, "et VIES Caraïbes, c'est la même chose que vous ?")
    assert "n’est pas Territoires Volontaires" in reply


@pytest.mark.parametrize(
    ("asked", "then", "told"),
    [
        ("que s'est-il passé en Nouvelle-Calédonie en 2023 ?", "et l'année suivante ?", "2024"),
        ("que fait La Réunion ?", "et en 2021 ?", "Pour 2021, à propos de"),
    ],
)
async def test_another_year_is_asked_of_the_same_place(elu: Conversation, asked: str, then: str, told: str) -> None:
    await said_to(elu, asked)
    last = elu.turn.topics
    assert told in await said_to(elu, then)
    assert elu.turn.topics == last


async def test_one_may_host_and_send(elu: Conversation) -> None:
    reply = await said_to(elu, "on voudrait accueillir un jeune Togolais", "et en envoyer un aussi, possible ?")
    assert reply.startswith("Oui, les deux à la fois")


async def test_others_put_aside_one_s_own_place_is_asked_about(elu: Conversation) -> None:
    reply = await said_to(
        elu, "combien coûte une mission ?", "les Réunionnais ça m'est égal, moi c'est pour ma commune"
    )
    assert reply.startswith("De chez vous, je ne sais rien de plus")
    assert elu.turn.topics == ["reste-a-charge"]


async def test_the_opposite_of_what_was_told_is_denied(elu: Conversation) -> None:
    reply = await said_to(elu, "quelles conditions pour l'agrément VSI ?", "des ressources publiques à 15 % ?")
    assert reply.startswith("Non, d’après mes documents")


@pytest.mark.parametrize("aside", ["mouais", "bof", "écris-moi un poème sur ma mairie"])
async def test_an_aside_is_met_in_a_sentence_and_keeps_the_subject(elu: Conversation, aside: str) -> None:
    await said_to(elu, "quelle durée pour un VSI ?")
    reply = await said_to(elu, aside)
    assert len(reply) < 200
    assert "6 à 12" in await said_to(elu, "et pour l'autre ?")


async def test_who_thanks_and_tells_what_she_does_next_is_thanked(elu: Conversation) -> None:
    await said_to(elu, "qui peut candidater ?", "merci, je vais montrer cela à mon adjointe demain")
    assert elu.turn.topics == ["remerciement"]


async def test_a_figure_in_doubt_is_no_new_question(elu: Conversation) -> None:
    reply = await said_to(elu, "un VSI dure combien de temps au plus ?", "on nous a parlé de 4 ans, est-ce exact ?")
    assert reply.startswith("Je vérifie.")


async def test_a_figure_that_somebody_told_is_checked_against_the_last_answer(elu: Conversation) -> None:
    reply = await said_to(
        elu, "un VSI touche combien par mois ?", "mon beau-frère m'a parlé de 900 euros, c'est vrai ?"
    )
    assert reply.startswith("Je vérifie.")
    assert elu.turn.topics == ["indemnites"]


@pytest.mark.parametrize(
    "asked", ["c'est plus rapide pour le service civique ?", "ils accueillent quels jeunes, par exemple ?"]
)
async def test_what_asks_is_no_wish_for_a_shorter_answer_or_an_example(elu: Conversation, asked: str) -> None:
    await said_to(elu, "en combien de temps obtient-on l'agrément VSI ?", asked)
    assert elu.turn.screen not in {"shorter", "more", "example"}


async def test_a_back_handed_compliment_is_no_insult(elu: Conversation) -> None:
    assert (await said_to(elu, "que fait Tours ?", "finalement pas si bête")).startswith("Merci")


async def test_after_an_entry_on_one_form_the_other_is_answered_by_its_own(elu: Conversation) -> None:
    reply = await said_to(elu, "y a-t-il une limite d'âge en VSI ?", "et pour le service civique, ma cousine a 28 ans")
    assert "sauf handicap" in reply
    assert not reply.startswith("Ma réponse vaut aussi")
