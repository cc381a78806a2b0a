"""What an editor is told when the content is wrong: file, line, what, an example of right; all at once."""

import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge import PACKAGED
from knowledge.checks.folder import FolderReader
from knowledge.checks.replay import replay
from knowledge.checks.schema import FOLDER, write_schemas
from knowledge.content.models import Content
from knowledge.loading import load
from knowledge.understanding.decision import Answer, Part, Reading
from knowledge.words.content_files import FILES, FORM
from knowledge.words.errors import ContentError, Problem
from knowledge.words.yaml_file import read_yaml
from tests.conftest import TODAY
from tests.knowledge.breaking import change

MINIMAL = Path(__file__).parents[1] / "content" / "minimal"

TOPIC = "topics/tout.yaml"


def errors(folder: Path) -> str:
    with pytest.raises(ContentError) as caught:
        load(folder)
    return str(caught.value)


def advice_on(folder: Path) -> list[Problem]:
    """What is told of a right content, and hinders nothing."""
    told: list[Problem] = []
    load(folder, today=TODAY, advice=told)
    return told


# One mistake a line: file, what is written, what is put instead, words of the explanation, and how many
# lines the place named is from the change.
MISTAKES = {
    "unknown key": (TOPIC, "    title: De quoi", "    titel: De quoi", "Vouliez-vous dire « title »", 0),
    "missing answer": (TOPIC, '    answer: "Que puis-je pour vous ?"\n', "", "la clé « answer » manque", -3),
    "empty answer": (TOPIC, '"Que puis-je pour vous ?"', '""', "« answer » est vide", 0),
    "duplicate id": (TOPIC, "id: price", "id: about", "déjà pris (topics/tout.yaml, ligne 3)", 0),
    "dead related": (TOPIC, "[price, contact]", "[prise, contact]", "Vouliez-vous dire « price »", 0),
    "unknown source": (TOPIC, "sources: [paper]", "sources: [papers]", "Vouliez-vous dire « paper »", 0),
    "unknown date": (TOPIC, "{date:call-1-close}", "{date:call-1-end}", "dans dates.yaml", 0),
    "unknown fact": (TOPIC, "{fact:start}", "{fact:begun}", "dans facts.yaml", 0),
    "unknown placeholder": (TOPIC, "{contact}", "{mail}", "{contact}", 0),
    "a brief what": (TOPIC, "{call}", "{call:long}", "{call:brief}", 0),
    "a mistake in the details": (
        TOPIC,
        "    courtesy: true\n",
        "    details: Voyez {mail}\n    courtesy: true\n",
        "« {mail} » n'est pas connu ici",
        0,
    ),
    "a date in what is said once old": (
        TOPIC,
        "    courtesy: true\n",
        "    once_old: {after: 2027-01-01, answer: Clos le 19 mai 2025.}\n    courtesy: true\n",
        "19 mai 2025",
        0,
    ),
    "split from nothing": (
        TOPIC, "    courtesy: true\n", "    split_from: prise\n    courtesy: true\n", "Vouliez-vous dire « price »", 0
    ),
    "too long a text": (TOPIC, "C'est un", "C'est un " + "mot " * 400, "la limite est 1500", -1),
    "too long a title": (TOPIC, "title: Contact", "title: " + "Contact " * 12, "la limite est 70", 0),
    "a tab": (TOPIC, "    button: Le prix", "\tbutton: Le prix", "tabulation", 0),
    "a wrong date": (TOPIC, "review_by: 2026-06-01", "review_by: 2026-06-31", "2026-06-31", 0),
    "half a date": (TOPIC, "review_by: 2026-06-01", "review_by: 2026-06", "il faut ici un jour entier", 0),
    "review before check": (TOPIC, "review_by: 2026-06-01", "review_by: 2025-06-01", "précède", 0),
    "a date in prose": (TOPIC, "Cela coûte", "Clos le 19 mai 2025. Cela coûte", "19 mai 2025", 0),
    "a date with slashes": (TOPIC, "Cela coûte", "Clos le 15/03/2027. Cela coûte", "15/03/2027", 0),
    "a day and a month with a slash": (TOPIC, "Cela coûte", "Clos le 15/03. Cela coûte", "« 15/03 »", 0),
    "a date as machines write it": (TOPIC, "Cela coûte", "Clos le 2027-03-15. Cela coûte", "2027-03-15", 0),
    "a day without its year": (TOPIC, "Cela coûte", "Clos le 15 mars. Cela coûte", "« 15 mars »", 0),
    "a month without its accent": (TOPIC, "Cela coûte", "Clos le 1er fevrier. Cela coûte", "« 1er fevrier »", 0),
    "a day and a month of one figure": (TOPIC, "Cela coûte", "Clos le 15/3. Cela coûte", "« 15/3 »", 0),
    "a date in words": (TOPIC, "Cela coûte", "Clos le quinze mars. Cela coûte", "« quinze mars »", 0),
    "a month cut short": (TOPIC, "Cela coûte", "Clos le 15 fév. 2027. Cela coûte", "« 15 fév. 2027 »", 0),
    "what is true for a while": (TOPIC, "Cela coûte", "Un appel ouvre bientôt. Cela coûte", "qu'un temps", 0),
    "a promise": (TOPIC, "Cela coûte", "L'équipe vous répondra. Cela coûte", "promet ce que", 0),
    "not found told as not published": (
        TOPIC, "Cela coûte", "Le montant n'est pas publié. Cela coûte", "ne pas avoir trouvé", 0),
    "an address typed": (TOPIC, "{contact}", "Equipe@jardins.example.org", "changée dans programme.yaml", 0),
    "five bullets": (TOPIC, "      - second point", "      - b\n      - c\n      - d\n      - e", "5 puces", -4),
    "a long answer": (TOPIC, "Que puis-je", "Un mot. " * 99 + "Que puis-je", "plus de 750", 0),
    "long details": (
        TOPIC, "    courtesy: true\n", f"    details: {'Un mot. ' * 160}\n    courtesy: true\n", "plus de 1200", 0),
    "an entry not finished": (TOPIC, "Que puis-je", "À COMPLÉTER. Que puis-je", "commencée, et pas finie", 0),
    "the ages of a point, the oldest first": (
        TOPIC, "    courtesy: true\n", "    points: [{id: p, says: Oui., ages: [25, 18]}]\n    courtesy: true\n",
        "le premier doit être le plus jeune", 0),
    "two points under the same button": (
        TOPIC, "    courtesy: true\n",
        "    points: [{id: p, button: Et moi, says: Oui.}, {id: q, button: Et moi, says: Non.}]\n    courtesy: true\n",
        "a déjà le bouton « Et moi »", 0),
    "a point whose name fits in no button": (
        TOPIC, "  - id: hello", f"  - points: [{{id: {'p' * 32}, says: Oui.}}]\n    id: hello-to-whom-it-may-concern",
        "un bouton de Telegram n'en porte pas plus", 0),
    "a button of two entries": (TOPIC, "button: Le prix", "button: présentation", "déjà celui de « about »", 0),
    "the same entry offered twice": (TOPIC, "[price, contact]", "[price, price]", "proposé deux fois", 0),
    "an entry offered under itself": (TOPIC, "related: [about]", "related: [price]", "proposé deux fois", 0),
    "a link the wrong way round": (TOPIC, "Que puis-je", "(site)[https://a.fr] Que puis-je", "[site](https://a.fr)", 0),
    "a link with a space": (TOPIC, "Que puis-je", "[site] (https://a.fr) Que puis-je", "« [site] »", 0),
    "a placeholder in square brackets": (TOPIC, "Que puis-je", "[contact] Que puis-je", "« [contact] »", 0),
    "a sign of web pages": (TOPIC, "Que puis-je", "Un&nbsp;mot. Que puis-je", "« &nbsp; »", 0),
    "a neighbour's phrase that is ours": (
        "glossary.yaml", "[programme cousin, COUSIN]", "[c'est payant]", "est une question de l'entrée « price »", 0),
    "a date in a title": (TOPIC, "title: Contact", "title: Contact avant le 15 mars", "« 15 mars »", 0),
    "a date in a fact": ("facts.yaml", "says: 10 euros", "says: 10 euros au 15/03/2027", "15/03/2027", 0),
    "a date in a sentence": (
        "messages.yaml", "Ouvrir le menu", "Ouvrir le menu du 15 mars", "« 15 mars »", 0),
    "no source": (TOPIC, "    own: true\n", "", "« contact » n'a pas de source", -1),
    "a title in an answer": (TOPIC, "- premier point", "## premier point", "« ## »", 0),
    "italics": (TOPIC, "- premier point", "- *premier* point", "*premier*", 0),
    "italics with underscores": (TOPIC, "- premier point", "- _premier_ point", "_premier_", 0),
    "bullets with stars": (TOPIC, "- premier point", "* premier point", "« * »", 0),
    "a title cut by a sharp sign": (TOPIC, "title: Contact", "title: Contact #3", "« #3 » ne serait pas lu", 0),
    "a text cut by a sharp sign": (
        TOPIC, "title: Combien ça coûte ?", "title: Combien ça # coûte ?", "« # coûte ? » ne serait pas lu", 0),
    "an amount in two entries": (
        TOPIC, "Que puis-je pour vous ?", "C'est 1 500 €, ou 10 €.", "« 10\xa0€ » est déjà le fait « price »", 0),
    "an amount in thousands": (
        TOPIC, "Que puis-je pour vous ?", "C'est 0,01 k€.", "« 0,01 k€ » est déjà le fait « price »", 0),
    "an acronym that nothing explains": (TOPIC, "Que puis-je", "Chère XYZ, que puis-je", "XYZ n'est expliqué", 0),
    "an acronym defined twice": (
        "glossary.yaml", "synonyms:", "  - {acronym: ABD, means: x, definition: X., also: [ABC]}\nsynonyms:",
        "ABC est déjà défini à la ligne 2", 0),
    "a phrase that is off topic too": (
        "hors-sujet.yaml", "une recette de crêpes", "Bonjour", "est une question de l'entrée « hello »", 0),
    "the same phrase twice": (TOPIC, "- quel est le prix", "- le calendrier", "déjà dans", 15),
    "bad mark-up": (TOPIC, "**exemple**", "**exemple", "C'est un **exemple**, commencé", 0),
    "html": (TOPIC, "**exemple**", "<b>exemple</b>", "<b>", 0),
    "a colon in a text": (TOPIC, "title: Contact", "title: Contact : qui", "guillemets", 0),
    "an unclosed quote between entries": (TOPIC, "title: Contact", 'title: "Contact', "guillemet", 0),
    "a key too far in": (TOPIC, "    button: Le prix", "      button: Le prix", "trop en retrait", 0),
    "an element out of its list": (TOPIC, "  - id: price", "- id: price", "n'est pas aligné sur les autres", 0),
    "a colon in an element": (TOPIC, "- quel est le prix", "- question : le prix", '- "question : le prix"', 0),
    "a tab after a dash": (TOPIC, "- quel est le prix", "-\tquel est le prix", "tabulation", 0),
    "a bullet instead of a dash": (TOPIC, "- quel est le prix", "• quel est le prix", "- quel est le prix", 0),
    "a long dash": (TOPIC, "- quel est le prix", "– quel est le prix", "tiret ordinaire", 0),
    "an equal sign": (TOPIC, "button: Le prix", "button = Le prix", "button: Le prix", 0),
    "quotes of two kinds": (TOPIC, "- quel est le prix", '- "quel est le prix”', '- "quel est le prix"', 0),
    "quotes within quotes": (TOPIC, "- quel est le prix", '- "le "prix" en euros"', '- "le prix en euros"', 0),
    "a sign that no one sees": (TOPIC, "button: Le prix", "button: \u200bLe prix", "invisible", 0),
    "spoilt accents": (TOPIC, "- quel est le prix", "- prix payÃ©", "accents", 0),
    "names without commas": (TOPIC, "[price, contact]", "[price contact]", "[price, contact]", 0),
    "a placeholder in double braces": (TOPIC, "{contact}", "{{contact}}", "{{contact}}", 0),
    "a placeholder with spaces": (TOPIC, "{contact}", "{ contact }", "{ contact }", 0),
    "an unknown placeholder in a redirection": (
        "glossary.yaml", "est un autre programme.", "est un autre programme : {mail}.", "« {mail} »", 0),
    "the key of a list is gone": (TOPIC, "topics:\n", "", "la clé qui la nomme manque", 0),
    "folded lines": (TOPIC, '"Que puis-je pour vous ?"', ">\n      Voici :\n      - ceci", "« > » joindrait", 0),
    "a line of a text out of it": (
        TOPIC, '"Que puis-je pour vous ?"', "|\n      Voici :\n   - ceci : cela", "moins en retrait", 2),
    "an element without its dash": (
        TOPIC, "- quel est le prix", '- "quel est le prix"\n        "et le tarif"', "il manque un tiret", 1),
    "an unclosed bracket": (TOPIC, "related: [price, contact]", "related: [price, contact", "crochet", 0),
    "a reserved sign": (TOPIC, "title: Contact", "title: @Contact", "signe réservé", 0),
    "a character that cannot be seen": (TOPIC, "title: Contact", "title: Con\0tact", "invisible", 0),
    "a second document": ("sources.yaml", "sources:\n", "x: 1\n---\nsources:\n", "second document", 1),
    "a placeholder with a slip": (TOPIC, "{contact}", "{Contact}", "{Contact}", 0),
    "a placeholder left open": (TOPIC, "{contact}", "{contact", "{contact", 0),
    "a number with a zero before": (
        "dates.yaml", "audience: jardiniers", "audience: jardiniers\n    number: 010", "nombre entier", 1),
    "a number too big": (
        "dates.yaml", "audience: jardiniers", f"audience: jardiniers\n    number: {'9' * 5000}", "entier", 1),
    "yes for true": (
        "dates.yaml", "date: 2025-05-19", "date: 2025-05-19, provisional: oui", "« true » (oui)", 0),
    "a time for a date": ("dates.yaml", "date: 2025-05-19", "date: 12:30", "12:30", 0),
    "nothing for a text": (TOPIC, "title: Contact", "title:", "on lit « rien »", 0),
    "a key that exists elsewhere": (TOPIC, "title: Contact", "titre: Contact", "clés possibles ici : id, title", 0),
    "a command twice": ("messages.yaml", "name: aide", "name: start", "déjà pris", 0),
    "an unclosed quote": ("sources.yaml", "name: la brochure", 'name: "la brochure', "guillemet", 0),
    "an alias": ("sources.yaml", "name: la brochure", "name: *x", "ancres et alias", 0),
    "an anchor": ("sources.yaml", "name: la brochure", "name: &x la brochure", "ancres et alias", 0),
    "a tag": ("sources.yaml", "name: la brochure", "name: !!python/object:os.system x", "étiquettes", 0),
    "a duplicate key": ("sources.yaml", "name: la brochure", "name: a, name: b", "écrite deux fois", 0),
    "a kind that does not exist": ("sources.yaml", "kind: presse", "kind: blog", "officiel", 0),
    "not a list": ("sources.yaml", "sources:\n", "sources: rien\nx:\n", "doit être une liste", 0),
    "a text for keys": ("glossary.yaml", "shorthand: {cb: combien, pr: pour}", "shorthand: cb", "ensemble de clés", 0),
    "a list for a text": ("sources.yaml", "name: la brochure", "name: [a]", "doit être un texte", 0),
    "contested without a choice": ("facts.yaml", "    follows: leaflet\n", "", "celle qui est suivie", -5),
    "follows nobody": ("facts.yaml", "follows: leaflet", "follows: radio", "« radio »", 0),
    "closing before opening": ("dates.yaml", "date: 2025-05-19", "date: 2025-03-19", "précède son ouverture", 0),
    "an impossible date": ("dates.yaml", "date: 2025-05-19", "date: 2025-02-30", "2025-02-30", 0),
    "an unknown placeholder in a sentence": (
        "messages.yaml", "start:\n", "inputs: {too_long: '{limite} signes'}\nstart:\n", "{limite}", 0),
    "a menu that leads nowhere": ("messages.yaml", "topic: price}", "topic: prix}", "« prix »", 0),
    "a wrong e-mail": ("programme.yaml", "equipe@jardins.example.org", "PROJET.TEVO", "PROJET.TEVO", 0),
    "yes in French": (TOPIC, "related: [price, contact]", "related: [price]\n    courtesy: oui", "« true » (oui)", 1),
    "a list of numbers": (TOPIC, "related: [price, contact]", "related: {a: 010}", "doit être une liste", 0),
    "an id in capitals": (TOPIC, "id: price", "id: Price", "minuscules", 0),
    "no phrase to a near miss": ("glossary.yaml", "phrases: [", "phrases: []\n    autre: [", "autre", 1),
    "an acronym that leads nowhere": ("glossary.yaml", "topic: about", "topic: abouts", "« abouts »", 0),
    "French quotes around a phrase": (TOPIC, "- quel est le prix", "- « quel est le prix »", '- "quel est le prix"', 0),
    "French quotes around a title": (TOPIC, "title: Combien ça coûte ?", "title: « Prix »", 'title: "Prix"', 0),
    "a number for a phrase": (TOPIC, "- quel est le prix", "- 2026", '- "et en 2026 ?"', 0),
    "a day for a phrase": (TOPIC, "- quel est le prix", "- 2026-01-27", "« 2026-01-27 », est seul", 0),
    "a number for a label": (TOPIC, "button: Le prix", "button: 2026", 'button: "En 2026"', 0),
    "a word processor's quotes": (TOPIC, "- quel est le prix", "- “quel est le prix”", '- "quel est le prix"', 0),
    "a quote that is not opened": (TOPIC, "- quel est le prix", '- quel est le prix"', '- "quel est le prix"', 0),
    "two elements on a line": (TOPIC, "- quel est le prix", '- "le prix", "le tarif"', '- "le tarif"', 0),
    "a comma after an element": (TOPIC, "- quel est le prix", '- "quel est le prix",', "un signe suit", 0),
    "two dashes": (TOPIC, "- quel est le prix", '--"quel est le prix"', 'un seul tiret', 0),
    "an element too far right": (TOPIC, "      - quel est le prix", "        - quel est le prix", "6 espaces", 0),
    "an element too far left": (TOPIC, "      - quel est le prix", "    - quel est le prix", "6 espaces", 0),
    "an element without dash": (TOPIC, "- quel est le prix", "quel est le prix", ": - quel est le prix", 0),
    "an entry without dash": (TOPIC, "  - id: about", "    id: about", ": - id: about", 0),
    "a key without colon": (TOPIC, "    button: Le prix", "    button Le prix", ": button: Le prix", 0),
    "a text and a list": (TOPIC, "questions:\n      - combien", "questions: prix\n      - combien", "a déjà un", 1),
    "a bar forgotten above bullets": (TOPIC, "answer: |\n      C'est", "answer:\n      C'est", "answer: |", 0),
    "a word processor's bullet": (TOPIC, "      - premier point", "      • premier point", "« • »", 0),
    "an element in brackets": (TOPIC, "- quel est le prix", "- [quel est le prix]", ': - "quel est le prix"', 0),
    "an empty element": (TOPIC, "- quel est le prix", "-", '- "votre texte"', 0),
    "an id with an accent": (TOPIC, "id: price", "id: privilège", "id: privilege", 0),
    "a list without brackets": (TOPIC, "[leaflet, paper]", "leaflet, paper", "sources: [leaflet, paper]", 0),
    "a French day": (TOPIC, "review_by: 2027-01-01", "review_by: 01/02/2027", "review_by: 2027-02-01", 0),
    "a key misspelt": (TOPIC, "    button: Le prix", "    boutton: Le prix", ": button: Le prix", 0),
    "a remark within a phrase": (TOPIC, "- quel est le prix", "- le prix #1 ?", '- "le prix #1 ?"', 0),
    "a mark of a choice with a slip": (
        TOPIC, "Que puis-je", "{si:amounts}Voici.{Sinon}Rien.{fin} Que puis-je", "Exemple : {sinon}", 0),
    "one comma missing of two": (TOPIC, "[price, contact]", "[price, contact hello]", "[price, contact, hello]", 0),
    "a comma too many": (TOPIC, "[price, contact]", "[price,, contact]", "related: [price, contact]", 0),
    "a day without zeros": (TOPIC, "review_by: 2026-06-01", "review_by: 2026-6-1", "review_by: 2026-06-01", 0),
    "a day with slashes": (TOPIC, "review_by: 2026-06-01", "review_by: 2026/06/01", "review_by: 2026-06-01", 0),
    "a day in words": (TOPIC, "review_by: 2026-06-01", "review_by: 1er juin 2026", "review_by: 2026-06-01", 0),
    "a day before its month": ("dates.yaml", "date: 2025-05-19", "date: 2025-19-05", ": date: 2025-05-19", 0),
    "a key within a text": (
        TOPIC, "    perishable: true", "      perishable: true", "perishable: true   (4 espaces devant)", 0),
    "the first line of the first entry is gone": (TOPIC, "  - id: about\n", "", "- id: mon-entree", 0),
    "the first line of another entry is gone": (TOPIC, "  - id: price\n", "", "title, button, answer", 0),
    "a hard space after a dash": (TOPIC, '- à quoi', '-\u00a0à quoi', "- à quoi ça sert", 0),
    "a hard space after the dash of a quote": (
        TOPIC, "- quel est le prix", '-\u00a0"quel est le prix"', '- "quel est le prix"', 0),
    "a number for a dash": (TOPIC, "      - quel est", "      2. quel est", ": - quel est le prix", 0),
    "a name in capitals": (TOPIC, "[price, contact]", "[Price, contact]", "related: [price, contact]", 0),
    "a full stop for a comma": (TOPIC, "[price, contact]", "[price. contact]", "related: [price, contact]", 0),
    "a year of two figures": (TOPIC, "review_by: 2026-06-01", "review_by: 01/06/26", "review_by: 2026-06-01", 0),
    "two bars": (TOPIC, "answer: |\n      C'est", "answer: ||\n      C'est", "Exemple : answer: |", 0),
    "a quote before a bar": (TOPIC, "answer: |\n      C'est", 'answer: "|\n      C\'est', "Exemple : answer: |", 0),
    "a backslash": (TOPIC, '"Que puis-je', '"Et\\ou ceci', "Et/ou ceci", 0),
    "ages as a range": (
        TOPIC, "    courtesy: true\n", "    points: [{id: p, says: Oui., ages: 18-25}]\n    courtesy: true\n",
        "ages: [18, 25]", 0),
    "an address without its beginning": (
        "sources.yaml", '"https://example.org/a"', "www.example.org/a", 'url: "https://www.example.org/a"', 0),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_file_and_line(folder: Path, mistake: str) -> None:
    file, before, after, words, offset = MISTAKES[mistake]
    line = change(folder, file, before, after) + offset

    said = errors(folder)

    assert f"{file}, ligne {line} : " in said
    assert words in said


@pytest.mark.parametrize(
    ("file", "raw", "words"),
    [
        ("sources.yaml", b"", "le fichier est vide"),
        ("sources.yaml", b"# rien encore\n", "le fichier est vide"),
        ("sources.yaml", b"- a\n- b\n", "ne commence pas par une clé"),
        (TOPIC, "thème: été".encode("latin-1"), "UTF-8"),
        (TOPIC, "thème: été".encode("utf-16"), "UTF-8"),
        ("topics/oubli.yml", b"theme: x\n", "doit finir par .yaml"),
    ],
)
def test_a_file_of_another_kind_is_named(folder: Path, file: str, raw: bytes, words: str) -> None:
    (folder / file).write_bytes(raw)

    said = errors(folder)

    assert f"{file}, ligne 1 : " in said
    assert words in said


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("topics/oubli.Yml", "wrong_suffix"),
        ("topics/oubli.YAML", "wrong_suffix"),
        ("topics/tout.yaml.html", "unread_file"),
        ("tout.yaml.html", "unread_file"),
        ("calendrier.yaml.txt", "misnamed_file"),
    ],
)
def test_a_file_that_is_not_read_is_told_by_what_it_was_to_be(folder: Path, file: str, kind: str) -> None:
    (folder / file).write_text("theme: x\n", "utf-8")

    with pytest.raises(ContentError) as caught:
        load(folder, today=TODAY)

    assert [(problem.file, problem.kind) for problem in caught.value.problems] == [(file, kind)]


