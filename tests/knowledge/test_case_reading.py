"""What is answered to somebody in particular: which entry, and how it begins."""

from collections.abc import Callable

import pytest

from knowledge.content.models import Content
from knowledge.questionnaire.countries import usual_names
from knowledge.understanding.decision import Answer, Reading
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY

Ask = Callable[[str], Reading]


@pytest.fixture
def ask(packaged_understanding: Understanding) -> Ask:
    return lambda typed: packaged_understanding.read(typed, today=TODAY)


def the_answer(reading: Reading) -> Answer:
    (answer,) = reading.answers
    return answer


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("on est une commune de 800 hab dans le Gers, on peut participer ?", "eligibilite-petite-commune"),
        ("on peut ?", "eligibilite"),
        ("le rectorat de Guadeloupe peut-il candidater ?", "eligibilite-autre"),
        ("la préfecture de Mayotte peut participer ?", "eligibilite-autre"),
        ("une commune du Maroc peut-elle candidater ?", "eligibilite-autre"),
        ("l'antenne d'une asso en Martinique peut répondre à l'appel ?", "eligibilite-organisme"),
        ("on est un réseau régional à Mayotte, on peut candidater au nom des communes ?", "eligibilite-organisme"),
        ("on est à Saint-Martin-d'Hères, combien ça coûte ?", "reste-a-charge"),
        ("je m'appelle Martine, comment vous écrire ?", "contact"),
        ("comment une commune peut-elle candidater ?", "postuler"),
        ("jusqu'à quand une interco peut-elle répondre ?", "dates-cles"),
        ("à partir de quand un département peut-il déposer ?", "dates-cles"),
        ("L'AMI 5 est sorti ?", "appel-en-cours"),
        ("AMI 2026 ?", "appel-en-cours"),
        ("qui est le directeur ?", "contact"),
        ("combien d'abandons en cours de mission ?", "contact"),
        ("je ne veux pas candidater, juste savoir ce que c'est", "presentation"),
        ("vu que l'État paie tout on n'a rien à sortir ?", "reste-a-charge"),
        ("je suis pas élu je suis secrétaire de mairie, je peux faire la demande ?", "eligibilite-collectivite"),
        ("on n'est pas une collectivité, on est une entreprise, on peut candidater ?", "eligibilite-autre"),
        ("1 siaep peu postulé ?", "eligibilite-collectivite"),
        ("la wilaya d'Oran peut-elle participer ?", "eligibilite-autre"),
        ("Je suis maire d'une commune du Bénin, comment accueillir un volontaire français ?", "eligibilite-autre"),
        ("notre ONG creuse des forages au Tchad, pourrait-on accueillir un volontaire ?", "eligibilite-organisme"),
        ("je dirige un Ehpad, pourrait-on recevoir un volontaire chez nous ?", "eligibilite-autre"),
        ("moi je veux partir au Mali aider les gens, comment je m'inscris", "eligibilite-particulier"),
        ("les TAAF peuvent candidater ?", "eligibilite-outre-mer"),
        ("la chambre de métiers de Mayotte peut participer ?", "eligibilite-autre"),
        ("la ville de Gap peut participer ?", "eligibilite-collectivite"),
        ("la ville de Apt peut participer ?", "eligibilite-collectivite"),
        ("notre mairie est sur une île du Pacifique, peut-elle candidater ?", "eligibilite-outre-mer"),
        ("le grand langres peut il participer", "eligibilite-collectivite"),
        ("causses et vallée de la dordogne peut candidater ?", "eligibilite-collectivite"),
        ("adjointe au maire de Koudougou, comment candidater ?", "eligibilite-autre"),
        ("mairie d'un village togolais, on voudrait candidater", "eligibilite-autre"),
    ],
)
def test_act_and_actor_lead_to_the_entry(ask: Ask, typed: str, topic: str) -> None:
    assert [answer.topic for answer in ask(typed).answers] == [topic]


def test_the_first_sentence_tells_this_persons_case(ask: Ask) -> None:
    lead = the_answer(ask("on est une commune de 800 hab dans le Gers, on peut participer ?")).lead

    assert lead.startswith("Une commune de 800 habitants (Gers) peut a priori candidater")
    assert "aucune taille minimale" in lead
    assert "le pays" in lead


