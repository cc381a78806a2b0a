"""Applicants who type everything, as on a telephone: what each says is taken, and nothing that nobody said."""

import pytest

from bot.database.database import Database
from knowledge.content.models import Content
from knowledge.questionnaire.affirming import affirms
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation

FOREIGN = "collectivité étrangère peut participer comme partenaire"
NEED = "besoin d’être appuyés"


@pytest.fixture
async def person(packaged: Content, packaged_understanding: Understanding, database: Database) -> Conversation:
    """Somebody at the first question."""
    conversation = Conversation(packaged, packaged_understanding, database, TODAY)
    await conversation.says("test d'éligibilité")
    await conversation.presses("Vérifier mon éligibilité")
    return conversation


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["bonjour, je suis le maire", "Saint Nolff dans le morbihan", "oui c'est elle"], NEED),
        (["Région Occitanie", "oui"], NEED),  # named at once: not asked again
        (["Saint-Nolff", "la commune"], NEED),
        (["le CCAS de Rennes"], "un centre communal d’action sociale"),
        (["pompiers du 35"], "un service départemental d’incendie"),
        (["un syndicat"], "Quelle collectivité"),
        (["syndicat mixte du bassin de l'Agout"], "un syndicat de collectivités"),
        (["comité de jumelage de Pornic"], "C’est la collectivité qui candidate"),
        (["RRMA Centraider"], "Avez-vous l’agrément"),
        (["conseillère municipale mais à titre perso"], "une personne n’y candidate pas, même élue"),
        (["maire de Bamako"], FOREIGN),
        (["je suis maire de Bruges en Belgique"], FOREIGN),
        (["mairie", "Thiès", "au Sénégal"], FOREIGN),
        (["mairie", "Saint-Louis", "non, Saint-Louis du Sénégal"], FOREIGN),
        (["mairie", "Province de Liège", "Belgique"], FOREIGN),
        (["mairie", "Melle", "celle du 79", "la commune"], NEED),
        (["mairie", "Grand Lyon", "la métropole"], NEED),
    ],
)
async def test_who_one_is_is_said_in_words(person: Conversation, typed: list[str], said: str) -> None:
    told = [await person.says(one) for one in typed]

    assert said in told[-1]


async def test_what_is_said_is_what_the_case_tells(person: Conversation) -> None:
    answers = {
        "une grande ville": "Quelle collectivité",
        "Aubagne": "est-ce l’une de celles-ci",
        "la ville": NEED,
        "👍🏽": "Que voudriez-vous faire",
        "j'hésite entre les deux": "un pays en vue",
        "non en fait accueillir": "C’est corrigé",
        "Thiès": "dans quel pays est-ce",
        "au Sénégal": "thème",
        "je sais pas encore": "première action",
    }
    for typed, follows in answers.items():
        assert follows in await person.says(typed)

    verdict = await person.says("non, on a une asso partenaire depuis 1995")

    assert "Votre cas : Aubagne (commune, 13, 47 529 hab.) · Accueillir un volontaire · Sénégal." in verdict.replace(
        "\xa0", " "
    ).replace("\u202f", " ")
    assert "« Thiès, au Sénégal »" in (await person.presses("Le détail, les sources")).replace("\xa0", " ")


