"""What is asked of a volunteer's life, of money, agréments, papers and offices is concluded in the first words."""

from pathlib import Path

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

pytestmark = pytest.mark.content


@pytest.fixture
def mairie(
    packaged: Content, packaged_understanding: Understanding, database: Database, tmp_path: Path
) -> Conversation:
    return Conversation(packaged, packaged_understanding, database, TODAY)


def _opening(said: str, signs: int) -> str:
    return " ".join(said.split())[:signs]  # French spaces too


async def test_an_association_may_apply_only_with_an_agreement(mairie: Conversation) -> None:
    said = await mairie.says("une association peut-elle demander ?")

    assert "Seulement avec l’agrément" in said
    assert "a priori" not in said


async def test_what_a_new_association_lacks_is_told(mairie: Conversation) -> None:
    assert "Il faut au moins 3 ans d’activité" in await mairie.says(
        "notre association vient d'être créée, peut-on se faire agréer pour des VSI ?"
    )


@pytest.mark.parametrize(
    ("asked", "concludes"),
    [
        ("les aides de l'État pour un VSI, elles sont versées à nous ou à l'association ?", "À l’association agréée"),
        ("l'arrêté de 2022 donne quels montants pour un VSI ?", "358 €"),
        ("combien l'État donne pour rapatrier un VSI malade", "400 € par an"),
        ("j'envoie mon CV ici ?", "Non, pas ici"),
        ("le bureau le plus proche de Pointe-à-Pitre", "Oui, aux Abymes"),
        ("antenne à Fort-de-France", "Pas en Martinique"),
        ("un groupement d'intérêt public peut-il être agréé VSI", "Oui, un groupement d’intérêt public"),
        ("où trouver la liste des associations agréées", "Une liste existe"),
        ("je m'occupe d'un jeune en service civique, faut-il déclarer ce qu'il gagne aux impôts", "je ne sais pas"),
    ],
)
async def test_a_fact_is_told_at_once(mairie: Conversation, asked: str, concludes: str) -> None:
    assert concludes in _opening(await mairie.says(asked), 420)


@pytest.mark.parametrize(
    ("first", "then", "concludes"),
    [
        ("combien ça coûte", "à peu près quoi ?", "Aucun ordre de grandeur"),
        ("qui recrute le volontaire", "on peut en refuser un ?", "refuser un"),
        ("visa pour un volontaire", "et le passeport ?", "Passeport"),
        ("quels documents fournir", "et on les envoie où ?", "Où et à qui les envoyer"),
        ("les congés d'un VSI", "moins de six mois aussi ?", "moins de 6 mois, je ne sais pas"),
        ("accueillir un volontaire étranger", "il existe un guide ?", "Trois guides"),
    ],
)
async def test_a_fact_is_told_just_after_its_entry(mairie: Conversation, first: str, then: str, concludes: str) -> None:
    await mairie.says(first)

    assert concludes in _opening(await mairie.says(then), 300)