def test_a_body_that_is_no_applicant_is_told_so_wherever_it_lies(ask: Ask) -> None:
    lead = the_answer(ask("le rectorat de Guadeloupe peut-il candidater ?")).lead

    assert "parmi les candidats" in lead
    assert "outre-mer" in lead
    assert "a priori candidater" not in lead


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        (
            "Je suis conseiller communal à Cotonou. C'est nous qui demandons ou bien la ville française ?",
            "ville-etrangere",
        ),
        ("bjr moi c le maire de Ouahigouya, on peu envoyer nos jeune a Chambéry ?", "ville-etrangere"),
        ("I am from the city council of Tripoli, Lebanon. Est-ce que notre ville peut participer", "ville-etrangere"),
        ("notre commune au Bénin a un jumelage, comment on fait pour avoir un volontaire", "ville-etrangere"),
        (
            "Je représente une association de femmes à Bobo-Dioulasso. Pouvons-nous recevoir un service civique ?",
            "organisme-etranger",
        ),
        ("nous sommes une ONG sénégalaise basée à Thiès, on a pas d'agrément chez vous", "organisme-etranger"),
    ],
)
def test_who_speaks_from_abroad_is_told_that_a_french_body_applies_with_her(ask: Ask, typed: str, point: str) -> None:
    answer = the_answer(ask(typed))

    assert (answer.topic, answer.point) == ("eligibilite-autre", point)


def test_who_has_the_approval_is_told_yes_first(ask: Ask) -> None:
    answer = the_answer(
        ask("notre fédération a déjà l'agrément de service civique à l'international, on peut postuler")
    )

    assert answer.topic == "eligibilite-organisme"
    assert answer.lead.startswith("**Oui")


@pytest.mark.parametrize(
    "typed",
    [
        "Nous sommes une association de solidarité avec le Mali, peut-on candidater ?",
        "notre commune du Gers est jumelée avec Thiès, comment envoyer un jeune ?",
        "Le maire d'un village malien nous propose de travailler ensemble.",
    ],
)
def test_a_partner_abroad_is_not_the_one_who_speaks(ask: Ask, typed: str) -> None:
    assert not {"ville-etrangere", "organisme-etranger"} & {answer.point for answer in ask(typed).answers}


@pytest.mark.parametrize(
    "typed",
    [
        "jsuis en terminale a Aurillac je peux minscrire ou faut passer par ma mairie",
        "je suis au chômage, 23 ans, dans l'Allier. Ma mairie peut me faire partir ?",
        "Je cherche une mission à l'étranger, j'habite un village du Lot",
        "slt jsuis en master a lyon 2, cest possible de faire ca pdt ma cesure et garder ma bourse",
    ],
)
def test_to_a_young_person_her_town_and_school_are_only_mentioned(ask: Ask, typed: str) -> None:
    assert the_answer(ask(typed)).topic == "eligibilite-particulier"


def test_a_mayor_of_any_age_speaks_for_the_town(ask: Ask) -> None:
    answer = the_answer(ask("je suis maire d'une commune de 600 habitants, j'ai 62 ans, on peut candidater ?"))

    assert answer.topic == "eligibilite-petite-commune"


def test_a_person_stays_one_when_she_speaks_of_her_town(packaged_understanding: Understanding) -> None:
    speaker = packaged_understanding.speaker("Julie, 20 ans, je finis mon BTS. je peux partir ?")
    asked = "ma mère dit que je dois être inscrite par ma ville, c'est vrai ?"

    answer = the_answer(packaged_understanding.read(asked, today=TODAY, speaker=speaker))

    assert (answer.topic, answer.point) == ("eligibilite-particulier", "par-ma-mairie")


def test_who_spoke_from_abroad_and_would_receive_is_told_who_applies(packaged_understanding: Understanding) -> None:
    speaker = packaged_understanding.speaker("Bonjour. Je suis adjoint au maire à Nouakchott.")
    asked = "Nous voulons recevoir un volontaire français pour l'état civil. Comment on fait ?"

    answer = the_answer(packaged_understanding.read(asked, today=TODAY, speaker=speaker))

    assert (answer.topic, answer.point) == ("eligibilite-autre", "ville-etrangere")


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("Nous sommes un département engagé au Mali depuis vingt ans : sommes-nous hors cible ?", "deja-experimentee"),
        ("une commune de 800 habitants peut candidater ?", ""),
    ],
)
def test_what_else_is_asked_of_a_case_follows_its_first_sentence(ask: Ask, typed: str, point: str) -> None:
    told = ask(typed).answers[0]

    assert told.point == point
    assert "peut a priori candidater" in (told.case if point else told.lead)


