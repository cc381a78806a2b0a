"""« Non finalement c'est… » : an answer given before is changed wherever it is taken back, and no other one is."""

from collections.abc import Awaitable, Callable

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

THEME, FIRST_TIME, VERDICT = "Sur quel thème", "première action", "Votre cas"
ANSWERS = ("mairie", "Gap", "1", "oui", "accueillir", "le Bénin", "santé", "oui")

Came = Callable[[str], Awaitable[Conversation]]


@pytest.fixture
def come_to(packaged: Content, packaged_understanding: Understanding, database: Database) -> Came:
    """Somebody of Gap who would host somebody from Bénin, as soon as this is shown."""

    async def come(shown: str) -> Conversation:
        mayor = Conversation(packaged, packaged_understanding, database, TODAY)
        await mayor.says("test d'éligibilité")
        told, answers = await mayor.presses("Vérifier mon éligibilité"), iter(ANSWERS)
        while shown not in told:
            told = await mayor.says(next(answers))
        return mayor

    return come


@pytest.mark.parametrize("shown", [THEME, FIRST_TIME, VERDICT])
async def test_another_country_takes_the_place_of_the_one_before(come_to: Came, shown: str) -> None:
    told = (await (await come_to(shown)).says("non finalement c'est le Togo")).replace("\xa0", " ")

    assert "C’est corrigé : Pays, Bénin → Togo" in told
    assert shown in told  # what was open still is


@pytest.mark.parametrize("shown", [THEME, FIRST_TIME, VERDICT])
@pytest.mark.parametrize("typed", ["non finalement c'est pour Embrun", "en fait on est à embrun", "non, Embrun"])
async def test_another_authority_takes_the_place_of_the_one_before(come_to: Came, shown: str, typed: str) -> None:
    mayor = await come_to(shown)

    assert "est-ce l’une de celles-ci" in await mayor.says(typed)
    told = (await mayor.says("la première")).replace("\xa0", " ")
    assert "Collectivité : Embrun" in told
    assert shown in told


@pytest.mark.parametrize(
    "typed", ["finalement la santé au Togo", "en fait, l'agriculture", "non, le Sport", "le lien avec le Togo"]
)
async def test_a_theme_is_no_correction_for_its_first_word_or_a_country_in_it(come_to: Came, typed: str) -> None:
    mayor = await come_to(THEME)

    assert FIRST_TIME in await mayor.says(typed)
    await mayor.says("oui")
    assert typed in (await mayor.presses("Le détail, les sources")).replace("’", "'")


@pytest.mark.parametrize("typed", ["non, on a déjà travaillé avec le Togo", "non, un jumelage avec la Roumanie"])
async def test_where_one_has_been_before_is_not_where_one_goes(come_to: Came, typed: str) -> None:
    mayor = await come_to(FIRST_TIME)

    assert "Bénin" in await mayor.says(typed)
    assert f"a déjà agi (« {typed} »)" in (await mayor.presses("Le détail, les sources")).replace("\xa0", " ")


async def test_a_no_that_changes_its_mind_answers_nothing_that_is_asked(come_to: Came) -> None:
    told = (await (await come_to(FIRST_TIME)).says("non finalement on veut envoyer")).replace("\xa0", " ")

    assert "C’est corrigé : Projet, Accueillir un volontaire → Envoyer un volontaire" in told
    assert FIRST_TIME in told


@pytest.mark.parametrize("typed", ["non finalement", "non merci", "non finalement combien ça coûte au Togo"])
async def test_at_the_end_what_names_nothing_else_corrects_nothing(come_to: Came, typed: str) -> None:
    told = await (await come_to(VERDICT)).says(typed)

    assert "corrigé" not in told
    assert "est-ce l’une de celles-ci" not in told
