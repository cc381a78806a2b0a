"""What a message says of the conversation, and what it asks beside; what is near an act and is none."""

import pytest

from tests.conversation import Conversation

COST = "combien ça coûte à la commune ?"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Trop long ! Que doit faire ma commune cette semaine, en trois points ?", "postuler"),
        ("beaucoup trop long, donnez-moi juste la date limite", "dates-cles"),
        ("J'ai rien compris. Et qui recrute le volontaire ?", "recrutement"),
    ],
)
async def test_a_question_beside_a_repair_is_answered(elu: Conversation, text: str, topic: str) -> None:
    await elu.says(COST, text)
    assert elu.turn.topics == [topic]


@pytest.mark.parametrize(
    ("text", "screen"),
    [
        ("c'est trop long pour mes élus, vous pouvez condenser ?", "shorter"),
        ("Je comprends pas bien. Parler plus simple merci", "simpler"),
        ("je suis dans le train, faites court", "shorter"),
    ],
)
async def test_a_repair_in_two_sentences_is_one(elu: Conversation, text: str, screen: str) -> None:
    await elu.says("et pour le visa vous faites quoi", text)
    assert elu.turn.screen == screen


@pytest.mark.parametrize(
    "text",
    [
        "Merci de m'avertir à l'ouverture de la prochaine session, nous ne voulons pas la manquer",
        "tenez-nous informés, on n'a pas vu passer le dernier appel",
        "préviens nous quand ça ouvre, pas question de le rater",
    ],
)
async def test_alerts_are_asked_for_whatever_one_does_not_want_to_miss(elu: Conversation, text: str) -> None:
    shown = await elu.says(text)
    assert "Me prévenir" in shown


@pytest.mark.parametrize(
    "text", ["ne me prévenez plus", "je ne veux plus être prévenu des appels", "plus besoin de m'avertir"]
)
async def test_alerts_that_are_refused_are_not_offered(elu: Conversation, text: str) -> None:
    shown = await elu.says(text)
    assert "je ne vous écris jamais le premier" in shown


@pytest.mark.parametrize("text", ["c'est faux", "d'où tenez-vous ça ?"])
async def test_dates_have_sources_and_are_not_said_of_the_assistant(elu: Conversation, text: str) -> None:
    shown = await elu.says("quelles sont les dates clés ?", text)
    assert "Centraider" in shown


async def test_what_was_told_before_thanks_is_what_has_sources(elu: Conversation) -> None:
    shown = await elu.says("quelle est la durée d'une mission ?", "merci bien", "vos sources ?")
    assert "Onisep" in shown


async def test_only_the_assistant_speaks_of_itself(elu: Conversation) -> None:
    shown = await elu.says("qui êtes-vous ?", "vos sources ?")
    assert "parle de l’assistant" in shown


async def test_a_source_is_that_of_what_it_names(elu: Conversation) -> None:
    shown = await elu.says("combien de missions en tout ?", "qui finance ?", "sources des statistiques svp")
    assert (elu.turn.screen, elu.turn.topics[0]) == ("source", "financement")
    assert "Nombre de volontaires" in shown
    assert "(2024)" in shown


async def test_a_source_of_this_is_that_of_the_last_answer(elu: Conversation) -> None:
    shown = await elu.says("combien de missions en tout ?", "qui finance ?", "d'où sort ce chiffre ?")
    assert "Memento" in shown


@pytest.mark.parametrize("text", ["la préfecture nous l'a confirmé par mail", "ma cheffe me l'a certifié"])
async def test_what_somebody_else_confirmed_is_not_taken_for_a_fact(elu: Conversation, text: str) -> None:
    shown = await elu.says("un appel est-il ouvert ?", text)
    assert shown.startswith("Je ne peux pas le vérifier")


async def test_examples_are_those_of_other_entries_where_one_has_none(elu: Conversation) -> None:
    shown = await elu.says("la coopération décentralisée c'est quoi", "vous auriez des exemples ?")
    assert elu.turn.topics[0] == "laureats-cites"
    assert "Loire-Atlantique" in shown
    shown = await elu.says("un autre")
    assert elu.turn.topics[0] == "la-reunion"


async def test_a_condition_is_not_told_as_an_example(elu: Conversation) -> None:
    await elu.says("une commune peut-elle candidater ?", "un exemple ?")
    assert elu.turn.topics[0] == "laureats-cites"


