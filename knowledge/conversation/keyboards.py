"""Words typed with a keyboard in another layout: « co;;ent » is « comment »."""

from collections.abc import Mapping


def retyped(text: str, keyboards: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What the same keys would have written, layout by layout; only where it changes something."""
    lower = text.lower()
    read = ["".join(keys.get(sign, sign) for sign in lower) for keys in keyboards.values()]
    return [one for one in dict.fromkeys(read) if one != lower]
