"""Which form of volunteering was told is remembered, as who speaks is: « et le logement ? » is asked of that one."""

import pytest

from tests.conversation import Conversation


async def test_what_is_asked_later_is_answered_for_the_form_that_was_told(elu: Conversation) -> None:
    await elu.says("quelle indemnité pour un service civique ?")
    await elu.says("et le logement ?")
    await elu.says("il faut l'assurer ?")
    assert (elu.turn.topics, elu.turn.point) == (["protection-sociale"], "service-civique")


async def test_a_form_put_right_asks_the_same_of_the_other_one(elu: Conversation) -> None:
    await elu.says("quelle aide de l'État pour un VSI accueilli ?")
    await elu.says("pardon, je me suis trompée, c'est un service civique")
    assert (elu.turn.topics, elu.turn.point) == (["vsi-accueilli"], "service-civique")


async def test_a_form_that_is_asked_for_is_no_change(elu: Conversation) -> None:
    await elu.says("c'est quoi le service civique ?")
    await elu.says("c'est quoi un VSI ?")
    assert elu.turn.topics == ["vsi"]


async def test_both_forms_named_at_once_are_none(elu: Conversation) -> None:
    await elu.says("VSI ou service civique, que choisir ?")
    await elu.says("et le logement ?")
    assert (elu.turn.topics, elu.turn.point) == (["logement"], "")


@pytest.mark.parametrize(
    ("first", "then", "point"),
    [
        ("quelles sont les conditions de l'agrément ?", "nos ressources privées sont à 9 % du total", "budget"),
        ("combien ça coûte à la collectivité ?", "personne n'a rendu public ce qu'il a payé ?", "reunion"),
    ],
)
async def test_more_words_still_ask_a_point_of_the_entry_that_was_told(
    elu: Conversation, first: str, then: str, point: str
) -> None:
    await elu.says(first)
    topics = elu.turn.topics[:1]
    await elu.says(then)
    assert (elu.turn.topics[:1], elu.turn.point) == (topics, point)
