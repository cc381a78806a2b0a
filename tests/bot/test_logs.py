"""Logs say what happened and where, never what people wrote, who they are, nor a secret."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot import logs
from bot.pseudonyms import Pseudonyms

TOKEN = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    written = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure("INFO", [TOKEN, "hunter2hunter2"], Pseudonyms(b"key"), written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


def test_in_json_each_line_is_an_object_with_its_time_zone_and_no_secret(stream: io.StringIO) -> None:
    logs.configure("INFO", [TOKEN], Pseudonyms(b"key"), stream, as_json=True)
    typed = "le texte d'une " + "personne"
    try:
        int(typed)
    except ValueError:
        logging.getLogger("x").exception("with %s", TOKEN)

    told = json.loads(stream.getvalue())
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "x", "with ***")
    assert datetime.fromisoformat(told["at"]).tzinfo is not None
    assert "ValueError" in told["error"]
    assert "personne" not in stream.getvalue()


def test_secrets_are_starred_wherever_they_hide(stream: io.StringIO) -> None:
    logging.getLogger("x").info("url %s, password %s", f"https://api/bot{TOKEN}/getMe", "hunter2hunter2")

    assert TOKEN not in stream.getvalue()
    assert "hunter2" not in stream.getvalue()


def test_a_traceback_keeps_its_places_and_loses_what_was_written(stream: io.StringIO) -> None:
    typed = "le texte d'une personne"
    try:
        int(typed)
    except ValueError:
        logging.getLogger("x").exception("failed")

    assert "ValueError" in stream.getvalue()
    assert "test_logs.py" in stream.getvalue()
    assert "personne" not in stream.getvalue()


def test_people_are_pseudonyms_the_same_each_time(stream: io.StringIO) -> None:
    logging.getLogger("x").info("chat_id=123456")
    logging.getLogger("x").info("user 123456")

    first, second = (line.rsplit(" ", 1)[1] for line in stream.getvalue().splitlines())
    assert "123456" not in stream.getvalue()
    assert first == second


def test_a_record_that_cannot_be_formatted_shows_no_arguments(stream: io.StringIO) -> None:
    logging.getLogger("x").info("%d", "le texte d'une personne")

    assert "personne" not in stream.getvalue()
