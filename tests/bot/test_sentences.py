"""What is said to operators and editors: each thing that may be has its sentence, and each sentence is said."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.dossiers.reply_queue import ReplyState
from bot.sentences import has
from knowledge.submission import Delivery
from knowledge.understanding.decision import By, Why

ROOT = Path(__file__).parent.parent.parent
SENTENCES = ("bot/operator.yaml", "bot/team/team.yaml", "knowledge/words/editor.yaml")
PAGES = sorted((ROOT / "bot/team/pages").glob("*.html"))


def test_whatever_may_become_of_a_question_a_dossier_an_answer_has_its_words() -> None:
    said = [
        *(f"by_{by}" for by in By),
        *(f"why_{why}" for why in Why if why is not Why.NEAR_MISS),  # it has a reply of its own
        *(f"state_{state}" for state in Delivery),
        *(f"reply_{state}" for state in ReplyState if state is not ReplyState.SENT),  # it no longer waits
        *(f"reply_now_{state}" for state in ReplyState if state is not ReplyState.OPEN),
        *(f"reply_again_{state}" for state in ReplyState if state.may_be_read),
    ]

    assert [key for key in said if not has(key)] == []


@pytest.mark.parametrize("name", SENTENCES)
def test_no_sentence_is_left_that_nothing_says(name: str) -> None:
    says = "|".join(sorted(said()))
    words = set(re.findall(r"\w+", " ".join(page.read_text("utf-8") for page in PAGES)))
    keys = yaml.safe_load((ROOT / name).read_text("utf-8"))

    assert [key for key in keys if key not in words and not re.fullmatch(says, key)] == []


def said() -> Iterator[str]:
    """The texts of the code as patterns: « by_{by} » says whatever begins so."""
    for file in (path for house in ("bot", "knowledge") for path in (ROOT / house).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Constant(value=str(text)) if re.fullmatch(r"[\w-]+", text):
                    yield re.escape(text)
                case ast.JoinedStr(values=[ast.Constant(value=str(text)), ast.FormattedValue()]):
                    yield rf"{re.escape(text)}[\w-]+"
                case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(text))]):
                    yield rf"[\w-]+{re.escape(text)}"
                case ast.JoinedStr(values=[ast.Constant(value=str(first)), _, ast.Constant(value=str(last))]):
                    yield rf"{re.escape(first)}[\w-]+{re.escape(last)}"