async def test_a_name_that_looks_like_a_request_is_the_name_of_an_organisation(person: Conversation) -> None:
    for typed in ("une ONG", "fondation", "les deux agréments", "tout le temps", "oui"):
        await person.says(typed)

    assert "Agréments VSI et service civique · Fondation Exemple" in await person.says("Fondation Exemple")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("quelle est la date limite ?", "19 mai 2025"),
        ("c'est quoi un VSI", "volontaire de solidarité internationale"),
        ("pourquoi vous demandez ça", "Rien ne part avant votre dernier accord"),
        ("et si je me trompe ?", "tout se corrige"),
        ("qui va lire ça ?", "Revenons à la question"),
    ],
)
async def test_at_every_typed_detail_a_question_is_answered_and_the_detail_asked_again(
    person: Conversation, asked: str, said: str
) -> None:
    for typed in ("asso", "volontariat", "VSI", "oui", "oui", "Volontaires du Lac"):
        await person.says(typed)
    await person.presses("Envoyer à l’équipe")
    await person.presses("J’accepte")
    for detail in ("Jeanne Plantée", "maire adjointe", "jeanne@mairie-exemple.fr", "06 12 34 56 78"):
        open_one = person.replies[-1].text

        told = await person.says(asked)

        assert said in told.replace("\xa0", " ")
        assert person.replies[-1].text == open_one
        await person.says(detail)
    assert "Un message pour l’équipe" in (person.replies[-1].text or "")


@pytest.mark.parametrize("asked", ["pourquoi vous demandez ça", "c'est quoi un VSI", "qui va lire ça ?"])
async def test_a_question_is_no_name_of_an_organisation(person: Conversation, asked: str) -> None:
    for typed in ("RRMA", "aucun", "jamais", "non"):
        await person.says(typed)

    await person.says(asked)

    assert "nom de votre organisme" in (person.replies[-1].text or "")
    assert "Pierre Comment" in await person.says("Pierre Comment")


AUTHORITY = ("mairie", "Rocamadour", "oui")
ASSOCIATION = ("association", "association de volontariat", "vsi")


async def _told(person: Conversation, typed: tuple[str, ...]) -> str:
    """What the last of these messages is answered, in plain spaces."""
    for one in typed:
        said = await person.says(one)
    return said.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    "typed",
    [
        *("oui, personne chez nous ne sait monter ça, il nous faudrait de l'aide", "On en a effectivement le besoin"),
        *("si", "si si", "sim", "il nous faudrait un appui", "pas les moyens de faire ça seuls"),
    ],
)
async def test_a_need_is_told_in_many_words(person: Conversation, typed: str) -> None:
    assert "Que voudriez-vous faire" in await _told(person, (*AUTHORITY, typed))
    await _told(person, ("accueillir", "pas encore", "la santé", "oui"))

    assert "Besoin d’appui\xa0: Oui" in await person.presses("Le détail, les sources")


@pytest.mark.parametrize(
    "typed", ["ni l'un ni l'autre pour l'instant", "aucun des deux", "ni accueillir ni envoyer pour le moment"]
)
async def test_neither_of_the_two_leaves_the_project_open(person: Conversation, typed: str) -> None:
    assert "un pays en vue" in await _told(person, (*AUTHORITY, "oui", typed))
    await _told(person, ("pas encore", "la santé", "oui"))

    assert "Projet\xa0: Je ne sais pas" in await person.presses("Le détail, les sources")


@pytest.mark.parametrize(
    "typed", ["prendre qqun chez nous", "on voudrait en héberger un", "prendre un jeune d'ailleurs"]
)
async def test_to_take_somebody_in_is_to_host(person: Conversation, typed: str) -> None:
    told = await _told(person, (*AUTHORITY, "oui", typed, "pas encore", "la santé", "jamais rien fait"))

    assert "Accueillir un volontaire" in told


@pytest.mark.parametrize(
    ("before", "typed", "name"),
    [
        ("une école", "mairie d'Ambert", "Ambert (commune"),
        ("une entreprise", "conseil départemental du Lot", "Lot (département"),
        ("la préfecture de la Creuse", "le département de la Creuse", "Creuse (département"),
    ],
)
async def test_an_authority_named_where_one_s_own_path_ended_begins_the_other(
    person: Conversation, before: str, typed: str, name: str
) -> None:
    await _told(person, (before, typed))

    assert any(name in label for label in person.buttons)
    assert NEED in await person.says("oui")


