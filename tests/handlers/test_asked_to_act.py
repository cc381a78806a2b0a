"""What is asked to be done in words is done, as its button would: alerts, erasing, what can be sent or kept."""

import pytest

from tests.conversation import Conversation

pytestmark = pytest.mark.content


@pytest.mark.parametrize(
    "text",
    [
        "bon, je ne veux plus de vos rappels",
        "finalement non, coupez ces notifications",
        "j'ai dit stop, désinscrivez-moi",
        "effacez mes alertes s'il vous plaît",
    ],
)
async def test_alerts_are_stopped_at_once_when_that_is_asked(elu: Conversation, text: str) -> None:
    await elu.says("me prévenir")
    assert "C’est arrêté" in await elu.says(text)
    assert elu.buttons == ["Me prévenir"]
    assert "n’êtes pas prévenu" in await elu.says("/mesalertes")


@pytest.mark.parametrize("text", ["comment on coupe les rappels ?", "vos alertes n'arrivent plus, c'est normal ?"])
async def test_who_asks_about_the_alerts_keeps_them(elu: Conversation, text: str) -> None:
    await elu.says("me prévenir")
    await elu.says(text)
    assert elu.buttons == ["Ne plus me prévenir"]
    assert "prévenu ici depuis" in await elu.says("/mesalertes")


async def test_who_wants_to_be_told_is_asked_to_confirm(elu: Conversation) -> None:
    said = await elu.says("avertissez-moi dès qu'une date tombe")
    assert "Pour être prévenu, répondez" in said
    assert "C’est noté" in await elu.says("oui, je suis sûre")


@pytest.mark.parametrize(
    "text",
    [
        "oui, effacez tout",
        "Oui, tout effacer",
        "oui vraiment tout",
        "je confirme",
        "supprimez tout",
        "oui, rien à garder",
        "effacez toutes mes données svp",
    ],
)
async def test_a_yes_in_words_erases_as_the_button_does(elu: Conversation, text: str) -> None:
    await elu.says("on est une commune de 900 habitants")
    await elu.says("/supprimer")
    assert "C’est effacé" in await elu.says(text)
    assert elu.turn.screen == "erased"


@pytest.mark.parametrize(
    "text",
    [
        "oui mais pas le dossier",
        "effacez seulement mes alertes",
        "comment ça, tout ?",
        "oui, garder mes données",
        "oui, garder tout",
        "oui, tu peux garder mes réponses",
        "oui je veux mes données",
        "oui, sans rien supprimer",
        "oui mes infos à garder",
        "supprimez tout ce qui est périmé",
        "effacez tout le reste",
        "effacez tout avant mardi",
    ],
)
async def test_what_takes_something_back_erases_nothing(elu: Conversation, text: str) -> None:
    await elu.says("/supprimer")
    await elu.says(text)
    assert elu.turn.screen != "erased"


@pytest.mark.parametrize(
    "text", ["c'est bien effacé partout ?", "vous avez vraiment tout enlevé ?", "il ne subsiste rien de moi ?"]
)
async def test_whether_all_is_erased_is_told(elu: Conversation, text: str) -> None:
    await elu.says("effacez toutes mes données")
    await elu.says("oui")
    said = await elu.says(text)
    assert "Je ne garde rien sur vous" in said
    assert "Telegram" in said


@pytest.mark.parametrize(
    "text",
    [
        "expédiez-moi le principal par courriel à jeanne.martin@mairie-exemple.fr",
        "je demande un récapitulatif par mail, oui ou non",
        "c'est gentil, vous pourriez l'imprimer pour ma collègue",
    ],
)
async def test_what_is_wanted_by_mail_or_on_paper_is_answered_with_the_page_to_keep(
    elu: Conversation, text: str
) -> None:
    await elu.says("c'est quoi le programme")
    said = await elu.says(text)
    assert elu.turn.screen == "by-mail"
    assert "je n’envoie pas de courriel" in said
    assert elu.buttons[0] == "Une note d’une page"


async def test_how_to_erase_the_answers_alone_is_told(elu: Conversation) -> None:
    await elu.says("vérifier mon éligibilité")
    await elu.says("une mairie")
    assert "/annuler" in await elu.says("stop, supprimez mes réponses")


async def test_what_is_wanted_on_paper_is_not_refused_twice_in_the_same_words(elu: Conversation) -> None:
    await elu.says("envoyez-moi tout ça par mail")
    assert "se transmet et s’imprime" in await elu.says("vous n'avez pas de version imprimable ?")


async def test_what_to_send_by_mail_may_be_a_question_of_its_own(elu: Conversation) -> None:
    await elu.says("envoyez-moi par mail combien ça coûte")
    assert "reste-a-charge" in elu.turn.topics


@pytest.mark.parametrize("text", ["où je relis tout cela demain ?", "et ça, je pourrai le revoir plus tard ?"])
async def test_where_the_conversation_is_found_again_is_told(elu: Conversation, text: str) -> None:
    await elu.says("combien ça coûte")
    assert "/mondossier" in await elu.says(text)
