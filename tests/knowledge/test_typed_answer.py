"""What a typed answer means, and when it is left to a button."""

from typing import get_args

import pytest

from knowledge.content.models import Content
from knowledge.content.questionnaire import AidList, Option, Question, with_aid_list
from knowledge.questionnaire.affirming import WAYS, affirms
from knowledge.questionnaire.countries import is_place_in_one, named
from knowledge.questionnaire.kinds import CountryKind, kind_of
from knowledge.questionnaire.typed_answer import spelled_signs
from knowledge.questionnaire.ways_to_reach import read_email, read_phone


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("need", "non", "no"),
        ("need", "non, pas pour l'instant", "no"),
        ("need", "non, on sait faire", "no"),
        ("need", "non on n'a personne pour ça", None),
        ("need", "non on y connaît rien", None),
        ("country", "non, nous n'avons pas encore choisi", "none-yet"),
        ("country", "oui", None),
        ("country", "surtout pas le Mali", None),
        ("approval", "vsi et service civique", "both"),
        ("approval", "ni VSI ni service civique", "none"),
        ("approval", "aucun des deux", "none"),
        ("members", "pas tous", "some"),
        ("direction", "pas accueillir, envoyer", "send"),
    ],
)
def test_a_denial_is_heard_and_what_may_mean_two_things_is_not_guessed(
    packaged: Content, question: str, typed: str, meant: str | None
) -> None:
    assert packaged.form
    (asked,) = [one for one in packaged.form.questions if one.id == question]

    assert kind_of(asked).read(typed, packaged.form.words.dont_know_also) == meant


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("need", "yes", "yes"),
        ("need", "wi", "yes"),
        ("need", "ouais grave on sait pas faire", "yes"),
        ("need", "oé on galere", "yes"),
        ("first-time", "oé 1ere fois", "yes"),
        ("need", "ché pa tro", "unknown"),
        ("need", "on aurait besoin d'un coup de main", "yes"),
        ("need", "non pas besoin", "no"),
        ("need", "on a besoin de personne", "no"),
        ("need", "je sais pas encore trop", "unknown"),
        ("direction", "j'hésite entre les deux", "unknown"),
        ("direction", "les deux mon capitaine", "both"),
        ("country", "on n'a pas d'idée pour le moment", "unknown"),
        ("priority", "je sais pas encore", "unknown"),
        ("priority", "ça dépend", "unknown"),
        ("first-time", "non, loi Oudin depuis 2010", "no"),
        ("first-time", "non, on a une asso partenaire depuis 1995", "no"),
        ("first-time", "non mais on va peut-être s'y mettre", None),
        ("first-time", "nn", "no"),
        ("first-time", "c'est pas notre première", "no"),
        ("first-time", "non, c'est la première fois", "yes"),
        ("organisation-kind", "fondation", "another"),
        ("organisation-kind", "une asso qui aide une école au Laos", "another"),
        ("organisation-kind", "on est une ONG de santé", "another"),
        ("organisation-kind", "association de volontariat international", "association"),
        ("approval", "euh je crois pas", "none"),
        ("approval", "on a déposé le dossier", "pending"),
        ("approval", "vsi et sc", "both"),
        ("deployment", "non on est tête de réseau", "never"),
        ("deployment", "une dizaine par an", "some"),
        ("members", "deux sur trois", "some"),
        ("support", "pas du tout", "no"),
        ("support", "on pourrait", "ready"),
    ],
)
def test_answers_are_taken_as_people_type_them(packaged: Content, question: str, typed: str, meant: str | None) -> None:
    assert packaged.form
    (asked,) = [one for one in packaged.form.questions if one.id == question]

    assert kind_of(asked).read(typed, packaged.form.words.dont_know_also) == meant


@pytest.mark.parametrize(
    ("sign", "said"),
    [("👍🏽", "oui"), ("👎", "non"), ("🤷‍♀️", "je ne sais pas"), ("⚽", "⚽"), ("Togo 👍", "Togo 👍"), ("👍👎", "👍👎")],
)
def test_a_sign_sent_alone_is_read(sign: str, said: str) -> None:
    assert spelled_signs(sign) == said


