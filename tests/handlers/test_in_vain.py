"""What people ask in vain reaches the team, whatever they do next; nothing of forms or of distress."""

import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from sqlalchemy import select

from bot.database.database import Database
from bot.database.tables import fsm
from handlers.questions.in_vain import in_vain
from knowledge.content.models import Content
from knowledge.feedback import Missed, Vain
from knowledge.understanding.decision import Part, Reading, Unknown, Why
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation


async def kept(elu: Conversation) -> list[Missed]:
    return [missed for _, missed in await elu.feedback.missed_questions()]


POSSIBLE = ("le chien du volontaire", "le drapeau du volontaire", "le chat de la mairie", "le petit ami du volontaire")


@pytest.fixture(scope="module")
def hesitation(packaged_understanding: Understanding) -> str:
    """A question between entries, whatever the content has learnt by now."""
    return next(one for one in POSSIBLE if packaged_understanding.read(one, today=TODAY).kind == "choice")


ASKED = yaml.safe_load(Path(__file__).with_name("en-vain.yaml").read_text("utf-8"))


async def test_nearly_all_that_is_left_without_a_good_answer_reaches_the_team(
    elu: Conversation, packaged: Content
) -> None:
    """What is answered outright may be judged useless: then it is kept as well."""
    asked: list[tuple[list[str], str]] = [([], question) for question in ASKED["alone"]]
    asked += [(["c'est quoi territoires volontaires ?"], question) for question in ASKED["in_talk"]]
    lost = []
    for before, question in asked:
        for said in before:
            await elu.says(said)
        known = len(await kept(elu))
        await elu.says(question)
        if len(await kept(elu)) == known and packaged.messages.questions.useless in elu.buttons:
            await elu.presses(packaged.messages.questions.useless)
        if len(await kept(elu)) == known:
            lost.append(question)
        await elu.says("/start")

    assert len(lost) <= 0.05 * len(asked), lost


async def test_a_hesitation_is_kept_with_what_was_offered(elu: Conversation, hesitation: str) -> None:
    await elu.says(hesitation)

    (missed,) = await kept(elu)
    assert (missed.question, missed.why) == (hesitation, Vain.HESITATION)
    assert missed.nearest


async def test_a_hesitation_that_a_button_ends_is_forgotten(elu: Conversation, hesitation: str) -> None:
    await elu.says(hesitation)
    await elu.presses(elu.buttons[0])

    assert await kept(elu) == []


async def test_none_of_these_is_kept_once_as_such(elu: Conversation, hesitation: str, packaged: Content) -> None:
    await elu.says(hesitation)
    await elu.presses(packaged.messages.questions.none_of_these)

    assert [missed.why for missed in await kept(elu)] == [Vain.REJECTED]


async def test_useless_is_kept_with_the_question_that_it_is_about(elu: Conversation, packaged: Content) -> None:
    await elu.says("combien ça coûte à la commune")
    answer = elu.replies[-1]
    await elu.says("merci")
    await elu.presses(packaged.messages.questions.useless, on=answer)

    (missed,) = await kept(elu)
    assert missed == Missed("combien ça coûte à la commune", Vain.USELESS, ("reste-a-charge",), missed.nearest)


async def test_useless_is_kept_of_another_question_with_the_same_answer(elu: Conversation, packaged: Content) -> None:
    for question in ("combien ça coûte à la commune", "quel est le prix pour une commune"):
        await elu.says("/start")
        await elu.says(question)
        await elu.presses(packaged.messages.questions.useless)

    assert [(one.question, one.why) for one in await kept(elu) if one.why == Vain.USELESS] == [
        ("combien ça coûte à la commune", Vain.USELESS),
        ("quel est le prix pour une commune", Vain.USELESS),
    ]


async def test_useful_keeps_no_question(elu: Conversation, packaged: Content) -> None:
    await elu.says("combien ça coûte à la commune")
    await elu.presses(packaged.messages.questions.useful)

    assert await kept(elu) == []


async def test_a_question_that_the_answer_says_not_to_know_reaches_the_team(elu: Conversation) -> None:
    said = await elu.says("le volontaire peut-il amener son chien en mission ?")

    assert "je n’ai rien trouvé" in said
    assert [missed.why for missed in await kept(elu)] == [Vain.ADMITTED]


@pytest.mark.parametrize(
    "complaint",
    ["ce n'est pas ma question", "vous ne comprenez rien", "pourquoi vous ne savez pas ?", "je ne suis pas convaincue"],
)
async def test_a_complaint_is_about_the_answer_before(elu: Conversation, complaint: str) -> None:
    await elu.says("combien de temps dure une mission")
    await elu.says(complaint)

    assert [(missed.question, missed.why) for missed in await kept(elu)] == [
        ("combien de temps dure une mission", Vain.REJECTED)
    ]


