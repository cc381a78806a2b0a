"""What editors get wrong in a text editor or a merge: the very line is named, and shown put right."""

import re
import shutil
from pathlib import Path

import pytest

from knowledge.loading import PACKAGED
from knowledge.words.excerpt import shown_around
from tests.knowledge.breaking import problems

TOPIC = "topics/tout.yaml"
PRICE = "    button: Le prix"
HARD = "\u00a0"

SLIPS = {
    "merge markers": (
        f"<<<<<<< HEAD\n{PRICE}\n=======\n    button: Un prix\n>>>>>>> autre",
        "fusion",
        "gardez l'une",
        0,
    ),
    "hard spaces as an indent": (f"{HARD * 4}button: Le prix", "insécable", "button: Le prix", 0),
    "a hard space after the colon": (f"    button:{HARD}Le prix", "insécable", "button: Le prix", 0),
    "no space after the colon": ("    button:Le prix", "espace après le deux-points", "button: Le prix", 0),
    "a colon in the text": ("    button: Le prix : dit", "deux-points suivi", 'button: "Le prix : dit"', 0),
    "no space after the first dash": (
        f'{PRICE}\n    formerly:\n      -"cost"\n      - "tariff"',
        "espace après le tiret",
        '- "cost"',
        2,
    ),
    "no space after a dash, without quotes": (
        f"{PRICE}\n    formerly:\n      -cost\n      - tariff",
        "espace après le tiret",
        "- cost",
        2,
    ),
    "a tab": ("\tbutton: Le prix", "tabulation", "button: Le prix   (4 espaces devant", 0),
    "a reserved sign": ("    button: @Le prix", "signe réservé", 'button: "@Le prix"', 0),
    "text after a quote": ('    button: "Le" prix', "guillemet fermant", 'button: "Le prix"', 0),
    "an apostrophe between apostrophes": ("    button: 'L'offre'", "apostrophe", 'button: "L\'offre"', 0),
    "a quote without its like": ('    button: Le prix"', "pas son pareil", 'button: "Le prix"', 0),
    "a word processor's quotes": ("    button: “Le prix”", "traitement de texte", 'button: "Le prix"', 0),
    "a text without its bar": (
        f"{PRICE}\n    details:\n      **Le prix : tout.**\n\n      - a",
        "« | »",
        "details: |",
        1,
    ),
    "a text beside its bar": (f"{PRICE}\n    details: | Le prix.", "finit sa ligne", "details: |", 1),
    "a list that was emptied": (f"{PRICE}\n    formerly:", "est vide", '- "votre texte", sous « formerly: »', 1),
    "a list without brackets": (f"{PRICE}\n    formerly: cost", "doit être une liste", "formerly: [cost]", 1),
    "no, in French": (f"{PRICE}\n    own: non", "on lit « non »", "own: false", 1),
    "a brace that is not closed": (
        f"{PRICE}\n    details: |\n      Bref.\n      À {{contact",
        "« {contact »",
        "{contact}",
        3,
    ),
    "English quotes": (f"{PRICE}\n    simple: Le “prix” dit.", "ceux du français", "« prix »", 1),
    "straight quotes": (f"{PRICE}\n    simple: 'Le \"prix\" dit.'", "ceux du français", "« prix »", 1),
    "two cells of a table": (
        f'{PRICE}\n    formerly:\n      - "cost"\t"tariff"\n      - "x"',
        "se suivent",
        '- "tariff"',
        2,
    ),
    "a row of a table": (
        f'{PRICE}\n    formerly:\n      - cost\ncost\ttariff\n      - "x: y"',
        "un tiret",
        "- tariff",
        3,
    ),
    "a line drawn": (f"{PRICE}\n=====", "une remarque commence", "# à revoir", 1),
    "a remark with two slashes": (f"{PRICE}\n// à relire", "une remarque commence", "# à relire", 1),
    "a key too far in after a text": (
        f"{PRICE}\n    details: |\n      Bref.\n     title: Bref.",
        "trop en retrait",
        "title: Bref.",
        3,
    ),
    "a list without its key": (
        f"{PRICE}\n    formerly: [cost]\n      - tariff",
        "la clé qui la nomme manque",
        "- tariff",
        2,
    ),
    "a text without its key": (f"{PRICE}\n      **Bref** : rien.", "a déjà le sien", "answer: |", 1),
    "an element without its first dash": (
        f"{PRICE}\n    points:\n      - id: a\n        says: Oui.\n        id: b\n        says: Non.",
        "sans son tiret",
        "- id: b",
        4,
    ),
    "a list written twice": (
        f"{PRICE}\n    formerly: [a]\n    formerly: [b]",
        "la liste « formerly » est déjà",
        "formerly: [a, b]   (à la ligne ",
        2,
    ),
    "a list written again, a line for each element": (
        f"{PRICE}\n    formerly:\n      - a\n    formerly:\n      - b",
        "la liste « formerly » est déjà",
        "à la suite",
        3,
    ),
    "a list written again below one between brackets": (
        f"{PRICE}\n    formerly: [a]\n    formerly:\n      - b",
        "la liste « formerly » est déjà",
        "entre les crochets",
        2,
    ),
    "a list in two pairs of brackets": (
        f"{PRICE}\n    formerly: [[cost, fee]]",
        "deux paires de crochets",
        "formerly: [cost, fee]",
        1,
    ),
    "text after the bracket": (f"{PRICE}\n    formerly: [cost], fee", "crochet fermant", "formerly: [cost, fee]", 1),
    "a line joined to a value": (
        f"{PRICE}\n    points:\n      - id: a\n        known: false\n          enfin\n        says: Oui.",
        "suite de « known »",
        "effacez cette ligne",
        4,
    ),
    "a quoted text without its key": (f'{PRICE}\n    "Le prix."', "pas de clé", 'says: "Le prix."', 1),
    "points on a line without braces": (
        f"{PRICE}\n    points:\n      - id: a, says: Oui",
        "demandent des accolades",
        "- {id: a, says: Oui}",
        2,
    ),
    "a text without its key, and an element below": (
        f"{PRICE}\n      Le prix.\n      - un",
        "a déjà le sien",
        "answer: |   (une ligne à ajouter sous « button: Le prix », 4 espaces devant)",
        1,
    ),
    "a bracket closed by a parenthesis": (f"{PRICE}\n    formerly: [cost)", "refermé", "formerly: [cost]", 1),
    "a text that is to be written": (f"{PRICE}\n    simple: TODO le prix.", "TODO", "finissez le texte", 1),
    "a choice left open": (f"{PRICE}\n    simple: '{{si:amounts}}Oui.{{sinon}}Non.'", "pas refermé", "Non.{fin}", 1),
    "an end in English": (f"{PRICE}\n    simple: '{{si:amounts}}Oui.{{end}}'", "{end}", "{fin}", 1),
    "a text at the depth of its key": (f"{PRICE}\n    details: |\n    Le prix.", "moins en retrait", "Le prix.", 2),
    "a bar typed otherwise": (f"{PRICE}\n    details: l\n      Le prix.", "« | »", "details: |", 1),
    "a backslash before the last quote": ('    button: "Le prix\\"', "la barre", 'button: "Le prix"', 0),
    "a footnote of a web page": (f"{PRICE}\n    simple: Le prix[1].", "mise en forme", "**gras**", 1),
    "a bullet of a word processor": (f"{PRICE}\n    details: |\n      o Le prix", "« o »", "- Le prix", 2),
    "a soft hyphen": ("    button: Le pr\u00adix", "« prix »", "button: Le prix   (", 0),
    "a title of two lines": ("    button: |\n      Le\n\n      prix", "une seule ligne", "un texte court", 0),
}
"""What stands in place of the button's line; words of the sentence, of the example; how many lines below it is."""


