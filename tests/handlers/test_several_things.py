"""A message may hold an answer and a question, take back what it began with, or change an answer given before."""

import pytest

from bot.database.database import Database
from handlers.questionnaire import several_things
from handlers.questionnaire.typed_text import TypedText
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

pytestmark = pytest.mark.content

ANSWERS = ("mairie de Millau", "oui", "oui", "envoyer", "le Togo", "la santé", "oui")


@pytest.fixture
async def elu(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    """Somebody at the first question of the questionnaire."""
    conversation = Conversation(packaged, packaged_understanding, database, TODAY)
    await conversation.says("vérifier mon éligibilité")
    return conversation


async def _at(elu: Conversation, question: str) -> None:
    for answer in ANSWERS:
        if question in (elu.replies[-1].text or ""):
            return
        await elu.says(answer)
    assert question in (elu.replies[-1].text or "")


@pytest.mark.parametrize(
    ("question", "typed", "taken", "topic"),
    [
        ("Avez-vous besoin", "non. et c'est quoi au juste un VSI ?", "✓ Besoin d’appui\xa0: Non", "vsi"),
        ("Que voudriez-vous", "accueillir, mais il dort où le jeune ?", "✓ Projet\xa0: Accueillir", "logement"),
        ("Avez-vous un pays", "combien ça coûte ? sinon c'est le Bénin", "✓ Pays\xa0: Bénin", "reste-a-charge"),
        ("Sur quel thème", "l'eau potable, au fait c'est quand la clôture ?", "✓ Thème, priorité\xa0: l'eau", "dates"),
        (
            "première action",
            "oui, dites, une délibération est-elle obligatoire ?",
            "✓ Première fois\xa0: Oui",
            "pieces",
        ),
    ],
)
async def test_the_answer_is_kept_the_question_answered_and_the_next_one_asked(
    elu: Conversation, question: str, typed: str, taken: str, topic: str
) -> None:
    await _at(elu, question)
    said = await elu.says(typed)
    assert taken in said
    assert any(one.startswith(topic) for one in elu.turn.topics)
    assert question not in (elu.replies[-1].text or "")
    assert elu.turn.screen in ("question", "verdict")


async def test_the_name_that_comes_with_a_question_is_proposed_after_its_answer(elu: Conversation) -> None:
    await elu.says("une collectivité")
    said = await elu.says("on est la commune de Millau, et vous transmettez ce que j'écris à l'équipe ?")
    assert "rien ne part" in said
    assert "Millau (commune, 12" in elu.buttons[0]


@pytest.mark.parametrize("typed", ["euh, c'est quoi les dix priorités ?", "jsp, c'est quoi les dix priorités ?"])
async def test_what_only_comes_before_a_question_is_no_answer(elu: Conversation, typed: str) -> None:
    await _at(elu, "Sur quel thème")
    assert "✓" not in await elu.says(typed)
    assert "Sur quel thème" in (elu.replies[-1].text or "")


@pytest.mark.parametrize("typed", ["oui mais combien ça coûte ?", "oui, à condition que ce soit gratuit, ça l'est ?"])
async def test_a_yes_with_a_condition_is_not_kept(elu: Conversation, typed: str) -> None:
    await _at(elu, "Avez-vous besoin")
    assert "✓" not in await elu.says(typed)


@pytest.mark.parametrize(
    ("question", "typed", "next_one", "case"),
    [
        ("Que voudriez-vous", "envoyer euh non pardon accueillir", "Avez-vous un pays", "Accueillir un volontaire"),
        ("Avez-vous un pays", "le Mali, enfin non, plutôt le Bénin", "Sur quel thème", "Bénin"),
        ("première action", "oui, ah non attendez, non", "", "a déjà agi"),
    ],
)
async def test_of_a_message_that_takes_back_what_it_began_with_the_end_counts(
    elu: Conversation, question: str, typed: str, next_one: str, case: str
) -> None:
    await _at(elu, question)
    said = await elu.says(typed)
    assert next_one in said
    await elu.says("modifier une réponse")
    assert any(case in label for label in elu.buttons)


async def test_a_question_on_the_answer_beside_it_is_read_with_it(elu: Conversation) -> None:
    await _at(elu, "Avez-vous un pays")
    said = await elu.says("le Vanuatu peut-être, ou le Cambodge, les deux sont acceptés ?")
    assert "✓ Pays\xa0: Vanuatu" in said
    assert elu.turn.topics == ["pays"]


async def test_a_country_that_is_asked_about_is_not_chosen_yet(elu: Conversation) -> None:
    await _at(elu, "Avez-vous un pays")
    assert "✓" not in await elu.says("pour le Cambodge, il est accepté le Cambodge ?")
    assert "Avez-vous un pays" in (elu.replies[-1].text or "")


async def test_the_name_typed_where_something_is_to_be_confirmed_survives_a_question(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    elu = Conversation(packaged, packaged_understanding, database, TODAY)
    await elu.says("une commune peut-elle candidater ?")
    await elu.presses("Vérifier mon éligibilité")
    assert "c’est bien cela" in (elu.replies[-1].text or "")
    await elu.says("la commune de Millau, c'est long le questionnaire ?")
    assert elu.buttons[0].startswith("Millau (commune, 12")


@pytest.mark.parametrize("yes", ["oui", "c'est bien elle", "nickel, c'est nous"])
async def test_what_is_confirmed_beside_a_question_is_confirmed_in_any_words(
    packaged: Content, packaged_understanding: Understanding, database: Database, yes: str
) -> None:
    conversation = Conversation(packaged, packaged_understanding, database, TODAY)
    await conversation.says("je suis dgs à ambert")
    await conversation.says("vérifier mon éligibilité")

    said = await conversation.says(f"{yes}. Et combien ça coûte ?")

    assert "Je n’ai trouvé aucun montant" in said
    assert "Avez-vous besoin" in said


async def test_how_large_it_is_hides_no_name(elu: Conversation) -> None:
    await elu.says("une collectivité")
    await elu.says("la mairie de Sauve, environ 2 000 habitants")
    assert elu.buttons[0].startswith("Sauve (commune, 30")


async def test_what_is_said_after_a_name_hides_it_no_more(elu: Conversation) -> None:
    await elu.says("une collectivité")
    await elu.says("Langogne, on est un peu loin de tout vous savez")
    assert elu.buttons[0].startswith("Langogne (commune, 48")


async def test_how_long_the_questions_take_is_told_in_their_midst(elu: Conversation) -> None:
    await _at(elu, "Que voudriez-vous")
    assert "Deux minutes environ" in await elu.says("et ça va prendre longtemps ?")
    assert "Que voudriez-vous" in (elu.replies[-1].text or "")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("finalement ce sera plutôt le Bénin", "Pays, Togo → Bénin"),
        ("mettez plutôt Madagascar comme destination", "Pays, Togo → Madagascar"),
        ("en fait on accueille, on n'envoie pas", "Projet, Envoyer un volontaire → Accueillir un volontaire"),
        ("tout compte fait on voudrait accueillir, pas envoyer", "→ Accueillir un volontaire"),
    ],
)
async def test_a_correction_after_the_verdict_is_said_and_the_verdict_shown_again(
    elu: Conversation, typed: str, told: str
) -> None:
    await _at(elu, "Des points")
    said = await elu.says(typed)
    assert told in said
    assert elu.turn.screen == "verdict"


