"""The commands, as typed in a terminal."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from knowledge import PACKAGED
from tests.forks import tevo
from tests.waiting import PATIENCE


def test_ask_answers_one_json_object_a_line() -> None:
    done = tevo("ask", "--json", typed="combien ça coûte à la commune ?\n\nla recette des crêpes svp\n")

    price, pancakes = map(json.loads, done.stdout.splitlines())
    assert price.keys() == {"question", "kind", "topics", "choices", "confidence", "ms"}
    assert (price["kind"], price["topics"]) == ("answer", ["reste-a-charge"])
    assert (pancakes["kind"], pancakes["topics"]) == ("unknown", [])


def test_ask_is_readable_and_explains() -> None:
    done = tevo("ask", "--explain", typed="kommbien sa coute a la comune\nc'est quoi CICID\n")

    assert "Combien cela coûte-t-il" in done.stdout
    assert "kommbien → combien" in done.stdout
    assert "reste-a-charge" in done.stdout
    assert "comité interministériel" in done.stdout


def test_ask_takes_its_question_from_the_command_line_too() -> None:
    assert "Combien cela coûte-t-il" in tevo("ask", "combien ça coûte ?").stdout
    assert "Combien cela coûte-t-il" in tevo("ask", "combien", "ça", "coûte").stdout  # without quotation marks


def test_ask_explains_every_part_of_a_situation() -> None:
    said = "Dans le cadre de notre projet, puis-je, à 58 ans, adjoint d'une commune de 300 habitants, partir au Togo ?"
    done = tevo("ask", "--explain", said)

    assert done.returncode == 0, done.stderr
    assert all(part in done.stdout for part in ("pays :", "âge :", "habitants :", "formule :"))


def test_ask_answers_as_of_another_day() -> None:
    assert "dans 10 jours" in tevo("ask", "--today", "2022-03-20", typed="date limite de candidature\n").stdout


def test_check_counts_what_is_right() -> None:
    done = tevo("check")

    assert done.returncode == 0
    assert "Contenu correct" in done.stdout


def test_check_asks_every_phrasing_again() -> None:
    minimal = Path(__file__).parents[1] / "content" / "minimal"
    done = tevo("check", str(minimal), "--replay")

    assert done.returncode == 0
    assert "formulations posées" in done.stdout


def test_check_tells_all_mistakes_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "contenu"
    shutil.copytree(PACKAGED, folder)
    path = folder / "topics" / "1-programme.yaml"
    path.write_text(path.read_text("utf-8").replace("button: ", "buton: ", 1), "utf-8")
    (folder / "dates.yaml").write_text("calls:\n\t- id: x\n", "utf-8")

    done = tevo("check", str(folder))

    assert done.returncode == 1
    assert "dates.yaml, ligne 2" in done.stderr
    assert "tabulation" in done.stderr
    assert "topics/1-programme.yaml, ligne 6" in done.stderr
    assert "buton" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistake_on_the_command_line_is_told_in_french() -> None:
    assert "n'est pas une date" in tevo("ask", "--today", "demain").stderr
    assert "n'existe pas" in tevo("parle").stderr
    assert "tevo outbox retry --help" in tevo("outbox", "retry").stderr  # what is missing has no name to be told by


@pytest.mark.parametrize(("command", "more"), [("ask", []), ("check", ["numpy"]), ("locate", [])])
def test_a_command_without_a_bot_loads_only_what_it_needs(command: str, more: list[str]) -> None:
    script = (
        f"import sys; sys.argv = ['tevo', '{command}']\n"
        "from bot.commands.cli import run, tevo; run(tevo.main)\n"
        f"print([name for name in {['aiogram', 'sqlalchemy', 'asyncio', *more]} if name in sys.modules])\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    tevo("ask")  # learnt and kept, as `make install` does
    done = subprocess.run(
        [sys.executable, "-c", script],
        input="combien ?\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )

    loaded, peak = done.stdout.splitlines()[-2:]
    assert loaded == "[]"
    assert int(peak) / 1024 < 100


def test_chat_answers_what_is_piped_then_ends(tmp_path: Path) -> None:
    done = tevo("chat", typed="#1\n#99\ncombien ça coûte à la commune ?\n", TEVO_DATA=str(tmp_path))

    assert done.returncode == 0
    assert "Territoires Volontaires, c’est quoi" in done.stdout
    assert "pas de bouton 99" in done.stdout
    assert "Combien cela coûte-t-il" in done.stdout
    assert done.stderr == ""


@contextmanager
def chat_on(terminal: int, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`tevo chat` as somebody begins it; whoever runs the tests may be deaf to Ctrl-C, as what is in the background."""
    chat = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=os.environ | {"TEVO_DATA": str(data)},
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 (no thread is at it)
    )
    try:
        yield chat
    finally:
        chat.kill()
        chat.wait()


def shown_on(terminal: int, patience: float) -> bytes:
    return os.read(terminal, 4096) if select.select([terminal], [], [], patience)[0] else b""


def test_ctrl_c_leaves_the_chat_at_once_and_quietly(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    with chat_on(theirs, tmp_path) as chat:
        shown = b""
        while "Ctrl-D" not in (said := shown.decode(errors="replace")) or not said.rstrip().endswith(">"):
            more = shown_on(ours, PATIENCE)
            assert more, said
            shown += more
        assert said.startswith("Je me prépare")  # somebody waits, for seconds
        chat.send_signal(signal.SIGINT)

        assert chat.wait(PATIENCE) == 130
    assert b"Traceback" not in shown_on(ours, 0)
    assert termios.tcgetattr(theirs) == before


def test_locate_tells_a_name_of_before_a_body_and_a_name_that_is_not_found() -> None:
    typed = "Lomme\nCCAS de Nantes\nJuillaguet\n"
    said = tevo("locate", typed=typed).stdout
    found = [json.loads(line) for line in tevo("locate", "--json", typed=typed).stdout.splitlines()]

    assert "Lomme fait aujourd'hui partie de Lille." in said
    assert "centre communal d'action sociale (CCAS)" in said
    assert "Je ne trouve pas." in said
    assert (found[0]["candidates"][0]["code"], found[0]["candidates"][0]["former"]["name"]) == ("59350", "Lomme")
    assert (found[1]["candidates"], found[1]["body"]["kind"], found[1]["body"]["of"]["code"]) == ([], "ccas", "44109")
    assert (found[2]["candidates"], "body" in found[2]) == ([], False)


@pytest.mark.parametrize("command", [["ask"], ["ask", "--json"], ["locate"], ["chat"]])
def test_bytes_that_are_no_text_are_read_without_a_fuss(tmp_path: Path, command: list[str]) -> None:
    typed = b"\xef\xbb\xbfbonjour\r\n\xff\xfe\x00\r\n" + b"a" * 10_000 + b"\n\x1b[31m\n\xf0\x9f\x98\x80\n"
    done = tevo(*command, typed=typed, TEVO_DATA=str(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")
    assert "\ufeff" not in done.stdout


def test_run_without_token_says_which_setting_to_give(tmp_path: Path) -> None:
    done = tevo("run", TEVO_DATA=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("TEVO_BOT_TOKEN manque")


@pytest.mark.parametrize("value", ["/nulle/part", "/dev/null"])
def test_a_content_folder_that_is_none_is_told(value: str) -> None:
    done = tevo("check", value)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert value in done.stderr


def test_a_data_folder_that_cannot_be_written_is_told() -> None:
    done = tevo("chat", typed="bonjour\n", TEVO_DATA="/dev/null/x")

    assert done.returncode == 1
    assert "TEVO_DATA" in done.stderr
    assert "Traceback" not in done.stderr
