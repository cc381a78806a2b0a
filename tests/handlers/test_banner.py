"""What the team says for a while at the head of replies: once a reply, where it matters, and no more after its end."""

from datetime import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.banner import BannerFile
from bot.database.database import Database
from knowledge.content.banner import Banner
from knowledge.content.calendar import PARIS
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conversation import Conversation

TEXT = "Clôture ce soir à 18 h"
BANNER = Banner.model_validate({"text": TEXT, "until": "2027-03-01T18:00"})


def head(said: str) -> str:
    return said.replace("\u00a0", " ").splitlines()[0]


@pytest.mark.parametrize(("hour", "is_said"), [(17, True), (18, False)])
async def test_it_is_said_once_a_reply_until_its_end(
    packaged: Content, packaged_understanding: Understanding, database: Database, hour: int, is_said: bool
) -> None:
    now = datetime(2027, 3, 1, hour, tzinfo=PARIS)
    somebody = Conversation(packaged, packaged_understanding, database, now, banner=lambda: BANNER)

    for message in ("/start", "un appel est-il ouvert ?", "comment candidater ?", "/contact"):
        said = await somebody.says(message)
        assert (head(said) == f"📣 {TEXT}") == is_said, message
        assert said.count("📣") == is_said
    assert "📣" not in await somebody.says("un VSI, c'est quoi ?")


def test_the_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    running, command = BannerFile(tmp_path), BannerFile(tmp_path)
    assert running.read() is None

    command.write(BANNER)
    assert running.read() == BANNER

    (tmp_path / "bandeau.yaml").write_text("text: [", "utf-8")
    assert running.read() is None

    command.write(BANNER)
    command.remove()
    assert running.read() is None


def test_without_an_hour_it_ends_with_the_day() -> None:
    until = Banner.model_validate({"text": TEXT, "until": "2027-03-01"}).until

    assert until == datetime(2027, 3, 2, tzinfo=PARIS)
    for wrong in ("bientôt", "2027-02-30", "2027-03-01T25:00", None):
        with pytest.raises(ValidationError):
            Banner.model_validate({"text": TEXT, "until": wrong})