@pytest.mark.parametrize(
    ("typed", "topic", "point"),
    [
        ("on est dans le Finistère, quel opérateur ?", "appui-operationnel", "bretagne"),
        ("je suis en Guyane, y a-t-il une antenne près de chez nous ?", "antennes", "guyane"),
        ("y a-t-il une antenne de France Volontaires en Vendée ?", "antennes", "hexagone"),
        ("quel réseau régional dans le Gers ?", "rrma", "occitanie"),
    ],
)
def test_of_points_for_several_places_the_one_for_this_place_is_told(
    ask: Ask, typed: str, topic: str, point: str
) -> None:
    assert [(answer.topic, answer.point) for answer in ask(typed).answers] == [(topic, point)]


def test_what_else_is_asked_of_a_country_follows_its_sentence(ask: Ask) -> None:
    told = ask("peut-on envoyer un VSI en Haïti malgré la guerre ?").answers[0]

    assert told.case.startswith("**Haïti")
    assert told.point == "securite"


def test_inhabitants_are_of_an_authority(ask: Ask) -> None:
    told = ask("une entreprise de 400 habitants peut candidater ?").answers[0].lead

    assert told.startswith("Une entreprise ne figure pas")


@pytest.mark.parametrize(
    "typed",
    [
        "agente à la Région, je voudrais savoir si un lycée peut recevoir le volontaire dans ses murs",
        "adjointe, est-ce que le volontaire de la ville pourrait intervenir à l'EHPAD ?",
    ],
)
def test_where_an_authority_would_place_somebody_is_no_applicant(ask: Ask, typed: str) -> None:
    assert [(answer.topic, answer.point) for answer in ask(typed).answers] == [("eligibilite-autre", "lieu-d-accueil")]


def test_nothing_is_said_of_a_case_that_nobody_told(ask: Ask) -> None:
    assert the_answer(ask("qui peut candidater ?")).lead == ""


@pytest.mark.parametrize(
    "typed",
    [
        "nous sommes une petite ville de 3000 habitants en Bretagne",
        "DGS de la communauté de communes du Haut-Allier",
        "Martin Dupont, DGS",
        "Je préside le SIVU des Trois Vallons",
        "on ne veut pas candidater",
    ],
)
def test_who_asks_nothing_is_acknowledged_and_offered_a_way_on(ask: Ask, packaged: Content, typed: str) -> None:
    reading = ask(typed)

    assert reading.kind == "acknowledgement"
    assert reading.acknowledgement is not None
    assert 2 <= len(reading.acknowledgement.topics) <= 3
    assert set(reading.acknowledgement.topics) <= set(packaged.topics)


@pytest.mark.parametrize(
    "typed", ["je suis maire, combien ça coûte", "DGS, reste à charge ?", "bonjour, je suis élu, c'est quoi un VSI"]
)
def test_who_presents_herself_and_asks_is_answered(ask: Ask, typed: str) -> None:
    assert ask(typed).kind == "answer"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("L'AMI 5 est sorti ?", "je ne sais ni"),
        ("qui est le directeur ?", "Je ne connais le nom d’aucune personne"),
        ("combien d'abandons en cours de mission ?", "pas dans mes documents"),
        ("quel est votre numéro de téléphone direct ?", "aucun numéro de téléphone"),
        ("combien de VSI sur le total ?", "69 VSI"),
    ],
)
def test_a_precise_question_gets_one_sentence_not_the_entry_next_door(ask: Ask, typed: str, said: str) -> None:
    answer = the_answer(ask(typed))

    assert said in answer.lead
    assert answer.is_brief


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("et le Laos ou la Mongolie ?", ["Laos et Mongolie", "je ne sais pas"]),
        ("Vanuatu et Allemagne, possible ?", ["Vanuatu", "envoyés là", "Allemagne", "non, d’après la règle"]),
        ("et le Burkina, le Mali, le Liban ?", ["Burkina Faso et Liban", "pas d’envoi", "Mali", "je ne sais pas"]),
    ],
)
def test_each_of_several_countries_is_answered(ask: Ask, typed: str, said: list[str]) -> None:
    lead = the_answer(ask(typed)).lead

    assert [one for one in said if one not in lead] == []


