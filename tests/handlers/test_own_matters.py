"""One's own dossier, draft, alerts, messages and data, asked for in words; and labels typed instead of pressed."""

import pytest

from tests.conversation import Conversation


@pytest.mark.parametrize(
    ("text", "screen"),
    [
        ("vous avez reçu notre dossier ?", "dossier"),
        ("j'arrive plus à retrouver mon brouillon", "dossier"),
        ("j ai pas eu d'accusé de reception", "dossier"),
        ("ou en est notre candidature svp", "dossier"),
        ("je me suis trompée dans mes réponses", "dossier"),
        ("on veut plus recevoir vos mails", "alerts"),
        ("prévenez moi qd un appel sort", "alerts"),
        ("je voudrais voir mes données", "data"),
        ("efface toutes mes infos", "erase"),
        ("surtout n'effacez pas mon dossier", "ack"),
        ("je veux reprendre le questionnaire", "handover"),
        ("ma secrétaire peut elle finir le questionnaire", "handover"),
        ("voici mon code RP-7K3M-Q2ZZ", "handover"),
        ("transmettez ma question à quelqu'un de l'équipe", "consent"),
    ],
)
async def test_each_opens_its_screen(elu: Conversation, text: str, screen: str) -> None:
    assert await elu.says(text)
    assert (elu.turn.screen, elu.turn.topics) == (screen, [])


@pytest.mark.parametrize(
    "text",
    [
        "quels documents dans le dossier ?",
        "quand aurons-nous la réponse à notre candidature ?",
        "comment envoyer mon dossier ?",
        "le volontaire peut-il arrêter sa mission ?",
        "combien de temps pour instruire notre dossier ?",
    ],
)
async def test_a_question_about_the_programme_is_no_own_matter(elu: Conversation, text: str) -> None:
    await elu.says(text)
    assert elu.turn.screen == ""


@pytest.mark.parametrize(
    "text", ["je suis adjointe à Plouha", "adjoint au maire de Pau", "maire déléguée de Gesté", "adjointe de Cahors"]
)
async def test_who_presents_herself_hands_nothing_over(elu: Conversation, text: str) -> None:
    assert "C’est noté" in await elu.says(text)
    assert elu.turn.screen == ""


@pytest.mark.parametrize(
    "text",
    [
        "le courriel envoyé à l'équipe nous est revenu avec une erreur",
        "votre adresse france-volontaires rejette tous mes messages",
        "j'ai écrit trois fois à l'équipe, personne ne répond",
        "tjs aucun retour a mon courriel du mois dernier, normal ?",
    ],
)
async def test_a_mail_that_found_nobody_is_no_draft_here(elu: Conversation, text: str) -> None:
    said = await elu.says(text)

    assert "celle de la plaquette" in said
    assert "www.france-volontaires.org" in said
    assert "brouillon" not in said


@pytest.mark.parametrize(
    "text",
    [
        "on a déposé notre candidature en juin, du nouveau ?",
        "où ça en est, notre dossier envoyé par courriel",
        "comment changer le thème d'un dossier qu'on a déjà déposé",
        "je voudrais rectifier notre candidature déjà transmise",
    ],
)
async def test_what_was_sent_elsewhere_comes_before_what_is_not_here(elu: Conversation, text: str) -> None:
    said = await elu.says(text)

    assert "je n’y ai pas accès" in said.split("Ici,")[0]
    assert "PROJET.TEVO@" in said.split("Ici,")[0]
    assert "/eligibilite" in said.split("Ici,")[1]
    assert "Transmettre ma question" in elu.buttons


@pytest.mark.parametrize(
    "text",
    [
        "nous ne sommes pas certains d'aller au bout, peut-on se retirer ?",
        "on hésite, est-ce qu'on pourra faire machine arrière ?",
        "notre partenaire au Bénin n'a pas répondu à mes mails",
        "à quelle adresse mail écrire à l'équipe ?",
        "la voisine a pas été relogée depuis 3 semaines",
        "on me demande de pas présenter deux fois le même poste, c'est une règle ?",
        "je me demande si on perd notre temps avec ce programme",
    ],
)
async def test_the_world_outside_is_no_own_matter(elu: Conversation, text: str) -> None:
    await elu.says("qui signe la convention ?")
    await elu.says(text)
    assert elu.turn.screen not in {"dossier", "handover", "alerts", "told", "data", "erase"}


async def test_messages_are_stopped_where_there_are_any(elu: Conversation) -> None:
    said = await elu.says("je ne veux plus recevoir de messages")
    assert "pas inscrit aux alertes" in said
    await elu.says("me prévenir")
    assert "C’est arrêté" in await elu.says("ne plus me prévenir")


async def test_yes_does_what_the_last_screen_proposes_and_yes_but_does_not(elu: Conversation) -> None:
    await elu.says("mes alertes")
    assert "C’est noté" not in await elu.says("oui mais combien de messages par an ?")
    await elu.says("mes alertes")
    assert "C’est noté" in await elu.says("oui")


@pytest.mark.parametrize("typed", ["ok alors allons-y", "bon ben d'accord", "Eh bien oui"])
async def test_little_words_may_come_before_a_yes(elu: Conversation, typed: str) -> None:
    await elu.says("mes alertes")
    assert "C’est noté" in await elu.says(typed)


async def test_a_draft_is_opened_as_it_is_and_no_refusal_erases_it(elu: Conversation) -> None:
    await elu.says("vérifier mon éligibilité")
    await elu.says("commune")
    assert "Brouillon" in await elu.says("où est passé mon brouillon ?")
    assert "Question" in await elu.says("je veux continuer là où j'en étais")
    await elu.says("supprimez tout ce que vous avez sur moi")
    assert "rien n’est effacé" in await elu.says("non, rien")
    assert "Brouillon" in await elu.says("mon brouillon")


async def test_a_menu_label_typed_opens_its_entry(elu: Conversation) -> None:
    await elu.says("combien ca coute")
    assert elu.turn.topics == ["reste-a-charge"]
    await elu.says("dates clés")
    assert elu.replies[-1].reply_markup is not None
