"""Before anything personal is asked: who handles it; and nothing leaves while that is not known."""

from pathlib import Path

import pytest

from bot.behind import courier
from bot.database.database import Database
from bot.settings import Settings, load_settings
from knowledge.content.models import Content
from knowledge.content.programme import Processing
from knowledge.loading import load
from knowledge.understanding.understanding import Understanding
from tests.bot.dossiers import dossier
from tests.bot.smtp_server import Mailbox
from tests.conftest import TODAY
from tests.conversation import Conversation
from tests.waiting import PATIENCE, until

TOLD = {"controller": "Mairie d'essai", "dpo": "dpo@essai.fr", "legal_basis": "essai", "recipients": "l'équipe"}


def handled(content: Content) -> Content:
    told = content.programme.model_copy(update={"personal_data": Processing.model_validate(TOLD)})
    return content.model_copy(update={"programme": told})


async def notice(content: Content, understanding: Understanding, database: Database, files: Path | None = None) -> str:
    person = Conversation(content, understanding, database, TODAY, files=files)
    await person.says("contact")
    return await person.presses("Transmettre ma question")


async def test_the_notice_says_who_handles_the_data_and_why(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    said = await notice(handled(packaged), packaged_understanding, database)

    for told in ("Mairie d’essai", "dpo@essai.fr", "Base légale", "12 mois", "CNIL"):
        assert told in said


async def test_the_page_on_personal_data_says_it_too_with_the_durations(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    person = Conversation(handled(packaged), packaged_understanding, database, TODAY)

    for command in ("/confidentialite", "/privacy"):
        said = await person.says(command)
        for told in ("Mairie d’essai", "dpo@essai.fr", "Base légale : essai", "l’équipe", "12 mois", "30 jours"):
            assert told in said.replace("\xa0", " ")


async def test_until_the_team_has_told_the_page_on_personal_data_says_so(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    person = Conversation(packaged, packaged_understanding, database, TODAY)

    assert "l’équipe ne les a pas encore indiqués" in await person.says("/confidentialite")


async def test_while_that_is_not_known_the_notice_says_that_it_waits(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    said = await notice(packaged, packaged_understanding, database)

    assert "rien ne partira avant" in said
    assert "Avant de transmettre" not in said


async def test_without_a_mail_server_the_notice_already_says_that_nothing_leaves(
    packaged: Content, packaged_understanding: Understanding, database: Database, tmp_path: Path
) -> None:
    said = await notice(packaged, packaged_understanding, database, tmp_path)

    assert "Rien ne partira d’ici" in said
    assert "envoyée" not in said


async def test_without_a_mail_server_the_recap_too_says_that_nothing_leaves(
    packaged: Content, packaged_understanding: Understanding, database: Database, tmp_path: Path
) -> None:
    person = Conversation(packaged, packaged_understanding, database, TODAY, files=tmp_path)
    await person.says("contact")
    await person.presses("Transmettre ma question")
    await person.presses("J’accepte")
    await person.says("Faut-il une délibération avant de candidater ?")
    said = await person.presses("Répondez-moi ici")

    assert "Rien ne part d’ici" in said
    assert "ce qui sera envoyé" not in said


@pytest.mark.parametrize("is_known", [True, False])
async def test_dossiers_leave_only_once_it_is_known_and_the_team_is_told(
    packaged: Content,
    packaged_understanding: Understanding,
    database: Database,
    mailbox: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_known: bool,
) -> None:
    outbox = Conversation(packaged, packaged_understanding, database, TODAY).outbox
    settings = Settings(data=tmp_path, smtp_url=mailbox.url, mail_from="assistant@exemple.fr")
    told: list[str] = []

    async def tell(sentence: str) -> None:
        told.append(sentence)

    monkeypatch.setattr("bot.waits.FAREWELL", PATIENCE)
    await outbox.put(7, dossier())
    content = handled(packaged) if is_known else packaged
    async with courier(settings, lambda: content, outbox, tell):
        if is_known:
            await until(lambda: bool(mailbox.received))

    assert bool(mailbox.received) is is_known
    assert [("TEVO_CONTROLLER" in sentence) for sentence in told] == ([] if is_known else [True])
    (status,) = await outbox.statuses(7)
    assert status.delivery == ("sent" if is_known else "waiting")


def test_the_settings_say_it_too_once_all_of_it_is_given() -> None:
    given = {f"TEVO_{name.upper()}": value for name, value in TOLD.items()}

    assert load_settings(given).processing == TOLD
    assert load_settings({**given, "TEVO_DPO": ""}).processing is None


def test_the_content_may_say_it(tmp_path: Path) -> None:
    minimal = Path(__file__).parents[1] / "content" / "minimal"
    for path in minimal.rglob("*.yaml"):
        (tmp_path / path.relative_to(minimal)).parent.mkdir(exist_ok=True)
        (tmp_path / path.relative_to(minimal)).write_bytes(path.read_bytes())
    lines = "".join(f'  {name}: "{value}"\n' for name, value in TOLD.items())
    with (tmp_path / "programme.yaml").open("a", encoding="utf-8") as programme:
        programme.write(f"personal_data:\n{lines}")

    processing = load(tmp_path).processing

    assert processing
    assert processing.dpo == "dpo@essai.fr"
