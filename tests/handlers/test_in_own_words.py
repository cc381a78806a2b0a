"""Applicants who type everything, as on a telephone: what each says is taken, and nothing that nobody said."""

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

FOREIGN = "collectivité étrangère peut participer comme partenaire"
NEED = "besoin d’être appuyés"


@pytest.fixture
async def person(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    """Somebody at the first question."""
    conversation = Conversation(packaged, packaged_understanding, database, TODAY)
    await conversation.says("test d'éligibilité")
    await conversation.presses("Vérifier mon éligibilité")
    return conversation


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["bonjour, je suis le maire", "Saint Nolff dans le morbihan", "oui c'est elle"], NEED),
        (["Région Occitanie", "oui"], NEED),  # named at once: not asked again
        (["Saint-Nolff", "la commune"], NEED),
        (["le CCAS de Rennes"], "un centre communal d’action sociale"),
        (["pompiers du 35"], "un service départemental d’incendie"),
        (["un syndicat"], "Quelle collectivité"),
        (["syndicat mixte du bassin de l'Agout"], "un syndicat de collectivités"),
        (["comité de jumelage de Pornic"], "C’est la collectivité qui candidate"),
        (["RRMA Centraider"], "Avez-vous l’agrément"),
        (["conseillère municipale mais à titre perso"], "une personne n’y candidate pas, même élue"),
        (["maire de Bamako"], FOREIGN),
        (["je suis maire de Bruges en Belgique"], FOREIGN),
        (["mairie", "Thiès", "au Sénégal"], FOREIGN),
        (["mairie", "Saint-Louis", "non, Saint-Louis du Sénégal"], FOREIGN),
        (["mairie", "Province de Liège", "Belgique"], FOREIGN),
        (["mairie", "Melle", "celle du 79", "la commune"], NEED),
        (["mairie", "Grand Lyon", "la métropole"], NEED),
    ],
)
async def test_who_one_is_is_said_in_words(person: Conversation, typed: list[str], said: str) -> None:
    told = [await person.says(one) for one in typed]

    assert said in told[-1]


async def test_what_is_said_is_what_the_case_tells(person: Conversation) -> None:
    answers = {
        "une grande ville": "Quelle collectivité",
        "Aubagne": "est-ce l’une de celles-ci",
        "la ville": NEED,
        "👍🏽": "Que voudriez-vous faire",
        "j'hésite entre les deux": "un pays en vue",
        "non en fait accueillir": "C’est corrigé",
        "Thiès": "dans quel pays est-ce",
        "au Sénégal": "thème",
        "je sais pas encore": "première action",
    }
    for typed, follows in answers.items():
        assert follows in await person.says(typed)

    verdict = await person.says("non, on a une asso partenaire depuis 1995")

    assert "Votre cas : Aubagne (commune, 13, 47 529 hab.) · Accueillir un volontaire · Sénégal." in verdict.replace(
        "\xa0", " "
    ).replace("\u202f", " ")
    assert "« Thiès, au Sénégal »" in (await person.presses("Le détail, les sources")).replace("\xa0", " ")


async def test_a_name_that_looks_like_a_request_is_the_name_of_an_organisation(person: Conversation) -> None:
    for typed in ("une ONG", "fondation", "les deux agréments", "tout le temps", "oui"):
        await person.says(typed)

    assert "Agréments VSI et service civique · Fondation Exemple" in await person.says("Fondation Exemple")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("quelle est la date limite ?", "19 mai 2025"),
        ("c'est quoi un VSI", "volontaire de solidarité internationale"),
        ("pourquoi vous demandez ça", "Rien ne part avant votre dernier accord"),
        ("et si je me trompe ?", "tout se corrige"),
        ("qui va lire ça ?", "Revenons à la question"),
    ],
)
async def test_at_every_typed_detail_a_question_is_answered_and_the_detail_asked_again(
    person: Conversation, asked: str, said: str
) -> None:
    for typed in ("asso", "volontariat", "VSI", "oui", "oui", "Volontaires du Lac"):
        await person.says(typed)
    await person.presses("Envoyer à l’équipe")
    await person.presses("J’accepte")
    for detail in ("Jeanne Plantée", "maire adjointe", "jeanne@mairie-exemple.fr", "06 12 34 56 78"):
        open_one = person.replies[-1].text

        told = await person.says(asked)

        assert said in told.replace("\xa0", " ")
        assert person.replies[-1].text == open_one
        await person.says(detail)
    assert "Un message pour l’équipe" in (person.replies[-1].text or "")


@pytest.mark.parametrize("asked", ["pourquoi vous demandez ça", "c'est quoi un VSI", "qui va lire ça ?"])
async def test_a_question_is_no_name_of_an_organisation(person: Conversation, asked: str) -> None:
    for typed in ("RRMA", "aucun", "jamais", "non"):
        await person.says(typed)

    await person.says(asked)

    assert "nom de votre organisme" in (person.replies[-1].text or "")
    assert "Pierre Comment" in await person.says("Pierre Comment")
