"""How distress is told from ordinary messages, measured: on messages never learnt, on all that the content holds."""

import gzip
import random
import re

import pytest
import yaml

from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.content.typed_texts import typed_texts
from knowledge.register.lines import REGISTER_FILE as REGISTER
from knowledge.understanding.understanding import Understanding
from knowledge.words.codes import new_code


@pytest.fixture
def reader(packaged_understanding: Understanding) -> Understanding:
    return packaged_understanding


def families(reader: Understanding, text: str) -> set[str]:
    met = reader.distress(text)
    return set(met.families) if met else set()


def measured() -> list[tuple[str, str]]:
    """Messages that nothing was learnt from, each with its kind."""
    files = ("detresse.yaml", "detresse-2.yaml")
    items = [item for name in files for item in yaml.safe_load((PACKAGED / "examples" / name).read_text("utf-8"))]
    return [(item["say"], item["family"]) for item in items]


FITTING = {
    "suicide": {"suicide", "tentative"},
    "automutilation": {"automutilation", "suicide", "tentative"},
    "danger": {"danger", "tentative"},
    "violences": {"violences", "menaces", "danger"},
    "menaces": {"menaces", "violences", "danger"},
    "tentative": {"tentative", "danger"},
    "sans-parler": {"sans-parler", "danger", "violences"},
}
"""The kinds whose reply gives the numbers that are needed."""


def test_of_messages_never_learnt_nearly_all_get_a_fitting_number(reader: Understanding) -> None:
    explicit = [(text, family) for text, family in measured() if family != "aucune"]
    missed = [text for text, family in explicit if not FITTING[family] & families(reader, text)]

    assert len(missed) <= len(explicit) * 8 // 100, missed


def test_hardly_any_of_people_who_are_well_is_met(reader: Understanding) -> None:
    others = [text for text, family in measured() if family == "aucune"]
    met = [text for text in others if reader.distress(text)]

    assert len(met) <= len(others) // 40, met  # the second half was chosen to be hard


def test_hardly_any_phrase_of_the_programme_is_met(reader: Understanding, packaged: Content) -> None:
    """Should it find more: add them to `ordinary` in detresse-exemples.yaml."""
    phrases = [phrase for topic in packaged.topics.values() for phrase in topic.questions]
    met = [phrase for phrase in phrases if reader.distress(phrase)]

    assert len(met) <= len(phrases) // 1000, met


WHO = ("mon fils", "ma fille", "mon pote", "mon mari", "ma sœur", "notre volontaire", "le maire", "il", "elle")
FOLLOW_UPS = (
    "{who} a {age} ans", "et {who} il en a {age}", "{who} vient de fêter ses {age} ans", "et {who} ?", "et pour {who}",
    "{who} arrive mardi", "{who} a perdu le mot de passe", "{who} me dit que c'est complet", "{who} a tout rendu hier",
)  # fmt: skip


def test_short_turns_of_an_ordinary_conversation_are_not_met(reader: Understanding) -> None:
    """Ages, relatives and what was done yesterday: little words alone tell nothing."""
    turns = {turn.format(who=who, age=age) for turn in FOLLOW_UPS for who in WHO for age in range(14, 90, 4)}
    met = [turn for turn in sorted(turns) if reader.distress(turn)]

    assert len(met) <= len(turns) // 100, met


NEEDED = [
    ("je peux pas parler, il est à côté, il m'a frappée", "114"),
    ("je suis sourde et mon mari ne respire plus", "114"),
    ("i can't talk, he hit me and he is in the next room", "114"),
    ("mon père veut se tuer, il a son fusil contre sa tempe", "15"),
    ("il a perdu connaissance, il ne répond pas", "15"),
    ("je suis maire et un homme menace de me tuer", "17"),
    ("mon fils a dit qu'il voulait se tuer", "3114"),
    ("je peux pas en parler à ma mère, j'ai envie de mourir", "3114"),
    ("il a fait un malaise il y a cinq minutes", "15"),
    ("personne ne voit qu'il me frappe", "17"),
    ("je rigole pas, je vais le tuer ce soir", "17"),
    ("je préfère mourir que d'aller en prison", "3114"),
    ("j'aimerais qu'il me tue", "3114"),
]


@pytest.mark.parametrize(("text", "number"), NEEDED)
def test_the_number_that_is_needed_comes_first(
    reader: Understanding, packaged: Content, text: str, number: str
) -> None:
    assert packaged.distress
    met = reader.distress(text)
    assert met

    said = packaged.distress.reply(met, None)
    given = [part for part in re.split(r"\D+", said) if len(part) > 1]

    assert given[0] == number


def test_no_label_of_a_button_is_met(reader: Understanding, packaged: Content) -> None:
    assert [text for text in typed_texts(packaged) if len(text) <= 40 and reader.distress(text)] == []


def test_no_code_that_we_draw_and_no_telephone_number_is_met(reader: Understanding) -> None:
    drawn = random.Random(20261126)
    codes = [new_code(prefix) for prefix in ("RP", "TV") for _ in range(300)]
    phones = [" ".join(f"{drawn.randrange(100):02}" for _ in range(5)) for _ in range(300)]

    assert [text for text in (*codes, *map(str.lower, codes), *phones) if reader.distress(text)] == []


def test_hardly_any_authority_of_the_register_is_met(reader: Understanding) -> None:
    lines = gzip.decompress(REGISTER.read_bytes()).decode("utf-8").splitlines()
    at = lines[0].split("\t").index("name")
    names = [line.split("\t")[at] for line in lines[1::20]]
    names += ["Saint-André-le-Gaz", "Laveline-devant-Bruyères", "azay le brule", "Vesaignes sous Lafauche"]

    met = [name for name in names if reader.distress(name)]

    assert met == [name for name in met if " " not in name and "-" not in name]
    assert len(met) <= len(names) // 1000, met


def test_a_name_hides_no_cry(reader: Understanding) -> None:
    """Sos is a commune in the Lot-et-Garonne."""
    assert (reader.distress("sos") is None) == (reader._distress.read("sos") is None)
    assert reader.distress("je suis à Saint-André-le-Gaz et je veux mourir")


@pytest.mark.parametrize("begin", ["je suis", "bonjour, je suis", "moi c'est", "ici"])
@pytest.mark.parametrize(
    "more", ["", " de Vernon", " et je viens voir si on peut candidater", " mais c'est en mon nom propre"]
)
def test_nobody_who_says_who_one_is_is_met(reader: Understanding, begin: str, more: str) -> None:
    who = ["le maire", "élu", "adjointe", "le DGS", "prof", "un jeune", "seul", "président de la comcom", "pompier"]
    said = [*(f"{begin} {one}{more}" for one in who), "j'ai une petite boîte", "j'ai une entreprise à Vernon"]

    assert [text for text in said if reader.distress(text)] == []


@pytest.mark.parametrize("who", ["je suis maire", "bonjour, je suis élue", "moi c'est Paul, adjoint au maire"])
def test_who_says_who_one_is_and_is_in_distress_is_met(reader: Understanding, who: str) -> None:
    told = [" et mon mari me bat", ", j'ai envie d'en finir", " et je reçois des menaces de mort", ", je vais me tuer"]

    assert all(reader.distress(who + one) for one in told)
