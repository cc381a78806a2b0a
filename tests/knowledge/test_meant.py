"""A name that nothing bears, or a value written otherwise: what was meant is said, and the line put right with it."""

from pathlib import Path

import pytest

from knowledge.words.meant import nearest
from tests.gardens import gardens_in
from tests.knowledge.breaking import problems

TOPIC, DATES, SOURCES, FORM = "topics/tout.yaml", "dates.yaml", "sources.yaml", "prequalification.yaml"

SLIPS = {
    "the title of an entry for its id": (TOPIC, "[price, contact]", "[Combien ça coûte, contact]", "[price, contact]"),
    "an id with an accent": (TOPIC, "related: [about]", "related: [aboût]", "related: [about]"),
    "the name of a source for its id": (TOPIC, "sources: [paper]", "sources: [la brochure]", "sources: [leaflet]"),
    "the id of a source with a capital": ("facts.yaml", "source: leaflet", "source: Leaflet", "source: leaflet"),
    "the button of an entry, in a menu": ("messages.yaml", "topic: price}", "topic: prix}", "topic: price}"),
    "a name that is near nothing": (TOPIC, "[price, contact]", "[zzz, contact]", "about, contact, dates"),
    "a placeholder in French": (TOPIC, "{fact:start}", "{fait:start}", "commencé {fact:start}"),
    "a placeholder of a sentence, misspelt": (
        "messages.yaml", "start:\n", "inputs: {too_long: 'Long : {limite}.'}\nstart:\n", "Long : {limit}"),
    "a kind in French": (DATES, "kind: closing", "kind: clôture", "kind: closing"),
    "a kind with a capital": (DATES, "kind: closing", "kind: Closing", "kind: closing"),
    "a day that is not known, in French": (DATES, "date: unknown", "date: à venir", "date: unknown"),
    "a month in letters": (DATES, "date: 2022-01", "date: janvier 2022", "date: 2022-01"),
    "a month before its year": (DATES, "date: 2022-01", "date: 01/2022", "date: 2022-01"),
    "a day with long dashes": (TOPIC, "2026-06-01", "2026–06–01", "review_by: 2026-06-01"),
    "a day of the week": (TOPIC, "2026-06-01", "lundi 1er juin 2026", "review_by: 2026-06-01"),
    "a day that does not exist": (TOPIC, "2026-06-01", "2026-06-31", "review_by: 2026-06-30"),
    "a time as it is said": (DATES, "date: 2025-05-19", "date: 2025-05-19, time: 14h30", 'time: "14:30"'),
    "a number with a space": (FORM, "{at_least: 10}", "{at_least: 1 000}", "at_least: 1000"),
    "a bound in French": (FORM, "{at_least: 10}", "{minimum: 10}", "{surface: {at_least: 10}}"),
    "an answer without brackets": (FORM, "{who: [giant]}, text", "{who: giant}, text", "who: [giant]"),
    "the label of an answer for its id": (FORM, "{who: [giant]}, text", "{who: [un géant]}, text", "{who: [giant]}"),
    "a question misspelt": (FORM, "{who: [giant]}, text", "{whoo: [giant]}, text", "{who: [giant]}"),
    "an address without its colon": (SOURCES, "https://example", "https//example", 'url: "https://example'),
    "an address with a space": (SOURCES, "https://example.org/a", "https://example.org/a b", "/a%20b"),
    "an address of e-mail as a link": ("programme.yaml", "email: ", "email: mailto:", "email: equipe@"),
    "a comma in braces": ("facts.yaml", "says: 10 euros", "says: 10,5 euros", '{says: "10,5 euros", source: leaflet}'),
    "a command as it is typed": ("messages.yaml", "- name: aide", "- name: /aide", "name: aide"),
    "synonyms without a comma": ("glossary.yaml", "[prix, tarif, coût]", "[prix; tarif]", "- [prix, tarif]"),
    "an entry among phrases": (
        "hors-sujet.yaml", "  - quel temps", "  - id: sky\n    title: Ciel\n    answer: Bleu.\n  - quel temps",
        "un fichier de topics/"),
    "a point among questions": (TOPIC, "- c'est payant", "- id: free\n        says: Non.", "sous « points: »"),
    "an entry in another file": (
        "facts.yaml", "  - id: price", "  - id: sky\n    title: Ciel\n    button: Ciel\n    own: true\n  - id: price",
        "un fichier de topics/"),
    "an answer of an example, in French": (
        FORM, "answers: {who: giant}", "answers: {who: géant}", "answers: {who: giant}"),
    "a brace lost": (SOURCES, "- {id: leaflet", "- id: leaflet", "- {id: leaflet"),
    "a brace too many": (DATES, "date: unknown, source: paper}", "date: unknown, source: paper}}", "source: paper}"),
    "a key in braces without its colon": (SOURCES, "{id: leaflet", "{id leaflet", "- {id: leaflet"),
    "a day and its time in one": (DATES, "date: 2025-05-19", "date: 2025-05-19 18h", 'date: 2025-05-19, time: "18:00"'),
    "two days in one": (DATES, "date: 2025-05-19", "date: 2025-05-19 au 2025-05-23", "until: 2025-05-23"),
    "a fact called as a date": (TOPIC, "{fact:start}", "{date:start}", "commencé {fact:start}"),
    "a prefix in small letters": (
        "programme.yaml", "prefix: JP", "prefix: jp", "reference_prefix: JP"),
    "a place misspelt": (
        TOPIC, "related: [about]", "points: [{id: a, says: Oui., places: [Bretagnne]}]", "places: [Bretagne]"),
    "a place by its number": (
        TOPIC, "related: [about]", "points: [{id: a, says: Oui., places: [29]}]", "places: [Finistère]"),
    "who asks, as people say it": (
        TOPIC, "related: [about]", "points: [{id: a, says: Oui., asked_by: [ecole]}]", "asked_by: [school]"),
    "the code of a country that is another's": (
        FORM, "    label: Surface\n", "    label: Surface\n    aid: {origins: [UK]}\n", "origins: [GB]"),
    "a command that there is not": (TOPIC, "voyez {site}.", "tapez /contacts.", "tapez /contact."),
    "a command with a capital": (TOPIC, "voyez {site}.", "tapez /Dates.", "tapez /dates."),
    "one word for two answers": (
        FORM, "label: Une commune}", "label: Une commune, also: [ville, lycée]}", "also: [ville]}"),
    "an answer that stands for nothing": (
        FORM, "    label: Eau\n", "    label: Eau\n    otherwise: yess\n", "otherwise: yes"),
    "a link without https": (TOPIC, "voyez {site}.", "voyez [le site](www.a.fr/b).", "[le site](https://www.a.fr/b)"),
    "a link that writes a mail": (TOPIC, "ou voyez {site}.", "[ici](mailto:x@a.fr).", "Écrivez à {contact} {contact}."),
    "a bold that is half closed": (TOPIC, "**exemple**", "**exemple*", "un **exemple**, commencé"),
    "a bold that is only closed": (TOPIC, "C'est un **exemple**", "C'est un exemple**", "**C'est un exemple**,"),
    "a long dash as a bullet": (TOPIC, "- premier point", "– premier point", "- premier point"),
    "a bullet stuck to its text": (TOPIC, "- premier point", "-premier point", "- premier point"),
    "an entity of html": (TOPIC, "un **exemple**", "un&nbsp;exemple", "un\u00a0exemple"),
    "a placeholder in square brackets": (TOPIC, "{contact}", "[contact]", "Écrivez à {contact}"),
    "a date in words": (DATES, "date: 2022-01,", "date: début 2022,", "date: 2025-05-19   (ou 2025-05"),
    "the last day of a shorter month, in French": (TOPIC, "2026-06-01", "31 juin 2026", "review_by: 2026-06-30"),
    "a month that there is not": (TOPIC, "2026-06-01", "2026-14-40", "review_by: 2026-12-31"),
    "a familiar address": (TOPIC, "Écrivez à {contact}", "Tu peux écrire à {contact}", "vous pouvez"),
    "a list of other dashes": (
        TOPIC, "      - c'est payant\n", "      - c'est payant\n    formerly:\n      • cost\n      • fee\n", "- cost"),
    "one age for two": (TOPIC, "related: [about]", "points: [{id: a, says: Oui., ages: [18]}]", "ages: [18, 25]"),
    "a value that was erased": (DATES, "date: 2025-05-19", "date:", "date: …, source: paper"),
    "an information of a call in French": (
        TOPIC, "voyez {site}.", "{si:montants}Oui.{sinon}Non.{fin}", "Écrivez à {contact} ou {si:amounts}Oui."),
    "« + » at the end": (TOPIC, "related: [about]", "related: [about, +]", "related: [+, about]"),
}  # fmt: skip
"""File, what is written, what stands instead, and what the example shows."""