@pytest.mark.parametrize("name", ["tout.yaml.txt", "tout.yml.txt", "tout.YAML", "tout.txt", "tout - Copie.yaml.txt"])
def test_entries_saved_by_a_name_that_is_not_read_are_told_alone(folder: Path, name: str) -> None:
    shutil.copy(folder / "topics/tout.yaml", folder / "topics/autres.yaml")
    (folder / "topics/tout.yaml").rename(folder / "topics" / name)
    text = (folder / "topics/autres.yaml").read_text("utf-8")
    (folder / "topics/autres.yaml").write_text(
        text[: text.index("  - id: price")].replace("related: [p", "# "), "utf-8"
    )

    with pytest.raises(ContentError) as caught:
        load(folder, today=TODAY)

    assert [(one.file, one.kind) for one in caught.value.problems] == [(f"topics/{name}", "wrong_suffix")]
    assert "renommez-le tout" in caught.value.problems[0].example


def test_what_the_questionnaire_asks_is_looked_at_as_what_people_read(folder: Path) -> None:
    shutil.copy(MINIMAL.parent / "gardens" / FORM, folder)
    text = (folder / FORM).read_text("utf-8").replace("Qui plante ?", "Tu plantes quoi ?")
    (folder / FORM).write_text(text, "utf-8")

    assert "« Tu » tutoie" in errors(folder)


