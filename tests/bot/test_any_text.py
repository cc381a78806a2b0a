"""Whatever somebody types reaches the team: in the PDF as far as a font has it, whole in the message."""

import io
import json
import sys
import unicodedata
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cipher import Cipher
from bot.database.database import Database
from bot.dossiers import delivery
from bot.dossiers.claim import Claim
from bot.dossiers.courier import Courier
from bot.dossiers.delivery import composer, way_out
from bot.dossiers.desk import Desk
from bot.dossiers.mail import compose
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.spreadsheet import as_csv, as_xlsx, table
from bot.papers import recap as papers
from bot.papers.glyphs import covered, drawable
from bot.papers.recap import draw
from bot.pseudonyms import Pseudonyms
from bot.settings import Settings
from knowledge.content.models import Content
from knowledge.submission import Delivery
from tests.bot.dossiers import EMAIL, dossier, recap
from tests.bot.smtp_server import Mailbox

TYPED = "Togo 🇹🇬, Sénégal 👍🏽, 日本, Ελλάδα, مرحبا, 👨‍👩‍👧"
EVERY_BLOCK = [
    next(letter for code in range(start, start + 16) if (letter := chr(code)).isprintable())
    for start in range(0, sys.maxunicode, 16)
    if any(chr(code).isprintable() for code in range(start, start + 16))
]


def unused(text: str) -> str:
    raise AssertionError("only what no font can join is drawn in Western letters")


def test_a_sign_of_every_unicode_block_is_drawn_or_replaced(packaged: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "latin", unused)
    assert packaged.dossier
    assert len(EVERY_BLOCK) > 9_000
    typed = recap(answers=tuple(("Pays", " ".join(EVERY_BLOCK[n : n + 200])) for n in range(0, len(EVERY_BLOCK), 200)))

    for paper in ("recap", "kit"):
        assert b"pdfuaid" in draw(paper, typed, packaged.dossier, "TV-AAAA-AAAA", "a@b.fr")


def test_signs_that_no_font_has_become_one_box_and_the_others_stay() -> None:
    assert drawable(TYPED) == "Togo □, Sénégal □, □, Ελλάδα, مرحبا, □"
    assert unicodedata.normalize("NFD", "é") != drawable(unicodedata.normalize("NFD", "é")) == "é"


def test_signs_that_a_font_turns_out_not_to_have_still_give_a_paper(
    packaged: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = frozenset(range(sys.maxunicode))
    monkeypatch.setattr("bot.papers.glyphs.covered", lambda: everything)
    assert packaged.dossier

    assert draw("recap", recap(applicant=TYPED), packaged.dossier, "TV-AAAA-AAAA", "a@b.fr").startswith(b"%PDF")
    assert ord("日") not in covered()


@pytest.mark.parametrize("is_drawn", [True, False])
async def test_any_text_reaches_the_mailbox_whole_with_or_without_its_pdf(
    packaged: Content,
    database: Database,
    mailbox: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_drawn: bool,
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError

    if not is_drawn:
        monkeypatch.setattr(delivery, "draw", broken)
    assert packaged.dossier
    settings = Settings(data=tmp_path, smtp_url=mailbox.url, mail_from="assistant@exemple.fr")
    outbox = SqlOutbox(database, Pseudonyms(b"key"), Cipher(b"key"))
    typed = dossier(recap=recap(answers=(("Pays", TYPED),), applicant=TYPED))
    await outbox.put(7, typed)

    async def tell(sentence: str) -> None:
        raise AssertionError(sentence)

    await Courier(outbox, composer(settings, lambda: packaged), way_out(settings), tell).send_all()

    (mail,) = [message_from_bytes(received.as_bytes(), policy=default) for received in mailbox.received]
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().count(TYPED) == 2
    names = {part.get_filename(): part for part in mail.iter_attachments()}
    assert json.loads(names["TV-AAAA-AAAA.json"].get_content())["recap"]["applicant"] == TYPED
    assert len(names) == 1 + is_drawn


async def test_a_sign_of_every_unicode_block_reaches_the_mailbox_and_the_table(
    packaged: Content, database: Database, mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "draw", lambda *_: b"%PDF")  # drawn above
    assert packaged.dossier
    settings = Settings(data=tmp_path, smtp_url=mailbox.url, mail_from="assistant@exemple.fr")
    outbox = SqlOutbox(database, Pseudonyms(b"key"), Cipher(b"key"))
    slices = [" ".join(EVERY_BLOCK[n : n + 300]) for n in range(0, len(EVERY_BLOCK), 300)]
    answers = tuple((f"Pays {n}", typed) for n, typed in enumerate(slices))
    details = {"name": slices[0], "role": slices[1], "email": EMAIL, "phone": "", "message": "\n".join(slices)}
    typed = dossier(recap=recap(answers=answers, applicant=slices[2]), details=details)
    await outbox.put(7, typed)

    async def tell(sentence: str) -> None:
        raise AssertionError(sentence)

    await Courier(outbox, composer(settings, lambda: packaged), way_out(settings), tell).send_all()

    (mail,) = [message_from_bytes(received.as_bytes(), policy=default) for received in mailbox.received]
    text = mail.get_body(("plain",))
    assert text is not None
    body = text.get_content()
    assert all(body.count(one) >= 2 for one in slices)  # the answers, and the message
    names = {part.get_filename(): part for part in mail.iter_attachments()}
    received = json.loads(names["TV-AAAA-AAAA.json"].get_content())
    assert received["details"] == details
    assert [value for _, value in received["recap"]["answers"]] == slices
    line = (await Desk(database, Cipher(b"key")).opened())[0][0]
    written = table([(line, typed)], packaged.dossier, dict.fromkeys(map(str, Delivery), "état"))
    sheet = load_workbook(io.BytesIO(as_xlsx(written))).active
    assert sheet
    assert {cell.value for cell in sheet[2]} >= set(slices)
    assert all(one in as_csv(written).decode("utf-8-sig") for one in slices)


def test_a_sign_of_every_unicode_block_may_stand_in_a_name_in_the_subject(packaged: Content) -> None:
    assert packaged.dossier
    letters = "".join(sign for sign in EVERY_BLOCK if sign.isalpha())
    for at in range(0, len(letters), 110):
        name = letters[at : at + 110]
        claim = Claim(dossier(recap=recap(applicant=name)), 0, 0, 0, "")
        sent = compose(claim, packaged.dossier, "assistant@exemple.fr", "equipe@exemple.fr", None).as_bytes()

        assert message_from_bytes(sent, policy=default)["Subject"] == f"[TV-AAAA-AAAA] {name}"