@pytest.mark.parametrize(
    ("typed", "says_yes"),
    [
        *((way, True) for way in WAYS),
        ("oui c'est elle", True),
        ("oui voilà", True),
        ("ouais c'est bien ça merci", True),
        ("ok c'est parti", True),
        ("alors c'est parti", True),
        ("c'est bon merci", True),
        ("tout à fait d'accord", True),
        ("", False),
        ("merci", False),
        ("ah bon", False),
        ("voilà non", False),
        ("pas d'accord", False),
        ("oui mais laquelle", False),
    ],
)
def test_yes_with_little_words_around_it_is_yes_and_nothing_more(typed: str, says_yes: bool) -> None:
    assert affirms(typed) is says_yes


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("au Sénégal", True),
        ("non, Saint-Louis du Sénégal", True),
        ("Thiès 🇸🇳", True),
        ("je suis maire de Thiès au Sénégal", True),
        ("on voudrait accueillir une jeune de Madagascar", False),
        ("les Comores et Madagascar", False),
        ("jumelée avec le Togo", False),
        ("Saint-Maurice", False),
    ],
)
def test_a_place_in_another_country_is_no_partner_and_no_namesake(typed: str, is_one: bool) -> None:
    assert is_place_in_one(typed) is is_one


def test_a_town_then_its_country_is_kept_whole(packaged: Content) -> None:
    assert packaged.form
    (asked,) = [one for one in packaged.form.questions if one.id == "country"]
    kind = kind_of(asked)
    assert isinstance(kind, CountryKind)

    answer = kind.completed(kind.read("au Sénégal", ()), [kind.read("Thiès", ())])

    assert (answer["words"], answer["countries"], kind.says_more(answer)) == ("Thiès, au Sénégal", ["SN"], True)
    assert not kind.says_more(kind.read("le Togo et le Bénin", ()))


@pytest.mark.parametrize(
    ("typed", "codes", "status"),
    [
        ("le Togo", ["TG"], "destination"),
        ("oui, le Sénégal", ["SN"], "destination"),
        ("pourquoi pas le Togo", ["TG"], "destination"),
        ("hors UE : Maroc", ["MA"], "origin"),
        ("les Comores", ["KM"], "unknown"),
        ("RDC", ["CD"], "unknown"),
        ("bénin et portugal", ["BJ", "PT"], "mixed"),
        ("Espagne ou Portugal", ["ES", "PT"], "union"),
        ("Togo 🇹🇬", ["TG"], "destination"),
        ("🇧🇯", ["BJ"], "unknown"),
        ("magadascar", ["MG"], "cited"),
        ("guinée équatoriale", ["GQ"], "unknown"),
        ("le Québec", ["CA"], "unknown"),
        ("Roumanie", ["RO"], "union"),
        ("le Sahel", [], "unknown"),
        ("日本", [], "unknown"),
        ("Niger, Nigeria", ["NE", "NG"], "unknown"),
    ],
)
def test_countries_are_kept_as_words_and_codes_and_their_status_is_computed(
    packaged: Content, typed: str, codes: list[str], status: str
) -> None:
    assert packaged.form
    (asked,) = [one for one in packaged.form.questions if one.id == "country"]

    read = kind_of(asked).read(typed, packaged.form.words.dont_know_also)

    assert read == {"words": typed, "countries": codes, "status": status}


def test_a_dated_list_given_by_the_team_decides_and_is_named(packaged: Content) -> None:
    assert packaged.form
    listed = AidList.model_validate(
        {"source": "Liste du CAD", "date": "2024-01-01", "countries": {"BJ": "recipient", "SC": "other"}}
    )
    form = with_aid_list(packaged.form, listed)
    (asked,) = [one for one in form.questions if one.id == "country"]
    kind = kind_of(asked)

    assert [kind.read(name, ())["status"] for name in ("Bénin", "Seychelles", "Togo")] == [
        "recipient",
        "other",
        "unlisted",
    ]
    assert kind.read("Bénin et Togo", ())["status"] == "unlisted"
    assert "absent de la liste" in kind.said(kind.read("Togo", ()), form.words)
    assert kind.said(kind.read("Bénin", ()), form.words).endswith("Liste du CAD, 01/01/2024)")
    before = kind_of(next(one for one in packaged.form.questions if one.id == "country")).read("Bénin", ())
    assert kind.valid(before)["status"] == "recipient"