async def test_why_after_a_country_is_the_rule(elu: Conversation) -> None:
    shown = await elu.says("notre ville jumelle est en Allemagne, un jeune de là-bas c'est bon ?", "zut, pourquoi ?")
    assert "aide au développement" in shown
    assert "je ne la connais pas" not in shown


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Je ne demande pas les conditions, je demande si on la formera avant.", "formation-depart"),
        ("je parle pas du service civique mais du VSI", "vsi"),
        ("ma question n'est pas qui paie, c'est qui recrute", "recrutement"),
    ],
)
async def test_what_is_denied_is_not_what_is_asked(elu: Conversation, text: str, topic: str) -> None:
    await elu.says(COST, text)
    assert elu.turn.topics[0] == topic


async def test_thanks_before_a_question_are_met_and_its_point_told(elu: Conversation) -> None:
    shown = await elu.says("qui recrute le volontaire ?", "maruru pour tout, et les jeunes faut quel âge")
    assert shown.startswith("Avec plaisir")
    assert elu.turn.point == "age"


async def test_who_insults_is_told_what_the_assistant_does_then_what_is_known(elu: Conversation) -> None:
    shown = await elu.says("encore un robot de merde payé par nous")
    assert "je réponds aux questions sur Territoires Volontaires" in shown
    assert "courtois" not in shown
    shown = await elu.says(COST, "tu sers à rien tu sais rien")
    assert "Ce que j’en sais" in shown


async def test_ones_project_is_summed_up_with_what_it_lacks(elu: Conversation) -> None:
    shown = await elu.says(
        "Nous sommes une commune du Var, peut-on candidater ?", "Résumez notre projet et ce qui manque, svp"
    )
    assert "Var" in shown
    assert "Collectivité ou groupement" in shown
    assert elu.buttons == ["Vérifier mon éligibilité"]


@pytest.mark.parametrize(
    "text",
    [
        "Je relirai ça dans l'avion, je rentre dimanche.",
        "On a voté le budget hier, dans la douleur.",
        "bon ben jvai en parler a ma mère ce soir",
    ],
)
async def test_what_is_told_by_the_way_is_thanked_for_not_answered(elu: Conversation, text: str) -> None:
    shown = await elu.says(COST, text)
    assert shown.startswith("Merci de me le dire. Quelle est votre question")


@pytest.mark.parametrize(
    "text", ["On a voté le budget hier, combien faut-il y inscrire ?", "Mon trésorier ne signera pas sans un chiffre."]
)
async def test_what_asks_is_not_taken_for_what_is_told(elu: Conversation, text: str) -> None:
    shown = await elu.says(text)
    assert "Merci de me le dire" not in shown


async def test_thanks_with_what_one_will_do_are_thanks(elu: Conversation) -> None:
    shown = await elu.says(COST, "merci, je vais en parler à mes adjoints")
    assert shown.startswith("Avec plaisir")


async def test_a_card_beside_an_answer_that_nothing_asked_for_is_a_line_and_a_button(elu: Conversation) -> None:
    text = "Je précise ma question : existe-t-il une liste de pièces, que je puisse préparer dès maintenant ?"
    shown = await elu.says(text)

    assert elu.turn.topics == ["pieces", "formation-depart"]
    assert "La formation au départ : Oui, mais la durée varie." in shown
    assert "Deux exemples" not in shown
    assert "La formation au départ" in elu.buttons


async def test_a_sentence_that_asks_is_answered_before_one_that_tells(elu: Conversation) -> None:
    await elu.says("Le maire veut faire venir un volontaire étranger. J'aimerais savoir combien ça coûte.")

    assert elu.turn.topics[0] == "reste-a-charge"


async def test_what_is_dictated_with_its_signs_is_read_with_them(elu: Conversation) -> None:
    await elu.says("bonjour virgule combien ça coûte point d'interrogation et c'est quoi un VSI")

    assert elu.turn.topics == ["reste-a-charge", "vsi"]


async def test_a_question_after_what_a_stock_reply_answers_is_answered_too(elu: Conversation) -> None:
    shown = await elu.says("J'ai déjà écrit deux fois par mail, sans retour. Il y a un téléphone ?")

    assert "délai de réponse" in shown
    assert (elu.turn.topics, elu.turn.point) == (["contact"], "telephone")


async def test_beside_another_an_entry_that_begins_with_a_list_says_the_list(elu: Conversation) -> None:
    shown = await elu.says("1) quelle est la date limite ? 2) combien de temps dure une mission ?")

    assert "de 6 à 12 mois" in shown
    assert "de 12 à 24 mois" in shown
