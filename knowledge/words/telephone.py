"""Telephone numbers as a French reader expects them."""

from knowledge.words.typography import NO_BREAK

_DIALLED_AS_FRENCH = frozenset({33, 262, 590, 594, 596})
"""Country codes of numbers of ten digits, dialled from all of France: « 0262 48 70 00 »."""


def spaced_phone(number: str) -> str:
    """« +33612345678 » as « 06 12 34 56 78 », a foreign number with its country code; what is none as it is."""
    import phonenumbers  # noqa: PLC0415 (its tables take 100 ms)

    try:
        read = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    formats = phonenumbers.PhoneNumberFormat
    is_french = read.country_code in _DIALLED_AS_FRENCH
    spaced = phonenumbers.format_number(read, formats.NATIONAL if is_french else formats.INTERNATIONAL)
    return spaced.replace(" ", NO_BREAK)
