"""The details of a dossier as people type them: what is optional is easily left out, and nothing else is lost by it."""

from functools import partial

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.questionnaire.ways_to_reach import nearest_domain
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


@pytest.mark.parametrize(
    "typed",
    [
        *("rien", "non", "jsp", "c'est tout", "non merci", "rien à ajouter", "tant pis", "…", "non merci rien", "RAS"),
        *(
            "Je n'ai pas de message à ajouter",
            "non rien à ajouter merci",
            "aucun message à transmettre",
            "tout est dit",
        ),
        *("pas de message particulier", "non, c'est bon pour moi", "je n'ai pas d'autre chose à dire"),
    ],
)
async def test_any_way_to_say_none_passes_the_message_and_loses_nothing_typed_before(
    elu: Conversation, typed: str
) -> None:
    await _to_the_telephone(elu)
    await elu.presses("Passer")
    recap = await elu.says(typed)

    assert "Jeanne Plantée" in recap
    assert "Message\xa0: (non renseigné)" in recap


@pytest.mark.parametrize(
    "typed", ["On hésite encore entre deux pays.", "Nous n'avons pas le téléphone au village", "Rien n'est prêt.", "🙏"]
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


@pytest.mark.parametrize(
    "typed",
    [
        *("Marie Exemple", "Jean-Paul EXEMPLE", "Lucie Conne", "Paul Rien", "Ngũgĩ wa Thiong'o", "Jean de La Source"),
        *("O", "김", "李明", "محمد", "N’Diaye", "d'Artagnan", "Y Lê", "Anne Maire", "Maire Anne"),
    ],
)
async def test_any_name_is_taken_whatever_else_its_words_mean(elu: Conversation, typed: str) -> None:
    await elu.presses("J’accepte")

    assert "Votre fonction" in await elu.says(typed)


@pytest.mark.parametrize("typed", ["marie exemple", "X", "Exemple", "bonjour", "j'ai pas de nom"])
async def test_what_is_hardly_a_name_is_asked_about_once_and_taken_when_typed_again(
    elu: Conversation, typed: str
) -> None:
    await elu.presses("J’accepte")

    assert "Votre fonction" not in await elu.says(typed)
    assert "Votre fonction" in await elu.says(typed)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        *(("jeanne@mairie.fr", "Courriel"), ("Jeanne Plantée, jeanne@mairie.fr", "Courriel")),
        *(("06 12 34 56 78", "Téléphone"), ("maire", "Fonction"), ("M. le maire", "Fonction")),
        *(("Maire de Rocamadour", "Fonction"), ("MAIRE DE ROCAMADOUR", "Fonction"), ("DGS", "Fonction")),
    ],
)
async def test_another_detail_typed_for_the_name_is_asked_about_once(elu: Conversation, typed: str, label: str) -> None:
    await elu.presses("J’accepte")

    assert f"irait plutôt dans «\xa0{label}\xa0»" in await elu.says(typed)
    assert "Votre fonction" in await elu.says(typed)


@pytest.mark.parametrize("typed", ["maire@mairie.fr", "0612345678"])
async def test_an_address_typed_for_the_function_is_asked_about(elu: Conversation, typed: str) -> None:
    await elu.presses("J’accepte")
    await elu.says("Jeanne Plantée")

    assert "irait plutôt dans" in await elu.says(typed)
    assert "Votre adresse" in await elu.says("maire")


@pytest.mark.parametrize("typed", ["élu sans étiquette", "adjoint n° 2", "2e adjoint", "AM"])
async def test_a_function_is_taken_with_any_words(elu: Conversation, typed: str) -> None:
    await elu.presses("J’accepte")
    await elu.says("Jeanne Plantée")

    assert "Votre adresse" in await elu.says(typed)


