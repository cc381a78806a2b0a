"""Sending a dossier: nothing personal before consent, nothing sent before « Envoyer », never twice."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from aiogram.types import Update, User
from sqlalchemy import select, update

from bot.database.database import Database
from bot.database.tables import dossiers, fsm, handovers, replies
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from knowledge.words.codes import REFERENCE
from tests.conftest import TODAY
from tests.conversation import Conversation

NAME = "Jeanne Plantée"


@pytest.fixture
async def elu(opened: Callable[..., Conversation]) -> Conversation:
    """Somebody who has just read the verdict."""
    return await _with_a_verdict(opened())


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


async def _to_the_recap_of_a_question(elu: Conversation) -> str:
    await elu.says("contact")
    assert "France Volontaires" in await elu.presses("Transmettre ma question")
    await elu.presses("J’accepte")
    await elu.says("Peut-on associer notre commune jumelée au Bénin ?")
    return await elu.says("jeanne@mairie-exemple.fr")


async def _sent(elu: Conversation) -> None:
    await _to_the_recap(elu)
    await elu.presses("Envoyer à l’équipe")


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
    assert "rien n’est envoyé pour le moment" in said  # nobody has said yet who handles the data
    assert row.state == "waiting"
    status = await elu.says("/mondossier")
    assert row.reference in status
    assert "en attente d’envoi. Il attend ici que l’équipe indique qui répond de vos données" in status
    assert "je réessaie" not in status


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


async def test_without_a_mail_server_the_truth_is_told(opened: Callable[..., Conversation], tmp_path: Path) -> None:
    elu = await _with_a_verdict(opened(files=tmp_path))
    await _to_the_recap(elu)

    said = await elu.presses("Envoyer à l’équipe")

    assert said.startswith("Rien n’a été envoyé")
    assert f"Pour nous joindre\u00a0: {NAME}, maire, jeanne@mairie-exemple.fr" in said
    assert "non envoyé" in await elu.says("/mondossier")


async def test_the_text_to_send_oneself_holds_the_message_that_was_typed(
    opened: Callable[..., Conversation], tmp_path: Path
) -> None:
    elu = await _with_a_verdict(opened(files=tmp_path))
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")
    for typed in (NAME, "maire", "jeanne@mairie-exemple.fr", "non", "Le lycée est d'accord."):
        await elu.says(typed)

    assert "- Message\u00a0: Le lycée est d'accord." in await elu.presses("Envoyer à l’équipe")


async def test_a_wrong_address_is_said_with_an_example(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")
    await elu.says(NAME)
    await elu.says("maire")

    assert "prenom.nom@" in await elu.says("jeanne sans arobase")
    assert "a@gmail.com" in await elu.says("a@gmial.com")
    assert "téléphone" in await elu.says("a@gmial.com")


async def test_a_detail_is_corrected_before_sending_and_the_others_stay(elu: Conversation) -> None:
    await _to_the_recap(elu)
    await elu.presses("Corriger")
    assert "Votre fonction" in await elu.presses("Fonction\xa0: maire")

    recap = await elu.says("première adjointe")

    assert "première adjointe" in recap
    assert NAME in recap


async def test_what_is_typed_is_shown_as_it_is_never_read_as_markup(elu: Conversation) -> None:
    typed = "Voir {fact:duree} et {id}, [la mairie](https://exemple.fr), **merci**"
    await _to_the_recap(elu)
    await elu.presses("Corriger")
    await elu.presses("Message\xa0: (non renseigné)")

    recap = await elu.says(typed)

    assert typed in recap
    assert not any(entity.type == "text_link" for reply in elu.replies for entity in reply.entities or ())
    assert "Envoyer à l’équipe" in elu.buttons


async def test_the_longest_details_are_shown(elu: Conversation) -> None:
    await _to_the_recap(elu)
    for detail, start in (("Nom\xa0: ", "Jeanne"), ("Fonction\xa0: ", "maire"), ("Message\xa0: ", "(non")):
        await elu.presses("Corriger")
        await elu.presses(next(b for b in elu.buttons if b.startswith(f"{detail}{start}")))
        await elu.says(detail + "😀" * 1_000)

    assert all(len((reply.text or "").encode("utf-16-le")) <= 2 * 4096 for reply in elu.replies)
    assert "Envoyer à l’équipe" in elu.buttons


async def test_accepting_again_goes_on_with_what_was_typed(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    notice = elu.replies[-1]
    await elu.presses("J’accepte", notice)
    await elu.says(NAME)

    assert "Votre fonction" in await elu.presses("J’accepte", notice)

    await elu.says("maire")
    await elu.says("jeanne@mairie-exemple.fr")
    await elu.presses("Passer")
    assert NAME in await elu.presses("Passer")


async def test_a_question_asked_in_place_of_a_detail_is_answered_and_the_detail_asked_again(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")

    said = await elu.says("quelle est la date limite ?")

    assert "19 mai 2025" in said.replace("\xa0", " ")
    assert said.rstrip().endswith("Votre nom ?".replace(" ?", "\u202f?"))
    assert "Votre fonction" in await elu.says(NAME)


async def test_a_name_that_looks_like_a_question_and_an_odd_address_are_taken_as_they_are(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")

    assert "Votre fonction" in await elu.says("Pierre Comment")
    await elu.says("maire")

    assert "{contact}@gmail.com" in await elu.says("{contact}@gmial.com")


async def test_accepting_again_keeps_a_corrected_question(elu: Conversation) -> None:
    await elu.says("le volontaire peut-il conduire le tracteur de la commune ?")
    asked = "Ma vraie question, corrigée"
    await elu.says("contact")
    await elu.presses("Transmettre ma question")
    notice = elu.replies[-1]
    await elu.presses("J’accepte", notice)
    if "Quelle est votre question" in (elu.replies[-1].text or ""):
        await elu.says("Ma question")
    await elu.says("jeanne@mairie-exemple.fr")
    await elu.presses("Corriger")
    await elu.presses(next(b for b in elu.buttons if b.startswith("Question")))
    assert asked in await elu.says(asked)

    assert asked in await elu.presses("J’accepte", notice)


async def test_a_wrong_detail_leaves_the_way_out_and_a_typed_button_is_a_button(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")
    for detail in (NAME, "maire", "jeanne@mairie-exemple.fr", "05 65"):
        await elu.says(detail)

    assert elu.buttons == ["Passer", "Ne rien envoyer"]
    assert "Un message pour l’équipe" in await elu.says("passer")
    assert "Rien n’est envoyé" in await elu.says("annuler")


async def test_giving_up_erases_the_details(elu: Conversation, database: Database) -> None:
    await _to_the_recap(elu)
    await elu.presses("Ne rien envoyer")

    assert await database.read(select(dossiers)) == []
    await elu.says("/mesdonnees")
    assert not any(NAME.encode() in sent.file[1] for sent in elu.sent if sent.file)


@pytest.mark.parametrize("typed", ["/annuler", "/cancel"])
async def test_annuler_erases_the_details_at_any_step(elu: Conversation, typed: str) -> None:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")
    await elu.says(NAME)
    await elu.says(typed)

    await elu.says("/mesdonnees")
    assert not any(NAME.encode() in sent.file[1] for sent in elu.sent if sent.file)
    assert "Territoires Volontaires" in await elu.says("c'est quoi ce programme ?")


async def test_a_dossier_is_erased_on_request(elu: Conversation, database: Database) -> None:
    await _sent(elu)
    await elu.says("/mondossier")

    assert "effacé" in await elu.presses("Effacer")
    assert await database.read(select(dossiers)) == []


async def test_the_reference_alone_tells_where_the_dossier_is_to_who_sent_it(elu: Conversation) -> None:
    await _sent(elu)
    reference = REFERENCE.findall(await elu.says("/mondossier"))[0]

    assert f"Dossier {reference}" in await elu.says(reference.lower())
    assert reference not in await elu.says(f"{reference[:-1]}{'A' if reference[-1] != 'A' else 'B'}")


async def test_a_draft_is_never_taken_for_what_was_sent(elu: Conversation) -> None:
    assert "pas encore envoyé" in await elu.says("/mondossier")
    await _sent(elu)

    said = await elu.says("/mondossier")

    assert "en attente d’envoi" in said
    assert "pas encore envoyé" not in said


async def test_corrected_answers_leave_as_an_update_under_the_same_reference(
    elu: Conversation, database: Database
) -> None:
    await _sent(elu)
    (before,) = await database.read(select(dossiers))
    await elu.says("/mondossier")
    await elu.presses("Corriger mes réponses")
    await elu.presses(next(label for label in elu.buttons if "première" in label))
    await elu.presses("Non, nous avons déjà agi")
    await elu.says("/mondossier")
    await elu.presses("Corriger mes coordonnées")
    await elu.presses("Envoyer à l’équipe")

    (after,) = await database.read(select(dossiers))
    assert (after.reference, before.revision, after.revision) == (before.reference, 0, 1)


async def test_somebody_who_sent_one_chooses_between_an_update_and_another(
    elu: Conversation, database: Database
) -> None:
    await _sent(elu)
    await elu.says("/mondossier")
    await elu.presses("Corriger mes réponses")
    await elu.presses(next(label for label in elu.buttons if "première" in label))
    await elu.presses("Oui, une première")

    assert "déjà un dossier" in await elu.presses("Envoyer à l’équipe")
    await elu.presses("Nouveau dossier")
    await elu.presses("J’accepte")
    for typed in (NAME, "maire", "jeanne@mairie-exemple.fr"):
        await elu.says(typed)
    await elu.presses("Passer")
    await elu.presses("Passer")
    await elu.presses("Envoyer à l’équipe")

    assert len(await database.read(select(dossiers))) == 2


async def test_a_question_without_an_answer_is_sent_to_the_team_with_consent(
    opened: Callable[..., Conversation], database: Database
) -> None:
    elu = opened()
    recap = await _to_the_recap_of_a_question(elu)
    assert "commune jumelée au Bénin" in recap

    said = await elu.presses("Envoyer à l’équipe")

    (row,) = await database.read(select(dossiers))
    assert row.reference in said
    assert "Message TV-" in await elu.says("/mondossier")


@pytest.mark.parametrize("typed", ["Répondez-moi ici", "je n'en ai pas", "passer"])
async def test_a_question_without_an_address_is_to_be_answered_in_the_conversation(
    opened: Callable[..., Conversation], database: Database, typed: str
) -> None:
    elu = opened()
    await elu.says("contact")
    assert "14 jours" in await elu.presses("Transmettre ma question")
    await elu.presses("J’accepte")
    assert "elle viendrait ici" in await elu.says("Peut-on associer notre commune jumelée au Bénin ?")

    recap = await (elu.presses(typed) if typed in elu.buttons else elu.says(typed))
    assert "Courriel : (non renseigné)" in recap.replace("\xa0", " ")
    await elu.presses("Envoyer à l’équipe")

    (row,) = await database.read(select(replies))
    assert (row.here, row.state) == (True, "open")
    await database.execute(update(dossiers).values(state="sent", sent_at=1))
    assert "Une réponse viendrait ici" in await elu.says("/mondossier")
    await database.execute(update(replies).values(state="sent", answered_at=1))
    assert "vous a répondu ici" in await elu.says("/mondossier")


async def test_an_address_is_needed_for_a_dossier(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")
    await elu.says(NAME)
    await elu.says("maire")

    assert "Répondez-moi ici" not in elu.buttons
    assert "adresse" in await elu.says("je n'en ai pas")


async def test_a_question_sent_later_hides_no_dossier_and_is_not_corrected_in_its_place(
    elu: Conversation, database: Database
) -> None:
    await _sent(elu)
    (dossier,) = await database.read(select(dossiers))
    await _to_the_recap_of_a_question(elu)
    await elu.presses("Envoyer à l’équipe")
    await database.execute(update(dossiers).where(dossiers.c.reference != dossier.reference).values(created_at=2**33))

    status = await elu.says("/mondossier")
    assert f"Dossier {dossier.reference}" in status
    assert "Message TV-" in status

    await elu.presses("Corriger mes coordonnées")
    assert dossier.reference in await elu.presses("Envoyer à l’équipe")
    assert sorted(row.revision for row in await database.read(select(dossiers))) == [0, 1]


async def test_the_question_just_asked_need_not_be_typed_again(opened: Callable[..., Conversation]) -> None:
    elu = opened()
    await elu.says("le chien du volontaire")
    await elu.presses("Rien de tout cela")
    await elu.presses("Transmettre ma question")

    assert "chien" in await elu.presses("J’accepte") + await elu.says("jeanne@mairie-exemple.fr")


async def test_the_council_kit_leaves_blanks_blank(elu: Conversation) -> None:
    await elu.presses("Kit pour le conseil")

    ((name, pdf),) = [sent.file for sent in elu.sent if sent.file]
    assert name.startswith("territoires-volontaires-kit-")
    assert b"pdfuaid" in pdf
    assert len(pdf) < 200_000


async def test_a_colleague_goes_on_with_a_code_that_serves_once(
    elu: Conversation, packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    said = await elu.presses("Confier à un collègue")
    code = re.search(r"RP-[A-Z0-9]{4}-[A-Z0-9]{4}", said)
    assert code
    assert code[0] not in str(await database.read(select(handovers)))
    dgs = User(id=2, is_bot=False, first_name="Denis")
    colleague = Conversation(packaged, packaged_understanding, database, TODAY, person=dgs)

    taken = await colleague.says(code[0].lower().replace("-", " "))

    assert "Sainte-Rose" in taken
    assert "ne marche pas" in await colleague.says(code[0])


async def test_a_code_is_revoked_by_who_gave_it(elu: Conversation) -> None:
    said = await elu.presses("Confier à un collègue")
    code = re.search(r"RP-[A-Z0-9]{4}-[A-Z0-9]{4}", said)
    assert code

    assert "ne marche plus" in await elu.presses("Annuler ce code")
    assert "ne marche pas" in await elu.says(f"/reprendre {code[0]}")


async def test_a_planted_name_is_nowhere_on_the_disk_before_and_after_erasure(
    elu: Conversation, database: Database, tmp_path: Path
) -> None:
    def on_disk() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("tevo.db"))

    await _sent(elu)
    assert b"Plant\xc3\xa9e" not in on_disk()
    assert b"mairie-exemple" not in on_disk()
    before = len(on_disk())

    await elu.says("/supprimer")
    await elu.presses("Tout effacer")

    assert before
    assert b"Plant\xc3\xa9e" not in on_disk()
    assert await elu.outbox.export(1) == {}


FORGED = ["confirm:TV-AAAA-AAAA:0", "skip:name", "skip:nothing", "detail:name", "consent:2:0", "paper:x:1", "update"]


@pytest.mark.parametrize("forged", FORGED)
async def test_forged_buttons_send_nothing(elu: Conversation, database: Database, forged: str) -> None:
    await elu.feeds(elu.session.presses(forged, elu.replies[-1]))

    assert await database.read(select(dossiers)) == []


async def test_an_association_has_no_council_to_give_a_kit_to(opened: Callable[..., Conversation]) -> None:
    director = opened()
    await director.says("test d'éligibilité")
    await director.presses("Vérifier mon éligibilité")
    await director.presses("Une association, un RRMA, un consortium")
    while director.buttons and director.buttons[0] != "← Modifier la réponse précédente":
        await director.presses(director.buttons[0])
    await director.says("Volontaires du Lac")
    while director.buttons and "Récapitulatif en PDF" not in director.buttons:
        await director.presses(director.buttons[0])

    assert "Kit pour le conseil" not in director.buttons


async def _edits(elu: Conversation, typed: Update, text: str) -> str:
    assert typed.message is not None
    edited = typed.message.model_copy(update={"text": text, "edit_date": 1})
    return await elu.feeds(Update(update_id=typed.update_id + 1_000, edited_message=edited))


async def test_an_edited_detail_is_corrected_where_it_was(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")
    typed = elu.session.brings(text="Jeanne Durant")
    await elu.feeds(typed)

    said = await _edits(elu, typed, "Jeanne Durand")

    assert "Jeanne Durand" in said
    assert "Votre fonction" in said  # the open detail again


async def test_a_detail_edited_after_it_was_sent_is_never_taken_for_a_question(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")
    typed = elu.session.brings(text="Jeanne Durant")
    await elu.feeds(typed)
    await elu.presses("Ne rien envoyer")

    said = await _edits(elu, typed, "Jeanne Durand")

    assert "/mondossier" in said
    assert await elu.feedback.missed_questions() == []


async def test_ok_accepts_and_sends_as_the_buttons_do(elu: Conversation) -> None:
    await elu.presses("Envoyer à l’équipe")
    assert "Votre nom" in await elu.says("ok")
    for detail in (NAME, "maire", "jeanne@mairie-exemple.fr", "non", "non"):
        await elu.says(detail)
    assert "Brouillon" in await elu.says("oui, mais je relis d'abord : c'est quoi un VSI ?")
    assert "référence" in await elu.says("envoyer")


async def test_a_button_of_the_dossier_as_it_was_sends_no_correction(elu: Conversation, database: Database) -> None:
    await _sent(elu)
    (before,) = await database.read(select(dossiers))
    await elu.says("/mondossier")
    await elu.presses("Corriger mes coordonnées")

    await elu.feeds(elu.session.presses(f"confirm:{before.reference}:0", elu.replies[-1]))

    (after,) = await database.read(select(dossiers))
    assert after.revision == 0


async def test_a_new_dossier_begins_from_nothing_in_the_midst_of_a_correction(elu: Conversation) -> None:
    await _sent(elu)
    await elu.says("/mondossier")
    await elu.presses("Corriger mes coordonnées")

    await elu.feeds(elu.session.presses("newdossier", elu.replies[-1]))
    asked = await elu.presses("J’accepte")

    assert NAME not in asked
    assert "Envoyer à l’équipe" not in elu.buttons


async def test_an_old_button_leaves_out_no_other_detail_and_none_that_is_needed(
    elu: Conversation, packaged: Content
) -> None:
    assert packaged.dossier
    old = packaged.dossier.words.old_button
    await elu.presses("Envoyer à l’équipe")
    await elu.presses("J’accepte")

    assert await elu.feeds(elu.session.presses("skip:name", elu.replies[-1])) == old
    for typed in (NAME, "maire", "jeanne@mairie-exemple.fr"):
        await elu.says(typed)
    assert await elu.feeds(elu.session.presses("skip:message", elu.replies[-1])) == old


async def test_a_question_from_a_foreign_authority_carries_what_it_was_told_and_shows_it_first(
    opened: Callable[..., Conversation],
) -> None:
    mayor = opened()
    await mayor.says("test d'éligibilité")
    await mayor.presses("Vérifier mon éligibilité")
    await mayor.says("maire de Sikasso au Mali")
    await mayor.presses("Transmettre ma question")
    await mayor.presses("J’accepte")
    await mayor.says("Qui pourrait nous proposer une commune partenaire ?")
    shown = await mayor.says("maire@exemple.ml")

    assert "Une collectivité étrangère" in shown
    await mayor.presses("Envoyer à l’équipe")
    (status,) = await mayor.outbox.statuses(mayor.session.person.id)
    assert status.dossier
    assert status.dossier.asker == "Une collectivité étrangère"
    assert any("partenaire d’une collectivité française" in value for _, value in status.dossier.known)


@pytest.mark.parametrize("asked", ["/mondossier", "envoyez mon dossier"])
async def test_after_an_early_end_nothing_is_offered_to_be_sent(
    opened: Callable[..., Conversation], asked: str
) -> None:
    student = opened()
    await student.says("test d'éligibilité")
    await student.presses("Vérifier mon éligibilité")
    await student.presses("Une personne qui veut partir")

    assert "Rien à envoyer" in (await student.says(asked)).replace("\xa0", " ")
    assert student.buttons == ["Modifier une réponse", "Transmettre ma question"]
    assert "Quelle réponse" in await student.presses("Modifier une réponse")
