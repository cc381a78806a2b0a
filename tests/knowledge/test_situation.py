"""Who asks, where and what: read from the words as typed, each part where it stands, nothing by chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.models import Content
from knowledge.understanding.situation.reduction import without_asides
from knowledge.understanding.situation.situation import Act, Situation
from knowledge.understanding.situation.situation_reader import SituationReader


@pytest.fixture(scope="module")
def reader(packaged: Content) -> SituationReader:
    assert packaged.situation is not None
    return SituationReader(packaged.situation, packaged)


@pytest.mark.parametrize(
    ("typed", "act"),
    [
        ("une commune peut-elle candidater ?", Act.CAN),
        ("comment une commune peut-elle candidater ?", Act.HOW),
        ("jusqu'à quand une interco peut-elle répondre ?", Act.WHEN),
        ("à partir de quand un département peut-il déposer ?", Act.WHEN),
        ("une commune peut candidater, et comment ?", Act.CAN),
        ("combien de temps dure une mission ?", Act.HOW_LONG),
        ("combien de collectivités participent ?", Act.HOW_MANY),
        ("combien la commune doit payer ?", Act.HOW_MUCH),
        ("quelles pièces un lycée peut-il fournir ?", Act.DOCUMENTS),
        ("c'est quoi un VSI ?", Act.WHAT),
        ("qui peut candidater ?", Act.WHO),
        ("pourquoi une commune peut-elle candidater ?", Act.WHY),
        ("quand on est une petite commune, on peut candidater ?", Act.CAN),
        ("on peut quand même candidater ?", Act.CAN),
    ],
)
def test_the_outer_question_word_wins(reader: SituationReader, typed: str, act: Act) -> None:
    assert reader.read(typed).act == act


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("le CCAS de la commune peut candidater ?", "establishment"),
        ("le rectorat de Guadeloupe peut-il candidater ?", "state"),
        ("une SEM peut participer ?", "company"),
        ("DGS de la communauté de communes du Haut-Allier", "interco"),
        ("je suis maire, on peut candidater ?", "commune"),
        ("on n'est pas une collectivité, ni une asso, on est une boîte", "company"),
        ("combien cela coûte à une association ?", "association"),
        ("j'habite Douala, je voudrais venir en France comme volontaire", "individual"),
        ("elle a vingt ans, elle veut partir au Pérou", "individual"),
        ("une commune de Mayotte peut-elle candidater, ou est-ce que pour la métropole ?", "commune"),
        ("La métropole de Lyon peut-elle candidater ?", "interco"),
        ("Bordeaux Métropole peut candidater ?", "interco"),
        ("je suis une élue qui revient de congé maternité, notre commune devait répondre", "commune"),
        ("la Région nous a parlé du programme, je suis maire, par où on commence ?", "commune"),
        ("je suis maire, un lycée peut-il candidater ?", "school"),
        ("je suis maire, un lycée peut-il accueillir un volontaire ?", "commune"),
        ("fonctionnaire à la Région, un lycée peut-il accueillir un volontaire ?", "region"),
        ("je vous écris de chez moi depuis l'hôpital, je suis maire, on peut candidater ?", "commune"),
        ("je suis la mère d'un garçon qui part avec notre agglo, qui l'assure ?", "individual"),
        ("mon fils de 20 ans a répondu à une annonce de notre agglo, c'est normal ?", "individual"),
        ("nous sommes une commune voisine de Tours, on peut ?", "commune"),
        ("je dirige une association, à plusieurs ce serait une réponse commune, c'est recevable ?", "association"),
    ],
)
def test_who_would_apply_is_told_from_who_is_only_mentioned(reader: SituationReader, typed: str, kind: str) -> None:
    applicant = reader.read(typed).applicant

    assert applicant is not None
    assert applicant.kind == kind


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Bonjour, association agréée, nous cherchons des communes", "association"),
        ("Mairie de Plouha, 4 500 habitants : combien ça coûte ?", "commune"),
        ("je préside une association de quartier", "association"),
        ("je suis membre du comité de jumelage", "around"),
        ("je suis enseignante et maire de mon village", "commune"),
        ("je voudrais partir au Togo", "individual"),
        ("une association peut-elle candidater ?", ""),
        ("ma fille veut partir au Togo", ""),
        ("je voudrais venir vous voir", ""),
        ("je veux partir sur deux missions", ""),
    ],
)
def test_who_speaks_is_told_by_the_author_alone(reader: SituationReader, typed: str, kind: str) -> None:
    speaker = reader.read(typed).speaker

    assert (speaker.kind if speaker else "") == kind


@pytest.mark.parametrize("typed", ["c'est le même appel que pour les mairies ?", "plus long que celui des communes ?"])
def test_a_body_that_is_compared_with_would_not_apply(reader: SituationReader, typed: str) -> None:
    assert reader.read(typed).applicant is None


@pytest.mark.parametrize(
    ("typed", "abroad"),
    [
        ("Je suis adjoint au maire à Kaolack, Sénégal", True),
        ("le comité de notre commune avec une ville du Sénégal", False),
    ],
)
def test_a_body_lies_where_its_own_country_is_said(reader: SituationReader, typed: str, abroad: bool) -> None:
    speaker = reader.read(typed).speaker

    assert speaker is not None
    assert (speaker.country is not None) == abroad


@pytest.mark.parametrize(
    "typed",
    [
        "combien de collectivités participent ?",
        "travailler avec une mairie du Sénégal",
        "on a été retenus, qui prévient le ministère ?",
        "un ministère peut-il refuser une candidature ?",
        "une école peut-elle être le lieu de la mission ?",
        "la ville jumelle a 30 000 habitants, peut-elle recevoir un volontaire ?",
    ],
)
def test_a_body_that_is_only_mentioned_does_not_apply(reader: SituationReader, typed: str) -> None:
    situation = reader.read(typed)

    assert situation.actors
    assert situation.applicant is None


@pytest.mark.parametrize(
    "typed",
    [
        "M. Martin, DGS",
        "je m'appelle Martine",
        "on est à Saint-Martin-d'Hères",
        "la mairie de Saint-Pierre-le-Moûtier",
        "l'hôpital de Saint-Laurent-du-Var",
        "mairie de Saint-Barthélemy-d'Anjou",
        "la commune de Saint-Denis",
        "saint martin de ré, 2300 habitants",
        "Denis Marin, DGS à Thouars",
        "La Réunion, le village du Lot-et-Garonne",
    ],
)
def test_names_say_nothing_about_overseas_by_chance(reader: SituationReader, typed: str) -> None:
    place = reader.read(typed).place

    assert place is None or place.zone == "metro"


@pytest.mark.parametrize(
    ("typed", "name", "zone"),
    [
        ("une commune de Martinique", "Martinique", "drom"),
        ("la mairie de Koungou", "Mayotte", "drom"),
        ("maire de Sainte-Rose en Guadeloupe", "Guadeloupe", "drom"),
        ("commune de Sainte-Marie à La Réunion", "La Réunion", "drom"),
        ("mairie de Saint-Denis, 97400", "La Réunion", "drom"),
        ("à Tahiti", "Polynésie française", "com"),
        ("un village du Gers", "Gers", "metro"),
        ("ma commune est dans le 48", "Lozère", "metro"),
        ("un lycée du Robert, Martinique", "Martinique", "drom"),
        ("maire dune petite commune en creuse", "Creuse", "metro"),
        ("on est ds la drome", "Drôme", "metro"),
    ],
)
def test_a_place_is_told_by_its_name_or_number(reader: SituationReader, typed: str, name: str, zone: str) -> None:
    place = reader.read(typed).place

    assert place is not None
    assert (place.name, place.zone) == (name, zone)


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("une commune du Maroc peut-elle candidater ?", "Maroc"),
        ("la mairie de Thiès, au Sénégal", "Sénégal"),
        ("une commune béninoise", "Bénin"),
        ("une commune qui envoie au Togo", None),
        ("un département déjà très actif à Madagascar", None),
    ],
)
def test_a_body_is_foreign_where_its_own_country_is_said(
    reader: SituationReader, typed: str, country: str | None
) -> None:
    (actor, *_) = reader.read(typed).actors

    assert (actor.country and actor.country.name) == country


@pytest.mark.parametrize("typed", ["Maurice Dubois, adjoint", "Dominique, secrétaire de mairie", "Dominique Togo, DGS"])
def test_a_forename_is_no_country(reader: SituationReader, typed: str) -> None:
    assert reader.read(typed).country is None


@pytest.mark.parametrize(
    ("typed", "size"),
    [
        ("800 hab", 800),
        ("3 000 habitants", 3000),
        ("14 000 hab.", 14000),
        ("deux cent dix habitants", 210),
        ("mille neuf cent quatre-vingt-dix-huit habitants", 1998),
        ("90 âmes", 90),
        ("l'AMI 2026", None),
    ],
)
def test_a_size_is_told_in_figures_or_words(reader: SituationReader, typed: str, size: int | None) -> None:
    found = reader.read(typed).size

    assert (found and found.value) == size


def test_each_part_stands_where_it_was_typed(reader: SituationReader) -> None:
    typed = "on est une commune de 800 hab dans le Gers, on peut participer ?"
    told = {name: typed[start:end] for name, _, (start, end) in reader.read(typed).parts()}

    assert told == {
        "acts": "peut",
        "candidacy": "participer",
        "actors": "commune",
        "place": "Gers",
        "size": "800 hab",
        "names": "Gers",
    }


@pytest.mark.parametrize(
    ("typed", "aside"),
    [
        ("pas besoin des dates, dites-moi plutôt qui forme le volontaire", ["pas besoin des dates"]),
        ("je ne demande pas qui paie mais qui décide", ["je ne demande pas qui paie"]),
        ("pas besoin des dates", []),
    ],
)
def test_a_matter_is_set_aside_when_another_follows(reader: SituationReader, typed: str, aside: list[str]) -> None:
    assert [typed[start:end] for start, end in reader.read(typed).aside] == aside


@given(st.text(max_size=300))
def test_no_text_whatever_breaks_the_reading(reader: SituationReader, text: str) -> None:
    situation = reader.read(text)

    assert isinstance(situation, Situation)
    assert all(0 <= start < end <= len(text) for _, _, (start, end) in situation.parts())


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("hier à la réunion du bureau on nous a parlé de vous", None),
        ("on sort d'une réunion à la préfecture", None),
        ("après la réunion publique, une commune peut candidater ?", None),
        ("on est a la reunion, on peut candidater ?", "La Réunion"),
        ("une commune de La Réunion peut-elle participer ?", "La Réunion"),
    ],
)
def test_a_meeting_is_no_island(reader: SituationReader, typed: str, place: str | None) -> None:
    read = reader.read(typed).place
    assert (read.name if read else None) == place


@pytest.mark.parametrize("typed", ["en somme, qui peut candidater ?", "et dans le lot des candidats retenus ?"])
def test_a_common_word_is_no_place_without_its_capital(reader: SituationReader, typed: str) -> None:
    assert reader.read(typed).place is None


@pytest.mark.parametrize(
    ("typed", "is_abroad"),
    [
        ("la mairie d'une commune sénégalaise veut candidater", True),
        ("je suis maire de Sikasso", True),
        ("maire de Millau, partenaire de Bobo-Dioulasso, je veux candidater", False),
        ("notre commune envoie un jeune à Bamako", False),
    ],
)
def test_a_body_is_abroad_by_its_town_or_by_the_body_that_it_is_of(
    reader: SituationReader, typed: str, is_abroad: bool
) -> None:
    applicant = reader.read(typed).applicant

    assert applicant is not None
    assert bool(applicant.country) is is_abroad


@pytest.mark.parametrize(
    "typed",
    [
        "Une commune de 300 habitants peut-elle candidater ? Je vous prie d'agréer mes salutations.",
        "combien ça coûte ? Dans l'attente de votre réponse, cordialement",
        "Quels pays sont possibles ?\nVeuillez agréer, Monsieur, l'expression de mes sentiments distingués.",
    ],
)
def test_how_a_letter_ends_is_set_aside(reader: SituationReader, typed: str) -> None:
    told = reader.read(typed)

    assert without_asides(told).strip(" .,\n").endswith("?")
    assert told.acts


def test_thanks_in_the_form_of_a_letter_are_kept(reader: SituationReader) -> None:
    assert not reader.read("Je vous remercie et vous prie d'agréer mes salutations distinguées.").aside


def test_a_number_of_inhabitants_between_brackets_is_no_departement(reader: SituationReader) -> None:
    told = reader.read("Une communauté de communes (28 000 hab.) peut-elle candidater ?")

    assert told.place is None
    assert told.size
    assert told.size.value == 28_000
    assert (place := reader.read("Une commune (28) peut-elle candidater ?").place)
    assert place.name == "Eure-et-Loir"


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Maurice, Madagascar, Comores ?", ["Maurice", "Madagascar", "Comores"]),
        ("le Togo ou Maurice ?", ["Togo", "Maurice"]),
        ("Maurice, mon collègue, demande pour le Togo", ["Togo"]),
        ("Maurice demande s'il peut candidater", []),
    ],
)
def test_a_name_that_is_also_somebody_s_is_a_country_in_a_list_of_countries(
    reader: SituationReader, typed: str, named: list[str]
) -> None:
    assert [country.name for country in reader.read(typed).countries] == named


@pytest.mark.parametrize(
    "typed",
    [
        "bjr maire de 300 hab en Lozère, c'est quoi tevo",
        "Bonjour DGS d'une commune, vous financez quoi ?",
        "euh alors adjointe au maire on voudrait un volontaire",
    ],
)
def test_who_speaks_is_told_after_a_greeting_typed_without_its_comma(reader: SituationReader, typed: str) -> None:
    speaker = reader.read(typed).speaker
    assert speaker is not None
    assert speaker.kind == "commune"


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("une interco de 12000 hab", None),
        ("on a un budget de 35000 euros", None),
        ("on peut mettre 12000€ par an", None),
        ("on est 48000 Mende", "Lozère"),
        ("Rodez (12000)", "Aveyron"),
    ],
)
def test_five_digits_that_count_something_are_no_postcode(
    reader: SituationReader, typed: str, place: str | None
) -> None:
    read = reader.read(typed).place
    assert (read.name if read else None) == place


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("chargée de mission à Mayotte, peut-on passer par l'antenne ou celle de la Réunion ?", "Mayotte"),
        ("on est martiniquais, vous avez un bureau ?", "Martinique"),
        ("une commune guyanaise peut candidater ?", "Guyane"),
    ],
)
def test_where_somebody_is_may_be_an_adjective_and_is_not_where_another_is(
    reader: SituationReader, typed: str, place: str
) -> None:
    read = reader.read(typed).place
    assert read is not None
    assert read.name == place
