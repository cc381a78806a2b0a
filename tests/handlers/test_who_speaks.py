"""Who speaks is remembered from one turn to the next, as a kind of body: « on » is not always a commune."""

import pytest

from handlers.questionnaire.earlier import Earlier
from handlers.questionnaire.screens import FormScreens
from knowledge.content.models import Content
from knowledge.register.authorities import Register
from knowledge.rendering import Renderer
from knowledge.understanding.situation.situation import Speaker
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

FEDERATION = "Nous sommes une fédération agréée VSI, pouvons-nous répondre à l'appel ?"
SMALL_ASSOCIATION = "Je dirige une association d'entraide avec le Bénin. Est-ce qu'on peut recevoir un volontaire ?"
COMMITTEE = "Je fais partie du comité de jumelage de Saumur. Le comité peut-il candidater ?"
MAYOR = "Je suis maire d'un village de 500 habitants, pouvons-nous candidater ?"
MAYOR_OF_BENIN = "Je suis maire d'une commune du Bénin, pouvons-nous candidater ?"
CARE_HOME = "Je dirige un Ehpad, pouvons-nous candidater ?"
STUDENT = "Je suis étudiante, je voudrais partir. C'est possible ?"


@pytest.mark.parametrize(
    ("said", "topic", "point"),
    [
        ((FEDERATION, "pouvons-nous y aller à plusieurs ?"), "eligibilite-organisme", "consortium"),
        ((FEDERATION, "est-ce un autre appel que pour les communes ?"), "eligibilite-organisme", "meme-appel"),
        ((SMALL_ASSOCIATION, "alors c'est à la commune de demander ?"), "eligibilite-autre", "par-la-mairie"),
        ((SMALL_ASSOCIATION, "on pourrait obtenir l'agrément nous-mêmes ?"), "agrement", "conditions-vsi"),
        (
            (SMALL_ASSOCIATION, "notre maire accepterait ?", "on pourrait obtenir l'agrément nous-mêmes ?"),
            "agrement",
            "conditions-vsi",
        ),
        ((MAYOR, "on pourrait se faire agréer nous-mêmes ?"), "agrement", "collectivite-agreee"),
        ((COMMITTEE, "et si la mairie n'en veut pas du tout ?"), "eligibilite-autre", "commune-refuse"),
    ],
)
async def test_the_entry_and_the_point_are_those_for_who_spoke_before(
    elu: Conversation, said: tuple[str, ...], topic: str, point: str
) -> None:
    await elu.says(*said)

    assert (elu.turn.topics[0], elu.turn.point) == (topic, point)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (FEDERATION, "pour une association, l’appel est à part"),
        (CARE_HOME, "un établissement public ne figure pas parmi les candidats"),
        (MAYOR_OF_BENIN, "une collectivité étrangère ne candidate pas directement"),
        (STUDENT, "une personne seule ne candidate pas"),
    ],
)
async def test_what_is_for_authorities_is_said_to_be_so_to_others(elu: Conversation, first: str, then: str) -> None:
    await elu.says(first)

    assert then in (await elu.says("quelle est la date limite ?")).replace("\xa0", " ").lower()


LOZERE = "maire de 300 hab en Lozère, c'est quoi le programme"
"""Who speaks, told beside a question on something else."""


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ((LOZERE, "on peut candidater ?"), "Une commune de 300 habitants (Lozère) peut a priori candidater"),
        ((LOZERE, "quelle est la date limite ?", "on est éligibles alors ?"), "Une commune de 300 habitants (Lozère)"),
        (
            (LOZERE, "en fait nous sommes 450 habitants"),
            "Une commune de 450 habitants (Lozère)",
        ),
        ((LOZERE, "notre commune peut candidater ?"), "Une commune de 300 habitants (Lozère)"),
        (("bonjour, DGS du département, en Guyane", "on peut candidater ?"), "Un département (Guyane)"),
        ((LOZERE, "une commune du Gers peut candidater ?"), "Une commune (Gers)"),
        ((LOZERE, "et une interco, elle peut candidater ?"), "Une intercommunalité peut"),
        (
            (LOZERE, "je préside aussi notre communauté de communes, elle peut candidater ?"),
            "Une intercommunalité (Lozère)",
        ),
    ],
)
async def test_size_and_place_said_once_are_those_of_the_later_questions(
    elu: Conversation, said: tuple[str, ...], begins: str
) -> None:
    *before, last = said
    for text in before:
        await elu.says(text)

    assert (await elu.says(last)).replace("\xa0", " ").startswith(begins)


