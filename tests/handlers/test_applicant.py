"""Who applies, and since when: asked by name, kept as typed, never said to be verified, dated twice."""

import re
from collections.abc import Callable

import pytest
from aiogram.types import User
from sqlalchemy import select, update

from bot.database.database import Database
from bot.database.tables import dossiers
from knowledge.content.models import Content
from knowledge.submission import Dossier
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

ORGANISATION = "Une association, un RRMA, un consortium"


async def begun(person: Conversation, who: str) -> Conversation:
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    await person.presses(who)
    return person


async def to_the_end(person: Conversation) -> None:
    """Answer « Je ne sais pas » until the verdict."""
    while "Envoyer à l’équipe" not in person.buttons:
        await person.presses("Je ne sais pas")


async def to_the_name(director: Conversation) -> None:
    """Answer « Je ne sais pas » until the organisation's name is asked."""
    while "nom de votre organisme" not in (director.replies[-1].text or ""):
        await director.presses("Je ne sais pas")


async def sent(person: Conversation) -> Dossier:
    await person.presses("Envoyer à l’équipe")
    await person.presses("J’accepte")
    for typed in ("Jeanne Plantée", "maire", "jeanne@mairie-exemple.fr"):
        await person.says(typed)
    await person.presses("Passer")
    await person.presses("Passer")
    await person.presses("Envoyer à l’équipe")
    (status, *_) = await person.outbox.statuses(person.session.person.id)
    assert status.dossier
    return status.dossier


async def test_a_question_is_not_taken_for_the_name_of_an_organisation(opened: Callable[..., Conversation]) -> None:
    director = await begun(opened(), ORGANISATION)
    await to_the_name(director)

    await director.says("Zorglub et compagnie ?")

    assert "est-ce bien cela" in (director.replies[-1].text or "")


async def test_an_organisation_is_asked_its_name_and_the_dossier_bears_it(opened: Callable[..., Conversation]) -> None:
    director = await begun(opened(), ORGANISATION)
    await to_the_name(director)
    assert "Envoyer" not in await director.says("je ne sais pas")
    await director.says("Volontaires du Lac")

    dossier = await sent(director)

    assert dossier.recap
    assert dossier.recap.who == "Volontaires du Lac (nom déclaré)"
    assert dossier.verified is False


async def test_a_question_in_place_of_the_name_is_answered_and_the_name_asked_again(
    opened: Callable[..., Conversation],
) -> None:
    director = await begun(opened(), ORGANISATION)
    await to_the_name(director)

    said = await director.says("quelle est la date limite ?")

    assert "19 mai 2025" in said.replace("\xa0", " ")
    assert "nom de votre organisme" in (director.replies[-1].text or "")


async def test_a_body_that_the_register_lacks_is_kept_in_the_persons_words_with_its_kind(
    opened: Callable[..., Conversation],
) -> None:
    president = await begun(opened(), "Une collectivité ou un groupement")

    said = await president.says("SIVOM du Haut Pays Bleu")

    assert "syndicat" in said
    assert "De quoi s’agit-il" not in said
    await to_the_end(president)
    dossier = await sent(president)
    assert dossier.recap
    assert dossier.recap.who == "non reconnue au registre\xa0: SIVOM du Haut Pays Bleu"
    assert dossier.recap.authority == ""
    assert dossier.answers["authority-kind"] == "grouping"
    assert "groupement" in dossier.recap.criteria[0].text.lower()


async def test_a_name_that_is_not_found_is_kept_when_the_person_does_not_know_better(
    opened: Callable[..., Conversation],
) -> None:
    person = await begun(opened(), "Une collectivité ou un groupement")
    await person.says("Xyzzyville-les-Wqz")
    assert "Je ne trouve pas" in (person.replies[0].text or "")

    await person.presses("Je ne sais pas")

    assert "De quoi s’agit-il" in (person.replies[-1].text or "")
    await person.presses("Autre établissement ou société")
    await to_the_end(person)
    dossier = await sent(person)
    assert dossier.recap
    assert "Xyzzyville-les-Wqz" in dossier.recap.who


