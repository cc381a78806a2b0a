"""Another programme, of another theme: its own name, audiences and questions; every other sentence is the engine's."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.database.database import Database
from bot.settings import models_folder
from knowledge.content.defaults import FOLDER
from knowledge.understanding.understanding import Understanding
from tests.conftest import TODAY
from tests.conversation import Conversation
from tests.gardens import CONTENT, gardens

ROOT = Path(__file__).parents[2]
OTHER = re.compile(r"Territoires Volontaires|TeVo|volontaire|collectivit|France Volontaires|\bTV-", re.IGNORECASE)


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(gardens(), models_folder())


@pytest.fixture
def gardener(understanding: Understanding, database: Database, tmp_path: Path) -> Conversation:
    return Conversation(gardens(), understanding, database, TODAY, files=tmp_path / "mail")


async def test_the_whole_conversation_is_about_the_other_programme(gardener: Conversation) -> None:
    said = [await gardener.says(text) for text in ("/start", "combien ça coûte", "/dates", "/contact", "/mesdonnees")]
    assert "Jardins partagés" in said[0]
    assert "10 euros" in said[1]
    assert "equipe@jardins.example.org" in said[3]

    said.append(await gardener.says("c'est quoi ce programme"))
    said.append(await gardener.presses("Vérifier mon éligibilité"))
    said.append(await gardener.presses("Non, pas cela"))
    for answer in ("Une commune", "12", "Oui"):
        said.append(await gardener.says(answer))
    assert "Rien ne s’y oppose a priori" in said[-1]

    said.append(await gardener.presses("Envoyer à l’équipe"))
    assert "vous enverrez vous-même à equipe@jardins.example.org" in said[-1]
    said.append(await gardener.presses("J’accepte"))
    for detail in ("Jeanne Plantée", "jardinière", "jeanne@jardin.fr", "passer", "passer"):
        said.append(await gardener.says(detail))
    said.append(await gardener.presses("Envoyer à l’équipe"))
    assert re.search(r"JP-\w{4}-\w{4}", said[-1])

    assert [found[0] for text in said if (found := OTHER.search(text))] == []


async def test_it_meets_distress_and_mends_the_conversation_with_no_file_of_its_own(gardener: Conversation) -> None:
    assert "3114" in await gardener.says("j'ai envie de mourir")
    assert "3114" in await gardener.says("I want to kill myself")
    assert "10 euros" in await gardener.says("g plu de souvenir, cb ça coûte")  # short-hand of everybody's

    said = [
        await gardener.says(text)
        for text in (
            "vos sources ?",
            "plus court svp",
            "je ne comprends pas",
            "ce n'est pas ma question",
            "où en est mon dossier",
            "je veux tout arrêter",
            "prévenez-moi quand ça ouvre",
            "transmettez ma question à l'équipe",
            "un humain svp",
            "vous êtes nuls",
        )
    ]

    assert "la brochure" in said[0]
    assert said[1].startswith("En bref")
    assert "répondu à côté" in said[3]
    assert all(command in said[5] for command in ("/mesalertes", "/annuler", "/supprimer"))
    assert "Me prévenir" in said[6]
    assert "equipe@jardins.example.org" in said[8]
    assert "Je suis un automate" in said[9]
    assert [found[0] for text in said if (found := OTHER.search(text))] == []


def test_its_files_hold_only_what_it_says_otherwise() -> None:
    content = gardens()
    own = (CONTENT / "minimal" / "messages.yaml").read_text("utf-8")
    files = {path.name for folder in ("minimal", "gardens") for path in (CONTENT / folder).glob("*.yaml")}

    assert not any(name.startswith(("detresse", "conversation")) for name in files)
    assert "rendering" not in own
    assert content.messages.rendering.months[0] == "janvier"
    assert content.programme.slug == "jardins-partages"
    assert content.audience == "jardiniers"


def _lines(*folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from ((f"{path.relative_to(ROOT)}", line) for line in path.read_text("utf-8").splitlines())


def test_no_programme_is_named_in_the_code() -> None:
    """But for the folder of the content that comes with the assistant, in one place."""
    name = re.compile(
        r"[Tt]erritoires.?[Vv]olontaires|[Ff]rance.[Vv]olontaires|\bTeVo\b|\"TV\"|TV-|\"collectivites\"|\"organismes\""
    )
    lines = _lines("bot", "handlers", "knowledge")

    assert [path for path, line in lines if name.search(line)] == ["knowledge/__init__.py"]


def test_no_programme_is_named_in_what_the_engine_says() -> None:
    for path in (*FOLDER.glob("*.yaml"), ROOT / "bot" / "operator.yaml"):
        assert not re.search(r"Territoires Volontaires|France Volontaires|TeVo", path.read_text("utf-8")), path
