"""`tevo missed`: the team reads what was asked in vain, grouped, and nobody's name."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.cli import tevo
from bot.commands.setup import paris_today
from bot.settings import load_settings
from bot.stores import open_stores
from knowledge.feedback import Missed, Vain


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEVO_DATA", str(tmp_path / "data"))


def keep(*missed: Missed) -> None:
    async def run() -> None:
        async with open_stores(load_settings(), paris_today) as (_, _, stores):
            for one in missed:
                await stores.feedback.missed(one)

    asyncio.run(run())


def said(*options: str) -> str:
    return CliRunner().invoke(tevo, ["missed", *options], standalone_mode=False).output


def test_nothing_asked_in_vain_is_said_so() -> None:
    keep()

    assert said() == "Aucune question.\n"


def test_groups_come_with_why_what_was_answered_and_what_is_nearest() -> None:
    keep(
        Missed("permis de chasse ?", Vain.UNKNOWN, (), ("contact",)),
        Missed("faut-il un permis de chasse", Vain.USELESS, ("duree",), ("contact",)),
        Missed("et pour Sophie Grondin, un chat ?", Vain.UNKNOWN),
    )

    lines = said().splitlines()
    assert lines[0].startswith("2 × permis de chasse ?   (")
    assert lines[1].strip() == "faut-il un permis de chasse"
    assert lines[2] == "    pourquoi : « Pas utile » (1), sans réponse (1)"
    assert lines[3] == "    répondu : duree (1)"
    assert lines[4] == "    au plus près : contact (2)"
    assert "Grondin" not in said()
    assert "[nom]" in said()


def test_a_phrasing_of_the_content_is_left_out_once_another_entry_has_it_only() -> None:
    keep(
        Missed("combien ça coûte à la commune", Vain.USELESS, ("reste-a-charge",)),
        Missed("c'est gratuit pour la mairie ?", Vain.HESITATION),
    )

    assert "combien ça coûte à la commune" in said()
    assert "gratuit" not in said()


def test_all_wordings_are_shown_on_request() -> None:
    wordings = [f"permis de chasse {word}" for word in ("exigé", "requis", "voulu", "utile", "valable", "récent")]
    keep(*(Missed(one, Vain.UNKNOWN) for one in wordings))

    assert sum("permis" in line for line in said().splitlines()) == 4
    assert sum("permis" in line for line in said("--all").splitlines()) == 6
