"""The content changes while people talk: what is gone from it is missed by nobody, and what they do goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

GONE = "presentation"


@pytest.fixture
def talk(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> tuple[Conversation, Callable[[Content], None]]:
    """A conversation, and what changes the content under it. What is understood stays as it is learnt."""
    conversation = Conversation(packaged, packaged_understanding, database, TODAY)

    def becomes(content: Content) -> None:
        conversation.live.become(conversation.live.know(content, packaged_understanding))

    return conversation, becomes


def with_another_entry(packaged: Content) -> Content:
    """The packaged content, and an entry that it does not have."""
    entry = packaged.topics[GONE].model_copy(update={"id": "gone-since", "button": "Une entrée de passage"})
    return packaged.model_copy(update={"topics": {**packaged.topics, entry.id: entry}, "version": "before"})


@pytest.mark.parametrize(
    "then",
    [
        *("plus court", "vos sources ?", "un exemple ?", "pourquoi ?", "ce n'est pas ma question", "dites-m'en plus"),
        *("et pour une association ?", "Une entrée de passage", "Utile", "combien ça coûte ?", "/start gone-since"),
    ],
)
async def test_what_is_said_of_an_entry_that_is_gone_since_is_answered(
    talk: tuple[Conversation, Callable[[Content], None]], packaged: Content, then: str
) -> None:
    person, becomes = talk
    becomes(with_another_entry(packaged))
    await person.says("/start gone-since")
    last = person.replies[-1]
    becomes(packaged)

    said = await person.says(then)

    assert said
    assert packaged.messages.errors.internal.partition("{")[0] not in said
    for row in last.reply_markup.inline_keyboard if last.reply_markup else []:
        for button in row:
            await person.presses(button.text, on=last)


async def test_an_entry_that_took_the_place_of_another_takes_its_place_in_the_conversation(
    talk: tuple[Conversation, Callable[[Content], None]], packaged: Content
) -> None:
    person, becomes = talk
    becomes(with_another_entry(packaged))
    await person.says("/start gone-since")
    heir = packaged.topics[GONE].model_copy(update={"formerly": ("gone-since",)})
    changed = packaged.model_copy(update={"topics": {**packaged.topics, GONE: heir}})
    vars(changed).pop("_successors", None)  # what was computed of the one that it is a copy of
    becomes(changed)

    assert "la plaquette" in await person.says("vos sources ?")


@pytest.mark.parametrize("gone", ["direction", "country", "priority"])
async def test_a_questionnaire_goes_on_without_the_question_that_is_gone(
    talk: tuple[Conversation, Callable[[Content], None]], packaged: Content, gone: str
) -> None:
    person, becomes = talk
    assert packaged.form
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    await person.presses("Une collectivité ou un groupement")
    await person.says("ste rose guadeloupe")
    await person.presses(next(b for b in person.buttons if b.startswith("Sainte-Rose (commune, 971")))
    await person.presses("Oui")
    if gone != "direction":
        await person.presses("Accueillir un volontaire")
    if gone == "priority":
        await person.presses("Pas encore")
    asked = person.replies[-1]
    left = tuple(question for question in packaged.form.questions if question.id != gone)
    becomes(packaged.model_copy(update={"form": packaged.form.model_copy(update={"questions": left}), "version": "b"}))

    assert asked.reply_markup
    said = await person.presses(asked.reply_markup.inline_keyboard[0][0].text, on=asked)
    said += await person.says("reprendre")

    assert said
    assert packaged.messages.errors.internal.partition("{")[0] not in said


async def test_a_dossier_about_to_be_sent_goes_on_in_other_words(
    talk: tuple[Conversation, Callable[[Content], None]], packaged: Content, tmp_path: Path
) -> None:
    person, becomes = talk
    assert packaged.dossier
    await person.says("contact")
    await person.presses("Transmettre ma question")
    await person.presses("J’accepte")
    words = packaged.dossier.words.model_copy(update={"confirm": "Envoyer vraiment"})
    becomes(packaged.model_copy(update={"dossier": packaged.dossier.model_copy(update={"words": words})}))

    await person.says("Peut-on associer notre commune jumelée au Bénin ?")
    await person.says("jeanne@mairie-exemple.fr")

    assert "C’est enregistré" in await person.presses("Envoyer vraiment")
