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
    "typed",
    [
        "finalement la santé au Togo",
        "en fait, l'agriculture",
        "on sait pas trop, peut-être l'agriculture",
        "non, le Sport",
        "le lien avec le Togo",
    ],
)
async def test_a_theme_is_no_correction_for_its_first_word_or_a_country_in_it(come_to: Came, typed: str) -> None:
    mayor = await come_to(THEME)

    assert FIRST_TIME in await mayor.says(typed)
    await mayor.says("oui")
    assert typed in (await mayor.presses("Le détail, les sources")).replace("’", "'")


@pytest.mark.parametrize(
    "typed",
    [
        "non, on a déjà travaillé avec le Togo",
        "non, un jumelage avec la Roumanie",
        "non, on a travaillé au Togo, pas au Mali",
    ],
)
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


@pytest.mark.parametrize("shown", [THEME, FIRST_TIME, VERDICT])
@pytest.mark.parametrize("typed", ["finalement on veut envoyer", "au final on voudrait envoyer"])
async def test_a_change_of_mind_is_no_theme_nor_question(come_to: Came, shown: str, typed: str) -> None:
    told = (await (await come_to(shown)).says(typed)).replace("\xa0", " ")

    assert "C’est corrigé : Projet, Accueillir un volontaire → Envoyer un volontaire" in told
    assert shown in told


async def test_a_change_of_mind_is_heard_after_a_question_was_answered(come_to: Came) -> None:
    mayor = await come_to(VERDICT)
    await mayor.says("c'est quoi un VSI ?")

    assert "→ Envoyer un volontaire" in await mayor.says("finalement on veut envoyer")


@pytest.mark.parametrize("shown", [THEME, FIRST_TIME, VERDICT])
@pytest.mark.parametrize("typed", ["pas le Bénin mais le Togo", "le Togo, pas le Bénin"])
async def test_a_country_denied_for_another_is_left(come_to: Came, shown: str, typed: str) -> None:
    told = (await (await come_to(shown)).says(typed)).replace("\xa0", " ")

    assert "C’est corrigé : Pays, Bénin → Togo" in told
    assert shown in told


async def test_of_several_countries_the_others_stay(come_to: Came) -> None:
    mayor = await come_to("Avez-vous un pays")
    await mayor.says("Bénin, togo 🇹🇬, les Comores")
    await mayor.says("santé")
    await mayor.says("oui")

    told = (await mayor.says("pas le Bénin mais le Sénégal")).replace("\xa0", " ")
    assert "Pays, Bénin, Togo, Comores → Togo, Comores, Sénégal" in told
    assert "→ Togo, Comores, Sénégal, Mali" in await mayor.says("le Mali aussi")
    assert "« pas le" not in await mayor.presses("Le détail, les sources")


async def test_what_is_said_to_join_takes_nothing_back(come_to: Came) -> None:
    told = await (await come_to(VERDICT)).says("on veut envoyer aussi")

    assert "Accueillir un volontaire → Accueillir et envoyer des volontaires" in told


@pytest.mark.parametrize("shown", [FIRST_TIME, VERDICT])
@pytest.mark.parametrize("typed", ["le thème c'est plutôt le sport", "mon theme, c'est le sport"])
async def test_the_answer_that_is_named_is_the_one_that_changes(come_to: Came, shown: str, typed: str) -> None:
    told = (await (await come_to(shown)).says(typed)).replace("\xa0", " ")

    assert "C’est corrigé : Thème, priorité, santé → le sport" in told
    assert shown in told


ASSOCIATION = (
    "association de volontariat",
    "service civique",
    "une vingtaine par an",
    "oui deux communes",
    "Élan Monde",
)


@pytest.fixture
async def association(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    """One that has just read its verdict; who it is was said at once, and not asked again."""
    person = Conversation(packaged, packaged_understanding, database, TODAY)
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    for answer in ASSOCIATION:
        told = await person.says(answer)
    assert "Association de volontariat · Agrément service civique · Élan Monde" in told
    return person


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("en fait l'agrément vsi aussi", "Agrément, Agrément service civique → Agréments VSI et service civique"),
        ("finalement on n'a pas l'agrément", "Agrément, Agrément service civique → Sans agrément"),
        ("on est un consortium en fait", "Organisme, Association de volontariat → Consortium d’organismes"),
        ("en fait c'est Élan du Monde", "Nom de l’organisme, Élan Monde → Élan du Monde"),
        ("non finalement on est un consortium", "Organisme, Association de volontariat → Consortium d’organismes"),
        ("le nom c'est élan bleu", "Nom de l’organisme, Élan Monde → élan bleu"),
    ],
)
async def test_a_correction_is_no_name_of_the_organisation_unless_it_is_worded_as_one(
    association: Conversation, typed: str, changed: str
) -> None:
    assert f"C’est corrigé : {changed}" in (await association.says(typed)).replace("\xa0", " ")


@pytest.mark.parametrize("typed", ["finalement on n'est pas sûrs du tout", "en fait tout est dit"])
async def test_what_corrects_nothing_is_no_name_either(association: Conversation, typed: str) -> None:
    assert "corrigé" not in await association.says(typed)
