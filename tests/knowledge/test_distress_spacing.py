"""Distress typed in an odd way is met: without spaces or with too many, in letters that only look like ours."""

import re

import pytest

from knowledge.distress.reader import DistressReader
from knowledge.understanding.understanding import Understanding


@pytest.fixture
def reader(packaged_understanding: Understanding) -> DistressReader:
    return packaged_understanding._distress


ODD = {
    "a whole message as one word": "jesuisfatigueedetoutjaiplusenviedexister",
    "capitals instead of spaces": "MonCompagnonMeCogneDevantLesPetits",
    "short-hand in one word": "jenpeuplujveumouriraidemoi",
    "a slip in one word": "jaipenséamesuissiderhiersoir",
    "English in one word": "icanttakeitanymoreiwanttodie",
    "no space but signs": "Bonjour,j'aidécidéd'enfinirc'esttrop.Jen'yarriveplus",
    "half of a message in one word": "bonsoir mafemmenerespireplus aidez moi",
    "one short word": "jemeurs",
    "slang in one short word": "jveumefoutrenlair",
    "short-hand in one short word": "jvmetuer",
    "a short word with a slip": "jeveumouir",
    "a cry among lines of something else": "le dossier est prêt\nmon mari me frappe\net pour les pièces",
    "spaces within words": "je ve ux mo urir",
    "dots between words": "je.veux.mourir",
    "sentences of a word": "Je. Veux. Mourir.",
    "dashes between words": "mon-mari-me-frappe",
    "a line for each word": "Je\nVeux\nMourir",
    "lines that go on": "j'ai plus\nenvie de\nvivre",
    "a line for each letter": "m\no\nu\nr\ni\nr",
    "letters spaced out": "j a i e n v i e d e m o u r i r",
    "a word of them spaced out": "je veux me s u i c i d e r",
    "stretched letters": "jeee veuuux mouuurriiir",
    "faces between words": "je💔veux💔mourir",
    "a face within a word": "je veux mou💀rir",
    "signs that do not show": "je\u2060veux\u2060mourir",
    "Cyrillic letters among ours": "j\u0435 v\u0435u\u0445 m\u043eurir",
    "bold capitals": "𝐉𝐄 𝐕𝐄𝐔𝐗 𝐌𝐎𝐔𝐑𝐈𝐑",
    "letters in circles": "ⓙⓔ ⓥⓔⓤⓧ ⓜⓞⓤⓡⓘⓡ",
    "letters in squares": "🅹🅴 🆅🅴🆄🆇 🅼🅾🆄🆁🅸🆁",
    "letters of flags": "🇯🇪 🇻🇪🇺🇽 🇲🇴🇺🇷🇮🇷",
    "small capitals": "ᴊᴇ ᴠᴇᴜx ᴍᴏᴜʀɪʀ",
    "enclosing marks": "m\u20ddo\u20ddu\u20ddr\u20ddi\u20ddr\u20dd maintenant",
    "signs for letters": "j€ v€ux m0ur!r",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_is_typed_in_an_odd_way_is_met(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is not None


ORDINARY = {
    "an address": "https://www.je-veux-mourir.fr/jeveuxmourir",
    "a mailbox": "jeveuxmourir.suicide@mort-subite.fr",
    "a hashtag": "#SemaineDePreventionDuSuicide",
    "a place": "SaintRemyenBouzemontSaintGenestetIsson",
    "a place with a grave name": "mortagneaupercheetvillersouslamort",
    "a Welsh place": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "two places": "Mortagneaupercheetmortain",
    "a place by its letters": "saintegemmemoronval",
    "an Alsatian place": "DossenheimKochersberg",
    "a name that begins like a cry": "Mme Laviolle",
    "a place that ends like one": "Willgottheim",
    "German": "Selbstmordpräventionsbeauftragter Krankenversicherungsgesetz",
    "a long word": "intergouvernementalisations",
    "an idiom in one word": "jesuismortderirecettehistoiremetue",
    "a question in one word": "quelestlemontantdelindemnitemensuelle",
    "an idiom over two lines": "je suis mort\nde rire",
    "an ordinary sentence over two lines": "je veux disparaître\nde vos fichiers",
    "a wish in one short word": "jveumeformer",
    "a short name that begins like a cry": "Jegun",
    "an idiom spaced out": "m o r t d e r i r e",
    "a list": "Mission\nPrévention du suicide\nMairie de Lyon\n3 volontaires",
    "an acronym spaced out": "r r m a c est quoi",
    "another alphabet": "я хочу поехать волонтером",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_what_is_odd_and_ordinary_is_not_met(reader: DistressReader, text: str) -> None:
    assert reader.read(text) is None


def test_what_is_typed_as_usual_is_read_once(reader: DistressReader) -> None:
    usual = [
        "Bonjour, comment candidater ?",
        "j'ai envie de partir\n\nMerci d'avance !",
        "le dossier est prêt, et après ?",
    ]

    assert [text for text in usual if reader._spelling.spacing.mended(text) is not None] == []


def test_all_words_are_found_in_a_message_without_spaces(reader: DistressReader) -> None:
    said = "mon mari me frappe tous les soirs devant les enfants et personne veut nous aider"

    assert reader._spelling.spacing.mended(re.sub(" ", "", said)) == said
