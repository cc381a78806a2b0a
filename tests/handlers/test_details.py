"""The details of a dossier as people type them: what is optional is easily left out, and nothing else is lost by it."""

from functools import partial

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

ASKED = ("Votre téléphone", "Un message pour l’équipe")


@pytest.fixture
async def elu(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    """Somebody who has read the verdict, and is asked for consent."""
    conversation = partial(Conversation, packaged, packaged_understanding, database, TODAY)()
    await conversation.says("test d'éligibilité")
    for label in ("Vérifier mon éligibilité", "Une collectivité ou un groupement"):
        await conversation.presses(label)
    await conversation.says("Rocamadour")
    for typed in ("oui", "oui", "accueillir", "pas encore", "la santé", "oui"):
        await conversation.says(typed)
    await conversation.presses("Envoyer à l’équipe")
    return conversation


async def _to_the_telephone(elu: Conversation) -> str:
    await elu.presses("J’accepte")
    for typed in ("Jeanne Plantée", "maire", "jeanne@mairie-exemple.fr"):
        said = await elu.says(typed)
    return said


@pytest.mark.parametrize(
    "typed",
    [
        *("jsp", "je sais pas", "non", "passer", "pas de téléphone", "rien", "aucun", "-", "🤷", "👎"),
        *("laissez tomber", "on n'en a pas", "par mail plutôt", "je préfère ne pas le donner", "sans", "0"),
    ],
)
async def test_any_way_to_say_none_passes_the_optional_telephone(elu: Conversation, typed: str) -> None:
    assert "Votre téléphone" in await _to_the_telephone(elu)

    assert "Un message pour l’équipe" in await elu.says(typed)
    assert "Téléphone\xa0: (non renseigné)" in await elu.presses("Passer")


@pytest.mark.parametrize("typed", ["rien", "non", "jsp", "c'est tout", "non merci", "rien à ajouter", "tant pis", "…"])
async def test_any_way_to_say_none_passes_the_message_and_loses_nothing_typed_before(
    elu: Conversation, typed: str
) -> None:
    await _to_the_telephone(elu)
    await elu.presses("Passer")
    recap = await elu.says(typed)

    assert "Jeanne Plantée" in recap
    assert "Message\xa0: (non renseigné)" in recap


@pytest.mark.parametrize(
    "typed", ["On hésite encore entre deux pays.", "Nous n'avons pas le téléphone au village", "🙏"]
)
async def test_a_message_is_one_even_when_it_hesitates_or_denies(elu: Conversation, typed: str) -> None:
    await _to_the_telephone(elu)
    await elu.presses("Passer")

    assert f"Message\xa0: {typed}" in await elu.says(typed)


@pytest.mark.parametrize("typed", ["05 65", "j'ai pas tout, 06 12"])
async def test_a_number_that_is_not_whole_is_not_passed(elu: Conversation, typed: str) -> None:
    await _to_the_telephone(elu)

    assert "Ce numéro n’est pas complet" in await elu.says(typed)


async def test_stop_gives_all_of_it_up(elu: Conversation) -> None:
    await _to_the_telephone(elu)

    assert "Rien n’est envoyé" in await elu.says("stop")


@pytest.mark.parametrize("typed", ["non", "oui", "ok"])
async def test_a_bare_no_is_no_name_unless_it_is_typed_twice(elu: Conversation, typed: str) -> None:
    await elu.presses("J’accepte")

    assert "est-ce bien cela" in await elu.says(typed)
    assert "Votre fonction" in await elu.says(typed)


@pytest.mark.parametrize("sign", ["👍", "👍🏽", "✅"])
async def test_a_thumb_consents_and_sends(elu: Conversation, sign: str) -> None:
    assert "Votre nom" in await elu.says(sign)
    await _details(elu)

    assert "Votre référence" in await elu.says(sign)


async def _details(elu: Conversation) -> None:
    for typed in ("Jeanne Plantée", "maire", "jeanne@mairie-exemple.fr", "non", "non"):
        await elu.says(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("06 12 34 56 78", "06\xa012\xa034\xa056\xa078"),
        ("+33612345678", "06\xa012\xa034\xa056\xa078"),
        ("0262 48 70 00", "0262\xa048\xa070\xa000"),
        ("+32 2 812 34 56", "+32\xa02\xa0812\xa034\xa056"),
    ],
)
async def test_a_telephone_is_shown_as_it_is_dialled_in_france(elu: Conversation, typed: str, shown: str) -> None:
    await _to_the_telephone(elu)
    await elu.says(typed)

    assert f"Téléphone\xa0: {shown}" in await elu.presses("Passer")


async def test_pictures_made_of_several_signs_stay_whole(elu: Conversation) -> None:
    await _to_the_telephone(elu)
    await elu.presses("Passer")

    assert "👩🏽‍🌾" in await elu.says("Merci 👩🏽‍🌾")


async def test_consent_is_asked_again_after_the_page_on_personal_data(elu: Conversation) -> None:
    assert "acceptez-vous" in await elu.says("/confidentialite")

    assert "Votre nom" in await elu.says("ok")
