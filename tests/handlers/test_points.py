"""A precise question is answered by its own sentence, not by the entry; what follows knows which one was told."""

import pytest

from handlers.shared.buttons import ShowPoint
from knowledge.content.models import Content
from knowledge.understanding.decision import Choice, Part, Reading
from tests.conversation import Conversation


def _says(content: Content, topic: str, point: str) -> str:
    """How the sentence of a point begins."""
    told = content.topics[topic].point(point)
    assert told
    return told.says.replace("**", "").replace("'", "’").split("{")[0][:30]


async def test_a_precise_question_gets_its_sentence_alone(elu: Conversation, packaged: Content) -> None:
    said = await elu.says("les 450 c'est des missions ou des gens partis ?")

    assert said.startswith("Des missions")
    assert packaged.topics["chiffres-volontaires"].title not in said
    assert packaged.topics["chiffres-volontaires"].button in elu.buttons  # the entry is a button away
    assert "Source" in said


async def test_the_entry_is_shown_where_all_of_it_is_asked(elu: Conversation, packaged: Content) -> None:
    assert packaged.topics["vsi"].title in await elu.says("c'est quoi un VSI ?")


async def test_after_the_entry_a_few_words_ask_one_of_its_points(elu: Conversation, packaged: Content) -> None:
    await elu.says("qui recrute le volontaire ?")

    assert _says(packaged, "recrutement", "langue-du-pays") in await elu.says("et il faut parler anglais ?")


@pytest.mark.parametrize(
    ("first", "then", "topic", "point"),
    [
        ("que s'est-il fait à La Réunion ?", "ils partent où ?", "la-reunion", "destinations"),
        ("que s'est-il fait à La Réunion ?", "Salazie en fait-elle partie ?", "la-reunion", "autre-commune"),
        ("le programme à Mayotte ?", "ils partent où ?", "mayotte", "destinations"),
        ("le programme à Mayotte ?", "et Tsingoni, elle y est ?", "mayotte", "autre-commune"),
        ("le programme en Nouvelle-Calédonie", "vers où ?", "nouvelle-caledonie", "destinations"),
        ("La Région Sud prête des volontaires ?", "et en direct, sans la Région ?", "region-sud", "sans-region"),
        ("Quelles sont les dates clés ?", "le premier appel visait qui ?", "dates-cles", "premier-public"),
        ("Quelles sont les dates clés ?", "combien d'appels en tout depuis 2022 ?", "dates-cles", "combien-appels"),
    ],
)
async def test_what_is_asked_after_an_example_is_told_of_that_example(
    elu: Conversation, packaged: Content, first: str, then: str, topic: str, point: str
) -> None:
    await elu.says(first)

    assert _says(packaged, topic, point) in await elu.says(then)


async def test_the_source_asked_then_is_that_of_the_sentence(elu: Conversation, packaged: Content) -> None:
    point = next(one for one in packaged.topics["chiffres-volontaires"].points if len(one.sources) == 1)
    await elu.says(point.questions[0] if point.questions else point.after[0])

    said = await elu.says("d'où vous tenez ça ?")

    assert packaged.sources[point.sources[0]].name in said
    assert said.count("•") == 1


async def test_asked_for_more_after_a_point_the_entry_is_shown(elu: Conversation, packaged: Content) -> None:
    await elu.says("les 450 c'est des missions ou des gens partis ?")

    assert packaged.topics["chiffres-volontaires"].title in await elu.says("dites m'en plus")


@pytest.mark.parametrize(
    ("first", "reproach", "topic"),
    [
        ("c'est quoi un VSI ?", "vous n'avez pas répondu pour le logement", "logement"),
        ("qui finance ?", "je vous demande pas ça, je vous demande les dates limites", "dates-cles"),
    ],
)
async def test_what_a_reproach_says_was_asked_is_answered(
    elu: Conversation, first: str, reproach: str, topic: str
) -> None:
    await elu.says(first)

    await elu.says(reproach)

    assert elu.turn.topics == [topic]


async def test_a_reproach_that_says_nothing_tells_what_the_question_may_have_meant(
    elu: Conversation, packaged: Content
) -> None:
    await elu.says("et l'argent pour le jeune c'est qui qui le donne ?")

    assert packaged.topics["financement"].title.split(" le ")[0] in await elu.says("ce n'est pas ma question")


async def test_what_we_do_not_know_has_no_source(elu: Conversation) -> None:
    said = await elu.says("faut-il parler la langue du pays pour partir ?")

    assert "je n’ai rien trouvé" in said
    assert "Source" not in said


@pytest.mark.parametrize("said", ["ok merci c'est bon", "d'accord merci bien, je vois avec le maire"])
async def test_thanks_after_a_word_or_two_are_met_as_thanks(elu: Conversation, packaged: Content, said: str) -> None:
    await elu.says("les outre-mer peuvent-ils candidater ?")

    assert packaged.topics["remerciement"].title in await elu.says(said)


async def test_who_corrects_oneself_is_answered_not_greeted(elu: Conversation, packaged: Content) -> None:
    await elu.says("combien de collectivités participent ?")

    assert "C’est noté" not in await elu.says("non pas au national, le département de La Réunion !")


