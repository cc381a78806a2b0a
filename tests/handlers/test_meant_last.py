"""The last answer is meant: somebody says otherwise, only what follows is asked, a form or a country is put right."""

import pytest

from tests.conversation import Conversation
from tests.handlers.test_what_was_told import said_to


@pytest.mark.parametrize(
    ("asked", "doubted"),
    [
        ("la commune doit-elle être agréée ?", "vous êtes sûr ? la préfecture dit le contraire"),
        ("faut-il une délibération ?", "pourtant notre trésorier affirme que oui"),
        ("un service civique peut avoir 29 ans ?", "ah bon, le club m'a assuré l'inverse"),
    ],
)
async def test_what_somebody_says_against_it_is_checked(elu: Conversation, asked: str, doubted: str) -> None:
    await said_to(elu, asked)
    last = (elu.turn.topics, elu.turn.point)
    told = await said_to(elu, doubted)
    assert told.startswith("Je vérifie.")
    assert "faites-le confirmer par l’équipe" in told
    assert (elu.turn.topics, elu.turn.point) == last


@pytest.mark.parametrize(
    ("asked", "concluded", "told"),
    [
        ("on veut accueillir un Espagnol", "donc c'est foutu ?", "Espagne : non"),
        ("peut-on candidater après la clôture ?", "donc c'est mort point d'interrogation", "après la clôture"),
        ("notre volontaire aurait 40 ans, en service civique", "alors on laisse tomber ?", "25 ans"),
    ],
)
async def test_a_conclusion_is_that_of_what_was_said(elu: Conversation, asked: str, concluded: str, told: str) -> None:
    reply = await said_to(elu, asked, concluded)
    assert reply.startswith("Pour conclure")
    assert told in reply


async def test_what_names_something_else_is_no_conclusion(elu: Conversation) -> None:
    told = await said_to(elu, "on veut accueillir un Espagnol", "donc c'est foutu pour le logement ?")
    assert not told.startswith("Pour conclure")


async def test_another_form_asks_the_same_of_it(elu: Conversation) -> None:
    await said_to(elu, "qui loge le volontaire ?", "non je parlais d'un service civique")
    assert (elu.turn.topics, elu.turn.point) == (["logement"], "service-civique")


async def test_the_form_that_was_told_already_is_told_again(elu: Conversation) -> None:
    asked = "on a un jeune qui part, qui paie son voyage en service civique ?"
    told = await said_to(elu, asked, "je précise : c'est en service civique, pas en VSI")
    assert elu.turn.point == "service-civique"
    assert "je n’ai rien trouvé" not in told


async def test_a_form_that_is_taken_back_is_not_asked(elu: Conversation) -> None:
    await said_to(elu, "on veut un VSI, euh non, plutôt un service civique")
    assert elu.turn.topics == ["service-civique"]


async def test_another_country_is_no_correction_of_a_dossier(elu: Conversation) -> None:
    told = await said_to(elu, "on peut envoyer au Maroc ?", "je me suis trompée, c'est la Tunisie")
    assert "Tunisie : je ne sais pas" in told


async def test_an_age_alone_is_answered_for_whoever_is_hosted(elu: Conversation) -> None:
    told = await said_to(elu, "une ville peut-elle recevoir une Malgache ?", "elle a 23 ans. ça va ?")
    assert "25 ans" in told


async def test_an_age_alone_is_answered_to_a_partner_abroad_too(elu: Conversation) -> None:
    await said_to(elu, "nous sommes une association au Bénin, on peut demander ?", "une amie peut venir en France ?")
    assert "25 ans" in await said_to(elu, "elle a 23 ans. ça va ?")


async def test_who_pays_after_what_it_brings_is_asked_of_the_programme(elu: Conversation) -> None:
    await said_to(elu, "quel intérêt pour une commune ?", "et on paie, nous ?")
    assert elu.turn.topics[0] in {"financement", "reste-a-charge"}