@pytest.mark.parametrize(
    "typed", ["commune de Dakar", "ville de Tunis", "mairie de Thiès, Sénégal", "une commune du Bénin", "ville d'Alger"]
)
@pytest.mark.parametrize("first", ["Une collectivité ou un groupement", ""])
async def test_a_commune_of_another_country_is_a_foreign_authority_wherever_it_is_typed(
    opened: Callable[..., Conversation], typed: str, first: str
) -> None:
    person = opened()
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    if first:
        await person.presses(first)

    assert "collectivité étrangère peut participer comme partenaire" in await person.says(typed)


@pytest.mark.parametrize(
    ("typed", "found"), [("ville de Valence", "Valence (commune, 26"), ("CCAS de Rocamadour", "un centre communal")]
)
async def test_a_french_name_is_never_taken_abroad(opened: Callable[..., Conversation], typed: str, found: str) -> None:
    person = await begun(opened(), "Une collectivité ou un groupement")

    said = await person.says(typed)

    assert found in said + " ".join(person.buttons)
    assert "étrangère" not in said


@pytest.mark.parametrize(
    ("typed", "first", "source"),
    [
        ("Province Sud de Nouvelle-Calédonie", "mes sources citent votre province", "la province Sud (2024)"),
        ("province Nord", "ne citent que la province Sud", "la province Sud (2024)"),
        ("Pays de Polynésie française", "ne disent rien de votre territoire", "la plaquette"),
        ("Wallis-et-Futuna", "ne disent rien de votre territoire", "la plaquette"),
        ("collectivité territoriale de Martinique", "les outre-mer sont visés.", "la plaquette"),
        ("département de Mayotte", "mes sources citent votre collectivité", "Le Journal de Mayotte (2025)"),
    ],
)
async def test_overseas_authorities_get_the_first_answer_of_the_conversation_with_the_sources_that_name_them(
    opened: Callable[..., Conversation], typed: str, first: str, source: str
) -> None:
    asking = opened(person=User(id=3, is_bot=False, first_name="Maeva"))
    said = await asking.says(f"{typed}, on peut candidater ?")
    assert "peut a priori candidater\xa0: les outre-mer sont visés" in said
    person = await begun(opened(), "Une collectivité ou un groupement")
    await person.says(typed)
    await person.says("1")
    await to_the_end(person)

    said = person.replies[-1].text or ""

    assert "Vous pouvez a priori candidater : les outre-mer sont visés" in said
    assert first in said
    assert source in await person.presses("Le détail, les sources")


async def test_an_association_around_an_authority_is_told_that_the_authority_applies_with_what_to_bring_it(
    opened: Callable[..., Conversation],
) -> None:
    person = opened()
    said = await person.says("un comité de jumelage peut-il candidater ?")
    assert "c’est la collectivité qui" in said.lower()
    assert {"Une note d’une page", "Kit pour le conseil"} <= set(person.buttons)
    await begun(person, ORGANISATION)

    assert "C’est la collectivité qui candidate" in await person.presses("Comité de jumelage, association locale")

    await person.presses("Kit pour le conseil")
    ((name, pdf),) = [one.file for one in person.sent if one.file]
    assert name == "territoires-volontaires-kit-brouillon.pdf"
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    "typed",
    [
        "je suis adjoint mais j'agis seul, à titre personnel",
        "à titre personnel",
        "je suis maire mais c'est pour moi perso",
    ],
)
async def test_who_acts_alone_whatever_the_mandate_is_told_that_the_authority_applies(
    opened: Callable[..., Conversation], typed: str
) -> None:
    person = opened()
    said = await person.says("je suis conseillère municipale, puis-je candidater à titre personnel ?")
    assert "les collectivités" in said or "la collectivité" in said
    assert "Kit pour le conseil" in person.buttons
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")

    assert "c’est elle qui candidate" in await person.says(typed)
    assert {"Une note d’une page", "Kit pour le conseil"} <= set(person.buttons)


async def test_a_body_that_the_register_lacks_may_have_a_country_and_its_papers(
    opened: Callable[..., Conversation],
) -> None:
    president = await begun(opened(), "Une collectivité ou un groupement")
    for typed in ("SIVOM du Haut Pays Bleu", "oui", "les deux", "Togo", "l'eau", "oui"):
        said = await president.says(typed)
    assert "Votre cas : SIVOM du Haut Pays Bleu · Groupement de collectivités · Accueillir et envoyer" in said

    dossier = await sent(president)

    assert dossier.recap
    assert dossier.recap.authority == ""
    assert dossier.recap.said["name"] == "SIVOM du Haut Pays Bleu"