def test_every_file_that_is_read_is_known_by_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(MINIMAL.parent / "gardens" / FORM, folder)
    read = set[str]()

    def noting(work: Callable[..., Any]) -> Callable[..., Any]:
        def noted(self: FolderReader, name: str, model: Any) -> Any:
            read.add(name)
            return work(self, name, model)

        return noted

    for way in ("read", "known", "optional"):
        monkeypatch.setattr(FolderReader, way, noting(getattr(FolderReader, way)))
    load(folder)

    assert {name for name in read if not name.startswith("topics/")} == FILES


def test_a_package_without_topics_says_so_and_no_more(folder: Path) -> None:
    (folder / TOPIC).unlink()

    assert errors(folder).startswith("topics, ligne 1 : ce dossier ne contient aucun fichier .yaml")
    assert errors(folder).count("ligne") == 1


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_the_line_ends_of_any_editor_are_read(folder: Path, ending: str) -> None:
    before = load(folder).topics
    text = (folder / TOPIC).read_text("utf-8").replace("\n", ending)
    (folder / TOPIC).write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert load(folder).topics == before


def test_every_mistake_comes_with_an_example() -> None:
    sentences = yaml.safe_load((PACKAGED.parent / "words/editor.yaml").read_text("utf-8"))
    not_mistakes = {
        "problem",
        "problem_with_example",
        "amount_scales",
        "astray_nowhere",
        "to_write_mark",
        "suggestion",
        "answer_placeholders",
    }
    mistakes = {
        key
        for key in sentences
        if not key.endswith(("_example", "_where", "_words"))
        and not key.startswith(("advice_", "list_", "graph_", "problem_", "shown_", "belongs_"))
    } - not_mistakes

    assert {key for key in mistakes if f"{key}_example" not in sentences} == set()


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    change(folder, TOPIC, "[price, contact]", "[prise, contact]")
    change(folder, TOPIC, "{date:call-1-close}", "{date:nowhere}")
    change(folder, TOPIC, "- quel est le prix", "- le calendrier")

    assert errors(folder).count("ligne") >= 3


