"""How well French is understood: floors under what `make bench` measures, on messages that nothing learns from."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.understanding.decision import Choice, Reading, Unknown, Why
from knowledge.understanding.understanding import Understanding
from knowledge.words.text import normalise
from tests.benchmarks.labelled import Labelled, asker, load, measure, noisy, rates
from tests.conftest import TODAY

EXAMPLES = [item for path in sorted((PACKAGED / "examples").glob("*questions*.yaml")) for item in load(path)]
AS_TYPED = (
    {"right": 88, "right or offered": 96, "several: all parts": 72},
    {"wrong": 3, "fooled": 5},
)
WITH_MISTAKES = (
    {"right": 85, "right or offered": 95, "several: all parts": 62},
    {"wrong": 4, "fooled": 7},
)


Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read(packaged_understanding: Understanding) -> Read:
    """Each message is read once for all tests."""
    return cache(partial(packaged_understanding.read, today=TODAY))


@pytest.mark.parametrize(
    ("items", "floors", "ceilings"),
    [(EXAMPLES, *AS_TYPED), (noisy(EXAMPLES), *WITH_MISTAKES)],
    ids=["as typed", "with more mistakes"],
)
def test_most_messages_are_understood(
    read: Read, packaged: Content, items: list[Labelled], floors: dict[str, float], ceilings: dict[str, float]
) -> None:
    found = rates(measure(items, asker(read, packaged)))

    assert {name: found[name] for name, floor in floors.items() if found[name] < floor} == {}
    assert {name: found[name] for name, ceiling in ceilings.items() if found[name] > ceiling} == {}


def test_nothing_learns_from_the_examples(packaged: Content) -> None:
    learnt = {normalise(phrase) for topic in packaged.topics.values() for phrase in topic.questions}
    learnt |= {normalise(phrase) for phrase in packaged.off_topic}

    assert [item.q for item in EXAMPLES if len(item.q.split()) > 3 and normalise(item.q) in learnt] == []


def test_examples_are_labelled_with_topics_that_exist(packaged: Content) -> None:
    def unknown(item: Labelled) -> set[str]:
        return {*item.topics, *item.accept} - {*packaged.topics, "hors-sujet"}

    assert [item.q for item in EXAMPLES if unknown(item)] == []


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("cb sa coute a la comune", "reste-a-charge"),
        ("V.S.I. ?", "vsi"),
        ("v s i c koi", "vsi"),
        ("COMBIEN ÇA COÛTE À LA COMMUNE", "reste-a-charge"),
        ("qui peu kandidaté", "eligibilite"),
        ("alors euh du coup je voulais savoir combien de temps dure une mission voilà merci", "duree-missions"),
        ("avec 280 habitants on peut candidater ?", "eligibilite-petite-commune"),
        ("une commune de Marie-Galante peut candidater ?", "eligibilite-outre-mer"),
        ("ma comcom peut candidater ?", "eligibilite-collectivite"),
        ("c'est quoi un erre erre ème a", "rrma"),
        ("le vé esse i ça veut dire quoi", "vsi"),
        ("Bonjour ! On peut encore candidater ?", "appel-en-cours"),
        ("je ne comprends pas ce qui reste à payer par une commune qui envoie un volontaire", "reste-a-charge"),
    ],
)
def test_french_as_typed_on_a_phone(packaged_understanding: Understanding, typed: str, topic: str) -> None:
    assert [answer.topic for answer in packaged_understanding.read(typed, today=TODAY).answers] == [topic]


@pytest.mark.parametrize(
    ("typed", "miss"),
    [
        ("un VTA pour ma commune", "vta"),
        ("le VIE c'est quoi", "vie"),
        ("V.I.E.", "vie"),
        ("je suis sapeur-pompier volontaire", "pompiers"),
        ("comment s'inscrire sur les listes électorales", "elections"),
        ("sur les listes électoralse", "elections"),
        ("on a droit à la DETR ?", "dotations"),
        ("le vta, faut un bac +2 pour postuler en mairie ?", "vta"),
    ],
)
def test_what_is_confused_with_the_programme_gets_its_redirection(
    packaged_understanding: Understanding, typed: str, miss: str
) -> None:
    (part,) = packaged_understanding.read(typed, today=TODAY).parts

    assert isinstance(part.decision, Unknown)
    assert part.decision.why == Why.NEAR_MISS
    assert part.decision.near_miss is not None
    assert part.decision.near_miss.id == miss


@pytest.mark.parametrize("word", ["soins", "concept", "concert", "nimes", "moisson", "conseille"])
def test_a_correct_word_is_never_corrected_into_another(packaged_understanding: Understanding, word: str) -> None:
    assert packaged_understanding.matcher.lexicon.corrected(word) == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("candidtaer", "candidater"), ("kandidature", "candidature"), ("colectivittes", "collectivites")],
)
def test_a_misspelt_word_is_read_as_the_one_meant(
    packaged_understanding: Understanding, typed: str, meant: str
) -> None:
    assert packaged_understanding.matcher.lexicon.corrected(typed) == meant


@pytest.mark.parametrize(
    ("typed", "topics", "miss"),
    [
        ("entre un VIE et un VSI on prend lequel", {"difference-vsi-service-civique", "vsi"}, "vie"),
        ("l'aide de tevo se cumule avec la DETR ?", {"autres-financements"}, "dotations"),
    ],
)
def test_a_question_of_ours_that_names_another_scheme_is_answered_and_redirected(
    packaged_understanding: Understanding, typed: str, topics: set[str], miss: str
) -> None:
    reading = packaged_understanding.read(typed, today=TODAY)

    assert {answer.topic for answer in reading.answers} <= topics
    assert reading.answers
    assert [unknown.near_miss.id for unknown in reading.unanswered if unknown.near_miss] == [miss]


@pytest.mark.parametrize("typed", ["le volontaire a besoin du permis de conduire ?", "nos volontaires et la piscine"])
def test_a_practical_question_on_volunteers_is_never_said_to_be_none_of_ours(
    packaged_understanding: Understanding, typed: str
) -> None:
    whys = {unknown.why for unknown in packaged_understanding.read(typed, today=TODAY).unanswered}

    assert not whys & {Why.NOT_OURS, Why.NEAR_MISS}


@pytest.mark.parametrize("typed", ["la vie est belle", "je suis en vie", "on verra via le site"])
def test_common_words_are_no_near_miss(packaged_understanding: Understanding, typed: str) -> None:
    assert not any(unknown.near_miss for unknown in packaged_understanding.read(typed, today=TODAY).unanswered)


def test_each_question_of_a_message_is_answered(packaged_understanding: Understanding) -> None:
    reading = packaged_understanding.read(
        "Bonjour, qui peut candidater, combien ça coûte à la commune et quelles pièces fournir ?", today=TODAY
    )

    assert [answer.topic for answer in reading.answers] == ["eligibilite", "reste-a-charge", "pieces"]


def test_one_question_told_at_length_is_one_question(packaged_understanding: Understanding) -> None:
    reading = packaged_understanding.read(
        "Je suis adjointe, nous sortons de trois années difficiles et la toiture de l'école fuit."
        " Combien la commune devra-t-elle payer pour un volontaire ?",
        today=TODAY,
    )

    assert [answer.topic for answer in reading.answers] == ["reste-a-charge"]


def test_what_comes_with_a_question_is_not_answered_on_its_own(packaged_understanding: Understanding) -> None:
    reading = packaged_understanding.read(
        "Un collègue qui a reçu une jeune femme du Togo m'a parlé de vous. Combien de mois dure une mission ?",
        today=TODAY,
    )

    assert [answer.topic for answer in reading.answers] == ["duree-missions"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("On a une chargée de mission développement durable motivée. Le manque d'agrément bloque-t-il ?", "agrement"),
        ("Je voudrais accueillir un jeune du Bénin. Combien de temps dure une mission ?", "reciprocite"),
        (
            "Je suis maire d'un village de 300 habitants. Nos jeunes partent étudier à la ville et le bourg se vide."
            " Qui paie le volontaire ?",
            "indemnites",
        ),
    ],
)
def test_what_is_asked_or_wished_is_answered_before_what_is_only_told(
    packaged_understanding: Understanding, typed: str, first: str
) -> None:
    assert packaged_understanding.read(typed, today=TODAY).answers[0].topic == first


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("combien ça coûte et pour qui ?", ["reste-a-charge", "eligibilite"]),
        ("Trois points : qui finance ? faut-il une délibération ?", ["financement", "pieces"]),
        ("combien de temps à l'avance faut-il demander un visa ?", ["visa"]),
        ("on reçoit mille papiers par jour, c'est quoi un RRMA ?", ["rrma"]),
    ],
)
def test_a_question_is_neither_cut_before_its_verb_nor_joined_to_the_one_before(
    packaged_understanding: Understanding, typed: str, topics: list[str]
) -> None:
    assert [answer.topic for answer in packaged_understanding.read(typed, today=TODAY).answers] == topics


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("thank you very much", "remerciement"),
        ("good morning", "salutation"),
        ("bom dia", "salutation"),
        ("muito obrigado", "remerciement"),
        ("mauruuru roa", "remerciement"),
        ("mèsi anpil", "remerciement"),
        ("marahaba", "remerciement"),
        ("salam aleykoum", "salutation"),
        ("aide", "assistant"),
        ("help", "assistant"),
    ],
)
def test_a_greeting_thanks_or_a_call_for_help_is_answered_in_the_languages_of_the_territories(
    packaged_understanding: Understanding, typed: str, topic: str
) -> None:
    assert [answer.topic for answer in packaged_understanding.read(typed, today=TODAY).answers] == [topic]


def test_a_question_in_words_that_are_not_french_is_not_called_foreign_to_the_programme(
    packaged_understanding: Understanding,
) -> None:
    (part,) = packaged_understanding.read("wie viel kostet das für unsere kleine gemeinde", today=TODAY).parts

    assert isinstance(part.decision, Unknown)
    assert part.decision.why == Why.OTHER_LANGUAGE


def test_a_part_is_answered_above_its_own_threshold_else_it_is_a_button(
    packaged_understanding: Understanding, read: Read
) -> None:
    least = packaged_understanding.matcher.settings.part_at
    readings = [read(item.q) for item in EXAMPLES]
    several = [reading for reading in readings if len(reading.answers) > 1]

    assert several
    assert all(answer.confidence >= least for reading in several for answer in reading.answers)
    assert any(isinstance(part.decision, Choice) for reading in several for part in reading.parts)


def test_what_is_asked_for_together_with_one_verb_is_answered_one_by_one(read: Read) -> None:
    text = "Merci de nous préciser les modalités de candidature, le calendrier prévisionnel et le reste à charge."

    assert [answer.topic for answer in read(text).answers] == ["postuler", "dates-cles", "reste-a-charge"]


def test_a_question_after_who_one_is_is_no_presentation(read: Read) -> None:
    assert read("DGS d'une interco").kind == "acknowledgement"
    assert read("Maire de Trifouilly, on signe où").kind == "answer"


def test_a_choice_never_offers_a_greeting(read: Read, packaged: Content) -> None:
    topics = packaged.topics
    for item in EXAMPLES:
        reading = read(item.q)
        if reading.kind == "choice":
            assert len(reading.choices) <= 3
            assert not any(topics[topic].courtesy for topic in reading.choices), item.q


def test_another_language_is_recognised(packaged_understanding: Understanding) -> None:
    (part,) = packaged_understanding.read("hello, what is this programme and who can apply?", today=TODAY).parts

    assert isinstance(part.decision, Unknown)
    assert part.decision.why == Why.ENGLISH


def test_why_is_explained(packaged_understanding: Understanding) -> None:
    why = packaged_understanding.explain("kommbien sa coute")

    assert ("kommbien", "combien") in why.read
    assert why.candidates[0].topic == "reste-a-charge"
    assert set(why.candidates[0].words) <= {"combien", "sa", "coute"}


@given(st.text(max_size=2000))
def test_no_text_whatever_breaks_the_matcher(packaged_understanding: Understanding, text: str) -> None:
    reading = packaged_understanding.read(text, today=TODAY)

    assert reading.parts
    assert all(0 <= part.decision.confidence <= 1.001 for part in reading.parts)


def test_the_path_of_the_content_has_examples() -> None:
    assert Path(PACKAGED / "examples" / "questions.yaml").is_file()
    assert len(EXAMPLES) > 250


def test_an_entry_split_from_another_is_named_with_it_where_machines_read(minimal: Content) -> None:
    child = minimal.topics["contact"].model_copy(update={"split_from": "about"})
    content = minimal.model_copy(update={"topics": {**minimal.topics, "contact": child}})

    assert content.with_origins(["contact", "price", "about"]) == ["contact", "about", "price"]