@pytest.mark.parametrize("slip", SLIPS)
def test_the_line_is_named_and_shown_put_right(folder: Path, slip: str) -> None:
    written, what, example, below = SLIPS[slip]
    text = (folder / TOPIC).read_text("utf-8")
    line = text[: text.index(PRICE)].count("\n") + 1 + below
    (folder / TOPIC).write_text(text.replace(PRICE, written, 1), "utf-8")

    (problem, *_) = problems(folder)

    assert (problem.file, problem.line) == (TOPIC, line)
    assert what in problem.what
    assert example in problem.example


def test_a_whole_date_is_told_once(folder: Path) -> None:
    text = (folder / TOPIC).read_text("utf-8")
    (folder / TOPIC).write_text(text.replace(PRICE, f"{PRICE}\n    simple: Dès le 3 mars 2090."), "utf-8")

    (problem,) = problems(folder)
    assert "« 3 mars 2090 »" in problem.what


def test_an_amount_is_blamed_where_it_is_typed_and_not_where_its_fact_is_named(folder: Path) -> None:
    facts = folder / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("10 euros", "10 000 euros"), "utf-8")
    text = (folder / TOPIC).read_text("utf-8")
    details = "    details: |\n      Cela coûte 10 000 euros.\n\n      Le prix : {fact:price}."
    (folder / TOPIC).write_text(text.replace(PRICE, f"{PRICE}\n{details}"), "utf-8")

    (problem,) = problems(folder)
    assert problem.line == text[: text.index(PRICE)].count("\n") + 3


def test_a_key_that_lacks_is_shown_as_it_stands_elsewhere(folder: Path) -> None:
    sources = folder / "sources.yaml"
    sources.write_text(f"{sources.read_text('utf-8')}  - {{id: book, name: le livre}}\n", "utf-8")

    assert problems(folder)[0].example == "kind: programme"