@pytest.mark.parametrize("typed", ["l'école de la ville d'Ambert", "et la mairie d'Ambert, elle peut ?", "merci"])
async def test_what_names_no_other_applicant_there_begins_nothing(person: Conversation, typed: str) -> None:
    await _told(person, ("une école", typed))

    assert not any("Ambert" in label for label in person.buttons)


@pytest.mark.parametrize("typed", ["on n'a pas le besoin", "non, aucune aide"])
async def test_a_need_that_is_denied_is_none(person: Conversation, typed: str) -> None:
    await _told(person, (*AUTHORITY, typed, "accueillir", "pas encore", "la santé", "oui"))

    assert "Besoin d’appui\xa0: Non" in await person.presses("Le détail, les sources")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("on enverrait un jeune et on en recevrait un", "Accueillir et envoyer"),
        ("envoyer d'abord, recevoir ensuite", "Accueillir et envoyer"),
        ("un des nôtres part et un des leurs vient, un échange", "Accueillir et envoyer"),
        ("bon bah les 2, on reçoit et on envoie", "Accueillir et envoyer"),
        ("que des jeunes d'ici partent au loin", "Envoyer un volontaire"),
        ("recevoir plutôt qu'envoyer", "Accueillir un volontaire"),
        ("envoyer, pas accueillir", "Envoyer un volontaire"),
    ],
)
async def test_which_way_is_told_in_many_words(person: Conversation, typed: str, said: str) -> None:
    assert f"· {said}" in await _told(person, (*AUTHORITY, "oui", typed, "pas encore", "la santé", "oui"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("pas énormément", "Un peu (« pas énormément »)"),
        ("0", "Non, pas encore"),
        ("selon les années", "Un peu (« selon les années »)"),
        ("un ou deux l'an passé", "Oui (« un ou deux l'an passé »)"),
        ("genre 3 par an", "Oui (« genre 3 par an »)"),
        ("pas vraiment, on débute", "Non, pas encore (« pas vraiment, on débute »)"),
        ("une trentaine par an depuis 2010", "Oui (« une trentaine par an depuis 2010 »)"),
        ("souvent", "Oui, régulièrement"),
        ("trois, tous les ans", "Oui, régulièrement (« trois, tous les ans »)"),
        ("oui", "Oui"),
        ("oui bien sûr", "Oui (« oui bien sûr »)"),
        ("2 volontaires par an", "Oui (« 2 volontaires par an »)"),
        ("trois", "Oui (« trois »)"),
        ("3", "Oui (« 3 »)"),  # not the third answer, which is « Non, pas encore »
        ("20", "Oui (« 20 »)"),
        ("12 VSI", "Oui (« 12 VSI »)"),
        ("un", "Oui (« un »)"),
        ("des centaines", "Oui (« des centaines »)"),
    ],
)
async def test_how_many_are_sent_is_kept_as_it_was_told(person: Conversation, typed: str, said: str) -> None:
    await _told(person, (*ASSOCIATION, typed, "six communes", "Les Amis du Lac"))

    details = (await person.presses("Le détail, les sources")).replace("\xa0", " ").replace("’", "'")
    assert f"• Déploiement : {said}\n" in details
    assert "Accompagnement : Oui (« six communes »)" in details


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("oui", "Oui"),
        ("oui on peut", "Oui (« oui on peut »)"),
        ("4", "Oui (« 4 »)"),
        ("une dizaine", "Oui (« une dizaine »)"),
        ("oui, on en accompagne trois", "Oui, déjà en place (« oui, on en accompagne trois »)"),
        ("oui, ce serait nouveau", "Oui, ce serait nouveau"),
        ("on pourrait en accompagner trois", "Oui, ce serait nouveau (« on pourrait en accompagner trois »)"),
    ],
)
async def test_who_can_is_not_said_to_do_it_already(person: Conversation, typed: str, said: str) -> None:
    await _told(person, (*ASSOCIATION, "oui", typed, "Les Amis du Lac"))

    details = (await person.presses("Le détail, les sources")).replace("\xa0", " ").replace("’", "'")
    assert f"• Accompagnement : {said}\n" in details


