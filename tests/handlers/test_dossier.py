"""Sending a dossier: nothing personal before consent, nothing sent before « Envoyer », never twice."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.tables import dossiers, fsm
from knowledge.content import Content
from knowledge.matching import Matcher
from tests.conftest import TODAY
from tests.conversation import Conversation

NAME = "Jeanne Plantée"


@pytest.fixture
def opened(packaged: Content, packaged_matcher: Matcher, database: Database) -> Callable[[bool], Conversation]:
    return lambda sends: Conversation(packaged, packaged_matcher, database, TODAY, sends=sends)


@pytest.fixture
async def elu(opened: Callable[[bool], Conversation]) -> Conversation:
    """Somebody who has just read the verdict."""
    return await _with_a_verdict(opened(True))


async def _with_a_verdict(conversation: Conversation) -> Conversation:
    await conversation.says("test d'éligibilité")
    await conversation.presses("Vérifier mon éligibilité")
    await conversation.presses("Une collectivité ou un groupement")
    await conversation.says("ste rose guadeloupe")
    await conversation.presses(next(b for b in conversation.buttons if b.startswith("Sainte-Rose (commune, 971")))
    for label in ("Oui", "Accueillir un volontaire", "Pas encore", "Je ne sais pas", "Oui, une première"):
        await conversation.presses(label)
    return conversation


async def _to_the_recap(elu: Conversation) -> str:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")
    await elu.says(NAME)
    await elu.says("maire")
    await elu.says("jeanne@mairie-exemple.fr")
    await elu.presses("Passer")
    return await elu.presses("Passer")


async def test_the_recap_is_an_accessible_pdf_with_the_verdict_and_nothing_personal(elu: Conversation) -> None:
    await elu.presses("Récapitulatif en PDF")

    ((name, pdf),) = [sent.file for sent in elu.sent if sent.file]
    assert name == "territoires-volontaires-brouillon.pdf"
    assert pdf.startswith(b"%PDF")
    assert b"pdfuaid" in pdf
    assert len(pdf) < 200_000


async def test_who_receives_it_is_told_before_anything_is_asked(elu: Conversation, database: Database) -> None:
    said = await elu.presses("Envoyer à l’équipe")

    assert "France Volontaires" in said
    assert "12 mois" in said
    assert "rien n’est envoyé" in await elu.presses("Non merci")
    assert await database.read(select(dossiers)) == []


async def test_a_dossier_is_shown_then_kept_then_told_by_its_reference(elu: Conversation, database: Database) -> None:
    recap = await _to_the_recap(elu)
    assert NAME in recap
    assert "PROJET.TEVO@france-volontaires.org" in recap
    assert await database.read(select(dossiers)) == []

    said = await elu.presses("Envoyer à l’équipe")

    (row,) = await database.read(select(dossiers))
    assert row.reference in said
    assert "en attente d’envoi" in said
    assert row.state == "waiting"
    status = await elu.says("/mondossier")
    assert row.reference in status
    assert "en attente d’envoi" in status


async def test_pressed_twice_it_is_kept_once(elu: Conversation, database: Database) -> None:
    await _to_the_recap(elu)
    shown = elu.replies[-1]
    await elu.presses("Envoyer à l’équipe", shown)

    assert "déjà enregistré" in await elu.presses("Envoyer à l’équipe", shown)
    assert len(await database.read(select(dossiers))) == 1


async def test_nothing_personal_can_be_read_in_the_database(elu: Conversation, database: Database) -> None:
    await _to_the_recap(elu)
    drafts = await database.read(select(fsm))
    await elu.presses("Envoyer à l’équipe")
    kept = await database.read(select(dossiers))

    assert NAME not in str(drafts)
    assert NAME not in str(kept)
    assert "jeanne@" not in str(kept)


async def test_without_a_mail_server_the_truth_is_told(opened: Callable[[bool], Conversation]) -> None:
    elu = await _with_a_verdict(opened(False))
    await _to_the_recap(elu)

    said = await elu.presses("Envoyer à l’équipe")

    assert said.startswith("Rien n’a été envoyé")
    assert "non envoyé" in await elu.says("/mondossier")


async def test_a_wrong_address_is_said_with_an_example(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")
    await elu.says(NAME)
    await elu.says("maire")

    assert "prenom.nom@" in await elu.says("jeanne sans arobase")
    assert "a@gmail.com" in await elu.says("a@gmial.com")
    assert "téléphone" in await elu.says("a@gmial.com")


async def test_details_are_corrected_before_sending(elu: Conversation) -> None:
    await _to_the_recap(elu)

    assert "Votre nom" in await elu.presses("Corriger")


async def test_giving_up_erases_the_details(elu: Conversation, database: Database) -> None:
    await _to_the_recap(elu)
    await elu.presses("Ne rien envoyer")

    assert await database.read(select(dossiers)) == []
    assert "Vous n’avez pas envoyé de dossier" in await elu.says("/mondossier")


async def test_a_dossier_is_erased_on_request(elu: Conversation, database: Database) -> None:
    await _to_the_recap(elu)
    await elu.presses("Envoyer à l’équipe")
    await elu.says("/mondossier")

    assert "effacé" in await elu.presses("Effacer mon dossier")
    assert await database.read(select(dossiers)) == []


@pytest.mark.parametrize("forged", ["confirm:TV-AAAA-AAAA", "skip:name", "skip:nothing", "correct", "consent:2"])
async def test_forged_buttons_send_nothing(elu: Conversation, database: Database, forged: str) -> None:
    await elu.feeds(elu.session.presses(forged, elu.replies[-1]))

    assert await database.read(select(dossiers)) == []