async def test_an_answer_may_be_corrected_after_a_question_was_answered(elu: Conversation) -> None:
    await _at(elu, "Des points")
    await elu.says("c'est quoi un VSI ?")
    assert "Togo → Bénin" in await elu.says("ce serait plutôt le Bénin, corrigez svp")


async def test_which_answer_to_change_may_be_told_by_its_new_value_or_its_name(elu: Conversation) -> None:
    await _at(elu, "Des points")
    await elu.says("modifier une réponse")
    assert "Togo → Mali" in await elu.says("la destination c'est le Mali désormais")
    await elu.says("modifier une réponse")
    assert "Que voudriez-vous faire" in await elu.says("le projet")


@pytest.mark.parametrize(
    "typed", ["je souhaite modifier ma réponse sur le pays", "je voudrais corriger la destination"]
)
async def test_the_answer_that_one_wants_to_change_is_asked_again_at_once(elu: Conversation, typed: str) -> None:
    await _at(elu, "Des points")
    assert "Avez-vous un pays" in await elu.says(typed)


async def test_a_country_known_for_whom_it_sent_is_not_said_to_have_received(elu: Conversation) -> None:
    await _at(elu, "Des points")
    said = await elu.says("mettez plutôt l'Égypte")
    assert "pas d’envoi là-bas" in said
    said = await elu.says("finalement on accueille")
    assert "l’accueil en France de volontaires qui en viennent" in said


async def test_another_authority_named_at_the_end_is_proposed(elu: Conversation) -> None:
    await _at(elu, "Des points")
    await elu.says("en fait c'est la mairie de Mende")
    assert elu.buttons[0].startswith("Mende (commune, 48")


async def test_a_question_after_the_verdict_corrects_nothing(elu: Conversation) -> None:
    await _at(elu, "Des points")
    assert "→" not in await elu.says("et finalement le Mali, ce serait possible ?")


async def test_of_a_correction_no_more_is_read_than_of_an_answer(elu: Conversation) -> None:
    await _at(elu, "Des points")
    await elu.says("en fait c'est" + " " * 1_100 + "la mairie de Mende")
    assert not any(one.startswith("Mende (commune") for one in elu.buttons)


async def test_a_message_is_cut_at_few_places(elu: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    await _at(elu, "Avez-vous un pays")
    tried: list[str] = []

    async def answers_not(typed: TypedText) -> bool:
        tried.append(typed.text)
        return False

    monkeypatch.setattr(several_things, "is_answer", answers_not)
    await elu.says("voyons, " * 12 + "combien ça coûte ?")
    assert 0 < len(tried) <= 4