RETIRED = "je suis menuisier à la retraite, je veux partir comme volontaire"
MOTHER = "Ma fille de 20 ans a été prise pour le Bénin, par notre mairie."


@pytest.mark.parametrize(
    ("said", "topic", "point"),
    [
        ((RETIRED, "est-ce que je serais logé ?"), "logement", "je-pars"),
        ((RETIRED, "combien je dois débourser ?"), "eligibilite-particulier", "cout-famille"),
        (
            (RETIRED, "ma femme peut venir ?", "quels papiers faut-il que je donne ?"),
            "eligibilite-particulier",
            "papiers",
        ),
        ((RETIRED, "c'est ma mairie qui devra faire la démarche ?"), "eligibilite-particulier", "par-ma-mairie"),
        ((MOTHER, "a-t-elle le droit de tout arrêter en pleine mission ?"), "arret-mission", ""),
        (
            (SMALL_ASSOCIATION, "et si la ville porte le projet et nous derrière elle"),
            "eligibilite-autre",
            "par-la-mairie",
        ),
        ((MAYOR, "et son employeur, ce serait nous ?"), "recrutement", "employeur"),
    ],
)
async def test_what_is_for_others_gives_way_to_what_is_for_who_speaks(
    elu: Conversation, said: tuple[str, ...], topic: str, point: str
) -> None:
    await elu.says(*said)

    assert (elu.turn.topics[0], elu.turn.point) == (topic, point)


def test_who_has_a_relative_sent_speaks_for_herself(packaged_understanding: Understanding) -> None:
    assert packaged_understanding.speaker(MOTHER).kind == "individual"
    assert (
        packaged_understanding.speaker("et ma mairie, elle est d'accord ?", Speaker("individual")).kind == "individual"
    )


async def test_a_mayor_may_ask_of_associations(elu: Conversation) -> None:
    await elu.says(LOZERE, "un appel aux organismes est-il ouvert ?")

    assert elu.turn.topics[0] == "eligibilite-organisme"


async def test_a_precise_question_is_answered_before_the_case_of_who_spoke(elu: Conversation) -> None:
    await elu.says(LOZERE, "y a-t-il un nombre minimum d'habitants ?")

    assert (elu.turn.topics[0], elu.turn.point) == ("eligibilite-petite-commune", "taille-minimale")


async def test_a_mayor_who_asks_for_her_son_is_a_mayor_still(elu: Conversation) -> None:
    await elu.says(MAYOR)
    await elu.says("et mon fils, je veux partir avec lui, c'est possible ?")

    assert "personne seule" not in await elu.says("quelle est la date limite ?")


async def test_another_body_named_is_asked_of_whoever_speaks(elu: Conversation) -> None:
    await elu.says(FEDERATION, "une commune de 300 habitants peut-elle candidater ?")

    assert elu.turn.topics[0] == "eligibilite-petite-commune"


async def test_what_is_asked_beside_a_body_is_no_question_on_whether_it_may_apply(elu: Conversation) -> None:
    await elu.says("qui peut candidater ?", "c'est la même chose pour les départements, les délais ?")

    assert "eligibilite-collectivite" not in elu.turn.topics


async def test_a_speaker_that_the_content_no_longer_knows_is_nobody(packaged_understanding: Understanding) -> None:
    assert packaged_understanding.read("on peut candidater ?", today=TODAY, speaker=Speaker("gone")).answers
    assert packaged_understanding.entries_for(Speaker("gone")) == ()