@pytest.mark.parametrize(
    ("typed", "said", "unsaid"),
    [
        ("l'Arménie c'est possible ?", "accueillis en France, mais pas d’envoi", "envoyés là"),
        ("et le Cambodge ?", "envoyés là", "accueillis"),
        ("Madagascar c'est bon ?", "accueillis en France", "pas d’envoi"),
    ],
)
def test_where_volunteers_were_sent_is_told_from_where_they_came(ask: Ask, typed: str, said: str, unsaid: str) -> None:
    lead = the_answer(ask(typed)).lead

    assert said in lead
    assert unsaid not in lead


def test_hosting_somebody_of_a_country_is_answered_for_that_country_first(ask: Ask) -> None:
    answer = the_answer(ask("on voudrait faire venir un jeune d'Arménie, possible ?"))

    assert answer.topic == "reciprocite"
    assert "Arménie" in answer.lead


@pytest.mark.parametrize("asked", ["et {} ?", "{}, c'est possible ?", "{} c'est bon ?"])
def test_every_country_gets_its_sentence(ask: Ask, packaged: Content, asked: str) -> None:
    assert packaged.situation is not None
    countries = packaged.situation.countries
    names = [ways[0] for ways in usual_names().values() if ways[0] not in countries.not_names]
    leads = {name: ask(asked.format(f"en {name}")).answers for name in names}

    assert len(names) > 150
    assert [name for name, found in leads.items() if [a.topic for a in found if a.lead] != [countries.topic]] == []


@pytest.mark.parametrize(
    ("typed", "topic", "said"),
    [
        ("c'est bien douze mois au minimum ?", "duree-missions", "Cela dépend"),
        ("vu que l'État paie tout on n'a rien à sortir ?", "reste-a-charge", "Je ne peux pas le confirmer"),
        ("on a pas de jumelage", "jumelage", "Ce n’est pas demandé"),
    ],
)
def test_what_is_taken_for_true_is_met_first(ask: Ask, typed: str, topic: str, said: str) -> None:
    answer = the_answer(ask(typed))

    assert answer.topic == topic
    assert said in answer.lead


def test_what_is_set_aside_is_not_answered(ask: Ask) -> None:
    reading = ask("je ne demande pas qui paie mais qui décide")

    assert [answer.topic for answer in reading.answers] == ["pilotage"]


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("Ce n'est pas le prix qui nous bloque, c'est le logement : on loge le volontaire où ?", "logement"),
        ("sans parler du VSI, c'est quoi un service civique à l'international ?", "service-civique"),
    ],
)
def test_what_is_said_not_to_be_the_matter_is_set_aside(ask: Ask, typed: str, topic: str) -> None:
    assert [answer.topic for answer in ask(typed).answers] == [topic]


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        (
            "Village de 290 habitants, une secrétaire à mi-temps : on peut se lancer, et ça coûterait combien ?",
            {"eligibilite-petite-commune", "reste-a-charge"},
        ),
        (
            "Maire à Mayotte : on a le droit d'y aller et ça coûte combien ?",
            {"eligibilite-outre-mer", "reste-a-charge"},
        ),
        (
            "on est un syndicat mixte, on est éligibles et où est le formulaire",
            {"eligibilite-collectivite", "postuler"},
        ),
    ],
)
def test_the_frame_of_one_clause_does_not_rule_the_others(ask: Ask, typed: str, topics: set[str]) -> None:
    assert {answer.topic for answer in ask(typed).answers} >= topics


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("une commune sans personnel peut-elle participer", "eligibilite-petite-commune"),
        ("Notre comité de jumelage peut-il servir à ça ?", "eligibilite-autre"),
        ("une association sans agrément, c'est possible", "eligibilite-autre"),
        ("Le Vietnam, ça marche ?", "pays"),
        ("À La Réunion, on peut candidater ?", "eligibilite-outre-mer"),
        ("quelle part d'outre-mer dans le programme ?", "eligibilite-outre-mer"),
        ("quelle part pour une commune de 500 habitants ?", "reste-a-charge"),
    ],
)
def test_the_words_may_lead_closer_than_act_and_actor(ask: Ask, typed: str, topic: str) -> None:
    assert [answer.topic for answer in ask(typed).answers] == [topic]


