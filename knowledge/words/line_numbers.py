"""The line of each value of a file, by where it is: little more than a number for each of tens of thousands."""

from array import array
from collections.abc import Callable, Iterator

KeyPath = tuple[str | int, ...]
"""Where a value is: keys and positions from the root, as pydantic's `loc`."""


class LineNumbers:
    """The line (from 1) of each value, by its place."""

    def __init__(self) -> None:
        self._within: dict[KeyPath, dict[str | int, int] | array[int]] = {}
        """Of what each mapping or list holds; those of a list in a row, where none is left out."""

    def __bool__(self) -> bool:
        return bool(self._within)

    def __iter__(self) -> Iterator[KeyPath]:
        """Every place but the root."""
        return (place for place, _ in self._items())

    def get(self, place: KeyPath) -> int | None:
        """The line of the value at `place`, within the root; None where it is not known."""
        beside, step = self._within.get(place[:-1], {}), place[-1]
        if isinstance(beside, dict):
            return beside.get(step)
        return beside[step] if isinstance(step, int) and 0 <= step < len(beside) else None

    def note(self, place: KeyPath, line: int) -> None:
        """The line of the value at `place`, within the root, unless it is known."""
        within, step = place[:-1], place[-1]
        beside = self._within.setdefault(within, {} if step else array("I"))
        if isinstance(beside, array):
            if step == len(beside):
                beside.append(line)
                return
            if isinstance(step, int) and 0 <= step < len(beside):
                return
            beside = self._within[within] = dict(enumerate(beside))
        beside.setdefault(step, line)

    def moved(self, where: Callable[[KeyPath], KeyPath | None]) -> "LineNumbers":
        """The same lines for values that are elsewhere now: `where`, None for those that are gone."""
        result = LineNumbers()
        for place, line in self._items():
            if (now := where(place)) is not None:
                result.note(now, line)
        return result

    def _items(self) -> Iterator[tuple[KeyPath, int]]:
        for within, beside in self._within.items():
            for step, line in beside.items() if isinstance(beside, dict) else enumerate(beside):
                yield (*within, step), line
