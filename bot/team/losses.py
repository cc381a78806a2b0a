"""What an edit makes people lose: what becomes wrong by it, apart from small moves that every learning makes."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.team.asked_before import SHOWN
from bot.team.evaluation import Evaluated, MessageChange
from bot.team.labelled import GOOD
from knowledge.content.models import OFF_TOPIC, Content, Topic

_WRONG = {"wrong", "wrong, right offered", "fooled"}
"""Outcomes with which somebody is told something else than what was asked."""
_SLIGHTLY = 10
"""Messages that may be a little worse off, beyond those that are better off: more are no accident."""
_READ_BY_NONE = {"version", "sources", "facts", "topics", "themes", "off_topic"}


@dataclass(frozen=True)
class Losses:
    """Messages that are worse off: those that stop a publication, and those that are only shown."""

    stopping: list[MessageChange]
    slight: list[MessageChange]


def losses(changes: Sequence[MessageChange], touched: frozenset[str] | None) -> Losses:
    """`touched`: the entries that the edit changes, as `touched_entries` tells."""
    worse = [one for one in changes if one.is_lost]
    slight = [one for one in worse if not (_is_wrong(one) and _is_of(one, touched))]
    if len(slight) - sum(one.is_won for one in changes) > _SLIGHTLY:
        return Losses(worse, [])
    return Losses([one for one in worse if one not in slight], slight)


def touched_entries(before: Content, after: Content) -> frozenset[str] | None:
    """The entries that are asked for otherwise in one content than in the other; None: any may be."""
    if _common(before) != _common(after):
        return None
    both = before.topics, after.topics
    names = both[0].keys() | both[1].keys()
    changed = {name for name in names if _read(both[0].get(name)) != _read(both[1].get(name))}
    return frozenset(changed | ({OFF_TOPIC} if before.off_topic != after.off_topic else set()))


def _is_wrong(change: MessageChange) -> bool:
    """Whether something else is told, or nothing where the answer was."""
    return change.after.outcome in _WRONG or (change.before.outcome in GOOD and change.after.outcome == "silent")


def _is_of(change: MessageChange, touched: frozenset[str] | None) -> bool:
    """Whether an entry that was touched took the message, lost it, or should have it."""
    if touched is None:
        return True
    moved = _answers(change.before) ^ _answers(change.after)
    return not touched.isdisjoint(moved | set(change.after.item.topics))


def _answers(told: Evaluated) -> set[str]:
    return set(told.answered) or {OFF_TOPIC}


def _common(content: Content) -> str:
    """All by which any question is read."""
    return content.model_dump_json(exclude=_READ_BY_NONE)


def _read(topic: Topic | None) -> str:
    return topic.model_dump_json(exclude=SHOWN) if topic else ""
