"""An élu and the questionnaire: both paths, going back, questions in the middle, a restart, bad input."""

import json
import time
from collections.abc import Callable
from datetime import date

import pytest
from aiogram.types import Update, Voice
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.cipher import Cipher, place
from bot.database.database import Database
from bot.database.tables import fsm
from bot.telegram.intake import Intake
from bot.telegram.saying import Collector
from handlers.questionnaire.screens import FormScreens
from handlers.questionnaire.verdict_screens import SHORT, VerdictScreens
from knowledge.checks.questionnaire import strolls
from knowledge.content.models import Content
from knowledge.content.questionnaire import AidList, with_aid_list
from knowledge.rendering import Renderer
from knowledge.understanding.understanding import Understanding
from knowledge.words import markup
from tests.conftest import TODAY
from tests.conversation import KEY, Conversation
from tests.keeping import purged
from tests.waiting import until

START = "Vérifier mon éligibilité"
AUTHORITY = "Une collectivité ou un groupement"


@pytest.fixture
def restarted(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> Callable[[], Conversation]:
    """The assistant as it is after a restart: the same database, nothing else."""
    return lambda: Conversation(packaged, packaged_understanding, database, TODAY)


@pytest.fixture
async def elu(restarted: Callable[[], Conversation]) -> Conversation:
    """Somebody who has just begun the questionnaire."""
    conversation = restarted()
    await conversation.says("je veux faire le test d'éligibilité")
    await conversation.presses(START)
    return conversation


async def _to_the_need(elu: Conversation) -> str:
    await elu.presses(AUTHORITY)
    await elu.says("ste rose guadeloupe")
    return await elu.presses(next(label for label in elu.buttons if label.startswith("Sainte-Rose (commune, 971")))


async def test_a_village_knows_where_it_stands_criterion_by_criterion(elu: Conversation) -> None:
    assert "Avez-vous besoin d’être appuyés" in await _to_the_need(elu)
    await elu.presses("Oui")
    await elu.presses("Accueillir un volontaire")
    await elu.presses("Pas encore")
    await elu.presses("Je ne sais pas")
    said = await elu.presses("Oui, une première")
    said += await elu.presses("Le détail, les sources")

    assert said.startswith("Des points sont à confirmer.")
    assert "cet assistant ne décide de rien" in said
    assert "✅ Une collectivité française ou un groupement" in said
    assert "⚠️ Un pays de l’aide au développement" in said
    assert "Il suffirait" not in said  # that is for choices, not for facts
    assert "En substance\u00a0: les missions se font" in said
    assert "relevé en janvier\u00a02026" in said
    assert "la plaquette" in said
    assert "Les outre-mer sont cités" in said
    assert "19\u00a0mai\u00a02025" in said
    assert "éligible." not in said.replace("inéligible", "")


async def test_a_message_to_the_team_is_ready_to_be_copied_and_invents_nothing(elu: Conversation) -> None:
    await _to_the_need(elu)
    for label in ("Oui", "Accueillir un volontaire", "Pas encore", "Je ne sais pas", "Oui, une première"):
        await elu.presses(label)

    said = await elu.presses("Préparer mon message")

    assert "envoyez-le vous-même à PROJET.TEVO@france-volontaires.org" in said
    assert "Objet : Territoires Volontaires, Sainte-Rose (commune, 971" in said
    assert "- Un pays de l’aide au développement" in said
    assert not [word for word in ("Mes sources", "votre", "Demandez") if word in said.partition("Objet")[2]]
    assert "____ (nom, fonction, téléphone)" in said
    assert [entity.type for entity in elu.replies[-1].entities or []] == ["pre"]


async def test_an_association_goes_its_own_way(elu: Conversation) -> None:
    await elu.presses("Une association, un RRMA, un consortium")
    await elu.presses("Association de volontariat")
    await elu.presses("VSI")
    await elu.presses("Oui, régulièrement")
    await elu.presses("Oui, nous le faisons déjà")
    said = await elu.says("Volontaires du Lac")
    said += await elu.presses("Le détail, les sources")

    assert "Un seul des deux agréments suffit." in said
    assert "Je n’ai trouvé aucun seuil" in said
    assert "besoin d’appui" not in said


async def test_somebody_else_is_told_kindly_and_shown_the_way(elu: Conversation) -> None:
    said = await elu.presses("Une personne qui veut partir")

    assert "une personne n’y candidate pas" in said
    assert "Partir comme volontaire" in elu.buttons


async def test_typed_answers_are_understood(elu: Conversation) -> None:
    assert "Quelle collectivité" in await elu.says("on est une petite mairie")
    await elu.says("villefranch de rouerge")
    assert elu.buttons[0].startswith("Villefranche-de-Rouergue (commune, 12")


GUADELOUPE = "est-ce qu'on peut candidater, on est une petite commune de Guadeloupe"


async def test_what_was_said_before_is_confirmed_then_not_asked_again(
    restarted: Callable[[], Conversation],
) -> None:
    elu = restarted()
    await elu.says(GUADELOUPE)
    await elu.says("combien ça coûte ?")
    await elu.says("test d'éligibilité")

    said = await elu.presses(START)
    assert "« une petite commune de Guadeloupe » : c’est bien cela" in said.replace("\u00a0", " ")
    assert "Quelle collectivité" in await elu.presses("Oui, c’est cela")

    await elu.says("ste rose")  # Réunion has a Sainte-Rose as well
    assert elu.buttons[0].startswith("Sainte-Rose (commune, 971")


@pytest.mark.parametrize("said", ["oui", "ouais", "Oui, c'est cela"])
async def test_what_was_said_before_is_confirmed_by_typing_too(
    restarted: Callable[[], Conversation], said: str
) -> None:
    elu = restarted()
    await elu.says(GUADELOUPE)
    await elu.presses(START)

    assert "Quelle collectivité" in await elu.says(said)


async def test_what_was_said_before_and_denied_is_asked(restarted: Callable[[], Conversation]) -> None:
    elu = restarted()
    await elu.says(GUADELOUPE)
    await elu.presses(START)

    assert "Qui êtes-vous" in await elu.presses("Non, pas cela")
    await elu.presses(AUTHORITY)
    await elu.says("saint denis")
    assert elu.buttons[0].startswith("Saint-Denis (commune, 974")


async def test_an_authority_named_before_is_not_asked_for(restarted: Callable[[], Conversation]) -> None:
    elu = restarted()
    await elu.says("on peut candidater ? je suis maire de Saint-Nolff, petite commune")

    assert "Saint-Nolff (commune, 56" in await elu.presses(START)
    assert "besoin d’être appuyés" in await elu.presses("Oui, c’est cela")


async def test_one_is_told_before_starting_how_many_questions_and_what_to_prepare(
    restarted: Callable[[], Conversation],
) -> None:
    elu = restarted()
    await elu.says("test d'éligibilité")

    said = await elu.presses(START)

    assert "7 questions au plus, moins de 2 minutes" in said.replace("\u00a0", " ")
    assert "À préparer" in said
    assert said.index("À préparer") < said.index("Question 1 sur 7")


async def test_the_wrong_path_is_noticed_when_one_says_who_one_is(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)

    said = await elu.says("en fait nous sommes une association")

    assert "je change de parcours" in said
    assert "Quel organisme êtes-vous" in said


async def test_a_wrong_path_is_left_without_losing_answers(elu: Conversation) -> None:
    await _to_the_need(elu)
    await elu.presses("Oui")
    for _ in range(3):
        await elu.presses("← Modifier la réponse précédente")
    assert "Quel organisme" in await elu.presses("Une association, un RRMA, un consortium")
    await elu.presses("← Modifier la réponse précédente")

    assert "Que voudriez-vous faire" in await elu.presses(AUTHORITY)


async def test_an_organisation_is_told_of_its_own_call(elu: Conversation) -> None:
    await elu.presses("Une association, un RRMA, un consortium")
    for label in ("Association de volontariat", "VSI", "Oui, régulièrement"):
        await elu.presses(label)
    await elu.presses("Oui, nous le faisons déjà")
    said = await elu.says("Volontaires du Lac")
    said += await elu.presses("Le détail, les sources")

    assert "Le seul appel aux organismes que citent les sources" in said
    assert "19\u00a0mai\u00a02025" not in said
    assert "à demander à l’équipe, sans attendre" in said


async def test_an_open_call_says_until_when_to_apply(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    assert packaged.form
    listed = AidList.model_validate({"source": "Liste", "date": "2024-01-01", "countries": {"TG": "recipient"}})
    content = packaged.model_copy(update={"form": with_aid_list(packaged.form, listed)})
    elu = Conversation(content, packaged_understanding, database, date(2025, 5, 1))
    await elu.says("test d'éligibilité")
    await elu.presses(START)
    await _to_the_need(elu)
    await elu.presses("Oui")
    await elu.presses("Envoyer un volontaire")
    await elu.says("Togo")
    await elu.presses("Oui")
    said = await elu.presses("Oui, une première")

    assert said.startswith("Rien ne s’y oppose a priori.")
    assert "Postulez avant le 19\u00a0mai\u00a02025." in said


async def test_a_question_in_the_middle_is_answered_then_we_go_on(elu: Conversation) -> None:
    await _to_the_need(elu)

    said = await elu.says("c'est quoi un vsi ?")

    assert "Un VSI, c’est quoi" in said
    assert said.rstrip().endswith("c’est ce que le programme apporte.")
    assert "Revenons à la question" in said


@pytest.mark.parametrize(
    ("typed", "found"),
    [("on pense à Madagascar", "⚠️"), ("oui, le Portugal", "❌"), ("Seychelles", "⚠️"), ("pas encore", "⚠️")],
)
async def test_a_country_is_known_by_its_name(elu: Conversation, typed: str, found: str) -> None:
    await _to_the_need(elu)
    await elu.presses("Oui")
    await elu.presses("Les deux")

    assert "thème porte votre projet" in await elu.says(typed)
    await elu.presses("Oui")
    assert f"{found} Un pays de l’aide au développement" in await elu.presses("Je ne sais pas")


async def test_what_was_pressed_stays_to_be_read(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)

    edited = next(sent.message for sent in elu.sent if sent.edited and sent.message)
    assert (edited.text or "").endswith(f"✓ {AUTHORITY}")
    assert edited.reply_markup is None


async def test_what_is_not_understood_loses_nothing(elu: Conversation) -> None:
    await _to_the_need(elu)

    assert "Je n’ai pas reconnu de réponse" in await elu.says("azertyuiop")
    assert "Que voudriez-vous faire" in await elu.says("oui")


async def test_going_back_changes_one_answer_and_keeps_the_others(elu: Conversation) -> None:
    await _to_the_need(elu)
    await elu.presses("Oui")

    assert "besoin d’être appuyés" in await elu.presses("← Modifier la réponse précédente")
    assert "Que voudriez-vous faire" in await elu.presses("Non, nous savons déjà le faire")


async def test_an_answer_is_corrected_from_the_recap_without_redoing_the_rest(elu: Conversation) -> None:
    await elu.presses("Une association, un RRMA, un consortium")
    await elu.presses("Association de volontariat")
    await elu.presses("Aucun")
    await elu.presses("Un peu")
    await elu.presses("Oui, nous le faisons déjà")
    assert "❌ Un agrément" in await elu.says("Volontaires du Lac")

    await elu.presses("Modifier une réponse")
    assert "Avez-vous l’agrément" in await elu.presses("Agrément\u00a0: Sans agrément")
    assert "✅ Un agrément" in await elu.presses("Les deux")


async def test_a_change_asks_again_only_what_depends_on_it(elu: Conversation) -> None:
    await elu.presses("Une association, un RRMA, un consortium")
    await elu.presses("Association de volontariat")
    await elu.presses("VSI")
    await elu.presses("Un peu")
    await elu.presses("Non")
    await elu.says("Volontaires du Lac")

    await elu.presses("Modifier une réponse")
    await elu.presses("Organisme\u00a0: Association de volontariat")
    assert "Tous les membres du consortium" in await elu.presses("Consortium d’organismes")
    await elu.presses("Oui, tous")
    assert "Un peu" in await elu.presses("Le détail, les sources")


async def test_a_wrong_path_is_left_by_going_back(elu: Conversation) -> None:
    await elu.presses("Une association, un RRMA, un consortium")

    assert "Qui êtes-vous" in await elu.presses("← Modifier la réponse précédente")
    assert "Quelle collectivité" in await elu.presses(AUTHORITY)


async def test_tomorrow_after_a_restart_it_goes_on_just_there(
    elu: Conversation, restarted: Callable[[], Conversation]
) -> None:
    await _to_the_need(elu)
    await elu.presses("Reprendre plus tard")

    tomorrow = restarted()
    await tomorrow.says("test d'éligibilité")
    said = await tomorrow.presses(START)

    assert "Vous en étiez là" in said
    assert "besoin d’être appuyés" in said


async def test_a_restart_in_the_middle_is_not_noticed(elu: Conversation, restarted: Callable[[], Conversation]) -> None:
    await _to_the_need(elu)

    assert "Que voudriez-vous faire" in await restarted().says("oui")


async def test_when_the_questionnaire_changed_only_what_no_longer_holds_is_asked_again(
    elu: Conversation, packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    await _to_the_need(elu)
    await elu.presses("Oui")
    assert packaged.form is not None
    need = next(question for question in packaged.form.questions if question.id == "need")
    renamed = need.model_copy(
        update={"options": (*need.options[1:], need.options[0].model_copy(update={"id": "yeah"}))}
    )
    questions = tuple(renamed if question.id == "need" else question for question in packaged.form.questions)
    changed = packaged.model_copy(update={"form": packaged.form.model_copy(update={"questions": questions})})

    tomorrow = Conversation(changed, packaged_understanding, database, TODAY)
    said = await tomorrow.says("accueillir")

    assert "Le questionnaire a changé" in said
    assert "besoin d’être appuyés" in said
    assert "Question 3 sur 7" in said


async def _kept(database: Database) -> str:
    """Everything that is kept of conversations, unsealed."""
    return "".join(
        Cipher(KEY).unseal(row.data, place(fsm.c.data, row.key)) or "" for row in await database.read(select(fsm))
    )


async def test_a_cancellation_can_be_undone(elu: Conversation) -> None:
    await _to_the_need(elu)
    assert "10 minutes pour changer d’avis" in (await elu.says("/annuler")).replace("\u00a0", " ")
    shown = elu.replies[-1]
    assert "Aucun questionnaire" in await elu.says("/annuler")

    said = await elu.presses("Rétablir mes réponses", shown)

    assert "Vos réponses sont de retour" in said
    assert "besoin d’être appuyés" in said


@pytest.mark.parametrize(("later", "remain"), [(540, True), (660, False)])
async def test_ten_minutes_after_a_cancellation_nothing_is_left(
    elu: Conversation, database: Database, later: int, *, remain: bool
) -> None:
    await _to_the_need(elu)
    await elu.says("/annuler")

    await purged(database, time.time() + later)

    assert ("Sainte-Rose" in await _kept(database)) is remain
    said = await elu.presses("Rétablir mes réponses")
    assert ("de retour" in said) is remain


async def test_erasing_everything_erases_what_was_cancelled_too(elu: Conversation, database: Database) -> None:
    await _to_the_need(elu)
    assert "Sainte-Rose" in await _kept(database)
    await elu.says("/annuler")
    await elu.says("/supprimer")
    await elu.presses(elu.buttons[0])

    assert "Sainte-Rose" not in await _kept(database)


async def test_i_go_on_by_the_button_under_the_pause(elu: Conversation) -> None:
    await _to_the_need(elu)
    await elu.presses("Reprendre plus tard")

    assert "besoin d’être appuyés" in await elu.presses("Reprendre le questionnaire")


async def test_starting_again_finds_the_questionnaire_that_was_begun(
    elu: Conversation, restarted: Callable[[], Conversation]
) -> None:
    await _to_the_need(elu)
    tomorrow = restarted()
    await tomorrow.says("/start")

    assert "besoin d’être appuyés" in await tomorrow.presses("Reprendre le questionnaire")


async def test_the_content_version_is_kept_with_the_answers(
    elu: Conversation, database: Database, packaged: Content
) -> None:
    await _to_the_need(elu)

    assert packaged.version in await _kept(database)


async def test_a_question_added_before_the_others_is_asked_and_told_why(
    elu: Conversation, packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    await _to_the_need(elu)
    await elu.presses("Oui")
    assert packaged.form is not None
    need = next(question for question in packaged.form.questions if question.id == "need")
    added = need.model_copy(update={"id": "budget", "text": "Avez-vous un budget ?"})
    questions = (packaged.form.questions[0], added, *packaged.form.questions[1:])
    form = packaged.form.model_copy(update={"questions": questions})
    changed = packaged.model_copy(update={"form": form, "version": "another"})

    tomorrow = Conversation(changed, packaged_understanding, database, TODAY)
    said = await tomorrow.says("Accueillir un volontaire")

    assert "Le questionnaire a changé" in said
    assert "Avez-vous un budget" in said
    said = await tomorrow.presses("Oui")
    assert "Le questionnaire a changé" not in said
    assert "Que voudriez-vous faire" in said


async def test_two_phones_at_once_make_no_double_step(elu: Conversation) -> None:
    await _to_the_need(elu)
    shown = elu.replies[-1]
    pressed = ["yes", "no", "yes", "no", "unknown"] * 2
    presses = [elu.session.presses(f"answer:need:{option}", shown) for option in pressed]
    elu.sent.clear()

    await _taken_in(elu, presses)

    assert "Que voudriez-vous faire" in (elu.replies[0].text or "")
    assert "Que voudriez-vous faire" in (elu.replies[-1].text or "")
    assert "Question 4 sur 7" in (elu.replies[-1].text or "")
    assert [sent.edited for sent in elu.sent].count(True) == 1  # the press that counts, and no other


async def _taken_in(elu: Conversation, presses: list[Update]) -> None:
    """As the service takes in what comes together: the dispatcher alone would not keep one person's order."""
    elu.session.middleware(Collector())
    async with Intake(elu.dispatcher, elu.bot, elu.stores.inbox) as intake:
        await intake.accept([press.model_dump(mode="json", by_alias=True, exclude_none=True) for press in presses])
        await until(lambda: not intake.waiting)


@pytest.mark.parametrize("typed", ["🙂🙂", "a" * 4000, "oui " * 1000, "\u202e\u0000", "<b>&", "1️⃣"])
async def test_odd_texts_are_answered_and_lose_nothing(elu: Conversation, typed: str) -> None:
    await _to_the_need(elu)

    said = await elu.says(typed)

    assert said
    assert "Sainte-Rose" in await _the_answers(elu)


async def _the_answers(elu: Conversation) -> str:
    """What the recap at the end shows, the rest answered by « Je ne sais pas »."""
    said = ""
    while any(label == "Je ne sais pas" for label in elu.buttons):
        said = await elu.presses("Je ne sais pas")
    return said


async def test_an_old_button_changes_nothing_and_says_so(elu: Conversation) -> None:
    first = elu.replies[-1]
    await _to_the_need(elu)

    said = await elu.feeds(elu.session.presses("answer:applicant:individual", first))

    assert "Ce bouton appartient à une question passée" in said
    assert "besoin d’être appuyés" in said


async def test_the_same_button_ten_times_counts_once(elu: Conversation) -> None:
    await _to_the_need(elu)
    shown = elu.replies[-1]
    said = [await elu.feeds(elu.session.presses("answer:need:yes", shown)) for _ in range(10)]

    assert "Que voudriez-vous faire" in said[0]
    assert not any(said[1:])


@pytest.mark.parametrize(
    "forged",
    [
        "answer:applicant:gone",
        "answer:applicant:",
        "answer:nothing:yes",
        "answer:country:none-yet",
        "pick:authority:commune:00000",
        "pick:need:commune:97129",
        "pick:authority::",
        "done:applicant",
        "back:nothing",
        "change:nothing",
        "answer::",
        "form:2",
        "known:1",
        "undo",
    ],
)
async def test_forged_buttons_change_nothing(elu: Conversation, forged: str) -> None:
    shown = elu.replies[-1]
    await elu.feeds(elu.session.presses(forged, shown))

    assert "Quelle collectivité" in await elu.presses(AUTHORITY, shown)


@pytest.mark.parametrize("typed", ["non on n'a personne pour ça", "non pas vraiment, on a déjà reçu un Allemand"])
async def test_a_long_no_that_may_mean_yes_is_not_taken_for_no(elu: Conversation, typed: str) -> None:
    await _to_the_need(elu)

    said = await elu.says(typed)

    assert "Pressez un bouton" in said
    assert "besoin d’être appuyés" in said


async def test_a_country_is_kept_in_the_words_that_were_typed(elu: Conversation) -> None:
    await _to_the_need(elu)
    await elu.presses("Oui")
    await elu.presses("Envoyer un volontaire")
    assert "Lequel, ou lesquels" in await elu.says("surtout pas le Mali")

    await elu.says("le Togo")
    await elu.presses("Je ne sais pas")
    await elu.presses("Oui, une première")
    verdict = await elu.presses("Le détail, les sources")

    assert "Pays\xa0: Togo (envois du programme cités" in verdict
    await elu.presses("Modifier une réponse")
    await elu.presses(next(label for label in elu.buttons if label.startswith("Pays")))
    assert "Togo" not in await elu.presses("Pas encore")
    await elu.presses("Modifier une réponse")
    await elu.presses(next(label for label in elu.buttons if label.startswith("Type de candidat")))
    assert "Togo" not in await elu.presses(AUTHORITY)


async def test_a_name_of_before_proposes_the_commune_of_today_and_says_so(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)

    assert "Lomme fait aujourd’hui partie de Lille." in await elu.says("Lomme")
    assert elu.buttons[0].startswith("Lille (commune, 59")
    assert "fait aujourd’hui partie" not in await elu.says("Bazas")
    await elu.says("Lomme")
    assert "besoin d’être appuyés" in await elu.says("1")
    assert "partie de" not in await elu.says("/eligibilite")


async def test_a_body_that_the_register_does_not_have_is_kept_in_the_persons_words(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)
    told = await elu.says("PETR du Pays Lauragais")

    assert "un pôle d’équilibre territorial et rural (PETR), mais le registre" in told
    assert "Je garde vos mots" in told
    assert "besoin d’être appuyés" in told


async def test_a_name_that_nothing_resembles_is_said_not_to_be_found(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)
    told = await elu.says("Juillaguet")

    assert "Je ne trouve pas «\xa0Juillaguet\xa0»" in told
    assert not [label for label in elu.buttons if "hab.)" in label]


@pytest.mark.parametrize("signs", ["...", "?", "🤔"])
async def test_signs_are_no_name_and_no_answer(elu: Conversation, signs: str) -> None:
    await elu.presses(AUTHORITY)
    await elu.says(signs)

    assert "est-ce l’une de celles-ci" in await elu.says("saint-denis")  # it is still asked for


async def test_a_proposed_authority_is_chosen_by_its_number_even_after_an_aside(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)
    await elu.says("saint-denis")
    proposed = elu.buttons
    assert len(proposed) > 2

    await elu.says("c'est quoi un VSI ?")
    assert elu.buttons == proposed

    assert elu.buttons == proposed
    assert "besoin d’être appuyés" not in await elu.says("01000")
    await elu.says("saint-denis")
    assert "besoin d’être appuyés" in await elu.says("2")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("retour", "Quelle collectivité"),
        ("reprendre plus tard", "vos réponses vous attendent"),
        ("stop", "Vos réponses sont retirées"),
    ],
)
async def test_what_a_button_says_may_be_typed(elu: Conversation, typed: str, said: str) -> None:
    await _to_the_need(elu)

    assert said in await elu.says(typed)


async def test_newer_answers_are_not_replaced_by_those_that_were_taken_away(elu: Conversation) -> None:
    await _to_the_need(elu)
    await elu.says("/annuler")
    shown = elu.replies[-1]
    await elu.says("test d'éligibilité")
    await elu.presses("Vérifier mon éligibilité")
    await elu.presses("Une association, un RRMA, un consortium")

    assert "ne peuvent plus revenir" in await elu.presses("Rétablir mes réponses", shown)
    await elu.says("/eligibilite")
    assert "Quel organisme êtes-vous" in await elu.presses("Vérifier mon éligibilité")


async def test_a_voice_message_in_the_middle_loses_nothing(elu: Conversation) -> None:
    await _to_the_need(elu)
    await elu.brings(voice=Voice(file_id="f", file_unique_id="f", duration=3))

    assert "Que voudriez-vous faire" in await elu.says("oui")


@settings(max_examples=20)
@given(st.text(min_size=1, max_size=4000))
async def test_no_typed_answer_whatever_breaks_the_questionnaire(elu: Conversation, typed: str) -> None:
    await elu.says("/annuler")
    await elu.says("test d'éligibilité")
    await elu.presses(START)
    await elu.presses(AUTHORITY)

    said = await elu.says(typed)

    assert "erreur" not in said


async def test_a_verdict_is_one_short_message_whatever_was_answered(packaged: Content) -> None:
    assert packaged.form
    screens = VerdictScreens(FormScreens(packaged, packaged.form, Renderer(packaged, lambda: TODAY)))
    known = {"name": "Communauté de communes des Monts et Vallées de l'Ouest Creuse", "departement": "23", "region": ""}
    for answers in strolls(packaged.form):
        if isinstance(answers.get("authority"), dict):
            answers["authority"] = {**known, **answers["authority"]}
        if screens.questionnaire.ending(answers):
            continue
        (screen,) = screens.verdict(answers)
        assert markup.length(screen.text) <= SHORT
        results = screens.questionnaire.verdict(answers).results
        said = "".join(span.text for span in screen.text)
        assert all(one.text in said for one in results if one.outcome == "unmet")
        wanting = [one for one in results if one.outcome != "met"]
        assert not wanting or any(one.text in said for one in wanting[:2])  # the applicant's own case, first
        assert any("Le détail" in one.text for row in screen.rows for one in row)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("la deuxième", 1),
        ("2", 1),
        ("celle du 974", "974"),
        ("dans le 971", "971"),
        ("celle de la Réunion", "974"),
    ],
)
async def test_a_namesake_is_chosen_by_its_rank_or_its_departement(
    elu: Conversation, typed: str, found: int | str
) -> None:
    await elu.presses(AUTHORITY)
    await elu.says("Sainte-Rose")
    several = [label for label in elu.buttons if label.startswith("Sainte-Rose (commune")]
    assert len(several) >= 2
    meant = elu.buttons[found] if isinstance(found, int) else next(label for label in several if found in label)

    assert "besoin d’être appuyés" in await elu.says(typed)
    await elu.says("/mesdonnees")
    ((_, kept),) = [one.file for one in elu.sent if one.file]
    chosen = json.loads(kept)["conversation"]["default"]["form"]["answers"]["authority"]
    assert f"(commune, {chosen['departement']}," in meant