def test_many_mistakes_are_told_by_kind_each_with_one_example(folder: Path) -> None:
    path = folder / TOPIC
    text = path.read_text("utf-8")
    path.write_text(text.replace("review_by:", "revue_le:").replace("button:", "bouton:"), "utf-8")

    said = errors(folder).splitlines()

    assert sum("clés possibles ici" in line for line in said) == 1
    assert sum("« revue_le » n'est pas une clé connue" in line for line in said) == 1
    assert any(line.startswith(f"    De même, {TOPIC}, lignes 1") for line in said)
    assert sum("« bouton » n'est pas une clé connue" in line for line in said) == 1


def test_many_different_mistakes_of_a_kind_are_counted(folder: Path) -> None:
    entries = "".join(f'  - {{id: near-{n}, phrases: [mot{n}], reply: "Voyez {{perdu{n}}}."}}\n' for n in range(20))
    path = folder / "glossary.yaml"
    path.write_text(f"{path.read_text('utf-8')}{entries}", "utf-8")

    said = errors(folder)

    assert said.count("n'est pas connu ici") == 6
    assert "et 14 autre(s) erreur(s) de cette sorte" in said


def test_a_programme_that_cannot_be_read_is_not_blamed_on_the_others(folder: Path) -> None:
    path = folder / "programme.yaml"
    path.write_text(path.read_text("utf-8").replace("email:", "courriel:"), "utf-8")

    assert {line.split(",")[0] for line in errors(folder).splitlines() if ", ligne" in line} == {"programme.yaml"}


