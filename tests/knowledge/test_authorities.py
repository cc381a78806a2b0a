"""A name typed in haste finds its authority, and its homonyms can be told apart."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.register.authorities import FoundAuthorities, Register, region_names
from knowledge.register.build import build
from knowledge.register.lines import Candidate


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


def key(candidate: Candidate) -> str:
    return f"{candidate.authority.kind} {candidate.authority.code}"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Bazas", "commune 33036"),
        ("Bazas (environ 4 800 habitants)", "commune 33036"),
        ("st denis 974", "commune 97411"),
        ("villefranch de rouerge", "commune 12300"),
        ("CC faucigny glieres", "cc 200000172"),
        ("mairie de ste rose", "commune 97129"),
        ("mairie de sainte rose reunion", "commune 97419"),
        ("conseil départemental 17", "departement 17"),
        ("CD17", "departement 17"),
        ("dept de la sarthe", "departement 72"),
        ("departmeent de la sarthe", "departement 72"),
        ("agglo de la rochelle", "ca 241700434"),
        ("agglo de niort", "ca 200041317"),
        ("comcom du pays de l'arbresle", "cc 246900625"),
        ("ccpa 69", "cc 246900625"),
        ("region occitanie", "region 76"),
        ("paca", "region 93"),
        ("région Réunion", "region 04"),
        ("conseil départemental de la Réunion", "departement 974"),
        ("st pierre 97410", "commune 97416"),
        ("97 410", "commune 97416"),
        ("sainte-anne en guadeloupe", "commune 97128"),
        ("sainte anne en gadeloupe", "commune 97128"),
        ("st martin de re charente maritimme", "commune 17369"),
        ("je suis maire de bazas en gironde", "commune 33036"),
        ("chalon s/saone", "commune 71076"),
        ("bagneres bigorre", "commune 65059"),
        ("villefranchederouergue", "commune 12300"),
        ("metropole mtez 57", "metro 200039865"),
        ("200039865", "metro 200039865"),
        ("SIRET 217 500 016 00019", "commune 75056"),
        ("on est une petite commune, saint cirq lapopie", "commune 46256"),
        ("la commune de pomarède", "commune 46222"),
        ("aggl. du niortais", "ca 200041317"),
        ("golfe du morbihan", "ca 200067932"),
        ("gmva", "ca 200067932"),
        ("gpso", "ept 200057974"),
        ("casud", "ca 249740085"),
        ("m2a", "ca 200066009"),
        ("brive", "commune 19031"),
        ("bourgoin", "commune 38053"),
        ("mairie du 11e arrondissement de paris", "commune 75056"),
        ("les 3 bassins", "commune 97423"),
        ("cotes du nord", "departement 22"),
        ("collectivité territorialr de guyane", "special 973R"),
    ],
)
def test_the_right_authority_comes_first(register: Register, typed: str, expected: str) -> None:
    assert key(register.find(typed)[0]) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("collectivité d'alsace", "special 6AE"),
        ("alsace", "special 6AE"),
        ("Haut-Rhin", "special 6AE"),
        ("conseil départemental 67", "special 6AE"),
        ("corse", "special 20R"),
        ("conseil général 2A", "special 20R"),
        ("région corse", "special 20R"),
        ("CTM", "special 972R"),
        ("région martinique", "special 972R"),
        ("collectivité territoriale de guyane", "special 973R"),
        ("département de mayotte", "special 976D"),
        ("saint barth", "special 977"),
        ("polynésie", "special 987"),
        ("province sud nouvelle calédonie", "special 988S"),
        ("iles loyauté", "special 988I"),
        ("métropole de lyon", "met69 200046977"),
        ("grand lyon", "met69 200046977"),
        ("département de paris", "commune 75056"),
        ("paris", "commune 75056"),
    ],
)
def test_authorities_of_a_special_status_are_found(register: Register, typed: str, expected: str) -> None:
    assert key(register.find(typed)[0]) == expected


@pytest.mark.parametrize("typed", ["2A", "2B", "67", "68", "bas rhin", "haute corse", "département 972", "martinique"])
def test_a_departement_that_is_no_authority_is_never_offered(register: Register, typed: str) -> None:
    gone = {"2A", "2B", "67", "68", "75", "972", "973", "976"}
    assert not [c for c in register.find(typed) if c.authority.kind == "departement" and c.authority.code in gone]


@pytest.mark.parametrize("typed", ["Kerguelen", "Terre Adélie", "Clipperton", "terres australes"])
def test_places_without_an_authority_are_not_offered(register: Register, typed: str) -> None:
    assert not {c.authority.departement for c in register.find(typed)} & {"984", "989"}


def test_homonyms_come_the_most_populous_first_and_differ_by_departement(register: Register) -> None:
    found = register.find("sainte marie")
    exact = [c.authority for c in found if c.authority.name == "Sainte-Marie"]

    assert len(exact) >= 4
    assert [a.population for a in exact] == sorted((a.population for a in exact), reverse=True)
    assert len({a.departement for a in exact}) == len(exact)


@pytest.mark.parametrize("hint", ["972", "(972)", "97230", "en Martinique", "dept 972"])
def test_a_hint_tells_homonyms_apart(register: Register, hint: str) -> None:
    assert key(register.find("sainte marie")[0]) == "commune 97418"
    assert key(register.find(f"sainte marie {hint}")[0]) == "commune 97228"


def test_a_hint_brings_up_the_longer_names_of_its_departement(register: Register) -> None:
    found = register.find("saint martin (79)")
    assert {c.authority.departement for c in found} == {"79"}
    assert all(c.authority.name.startswith("Saint-Martin-") for c in found)


def test_a_wrong_hint_does_not_hide_the_name(register: Register) -> None:
    assert "Villefranche-de-Rouergue" in [c.authority.name for c in register.find("villefranche de rouergue 48")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ville d'avray", "Ville-d'Avray"),
        ("plaine commune", "Plaine Commune"),
        ("pays de belves", "Pays de Belvès"),
        ("cc des 2 vallees", "CC des Deux Vallées"),
        ("comcom val 81", "CC Val 81"),
        ("mairie de coucy la ville", "Coucy-la-Ville"),
    ],
)
def test_words_of_kind_and_numbers_may_belong_to_the_name(register: Register, typed: str, name: str) -> None:
    assert register.find(typed)[0].authority.name == name


def test_a_kind_word_chooses_between_an_intercommunalite_and_its_town(register: Register) -> None:
    assert key(register.find("la rochelle")[0]) == "commune 17300"
    assert key(register.find("interco la rochelle")[0]) == "ca 241700434"


@pytest.mark.parametrize("typed", ["", "   ", "?!", "🙂", "asdfgh", "bonjour", "je ne sais pas", "mairie", "12345678"])
def test_nothing_is_offered_for_what_names_nothing(register: Register, typed: str) -> None:
    assert register.find(typed) == []


def test_no_more_candidates_come_than_asked_for(register: Register) -> None:
    assert [len(register.find("saint pierre", most)) for most in (0, 1, 3)] == [0, 1, 3]


def test_an_authority_tells_everything_of_its_line(register: Register) -> None:
    found = register.find("saint pierre 97410")[0].authority

    assert (found.siren, found.region, found.zone) == ("219740164", "04", "drom")
    assert found.population > 80_000
    assert "97410" in found.postcodes


WORDS = [
    "saint",
    "st",
    "2",
    "a",
    "974",
    "97410",
    "cc",
    "mairie",
    "de",
    "la",
    "dept",
    "région",
    "corse",
    "l'",
    "(79)",
    "20",
]


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text_gives_at_most_five_candidates_best_first(register: Register, typed: str) -> None:
    found = register.find(typed)
    scores = [c.score for c in found]

    assert len(found) <= 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({key(c) for c in found}) == len(found)


def test_an_authority_is_found_again_by_its_kind_and_code(register: Register) -> None:
    first = register.find("sainte rose guadeloupe")[0].authority

    assert register.get(first.kind, first.code) == first
    assert register.get("commune", "00000") is None


def part(candidate: Candidate) -> str | None:
    return candidate.former.name if candidate.former else None


@pytest.mark.parametrize(
    ("typed", "today", "before"),
    [
        ("Lomme", "commune 59350", "Lomme"),
        ("Saint-Pol-sur-Mer", "commune 59183", "Saint-Pol-sur-Mer"),
        ("st pol sur mer", "commune 59183", "Saint-Pol-sur-Mer"),
        ("Javols", "commune 48009", "Javols"),
        ("javolls", "commune 48009", "Javols"),
        ("Bazoches-sur-Vesles", "commune 02054", "Bazoches-sur-Vesles"),
        ("Annecy le vieux", "commune 74010", "Annecy-le-Vieux"),
        ("mairie déléguée de Lomme", "commune 59350", "Lomme"),
        ("INSEE 59355", "commune 59350", "Lomme"),
        ("mairie du 11e arrondissement de paris", "commune 75056", "Paris 11e Arrondissement"),
        ("Marseille 1er", "commune 13055", "Marseille 1er Arrondissement"),
        ("lyon III", "commune 69123", "Lyon 3e Arrondissement"),
    ],
)
def test_a_name_of_before_finds_the_commune_of_today(register: Register, typed: str, today: str, before: str) -> None:
    found = register.find(typed)[0]
    assert (key(found), part(found)) == (today, before)


@pytest.mark.parametrize("typed", ["paris", "Lille", "paris 21", "75011", "mairie de Lyon"])
def test_a_city_named_without_an_arrondissement_goes_by_its_own_name(register: Register, typed: str) -> None:
    assert part(register.find(typed)[0]) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Lomme", "Lomme fait aujourd'hui partie de Lille."),
        ("Seynod", "Seynod fait aujourd'hui partie d'Annecy."),
        ("meylan 47", "Meylan fait aujourd'hui partie de Sos."),
        ("saint martin de belleville", "Saint-Martin-de-Belleville fait aujourd'hui partie des Belleville."),
        ("Paris 11e", "Le registre n'a pas les arrondissements : Paris 11e Arrondissement fait partie de Paris."),
        ("Lille", ""),
    ],
)
def test_one_sentence_tells_what_became_of_a_name(register: Register, typed: str, sentence: str) -> None:
    found = register.find(typed)
    assert register.telling.former(found[0], found) == sentence


def test_the_departement_tells_a_name_of_before_from_its_living_namesake(register: Register) -> None:
    found = register.find("Meylan")
    assert register.telling.former(found[1], found) == "Meylan (47) fait aujourd'hui partie de Sos."


def test_beside_a_name_told_as_it_stands_what_only_holds_it_is_not_offered(register: Register) -> None:
    assert [candidate.authority.name for candidate in register.find("Les Arcs")] == ["Les Arcs"]


@pytest.mark.parametrize(
    ("typed", "living", "today"),
    [
        ("Meylan", "commune 38229", "commune 47302"),
        ("Rochetaillée", "commune 52431", "commune 42218"),
        ("naves", "commune 19146", "commune 73187"),
        ("saint hilaire", "commune 31486", "commune 16028"),  # eight living ones
    ],
)
def test_a_living_commune_comes_before_its_former_namesakes(
    register: Register, typed: str, living: str, today: str
) -> None:
    found = register.find(typed)

    assert (key(found[0]), part(found[0])) == (living, None)
    assert today in [key(candidate) for candidate in found[1:] if candidate.former]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("59350", "commune 59527"),  # a postcode, and Lille's INSEE code
        ("code postal 59350", "commune 59527"),
        ("INSEE 59350", "commune 59350"),
        ("code commune 59350", "commune 59350"),
        ("Lille 59350", "commune 59350"),
        ("33063", "commune 33063"),  # no postcode
        ("2A004", "commune 2A004"),
        ("code insee 2b 033", "commune 2B033"),
    ],
)
def test_five_digits_are_a_postcode_unless_none_matches_or_the_person_says_so(
    register: Register, typed: str, expected: str
) -> None:
    assert key(register.find(typed)[0]) == expected


@pytest.mark.parametrize("typed", ["INSEE 99999", "12345", "Juillaguet", "Saint-Étienne-en-Dévoluy", "Poudlard"])
def test_what_nothing_resembles_closely_is_not_found(register: Register, typed: str) -> None:
    assert register.look_up(typed) == FoundAuthorities([])


@pytest.mark.parametrize(("typed", "expected"), [("Lemans", "commune 72181"), ("larochelle", "commune 17300")])
def test_a_missing_space_is_forgiven(register: Register, typed: str, expected: str) -> None:
    assert key(register.find(typed)[0]) == expected


@pytest.mark.parametrize(
    ("typed", "kind", "of"),
    [
        ("CCAS de Nantes", "ccas", "Nantes"),
        ("c.c.a.s. nantes", "ccas", "Nantes"),
        ("CCAS de Saint-Denis", "ccas", None),  # which one?
        ("CCAS de Saint-Denis 974", "ccas", "Saint-Denis"),
        ("CCAS", "ccas", None),
        ("PETR du Pays Lauragais", "petr", None),
        ("Parc naturel régional du Vexin français", "parc", None),
        ("SIVOM des Trois Sources", "syndicat", None),
        ("SIVU des écoles de Javols", "syndicat", "Peyre en Aubrac"),
        ("syndicat mixte de la Loire", "syndicat", None),
        ("pays Horloger", "pays", None),
        ("pôle métropolitain du Genevois français", "pole", None),
        ("SDIS du Gers", "sdis", "Gers"),
        ("CCAS de La Rochelle", "ccas", "La Rochelle"),  # 77,000 people, and 40 in Haute-Saône
        ("SDE 35", "syndicat", None),
    ],
)
def test_a_body_that_the_register_does_not_have_is_told_and_nobody_else_offered(
    register: Register, typed: str, kind: str, of: str | None
) -> None:
    found = register.look_up(typed)

    assert found.candidates == []
    assert found.body is not None
    assert (found.body.kind, found.body.of and found.body.of.name) == (kind, of)
    assert (of or "Je reconnais") in register.telling.body(found.body)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Le Syndicat", "commune 88462"),
        ("pays de gex", "ca 240100750"),
        ("pays basque", "ca 200067106"),
        ("agglo du pays de gex", "ca 240100750"),
        ("pays de la loire", "region 52"),
        ("Pays-de-Clerval", "commune 25156"),
        ("Le Mesnil-Opac", "commune 50363"),
        ("Sem 09", "commune 09334"),
    ],
)
def test_an_authority_whose_name_holds_the_word_for_a_body_is_found(
    register: Register, typed: str, expected: str
) -> None:
    assert key(register.find(typed)[0]) == expected


DIFFICULT = yaml.safe_load(Path(__file__).with_name("noms-difficiles.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", DIFFICULT, ids=lambda case: case["say"])
def test_a_difficult_name_is_understood(register: Register, case: dict[str, str]) -> None:
    found = register.look_up(case["say"])
    if "first" not in case:
        assert found.candidates == []
        assert (found.body.kind if found.body else None) == case.get("body")
        of = found.body and found.body.of
        assert (f"{of.kind} {of.code}" if of else None) == case.get("of")
    else:
        assert key(found.candidates[0]) == case["first"]
        told = [candidate for candidate in found.candidates if key(candidate) == case.get("second", case["first"])]
        assert part(told[0]) == case.get("former")


def test_a_territory_is_spelled_one_way(register: Register) -> None:
    (found, *_) = register.look_up("Wallis").candidates
    assert region_names()["986"] == found.authority.name == "Wallis-et-Futuna"


def test_a_map_that_spells_it_otherwise_is_put_right(tmp_path: Path) -> None:
    (tmp_path / "map.csv").write_text(
        "kind,code,siren,name,departement,region,zone,population,postcodes,epci\n"
        "region,986,,Wallis et Futuna,,986,com,11151,,\n",
        "utf-8",
    )
    build(tmp_path / "map.csv", tmp_path / "register.gz")

    assert region_names(tmp_path / "register.gz") == {"986": "Wallis-et-Futuna"}
