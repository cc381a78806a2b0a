"""The name of who applies: kept in the person's words when the register lacks it, unless it is no name."""

from functools import partial

import pytest
from aiogram.types import Update

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.register.authorities import Register
from knowledge.register.lines import Candidate
from knowledge.register.mention import certain, mentioned, named_within, names_alone
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

REST = ("interco", "oui", "accueillir", "pas encore", "la santé", "oui")


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.fixture
async def elu(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    """Somebody who is asked which authority it is."""
    conversation = partial(Conversation, packaged, packaged_understanding, database, TODAY)()
    await conversation.says("test d'éligibilité")
    for label in ("Vérifier mon éligibilité", "Une collectivité ou un groupement"):
        await conversation.presses(label)
    return conversation


async def _case(elu: Conversation) -> str:
    for typed in REST:
        said = await elu.says(typed)
    return next(line for line in said.splitlines() if line.startswith("Votre cas"))


@pytest.mark.parametrize(
    "typed", ["la santé des mamans", "Egalité femmes hommes et sport", "projet culturel avec Dakar"]
)
@pytest.mark.parametrize("unknown", ["jsp", "Je ne sais pas"])
async def test_what_a_project_is_about_is_not_kept_as_a_name(elu: Conversation, typed: str, unknown: str) -> None:
    await elu.says(typed)
    await (elu.says(unknown) if unknown == "jsp" else elu.presses(unknown))

    assert typed not in await _case(elu)


@pytest.mark.parametrize("typed", ["agence des Deux Lacs", "Pôle ruralité du Haut-Bugey", "vallée verte et collines"])
async def test_a_name_that_the_register_lacks_is_kept_once_typed_again(elu: Conversation, typed: str) -> None:
    assert "écrivez-le de nouveau" in await elu.says(typed)
    assert f"✓ Collectivité\xa0: {typed}" in await elu.says(typed)

    assert typed in await _case(elu)


async def test_a_name_said_before_what_is_none_is_kept(elu: Conversation) -> None:
    await elu.says("Communauté de Trucmuche-les-Oies")
    await elu.says("la santé")
    await elu.says("jsp")

    assert "Trucmuche-les-Oies" in await _case(elu)


@pytest.mark.parametrize("typed", ["la santé", "accueillir", "on a besoin d'être appuyés", "le vélo"])
async def test_what_is_no_name_leaves_the_homonyms_on_the_list(elu: Conversation, typed: str) -> None:
    await elu.says("Sainte-Rose")
    proposed = elu.buttons
    await elu.says(typed)

    assert elu.buttons == proposed
    assert "Sainte-Rose (commune, 971" in await elu.says("celle de Guadeloupe")


@pytest.mark.parametrize("typed", ["la 2e svp", "je prends la deuxième", "plutôt la seconde de la liste, merci"])
async def test_a_place_on_the_list_is_understood_with_little_words_around_it(elu: Conversation, typed: str) -> None:
    await elu.says("Sainte-Rose")

    assert "Sainte-Rose (commune, 974" in await elu.says(typed)


@pytest.mark.parametrize("typed", ["aucune de ces propositions", "la nôtre n'y figure pas", "une autre"])
async def test_that_none_of_the_list_is_meant_may_be_said_in_a_sentence(elu: Conversation, typed: str) -> None:
    await elu.says("Sainte-Rose")

    assert "Écrivez son nom et son département" in await elu.says(typed)


async def test_another_name_takes_the_place_of_the_homonyms(elu: Conversation) -> None:
    await elu.says("Sainte-Rose")

    await elu.says("Saint-Pierre")
    assert "Saint-Pierre (commune, 974" in await elu.says("celle de la Réunion")


async def test_an_answer_to_a_later_question_is_no_other_path(elu: Conversation) -> None:
    assert "je change de parcours" not in await elu.says("accueillir un jeune sénégalais")


async def test_another_path_names_a_button_that_is_there(elu: Conversation) -> None:
    ended = await elu.says("le Togo")

    assert "Pressez «\xa0Modifier une réponse\xa0»" in ended
    assert "Modifier une réponse" in elu.buttons


async def test_a_name_within_the_first_answer_is_looked_for(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    elu = Conversation(packaged, packaged_understanding, database, TODAY)
    await elu.says("test d'éligibilité")
    await elu.presses("Vérifier mon éligibilité")
    await elu.says("com com du pays de Saillans")

    assert any("Saillans" in label for label in elu.buttons)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("chargée de mission jeunesse à la région Bretagne", "Bretagne"),
        ("je bosse au service culture de la mairie de Vitré depuis 2 ans", "Vitré"),
        ("Responsable des jumelages, département de l'Hérault", "Hérault"),
    ],
)
async def test_a_name_told_with_one_s_function_is_proposed(
    packaged: Content, packaged_understanding: Understanding, database: Database, typed: str, name: str
) -> None:
    elu = Conversation(packaged, packaged_understanding, database, TODAY)
    await elu.says("test d'éligibilité")
    await elu.presses("Vérifier mon éligibilité")
    await elu.says(typed)

    assert elu.buttons[0].startswith(name)


