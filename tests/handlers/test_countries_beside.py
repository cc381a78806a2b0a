"""A country of a project gets its line: alone, or after the first sentence of what else is answered, once."""

from pathlib import Path

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

pytestmark = pytest.mark.content

UNKNOWN, CONFIRM, NO = "je ne sais pas", "à confirmer", "non, d’après la règle"


@pytest.fixture
def mairie(
    packaged: Content, packaged_understanding: Understanding, database: Database, tmp_path: Path
) -> Conversation:
    return Conversation(packaged, packaged_understanding, database, TODAY)


def _read(said: str) -> str:
    return " ".join(said.split())  # French spaces too


@pytest.mark.parametrize(
    ("typed", "answers", "country", "status"),
    [
        ("notre ville est jumelée avec Kaolack depuis dix ans, est-ce un atout ?", "avantage", "Sénégal", CONFIRM),
        ("si le Mali ça marche pas, au Sénégal on a un village partenaire aussi", "coopération", "Sénégal", CONFIRM),
        (
            "nous sommes trois villages, nous cherchons un volontaire népalais",
            "Chacune",
            "Népal",
            UNKNOWN,
        ),
        ("on est une agglo et on aimerait un jeune du Kerala pour nos sentiers", "intercommunalité", "Inde", CONFIRM),
        ("Élu de Miquelon, nos échanges sont avec Terre-Neuve. C'est recevable ?", "outre-mer", "Canada", UNKNOWN),
        ("nous avons deux jumelages, le béninois et l'espagnol, lequel ?", "jumelage", "Bénin", UNKNOWN),
        ("nous avons deux jumelages, le béninois et l'espagnol, lequel ?", "jumelage", "Espagne", NO),
        ("le président de l'agglo demande si la Catalogne est admise", "collectivité", "Espagne", NO),
        ("on correspond avec une commune d'Inde, ça bloque si rien n'est signé ?", "convention", "Inde", CONFIRM),
        ("combien de temps dure une mission au Laos ?", "12 à 24 mois", "Laos", UNKNOWN),
        ("maire d'une commune jumelée avec une ville roumaine", "coopération", "Roumanie", NO),
    ],
)
async def test_a_country_of_a_project_has_its_line_beside_the_answer(
    mairie: Conversation, typed: str, answers: str, country: str, status: str
) -> None:
    said = _read(await mairie.says(typed))

    line = f"{country} : {status}"
    assert said.count(line) == 1
    assert answers in said.replace(line, "")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("échanges avec les îles Cook, c'est pensable ?", f"Îles Cook : {UNKNOWN}"),
        ("des liens avec les îles Salomon, est-ce imaginable ?", f"Îles Salomon : {UNKNOWN}"),
        ("Asso des Comoriens, Marseille. La mairie aide, elle sait pas si les Comores c'est permis", "Comores"),
        ("nous travaillons avec Timor-Leste", f"Timor Oriental : {UNKNOWN}"),
    ],
)
async def test_a_country_alone_is_answered_alone(mairie: Conversation, typed: str, line: str) -> None:
    said = _read(await mairie.says(typed))

    assert said.startswith(line)
    assert "outre-mer" not in said
    assert "n’en fait pas partie" not in said


@pytest.mark.parametrize(
    ("typed", "begins", "left"),
    [
        ("laissez tomber le Maroc ce sera peut-être la Géorgie", "Géorgie", "Maroc :"),
        ("oublions la Tunisie, ce serait plutôt le Liban", "Liban", "Tunisie :"),
        ("finalement pas le Togo, on part sur le Bénin", "Bénin", "Togo :"),
    ],
)
async def test_what_is_given_up_is_no_subject(mairie: Conversation, typed: str, begins: str, left: str) -> None:
    said = _read(await mairie.says(typed))

    assert said.startswith(f"{begins} :")
    assert left not in said


@pytest.mark.parametrize(
    ("typed", "first", "never"),
    [
        ("des Marocains chez nous, pour la médiation", "venus de là, accueillis", "pas d’envoi"),
        ("un jeune Arménien chez nous, c'est faisable ?", "venus de là, accueillis", "pas d’envoi"),
        ("on aimerait recevoir des Sénégalais au centre social", "pas d’accueil", "envoyés là"),
        ("envoyer un jeune au Maroc pour un chantier, possible ?", "n’y citent pas d’envoi", "mais pas d’envoi"),
    ],
)
async def test_the_line_says_first_what_is_about_the_direction(
    mairie: Conversation, typed: str, first: str, never: str
) -> None:
    line = _read(await mairie.says(typed)).partition(" ; ")[0]

    assert first in line
    assert never not in line


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("mon grand-père est né au Mali, puis-je être volontaire ?", "Mali"),
        ("je suis maire, ma femme est originaire du Togo, combien ça coûte ?", "Togo"),
        ("la mairie voudrait faire comme au Canada, qui finance ?", "Canada"),
        ("une commune du Burkina peut-elle candidater ?", "Burkina Faso"),
        ("Je suis un jeune Camerounais, je veux venir en France comme volontaire", "Cameroun"),
        ("je voudrais partir en Italie en service civique", "Italie"),
        ("nous accueillons des réfugiés ukrainiens, qui finance un volontaire pour les aider ?", "Ukraine"),
        ("il faut un bon niveau d'anglais ?", "Royaume-Uni"),
        ("je viens du Maroc, stagiaire à la mairie, qui dirige le programme ?", "Maroc"),
        ("la météo au Maroc en ce moment ?", "Maroc"),
        ("l'océan Indien, c'est prévu ?", "Inde"),
    ],
)
async def test_a_country_only_mentioned_has_no_line(mairie: Conversation, typed: str, country: str) -> None:
    assert f"{country} : " not in _read(await mairie.says(typed))


async def test_a_country_changed_in_the_conversation_has_its_line(mairie: Conversation) -> None:
    await mairie.says("on est une commune de 900 habitants")
    assert f"Géorgie : {UNKNOWN}" in _read(await mairie.says("on aimerait accueillir une Géorgienne"))
    assert f"Roumanie : {NO}" in _read(await mairie.says("en fait plutôt une Roumaine"))


async def test_what_else_is_asked_in_vain_still_is_said_not_to_be_known(mairie: Conversation) -> None:
    said = _read(
        await mairie.says("Est-ce qu'il faut ouvrir un compte bancaire en France pour une volontaire indienne")
    )

    assert f"Inde : {CONFIRM}" in said
    assert "je n’ai pas la réponse" in said
