"""What names somebody is taken out of a question before it is kept: addresses, numbers, accounts, names.

How names are found: see `people_names`. One that nothing announces is not known from a place, and stays: it is sealed.
"""

import re

from bot.memory.announced import HAMLETS, OF_STREETS, STREETS
from bot.memory.people_names import without_names
from bot.sentences import tell
from knowledge.questionnaire.typed_answer import clean

MAX_QUESTION = 300
"""Characters: beyond, it is a document."""

_EMAIL = re.compile(r"[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{2,63})*", re.I)
_ACCOUNT = re.compile(r"(?<!\w)@\w{3,}")
_NUMBER = re.compile(r"\+?\d(?:[\s.,()/_-]{0,3}\d){6,}")
"""Seven digits or more, however spaced: telephones, SIRET… « 120 000 habitants » stays readable."""
_CODE = re.compile(
    r"\b(?:[A-Z]{2}-\d{3}-[A-Z]{2}|[A-Z]{2}-[A-Z0-9]{4}-[A-Z0-9]{4}|(?=[A-Z0-9]*[A-Z])(?:[A-Z]*\d){5,}[A-Z0-9]*)\b"
)
"""Letters and figures mixed: a number plate, a dossier's reference, an IBAN, a passport."""
_STREET = re.compile(
    rf"\b(?:\d{{1,4}}(?:\s?(?:bis|ter))?,?\s+(?i:{STREETS})|(?i:{HAMLETS}))\b\.?"
    rf"(?:\s+(?:{OF_STREETS}))*(?:\s+(?:[ld]['’])?[^\W\d_][\w'’-]*)"
    rf"(?:\s+(?:{OF_STREETS})(?=\s+[A-ZÀ-Ý])|,?\s+(?:[ld]['’])?[A-ZÀ-Ý][\w'’-]*|,?\s+\d{{5}})*"
)
"""A number and a street, up to the town where it is told."""


def mask(question: str) -> str:
    """The question without what names somebody, and without control characters."""
    question = clean(question[: 2 * MAX_QUESTION]).replace("\n", " ")
    for pattern, instead in (
        (_EMAIL, "masked_email"),
        (_ACCOUNT, "masked_account"),
        (_STREET, "masked_address"),
        (_NUMBER, "masked_number"),
        (_CODE, "masked_number"),
    ):
        question = pattern.sub(tell(instead), question)
    return without_names(question)[:MAX_QUESTION].strip()