@pytest.mark.parametrize(
    "answer",
    [
        '"**{si:ecoles:amounts}Oui**{sinon}Non**{fin}"',
        "|\n      {si:ecoles:amounts}Oui.\n\n      • Tout.{sinon}Non.{fin}",
    ],
)
def test_a_text_right_once_chosen_is_not_told_as_wrong_for_a_programme_that_cannot_be_read(
    folder: Path, answer: str
) -> None:
    change(folder, TOPIC, '"Que puis-je pour vous ?"', answer)
    load(folder)
    change(folder, "programme.yaml", "email:", "courriel:")

    with pytest.raises(ContentError) as caught:
        load(folder)

    assert {problem.file for problem in caught.value.problems} == {"programme.yaml"}


def test_wrong_elements_do_not_make_the_list_too_short(folder: Path) -> None:
    change(folder, "sources.yaml", "name: la brochure", "nom: la brochure")

    assert "au moins 1 élément" not in errors(folder)


def test_mistakes_in_several_files_are_told_at_once(folder: Path) -> None:
    change(folder, "sources.yaml", "name: la brochure", "nom: la brochure")
    change(folder, "facts.yaml", "label: Prix", "label: ''")

    said = errors(folder)

    assert "sources.yaml, ligne 2" in said
    assert "facts.yaml, ligne 12" in said