@pytest.mark.parametrize(
    "typed",
    [
        "la commune voudrait envoyer un jeune",
        "le maire est d'accord",
        "une ville qui accueille",
        "ma région",
        "maire de Bamako",
    ],
)
def test_a_kind_that_is_spoken_of_names_nobody(register: Register, typed: str) -> None:
    assert not named_within(typed, register)


@pytest.mark.parametrize("typed", ["combien ça coûte à la commune", "la demande du maire et, ensuite, du conseil"])
def test_a_kind_and_little_words_name_no_authority(register: Register, typed: str) -> None:
    told = mentioned(typed, register)
    assert told is not None
    assert told.authority is None  # « maire et » is not Mairé


@pytest.mark.parametrize("typed", ["ville ", "commune de Saint ", "A.B.", "maire, x "])
def test_the_register_is_looked_into_a_few_times_whatever_is_typed(
    register: Register, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    looked_up: list[str] = []

    def find(name: str, _: int) -> list[Candidate]:
        looked_up.append(name)
        return []

    monkeypatch.setattr(register, "find", find)
    text = (typed * 400)[:1500]
    mentioned(text, register)
    certain(names_alone(text), register)
    assert len(looked_up) < 25


@pytest.mark.parametrize("typed", ["SMAVD", "smictom du haut buech", "Union des Deux Rives", "pays de la Haute-Truche"])
def test_names_of_bodies_are_names(register: Register, typed: str) -> None:
    assert register.own_names.may_be(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "le département",
        "notre commune",
        "l'eau potable",
        "permaculture",
        "nous voulons accueillir",
        "12",
        "",
        "LE SPORT",
    ],
)
def test_what_is_no_body_is_no_name(register: Register, typed: str) -> None:
    assert not register.own_names.may_be(typed)


async def test_back_typed_at_an_end_shows_the_answers(elu: Conversation) -> None:
    await elu.says("le Togo")

    assert "Quelle réponse voulez-vous changer" in await elu.says("retour")


async def test_a_correction_typed_once_all_is_answered_changes_the_answer(elu: Conversation) -> None:
    await elu.says("Communauté de Trucmuche-les-Oies")
    await elu.says("jsp")
    await _case(elu)

    said = await elu.says("je voulais dire la Jordanie")
    assert "C’est corrigé\xa0: Pays, Pas encore choisi → Jordanie" in said
    assert "Jordanie." in said


async def test_an_answer_in_own_words_edited_where_it_was_typed_is_said_back(elu: Conversation) -> None:
    await elu.says("Communauté de Trucmuche-les-Oies")
    for answer in ("jsp", "interco", "oui", "accueillir", "pas encore"):
        await elu.says(answer)
    typed = elu.session.brings(text="l'élevage caprin")
    await elu.feeds(typed)
    assert typed.message
    edited = typed.message.model_copy(update={"text": "l'élevage caprin et ovin", "edit_date": 1})

    said = await elu.feeds(Update(update_id=typed.update_id + 1_000, edited_message=edited))
    assert "C’est corrigé\xa0: Thème, priorité, l'élevage caprin → l'élevage caprin et ovin" in said


@pytest.mark.parametrize(("typed", "meant"), [("ouais", "Oui, une première"), ("nan", "Non\xa0: a déjà agi")])
async def test_a_familiar_yes_or_no_is_one_at_any_question(elu: Conversation, typed: str, meant: str) -> None:
    await elu.says("Communauté de Trucmuche-les-Oies")
    for answer in ("jsp", *REST[:-1], typed):
        await elu.says(answer)

    await elu.presses("Modifier une réponse")
    assert any(meant in label for label in elu.buttons)


