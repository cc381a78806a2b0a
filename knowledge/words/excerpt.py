"""A line of a file as an example shows it: whole where it can be pasted, else what stands around a word."""

_WHOLE = 320  # characters of a line that is shown whole
_AROUND = 70  # of a longer one, about as many on either side of the word


def shown_around(line: str, word: tuple[int, int], right: str) -> str:
    """A line with `right` in place of the word from one column to another; a long one is cut between two words."""
    before, after = line[: word[0]], line[word[1] :]
    if len(line) <= _WHOLE:
        return before + right + after
    start = before.rfind(" ", 0, max(len(before) - _AROUND, 0)) + 1
    end = after.find(" ", _AROUND)
    return f"{'…' if start else ''}{before[start:]}{right}{after if end < 0 else f'{after[:end]}…'}"
