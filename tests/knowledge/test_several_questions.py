"""Several questions in one message: each is heard, and what asks nothing is not."""

from collections.abc import Callable

import pytest

from knowledge.understanding.segmentation import pieces
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY

Topics = Callable[[str], list[str]]


@pytest.fixture
def topics(packaged_understanding: Understanding) -> Topics:
    return lambda typed: [answer.topic for answer in packaged_understanding.read(typed, today=TODAY).answers]


@pytest.fixture
def told(packaged_understanding: Understanding) -> Topics:
    read = packaged_understanding.read
    return lambda typed: [f"{answer.topic} {answer.point}" for answer in read(typed, today=TODAY).answers]


def asking(typed: str) -> list[str]:
    return [piece.text for piece in pieces(typed) if piece.asks or piece.listed]


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("parc naturel éligible ? délais ? dossier ?", ["eligibilite-collectivite", "dates-cles", "pieces"]),
        ("La ville de Dzaoudzi peut-elle candidater ? Et qui joindre ?", ["eligibilite-outre-mer", "contact"]),
    ],
)
def test_a_few_words_among_other_questions_are_answered(topics: Topics, typed: str, answered: list[str]) -> None:
    assert topics(typed) == answered


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("deux précisions, notre part à payer et ensuite le visa", ["reste-a-charge", "visa"]),
        ("il faut que je sache ce que ça coûte, les papiers et l'échéance", ["reste-a-charge", "pieces", "dates-cles"]),
        ("comment on postule, la liste des papiers et le contact", ["postuler", "pieces", "contact"]),
    ],
)
def test_what_is_listed_after_a_question_or_announced_is_asked(topics: Topics, typed: str, answered: list[str]) -> None:
    assert topics(typed) == answered


def test_of_announced_questions_parted_by_marks_each_begins_after_one() -> None:
    cut = pieces("2 questions : combien de jeunes, au total ; qui les loge")

    assert [piece.text for piece in cut if piece.listed] == ["combien de jeunes", "qui les loge"]


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("je ne sais pas qui paie ni quand il faut déposer", ["financement", "dates-cles"]),
        ("es ce que le logement est payé et es ce qu'on doit avoir un tuteur", ["logement", "tuteur"]),
        ("qui paie qui décide", ["financement", "pilotage"]),
    ],
)
def test_a_question_is_heard_whatever_its_form(topics: Topics, typed: str, answered: list[str]) -> None:
    assert topics(typed) == answered


def test_what_one_does_not_know_or_puts_in_the_balance_asks() -> None:
    assert asking("on se demande si c'est ouvert") == ["on se demande si c'est ouvert"]
    assert asking("le jeune on le loge ou pas") == ["le jeune on le loge ou pas"]


def test_a_subject_and_its_verb_go_on_with_the_question_word() -> None:
    assert asking("ils gagnent combien les volontaires") == ["ils gagnent combien les volontaires"]


def test_who_tells_of_whom_where_no_question_came_before() -> None:
    assert asking("les volontaires qui partent sont payés par qui") == [
        "les volontaires qui partent sont payés par qui"
    ]


def test_whether_it_may_be_asks_of_what_was_told_before_it(topics: Topics) -> None:
    assert topics("si un jeune du Laos vient en mairie, c'est possible et qui le paie") == ["reciprocite", "indemnites"]
    assert topics("Un emplacement au camping pour août, c'est encore possible ?") == []


def test_whether_it_works_is_no_question_of_who_may_apply(topics: Topics) -> None:
    assert "eligibilite" not in topics("combien de volontaires, combien de communes, et est-ce que ça marche")


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("conditions de l'agrément VSI et durée svp", ["agrement conditions-vsi", "agrement validite"]),
        (
            "je deviens tuteur. Combien d'heures cela prend-il et serai-je formé ?",
            ["tuteur temps", "tuteur formation-tuteur"],
        ),
        (
            "la formation avant de partir : combien de jours et qui la paie ?",
            ["formation-depart duree", "formation-depart qui-paie"],
        ),
    ],
)
def test_a_question_keeps_the_subject_of_the_one_before(told: Topics, typed: str, answered: list[str]) -> None:
    assert told(typed) == answered