@pytest.mark.parametrize("file", sorted({path.name for path in MINIMAL.glob("*.yaml")} - {"glossary.yaml"}))
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()

    assert f"le fichier « {file} » manque" in errors(folder)


@pytest.mark.parametrize(
    "bomb",
    [
        b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        b"[" * 20_000,
        b"- " * 5_000,
        b"sources: !!python/object/apply:os.system ['true']\n",
        b"\xff\xfe\x00",
        b"x" * 2_000_000,
        b"{[]: 1}",
        b"? [a]\n: b\n",
        b"n: " + b"9" * 10_000,
        b"",
        b"---\n---\n",
        b"%YAML 3.0\n---\na: 1\n",
    ],
    ids=lambda bomb: repr(bomb[:12]),
)
def test_no_file_can_crash_or_hang_the_reader(folder: Path, bomb: bytes) -> None:
    (folder / "sources.yaml").write_bytes(bomb)

    started = time.process_time()
    assert "sources.yaml, ligne" in errors(folder)
    assert time.process_time() - started < 5  # a bomb would take minutes and gigabytes


def test_words_that_yaml_would_change_stay_as_typed(folder: Path) -> None:
    for word in ("no", "yes", "on", "12:30", "0123", "2025-05-19", "1_000", "0x10"):
        change(folder, "sources.yaml", "name: la brochure", f"name: {word}")
        assert load(folder).sources["leaflet"].name == word
        change(folder, "sources.yaml", f"name: {word}", "name: la brochure")


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"], ids=["Unix", "Windows", "old Mac"])
def test_a_file_written_on_any_system_is_read(folder: Path, ends: bytes) -> None:
    path = folder / TOPIC
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", ends))

    assert load(folder).topics["price"].title.startswith("Combien")


