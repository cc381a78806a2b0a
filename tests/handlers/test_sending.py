"""Dossiers of two colleagues, drafts and corrections: nothing of one's own is lost, nothing is sent unknowingly."""

import re
import time
from collections.abc import Callable

import pytest
from aiogram.types import User
from sqlalchemy import select

from bot.database.database import Database
from bot.database.tables import dossiers
from bot.keeping import Retention
from bot.memory.handover import SqlHandovers
from bot.settings import models_folder
from knowledge.content.dossier import HandoverWords
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation
from tests.gardens import gardens

NAME = "Jeanne Plantée"


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(gardens(), models_folder())


@pytest.fixture
def somebody(understanding: Understanding, database: Database) -> Callable[[int], Conversation]:
    return lambda number: Conversation(
        gardens(), understanding, database, TODAY, person=User(id=number, is_bot=False, first_name="Jeanne")
    )


@pytest.fixture
def words() -> HandoverWords:
    dossier = gardens().dossier
    assert dossier
    return dossier.handover


async def with_a_verdict(person: Conversation, surface: str = "12") -> Conversation:
    await person.says("c'est quoi ce programme")
    await person.presses("Vérifier mon éligibilité")
    await person.presses("Non, pas cela")
    for answer in ("Une commune", surface, "Oui"):
        await person.says(answer)
    return person


async def to_the_recap(person: Conversation) -> str:
    await person.feeds(person.session.presses("send", person.replies[-1]))
    await person.presses("J’accepte")
    for detail in (NAME, "jardinière", "jeanne@jardin.fr", "passer"):
        await person.says(detail)
    return await person.says("passer")


async def code_of(person: Conversation) -> str:
    said = await person.feeds(person.session.presses("lend", person.replies[-1]))
    code = re.search(r"RP-[A-Z0-9]{4}-[A-Z0-9]{4}", said)
    assert code
    return code[0]


async def details(person: Conversation) -> str:
    """The verdict, criterion by criterion."""
    return await person.feeds(person.session.presses("why", person.replies[-1]))


async def test_one_s_own_answers_wait_while_those_of_a_colleague_are_tried(
    somebody: Callable[[int], Conversation], words: HandoverWords
) -> None:
    lender, taker = await with_a_verdict(somebody(1)), await with_a_verdict(somebody(2), "5")
    code = await code_of(lender)

    await taker.says(f"/reprendre {code}")
    await taker.presses(words.replace)
    assert "12" in str(await taker.stores.conversations.export(2))
    await taker.presses(words.undo)

    assert "Trop petit" in await details(taker)


@pytest.mark.parametrize(("typed", "said"), [("oui", "vous a été confié"), ("non", "12")])
async def test_in_the_midst_of_one_s_own_questions_a_word_settles_whose_answers_are_kept(
    somebody: Callable[[int], Conversation], typed: str, said: str
) -> None:
    lender, taker = await with_a_verdict(somebody(1), "5"), somebody(2)
    await taker.says("c'est quoi ce programme")
    await taker.presses("Vérifier mon éligibilité")
    await taker.presses("Non, pas cela")
    for answer in ("Une commune", "12"):
        await taker.says(answer)
    await taker.says(f"/reprendre {await code_of(lender)}")

    told = await taker.says(typed) + str(await taker.stores.conversations.export(2))

    assert said in told


async def test_answers_that_wait_are_had_back_as_often_as_one_likes_and_said_whose_they_are(
    somebody: Callable[[int], Conversation], words: HandoverWords
) -> None:
    lender, taker = await with_a_verdict(somebody(1)), await with_a_verdict(somebody(2), "5")
    await taker.says(f"/reprendre {await code_of(lender)}")
    await taker.presses(words.replace)
    await taker.presses(words.undo)

    assert words.exchanged in await taker.presses(words.exchange)
    await taker.presses(words.undo)

    assert "Trop petit" in await details(taker)


