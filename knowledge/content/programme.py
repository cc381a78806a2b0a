"""The model of `programme.yaml`: how the programme signs its dossiers, who handles personal data."""

from typing import Annotated

from pydantic import Field

from knowledge.content.questionnaire import Part
from knowledge.words.typography import French

PROGRAMME = "programme.yaml"
"""The file, in a content package; the settings may give the same."""


class Processing(Part):
    """What somebody must be told before a dossier leaves (GDPR, article 13)."""

    controller: French
    """Who decides of it: a name and an address."""
    dpo: French
    """How to reach the data protection officer."""
    legal_basis: French
    recipients: French


class Programme(Part):
    """`programme.yaml`."""

    reference_prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,6}$")] = "REF"
    """What the reference of a dossier begins with: « TV » for TV-7KQM-X3FA."""
    personal_data: Processing | None = None