async def test_who_insists_was_not_answered(elu: Conversation) -> None:
    await elu.says("c'est quoi un VSI")
    await elu.says("non mais il est logé où")

    assert (await kept(elu))[0] == Missed("c'est quoi un VSI", Vain.REPHRASED, ("vsi",))


async def test_a_label_typed_is_a_question_as_well(elu: Conversation, packaged: Content) -> None:
    await elu.says("combien de temps dure une mission")
    await elu.says("comment postuler")
    await elu.presses(packaged.messages.questions.useless)

    assert [(missed.question, missed.answered) for missed in await kept(elu)] == [("comment postuler", ("postuler",))]


async def test_what_is_refused_in_a_conversation_about_the_programme_is_kept(elu: Conversation) -> None:
    await elu.says("combien de temps dure une mission")
    await elu.says("l'opposition municipale demande le bilan carbone des billets d'avion")

    assert [missed.why for missed in await kept(elu)] == [Vain.REFUSED]


@pytest.mark.parametrize(("later", "reasons"), [(0, [Vain.REFUSED]), (301, [])])
async def test_what_is_not_ours_is_kept_just_after_the_programme_was_talked_about_and_no_later(
    elu: Conversation, monkeypatch: pytest.MonkeyPatch, later: int, reasons: list[Vain]
) -> None:
    await elu.says("combien de temps dure une mission")
    monkeypatch.setattr("handlers.questions.in_vain.time", SimpleNamespace(time=lambda: time.time() + later))
    await elu.says("la salle des fêtes est libre pour un baptême ?")

    assert [missed.why for missed in await kept(elu)] == reasons


async def test_a_question_taken_for_thanks_is_kept(elu: Conversation) -> None:
    await elu.says("merci beaucoup")
    await elu.says("d'accord. Et si le maire change en mars ?")

    (missed,) = await kept(elu)
    assert missed.question.endswith("si le maire change en mars ?")


async def test_the_same_question_in_other_words_just_after_an_answer_was_not_answered(elu: Conversation) -> None:
    await elu.says("combien de temps dure une mission")
    await elu.says("la mission elle dure combien en mois minimum")

    assert [(missed.question, missed.why) for missed in await kept(elu)] == [
        ("combien de temps dure une mission", Vain.REPHRASED)
    ]


async def test_a_question_left_beside_one_that_is_answered_is_kept(elu: Conversation) -> None:
    await elu.says("Qui peut candidater ? Faut-il une salle de sport pour le jeune ?")

    assert [(one.question, one.why) for one in await kept(elu)] == [
        ("Faut-il une salle de sport pour le jeune", Vain.UNKNOWN)
    ]


async def test_another_question_says_nothing_of_the_one_before(elu: Conversation) -> None:
    await elu.says("combien de temps dure une mission")
    await elu.says("c'est quoi un VSI")

    assert await kept(elu) == []


def refused(text: str) -> Reading:
    return Reading((Part(text, Unknown(Why.NOT_OURS)),))


def test_a_refusal_near_the_programme_is_kept_and_small_talk_is_not(packaged_understanding: Understanding) -> None:
    near, far = "combien coûte un volontaire à la commune", "la salle des fêtes est libre pour un baptême ?"

    missed = in_vain(near, refused(near), packaged_understanding)

    assert missed is not None
    assert (missed.question, missed.why) == (near, Vain.REFUSED)
    assert missed.nearest
    assert in_vain(far, refused(far), packaged_understanding) is None


async def test_nothing_of_a_form_is_kept(elu: Conversation, hesitation: str, packaged: Content) -> None:
    assert packaged.form is not None
    await elu.says("je veux faire le test d'éligibilité")
    await elu.presses(packaged.form.words.start_button)
    await elu.says("Jeanne Durand, trésorière de la licorne bleue")
    await elu.says(hesitation)

    assert await kept(elu) == []


async def test_nothing_of_distress_is_kept(elu: Conversation, database: Database) -> None:
    await elu.says("je veux en finir avec la vie")
    await elu.says("je veux mourir")

    assert await kept(elu) == []
    assert [row for row in await database.read(select(fsm)) if row.key.endswith("|asked")] == []


def test_a_question_too_short_to_be_kept_is_not_read(
    packaged_understanding: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "combien ça coûte ? " + "et là ? " * 20
    reading = packaged_understanding.read(text, today=TODAY)
    asked: list[str] = []

    def nearest(question: str) -> tuple[float, tuple[str, ...]]:
        asked.append(question)
        return 1.0, ()

    monkeypatch.setattr(packaged_understanding, "nearest", nearest)
    assert reading.kind == "answer"
    in_vain(text, reading, packaged_understanding)
    assert asked == []
