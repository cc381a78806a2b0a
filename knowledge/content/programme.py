"""The model of `programme.yaml`: what only the programme can say of how personal data is handled."""

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

    personal_data: Processing