def test_an_amount_typed_in_two_entries_is_a_fact(folder: Path) -> None:
    change(folder, TOPIC, "C'est un", "C'est 1500 euros, un")
    line = change(folder, TOPIC, "Que puis-je pour vous ?", "C'est 1 500 €.")

    assert f"{TOPIC}, ligne {line} : « 1\u202f500\xa0€ » est aussi dans « about »" in errors(folder)
    assert "{fact:" in errors(folder)


def test_a_misspelt_key_is_told_once_and_not_as_missing_too(folder: Path) -> None:
    change(folder, TOPIC, "    button: Le prix", "    boutton: Le prix")

    assert "manque" not in errors(folder)


@pytest.mark.parametrize("asked", ['"2026"', "« oui » ou « non »", "👍", "en 2026"])
def test_what_is_quoted_or_has_words_may_be_asked(folder: Path, asked: str) -> None:
    change(folder, TOPIC, "- quel est le prix", f"- {asked}")

    assert load(folder).topics


@pytest.mark.parametrize(
    "right",
    [
        "Un texte : décret du 28 juillet 2022.",
        "Le [calendrier](https://example.org/2025-05-19/a_b_c.html).",
        "En 2027, 24 h/24 et 7 j/7, 2 * 3.",
        "Une agence (XYZ) : la XYZ répond au XXIe siècle.",
    ],
)
def test_what_only_looks_like_a_mistake_is_accepted(folder: Path, right: str) -> None:
    change(folder, TOPIC, "Que puis-je pour vous ?", right)

    assert load(folder).topics


def test_a_remark_after_a_value_is_no_cut_text(folder: Path) -> None:
    change(folder, TOPIC, "title: Contact", "title: Contact  # une remarque")
    change(folder, TOPIC, "review_by: 2026-06-01", "review_by: 2026-06-01 # à revoir")
    change(folder, TOPIC, "title: De quoi", "title: C#, de quoi")

    assert load(folder).topics["contact"].title == "Contact"


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (TOPIC, "checked_on: 2026-01-01", "checked_on: 2026-03-01"),
        ("facts.yaml", "checked_on: 2026-01-01", "checked_on: 2026-03-01"),
        ("sources.yaml", "sources:\n", "read_on: 2026-03-01\nsources:\n"),
        ("sources.yaml", "dated: 2022}", "dated: 2022, read_on: 2026-03-01}"),
    ],
)
def test_nobody_has_read_a_source_on_a_day_to_come(folder: Path, file: str, before: str, after: str) -> None:
    line = change(folder, file, before, after)

    with pytest.raises(ContentError) as caught:
        load(folder, today=date(2026, 2, 28))

    assert f"{file}, ligne {line} : " in str(caught.value)
    assert "2026-03-01, qui est encore à venir" in str(caught.value)
    assert load(folder, today=date(2026, 3, 1)).topics


def test_a_labelled_example_names_an_entry_that_exists(folder: Path) -> None:
    (folder / "examples").mkdir()
    path = folder / "examples" / "questions.yaml"
    path.write_text(
        '- {q: "combien", topics: [price], accept: [about]}\n'
        '- {q: "la pluie", topics: [hors-sujet]}\n'
        '- {q: "le coût", topics: [prize], accept: [retired]}\n'
        '- {q: "aide", family: aucune}\n'
    )

    with pytest.raises(ContentError) as caught:
        load(folder, today=date(2026, 3, 1))

    said = str(caught.value)
    assert said.count("ligne") == said.count("examples/questions.yaml, ligne 3 : cet exemple nomme") == 2
    assert "Vouliez-vous dire « price »" in said
    assert "« retired »" in said


def test_a_phrasing_that_does_not_reach_its_entry_is_listed(folder: Path) -> None:
    line = change(folder, TOPIC, "- bonjour", "- les horaires du métro de Tokyo")
    file = read_yaml(folder / TOPIC, TOPIC)
    here = {"salut": "hello", "c'est payant": "price"}

    def read(phrase: str) -> Reading:
        return Reading((Part(phrase, Answer(here.get(phrase, "contact"), 1.0)),))

    done = replay([file], read)

    assert done.asked == sum(len(topic.questions) for topic in load(folder).topics.values())
    assert len(done.astray) == done.asked - 2 - len(load(folder).topics["contact"].questions)
    assert [problem.line for problem in done.astray if "métro" in problem.what] == [line]
    assert "« hello », mais à : contact" in done.astray[-1].what


def test_a_programme_signs_its_dossiers_with_its_own_letters(folder: Path, packaged: Content) -> None:
    assert packaged.programme.reference_prefix == "TV"
    assert load(folder).programme.reference_prefix == "JP"
    change(folder, "programme.yaml", "reference_prefix: JP", "reference_prefix: jardins-1")
    assert "programme.yaml, ligne 10 : " in errors(folder)


def test_an_empty_or_missing_package_is_told(tmp_path: Path) -> None:
    assert "topics" in errors(tmp_path)
    (tmp_path / "fichier").write_text("")
    assert "fichier" in errors(tmp_path / "fichier")


