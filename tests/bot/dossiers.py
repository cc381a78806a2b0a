"""Dossiers as the tests send them."""

from typing import Any

from knowledge.submission import Dossier, Point, Recap

AUTHORITY = "Sainte-Rose-d’Œuvre (commune, 971, 17 700 hab.)"
NAME = "Jeanne Œuvrée"
EMAIL = "jeanne@mairie.fr"


def recap(**changes: Any) -> Recap:
    fields: dict[str, Any] = {
        "day": "24 novembre 2026",
        "authority": AUTHORITY,
        "outcome": "open",
        "verdict": "Des points sont à confirmer.",
        "criteria": (
            Point("met", "Une collectivité française", "C’en est une.", "« une collectivité » (plaquette)"),
            Point("open", "Un pays de l’aide au développement", "Choisissez un pays.", "« pays » (FV, 2022)"),
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