async def test_what_was_asked_instead_is_answered(elu: Conversation, packaged: Content) -> None:
    await elu.says("combien ça coûte à la commune ?")

    said = await elu.says("je vous ai demandé les dates limites, pas le prix")

    assert said.startswith(packaged.topics["dates-cles"].title)


@pytest.mark.parametrize(
    ("said", "topic", "point"),
    [
        ("notre ville est jumelée depuis dix ans, est-ce un atout ?", "jumelage", "atout"),
        ("ma nièce est en mission, elle rentre fatiguée, elle doit combien d'heures par semaine au maximum ?",
         "duree-missions", "heures"),
        ("une petite du village part bientôt. qui paye son rapatriement si ça tourne mal ?",
         "protection-sociale", "rapatriement"),
    ],
)  # fmt: skip
async def test_the_clause_that_asks_tells_the_point_whatever_the_story(
    elu: Conversation, packaged: Content, said: str, topic: str, point: str
) -> None:
    assert _says(packaged, topic, point) in await elu.says(said)


SMALL = "je suis maire de 380 habitants, on peut candidater ?"


async def test_what_was_perhaps_asked_more_precisely_is_a_button_under_the_entry(
    elu: Conversation, packaged: Content
) -> None:
    said = await elu.says(SMALL)
    assert packaged.topics["eligibilite-petite-commune"].title in said
    assert "Sans personnel dédié ?" in elu.buttons

    assert (await elu.presses("Sans personnel dédié ?")).startswith(
        _says(packaged, "eligibilite-petite-commune", "sans-agents")
    )


async def test_the_button_of_a_point_can_be_typed(elu: Conversation, packaged: Content) -> None:
    await elu.says(SMALL)

    told = await elu.says("sans personnel dédié ?")
    assert told.startswith(_says(packaged, "eligibilite-petite-commune", "sans-agents"))


async def test_after_the_button_of_a_point_its_source_is_known(elu: Conversation) -> None:
    await elu.says(SMALL)
    await elu.presses("Sans personnel dédié ?")

    assert "Je tiens cela de" in await elu.says("vos sources ?")


async def test_asked_again_in_vain_the_entry_offers_what_was_perhaps_asked(elu: Conversation) -> None:
    await elu.says("combien ça coûte à la commune ?")

    await elu.says("il y a bien une commune qui a publié sa dépense ?")

    assert "Combien a payé La Réunion ?" in elu.buttons


async def test_an_old_button_of_a_point_that_is_gone_shows_its_entry(elu: Conversation, packaged: Content) -> None:
    await elu.says("bonjour")

    said = await elu.feeds(elu.session.presses(ShowPoint(topic="vsi", point="gone").pack(), elu.replies[-1]))

    assert packaged.topics["vsi"].title in said


async def hesitates(
    elu: Conversation, monkeypatch: pytest.MonkeyPatch, text: str, *topics: str, chance: float = 0.4
) -> str:
    """What is said to a message that is unclear between some entries, with plain spaces."""
    unsure = Reading((Part(text, Choice(topics, chance)),))
    understanding = elu.dispatcher["hearing"].understanding
    monkeypatch.setattr(understanding, "read", lambda *_, **__: unsure)  # which messages are unclear moves
    return (await elu.says(text)).replace("\xa0", " ").replace("\u202f", " ")


async def test_a_hesitation_says_its_subject_and_tells_nothing_of_it(
    elu: Conversation, packaged: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "le conseil râle, qui sort le chéquier ?"
    said = await hesitates(elu, monkeypatch, text, "financement", "pilotage")

    assert said == "Votre question porte, si je vous lis bien, sur « Qui finance ? ». Que voulez-vous savoir ?"
    assert {packaged.topics[topic].button for topic in ("financement", "pilotage")} & set(elu.buttons)


async def test_a_hesitation_offers_nothing_that_does_not_go_with_its_subject(
    elu: Conversation, packaged: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hesitates(elu, monkeypatch, "c'est gratuit pour la mairie ?", "reste-a-charge", "formation-depart")

    assert packaged.topics["reste-a-charge"].button in elu.buttons
    assert packaged.topics["formation-depart"].button not in elu.buttons


async def test_a_hesitation_that_holds_the_sentence_asked_says_it(
    elu: Conversation, packaged: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = await hesitates(elu, monkeypatch, "c'est gratuit pour la mairie ?", "reste-a-charge", "financement")

    assert said.startswith("Si je vous lis bien (« Combien ça coûte ? ») : Gratuit : je ne peux pas le confirmer.")
    assert packaged.topics["financement"].button in elu.buttons


async def test_what_is_hardly_understood_is_said_not_to_be_and_offers_no_entry(
    elu: Conversation, packaged: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = await hesitates(elu, monkeypatch, "tu sais si le match est à vingt heures", "vsi", "duree", chance=0.05)

    assert said.startswith("Je n’ai pas compris votre question, ou mes documents n’en disent rien.")
    assert not {topic.button for topic in packaged.topics.values() if topic.id != "contact"} & set(elu.buttons)
