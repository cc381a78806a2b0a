"""`make pictures`: the pictures of the README, from the real screens, a fixed day and invented figures.

A conversation goes through the real Dispatcher, the calendar is the picture that /dates sends, and the report and the
preview are the pages that `tevo report` and `tevo preview` write, looked at in Chromium.
"""

import asyncio
import base64
import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from pathlib import Path

from aiogram.types import Message

from bot.commands.missed import groups_of, understanding_of
from bot.database.database import open_database
from bot.dossiers.desk import DossierLine
from bot.memory.counts import PEOPLE, Count
from bot.papers.timeline_picture import draw_timeline
from bot.settings import models_folder
from bot.team.patches import files_of
from bot.team.preview import Preview
from bot.team.report import Material, Report
from knowledge import PACKAGED
from knowledge.content.models import Content
from knowledge.feedback import Missed, Vain
from knowledge.loading import load
from knowledge.register.authorities import region_names
from knowledge.understanding.understanding import Understanding
from tests.browser import photographed
from tests.conversation import Conversation

IMAGES = Path(__file__).parents[1] / "docs" / "images"
DAY = date(2026, 11, 24)
SAID = ("on est une commune de 800 hab dans le Gers, on peut participer ?", "et cb ca coute ?")
ASKED = (
    (Vain.ADMITTED, "le volontaire peut-il amener son chien ?", ("vie-privee",), 9),
    (Vain.HESITATION, "faut-il vacciner le volontaire", ("sante",), 5),
    (Vain.USELESS, "qui choisit le volontaire", ("recrutement",), 4),
)
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 12px; background: #dfe8ee; font: 15px/1.4 system-ui, sans-serif; color: #1c1c1a; }}
.them, .us {{ padding: 8px 12px; border-radius: 4px 14px 14px; margin: 10px 40px 4px 0; background: #fff;
  white-space: pre-line; overflow-wrap: anywhere; }}
.them {{ margin: 10px 0 4px 90px; background: #d9f2cf; border-radius: 14px 14px 4px; }}
.row {{ display: flex; gap: 4px; margin: 0 40px 4px 0; }} a {{ color: #0b57a4; }}
.row span {{ flex: 1; text-align: center; background: #fff; border-radius: 8px; padding: 5px; font-size: 13px;
  color: #0b57a4; }}</style>{shown}"""


_IMAGE = '<style>body {{ margin: 0; }} img {{ width: 430px; }}</style><img src="data:image/png;base64,{png}">'


def main() -> None:
    """Write the four pictures."""
    content = load(PACKAGED)
    understanding = Understanding(content, models_folder())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pages = {
            "conversation": (asyncio.run(talked(content, understanding, folder)), 430, 1030),
            "rapport": (reported(content), 860, 980),
            "calendrier": (_IMAGE.format(png=base64.b64encode(draw_timeline(content, DAY)).decode()), 430, 621),
            "apercu": (Preview(content, DAY).html(), 620, 980),
        }
        for name, (page, width, height) in pages.items():
            path = folder / f"{name}.html"
            path.write_text(page, "utf-8")
            photographed(path, IMAGES / f"{name}.png", folder, width=width, height=height)
            print(IMAGES / f"{name}.png")


async def talked(content: Content, understanding: Understanding, folder: Path) -> str:
    """A conversation, as a page."""
    shown = []
    async with open_database(f"sqlite+aiosqlite:///{folder / 'tevo.db'}") as database:
        talk = Conversation(content, understanding, database, DAY)
        for text in SAID:
            await talk.says(text)
            shown += [f'<div class="them">{escape(text)}</div>', *map(_bubble, talk.replies)]
    return _PAGE.format(shown="".join(shown))


def _bubble(message: Message) -> str:
    keyboard = message.reply_markup.inline_keyboard if message.reply_markup else []
    rows = ("".join(f"<span>{escape(one.text)}</span>" for one in row) for row in keyboard)
    buttons = "".join(f'<div class="row">{row}</div>' for row in rows)
    return f'<div class="us">{message.html_text}</div>{buttons}'


def reported(content: Content) -> str:
    """A report on figures drawn at random, always the same."""
    chance = random.Random(7)
    kept = [(DAY - timedelta(days=chance.randrange(60)), Missed(q, why, a)) for why, q, a, n in ASKED for _ in range(n)]
    material = Material(
        counts=list(_counts(content, chance)),
        votes=[("reste-a-charge", 61, 18), ("postuler", 48, 9), ("vsi", 72, 4)],
        groups=groups_of(kept, understanding_of(content)),
        dossiers=list[DossierLine](),
        subscribers=37,
        announcements=[],
        files=files_of(PACKAGED),
        regions=region_names(),
    )
    return Report(material, content, DAY).html("rapport.csv")


def _counts(content: Content, chance: random.Random) -> Iterator[Count]:
    for back in range(90):
        day = DAY - timedelta(days=back)
        busy = 3 if day.weekday() < 5 else 1
        people = busy * chance.randint(3, 8)
        yield Count(day, PEOPLE, people)
        yield Count(day, "read:answer", people * 2 + chance.randint(0, 9))
        yield Count(day, "read:choice", chance.randint(0, 2 * busy))
        yield Count(day, "read:unknown", chance.randint(0, busy))
        yield Count(day, "verdict:met", chance.randint(0, busy))
        yield Count(day, "verdict:open", chance.randint(0, 2 * busy))
        yield Count(day, "screen:consent", chance.randint(0, busy))
        yield Count(day, "screen:dates", chance.randint(0, busy))
        yield Count(day, "screen:sent", chance.randint(0, 1))
        for rank, topic in enumerate(content.topics):
            if not content.topics[topic].courtesy:
                yield Count(day, f"entry:{topic}", chance.randint(0, max(1, 8 - rank // 4)))


if __name__ == "__main__":
    main()