def test_a_wrong_programme_is_not_told_as_mistakes_of_the_other_files(folder: Path) -> None:
    programme = folder / "programme.yaml"
    programme.write_text(re.sub(r"(?m)^email: .*$", "email: personne", programme.read_text("utf-8")), "utf-8")
    topic = folder / TOPIC
    topic.write_text(topic.read_text("utf-8").replace("{call}", "[le site]({site})"), "utf-8")

    assert [problem.file for problem in problems(folder)] == ["programme.yaml"]


def test_a_question_stuck_to_its_dash_is_shown_with_a_space(folder: Path) -> None:
    text = (folder / TOPIC).read_text("utf-8")
    (folder / TOPIC).write_text(text.replace("- c'est payant", '-"c\'est payant"', 1), "utf-8")

    assert problems(folder)[0].example == '- "c\'est payant"'


def test_a_copied_file_is_one_sentence_and_the_copy_is_blamed(folder: Path) -> None:
    shutil.copy(folder / TOPIC, folder / "topics" / "tout - copie.yaml")

    (problem,) = problems(folder)

    assert problem.file == "topics/tout - copie.yaml"
    assert f"entrées de {TOPIC}" in problem.what


def test_a_copied_entry_is_one_sentence_beside_the_original(folder: Path) -> None:
    text = (folder / TOPIC).read_text("utf-8").rstrip() + "\n"
    start = text.index("  - id: price")
    entry = text[start : text.index("  - id: dates")]
    (folder / TOPIC).write_text(text + entry, "utf-8")

    (problem,) = problems(folder)

    assert problem.line == text.count("\n") + 1
    assert "répète « price »" in problem.what


@pytest.mark.content
@pytest.mark.parametrize(
    ("file", "key", "text", "line"),
    [
        ("situation.yaml", "says", "Voyez {contact}, ou {site", "Voyez {contact}, ou {site}"),
        ("conversation.yaml", "says", "Dites-le à {contact", "Dites-le à {contact}"),
        ("topics/2-calendrier.yaml", "says", "Il est clos {date:ami-4-cloture.", "Il est clos {date:ami-4-cloture}."),
        ("prequalification.yaml", "team", "Voir {contact", "Voir {contact}"),
        ("messages.yaml", "location", "Écrivez à contact}", "Écrivez à {contact}"),
        ("messages.yaml", "location", "Écrivez à {contact", "Écrivez à {contact}"),
    ],
)
def test_a_brace_without_its_like_is_refused_in_any_file(
    tmp_path: Path, file: str, key: str, text: str, line: str
) -> None:
    path = Path(shutil.copytree(PACKAGED, tmp_path / "content")) / file
    raw = path.read_text("utf-8")
    found = re.search(rf'\b{key}: "[^"]*"', raw)
    assert found
    path.write_text(raw[: found.start()] + f'{key}: "{text}"' + raw[found.end() :], "utf-8")

    told = [one for one in problems(tmp_path / "content") if f'{key}: "{line}"' in one.example]

    assert [(one.file, one.line) for one in told] == [(file, raw[: found.start()].count("\n") + 1)]


@pytest.mark.parametrize("name", ["topics/prix.yaml.txt", "topics/prix.docx", "prix.yaml"])
def test_a_file_that_is_not_read_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("prix: 10 euros\n", "utf-8")

    (problem,) = problems(folder)

    assert (problem.file, "n'est pas lu" in problem.what) == (name, True)


@pytest.mark.parametrize("sign", ["– ", "–", "• ", "* ", ""])
def test_the_first_element_of_a_list_without_its_dash_is_shown_with_it(folder: Path, sign: str) -> None:
    first = "    questions:\n      - c'est quoi ce programme"
    text = _rewritten(folder, TOPIC, first, f"    questions:\n      {sign}le prix des repas ?\n      - au fait")

    (problem,) = problems(folder)
    assert problem.line == text[: text.index(first)].count("\n") + 2
    assert problem.example == "- le prix des repas ?"


def test_a_tab_after_a_dash_keeps_the_dash(folder: Path) -> None:
    _rewritten(folder, TOPIC, "- c'est payant", "-\tc'est payant")

    assert problems(folder)[0].example.startswith("- c'est payant   (6 espaces devant")


def test_a_key_that_lost_a_space_is_shown_with_as_many_as_its_neighbours(folder: Path) -> None:
    text = _rewritten(folder, TOPIC, PRICE, PRICE[1:])

    (problem,) = problems(folder)
    assert problem.line == text[: text.index(PRICE)].count("\n") + 1
    assert problem.example == "button: Le prix   (4 espaces devant)"