@pytest.mark.parametrize("typed", ["non, pas celle-là", "c'est pas la bonne"])
async def test_the_authority_just_chosen_may_be_denied(elu: Conversation, typed: str) -> None:
    await elu.says("Rocamadour")
    await elu.says("oui")

    assert "Quelle collectivité" in await elu.says(typed)


async def test_a_theme_that_sounds_like_something_else_is_the_theme(elu: Conversation) -> None:
    await elu.says("Communauté de Trucmuche-les-Oies")
    for answer in ("jsp", "interco", "oui", "accueillir", "pas encore"):
        await elu.says(answer)

    assert "première action" in await elu.says("la jeunesse et l'engagement citoyen")


async def test_the_name_typed_again_confirms_what_was_said_before(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    person = Conversation(packaged, packaged_understanding, database, TODAY)
    await person.says("je travaille pour la collectivité de Saint-Martin aux Antilles, peut-on candidater ?")
    await person.says("test d'éligibilité")
    assert "c’est bien cela" in await person.presses("Vérifier mon éligibilité")

    assert "besoin d’être appuyés" in await person.says("collectivité de saint martin")


WHICH = "est-ce l’une de celles-ci"


@pytest.fixture
async def anyone(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    """Somebody who has said nothing yet."""
    return Conversation(packaged, packaged_understanding, database, TODAY)


@pytest.mark.parametrize(
    "typed", ["Le département du Gers est-il éligible ?", "la ville de Guéret peut-elle candidater ?"]
)
async def test_an_authority_named_in_a_question_is_confirmed_and_not_asked_again(
    anyone: Conversation, typed: str
) -> None:
    await anyone.says(typed)
    await anyone.presses("Vérifier mon éligibilité")

    assert "besoin d’être appuyés" in await anyone.says("oui c'est bien ça")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("je suis secrétaire à Guéret", "Guéret"), ("bonsoir, mairie de st leu a la réunion", "Saint-Leu")],
)
async def test_who_names_who_she_is_first_is_asked_whether_it_is_so(
    anyone: Conversation, typed: str, name: str
) -> None:
    await anyone.says(typed)
    await anyone.says("test d'éligibilité")

    assert f"Vous avez parlé de « {name} (commune" in (await anyone.presses("Vérifier mon éligibilité")).replace(
        "\xa0", " "
    )


@pytest.mark.parametrize("typed", ["est-ce que ma ville est éligible ?", "une commune peut-elle candidater ?"])
async def test_a_bare_kind_is_not_said_back_as_a_name(anyone: Conversation, typed: str) -> None:
    await anyone.says(typed)

    said = (await anyone.presses("Vérifier mon éligibilité")).replace("\xa0", " ")
    assert "Vous avez parlé de « Collectivité ou groupement »" in said


@pytest.mark.parametrize(
    ("typed", "name"), [("gueret", "Guéret"), ("Saint-Nolff", "Saint-Nolff"), ("elu de Mende", "Mende")]
)
async def test_a_town_typed_where_one_is_invited_to_say_who_one_is_begins_the_form(
    anyone: Conversation, typed: str, name: str
) -> None:
    await anyone.says("test d'éligibilité")

    assert f"Vous avez parlé de « {name} (commune" in (await anyone.says(typed)).replace("\xa0", " ")
    assert "besoin d’être appuyés" in await anyone.says("oui")


@pytest.mark.parametrize(
    "typed",
    [
        "on est la mairie de st martin, on voudrait savoir si on peut candidater",
        "la commune de saint martin dans le 66 peut candidater ?",
        "maire de saint-barthélemy, on peut candidater ?",
    ],
)
async def test_a_name_that_many_towns_bear_is_no_overseas_territory_and_which_one_is_asked(
    anyone: Conversation, typed: str
) -> None:
    assert "outre-mer" not in await anyone.says(typed)
    said = await anyone.presses("Vérifier mon éligibilité")
    assert ("est-ce l’une de celles-ci" in said) or ("Vous avez parlé de" in said)


async def test_the_territory_of_that_name_is_overseas(anyone: Conversation) -> None:
    assert "outre-mer" in await anyone.says("mairie de saint martin aux antilles, on peut candidater ?")


@pytest.mark.parametrize("typed", ["les dates", "merci", "combien ça coûte ?"])
async def test_what_names_nobody_there_is_answered(anyone: Conversation, typed: str) -> None:
    await anyone.says("test d'éligibilité")

    assert "Vous avez parlé de" not in await anyone.says(typed)


