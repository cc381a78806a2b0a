"""Opinions and unanswered questions: counted once, masked, sealed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.cipher import Cipher
from bot.database.database import Database
from bot.database.tables import missed_questions, votes
from bot.memory.feedback import SqlFeedback
from bot.memory.masking import mask
from bot.pseudonyms import Pseudonyms
from knowledge.feedback import Missed, Vain

TODAY = date(2026, 11, 24)


def feedback(database: Database, today: date = TODAY) -> SqlFeedback:
    return SqlFeedback(database, Pseudonyms(b"key"), Cipher(b"key"), lambda: today)


async def test_a_person_votes_once_on_an_answer(any_database: Database) -> None:
    kept = feedback(any_database)

    assert await kept.vote(7, "price", 1, True, "v1")
    assert not await kept.vote(7, "price", 1, False, "v1")
    assert await kept.vote(8, "price", 1, False, "v1")

    rows = await any_database.read(select(votes))
    assert sorted(row.useful for row in rows) == [False, True]
    assert all(row.person != "7" for row in rows)


@pytest.mark.parametrize(
    ("typed", "hidden"),
    [
        ("écrivez à jeanne.durand@mairie.fr", "jeanne"),
        ("jeanne (at) mairie . fr", "jeanne"),
        ("au 06 12 34 56 78", "34 56"),
        ("au +262692123456", "692123"),
        ("siret 130 025 265 00013", "025"),
        ("mon compte @jeannedurand", "jeannedurand"),
        ("Mme Payet veut savoir", "Payet"),
        ("je m'appelle sophie payet, maire", "sophie"),
        ("merci. Cordialement, Jean-Marc Hoarau", "Hoarau"),
        ("Sophie Payet peut-elle partir", "Payet"),
        ("est-ce que sophie grondin peut partir", "grondin"),
        ("PAYET Sophie veut partir", "PAYET"),
        ("Jean-Luc Grondin a-t-il droit à des congés", "Grondin"),
        ("Rose Durand, notre volontaire, est malade", "Durand"),
        ("et pour kevin ?", "kevin"),
        ("bonjour Mme Lefèvre de Melle, il est logé où ?", "Lefèvre"),
        ("bonjour madame lefèvre, une question", "lefèvre"),
        ("je suis jean dupont maire de melle", "dupont"),
        ("moi c'est Dupont, conseiller", "Dupont"),
        ("Mon nom : Morvan", "Morvan"),
        ("je me présente : Garnier Sylvie, DGS", "Garnier"),
        ("suite à l'appel de sylvie garnier", "garnier"),
        ("Signé : A. Kerbrat", "Kerbrat"),
        ("cdlt P. Tessier", "Tessier"),
        ("Bien à vous. Kerbrat Alain", "Kerbrat"),
        ("un volontaire, M Ouattara, arrive lundi", "Ouattara"),
        ("j'ai vu avec monsieur le maire Benali", "Benali"),
        ("votre collègue Garnier m'a dit d'écrire", "Garnier"),
        ("Le Maire Payet refuse de signer", "Payet"),
        ("La Présidente Hoarau demande le prix", "Hoarau"),
        ("Notre Collègue Grondin a écrit", "Grondin"),
        ("Le Directeur Fontaine attend une réponse", "Fontaine"),
        ("Madame la Présidente Hoarau veut une note", "Hoarau"),
        ("Bonjour le Maire Payet souhaite candidater", "Payet"),
        ("LE MAIRE PAYET REFUSE", "PAYET"),
        ("Le Maire Adjoint Tessier refuse", "Tessier"),
        ("la directrice générale Kerbrat attend", "Kerbrat"),
        ("l'élue Kerbrat attend", "Kerbrat"),
        ("Mesdames Rousseau et Petit souhaitent partir", "Petit"),
        ("Mme d'Estaing est notre élue", "Estaing"),
        ("M. Le Goff est notre élu", "Goff"),
        ("Aminata Ouattara peut-elle prolonger ?", "Ouattara"),
        ("j'habite 12 rue des Lilas 79500 Melle", "Lilas"),
        ("au lieu-dit Les Mimosas, 79500", "Mimosas"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "FR76"),
        ("passeport 12AB12345", "AB12"),
        ("la plaque AB-123-CD", "123"),
        ("mon envoi TV-7KQM-X3FA", "7KQM"),
    ],
)
def test_addresses_and_numbers_are_masked(typed: str, hidden: str) -> None:
    assert hidden not in mask(typed)


def test_figures_that_identify_nobody_stay() -> None:
    assert mask("on est 120 000 habitants") == "on est 120 000 habitants"
    assert mask("Madame Le Maire demande le prix") == "Madame Le Maire demande le prix"


@pytest.mark.parametrize(
    "typed",
    [
        "une commune de Saint-Pierre peut-elle candidater",
        "la mairie de saint paul veut un volontaire",
        "le volontaire aime la rose et la pierre",
        "MME LE MAIRE VEUT UNE NOTE",
        "LE MAIRE REFUSE LE PROJET",
        "Monsieur le Maire Je voudrais une note",
        "La Directrice Générale des Services demande le prix",
        "Le Conseiller Municipal peut-il partir ?",
        "France Volontaires répond-elle en mai ?",
        "notre projet à Marie-Galante",
        "C'est quoi un VSI",
        "peut-on écrire au Département de La Réunion ?",
        "Mme la présidente veut une note",
        "M. le préfet doit-il signer ?",
        "Monsieur, peut-on candidater ?",
        "Mesdames, Messieurs, bonjour",
        "je suis maire d'une commune rurale",
        "je suis élue à Melle",
        "moi c'est pour une commune",
        "ici la mairie de Melle",
        "Cordialement, le service international",
        "notre collègue de la région nous en a parlé",
        "le maire PS de la ville",
        "qui est le maître d'ouvrage du projet ?",
        "un VSI de 24 mois, entre 18 et 25 ans, en 2026",
        "les 3 communes de la rue de Paris",
    ],
)
def test_places_and_words_stay(typed: str) -> None:
    assert mask(typed) == typed


@given(st.text())
def test_masking_never_fails_and_stays_short(typed: str) -> None:
    assert len(mask(typed)) <= 300


async def test_a_missed_question_is_sealed_and_read_back_by_the_team(any_database: Database) -> None:
    kept = feedback(any_database)

    await kept.missed(Missed("et pour Jeanne Durand, au 06 12 34 56 78 ?", Vain.UNKNOWN, (), ("price", "about")))

    (row,) = await any_database.read(select(missed_questions))
    assert "Jeanne" not in row.question
    ((day, missed),) = await kept.missed_questions()
    assert day == TODAY
    assert missed.question.startswith("et pour [nom], au [")
    assert (missed.why, missed.answered, missed.nearest) == (Vain.UNKNOWN, (), ("price", "about"))


async def test_a_question_kept_for_a_better_reason_is_kept_once(any_database: Database) -> None:
    kept = feedback(any_database)

    first = await kept.missed(Missed("la licorne ?", Vain.HESITATION))
    second = await kept.missed(Missed("la licorne ?", Vain.REJECTED), first)
    assert [missed.why for _, missed in await kept.missed_questions()] == [Vain.REJECTED]

    await kept.settled(second)
    assert await kept.missed_questions() == []
