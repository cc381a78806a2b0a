"""The note of one page and the council's kit, asked for in one's own words."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.conversation import Conversation

pytestmark = pytest.mark.content


def files(person: Conversation) -> list[str]:
    return [one.file[0] for one in person.sent if one.file]


@pytest.mark.parametrize(
    "typed",
    [
        "une note d'une page",
        "une note pour le maire",
        "je voudrais un document d'une page à donner au maire",
        "vous avez une fiche à remettre au conseil ?",
        "qqch a donner a ma presidente sur une page",
        "la note",
    ],
)
async def test_the_note_of_one_page_is_had_by_asking_for_it(opened: Callable[..., Conversation], typed: str) -> None:
    person = opened()
    await person.says(typed)

    assert files(person) == ["territoires-volontaires-note.pdf"]


async def test_the_kit_is_had_by_asking_for_it(opened: Callable[..., Conversation]) -> None:
    person = opened()
    await person.says("vous avez un kit pour le conseil municipal ?")

    assert files(person) == ["territoires-volontaires-kit-brouillon.pdf"]


@pytest.mark.parametrize(
    "typed",
    [
        "je prépare une note pour le maire, quels sont les objectifs ?",
        "faut-il joindre une note au dossier ?",
        "quels documents fournir au maire ?",
    ],
)
async def test_a_question_that_speaks_of_a_note_is_answered(opened: Callable[..., Conversation], typed: str) -> None:
    person = opened()
    await person.says(typed)

    assert not files(person)


async def test_the_note_can_be_asked_for_amid_the_questionnaire_which_goes_on(
    opened: Callable[..., Conversation],
) -> None:
    person = opened()
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    await person.says("une note d'une page pour le maire")

    assert files(person) == ["territoires-volontaires-note.pdf"]
    assert "Quelle collectivité" in await person.presses("Une collectivité ou un groupement")


async def test_the_kit_holds_the_body_and_the_country_that_the_conversation_told(
    opened: Callable[..., Conversation],
) -> None:
    person = opened()
    await person.says("je suis maire de Millau et on voudrait envoyer quelqu'un au Laos")

    await person.says("le kit pour le conseil")

    (pdf,) = [one.file[1] for one in person.sent if one.file]
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Millau" in said
    assert "Laos" in said