def test_hard_reading_is_advised_against(folder: Path) -> None:
    change(folder, TOPIC, "Que puis-je pour vous ?", "Le VSI part. " + "mot " * 26)
    change(folder, "glossary.yaml", "acronyms:", "acronyms:\n  - {acronym: VSI, means: volontaire, definition: Un.}")

    said = [str(one) for one in advice_on(folder) if one.kind in ("advice_long", "advice_acronym")]

    assert len(said) == 2
    assert all(one.startswith(f"Conseil : {TOPIC}, ligne ") for one in said)
    assert "26 mots" in " ".join(said)
    assert "VSI" in " ".join(said)


def test_the_packaged_content_needs_no_advice() -> None:
    assert advice_on(PACKAGED) == []


def test_a_right_file_gives_french_typography(minimal: Content) -> None:
    assert minimal.topics["price"].title == "Combien ça coûte\u202f?"


def test_the_version_changes_with_any_file(folder: Path) -> None:
    before = load(folder).version
    change(folder, "glossary.yaml", "cb: combien", "cb: combien, bcp: beaucoup")

    assert load(folder).version != before


def test_the_packaged_content_is_right() -> None:
    assert load(PACKAGED).topics


@pytest.mark.parametrize(
    "written",
    [
        "near_acts: [price, prix]",
        "follow_ups: {applying: [about, prix]}",
        "follow_ups: {thanks: {topic: prix}}",
        "follow_ups: {countries: prix}",
        "acts: {privacy: {topic: prix}}",
    ],
)
def test_an_entry_that_the_conversation_names_exists(folder: Path, written: str) -> None:
    (folder / "conversation.yaml").write_text(written, "utf-8")

    assert "conversation.yaml, ligne 1 : aucune entrée ne s'appelle « prix »" in errors(folder)


def test_a_list_of_words_that_nothing_reads_was_to_add_to_one_of_the_engine(folder: Path) -> None:
    (folder / "conversation.yaml").write_text("groups:\n  howto: [+, jardin]\n", "utf-8")

    assert "ligne 2 : rien ne se sert de la liste « howto » de `groups`. Vouliez-vous dire « how-to »" in errors(folder)


SITUATION = "situation.yaml"


def test_what_a_situation_says_names_what_there_is(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(PACKAGED, tmp_path / "content", ignore=shutil.ignore_patterns("examples")))
    changes = {
        "« jumelages »": change(copy, SITUATION, "unless: [jumelage]", "unless: [jumelages]"),
        "pas de point « ville »": change(copy, SITUATION, "point: ville-etrangere", "point: ville"),
        "Vouliez-vous dire « foreign-body »": change(
            copy, SITUATION, "actor: [foreign-body]", "actor: [foreign-bodies]"
        ),
        "se séparent par « | »": change(copy, SITUATION, "words: departement|", "words: departement, "),
        "aucun pays ne s'appelle « vietnam »": change(copy, SITUATION, "    viet nam:", "    vietnam:"),
        "question ne s'appelle « speak »": change(copy, SITUATION, "speaks: [", "speak: ["),
        "« {contcat} »": change(copy, SITUATION, "Demandez-la à l'équipe : {contact}", "Demandez-la à {contcat}"),
    }

    said = errors(copy).splitlines()

    for told, line in changes.items():
        assert any(f"{SITUATION}, ligne {line} : " in mistake and told in mistake for mistake in said)


def test_a_year_still_to_come_is_told_to_the_editor(folder: Path) -> None:
    change(folder, TOPIC, "Que puis-je", "L'appel ouvre en mars 2027. Que puis-je")
    load(folder)

    with pytest.raises(ContentError, match="« mars 2027 »"):
        load(folder, today=date(2026, 11, 26))
    load(folder, today=date(2027, 11, 26))


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('slots:\n  veux: [+, "je (veux|voudrais"]\n', 2),
        ('slots:\n  peux:\n    - +\n    - "on peut"\n    - "{peux_tu} donc"\n', 5),
        ('acts:\n  insult:\n    phrases: [+, "du balai|oust"]\n  drop:\n    phrases: [+, "oust (ici"]\n', 5),
    ],
)
def test_a_phrase_with_variants_that_cannot_be_read_is_named(folder: Path, written: str, line: int) -> None:
    (folder / "conversation.yaml").write_text(written, "utf-8")

    said = errors(folder)

    assert f"conversation.yaml, ligne {line} : " in said
    assert "ne peut pas être lu ici" in said


def test_a_criterion_either_quotes_its_source_or_says_it_in_our_words(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKAGED, tmp_path / "content"))
    line = change(
        folder, "prequalification.yaml", '    says: "les missions', '    quote: "missions"\n    says: "les missions'
    )

    assert "prequalification.yaml" in errors(folder)
    assert "soit « quote »" in errors(folder)
    assert line


def test_a_content_found_right_is_not_read_again_but_a_changed_one_is(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    found = load(folder, kept=kept)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("knowledge.checks.content_folder.read_folder", lambda *_: pytest.fail("read again"))
        assert load(folder, kept=kept) == found

    name = next((folder / "topics").glob("*.yaml"))
    name.write_text(name.read_text("utf-8").replace("related: [", "related: [nowhere, ", 1), "utf-8")
    with pytest.raises(ContentError):
        load(folder, kept=kept)


def test_the_schemas_that_editors_use_are_those_of_the_models(tmp_path: Path) -> None:
    written = {path.name: path.read_text("utf-8") for path in write_schemas(tmp_path)}

    assert written == {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")}
