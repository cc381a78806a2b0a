"""What one person may do so many times: kind words beyond, and nothing lost."""

from collections.abc import Callable

import pytest
from aiogram.types import Chat, User
from sqlalchemy import select

from bot.database.database import Database
from bot.database.tables import dossiers, votes
from knowledge import limits
from knowledge.limits import MOST
from knowledge.submission import Lent
from tests.conversation import Conversation


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for action, (_, seconds) in MOST.items():
        monkeypatch.setitem(limits.MOST, action, (2, seconds))


async def _ask_team(person: Conversation) -> str:
    await person.says("contact")
    await person.presses("Transmettre ma question")
    said = await person.presses("J’accepte")
    if "beaucoup envoyé" in said:
        return said
    await person.says("Peut-on associer notre commune jumelée au Bénin ?")
    await person.says("jeanne@mairie-exemple.fr")
    return await person.presses("Envoyer à l’équipe")


@pytest.mark.usefixtures("few")
async def test_questions_to_the_team_end_with_the_day_and_erasing_gives_no_new_turn(
    opened: Callable[..., Conversation], database: Database
) -> None:
    person = opened()
    assert ["C’est enregistré" in await _ask_team(person) for _ in range(2)] == [True, True]
    await person.says("/supprimer")
    await person.presses(next(label for label in person.buttons if "ffacer" in label))

    said = await _ask_team(person)

    assert "PROJET.TEVO@france-volontaires.org" in said
    assert await database.read(select(dossiers)) == []
    other = opened(person=User(id=2, is_bot=False, first_name="Denis"))
    assert "C’est enregistré" in await _ask_team(other)


@pytest.mark.usefixtures("few")
async def test_after_a_restart_the_team_is_not_written_to_more_often(opened: Callable[..., Conversation]) -> None:
    assert ["C’est enregistré" in await _ask_team(opened()) for _ in range(2)] == [True, True]

    assert "beaucoup envoyé" in await _ask_team(opened())


@pytest.mark.usefixtures("few")
async def test_wrong_codes_lock_out_after_a_restart_too(opened: Callable[..., Conversation]) -> None:
    for letter in "AB":
        assert "ne marche pas" in await opened().says(f"/reprendre RP-AAAA-AAA{letter}")

    assert "pendant une heure" in await opened().says("/reprendre RP-AAAA-AAAC")


@pytest.mark.usefixtures("few")
async def test_after_wrong_codes_not_even_the_right_one_is_tried_for_a_while(
    opened: Callable[..., Conversation],
) -> None:
    lender, person = opened(), opened(person=User(id=2, is_bot=False, first_name="Denis"))
    code = await lender.stores.handovers.lend(1, Lent({"applicant": "authority"}))
    for letter in "AB":
        assert "ne marche pas" in await person.says(f"/reprendre RP-AAAA-AAA{letter}")

    assert "pendant une heure" in await person.says(f"/reprendre {code}")
    takes_in_place = person.session.presses(f"takeover:{code.replace('-', '')}", None)
    assert "pendant une heure" in await person.feeds(takes_in_place)
    assert await lender.stores.handovers.lent(code) is not None


@pytest.mark.usefixtures("few")
async def test_codes_are_drawn_so_many_times_a_day(opened: Callable[..., Conversation]) -> None:
    person = opened()
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    await person.presses("Une collectivité ou un groupement")
    said = [await person.feeds(person.session.presses("lend", None)) for _ in range(3)]

    assert ["Code de reprise" in one for one in said] == [True, True, False]
    assert "demain" in said[-1]


async def test_an_entry_is_voted_on_once_wherever_it_is_shown(
    opened: Callable[..., Conversation], database: Database
) -> None:
    person = opened()
    for label in ("👍 Utile", "👎 Pas utile"):
        await person.says("combien ça coûte à la commune ?")
        await person.presses(label)
        await person.says("/start")

    (vote,) = await database.read(select(votes))
    assert vote.useful
    assert person.toasts == []


async def test_an_address_that_a_mail_program_would_decode_is_asked_again(
    opened: Callable[..., Conversation],
) -> None:
    person = opened()
    await person.says("contact")
    await person.presses("Transmettre ma question")
    await person.presses("J’accepte")
    await person.says("Peut-on associer notre commune jumelée au Bénin ?")

    said = await person.says("=?utf-8?q?a=40evil.fr=2C?=x@mairie.fr")

    assert "Exemple" in said or "exemple" in said
    assert "Voici ce qui sera envoyé" not in said


@pytest.mark.parametrize("kind", ["private", "group", "supergroup"])
@pytest.mark.parametrize("is_bot", [True, False])
async def test_distress_is_met_in_private_and_of_people_only(
    opened: Callable[..., Conversation], kind: str, is_bot: bool
) -> None:
    person = opened()
    author = User(id=5, is_bot=is_bot, first_name="Jeanne")

    said = await person.says("je veux mourir", from_user=author, chat=Chat(id=5, type=kind))

    assert ("3114" in said) == (kind == "private" and not is_bot)
    if is_bot:
        assert said == ""
