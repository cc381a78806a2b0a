"""An élu and the questionnaire: both paths, going back, questions in the middle, a restart, bad input."""

from collections.abc import Callable

import pytest
from aiogram.types import Voice
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.database import Database
from bot.tables import fsm
from knowledge.content import Content
from knowledge.matching import Matcher
from tests.conftest import TODAY
from tests.conversation import Conversation

START = "Vérifier mon éligibilité"
AUTHORITY = "Une collectivité ou un groupement"


@pytest.fixture
def restarted(packaged: Content, packaged_matcher: Matcher, database: Database) -> Callable[[], Conversation]:
    """The assistant as it is after a restart: the same database, nothing else."""
    return lambda: Conversation(packaged, packaged_matcher, database, TODAY)


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

    assert said.startswith("Des points sont à confirmer.")
    assert "seule l’équipe du programme décide" in said
    assert "✅ Une collectivité française ou un groupement" in said
    assert "⚠️ Un pays de l’aide au développement" in said
    assert "Il suffirait que" in said
    assert "plaquette du programme" in said
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
    assert "____ (nom, fonction, téléphone)" in said
    assert [entity.type for entity in elu.replies[-1].entities or []] == ["pre"]


async def test_an_association_goes_its_own_way(elu: Conversation) -> None:
    await elu.presses("Une association, un RRMA, un consortium")
    await elu.presses("Association de volontariat")
    await elu.presses("VSI")
    await elu.presses("Oui, régulièrement")
    said = await elu.presses("Oui, nous le faisons déjà")

    assert "Un seul des deux agréments suffit." in said
    assert "Aucun seuil n’est publié" in said
    assert "besoin d’appui" not in said


async def test_somebody_else_is_told_kindly_and_shown_the_way(elu: Conversation) -> None:
    said = await elu.presses("Une personne qui veut partir")

    assert "une personne n’y candidate pas" in said
    assert "Partir comme volontaire" in elu.buttons


async def test_typed_answers_are_understood(elu: Conversation) -> None:
    assert "Quelle collectivité" in await elu.says("on est une petite mairie")
    await elu.says("villefranch de rouerge")
    assert elu.buttons[0].startswith("Villefranche-de-Rouergue (commune, 12")


async def test_what_was_said_before_is_not_asked_again(restarted: Callable[[], Conversation]) -> None:
    elu = restarted()
    await elu.says("est-ce qu'on peut candidater, on est une petite commune de Guadeloupe")

    said = await elu.presses(START)

    assert "D’après votre question" in said
    assert AUTHORITY in said
    assert "Quelle collectivité" in said


async def test_a_question_in_the_middle_is_answered_then_we_go_on(elu: Conversation) -> None:
    await _to_the_need(elu)

    said = await elu.says("c'est quoi un vsi ?")

    assert "Un VSI, c’est quoi" in said
    assert said.rstrip().endswith("c’est ce que le programme apporte.")
    assert "Revenons à la question" in said


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
    assert "❌ Un agrément" in await elu.presses("Oui, nous le faisons déjà")

    await elu.presses("Modifier une réponse")
    assert "Avez-vous l’agrément" in await elu.presses("Agrément\u00a0: Aucun")
    assert "✅ Un agrément" in await elu.presses("Les deux")


async def test_a_change_asks_again_only_what_depends_on_it(elu: Conversation) -> None:
    await elu.presses("Une association, un RRMA, un consortium")
    await elu.presses("Association de volontariat")
    await elu.presses("VSI")
    await elu.presses("Un peu")
    await elu.presses("Non")

    await elu.presses("Modifier une réponse")
    await elu.presses("Organisme\u00a0: Association de volontariat")
    assert "Tous les membres du consortium" in await elu.presses("Consortium d’organismes")
    assert "Un peu" in await elu.presses("Oui, tous")


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
    elu: Conversation, packaged: Content, packaged_matcher: Matcher, database: Database
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

    tomorrow = Conversation(changed, packaged_matcher, database, TODAY)
    await tomorrow.says("test d'éligibilité")
    said = await tomorrow.presses(START)

    assert "Le questionnaire a changé" in said
    assert "besoin d’être appuyés" in said
    assert "Question 3 sur 7" in said


async def test_cancelling_erases_the_answers(elu: Conversation, database: Database) -> None:
    await _to_the_need(elu)
    assert "Vos réponses sont effacées" in await elu.says("/annuler")

    assert "Sainte-Rose" not in "".join(row.data for row in await database.read(select(fsm)))
    assert "Aucun questionnaire" in await elu.says("/annuler")


async def test_an_old_button_changes_nothing_and_says_so(elu: Conversation) -> None:
    first = elu.replies[-1]
    await _to_the_need(elu)

    said = await elu.feeds(elu.session.presses("answer:applicant:2", first))

    assert "Ce bouton appartient à une question passée" in said
    assert "besoin d’être appuyés" in said


async def test_the_same_button_ten_times_counts_once(elu: Conversation) -> None:
    await _to_the_need(elu)
    shown = elu.replies[-1]
    said = [await elu.feeds(elu.session.presses("answer:need:0", shown)) for _ in range(10)]

    assert "Que voudriez-vous faire" in said[0]
    assert not any(said[1:])


@pytest.mark.parametrize(
    "forged",
    [
        "answer:applicant:99",
        "answer:applicant:-1",
        "answer:nothing:0",
        "answer:country:0",
        "pick:authority:commune:00000",
        "pick:need:commune:97129",
        "pick:authority::",
        "done:applicant",
        "back:nothing",
        "change:nothing",
        "answer::",
        "form:2",
    ],
)
async def test_forged_buttons_change_nothing(elu: Conversation, forged: str) -> None:
    shown = elu.replies[-1]
    await elu.feeds(elu.session.presses(forged, shown))

    assert "Quelle collectivité" in await elu.presses(AUTHORITY, shown)


async def test_a_voice_message_in_the_middle_loses_nothing(elu: Conversation) -> None:
    await _to_the_need(elu)
    await elu.brings(voice=Voice(file_id="f", file_unique_id="f", duration=3))

    assert "Que voudriez-vous faire" in await elu.says("oui")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=4000))
async def test_no_typed_answer_whatever_breaks_the_questionnaire(
    restarted: Callable[[], Conversation], typed: str
) -> None:
    elu = restarted()
    await elu.says("/annuler")
    await elu.says("test d'éligibilité")
    await elu.presses(START)
    await elu.presses(AUTHORITY)

    said = await elu.says(typed)

    assert "erreur" not in said