RENAMED = ("non désolée finalement c'est pour Mende", "non c'est Mende", "ah non, Mende", "oui mais plutôt Mende")


@pytest.mark.parametrize("typed", RENAMED)
@pytest.mark.parametrize("before", [("Rocamadour",), ("Rocamadour", "oui")], ids=["proposed", "chosen"])
async def test_another_name_takes_the_place_of_the_first(
    elu: Conversation, typed: str, before: tuple[str, ...]
) -> None:
    for one in before:
        await elu.says(one)

    assert f"« Mende » : {WHICH}" in (await elu.says(typed)).replace("\xa0", " ")


@pytest.mark.parametrize("typed", [*RENAMED, "le syndicat mixte de la Dordogne"])
async def test_another_name_takes_the_place_of_the_one_to_be_confirmed(anyone: Conversation, typed: str) -> None:
    await anyone.says("la commune de Rocamadour peut-elle candidater ?")
    await anyone.presses("Vérifier mon éligibilité")

    said = await anyone.says(typed)

    assert WHICH in said or "un syndicat de collectivités" in said


@pytest.mark.parametrize(
    ("name", "typed", "chosen"),
    [
        ("Melisey", "Celle de la Haute-Saône, je vous prie.", "Mélisey (commune, 70"),
        ("Saint-Aubin", "aucune de celles-là, celle du Jura", "Saint-Aubin (commune, 39"),
        ("Rocamadour", "oui rocamadour la 1ère", "Rocamadour (commune, 46"),
    ],
)
async def test_which_of_them_is_told_with_words_around_it(
    elu: Conversation, name: str, typed: str, chosen: str
) -> None:
    await elu.says(name)

    assert f"✓ Collectivité : {chosen}" in (await elu.says(typed)).replace("\xa0", " ")


@pytest.mark.parametrize("typed", ["220500017", "SIREN 233 500 016", "22050001700012"])
async def test_a_number_that_the_register_lacks_is_said_to_be_missing_and_kept(elu: Conversation, typed: str) -> None:
    told = await elu.says(typed)
    assert "mon registre n’a pas tous les numéros SIREN" in told
    assert "Écrivez le nom" in told

    await elu.says("je ne sais pas")

    assert typed in await _case(elu)


async def test_the_number_of_a_commune_proposes_it(elu: Conversation) -> None:
    await elu.says("210500617")

    assert elu.buttons[0].startswith("Gap (commune")


@pytest.mark.parametrize("typed", ["les TAAF", "Terres australes et antarctiques françaises", "îles Kerguelen"])
async def test_an_overseas_territory_that_no_register_has_is_told_what_the_sources_say(
    packaged: Content, packaged_understanding: Understanding, database: Database, typed: str
) -> None:
    prefect = Conversation(packaged, packaged_understanding, database, TODAY)
    await prefect.says("test d'éligibilité")
    await prefect.presses("Vérifier mon éligibilité")

    assert "Terres australes et antarctiques françaises (TAAF), que le registre" in await prefect.says(typed)
    for answer in ("oui", "envoyer", "pas encore", "la biodiversité", "oui"):
        verdict = await prefect.says(answer)

    assert "Les outre-mer sont visés" in verdict
    assert "faciliter l’accès des collectivités éloignées" in await prefect.presses("Le détail, les sources")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("laquelle est dans le 63 ?", "Villeneuve (commune, 63"),
        ("celle du 33 je crois", "Villeneuve (commune, 33"),
    ],
)
async def test_the_departement_of_the_one_that_is_meant_may_be_asked_about(
    elu: Conversation, typed: str, meant: str
) -> None:
    await elu.says("villeneuve")

    assert f"✓ Collectivité\xa0: {meant}" in await elu.says(typed)


async def test_a_name_said_for_who_one_is_that_the_register_lacks_is_not_passed_over(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    mayor = Conversation(packaged, packaged_understanding, database, TODAY)
    await mayor.says("test d'éligibilité")
    await mayor.presses("Vérifier mon éligibilité")

    assert "Je ne trouve pas «\xa0commune de Mata-Utu\xa0»" in await mayor.says("commune de Mata-Utu")
    assert "✓ Collectivité\xa0: commune de Mata-Utu" in await mayor.says("commune de Mata-Utu")
