"""What was told of a person, a place or a body holds for the questions that follow."""

import pytest

from tests.conversation import Conversation


async def said_to(elu: Conversation, *texts: str) -> str:
    told = ""
    for text in texts:
        told = await elu.says(text)
    return told.replace("\xa0", " ")


@pytest.mark.parametrize(
    "told",
    [
        ("notre commune veut envoyer un jeune au Bénin", "il a 28 ans"),
        ("j'ai 31 ans, je voudrais partir au Togo",),
        ("ma sœur a 33 ans, elle peut partir ?", "elle pense au Togo"),
    ],
)
async def test_at_an_age_of_one_form_alone_a_length_is_that_of_this_form(
    elu: Conversation, told: tuple[str, ...]
) -> None:
    reply = await said_to(elu, *told, "ça durerait combien de temps ?")
    assert elu.turn.point == "d-un-vsi"
    assert "service civique" not in reply.split("Source")[0].lower()


async def test_with_a_handicap_both_forms_are_still_open_at_an_age_between(elu: Conversation) -> None:
    await said_to(elu, "mon fils a 26 ans, il peut partir ?", "il est travailleur handicapé")
    assert "service civique" in (await said_to(elu, "ça dure combien de temps ?")).lower()


async def test_what_is_told_of_a_health_is_answered_and_not_kept(elu: Conversation) -> None:
    await said_to(elu, "mon fils a 26 ans, il peut partir ?", "il est travailleur handicapé")
    assert elu.turn.project is not None
    assert not elu.turn.project.facts
    assert "handicap" not in (await said_to(elu, "qu'avez-vous retenu de nous ?")).lower()


async def test_what_one_wants_remembered_is_said_as_it_is_kept(elu: Conversation) -> None:
    assert "C’est noté : nationalité : Mali" in await said_to(elu, "retenez que je suis malienne")
    assert "C’est noté : ." not in await said_to(elu, "retenez qu'elle a une rqth")


async def test_a_handicap_that_a_person_tells_of_another_is_noted(elu: Conversation) -> None:
    told = await said_to(elu, "j'ai 20 ans et je veux partir", "mon copain a 28 ans", "au fait il a une rqth")
    assert "C’est noté : un handicap." in told
    assert "30 ans" in told


async def test_who_is_hosted_is_paid_as_in_france(elu: Conversation) -> None:
    told = await said_to(elu, "on aimerait accueillir un Sénégalais dans notre mairie", "il toucherait combien ?")
    assert "800 à 1 600" in told.replace("\u202f", " ")
    assert "150 €" not in told


async def test_who_is_hosted_does_not_sleep_where_who_leaves_does(elu: Conversation) -> None:
    await said_to(elu, "on aimerait accueillir une Marocaine dans notre mairie", "qui la loge ?")
    assert (elu.turn.topics, elu.turn.point) != (["logement"], "etranger")


async def test_who_lives_in_france_already_is_no_volunteer_from_abroad(elu: Conversation) -> None:
    told = await said_to(elu, "on voudrait accueillir une Togolaise", "en fait elle vit déjà à Nantes")
    assert "C’est noté : une personne qui vit en France." in told
    assert "jamais de mission dans son pays de résidence" in told


async def test_one_s_own_country_is_answered_as_such(elu: Conversation) -> None:
    await said_to(elu, "bonjour je suis camerounaise, j'habite à Lille, je peux être volontaire ?")
    assert elu.turn.point == "etranger-vivant-en-france"
    await said_to(elu, "et partir au Cameroun ?")
    assert elu.turn.point == "dans-mon-pays"
    await said_to(elu, "et en France alors ?")
    assert elu.turn.point == "deja-en-france"
    told = await said_to(elu, "et au Bénin ?")
    assert "aucune condition de nationalité" in told
    assert "Bénin : je ne sais pas" in told


async def test_who_is_of_no_other_country_is_answered_as_anybody(elu: Conversation) -> None:
    await said_to(elu, "j'ai 20 ans, j'habite à Lille, je veux partir", "et au Bénin ?")
    assert elu.turn.point != "etranger-vivant-en-france"


@pytest.mark.parametrize(
    ("told", "asked", "topic", "point"),
    [
        ("mairie en Guadeloupe, on peut candidater ?", "vous avez un bureau par ici ?", "antennes", "antilles"),
        ("commune de Mayotte, on est éligibles ?", "et ici on écrit à qui ?", "antennes", "mayotte"),
        ("je suis DGS d'une commune du Gers, on peut candidater ?", "qui joindre par chez nous ?", "rrma", "occitanie"),
    ],
)
async def test_who_is_there_is_told_for_the_place_of_who_speaks(
    elu: Conversation, told: str, asked: str, topic: str, point: str
) -> None:
    await said_to(elu, told, asked)
    assert (elu.turn.topics[0], elu.turn.point) == (topic, point)


async def test_others_of_here_are_those_of_that_place(elu: Conversation) -> None:
    told = await said_to(elu, "commune de Mayotte, on est éligibles ?", "quelles autres communes d'ici participent ?")
    assert "Mamoudzou" in told
    assert "Firminy" not in told


@pytest.mark.parametrize(
    ("asked", "then", "told"),
    [
        ("combien Valbonne a payé pour ses volontaires ?", "ils font quoi là-bas ?", "croisés"),
        ("parlez-moi du Département de La Réunion", "leurs volontaires sont restés combien de temps ?", "Dix mois"),
        ("la Région Sud met des volontaires à disposition ?", "ces volontaires partent à l'étranger ?", "accueillir"),
    ],
)
async def test_a_body_named_before_is_still_the_subject(elu: Conversation, asked: str, then: str, told: str) -> None:
    assert told in await said_to(elu, asked, then)


async def test_a_body_named_before_can_be_summed_up_later(elu: Conversation) -> None:
    told = await said_to(elu, "qu'a fait Valbonne ?", "une délibération est obligatoire ?", "résumez-moi leur projet")
    assert "association togolaise" in told


async def test_last_year_is_that_of_today(elu: Conversation) -> None:
    await said_to(elu, "quelles sont les dates clés ?", "et l'année dernière, c'était quand ?")
    assert (elu.turn.topics, elu.turn.point) == (["dates-cles"], "calendrier-4")