@pytest.mark.parametrize(
    "typed", ["je suis agent au PETR du Pays Bleu", "je travaille au PETR du Pays Bleu", "PETR du Pays Bleu"]
)
async def test_a_body_that_the_register_lacks_is_kept_by_its_name_alone(
    opened: Callable[..., Conversation], typed: str
) -> None:
    agent = await begun(opened(), "Une collectivité ou un groupement")
    await agent.says(typed)
    await to_the_end(agent)

    assert "Votre cas\xa0: PETR du Pays Bleu ·" in (agent.replies[-1].text or "")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("on est une association de volontariat", "Avez-vous l’agrément"),
        ("une association humanitaire", "Avez-vous l’agrément"),
        ("association", "Quel organisme"),
    ],
)
async def test_an_organisation_that_says_which_it_is_is_not_asked_again(
    opened: Callable[..., Conversation], typed: str, asked: str
) -> None:
    person = opened()
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")

    assert asked in await person.says(typed)


@pytest.mark.parametrize(("typed", "asked"), [("une mairie", "Quelle collectivité"), ("une asso", "Quel organisme")])
async def test_what_is_to_be_confirmed_is_confirmed_or_corrected_by_saying_who_one_is(
    opened: Callable[..., Conversation], typed: str, asked: str
) -> None:
    person = opened()
    await person.says("une commune peut-elle candidater ?")
    await person.presses("Vérifier mon éligibilité")
    assert "Collectivité ou groupement" in (person.replies[-1].text or "")

    assert asked in await person.says(typed)


async def test_who_was_no_applicant_and_says_an_authority_is_asked_whether_it_is_that_one(
    opened: Callable[..., Conversation],
) -> None:
    person = opened()
    await person.says("test d'éligibilité")
    await person.presses("Vérifier mon éligibilité")
    await person.says("une école")
    await person.says("retour")

    assert "est-ce l’une de celles-ci" in await person.says("mairie d'Ambert")
    assert person.buttons[0].startswith("Ambert (commune, 63")


async def test_a_function_that_looks_like_a_request_is_a_function(opened: Callable[..., Conversation]) -> None:
    person = await begun(opened(), ORGANISATION)
    await to_the_name(person)
    await person.says("Volontaires du Lac")
    await person.presses("Envoyer à l’équipe")
    await person.presses("J’accepte")
    await person.says("Jeanne Plantée")

    assert "Votre adresse électronique" in await person.says("maire adjointe")  # not « à mon adjointe »


async def test_a_number_for_a_name_is_questioned_once_and_the_same_message_twice_is_not_two_answers(
    opened: Callable[..., Conversation],
) -> None:
    person = await begun(opened(), ORGANISATION)
    await to_the_name(person)
    await person.says("Volontaires du Lac")
    await person.presses("Envoyer à l’équipe")
    await person.presses("J’accepte")

    assert "est-ce bien cela" in await person.says("12")
    assert "Votre fonction" in await person.says("12")
    assert "même message que pour « Nom »" in (await person.says("12")).replace("\xa0", " ")
    assert "adresse" in await person.says("trésorière")


async def test_a_correction_leaves_the_filing_date_and_tells_both(
    opened: Callable[..., Conversation], database: Database
) -> None:
    director = await begun(opened(), ORGANISATION)
    await to_the_name(director)
    await director.says("Volontaires du Lac")
    await sent(director)
    filed = 1_700_000_000
    await database.execute(update(dossiers).values(created_at=filed, state="sent", sent_at=filed))
    await director.says("/mondossier")
    await director.presses("Corriger mes réponses")
    await director.presses(next(label for label in director.buttons if label.startswith("Nom de l")))
    await director.says("Volontaires des Deux Lacs")
    await director.says("/mondossier")
    await director.presses("Corriger mes coordonnées")
    await director.presses("Envoyer à l’équipe")

    (row,) = await database.read(select(dossiers))
    (status,) = await director.outbox.statuses(director.session.person.id)
    assert row.created_at == filed < row.changed_at
    assert status.dossier
    assert ("Nom de l’organisme", "Volontaires du Lac") in status.dossier.before
    assert "enregistré le 14 novembre 2023" in (said := await director.says("/mondossier")).replace("\xa0", " ")
    assert ", corrigé le " in said