async def test_a_colleague_who_was_slower_keeps_one_s_own_answers(
    somebody: Callable[[int], Conversation], words: HandoverWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    lender, taker = await with_a_verdict(somebody(1)), await with_a_verdict(somebody(2), "5")
    await taker.says(f"/reprendre {await code_of(lender)}")

    async def somebody_was_faster(*_: object) -> bool:
        return False

    monkeypatch.setattr(SqlHandovers, "spend", somebody_was_faster)
    assert await taker.presses(words.replace) == words.unknown
    assert "Trop petit" in await details(taker)


async def test_a_code_ends_when_another_is_lent(somebody: Callable[[int], Conversation], words: HandoverWords) -> None:
    lender, taker = await with_a_verdict(somebody(1)), somebody(2)
    first, second = await code_of(lender), await code_of(lender)

    assert words.unknown in await taker.says(f"/reprendre {first}")
    assert words.unknown not in await taker.says(f"/reprendre {second}")


async def test_nobody_sends_a_second_dossier_from_the_same_answers_unknowingly(
    somebody: Callable[[int], Conversation], database: Database
) -> None:
    lender, taker = await with_a_verdict(somebody(1)), somebody(2)
    await taker.says(f"/reprendre {await code_of(lender)}")
    await to_the_recap(lender)
    await to_the_recap(taker)
    await taker.presses("Envoyer à l’équipe")
    (sent,) = await database.read(select(dossiers))

    assert sent.reference in await lender.presses("Envoyer à l’équipe")
    assert len(await database.read(select(dossiers))) == 1


async def sends(person: Conversation) -> str:
    """The reference of what is sent."""
    await to_the_recap(person)
    reference = re.search(r"JP-\w{4}-\w{4}", await person.presses("Envoyer à l’équipe"))
    assert reference
    return reference[0]


@pytest.mark.parametrize("lent_first", [True, False])
async def test_who_takes_the_code_of_what_was_sent_is_told_at_once_and_before_sending(
    somebody: Callable[[int], Conversation], database: Database, *, lent_first: bool
) -> None:
    lender, taker = await with_a_verdict(somebody(1)), somebody(2)
    if lent_first:
        code = await code_of(lender)
        reference = await sends(lender)
    else:
        reference = await sends(lender)
        await lender.says("/mondossier")
        code = await code_of(lender)

    assert reference in await taker.says(f"/reprendre {code}")
    assert reference in await taker.feeds(taker.session.presses("send", taker.replies[-1]))
    assert len(await database.read(select(dossiers))) == 1


async def test_only_who_lent_is_told_that_a_colleague_took_the_answers(
    somebody: Callable[[int], Conversation],
) -> None:
    lender, taker = await with_a_verdict(somebody(1)), await with_a_verdict(somebody(2), "5")
    await taker.says(f"/reprendre {await code_of(lender)}")
    await taker.presses("Prendre celles du code")

    assert "reprises par un collègue" in await lender.says("/mondossier")
    assert "reprises par un collègue" not in await taker.says("/mondossier")


@pytest.mark.parametrize("sender", [0, 1, 2])
async def test_all_who_share_the_answers_know_what_one_of_them_sent(
    somebody: Callable[[int], Conversation], sender: int
) -> None:
    lender, *takers = people = [await with_a_verdict(somebody(1)), somebody(2), somebody(3)]
    for taker in takers:
        await taker.says(f"/reprendre {await code_of(lender)}")

    reference = await sends(people.pop(sender))

    for person in people:
        assert reference in await person.says("/mondossier")


async def test_who_sent_first_is_told_that_a_colleague_completed_it_and_a_correction_still_completes_it(
    somebody: Callable[[int], Conversation], words: HandoverWords
) -> None:
    lender, taker = await with_a_verdict(somebody(1)), somebody(2)
    await taker.says(f"/reprendre {await code_of(lender)}")
    first = await sends(lender)
    await taker.feeds(taker.session.presses("send", taker.replies[-1]))
    await taker.presses(words.complete)
    await taker.presses("J’accepte")
    for detail in (NAME, "cheffe", "cheffe@jardin.fr", "passer", "passer", "envoyer"):
        await taker.says(detail)
    (second,) = await taker.outbox.statuses(2)

    assert f"ou l’a corrigé\xa0: {second.reference}" in await lender.says("/mondossier")

    await taker.says("/mondossier")
    await taker.presses("Corriger mes coordonnées")
    await taker.presses("Envoyer à l’équipe")
    (corrected,) = await taker.outbox.statuses(2)
    assert corrected.dossier
    assert (corrected.dossier.revision, corrected.dossier.completes) == (1, first)
    assert corrected.dossier.completed == await taker.outbox.answered(first)
    assert ("Nom", NAME) not in corrected.dossier.completed  # whoever sent the first is not told to the second


async def test_one_s_own_dossier_is_never_told_as_a_colleague_s(somebody: Callable[[int], Conversation]) -> None:
    lender = await with_a_verdict(somebody(1))
    await code_of(lender)
    first = await sends(lender)
    await lender.feeds(lender.session.presses("newdossier", lender.replies[-1]))
    await lender.presses("J’accepte")
    for detail in (NAME, "jardinière", "jeanne@jardin.fr", "passer", "passer"):
        await lender.says(detail)

    assert first not in await lender.presses("Envoyer à l’équipe")
    assert "avec qui vous les partagez" not in await lender.says("/mondossier")


async def test_a_dossier_that_is_not_complete_is_not_sent_whatever_is_pressed(
    somebody: Callable[[int], Conversation], database: Database
) -> None:
    person = await with_a_verdict(somebody(1))
    await person.presses("Envoyer à l’équipe")
    await person.presses("J’accepte")
    await person.says(NAME)
    reference = re.search(r"JP-\w{4}-\w{4}", str(await person.stores.conversations.export(1)))
    assert reference

    await person.feeds(person.session.presses(f"confirm:{reference[0]}:0", person.replies[-1]))

    assert await database.read(select(dossiers)) == []


async def test_what_was_given_up_is_never_told_as_kept(
    somebody: Callable[[int], Conversation], database: Database
) -> None:
    person = await with_a_verdict(somebody(1))
    await to_the_recap(person)
    recap = person.replies[-1]
    await person.presses("Ne rien envoyer")

    assert "plus rien à envoyer" in await person.presses("Envoyer à l’équipe", recap)
    assert await database.read(select(dossiers)) == []
    await person.presses("Envoyer à l’équipe")
    assert "J’accepte" in person.buttons


async def test_an_old_recap_shows_the_detail_that_is_being_changed(
    somebody: Callable[[int], Conversation], database: Database
) -> None:
    person = await with_a_verdict(somebody(1))
    await to_the_recap(person)
    recap = person.replies[-1]
    await person.presses("Corriger")
    question = await person.presses("Fonction\xa0: jardinière")

    said = await person.presses("Envoyer à l’équipe", recap)

    assert "pas encore envoyé" in said
    assert said.endswith(question)
    assert "cheffe" in await person.says("cheffe jardinière")
    await person.presses("Envoyer à l’équipe")
    assert "déjà enregistré" in await person.presses("Envoyer à l’équipe", recap)
    assert len(await database.read(select(dossiers))) == 1


async def test_a_correction_in_hand_is_not_told_as_kept(somebody: Callable[[int], Conversation]) -> None:
    person = await with_a_verdict(somebody(1))
    await to_the_recap(person)
    await person.presses("Envoyer à l’équipe")
    await person.says("/mondossier")
    await person.presses("Corriger mes coordonnées")
    recap = person.replies[-1]
    await person.presses("Ne rien envoyer")

    assert "plus rien à envoyer" in await person.presses("Envoyer à l’équipe", recap)


async def test_nothing_of_a_draft_is_left_once_it_is_sent(somebody: Callable[[int], Conversation]) -> None:
    person = await with_a_verdict(somebody(1))
    await to_the_recap(person)
    await person.presses("Envoyer à l’équipe")

    assert NAME not in str(await person.stores.conversations.export(1))


async def test_a_question_to_the_team_takes_no_detail_of_a_dossier_begun(
    somebody: Callable[[int], Conversation],
) -> None:
    person = await with_a_verdict(somebody(1))
    await person.presses("Envoyer à l’équipe")
    await person.presses("J’accepte")
    await person.says(NAME)

    await person.feeds(person.session.presses("askteam", person.replies[-1]))
    asked = await person.presses("J’accepte")

    dossier = gardens().dossier
    assert dossier
    assert dossier.inquiry[0].text in asked


async def test_a_correction_of_what_never_left_tells_the_team_of_no_change(
    somebody: Callable[[int], Conversation],
) -> None:
    person = await with_a_verdict(somebody(1))
    await to_the_recap(person)
    await person.presses("Envoyer à l’équipe")
    await person.says("/mondossier")
    await person.presses("Corriger mes coordonnées")
    await person.presses("Envoyer à l’équipe")

    (status,) = await person.outbox.statuses(1)
    assert status.dossier
    assert (status.dossier.revision, status.dossier.before) == (1, ())


async def test_answers_forgotten_meanwhile_are_corrected_from_the_dossier(
    somebody: Callable[[int], Conversation],
) -> None:
    person = await with_a_verdict(somebody(1))
    await to_the_recap(person)
    await person.presses("Envoyer à l’équipe")
    await person.stores.conversations.purge(time.time() + 40 * 86400, Retention())
    await person.says("/mondossier")
    await person.presses("Corriger mes réponses")

    await person.presses(next(label for label in person.buttons if "12" in label))
    await person.says("5")

    assert "Trop petit" in await details(person)


async def test_a_name_that_leaves_twice_is_no_second_detail(somebody: Callable[[int], Conversation]) -> None:
    person = await with_a_verdict(somebody(1))
    await person.presses("Envoyer à l’équipe")
    await person.presses("J’accepte")
    role = await person.says(NAME)

    again = await person.says(NAME.upper())

    assert again != role
    assert "Nom" in again
    assert NAME.upper() not in str(await person.stores.conversations.export(1))
