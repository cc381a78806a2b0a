"""A program leads the conversation: `tevo chat --json`."""

import io
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from bot.database.database import Database
from bot.terminal.turns import Turns
from knowledge.content.models import Content
from knowledge.understanding.understanding import Understanding
from tests.conversation import Conversation

TODAY = date(2026, 11, 24)


class Program:
    """Writes lines, reads objects."""

    def __init__(self, content: Content, understanding: Understanding, database: Database) -> None:
        self.dispatcher = Conversation(content, understanding, database, TODAY).dispatcher
        self.out = io.StringIO()
        self.turns = Turns(self.out)

    async def leads(self, *written: str | dict[str, str]) -> list[dict[str, Any]]:
        async def lines() -> AsyncIterator[str]:
            for line in written:
                yield line if isinstance(line, str) else json.dumps(line)

        from aiogram import Bot

        await self.turns.talk(lines(), self.dispatcher, Bot("42:local", session=self.turns.session))
        return [json.loads(line) for line in self.out.getvalue().splitlines()]


async def test_each_line_tells_what_was_understood_and_shown(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    question, status = await Program(packaged, packaged_understanding, database).leads(
        "c'est quoi un VSI ?", "/mondossier"
    )

    assert (question["kind"], question["topics"]) == ("answer", ["vsi"])
    assert "VSI" in question["messages"][0]["text"]
    assert status["screen"] == "dossier"


async def test_buttons_are_pressed_by_their_label_and_lead_to_a_verdict_with_its_criteria(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    program = Program(packaged, packaged_understanding, database)
    written: list[str | dict[str, str]] = ["/eligibilite", {"press": "Vérifier mon éligibilité"}]
    turns = await program.leads(*written)
    assert turns[-1]["screen"] == "question"

    for _ in range(20):  # a verdict is reached before
        program.out.truncate(0)
        program.out.seek(0)
        buttons = turns[-1]["messages"][-1]["buttons"]
        answer = buttons[0]  # a commune, then the first of what is proposed
        turns = await program.leads({"press": answer})
        if turns[-1]["screen"] != "question":
            break

    assert turns[-1]["screen"] == "verdict"
    assert turns[-1]["verdict"] == "open"
    assert set(turns[-1]["criteria"].values()) <= {"met", "open", "unmet"}


async def test_a_line_is_corrected_and_what_cannot_be_done_is_said(
    packaged: Content, packaged_understanding: Understanding, database: Database
) -> None:
    no_line, _, edited, no_button, unknown = await Program(packaged, packaged_understanding, database).leads(
        {"edit": "bonjour"}, "c'est quoi ?", {"edit": "combien ça coûte"}, {"press": "Rien"}, {"dance": "now"}
    )

    assert edited["topics"] == ["reste-a-charge"]
    assert "error" in no_line
    assert "Rien" in no_button["error"]
    assert "press" in unknown["error"]