def test_a_question_with_a_subject_of_its_own_keeps_it(topics: Topics) -> None:
    assert topics("quel délai pour le visa et combien coûte un volontaire ?") == ["visa", "reste-a-charge"]


def test_a_question_that_names_another_subject_leaves_the_one_before(told: Topics) -> None:
    assert "agrement delai" not in told("L'agrément est-il requis ? Délai pour un départ ?")
    assert "agrement delai" in told("L'agrément, c'est obligatoire ? et combien de temps")


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        (
            "Dites-moi ce que ça coûte à une ville, franchement ? Donnez un ordre de prix",
            ["reste-a-charge ordre-de-grandeur"],
        ),
        ("250 jeunes annoncés : atteint ou pas ?", ["bilan objectif-bilan"]),
    ],
)
def test_what_is_asked_twice_is_told_once(told: Topics, typed: str, answered: list[str]) -> None:
    assert told(typed) == answered


def test_a_statement_before_a_question_is_not_asked() -> None:
    assert asking("Le dépliant annonce 250 jeunes. Personne ne vérifie ?") == ["Personne ne vérifie"]


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        (
            "slt, village 900 hab ds le Cantal, on peut postuler ? et ya t il un minimum de jeunes a prendre",
            "eligibilite-petite-commune",
        ),
        ("Et le Portugal, ça peut se choisir ? Et faut-il parler anglais ?", "pays"),
        (
            "J'ai lu que c'était fini depuis décembre 2024 : comment candidater et combien ça coûte ?",
            "actualite",
        ),
    ],
)
def test_what_is_said_of_a_case_a_country_or_a_mistake_comes_where_it_is_told(
    topics: Topics, typed: str, answered: str
) -> None:
    assert topics(typed)[0] == answered


def test_questions_numbered_as_in_a_letter_are_each_told(told: Topics) -> None:
    typed = "Un hôpital voudrait 1°) savoir s'il peut candidater 2°) les formalités de visa 3°) le délai"
    assert told(typed)[1:] == ["visa ", "visa delai"]


def test_what_is_told_around_several_questions_is_not_answered(topics: Topics) -> None:
    typed = "On voudrait faire venir une jeune Malgache, quel délai pour le visa et qui paie son logement ?"
    assert topics(typed) == ["visa", "logement"]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (
            "Combien de mois avant le départ doit-on s'y prendre",
            ["Combien de mois avant le départ doit-on s'y prendre"],
        ),
        ("à partir de quel âge", ["à partir de quel âge"]),
        ("combien de temps avant faut-il commencer", ["combien de temps avant faut-il commencer"]),
        ("alors un comment on postule deux qui paie", ["comment on postule", "qui paie"]),
        ("délai entre la clôture et le départ ?", ["délai entre la clôture et le départ"]),
        ("coût et durée svp", ["coût", "durée"]),
        ("je peux venir et quand", ["je peux venir", "quand"]),
    ],
)
def test_a_question_is_cut_where_it_ends(typed: str, asked: list[str]) -> None:
    assert asking(typed) == asked


def test_a_subject_named_before_its_questions_is_not_told_beside_them(told: Topics) -> None:
    answers = told("Visa de notre volontaire kényane : combien de temps avant faut-il commencer et qui le demande ?")
    assert answers == ["visa delai", "visa qui-demande"]


def test_what_only_says_why_is_not_said_to_be_unknown(packaged_understanding: Understanding) -> None:
    typed = "Avez-vous la liste des lauréats, l'ancien maire refusant de nous la donner, et le prochain appel ?"
    assert packaged_understanding.read(typed, today=TODAY).not_covered is None
