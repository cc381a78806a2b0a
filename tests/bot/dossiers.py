"""Dossiers as the tests send them."""

import asyncio
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.cipher import Cipher
from bot.database.database import Database, open_database
from bot.database.tables import dossiers
from bot.dossiers.claim import Claim
from bot.dossiers.courier import Courier
from bot.dossiers.mail import compose
from bot.dossiers.outbox import SqlOutbox
from bot.dossiers.smtp import smtp
from bot.pseudonyms import Pseudonyms, load_key
from bot.settings import Settings
from knowledge.content.models import Content
from knowledge.submission import CriterionTold, Dossier, Recap

AUTHORITY = "Sainte-Rose-d’Œuvre (commune, 971, 17 700 hab.)"
NAME = "Jeanne Œuvrée"
EMAIL = "jeanne@mairie.fr"
KEY = b"key"
MAIL: dict[str, Any] = {
    "TEVO_MAIL_FROM": "assistant@exemple.fr",
    "TEVO_CONTROLLER": "Exemple",
    "TEVO_DPO": "dpo@exemple.fr",
    "TEVO_LEGAL_BASIS": "l'accord de la personne",
    "TEVO_RECIPIENTS": "l'équipe",
}
"""Settings with which they are sent, but for the server."""


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Office:
    """Couriers of one outbox, and what the team is told."""

    def __init__(self, outbox: SqlOutbox, content: Content) -> None:
        assert content.dossier is not None
        self.outbox, self.content = outbox, content
        self.form = content.dossier
        self.told: list[str] = []

    async def tell(self, sentence: str) -> None:
        self.told.append(sentence)

    def compose(self, claim: Claim) -> EmailMessage:
        return compose(claim, self.form, "assistant@exemple.fr", "equipe@exemple.fr", None)

    def courier(self, url: str) -> Courier:
        return Courier(self.outbox, self.compose, smtp(url), self.tell)


async def states(database: Database) -> list[str]:
    """Of every dossier, by reference."""
    return [row.state for row in await database.read(select(dossiers).order_by(dossiers.c.reference))]


def recap(**changes: Any) -> Recap:
    fields: dict[str, Any] = {
        "day": "24 novembre 2026",
        "authority": AUTHORITY,
        "outcome": "open",
        "verdict": "Des points sont à confirmer.",
        "criteria": (
            CriterionTold("met", "Une collectivité française", "C’en est une.", "« une collectivité » (plaquette)"),
            CriterionTold("open", "Un pays de l’aide au développement", "Choisissez un pays.", "« pays » (FV, 2022)"),
        ),
        "answers": (("Pays", "Pas encore"),),
        "calendar": "Le dernier appel connu a fermé le 19 mai 2025.",
        "to_ask": ("Quel est le reste à charge ?",),
    }
    return Recap(**{**fields, **changes})


def dossier(reference: str = "TV-AAAA-AAAA", **changes: Any) -> Dossier:
    details = {"name": NAME, "role": "maire", "email": EMAIL, "phone": "", "message": "« Bonjour »"}
    fields: dict[str, Any] = {"details": details, "recap": recap(), "answers": {"country": "none"}}
    return Dossier(reference, **{**fields, **changes})


def inquiry(reference: str = "TV-QQQQ-QQQQ", email: str = EMAIL) -> Dossier:
    return Dossier(reference, {"question": "Et les communes jumelées ?", "email": email})


def folder_with(folder: Path, *sent: Dossier) -> Path:
    """A data folder in which these wait, each of another person."""
    settings = Settings(data=folder)

    async def put() -> None:
        key = load_key(settings)
        async with open_database(settings.database) as database:
            outbox = SqlOutbox(database, Pseudonyms(key), Cipher(key))
            for person, one in enumerate(sent, 7):
                await outbox.put(person, one)

    asyncio.run(put())
    return folder