async def test_a_departement_where_no_namesake_lies_is_searched_for_the_same_name(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)
    await elu.says("la mairie de saint martin")

    await elu.says("celle de l'Ardèche")
    assert "Saint-Martin-d’Ardèche (commune, 07, 979 hab.)" in elu.buttons
    await elu.says("non, celle du 33")
    assert all("33" in label for label in elu.buttons if label.startswith("Saint-Mart"))
    assert "Saint-Martin-du-Puy (commune, 33, 163 hab.)" in elu.buttons


async def test_a_name_that_the_departement_does_not_have_is_asked_again(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)
    await elu.says("Sainte-Rose")

    assert "Je ne trouve pas" in await elu.says("celle de la Gironde")
    assert "Quelle collectivité" in (elu.replies[-1].text or "")


async def test_a_rank_that_no_proposal_has_is_no_name(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)
    await elu.says("la mairie de saint martin")
    await elu.says("celle de l'Ardèche")
    shown = elu.buttons

    await elu.says("la deuxième")
    assert elu.buttons == shown


async def test_countries_told_with_hesitation_are_the_answer_and_a_question_about_themes_is_no_theme(
    elu: Conversation,
) -> None:
    await elu.presses(AUTHORITY)
    for answer in ("passer", "passer", "oui", "envoyer"):
        await elu.says(answer)

    assert "thème" in await elu.says("je sais pas trop le pays, le Sénégal peut-être, ou la Guinée")
    assert "thème" in await elu.says("c'est quoi comme thème que je peux mettre")
    await elu.says("/mesdonnees")
    ((_, kept),) = [one.file for one in elu.sent if one.file]
    answers = json.loads(kept)["conversation"]["default"]["form"]["answers"]
    assert answers["country"]["countries"] == ["SN", "GN"]
    assert "priority" not in answers