async def test_a_question_after_a_greeting_is_answered_whatever_is_told_between(elu: Conversation) -> None:
    said = await elu.says(
        "Bonjour ! Je préside un club qui forme des apiculteurs au Togo, nous sommes quarante bénévoles. "
        "Pouvons-nous avoir un volontaire avec vous ?"
    )

    assert "Que voulez-vous savoir" not in said


async def test_a_country_left_out_is_told_before_what_is_said_of_twinning(elu: Conversation) -> None:
    await elu.says(MAYOR)

    said = await elu.says("nous songions à une jeune Allemande, nous sommes jumelés avec Ulm en Allemagne")

    assert said.replace("\xa0", " ").startswith(("Allemagne : non", "Non, pas"))


async def test_what_is_set_aside_is_no_country_that_is_asked(elu: Conversation) -> None:
    said = await elu.says("oublions le Portugal, nous avons des amis géorgiens ici, la Géorgie ça irait ?")

    assert said.startswith("Géorgie")


@pytest.mark.parametrize("typed", ["ok", "oui", "merci", "d'accord", "c'est bon"])
async def test_for_who_agrees_or_thanks_no_register_is_opened(packaged: Content, typed: str) -> None:
    opened: list[str] = []

    def register() -> Register:
        opened.append(typed)
        return Register.load()

    assert packaged.form
    earlier = Earlier(FormScreens(packaged, packaged.form, Renderer(packaged, lambda: TODAY)), register)

    assert await earlier.named(typed) is None
    assert not opened
    assert await earlier.named("Lodève")


@pytest.mark.parametrize(
    "said",
    [
        "Bonsoir, je préside une association de natifs de Kita, nous sommes installés à Évreux depuis trente ans",
        "Madame, Monsieur, adjointe à la culture d'une commune de 5 100 habitants de l'Orne, j'ai vu votre plaquette",
        "CONSEILLERE DELEGUEE A MONTLUCON",
    ],
)
async def test_a_presentation_is_noted_however_little_of_it_is_ours(elu: Conversation, said: str) -> None:
    assert "C’est noté" in await elu.says(said)


async def test_a_presentation_that_asks_is_answered(elu: Conversation) -> None:
    said = await elu.says("Adjointe à la culture d'une commune de 5 100 habitants, combien coûte le programme ?")

    assert "C’est noté" not in said


async def test_who_tells_her_age_is_a_person(elu: Conversation) -> None:
    await elu.says("je suis à Mamoudzou, j'ai 26 ans, il paraît que la mairie envoie des jeunes")

    said = await elu.says("quelle est la date limite ?")

    assert "Une personne seule ne candidate pas" in said


@pytest.mark.parametrize(
    ("said", "topic", "point"),
    [
        ((STUDENT, "c payé combien"), "indemnites", ""),
        ((STUDENT, "ça coûte cher ?"), "eligibilite-particulier", "cout-famille"),
        ((COMMITTEE, "que fait l'opérateur ?"), "appui-operationnel", "role"),
        ((LOZERE, "y avons-nous droit ?"), "eligibilite-petite-commune", ""),
    ],
)
async def test_what_one_is_paid_is_no_cost_and_who_has_a_right_to_it_may_apply(
    elu: Conversation, said: tuple[str, ...], topic: str, point: str
) -> None:
    await elu.says(*said)

    assert (elu.turn.topics[0], elu.turn.point) == (topic, point)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("pas de réponse donc refusés j'imagine ?", "Votre résultat, je ne le connais pas"),
        ("nous n'avons rien reçu à ce jour, doit-on en conclure un refus ?", "Votre résultat, je ne le connais pas"),
        ("ça y est on est sélectionnés ! quel papier on signe", "Une convention à trois"),
        ("notre commune est lauréate, qu'est-ce qu'on doit signer ?", "Une convention à trois"),
    ],
)
async def test_who_has_applied_is_told_what_is_known_of_what_follows(elu: Conversation, said: str, told: str) -> None:
    assert told in (await elu.says(said)).replace("\xa0", " ")