def colleague_of(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    dgs = User(id=2, is_bot=False, first_name="Denis")
    return Conversation(packaged, packaged_understanding, database, TODAY, person=dgs)


async def lent_by(person: Conversation) -> str:
    found = re.search(r"RP-[A-Z0-9]{4}-[A-Z0-9]{4}", await person.presses("Confier à un collègue"))
    assert found
    return found[0]


async def with_a_name(person: Conversation, name: str) -> Conversation:
    await begun(person, ORGANISATION)
    await to_the_name(person)
    await person.says(name)
    return person


async def test_a_code_asks_before_it_replaces_ones_own_answers_which_can_be_had_back(
    packaged: Content, packaged_understanding: Understanding, database: Database, opened: Callable[..., Conversation]
) -> None:
    lender = await with_a_name(opened(), "Volontaires du Lac")
    code = await lent_by(lender)
    colleague = await with_a_name(colleague_of(packaged, packaged_understanding, database), "Mission Océan")

    assert "déjà vos propres réponses" in await colleague.says(code)
    assert "Mission Océan" in await colleague.presses("Garder les miennes")
    await colleague.says(code)
    assert "Volontaires du Lac" in await colleague.presses("Prendre celles du code")
    assert "Mission Océan" in await colleague.presses("Revenir à mes réponses")
    assert "Volontaires du Lac" in await colleague.presses("Reprendre celles du code")


async def test_two_who_share_a_code_do_not_send_two_dossiers_unknowingly(
    packaged: Content, packaged_understanding: Understanding, database: Database, opened: Callable[..., Conversation]
) -> None:
    lender = await with_a_name(opened(), "Volontaires du Lac")
    colleague = colleague_of(packaged, packaged_understanding, database)
    await colleague.says(await lent_by(lender))
    assert "reprises par un collègue" in await lender.says("/mondossier")
    first = await sent(colleague)

    assert first.reference in await lender.says("/mondossier")
    assert first.reference in await lender.presses("Envoyer à l’équipe")
    await lender.presses("Corriger ou compléter")
    await lender.presses("J’accepte")
    for typed in ("Jeanne Plantée", "présidente", "jeanne@mairie-exemple.fr"):
        await lender.says(typed)
    await lender.presses("Passer")
    await lender.presses("Passer")
    await lender.presses("Envoyer à l’équipe")

    (status, *_) = await lender.outbox.statuses(lender.session.person.id)
    assert status.dossier
    assert status.dossier.completes == first.reference
    assert first.completes == ""


async def test_sent_by_the_other_in_the_meantime_it_is_told_before_anything_leaves(
    packaged: Content, packaged_understanding: Understanding, database: Database, opened: Callable[..., Conversation]
) -> None:
    lender = await with_a_name(opened(), "Volontaires du Lac")
    colleague = colleague_of(packaged, packaged_understanding, database)
    await colleague.says(await lent_by(lender))
    await lender.says("/mondossier")
    await lender.presses("Envoyer à l’équipe")
    await lender.presses("J’accepte")
    for typed in ("Jeanne Plantée", "présidente", "jeanne@mairie-exemple.fr"):
        await lender.says(typed)
    await lender.presses("Passer")
    await lender.presses("Passer")
    recap = lender.replies[-1]
    first = await sent(colleague)

    assert first.reference in await lender.presses("Envoyer à l’équipe", recap)
    assert await lender.outbox.statuses(lender.session.person.id) == []


async def test_who_acts_alone_is_told_how_to_bring_the_idea_with_a_note(opened: Callable[..., Conversation]) -> None:
    person = await begun(opened(), "Une personne qui veut partir")

    assert "même élue" in (person.replies[-1].text or "")
    await person.presses("Une note d’une page")

    ((name, pdf),) = [one.file for one in person.sent if one.file]
    assert name == "territoires-volontaires-note.pdf"
    assert pdf.startswith(b"%PDF")