@pytest.mark.parametrize(
    "typed",
    [
        *("on change, ce sera le Togo plutôt que la Roumanie", "à la place de la Roumanie mettez le Togo"),
        *(
            "le Togo au lieu de la Roumanie",
            "la Roumanie c'est fini, ce sera le Togo",
            "on abandonne la Roumanie pour le Togo",
        ),
    ],
)
@pytest.mark.parametrize("before", [(), ("la santé", "oui")], ids=["before the theme", "after the verdict"])
async def test_a_country_left_for_another_leaves(person: Conversation, typed: str, before: tuple[str, ...]) -> None:
    said = await _told(person, (*AUTHORITY, "oui", "envoyer", "Roumanie", *before, typed))

    assert "Pays, Roumanie → Togo\n" in f"{said}\n"


async def test_a_country_preferred_to_another_is_the_one(person: Conversation) -> None:
    said = await _told(person, (*AUTHORITY, "oui", "envoyer", "le Bénin plutôt que le Togo"))

    assert "✓ Pays : Bénin (" in said
    assert "Togo (" not in said


@pytest.mark.parametrize(
    ("typed", "theme"),
    [
        ("la restauration des murets, les pierres sèches quoi", "la restauration des murets, les pierres sèches"),
        ("des vergers quoi", "des vergers"),
        ("l'océan quoi, le lagon", "l'océan, le lagon"),
        ("bah la mer quoi", "la mer"),
    ],
)
async def test_a_theme_may_hold_a_word_that_elsewhere_asks(person: Conversation, typed: str, theme: str) -> None:
    assert "première action" in await _told(person, (*AUTHORITY, "oui", "envoyer", "pas encore", typed))

    await person.says("oui")
    details = (await person.presses("Le détail, les sources")).replace("\xa0", " ").replace("’", "'")
    assert f"Thème, priorité : {theme}\n" in details


@pytest.mark.parametrize("typed", ["ça sert à quoi", "vous financez quoi"])
async def test_what_asks_stays_a_question(person: Conversation, typed: str) -> None:
    said = await _told(person, (*AUTHORITY, "oui", "envoyer", "pas encore", typed))

    assert "Revenons à la question" in said


async def test_a_local_body_is_shown_the_way_of_its_kind(person: Conversation) -> None:
    assert "C’est la collectivité qui candidate" in await person.says("on est le foyer rural")


@pytest.mark.parametrize(
    "typed",
    [
        *("oui c bien ça", "c'est exactement ça", "c'est exactement celle-là merci", "tout à fait exact"),
        *("voilà c'est la bonne", "oui c'est elle exactement", "c bon"),
    ],
)
async def test_yes_in_many_words_is_the_one_authority_that_is_proposed(person: Conversation, typed: str) -> None:
    assert NEED in await _told(person, ("mairie", "Savines-le-Lac", typed))


@pytest.mark.parametrize("typed", ["oui c bien ça", "c'est exactement ça"])
async def test_yes_to_several_authorities_asks_which(person: Conversation, typed: str) -> None:
    told = await _told(person, ("mairie", "Embrun", typed))

    assert "Il y en a plusieurs : laquelle" in told.replace("\xa0", " ")
    assert NEED in await person.says("la commune")


@pytest.mark.parametrize("typed", ["oui la commune", "merci bien", "pas ça", "c'est bien ça ?"])
def test_what_says_something_else_is_no_yes(typed: str) -> None:
    assert not affirms(typed)


async def test_what_was_said_before_is_confirmed_in_many_words(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    dgs = Conversation(packaged, packaged_understanding, database, TODAY)
    await dgs.says("je suis DGS d'Ambert")
    await dgs.says("test d'éligibilité")
    assert "c’est bien cela" in await dgs.presses("Vérifier mon éligibilité")

    assert NEED in await dgs.says("c'est exactement ça")