def test_what_is_no_country_is_asked_again_and_a_known_area_is_not(packaged: Content) -> None:
    assert packaged.form
    (asked,) = [one for one in packaged.form.questions if one.id == "country"]
    kind, words = kind_of(asked), packaged.form.words

    assert "Tombouctou" in kind.doubt(kind.read("Tombouctou", ()), words)
    assert kind.doubt(kind.read("l'Afrique de l'Ouest", ()), words) == ""


ANY = Question(id="any", text="?", label="?", options=(Option(id="a", label="Alpha"), Option(id="b", label="Beta")))
TYPED = {
    "choice": ("2", "b"),
    "several": ("alpha", ["a"]),
    "number": ("environ 1 200 habitants", 1200),
    "text": ("Bonjour\u200b à tous", "Bonjour  à tous"),
    "email": ("c'est Jeanne@Mairie.FR.", "Jeanne@mairie.fr"),
    "phone": ("06 12 34 56 78", "+33612345678"),
}


@pytest.mark.parametrize("name", get_args(Question.model_fields["kind"].annotation))
def test_every_kind_takes_what_it_read_and_knows_what_to_say_otherwise(packaged: Content, name: str) -> None:
    assert packaged.form
    words = packaged.form.words
    kind = kind_of(ANY.model_copy(update={"kind": name}))

    assert kind.sorry(words)
    assert kind.valid(object()) is None
    assert all(kind.valid(value) for value in kind.possible([]) if value != 0)
    if name in TYPED:
        typed, value = TYPED[name]
        assert kind.valid(kind.read(typed, ())) == value
        assert kind.said(value, words)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("beatrice point lemoine arobase mairie point fr", "beatrice.lemoine@mairie.fr"),
        ("jeanne arobase mairie tiret exemple point fr", "jeanne@mairie-exemple.fr"),
        ("le point est fait", None),
    ],
)
def test_a_dictated_address_is_one(typed: str, address: str | None) -> None:
    assert read_email(typed) == address


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("04 76 88 00 00 poste 12", "+33476880000"),
        ("06.12.34.56.78, plutôt le soir 🙏", "+33612345678"),
        ("05 65 12 34 56 ou 06 12 34 56 78", "+33565123456"),
        ("mon portable 0692 12 34 56 à La Réunion", "+262692123456"),
        ("72 12 34", None),  # right in several places overseas
        ("+681 72 12 34", "+681721234"),
        ("40 60 00 00", "+68940600000"),
        ("le 12 janvier 2027", None),
        ("05 65", None),
    ],
)
def test_a_telephone_number_is_found_among_other_words(typed: str, number: str | None) -> None:
    assert read_phone(typed) == number


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("alors je m'appelle Béatrice Lemoine", "Béatrice Lemoine"),
        ("Je suis la DGS", "DGS"),
        ("moi c'est Jean-Paul", "Jean-Paul"),
        ("mon nom c'est : Durand", "Durand"),
        ("Moira Alorsky", "Moira Alorsky"),
        ("je suis", "je suis"),
    ],
)
def test_a_name_is_taken_without_what_introduces_it(typed: str, name: str) -> None:
    assert kind_of(ANY.model_copy(update={"kind": "name"})).read(typed, ()) == name


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("cote divoire ou burkina", ["CI", "BF"]),
        ("le camerou, le tchade et le gabon", ["CM", "TD", "GA"]),
        ("cotedivoire / burkinafaso", ["CI", "BF"]),
        ("sénégale et maroq", ["SN", "MA"]),
        ("thailande, laos & cambodje", ["TH", "LA", "KH"]),
        ("Bosnie et Herzégovine, trinité et tobago", ["BA", "TT"]),
        ("guinee equatorial", ["GQ"]),
        ("congo kinsasha ou congo", ["CD", "CG"]),
        ("Bénin, togo 🇹🇬, 🇲🇱 et les Comores", ["BJ", "TG", "ML", "KM"]),
        ("lyon et togo", ["TG"]),
        ("la suite, le togo", ["TG"]),
        ("le mali ou le voisin", ["ML"]),
        ("Saint-Martin", []),
        ("Guyane et maire", []),
    ],
)
def test_each_of_several_countries_is_named_with_its_slips_whatever_stands_between(
    typed: str, codes: list[str]
) -> None:
    assert [code for code, _ in named(typed)] == codes