OTHER = """theme: Autre
topics:
  - id: other
    title: Autre chose
    button: Autre
    answer: Rien.
    own: true
    checked_on: 2026-01-01
    review_by: 2027-01-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return gardens_in(tmp_path / "content")


@pytest.mark.parametrize("slip", SLIPS)
def test_what_was_meant_is_shown(folder: Path, slip: str) -> None:
    name, before, after, shown = SLIPS[slip]
    text = (folder / name).read_text("utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1) if before else after, "utf-8")

    (problem,) = problems(folder)

    assert (problem.file, shown in problem.example) == (name, True), str(problem)
    first = text[: text.index(before)].count("\n") + 1
    assert first <= problem.line <= first + after.count("\n")


@pytest.mark.parametrize(
    ("moved", "where"),
    [("facts.yaml", "facts.yaml.txt"), ("facts.yaml", "faits.yaml"), ("facts.yaml", "topics/facts.yaml")],
)
def test_a_file_in_place_of_one_that_lacks_is_told_once(folder: Path, moved: str, where: str) -> None:
    (folder / moved).rename(folder / where)

    (problem,) = problems(folder)
    assert (problem.file, moved in problem.what) == (where, True)
    assert f"{moved}, à côté de" in problem.example


def test_entries_outside_their_folder_are_told_once(folder: Path) -> None:
    (folder / TOPIC).rename(folder / "tout.yaml")
    (folder / "topics" / "autre.yaml").write_text(OTHER, "utf-8")

    (problem,) = problems(folder)
    assert (problem.file, problem.example) == ("tout.yaml", "déplacez-le : topics/tout.yaml")


def test_an_entry_at_the_margin_is_shown_where_the_others_are(folder: Path) -> None:
    entry = OTHER.partition("topics:\n")[2]
    text = (folder / TOPIC).read_text("utf-8")
    (folder / TOPIC).write_text(text + entry.replace("\n  ", "\n")[2:], "utf-8")

    (problem,) = problems(folder)
    assert (problem.line, problem.example) == (text.count("\n") + 1, "- id: other")
    assert "(2 espaces avant le tiret)" in problem.what


def test_a_suffix_in_capitals_is_told_once(folder: Path) -> None:
    (folder / TOPIC).rename(folder / "topics" / "tout.YAML")
    (folder / "topics" / "autre.yaml").write_text(OTHER, "utf-8")

    (problem,) = problems(folder)
    assert problem.example == "renommez-le tout.yaml"


def test_an_empty_file_is_told_as_such(folder: Path) -> None:
    (folder / "facts.yaml").write_text("# plus rien\n", "utf-8")

    (problem,) = problems(folder)
    assert problem.what == "le fichier est vide."


def test_a_review_before_the_check_is_shown_in_the_year_after_it(folder: Path) -> None:
    text = (folder / TOPIC).read_text("utf-8")
    (folder / TOPIC).write_text(text.replace("review_by: 2026-06-01", "review_by: 2025-06-01", 1), "utf-8")

    (problem,) = problems(folder)
    assert problem.example.startswith("review_by: 2026-06-01   (")


def test_a_french_word_means_the_english_one_where_that_is_known() -> None:
    assert nearest("Clôture", ["opening", "closing"]) == "closing"
    assert nearest("Clôture", ["apples"]) == ""
    assert nearest("qui sommes nous", {"about": ("Qui sommes-nous ?",), "who": ()}) == "about"