def test_whether_one_can_apply_is_told_once_of_whoever_is_named(ask: Ask) -> None:
    topics = [answer.topic for answer in ask("pour une association agréée : a-t-on le droit de candidater ?").answers]

    assert topics == ["eligibilite-organisme"]


@pytest.mark.parametrize("added", ["Paul Martinez, {}", "Bonjour, {}", "{} (59350)", "Vesoul : {}"])
@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("combien ça coûte à la commune ?", "reste-a-charge"),
        ("quelles pièces fournir ?", "pieces"),
        ("c'est quoi un VSI ?", "vsi"),
        ("combien de temps dure une mission ?", "duree-missions"),
    ],
)
def test_a_name_a_postcode_or_a_greeting_changes_nothing(ask: Ask, added: str, typed: str, topic: str) -> None:
    assert [answer.topic for answer in ask(added.format(typed)).answers] == [topic]


@pytest.mark.parametrize(
    "typed",
    ["Cordialement, Martin", "Bien à vous, Martin", "Cdlt, M. Laurent", "Merci. M. Martin", "cordialement, martin"],
)
def test_who_signs_is_no_island_of_that_name(ask: Ask, typed: str) -> None:
    assert [answer.topic for answer in ask(typed).answers] in (["remerciement"], [])


def test_answers_are_told_to_the_questionnaire(packaged_understanding: Understanding) -> None:
    told = packaged_understanding.told("une commune du Gers peut candidater pour envoyer au Togo ?")

    assert told["applicant"] == "authority"
    assert told["country"]["countries"] == ["TG"]


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("1) le coût 2) les pays 3) comment vous joindre", ["reste-a-charge", "pays", "contact"]),
        ("Premièrement qui porte le programme, deuxièmement qui le finance", ["porteur", "financement"]),
        ("Qui loge le volontaire ? D'autre part, les dates clés.", ["logement", "dates-cles"]),
    ],
)
def test_an_item_of_a_list_asks_whatever_its_form(ask: Ask, typed: str, topics: list[str]) -> None:
    assert [answer.topic for answer in ask(typed).answers] == topics


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("bonjour on sort de chez le notaire et il pleuvait alors faut-il un tuteur voilà merci", "tuteur"),
        ("En ma qualité de rapporteur, je sollicite la communication du nombre de volontaires", "chiffres-volontaires"),
        ("Dans le cadre de nos travaux, je vous saurais gré de m'indiquer qui porte le programme.", "porteur"),
        ("C'est réservé aux grandes métropoles, non ?", "eligibilite-petite-commune"),
        ("Les VSI sont bien des fonctionnaires, je me trompe ?", "vsi"),
    ],
)
def test_a_story_a_letter_and_a_claim_ask_what_is_in_them(ask: Ask, typed: str, topic: str) -> None:
    assert the_answer(ask(typed)).topic == topic


def test_thanks_before_a_question_are_met_and_it_is_answered(ask: Ask) -> None:
    assert ask("merci beaucoup, et sinon comment vous joindre ?").courtesy == "remerciement"
    assert not ask("comment vous joindre ? merci d'avance").courtesy
    assert not ask("merci beaucoup").courtesy  # an answer of its own


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("On m'a parlé des RRMA hier. À quoi ça sert exactement ?", ["rrma"]),
        ("Notre commune voudrait recevoir un volontaire du Togo, c'est envisageable ?", ["reciprocite"]),
        ("À qui puis-je adresser un courrier officiel ?", ["contact"]),
    ],
)
def test_what_names_nothing_asks_of_what_was_said_before(ask: Ask, typed: str, topics: list[str]) -> None:
    assert [answer.topic for answer in ask(typed).answers] == topics


def test_a_driving_licence_permits_nothing(packaged_understanding: Understanding) -> None:
    assert packaged_understanding.situation("il a le permis de son pays").acts == ()
    assert packaged_understanding.situation("est-il permis d'avoir deux volontaires").acts


@pytest.mark.parametrize(
    "typed",
    [
        "Ma nièce de 19 ans part au Bénin avec vous. Est-ce un organisme sérieux ?",
        "Notre association aide une école au Mali. Est-ce un organisme sérieux ?",
    ],
)
def test_who_it_is_for_before_a_question_is_not_answered(ask: Ask, typed: str) -> None:
    assert [answer.topic for answer in ask(typed).answers] == ["france-volontaires"]