async def test_yes_among_several_asks_which_and_none_of_them_asks_the_name_again(elu: Conversation) -> None:
    await elu.presses(AUTHORITY)
    await elu.says("Sainte-Rose")
    shown = elu.buttons

    assert "Il y en a plusieurs" in await elu.says("oui")
    assert elu.buttons == shown
    await elu.says("c'est quoi un vsi ?")
    assert elu.buttons == shown
    assert "Je ne trouve pas" in await elu.says("aucune")
    assert "Quelle collectivité" in (elu.replies[-1].text or "")


async def test_a_question_is_answered_and_the_open_one_asked_again(elu: Conversation) -> None:
    await _to_the_need(elu)
    said = await elu.says("où en est ma demande ?")
    assert "Brouillon" in said
    assert "Revenons à la question" in said
    assert "besoin d’être appuyés" in said


async def test_yes_but_is_no_yes(elu: Conversation) -> None:
    await _to_the_need(elu)
    assert "besoin d’être appuyés" in await elu.says("oui, mais on n'a personne pour suivre")
    assert "Que voudriez-vous faire" in await elu.says("oui")


async def test_the_answer_just_given_is_corrected_in_words(elu: Conversation) -> None:
    await _to_the_need(elu)
    await elu.presses("Oui")
    await elu.presses("Accueillir un volontaire")
    await elu.says("le Togo")

    said = await elu.says("non je voulais dire le Bénin")

    assert "C’est corrigé" in said
    assert "Bénin" in said


async def test_an_edited_answer_is_corrected_where_it_was(elu: Conversation) -> None:
    await _to_the_need(elu)
    await elu.presses("Oui")
    await elu.presses("Accueillir un volontaire")
    typed = elu.session.brings(text="le Togo")
    await elu.feeds(typed)
    assert typed.message is not None
    edited = typed.message.model_copy(update={"text": "le Bénin", "edit_date": 1})

    said = await elu.feeds(Update(update_id=typed.update_id + 1_000, edited_message=edited))

    assert "Bénin" in said
    assert "thème" in said  # the open question again
