"""Sending is agreed to in words: to open the dossier, to consent, to send, and which of two is meant."""

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

CONSENT, NAME = "vos réponses au questionnaire et vos coordonnées", "Votre nom"
WHICH = "Vous avez déjà un dossier"


@pytest.fixture
async def elu(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    """Somebody who has just read the verdict."""
    conversation = Conversation(packaged, packaged_understanding, database, TODAY)
    await conversation.says("test d'éligibilité")
    for label in ("Vérifier mon éligibilité", "Une collectivité ou un groupement"):
        await conversation.presses(label)
    for typed in ("Rocamadour", "oui", "oui", "accueillir", "pas encore", "la santé", "oui"):
        await conversation.says(typed)
    return conversation


async def _to_the_recap(elu: Conversation) -> str:
    await elu.presses("Envoyer à l’équipe")
    for typed in ("j'accepte", "Jeanne Plantée", "maire", "jeanne@mairie-exemple.fr", "non", "non"):
        said = await elu.says(typed)
    return said


async def _to_the_choice(elu: Conversation) -> str:
    await _to_the_recap(elu)
    await elu.says("envoyer")
    await elu.says("/mondossier")
    await elu.presses("Corriger mes réponses")
    return await elu.says("faites suivre la correction")


@pytest.mark.parametrize(
    "typed",
    [
        *("Merci de transmettre notre dossier au programme.", "faites suivre à l'équipe svp", "ok vas y transmet"),
        *("envoyez la mise à jour", "on valide", "transmettre à France Volontaires", "expédiez la candidature"),
    ],
)
async def test_after_the_verdict_what_asks_to_send_opens_the_dossier(elu: Conversation, typed: str) -> None:
    assert CONSENT in await elu.says(typed)


@pytest.mark.parametrize("typed", ["je ne suis pas d'accord", "non, n'envoyez rien", "ne transmettez rien"])
async def test_at_consent_what_refuses_sends_nothing_and_says_so(elu: Conversation, typed: str) -> None:
    await elu.presses("Envoyer à l’équipe")

    assert "rien n’est envoyé" in (await elu.says(typed)).replace("'", "’")


@pytest.mark.parametrize("typed", ["comment transmettre un dossier ?", "on enverra un jeune", "envoyer à qui ?"])
async def test_after_the_verdict_what_asks_something_else_does_not(elu: Conversation, typed: str) -> None:
    assert CONSENT not in await elu.says(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("nous sommes d'accord", "Accord.", "c'est entendu", "ça nous va", "bon pour moi", "je donne mon accord"),
        *("aucun souci", "ok pour nous", "oui, pas de problème"),
    ],
)
async def test_consent_is_given_in_many_words(elu: Conversation, typed: str) -> None:
    await elu.presses("Envoyer à l’équipe")

    assert NAME in await elu.says(typed)


@pytest.mark.parametrize("typed", ["oui mais sans mon nom", "je ne suis pas d'accord", "vous pouvez ?", "sans accord"])
async def test_consent_is_not_given_by_what_holds_back(elu: Conversation, typed: str) -> None:
    await elu.presses("Envoyer à l’équipe")

    assert NAME not in await elu.says(typed)


@pytest.mark.parametrize(
    "typed", ["Oui, vous pouvez transmettre", "vous pouvez l'envoyer svp", "transmettez le dossier"]
)
async def test_at_the_recap_what_asks_to_send_sends(elu: Conversation, typed: str) -> None:
    await _to_the_recap(elu)

    assert "référence" in await elu.says(typed)


async def test_at_the_recap_a_question_about_sending_sends_nothing(elu: Conversation) -> None:
    await _to_the_recap(elu)

    assert "référence" not in await elu.says("je peux envoyer ?")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("oui", WHICH),
        ("la mise à jour", "Jeanne Plantée"),
        ("envoyez la mise à jour", "Jeanne Plantée"),
        ("plutôt un nouveau", CONSENT),
    ],
)
async def test_of_an_update_and_another_dossier_it_is_said_which(elu: Conversation, typed: str, said: str) -> None:
    assert WHICH in await _to_the_choice(elu)

    assert said in await elu.says(typed)


async def test_in_the_list_of_answers_a_bare_verb_is_an_answer(elu: Conversation) -> None:
    await elu.says("modifier une réponse")

    assert "Accueillir un volontaire → Envoyer" in (await elu.says("envoyer")).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("allez hop balancez tout ça", "Quelle est votre question"), ("le volontaire aura-t-il un vélo ?", "adresse")],
)
async def test_after_the_verdict_only_what_asks_is_taken_for_the_question(
    elu: Conversation, typed: str, said: str
) -> None:
    await elu.says(typed)
    await elu.says("je voudrais poser une question à l'équipe")

    assert said in await elu.says("oui")


@pytest.mark.parametrize("opened_by", ["/eligibilite", "/start prequalification"])
async def test_yes_to_the_invitation_begins_the_questionnaire_whatever_opened_it(
    packaged: Content, packaged_understanding: Understanding, database: Database, opened_by: str
) -> None:
    conversation = Conversation(packaged, packaged_understanding, database, TODAY)
    await conversation.says(opened_by)

    assert "Question 1" in await conversation.says("oui")
