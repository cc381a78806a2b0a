"""What somebody typed → an e-mail address, a telephone number.

How an address is dictated is in `ways_to_reach.yaml`.
"""

import contextlib
import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.words.module_lists import words_beside

_SAID = words_beside(__file__)
_DICTATED = re.compile(rf"\b{_SAID['at']}\b", re.IGNORECASE)
_SPOKEN = {_SAID["at"]: "@", **_SAID["spoken"]}
_ENCODED = "=?"
"""How an encoded word begins: a mail program would decode it, into other addresses perhaps."""
_DOMAIN_SLIPS, _SHORT_DOMAIN = 2, 8  # letters wrong or exchanged; one in a short domain: « die.fr » is no « live.fr »

COMMON_DOMAINS = (
    *("gmail.com", "orange.fr", "wanadoo.fr", "free.fr", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr"),
    *("laposte.net", "sfr.fr", "yahoo.fr", "yahoo.com", "icloud.com", "live.fr", "protonmail.com"),
)


def _written(text: str) -> str:
    if "@" in text or not _DICTATED.search(text):
        return text
    for spoken in sorted(_SPOKEN, key=len, reverse=True):
        text = re.sub(rf"\s*\b{spoken}\b\s*", _SPOKEN[spoken], text, flags=re.IGNORECASE)
    return text


def read_email(text: str) -> str | None:
    """The address in a text, dictated perhaps, in ASCII; None without a right one. The domain is not looked up."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (with dnspython, 60 ms)

    for word in _written(text).strip(" .,;").split():
        if "@" in word:
            try:
                found = validate_email(word.strip("<>()[],;.:"), check_deliverability=False, allow_smtputf8=False)
                return None if _ENCODED in word else found.ascii_email
            except EmailNotValidError:
                return None
    return None


def nearest_domain(email: str) -> str | None:
    """The address with the common domain that was probably meant: « gmial.com » is « gmail.com »."""
    name, _, domain = email.rpartition("@")
    if domain in COMMON_DOMAINS:
        return None
    most = _DOMAIN_SLIPS if len(domain) > _SHORT_DOMAIN else 1
    found = process.extractOne(domain, COMMON_DOMAINS, scorer=OSA.distance, score_cutoff=most)
    return f"{name}@{found[0]}" if found else None


def read_phone(text: str) -> str | None:
    """The first telephone number in a text, as « +33565123456 »; None without a right one.

    Overseas numbers too, but those of six digits that are right in several places: these want their code.
    """
    for regions in (("FR",), ("RE", "GP", "MQ", "GF", "YT"), ("PM", "NC", "PF", "WF")):
        found = {number for region in regions if (number := _phone_of(text, region))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _phone_of(text: str, region: str) -> str | None:
    """The first number of a text that is right where it is dialled from."""
    import phonenumbers  # noqa: PLC0415 (its tables take 100 ms)

    found: list[phonenumbers.PhoneNumber] = []
    with contextlib.suppress(phonenumbers.NumberParseException):
        found.append(phonenumbers.parse(text, region))
    found += (match.number for match in phonenumbers.PhoneNumberMatcher(text, region))  # « … le matin »
    right = next(filter(phonenumbers.is_valid_number, found), None)
    return str(phonenumbers.format_number(right, phonenumbers.PhoneNumberFormat.E164)) if right else None
