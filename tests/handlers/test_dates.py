"""/dates, the agenda and the alerts, as people use them."""

import json
from datetime import date

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation
from tests.new_call import with_new_call


@pytest.fixture
def later(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    """Once the next call is published."""
    return Conversation(with_new_call(packaged), packaged_understanding, database, TODAY)


def files(conversation: Conversation) -> dict[str, bytes]:
    return dict(sent.file for sent in conversation.sent if sent.file)


async def test_dates_are_a_picture_and_a_text_with_their_status(elu: Conversation) -> None:
    said = await elu.says("/dates")

    assert files(elu)["frise.png"].startswith(b"\x89PNG")
    assert "19\u00a0mai\u00a02025" in said
    assert "Un appel est-il ouvert aujourd’hui\u202f? Je ne sais pas" in said
    assert "publiées" not in said


async def test_everything_is_shown_on_request(elu: Conversation) -> None:
    await elu.says("/dates")

    said = await elu.presses("Voir toutes les dates")

    assert "2\u00a0mars\u00a02022" in said
    assert "Centraider" in said


async def test_without_a_coming_date_the_alerts_are_offered_instead_of_an_agenda(elu: Conversation) -> None:
    await elu.says("/dates")
    if "Ajouter à mon agenda" in elu.buttons:
        assert "rien à mettre dans un agenda" in await elu.presses("Ajouter à mon agenda")

    assert "Me prévenir" in elu.buttons


async def test_coming_dates_are_given_as_a_file(later: Conversation) -> None:
    await later.says("/dates")
    said = await later.presses("Ajouter à mon agenda")

    assert files(later)["territoires-volontaires.ics"].startswith(b"BEGIN:VCALENDAR")
    assert "heure annoncée est celle de Paris" in said


async def test_alerts_begin_with_one_tap_and_end_with_one_tap(elu: Conversation) -> None:
    assert "Quelques messages par an" in await elu.says("/mesalertes")
    assert "14 jours puis 2 jours" in await elu.presses("Me prévenir")
    assert "prévenu ici depuis" in await elu.says("/mesalertes")

    assert "effacé" in await elu.presses("Ne plus me prévenir")
    assert "n’êtes pas prévenu" in await elu.says("/mesalertes")


async def test_alerts_are_shown_and_erased_with_the_rest(elu: Conversation) -> None:
    await elu.says("/mesalertes")
    await elu.presses("Me prévenir")
    await elu.says("/mesdonnees")
    held = json.loads(files(elu)["mes-donnees.json"])
    assert date.fromisoformat(held["alerts"]["since"])
    assert held["alerts"]["sent"] == {}

    await elu.says("/supprimer")
    await elu.presses("Tout effacer")

    assert "n’êtes pas prévenu" in await elu.says("/mesalertes")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 2, 20), "dans 38 jours"),
        (date(2022, 3, 30), "aujourd"),
        (date(2022, 3, 31), "30\u00a0mars\u00a02022"),
        (date(2025, 5, 10), "dans 9 jours"),
        (date(2025, 5, 19), "aujourd"),
        (TODAY, "19\u00a0mai\u00a02025"),
    ],
)
async def test_the_deadline_is_told_as_of_the_day(
    packaged: Content, packaged_understanding: Understanding, database: Database, day: date, words: str
) -> None:
    conversation = Conversation(packaged, packaged_understanding, database, day)

    assert words in await conversation.says("c'est quoi la date limite pour candidater ?")
