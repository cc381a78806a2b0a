"""Dossiers that may be the same one: of one authority, or of one person."""

from collections.abc import Iterable, Iterator

from knowledge.submission import EMAIL, Dossier


def groups(dossiers: Iterable[Dossier]) -> dict[str, set[str]]:
    """By reference: the references of all that share an authority, an address or a telephone, oneself included."""
    found: dict[str, set[str]] = {}
    by_mark: dict[tuple[str, str], set[str]] = {}
    for dossier in dossiers:
        together = {dossier.reference}
        for mark in _marks(dossier):
            together |= by_mark.get(mark, set())
        for other in list(together):  # those that were apart until now meet through this one
            together |= found.get(other, set())
        for reference in together:
            found[reference] = together
        for mark in _marks(dossier):
            by_mark[mark] = together
    return found


def _marks(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """What tells that two dossiers may be one."""
    if dossier.recap is None:
        return
    for value in dossier.answers.values():
        if isinstance(value, dict) and value.get("code"):
            yield "authority", f"{value.get('kind')} {value['code']}"
    yield "email", dossier.details[EMAIL].casefold()
    if phone := dossier.details.get("phone"):
        yield "phone", phone
    if dossier.completes:
        yield "reference", dossier.completes
    yield "reference", dossier.reference