def test_a_file_of_an_old_code_names_the_word(folder: Path) -> None:
    text = (folder / TOPIC).read_text("utf-8")
    (folder / TOPIC).write_bytes(text.encode("cp1252"))

    (problem,) = problems(folder)
    assert "« Présentation »" in problem.what


def test_a_sentence_that_lost_what_it_must_say_is_refused(folder: Path) -> None:
    path = folder / "messages.yaml"
    path.write_text(path.read_text("utf-8") + 'inputs:\n  too_long: "Long : 1 500 caractères."\n', "utf-8")

    (problem,) = problems(folder)

    assert "« {limit} » manque" in problem.what


def _rewritten(folder: Path, name: str, old: str, new: str) -> str:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return text


def test_a_text_whose_key_was_deleted_is_told_once_with_the_line_to_add(folder: Path) -> None:
    answer = "Cela coûte {fact:price}. {call}"
    said = "Cela coûte {fact:price}, et pas un euro de plus. {call}"
    text = _rewritten(folder, TOPIC, f'{PRICE}\n    answer: "{answer}"', f"{PRICE}\n      {said}")

    (problem,) = problems(folder)
    assert problem.line == text[: text.index(PRICE)].count("\n") + 2
    assert "« answer: | »" in problem.what
    assert problem.example.startswith("answer: |   (une ligne à ajouter sous « button: Le prix »")
    assert "4 espaces" in problem.example


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("- prix, tarif, coût", "- [prix, tarif, coût]"),
        ("- [prix]", "- [prix, second]"),
        ("- [[prix, tarif]]", "- [prix, tarif]"),
    ],
)
def test_a_group_of_a_list_of_lists_is_shown_at_its_place(folder: Path, written: str, shown: str) -> None:
    _rewritten(folder, "glossary.yaml", "- [prix, tarif, coût]", written)

    (problem,) = problems(folder)
    assert (problem.line, problem.example) == (4, shown)


def test_an_address_typed_in_a_text_is_told_once(folder: Path) -> None:
    email = re.search(r"(?m)^email: (\S+)$", (folder / "programme.yaml").read_text("utf-8"))
    assert email
    _rewritten(folder, "programme.yaml", email[1], "EQUIPE@exemple.fr")
    _rewritten(folder, TOPIC, PRICE, f"{PRICE}\n    simple: Écrivez à EQUIPE@exemple.fr")

    (problem,) = problems(folder)
    assert problem.example == "{contact}"


def test_a_comma_in_an_address_is_a_point(folder: Path) -> None:
    programme = folder / "programme.yaml"
    programme.write_text(re.sub(r"(?m)^email: .*$", "email: a@exemple,fr", programme.read_text("utf-8")), "utf-8")

    assert problems(folder)[0].example == "email: a@exemple.fr"


def test_a_line_of_some_length_is_shown_whole(folder: Path) -> None:
    address = "https://exemple.fr/" + "page-" * 20
    source = '  - {{id: book, name: le livre, kind: {}, url: "{}"}}\n'
    sources = folder / "sources.yaml"
    sources.write_text(sources.read_text("utf-8") + source.format("réseau", address), "utf-8")

    assert problems(folder)[0].example == source.format("reseau", address).strip()


def test_a_long_line_is_cut_between_words() -> None:
    line = "Un texte qui dure. " * 20 + "https://exemple.fr/une-page"
    start = line.index("dure", 180)

    shown = shown_around(line, (start, start + 4), "tient")

    assert "tient" in shown
    assert set(shown.strip("…").split()) <= {*line.split(), "tient."}


def test_two_calls_of_one_number_are_told(folder: Path) -> None:
    dates = folder / "dates.yaml"
    numbered = dates.read_text("utf-8").replace(
        "    audience: jardiniers\n", "    audience: jardiniers\n    number: 1\n"
    )
    dates.write_text(numbered, "utf-8")

    (problem,) = problems(folder)
    assert problem.line == [n for n, line in enumerate(numbered.split("\n"), 1) if "number: 1" in line][1]
    assert "numéro 1" in problem.what


def test_a_call_that_closes_before_it_opens_is_told_once(folder: Path) -> None:
    meeting = "      - {id: call-1-info, kind: information, label: Réunion, date: 2025-04-29, source: paper}\n"
    _rewritten(folder, "dates.yaml", "      - {id: call-1-close", f"{meeting}      - {{id: call-1-close")
    _rewritten(folder, "dates.yaml", "date: 2025-05-19", "date: 2021-03-19")

    (problem,) = problems(folder)
    assert "précède son ouverture" in problem.what


def test_a_comma_for_the_colon_of_a_key_is_told_once(folder: Path) -> None:
    _rewritten(folder, "sources.yaml", "name: la brochure", "name, la brochure")

    (problem,) = problems(folder)
    assert "name: la brochure" in problem.example
