"""An exception as text that can be written down: where it happened, never what somebody wrote."""

import traceback

from knowledge.words.errors import TevoError

_SAFE = (TevoError, OSError, ImportError, NameError, AttributeError, RuntimeError, AssertionError)
_SAFE_ROOTS = {"TelegramAPIError", "SQLAlchemyError"}
"""By name, so as not to import their packages. Our engines hide the parameters of statements."""

_OURS = ("/bot/", "/handlers/", "/knowledge/")


def describe(error: BaseException) -> str:
    """The traceback, its causes first; messages only of errors that cannot quote a message."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = [describe(before), "then:"] if before is not None else []
    parts += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    parts.append(headline(error))
    if isinstance(error, BaseExceptionGroup):
        parts += [describe(inner) for inner in error.exceptions]
    return "\n".join(parts)


def headline(error: BaseException) -> str:
    """One line: the class, and the message where it is safe."""
    kind = type(error)
    safe = isinstance(error, _SAFE) and not isinstance(error, UnicodeError | BaseExceptionGroup)
    if safe or _SAFE_ROOTS & {base.__name__ for base in kind.__mro__}:
        return f"{kind.__name__}: {str(error).partition(chr(10))[0]}"
    return kind.__name__


def short(error: BaseException) -> str:
    """Class and place in our code, such as « KeyError, questions.py:57 »: the same for the same cause."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if any(o in f.filename for o in _OURS)]
    ours = [f for f in frames if "site-packages" not in f.filename] or frames
    where = f", {ours[-1].filename.rpartition('/')[2]}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{where}"
