"""Several questions in one message: each gets its sentences, none the whole card, and nothing is said twice."""

from tests.conversation import Conversation


async def test_questions_on_equal_footing_get_as_much_each(elu: Conversation) -> None:
    said = await elu.says("Agglo de 40 000 habitants : peut-on candidater ? échéance ?")

    assert "peut a priori candidater" in said
    assert "Une collectivité peut-elle candidater ?" not in said  # the whole card would tell it again
    assert "Dates clés" in said


async def test_what_only_qualifies_an_answer_is_never_told_alone(elu: Conversation) -> None:
    said = await elu.says("commune de 300 habitants dans la Creuse, on peut candidater et ça coûte combien ?")

    assert "aucun tarif à part" in said
    assert "Demandez un chiffrage à PROJET.TEVO@france-volontaires.org" in said
