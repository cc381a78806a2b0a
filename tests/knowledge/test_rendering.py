"""What an answer carries by itself: source, age, disagreement; and that it always fits."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.calendar import Call, PartialDate
from knowledge.content.models import Content, OldAnswer, Topic
from knowledge.content.sources import OldSaying, Source
from knowledge.rendering import Renderer
from knowledge.words import markup
from knowledge.words.markup import LIMIT, RichText, TextSpan, pages
from knowledge.words.typography import french
from tests.conftest import TODAY


def text_of(content: Content, topic: str, today: date) -> str:
    return plain(Renderer(content, lambda: today).answer(content.topics[topic]))


def plain(rich: RichText) -> str:
    return markup.plain_text(rich).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_contested_fact_is_never_a_flat_statement(minimal: Content) -> None:
    text = text_of(minimal, "about", date(2026, 2, 1))

    assert "en janvier 2022, selon la brochure" in text
    assert "Début, les sources diffèrent : en décembre 2021" in text
    assert "Je retiens la brochure, car c’est le document d’origine." in text


def test_every_answer_on_a_contested_fact_shows_all_its_versions_and_their_sources(packaged: Content) -> None:
    named = [(topic, fact) for topic in packaged.topics.values() for fact in packaged.facts.values()]
    named = [(t, fact) for t, fact in named if fact.contested and f"{{fact:{fact.id}}}" in "".join(t.texts)]
    assert {fact.id for _, fact in named} == {fact.id for fact in packaged.facts.values() if fact.contested}

    for topic, fact in named:
        renderer = Renderer(packaged, lambda: date(2026, 2, 1))
        said = markup.plain_text(renderer.answer(topic) + (renderer.details(topic) if topic.details else ()))
        assert "les sources diffèrent" in said
        assert all(v.says in said and packaged.sources[v.source].name in said for v in fact.versions), fact.id


def test_an_undisputed_fact_is_said_plainly(minimal: Content) -> None:
    assert "Cela coûte 10 euros. " in text_of(minimal, "price", date(2026, 2, 1))


def test_past_its_review_date_an_answer_says_so_by_itself(minimal: Content) -> None:
    assert "À confirmer" not in text_of(minimal, "price", date(2026, 6, 1))

    late = text_of(minimal, "price", date(2026, 6, 2))
    assert "relevé il y a 5 mois" in late
    assert "À confirmer" in late


def test_what_does_not_age_badly_only_says_when_it_was_read(minimal: Content) -> None:
    lasting = minimal.topics["about"].model_copy(update={"perishable": False})

    late = plain(Renderer(minimal, lambda: date(2028, 2, 1)).answer(lasting))

    assert "À confirmer" not in late
    assert "relevé en janvier 2026, il y a 2 ans" in late
    assert "il y a" not in plain(Renderer(minimal, lambda: date(2026, 12, 31)).answer(lasting))


def test_a_fact_past_its_review_date_ages_the_answers_that_use_it(minimal: Content) -> None:
    assert "À confirmer" in text_of(minimal, "about", date(2027, 1, 2))


def test_an_entry_and_a_fact_may_say_something_else_once_old(minimal: Content) -> None:
    after = PartialDate(2026, 12, 31)
    price = minimal.topics["price"].model_copy(update={"once_old": OldAnswer(after=after, answer="Je ne sais plus.")})
    start = minimal.facts["start"].model_copy(update={"once_old": OldSaying(after=after, says="il y a longtemps")})
    content = minimal.model_copy(update={"facts": {**minimal.facts, "start": start}})

    def said(topic: Topic, day: date) -> str:
        return plain(Renderer(content, lambda: day).answer(topic))

    assert "10 euros" in said(price, date(2026, 12, 31))
    assert "10 euros" not in said(price, date(2027, 1, 1))
    assert "Je ne sais plus." in said(price, date(2027, 1, 1))
    assert "commencé en janvier 2022, selon" in said(minimal.topics["about"], date(2026, 12, 31))
    assert "commencé il y a longtemps." in said(minimal.topics["about"], date(2027, 1, 1))
    assert "les sources diffèrent" not in said(minimal.topics["about"], date(2027, 1, 1))


def test_details_are_a_message_of_their_own_with_their_source(minimal: Content) -> None:
    topic = minimal.topics["contact"].model_copy(update={"details": "Au **fond** de la cour.", "sources": ("leaflet",)})
    renderer = Renderer(minimal, lambda: date(2026, 2, 1))

    assert "cour" not in plain(renderer.answer(topic))
    assert plain(renderer.details(topic)) == (
        "Contact\n\nAu fond de la cour.\n\nSource : la brochure · relevé en janvier 2026"
    )


def test_a_date_that_is_shown_brings_its_own_source_and_the_day_it_was_read(minimal: Content) -> None:
    team = Source(id="team", name="l'équipe", kind="programme", read_on=PartialDate(2027, 3, 1))
    step = {"id": "new", "kind": "closing", "label": "Clôture", "date": "2027-04-15", "source": "team"}
    opening = {"id": "new-open", "kind": "opening", "label": "Ouverture", "date": "2027-03-01", "source": "team"}
    fields = {"id": "call-next", "title": "Appel suivant", "audience": "jardiniers", "milestones": [opening, step]}
    calls = (minimal.calls[0], Call.model_validate(fields))
    content = minimal.model_copy(update={"calls": calls, "sources": {**minimal.sources, "team": team}})

    said = plain(Renderer(content, lambda: date(2027, 3, 2)).answer(content.topics["price"]))

    assert "jusqu’au 15 avril 2027" in said
    assert said.endswith("Source : la brochure · relevé en janvier 2026 ; l’équipe · relevé en mars 2027")
    assert "journal" not in said  # no other call is told


def test_sources_are_links_where_they_have_an_address(minimal: Content) -> None:
    rich = Renderer(minimal, lambda: date(2026, 2, 1)).answer(minimal.topics["about"])

    assert TextSpan("le journal", url="https://example.org/a") in rich


def test_the_dates_of_a_new_call_are_not_late_under_an_old_entry(minimal: Content) -> None:
    paper = minimal.sources["paper"].model_copy(update={"read_on": PartialDate(2026, 7, 1)})
    content = minimal.model_copy(update={"sources": {**minimal.sources, "paper": paper}})

    assert "À confirmer" not in plain(Renderer(content, lambda: date(2026, 7, 2)).answer(content.topics["price"]))
    assert "À confirmer" in text_of(minimal, "price", date(2026, 7, 2))


def test_courtesies_help_and_privacy_never_age(packaged: Content) -> None:
    for topic in (t for t in packaged.topics.values() if not t.sources):
        said = [plain(Renderer(packaged, lambda d=day: d).answer(topic)) for day in (TODAY, date(2028, 11, 26))]  # type: ignore[misc]
        assert topic.perishable or said[0] == said[1], topic.id


def test_an_answer_without_source_shows_no_source_line(minimal: Content) -> None:
    assert "Source" not in text_of(minimal, "contact", date(2026, 2, 1))


def test_most_acronyms_are_only_named_until_asked_for(packaged: Content) -> None:
    listed = text_of(packaged, "sigles", date(2026, 2, 1))

    assert "AMI : appel à manifestation d’intérêt" in listed
    assert listed.count("•") == 4
    assert "CICID" in listed
    assert "comité interministériel" not in listed
    asked = Renderer(packaged, lambda: date(2026, 2, 1)).answer(packaged.topics["sigles"], "CICID")
    assert "comité interministériel" in markup.plain_text(asked)


def test_links_are_shown_by_their_label(minimal: Content) -> None:
    rich = Renderer(minimal, lambda: date(2026, 2, 1)).answer(minimal.topics["contact"])

    assert TextSpan("www.jardins.example.org", url="https://www.jardins.example.org/") in rich


def test_lines_of_a_paragraph_are_joined_and_bullets_stay() -> None:
    rich = markup.parse("un\ndeux\n\n- a\n- **b**\n\n\n\nfin")

    assert markup.plain_text(rich) == "un deux\n\n• a\n• b\n\nfin"


@given(st.lists(st.integers(1, LIMIT), max_size=12))
def test_pages_fit_and_keep_every_part_in_order(sizes: list[int]) -> None:
    parts: list[RichText] = [(TextSpan(chr(97 + n) * size),) for n, size in enumerate(sizes)]

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