async def test_rien_for_a_function_loses_nothing_typed_before(elu: Conversation) -> None:
    await elu.presses("J’accepte")
    await elu.says("Jeanne Plantée")

    assert "est-ce bien cela" in await elu.says("rien")
    assert "Votre adresse" in await elu.says("rien")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("maire", "irait plutôt dans «\xa0Fonction"),
        ("06 12 34 56 78", "irait plutôt dans «\xa0Téléphone"),
        ("je n'en ai pas", "est nécessaire pour que l’équipe puisse vous répondre"),
        ("jeanne@mairie", "n’est pas complète"),
    ],
)
async def test_what_is_no_address_is_said_to_be_what_it_is(elu: Conversation, typed: str, said: str) -> None:
    await elu.presses("J’accepte")
    for before in ("Jeanne Plantée", "maire"):
        await elu.says(before)

    assert said in await elu.says(typed)
    assert "Votre téléphone" in await elu.says("jeanne@mairie-exemple.fr")


async def test_an_address_typed_for_the_telephone_is_said_to_be_one(elu: Conversation) -> None:
    await _to_the_telephone(elu)

    assert "irait plutôt dans «\xa0Courriel" in await elu.says("jeanne@mairie.fr")


async def _to_the_recap(elu: Conversation) -> str:
    await _to_the_telephone(elu)
    for _ in range(2):
        said = await elu.says("passer")
    return said


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("non mon adresse c'est mairie@rocamadour.fr", "Courriel\xa0: mairie@rocamadour.fr"),
        ("fonction : première adjointe", "Fonction\xa0: première adjointe"),
        ("vous pouvez m'appeler au 06 12 34 56 78", "Téléphone\xa0: 06 12 34 56 78"),
        ("en fait mon nom est Jeanne Martin", "Nom\xa0: Jeanne Martin"),
    ],
)
@pytest.mark.parametrize("listed", [True, False])
async def test_a_detail_is_changed_in_words_where_all_are_shown(
    elu: Conversation, typed: str, shown: str, *, listed: bool
) -> None:
    await _to_the_recap(elu)
    if listed:
        await elu.says("corriger")

    said = await elu.says(typed)

    assert shown.replace(" ", "\xa0") in said.replace(" ", "\xa0")
    assert "Envoyer à l’équipe" in elu.buttons


async def test_a_detail_named_only_is_asked_again_and_nothing_else_is_lost(elu: Conversation) -> None:
    await _to_the_recap(elu)

    assert "Votre fonction" in await elu.says("la fonction est fausse")
    assert "Jeanne Plantée" in await elu.says("adjointe")


async def test_what_only_speaks_of_a_detail_changes_none(elu: Conversation) -> None:
    await _to_the_recap(elu)

    await elu.says("je relis encore un peu mon message à tête reposée avant")

    assert "Envoyer à l’équipe" in elu.buttons


async def test_the_list_of_details_goes_back_to_what_is_sent(elu: Conversation) -> None:
    await _to_the_recap(elu)
    await elu.says("corriger")

    assert "Brouillon, pas encore envoyé" in await elu.says("envoyer")
    assert "référence" in await elu.says("envoyer a lequipe")


@pytest.mark.parametrize(("typed", "address"), [("oui", "jeanne@gmail.com"), ("non", "jeanne@gmial.com")])
async def test_an_address_that_was_doubted_is_settled_in_a_word(elu: Conversation, typed: str, address: str) -> None:
    await elu.presses("J’accepte")
    for detail in ("Jeanne Plantée", "maire", "jeanne@gmial.com", typed, "passer"):
        await elu.says(detail)

    assert f"Courriel\xa0: {address}" in await elu.says("passer")


@pytest.mark.parametrize("typed", ["envoyez le dossier à l'équipe svp", "j'envoie", "envoyer a lequipe"])
async def test_after_the_result_to_send_is_to_send_the_dossier(elu: Conversation, typed: str) -> None:
    await elu.presses("Non merci")
    await elu.says("vérifier mon éligibilité")

    assert "Votre dossier" in await elu.says(typed)


def test_a_short_domain_is_no_slip_of_another() -> None:
    assert nearest_domain("ana@die.fr") is None
    assert nearest_domain("ana@fre.fr") == "ana@free.fr"
