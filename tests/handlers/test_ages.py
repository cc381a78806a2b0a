"""Somebody's age is said: the answer is for that age, not the rule to be applied by the reader."""

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.situation.expressions import tokens
from knowledge.understanding.situation.numbers import age, ages, size
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation


@pytest.fixture
def parent(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    return Conversation(packaged, packaged_understanding, database, TODAY)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ma nièce de 28 ans voudrait s'engager, c'est possible ?", "sauf en cas de handicap (30 ans)"),
        ("mon garçon a 15 ans il peut partir ?", "Plutôt non avant 18 ans"),
        ("j'ai vingt-trois ans et envie de partir", "les deux sont ouverts"),
        ("58 ans, trop tard pour partir ?", "Pas de limite d’âge"),
    ],
)
async def test_an_age_gets_the_answer_for_that_age(parent: Conversation, said: str, told: str) -> None:
    assert told in await parent.says(said)


async def test_after_an_entry_an_age_is_read_with_it(parent: Conversation) -> None:
    await parent.says("c'est quoi le service civique à l'international ?")

    assert "Non à partir de 26 ans" in await parent.says("elle a 27 ans")
    assert "le service civique s’arrête à 25 ans" in await parent.says("et son frère de 35 ans ?")


async def test_an_age_unclear_in_its_conversation_is_read_alone(parent: Conversation) -> None:
    await parent.says("on peut accueillir un jeune étranger ?")

    told = (await parent.says("lui il a 27 ans, ça passe ?")).replace("\xa0", " ")
    assert "25 ans au plus, 30 avec un handicap" in told


async def test_an_age_told_on_the_way_changes_no_question(parent: Conversation) -> None:
    assert "ambassade" in await parent.says("J'ai 22 ans et je pars au Togo, il me faut un visa ?")


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("il a 27 ans", 27),
        ("17ans et demi", 17),
        ("une dame de trente-quatre ans", 34),
        ("depuis 20 ans nous sommes jumelés", None),
        ("il y a 12 ans", None),
        ("les 16-25 ans", None),
        ("de 16 à 25 ans", None),
        ("des plus de 60 ans", None),
        ("18 ans d'expérience", None),
        ("l'un a 19 ans, l'autre 31 ans", None),
        ("ça dure 10 ans", None),
    ],
)
def test_years_are_an_age_where_they_are_somebody_s(said: str, years: int | None) -> None:
    found = age(tokens(said))

    assert (found and found.value) == years


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("ils ont 22 et 24 ans", [22, 24]),
        ("trois jeunes de 19, 22 et 24 ans", [19, 22, 24]),
        ("l'un a 19 ans, l'autre 31 ans", [19, 31]),
        ("entre 18 et 25 ans", []),
        ("les 16-25 ans", []),
    ],
)
def test_each_of_several_people_has_an_age(said: str, years: list[int]) -> None:
    assert [one.value for one in ages(tokens(said))] == years


@pytest.mark.parametrize(
    ("said", "count"),
    [("1 200 habitants", 1200), ("12.000 habitants", 12000), ("dans le 48, 120 habitants", 120)],
)
def test_groups_of_three_digits_are_one_number(said: str, count: int) -> None:
    found = size(tokens(said))

    assert (found and found.value) == count


async def test_a_number_after_ages_is_an_age(parent: Conversation) -> None:
    await parent.says("j'ai 17 ans, je peux partir en service civique ?")
    told = await parent.says("et ma sœur de 31")
    assert "25 ans" in told
    assert "limite d’âge" in told


async def test_an_age_told_since_closes_the_form_that_was_told(parent: Conversation) -> None:
    await parent.says("je peux partir en service civique ?")
    await parent.says("et ma sœur, elle a 29 ans")
    assert "De 12 à 24 mois" in await parent.says("ça dure combien")


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("mon neveu a 24 ans, il peut partir ?", "et quand il en aura 26 ?"),
        ("mon neveu a 24 ans, il peut partir ?", "il fête ses 26 en mai, ce sera trop tard ?"),
    ],
)
async def test_an_age_is_told_without_its_years_where_ages_are_talked_about(
    parent: Conversation, first: str, then: str
) -> None:
    await parent.says(first)

    assert "En service civique, non" in await parent.says(then)


async def test_another_s_age_that_has_the_same_answer_gets_it_again(parent: Conversation) -> None:
    await parent.says("je suis maire, mon adjoint de 44 ans veut partir, c'est possible ?")

    assert "limite d’âge" in await parent.says("et moi, à 71 ans ?")
