"""What an answer carries by itself: source, age, disagreement; and that it always fits."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.models import Content
from knowledge.rendering import LIMIT, Renderer, pages
from knowledge.words import markup
from knowledge.words.markup import Span
from knowledge.words.typography import french


def text_of(content: Content, topic: str, today: date) -> str:
    rich = Renderer(content, lambda: today).answer(content.topics[topic])
    return markup.plain_text(rich).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_contested_fact_is_never_a_flat_statement(minimal: Content) -> None:
    text = text_of(minimal, "about", date(2026, 2, 1))

    assert "en janvier 2022 (source : la brochure)" in text
    assert "Début : les sources diffèrent (en décembre 2021 selon « le journal »)" in text
    assert "Nous suivons « la brochure » : c’est le document d’origine." in text


def test_every_answer_on_a_contested_fact_shows_all_its_versions_and_their_sources(packaged: Content) -> None:
    named = [(topic, fact) for topic in packaged.topics.values() for fact in packaged.facts.values()]
    named = [(topic, fact) for topic, fact in named if fact.contested and f"{{fact:{fact.id}}}" in topic.answer]
    assert {fact.id for _, fact in named} == {fact.id for fact in packaged.facts.values() if fact.contested}

    for topic, fact in named:
        said = markup.plain_text(Renderer(packaged, lambda: date(2026, 2, 1)).answer(topic))
        assert "les sources diffèrent" in said
        assert all(v.says in said and packaged.sources[v.source].name in said for v in fact.versions), fact.id


def test_an_undisputed_fact_is_said_plainly(minimal: Content) -> None:
    assert "Cela coûte 10 euros. " in text_of(minimal, "price", date(2026, 2, 1))


def test_past_its_review_date_an_answer_says_so_by_itself(minimal: Content) -> None:
    assert "à confirmer" not in text_of(minimal, "price", date(2026, 6, 1))

    late = text_of(minimal, "price", date(2026, 6, 2))
    assert "Vérifié il y a 5 mois" in late
    assert "à confirmer" in late


def test_a_fact_past_its_review_date_ages_the_answers_that_use_it(minimal: Content) -> None:
    assert "à confirmer" in text_of(minimal, "about", date(2027, 1, 2))


def test_an_answer_without_source_shows_no_source_line(minimal: Content) -> None:
    assert "Source" not in text_of(minimal, "contact", date(2026, 2, 1))


def test_acronyms_without_an_entry_are_only_named_until_asked_for(packaged: Content) -> None:
    listed = text_of(packaged, "sigles", date(2026, 2, 1))

    assert "RRMA : réseau régional multi-acteurs" in listed
    assert "CICID" in listed
    assert "comité interministériel" not in listed
    asked = Renderer(packaged, lambda: date(2026, 2, 1)).answer(packaged.topics["sigles"], "CICID")
    assert "comité interministériel" in markup.plain_text(asked)


def test_links_are_shown_by_their_label(minimal: Content) -> None:
    rich = Renderer(minimal, lambda: date(2026, 2, 1)).answer(minimal.topics["contact"])

    assert Span("www.france-volontaires.org", url="https://www.france-volontaires.org/") in rich


def test_lines_of_a_paragraph_are_joined_and_bullets_stay() -> None:
    rich = markup.parse("un\ndeux\n\n- a\n- **b**\n\n\n\nfin")

    assert markup.plain_text(rich) == "un deux\n\n• a\n• b\n\nfin"


@given(st.lists(st.integers(1, LIMIT), max_size=12))
def test_pages_fit_and_keep_every_part_in_order(sizes: list[int]) -> None:
    parts = [(Span(chr(97 + n) * size),) for n, size in enumerate(sizes)]

    made = pages(parts)

    assert all(markup.length(page) <= LIMIT for page in made)
    kept = "".join(markup.plain_text(page) for page in made).replace("\n", "")
    assert kept == "".join(markup.plain_text(part) for part in parts)


@given(st.text(alphabet="ab ?!:;«»%€'0123.\u00a0\u202f", max_size=40))
def test_typography_set_twice_is_typography_set_once(text: str) -> None:
    assert french(french(text)) == french(text)


def test_typography_of_a_sentence() -> None:
    assert french("L'élu dit : « oui ! » à 12 000 € ; 60 %...") == (
        "L’élu dit\u00a0: «\u00a0oui\u202f!\u00a0» à 12\u202f000\u00a0€\u202f; 60\u00a0%…"
    )
    assert french("https://a.fr/x?y=1 et 10:30") == "https://a.fr/x?y=1 et 10:30"