def test_what_points_back_to_another_programme_is_not_ours(ask: Ask) -> None:
    reading = ask("Je cherche un V.I.E. chez Total en Angola, c'est vous qui gérez ?")

    assert not reading.answers
    assert any(unknown.near_miss for unknown in reading.unanswered)


@pytest.mark.parametrize("typed", ["on pensait à une jeune Espagnole", "on a pensé à un étudiant polonais"])
def test_a_nationality_with_little_beside_is_answered_as_its_country(ask: Ask, typed: str) -> None:
    assert "non, d’après la règle" in the_answer(ask(typed)).lead


def test_of_several_sentences_that_tell_nothing_clear_the_one_that_asks_gets_its_precise_sentence(ask: Ask) -> None:
    doubts = "Le Mali c'est bon pour le programme ? Parce que avec les problèmes politiques maintenant je suis pas sûr"

    assert the_answer(ask(doubts)).lead == the_answer(ask("Le Mali c'est bon pour le programme ?")).lead
    assert not ask("Je crois que c'est cassé. Vous connaissez un réparateur ? Merci de me dire").answers  # nor thanks


@pytest.mark.parametrize(
    "typed",
    [
        "Bonjour je suis maire d'une commune de 240 hab en Creuse, ma secrétaire est là le mardi et le jeudi matin et "
        "c'est tout. On m'a parlé de vos volontaires. Qui c'est qui fait les papiers si on en prend un, parce que moi "
        "j'ai pas le temps et elle non plus",
        "Sur l'appel le plus récent, les dix priorités visées sont celles du Conseil présidentiel de 2023 ou celles "
        "d'avril 2025 ? Notre coopération avec le cercle de Kayes porte sur l'état civil, je ne vois pas à laquelle la "
        "rattacher.",
        "La jeune femme arménienne qui doit arriver à la médiathèque en septembre n'a encore aucun rendez-vous au "
        "consulat. Qui s'occupe de cette démarche, elle ou nous ?",
    ],
)
def test_a_story_that_may_be_ours_is_not_refused(ask: Ask, typed: str) -> None:
    assert ask(typed).kind in ("answer", "choice")


@pytest.mark.parametrize(
    "typed",
    [
        "Je suis secrétaire de mairie et la machine à affranchir est en panne depuis lundi, le réparateur demande une "
        "fortune pour venir du chef-lieu jusque chez nous, connaissez-vous quelqu'un ?",
        "On a une association de parents d'élèves et on voudrait faire un loto, faut-il le déclarer aux impôts ?",
        "Le bus scolaire est passé avec vingt minutes d'avance, ma petite est restée sur le bord de la route. J'ai "
        "appelé la région, personne ne répond.",
    ],
)
def test_a_long_message_of_strangers_is_refused(ask: Ask, typed: str) -> None:
    assert ask(typed).kind == "unknown"


@pytest.mark.parametrize(
    "typed",
    [
        "Ma belle-sœur a 57 ans, elle tient une pharmacie qu'elle va vendre au printemps, et elle rêve de filer un "
        "coup de main à Madagascar avec notre commune. On lui a ri au nez à cause de son âge.",
        "Un collègue de 61 ans, ingénieur à l'assainissement, en retraite l'an prochain, voudrait partir au Togo dans "
        "le cadre de notre coopération. Trop vieux j'imagine.",
    ],
)
def test_in_a_story_with_nothing_else_clear_an_age_is_answered(ask: Ask, typed: str) -> None:
    assert the_answer(ask(typed)).point == "age-maximum"


@pytest.mark.parametrize(
    "typed",
    [
        "ma fille vient d'arrêter la fac et voudrait partir aider en Afrique. Elle peut s'inscrire chez vous ?",
        "mon neveu a quitté le lycée et veut s'engager, il peut ?",
    ],
)
def test_where_somebody_studied_does_not_apply_in_her_place(ask: Ask, typed: str) -> None:
    assert [answer.topic for answer in ask(typed).answers] == ["eligibilite-particulier"]


def test_items_of_which_something_is_asked_afterwards_are_no_questions(ask: Ask) -> None:
    reading = ask(
        "deux idées : 1) envoyer un VSI 18 mois 2) accueillir un service civique 8 mois. Les durées passent ?"
    )

    assert reading.answers[0].topic == "duree-missions"
    assert not reading.unanswered
